//! Why a value is believed: every date, title or author that was found, rather than given, carries
//! the kind of place it was found in, the words found there and how far they can be trusted.

use std::fmt;

/// A value together with the reason for believing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub evidence: Evidence,
}

impl<T> Sourced<T> {
    /// Returns `value` as found in a place of this kind, with the kind's usual confidence.
    pub fn new(value: T, kind: EvidenceKind, detail: impl Into<String>) -> Self {
        Self { value, evidence: Evidence::new(kind, detail) }
    }

    /// Returns the same evidence for another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced { value: convert(self.value), evidence: self.evidence }
    }
}

/// Where a value was found, in which words, and how far it can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The kind of place.
    pub kind: EvidenceKind,
    /// What was found there: the name of the field and its text, or the words of the sentence.
    pub detail: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
}

impl Evidence {
    /// Returns evidence with the usual confidence of its kind.
    pub fn new(kind: EvidenceKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), confidence: kind.usual_confidence() }
    }

    /// Returns the same evidence with another confidence.
    pub fn with_confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }
}

/// How far a value can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A guess: wrong more often than one time in five.
    Low,
    /// Usually right.
    Medium,
    /// Stated by the publisher.
    High,
}

impl Confidence {
    /// Returns the lower-case word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// The kinds of places in which values are found, from the most to the least formal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EvidenceKind {
    /// A field of the file's format: a JSON key, a CSV column, an element of NITF or SGML.
    Field,
    /// A line of the header block of a scraped text.
    Header,
    /// JSON-LD of a page.
    JsonLd,
    /// A `meta` element of a page.
    Meta,
    /// Microdata, `time` elements and classes of a page.
    Markup,
    /// The address of the page.
    Url,
    /// The name of the file or of a directory above it.
    Path,
    /// Words of the text itself.
    Text,
    /// A date without a year, completed by the weekday that stands beside it.
    Weekday,
    /// A date without a year, completed from the date of the file or of its neighbours.
    Inferred,
    /// Told from the text by a statistical method.
    Detected,
}

impl EvidenceKind {
    /// Returns the lower-case word used in JSON, as in `"date_evidence": "weekday"`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Header => "header",
            Self::JsonLd => "json-ld",
            Self::Meta => "meta",
            Self::Markup => "markup",
            Self::Url => "url",
            Self::Path => "path",
            Self::Text => "text",
            Self::Weekday => "weekday",
            Self::Inferred => "inferred",
            Self::Detected => "detected",
        }
    }

    fn usual_confidence(self) -> Confidence {
        match self {
            Self::Field | Self::Header | Self::JsonLd | Self::Meta | Self::Url => Confidence::High,
            Self::Markup | Self::Path | Self::Text | Self::Weekday | Self::Detected => {
                Confidence::Medium
            }
            Self::Inferred => Confidence::Low,
        }
    }
}

impl fmt::Display for EvidenceKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
