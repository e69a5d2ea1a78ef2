//! Saved web pages, one article a file.

use encoding_rs::Encoding;

use super::Reader;
use crate::ingest::ReadOptions;
use crate::ingest::decode::{declared_in_markup, decode};
use crate::ingest::detect::Sample;
use crate::ingest::draft::FileContext;
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::extract::page::{PageOutcome, read_page};
use crate::ingest::input::Input;
use crate::ingest::markup;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads saved pages.
pub(super) struct Html;

impl Reader for Html {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text().filter(|text| text.starts_with('<')) else { return false };
        match sample.root_element() {
            Some(root) if root.eq_ignore_ascii_case("html") => true,
            // Fragments and pages without their outermost element, but no other XML.
            _ if text.starts_with("<?xml") => false,
            _ => markup::is_html(text),
        }
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let options = records.options();
        records.whole(input, |bytes, context| read_bytes(bytes, None, context, options))
    }
}

/// Reads one page. `declared` is the encoding that its transport stated.
pub(super) fn read_bytes(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    context: &FileContext,
    options: &ReadOptions,
) -> Result<Reading, Problem> {
    let html = decode(bytes, declared.or_else(|| declared_in_markup(bytes)));
    Ok(match read_page(&html, context, options.extract)? {
        PageOutcome::Article(draft) => Reading::Article(draft),
        PageOutcome::NotAnArticle(why) => Reading::Skip(SkipReason::NotAnArticle(why)),
    })
}
