//! What the script of a letter tells: whether words are set apart in it, and whether it has capitals.

/// The first letter of the scripts that say more with fewer letters.
const FIRST_IDEOGRAM: char = '\u{2e80}';

/// Tells whether a letter is of Chinese, Japanese or Korean, or a mark of theirs.
pub(super) fn is_ideogram(letter: char) -> bool {
    letter >= FIRST_IDEOGRAM
}

/// Tells whether a letter is a syllable of Korean, which sets its words apart.
pub(super) fn is_hangul(letter: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&letter)
}

/// Tells whether a letter is of a script that sets no words apart.
pub(super) fn is_unspaced(letter: char) -> bool {
    is_ideogram(letter) && !is_hangul(letter)
}

/// Tells whether a letter is of a script without capitals.
pub(super) fn is_caseless(letter: char) -> bool {
    begins_name(letter) && !letter.is_uppercase()
}

/// Tells whether a letter begins a name: it is a capital, or of a script that has none.
pub(super) fn begins_name(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_lowercase()
}
