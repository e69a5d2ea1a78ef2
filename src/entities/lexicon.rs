//! The distinct words that a worker has met, each looked at once: its folded key, its shape and
//! what the gazetteer and the grammar of names say of it.
//!
//! Everything after this works on numbers of words. A worker that has met more words than is
//! reasonable forgets them all between two articles; numbers never outlive that
//! ([`Lexicon::generation`] tells).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::classes::{self, Classes};
use super::gazetteer::{EMPTY, Entry, Gazetteer, extend};
use super::grain::Grain;
use crate::text::{self, LetterCase, Span, WordKind, WordMap};

/// The number of distinct words after which all are forgotten: about 20 MB with what is kept
/// beside them.
const MOST_WORDS: usize = 60_000;

/// The number of a distinct word.
pub(crate) type WordId = u32;

/// The number of a distinct folded form of words.
pub(crate) type FormId = u32;

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    /// Small letters only, or a script without capitals.
    Lower,
    /// A capital, then small letters.
    Initial,
    /// Capitals only, two at least: "NATO", "U.S.".
    Capitals,
    /// One capital, with or without a stop: "J."
    Letter,
    /// Capitals inside: "iPhone", "McDonald".
    Mixed,
    /// Digits, with anything: "2022", "3.5", "G20" is not among them.
    Number,
    /// No letter and no digit.
    Mark,
    /// A character of a script written without spaces.
    Ideograph,
}

impl Shape {
    /// All, in the order of their numbers.
    const ALL: [Self; 8] = [
        Self::Lower,
        Self::Initial,
        Self::Capitals,
        Self::Letter,
        Self::Mixed,
        Self::Number,
        Self::Mark,
        Self::Ideograph,
    ];

    /// Tells whether the word begins with a capital or has one inside.
    pub(crate) fn is_capitalised(self) -> bool {
        matches!(self, Self::Initial | Self::Capitals | Self::Letter | Self::Mixed)
    }

    fn of(word: &str, kind: Option<WordKind>) -> Self {
        match kind {
            None => return Self::Mark,
            Some(WordKind::Ideographic) => return Self::Ideograph,
            Some(WordKind::Alphabetic) => {}
        }
        if word.starts_with(|first: char| first.is_numeric()) {
            return Self::Number;
        }
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        match LetterCase::of(word) {
            LetterCase::Lower => Self::Lower,
            LetterCase::Initial if letters == 1 && word.len() <= 3 => Self::Letter,
            LetterCase::Initial if has_inner_capital(word) => Self::Mixed,
            LetterCase::Initial => Self::Initial,
            LetterCase::All => Self::Capitals,
            LetterCase::Mixed => Self::Mixed,
        }
    }
}

fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// What is asked of every word of an article, packed so that it stands beside the word's number: the
/// number of its folded form, its shape and some yes-or-noes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look(u32);

impl Look {
    const SHAPE: u32 = 0b111;
    const INSIDE: u32 = 1 << 3;
    const LONG: u32 = 1 << 4;
    const SEVERAL: u32 = 1 << 5;
    const FORM_SHIFT: u32 = 6;

    /// The number of letters from which on a word is a long one.
    const LONG_WORD: usize = 4;

    fn of(word: &WordInfo) -> Self {
        let when = |is_so: bool, bit: u32| if is_so { bit } else { 0 };
        Self(
            word.form << Self::FORM_SHIFT
                | when(word.text.len() > 1, Self::SEVERAL)
                | when(word.text.len() >= Self::LONG_WORD, Self::LONG)
                | when(word.may_be_inside(), Self::INSIDE)
                | word.shape as u32,
        )
    }

    /// Returns the number of the word's folded form.
    pub(crate) fn form(self) -> FormId {
        self.0 >> Self::FORM_SHIFT
    }

    /// Returns what the word looks like.
    pub(crate) fn shape(self) -> Shape {
        Shape::ALL[(self.0 & Self::SHAPE) as usize]
    }

    /// Tells whether the word may be part of a name; without a capital it may be inside only.
    pub(crate) fn may_be_inside(self) -> bool {
        self.0 & Self::INSIDE != 0
    }

    /// Tells whether the word has so many letters that headlines capitalise it.
    pub(crate) fn is_long(self) -> bool {
        self.0 & Self::LONG != 0
    }

    /// Tells whether the word has more than one letter.
    pub(crate) fn has_several_letters(self) -> bool {
        self.0 & Self::SEVERAL != 0
    }
}

/// A distinct word.
#[derive(Clone, Debug)]
pub(crate) struct WordInfo {
    /// The word as written.
    pub(crate) text: Box<str>,
    /// The key of its folded form.
    pub(crate) key: u64,
    /// The number of its folded form: "NATO" and "Nato" share it.
    pub(crate) form: FormId,
    /// What it looks like.
    pub(crate) shape: Shape,
    /// What the grammar of names and the lists say of it on its own.
    pub(crate) classes: Classes,
    /// What the lists say of a name that begins with it.
    pub(crate) entry: Option<Entry>,
    /// The kinds of words that it is of.
    pub(crate) grain: Grain,
}

impl WordInfo {
    /// Tells whether it is the possessive ending of the word before it.
    pub(crate) fn is_possessive(&self) -> bool {
        matches!(&*self.text, "'s" | "’s" | "'S" | "’S")
    }

    /// Tells whether it may be part of a name; without a capital it may be inside only: "of", "van",
    /// "&", "-", "2020".
    fn may_be_inside(&self) -> bool {
        match self.shape {
            Shape::Number => true,
            Shape::Mark => matches!(
                &*self.text,
                "-" | "–" | "&" | "'" | "’" | "." | "/" | "!" | "+" | "\"" | "“" | "”" | ":" | ","
            ),
            Shape::Lower => {
                self.classes.has(Classes::LINK | Classes::PARTICLE)
                    || matches!(&*self.text, "'s" | "’s" | "at" | "by" | "with")
            }
            Shape::Ideograph => false,
            _ => self.shape.is_capitalised() || LetterCase::of(&self.text) == LetterCase::Mixed,
        }
    }
}

/// The distinct words met by a worker.
pub(crate) struct Lexicon {
    ids: WordMap<(WordId, Look)>,
    words: Vec<WordInfo>,
    forms: FxHashMap<u64, FormId>,
    generation: u64,
    gazetteer: &'static Gazetteer,
}

impl Lexicon {
    /// Returns an empty lexicon.
    pub(crate) fn new() -> Self {
        Self {
            ids: WordMap::default(),
            words: Vec::new(),
            forms: FxHashMap::default(),
            generation: 0,
            gazetteer: Gazetteer::get(),
        }
    }

    /// Forgets all words when there are too many; to be called between articles.
    pub(crate) fn tidy(&mut self) {
        if self.words.len() >= MOST_WORDS {
            self.ids.clear();
            self.words.clear();
            self.forms.clear();
            self.generation += 1;
        }
    }

    /// Changes whenever the numbers of words and forms lose their meaning.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns the number of distinct words.
    pub(crate) fn word_count(&self) -> usize {
        self.words.len()
    }

    /// Returns the number of distinct folded forms.
    pub(crate) fn form_count(&self) -> usize {
        self.forms.len()
    }

    /// Returns the number of a word and its look; `kind` is `None` for a mark.
    pub(crate) fn id(&mut self, word: &str, kind: Option<WordKind>) -> (WordId, Look) {
        if let Some(known) = self.ids.get(word) {
            return known;
        }
        let id = WordId::try_from(self.words.len()).expect("the number of words is limited");
        let info = self.look_at(word, kind);
        let look = Look::of(&info);
        self.words.push(info);
        self.ids.insert(word, (id, look));
        (id, look)
    }

    /// Returns a word by its number.
    pub(crate) fn word(&self, id: WordId) -> &WordInfo {
        &self.words[id as usize]
    }

    fn look_at(&mut self, word: &str, kind: Option<WordKind>) -> WordInfo {
        let key = word_key(word);
        let entry = self.gazetteer.entry(extend(EMPTY, key));
        let shape = Shape::of(word, kind);
        let mut classes = GRAMMAR.get(&key).copied().unwrap_or_default();
        if let Some(entry) = entry {
            classes |= entry.classes(shape == Shape::Capitals);
        }
        let new_form = FormId::try_from(self.forms.len()).expect("the number of words is limited");
        let form = *self.forms.entry(key).or_insert(new_form);
        let grain = Grain::of(key, shape, classes);
        WordInfo { text: word.into(), key, form, shape, classes, entry, grain }
    }
}

static GRAMMAR: LazyLock<FxHashMap<u64, Classes>> = LazyLock::new(|| {
    let mut by_key: FxHashMap<u64, Classes> = FxHashMap::default();
    for (word, classes) in classes::grammar() {
        *by_key.entry(word_key(word)).or_default() |= classes;
    }
    by_key
});

/// Returns the key of a word: equal for forms that differ in case, diacritics or stops only.
pub(crate) fn word_key(word: &str) -> u64 {
    let mut folded = text::fold(word);
    if folded.len() > 1 && folded.contains('.') {
        folded.retain(|letter| letter != '.');
    }
    xxh3_64(folded.as_bytes())
}

/// A piece of a text as taggers see it: a word without clitics, a clitic or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'text> {
    /// The piece as written.
    pub(crate) text: &'text str,
    /// Where it stands.
    pub(crate) span: Span,
    /// How its characters belong together; `None` for a mark.
    pub(crate) kind: Option<WordKind>,
}

/// Returns the pieces of `text` in order: words as [`text::words`] finds them, but with the `'s` of
/// a possessive apart and the stop of an abbreviation ("Mr.", "Inc.", "J.") as part of it, and the
/// marks between them one by one.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    pieces_around(text, text::words(text).map(|word| (word.span, word.kind)))
}

/// Returns the pieces of a text whose words are these.
pub(crate) fn pieces_around<W: Iterator<Item = (Span, WordKind)>>(
    text: &str,
    words: W,
) -> Pieces<'_, W> {
    Pieces { text, words, at: 0, word: None, clitic: None }
}

/// The pieces of a text; made by [`pieces_around`].
pub(crate) struct Pieces<'text, W> {
    text: &'text str,
    words: W,
    at: usize,
    /// The next word, already found, whose marks before it are still to come.
    word: Option<(Span, WordKind)>,
    clitic: Option<Span>,
}

impl<'text, W: Iterator<Item = (Span, WordKind)>> Iterator for Pieces<'text, W> {
    type Item = Piece<'text>;

    fn next(&mut self) -> Option<Piece<'text>> {
        if let Some(span) = self.clitic.take() {
            return Some(self.piece(span, Some(WordKind::Alphabetic)));
        }
        if self.word.is_none() {
            self.word = self.words.next();
        }
        let until = self.word.map_or(self.text.len(), |(span, _)| span.start);
        if let Some(mark) = self.next_mark(until) {
            return Some(self.piece(mark, None));
        }
        let (span, kind) = self.word.take()?;
        Some(self.word_piece(span, kind))
    }
}

impl<'text, W> Pieces<'text, W> {
    fn piece(&mut self, span: Span, kind: Option<WordKind>) -> Piece<'text> {
        self.at = span.end;
        Piece { text: span.of(self.text), span, kind }
    }

    fn next_mark(&mut self, until: usize) -> Option<Span> {
        while self.at < until {
            let mark = self.text[self.at..until].chars().next()?;
            let end = self.at + mark.len_utf8();
            if !mark.is_whitespace() {
                return Some(Span::new(self.at, end));
            }
            self.at = end;
        }
        None
    }

    fn word_piece(&mut self, span: Span, kind: WordKind) -> Piece<'text> {
        let word = span.of(self.text);
        let bare = word.len() - clitic_length(word);
        if bare < word.len() {
            self.clitic = Some(Span::new(span.start + bare, span.end));
            return self.piece(Span::new(span.start, span.start + bare), Some(kind));
        }
        let stop = self.text[span.end..].starts_with('.') && is_abbreviation(word);
        self.piece(Span::new(span.start, span.end + usize::from(stop)), Some(kind))
    }
}

/// Returns the length of the clitic that a word ends in: `'s`, `'m`, `'re`, `'ve`, `'ll`, `'d`.
fn clitic_length(word: &str) -> usize {
    if word.len() < 3 {
        return 0;
    }
    let Some((at, mark)) = word.char_indices().rev().take(4).find(|(_, c)| matches!(c, '\'' | '’'))
    else {
        return 0;
    };
    let after = &word[at + mark.len_utf8()..];
    let clitic = matches!(after, "s" | "S" | "m" | "re" | "ve" | "ll" | "d");
    if clitic && at > 0 { word.len() - at } else { 0 }
}

/// Tells whether a stop right after the word belongs to it.
fn is_abbreviation(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    if letters.next().is_none() {
        return first.is_some_and(char::is_uppercase);
    }
    word.len() <= 6 && ABBREVIATIONS.binary_search(&word).is_ok()
}

/// Abbreviations written with a stop in names; sorted.
const ABBREVIATIONS: &[&str] = &[
    "Adm", "Ala", "Ariz", "Ark", "Assn", "Ave", "Blvd", "Brig", "Bros", "Calif", "Capt", "Cmdr",
    "Co", "Col", "Colo", "Conn", "Corp", "Cos", "Cpl", "Dept", "Dr", "Fla", "Ft", "Gen", "Gov",
    "Hon", "Ill", "Inc", "Ind", "Jr", "Kan", "Lt", "Ltd", "Maj", "Mass", "Messrs", "Mich", "Minn",
    "Miss", "Mo", "Mont", "Mr", "Mrs", "Ms", "Mt", "Neb", "Nev", "Okla", "Ore", "Prof", "Pte",
    "Pvt", "Rep", "Rev", "Sen", "Sgt", "Sr", "St", "Ste", "Supt", "Tenn", "Tex", "Univ", "Va",
    "Vt", "Wash", "Wis", "Wyo",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        pieces(text).map(|piece| piece.text).collect()
    }

    #[test]
    fn abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    #[test]
    fn pieces_part_clitics_and_marks_and_keep_stops_of_abbreviations() {
        let cases: &[(&str, &[&str])] = &[
            ("Macron’s (U.S.) plan.", &["Macron", "’s", "(", "U.S.", ")", "plan", "."]),
            ("Mr. J. O'Neill, Jr.", &["Mr.", "J.", "O'Neill", ",", "Jr."]),
            ("AT&T Inc. we'll", &["AT", "&", "T", "Inc.", "we", "'ll"]),
            ("U.S.'s Russia-NATO", &["U.S.", "'s", "Russia", "-", "NATO"]),
            ("", &[]),
            (" – ", &["–"]),
        ];
        for (text, expected) in cases {
            assert_eq!(split(text), *expected, "{text}");
        }
    }

    #[test]
    fn shapes_tell_how_a_word_is_written() {
        let mut lexicon = Lexicon::new();
        let cases = [
            ("NATO", Shape::Capitals),
            ("U.S.", Shape::Capitals),
            ("J.", Shape::Letter),
            ("McDonald", Shape::Mixed),
            ("iPhone", Shape::Mixed),
            ("Paris", Shape::Initial),
            ("2022", Shape::Number),
            ("the", Shape::Lower),
        ];
        for (word, shape) in cases {
            let (id, look) = lexicon.id(word, Some(WordKind::Alphabetic));
            assert_eq!(lexicon.word(id).shape, shape, "{word}");
            assert_eq!((look.shape(), look.form()), (shape, lexicon.word(id).form), "{word}");
        }
    }
}
