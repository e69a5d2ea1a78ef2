//! Cursors: the place after a hit, from which its search can be continued.
//!
//! A cursor knows its hit and how that was ranked, so that going on from it repeats no hit and
//! leaves none out, also when articles were added meanwhile. It belongs to one question: the same
//! query in the same order with the same treatment of copies.

use std::fmt;
use std::str::FromStr;

use super::{CopyChoice, Representative, SearchRequest, Sort};

/// The place after a hit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    /// Which question it belongs to.
    question: u64,
    /// The number of hits up to there.
    pub position: u64,
    /// The score of the hit.
    pub score: f64,
    /// The seconds by which its date is put in order.
    pub published: Option<i64>,
    /// The first bits of its id.
    pub order: u64,
}

/// The text is not a cursor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a cursor: it is what a search gave as `next`")]
pub struct InvalidCursor(pub String);

impl Cursor {
    /// Returns the place after a hit of `request`.
    pub fn after(
        request: &SearchRequest,
        position: u64,
        score: f64,
        published: Option<i64>,
        order: u64,
    ) -> Self {
        Self { question: question(request), position, score, published, order }
    }

    /// Tells whether the cursor came from the same question.
    pub fn belongs_to(&self, request: &SearchRequest) -> bool {
        self.question == question(request)
    }
}

/// Returns a hash of what decides which hits there are and in which order.
fn question(request: &SearchRequest) -> u64 {
    let sort = match request.sort {
        Sort::Relevance => "relevance",
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
    };
    let copies = match request.copies {
        CopyChoice::All => "all",
        CopyChoice::Fold(Representative::Earliest) => "earliest",
        CopyChoice::Fold(Representative::Latest) => "latest",
        CopyChoice::Fold(Representative::Longest) => "longest",
    };
    let expand = if request.expand { "expand" } else { "" };
    let recent = request.recent.map(|days| days.to_string()).unwrap_or_default();
    let text = format!("{sort}\0{expand}\0{recent}\0{copies}\0{}", request.query);
    xxhash_rust::xxh3::xxh3_64(text.as_bytes())
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}.{:x}.{:x}", self.question, self.position, self.score.to_bits())?;
        match self.published {
            Some(published) => write!(formatter, ".{published}")?,
            None => write!(formatter, ".")?,
        }
        write!(formatter, ".{:x}", self.order)
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        parse(text).ok_or_else(|| InvalidCursor(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Cursor> {
    let parts: Vec<&str> = text.trim().split('.').collect();
    let [question, position, score, published, order] = parts[..] else { return None };
    let number = |text| u64::from_str_radix(text, 16).ok();
    let published = match published {
        "" => None,
        seconds => Some(seconds.parse().ok()?),
    };
    Some(Cursor {
        question: number(question)?,
        position: number(position)?,
        score: f64::from_bits(number(score)?),
        published,
        order: number(order)?,
    })
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::query::Query;

    #[test]
    fn cursors_round_trip_and_belong_to_their_question() {
        let request = SearchRequest::new(Query::everything());
        for published in [None, Some(-1), Some(1_643_068_800)] {
            let cursor = Cursor::after(&request, 10, 7.125, published, 1 << 59);
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
            assert!(cursor.belongs_to(&request));
            let others = [
                SearchRequest { sort: Sort::Newest, ..request.clone() },
                SearchRequest { expand: true, ..request.clone() },
                SearchRequest { recent: Some(NonZeroU32::MIN), ..request.clone() },
            ];
            assert!(others.iter().all(|other| !cursor.belongs_to(other)));
        }
        for text in ["", "x", "1.2.3", "1.2.3.4.5.6", "1.2.3.x.5"] {
            assert_eq!(text.parse::<Cursor>(), Err(InvalidCursor(text.to_owned())));
        }
    }
}
