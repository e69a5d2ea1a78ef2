//! The token-classification model that a user names to find names with, in place of the taggers of
//! the program.
//!
//! This says which files it is and what it is asked to read. Running it takes the Cargo feature
//! `onnx`: in a build without, a model that is named is an error and never passed over.

use std::path::{Path, PathBuf};

use super::error::UserModelError;
use super::recognizer::Recognizer;
use crate::text::{Language, UnknownLanguage};

#[cfg(feature = "onnx")]
use super::onnx as runtime;

/// The model's file in its directory, unless another is named.
const MODEL_FILE: &str = "model.onnx";

/// The files beside it that say how to read text for it, and what its labels are called.
pub(super) const TEXT_FILES: [&str; 4] =
    ["config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt"];

/// A user's token-classification model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserModel {
    pub(super) directory: PathBuf,
    /// The file of the network.
    pub(super) file: PathBuf,
    /// The names of the labels by their numbers; empty where `config.json` says them.
    pub(super) labels: Vec<String>,
    /// The languages of the articles that it reads; empty for all.
    pub(super) languages: Vec<Language>,
    /// The most tokens of the model that it reads at once; `None` for as many as it can.
    pub(super) max_tokens: Option<usize>,
}

impl UserModel {
    /// Returns the model in a directory: `model.onnx`, and beside it what Hugging Face's exports
    /// have, `config.json` and `tokenizer.json` or `vocab.txt`.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        let directory = directory.into();
        Self {
            file: directory.join(MODEL_FILE),
            directory,
            labels: Vec::new(),
            languages: Vec::new(),
            max_tokens: None,
        }
    }

    /// Sets the file of the network, by its path in the directory. By default it is `model.onnx`.
    #[must_use]
    pub fn with_file(self, file: &Path) -> Self {
        Self { file: self.directory.join(file), ..self }
    }

    /// Sets the names of the labels, in the order of their numbers. By default `config.json` says
    /// them.
    #[must_use]
    pub fn with_labels(self, labels: Vec<String>) -> Self {
        Self { labels, ..self }
    }

    /// Sets the most tokens of the model that are read at once, `[CLS]` and `[SEP]` among them. By
    /// default it is what `config.json` says, and at most 512.
    #[must_use]
    pub fn with_max_tokens(self, max_tokens: usize) -> Self {
        Self { max_tokens: Some(max_tokens), ..self }
    }

    /// Adds a language, by its code or English name, to those whose articles the model reads. By
    /// default it reads all.
    ///
    /// # Errors
    /// When the text names no language.
    pub fn with_language(mut self, text: &str) -> Result<Self, UnknownLanguage> {
        self.languages.push(Language::parse(text).ok_or_else(|| UnknownLanguage(text.to_owned()))?);
        Ok(self)
    }

    /// Returns what belongs to the model and is no article, wherever it lies: its directory, and the
    /// files in it, since the directory may be that of the articles too.
    pub fn paths(&self) -> Vec<PathBuf> {
        let mut paths = vec![self.directory.clone(), self.file.clone()];
        paths.extend(TEXT_FILES.map(|name| self.directory.join(name)));
        paths
    }

    /// Returns a number that changes when the model may find other names than before: another
    /// network, vocabulary, labels, languages. It reads all of the files, and keeps none.
    ///
    /// # Errors
    /// When a file cannot be read, or this build cannot run models.
    pub fn fingerprint(&self) -> Result<u64, UserModelError> {
        runtime::fingerprint(self)
    }

    /// Returns a recognizer that finds names by the model, and in articles of other languages than
    /// its own by the taggers of the program; all of it is as `fingerprint` says.
    ///
    /// # Errors
    /// When the files are not those of a model that can be run, do not fit one another, or have
    /// changed since the fingerprint was taken.
    pub fn recognizer(&self, fingerprint: u64) -> Result<Recognizer, UserModelError> {
        let recognizer = runtime::recognizer(self)?;
        if self.fingerprint()? != fingerprint {
            return Err(UserModelError::Changed { path: self.file.clone() });
        }
        Ok(recognizer)
    }
}

/// What stands for the runtime in a build without one.
#[cfg(not(feature = "onnx"))]
mod runtime {
    use super::{Recognizer, UserModel, UserModelError};

    pub(super) fn fingerprint(model: &UserModel) -> Result<u64, UserModelError> {
        Err(UserModelError::NotBuiltIn { path: model.directory.clone() })
    }

    pub(super) fn recognizer(model: &UserModel) -> Result<Recognizer, UserModelError> {
        Err(UserModelError::NotBuiltIn { path: model.directory.clone() })
    }
}
