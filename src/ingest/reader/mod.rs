//! The readers: one trait, one file a format, one table of them all.
//!
//! A reader recognizes its format by the head of a file and takes the records out of it, one after
//! the other, so that a file larger than memory can be read. Whatever the bytes are, it comes to an
//! end, and a record that is damaged costs none of its neighbours.

pub mod plain_text;

mod author_list;
mod csv;
mod csv_row;
mod database;
mod date_field;
mod document;
mod element;
mod feed;
mod hocr;
mod html;
mod http;
mod item_kind;
mod json;
mod json_scan;
mod mail;
mod mapped;
mod markdown;
mod mets;
mod newsml;
mod ninjs;
mod nitf;
mod ocr;
mod person_name;
mod record_arrays;
mod rich_text;
mod sgml;
mod text;
mod trec;
mod warc;
mod xml_export;

use crate::article::{EvidenceKind, Sourced};

use super::detect::Sample;
use super::input::Input;
use super::records::{Flow, Records};

pub(in crate::ingest) use mets::fingerprint as beside;

/// Reads the files of one format.
pub(crate) trait Reader: Sync {
    /// Tells whether a file with this head is of the format.
    fn recognizes(&self, sample: &Sample<'_>, options: &super::ReadOptions) -> bool;

    /// Tells whether the files hold the lines of pages, from which repeated ones are learnt.
    fn has_page_lines(&self) -> bool {
        false
    }

    /// Reads every record.
    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow;
}

/// Returns a value that stands in the field, element, key or header `place` of a record.
fn given<T>(value: T, place: &str) -> Sourced<T> {
    Sourced::new(value, EvidenceKind::Field, place)
}

/// Every reader, in the order in which they are asked: what is told by a fixed start or by the
/// name of an element first, what is told by its looks later, plain text last.
pub(super) const READERS: &[&dyn Reader] = &[
    &warc::Warc,
    &warc::Arc,
    &mail::Mbox,
    &sgml::Sgml,
    &trec::Trec,
    &nitf::Nitf,
    &newsml::NewsMlG2,
    &newsml::NewsMl1,
    &newsml::ReutersCorpus,
    &ocr::Alto,
    &ocr::Mets,
    &ocr::Hocr,
    &feed::Feed,
    &html::Html,
    &xml_export::XmlExport,
    // Before JSON, in which a front matter may be.
    &markdown::Markdown,
    &json::Json,
    &ocr::PageText,
    &mail::Message,
    &database::Database,
    &csv::Csv,
    &text::PlainText,
];

/// Returns the reader for a file with this head, or `None` where it is not text.
pub(crate) fn reader_for(
    sample: &Sample<'_>,
    options: &super::ReadOptions,
) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|reader| reader.recognizes(sample, options))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::SAMPLES;

    #[test]
    fn every_format_is_recognized_by_its_content() {
        for (reader, sample) in READERS.iter().zip(SAMPLES) {
            let path = if sample.starts_with("LEDGER") { "sn85038022/seq-1.txt" } else { "a" };
            let found = reader_for(&Sample::new(sample.as_bytes(), path), &Default::default());
            let found: *const dyn Reader = found.unwrap();
            assert!(std::ptr::addr_eq(found, *reader), "another reader takes {sample}");
        }
        assert_eq!(READERS.len(), SAMPLES.len());
    }
}
