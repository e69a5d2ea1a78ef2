//! What the trained tagger looks at: features of words, of their neighbours and of the document.
//!
//! A feature is a number, hashed from a template and what it was filled with. Those that depend on
//! one word alone ([`word_features`]) are summed up once for each distinct word, those of three words
//! in a row ([`Window::trigram_features`]) once for a row that comes again soon; what depends on more
//! ([`View::features`]) is looked up for each token that could be part of a name.

use std::ops::Range;

use super::super::casing::Casing;
use super::super::classes::Classes;
use super::super::document::Document;
use super::super::gazetteer::{EMPTY, Gazetteer, extend};
use super::super::grain::join;
use super::super::lexicon::{FormId, Shape, WordInfo};

/// A hashed feature.
pub(crate) type Feature = u32;

/// The largest distance at which a word has features of its own, before and after the token.
pub(crate) const FARTHEST: i32 = 2;

/// The number of distances.
pub(crate) const OFFSET_COUNT: usize = 5;

/// Stands for the word before the first or after the last of a sentence.
const EDGE: u64 = 0x5eed;

pub(crate) fn hash(template: u32, filling: u64) -> Feature {
    let mixed = (filling ^ (u64::from(template) << 56) ^ u64::from(template))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 32) as Feature
}

/// Appends the features of a word (`None` for the edge of a sentence) at a distance from the token.
pub(crate) fn word_features(word: Option<&WordInfo>, offset: i32, features: &mut Vec<Feature>) {
    let place = (offset + FARTHEST) as u32 * 40;
    let mut add = |template: u32, filling: u64| features.push(hash(place + template, filling));
    let Some(word) = word else {
        add(0, EDGE);
        return;
    };
    add(0, word.key);
    add(1, word.grain.fine);
    let shape = word.shape as u64;
    let classes = u64::from(word.classes.bits());
    for bit in 0..32 {
        if classes & (1 << bit) != 0 {
            add(2, bit << 8 | u64::from(word.shape.is_capitalised()));
        }
    }
    if offset.abs() == 2 {
        return;
    }
    let lower = word.text.to_lowercase();
    add(3, join(text_key(&pattern(&word.text)), 1));
    for length in 1..=4 {
        if let Some(end) = suffix(&lower, length) {
            add(4, join(text_key(end), shape));
        }
    }
    if offset != 0 {
        return;
    }
    add(5, join(classes, shape));
    add(6, join(word.key, shape));
    add(7, (word.text.chars().count().min(12) as u64) << 8 | shape);
    for length in 1..=4 {
        if let Some(start) = prefix(&lower, length) {
            add(8, join(text_key(start), shape));
        }
    }
}

fn text_key(text: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(text.as_bytes())
}

fn suffix(text: &str, length: usize) -> Option<&str> {
    let (at, _) = text.char_indices().rev().nth(length - 1)?;
    (at > 0).then(|| &text[at..])
}

fn prefix(text: &str, length: usize) -> Option<&str> {
    let (at, _) = text.char_indices().nth(length)?;
    Some(&text[..at])
}

/// Returns the shape of a word letter by letter, runs shortened: "McDonald" is `XxXx`.
fn pattern(word: &str) -> String {
    let mut pattern = String::new();
    for letter in word.chars() {
        let class = match letter {
            _ if letter.is_uppercase() => 'X',
            _ if letter.is_alphabetic() => 'x',
            _ if letter.is_numeric() => '0',
            other => other,
        };
        if !pattern.ends_with(class) {
            pattern.push(class);
        }
    }
    pattern
}

/// What a document says of a folded form, wherever it stands in it.
#[derive(Clone, Copy, Debug, Default)]
struct FormFlags(u32);

impl FormFlags {
    const IN_SMALL_LETTERS: u32 = 1;
    const AFTER_TITLE: u32 = 1 << 1;
    const AFTER_FIRST_NAME: u32 = 1 << 2;
    const BEFORE_HEAD: u32 = 1 << 3;
    const AFTER_PREPOSITION: u32 = 1 << 4;
    const BEFORE_CAPITAL: u32 = 1 << 5;
    const AFTER_CAPITAL: u32 = 1 << 6;
    const BEFORE_SPEAKING: u32 = 1 << 7;
    const IN_CAPITALS: u32 = 1 << 8;
    const IN_BRACKETS: u32 = 1 << 9;
    const AFTER_ARTICLE: u32 = 1 << 10;
    const BEFORE_POSSESSIVE: u32 = 1 << 11;
    const COUNT: u32 = 12;
}

/// The classes of whole listed names that become features, each by the part of the name.
const LISTED: [Classes; 7] = [
    Classes::COUNTRY,
    Classes::LARGE_CITY,
    Classes::SMALL_CITY,
    Classes::REGION,
    Classes::PLACE,
    Classes::ORGANIZATION,
    Classes::DEMONYM,
];

/// A stretch of tokens that are decided on together: all of them could be part of a name, the first
/// could begin one and the last end one. No token outside could be part of a name of another stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Zone {
    /// The tokens.
    pub(crate) tokens: Range<usize>,
    /// The sentence they stand in.
    pub(crate) sentence: Range<usize>,
    /// How the sentence uses capitals.
    pub(crate) casing: Casing,
}

/// The buffers of what is known of a document before its names are.
#[derive(Default)]
pub(crate) struct View {
    zones: Vec<Zone>,
    /// Bits for each token: which listed names cover it, and as which part.
    listed: Vec<u32>,
    /// What is known of each form that has a capital somewhere; of other forms it is not reset.
    flags: Vec<FormFlags>,
    /// A bit for each form that stands in small letters. Few bytes, since nearly all words are asked
    /// to set one.
    small: Vec<u64>,
}

impl View {
    /// Looks through a document.
    pub(crate) fn read(&mut self, document: &Document<'_>) {
        self.zones.clear();
        self.listed.clear();
        self.listed.resize(document.token_count(), 0);
        let forms = document.lexicon().form_count();
        self.small.clear();
        self.small.resize(forms.div_ceil(64), 0);
        // Only the forms of this document are reset, not those of all documents before.
        self.flags.resize(forms, FormFlags::default());
        for token in document.tokens() {
            if token.look.shape().is_capitalised() {
                self.flags[token.look.form() as usize] = FormFlags::default();
            }
        }
        for (sentence, casing) in document.cased_sentences() {
            self.read_sentence(document, sentence, casing);
        }
    }

    /// Returns the stretches to decide on.
    pub(crate) fn zones(&self) -> &[Zone] {
        &self.zones
    }

    fn read_sentence(&mut self, document: &Document<'_>, sentence: Range<usize>, casing: Casing) {
        let mut start = sentence.start;
        let mut capitalised = false;
        for at in sentence.clone() {
            let look = document.look(at);
            self.note_form(document, at, &sentence, casing);
            if look.shape().is_capitalised() {
                self.mark_listed(document, at, sentence.end);
                capitalised |= at > sentence.start || !is_plain_opening(document.word(at));
            } else if !look.may_be_inside() {
                self.end_zone(document, start..at, &sentence, casing, capitalised);
                start = at + 1;
                capitalised = false;
            }
        }
        self.end_zone(document, start..sentence.end, &sentence, casing, capitalised);
    }

    fn end_zone(
        &mut self,
        document: &Document<'_>,
        mut tokens: Range<usize>,
        sentence: &Range<usize>,
        casing: Casing,
        capitalised: bool,
    ) {
        if !capitalised {
            return;
        }
        // More than one in four tokens of these stretches are "in the", "of" and marks around the names.
        while !may_begin_name(document.word(tokens.start)) {
            tokens.start += 1;
        }
        while !may_end_name(document.word(tokens.end - 1)) {
            tokens.end -= 1;
        }
        self.zones.push(Zone { tokens, sentence: sentence.clone(), casing });
    }

    fn note_form(
        &mut self,
        document: &Document<'_>,
        at: usize,
        sentence: &Range<usize>,
        casing: Casing,
    ) {
        let look = document.look(at);
        let shape = look.shape();
        if shape == Shape::Lower {
            self.small[look.form() as usize / 64] |= 1 << (look.form() % 64);
            return;
        }
        if !shape.is_capitalised() || casing != Casing::Sentence {
            return;
        }
        let flags = &mut self.flags[look.form() as usize].0;
        if shape == Shape::Capitals {
            *flags |= FormFlags::IN_CAPITALS;
        }
        if at > sentence.start {
            *flags |= flags_of_word_before(document.word(at - 1));
            if &*document.word(at - 1).text == "(" && at + 1 < sentence.end {
                let closed = &*document.word(at + 1).text == ")";
                *flags |= if closed { FormFlags::IN_BRACKETS } else { 0 };
            }
        }
        if at + 1 < sentence.end {
            *flags |= flags_of_word_after(document.word(at + 1));
        }
    }

    fn mark_listed(&mut self, document: &Document<'_>, at: usize, limit: usize) {
        let gazetteer = Gazetteer::get();
        let mut key = EMPTY;
        let mut found = None;
        let mut in_capitals = true;
        for next in at..limit {
            let word = document.word(next);
            key = extend(key, word.key);
            let entry = if next == at { word.entry } else { gazetteer.entry(key) };
            let Some(entry) = entry else { break };
            in_capitals &= !matches!(word.shape, Shape::Lower | Shape::Initial | Shape::Mixed);
            let classes = entry.classes(in_capitals);
            if LISTED.iter().any(|listed| classes.has(*listed)) && word.shape != Shape::Lower {
                found = Some((next + 1, classes));
            }
            if !entry.goes_on {
                break;
            }
        }
        let Some((end, classes)) = found else { return };
        for (number, listed) in LISTED.iter().enumerate() {
            if classes.has(*listed) {
                for token in at..end {
                    self.listed[token] |= 1 << (number * 4 + part(token, at, end));
                }
            }
        }
    }

    /// Appends the features of a token that depend on more than it and its two neighbours.
    pub(crate) fn features(
        &self,
        document: &Document<'_>,
        zone: &Zone,
        at: usize,
        window: &Window,
        features: &mut Vec<Feature>,
    ) {
        window.wide_features(features);
        let mut add = |template: u32, filling: u64| features.push(hash(template, filling));
        let word = document.word(at);
        let casing = zone.casing as u64;
        let first = u64::from(at == zone.sentence.start);
        add(230, join(window.fine[2], casing << 1 | first));
        add(231, window.coarse[2] << 8 | casing << 1 | first);
        let listed = self.listed[at];
        for bit in 0..(LISTED.len() as u64 * 4) {
            if listed & (1 << bit) != 0 {
                add(232, bit);
                add(233, bit << 32 | window.coarse[1]);
                add(234, bit << 32 | window.coarse[3]);
            }
        }
        add(235, u64::from(listed) << 16 | window.coarse[2]);
        if word.shape.is_capitalised() {
            let flags = self.form_flags(word.form);
            for bit in 0..FormFlags::COUNT {
                if flags & (1 << bit) != 0 {
                    add(236, u64::from(bit) << 32 | window.coarse[2]);
                }
            }
            add(237, u64::from(flags) << 32 | word.shape as u64);
        }
        self.run_features(document, zone, at, features);
    }

    /// Returns what the document says of a form that has a capital somewhere.
    fn form_flags(&self, form: FormId) -> u32 {
        let is_small = self.small[form as usize / 64] >> (form % 64) & 1 == 1;
        self.flags[form as usize].0 | if is_small { FormFlags::IN_SMALL_LETTERS } else { 0 }
    }

    /// The words around the run of capitalised words that the token stands in.
    fn run_features(
        &self,
        document: &Document<'_>,
        zone: &Zone,
        at: usize,
        features: &mut Vec<Feature>,
    ) {
        let is_capital = |at: usize| document.look(at).shape().is_capitalised();
        if !is_capital(at) {
            return;
        }
        let mut start = at;
        while start > zone.sentence.start && is_capital(start - 1) {
            start -= 1;
        }
        let mut end = at + 1;
        while end < zone.sentence.end && is_capital(end) {
            end += 1;
        }
        let before = if start > zone.sentence.start { document.word(start - 1).key } else { EDGE };
        let after = if end < zone.sentence.end { document.word(end).key } else { EDGE };
        let place = ((at - start).min(3) << 2 | (end - 1 - at).min(3)) as u64;
        let mut add = |template: u32, filling: u64| features.push(hash(template, filling));
        add(240, join(before, place));
        add(241, join(after, place));
        add(242, join(document.word(end - 1).grain.fine, place));
        add(243, join(document.word(start).grain.fine, place));
        add(244, join(document.word(end - 1).key, place));
        add(245, join(document.word(start).key, place));
    }
}

fn part(token: usize, start: usize, end: usize) -> usize {
    match (token == start, token + 1 == end) {
        (true, true) => 3,
        (true, false) => 0,
        (false, true) => 2,
        (false, false) => 1,
    }
}

/// Tells whether the capital of a word that opens a sentence says nothing at all: "The", "But", "In".
fn is_plain_opening(word: &WordInfo) -> bool {
    const NAMES: Classes = Classes::FIRST_NAME
        .or(Classes::SURNAME)
        .or(Classes::ANY_NAME)
        .or(Classes::ORGANIZATION_HEAD)
        .or(Classes::CALENDAR);
    word.shape == Shape::Initial && word.classes.has(Classes::FUNCTION) && !word.classes.has(NAMES)
}

fn may_begin_name(word: &WordInfo) -> bool {
    match word.shape {
        Shape::Mark => false,
        Shape::Lower => word.classes.has(Classes::PARTICLE),
        _ => true,
    }
}

fn may_end_name(word: &WordInfo) -> bool {
    match word.shape {
        Shape::Mark => &*word.text == "!",
        Shape::Lower => word.is_possessive(),
        _ => true,
    }
}

fn flags_of_word_before(before: &WordInfo) -> u32 {
    let mut flags = 0;
    if before.classes.has(Classes::TITLE | Classes::HONORIFIC) {
        flags |= FormFlags::AFTER_TITLE;
    }
    if before.shape.is_capitalised() {
        flags |= FormFlags::AFTER_CAPITAL;
        if before.classes.has(Classes::FIRST_NAME) {
            flags |= FormFlags::AFTER_FIRST_NAME;
        }
    }
    match &*before.text {
        "in" | "at" | "near" | "from" | "to" | "into" | "across" => {
            flags |= FormFlags::AFTER_PREPOSITION;
        }
        "the" => flags |= FormFlags::AFTER_ARTICLE,
        _ => {}
    }
    flags
}

fn flags_of_word_after(after: &WordInfo) -> u32 {
    let mut flags = 0;
    if after.shape.is_capitalised() {
        flags |= FormFlags::BEFORE_CAPITAL;
        if after.classes.has(Classes::ORGANIZATION_HEAD | Classes::COMPANY_SUFFIX) {
            flags |= FormFlags::BEFORE_HEAD;
        }
    }
    match &*after.text {
        "said" | "says" | "told" | "added" | "who" => flags |= FormFlags::BEFORE_SPEAKING,
        "'s" | "’s" => flags |= FormFlags::BEFORE_POSSESSIVE,
        _ => {}
    }
    flags
}

/// The five words around a token.
pub(crate) struct Window {
    keys: [u64; OFFSET_COUNT],
    fine: [u64; OFFSET_COUNT],
    coarse: [u64; OFFSET_COUNT],
}

impl Window {
    /// Returns the words around a token of a sentence.
    pub(crate) fn around(document: &Document<'_>, sentence: &Range<usize>, at: usize) -> Self {
        let mut window = Self {
            keys: [EDGE; OFFSET_COUNT],
            fine: [EDGE; OFFSET_COUNT],
            coarse: [EDGE; OFFSET_COUNT],
        };
        for place in 0..OFFSET_COUNT {
            let Some(token) = (at + place).checked_sub(2) else { continue };
            if sentence.contains(&token) {
                let word = document.word(token);
                window.keys[place] = word.key;
                window.fine[place] = word.grain.fine;
                window.coarse[place] = word.grain.coarse;
            }
        }
        window
    }

    /// Appends the features that depend on the token and its two neighbours together.
    pub(crate) fn trigram_features(&self, features: &mut Vec<Feature>) {
        let Self { keys, fine, coarse } = self;
        let mut add = |template: u32, filling: u64| features.push(hash(template, filling));
        add(210, join(keys[1], keys[2]));
        add(211, join(keys[2], keys[3]));
        add(214, join(join(fine[1], fine[2]), fine[3]));
        add(215, join(keys[1], fine[2]));
        add(216, join(fine[2], keys[3]));
        add(219, join(join(coarse[1], coarse[2]), coarse[3]));
        add(221, join(join(keys[1], coarse[2]), keys[3]));
        add(222, join(join(coarse[1], keys[2]), coarse[3]));
    }

    /// Appends the features that a word farther off has a part in.
    fn wide_features(&self, features: &mut Vec<Feature>) {
        let Self { fine, coarse, .. } = self;
        let mut add = |template: u32, filling: u64| features.push(hash(template, filling));
        add(217, join(join(fine[0], fine[1]), fine[2]));
        add(218, join(join(fine[2], fine[3]), fine[4]));
        add(220, coarse.iter().fold(0, |all, one| join(all, *one)));
    }
}
