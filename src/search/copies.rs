//! Folding copies: of the hits that are copies of each other one is shown, and the others are named
//! with it.
//!
//! What is folded are the hits of one search, whatever else the archive holds, so filters decide
//! first. How copies are told is the business of [`crate::neardup`].

use std::cmp::Reverse;

use super::Error;
use crate::neardup::{Articles, Signature, Sketch, group};

/// What becomes of hits that are copies of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyChoice {
    /// Every one is a hit.
    All,
    /// One is a hit, the others are named with it.
    Fold(Representative),
}

impl Default for CopyChoice {
    /// Returns the usual choice: the earliest copy stands for all.
    fn default() -> Self {
        Self::Fold(Representative::Earliest)
    }
}

/// Which of several copies is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Representative {
    /// The one printed first.
    #[default]
    Earliest,
    /// The one printed last.
    Latest,
    /// The one with the most words; of several the one printed first.
    Longest,
}

/// What an engine tells of hits that may be copies. Hits are known by their places in a list.
pub trait CopyFacts {
    /// Returns the first and the last day that the hit's date may mean, counted from any fixed day.
    fn days(&self, hit: usize) -> Option<(i64, i64)>;

    /// Returns the seconds by which dates are put in order.
    fn published(&self, hit: usize) -> Option<i64>;

    /// Returns the first bits of the hit's id.
    fn order(&self, hit: usize) -> u64;

    /// Returns the number of words of the hit.
    fn words(&self, hit: usize) -> u64;

    /// Returns the sketch of the hit, as it was stored.
    ///
    /// # Errors
    /// When it cannot be read.
    fn sketch(&self, hit: usize) -> Result<Vec<u8>, Error>;
}

/// Hits that are copies of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The hit that is shown.
    pub shown: usize,
    /// The others, in order of date; at least one.
    pub others: Vec<usize>,
}

/// Returns the stories of which several copies are among the hits with these copy keys.
///
/// # Errors
/// When a sketch cannot be read.
pub fn fold(
    keys: &[[u64; 4]],
    facts: &impl CopyFacts,
    representative: Representative,
) -> Result<Vec<Story>, Error> {
    let signatures: Vec<Signature> = keys.iter().map(|keys| Signature::from_keys(*keys)).collect();
    let groups = group(&signatures, &Adapter(facts))?;
    Ok(groups.into_iter().map(|group| story(group, facts, representative)).collect())
}

fn story(mut group: Vec<usize>, facts: &impl CopyFacts, representative: Representative) -> Story {
    let by_date = |hit: usize| {
        let published = facts.published(hit);
        (published.is_none(), published, facts.order(hit))
    };
    group.sort_unstable_by_key(|&hit| by_date(hit));
    let best = match representative {
        Representative::Earliest => Some(0),
        Representative::Latest => group.iter().rposition(|&hit| facts.published(hit).is_some()),
        Representative::Longest => {
            (0..group.len()).min_by_key(|&place| (Reverse(facts.words(group[place])), place))
        }
    };
    let shown = group.remove(best.unwrap_or(0));
    Story { shown, others: group }
}

/// Hits as [`crate::neardup`] asks about them.
struct Adapter<'facts, F>(&'facts F);

impl<F: CopyFacts> Articles for Adapter<'_, F> {
    type Error = Error;

    fn days(&self, article: usize) -> Option<(i64, i64)> {
        self.0.days(article)
    }

    fn order(&self, article: usize) -> u64 {
        self.0.order(article)
    }

    fn sketch(&self, article: usize) -> Result<Sketch, Error> {
        Sketch::from_bytes(&self.0.sketch(article)?).map_err(Error::engine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hits by day, number of words and sketch.
    struct Facts(Vec<(Option<i64>, u64, Sketch)>);

    impl CopyFacts for Facts {
        fn days(&self, hit: usize) -> Option<(i64, i64)> {
            self.0[hit].0.map(|day| (day, day))
        }

        fn published(&self, hit: usize) -> Option<i64> {
            self.0[hit].0
        }

        fn order(&self, hit: usize) -> u64 {
            hit as u64
        }

        fn words(&self, hit: usize) -> u64 {
            self.0[hit].1
        }

        fn sketch(&self, hit: usize) -> Result<Vec<u8>, Error> {
            Ok(self.0[hit].2.to_bytes())
        }
    }

    fn facts() -> Facts {
        let sketch = |from: usize| {
            let text: String = (from..from + 200).map(|word| format!("w{word} ")).collect();
            Sketch::of(&text)
        };
        Facts(vec![
            (Some(3), 300, sketch(0)),
            (None, 200, sketch(0)),
            (Some(5), 200, sketch(5)),
            (Some(1), 300, sketch(0)),
            (Some(1), 900, sketch(4000)),
        ])
    }

    fn folded(representative: Representative) -> Vec<(usize, Vec<usize>)> {
        let facts = facts();
        let keys: Vec<[u64; 4]> =
            facts.0.iter().map(|(.., sketch)| sketch.signature().to_keys()).collect();
        let stories = fold(&keys, &facts, representative).expect("sketches can be read");
        stories.into_iter().map(|story| (story.shown, story.others)).collect()
    }

    #[test]
    fn the_one_that_is_asked_for_stands_for_all() {
        assert_eq!(folded(Representative::Earliest), [(3, vec![0, 2, 1])]);
        assert_eq!(folded(Representative::Latest), [(2, vec![3, 0, 1])]);
        assert_eq!(folded(Representative::Longest), [(3, vec![0, 2, 1])]);
    }

    #[test]
    fn a_damaged_sketch_is_an_error() {
        struct Damaged(Facts);
        impl CopyFacts for Damaged {
            fn days(&self, hit: usize) -> Option<(i64, i64)> {
                self.0.days(hit)
            }
            fn published(&self, hit: usize) -> Option<i64> {
                self.0.published(hit)
            }
            fn order(&self, hit: usize) -> u64 {
                self.0.order(hit)
            }
            fn words(&self, hit: usize) -> u64 {
                self.0.words(hit)
            }
            fn sketch(&self, _: usize) -> Result<Vec<u8>, Error> {
                Ok(vec![255])
            }
        }
        let facts = facts();
        let keys: Vec<[u64; 4]> =
            facts.0.iter().map(|(.., sketch)| sketch.signature().to_keys()).collect();
        assert!(fold(&keys, &Damaged(facts), Representative::Earliest).is_err());
    }
}
