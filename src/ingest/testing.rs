//! For tests of readers: what comes out of a few bytes, in a form that is easily compared.

use std::fmt;
use std::io;
use std::ops::ControlFlow;

use super::draft::FileContext;
use super::reader::Reader;
use super::records::{Flow, Record, Records, Session, Target};
use super::{Input, ReadOptions, RepeatedLines, read_input};
use crate::article::{Article, SourceLocator};

/// One small file of each format, in the order of the readers. Only a path tells that a text is that of a page.
pub(crate) const SAMPLES: &[&str] = &[
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
    "---\ntitle: T\ntags:\n  - a\n---\n# H\n\nOne *two*.\n",
    r#"[{"title": "T", "text": "One.", "date": "2022-01-25"}, {"headlines": [{"value": "H"}], "uri": "u"}]"#,
    "LEDGER.\nThe mar-\nriage took place.\n",
    "From: a@x.example\nSubject: S\nDate: Tue, 25 Jan 2022 18:15:00 +0300\nMIME-Version: 1.0\n\nOne.\n",
    "1 of 1 DOCUMENT\n\nThe Courier\n\nJanuary 25, 2022 Tuesday\n\nT\n\nLENGTH: 3 words\n\nOne.\n\nLANGUAGE: ENGLISH\n",
    "title,text,date\n\"A, \"\"B\"\"\",One.,2022-01-25\nC,Two.,\n",
    "A headline\n\nMOSCOW, Jan 25 (Reuters) - One.\n\nTwo.\n",
];

/// One record as it came out.
pub(crate) struct Seen(pub(crate) Record);

impl Seen {
    /// Returns the article, which it must be.
    pub(crate) fn article(&self) -> &Article {
        match &self.0 {
            Record::Article(article) => article,
            other => panic!("not an article: {other:?}"),
        }
    }
}

impl fmt::Display for Seen {
    /// Writes the locator, and the title or what came instead.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Record::Article(article) => {
                write!(formatter, "{} {}", article.locator, article.title_text())
            }
            Record::Skipped { locator, reason } => write!(formatter, "{locator} skipped: {reason}"),
            Record::Failed(error) => {
                write!(formatter, "{} failed: {}", error.locator, error.problem)
            }
        }
    }
}

/// Returns the records of a file called `name` that holds `bytes`.
pub(crate) fn read_as(name: &str, bytes: &[u8]) -> Vec<Seen> {
    read_with(name, bytes, &ReadOptions::default())
}

/// Returns the same with other options.
pub(crate) fn read_with(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Seen> {
    read(name, options, |records| read_input(&mut Input::new(bytes), records))
}

/// Returns the records of a file of which no more than `size` bytes come at once.
pub(crate) fn read_in_pieces(name: &str, bytes: &[u8], size: usize) -> Vec<Seen> {
    let pieces = Pieces { rest: bytes, size };
    read(name, &ReadOptions::default(), |records| read_input(&mut Input::new(pieces), records))
}

/// Returns the records that one reader finds in `bytes`, whether it recognizes them or not; no more
/// than `size` bytes come at once.
pub(crate) fn read_by(reader: &'static dyn Reader, bytes: &[u8], size: usize) -> Vec<Seen> {
    let pieces = Pieces { rest: bytes, size };
    let options = ReadOptions::default();
    read("a", &options, |records| reader.read(&mut Input::new(pieces), records))
}

/// Returns the bytes of the record at `locator` in a file that holds `bytes`.
pub(crate) fn bytes_of_record(bytes: &[u8], locator: &SourceLocator) -> Option<Vec<u8>> {
    let options = ReadOptions::default();
    let repeated = RepeatedLines::default();
    let target = Target::Bytes { wanted: locator, found: None };
    let mut session = Session::new(&options, &repeated, target);
    let context = FileContext { path: locator.path.clone(), ..FileContext::default() };
    let mut records = Records::of_file(&mut session, context);
    let _stopped = read_input(&mut Input::new(bytes), &mut records);
    match session.target {
        Target::Bytes { found, .. } => found,
        Target::Sink(_) | Target::Lines(_) => None,
    }
}

/// A source that gives its bytes in small pieces.
struct Pieces<'b> {
    rest: &'b [u8],
    size: usize,
}

impl io::Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.size.min(buffer.len()).min(self.rest.len());
        let (piece, rest) = self.rest.split_at(count);
        buffer[..count].copy_from_slice(piece);
        self.rest = rest;
        Ok(count)
    }
}

fn read(
    name: &str,
    options: &ReadOptions,
    read: impl FnOnce(&mut Records<'_, '_>) -> Flow,
) -> Vec<Seen> {
    let mut seen = Vec::new();
    let mut sink = |record| {
        seen.push(Seen(record));
        ControlFlow::Continue(())
    };
    let repeated = RepeatedLines::default();
    let mut session = Session::new(options, &repeated, Target::Sink(&mut sink));
    let context = FileContext { path: name.to_owned(), ..FileContext::default() };
    let mut records = Records::of_file(&mut session, context);
    assert!(read(&mut records).is_continue());
    seen
}
