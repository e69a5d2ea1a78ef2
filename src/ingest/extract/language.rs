//! The language of a text, by its letters and trigrams.

use whatlang::{Detector, Lang};

use crate::article::{Confidence, Evidence, EvidenceKind, Sourced};
use crate::text::Language;

/// The bytes that are looked at: more do not change the answer.
const SAMPLE_BYTES: usize = 1200;

/// Returns the language of `body`, or `None` for a text without letters.
///
/// `prior`, the language in which its outlet writes, decides where the text does not.
pub fn detect(body: &str, prior: Option<Language>) -> Option<Sourced<Language>> {
    let sample = sample(body);
    let Some(info) = Detector::new().detect(sample) else {
        return prior.map(from_prior);
    };
    if !info.is_reliable()
        && let Some(prior) = prior
    {
        return Some(from_prior(prior));
    }
    let confidence = if info.is_reliable() { Confidence::High } else { Confidence::Low };
    let evidence = Evidence::new(EvidenceKind::Detected, "the words of the text");
    Some(Sourced {
        value: from_whatlang(info.lang())?,
        evidence: evidence.with_confidence(confidence),
    })
}

fn from_prior(prior: Language) -> Sourced<Language> {
    Sourced::new(prior, EvidenceKind::Inferred, "the language of the outlet")
}

fn from_whatlang(language: Lang) -> Option<Language> {
    Language::parse(language.code())
}

/// Returns a stretch from the beginning of the text, on character boundaries.
fn sample(body: &str) -> &str {
    let mut end = body.len().min(SAMPLE_BYTES);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    &body[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<String> {
        detect(text, None).map(|found| found.value.to_string())
    }

    #[test]
    fn common_languages_are_told_apart() {
        let cases = [
            ("The alliance is not going to deploy troops in the country, its head said.", "en"),
            ("Das Bündnis wird keine Truppen in das Land entsenden, sagte sein Chef.", "de"),
            ("L'alliance n'enverra pas de troupes dans le pays, a déclaré son chef.", "fr"),
            ("Альянс не собирается размещать войска в стране, заявил его глава.", "ru"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_outlet_decides_where_the_text_does_not() {
        let prior = Language::parse("sv");
        let found = detect("1,2,3", prior).expect("the prior");
        assert_eq!((Some(found.value), found.evidence.kind), (prior, EvidenceKind::Inferred));
        assert!(detect("1,2,3", None).is_none());
    }
}
