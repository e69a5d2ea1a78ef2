//! What an article is, told from the text around it: title, date, byline, dateline, body, language.
//!
//! The doors are [`page::read_page`] for HTML, [`fields::complete`] for what a reader left open, and
//! the parsers of single fields ([`date`], [`byline`], [`language`]). Every value that is found here
//! says in its evidence where; nothing here opens a file or knows an index.

pub(in crate::ingest) mod address;
pub mod agency;
pub mod byline;
pub mod byline_line;
pub mod cards;
pub mod copyright;
pub mod credit_line;
mod credit_name;
mod credit_part;
pub mod date;
pub(in crate::ingest) mod date_line;
pub mod dateline;
mod dateline_style;
pub(in crate::ingest) mod day_line;
mod error;
pub mod field_lines;
pub mod fields;
pub mod header_block;
pub mod headline_line;
mod known_name;
pub mod language;
pub mod line_class;
pub mod line_table;
pub mod link_numbers;
pub mod page;
pub mod page_lines;
mod page_phrases;
pub mod paragraphs;
mod place_name;
mod script;
pub mod source_line;
mod wrap;

pub use error::Error;

/// Why something that could be read is not an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotAnArticle {
    /// There is no text.
    Empty,
    /// The page lists articles rather than being one.
    SectionFront,
    /// The page asks for consent to cookies, for a log-in or for proof of being human.
    Wall,
    /// The page says that there is nothing here.
    ErrorPage,
}

impl std::fmt::Display for NotAnArticle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "no text",
            Self::SectionFront => "a section front, not an article",
            Self::Wall => "a cookie or access wall, not an article",
            Self::ErrorPage => "an error page, not an article",
        })
    }
}
