//! Names of persons as lists and address books have them.

/// Titles and degrees that stand behind a name and are no first name.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "phd", "ph", "md", "esq", "mba"];

/// Returns a name in the order in which it is said: "Lee, Ann" is "Ann Lee". A name that has no such
/// comma comes back as it is.
pub(super) fn in_spoken_order(name: &str) -> String {
    let name = name.trim();
    let spoken = || {
        let (family, first) = name.split_once(',')?;
        let (family, first) = (family.trim(), first.trim());
        (is_family_name(family) && is_first_name(first)).then(|| format!("{first} {family}"))
    };
    spoken().unwrap_or_else(|| name.to_owned())
}

/// Tells whether the words are one family name: the last alone has a capital, as in "van der Berg".
fn is_family_name(words: &str) -> bool {
    let mut words = words.split_whitespace().rev();
    words.next().is_some_and(is_name)
        && words.all(|word| word.chars().all(|letter| letter.is_lowercase() || letter == '\''))
}

fn is_first_name(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=3).contains(&count) && words.split_whitespace().all(is_name)
}

fn is_name(word: &str) -> bool {
    let bare = word.trim_end_matches('.').to_lowercase();
    word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
        && word.chars().all(|letter| letter.is_alphabetic() || "-'’.".contains(letter))
        && !SUFFIXES.contains(&bare.replace('.', "").as_str())
}

#[cfg(test)]
mod tests {
    use super::in_spoken_order;

    #[test]
    fn family_names_before_a_comma_come_last() {
        let cases = [
            ("Lee, Ann", "Ann Lee"),
            ("van der Berg, Jan", "Jan van der Berg"),
            ("Smith, J. K.", "J. K. Smith"),
            ("O'Hara, Mary-Ann", "Mary-Ann O'Hara"),
            ("Ann Lee", "Ann Lee"),
            ("Ann Lee, Bob Ray", "Ann Lee, Bob Ray"),
            ("Lee, Ann, Ray, Bob", "Lee, Ann, Ray, Bob"),
            ("Lee, Jr.", "Lee, Jr."),
            ("Lee, the editor", "Lee, the editor"),
            ("", ""),
        ];
        for (written, spoken) in cases {
            assert_eq!(in_spoken_order(written), spoken);
        }
    }
}
