//! What each line of a scraped page is, by itself: sentences, furniture, the headings of other parts.
//!
//! A line is told by how much it reads like prose and by phrases that only pages use.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

use super::language;
use super::page_phrases::{
    ANSWER_LINKS, BUTTONS, CANCEL_ANSWER, COMMENT_FORM_STARTS, COMMENT_NOUNS, COMMENTS_STARTS,
    END_MATTER_LINES, END_MATTER_STARTS, FURNITURE_LINES, FURNITURE_STARTS, LINKS_TO_REST,
    NOTICE_MARKS, NOTICE_STARTS, OPENS_ELSEWHERE, PAGE_SENTENCE_STARTS, PICTURE_AGENCIES,
    PICTURE_CREDITS, RIGHTS_RESERVED, SPEAKER_ENDS,
};
use super::script::is_ideogram;

/// What a line is, as far as can be told from itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineClass {
    /// Sentences.
    Prose,
    /// Too short to tell: a heading, a caption, a menu entry.
    Short,
    /// Furniture of the page: a share bar, a notice, a form.
    Furniture,
    /// What stands beside the text of a page wherever that runs on: the caption of a picture, who wrote
    /// the post above, buttons.
    Aside,
    /// The heading of what follows an article: related stories, latest posts.
    EndMatter,
    /// A part of what readers say of an article: the heading, who says it, the link to answer.
    Comments,
    /// The line that reserves the rights in all of a page, which is the last of what it says.
    LastLine,
}

impl LineClass {
    /// Tells whether the line is no part of an article.
    pub fn is_litter(self) -> bool {
        matches!(self, Self::Furniture | Self::EndMatter | Self::Comments | Self::LastLine)
    }
}

/// Tells whether some line of a text is no part of an article: it is a page rather than an article alone.
pub fn has_litter(classes: &[LineClass]) -> bool {
    classes.iter().any(|class| class.is_litter())
}

/// The longest link to answer a comment, in bytes.
const LONGEST_ANSWER_LINK: usize = 20;

/// The most words of a line that says whose comment follows.
const MOST_SPEAKER_WORDS: usize = 6;

/// The longest line, by [`length`], that can be furniture: longer ones are prose whatever they open with.
const LONGEST_FURNITURE: usize = 240;

/// The longest heading of end matter, by [`length`].
const LONGEST_HEADING: usize = 64;

/// Returns the number of letters, those of Chinese, Japanese and Korean thrice.
fn length(line: &str) -> usize {
    if line.is_ascii() {
        return line.len();
    }
    line.chars().map(|letter| if is_ideogram(letter) { 3 } else { 1 }).sum()
}

/// Tells whether a line has so many letters, those of Chinese, Japanese and Korean counted thrice.
pub(super) fn is_at_least(line: &str, letters: usize) -> bool {
    line.len() >= letters && length(line) >= letters
}

/// Tells whether a line says how long the article takes to read: "3 min read", "Lesezeit: 2 Min.".
fn is_length(lower: &str) -> bool {
    const UNITS: &[&str] = &[
        "min read",
        "mins read",
        "min. read",
        "minute read",
        "minutes read",
        "min lesezeit",
        "min. lesezeit",
        "minuten lesezeit",
        "min de lecture",
        "min de lectura",
        "min di lettura",
        "min leestijd",
        "мин чтения",
    ];
    const LABELS: &[&str] = &[
        "reading time",
        "lesezeit",
        "lesedauer",
        "temps de lecture",
        "tiempo de lectura",
        "tempo de leitura",
        "tempo di lettura",
        "leestijd",
        "lästid",
        "lesetid",
        "læsetid",
        "czas czytania",
        "время чтения",
    ];
    let is_labelled = |label: &&str| lower.strip_prefix(*label).is_some_and(is_minutes);
    after_count(lower).is_some_and(|unit| UNITS.contains(&unit)) || LABELS.iter().any(is_labelled)
}

/// Tells whether what follows a label is a number of minutes: ": ca. 2 Minuten".
fn is_minutes(text: &str) -> bool {
    let number = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let is_near = text.len() - number.len() <= 6;
    let unit =
        number.trim_start_matches(|letter: char| letter.is_ascii_digit() || ":-–".contains(letter));
    is_near
        && unit.len() < number.len()
        && (unit.is_empty()
            || ["min", "мин"].iter().any(|start| unit.trim_start().starts_with(start)))
        && unit.split_whitespace().count() <= 2
}

/// Tells whether a line counts how often the article was shared: "12 shares".
fn is_count_of_shares(lower: &str) -> bool {
    const NOUNS: &[&str] =
        &["shares", "share", "mal geteilt", "x geteilt", "partages", "compartidos", "condivisioni"];
    after_count(lower).is_some_and(|noun| NOUNS.contains(&noun))
}

/// Returns what follows the number that a line starts with.
fn after_count(lower: &str) -> Option<&str> {
    let rest = lower.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (rest.len() < lower.len()).then(|| rest.trim_start_matches([' ', '-']))
}

/// Returns what the line is.
pub fn classify(line: &str) -> LineClass {
    told_by_phrases(line)
        .unwrap_or_else(|| if is_prose(line) { LineClass::Prose } else { LineClass::Short })
}

/// Returns what a line is that has the words or the marks of a page, `None` for others and for long ones.
fn told_by_phrases(line: &str) -> Option<LineClass> {
    // No letter takes more than four bytes: the longest lines need not be counted.
    if line.len() > LONGEST_FURNITURE * 4 {
        return None;
    }
    let length = length(line);
    if length > LONGEST_FURNITURE {
        return None;
    }
    let mut buffer = [0; LONGEST_FURNITURE * 4];
    let lower = lower_case(line, &mut buffer);
    let opening = without_opening_marks(lower);
    let is_short = length <= LONGEST_HEADING;
    if is_of_comments(lower, opening, line, is_short) {
        return Some(LineClass::Comments);
    }
    if is_short
        && (starts_with_any(opening, &END_MATTER) || is_end_matter_line(lower))
        && !ends_sentence(line)
    {
        return Some(LineClass::EndMatter);
    }
    if reserves_rights(lower) {
        return Some(LineClass::LastLine);
    }
    if is_short && (is_furniture_line(lower) || is_length(lower) || is_count_of_shares(lower))
        || is_step(line)
        || starts_with_any(opening, &PAGE_SENTENCES)
        || is_script_error(lower)
        || opens_elsewhere(lower)
    {
        return Some(LineClass::Furniture);
    }
    if is_bar(lower) || is_caption(lower, line) || is_post(line) || is_addresses(lower) {
        return Some(LineClass::Aside);
    }
    let is_notice = || NOTICE_MARKS.iter().any(|mark| lower.contains(mark));
    let is_furniture = starts_with_any(opening, &FURNITURE)
        && (is_short || is_notice() || is_pointer(lower))
        || starts_with_any(opening, &NOTICES) && is_notice();
    is_furniture.then_some(LineClass::Furniture)
}

/// Tells whether a line is furniture as a whole, marks around it aside.
fn is_furniture_line(lower: &str) -> bool {
    static LINES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set_of(FURNITURE_LINES));
    LINES.contains(without_marks(lower))
}

/// Tells whether a line heads what follows an article and says nothing else.
fn is_end_matter_line(lower: &str) -> bool {
    static LINES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set_of(END_MATTER_LINES));
    LINES.contains(without_marks(lower))
}

fn set_of(lines: &[&'static str]) -> FxHashSet<&'static str> {
    lines.iter().copied().collect()
}

fn without_marks(line: &str) -> &str {
    line.trim_matches(|letter: char| " :|»«›‹→←>…+-–•*?!.✕×".contains(letter))
}

/// Tells whether a line is a bar of buttons: "facebook twitter Drucken".
fn is_bar(lower: &str) -> bool {
    let mut words = lower.split([' ', '|', '•', '·', ',', '/']).filter(|word| !word.is_empty());
    let mut count = 0;
    words.all(|word| {
        count += 1;
        BUTTONS.contains(&word)
    }) && count >= 2
}

/// The longest caption, in words.
const LONGEST_CAPTION: usize = 40;

/// The most words of the credit of a picture.
const MOST_CREDIT_WORDS: usize = 9;

/// Tells whether a line is the caption of a picture: it opens or ends with whose picture it is. One that
/// is sentences says more than what the picture shows, and is left.
fn is_caption(lower: &str, line: &str) -> bool {
    if word_estimate(line) > LONGEST_CAPTION {
        return false;
    }
    // The labels that a broadcaster's pages have for those who cannot see.
    if ["image source, ", "image caption, "].iter().any(|label| lower.starts_with(label)) {
        return true;
    }
    // A line of credits names the author too.
    if ["words ", "text", "von ", "by "].iter().any(|label| lower.starts_with(label)) {
        return false;
    }
    let credit = credit_of_picture(lower).or_else(|| agency_of_picture(lower));
    credit.is_some_and(|at| {
        let says = lower[..at].trim_end_matches([' ', '(', '[', '|', '/', '-', '–']);
        let has_sentence =
            ends_sentence(says) || [". ", "? ", "! "].iter().any(|end| says.contains(end));
        word_estimate(says) < SHORTEST_CLAUSE || !has_sentence
    })
}

/// The least words of a sentence in a caption.
const SHORTEST_CLAUSE: usize = 5;

/// Returns where the credit of a picture begins that ends a line and is names: "Photo: Jane Doe".
fn credit_of_picture(lower: &str) -> Option<usize> {
    static CREDITS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(PICTURE_CREDITS));
    let at = CREDITS.find_overlapping_iter(lower).map(|credit| credit.start()).max()?;
    let credit = &lower[at..];
    let words = word_estimate(credit);
    // That of the page has the year, or names who put the article there.
    let of = credit.trim_start_matches(['©', '(', 'c', ')', ' ']);
    let is_of_page =
        of.starts_with(['1', '2']) || lower.contains("quelle:") || lower.contains("source:");
    let is_sentence = credit.ends_with(['?', '!']) || credit.ends_with('.') && words > 6;
    (words <= MOST_CREDIT_WORDS && !is_of_page && !is_sentence).then_some(at)
}

/// Returns where the name of an agency begins that ends a line: "(Jane Doe/AFP)".
fn agency_of_picture(lower: &str) -> Option<usize> {
    let bare = lower.trim_end_matches([')', '.', ' ', ']']);
    let before = PICTURE_AGENCIES.iter().find_map(|agency| bare.strip_suffix(agency))?.trim_end();
    before.ends_with(['/', '(', '|', '-', '–']).then(|| before.rfind('(').unwrap_or(before.len()))
}

/// Tells whether a line is an error of the program that made the page: "Warning: mkdir() failed in
/// /www/index.php on line 7".
fn is_script_error(lower: &str) -> bool {
    const KINDS: &[&str] =
        &["warning", "notice", "deprecated", "strict standards", "fatal error", "parse error"];
    let is_kind = |kind: &&str| {
        lower.strip_prefix(kind).is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    KINDS.iter().any(is_kind) && lower.contains(" in /") && lower.contains(" on line ")
}

/// Tells whether a line says whose post of a social network stands above: "— Jane Doe (@jdoe) May 5".
fn is_post(line: &str) -> bool {
    line.starts_with(['—', '–', '-']) && line.contains("(@") && word_estimate(line) <= 14
}

/// The longest link to another article, in bytes.
const LONGEST_STEP: usize = 160;

/// Tells whether a line is a link to another article by the arrow before or behind it: "← Talks go on in
/// Geneva", ">> Who was there". Sentences have one as well where it is a bullet, or opens a quotation that
/// the next paragraph closes.
fn is_step(line: &str) -> bool {
    let is_before = line.starts_with(['←', '→', '⟵', '⟶', '◀', '▶', '►', '➔', '➜', '➤'])
        || line.starts_with(">>") && !line.starts_with(">>>")
        || line.starts_with(['«', '‹']) && !line.contains(['»', '›']);
    line.len() <= LONGEST_STEP
        && !line.ends_with(['.', '!', '…'])
        && (is_before || line.ends_with(['→', '←', '⟶']))
}

/// Tells whether a line is a link that says where it opens: "Share (Opens in new window)".
fn opens_elsewhere(lower: &str) -> bool {
    lower.ends_with(')') && OPENS_ELSEWHERE.iter().any(|words| lower.ends_with(words))
}

/// Tells whether a line is addresses of pages or files more than words.
fn is_addresses(lower: &str) -> bool {
    let addresses = memchr::memmem::find_iter(lower.as_bytes(), b"://").count();
    addresses >= 2 && addresses * 6 >= word_estimate(lower)
}

/// Tells whether a line is of a form in which readers comment.
pub(super) fn is_comment_form(line: &str) -> bool {
    starts_with_any(without_opening_marks(&line.to_lowercase()), &COMMENT_FORM)
}

/// Tells whether a line belongs to the comments of readers, by itself.
fn is_of_comments(lower: &str, opening: &str, line: &str, is_short: bool) -> bool {
    // Each test is asked only of lines whose ends fit it: every line of an archive comes by here.
    if lower.ends_with(':') {
        let is_name = || lower.split(' ').count() <= MOST_SPEAKER_WORDS;
        if SPEAKER_ENDS.iter().any(|end| lower.ends_with(end)) && is_name() {
            return true;
        }
    }
    if ends_in_answer_link(lower)
        || starts_with_any(opening, &COMMENT_FORM)
        || CANCEL_ANSWER.iter().any(|link| lower.ends_with(link))
    {
        return true;
    }
    if !is_short && !lower.starts_with(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let bare = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    is_count_of_comments(bare)
        || is_short
            && (bare.len() <= LONGEST_ANSWER_LINK && ANSWER_LINKS.contains(&bare)
                || starts_with_any(opening, &COMMENTS) && !ends_sentence(line))
}

/// Tells whether a line says who commented when, and ends with the link to answer: "Jane Doe 5 May 2020
/// at 9:41 Reply".
fn ends_in_answer_link(lower: &str) -> bool {
    let Some((before, last)) = lower.rsplit_once(' ') else { return false };
    ANSWER_LINKS.contains(&last)
        && before.ends_with(|letter: char| letter.is_ascii_digit() || "mhr.".contains(letter))
        && before.bytes().filter(u8::is_ascii_digit).count() >= 4
        && word_estimate(before) <= MOST_COMMENTER_WORDS
}

/// The most words that say who commented when.
const MOST_COMMENTER_WORDS: usize = 14;

/// Tells whether a line counts comments: "17 Kommentare", "3 thoughts on “Guarantees”",
/// "Comments (35)".
fn is_count_of_comments(bare: &str) -> bool {
    const LONGEST_COUNT: usize = 4;
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=LONGEST_COUNT).contains(&digits) {
        let rest = bare[digits..].trim_start();
        return COMMENT_NOUNS.iter().any(|noun| {
            rest.strip_prefix(noun).is_some_and(|after| {
                let names_article = noun.contains(' ')
                    || after.trim_start().starts_with(['„', '“', '"', '»', '«', '…']);
                after.trim_start_matches(|letter: char| !letter.is_alphanumeric()).is_empty()
                    || names_article && !after.starts_with(char::is_alphanumeric)
                    || is_title_link(after)
            })
        });
    }
    if !bare.ends_with(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let Some((noun, count)) = bare.rsplit_once('(') else { return false };
    COMMENT_NOUNS.contains(&noun.trim_end()) && count.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether "to" and a title follow the count of responses: "3 Responses to Guarantees".
fn is_title_link(after: &str) -> bool {
    [" to ", " on ", " zu ", " auf ", " à ", " a ", " su ", " op "]
        .iter()
        .any(|link| after.starts_with(link))
}

/// Lower-cases into `buffer`, to look phrases up without allocating.
fn lower_case<'buffer>(line: &str, buffer: &'buffer mut [u8]) -> &'buffer str {
    let mut end = 0;
    // The dot that Turkish capitals keep in small letters is none of a phrase.
    let small = line.chars().flat_map(char::to_lowercase).filter(|letter| *letter != '\u{307}');
    for letter in small {
        if end + letter.len_utf8() > buffer.len() {
            break;
        }
        end += letter.encode_utf8(&mut buffer[end..]).len();
    }
    std::str::from_utf8(&buffer[..end]).unwrap_or_default()
}

/// Phrases by their first byte.
type PhraseTable = [Vec<&'static str>; 256];

static FURNITURE: LazyLock<PhraseTable> = LazyLock::new(|| by_first_byte(FURNITURE_STARTS));
static PAGE_SENTENCES: LazyLock<PhraseTable> =
    LazyLock::new(|| by_first_byte(PAGE_SENTENCE_STARTS));
static NOTICES: LazyLock<PhraseTable> = LazyLock::new(|| by_first_byte(NOTICE_STARTS));
static END_MATTER: LazyLock<PhraseTable> = LazyLock::new(|| by_first_byte(END_MATTER_STARTS));
static COMMENT_FORM: LazyLock<PhraseTable> = LazyLock::new(|| by_first_byte(COMMENT_FORM_STARTS));
static COMMENTS: LazyLock<PhraseTable> = LazyLock::new(|| by_first_byte(COMMENTS_STARTS));

fn by_first_byte(phrases: &[&'static str]) -> PhraseTable {
    let mut table = [const { Vec::new() }; 256];
    for phrase in phrases {
        table[usize::from(phrase.as_bytes()[0])].push(*phrase);
    }
    table
}

/// Returns what finds phrases in a line.
pub(super) fn automaton(phrases: &[&str]) -> AhoCorasick {
    AhoCorasick::new(phrases).expect("a few short phrases make an automaton")
}

/// Returns a line from its first letter, digit or mark of copyright on.
fn without_opening_marks(line: &str) -> &str {
    line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '©')
}

fn starts_with_any(opening: &str, phrases: &PhraseTable) -> bool {
    let Some(first) = opening.bytes().next() else { return false };
    phrases[usize::from(first)].iter().any(|phrase| starts_with(opening, phrase))
}

/// Tells whether a phrase, whole words of it where words are set apart, begins a line.
fn starts_with(opening: &str, phrase: &str) -> bool {
    let ends_in_word = |letter: char| letter.is_alphanumeric() && !is_ideogram(letter);
    opening.strip_prefix(phrase).is_some_and(|rest| {
        !phrase.ends_with(ends_in_word) || !rest.starts_with(char::is_alphanumeric)
    })
}

/// Tells whether a line is a label and what it points to: "Read also: Talks go on in Geneva".
fn is_pointer(lower: &str) -> bool {
    memchr::memchr(b':', lower.as_bytes()).is_some_and(|at| at <= 24)
}

fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»', '“']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '۔', '؟', '।'])
}

/// The longest signature of an article, in bytes.
const LONGEST_SIGNATURE: usize = 32;

/// Tells whether a line is a sentence with whose it is behind it: "The talks go on in May. (dpa)".
pub(super) fn is_signed_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['+', '*', '#', '■', ' ']);
    let parts = bare.strip_suffix(')').and_then(|bare| bare.rsplit_once(" ("));
    parts.is_some_and(|(sentence, signature)| {
        signature.len() <= LONGEST_SIGNATURE
            && ends_sentence(sentence)
            && word_estimate(sentence) >= SHORTEST_CLAUSE
    })
}

/// Tells whether the line is sentences: long enough, or shorter and ended like one.
fn is_prose(line: &str) -> bool {
    let words = word_estimate(line);
    let is_long = || words >= LONGEST_ROW && !is_row_of_labels(line);
    let is_sentence = || words >= 5 && ends_sentence(line) && !is_moment(line);
    !is_cut_short(line) && (is_long() || is_sentence())
}

/// The most words of a line that is no sentence by its length alone.
const LONGEST_ROW: usize = 22;

/// Tells whether a line says that its text goes on elsewhere: "The ministers met in [...]", "The ministers
/// met in... Read more".
fn is_cut_short(line: &str) -> bool {
    ["[...]", "(...)", "[…]", "(…)"].iter().any(|mark| line.ends_with(mark))
        || line.rfind("...").max(line.rfind('…')).is_some_and(|at| links_to_rest(&line[at..]))
}

/// The longest link to the rest of a text, in bytes, with marks around it.
const LONGEST_LINK_TO_REST: usize = 40;

/// Tells whether a line is a link to the rest of what stands above, and nothing else.
pub(super) fn links_to_rest(line: &str) -> bool {
    let link = || line.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    line.len() <= LONGEST_LINK_TO_REST && LINKS_TO_REST.contains(&link().as_str())
}

/// The most words of a line that reserves the rights and names nobody who has them.
const MOST_RESERVING_WORDS: usize = 6;

/// Tells whether a line reserves the rights in all of a page, which is the last of what it says. Articles
/// on rights say so as well, in longer sentences.
fn reserves_rights(lower: &str) -> bool {
    static RIGHTS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(RIGHTS_RESERVED));
    let names_holder = || {
        ["©", "(c)", "copyright"].iter().any(|mark| lower.starts_with(mark))
            || lower.contains('©') && RIGHTS_RESERVED.iter().any(|rights| lower.starts_with(rights))
    };
    RIGHTS.is_match(lower) && (word_estimate(lower) <= MOST_RESERVING_WORDS || names_holder())
}

/// Tells whether a long line is labels in a row, as in a cloud of keywords: it has no mark between its
/// words, and hardly a small word. What is written without spaces is told by neither, and the row of a
/// table is of a text.
fn is_row_of_labels(line: &str) -> bool {
    const MARKS: &[&str] = &[". ", ", ", "; ", "? ", "! ", ": ", " – ", " — "];
    let is_of_clauses = ends_sentence(line)
        || line.contains(|letter: char| is_ideogram(letter) || "؟،।".contains(letter))
        || MARKS.iter().any(|mark| line.contains(mark));
    let is_label = |word: &&str| word.contains(char::is_alphabetic);
    let labels = || line.split(' ').filter(is_label).count();
    !is_of_clauses && labels() * 2 > word_estimate(line) && !language::has_function_words(line)
}

/// Tells whether a line names a year and ends in a time of day: "Monday, 11 May 2022 - 3:40 a.m."
fn is_moment(line: &str) -> bool {
    let has_year = || line.as_bytes().windows(4).any(|part| part.iter().all(u8::is_ascii_digit));
    ["a.m.", "p.m.", "a. m.", "p. m."].iter().any(|half| line.ends_with(half)) && has_year()
}

/// Returns the number of words; a third of the characters where words are not set apart.
pub(super) fn word_estimate(line: &str) -> usize {
    let spaces = memchr::memchr_iter(b' ', line.as_bytes()).count();
    if line.is_ascii() || spaces * 24 > line.len() {
        return spaces + 1;
    }
    line.chars().filter(|letter| is_ideogram(*letter)).count() / 2 + spaces + 1
}

/// Returns what each line of a text is by itself.
pub fn classify_all(lines: &[&str]) -> Vec<LineClass> {
    lines.iter().map(|line| classify(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_stands_behind_one_that_tells_the_same() {
        let lists = [
            COMMENT_FORM_STARTS,
            COMMENTS_STARTS,
            END_MATTER_STARTS,
            FURNITURE_STARTS,
            NOTICE_STARTS,
            PAGE_SENTENCE_STARTS,
        ];
        for list in lists {
            for phrase in list {
                let same = list.iter().filter(|other| starts_with(phrase, other));
                assert_eq!(same.collect::<Vec<_>>(), [phrase]);
            }
        }
    }

    #[test]
    fn a_row_of_labels_is_no_prose_however_long() {
        let labels = "Geneva Harbour Ministers Bridge Storm ".repeat(6);
        assert_eq!(classify(labels.trim_end()), LineClass::Short);
        let sentence =
            "the ministers met in Geneva and they talked until the night came ".repeat(3);
        assert_eq!(classify(sentence.trim_end()), LineClass::Prose);
    }

    #[test]
    fn furniture_is_told_by_its_phrases() {
        let cases = [
            ("Leave a Reply", LineClass::Comments),
            ("17 Kommentare", LineClass::Comments),
            ("Comments (35)", LineClass::Comments),
            ("25 thoughts on “How to grow a lemon tree”", LineClass::Comments),
            ("3 Responses to Guarantees", LineClass::Comments),
            ("Roberta says:", LineClass::Comments),
            ("Antwort ↓", LineClass::Comments),
            ("35 comments were made in Geneva, she said.", LineClass::Prose),
            ("The minister of defence of the country says:", LineClass::Short),
            ("Latest Posts", LineClass::EndMatter),
            (
                "Warning: Use of undefined constant LIST in /home/www/functions.php on line 31",
                LineClass::Furniture,
            ),
            (
                "Your email address will not be published. Required fields are marked *",
                LineClass::Furniture,
            ),
            ("Share this:", LineClass::Furniture),
            ("© 2022 Example Media", LineClass::Furniture),
            ("Copyright 2020 Crier. All Rights Reserved. Read on.", LineClass::LastLine),
            ("Comments on the plan were few, the ministry said on Monday.", LineClass::Prose),
            ("Related companies were not told of it, she said.", LineClass::Prose),
            (
                "Subscribers to the service rose by a tenth, the company said on Monday.",
                LineClass::Prose,
            ),
            ("World", LineClass::Short),
            ("Jane Doe 5 May 2020 at 9:41 Reply", LineClass::Comments),
            ("It was in 2020 that 300 of them sent the ministry a reply", LineClass::Short),
            ("whatsapp pinterest facebook Drucken", LineClass::Aside),
            ("Ministers by the lake. Photo: Jane Doe", LineClass::Aside),
            ("The minister speaks in Geneva (Jane Doe/Boston Herald/AFP)", LineClass::Aside),
            (
                "The ministers met by the lake and will go on talking. Photo: Jane Doe",
                LineClass::Short,
            ),
            ("A photo by Jane Doe won the prize, the jury said on Sunday.", LineClass::Prose),
            ("— Jane Doe (@jdoe) May 5, 2020", LineClass::Aside),
            ("Monday, 11 May 2022 - 3:40 a.m.", LineClass::Short),
            ("The ferry sails at half past 3 p.m.", LineClass::Prose),
            ("Diesen Artikel kommentieren Antwort abbrechen", LineClass::Comments),
            (
                "Save my name, email, and website in this browser for the next time I comment.",
                LineClass::Comments,
            ),
            ("Click to share on Pocket (Opens in new window)", LineClass::Furniture),
            ("← Talks go on in Geneva", LineClass::Furniture),
            ("«We will not pay», she said, «for what others have broken.»", LineClass::Prose),
            ("This website uses cookies so that you need not log in again.", LineClass::Furniture),
            ("The ministers met by the lake and will go on talking [...]", LineClass::Short),
            ("The ministers met by the lake. They will go on... Read more", LineClass::Short),
            ("“We waited … and they said: ‘Read more,’” she told us.", LineClass::Prose),
            (">> Who was there", LineClass::Furniture),
            ("Lesezeit: 2 Min.", LineClass::Furniture),
            ("Temps de Lecture 4 min.", LineClass::Furniture),
            ("Leestijd 2 minuten", LineClass::Furniture),
            ("5 min read", LineClass::Furniture),
            ("Lesezeit für Kinder", LineClass::Short),
            ("12 shares", LineClass::Furniture),
            ("12 shares fall in Geneva", LineClass::Short),
            ("418 Postings", LineClass::Comments),
            ("Image caption, The lake on Monday", LineClass::Aside),
            (">>> print(ministers)", LineClass::Short),
            ("▶ The ministers met by the lake and will go on talking.", LineClass::Prose),
            ("« Nous ne paierons pas ce que les autres ont cassé.", LineClass::Prose),
            ("Más de 200 ministros se reunieron", LineClass::Short),
            ("The Latest: Ministers meet in Geneva", LineClass::Short),
            ("Buy now, pay later in Geneva", LineClass::Short),
            ("Um einen Kommentar gebeten, schwieg der Minister.", LineClass::Prose),
            ("One response to the storm was to close the harbour.", LineClass::Prose),
            ("One response to “Guarantees”", LineClass::Comments),
            ("“We and our partners will go on talking,” the minister said.", LineClass::Prose),
            ("We and our partners store cookies on your device.", LineClass::Furniture),
            ("Mit der Anmeldung begann für viele das Warten.", LineClass::Prose),
            ("https://a.example/1.jpg 720 1280 https://a.example/2.jpg", LineClass::Aside),
        ];
        for (line, class) in cases {
            assert_eq!(classify(line), class, "{line}");
        }
    }
}
