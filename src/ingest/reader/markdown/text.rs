//! The text of Markdown without its marks: of CommonMark, and of what generators of sites and programs for
//! notes add to it.

use std::borrow::Cow;
use std::fmt::Write;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};

use crate::ingest::markup;

/// Returns the paragraphs of a Markdown text.
pub(super) fn text_of(markdown: &str) -> String {
    let markdown = without_additions(markdown);
    let events = Parser::new_ext(&markdown, options()).filter(is_text).map(in_row);
    let events = events.flat_map(|event| [words_of_fence(&event), Some(event)]).flatten();
    let mut rendered = String::with_capacity(markdown.len() + markdown.len() / 4);
    html::push_html(&mut rendered, events);
    markup::text_of(&rendered)
}

/// Returns the text of a heading or another single line.
pub(super) fn line_of(line: &str) -> String {
    // In a heading no mark opens a list or a quote.
    text_of(&format!("# {line}")).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
}

/// Returns an event with the cells of a table put on one line.
fn in_row(event: Event<'_>) -> Event<'_> {
    match event {
        Event::End(TagEnd::TableCell) => Event::Text(" ".into()),
        event => event,
    }
}

/// Returns the words that open a block of code and are more than its language: `~~~ Corrected
/// version ~~~` is a line of the text.
fn words_of_fence<'m>(event: &Event<'m>) -> Option<Event<'m>> {
    match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words)))
            if words.split_whitespace().nth(1).is_some() && !has_attributes(words) =>
        {
            Some(Event::Text(words.clone()))
        }
        _ => None,
    }
}

/// Tells whether what opens a block of code ends with settings for the program that colours it:
/// `js {1,3} title="a.js"`.
fn has_attributes(opening: &str) -> bool {
    let is_setting = |word: &str| {
        word.split_once('=').is_some_and(|(name, value)| {
            name.ends_with(char::is_alphanumeric)
                && value
                    .starts_with(|first: char| first.is_alphanumeric() || "\"'{[".contains(first))
        })
    };
    let is_braced = |word: &str| {
        word.strip_prefix('{').is_some_and(|inner| {
            inner.trim_start_matches(['.', '#']).starts_with(char::is_alphanumeric)
        })
    };
    opening.split_whitespace().any(|word| is_setting(word) || is_braced(word))
}

/// Tells whether an event is of the text: marks of footnotes and what only a browser shows are not.
fn is_text(event: &Event<'_>) -> bool {
    !matches!(
        event,
        Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::Start(Tag::FootnoteDefinition(_))
            | Event::End(TagEnd::FootnoteDefinition)
            | Event::Start(Tag::TableCell)
    )
}

/// What is done with the text between two marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Dropped,
    Kept,
}

/// Marks that CommonMark does not have, on one line: shortcodes of Hugo, tags of Liquid, comments and
/// highlights of Obsidian.
const PAIRS: &[(&str, &str, Inside)] = &[
    ("{{", "}}", Inside::Dropped),
    ("{%", "%}", Inside::Dropped),
    ("%%", "%%", Inside::Dropped),
    ("==", "==", Inside::Kept),
];

/// Returns a text without the marks that are none of CommonMark, without comments, with the years that
/// open lines, which are no numbers of a list, and with addresses and footnotes apart from the lines
/// above them.
fn without_additions(markdown: &str) -> String {
    let mut kept = String::with_capacity(markdown.len() + 16);
    for line in without_comments(markdown).split_inclusive('\n') {
        if is_definition(line) {
            kept.push('\n');
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if digits >= 4 && line[digits..].starts_with(['.', ')']) {
            let _infallible = write!(kept, "{}\\", &line[..digits]);
            push_without_pairs(&line[digits..], &mut kept);
        } else {
            push_without_pairs(without_label(line), &mut kept);
        }
        if line.ends_with('\n') && !kept.ends_with('\n') {
            kept.push('\n');
        }
    }
    kept
}

/// Returns a heading without what labels it for links and styles: `# Bridge {#bridge .wide}`. What else
/// stands in braces is text.
fn without_label(line: &str) -> &str {
    let is_label = |label: &str| {
        let label = label.trim_start_matches(':').trim_start();
        label.starts_with(['#', '.']) && label[1..].starts_with(char::is_alphanumeric)
    };
    let labelled = line.trim_end().strip_suffix('}').filter(|_| line.starts_with('#'));
    match labelled.and_then(|line| line.rsplit_once('{')) {
        Some((heading, label)) if is_label(label) => heading,
        _ => line,
    }
}

/// Tells whether a line says what a label stands for: `[1]: https://x.example`, `[^a]: A footnote`.
fn is_definition(line: &str) -> bool {
    const ADDRESSES: [&str; 7] = ["http", "/", "<", "#", "./", "../", "mailto:"];
    let Some((label, value)) = line.strip_prefix('[').and_then(|line| line.split_once("]:")) else {
        return false;
    };
    let value = value.trim_start();
    !label.contains(']')
        && (label.starts_with('^') || ADDRESSES.iter().any(|start| value.starts_with(start)))
}

fn push_without_pairs(line: &str, kept: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find(['{', '%', '=']) {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let pair = PAIRS.iter().find_map(|(open, close, inside)| {
            let (inner, after) = split_at_mark(rest.strip_prefix(open)?, close)?;
            is_marked(inner, *inside).then_some((inner, after, *inside))
        });
        match pair {
            Some((inner, after, inside)) => {
                if inside == Inside::Kept {
                    kept.push_str(inner);
                }
                rest = after;
            }
            None => {
                // A run that opens nothing is passed at once.
                let mark = rest.as_bytes()[0];
                let run = rest.bytes().take_while(|byte| *byte == mark).count();
                kept.push_str(&rest[..run]);
                rest = &rest[run..];
            }
        }
    }
    kept.push_str(rest);
}

/// The most bytes between two marks.
const LONGEST_PAIR: usize = 2000;

/// Splits a line before and behind the next mark, which is ASCII.
fn split_at_mark<'l>(line: &'l str, mark: &str) -> Option<(&'l str, &'l str)> {
    let near = &line.as_bytes()[..line.len().min(LONGEST_PAIR)];
    let at = memchr::memmem::find(near, mark.as_bytes())?;
    Some((&line[..at], &line[at + mark.len()..]))
}

/// Tells whether what stands between two marks is marked by them; highlights begin and end at words.
fn is_marked(inner: &str, inside: Inside) -> bool {
    !inner.is_empty()
        && (inside == Inside::Dropped || inner.trim() == inner && !inner.starts_with('='))
}

/// Returns a text without comments of HTML, such as the one that ends an excerpt. One that never ends
/// is none.
fn without_comments(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("<!--") {
        return Cow::Borrowed(markdown);
    }
    let mut kept = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or(comment, |(_, behind)| behind);
        if !comment.contains("-->") {
            break;
        }
    }
    kept.push_str(&rest.replace("<!--", ""));
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is left between two spaces is tidied with the article.
    #[test]
    fn marks_are_no_text() {
        let cases = [
            (
                "A [report][1] and [minutes][m].[^a]\n\n[^a]: By the clerk.\n[1]: https://x.example \"R\"\n[m]: /m\n",
                "A report and minutes.\n\nBy the clerk.",
            ),
            ("[![Bridge](a.jpg)](https://x.example)\n\n![p][q]\n\nText.\n\n[q]: p.jpg", "Text."),
            (
                "The [firm](https://x.example/a_(b)) built <https://x.example/p>.",
                "The firm built https://x.example/p.",
            ),
            ("| Year | Cost |\n|------|-----:|\n| 2021 | 4m |\n", "Year Cost\n\n2021 4m"),
            (
                "{{< figure src=\"a.jpg\" >}}\n\n{{% note %}}\nInside.\n{{% /note %}}\n\nA {{ site.url }} b {% include x %}c.",
                "Inside.\n\nA  b c.",
            ),
            (
                "The [[city council|council]] and [[Wiki Link]] ![[x.png]] an ==old== bridge %%why%% here.",
                "The council and Wiki Link  an old bridge  here.",
            ),
            ("- [ ] to do\n- [x] done\n\n1. one\n2. two", "to do\n\ndone\n\none\n\ntwo"),
            (
                "# Head {#id}\nSet\n===\ntext ~~gone~~ 5 < 6 & 2 * 3 snake_case \\*esc\\*",
                "Head\n\nSet\n\ntext gone 5 < 6 & 2 * 3 snake_case *esc*",
            ),
            (
                "1986. It was a year.\n\n100% a == b %% {{ open",
                "1986. It was a year.\n\n100% a == b %% {{ open",
            ),
            (
                "One <!-- no --> two.\n\nThree <!-- never ends\n\nfour",
                "One  two.\n\nThree  never ends\n\nfour",
            ),
            (
                "> quote\n> goes on\n\n```go\nx\n```\n\n<p>html &amp; more</p>",
                "quote\ngoes on\n\nx\n\nhtml & more",
            ),
            ("~~~ Corrected version\nThe bridge.", "Corrected version\n\nThe bridge."),
            ("# Prices rise {updated}\nText.", "Prices rise {updated}\n\nText."),
            ("``` js {1,3} title=\"a.js\"\nx\n```", "x"),
        ];
        for (markdown, text) in cases {
            assert_eq!(text_of(markdown), text, "{markdown}");
        }
    }

    #[test]
    fn lines_lose_their_marks() {
        assert_eq!(line_of("1. FC *Köln* wins [again](/a)"), "1. FC Köln wins again");
    }

    proptest! {
        /// Words are not lost, whatever broken marks stand around them.
        #[test]
        fn broken_marks_lose_no_words(marks in proptest::collection::vec("(\\*|_|`|==|%|\\{|\\}|#|~|\\^|=|-|\\+|\\||>| |\n){0,4}", 1..12)) {
            let mut markdown = String::new();
            for (number, mark) in marks.iter().enumerate() {
                let _infallible = write!(markdown, "{mark} the word{number} ");
            }
            let text = text_of(&markdown);
            for number in 0..marks.len() {
                let word = format!("word{number}");
                let is_comment = markdown.contains("%%") || markdown.contains("{%") || markdown.contains("{{");
                prop_assert!(is_comment || text.contains(&word), "{} in {:?}: {:?}", word, markdown, text);
            }
        }
    }
}
