//! Text from articles made harmless for terminals.
//!
//! An article may hold escape sequences that repaint a screen or type into it, direction overrides
//! that show `exe.txt` for `txt.exe`, and letters of no width that hide a difference. Control
//! characters and direction overrides are shown as escapes (`\x1b`, `\u{202e}`), invisible ones
//! are left out, and line breaks, tabs and their like become one space. Joiners stay where a script needs
//! them to spell: after a letter outside ASCII.

/// What becomes of a character on its way to a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Treatment {
    /// It is written as it is.
    Keep,
    /// It becomes a space, unless one stands before it.
    Space,
    /// It is left out: it has no width and only hides something.
    Drop,
    /// It joins letters, where there are letters to join.
    Join,
    /// It is written as its escape.
    Escape,
}

/// Returns what becomes of `letter`.
pub(super) fn treatment(letter: char) -> Treatment {
    match letter {
        ' '..='~' => Treatment::Keep,
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            Treatment::Space
        }
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Treatment::Escape,
        // Embeddings, overrides and isolates of writing directions.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Treatment::Escape,
        '\u{200c}' | '\u{200d}' => Treatment::Join,
        _ if is_invisible(letter) => Treatment::Drop,
        _ => Treatment::Keep,
    }
}

/// Tells whether the character takes no room and changes no letter.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns `text` as one line that is safe to write to a terminal.
pub fn line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    append(text, &mut safe);
    safe
}

/// Appends `text` to the line `safe` in its harmless form.
pub(super) fn append(text: &str, safe: &mut String) {
    for letter in text.chars() {
        append_letter(letter, safe);
    }
}

fn append_letter(letter: char, safe: &mut String) {
    match treatment(letter) {
        Treatment::Keep => safe.push(letter),
        Treatment::Space => {
            if !safe.ends_with(' ') {
                safe.push(' ');
            }
        }
        Treatment::Drop => {}
        Treatment::Join => {
            if safe.chars().next_back().is_some_and(|last| !last.is_ascii()) {
                safe.push(letter);
            }
        }
        Treatment::Escape if letter.is_ascii() => {
            safe.push_str(&format!("\\x{:02x}", u32::from(letter)));
        }
        Treatment::Escape => safe.extend(letter.escape_unicode()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_and_overrides_are_shown_as_escapes() {
        assert_eq!(line("a\u{1b}[31mred\u{7}"), r"a\x1b[31mred\x07");
        assert_eq!(line("c\u{9b}2J"), r"c\u{9b}2J");
        assert_eq!(line("\u{202e}txt.exe"), r"\u{202e}txt.exe");
    }

    #[test]
    fn white_space_becomes_spaces_and_the_invisible_goes() {
        assert_eq!(line("a\tb\r\nc\u{2028}d"), "a b c d");
        assert_eq!(line("pay\u{200b}pal\u{feff}\u{ad}\u{e0041}"), "paypal");
    }

    #[test]
    fn joiners_stay_where_scripts_need_them() {
        assert_eq!(line("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(line("👩\u{200d}👧"), "👩\u{200d}👧");
        assert_eq!(line("pay\u{200d}pal"), "paypal");
    }

    #[test]
    fn letters_of_all_scripts_stay() {
        for text in ["Łódź", "Київ", "北约", "e\u{301}", "नाटो", "שלום", "العربية", "🇺🇦"]
        {
            assert_eq!(line(text), text);
        }
    }

    proptest! {
        #[test]
        fn a_safe_line_holds_nothing_that_a_terminal_obeys(text in any::<String>()) {
            let safe = line(&text);
            prop_assert!(!safe.chars().any(char::is_control));
            prop_assert_eq!(line(&safe), safe);
        }
    }
}
