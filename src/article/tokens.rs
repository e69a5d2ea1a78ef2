//! The words of an article, found once for all that look at them.

use crate::text::Tokens;

/// The words of a headline and of the body under it.
#[derive(Clone, Debug, Default)]
pub struct ArticleTokens {
    /// Those of the headline.
    pub title: Tokens,
    /// Those of the body.
    pub body: Tokens,
}

impl ArticleTokens {
    /// Returns the words of these texts.
    pub fn of(title: &str, body: &str) -> Self {
        Self { title: Tokens::of(title), body: Tokens::of(body) }
    }
}
