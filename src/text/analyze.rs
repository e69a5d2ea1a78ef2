//! From a word to the terms it is found by: its exact form and its stem.
//!
//! The exact form is the word folded, without a possessive `'s` and without the stops of initials:
//! "Macron's" is found by `macron`, "U.S." by `us`. The stem is Snowball's of that form, in the
//! language of the text. Both are the same for an index and for a query, by this one function.

use frostem::Stemmer;

use super::{Language, WordMap, fold, fold_into, stem};

/// The number of distinct words remembered before the memory is emptied: about 20 MB.
const REMEMBERED_WORDS: usize = 200_000;

/// The number of bytes of terms after which the memory is emptied too: words may be long.
const REMEMBERED_BYTES: usize = 16 << 20;

/// Turns the words of texts in one language into terms, remembering the words it has seen.
pub struct Analyzer {
    language: Language,
    stemmer: Option<Stemmer>,
    remembered: WordMap<Terms>,
    /// The terms of all words that are remembered.
    texts: String,
}

/// Where the terms of a word lie: the exact form, and after it the stem where that differs.
#[derive(Clone, Copy)]
struct Terms {
    start: u32,
    exact_end: u32,
    end: u32,
}

impl Analyzer {
    /// Returns an analyzer for texts in `language`.
    pub fn new(language: Language) -> Self {
        let stemmer = stem::stemmer(language);
        Self { language, stemmer, remembered: WordMap::default(), texts: String::new() }
    }

    /// Returns the language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Returns how many letters of ASCII that a word begins with both its terms begin with, made
    /// small: 0, 1 or 2; `y` and `i` are one letter after the first, and a stem may have one only.
    pub fn kept_letters(&self) -> usize {
        stem::kept_letters(self.language)
    }

    /// Returns the exact form and the stem of `word`; both are equal where it has no other stem.
    pub fn terms(&mut self, word: &str) -> (&str, &str) {
        let terms = self.remembered.get(word).unwrap_or_else(|| self.derive(word));
        let [start, exact_end, end] =
            [terms.start, terms.exact_end, terms.end].map(|place| place as usize);
        let exact = &self.texts[start..exact_end];
        (exact, if end == exact_end { exact } else { &self.texts[exact_end..end] })
    }

    /// Derives the terms of a word and remembers them.
    fn derive(&mut self, word: &str) -> Terms {
        if self.remembered.len() >= REMEMBERED_WORDS || self.texts.len() >= REMEMBERED_BYTES {
            self.remembered.clear();
            self.texts.clear();
        }
        let place = |texts: &String| u32::try_from(texts.len()).expect("a word is below 4 GiB");
        let start = place(&self.texts);
        exact_form(word, &mut self.texts);
        let exact_end = place(&self.texts);
        let exact = &self.texts[start as usize..];
        if let Some(stem) = self.stem(word, exact)
            && stem != exact
        {
            self.texts.push_str(&stem);
        }
        let terms = Terms { start, exact_end, end: place(&self.texts) };
        self.remembered.insert(word, terms);
        terms
    }

    /// Returns the folded stem of a word whose exact form is `exact`.
    fn stem(&self, word: &str, exact: &str) -> Option<String> {
        let stemmer = self.stemmer.as_ref()?;
        if exact.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // Snowball's rules read accents ("prêt", "größe"), so they are folded after stemming.
        let bare = without_possessive(word);
        let stem = if bare.is_ascii() || is_dotted_initials(bare) {
            stemmer.stem(exact).into_owned()
        } else {
            let lower = bare.to_lowercase().replace(['’', 'ʼ'], "'");
            without_possessives(&fold(&stemmer.stem(&lower))).to_owned()
        };
        (!stem.is_empty()).then_some(stem)
    }
}

/// Appends the exact form of `word`.
fn exact_form(word: &str, exact: &mut String) {
    let start = exact.len();
    let word = without_possessive(word);
    if is_dotted_initials(word) {
        for letter in word.split('.') {
            fold_into(letter, exact);
        }
    } else {
        fold_into(word, exact);
    }
    // The mark or the letter of a possessive may have had an accent.
    let bare = without_possessives(&exact[start..]).len();
    exact.truncate(start + bare);
    // A word of marks and joiners only folds to nothing; it stays findable as it is.
    if exact.len() == start {
        exact.push_str(word);
    }
}

fn without_possessive(word: &str) -> &str {
    for possessive in ["'s", "'S", "\u{2019}s", "\u{2019}S", "\u{2bc}s"] {
        if let Some(bare) = word.strip_suffix(possessive)
            && !bare.is_empty()
        {
            return bare;
        }
    }
    word
}

/// Returns a folded word without any `'s` that it ends in, so that folding it again changes nothing.
fn without_possessives(folded: &str) -> &str {
    let mut bare = folded;
    while let Some(shorter) = bare.strip_suffix("'s").filter(|shorter| !shorter.is_empty()) {
        bare = shorter;
    }
    bare
}

fn is_dotted_initials(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_forms_fold_possessives_and_initials() {
        let mut english = Analyzer::new(Language::ENGLISH);
        let cases = [
            ("Guarantees", "guarantees", "guarante"),
            ("Macron's", "macron", "macron"),
            ("U.S.", "us", "us"),
            ("U.S.’s", "us", "us"),
            ("Macron’s\u{301}", "macron", "macron"),
            ("don't", "don't", "don't"),
            ("Łódź", "lodz", "lodz"),
            ("1,000.5", "1,000.5", "1,000.5"),
        ];
        for (word, exact, stem) in cases {
            assert_eq!(english.terms(word), (exact, stem), "{word}");
        }
    }

    #[test]
    fn stems_are_those_of_the_language() {
        let mut german = Analyzer::new(Language::parse("de").expect("a code"));
        let stem = german.terms("Größe").1.to_owned();
        assert_eq!(german.terms("größen").1, stem);
        let mut polish = Analyzer::new(Language::parse("pl").expect("a code"));
        assert_eq!(polish.terms("Ukrainy"), ("ukrainy", "ukrainy"));
    }
}
