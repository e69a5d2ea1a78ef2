//! Where the index and its archive are: as told, or the nearest `.morgue` upwards, like git.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use crate::index::{INDEX_DIRECTORY_NAME, Layout, read_archive};

/// Where to look for an index.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct LocationArgs {
    /// The archive whose index is searched; indexed first where it has none
    #[arg(
        long,
        value_name = "DIR",
        help_heading = "Where",
        long_help = "The archive whose index is searched. Where it has no index yet, one is built \
                     first, in DIR/.morgue.\n\nBy default the nearest directory upwards that holds \
                     a `.morgue` is the archive, as git finds its repository."
    )]
    pub archive: Option<PathBuf>,
    /// The index directory, where it is not ARCHIVE/.morgue
    #[arg(long, value_name = "DIR", env = "MORGUE_INDEX", help_heading = "Where")]
    pub index: Option<PathBuf>,
}

/// An index directory and, where it is known, the archive it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location {
    /// The index directory.
    pub index: PathBuf,
    /// The archive.
    pub archive: Option<PathBuf>,
}

impl LocationArgs {
    /// Returns the index to bring up to date and its archive: as told, or as the index says, or the
    /// nearest upwards.
    ///
    /// # Errors
    /// When nothing tells which archive is meant.
    pub(super) fn resolve_for_update(&self) -> anyhow::Result<(PathBuf, PathBuf)> {
        let Location { index, archive } = self.resolve()?;
        let archive = match archive {
            Some(archive) => Some(archive),
            None => read_archive(&Layout::new(&index))?,
        };
        let archive = archive.with_context(|| {
            format!(
                "the index at `{}` does not say where its archive is\n\
                 hint: `morgue index ARCHIVE --index {0}` does",
                index.display()
            )
        })?;
        Ok((archive, index))
    }

    /// Returns where the index is.
    ///
    /// # Errors
    /// When nothing says where and no directory upwards of the current one holds a `.morgue`, or the
    /// archive is a single file.
    pub(super) fn resolve(&self) -> anyhow::Result<Location> {
        if let Some(archive) = &self.archive {
            let index = match &self.index {
                Some(index) => index.clone(),
                None if archive.is_file() => anyhow::bail!(
                    "`{}` is a file, which has no room for its index\n\
                     hint: `--index DIR` says where the index may lie",
                    archive.display()
                ),
                None => archive.join(INDEX_DIRECTORY_NAME),
            };
            return Ok(Location { index, archive: Some(archive.clone()) });
        }
        if let Some(index) = &self.index {
            return Ok(Location { index: index.clone(), archive: archive_around(index) });
        }
        let here = std::env::current_dir()?;
        nearest(&here).ok_or_else(|| {
            anyhow::anyhow!(
                "there is no `{INDEX_DIRECTORY_NAME}` here or in any directory above\n\
                 hint: `morgue index ARCHIVE` makes one, `--archive DIR` or `--index DIR` names one"
            )
        })
    }
}

/// Returns the index nearest to `start` upwards.
pub(super) fn nearest(start: &Path) -> Option<Location> {
    start.ancestors().find_map(|directory| {
        let index = directory.join(INDEX_DIRECTORY_NAME);
        index.is_dir().then(|| Location { index, archive: Some(directory.to_owned()) })
    })
}

/// Returns the place of a directory in the archive around it: empty, or with a `/` at its end.
pub(super) fn place_in(archive: &Path, directory: &Path) -> String {
    let inside = directory.strip_prefix(archive).unwrap_or(Path::new(""));
    inside.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}

/// Returns the archive that an index directory lies in, where it has its usual name.
fn archive_around(index: &Path) -> Option<PathBuf> {
    if index.file_name()? != INDEX_DIRECTORY_NAME {
        return None;
    }
    let parent = index.parent()?;
    Some(if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() })
}
