//! Folding copies: of the hits that are copies of each other one is shown, and the others are named
//! with it.
//!
//! What is folded are the hits of one search, whatever else the archive holds, so filters decide
//! first. How copies are told is the business of [`crate::neardup`].

use std::cmp::Reverse;

use super::Error;
use crate::neardup::{Articles, Days, Mark, Signature, Sketch, group};

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

/// What an engine tells of every hit, so that those that may be copies are found.
#[derive(Clone, Copy, Debug, Default)]
pub struct CopyMark {
    /// The numbers that were stored of the signature of its text.
    pub keys: [u64; 4],
    /// The first and the last day that its date may mean, counted from any fixed day.
    pub days: Option<(i32, i32)>,
    /// The seconds by which dates are put in order.
    pub published: Option<i64>,
    /// The first bits of its id.
    pub order: u64,
}

impl From<CopyMark> for Mark {
    fn from(mark: CopyMark) -> Self {
        let days = mark.days.map_or(Days::ANY, |(first, last)| Days::new(first, last));
        Self { signature: Signature::from_keys(mark.keys), days }
    }
}

/// What an engine tells of hits that may be copies. Hits are known by their places in a list.
pub trait CopyFacts: Sync {
    /// Returns the number of words of the hit.
    fn words(&self, hit: usize) -> u64;

    /// Returns the numbers that were stored of the sketch of the hit.
    fn sketch(&self, hit: usize) -> Vec<u64>;

    /// Does `work` for each number below `count`, in any order and perhaps in several threads.
    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).for_each(work);
    }
}

/// Hits that are copies of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The hit that is shown.
    pub shown: usize,
    /// The others, in order of date; at least one.
    pub others: Vec<usize>,
}

/// Returns the stories of which several copies are among the hits with these marks.
///
/// # Errors
/// When what was stored of a sketch is not that of one.
pub fn fold(
    marks: &[CopyMark],
    facts: &impl CopyFacts,
    representative: Representative,
) -> Result<Vec<Story>, Error> {
    let signed: Vec<Mark> = marks.iter().map(|mark| Mark::from(*mark)).collect();
    let groups = group(&signed, &Adapter(facts))?;
    Ok(groups.iter().map(|group| story(group, marks, facts, representative)).collect())
}

fn story(
    group: &[u32],
    marks: &[CopyMark],
    facts: &impl CopyFacts,
    representative: Representative,
) -> Story {
    let keyed = group.iter().map(|&hit| {
        let hit = hit as usize;
        let CopyMark { published, order, .. } = marks[hit];
        (published.is_none(), published, order, hit)
    });
    let mut keyed: Vec<_> = keyed.collect();
    keyed.sort_unstable();
    let best = match representative {
        Representative::Earliest => Some(0),
        Representative::Latest => keyed.iter().rposition(|(is_undated, ..)| !is_undated),
        Representative::Longest => {
            (0..keyed.len()).min_by_key(|&place| (Reverse(facts.words(keyed[place].3)), place))
        }
    };
    let mut others: Vec<usize> = keyed.into_iter().map(|(.., hit)| hit).collect();
    let shown = others.remove(best.unwrap_or(0));
    Story { shown, others }
}

/// Hits as [`crate::neardup`] asks about them.
struct Adapter<'facts, F>(&'facts F);

impl<F: CopyFacts> Articles for Adapter<'_, F> {
    type Error = Error;

    fn sketch(&self, article: usize, sketch: &mut Sketch) -> Result<(), Error> {
        sketch.read(&self.0.sketch(article)).map_err(Error::engine)
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        self.0.each(count, work);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hits by day, number of words and sketch.
    struct Facts(Vec<(Option<i32>, u64, Sketch)>);

    impl Facts {
        fn marks(&self) -> Vec<CopyMark> {
            let mark = |(order, (day, _, sketch)): (u64, &(Option<i32>, u64, Sketch))| CopyMark {
                keys: sketch.signature().to_keys(),
                days: day.map(|day| (day, day)),
                published: day.map(i64::from),
                order,
            };
            (0..).zip(&self.0).map(mark).collect()
        }
    }

    impl CopyFacts for Facts {
        fn words(&self, hit: usize) -> u64 {
            self.0[hit].1
        }

        fn sketch(&self, hit: usize) -> Vec<u64> {
            self.0[hit].2.to_numbers()
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
            (Some(5), 200, sketch(40)),
            (Some(1), 300, sketch(0)),
            (Some(1), 900, sketch(4000)),
        ])
    }

    fn folded(representative: Representative) -> Vec<(usize, Vec<usize>)> {
        let facts = facts();
        let stories = fold(&facts.marks(), &facts, representative).expect("sketches can be read");
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
            fn words(&self, hit: usize) -> u64 {
                self.0.words(hit)
            }
            fn sketch(&self, _: usize) -> Vec<u64> {
                vec![u64::MAX]
            }
        }
        let facts = facts();
        let marks = facts.marks();
        assert!(fold(&marks, &Damaged(facts), Representative::Earliest).is_err());
    }
}
