//! Opening the engine that a location names.

use std::path::Path;

use anyhow::Context;

use crate::engine::LocalEngine;
use crate::index::{self, Layout};

use super::command::index::build;
use super::location::{Location, LocationArgs};
use super::progress::Verbosity;

/// Opens the engine at the location that the arguments name; where an archive was named that has no
/// index yet, one is built first.
pub(super) fn open(
    location: &LocationArgs,
    verbosity: Verbosity,
) -> anyhow::Result<(LocalEngine, Location)> {
    let place = location.resolve()?;
    let layout = Layout::new(&place.index);
    let engine = match LocalEngine::open(&layout) {
        Err(error) if error.is_missing() && location.archive.is_some() => {
            let archive = place.archive.clone().context("an archive was named")?;
            build(archive, place.index.clone(), verbosity)?;
            LocalEngine::open(&layout)
        }
        other => other,
    };
    match engine {
        Ok(engine) => {
            let archive = place.archive.or_else(|| engine.archive().map(Path::to_owned));
            Ok((engine, Location { archive, ..place }))
        }
        Err(error) => Err(with_hint(error, &place)),
    }
}

fn with_hint(error: index::Error, place: &Location) -> anyhow::Error {
    let archive = match &place.archive {
        Some(archive) => archive.display().to_string(),
        None => "ARCHIVE".to_owned(),
    };
    let hint = if error.is_missing() {
        format!("hint: `morgue index {archive}` makes one")
    } else if error.wants_rebuild() {
        format!("hint: `morgue index --rebuild {archive}` makes it anew")
    } else {
        return error.into();
    };
    anyhow::anyhow!("{}\n{hint}", super::messages::with_causes(&error))
}
