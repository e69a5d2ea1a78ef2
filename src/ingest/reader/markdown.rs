//! Markdown, with the fields of the article in a front matter: YAML between `---`, TOML between
//! `+++`, or JSON; and without one, where the name says that it is Markdown.
//!
//! Of YAML what front matters use is read: scalars, quoted ones, lists, block texts and one level
//! of maps. The text loses its marks but keeps its paragraphs.

use std::borrow::Cow;

use serde_json::{Map, Value};

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
use crate::ingest::markup;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::{FileContext, ReadOptions};

/// Reads Markdown.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text() else { return false };
        sample.has_extension(&["md", "markdown", "mdown", "mkd"])
            || split_front_matter(text).is_some_and(|(matter, _)| !matter.is_empty())
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

fn read_text(text: &str, map: &FieldMap, context: &FileContext) -> Draft {
    let front = split_front_matter(text.trim_start());
    let heading = first_heading(front.as_ref().map_or(text, |(_, markdown)| markdown));
    if front.is_none() && heading.is_none() {
        return read_page(text, context);
    }
    let (matter, markdown) = front.unwrap_or((Map::new(), text));
    let mut draft = Candidates::of_object(&matter, map).into_draft();
    let mut body = text_of(markdown);
    if let Some(heading) = heading {
        let line = inline(heading);
        let repeats = draft.title.as_ref().is_none_or(|title| title.value == line);
        if repeats && let Some(rest) = body.strip_prefix(line.as_str()) {
            body = rest.trim_start().to_owned();
        }
        let title = Sourced::new(line, EvidenceKind::Text, "first heading");
        draft.title = draft.title.or(Some(title));
    }
    if !body.is_empty() {
        draft.body = body;
    }
    draft
}

/// Reads a page that was turned into Markdown, with the menus around its article: no fields and no
/// heading open it.
fn read_page(markdown: &str, context: &FileContext) -> Draft {
    let PlainTextOutcome::Article(mut draft) = plain_text::read(&text_of(markdown), context) else {
        return Draft::default();
    };
    let mut headings = markdown.lines().filter_map(|line| line.trim_start().strip_prefix("# "));
    if let Some(heading) = headings.next() {
        let title = inline(without_closing(heading));
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

/// Returns the text of a heading of the first level that opens the text.
fn first_heading(markdown: &str) -> Option<&str> {
    let mut lines = markdown.lines().map(str::trim_end).skip_while(|line| line.is_empty());
    let first = lines.next()?;
    if let Some(heading) = first.strip_prefix("# ") {
        return Some(without_closing(heading));
    }
    let is_underline = |line: &str| line.len() >= 3 && line.bytes().all(|byte| byte == b'=');
    lines.next().is_some_and(is_underline).then_some(first)
}

/// Takes off what may close a heading: `Talks go on ##`.
fn without_closing(heading: &str) -> &str {
    heading.trim().trim_end_matches('#').trim_end()
}

/// Returns the fields before a text and the text; `None` where there are none.
fn split_front_matter(text: &str) -> Option<(Map<String, Value>, &str)> {
    let (first, rest) = text.split_once('\n')?;
    match first.trim_end() {
        "---" => {
            let (matter, body) = split_at_line(rest, &["---", "..."])?;
            Some((read_yaml(matter)?, body))
        }
        "+++" => {
            let (matter, body) = split_at_line(rest, &["+++"])?;
            let table: toml::Table = matter.parse().ok()?;
            match toml_to_json(toml::Value::Table(table)) {
                Value::Object(map) => Some((map, body)),
                _ => None,
            }
        }
        "{" => {
            let length = super::json_scan::value_length(text.as_bytes());
            let body = text.get(length..).filter(|body| !body.trim().is_empty())?;
            Some((serde_json::from_str(&text[..length]).ok()?, body))
        }
        _ => None,
    }
}

fn split_at_line<'t>(text: &'t str, ends: &[&str]) -> Option<(&'t str, &'t str)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if ends.contains(&line.trim_end()) {
            return Some((&text[..start], &text[end..]));
        }
        start = end;
    }
    None
}

fn toml_to_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(values) => values.into_iter().map(toml_to_json).collect(),
        toml::Value::Table(table) => Value::Object(
            table.into_iter().map(|(key, value)| (key, toml_to_json(value))).collect(),
        ),
    }
}

/// Reads the YAML of a front matter, or returns `None` where a line is none.
fn read_yaml(matter: &str) -> Option<Map<String, Value>> {
    let lines: Vec<&str> = matter.lines().map(str::trim_end).collect();
    let mut position = 0;
    let map = read_map(&lines, &mut position, 0)?;
    (position == lines.len()).then_some(map)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_skipped(line: &str) -> bool {
    line.is_empty() || line.trim_start().starts_with('#')
}

fn read_map(lines: &[&str], position: &mut usize, indent: usize) -> Option<Map<String, Value>> {
    let mut map = Map::new();
    while let Some(line) = lines.get(*position) {
        if is_skipped(line) {
            *position += 1;
            continue;
        }
        if indentation(line) < indent {
            break;
        }
        let (key, value) = split_key(line.trim_start())?;
        *position += 1;
        let value = match value {
            "" => read_nested(lines, position, indent)?,
            ">" | "|" | ">-" | "|-" | ">+" | "|+" => {
                Value::String(read_block(lines, position, indent, value.starts_with('>')))
            }
            _ => scalar(value),
        };
        map.insert(key, value);
    }
    Some(map)
}

/// Splits `key: value`; a key is a word or in quotes.
fn split_key(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
    let is_key = !key.is_empty()
        && key.len() < 60
        && key.chars().all(|letter| letter.is_alphanumeric() || "_- .".contains(letter));
    let is_separate = value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && is_separate).then(|| (key.to_owned(), value.trim()))
}

/// Reads what stands under a key without a value: a list, a map, or nothing.
fn read_nested(lines: &[&str], position: &mut usize, indent: usize) -> Option<Value> {
    while lines.get(*position).is_some_and(|line| is_skipped(line)) {
        *position += 1;
    }
    let Some(line) = lines.get(*position) else { return Some(Value::Null) };
    let inner = indentation(line);
    if line.trim_start().starts_with("- ") && inner >= indent {
        return read_list(lines, position, inner);
    }
    match inner > indent {
        true => read_map(lines, position, inner).map(Value::Object),
        false => Some(Value::Null),
    }
}

fn read_list(lines: &[&str], position: &mut usize, indent: usize) -> Option<Value> {
    let mut values = Vec::new();
    while let Some(line) = lines.get(*position) {
        if is_skipped(line) {
            *position += 1;
            continue;
        }
        let Some(value) =
            line.trim_start().strip_prefix("- ").filter(|_| indentation(line) == indent)
        else {
            break;
        };
        *position += 1;
        let mut value = match split_key(value).filter(|_| !value.starts_with(['"', '\''])) {
            Some((key, inner)) => Value::Object(Map::from_iter([(key, scalar(inner))])),
            None => scalar(value.trim()),
        };
        let is_inside = |line: &&&str| indentation(line) > indent && !is_skipped(line);
        if let Value::Object(map) = &mut value
            && lines.get(*position).filter(is_inside).is_some()
        {
            map.extend(read_map(lines, position, indent + 1)?);
        }
        values.push(value);
    }
    Some(Value::Array(values))
}

/// Reads the lines of a block text, joined when it is folded.
fn read_block(lines: &[&str], position: &mut usize, indent: usize, is_folded: bool) -> String {
    let mut text = String::new();
    while let Some(line) = lines.get(*position) {
        if !line.is_empty() && indentation(line) <= indent {
            break;
        }
        *position += 1;
        if !text.is_empty() {
            text.push(if is_folded && !line.is_empty() { ' ' } else { '\n' });
        }
        text.push_str(line.trim_start());
    }
    text.trim_end().to_owned()
}

fn scalar(text: &str) -> Value {
    if let Some(quoted) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        let parsed = serde_json::from_str(text).ok();
        return parsed.unwrap_or_else(|| Value::String(quoted.to_owned()));
    }
    if let Some(quoted) = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        return Value::String(quoted.replace("''", "'"));
    }
    if let Some(list) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        let values = list.split(',').map(str::trim).filter(|value| !value.is_empty());
        return values.map(scalar).collect();
    }
    let text = text.split_once(" #").map_or(text, |(text, _)| text.trim_end());
    match text {
        "~" | "null" => Value::Null,
        _ => Value::String(text.to_owned()),
    }
}

/// Returns the paragraphs of a Markdown text without their marks.
fn text_of(markdown: &str) -> String {
    let markdown = without_comments(markdown);
    let mut paragraphs = String::with_capacity(markdown.len());
    let mut is_code = false;
    for line in markdown.lines() {
        let line = line.trim_end();
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            is_code = !is_code;
            continue;
        }
        if is_code {
            paragraphs.push_str(line);
            paragraphs.push('\n');
            continue;
        }
        let (text, is_block) = without_block_marks(line);
        if is_block {
            paragraphs.push('\n');
        }
        paragraphs.push_str(&inline(text));
        paragraphs.push('\n');
        if line.trim_start().starts_with('#') {
            paragraphs.push('\n');
        }
    }
    let text = match markup::is_html(&paragraphs) {
        true => markup::text_of(&paragraphs),
        false => paragraphs,
    };
    text.trim().to_owned()
}

/// Returns a text without comments of HTML, such as the one that ends an excerpt.
fn without_comments(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("<!--") {
        return Cow::Borrowed(markdown);
    }
    let mut kept = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Returns the text of a line and whether it opens a paragraph of its own: headings, quotes, items.
fn without_block_marks(line: &str) -> (&str, bool) {
    let text = line.trim_start();
    let heading = text.trim_start_matches('#');
    if heading.len() < text.len() && heading.starts_with(' ') {
        return (without_closing(heading), true);
    }
    if let Some(quote) = text.strip_prefix('>') {
        return (quote.trim_start(), false);
    }
    for mark in ["- ", "* ", "+ "] {
        if let Some(item) = text.strip_prefix(mark) {
            return (item, true);
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) && text[digits..].starts_with(". ") {
        return (&text[digits + 2..], true);
    }
    let is_rule = text.len() >= 3
        && (text.bytes().all(|byte| byte == b'-' || byte == b' ')
            || text.bytes().all(|byte| byte == b'*' || byte == b' ')
            || text.bytes().all(|byte| byte == b'='));
    if is_rule { ("", true) } else { (line, false) }
}

/// Returns a line without the marks of emphasis, links and pictures.
fn inline(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(position) = rest.find(['[', '!', '*', '_', '`', '\\']) {
        text.push_str(&rest[..position]);
        rest = &rest[position..];
        rest = &rest[push_inline(&mut text, rest)..];
    }
    text.push_str(rest);
    text
}

/// Appends what stands for the mark that `rest` starts with, and returns how long it is.
fn push_inline(text: &mut String, rest: &str) -> usize {
    let is_picture = rest.starts_with("![");
    if is_picture || rest.starts_with('[') {
        let open = usize::from(is_picture) + 1;
        if let Some((label, length)) = link(&rest[open..]) {
            if !is_picture {
                text.push_str(&inline(label));
            }
            return open + length;
        }
    }
    let mark = rest.as_bytes()[0];
    if mark == b'\\' && rest.as_bytes().get(1).is_some_and(u8::is_ascii_punctuation) {
        text.push_str(&rest[1..2]);
        return 2;
    }
    let run = rest.bytes().take_while(|byte| *byte == mark).count();
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let (before, after) = (text.chars().next_back(), rest[run..].chars().next());
    let is_emphasis = match mark {
        b'`' => true,
        b'*' => is_word(before) || after.is_some_and(|letter| !letter.is_whitespace()),
        b'_' => is_word(before) != is_word(after),
        _ => false,
    };
    if !is_emphasis {
        text.push_str(&rest[..run]);
    }
    run
}

/// Returns the label of a link whose `[` was passed, and the length up to its end.
fn link(rest: &str) -> Option<(&str, usize)> {
    let close = rest.find("](")?;
    let label = &rest[..close];
    if label.contains(['[', '\n']) {
        return None;
    }
    let end = rest[close..].find(')')?;
    Some((label, close + end + 1))
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
        assert!(split_front_matter("---\nJust a text, he said.\n---\n").is_none());
        assert!(split_front_matter("-- title\n-- date\n").is_none());
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
