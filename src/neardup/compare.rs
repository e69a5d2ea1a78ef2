//! Groups of copies among many articles, without comparing each with each.
//!
//! Where many articles have one signature, those with the same sketch are one text to begin with. Then
//! those texts are compared that share a hash of their signatures and are near in time, for copies count as such only when printed
//! within two weeks of each other: the recipe that comes back each December is not a copy of last
//! year's. A hash that very many have near in time is of a standing phrase: it is no reason to
//! compare, and what is shared along with it does not count.

use std::convert::Infallible;
use std::sync::OnceLock;

use super::parts::{Part, each_near, first_near};
use super::standing::Standing;
use super::texts::{Text, Texts};
use super::union::Union;
use super::{Days, Signature, Sketch};
use crate::article::PublicationDate;

/// What must be known of every article. Articles are known by their places in a list.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The signature of its text.
    pub signature: Signature,
    /// When it was printed.
    pub days: Days,
}

/// What is asked about an article only when it may have copies, and how work is shared out.
pub trait Articles: Sync {
    /// What can go wrong.
    type Error: Send + Sync;

    /// Makes `sketch` that of the article.
    fn sketch(&self, article: usize, sketch: &mut Sketch) -> Result<(), Self::Error>;

    /// Does `work` for each number below `count`, in any order and perhaps in several threads.
    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).for_each(work);
    }
}

/// An article whose sketch is in memory.
#[derive(Clone, Debug)]
pub struct SketchedArticle {
    days: Days,
    sketch: Sketch,
}

impl SketchedArticle {
    /// Returns an article of this date and text.
    pub fn new(published: Option<PublicationDate>, sketch: Sketch) -> Self {
        Self { days: Days::of(published), sketch }
    }

    /// Returns the sketch of the text.
    pub fn sketch(&self) -> &Sketch {
        &self.sketch
    }

    /// Returns what must be known of every article.
    pub fn mark(&self) -> Mark {
        Mark { signature: self.sketch.signature(), days: self.days }
    }
}

impl Articles for Vec<SketchedArticle> {
    type Error = Infallible;

    fn sketch(&self, article: usize, sketch: &mut Sketch) -> Result<(), Infallible> {
        sketch.clone_from(&self[article].sketch);
        Ok(())
    }
}

/// Returns the groups of two and more copies among the articles with these marks, by their places,
/// each in order; there can be no more than 2^32 articles.
///
/// An article without a date may be a copy of any. Takes time in proportion to the number of
/// articles, but for sorting them.
///
/// # Errors
/// When a sketch cannot be read.
pub fn group<A: Articles>(marks: &[Mark], articles: &A) -> Result<Vec<Vec<u32>>, A::Error> {
    let texts = Texts::of(marks, articles)?;
    let union = Union::new(marks.len());
    for reprints in texts.reprints() {
        join_near_in_time(reprints.to_vec(), marks, &union);
    }
    Comparison::new(marks, articles, &texts, &union).join_copies()?;
    Ok(union.sets())
}

/// Joins those of `group` that lie within the window of each other.
///
/// Going by first days, it is enough to look at the one seen so far that reaches furthest: who is
/// not within its window is within nobody's.
fn join_near_in_time(mut group: Vec<u32>, marks: &[Mark], union: &Union) {
    let days = |article: u32| marks[article as usize].days;
    group.sort_unstable_by_key(|&article| days(article).first());
    let Some((&first, rest)) = group.split_first() else { return };
    let mut latest = first;
    for &article in rest {
        if days(latest).is_near(days(article)) {
            union.join(latest, article);
        }
        if days(article).last() > days(latest).last() {
            latest = article;
        }
    }
}

/// The comparison of texts that may be copies.
struct Comparison<'articles, A> {
    marks: &'articles [Mark],
    articles: &'articles A,
    texts: &'articles Texts,
    union: &'articles Union,
    parts: [Part; Signature::PARTS],
    /// For each text the parts whose hash is of a standing phrase, as bits.
    common: Vec<u8>,
    /// For each text the first that may be near to it in time.
    first_near: Vec<u32>,
    standing: Standing,
}

impl<'articles, A: Articles> Comparison<'articles, A> {
    fn new(
        marks: &'articles [Mark],
        articles: &'articles A,
        texts: &'articles Texts,
        union: &'articles Union,
    ) -> Self {
        let parts = at_once(articles, |number| Part::of(texts.as_slice(), number));
        let mut common = vec![0; texts.as_slice().len()];
        for (number, part) in parts.iter().enumerate() {
            for &text in &part.common {
                common[text as usize] |= 1 << number;
            }
        }
        let first_near = first_near(texts.as_slice());
        let standing = Standing::default();
        Self { marks, articles, texts, union, parts, common, first_near, standing }
    }

    /// Joins the articles of texts that are copies.
    fn join_copies(&self) -> Result<(), A::Error> {
        let joined: [_; Signature::PARTS] =
            at_once(self.articles, |part| self.join_copies_by(part));
        joined.into_iter().collect()
    }

    /// Joins those of them that share the hash of part `number` and, but for standing phrases, of no
    /// part before it.
    fn join_copies_by(&self, number: usize) -> Result<(), A::Error> {
        let mut pair = Pair::default();
        for run in self.parts[number].runs() {
            each_near(run, &self.first_near, |earlier, later| {
                let common = self.common[earlier] | self.common[later];
                let (one, two) = (self.text(earlier), self.text(later));
                let agreement = one.signature.agreement(&two.signature);
                let is_first = (agreement & !common).trailing_zeros() as usize == number;
                if !is_first || !one.days.is_near(two.days) || self.is_joined(earlier, later) {
                    return Ok(());
                }
                let standing = agreement & common;
                if standing != 0 || !one.signature.is_same(&two.signature) {
                    pair.read(earlier, later, self)?;
                    if !self.are_copies(&pair, standing)? {
                        return Ok(());
                    }
                }
                self.join(earlier, later);
                Ok(())
            })?;
        }
        Ok(())
    }

    fn text(&self, text: usize) -> &Text {
        &self.texts.as_slice()[text]
    }

    fn articles_of(&self, text: usize) -> &[u32] {
        self.texts.articles(self.text(text))
    }

    /// Tells whether comparing two texts that are near in time would join nothing new.
    fn is_joined(&self, one: usize, two: usize) -> bool {
        match (self.articles_of(one), self.articles_of(two)) {
            ([one], [two]) => self.union.root(*one) == self.union.root(*two),
            _ => false,
        }
    }

    fn join(&self, one: usize, two: usize) {
        let of_both = [self.articles_of(one), self.articles_of(two)].concat();
        join_near_in_time(of_both, self.marks, self.union);
    }

    /// Tells whether two texts are copies whose signatures agree in these parts on standing phrases.
    fn are_copies(&self, pair: &Pair, standing: u8) -> Result<bool, A::Error> {
        let (one, two) = (&pair.earlier.1, &pair.later.1);
        if standing == 0 || !one.is_copy_of(two) {
            return Ok(one.is_copy_of(two));
        }
        let signature = &self.text(pair.earlier.0).signature;
        let parts = (0..Signature::PARTS).filter(|part| standing >> part & 1 == 1);
        let phrases = parts.map(|part| {
            let hash = signature.hash(part);
            let sketch = |text: usize, sketch: &mut Sketch| self.sketch(text, sketch);
            self.standing.with(hash, self.parts[part].run(hash), sketch)
        });
        let phrases = phrases.collect::<Result<Vec<_>, _>>()?;
        Ok(one.is_copy_but_for(two, |hash| phrases.iter().any(|of| of.contains(&hash))))
    }

    fn sketch(&self, text: usize, sketch: &mut Sketch) -> Result<(), A::Error> {
        self.articles.sketch(self.text(text).article as usize, sketch)
    }
}

/// The sketches of two texts, each with the number of its text.
#[derive(Default)]
struct Pair {
    earlier: (usize, Sketch),
    later: (usize, Sketch),
}

impl Pair {
    /// Reads the sketches of two texts. The later one stays the same for several earlier ones.
    fn read<A: Articles>(
        &mut self,
        earlier: usize,
        later: usize,
        comparison: &Comparison<'_, A>,
    ) -> Result<(), A::Error> {
        for (slot, text) in [(&mut self.earlier, earlier), (&mut self.later, later)] {
            if slot.0 != text || slot.1.is_empty() {
                comparison.sketch(text, &mut slot.1)?;
                slot.0 = text;
            }
        }
        Ok(())
    }
}

/// Returns what `work` makes of each number below `N`.
pub(super) fn at_once<T: Send + Sync, const N: usize>(
    articles: &impl Articles,
    work: impl Fn(usize) -> T + Sync,
) -> [T; N] {
    let made = [const { OnceLock::new() }; N];
    articles.each(N, &|number| {
        made[number].get_or_init(|| work(number));
    });
    made.map(|made| made.into_inner().expect("work is done for each number"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn groups(articles: &Vec<SketchedArticle>) -> Vec<Vec<u32>> {
        let marks: Vec<Mark> = articles.iter().map(SketchedArticle::mark).collect();
        let Ok(groups) = group(&marks, articles);
        groups
    }

    /// The same by comparing each with each.
    fn groups_naively(articles: &[SketchedArticle]) -> Vec<Vec<u32>> {
        let union = Union::new(articles.len());
        for (two, two_of) in (0..).zip(articles) {
            for (one, one_of) in (0..two).zip(articles) {
                let signatures = [one_of, two_of].map(|article| article.mark().signature);
                if one_of.days.is_near(two_of.days)
                    && signatures[0].agreement(&signatures[1]) != 0
                    && (signatures[0].is_same(&signatures[1])
                        || one_of.sketch.is_copy_of(&two_of.sketch))
                {
                    union.join(one, two);
                }
            }
        }
        union.sets()
    }

    fn sketch(from: usize, length: usize) -> Sketch {
        let text: String = (from..from + length).map(|number| format!("w{number} ")).collect();
        Sketch::of(&text)
    }

    fn dated(date: &str, sketch: Sketch) -> SketchedArticle {
        SketchedArticle::new(Some(date.parse().expect("a date")), sketch)
    }

    #[test]
    fn copies_near_in_time_are_grouped() {
        let articles = vec![
            dated("2022-01-12", sketch(0, 300)),
            dated("2022-01-10T18:15:00-04:00", sketch(0, 300)),
            dated("2022-01-11", sketch(5000, 300)),
            dated("2022-01-11", sketch(20, 300)),
            SketchedArticle::new(None, sketch(0, 250)),
        ];
        assert_eq!(groups(&articles), [[0, 1, 3, 4]]);
    }

    #[test]
    fn a_text_printed_again_next_year_is_another_story() {
        let articles = vec![
            dated("2020-12-20", sketch(0, 300)),
            dated("2021-12-20", sketch(0, 300)),
            dated("2021-12-24", sketch(10, 300)),
            dated("2020-12-24", sketch(10, 300)),
        ];
        assert_eq!(groups(&articles), [[0, 3], [1, 2]]);
    }

    #[test]
    fn a_month_is_as_near_as_its_nearest_day() {
        let articles = vec![
            dated("2022-01", sketch(0, 300)),
            dated("2022-02-14", sketch(0, 300)),
            dated("2022-03-01", sketch(0, 300)),
        ];
        assert_eq!(groups(&articles), [[0, 1]]);
    }

    #[test]
    fn copies_of_a_text_that_very_many_print_unchanged_are_found() {
        let mut articles: Vec<_> = (0..200).map(|_| dated("2022-01-12", sketch(0, 300))).collect();
        articles.push(dated("2022-01-13", sketch(15, 300)));
        assert_eq!(groups(&articles), [(0..=200).collect::<Vec<_>>()]);
    }

    #[test]
    fn a_standing_text_round_the_articles_does_not_make_them_copies() {
        let notice: String = (0..400).map(|number| format!("n{number} ")).collect();
        let articles: Vec<_> = (0..100)
            .map(|id| {
                let own: String = (0..100).map(|number| format!("a{id}b{number} ")).collect();
                dated("2022-01-12", Sketch::of(&(own + &notice)))
            })
            .collect();
        assert!(groups(&articles).is_empty());
    }

    #[test]
    fn a_rare_sentence_beside_a_standing_text_does_not_make_copies() {
        let notice: String = (0..400).map(|number| format!("n{number} ")).collect();
        let sentence: String = (0..60).map(|number| format!("s{number} ")).collect();
        let article = |id: u32| {
            let own: String = (0..80).map(|number| format!("a{id}b{number} ")).collect();
            let shared = if id < 4 { sentence.as_str() } else { "" };
            dated("2022-01-12", Sketch::of(&(own + shared + &notice)))
        };
        let few: Vec<_> = (0..4).map(article).collect();
        assert_eq!(groups(&few), [[0, 1, 2, 3]]);
        let many: Vec<_> = (0..100).map(article).collect();
        assert!(groups(&many).is_empty());
    }

    #[test]
    fn copies_with_a_standing_text_of_less_than_themselves_are_found() {
        let notice: String = (0..80).map(|number| format!("n{number} ")).collect();
        let articles: Vec<_> = (0..200)
            .map(|id| {
                let own: String = (0..300).map(|number| format!("a{}b{number} ", id / 2)).collect();
                dated("2022-01-12", Sketch::of(&format!("w{id} {own}{notice}")))
            })
            .collect();
        let pairs: Vec<[u32; 2]> = (0..100).map(|pair| [2 * pair, 2 * pair + 1]).collect();
        assert_eq!(groups(&articles), pairs);
    }

    #[test]
    fn short_texts_are_never_grouped() {
        let short = SketchedArticle::new(None, Sketch::of("More to follow."));
        let articles = vec![short; 5];
        assert!(groups(&articles).is_empty());
    }

    /// An article whose text is some of a row of numbered words, one in three the same as others.
    fn any_article() -> impl Strategy<Value = SketchedArticle> {
        let open = prop_oneof![8 => Just(0), 1 => Just(30), 1 => Just(364)];
        let date = prop::option::weighted(0.9, (0..150, open));
        let text = prop_oneof![2 => (0usize..600, 10usize..400), 1 => (0usize..2, Just(200))];
        (date, text).prop_map(|(date, (from, length))| {
            let days = date.map_or(Days::ANY, |(day, open)| Days::new(day, day + open));
            SketchedArticle { days, sketch: sketch(from * 10, length) }
        })
    }

    proptest! {
        #[test]
        fn groups_are_those_of_comparing_each_with_each(
            articles in prop::collection::vec(any_article(), 0..60),
        ) {
            prop_assert_eq!(groups(&articles), groups_naively(&articles));
        }
    }
}
