//! Folding: the form in which words are compared, without case, diacritics and compatibility forms.
//!
//! Folding is NFKC, lower case and the removal of diacritics from Latin, Greek, Hebrew and Arabic
//! letters. Marks that spell vowels (Devanagari, Thai) and the Cyrillic `й` stay, since without them
//! another word would stand there; `ё` becomes `е`, as Russian printers write it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded form of `text` to `folded`.
pub fn fold_into(text: &str, folded: &mut String) {
    if text.is_ascii() {
        folded.extend(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    let mut decomposed = String::with_capacity(text.len() + 8);
    let mut base = ' ';
    for letter in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        if is_combining_mark(letter) {
            if keeps_mark(base, letter) {
                decomposed.push(letter);
            }
            continue;
        }
        base = letter;
        match plain_letters(letter) {
            Some(letters) => decomposed.push_str(letters),
            None => decomposed.push(letter),
        }
    }
    folded.extend(decomposed.nfc());
}

/// Tells whether `mark` makes another letter of `base` rather than an accented one.
fn keeps_mark(base: char, mark: char) -> bool {
    match mark {
        // Breve on Cyrillic и and у; diaeresis on і spells the Ukrainian ї.
        '\u{306}' => matches!(base, 'и' | 'у'),
        '\u{308}' => base == 'і',
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' => false,
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' => false,
        // Hamza and madda above or below stay off the letters that carry them.
        '\u{64b}'..='\u{65f}' | '\u{670}' => false,
        '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => false,
        // A voiced sound mark makes another kana.
        _ => true,
    }
}

/// Returns the plain letters for one that Unicode does not decompose.
fn plain_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ς' => "σ",
        'ґ' => "г",
        // Tatweel stretches a word and spells nothing; soft hyphens and joiners neither.
        'ـ' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => "",
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' => "'",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_case_diacritics_and_compatibility_forms() {
        let cases = [
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("ΑΘΉΝΑΣ", "αθηνασ"),
            ("Йод", "йод"),
            ("Ёлка", "елка"),
            ("Україна", "україна"),
            ("İstanbul", "istanbul"),
            ("ﬁnance", "finance"),
            ("Ｎａｔｏ", "nato"),
            ("한국", "한국"),
            ("が", "が"),
            ("नाटो", "नाटो"),
            ("don’t", "don't"),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
