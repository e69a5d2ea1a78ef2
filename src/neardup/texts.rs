//! The distinct texts of a set of articles.

use std::slice;

use rustc_hash::{FxHashMap, FxHashSet};

use super::compare::{Articles, Mark, at_once};
use super::{Days, Signature, Sketch};

/// The number of articles up to which those with one signature are not told apart: comparing them
/// with each other takes no longer.
const FEW_ALIKE: usize = 8;

/// A text that one or several articles have.
#[derive(Clone, Copy)]
pub(super) struct Text {
    pub(super) signature: Signature,
    /// The days from its first to its last printing.
    pub(super) days: Days,
    /// The earliest of its articles.
    pub(super) article: u32,
}

/// The distinct texts that are long enough to have copies: those of narrow dates by their first
/// days, then the others.
pub(super) struct Texts {
    texts: Vec<Text>,
    reprints: Reprints,
}

impl Texts {
    /// Tells apart the texts of articles; where many have one signature, by their sketches.
    pub(super) fn of<A: Articles>(marks: &[Mark], articles: &A) -> Result<Self, A::Error> {
        let by_days = |mark: &Mark| mark.days.order_key();
        let by_signature = |mark: &Mark| mark.signature.digest();
        let [by_days, by_signature] = at_once(articles, |job| match job {
            0 => sorted_by(by_days, marks),
            _ => sorted_by(by_signature, marks),
        });
        let mut reprints = Reprints::default();
        for alike in by_signature.chunk_by(|one, two| one >> 32 == two >> 32) {
            if alike.len() > FEW_ALIKE {
                let mut alike: Vec<u32> = alike.iter().map(|key| *key as u32).collect();
                alike.sort_unstable_by_key(|article| {
                    (marks[*article as usize].days.order_key(), *article)
                });
                reprints.tell_apart(&alike, marks, articles)?;
            }
        }
        let text = |key: u64| {
            let article = key as u32;
            let Mark { signature, days } = marks[article as usize];
            let is_first = !reprints.later.contains(&article);
            is_first.then_some(Text { signature, days, article })
        };
        let mut texts: Vec<Text> = by_days.into_iter().filter_map(text).collect();
        if reprints.widen(&mut texts, marks) {
            texts.sort_by_key(|text| text.days.order_key());
        }
        Ok(Self { texts, reprints })
    }

    /// Returns the texts.
    pub(super) fn as_slice(&self) -> &[Text] {
        &self.texts
    }

    /// Returns the articles with a text.
    pub(super) fn articles<'a>(&'a self, text: &'a Text) -> &'a [u32] {
        let articles = self.reprints.articles.get(&text.article);
        articles.map_or(slice::from_ref(&text.article), Vec::as_slice)
    }

    /// Returns the articles of each text that several have.
    pub(super) fn reprints(&self) -> impl Iterator<Item = &[u32]> {
        self.reprints.articles.values().map(Vec::as_slice)
    }
}

/// Returns a hash and a number as one number, which is in order by the hash.
pub(super) fn key(hash: u32, number: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(number)
}

/// Returns the articles with signatures, in order by something of their marks.
fn sorted_by(by: impl Fn(&Mark) -> u32, marks: &[Mark]) -> Vec<u64> {
    let marked = (0..).zip(marks).filter(|(_, mark)| !mark.signature.is_empty());
    let mut keys: Vec<u64> = marked.map(|(article, mark)| key(by(mark), article)).collect();
    keys.sort_unstable();
    keys
}

/// The articles that have a text which others have too.
#[derive(Default)]
struct Reprints {
    /// All articles with each text, by the earliest.
    articles: FxHashMap<u32, Vec<u32>>,
    /// Those that are not the earliest.
    later: FxHashSet<u32>,
}

impl Reprints {
    /// Finds those with the same text among articles, by date, that seem to have one signature.
    fn tell_apart<A: Articles>(
        &mut self,
        alike: &[u32],
        marks: &[Mark],
        articles: &A,
    ) -> Result<(), A::Error> {
        let mut known: Vec<(Sketch, u32)> = Vec::new();
        let mut sketch = Sketch::default();
        for &article in alike {
            articles.sketch(article as usize, &mut sketch)?;
            let signature = |article: u32| marks[article as usize].signature;
            let is_same = |(known, first): &&(Sketch, u32)| {
                signature(*first) == signature(article) && *known == sketch
            };
            if let Some(&(_, first)) = known.iter().find(is_same) {
                self.articles.entry(first).or_insert_with(|| vec![first]).push(article);
                self.later.insert(article);
            } else {
                known.push((sketch.clone(), article));
            }
        }
        Ok(())
    }

    /// Makes the days of texts those of all their articles, and tells whether the order of the texts
    /// is another then.
    fn widen(&self, texts: &mut [Text], marks: &[Mark]) -> bool {
        let days = |article: u32| marks[article as usize].days;
        let key = |article: u32| (days(article).order_key(), article);
        let covered = |(&first, articles): (&u32, &Vec<u32>)| {
            let place = texts.partition_point(|text| key(text.article) < key(first));
            (place, articles.iter().map(|article| days(*article)).fold(days(first), Days::cover))
        };
        let covered: Vec<(usize, Days)> = self.articles.iter().map(covered).collect();
        let mut is_moved = false;
        for (place, days) in covered {
            is_moved |= days.order_key() != texts[place].days.order_key();
            texts[place].days = days;
        }
        is_moved
    }
}
