//! What agencies say of an item that is no article: that it is a picture, sound or a plan, or that
//! they took it back.

use crate::ingest::error::SkipReason;
use crate::ingest::records::Reading;

/// The codes of the classes that hold no article, as the newscodes and the formats have them.
const CLASSES: &[(&str, &str)] = &[
    ("picture", "a picture item"),
    ("photo", "a picture item"),
    ("video", "a video item"),
    ("audio", "an audio item"),
    ("graphic", "a graphic item"),
    ("animation", "an animation item"),
    ("event", "an event item"),
    ("planning", "a planning item"),
];

/// The codes of what is not to be published, or no longer.
const STATUSES: &[(&str, &str)] = &[
    ("canceled", "a canceled item"),
    ("cancelled", "a canceled item"),
    ("killed", "a canceled item"),
    ("withheld", "a withheld item"),
];

/// Returns how an item is left out that its class or status says is no article; the codes may be names
/// with a prefix (`stat:canceled`) or addresses.
pub(super) fn left_out(class: Option<&str>, status: Option<&str>) -> Option<Reading> {
    let found = class.and_then(|code| known(CLASSES, code));
    found.or_else(|| known(STATUSES, status?)).map(unsupported)
}

/// Returns how an item is left out that is no article but `what`.
pub(super) fn unsupported(what: &str) -> Reading {
    Reading::Skip(SkipReason::Unsupported(what.to_owned()))
}

fn known(codes: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    let name = code.rsplit([':', '/']).next().unwrap_or(code).trim();
    let found = codes.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
    found.map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_statuses_are_known_by_their_codes() {
        let reason = |class: &str, status: &str| match left_out(Some(class), Some(status)) {
            Some(Reading::Skip(SkipReason::Unsupported(what))) => what,
            _ => "read".to_owned(),
        };
        assert_eq!(reason("ninat:text", "stat:usable"), "read");
        assert_eq!(reason("http://cv.example/ninature/picture", ""), "a picture item");
        assert_eq!(reason("text", "Canceled"), "a canceled item");
        assert_eq!(reason("text", "http://cv.example/stat/withheld"), "a withheld item");
    }
}
