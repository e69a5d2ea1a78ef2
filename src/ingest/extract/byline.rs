//! Credit lines: the names of the authors without "By", e-mail addresses, desks and titles.

use super::credit_name::{self, PARTICLES, is_whole_name};
use super::credit_part::{
    self, BEFORE_AFFILIATION, after_own_reporter, after_report, before_office, is_degree,
    is_office, is_role,
};
use super::date::{self, NumericOrder};
use super::place_name::is_place;
use super::script::begins_name;
use crate::article::{Agency, Byline};

/// Words that open a credit line, in lower case; a longer one stands before its beginning.
const OPENERS: &[&str] = &[
    "written by",
    "reported by",
    "reporting by",
    "additional reporting by",
    "story by",
    "post author by",
    "posted by",
    "published by",
    "article by",
    "text by",
    "words by",
    "report by",
    "exclusive by",
    "analysis by",
    "by",
    "submitted by",
    "created by",
    "added by",
    "geschrieben von",
    "veröffentlicht von",
    "publiziert von",
    "verfasst von",
    "erstellt von",
    "eingestellt von",
    "gespeichert von",
    "gepostet von",
    "text von",
    "ein artikel von",
    "ein beitrag von",
    "beitrag von",
    "blog beitrag von",
    "blogbeitrag von",
    "blog-beitrag von",
    "gastbeitrag von",
    "ein gastbeitrag von",
    "propos recueillis par",
    "recueilli par",
    "gastartikel von",
    "gastkommentar von",
    "kommentar von",
    "kolumne von",
    "rezension von",
    "bericht von",
    "guest post by",
    "review by",
    "comment by",
    "artikel von",
    "pressemitteilung von",
    "im wortlaut von",
    "von",
    "vom",
    "publié par",
    "posté par",
    "rédigé par",
    "par",
    "écrit por",
    "escrito por",
    "por",
    "publicado por",
    "pubblicato da",
    "scritto da",
    "inviato da",
    "a cura di",
    "di",
    "geplaatst door",
    "geschreven door",
    "door",
    "av",
    "af",
    "skrevet af",
    "skrevet av",
    "skriven av",
    "opublikowane przez",
    "dodane przez",
    "napisał",
    "опубликовал",
    "kirjoittanut",
    "írta",
    "autorin",
    "autoren",
    "autores",
    "autore",
    "autor",
    "auteur",
    "authors",
    "author",
    "text",
    "автор",
    "автори",
    "авторы",
    "yazan",
    "记者",
    "記者",
    "本报记者",
    "本報記者",
    "新华社记者",
    "作者",
    "撰文",
    "文/",
    "文／",
    "작성자",
    "بقلم",
    "كتب:",
    "كتبت:",
    "نویسنده",
    "به قلم",
    "מאת",
    "γράφει ο",
    "γράφει η",
    "लेखक",
];

/// Words for a reporter that follow the name.
const CLOSERS: &[&str] = &["기자", "특파원", "記者"];

/// What stands before such a word and is no name: the newspaper itself.
const NO_NAMES: &[&str] = &["本報", "本誌", "本紙", "特約"];

/// The longest name, in letters, that such a word follows.
const LONGEST_CLOSED_NAME: usize = 8;

/// Openers that are also ordinary words, and count only before a colon or two names.
const WEAK_OPENERS: &[&str] = &["text", "di", "av", "af", "por", "par", "vom"];

/// Words for a text that are credits before a colon only, in lower case.
const OF_TEXTS: &[&str] =
    &["текст", "texto", "teksti", "tekst", "texte", "testo", "haber", "szöveg"];

/// Words before a name that are no part of it, as they are written: Romanian and Greek for "by".
const BEFORE_WHOLE_NAME: &[&str] = &["de ", "Του ", "Της ", "του ", "της "];

/// Labels that stand before the colon of a credit that markup sets off, in lower case.
const LABELS: &[&str] = &[
    "interview",
    "und interview",
    "text und interview",
    "redaktion",
    "interview und text",
    "words",
    "story",
    "reporting",
    "von",
    "by",
    "vom",
    "par",
    "por",
    "di",
    "door",
];

/// Labels of credits that are not those of authors, in lower case.
const OTHER_LABELS: &[&str] = &[
    "foto",
    "fotos",
    "photo",
    "photos",
    "bild",
    "bilder",
    "image",
    "images",
    "picture",
    "picture by",
    "photo by",
    "foto von",
    "illustration",
    "illustration von",
    "video",
    "grafik",
    "quelle",
    "source",
];

/// What stands in a credit and is nobody, in lower case: words on buttons, accounts of systems.
const NOBODY: &[&str] = &[
    "no author",
    "no-author",
    "artikel von",
    "follow",
    "following",
    "login",
    "log in",
    "mehr",
    "more",
    "read more",
    "view original",
    "alle beiträge",
    "alle artikel",
    "all posts",
    "leave a comment",
    "hinterlasse einen kommentar",
    "kommentar schreiben",
    "kommentare",
    "comments",
    "share",
    "teilen",
    "subscribe",
    "contact",
    "kontakt",
    "auteur",
    "auteurs",
    "post author",
    "published by",
    "article by",
    "author",
    "by",
    "von",
    "vom",
    "par",
    "por",
    "wordpressadmin",
    "human",
    "super user",
    "gast",
];

/// The longest name of an author, in bytes.
const LONGEST_NAME: usize = 72;

/// Returns the authors that a credit line names, or `None` where it names none.
pub fn parse(line: &str) -> Option<Byline> {
    let line = names_of(line);
    let mut authors: Vec<String> = Vec::new();
    let mut is_after_body = false;
    for part in split_names(line) {
        let is_first = authors.is_empty();
        let is_body = !is_first && credit_name::is_body(part);
        // What follows an institution in a word is its place.
        let is_place = is_after_body && part.split_whitespace().nth(1).is_none();
        is_after_body = is_body;
        if let Some(name) = clean_name(part)
            && !authors.contains(&name)
            && (is_first || !is_body && !is_place && !is_role(part) && !is_degree(&name))
            && !credit_part::is_beside_person(part, &authors)
        {
            authors.push(name);
        }
    }
    (!authors.is_empty()).then_some(Byline { authors })
}

/// Returns what is left of a credit line without the words before its names.
fn names_of(line: &str) -> &str {
    let line = line.trim();
    let names = opened(line).unwrap_or(line);
    let bare = BEFORE_WHOLE_NAME.iter().find_map(|opener| names.strip_prefix(opener));
    let is_name = |names: &&str| {
        is_whole_name(names, false) && !names.split(' ').any(|word| PARTICLES.contains(&word))
    };
    bare.filter(is_name).unwrap_or(names)
}

/// Returns what follows the words that open a credit line, a label or the reporter's office.
fn opened(line: &str) -> Option<&str> {
    let rest = after_opener(line).or_else(|| after_label_of_text(line));
    let named = rest.unwrap_or(line);
    after_own_reporter(named).or_else(|| after_report(named)).or(rest)
}

/// Returns what follows a word for a text and a colon.
fn after_label_of_text(line: &str) -> Option<&str> {
    let (label, rest) = line.split_once([':', '：'])?;
    OF_TEXTS.contains(&label.trim().to_lowercase().as_str()).then(|| rest.trim_start())
}

/// Returns the authors that a credit names which markup sets off, so that nothing else is in it.
pub fn parse_marked(credit: &str) -> Vec<String> {
    let credit = before_other_credit(credit.trim());
    let label = credit.split_once(':').map(|(label, rest)| (label.trim().to_lowercase(), rest));
    let credit = match &label {
        Some((label, _)) if OTHER_LABELS.contains(&label.as_str()) => return Vec::new(),
        Some((label, rest)) if LABELS.contains(&label.as_str()) => rest,
        _ => credit,
    };
    let authors = parse(credit).map(|byline| byline.authors).unwrap_or_default();
    let mut authors: Vec<String> = authors.iter().map(|author| without_tail(author)).collect();
    authors.retain(|author| !is_nobody(author));
    without_agencies(&mut authors);
    authors
}

/// Leaves the agencies out that are named beside who worked their reports over.
pub(super) fn without_agencies(authors: &mut Vec<String>) {
    let is_agency = |author: &String| Agency::known(author).is_some();
    if !authors.iter().all(is_agency) {
        authors.retain(|author| !is_agency(author));
    }
}

/// Returns what stands before the credit of somebody else in the same element: a translator's, a
/// photographer's.
pub(super) fn before_other_credit(credit: &str) -> &str {
    const OPENERS: &[&str] = &[
        "übersetzt von",
        "übersetzung",
        "aus dem englischen",
        "translated by",
        "translation by",
        "traduit par",
        "traducción de",
        "tradotto da",
        "vertaald door",
        "edited by",
        "reviewed by",
        "fact checked by",
        "fact-checked by",
        "photos by",
        "photo by",
        "photography by",
        "photographs by",
        "fotos von",
        "foto von",
        "illustration von",
        "illustrationen von",
        "la información es de",
        "con información de",
        "illustration by",
        "illustrations by",
        "illustration:",
        "fotos:",
        "foto:",
        "bilder:",
        "photos:",
        "photo:",
    ];
    let lower = credit.to_lowercase();
    let begins = |at: &usize| !credit[..*at].ends_with(char::is_alphanumeric);
    let found = OPENERS.iter().filter_map(|opener| lower.find(opener));
    // Offsets hold where small letters are as long as capitals.
    let at = found.filter(|at| credit.is_char_boundary(*at)).filter(begins).min();
    at.map_or(credit, |at| credit[..at].trim_end_matches([' ', ',', '|', '/', '•', '&']))
}

/// Takes off what runs into a name in a credit: an office, a button, the day.
fn without_tail(author: &str) -> String {
    const TAILS: &[&str] = &[
        " alle artikel",
        " alle beiträge",
        " all articles",
        " all posts",
        " chefredakteur",
        " chefredakteurin",
        " monday",
        " tuesday",
        " wednesday",
        " thursday",
        " friday",
        " saturday",
        " sunday",
        ": en",
    ];
    let lower = author.to_lowercase();
    let tail = TAILS.iter().find(|tail| lower.ends_with(**tail));
    let bare = tail.and_then(|tail| author.get(..author.len() - tail.len()));
    bare.unwrap_or(author).to_owned()
}

/// Returns the desk that a credit names where it names nobody: `Redaktion`, `Staff report`.
pub fn desk(credit: &str) -> Option<String> {
    let name = after_opener(credit).unwrap_or(credit.trim()).trim_matches([' ', ',', '|', ':']);
    let words = name.split_whitespace().count();
    let names_desk = || name.split([' ', '-', '.', '/']).any(is_office);
    let is_name = (1..=5).contains(&words)
        && name.chars().count() <= 60
        && name.chars().all(|letter| letter.is_alphabetic() || " .-/&'’".contains(letter))
        && !matches!(name.to_lowercase().as_str(), "editor" | "staff" | "writer" | "reporter");
    (is_name && names_desk()).then(|| name.to_owned())
}

/// Tells whether a part of a credit names nobody.
fn is_nobody(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    NOBODY.contains(&lower.as_str()) || lower.split_whitespace().any(is_number)
}

/// Tells whether a line is a credit line: it opens like one, and nothing but names follows.
pub fn is_byline(line: &str) -> bool {
    let Some(rest) = opened(line.trim()) else { return false };
    if rest.len() > 120 || rest.ends_with(['?', '!', ':', '"', '”']) {
        return false;
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let small = words.iter().filter(|word| word.chars().next().is_some_and(char::is_lowercase));
    let named = words.iter().filter(|word| word.starts_with(begins_name));
    // Where there are no capitals only the number of the words tells names from sentences.
    let is_caseless = words.iter().all(|word| !word.contains(char::is_uppercase));
    let is_weak = WEAK_OPENERS.iter().any(|opener| opens_with(line.trim(), opener).is_some());
    let ends_like_prose = rest.ends_with('.') && words.len() > 3;
    words.first().is_some_and(|word| word.starts_with(begins_name))
        && (!is_caseless
            || words.len() <= MOST_CASELESS_WORDS && rest.chars().count() <= MOST_CASELESS_LETTERS)
        && !ends_like_prose
        && words.len() <= 14
        && named.count() * 2 >= words.len()
        && small.count() <= 5
        && (!is_weak || words.len() >= 2)
        && !is_time_word(words[0])
}

/// The most words of a credit in a script without capitals.
const MOST_CASELESS_WORDS: usize = 4;

/// The most letters of one.
const MOST_CASELESS_LETTERS: usize = 24;

/// Tells whether "By" before this word opens a sentence: "By Monday the talks had failed".
fn is_time_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "noon",
        "midnight",
        "the",
    ];
    WORDS.contains(&word.trim_end_matches([',', '.']).to_lowercase().as_str())
}

/// Returns what follows the opener of a credit line, or stands before what closes one.
pub fn after_opener(line: &str) -> Option<&str> {
    let line = line.trim();
    OPENERS
        .iter()
        .find_map(|opener| opens_with(line, opener))
        .or_else(|| before_closer(line))
        .or_else(|| reporter_and_place(line))
}

/// Returns what follows the Chinese word for a reporter that opens a credit.
pub(super) fn after_reporter(credit: &str) -> Option<&str> {
    credit.strip_prefix("記者").or_else(|| credit.strip_prefix("记者"))
}

/// Brackets around the credits of Chinese newspapers.
const OPENING: &[char] = &['〔', '【', '［', '（', '['];
const CLOSING: &[char] = &['〕', '】', '］', '）', ']'];

/// Returns the name in a credit of Chinese newspapers: `〔記者王小明／基隆報導〕`.
fn reporter_and_place(line: &str) -> Option<&str> {
    let credit = line.trim_start_matches(OPENING).trim_end_matches(CLOSING);
    name_and_place(credit).map(|(name, _)| name)
}

/// Splits a credit of Chinese newspapers without its brackets into name and place.
pub(super) fn name_and_place(credit: &str) -> Option<(&str, &str)> {
    let (name, place) = after_reporter(credit)?.split_once(['／', '∕', '/'])?;
    let place = ["報導", "报道", "電"].iter().find_map(|end| place.strip_suffix(end))?;
    let is_name = (2..=LONGEST_CLOSED_NAME).contains(&name.chars().count());
    (is_name && name.chars().all(char::is_alphabetic)).then_some((name, place))
}

/// Returns the name before a word for a reporter: `홍길동 기자`.
fn before_closer(line: &str) -> Option<&str> {
    let name = CLOSERS.iter().find_map(|closer| line.strip_suffix(closer))?.trim_end();
    let is_name = (2..=LONGEST_CLOSED_NAME).contains(&name.chars().count())
        && name.chars().all(|letter| letter.is_alphabetic() || " ·・".contains(letter))
        && !NO_NAMES.contains(&name);
    is_name.then_some(name)
}

fn opens_with<'line>(line: &'line str, opener: &str) -> Option<&'line str> {
    let mut letters = line.char_indices();
    for expected in opener.chars() {
        let (_, letter) = letters.next()?;
        if letter != expected && !letter.to_lowercase().eq([expected]) {
            return None;
        }
    }
    let rest = letters.as_str();
    let after = rest.trim_start_matches([':', '：', ' ', '\u{a0}', '\t', '・']);
    (after.len() < rest.len() && !after.is_empty()).then_some(after)
}

/// Splits a list of names at commas, semicolons, bars and the word "and" of several languages.
fn split_names(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in line.split([',', ';', '|', '&', '/', '•', '·', '\n']) {
        let part = before_office(part).filter(|_| parts.is_empty()).unwrap_or(part);
        let is_one = is_desk(part) || !parts.is_empty() && credit_name::is_body(part);
        if is_one {
            parts.push(without_kind(part));
            continue;
        }
        let mut rest = part;
        while let Some((before, after)) = split_at_and(rest) {
            parts.push(before);
            rest = after;
        }
        parts.push(rest);
    }
    parts
}

/// Tells whether a part of a credit is one whatever joins its words: "Health and Science Editor" is an
/// office, "Staff and news service reports" a desk; in "Jane Doe and agencies" a person stands first.
fn is_desk(part: &str) -> bool {
    let part = before_any(part, BEFORE_AFFILIATION);
    let is_person_and_desk = split_at_and(part)
        .is_some_and(|(name, desk)| is_office(desk.trim()) && !name.split(' ').any(is_office));
    let mut words = part.split_whitespace();
    let opens_desk = words.next().is_some_and(|word| word.eq_ignore_ascii_case("staff"));
    opens_desk || part.split_whitespace().next_back().is_some_and(is_office) && !is_person_and_desk
}

/// Words between a name and what may be another or an agency's: "avec AFP".
const WITH: &[&str] = &[" avec ", " mit "];

/// Splits at the first "and" between two names; that of "Landesanstalt für Wald und Forst" is none.
fn split_at_and(text: &str) -> Option<(&str, &str)> {
    const OF_BODIES: &[&str] = &[" für ", " pour ", " para ", " per "];
    let joints = [
        " and ",
        " und ",
        " et ",
        " y ",
        " e ",
        " og ",
        " och ",
        " en ",
        " и ",
        " та ",
        " i ",
        " ve ",
        " ja ",
        " with ",
        " AND ",
        " And ",
        " im Gespräch mit ",
        " in conversation with ",
    ];
    let split = |joint: &&str| text.find(*joint).map(|at| (&text[..at], &text[at + joint.len()..]));
    let with = WITH.iter().filter_map(split).filter(|(_, after)| is_whole_name(after, false));
    joints
        .iter()
        .filter_map(split)
        .chain(with)
        .min_by_key(|(before, _)| before.len())
        .filter(|(before, _)| !OF_BODIES.iter().any(|word| before.contains(word)))
}

/// Takes the kind of story off a name that a dash joins it to: `Jane Doe -Analysis`.
fn without_kind(part: &str) -> &str {
    match part.rsplit_once('-') {
        Some((name, kind)) if is_office(kind.trim()) => name,
        _ => part,
    }
}

/// Takes the profession off a name that follows it: "Rechtsanwalt Jo Roe".
fn without_profession(part: &str) -> &str {
    const PROFESSIONS: &[&str] =
        &["rechtsanwalt", "rechtsanwältin", "fachanwalt", "fachanwältin", "pfarrer", "pfarrerin"];
    match part.trim_start().split_once(' ') {
        Some((first, name))
            if PROFESSIONS.contains(&first.to_lowercase().as_str())
                && name.split_whitespace().count() >= 2 =>
        {
            name
        }
        _ => part,
    }
}

/// Returns what stands beside the date in a short line that is a date and a name: "25.10.2022 - Jane
/// Doe", "25 January 2022, by Jane Doe".
pub fn beside_date(line: &str) -> Option<String> {
    let found = date::find_first(line, NumericOrder::DayFirst)?;
    found.day?;
    let before = line[..found.span.start].trim();
    let after = line[found.span.end..].trim();
    if !before.is_empty() && !after.is_empty() {
        return None;
    }
    let rest = if before.is_empty() { after } else { before };
    // A colon stands behind what the date is called.
    if rest.ends_with([':', '：']) && !before.is_empty() {
        return None;
    }
    let is_mark = |letter: char| !letter.is_alphanumeric();
    let is_set_off =
        rest.starts_with(is_mark) || rest.ends_with(is_mark) || rest.contains(['|', '•', '·']);
    let is_time = |part: &&str| {
        part.contains(|letter: char| letter.is_ascii_digit())
            || matches!(*part, "Uhr" | "h" | "am" | "pm" | "AM" | "PM")
    };
    let mut parts = rest
        .split(['|', '•', '·'])
        .map(|part| part.trim_matches(is_mark))
        .filter(|part| !part.is_empty() && !is_time(part));
    let part = match (parts.next(), parts.next()) {
        (Some(part), None) => part,
        (None, _) => after_time(rest.trim_matches(is_mark))?,
        _ => return None,
    };
    let name = after_opener(part);
    let words: Vec<&str> = name.unwrap_or(part).split_whitespace().collect();
    let is_capital = |word: &&str| {
        word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
    };
    let least = if name.is_some() { 1 } else { 2 };
    let is_name = (least..=4).contains(&words.len()) && words.iter().all(is_capital);
    let name_is_said = name.is_some();
    let name = words.join(" ");
    (is_name && (is_set_off || name_is_said) && !is_place(&name)).then_some(name)
}

/// Tells whether a line can be a name and nothing else: two or three words, each with a capital; the
/// second of three may be an initial.
pub fn is_name_line(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let initial = (words == 3).then(|| line.split_whitespace().nth(1)).flatten();
    let is_part = |word: &str| {
        word.starts_with(char::is_uppercase)
            && (word.contains(char::is_lowercase) || initial == Some(word) && word.len() <= 3)
            && word.chars().all(|letter| letter.is_alphabetic() || "-'’.".contains(letter))
    };
    line.len() <= LONGEST_NAME
        && (2..=3).contains(&words)
        && !line.ends_with('.')
        && line.split_whitespace().all(is_part)
        && !line.split_whitespace().any(|word| is_office(word) || date::is_name_in_date(word))
}

/// Returns what follows a time of day: `13:30 Uhr von Jane Doe`.
fn after_time(text: &str) -> Option<&str> {
    let (time, rest) = text.split_once(' ')?;
    let is_time = time.contains([':', '.'])
        && time.chars().all(|letter| letter.is_ascii_digit() || ":.".contains(letter));
    let rest = rest.trim_start();
    let units = ["Uhr ", "h ", "am ", "pm ", "AM ", "PM "];
    let rest = units.iter().find_map(|unit| rest.strip_prefix(unit)).unwrap_or(rest);
    let has_digits = rest.contains(|letter: char| letter.is_ascii_digit());
    (is_time && !has_digits).then_some(rest.trim_start())
}

/// Tells whether a word is part of a date or labels a field: "Posted", "am", "Donnerstag".
pub(super) fn is_label(word: &str) -> bool {
    const LABELS: &[&str] = &[
        "posted",
        "published",
        "updated",
        "veröffentlicht",
        "publiziert",
        "erstellt",
        "aktualisiert",
        "geschrieben",
        "datum",
        "date",
        "autor",
        "autorin",
        "author",
        "quelle",
        "source",
        "foto",
        "photo",
        "am",
        "on",
        "at",
        "um",
        "uhr",
        "profile",
        "profil",
        "view",
    ];
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_number = !bare.is_empty() && bare.chars().all(|letter| letter.is_ascii_digit());
    // Without its cedilla March in Catalan is a first name.
    let is_first_name = ["Marc", "marc"].contains(&bare);
    is_number
        || LABELS.contains(&bare.to_lowercase().as_str())
        || date::is_name_in_date(bare) && !is_first_name
}

/// Returns what stands before the first of several marks.
fn before_any<'text>(text: &'text str, marks: &[&str]) -> &'text str {
    let cut = marks.iter().filter_map(|mark| text.find(mark)).min();
    cut.map_or(text, |at| &text[..at])
}

/// Returns the name in a part of a credit line, or `None` for a desk, an office, a place or a kind
/// of story.
fn clean_name(part: &str) -> Option<String> {
    let part = without_kind(after_opener(part).unwrap_or(part));
    let part = before_any(part, &[" - ", " – ", " — ", "(", "<", "[", " am ", " on ", " vom "]);
    let mut words: Vec<&str> =
        without_profession(before_any(before_any(part, WITH), BEFORE_AFFILIATION))
            .split_whitespace()
            .filter(|word| {
                !word.contains('@') && !word.starts_with("http") && !word.starts_with("www.")
            })
            .collect();
    // The day that such a verb opens is cut off already.
    let is_of_posting =
        |word: &str| ["veröffentlicht", "published", "posted"].contains(&&*word.to_lowercase());
    while words.len() > 1 && words.last().is_some_and(|word| is_of_posting(word)) {
        words.pop();
    }
    if words.iter().all(|word| is_label(word)) {
        return None;
    }
    let joined = words.join(" ");
    let joined = joined.trim_end_matches(" .");
    let name = joined.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '.');
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let is_office = name.split([' ', '-']).any(is_office);
    // An account may have more: `reader1984`.
    let is_account = words.len() == 1 && letters >= 3 && digits <= 4;
    let is_name = letters >= 2
        && (digits <= 2 || is_account)
        && name.len() <= LONGEST_NAME
        && words.len() <= 6
        && !is_office;
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(line: &str) -> Vec<String> {
        parse(line).map(|byline| byline.authors).unwrap_or_default()
    }

    #[test]
    fn credit_lines_give_names() {
        assert_eq!(authors("By  Yereth Rosen"), ["Yereth Rosen"]);
        let two = ["Michael Erman", "Rachelle Younglai"];
        assert_eq!(authors("By  Michael Erman  and  Rachelle Younglai"), two);
        assert_eq!(authors("By Umesh Desai - Analysis"), ["Umesh Desai"]);
        assert_eq!(authors("by marc"), ["marc"]);
        assert_eq!(authors("By Chang-Ran Kim , Asia auto correspondent"), ["Chang-Ran Kim"]);
        assert_eq!(authors("Krista Hughes , Chief ECB Correspondent"), ["Krista Hughes"]);
        assert_eq!(authors("By Jane Doe , Health and Science Editor"), ["Jane Doe"]);
        assert_eq!(authors("Jennifer Doe-analysis"), ["Jennifer Doe"]);
        assert_eq!(authors("By Jane Doe -Analysis"), ["Jane Doe"]);
        assert_eq!(authors("Von Anna Muster, Karl Groß (dpa)"), ["Anna Muster", "Karl Groß"]);
        assert_eq!(authors("By Jane Doe jane@example.org"), ["Jane Doe"]);
        assert_eq!(authors("Author: Jane Doe in Kyiv and Jo Roe in Lviv"), ["Jane Doe", "Jo Roe"]);
        assert_eq!(authors("Veröffentlicht von Jane Doe am Samstag"), ["Jane Doe"]);
        assert_eq!(authors("von Jane Doe Veröffentlicht am 11. Juni 2019"), ["Jane Doe"]);
        assert_eq!(authors("Publiziert am 7. Dezember, Jane Doe"), ["Jane Doe"]);
        assert_eq!(
            authors("Jane Doe, Wald and Hill University, Bern, Jo Roe"),
            ["Jane Doe", "Jo Roe"]
        );
        for (line, names) in [
            ("By Jane Doe, Special to The New York Times", &["Jane Doe"][..]),
            ("By JANE ROE and JOHN DOE of the Herald Staff", &["JANE ROE", "JOHN DOE"]),
            (
                "By JANE ROE; John Doe contributed reporting from Shanghai for this article.",
                &["JANE ROE", "John Doe"],
            ),
            ("By James E. Roe, Roe, a space engineer in Houston", &["James E. Roe"]),
            ("By JANE DOE FOR MAILONLINE", &["JANE DOE"]),
            ("By Jane Doe and agencies", &["Jane Doe"]),
            ("Jane Doe avec AFPPublié", &["Jane Doe"]),
            ("Jane Doe mit Jo Roe", &["Jane Doe", "Jo Roe"]),
            ("Jane Doe | Madrid", &["Jane Doe"]),
            ("Jane Doe, Madonna", &["Jane Doe", "Madonna"]),
            ("Madrid", &["Madrid"]),
            ("记者 王小明、李华", &["王小明、李华"]),
            ("Текст: Иван Петров", &["Иван Петров"]),
            ("Propos recueillis par Jane Doe", &["Jane Doe"]),
            ("de Ion Popescu", &["Ion Popescu"]),
            ("de Vries", &["de Vries"]),
            ("記者・山田太郎", &["山田太郎"]),
        ] {
            assert_eq!(authors(line), names, "{line}");
        }
        assert!(authors("Staff and news service reports").is_empty());
        assert!(authors("Donnerstag, 25. Januar 2022").is_empty());
        assert!(authors(" ").is_empty());
    }

    #[test]
    fn marked_credits_hold_labels_and_buttons() {
        assert_eq!(parse_marked("Published by Jane Doe"), ["Jane Doe"]);
        assert_eq!(parse_marked("Interview: Jane Doe"), ["Jane Doe"]);
        assert_eq!(parse_marked("Jane Doe, PhD, vor 5 Stunden, Mehr"), ["Jane Doe"]);
        assert_eq!(parse_marked("Text von Jane Doe Illustration von Jo Roe"), ["Jane Doe"]);
        assert_eq!(parse_marked("Jane Doe im Gespräch mit Jo Roe"), ["Jane Doe", "Jo Roe"]);
        assert_eq!(parse_marked("reader1984"), ["reader1984"]);
        assert!(parse_marked("Translated by Jo Roe").is_empty());
        assert!(parse_marked("Von").is_empty());
        assert!(parse_marked("Foto: Jane Doe").is_empty());
        assert_eq!(desk("Von Redaktion").as_deref(), Some("Redaktion"));
        assert_eq!(desk("HLN Staff Report").as_deref(), Some("HLN Staff Report"));
        assert_eq!(desk("Jane Doe"), None);
    }

    #[test]
    fn names_stand_beside_dates() {
        assert_eq!(beside_date("25.10.2022 - Jane Doe").as_deref(), Some("Jane Doe"));
        assert_eq!(beside_date("25 January 2022, by Jane Doe").as_deref(), Some("Jane Doe"));
        assert_eq!(beside_date("Jane Doe, 25 January 2022").as_deref(), Some("Jane Doe"));
        let line = "04.02.2022 | 13:10 Uhr | Jane Doe";
        assert_eq!(beside_date(line).as_deref(), Some("Jane Doe"));
        assert_eq!(beside_date("06.11.2023 13:30 von Jane").as_deref(), Some("Jane"));
        assert_eq!(beside_date("Berlin 25.10.2022"), None);
        assert_eq!(beside_date("New York, 25 October 2022"), None);
        assert_eq!(beside_date("Güncelleme Tarihi: 25.10.2022"), None);
        assert_eq!(beside_date("On 25 January 2022 Jane Doe"), None);
    }

    #[test]
    fn sentences_are_no_credit_lines() {
        assert!(is_byline("By Jane Doe"));
        assert!(is_byline("By Jane Doe, Chief Diplomatic Correspondent"));
        assert!(is_byline("Von Anna Muster"));
        assert!(is_byline("Von unserem Redakteur Max Muster"));
        assert!(is_byline("Texto: Jane Doe"));
        assert!(!is_byline("De Gaulle Dies"));
        assert!(!is_byline("Texto Constitucional"));
        assert!(!is_byline("By Monday the talks had failed."));
        assert!(!is_byline("By Monday"));
        assert!(!is_byline("By then it was too late for the alliance to send any troops"));
        assert!(!is_byline("Von der Leyen will das Kriegsland in die Union holen"));
        assert!(!is_byline("Text"));
    }
}
