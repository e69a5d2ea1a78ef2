//! Credits: "(Reporting by A; editing by B)" at the end of a story, "Photo: Agency/C" under a picture.
//! Whoever is named in them made the story and is not in it.

use std::ops::Range;
use std::sync::LazyLock;

use super::document::Document;
use super::lexicon::word_key;

/// The words that "by" follows in credits.
const CREDITED: &[&str] = &[
    "reporting",
    "editing",
    "writing",
    "reported",
    "edited",
    "written",
    "compiled",
    "translated",
    "translation",
    "contributions",
    "graphics",
    "graphic",
    "photography",
    "photo",
    "photograph",
    "photos",
    "illustration",
];

/// The words that a colon and whom the picture is from follow.
const LABELS: &[&str] = &["photo", "photos", "photograph", "picture", "image", "credit", "credits"];

/// How many words may stand between the opening bracket and the "by": "(Additional reporting and
/// writing by".
const LONGEST_OPENING: usize = 5;

/// The most words of credits in brackets that are never closed.
const LONGEST_CREDITS: usize = 150;

struct Keys {
    by: u64,
    colon: u64,
    credited: Vec<u64>,
    labels: Vec<u64>,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys {
    by: word_key("by"),
    colon: word_key(":"),
    credited: CREDITED.iter().map(|word| word_key(word)).collect(),
    labels: LABELS.iter().map(|word| word_key(word)).collect(),
});

/// Returns the stretches of tokens that are credits, in order.
pub(crate) fn credits(document: &Document<'_>) -> Vec<Range<usize>> {
    let keys = &*KEYS;
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 1..document.token_count() {
        let key = document.word(at).key;
        let is_known = || found.last().is_some_and(|last| last.contains(&at));
        if (key != keys.by && key != keys.colon) || is_known() {
            continue;
        }
        let before = document.word(at - 1);
        if key == keys.by && keys.credited.contains(&before.key) {
            found.extend(credits_by(document, at));
        } else if key == keys.colon
            && keys.labels.contains(&before.key)
            && before.shape.is_capitalised()
        {
            found.extend(sentence_of(document, at).map(|sentence| at..sentence.end));
        }
    }
    found
}

/// Returns the credits around their "by".
fn credits_by(document: &Document<'_>, by: usize) -> Option<Range<usize>> {
    match opening_bracket(document, by) {
        Some(open) => Some(open..closing_bracket(document, open)),
        None => opened_sentence(document, by),
    }
}

fn sentence_of(document: &Document<'_>, at: usize) -> Option<Range<usize>> {
    document.sentences().find(|sentence| sentence.contains(&at))
}

/// Returns the bracket that the credits open with.
fn opening_bracket(document: &Document<'_>, by: usize) -> Option<usize> {
    let from = by.saturating_sub(LONGEST_OPENING + 1);
    (from..by).rev().find(|at| matches!(document.token_text(*at), "(" | "["))
}

fn closing_bracket(document: &Document<'_>, open: usize) -> usize {
    let limit = document.token_count().min(open + LONGEST_CREDITS);
    let mut depth = 0_usize;
    for at in open..limit {
        match document.token_text(at) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    limit
}

/// Returns the sentence where it opens with the credits, as in "Additional reporting by A, B and C.".
fn opened_sentence(document: &Document<'_>, by: usize) -> Option<Range<usize>> {
    let sentence = sentence_of(document, by)?;
    let short = by - sentence.start <= 2;
    let capitalised = document.word(sentence.start).shape.is_capitalised();
    (short && capitalised).then_some(sentence)
}

#[cfg(test)]
mod tests {
    use super::super::document::Reader;
    use super::*;

    #[test]
    fn credits_are_in_brackets_or_open_a_sentence() {
        let cases = [
            (
                "He left. (Reporting by A. Bee; editing by C. Dee)",
                Some("(Reporting by A. Bee; editing by C. Dee)"),
            ),
            (
                "( ( Additional reporting by A (in B) and C ) )",
                Some("( Additional reporting by A (in B) and C )"),
            ),
            ("Editing by Ann Bee.\n\nMore.", Some("Editing by Ann Bee.")),
            ("The hall. Photo: Agency/Rob Bee\n\nMore.", Some(": Agency/Rob Bee")),
            ("The book was written by Ann Bee.", None),
            ("The report (edited last year) by Ann Bee", None),
        ];
        for (text, expected) in cases {
            let mut reader = Reader::new();
            let document = reader.read("", text);
            let found = credits(&document);
            let found =
                found.first().map(|tokens| document.place(tokens.start, tokens.end).1.of(text));
            assert_eq!(found, expected, "{text}");
        }
    }
}
