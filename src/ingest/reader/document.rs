//! XML documents that are one article, or several that are told apart inside.

use crate::ingest::decode::{declared_in_markup, decode};
use crate::ingest::draft::FileContext;
use crate::ingest::error::Problem;
use crate::ingest::input::Input;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::xml::{Document, Node};

/// Reads a document that is one article, named `format` in messages.
pub(super) fn read_document(
    format: &'static str,
    input: &mut Input<'_>,
    records: &mut Records<'_, '_>,
    read: impl FnOnce(Node<'_>, &FileContext) -> Reading,
) -> Flow {
    records.whole(input, |bytes, context| {
        let text = decode(bytes, declared_in_markup(bytes));
        Ok(read(Document::parse(&text, format)?.root(), context))
    })
}

/// Reads a document of several articles, which `items` finds; a document that is just one has no
/// record number.
pub(super) fn read_items(
    format: &'static str,
    input: &mut Input<'_>,
    records: &mut Records<'_, '_>,
    items: for<'d> fn(Node<'d>) -> Vec<Node<'d>>,
    read: fn(Node<'_>, Node<'_>) -> Reading,
) -> Flow {
    let bytes = match input.take_rest(records.options().limits.max_record_bytes) {
        Ok(bytes) => bytes,
        Err(problem) => return records.fail(None, problem),
    };
    let text = decode(&bytes, declared_in_markup(&bytes));
    let document = match Document::parse(&text, format) {
        Ok(document) => document,
        Err(problem) => return records.fail(None, problem),
    };
    let root = document.root();
    match items(root).as_slice() {
        [] => {
            let reason = format!("no news item in `{}`", root.name());
            records.fail(None, Problem::Malformed { format, reason })
        }
        [one] => records.record(None, &bytes, |_| Ok(read(root, *one))),
        several => {
            for (number, item) in (1..).zip(several) {
                records
                    .record(Some(number), item.markup().as_bytes(), |_| Ok(read(root, *item)))?;
            }
            Flow::Continue(())
        }
    }
}
