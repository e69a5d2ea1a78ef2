//! What the reader of an answer should know about how the query was read.

use std::fmt;

/// A remark on how a query was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The remark, a sentence without a full stop.
    pub text: String,
    /// When a person should see it.
    pub level: NoteLevel,
}

/// When a person should see a note; a script sees all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteLevel {
    /// When they ask for an explanation.
    Detail,
    /// Always: the reading may surprise.
    Surprise,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Note {
    /// Returns a note that is always shown.
    pub fn surprise(text: impl Into<String>) -> Self {
        Self { text: text.into(), level: NoteLevel::Surprise }
    }

    /// Returns a note for those who ask for an explanation.
    pub fn detail(text: impl Into<String>) -> Self {
        Self { text: text.into(), level: NoteLevel::Detail }
    }

    pub(super) fn boost(typed: &str) -> Self {
        Self::surprise(format!("`{typed}` was left out: words and phrases are not weighed by hand"))
    }

    pub(super) fn spaced_field(typed: &str) -> Self {
        Self::surprise(format!(
            "`{typed}` was read as a field with what follows; for the word, put quotes round it"
        ))
    }

    pub(super) fn unknown_function(typed: &str, near: &str) -> Self {
        Self::surprise(format!(
            "`{typed}(` is no function, it was read as text: did you mean `{near}`?"
        ))
    }

    pub(super) fn unknown_field(prefix: &str, near: Option<&str>) -> Self {
        let text = format!("`{prefix}:` is no field, it was read as text");
        Self::surprise(match near {
            Some(near) => format!("{text}: did you mean `{near}:`?"),
            None => text,
        })
    }

    pub(super) fn same() -> Self {
        Self::surprise(
            "`same` was read as the operator (in the same paragraph); for the word, write `\"same\"`",
        )
    }

    pub(super) fn lower_case_operator(typed: &str, operator: &str) -> Self {
        Self::detail(format!(
            "`{typed}` was read as the operator {operator}; for the word, write `\"{typed}\"`"
        ))
    }
}
