//! The credit line of an article: the authors it names, in its order.

use std::fmt;

/// The authors of an article, in the order of the credit line and without "By".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Byline {
    /// The names, each without titles of courtesy, e-mail addresses and desk names.
    pub authors: Vec<String>,
}

impl Byline {
    /// Returns a byline of one author.
    pub fn single(author: impl Into<String>) -> Self {
        Self { authors: vec![author.into()] }
    }
}

impl fmt::Display for Byline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, author) in self.authors.iter().enumerate() {
            if position > 0 {
                formatter.write_str(", ")?;
            }
            formatter.write_str(author)?;
        }
        Ok(())
    }
}
