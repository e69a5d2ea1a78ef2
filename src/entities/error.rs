//! What can go wrong with the files that this room is given.

use std::io;

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
