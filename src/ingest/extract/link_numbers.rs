//! The numbers of links that text browsers write before each: `the [34]European Commission`.

use std::borrow::Cow;
use std::ops::Range;

/// The least links that a text browser numbered: a text may count a few things.
const LEAST_LINKS: u32 = 5;

/// The longest number of a link with its brackets, in bytes.
const LONGEST_MARK: usize = "[9999]".len();

/// The most numbers in a row that can be missing: of links that show nothing.
const MOST_MISSING: u32 = 8;

/// Takes the numbers of links out of the paragraphs of a text, where it has as many as a page has links,
/// each higher than the last.
pub fn without(paragraphs: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    if links(&paragraphs) < LEAST_LINKS {
        return paragraphs;
    }
    let mut last = 0;
    let without = |text| without_numbers(text, &mut last);
    paragraphs.into_iter().map(without).filter(|text| !text.trim().is_empty()).collect()
}

/// Returns how many numbers stand right before a link and go on from one another.
fn links(paragraphs: &[Cow<'_, str>]) -> u32 {
    let (mut count, mut last) = (0, 0);
    for text in paragraphs {
        let before_link =
            marks(text).filter(|(_, span)| text[span.end..].starts_with(char::is_alphanumeric));
        for (number, _) in before_link {
            if goes_on(last, number) {
                count += 1;
                last = number;
            }
        }
    }
    count
}

fn goes_on(last: u32, number: u32) -> bool {
    (last + 1..=last + MOST_MISSING).contains(&number)
}

/// Takes the numbers out of a paragraph that go on from the `last` one.
fn without_numbers<'text>(text: Cow<'text, str>, last: &mut u32) -> Cow<'text, str> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (number, span) in marks(&text) {
        if goes_on(*last, number) {
            *last = number;
            spans.push(span);
        }
    }
    if spans.is_empty() {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        kept.push_str(&text[at..span.start]);
        at = span.end;
    }
    kept.push_str(&text[at..]);
    Cow::Owned(kept)
}

/// Returns the numbers in brackets that stand behind no word, as those of footnotes do.
fn marks(text: &str) -> impl Iterator<Item = (u32, Range<usize>)> + '_ {
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(|start| {
        let head = &text.as_bytes()[start..text.len().min(start + LONGEST_MARK)];
        let length = memchr::memchr(b']', head)?;
        let number = text[start + 1..start + length].parse().ok()?;
        let span = start..start + length + 1;
        let opens =
            !text[..start].ends_with(|before: char| !before.is_whitespace() && before != '(');
        opens.then_some((number, span))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn without_numbers(paragraphs: &[&str]) -> Vec<String> {
        let paragraphs = paragraphs.iter().map(|text| Cow::Borrowed(*text)).collect();
        without(paragraphs).into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn numbers_of_links_are_none_of_the_text() {
        let page = [
            "[1]Home [2]World",
            "[3]Lake",
            "The [4]European Commission met, (see [5]the report[1]) and [6]",
            "went on [2] as [7]planned.",
            "[8]",
            "[9] More",
        ];
        let text = [
            "Home World",
            "Lake",
            "The European Commission met, (see the report[1]) and ",
            "went on [2] as planned.",
            " More",
        ];
        assert_eq!(without_numbers(&page), text);
    }

    #[test]
    fn what_a_text_counts_stays() {
        let text =
            ["[1]First, there is the lake.", "[2]Then, the talks.", "They met[3] in 2020[4]."];
        assert_eq!(without_numbers(&text), text);
        let cited = ["Lake[1] Talks[2] Water[3] Boats[4] Fish[5] Reeds[6]"];
        assert_eq!(without_numbers(&cited), cited);
    }

    proptest! {
        #[test]
        fn no_text_panics(texts in prop::collection::vec("(\\[[0-9]{1,6}\\]|[a-zé ]{1,4}|\\[|\\]|\\+){0,20}", 0..9)) {
            let paragraphs: Vec<&str> = texts.iter().map(String::as_str).collect();
            let letters = |texts: &[String]| texts.concat().matches(char::is_alphabetic).count();
            prop_assert_eq!(letters(&without_numbers(&paragraphs)), letters(&texts));
        }
    }
}
