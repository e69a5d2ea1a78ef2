//! What a commit says of itself, in the payload of Tantivy's commit: all that is state besides the
//! segments, named by one atomic write.

use serde::{Deserialize, Serialize};

use super::Totals;

/// The payload of a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CommitPayload {
    /// The version of the format.
    pub(super) format: u32,
    /// The number of the commit in its generation, from 1; the files beside it are named by it.
    pub(super) number: u64,
    /// What made the table of names besides the articles, see [`Naming`](super::Naming).
    #[serde(default)]
    pub(super) naming: u64,
    /// Where the archive is, unless the index lies in it under its usual name.
    #[serde(default)]
    pub(super) archive: Option<String>,
    /// Sums over its articles.
    pub(super) totals: Totals,
}

impl CommitPayload {
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a payload holds strings and numbers only")
    }

    /// Returns the payload as read, or why it cannot be.
    pub(super) fn parse(text: Option<&str>) -> Result<Self, String> {
        let text = text.ok_or("its last commit has no payload")?;
        serde_json::from_str(text).map_err(|error| format!("payload of its last commit: {error}"))
    }
}
