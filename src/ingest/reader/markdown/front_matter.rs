//! The fields before a Markdown text: YAML between `---`, TOML between `+++`, or JSON in braces.

use serde_json::{Map, Value};

use super::yaml;
use crate::ingest::reader::json_scan;

/// Returns the fields before a text and the text; `None` where there are none.
pub(super) fn split(text: &str) -> Option<(Map<String, Value>, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let (mut fields, body) = match first.trim_end() {
        "---" => {
            let (matter, body) = split_at_line(rest, &["---", "..."])?;
            (yaml::read(matter)?, body)
        }
        "+++" => {
            let (matter, body) = split_at_line(rest, &["+++"])?;
            let table: toml::Table = matter.parse().ok()?;
            let fields = table.into_iter().map(|(key, value)| (key, toml_to_json(value)));
            (fields.collect(), body)
        }
        "{" => split_json(text)?,
        _ => return None,
    };
    for value in fields.values_mut() {
        unlink(value);
    }
    Some((fields, body))
}

/// Splits an object in JSON from the text behind it, which a blank line parts and which is no JSON
/// itself.
fn split_json(text: &str) -> Option<(Map<String, Value>, &str)> {
    let length = json_scan::value_length(text.as_bytes());
    let (object, body) = text.split_at_checked(length)?;
    let is_apart = body
        .trim_start_matches([' ', '\t', '\r'])
        .strip_prefix('\n')?
        .trim_start_matches([' ', '\r'])
        .starts_with('\n');
    let is_text = !body.trim_start().is_empty()
        && !body.trim_start().starts_with(['{', '[', '}', ']', ',', '"']);
    (is_apart && is_text).then(|| Some((serde_json::from_str(object).ok()?, body)))?
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

/// Takes the marks of links between notes off a value: `[[Ann Lee]]`, `[[people/ann|Ann Lee]]`.
fn unlink(value: &mut Value) {
    match value {
        Value::String(text) => {
            let linked = text.strip_prefix("[[").and_then(|text| text.strip_suffix("]]"));
            if let Some(linked) = linked {
                *text = linked.rsplit('|').next().unwrap_or_default().to_owned();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(unlink),
        _ => {}
    }
}
