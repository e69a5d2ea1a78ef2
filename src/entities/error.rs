//! What can go wrong with the files that this room is given.

use std::error::Error as StdError;
use std::io;
use std::path::PathBuf;

/// A file of weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as a file of weights of this version does.
    #[error("not a file of tagger weights that this version reads")]
    WrongFormat,
    /// It ends too early.
    #[error("the file of tagger weights is cut short")]
    Truncated,
    /// Its compressed content cannot be read.
    #[error("the file of tagger weights is damaged")]
    Damaged {
        /// What the decompressor says.
        #[source]
        source: io::Error,
    },
}

/// A user's model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UserModelError {
    /// This build of the program runs no models.
    #[error(
        "cannot use the model in `{}`: this build of morgue lacks the feature `onnx`; `cargo build \
         --release --features onnx` makes one that has it",
        path.display()
    )]
    NotBuiltIn {
        /// The directory of the model.
        path: PathBuf,
    },
    /// A file cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A file is larger than one of its kind may be.
    #[error("`{}` has more than {limit} bytes, the most for such a file", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most bytes.
        limit: u64,
    },
    /// A file is not JSON of the form that is known.
    #[error("`{}` is not of the form that is known", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
    /// The directory holds no vocabulary.
    #[error("there is neither `tokenizer.json` nor `vocab.txt` in `{}`", path.display())]
    NoVocabulary {
        /// The directory.
        path: PathBuf,
    },
    /// The model cuts words in a way that is not known here.
    #[error("`{}` is a tokenizer of the kind `{kind}`; only `WordPiece` can be used", path.display())]
    UnknownTokenizer {
        /// The file.
        path: PathBuf,
        /// What it says.
        kind: String,
    },
    /// The vocabulary lacks what every text needs.
    #[error("the vocabulary `{}` has no `{piece}`", path.display())]
    NoPiece {
        /// The file.
        path: PathBuf,
        /// What it lacks.
        piece: String,
    },
    /// Nothing says what the labels are called.
    #[error("`{}` does not say what the labels 0, 1, 2, ... are called (`id2label`)", path.display())]
    NoLabels {
        /// The file.
        path: PathBuf,
    },
    /// None of the labels is that of a person, an organization or a place.
    #[error(
        "none of the labels of `{}` is that of a person, an organization or a place: {}",
        path.display(),
        labels.join(", ")
    )]
    NoKnownLabel {
        /// The file of the network.
        path: PathBuf,
        /// The labels.
        labels: Vec<String>,
    },
    /// The number of tokens that the model is to read at once is out of the question.
    #[error("`{}` cannot read {count} tokens at once: at least 8 and at most {limit}", path.display())]
    MaxTokens {
        /// The file of the network.
        path: PathBuf,
        /// The number.
        count: usize,
        /// The most.
        limit: usize,
    },
    /// The file of the network is none, or of a kind that cannot be run.
    #[error("cannot use the model `{}`", path.display())]
    Network {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The files changed while they were being read.
    #[error("the model `{}` changed while it was read; run again", path.display())]
    Changed {
        /// The file of the network.
        path: PathBuf,
    },
}

/// A tagger could not look at an article.
#[derive(Debug, thiserror::Error)]
#[error("people, organizations and places cannot be found: the model failed")]
pub struct TaggingError {
    /// Why.
    #[source]
    pub source: Box<dyn StdError + Send + Sync>,
}

/// An authority file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// It is not TOML of the form that `schema/authority.v1.schema.json` says.
    #[error("`{file}` is not an authority file")]
    Toml {
        /// The file.
        file: String,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// It is not CSV.
    #[error("`{file}` is not CSV")]
    Csv {
        /// The file.
        file: String,
        /// Where and why.
        #[source]
        source: csv::Error,
    },
    /// Its first line has no column `name`.
    #[error("`{file}` has no column `name`")]
    NoNameColumn {
        /// The file.
        file: String,
    },
    /// A line has a word that is not one of the known ones.
    #[error("`{file}`, line {line}: `{word}` is no {column}")]
    UnknownWord {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// The word.
        word: String,
    },
    /// An entry has an empty name.
    #[error("`{file}` has an entry without a name")]
    EmptyName {
        /// The file.
        file: String,
    },
    /// Two entities of one kind have the same name or alias.
    #[error("`{file}` gives `{alias}` to both `{}` and `{}`", entities[0], entities[1])]
    TwoOwners {
        /// The file.
        file: String,
        /// The name that both have.
        alias: String,
        /// The names of the two.
        entities: [String; 2],
    },
}
