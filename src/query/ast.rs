//! The syntax tree of a query: what was asked, without a word about how an engine finds it.
//!
//! The tree is kept in a normal form, which the constructors make and the printer relies on: no
//! `And` directly inside an `And`, no `Or` inside an `Or`, none of them with fewer than two
//! branches, no `Not` of a `Not`. The case that surprises: fields, places and letter case are pushed
//! down to the leaves, so `title:(a w/5 b)` is a proximity of two words that each stand in the title.

use super::filter::Filter;
use super::wildcard::Wildcard;

/// A query as a tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum QueryAst {
    /// Every article.
    Everything,
    /// Articles in whose text this stands somewhere.
    Text(Passage),
    /// Articles in whose texts this stands at least so many times, without sharing a word.
    AtLeast {
        /// How many times; at least 1.
        count: u32,
        /// What is counted, in the title and the body together.
        passage: Passage,
    },
    /// Articles with this property.
    Filter(Filter),
    /// Articles that the branch does not match.
    Not(Box<QueryAst>),
    /// Articles that all branches match.
    And(Vec<QueryAst>),
    /// Articles that at least one branch matches.
    Or(Vec<QueryAst>),
}

/// What stands at certain words of a text: the things that proximity can relate.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Passage {
    /// One word, or one written word that is read as several, such as `fox-it`.
    Word(Word),
    /// Words in order.
    Phrase(Phrase),
    /// Any of several passages.
    AnyOf(Vec<Passage>),
    /// Two passages near one another.
    Near(Box<Near>),
}

/// A word looked for in a part of an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// Which words of a text it stands for.
    pub term: Term,
    /// Where they must stand, and how they must be capitalised.
    pub scope: Scope,
}

/// Which words of a text are meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// The words with the same stem as this one, which is kept as written. It may be one written
    /// word that [`words`](crate::text::words) takes for several ("fox-it", "北约"): these must then
    /// stand side by side, each by its stem.
    Stem(String),
    /// The words with the same exact form (see [`Analyzer`](crate::text::Analyzer)): one word.
    Exact(String),
    /// The words whose exact form a pattern matches.
    Wildcard(Wildcard),
    /// The words whose exact form is at most so many edits away from that of this word: letters
    /// inserted, left out, replaced, or two neighbours exchanged.
    Fuzzy {
        /// The word as written.
        word: String,
        /// The number of edits, 1 or 2.
        distance: u8,
    },
    /// The words whose whole exact form a regular expression matches, whatever the case.
    Regex(String),
}

/// Words in order, side by side unless `slop` says otherwise, within one paragraph of one text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The words in order: two at least, or one where it is a group. The first and the last are not
    /// `Any`.
    pub slots: Vec<Slot>,
    /// How many moves away from their places the words may be in all, by Lucene's rule: the greatest
    /// displacement less the smallest. Two slots never share a word. With a slop, groups hold single
    /// words only.
    pub slop: Option<u32>,
    /// Where the words must stand, and how they must be capitalised.
    pub scope: Scope,
}

/// One place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Any one word.
    Any,
    /// A word; its term is one word, never several.
    Term(Term),
    /// Any of several sequences of words, two at least. None is empty or has `Any` at an edge.
    Group(Vec<Vec<Slot>>),
}

/// Two passages near one another in the same text, without sharing a word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Near {
    /// The passage on the left.
    pub left: Passage,
    /// The passage on the right.
    pub right: Passage,
    /// How near, in which order, and whether that must be or must not be.
    pub relation: Proximity,
}

/// The relation that a proximity operator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Proximity {
    /// How near.
    pub within: Within,
    /// Whether the left passage must come first.
    pub order: Order,
    /// Whether what is looked for is the left passage with no right one that near.
    pub negative: bool,
}

/// How near two passages stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Within {
    /// Within so many words; 1 is side by side. Sentences and paragraphs do not matter.
    Words(u32),
    /// In the same sentence.
    Sentence,
    /// In the same paragraph.
    Paragraph,
}

/// Whether the order of two passages matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Either may come first.
    Either,
    /// The left one ends before the right one begins.
    LeftFirst,
}

/// Where a word must stand, and how it must be capitalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The part of the article.
    pub field: TextField,
    /// Only among so many first words of the text, headline or body, that it stands in.
    pub first: Option<u32>,
    /// The capitals it must have.
    pub case: Option<CaseRule>,
}

/// A part of an article that words are looked for in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The headline or the body.
    #[default]
    Anywhere,
    /// The headline.
    Title,
    /// The body.
    Body,
    /// The first two paragraphs of the body.
    Lead,
    /// The headline or the first two paragraphs of the body.
    TitleOrLead,
}

/// The number of paragraphs that make the lead.
pub const LEAD_PARAGRAPHS: u32 = 2;

impl TextField {
    /// Tells whether the headline belongs to it.
    pub fn has_title(self) -> bool {
        matches!(self, Self::Anywhere | Self::Title | Self::TitleOrLead)
    }

    /// Tells whether the body or a part of it belongs to it.
    pub fn has_body(self) -> bool {
        self != Self::Title
    }

    /// Tells whether only the lead of the body belongs to it.
    pub fn is_lead_only(self) -> bool {
        matches!(self, Self::Lead | Self::TitleOrLead)
    }

    /// Returns what belongs to both, or `None` when nothing does.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let title = self.has_title() && other.has_title();
        let body = self.has_body() && other.has_body();
        let lead = self.is_lead_only() || other.is_lead_only();
        Some(match (title, body, lead) {
            (true, true, false) => Self::Anywhere,
            (true, true, true) => Self::TitleOrLead,
            (true, false, _) => Self::Title,
            (false, true, false) => Self::Body,
            (false, true, true) => Self::Lead,
            (false, false, _) => return None,
        })
    }
}

/// Which capitals a word must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseRule {
    /// A capital first: "Apple", and also "AIDS".
    Initial,
    /// Nothing but capitals, two at least: "AIDS".
    All,
    /// No capital anywhere: "aids".
    None,
}

impl QueryAst {
    /// Returns the query that matches what all of `branches` match, in normal form.
    pub fn all(branches: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for branch in branches {
            match branch {
                Self::And(inner) => flat.extend(inner),
                Self::Everything => {}
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::Everything,
            1 => flat.swap_remove(0),
            _ => Self::And(flat),
        }
    }

    /// Returns the query that matches what at least one of `branches` matches, in normal form; every
    /// article when there is none.
    pub fn any(branches: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for branch in branches {
            match branch {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::Everything,
            1 => flat.swap_remove(0),
            _ => Self::Or(flat),
        }
    }

    /// Returns the query that matches what this one does not.
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Returns the parts that are joined by the outermost AND; the query itself when it is no AND.
    pub fn clauses(&self) -> &[Self] {
        match self {
            Self::And(branches) => branches,
            other => std::slice::from_ref(other),
        }
    }

    /// Calls `visit` with every passage that is looked for, outermost first, and whether articles are
    /// wanted for having it (rather than for lacking it).
    pub fn passages<'tree>(&'tree self, visit: &mut impl FnMut(&'tree Passage, bool)) {
        self.visit_leaves(true, &mut |leaf, wanted| {
            if let Self::Text(passage) | Self::AtLeast { passage, .. } = leaf {
                visit(passage, wanted);
            }
        });
    }

    /// Calls `visit` with every filter, and whether articles are wanted for passing it.
    pub fn filters<'tree>(&'tree self, visit: &mut impl FnMut(&'tree Filter, bool)) {
        self.visit_leaves(true, &mut |leaf, wanted| {
            if let Self::Filter(filter) = leaf {
                visit(filter, wanted);
            }
        });
    }

    fn visit_leaves<'tree>(&'tree self, wanted: bool, visit: &mut impl FnMut(&'tree Self, bool)) {
        match self {
            Self::Not(inner) => inner.visit_leaves(!wanted, visit),
            Self::And(branches) | Self::Or(branches) => {
                for branch in branches {
                    branch.visit_leaves(wanted, visit);
                }
            }
            leaf => visit(leaf, wanted),
        }
    }
}

impl Passage {
    /// Returns the parts of the article that a match of the passage may lie in, or `None` when there
    /// is none because the words of a proximity are asked for in different texts.
    pub fn field(&self) -> Option<TextField> {
        match self {
            Self::Word(word) => Some(word.scope.field),
            Self::Phrase(phrase) => Some(phrase.scope.field),
            Self::Near(near) => near.left.field()?.intersection(near.right.field()?),
            Self::AnyOf(branches) => {
                branches.iter().filter_map(Self::field).reduce(|one, two| one.union(two))
            }
        }
    }

    /// Calls `visit` with every leaf, a word or a phrase, from left to right.
    pub fn leaves<'tree>(&'tree self, visit: &mut impl FnMut(&'tree Passage)) {
        match self {
            Self::Word(_) | Self::Phrase(_) => visit(self),
            Self::AnyOf(branches) => branches.iter().for_each(|branch| branch.leaves(visit)),
            Self::Near(near) => {
                near.left.leaves(visit);
                near.right.leaves(visit);
            }
        }
    }
}

impl TextField {
    fn union(self, other: Self) -> Self {
        let title = self.has_title() || other.has_title();
        let whole_body = (self.has_body() && !self.is_lead_only())
            || (other.has_body() && !other.is_lead_only());
        let body = self.has_body() || other.has_body();
        match (title, body, whole_body) {
            (true, _, true) => Self::Anywhere,
            (true, true, false) => Self::TitleOrLead,
            (true, false, _) => Self::Title,
            (false, _, true) => Self::Body,
            (false, _, false) => Self::Lead,
        }
    }
}

impl Word {
    /// Returns the word `text` by its stem, anywhere.
    pub fn stem(text: impl Into<String>) -> Self {
        Self { term: Term::Stem(text.into()), scope: Scope::default() }
    }
}

impl From<Word> for QueryAst {
    fn from(word: Word) -> Self {
        Self::Text(Passage::Word(word))
    }
}

impl From<Filter> for QueryAst {
    fn from(filter: Filter) -> Self {
        Self::Filter(filter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructors_keep_the_normal_form() {
        let word = |text: &str| QueryAst::from(Word::stem(text));
        let both = QueryAst::all([word("a"), QueryAst::all([word("b"), word("c")])]);
        assert_eq!(both, QueryAst::And(vec![word("a"), word("b"), word("c")]));
        assert_eq!(QueryAst::all([QueryAst::Everything, word("a")]), word("a"));
        assert_eq!(QueryAst::any([word("a")]), word("a"));
        assert_eq!(word("a").negated().negated(), word("a"));
    }

    #[test]
    fn fields_intersect_by_what_belongs_to_both() {
        use TextField::{Anywhere, Body, Lead, Title, TitleOrLead};
        for field in [Anywhere, Title, Body, Lead, TitleOrLead] {
            assert_eq!(field.intersection(field), Some(field));
            assert_eq!(field.intersection(Anywhere), Some(field));
            assert_eq!(field.union(field), field);
        }
        assert_eq!(TitleOrLead.intersection(Body), Some(Lead));
        assert_eq!(TitleOrLead.intersection(Title), Some(Title));
        assert_eq!(Title.intersection(Lead), None);
        assert_eq!(Title.union(Lead), TitleOrLead);
        assert_eq!(Lead.union(Body), Body);
    }
}
