//! A passage prepared for matching: its terms numbered, its words cut, its scopes beside its terms.
//!
//! Who matches a plan has, for each of its terms, the sorted positions of the words that the term
//! stands for and that lie where its [`Scope`] allows. All else is decided here.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::text::words;

use super::ast::{Passage, Phrase, Proximity, Scope, Slot, Term, Word};
use super::positions::{Layout, Match, Pairs, Sloppy, any_near, count_apart, count_near};
use super::terms::{QueryAnalyzer, TermForms};

/// A term with the places where it counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlannedTerm {
    /// What it looks for.
    pub forms: TermForms,
    /// Where its words must stand, and how they must be capitalised.
    pub scope: Scope,
}

/// A passage prepared for matching.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The terms, each once; a number in `root` is a place in this list.
    pub terms: Vec<PlannedTerm>,
    /// The passage.
    pub root: Node,
}

/// A part of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// The words of a term.
    Term(usize),
    /// Words side by side.
    Phrase(Vec<PlannedSlot>),
    /// Words within a number of moves of their places in a phrase: for each slot its offset in the
    /// phrase and its terms.
    Sloppy(Vec<(u32, Vec<usize>)>, u32),
    /// Any of several parts.
    AnyOf(Vec<Node>),
    /// Two parts near one another.
    Near(Box<Node>, Box<Node>, Proximity),
}

/// One place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlannedSlot {
    /// Any one word.
    Any,
    /// A term.
    Term(usize),
    /// Any of several sequences.
    Group(Vec<Vec<PlannedSlot>>),
}

impl Plan {
    /// Returns the plan of a passage for an archive in the languages of `analyzer`.
    pub fn new(passage: &Passage, analyzer: &mut QueryAnalyzer) -> Self {
        let mut planner = Planner { analyzer, terms: Vec::new(), numbers: FxHashMap::default() };
        let root = planner.passage(passage);
        Self { terms: planner.terms, root }
    }

    /// Returns every match, sorted and each once. `positions` are those of the terms.
    pub fn matches(&self, positions: &[Vec<u32>], layout: &impl Layout) -> Vec<Match> {
        Evaluation { positions, layout }.matches(&self.root)
    }

    /// Tells whether there is a match.
    pub fn is_match(&self, positions: &[Vec<u32>], layout: &impl Layout) -> bool {
        Evaluation { positions, layout }.is_match(&self.root)
    }

    /// Returns the greatest number of matches that do not overlap.
    pub fn count(&self, positions: &[Vec<u32>], layout: &impl Layout) -> u32 {
        let evaluation = Evaluation { positions, layout };
        if let Node::Near(left, right, relation) = &self.root
            && let (Some(left), Some(right)) =
                (evaluation.words_of(left), evaluation.words_of(right))
            && let Some(count) = count_near(layout, &left, &right, *relation)
        {
            return count;
        }
        count_apart(&mut evaluation.matches(&self.root))
    }

    /// Marks the words of all matches.
    pub(super) fn mark(&self, positions: &[Vec<u32>], layout: &impl Layout, marks: &mut Marks) {
        let evaluation = Evaluation { positions, layout };
        let matches = evaluation.matches(&self.root);
        evaluation.mark(&self.root, &matches, marks);
    }
}

struct Planner<'a> {
    analyzer: &'a mut QueryAnalyzer,
    terms: Vec<PlannedTerm>,
    numbers: FxHashMap<PlannedTerm, usize>,
}

impl Planner<'_> {
    fn passage(&mut self, passage: &Passage) -> Node {
        match passage {
            Passage::Word(word) => self.word(word),
            Passage::Phrase(phrase) => self.phrase(phrase),
            Passage::AnyOf(branches) => {
                Node::AnyOf(branches.iter().map(|branch| self.passage(branch)).collect())
            }
            Passage::Near(near) => {
                let left = Box::new(self.passage(&near.left));
                let right = Box::new(self.passage(&near.right));
                Node::Near(left, right, near.relation)
            }
        }
    }

    fn term(&mut self, term: &Term, scope: Scope) -> usize {
        let planned = PlannedTerm { forms: self.analyzer.forms(term), scope };
        if let Some(number) = self.numbers.get(&planned) {
            return *number;
        }
        let number = self.terms.len();
        self.terms.push(planned.clone());
        self.numbers.insert(planned, number);
        number
    }

    /// A written word may be several words of a text: these stand side by side.
    fn word(&mut self, word: &Word) -> Node {
        let Term::Stem(text) = &word.term else {
            return Node::Term(self.term(&word.term, word.scope));
        };
        let found: Vec<String> = words(text).map(|word| word.text.to_owned()).collect();
        let mut slots = found
            .into_iter()
            .map(|text| PlannedSlot::Term(self.term(&Term::Stem(text), word.scope)))
            .collect::<Vec<_>>();
        match slots.as_mut_slice() {
            [PlannedSlot::Term(number)] => Node::Term(*number),
            _ => Node::Phrase(slots),
        }
    }

    fn phrase(&mut self, phrase: &Phrase) -> Node {
        match phrase.slop {
            Some(slop) => Node::Sloppy(self.sloppy_slots(phrase), slop),
            None => Node::Phrase(self.slots(&phrase.slots, phrase.scope)),
        }
    }

    fn slots(&mut self, slots: &[Slot], scope: Scope) -> Vec<PlannedSlot> {
        let mut plan = |slot: &Slot| match slot {
            Slot::Any => PlannedSlot::Any,
            Slot::Term(term) => PlannedSlot::Term(self.term(term, scope)),
            Slot::Group(alternatives) => PlannedSlot::Group(
                alternatives.iter().map(|words| self.slots(words, scope)).collect(),
            ),
        };
        slots.iter().map(&mut plan).collect()
    }

    fn sloppy_slots(&mut self, phrase: &Phrase) -> Vec<(u32, Vec<usize>)> {
        let mut slots = Vec::new();
        for (offset, slot) in (0..).zip(&phrase.slots) {
            let terms = match slot {
                Slot::Any => continue,
                Slot::Term(term) => vec![self.term(term, phrase.scope)],
                Slot::Group(alternatives) => alternatives
                    .iter()
                    .flatten()
                    .filter_map(|slot| match slot {
                        Slot::Term(term) => Some(self.term(term, phrase.scope)),
                        Slot::Any | Slot::Group(_) => None,
                    })
                    .collect(),
            };
            slots.push((offset, terms));
        }
        slots
    }
}

/// The words of matches, by position.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The marked positions; the flag tells whether the next position belongs to the same match.
    marked: FxHashMap<u32, bool>,
}

impl Marks {
    fn add(&mut self, position: u32) {
        self.marked.entry(position).or_insert(false);
    }

    /// Joins a marked position to the one after it.
    fn join(&mut self, position: u32) {
        self.marked.insert(position, true);
    }

    /// Returns the stretches of marked positions, first and last, in order.
    pub(super) fn stretches(&self) -> Vec<(u32, u32)> {
        let mut positions: Vec<u32> = self.marked.keys().copied().collect();
        positions.sort_unstable();
        let mut stretches: Vec<(u32, u32)> = Vec::new();
        for position in positions {
            match stretches.last_mut() {
                Some((_, end)) if *end + 1 == position && self.marked[end] => *end = position,
                _ => stretches.push((position, position)),
            }
        }
        stretches
    }
}

struct Evaluation<'a, L> {
    positions: &'a [Vec<u32>],
    layout: &'a L,
}

impl<L: Layout> Evaluation<'_, L> {
    fn matches(&self, node: &Node) -> Vec<Match> {
        let mut found = Vec::new();
        self.each_match(node, &mut |one| {
            found.push(one);
            true
        });
        if !matches!(node, Node::Term(_)) {
            found.sort_unstable();
            found.dedup();
        }
        found
    }

    fn is_match(&self, node: &Node) -> bool {
        match node {
            Node::Term(term) => return !self.positions[*term].is_empty(),
            Node::AnyOf(branches) => return branches.iter().any(|branch| self.is_match(branch)),
            Node::Near(left, right, relation) => {
                if let (Some(left), Some(right)) = (self.words_of(left), self.words_of(right)) {
                    return any_near(self.layout, &left, &right, *relation);
                }
            }
            Node::Phrase(_) | Node::Sloppy(..) => {}
        }
        let mut found = false;
        self.each_match(node, &mut |_| {
            found = true;
            false
        });
        found
    }

    /// Returns the positions of a part whose matches are single words, or `None` for other parts.
    fn words_of(&self, node: &Node) -> Option<Cow<'_, [u32]>> {
        match node {
            Node::Term(term) => Some(Cow::Borrowed(&self.positions[*term])),
            Node::AnyOf(branches) => {
                let mut all = Vec::new();
                for branch in branches {
                    all.extend_from_slice(&self.words_of(branch)?);
                }
                all.sort_unstable();
                all.dedup();
                Some(Cow::Owned(all))
            }
            _ => None,
        }
    }

    /// Calls `visit` with every match, in no order and perhaps repeatedly, until it returns `false`.
    /// Returns whether `visit` always returned `true`.
    fn each_match(&self, node: &Node, visit: &mut dyn FnMut(Match) -> bool) -> bool {
        match node {
            Node::Term(term) => {
                self.positions[*term].iter().all(|at| visit(Match::solid(*at, *at)))
            }
            Node::Phrase(slots) => self.each_phrase(slots, visit),
            Node::Sloppy(slots, slop) => {
                let mut goes_on = true;
                self.sloppy(slots, *slop).each_match(self.layout, |start, end| {
                    goes_on = visit(loose(start, end));
                    goes_on
                });
                goes_on
            }
            Node::AnyOf(branches) => branches.iter().all(|branch| self.each_match(branch, visit)),
            Node::Near(left, right, relation) => {
                let right = self.matches(right);
                if right.is_empty() && !relation.negative {
                    return true;
                }
                let pairs = Pairs::new(self.layout, &right, *relation);
                self.each_match(left, &mut |left| pairs.matches(left).all(&mut *visit))
            }
        }
    }

    fn each_phrase(&self, slots: &[PlannedSlot], visit: &mut dyn FnMut(Match) -> bool) -> bool {
        let has_gap = slots.iter().any(has_gap);
        let mut take = |start, end| {
            (has_gap && !self.in_one_paragraph(start, end)) || visit(Match::solid(start, end))
        };
        if let Some(words) = fixed_words(slots) {
            let last = u32::try_from(slots.len() - 1).expect("a phrase has fewer than 2^32 words");
            return self.each_start(&words, |start| take(start, start + last));
        }
        self.starts(slots)
            .into_iter()
            .all(|start| self.ends(slots, start).into_iter().all(|next| take(start, next - 1)))
    }

    /// Calls `visit` with every position from which all words stand at their offsets, until it
    /// returns `false`.
    fn each_start(&self, words: &[(u32, usize)], mut visit: impl FnMut(u32) -> bool) -> bool {
        let rarest = words.iter().min_by_key(|(_, term)| self.positions[*term].len());
        let Some(&(rarest_offset, rarest)) = rarest else { return true };
        // Where each word was looked for last: all of them move forward only.
        let mut reached = vec![0; words.len()];
        for at in &self.positions[rarest] {
            let Some(start) = at.checked_sub(rarest_offset) else { continue };
            let stand = words.iter().zip(&mut reached).all(|((offset, term), reached)| {
                let positions = &self.positions[*term];
                let wanted = start + offset;
                while positions.get(*reached).is_some_and(|position| *position < wanted) {
                    *reached += 1;
                }
                positions.get(*reached) == Some(&wanted)
            });
            if stand && !visit(start) {
                return false;
            }
        }
        true
    }

    fn in_one_paragraph(&self, start: u32, end: u32) -> bool {
        let body_start = self.layout.body_start();
        (start < body_start) == (end < body_start)
            && self.layout.paragraph(start) == self.layout.paragraph(end)
    }

    /// Returns the positions at which the first slot can stand.
    fn starts(&self, slots: &[PlannedSlot]) -> Vec<u32> {
        match slots.first() {
            Some(PlannedSlot::Term(term)) => self.positions[*term].clone(),
            Some(PlannedSlot::Group(alternatives)) => {
                let mut starts: Vec<u32> =
                    alternatives.iter().flat_map(|slots| self.starts(slots)).collect();
                starts.sort_unstable();
                starts.dedup();
                starts
            }
            Some(PlannedSlot::Any) | None => Vec::new(),
        }
    }

    fn stands_at(&self, term: usize, position: u32) -> bool {
        self.positions[term].binary_search(&position).is_ok()
    }

    /// Returns the positions after the slots when they stand from `start` on, each once.
    fn ends(&self, slots: &[PlannedSlot], start: u32) -> Vec<u32> {
        let mut reached = vec![start];
        for slot in slots {
            reached = self.step(slot, &reached);
            if reached.is_empty() {
                break;
            }
        }
        reached
    }

    /// Returns the positions after `slot` when it stands at one of `places`, sorted.
    fn step(&self, slot: &PlannedSlot, places: &[u32]) -> Vec<u32> {
        match slot {
            PlannedSlot::Any => places.iter().map(|at| at + 1).collect(),
            PlannedSlot::Term(term) => {
                let standing = places.iter().filter(|at| self.stands_at(*term, **at));
                standing.map(|at| at + 1).collect()
            }
            PlannedSlot::Group(alternatives) => {
                let mut after = Vec::new();
                for at in places {
                    for alternative in alternatives {
                        after.extend(self.ends(alternative, *at));
                    }
                }
                after.sort_unstable();
                after.dedup();
                after
            }
        }
    }

    fn sloppy(&self, slots: &[(u32, Vec<usize>)], slop: u32) -> Sloppy<'_> {
        let positions_of = |terms: &[usize]| match terms {
            [term] => Cow::Borrowed(self.positions[*term].as_slice()),
            _ => {
                let mut all: Vec<u32> =
                    terms.iter().flat_map(|term| self.positions[*term].iter().copied()).collect();
                all.sort_unstable();
                all.dedup();
                Cow::Owned(all)
            }
        };
        let slots = slots.iter().map(|(offset, terms)| (*offset, positions_of(terms))).collect();
        Sloppy { slots, slop }
    }

    /// Marks the words by which `node` has those of its matches that are in `matches`, which is
    /// sorted.
    fn mark(&self, node: &Node, matches: &[Match], marks: &mut Marks) {
        match node {
            Node::Term(_) => matches.iter().for_each(|found| marks.add(found.start())),
            Node::Phrase(slots) => {
                for found in matches {
                    self.mark_phrase(slots, *found, marks);
                }
            }
            Node::Sloppy(slots, slop) => {
                let sloppy = self.sloppy(slots, *slop);
                for found in matches {
                    sloppy.each_word(found.start(), found.end(), |at| marks.add(at));
                }
            }
            Node::AnyOf(branches) => {
                for branch in branches {
                    let mut own = self.matches(branch);
                    own.retain(|found| matches.binary_search(found).is_ok());
                    self.mark(branch, &own, marks);
                }
            }
            Node::Near(left, _, relation) if relation.negative => self.mark(left, matches, marks),
            Node::Near(left, right, relation) => {
                let lefts = self.matches(left);
                let rights = self.matches(right);
                let pairs = Pairs::new(self.layout, &rights, *relation);
                let (mut used_left, mut used_right) = (Vec::new(), Vec::new());
                for one in lefts {
                    for two in pairs.near(one) {
                        if matches.binary_search(&one.cover(two)).is_ok() {
                            used_left.push(one);
                            used_right.push(two);
                        }
                    }
                }
                for used in [&mut used_left, &mut used_right] {
                    used.sort_unstable();
                    used.dedup();
                }
                self.mark(left, &used_left, marks);
                self.mark(right, &used_right, marks);
            }
        }
    }

    fn mark_phrase(&self, slots: &[PlannedSlot], found: Match, marks: &mut Marks) {
        let mut own = Vec::new();
        self.own_words(slots, found.start(), found.end() + 1, &mut own);
        own.sort_unstable();
        own.dedup();
        for (place, at) in own.iter().enumerate() {
            marks.add(*at);
            if own.get(place + 1) == Some(&(at + 1)) {
                marks.join(*at);
            }
        }
    }

    /// Adds the words by which the slots fill the positions from `start` to before `end`, in every
    /// way that they can.
    fn own_words(&self, slots: &[PlannedSlot], start: u32, end: u32, own: &mut Vec<u32>) {
        let mut reached = vec![vec![start]];
        for slot in slots {
            let places = reached.last().expect("the start was pushed above");
            reached.push(self.step(slot, places));
        }
        // From the end backwards, what does not lead to it is dropped.
        let mut wanted = vec![end];
        for (slot, places) in slots.iter().zip(&reached).rev() {
            let mut leading = Vec::new();
            for &at in places {
                let after = self.step(slot, &[at]);
                let mut leads = false;
                for next in after.into_iter().filter(|next| wanted.contains(next)) {
                    leads = true;
                    self.own_words_of(slot, at, next, own);
                }
                if leads {
                    leading.push(at);
                }
            }
            wanted = leading;
        }
    }

    fn own_words_of(&self, slot: &PlannedSlot, at: u32, next: u32, own: &mut Vec<u32>) {
        match slot {
            PlannedSlot::Any => {}
            PlannedSlot::Term(_) => own.push(at),
            PlannedSlot::Group(alternatives) => {
                for alternative in alternatives {
                    self.own_words(alternative, at, next, own);
                }
            }
        }
    }
}

/// Returns the offsets and terms of a phrase without groups.
fn fixed_words(slots: &[PlannedSlot]) -> Option<Vec<(u32, usize)>> {
    let mut words = Vec::with_capacity(slots.len());
    for (offset, slot) in (0..).zip(slots) {
        match slot {
            PlannedSlot::Any => {}
            PlannedSlot::Term(term) => words.push((offset, *term)),
            PlannedSlot::Group(_) => return None,
        }
    }
    Some(words)
}

/// Tells whether any word may fill a place of the slot.
fn has_gap(slot: &PlannedSlot) -> bool {
    match slot {
        PlannedSlot::Any => true,
        PlannedSlot::Term(_) => false,
        PlannedSlot::Group(alternatives) => alternatives.iter().flatten().any(has_gap),
    }
}

fn loose(start: u32, end: u32) -> Match {
    Match { head: Match::solid(start, start).head, tail: Match::solid(end, end).head }
}
