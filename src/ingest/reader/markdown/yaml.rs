//! The YAML of a front matter as JSON: every scalar a text, so that a date or a number is read as it was
//! written.
//!
//! Notes are written by hand, and one line that is no YAML, such as a title with a colon in it, must
//! not cost the others: then each key is read for itself, and what is still none as a plain text.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// Values lie in each other this deep.
const MAX_DEPTH: usize = 32;

/// The most values, those counted again that an alias repeats.
const MAX_VALUES: usize = 20_000;

/// Returns the fields that a front matter holds, or `None` where it holds none.
pub(super) fn read(matter: &str) -> Option<Map<String, Value>> {
    let Some(value) = parse(matter) else { return read_by_key(matter) };
    match value {
        Value::Object(map) => map.keys().next().is_some_and(|key| is_key(key)).then_some(map),
        _ => None,
    }
}

/// Returns the value that a document in YAML is; `None` where it is none, or is too large or deep.
fn parse(text: &str) -> Option<Value> {
    let mut loader = Loader::default();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.ok()?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        loader.take(event)?;
    }
    loader.root
}

/// Puts the values together that a parser comes across.
#[derive(Default)]
struct Loader {
    open: Vec<Open>,
    anchors: HashMap<usize, (Value, usize)>,
    values: usize,
    root: Option<Value>,
}

/// A list or map that is not yet complete.
struct Open {
    anchor: usize,
    /// How many values there were before it.
    values: usize,
    content: Content,
}

enum Content {
    List(Vec<Value>),
    /// The pairs, and the key whose value comes next.
    Map(Map<String, Value>, Option<String>),
}

impl Loader {
    fn take(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_null = style == ScalarStyle::Plain
                    && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if is_null { Value::Null } else { Value::String(text.into_owned()) };
                self.give(value, anchor, 1)
            }
            Event::Alias(anchor) => {
                let (_, values) = self.anchors.get(&anchor)?;
                let values = *values;
                // Before the copy: aliases of aliases grow without bound.
                self.count(values)?;
                let value = self.anchors.get(&anchor)?.0.clone();
                self.place(value);
                Some(())
            }
            Event::SequenceStart(anchor, _) => self.open(anchor, Content::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.open(anchor, Content::Map(Map::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                let Open { anchor, values, content } = self.open.pop()?;
                let value = match content {
                    Content::List(list) => Value::Array(list),
                    Content::Map(map, _) => Value::Object(map),
                };
                self.give(value, anchor, self.values - values)
            }
            _ => Some(()),
        }
    }

    fn open(&mut self, anchor: usize, content: Content) -> Option<()> {
        self.open.push(Open { anchor, values: self.values, content });
        (self.open.len() <= MAX_DEPTH).then_some(())
    }

    fn count(&mut self, values: usize) -> Option<()> {
        self.values += values;
        (self.values <= MAX_VALUES).then_some(())
    }

    /// Takes in a complete value, which itself counts one and with all in it `values`.
    fn give(&mut self, value: Value, anchor: usize, values: usize) -> Option<()> {
        self.count(1)?;
        if anchor > 0 {
            self.anchors.insert(anchor, (value.clone(), values + 1));
            self.count(values)?;
        }
        self.place(value);
        Some(())
    }

    fn place(&mut self, value: Value) {
        let Some(Open { content, .. }) = self.open.last_mut() else {
            self.root.get_or_insert(value);
            return;
        };
        match content {
            Content::List(list) => list.push(value),
            Content::Map(map, pending) => match pending.take() {
                Some(key) => insert(map, key, value),
                None => *pending = Some(value.as_str().unwrap_or_default().to_owned()),
            },
        }
    }
}

/// Adds a pair, or those of another map that `<<` merges.
fn insert(map: &mut Map<String, Value>, key: String, value: Value) {
    match value {
        Value::Object(others) if key == "<<" => {
            for (key, value) in others {
                map.entry(key).or_insert(value);
            }
        }
        value => {
            map.insert(key, value);
        }
    }
}

/// Reads each key with the lines that belong to it; `None` where the first line has none, or most
/// lines have none.
fn read_by_key(matter: &str) -> Option<Map<String, Value>> {
    let mut map = Map::new();
    let mut entry = String::new();
    let (mut keys, mut others) = (0, 0);
    for line in matter.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let is_inner = line.trim().is_empty() || line.starts_with([' ', '\t', '-', ']', '}']);
        if split_key(line).is_some() && !is_inner {
            read_entry(&entry, &mut map);
            entry.clear();
            keys += 1;
        } else if keys == 0 && !line.trim().is_empty() {
            return None;
        } else {
            others += usize::from(!is_inner);
        }
        entry.push_str(line);
        entry.push('\n');
    }
    read_entry(&entry, &mut map);
    (keys > others).then_some(map)
}

fn read_entry(entry: &str, map: &mut Map<String, Value>) {
    match parse(entry) {
        Some(Value::Object(pairs)) => map.extend(pairs),
        _ => {
            let Some((key, value)) = split_key(entry) else { return };
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = value.trim_matches(['"', '\'']).to_owned();
            map.insert(key.to_owned(), Value::String(text));
        }
    }
}

/// Splits `key: value`.
fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_separate = value.is_empty() || value.starts_with(char::is_whitespace);
    let key = key.trim().trim_matches(['"', '\'']);
    (is_separate && is_key(key)).then_some((key, value))
}

/// Tells whether a text before a colon is a key rather than the beginning of a sentence.
fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 60
        && text.split_whitespace().count() <= 4
        && !text.contains(['.', '!', '?', ',', '\n', '*', '['])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn check(matter: &str, expected: Value) {
        assert_eq!(read(matter).map(Value::Object), Some(expected), "{matter}");
    }

    #[test]
    fn yaml_is_read_as_generators_write_it() {
        let long =
            "authors:\n- Ann\n- Bob\ndescription: The council\n  voted.\ntitle: \"Two\n  lines\"\n";
        check(
            long,
            json!({"authors": ["Ann", "Bob"], "description": "The council voted.", "title": "Two lines"}),
        );
        check(
            "a:\n  [\n    \"x\",\n    y,\n  ]\nb: { name: n, o: \"@n\" }",
            json!({"a": ["x", "y"], "b": {"name": "n", "o": "@n"}}),
        );
        check(
            "content/type: s\nog:image: i\n\"@type\": t",
            json!({"content/type": "s", "og:image": "i", "@type": "t"}),
        );
        check(
            "a:\n-\n  name: n\n-   name: o\n    role: r",
            json!({"a": [{"name": "n"}, {"name": "o", "role": "r"}]}),
        );
        check(
            "# c\nt: \"C# is\" # d\nd: 2022-01-25 # day\na: 'O''Hara'",
            json!({"t": "C# is", "d": "2022-01-25", "a": "O'Hara"}),
        );
        check(
            "t: &t Anch\nd: !!timestamp 2022-01-25\nu: *t",
            json!({"t": "Anch", "d": "2022-01-25", "u": "Anch"}),
        );
        check(
            "b: &b {x: 1}\nc:\n  <<: *b\n  y: ~",
            json!({"b": {"x": "1"}, "c": {"x": "1", "y": null}}),
        );
        check("t: >-\n  a\n  b\nu: |\n  c\n  d", json!({"t": "a b", "u": "c\nd\n"}));
    }

    #[test]
    fn a_broken_line_costs_no_other() {
        check(
            "title: Broken: colon: here\ndate: 2022-01-25\nauthor: \"Ann\n",
            json!({"title": "Broken: colon: here", "date": "2022-01-25", "author": "Ann"}),
        );
        check(
            "title:\tTabbed\ntags:\n\t- a\nx: y",
            json!({"title": "Tabbed", "tags": "- a", "x": "y"}),
        );
        check(
            "title: @home\ntags: [a, b\nx: y",
            json!({"title": "@home", "tags": "[a, b", "x": "y"}),
        );
    }

    #[test]
    fn prose_between_rules_is_none() {
        for text in [
            "Just a text, he said.",
            "The council voted. He said: no.",
            "",
            "- a\n- b",
            "# only a comment",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn hostile_yaml_is_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(", ")));
        }
        assert_eq!(parse(&bomb), None);
        for open in ["[", "{a: ", "- ", "? "] {
            assert_eq!(parse(&format!("a: b\nc: {}", open.repeat(50_000))), None);
        }
    }

    proptest! {
        #[test]
        fn no_yaml_panics(text in "(a|: |\n|- |  |\\[|\\]|\\{|\\}|\"|'|&a |\\*a|\\||>|!|%|\t|é|<<|\\?|,|#|---|\\.\\.\\.){0,40}") {
            read(&text);
        }
    }
}
