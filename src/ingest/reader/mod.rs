//! The readers: one trait, one file a format, one table of them all.
//!
//! A reader recognizes its format by the head of a file and takes the records out of it, one after
//! the other, so that a file larger than memory can be read. Whatever the bytes are, it comes to an
//! end, and a record that is damaged costs none of its neighbours.

pub mod plain_text;

mod csv;
mod document;
mod element;
mod feed;
mod html;
mod http;
mod json;
mod json_scan;
mod mail;
mod mapped;
mod markdown;
mod newsml;
mod ninjs;
mod nitf;
mod ocr;
mod sgml;
mod text;
mod trec;
mod warc;
mod xml_export;

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
const READERS: &[&dyn Reader] = &[
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
    &json::Json,
    &ocr::PageText,
    &markdown::Markdown,
    &mail::Message,
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
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::error::{Problem, RecordError};
    use crate::ingest::records::Record;
    use crate::ingest::testing::{Seen, read_by};

    /// One small file of each format. Only a path tells that a text is that of a page.
    const SAMPLES: &[&str] = &[
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\nContent-Length: 70\r\n\r\n\
         HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>One paragraph.\r\n\r\n",
        "filedesc://a.arc 1.2.3.4 20140301000000 text/plain 5\n1 0 x\n\
         http://x.example/ 1.2.3.4 20140216050221 text/html 9\n<p>One.\n\n",
        "From a Tue Jan 25 18:15:00 2022\nFrom: a <a@x.example>\nSubject: S\nMessage-ID: 1\n\nText.\n",
        "<REUTERS NEWID=\"1\"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT><TITLE>T</TITLE><BODY>B</BODY></TEXT></REUTERS>",
        "<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<HEAD>H</HEAD>\n<TEXT>\nText.\n</TEXT>\n</DOC>\n",
        "<nitf><head><title>T</title></head><body><body.content><p>One.</p></body.content></body></nitf>",
        "<newsItem><contentMeta><headline>H</headline></contentMeta><contentSet><inlineData>One.\
         </inlineData></contentSet></newsItem>",
        "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>H</HeadLine></NewsLines><ContentItem>\
         <DataContent><p>One.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
        "<newsitem date=\"1996-08-20\"><headline>H</headline><text><p>One.</p></text></newsitem>",
        "<alto><TextBlock><TextLine><String CONTENT=\"One\"/></TextLine></TextBlock></alto>",
        "<mets><dmdSec/></mets>",
        "<html><meta name='ocr-system'><body><p class='ocr_par'>One.</p></body></html>",
        "<rss><channel><title>C</title><item><title>T</title><description>&lt;p>One.</description></item></channel></rss>",
        "<!DOCTYPE html><html><head><title>T</title></head><body><p>One.</p></body></html>",
        "<docs><doc><title>T</title><text>One.</text></doc><doc><title>U</title><text>Two.</text></doc></docs>",
        r#"[{"title": "T", "text": "One.", "date": "2022-01-25"}, {"headlines": [{"value": "H"}], "uri": "u"}]"#,
        "LEDGER.\nThe mar-\nriage took place.\n",
        "---\ntitle: T\ntags:\n  - a\n---\n# H\n\nOne *two*.\n",
        "From: a@x.example\nSubject: S\nDate: Tue, 25 Jan 2022 18:15:00 +0300\nMIME-Version: 1.0\n\nOne.\n",
        "title,text,date\n\"A, \"\"B\"\"\",One.,2022-01-25\nC,Two.,\n",
        "A headline\n\nMOSCOW, Jan 25 (Reuters) - One.\n\nTwo.\n",
    ];

    fn panicked(seen: &Seen) -> bool {
        matches!(&seen.0, Record::Failed(RecordError { problem: Problem::Panicked(_), .. }))
    }

    fn check(reader: &'static dyn Reader, bytes: &[u8]) {
        for seen in read_by(reader, bytes) {
            assert!(!panicked(&seen), "{seen} on {:?}", String::from_utf8_lossy(bytes));
        }
    }

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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for reader in READERS {
                check(*reader, &bytes);
            }
        }

        #[test]
        fn no_damage_panics(
            which in 0..SAMPLES.len(),
            other in 0..SAMPLES.len(),
            cut in any::<prop::sample::Index>(),
            splice in any::<prop::sample::Index>(),
            flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        ) {
            let (sample, other) = (SAMPLES[which].as_bytes(), SAMPLES[other].as_bytes());
            let mut bytes = sample.repeat(2);
            bytes.truncate(cut.index(bytes.len()) + 1);
            bytes.extend_from_slice(&other[splice.index(other.len())..]);
            for (place, value) in flips {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
            check(READERS[which], &bytes);
        }
    }
}
