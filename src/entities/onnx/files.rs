//! The files of a model on disk: read within limits, and summed up in one number.

use std::fs::File;
use std::hash::Hasher;
use std::io::{self, Read};
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::Xxh3;

use crate::entities::error::UserModelError;
use crate::entities::user_model::{TEXT_FILES, UserModel};

/// The most bytes of a network: what one message of protocol buffers may have.
const MAX_NETWORK_BYTES: u64 = 2 << 30;

/// The most bytes of any other file.
const MAX_TEXT_BYTES: u64 = 64 << 20;

/// `config.json`, as far as it matters.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ModelConfigJson {
    id2label: FxHashMap<usize, String>,
    /// The most tokens that a text may have.
    pub(super) max_position_embeddings: Option<usize>,
}

impl ModelConfigJson {
    /// Reads the configuration of a model; one that is not there says nothing.
    pub(super) fn read(model: &UserModel) -> Result<Self, UserModelError> {
        let path = model.directory.join("config.json");
        match read_if_there(&path)? {
            Some(bytes) => parse(&path, &bytes),
            None => Ok(Self::default()),
        }
    }

    /// Returns the labels by their numbers; empty where they are not numbered from 0 on.
    pub(super) fn labels(&self) -> Vec<String> {
        let labels = (0..self.id2label.len()).map(|number| self.id2label.get(&number).cloned());
        labels.collect::<Option<_>>().unwrap_or_default()
    }
}

/// Returns a number for everything that a model is read from, and for what its user says of it.
pub(in crate::entities) fn fingerprint(model: &UserModel) -> Result<u64, UserModelError> {
    let mut hasher = Xxh3::new();
    hash(open_network(model)?, &mut hasher).map_err(|source| unreadable(&model.file, source))?;
    for name in TEXT_FILES {
        let bytes = read_if_there(&model.directory.join(name))?;
        hasher.write_u64(bytes.as_ref().map_or(u64::MAX, |bytes| bytes.len() as u64));
        hasher.update(&bytes.unwrap_or_default());
    }
    let said = (&model.labels, &model.languages, model.max_tokens);
    hasher.update(format!("{said:?}").as_bytes());
    Ok(hasher.digest())
}

fn hash(mut file: File, hasher: &mut Xxh3) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(()),
            length => hasher.update(&buffer[..length]),
        }
    }
}

/// Opens the file of the network.
pub(super) fn open_network(model: &UserModel) -> Result<File, UserModelError> {
    open(&model.file, MAX_NETWORK_BYTES)
}

/// Reads another file; `None` where there is none.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, UserModelError> {
    match open(path, MAX_TEXT_BYTES) {
        Ok(file) => read(file, path).map(Some),
        Err(UserModelError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Reads JSON.
pub(super) fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, UserModelError> {
    serde_json::from_slice(bytes)
        .map_err(|source| UserModelError::Json { path: path.to_owned(), source })
}

fn open(path: &Path, limit: u64) -> Result<File, UserModelError> {
    let file = File::open(path).map_err(|source| unreadable(path, source))?;
    let size = file.metadata().map_err(|source| unreadable(path, source))?.len();
    if size > limit {
        return Err(UserModelError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(file)
}

fn read(mut file: File, path: &Path) -> Result<Vec<u8>, UserModelError> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|source| unreadable(path, source))?;
    Ok(bytes)
}

fn unreadable(path: &Path, source: io::Error) -> UserModelError {
    UserModelError::Read { path: path.to_owned(), source }
}
