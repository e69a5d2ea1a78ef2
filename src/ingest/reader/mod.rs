//! The readers: one trait, one file a format, one table of them all.
//!
//! A reader recognizes its format by the head of a file and takes the records out of it, one after
//! the other, so that a file larger than memory can be read. Whatever the bytes are, it comes to an
//! end, and a record that is damaged costs none of its neighbours.

pub mod plain_text;

mod csv;
mod html;
mod json;
mod json_scan;
mod mapped;
mod sgml;
mod text;

use super::detect::Sample;
use super::input::Input;
use super::records::{Flow, Records};

/// Reads the files of one format.
pub(crate) trait Reader: Sync {
    /// Tells whether a file with this head is of the format.
    fn recognizes(&self, sample: &Sample<'_>, options: &super::ReadOptions) -> bool;

    /// Reads every record.
    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow;
}

/// Every reader, in the order in which they are asked: what is told by a fixed start or by the
/// name of an element first, what is told by its looks later, plain text last.
const READERS: &[&dyn Reader] =
    &[&sgml::Sgml, &html::Html, &json::Json, &csv::Csv, &text::PlainText];

/// Returns the reader for a file with this head, or `None` where it is not text.
pub(crate) fn reader_for(
    sample: &Sample<'_>,
    options: &super::ReadOptions,
) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|reader| reader.recognizes(sample, options))
}
