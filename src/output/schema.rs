//! The JSON Schemas of what is written, made from the types that are written.

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::alerts::{ListedJson, NewsJson};
use super::batch::AnsweredJson;
use super::comparison::ComparisonJson;
use super::concordance::ConcordanceJson;
use super::entities::{EntitiesJson, EntityJson};
use super::stats::StatsJson;
use super::views::ViewRow;
use super::wire;

/// A schema with the name of its file in `schema/`.
pub struct NamedSchema {
    /// The name of the file, such as `article.v1.schema.json`.
    pub file_name: String,
    /// The schema, in JSON Schema 2020-12.
    pub schema: Schema,
}

/// Returns the schemas of what is written here: a response, an article, statistics, entities.
///
/// A line of `search --format jsonl` is `$defs/Hit` of the first.
pub fn wire_schemas() -> Vec<NamedSchema> {
    vec![
        schema_of::<wire::Response<'static>>("response", "The answer to `morgue search`"),
        schema_of::<wire::Article<'static>>("article", "An article, as `morgue read` writes it"),
        schema_of::<StatsJson<'static>>("stats", "What an archive holds, as `morgue stats` says"),
        schema_of::<EntityJson<'static>>("entity", "A line of `morgue entities --format jsonl`"),
        schema_of::<EntitiesJson<'static>>("entities", "The answer to `morgue entities`"),
        schema_of::<ViewRow<'static>>("view", "A line of `--facet` and `--timeline` as JSON Lines"),
        schema_of::<ConcordanceJson<'static>>("concordance", "A line of `--kwic` as JSON Lines"),
        schema_of::<wire::Copy<'static>>("copy", "A line of `morgue copies --format jsonl`"),
        schema_of::<AnsweredJson<'static>>("batch", "A line of `morgue batch --format jsonl`"),
        schema_of::<NewsJson<'static>>("news", "What `morgue alert run --format json` tells"),
        schema_of::<ListedJson<'static>>("alert", "A line of `morgue alert list --format jsonl`"),
        schema_of::<ComparisonJson<'static>>(
            "comparison",
            "Queries side by side, as `morgue compare`",
        ),
    ]
}

/// Returns the schema of `T`, which is written in version [`wire::VERSION`] of the form `name`.
pub fn schema_of<T: JsonSchema>(name: &str, title: &str) -> NamedSchema {
    named_schema::<T>(SchemaSettings::draft2020_12().for_serialize(), name, title)
}

/// Returns the schema of `T` as it is read, in version [`wire::VERSION`] of the form `name`.
pub fn schema_of_input<T: JsonSchema>(name: &str, title: &str) -> NamedSchema {
    named_schema::<T>(SchemaSettings::draft2020_12().for_deserialize(), name, title)
}

fn named_schema<T: JsonSchema>(settings: SchemaSettings, name: &str, title: &str) -> NamedSchema {
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    let file_name = format!("{name}.v{}.schema.json", wire::VERSION);
    schema.insert("$id".into(), file_name.clone().into());
    schema.insert("title".into(), title.into());
    tidy(&mut schema);
    NamedSchema { file_name, schema }
}

/// Takes out what only Rust knows (`"format": "uint"`), and line breaks within a sentence.
fn tidy(schema: &mut Schema) {
    if let Some(object) = schema.as_object_mut() {
        object.remove("format");
        if let Some(Value::String(description)) = object.get_mut("description") {
            *description = description.replace("\n", " ");
        }
    }
    transform_subschemas(&mut tidy, schema);
}

impl NamedSchema {
    /// Returns the text of the file.
    pub fn to_text(&self) -> String {
        let pretty = serde_json::to_string_pretty(&self.schema);
        pretty.expect("a schema is a JSON value") + "\n"
    }
}
