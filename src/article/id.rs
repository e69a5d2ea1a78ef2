//! Identity: which article this is, whether its record changed, and where it came from.

use std::fmt;
use std::str::FromStr;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Identifies an article across runs: 16 characters of Crockford's base 32, made from its locator.
///
/// Two articles of one archive never share an id, and reindexing or rebuilding never changes one;
/// moving a file does, since its path is all that tells two copies apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId([u8; Self::LENGTH]);

/// The text is not an article id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an article id: it takes 16 characters of 0-9 and a-z")]
pub struct InvalidArticleId(pub String);

/// Crockford's base 32 in lower case: no i, l, o, u.
const ID_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl ArticleId {
    /// The number of characters of an id.
    pub const LENGTH: usize = 16;

    /// Returns the id of the article at `locator`.
    pub fn of(locator: &SourceLocator) -> Self {
        let mut hasher = Xxh3::new();
        hasher.update(locator.path.as_bytes());
        for member in &locator.members {
            hasher.update(&[0, b'!']);
            hasher.update(member.as_bytes());
        }
        hasher.update(&[0, b'#']);
        hasher.update(&locator.record.unwrap_or(0).to_le_bytes());
        let mut bits = hasher.digest128();
        let mut id = [0; Self::LENGTH];
        for byte in &mut id {
            *byte = ID_ALPHABET[(bits & 31) as usize];
            bits >>= 5;
        }
        Self(id)
    }

    /// Returns the first 60 bits, in the order of the text: enough to break ties by.
    pub fn order(&self) -> u64 {
        self.0[..12].iter().fold(0, |bits, character| {
            let digit = ID_ALPHABET.iter().position(|known| known == character);
            bits << 5 | digit.expect("an id holds characters of the alphabet only") as u64
        })
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an id holds ASCII only")
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for ArticleId {
    type Err = InvalidArticleId;

    fn from_str(text: &str) -> Result<Self, InvalidArticleId> {
        let invalid = || InvalidArticleId(text.to_owned());
        let bytes: [u8; Self::LENGTH] = text.as_bytes().try_into().map_err(|_| invalid())?;
        let known = bytes.iter().all(|byte| ID_ALPHABET.contains(byte));
        known.then_some(Self(bytes)).ok_or_else(invalid)
    }
}

/// A hash of the bytes of a record: XXH3, 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash(pub u128);

impl ContentHash {
    /// Returns the hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl FromStr for ContentHash {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

/// Where a record lies: a path inside the archive, members of containers, a record number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceLocator {
    /// The path of the file, relative to the archive, with `/` between its parts.
    pub path: String,
    /// The members on the way in, outermost first: `["2024.jsonl"]` for a file in a `.zip`.
    /// A compression without names (`.gz`, `.zst`) adds none.
    pub members: Vec<String>,
    /// The number of the record in its file or member, from 1; `None` where a file is one article.
    pub record: Option<u64>,
}

impl SourceLocator {
    /// Returns the locator of a file that is one article.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), members: Vec::new(), record: None }
    }

    /// Returns the locator of record `number` (from 1) of the same file or member.
    pub fn with_record(&self, number: u64) -> Self {
        Self { record: Some(number), ..self.clone() }
    }

    /// Returns the locator of `member` inside the same file or member.
    pub fn with_member(&self, member: impl Into<String>) -> Self {
        let mut inner = self.clone();
        inner.members.push(member.into());
        inner
    }
}

impl fmt::Display for SourceLocator {
    /// Writes `path!member#record`, as messages and tables show it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        for member in &self.members {
            write!(formatter, "!{member}")?;
        }
        match self.record {
            Some(record) => write!(formatter, "#{record}"),
            None => Ok(()),
        }
    }
}
