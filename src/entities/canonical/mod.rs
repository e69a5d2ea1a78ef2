//! One name for each entity over a whole archive.
//!
//! Articles keep the names that were resolved within them; which of those are one entity is a table,
//! [`NameTable`](crate::article::NameTable), that [`canonical_names`] derives from the distinct names,
//! their counts and the user's authority files alone. It is a pure function of these: the order of
//! input changes nothing, and after any change of the archive the table is that of a rebuild. Every
//! merge has a reason ([`MergeReason`](crate::article::MergeReason)) that can be shown, and different
//! people with one surname stay apart unless one of them is so much commoner that a bare surname can
//! only mean them.

mod merge;
mod spelling;
mod table;

pub use table::canonical_names;

/// Changes with the rules and lists by which names are merged: tables made by other ones are made
/// anew at the next run.
pub const NAMING_VERSION: u32 = 3;

pub(crate) use spelling::folded_words;
