//! XML of no known vocabulary, as databases export it: read like JSON, by the names of its elements.
//!
//! What holds no element that is known to be of an article is left out, with the name of its root,
//! rather than taken for plain text.

use serde_json::{Map, Value};

use super::Reader;
use super::mapped::Candidates;
use super::record_arrays::{RecordsAt, find_records};
use crate::ingest::ReadOptions;
use crate::ingest::decode::{declared_in_markup, decode};
use crate::ingest::detect::Sample;
use crate::ingest::error::SkipReason;
use crate::ingest::input::Input;
use crate::ingest::markup;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::xml::{Document, Node};

/// Reads XML by the names of its elements.
pub(super) struct XmlExport;

impl Reader for XmlExport {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text().filter(|text| text.starts_with('<')) else { return false };
        text.starts_with("<?xml")
            || (sample.root_element().is_some() && (text.contains("</") || text.contains("/>")))
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let map = &records.field_map();
        let bytes = match input.take_rest(records.options().limits.max_record_bytes) {
            Ok(bytes) => bytes,
            Err(problem) => return records.fail(None, problem),
        };
        let text = decode(&bytes, declared_in_markup(&bytes));
        let document = match Document::parse(&text, "XML") {
            Ok(document) => document,
            Err(problem) => return records.fail(None, problem),
        };
        // Of several documents in a row each is a record of the whole.
        let is_one = document.roots().nth(1).is_none();
        let root = if is_one { document.root() } else { document.whole() };
        let reading = |node: Node<'_>| {
            let reading = match value_of(node) {
                Value::Object(object) => {
                    Reading::Draft(Candidates::of_object(&object, map).into_draft())
                }
                _ => Reading::Skip(SkipReason::NoText),
            };
            reading.damaged_by(document.damage_of(node))
        };
        let found = find_records(&value_of(root), map);
        match found {
            RecordsAt::Itself => records.record(None, &bytes, |_| reading(root)),
            RecordsAt::Under(paths) => {
                let nodes: Vec<_> =
                    paths.iter().filter_map(|path| nodes_at(root, path)).flatten().collect();
                let is_named = nodes.iter().any(|node| document.damage_of(*node).is_some());
                for (number, node) in (1..).zip(nodes) {
                    records.record(Some(number), node.markup().as_bytes(), |_| reading(node))?;
                }
                let damage = document.damage().filter(|_| !is_named);
                damage.map_or(Flow::Continue(()), |problem| records.fail(None, problem))
            }
            RecordsAt::Nowhere => {
                let reason = format!("XML of an unknown kind (`{}`)", root.name());
                records.skip(None, SkipReason::Unsupported(reason))
            }
        }
    }
}

/// Returns the elements that a path of names leads to: all of the last name, or all that are inside
/// where the path is that of an element whose children have different names.
fn nodes_at<'d>(root: Node<'d>, path: &[String]) -> Option<Vec<Node<'d>>> {
    let Some((last, way)) = path.split_last() else { return Some(root.children().collect()) };
    let parent = way.iter().try_fold(root, |node, name| node.at(&[name.as_str()]))?;
    Some(parent.children_named(last).collect())
}

/// Returns an element as JSON has it: one with parts as an object, in which a name that comes twice
/// is an array, and one with text, or parts that mark up a text, as a text of HTML.
fn value_of(node: Node<'_>) -> Value {
    let has_parts = node.children().next().is_some();
    if !has_parts || !node.children().any(has_own_parts) && markup::is_html(node.markup()) {
        return Value::String(match has_parts {
            true => node.markup().to_owned(),
            false => node.paragraphs(),
        });
    }
    let mut object = Map::new();
    for child in node.children() {
        let value = value_of(child);
        match object.get_mut(child.name()) {
            Some(Value::Array(values)) => values.push(value),
            Some(first) => {
                let before = first.take();
                *first = Value::Array(vec![before, value]);
            }
            None => {
                object.insert(child.name().to_owned(), value);
            }
        }
    }
    Value::Object(object)
}

/// Tells whether an element has parts that are none of HTML.
fn has_own_parts(node: Node<'_>) -> bool {
    !markup::is_html(&format!("<{}>", node.name()))
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_as;

    fn read(text: &str) -> Vec<String> {
        read_as("a.xml", text.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn records_are_found_by_the_names_of_their_elements() {
        let export = "<?xml version='1.0'?><export><count>2</count><articles>\
            <article><headline>A</headline><date>2022-01-25</date><body><p>One.</p><p>Two.</p></body></article>\
            <article><headline>B</headline><text>Three &amp; four.</text></article></articles></export>";
        assert_eq!(read(export), ["a.xml#1 A", "a.xml#2 B"]);
        let found = read_as("a.xml", export.as_bytes());
        assert_eq!(found[0].article().body, "One.\n\nTwo.");
        assert_eq!(found[0].article().published.as_ref().unwrap().value.to_string(), "2022-01-25");
        assert_eq!(found[1].article().body, "Three & four.");
        let one = "<story><title>A</title><content>One.</content></story>";
        assert_eq!(read(one), ["a.xml A"]);
    }

    #[test]
    fn documents_in_a_row_and_those_cut_off_are_records() {
        let story =
            |title: &str| format!("<story><title>{title}</title><content>One.</content></story>");
        assert_eq!(read(&(story("A") + &story("B"))), ["a.xml#1 A", "a.xml#2 B"]);
        let damage =
            |place: &str| format!("a.xml{place} failed: invalid XML: it ends inside `content`");
        let cut = "<story><title>C</title><content>Two";
        assert_eq!(read(cut), ["a.xml C".to_owned(), damage("")]);
        let all = format!("<all>{}{cut}", story("A"));
        assert_eq!(read(&all), ["a.xml#1 A".to_owned(), "a.xml#2 C".to_owned(), damage("#2")]);
        let between = format!("<all>{}{}", story("A"), story("B"));
        assert_eq!(read(&between)[2], "a.xml failed: invalid XML: it ends inside `all`");
    }

    #[test]
    fn other_xml_is_left_out() {
        let expected = "a.xml skipped: no articles can be read from XML of an unknown kind (`svg`)";
        assert_eq!(read("<svg><path d='M0'/></svg>"), [expected]);
    }
}
