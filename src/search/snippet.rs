//! Snippets: the passages of a body that show best why it matches.
//!
//! A passage is made of whole sentences where they fit and is cut between words where they do not;
//! it never cuts a match. Only the neighbourhood of the chosen matches is read for sentences, so a
//! newspaper page of a megabyte costs no more than a wire story.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Snippet;
use crate::text::{Span, floor_boundary, fold_into, join_neighbours, sentences, words};

/// How many passages to show of a body, and how long they may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnippetOptions {
    /// The greatest number of passages.
    pub count: usize,
    /// The length of a passage, in characters. A single sentence may exceed it by a quarter, and
    /// passages that touch are joined to a longer one.
    pub width: usize,
}

impl Default for SnippetOptions {
    /// Returns what a terminal shows of a hit: three passages of two lines or three.
    fn default() -> Self {
        Self { count: 3, width: 200 }
    }
}

/// Returns the passages of `body` that hold the best of `matches`, in the order of the body.
///
/// `matches` are spans of `body` in order of their starts; of those that overlap only the first
/// (and there the longest) is highlighted. A passage is better the more different words match in
/// it, then the more of them stand side by side, then the more matches there are; a later passage
/// is chosen for what the earlier do not show. Without any match the beginning of the body comes
/// back, and nothing for a body without letters.
pub fn snippets(body: &str, matches: &[Span], options: SnippetOptions) -> Vec<Snippet> {
    debug_assert!(matches.is_sorted_by_key(|span| span.start), "matches come in order");
    if options.count == 0 || options.width == 0 || body.trim().is_empty() {
        return Vec::new();
    }
    let matches = without_overlaps(matches);
    let mut surroundings = Surroundings::new(body, options.width);
    let passages = if matches.is_empty() {
        let start = body.len() - body.trim_start().len();
        vec![surroundings.passage(Span::new(start, start), Span::new(start, body.len()), &[])]
    } else {
        choose_passages(body, &matches, options, &mut surroundings)
    };
    passages.into_iter().map(|passage| surroundings.snippet(passage, &matches)).collect()
}

/// Returns the matches without those that begin inside an earlier one, and without empty ones.
fn without_overlaps(matches: &[Span]) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::with_capacity(matches.len());
    for &span in matches {
        match kept.last_mut() {
            _ if span.is_empty() => {}
            Some(last) if span.start == last.start => last.end = last.end.max(span.end),
            Some(last) if span.start < last.end => {}
            _ => kept.push(span),
        }
    }
    kept
}

fn choose_passages(
    body: &str,
    matches: &[Span],
    options: SnippetOptions,
    surroundings: &mut Surroundings<'_>,
) -> Vec<Span> {
    let mut chooser = Chooser::new(body, matches, options.width);
    let mut passages: Vec<Span> = Vec::with_capacity(options.count);
    while passages.len() < options.count
        && let Some(core) = chooser.best_window()
    {
        let free = free_around(core, &passages, body.len());
        let passage = surroundings.passage(core, free, matches);
        chooser.take(passage);
        passages.push(passage);
    }
    passages.sort_unstable();
    join_neighbours(body, &passages)
}

/// Returns the stretch around `core` that no passage has taken.
fn free_around(core: Span, passages: &[Span], end: usize) -> Span {
    let before = passages.iter().map(|passage| passage.end).filter(|&end| end <= core.start);
    let after = passages.iter().map(|passage| passage.start).filter(|&start| start >= core.end);
    Span::new(before.max().unwrap_or(0), after.min().unwrap_or(end))
}

/// Chooses the windows of matches that are worth showing, the best first.
struct Chooser<'matches> {
    matches: &'matches [Span],
    /// For each match, where it begins and ends in characters from the first match on.
    places: Vec<Span>,
    /// For each match, the number of the word that it is a form of.
    words: Vec<usize>,
    /// For each word, whether a passage shows it already.
    shown: Vec<bool>,
    /// For each match, whether a passage shows it already.
    taken: Vec<bool>,
    width: usize,
}

/// How good a window is: greater is better.
type Worth = (usize, usize, usize, usize, Reverse<usize>);

impl<'matches> Chooser<'matches> {
    fn new(body: &str, matches: &'matches [Span], width: usize) -> Self {
        let words = number_words(body, matches);
        let word_count = words.iter().max().map_or(0, |most| most + 1);
        Self {
            matches,
            places: in_characters(body, matches),
            words,
            shown: vec![false; word_count],
            taken: vec![false; matches.len()],
            width,
        }
    }

    /// Returns the stretch from the first to the last match of the best window, if any is left.
    ///
    /// A window is the matches from one of them on, as far as the width reaches and no passage
    /// lies between; one pass with two ends looks at all of them.
    fn best_window(&self) -> Option<Span> {
        let mut best: Option<(Worth, Span)> = None;
        let mut window = Window::new(self.shown.len());
        for first in 0..self.matches.len() {
            if self.taken[first] {
                continue;
            }
            // An empty window may lie before a match that is shown already.
            window.end = window.end.max(first);
            while self.takes_in(first, window.end) {
                window.add(self);
            }
            let worth = window.worth(first);
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, self.matches[first].cover(self.matches[window.end - 1])));
            }
            window.remove(self, first);
        }
        best.map(|(_, window)| window)
    }

    /// Tells whether the window from match `first` on can take in match `next`.
    fn takes_in(&self, first: usize, next: usize) -> bool {
        next < self.matches.len()
            && !self.taken[next]
            && (next == first || self.places[next].end - self.places[first].start <= self.width)
    }

    /// Tells whether match `later` stands side by side with the one before and differs from it.
    fn is_beside_previous(&self, later: usize) -> bool {
        self.words[later] != self.words[later - 1]
            && self.places[later].start - self.places[later - 1].end <= 2
    }

    /// Marks the matches inside `passage` as shown.
    fn take(&mut self, passage: Span) {
        for (position, span) in self.matches.iter().enumerate() {
            if passage.contains(*span) {
                self.taken[position] = true;
                self.shown[self.words[position]] = true;
            }
        }
    }
}

/// What the matches of a window amount to, kept while its two ends move on.
struct Window {
    /// The number of the match after the last.
    end: usize,
    matches: usize,
    /// For each word, how many of the matches are forms of it.
    counts: Vec<usize>,
    different: usize,
    different_new: usize,
    side_by_side: usize,
}

impl Window {
    fn new(words: usize) -> Self {
        let counts = vec![0; words];
        Self { end: 0, matches: 0, counts, different: 0, different_new: 0, side_by_side: 0 }
    }

    /// Takes in the match after the last.
    fn add(&mut self, chooser: &Chooser<'_>) {
        let word = chooser.words[self.end];
        if self.counts[word] == 0 {
            self.different += 1;
            self.different_new += usize::from(!chooser.shown[word]);
        }
        self.counts[word] += 1;
        if self.matches > 0 {
            self.side_by_side += usize::from(chooser.is_beside_previous(self.end));
        }
        self.matches += 1;
        self.end += 1;
    }

    fn remove(&mut self, chooser: &Chooser<'_>, first: usize) {
        let word = chooser.words[first];
        self.counts[word] -= 1;
        if self.counts[word] == 0 {
            self.different -= 1;
            self.different_new -= usize::from(!chooser.shown[word]);
        }
        self.matches -= 1;
        if self.matches > 0 {
            self.side_by_side -= usize::from(chooser.is_beside_previous(first + 1));
        }
    }

    fn worth(&self, first: usize) -> Worth {
        (self.different_new, self.different, self.side_by_side, self.matches, Reverse(first))
    }
}

/// Numbers the different words that the matches are forms of.
///
/// What a match is a match for is not known here; forms of one word ("guarantee", "guarantees") are
/// told by their first letters, which is near enough to choose a passage by.
fn number_words(body: &str, matches: &[Span]) -> Vec<usize> {
    let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
    let mut folded = String::new();
    let number = |span: &Span| {
        folded.clear();
        fold_into(span.of(body), &mut folded);
        let end = folded.char_indices().nth(5).map_or(folded.len(), |(at, _)| at);
        let beginning = &folded[..end];
        if let Some(known) = numbers.get(beginning) {
            return *known;
        }
        let next = numbers.len();
        numbers.insert(beginning.to_owned(), next);
        next
    };
    matches.iter().map(number).collect()
}

/// Returns the matches in characters, counted from the first of them.
fn in_characters(body: &str, matches: &[Span]) -> Vec<Span> {
    let mut at = matches.first().map_or(0, |span| span.start);
    let mut characters = 0;
    let mut places = Vec::with_capacity(matches.len());
    for span in matches {
        characters += count_characters(&body[at..span.start]);
        let end = characters + count_characters(span.of(body));
        places.push(Span::new(characters, end));
        (at, characters) = (span.end, end);
    }
    places
}

fn count_characters(text: &str) -> usize {
    text.chars().count()
}

/// The sentences around the places that are asked for, found paragraph by paragraph.
struct Surroundings<'body> {
    body: &'body str,
    width: usize,
    /// The part of the body whose sentences are known: a paragraph, or the part of a very long one
    /// that reaches `reach` bytes to either side.
    known: Span,
    sentences: Vec<Span>,
    reach: usize,
}

impl<'body> Surroundings<'body> {
    fn new(body: &'body str, width: usize) -> Self {
        // Eight bytes a character are at least twice the width in any script: a sentence that is
        // cut by the reach is too long to be shown whole, so nobody sees where it was cut.
        let reach = width.saturating_mul(8);
        Self { body, width, known: Span::default(), sentences: Vec::new(), reach }
    }

    /// Returns the passage to show for `core`, inside `free`, without cutting a match.
    fn passage(&mut self, core: Span, free: Span, matches: &[Span]) -> Span {
        let first = self.sentence_at(core.start);
        let last = self.sentence_at(core.end.saturating_sub(1).max(core.start));
        let whole = clip(first.cover(last).cover(core), free);
        if self.length(whole) > self.width + self.width / 4 {
            return self.cut(core, whole, matches);
        }
        let grown = self.grow(whole, free);
        with_whole_matches(grown, matches)
    }

    /// Returns as much of `whole` around `core` as the width allows, from word to word.
    fn cut(&self, core: Span, whole: Span, matches: &[Span]) -> Span {
        let spare = self.width.saturating_sub(self.length(core));
        let before = self.length(Span::new(whole.start, core.start));
        let after = self.length(Span::new(core.end, whole.end));
        let right = after.min(spare - before.min(spare / 2));
        let left = before.min(spare - right);
        let mut start = self.word_start(Span::new(whole.start, core.start), left);
        let mut end = self.word_end(Span::new(core.end, whole.end), right);
        for span in matches {
            if span.start < start && start < span.end {
                start = span.end.min(core.start);
            }
            if span.start < end && end < span.end {
                end = span.start.max(core.end);
            }
        }
        let passage = trimmed(self.body, Span::new(start, end)).cover(core);
        if passage.is_empty() { self.cut_anywhere(whole) } else { passage }
    }

    /// Returns the first characters of a text that begins with a word longer than the width.
    fn cut_anywhere(&self, whole: Span) -> Span {
        let next = whole.of(self.body).char_indices().nth(self.width);
        Span::new(whole.start, next.map_or(whole.end, |(at, _)| whole.start + at))
    }

    /// Returns where a word begins in the last `characters` of `stretch`.
    fn word_start(&self, stretch: Span, characters: usize) -> usize {
        let text = stretch.of(self.body);
        let Some((from, _)) = text.char_indices().rev().take(characters).last() else {
            return stretch.end;
        };
        let Some((before, last)) = text[..from].char_indices().next_back() else {
            return stretch.start;
        };
        if last.is_whitespace() {
            return stretch.start + from;
        }
        if let Some((at, space)) = near_space(text[from..].char_indices()) {
            return stretch.start + from + at + space.len_utf8();
        }
        let mut starts = words(&text[before..]).map(|word| before + word.span.start);
        starts.find(|start| *start >= from).map_or(stretch.end, |at| stretch.start + at)
    }

    /// Returns where a word ends in the first `characters` of `stretch`.
    fn word_end(&self, stretch: Span, characters: usize) -> usize {
        let text = stretch.of(self.body);
        let Some((until, next)) = text.char_indices().nth(characters) else { return stretch.end };
        if next.is_whitespace() {
            return stretch.start + until;
        }
        if let Some((at, _)) = near_space(text[..until].char_indices().rev()) {
            return stretch.start + at;
        }
        let ends = words(&text[..until + next.len_utf8()]).map(|word| word.span.end);
        stretch.start + ends.take_while(|end| *end <= until).last().unwrap_or(0)
    }

    /// Takes in whole sentences after and before while they fit: first those of the paragraph, and
    /// those of other paragraphs only into a passage that would be short without them.
    fn grow(&mut self, mut passage: Span, free: Span) -> Span {
        loop {
            let grown = self.grown(passage, free, Reach::Paragraph).or_else(|| {
                let is_short = self.length(passage) * 2 < self.width;
                is_short.then(|| self.grown(passage, free, Reach::Body)).flatten()
            });
            match grown {
                Some(grown) => passage = grown,
                None => return passage,
            }
        }
    }

    /// Returns the passage with the sentence after it, or else before it, if that fits.
    fn grown(&mut self, passage: Span, free: Span, reach: Reach) -> Option<Span> {
        let after = self.start_after(passage, free, reach);
        let before = self.end_before(passage, free, reach);
        for at in [after, before].into_iter().flatten() {
            let sentence = self.sentence_at(at);
            let grown = passage.cover(sentence);
            if free.contains(sentence) && self.length(grown) <= self.width {
                return Some(grown);
            }
        }
        None
    }

    /// Returns where the text goes on after the passage.
    fn start_after(&self, passage: Span, free: Span, reach: Reach) -> Option<usize> {
        let rest = &self.body[passage.end..free.end];
        let gap = rest.len() - rest.trim_start().len();
        (gap < rest.len() && reach.crosses(&rest[..gap])).then_some(passage.end + gap)
    }

    /// Returns where the last character before the passage stands.
    fn end_before(&self, passage: Span, free: Span, reach: Reach) -> Option<usize> {
        let rest = &self.body[free.start..passage.start];
        let text = rest.trim_end();
        let (last, _) = text.char_indices().next_back()?;
        reach.crosses(&rest[text.len()..]).then_some(free.start + last)
    }

    /// Returns the sentence that holds the byte `at`; an empty span between sentences.
    fn sentence_at(&mut self, at: usize) -> Span {
        if !self.knows(at) {
            self.learn(at);
        }
        let later = self.sentences.partition_point(|sentence| sentence.end <= at);
        match self.sentences.get(later) {
            Some(sentence) if sentence.start <= at => *sentence,
            _ => {
                let at = floor_boundary(self.body, at);
                Span::new(at, at)
            }
        }
    }

    fn knows(&self, at: usize) -> bool {
        let half = self.reach / 2;
        let start = self.known.start;
        let end = self.known.end;
        let begins = start == 0 || self.body.as_bytes()[start - 1] == b'\n' || at >= start + half;
        let ends = end == self.body.len() || self.body.as_bytes()[end] == b'\n' || at + half <= end;
        start <= at && at < end && begins && ends
    }

    fn learn(&mut self, at: usize) {
        let bytes = self.body.as_bytes();
        let earliest = floor_boundary(self.body, at.saturating_sub(self.reach));
        let latest = floor_boundary(self.body, at.saturating_add(self.reach).min(bytes.len()));
        let start = memchr::memrchr(b'\n', &bytes[earliest..at])
            .map_or(earliest, |line| earliest + line + 1);
        let end = memchr::memchr(b'\n', &bytes[at..latest]).map_or(latest, |line| at + line);
        self.known = Span::new(start, end);
        let found = sentences(self.known.of(self.body));
        self.sentences.clear();
        self.sentences.extend(found.into_iter().map(|sentence| sentence.shifted(start)));
    }

    fn length(&self, span: Span) -> usize {
        count_characters(span.of(self.body))
    }

    fn snippet(&mut self, passage: Span, matches: &[Span]) -> Snippet {
        let first = matches.partition_point(|span| span.start < passage.start);
        let inside = matches[first..].iter().take_while(|span| span.end <= passage.end);
        let move_back =
            |span: &Span| Span::new(span.start - passage.start, span.end - passage.start);
        Snippet {
            text: passage.of(self.body).to_owned(),
            span: passage,
            highlights: inside.map(move_back).collect(),
            cut_before: self.sentence_at(passage.start).start < passage.start,
            cut_after: self.sentence_at(passage.end.saturating_sub(1)).end > passage.end,
        }
    }
}

/// How far a passage may grow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Paragraph,
    Body,
}

impl Reach {
    /// Tells whether the passage may grow over this white space.
    fn crosses(self, gap: &str) -> bool {
        self == Self::Body || !gap.contains('\n')
    }
}

/// Returns the passage with all of the matches that run over its ends, as a phrase may run over the
/// end of a sentence. No passage cuts a match, so what is added is in no other passage.
fn with_whole_matches(passage: Span, matches: &[Span]) -> Span {
    let first = matches.partition_point(|span| span.end <= passage.start);
    let inside = matches[first..].iter().take_while(|span| span.start < passage.end);
    inside.fold(passage, |whole, span| whole.cover(*span))
}

/// Returns the first white space among the next characters: a word is seldom longer.
fn near_space(mut letters: impl Iterator<Item = (usize, char)>) -> Option<(usize, char)> {
    letters.by_ref().take(30).find(|(_, letter)| letter.is_whitespace())
}

fn clip(span: Span, free: Span) -> Span {
    Span::new(span.start.max(free.start), span.end.min(free.end))
}

fn trimmed(body: &str, span: Span) -> Span {
    let text = span.of(body);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the spans of the places where one of `needles` stands in `body`.
    fn find(body: &str, needles: &[&str]) -> Vec<Span> {
        let at = |needle: &&str| {
            let length = needle.len();
            body.match_indices(*needle)
                .map(move |(start, _)| Span::new(start, start + length))
                .collect::<Vec<_>>()
        };
        let mut found: Vec<Span> = needles.iter().flat_map(at).collect();
        found.sort_unstable();
        found
    }

    fn shown(body: &str, needles: &[&str], count: usize, width: usize) -> Vec<String> {
        snippets(body, &find(body, needles), SnippetOptions { count, width })
            .iter()
            .map(marked)
            .collect()
    }

    /// Writes a snippet with its highlights in brackets and its cuts as dots.
    fn marked(snippet: &Snippet) -> String {
        let mut text = String::from(if snippet.cut_before { "… " } else { "" });
        let mut at = 0;
        for span in &snippet.highlights {
            text.push_str(&snippet.text[at..span.start]);
            text.push_str(&format!("[{}]", span.of(&snippet.text)));
            at = span.end;
        }
        text.push_str(&snippet.text[at..]);
        text.push_str(if snippet.cut_after { " …" } else { "" });
        text
    }

    const TALKS: &str = "Talks began in Geneva on Monday. Nobody expected much of them.\n\n\
        Moscow wants guarantees. It has asked for security guarantees in writing, and for an end \
        to the growth of the alliance to the east, which the alliance says is not on the table.\n\n\
        The dollar fell. Oil rose. Markets waited for news of security in the region.";

    #[test]
    fn the_passage_with_most_different_words_side_by_side_comes_first() {
        assert_eq!(
            shown(TALKS, &["security", "guarantees"], 1, 80),
            [
                "Moscow wants [guarantees]. It has asked for [security] [guarantees] in writing, and …"
            ]
        );
    }

    #[test]
    fn sentences_are_kept_whole_where_they_fit() {
        assert_eq!(shown(TALKS, &["dollar"], 1, 30), ["The [dollar] fell. Oil rose."]);
        assert_eq!(
            shown(TALKS, &["much"], 1, 70),
            ["Talks began in Geneva on Monday. Nobody expected [much] of them."]
        );
    }

    #[test]
    fn several_passages_come_in_the_order_of_the_body() {
        assert_eq!(
            shown(TALKS, &["Geneva", "Oil", "alliance"], 3, 40),
            [
                "Talks began in [Geneva] on Monday.",
                "… [alliance] to the east, which the [alliance] …",
                "The dollar fell. [Oil] rose."
            ]
        );
    }

    #[test]
    fn a_later_passage_shows_what_the_earlier_do_not() {
        let body = "Russia spoke and Russia left. Filler here to part them well. Russia again. \
            More filler to part them again. Ukraine waited.";
        assert_eq!(
            shown(body, &["Russia", "Ukraine"], 2, 30),
            ["[Russia] spoke and [Russia] left.", "[Ukraine] waited."]
        );
    }

    #[test]
    fn passages_that_touch_are_joined() {
        assert_eq!(
            shown("One is here. Two is here.\n\nThree is there.", &["One", "Two"], 2, 14),
            ["[One] is here. [Two] is here."]
        );
    }

    #[test]
    fn without_matches_the_beginning_is_shown() {
        assert_eq!(shown(TALKS, &[], 3, 40), ["Talks began in Geneva on Monday."]);
        assert_eq!(shown(TALKS, &[], 3, 20), ["Talks began in …"]);
        assert_eq!(shown("", &[], 3, 20), [""; 0]);
        assert_eq!(shown(" \n ", &[], 3, 20), [""; 0]);
    }

    #[test]
    fn short_paragraphs_are_filled_up_from_their_neighbours() {
        let body = "Security\n\nThe ministers met. They parted without a word.";
        assert_eq!(shown(body, &["Security"], 1, 40), ["[Security]\n\nThe ministers met."]);
    }

    #[test]
    fn widths_are_in_characters_of_any_script() {
        let russian = "Москва потребовала гарантий безопасности в письменном виде и отказа от \
            расширения альянса на восток";
        assert_eq!(
            shown(russian, &["гарантий"], 1, 40),
            ["… потребовала [гарантий] безопасности в …"]
        );
        let chinese = "北约与俄罗斯就安全保障问题举行会谈但双方没有取得任何突破性的进展";
        assert_eq!(shown(chinese, &["保障"], 1, 10), ["… 斯就安全[保障]问题举行 …"]);
    }

    #[test]
    fn of_overlapping_matches_the_first_is_highlighted() {
        let matches = [Span::new(0, 3), Span::new(0, 7), Span::new(4, 9), Span::new(8, 11)];
        let found = snippets("one two three.", &matches, SnippetOptions::default());
        assert_eq!(found[0].highlights, [Span::new(0, 7), Span::new(8, 11)]);
    }

    fn body_and_matches() -> impl Strategy<Value = (String, Vec<Span>)> {
        let body = "[a-zA-Zé北约 .!?\"\n\u{301}🙂]{0,300}";
        (body, prop::collection::vec((0usize..300, 0usize..20), 0..25)).prop_map(
            |(body, places)| {
                let boundary = |at: usize| floor_boundary(&body, at.min(body.len()));
                let mut matches: Vec<Span> = places
                    .iter()
                    .map(|(start, length)| Span::new(boundary(*start), boundary(start + length)))
                    .collect();
                matches.sort_unstable();
                (body, matches)
            },
        )
    }

    proptest! {
        #[test]
        fn passages_are_ordered_parts_of_the_body_and_highlight_only_matches(
            (body, matches) in body_and_matches(), count in 0usize..5, width in 0usize..60,
        ) {
            let found = snippets(&body, &matches, SnippetOptions { count, width });
            prop_assert!(found.len() <= count);
            let mut end = 0;
            for snippet in &found {
                prop_assert!(snippet.span.start >= end && !snippet.span.is_empty());
                prop_assert_eq!(snippet.span.of(&body), &snippet.text);
                end = snippet.span.end;
                let mut highlighted = 0;
                for span in &snippet.highlights {
                    prop_assert!(span.start >= highlighted && span.end <= snippet.text.len());
                    prop_assert!(matches.contains(&span.shifted(snippet.span.start)));
                    highlighted = span.end;
                }
            }
            if count > 0 && width > 0 && matches.iter().any(|span| !span.is_empty()) {
                let some = found.iter().all(|snippet| !snippet.highlights.is_empty());
                prop_assert!(some || body.trim().is_empty());
            }
        }

        #[test]
        fn passages_are_about_as_long_as_asked_for(
            (body, matches) in body_and_matches(), width in 1usize..60,
        ) {
            let longest = matches.iter().map(|span| span.len()).max().unwrap_or(0);
            for snippet in snippets(&body, &matches, SnippetOptions { count: 1, width }) {
                let length = count_characters(&snippet.text);
                prop_assert!(length <= width + width / 4 + 2 * longest, "{length}");
            }
        }
    }
}
