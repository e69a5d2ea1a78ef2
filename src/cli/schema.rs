//! The JSON Schemas of everything that programs read, by the names of their files in `schema/`.

use crate::output::schema::{schema_of, schema_of_input, wire_schemas};
use crate::pipeline::AuthorityFile;

use super::config::Config;
use super::report::IndexReportJson;

/// Returns the file name and the text of each schema.
pub(super) fn all() -> Vec<(String, String)> {
    let mut schemas = wire_schemas();
    schemas.push(schema_of::<IndexReportJson<'static>>(
        "index-report",
        "What a run of `morgue index` did",
    ));
    schemas.push(schema_of_input::<Config>("config", "How files are read, as `morgue.toml` says"));
    schemas.push(schema_of_input::<AuthorityFile>("authority", "An authority file in TOML"));
    schemas.iter().map(|schema| (schema.file_name.clone(), schema.to_text())).collect()
}
