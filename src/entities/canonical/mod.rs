//! One name for each entity over a whole archive.
//!
//! Articles keep the names that were resolved within them; which of those are one entity is a table,
//! [`CanonicalTable`], that is derived from the distinct names, their counts and the user's authority
//! files alone. It is a pure function of these: the order of input changes nothing, and after any
//! change of the archive the table is that of a rebuild. Every merge has a reason ([`MergeReason`])
//! that can be shown, and different people with one surname stay apart unless one of them is so much
//! commoner that a bare surname can only mean them.

mod merge;
mod spelling;
mod table;

pub use merge::MergeReason;
pub use table::{CanonicalTable, EntityForm, EntityId, TableError};

pub(crate) use spelling::folded_words;

use crate::article::EntityKind;

/// A distinct name of an archive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameCount {
    /// The kind of entity it was found to name.
    pub kind: EntityKind,
    /// The name as resolved within its articles.
    pub name: String,
    /// The number of articles that have it.
    pub count: u64,
}
