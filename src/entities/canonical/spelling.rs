//! When two spellings are one name: folding, transliterations, forms of first names.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text;

/// Returns the folded words of a name, one space between them: "U.S.A." is "usa", "Kim Jong-il" is
/// "kim jong il", "Moody's" is "moody".
pub(crate) fn folded_words(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in text::words(name) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let bare =
            ["'s", "’s", "'S", "’S"].iter().find_map(|clitic| word.text.strip_suffix(clitic));
        let from = folded.len();
        text::fold_into(bare.unwrap_or(word.text), &mut folded);
        if folded[from..].contains('.') {
            let undotted = folded[from..].replace('.', "");
            folded.truncate(from);
            folded.push_str(&undotted);
        }
    }
    // A name of marks only ("!!!") is still a name.
    if folded.is_empty() { text::fold(name.trim()) } else { folded }
}

/// First names that are spellings of one: merged wherever the surname agrees.
const SPELLINGS: &[&str] = &[
    "alexander aleksandr alexandr aleksander oleksandr",
    "alexei alexey aleksei aleksey alexeyev",
    "anatoly anatoli anatolii anatoliy",
    "andrei andrey andrej andriy andrii",
    "anthony antony",
    "catherine katherine kathryn",
    "dmitry dmitri dmitriy dmitrii dmytro",
    "evgeny yevgeny evgeni yevgeni evgeniy yevgeniy evgenii",
    "fyodor fedor",
    "geoffrey jeffrey",
    "georgy georgi georgiy",
    "gerhard gerhardt",
    "grigory grigori grigoriy",
    "hassan hasan",
    "hossein hussein husain hussain hosein",
    "hugo ugo",
    "igor ihor",
    "jean jean",
    "john jon",
    "mahmoud mahmud",
    "mikhail michail mikhael",
    "mohammed muhammad mohamed mohammad muhammed mohamad mohamed mehmed",
    "moammar muammar moamer muamar",
    "nikolai nikolay nikolaj",
    "omar umar",
    "osama usama",
    "petro pyotr petr piotr",
    "philip phillip philippe",
    "sarah sara",
    "sergei sergey serguei serhiy sergej serhii",
    "stephen steven",
    "theresa teresa",
    "valery valeri valeriy valerii",
    "vasily vasili vasiliy vassily",
    "vitaly vitali vitaliy vitalii",
    "vladimir wladimir volodymyr",
    "vyacheslav viacheslav",
    "yury yuri yuriy iurii yurii",
    "yulia yuliya julia",
    "yusuf youssef yousef yousuf yussuf",
];

/// First names and their short forms: merged where the surname agrees and nobody else has it.
const SHORT_FORMS: &[&str] = &[
    "abraham abe",
    "albert al bert",
    "alfred fred",
    "anthony tony",
    "barbara barb",
    "benjamin ben",
    "charles charlie chuck",
    "christopher chris",
    "daniel dan danny",
    "david dave",
    "deborah debbie",
    "donald don",
    "edward ed eddie ted",
    "elizabeth liz beth betty",
    "frederick fred",
    "gregory greg",
    "henry harry hank",
    "jacob jake",
    "james jim jimmy jamie",
    "jeffrey jeff",
    "jennifer jen jenny",
    "john jack johnny",
    "joseph joe joey",
    "joshua josh",
    "kenneth ken",
    "lawrence larry",
    "leonard len",
    "margaret maggie peggy",
    "matthew matt",
    "michael mike mick",
    "nancy nan",
    "nicholas nick nicolas",
    "patricia pat patty",
    "patrick pat",
    "peter pete",
    "philip phil",
    "raymond ray",
    "richard dick rick rich",
    "robert bob bobby rob",
    "ronald ron",
    "samuel sam",
    "stephen steve",
    "steven steve",
    "susan sue",
    "theodore ted teddy",
    "thomas tom tommy",
    "timothy tim",
    "victoria vicky",
    "vincent vince",
    "walter walt",
    "william bill billy will",
];

type Groups = FxHashMap<&'static str, &'static str>;

fn groups(lines: &'static [&'static str]) -> Groups {
    let mut by_name = Groups::default();
    for line in lines {
        let Some(head) = line.split(' ').next() else { continue };
        for name in line.split(' ') {
            by_name.entry(name).or_insert(head);
        }
    }
    by_name
}

static BY_SPELLING: LazyLock<Groups> = LazyLock::new(|| groups(SPELLINGS));
static BY_SHORT_FORM: LazyLock<Groups> = LazyLock::new(|| groups(SHORT_FORMS));

/// Returns what all spellings of a folded first name share.
pub(super) fn first_name_key(name: &str) -> String {
    let name = BY_SPELLING.get(name).copied().unwrap_or(name);
    skeleton(name)
}

/// Returns what a first name and its short forms share.
pub(super) fn full_name_key(name: &str) -> String {
    let name = BY_SPELLING.get(name).copied().unwrap_or(name);
    skeleton(BY_SHORT_FORM.get(name).copied().unwrap_or(name))
}

/// Replacements that transliterations differ in; the first that fits is taken.
const SAME_SOUNDS: &[(&str, &str)] = &[
    ("shch", "sch"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("ck", "k"),
    ("ks", "x"),
    ("tz", "c"),
    ("ts", "c"),
    ("ou", "u"),
    ("oo", "u"),
    ("dj", "j"),
    ("w", "v"),
    ("q", "k"),
    ("y", "i"),
    ("j", "i"),
];

/// Returns a folded word with the letters that transliterations differ in made equal: "zelenskyy",
/// "zelenskiy" and "zelensky" all give "zelenski".
pub(super) fn skeleton(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let (length, sound) = SAME_SOUNDS
            .iter()
            .find(|(written, _)| rest.starts_with(written))
            .map_or((letter.len_utf8(), None), |(written, sound)| (written.len(), Some(*sound)));
        match sound {
            Some(sound) => sound.chars().for_each(|letter| push_once(&mut plain, letter)),
            None => push_once(&mut plain, letter),
        }
        rest = &rest[length..];
    }
    // "Yeltsin" and "Eltsin": an initial "ye" is one letter in Russian.
    match plain.strip_prefix("ie") {
        Some(after) => format!("e{after}"),
        None => plain,
    }
}

fn push_once(plain: &mut String, letter: char) {
    if !plain.ends_with(letter) {
        plain.push(letter);
    }
}

/// Words of organizations that British and American English spell differently, and what is left out.
const SAME_WORDS: &[(&str, &str)] = &[
    ("organisation", "organization"),
    ("centre", "center"),
    ("centres", "centers"),
    ("defence", "defense"),
    ("labour", "labor"),
    ("programme", "program"),
    ("theatre", "theater"),
    ("corporation", "corp"),
    ("company", "co"),
    ("incorporated", "inc"),
    ("limited", "ltd"),
    ("saint", "st"),
    ("and", ""),
    ("the", ""),
];

/// What ends the names of companies and may be left out.
const COMPANY_ENDINGS: &[&str] = &[
    "inc", "corp", "co", "ltd", "llc", "llp", "plc", "ag", "sa", "nv", "bv", "gmbh", "kg", "spa",
    "ab", "oyj", "asa", "se", "pty", "lp", "oao", "pjsc", "cos", "group", "holdings",
];

/// Returns the words of an organization's name as compared: one spelling, no "the" and no "and".
pub(super) fn organization_key(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let word = SAME_WORDS.iter().find(|(one, _)| *one == word).map_or(word, |(_, same)| same);
        if !word.is_empty() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
    }
    if key.is_empty() { folded.to_owned() } else { key }
}

/// Returns the key without what only says that it is a company; `None` when nothing is left out.
pub(super) fn without_company_ending(key: &str) -> Option<&str> {
    let mut bare = key;
    while let Some((before, last)) = bare.rsplit_once(' ') {
        if !COMPANY_ENDINGS.contains(&last) {
            break;
        }
        bare = before;
    }
    (bare.len() < key.len()).then_some(bare)
}

/// Returns the short name of a country in its official form: of "republic of poland", "poland".
pub(super) fn without_official_form(folded: &str) -> Option<&str> {
    const FORMS: &[&str] = &[
        "republic of the ",
        "republic of ",
        "federal republic of ",
        "islamic republic of ",
        "democratic republic of ",
        "people s republic of ",
        "kingdom of the ",
        "kingdom of ",
        "state of ",
        "commonwealth of the ",
        "commonwealth of ",
        "the ",
    ];
    // Two countries differ in nothing but this.
    if folded.ends_with("congo") || folded.ends_with("korea") || folded.ends_with("china") {
        return None;
    }
    FORMS.iter().find_map(|form| folded.strip_prefix(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_share_a_skeleton() {
        let groups: &[&[&str]] = &[
            &["zelensky", "zelenskyy", "zelenskiy", "zelenskii"],
            &["yeltsin", "eltsin"],
            &["tymoshenko", "timoshenko"],
            &["khodorkovsky", "hodorkovski"],
            &["yanukovych", "yanukovich"],
        ];
        for group in groups {
            for name in *group {
                assert_eq!(skeleton(name), skeleton(group[0]), "{name}");
            }
        }
        assert_ne!(skeleton("bush"), skeleton("busch"));
    }

    #[test]
    fn first_names_have_spellings_and_short_forms() {
        assert_eq!(first_name_key("sergey"), first_name_key("sergei"));
        assert_ne!(first_name_key("tony"), first_name_key("antony"));
        assert_eq!(full_name_key("tony"), full_name_key("antony"));
    }

    #[test]
    fn names_fold_to_words() {
        let cases = [
            ("U.S.A.", "usa"),
            ("Kim Jong-il", "kim jong il"),
            ("Moody’s", "moody"),
            ("José Manuel  Barroso", "jose manuel barroso"),
            ("J. Smith", "j smith"),
            ("!!!", "!!!"),
        ];
        for (name, folded) in cases {
            assert_eq!(folded_words(name), folded, "{name}");
        }
    }

    #[test]
    fn companies_lose_their_endings() {
        assert_eq!(without_company_ending("boeing co"), Some("boeing"));
        assert_eq!(without_company_ending("boeing"), None);
        assert_eq!(organization_key("the bank of england"), "bank of england");
    }
}
