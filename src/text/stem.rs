//! Stems: the form shared by the inflections of a word, by Snowball's algorithm of its language.

use frostem::{Algorithm, Stemmer};

use super::Language;

/// Tells whether the stems of words in a language, and the words themselves where there are none,
/// begin with the letter that the words begin with, where that is one of ASCII.
///
/// Most algorithms take away endings only. Those of some languages rewrite vowels and consonants
/// inside words, for which they mark them with capitals for a while, the first letter as well; in
/// Turkish the small letter of "I" is another one.
pub(super) fn keeps_first_letter(language: Language) -> bool {
    !matches!(language.as_str(), "fr" | "it" | "nl" | "tr")
}

/// Returns the stemmer of a language, or `None` where there is none and words stand for themselves.
pub(super) fn stemmer(language: Language) -> Option<Stemmer> {
    let algorithm = match language.as_str() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    };
    Some(Stemmer::new(algorithm))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Analyzer;

    const CODES: &str = "ar da de el en es fi fr hu it nl nb nn pt ro ru sv ta tr pl uk zh";

    proptest! {
        #[test]
        fn stems_keep_the_first_letter_where_it_is_said_that_they_do(
            word in "[a-zA-Z][a-zA-Zàéïößşıøčñ'.]{0,11}",
        ) {
            for code in CODES.split(' ') {
                let language = Language::parse(code).expect("a code");
                if !keeps_first_letter(language) {
                    continue;
                }
                let mut analyzer = Analyzer::new(language);
                let (exact, stem) = analyzer.terms(&word);
                let first = char::from(word.as_bytes()[0].to_ascii_lowercase());
                prop_assert!(exact.starts_with(first), "{word}: {exact}");
                prop_assert!(stem.starts_with(first), "{word} in {code}: {stem}");
            }
        }
    }
}
