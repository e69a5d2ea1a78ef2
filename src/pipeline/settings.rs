//! What the articles of a file depend on besides its bytes: a file is read again when it changes.

use xxhash_rust::xxh3::Xxh3;

use crate::ingest::{Fingerprinted, ReadOptions};

/// How files are read and enriched.
#[derive(Clone, Copy)]
pub(super) struct Settings<'run> {
    pub(super) read: &'run ReadOptions,
    /// Whether people, organizations and places are found.
    pub(super) entities: bool,
    /// The fingerprint of the user's model that finds them, where there is one.
    pub(super) model: Option<u64>,
}

impl Settings<'_> {
    /// Returns a number that changes when the articles of the file may come out otherwise by these
    /// settings, or by this version of the program, than by others.
    pub(super) fn fingerprint(self, file: Fingerprinted<'_>) -> u64 {
        let mut hasher = Xxh3::new();
        hasher.update(&self.read.fingerprint(file).to_le_bytes());
        hasher.update(&[u8::from(self.entities)]);
        if let Some(model) = self.model {
            hasher.update(&model.to_le_bytes());
        }
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.digest()
    }
}
