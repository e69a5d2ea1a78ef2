//! The text of a record: plain, marked up, or in the blocks of an editor.
//!
//! Editors keep a text as a tree: blocks (paragraphs, headings, lists) that hold pieces of a line
//! (words in bold, links). Blocks are paragraphs here, and the pieces of one line are put together
//! again. The trees of ProseMirror, Slate, Lexical, Editor.js, Arc and Telegram differ in the names
//! of their keys alone.

use serde_json::{Map, Value};

use super::mapped::is_null;
use crate::ingest::markup;
use crate::ingest::paragraph::unwrap_lines;

/// Blocks inside blocks are looked into this deep.
const MAX_DEPTH: usize = 16;

/// Blocks of these types, as the systems of publishers have them, are no part of the text.
const OTHER_BLOCKS: &[&str] = &[
    "title",
    "headline",
    "kicker",
    "byline",
    "date",
    "image",
    "video",
    "gallery",
    "author_info",
    "tweet",
    "instagram",
    "inline-story",
    "deck",
    "interstitial_link",
    "ad",
    "advertisement",
    "raw_html",
    "custom_embed",
    "link_list",
    "reference",
    "divider",
    "list_links",
];

/// The types of blocks that are the whole text rather than a paragraph of it.
const ROOTS: &[&str] = &["doc", "document", "root"];

/// Keys under which a block has its text or what it is made of, best first.
const INNER_KEYS: &[&str] = &[
    "rendered",
    "content",
    "text",
    "value",
    "html",
    "body",
    "paragraphs",
    "content_elements",
    "children",
    "blocks",
    "root",
    "nodes",
    "leaves",
    "data",
    "items",
    "#text",
    "plain",
    "$t",
];

/// Returns the paragraphs of a value of JSON, separated by blank lines.
pub(super) fn of_value(value: &Value) -> String {
    let mut blocks = Vec::new();
    collect_blocks(value, 0, Place::Outside, &mut blocks);
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n")
}

/// Returns the paragraphs of a text that is plain or a fragment of HTML.
pub(super) fn of_text(text: &str) -> String {
    let text = text.trim();
    if is_null(text) {
        return String::new();
    }
    if text.contains('<') && markup::is_html(text) {
        return markup::article_text_of(text);
    }
    let decoded = markup::decode_entities(text);
    if decoded.contains('<') && decoded.len() < text.len() && markup::is_html(&decoded) {
        return markup::article_text_of(&decoded);
    }
    // Some exports escape their line breaks twice.
    if !decoded.contains('\n') && decoded.contains("\\n") {
        return unwrap_lines(&decoded.replace("\\r", "").replace("\\n", "\n"));
    }
    unwrap_lines(&decoded)
}

/// Tells whether a text is a whole page rather than a fragment of one.
pub(super) fn is_page(text: &str) -> bool {
    /// A page says what it is in its first words, behind a comment or a declaration at most.
    const HEAD_BYTES: usize = 512;
    let text = text.trim_start();
    let head = &text.as_bytes()[..text.len().min(HEAD_BYTES)];
    let opens = |tag: &[u8]| {
        head.windows(tag.len() + 1).any(|bytes| {
            let (name, behind) = bytes.split_at(tag.len());
            name.eq_ignore_ascii_case(tag) && matches!(behind, b">" | b" " | b"\n" | b"\r" | b"\t")
        })
    };
    text.starts_with('<') && (opens(b"<html") || opens(b"<body"))
}

/// Tells whether an object holds the text of an article in blocks, or a rendered one.
pub(super) fn is_rich_text(object: &Map<String, Value>) -> bool {
    if object.contains_key("rendered") {
        return true;
    }
    ["blocks", "content", "children", "nodes", "root", "document"].iter().any(|key| {
        match object.get(*key) {
            Some(Value::Array(elements)) => are_blocks(elements),
            Some(Value::Object(inner)) => inner.get("type").is_some() && is_rich_text(inner),
            _ => false,
        }
    })
}

/// Tells whether all elements are paragraphs or blocks of a text.
pub(super) fn are_blocks(elements: &[Value]) -> bool {
    let is_block = |element: &Value| match element {
        Value::String(_) => true,
        Value::Object(object) => is_block(object),
        _ => false,
    };
    !elements.is_empty() && elements.iter().all(is_block)
}

/// Tells whether an object is a block of a text and no record of its own.
pub(super) fn is_block(object: &Map<String, Value>) -> bool {
    let is_typed = ["type", "object", "_type"].iter().any(|key| object.contains_key(*key));
    let names_itself =
        ["title", "headline", "url", "link"].iter().any(|key| object.contains_key(*key));
    is_typed && !names_itself || object.get("children").is_some_and(Value::is_array)
}

/// Where in a text a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between the blocks.
    Outside,
    /// In a paragraph, whose pieces are one line.
    InBlock,
}

fn collect_blocks(value: &Value, depth: usize, place: Place, blocks: &mut Vec<String>) {
    match value {
        Value::String(text) => blocks.push(of_text(text)),
        Value::Array(elements) if depth < MAX_DEPTH => match line_of(elements, place) {
            Some(line) => blocks.push(of_text(&line)),
            None => {
                for element in elements {
                    collect_blocks(element, depth + 1, place, blocks);
                }
            }
        },
        Value::Object(object) if depth < MAX_DEPTH => {
            let kind = object.get("type").and_then(Value::as_str);
            if kind.is_some_and(|kind| OTHER_BLOCKS.contains(&kind)) {
                return;
            }
            let is_block = kind.is_some_and(|kind| !ROOTS.contains(&kind));
            let place = if is_block { Place::InBlock } else { Place::Outside };
            if let Some(inner) = INNER_KEYS.iter().find_map(|key| object.get(*key)) {
                collect_blocks(inner, depth + 1, place, blocks);
            }
        }
        _ => {}
    }
}

/// Returns the elements as one line where they are pieces of one: in a block, or texts and objects mixed.
fn line_of(elements: &[Value], place: Place) -> Option<String> {
    let is_mixed = elements.iter().any(Value::is_string) && elements.iter().any(Value::is_object);
    let has_pieces = elements.iter().any(Value::is_object);
    if !has_pieces || !is_mixed && place == Place::Outside {
        return None;
    }
    let mut line = String::new();
    for element in elements {
        push_piece(element, 0, &mut line)?;
    }
    Some(line)
}

/// Appends a piece of a line; `None` where the value is a block.
fn push_piece(value: &Value, depth: usize, line: &mut String) -> Option<()> {
    /// Pieces that hold pieces themselves.
    const HOLDERS: &[&str] = &["a", "link", "mention", "inline", "autolink"];
    let object = match value {
        Value::String(text) => {
            line.push_str(text);
            return Some(());
        }
        Value::Object(object) if depth < MAX_DEPTH => object,
        _ => return None,
    };
    let kind = object.get("type").or(object.get("object")).and_then(Value::as_str);
    if let Some("hardBreak" | "hard_break" | "linebreak" | "br") = kind {
        line.push('\n');
        return Some(());
    }
    if let Some(Value::String(text)) = object.get("text") {
        line.push_str(text);
        return Some(());
    }
    let inner = ["children", "content", "nodes", "leaves"].iter().find_map(|key| object.get(*key));
    let is_holder = kind.is_none_or(|kind| HOLDERS.contains(&kind) || kind == "text");
    let elements = inner.and_then(Value::as_array).filter(|_| is_holder)?;
    elements.iter().try_for_each(|element| push_piece(element, depth + 1, line))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn blocks_are_paragraphs_and_their_pieces_lines() {
        let telegram = json!(["Now: ", {"type": "bold", "text": "talks"}, " begin."]);
        let prose_mirror = json!({"type": "doc", "content": [
            {"type": "paragraph", "content": [
                {"type": "text", "text": "Now: "}, {"type": "text", "text": "talks"},
                {"type": "hardBreak"}, {"type": "text", "text": " begin."}]},
            {"type": "bulletList", "content": [{"type": "listItem", "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": "Two."}]}]}]}]});
        let slate = json!([
            {"type": "p", "children": [{"text": "Now: "}, {"type": "a", "children": [
                {"text": "talks"}]}, {"text": " begin."}]},
            {"children": [{"text": "Two."}]}]);
        let lexical = json!({"root": {"type": "root", "children": [
            {"type": "paragraph", "children": [{"type": "text", "text": "Now: "},
                {"type": "link", "children": [{"type": "text", "text": "talks begin."}]}]},
            {"type": "paragraph", "children": [{"type": "text", "text": "Two."}]}]}});
        let editor_js = json!({"blocks": [
            {"type": "paragraph", "data": {"text": "Now: <b>talks</b> begin."}},
            {"type": "list", "data": {"items": ["Two.", "Three."]}}]});
        let arc = json!([
            {"type": "kicker", "content": "World"},
            {"type": "text", "content": "Now: <b>talks</b> begin."},
            {"type": "text", "content": "Two."}]);
        for (value, expected) in [
            (telegram, "Now: talks begin."),
            (prose_mirror, "Now: talks begin.\n\nTwo."),
            (slate, "Now: talks begin.\n\nTwo."),
            (lexical, "Now: talks begin.\n\nTwo."),
            (editor_js, "Now: talks begin.\n\nTwo.\n\nThree."),
            (arc, "Now: talks begin.\n\nTwo."),
            (json!(["One.", "Two."]), "One.\n\nTwo."),
            (json!([{"text": "One."}, {"text": "Two."}]), "One.\n\nTwo."),
        ] {
            assert_eq!(of_value(&value), expected, "{value}");
        }
    }

    #[test]
    fn pages_say_what_they_are() {
        assert!(is_page("<!DOCTYPE html>\n<html lang=en>"));
        assert!(is_page("\n<BODY>x"));
        assert!(!is_page("<p>The tag <html> opens a page.</p>".split_at(3).1));
        assert!(!is_page("<htmlx>") && !is_page("<p>x"));
    }
}
