//! Generations: whole indexes that lie side by side, one of which is in use.
//!
//! An update changes the generation in use; a rebuild makes a new one beside it, and `CURRENT`
//! switches from one to the other in a single rename. A reader keeps the files that it has open.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::directory::Directory;

use super::commit::CommitPayload;
use super::durable::write_atomic;
use super::layout::{
    generation_name, generation_number, is_commit_file, learnt_name, manifest_name, names_name,
};
use super::schema::SCHEMA_VERSION;
use super::{Error, Layout, Manifest};
use crate::article::NameTable;

/// The generation in use and the state of its last commit.
#[derive(Clone, Debug)]
pub(super) struct Current {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) payload: CommitPayload,
}

impl Current {
    /// Returns the generation in use.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none, [`Error::Format`] where it is of another format.
    pub(super) fn read(layout: &Layout) -> Result<Self, Error> {
        let name = read_name(layout)?;
        let path = layout.generation(&name);
        let payload = read_payload(&path)?;
        if payload.format != SCHEMA_VERSION {
            let path = layout.root().to_owned();
            return Err(Error::Format { path, found: payload.format });
        }
        Ok(Self { name, path, payload })
    }

    /// Returns what the last commit kept to learn from.
    pub(super) fn learnt(&self) -> Result<Vec<u8>, Error> {
        let path = self.path.join(learnt_name(self.payload.number));
        let bytes = fs::read(&path).and_then(|bytes| zstd::decode_all(bytes.as_slice()));
        bytes.map_err(|error| Error::Damaged { path, reason: error.to_string() })
    }

    /// Returns the manifest of the last commit.
    pub(super) fn manifest(&self) -> Result<Manifest, Error> {
        Manifest::read(&self.path.join(manifest_name(self.payload.number)))
    }

    /// Opens the table of names of the last commit; `directory` is that of the generation.
    pub(super) fn names(&self, directory: &dyn Directory) -> Result<NameTable, Error> {
        let name = names_name(self.payload.number);
        let path = self.path.join(&name);
        let file = directory
            .open_read(Path::new(&name))
            .map_err(|source| Error::Tantivy { path: self.path.clone(), source: source.into() })?;
        let bytes = file.read_bytes().map_err(|source| Error::Io {
            action: "read",
            path: path.clone(),
            source,
        })?;
        NameTable::from_bytes(bytes)
            .map_err(|error| Error::Damaged { path, reason: error.to_string() })
    }

    /// Reads the files beside the last commit that an update starts from, and fails with
    /// [`Error::Damaged`] when one is missing or does not hold together.
    pub(super) fn verify(&self) -> Result<(), Error> {
        self.verify_names()?;
        self.learnt().map(drop)
    }

    fn verify_names(&self) -> Result<(), Error> {
        let path = self.path.join(names_name(self.payload.number));
        let damaged = |reason| Error::Damaged { path: path.clone(), reason };
        let bytes = fs::read(&path).map_err(|error| damaged(error.to_string()))?;
        NameTable::from_bytes(bytes)
            .and_then(|table| table.verify())
            .map_err(|error| damaged(error.to_string()))
    }
}

fn read_name(layout: &Layout) -> Result<String, Error> {
    let path = layout.current();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::Missing { path: layout.root().to_owned() });
        }
        Err(source) => return Err(Error::Io { action: "read", path, source }),
    };
    let name = text.trim();
    match generation_number(name) {
        Some(_) => Ok(name.to_owned()),
        None => Err(Error::Damaged { path, reason: "it names no generation".to_owned() }),
    }
}

fn read_payload(generation: &std::path::Path) -> Result<CommitPayload, Error> {
    let path = generation.join("meta.json");
    let bytes = fs::read(&path).map_err(|source| Error::Io {
        action: "read",
        path: path.clone(),
        source,
    })?;
    let damaged = |reason: String| Error::Damaged { path: path.clone(), reason };
    let meta: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
    CommitPayload::parse(meta["payload"].as_str()).map_err(damaged)
}

/// Puts the generation `name` into use.
pub(super) fn switch_to(layout: &Layout, name: &str) -> Result<(), Error> {
    let path = layout.current();
    write_atomic(&path, format!("{name}\n").as_bytes()).map_err(|source| Error::Io {
        action: "write",
        path,
        source,
    })
}

/// Makes an empty directory for a new generation.
pub(super) fn create(layout: &Layout) -> Result<(String, PathBuf), Error> {
    let newest = names(layout)?.iter().filter_map(|name| generation_number(name)).max();
    let name = generation_name(newest.unwrap_or(0) + 1);
    let path = layout.generation(&name);
    fs::create_dir(&path).map_err(|source| Error::Io {
        action: "create",
        path: path.clone(),
        source,
    })?;
    Ok((name, path))
}

/// Removes every generation but the one to keep, and every file in it that lies beside a commit but
/// those of the commit of this number: what interrupted runs and finished rebuilds leave behind. Only
/// the holder of the lock may call it.
pub(super) fn remove_leftovers(layout: &Layout, keep: Option<(&str, u64)>) -> Result<(), Error> {
    let io_error = |path: PathBuf| move |source| Error::Io { action: "remove", path, source };
    for name in names(layout)? {
        if keep.is_none_or(|(generation, _)| generation != name) {
            let path = layout.generation(&name);
            fs::remove_dir_all(&path).map_err(io_error(path))?;
        }
    }
    remove_temporary_files(layout.root())?;
    let Some((generation, number)) = keep else { return Ok(()) };
    let kept = [manifest_name(number), names_name(number), learnt_name(number)];
    let directory = layout.generation(generation);
    remove_temporary_files(&directory)?;
    for name in list(&directory)? {
        if is_commit_file(&name) && !kept.contains(&name) {
            let path = directory.join(&name);
            fs::remove_file(&path).map_err(io_error(path))?;
        }
    }
    Ok(())
}

fn remove_temporary_files(directory: &std::path::Path) -> Result<(), Error> {
    for name in list(directory)? {
        if name.starts_with('.') && name.ends_with(".tmp") {
            let path = directory.join(&name);
            fs::remove_file(&path).map_err(|source| Error::Io {
                action: "remove",
                path,
                source,
            })?;
        }
    }
    Ok(())
}

fn names(layout: &Layout) -> Result<Vec<String>, Error> {
    let mut names = list(layout.root())?;
    names.retain(|name| generation_number(name).is_some());
    Ok(names)
}

fn list(directory: &std::path::Path) -> Result<Vec<String>, Error> {
    let io_error = |source| Error::Io { action: "read", path: directory.to_owned(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).map_err(io_error)? {
        names.push(entry.map_err(io_error)?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}
