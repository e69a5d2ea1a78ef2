//! The user's authority files, read for a run, and the table of names that is made with them.

use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::Error;
use crate::article::{NameCount, NameTable};
use crate::entities::{Authority, NAMING_VERSION, canonical_names};

/// What a user says of entities, and how to tell that it changed.
pub(super) struct UserNames {
    authority: Authority,
    /// Changes with the files and with the rules of the program.
    pub(super) fingerprint: u64,
}

impl UserNames {
    /// Reads authority files: CSV where the name says so, TOML otherwise. Where two files give a name
    /// to two entities, the earlier file counts.
    pub(super) fn read(files: &[impl AsRef<Path>]) -> Result<Self, Error> {
        let mut authority = Authority::default();
        let mut hasher = Xxh3::new();
        hasher.update(&NAMING_VERSION.to_le_bytes());
        for file in files {
            let path = file.as_ref();
            let text = fs::read_to_string(path)
                .map_err(|source| Error::AuthorityFile { path: path.to_owned(), source })?;
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
            let name = path.display().to_string();
            let is_csv =
                path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
            let read = if is_csv {
                Authority::from_csv(&name, &text)
            } else {
                Authority::from_toml(&name, &text)
            };
            authority.extend(read?);
        }
        Ok(Self { authority, fingerprint: hasher.digest() })
    }

    /// Returns which of these names are one entity.
    pub(super) fn table(&self, names: Vec<NameCount>) -> NameTable {
        canonical_names(names, &self.authority)
    }
}
