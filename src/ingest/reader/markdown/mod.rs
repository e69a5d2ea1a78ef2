//! Markdown, with the fields of the article in a front matter: YAML between `---`, TOML between
//! `+++`, or JSON; and without one, where the name says that it is Markdown.
//!
//! The text loses its marks but keeps its paragraphs.

mod front_matter;
mod text;
mod yaml;

use serde_json::Map;

use super::Reader;
use super::mapped::Candidates;
use super::plain_text::{self, PlainTextOutcome};
use crate::article::{EvidenceKind, Sourced};
use crate::ingest::decode::decode;
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
use crate::ingest::extract::line_class::{self, LineClass};
use crate::ingest::field_map::FieldMap;
use crate::ingest::input::Input;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::{FileContext, ReadOptions};

use text::{line_of, text_of};

/// Reads Markdown.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text() else { return false };
        let is_named = sample.has_extension(&["md", "markdown", "mdown", "mkd"]);
        is_named && !is_json(text)
            || front_matter::split(text).is_some_and(|(matter, _)| !matter.is_empty())
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let map = records.field_map();
        let bytes = match input.take_rest(records.options().limits.max_record_bytes) {
            Ok(bytes) => bytes,
            Err(problem) => return records.fail(None, problem),
        };
        records.record(None, &bytes, |context| {
            Ok(Reading::Draft(read_text(&decode(&bytes, None), &map, context)))
        })
    }
}

/// Tells whether a text that opens with a bracket is JSON rather than a link or a shortcode.
fn is_json(text: &str) -> bool {
    let inner = text.trim_start_matches(['{', '[', ' ', '\t', '\r', '\n']);
    text.starts_with(['{', '[']) && inner.starts_with('"')
}

fn read_text(text: &str, map: &FieldMap, context: &FileContext) -> Draft {
    let front = front_matter::split(text.trim_start());
    let markdown = front.as_ref().map_or(text, |(_, markdown)| markdown);
    let heading = first_heading(markdown);
    if front.is_none() && heading.is_none() {
        return read_page(text, context);
    }
    let has_matter = front.is_some();
    let (matter, _) = front.unwrap_or((Map::new(), text));
    let mut draft = Candidates::of_object(&matter, map).into_draft();
    let mut markdown = markdown;
    if let Some((heading, below)) = heading {
        let line = line_of(heading);
        if draft.title.as_ref().is_none_or(|title| title.value == line) {
            markdown = below;
        }
        let title = Sourced::new(line, EvidenceKind::Text, "first heading");
        draft.title = draft.title.or(Some(title));
        if !has_matter {
            markdown = take_head_lines(markdown, &mut draft);
        }
    }
    let body = text_of(markdown);
    if !body.is_empty() {
        draft.body = body;
    }
    draft
}

/// Takes the lines with author and date off the top of a text, and returns the rest.
fn take_head_lines<'t>(markdown: &'t str, draft: &mut Draft) -> &'t str {
    let mut rest = markdown;
    loop {
        let text = rest.trim_start();
        let (line, below) = text.split_once('\n').unwrap_or((text, ""));
        let line = line.trim().trim_matches(['*', '_']).trim();
        if line.is_empty() || !plain_text::take_credit(line, draft) {
            return rest;
        }
        rest = below;
    }
}

/// Reads a page that was turned into Markdown, with the menus around its article: no fields and no
/// heading open it.
fn read_page(markdown: &str, context: &FileContext) -> Draft {
    let PlainTextOutcome::Article(mut draft) = plain_text::read(&text_of(markdown), context) else {
        return Draft::default();
    };
    let mut headings = markdown.lines().filter_map(|line| line.trim_start().strip_prefix("# "));
    if let Some(heading) = headings.next() {
        let title = line_of(heading);
        let mut paragraphs: Vec<&str> = draft.body.split("\n\n").collect();
        // A sentence that was taken for the headline is of the text.
        let taken = draft.title.as_ref().map(|taken| taken.value.as_str());
        if let Some(line) = taken.filter(|line| line_class::classify(line) == LineClass::Prose) {
            paragraphs.insert(0, line);
        }
        paragraphs.retain(|paragraph| *paragraph != title);
        draft.body = paragraphs.join("\n\n");
        draft.title = Some(Sourced::new(title, EvidenceKind::Text, "first heading"));
    }
    draft
}

/// Returns the text of a heading of the first level that opens the text, and what is below it.
fn first_heading(markdown: &str) -> Option<(&str, &str)> {
    let text = markdown.trim_start_matches(['\n', '\r']);
    let (first, below) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end();
    if let Some(heading) = first.strip_prefix("# ") {
        return Some((heading.trim(), below));
    }
    let (underline, below) = below.split_once('\n').unwrap_or((below, ""));
    let underline = underline.trim_end();
    let is_underline = underline.len() >= 3 && underline.bytes().all(|byte| byte == b'=');
    (is_underline && !first.is_empty()).then_some((first, below))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::testing::read_as;

    #[test]
    fn front_matter_holds_the_fields() {
        let text = "---\ntitle: \"Talks: a third day\"\ndate: 2022-01-25T18:15:00+03:00 # local\n\
            authors:\n  - A. Marsh\n  - name: B. Marsh\n    role: editor\ntags: [a, b]\n\
            summary: >\n  Short\n  text.\n---\n\n# Talks: a third day\n\nOne *long* paragraph\nwith \
            [a link](https://x.example/).\n\n> Two.\n\n- item\n";
        let found = read_as("a.md", text.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "Talks: a third day");
        assert_eq!(
            article.published.as_ref().unwrap().value.to_string(),
            "2022-01-25T18:15:00+03:00"
        );
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["A. Marsh", "B. Marsh"]);
        assert_eq!(article.body, "One long paragraph with a link.\n\nTwo.\n\nitem");
        assert_eq!(read_as("a", text.as_bytes())[0].article().body, article.body);
    }

    #[test]
    fn toml_and_bare_markdown_are_read_too() {
        let toml = "+++\ntitle = \"T\"\ndate = 2022-01-25\n+++\nText.\n";
        let found = read_as("a", toml.as_bytes());
        assert_eq!(found[0].article().published.as_ref().unwrap().value.to_string(), "2022-01-25");
        let bare = "A title\n=======\n\nText with snake_case and 2 * 3.\n\n![picture](x.png)\n";
        let found = read_as("a.md", bare.as_bytes());
        assert_eq!(found[0].article().title_text(), "A title");
        assert_eq!(found[0].article().body, "Text with snake_case and 2 * 3.");
    }

    #[test]
    fn a_page_turned_into_markdown_is_read_without_its_menus() {
        let menu = "[ ](/)\n\n* [Home](/)\n* [World](/world)\n* [Sport](/sport)\n\n";
        let talks = "The ministers met in [Geneva](/g) on *Monday*, and their talks went on until the \
            night fell over the lake.\n\n";
        let end =
            "## Leave a Reply\n\nYour email address will not be published.\n\n[Imprint](/i)\n";
        let days = ["Monday", "Tuesday", "Friday", "Sunday"];
        let text: String = days.map(|day| talks.replace("Monday", day)).concat();
        let page = format!("{menu}# Talks go on\n\n{text}{end}");
        let found = read_as("a.md", page.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "Talks go on");
        assert_eq!(article.body.matches("The ministers met in Geneva on ").count(), 4);
        for litter in ["Home", "Reply", "Imprint", "Talks go on"] {
            assert!(!article.body.contains(litter), "{litter}: {}", article.body);
        }
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        assert!(front_matter::split("---\nJust a text, he said.\n---\n").is_none());
        assert!(front_matter::split("-- title\n-- date\n").is_none());
    }

    #[test]
    fn json_before_a_text_is_a_front_matter() {
        let text = "{\n  \"title\": \"T\",\n  \"date\": \"2022-01-25\"\n}\n\nOne *two*.\n";
        for name in ["a.md", "a"] {
            let found = read_as(name, text.as_bytes());
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].to_string(), format!("{name} T"));
            assert_eq!(found[0].article().body, "One two.");
        }
        let several =
            "{\n\"title\": \"T\", \"text\": \"a\"}\n\n{\n\"title\": \"U\", \"text\": \"b\"}\n";
        assert_eq!(read_as("a.json", several.as_bytes()).len(), 2);
        let array = "[{\"title\": \"T\", \"text\": \"a\"}, {\"title\": \"U\", \"text\": \"b\"}]";
        assert_eq!(read_as("a.md", array.as_bytes()).len(), 2);
    }

    #[test]
    fn notes_of_clippers_name_address_and_authors() {
        let note = "---\nsource: \"https://c.example/bridge\"\nauthor:\n  - \"[[Ann Lee]]\"\n  - \"[[people/bob|Bob Ray]]\"\n\
            published: 2022-01-25\n---\n# Bridge\n\nThe [[council]].\n";
        let found = read_as("a.md", note.as_bytes());
        let article = found[0].article();
        assert_eq!(article.url.as_ref().unwrap().value, "https://c.example/bridge");
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["Ann Lee", "Bob Ray"]);
        assert_eq!((article.title_text(), &*article.body), ("Bridge", "The council."));
    }

    #[test]
    fn author_and_date_may_stand_below_the_heading() {
        for credits in [
            "By Ann Lee\nJanuary 25, 2022",
            "*By Ann Lee*\n\n**January 25, 2022**",
            "By Ann Lee, 25 January 2022",
        ] {
            let text = format!("# Bridge to close #\n{credits}\n\nThe council voted.\n");
            let found = read_as("a.md", text.as_bytes());
            let article = found[0].article();
            assert_eq!(article.title_text(), "Bridge to close");
            assert_eq!(article.byline.as_ref().unwrap().value.authors, ["Ann Lee"]);
            assert_eq!(article.published.as_ref().unwrap().value.to_string(), "2022-01-25");
            assert_eq!(article.body, "The council voted.");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(---|\\+\\+\\+|\n|- |: |#|\\*|_|`|\\[|\\]\\(|\\)|!|>|  |\\[|\"|'|a|é){0,40}") {
            let context = FileContext::default();
            read_text(&text, &FieldMap::default(), &context);
            read_text(&format!("---\n{text}\n---\n{text}"), &FieldMap::default(), &context);
        }
    }
}
