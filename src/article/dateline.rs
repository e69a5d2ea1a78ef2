//! The dateline: the place, day and agency that open a wire story.

use super::PublicationDate;

/// A dateline such as `MOSCOW, Jan 25 (Reuters) -`, taken off the start of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// The dateline as written.
    pub text: String,
    /// The place it names, as written.
    pub place: Option<String>,
    /// The day it names, when the year is written or could be told.
    pub day: Option<PublicationDate>,
    /// The agency it names, such as "Reuters".
    pub agency: Option<String>,
}
