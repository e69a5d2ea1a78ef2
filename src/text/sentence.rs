//! Where paragraphs and sentences end.
//!
//! A paragraph ends at a line break. A sentence ends at a full stop, a question or an exclamation
//! mark that is followed by white space and something that can begin a sentence, unless the stop
//! belongs to an abbreviation or an initial ("Gen. J. Smith", "No. 10", "U.S. Steel").

use super::Span;

/// Returns the paragraphs of `text`, without the white space around them and without empty ones.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split('\n').filter_map(move |line| {
        let line_start = start;
        start += line.len() + 1;
        let trimmed = line.trim_start();
        let from = line_start + (line.len() - trimmed.len());
        let trimmed = trimmed.trim_end();
        (!trimmed.is_empty()).then(|| Span::new(from, from + trimmed.len()))
    })
}

/// Returns the sentences of `text`, paragraph by paragraph; together they cover every paragraph but
/// for the white space between them.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        split_paragraph(text, paragraph, &mut found);
    }
    found
}

fn split_paragraph(text: &str, paragraph: Span, found: &mut Vec<Span>) {
    let mut start = paragraph.start;
    let inside = paragraph.of(text);
    let mut letters = inside.char_indices().peekable();
    while let Some((offset, letter)) = letters.next() {
        if !ends_sentence(letter) {
            continue;
        }
        let mut end = offset + letter.len_utf8();
        while let Some(&(at, next)) = letters.peek() {
            if !ends_sentence(next) && !closes(next) {
                break;
            }
            end = at + next.len_utf8();
            letters.next();
        }
        let so_far = &text[start..paragraph.start + offset];
        if is_boundary(letter, so_far, &inside[end..]) {
            found.push(Span::new(start, paragraph.start + end));
            let rest = &inside[end..];
            start = paragraph.start + end + (rest.len() - rest.trim_start().len());
        }
    }
    if start < paragraph.end {
        found.push(Span::new(start, paragraph.end));
    }
}

fn ends_sentence(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।')
}

fn closes(letter: char) -> bool {
    matches!(letter, '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '」' | '』' | '）')
}

/// Tells whether a sentence that runs up to `mark` ends there, given what follows.
fn is_boundary(mark: char, before: &str, after: &str) -> bool {
    if after.is_empty() {
        return false;
    }
    if matches!(mark, '。' | '！' | '？') {
        return true;
    }
    let next = after.trim_start();
    if next.len() == after.len() {
        return false;
    }
    let opener = next.trim_start_matches(['"', '\'', '(', '[', '“', '‘', '«', '-', '—', '–']);
    let Some(first) = opener.trim_start().chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    mark != '.' || !ends_in_abbreviation(before, first)
}

/// Tells whether the stop after `before` belongs to an abbreviation that `next` goes on from.
fn ends_in_abbreviation(before: &str, next: char) -> bool {
    let word = before
        .rsplit(|letter: char| letter.is_whitespace() || matches!(letter, '(' | '"' | '“' | '-'))
        .next()
        .unwrap_or_default();
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        // An initial, but not a sentence that ends in "plan B" before a quote or a number.
        (Some(letter), None) if letter.is_uppercase() => return next.is_alphabetic(),
        (None, _) => return false,
        _ => {}
    }
    if word.eq_ignore_ascii_case("no") {
        return next.is_ascii_digit();
    }
    if TITLES.binary_search(&word).is_ok() {
        return true;
    }
    // Months, "U.S." and the like end sentences too: a name or number after them decides.
    is_dotted(word) && next.is_uppercase() && !is_dotted_time(word)
        || MONTHS.contains(&word) && next.is_ascii_digit()
}

/// Tells whether the word is letters with stops between them: the `U.S` of "U.S.".
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

fn is_dotted_time(word: &str) -> bool {
    matches!(word, "a.m" | "p.m" | "A.M" | "P.M")
}

/// Abbreviations that stand before a name or a number and never end a sentence; sorted.
const TITLES: &[&str] = &[
    "Adm", "Attys", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Det", "Dr", "Ft", "Gen", "Gens", "Gov",
    "Govs", "Hon", "Insp", "Lt", "Maj", "Messrs", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Mt", "Mx",
    "Pres", "Prof", "Pte", "Pvt", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt", "Sr", "Sra", "St",
    "Ste", "Supt", "approx", "ca", "cf", "cit", "dr", "e.g", "eds", "fig", "gen", "i.e", "nr",
    "pp", "prof", "vol", "vs",
];

const MONTHS: &[&str] =
    &["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn titles_are_sorted() {
        assert!(TITLES.is_sorted());
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        let text = "Gen. J. Smith met U.S. President Biden on Jan. 10. \"No,\" he said. He left.";
        assert_eq!(
            split(text),
            ["Gen. J. Smith met U.S. President Biden on Jan. 10.", "\"No,\" he said.", "He left."]
        );
    }

    #[test]
    fn closing_quotes_belong_to_the_sentence() {
        assert_eq!(split("“We will go.” They went."), ["“We will go.”", "They went."]);
    }

    #[test]
    fn ideographic_stops_need_no_space() {
        assert_eq!(split("北约开会。俄罗斯拒绝。"), ["北约开会。", "俄罗斯拒绝。"]);
    }

    #[test]
    fn decimals_and_lower_case_go_on() {
        assert_eq!(
            split("Prices rose 3.5 percent. Yahoo! shares fell."),
            ["Prices rose 3.5 percent.", "Yahoo! shares fell."]
        );
    }

    proptest! {
        #[test]
        fn sentences_are_ordered_and_hold_every_letter(text in "[ A-Za-z.!?\"'\n。é]{0,80}") {
            let mut end = 0;
            for span in sentences(&text) {
                prop_assert!(span.start >= end && !span.is_empty());
                prop_assert!(text[end..span.start].trim().is_empty());
                end = span.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
