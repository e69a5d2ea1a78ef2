//! Where saved searches live, and what they remember.
//!
//! A saved search belongs to who saved it and not to the archive, whose index may be read-only or
//! somebody else's. So the alerts of each index lie in a file of their own in the user's data
//! directory, `$XDG_DATA_HOME/morgue/alerts` or `~/.local/share/morgue/alerts`, named after a hash of
//! the index's path; `--alerts FILE` or `MORGUE_ALERTS` names another.
//!
//! What was told is remembered by ids. The file is replaced in one rename, and only after everything
//! that is new was written: a run that is interrupted loses nothing. One run at a time has the lock.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use xxhash_rust::xxh3::xxh3_64;

use crate::index::sync_directory;

use super::queries::FilterArgs;

/// The version of the file's form.
const VERSION: u32 = 1;

/// Where the saved searches are.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct AlertsArgs {
    /// The file of saved searches [default: one for each index, in the user's data directory]
    #[arg(long, value_name = "FILE", env = "MORGUE_ALERTS", help_heading = "Where")]
    alerts: Option<PathBuf>,
}

/// A saved search.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alert {
    /// The query as it was typed: `30d` means the last thirty days of each run.
    pub query: String,
    /// The filters as they were typed.
    #[serde(default)]
    pub filters: FilterArgs,
    /// Whether any of the bare words do.
    #[serde(default)]
    pub any: bool,
    /// The articles that were told of, by the first bits of their ids, in rising order.
    #[serde(default)]
    pub known: Vec<u64>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    /// The index that the searches ask, for people who look into the file.
    index: PathBuf,
    alerts: BTreeMap<String, Alert>,
}

/// The saved searches of an index, while no other run may change them.
pub(super) struct Alerts {
    path: PathBuf,
    stored: Stored,
    /// Held until the end; the operating system lets go of it if the process dies.
    _lock: File,
}

/// A new state of the file, ready to take the place of the old one.
pub(super) struct Prepared {
    file: NamedTempFile,
    path: PathBuf,
}

impl AlertsArgs {
    /// Reads the saved searches of an index; none where there is no file yet.
    ///
    /// # Errors
    /// When the file cannot be read or made, or another run holds it.
    pub(super) fn open(&self, index: &Path) -> anyhow::Result<Alerts> {
        let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
        let path = match &self.alerts {
            Some(path) => path.clone(),
            None => default_path(&index)?,
        };
        let directory = directory_of(&path);
        fs::create_dir_all(directory)
            .with_context(|| format!("cannot make `{}`", directory.display()))?;
        let lock = lock(&path.with_extension("lock"))?;
        let stored = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .with_context(|| format!("`{}` holds no saved searches", path.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Stored { version: VERSION, index, alerts: BTreeMap::new() }
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
            }
        };
        if stored.version != VERSION {
            bail!("`{}` is of version {}, not {VERSION}", path.display(), stored.version);
        }
        Ok(Alerts { path, stored, _lock: lock })
    }
}

fn default_path(index: &Path) -> anyhow::Result<PathBuf> {
    let told = std::env::var_os("XDG_DATA_HOME").filter(|path| !path.is_empty()).map(PathBuf::from);
    let at_home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share"));
    let data = told.or_else(at_home).context(
        "there is no home directory to keep saved searches in\nhint: `--alerts FILE` names a file",
    )?;
    let hash = xxh3_64(index.as_os_str().as_encoded_bytes());
    Ok(data.join("morgue/alerts").join(format!("{hash:016x}.json")))
}

fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn lock(path: &Path) -> anyhow::Result<File> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Locked.into()),
        Err(fs::TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock `{}`", path.display()))
        }
    }
}

/// Another run holds the saved searches.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("another `morgue alert` is at work on these saved searches")]
pub(super) struct Locked;

impl Alerts {
    /// Returns the saved searches by their names.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Alert)> {
        self.stored.alerts.iter().map(|(name, alert)| (name.as_str(), alert))
    }

    /// Returns a saved search.
    pub(super) fn get(&self, name: &str) -> Option<&Alert> {
        self.stored.alerts.get(name)
    }

    /// Adds a saved search, in the place of one that has its name.
    pub(super) fn insert(&mut self, name: &str, alert: Alert) {
        self.stored.alerts.insert(name.to_owned(), alert);
    }

    /// Removes a saved search, and tells whether there was one.
    pub(super) fn remove(&mut self, name: &str) -> bool {
        self.stored.alerts.remove(name).is_some()
    }

    /// Remembers that these articles were told of.
    pub(super) fn add_known(&mut self, name: &str, articles: &[u64]) {
        if let Some(alert) = self.stored.alerts.get_mut(name) {
            alert.known.extend(articles);
            alert.known.sort_unstable();
            alert.known.dedup();
        }
    }

    /// Writes the new state beside the old one, down to the disk.
    pub(super) fn prepare(&self) -> anyhow::Result<Prepared> {
        let write = || -> std::io::Result<NamedTempFile> {
            let mut file = NamedTempFile::new_in(directory_of(&self.path))?;
            serde_json::to_writer(&mut file, &self.stored)?;
            file.write_all(b"\n")?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        let file = write().with_context(|| format!("cannot write `{}`", self.path.display()))?;
        Ok(Prepared { file, path: self.path.clone() })
    }
}

impl Prepared {
    /// Puts the new state in the place of the old one.
    pub(super) fn commit(self) -> anyhow::Result<()> {
        let path = self.path;
        self.file
            .persist(&path)
            .map_err(|error| error.error)
            .and_then(|_| sync_directory(directory_of(&path)))
            .with_context(|| format!("cannot write `{}`", path.display()))
    }
}

impl Alert {
    /// Returns the articles that were told of.
    pub(super) fn known(&self) -> FxHashSet<u64> {
        self.known.iter().copied().collect()
    }
}
