//! Stems: the form shared by the inflections of a word, by Snowball's algorithm of its language.

use frostem::{Algorithm, Stemmer};

use super::Language;

/// Returns how many of the letters that a word begins with its stem begins with too (or the word
/// itself, in languages without stems), where they are of ASCII: 0, 1 or 2; `y` and `i` are one
/// letter after the first ("dying" is a form of "die"). A stem of a single letter keeps that one.
///
/// Most algorithms take away endings only. Those of some languages rewrite vowels and consonants
/// inside words, for which they mark them with capitals for a while, the first letter as well; in
/// Turkish the small letter of "I" is another one.
pub(super) fn kept_letters(language: Language) -> usize {
    match language.as_str() {
        "fr" | "it" | "nl" | "tr" => 0,
        "en" => 2,
        _ => 1,
    }
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
        fn stems_keep_the_letters_that_it_is_said_they_do(
            word in "[a-zA-Z][a-zA-Zàéïößşıøčñ'.]{0,11}|[a-z]{1,4}(ing|ed|s|ies|ied|ly|es|y)",
        ) {
            for code in CODES.split(' ') {
                let language = Language::parse(code).expect("a code");
                check(&word, language)?;
            }
        }
    }

    #[test]
    fn exceptions_keep_them_too() {
        for word in ["dying", "lying", "tying", "skies", "idly", "early", "ugly", "as", "y"] {
            check(word, Language::ENGLISH).expect("the same letters");
        }
    }

    fn check(word: &str, language: Language) -> Result<(), TestCaseError> {
        let kept = kept_letters(language);
        let letters = |text: &str| -> String {
            let start = text.chars().take(kept).take_while(char::is_ascii_alphabetic);
            let small = start.map(|letter| letter.to_ascii_lowercase());
            let alike = |(place, letter)| if place > 0 && letter == 'y' { 'i' } else { letter };
            small.enumerate().map(alike).collect()
        };
        let mut analyzer = Analyzer::new(language);
        let (exact, stem) = analyzer.terms(word);
        prop_assert!(letters(exact).starts_with(&letters(word)), "{word}: {exact}");
        let kept = &letters(word)[..stem.len().min(letters(word).len())];
        prop_assert!(letters(stem).starts_with(kept), "{word} in {language}: {stem}");
        Ok(())
    }
}
