//! For tests of readers: what comes out of a few bytes, in a form that is easily compared.

use std::fmt;
use std::ops::ControlFlow;

use super::draft::FileContext;
use super::reader::Reader;
use super::records::{Flow, Record, Records, Session, Target};
use super::{Input, ReadOptions, read_input};
use crate::article::Article;

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

/// Returns the records that one reader finds in `bytes`, whether it recognizes them or not.
pub(crate) fn read_by(reader: &'static dyn Reader, bytes: &[u8]) -> Vec<Seen> {
    read("a", &ReadOptions::default(), |records| reader.read(&mut Input::new(bytes), records))
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
    let mut session = Session::new(options, Target::Sink(&mut sink));
    let context = FileContext { path: name.to_owned(), ..FileContext::default() };
    let mut records = Records::of_file(&mut session, context);
    assert!(read(&mut records).is_continue());
    seen
}
