//! From bytes on disk to articles: walking a directory, telling formats, reading records, and
//! finding title, date, byline and body in them. It never touches the index.

mod draft;
pub mod extract;
pub mod reader;

pub use draft::{Draft, FileContext};
