//! The language of a text: by its function words where they are plain, else by its trigrams.

mod function_words;

use std::borrow::Cow;

use whatlang::{Detector, Info, Lang};

use crate::article::{Confidence, Evidence, EvidenceKind, Sourced};
use crate::text::{Language, beginning};

/// The bytes that are looked at: more do not change the answer.
const SAMPLE_BYTES: usize = 1200;

/// Languages that trigrams take short texts of their neighbours for, and that news is rarely in.
const RARE: &[Lang] = &[
    Lang::Epo,
    Lang::Lat,
    Lang::Jav,
    Lang::Sna,
    Lang::Zul,
    Lang::Afr,
    Lang::Tuk,
    Lang::Uzb,
    Lang::Cat,
    Lang::Tgl,
];

/// The least share of the words of sentences that are function words; of news prose it is a third.
const LEAST_FUNCTION_WORDS: f32 = 0.15;

/// Tells whether enough words of `text` are function words of one language for sentences of it.
pub(super) fn has_function_words(text: &str) -> bool {
    function_words::count(text)
        .is_some_and(|verdict| verdict.best >= LEAST_FUNCTION_WORDS * verdict.words as f32)
}

/// Returns the language of `body`, or `None` for a text without letters.
///
/// `prior`, the language that its page states or its outlet writes in, decides where the text does
/// not. The text wins where it is plain, since pages state wrong languages.
pub fn detect(body: &str, prior: Option<Language>) -> Option<Sourced<Language>> {
    let sample = without_addresses(beginning(body, SAMPLE_BYTES));
    let words = function_words::count(&sample);
    if let Some(verdict) = words
        && verdict.is_certain()
    {
        return detected(Language::parse(verdict.code)?, Confidence::High);
    }
    let Some(info) = by_trigrams(&sample) else { return prior.map(from_prior) };
    let trigrams = Language::parse(info.lang().code())?;
    let by_words = words
        .filter(|verdict| verdict.is_likely())
        .and_then(|verdict| Language::parse(verdict.code));
    if by_words == Some(trigrams) {
        return detected(trigrams, Confidence::High);
    }
    if let Some(prior) = prior
        && (!info.is_reliable() || by_words == Some(prior))
    {
        return Some(from_prior(prior));
    }
    match by_words {
        Some(words) if is_spaced_script(&info) => detected(words, Confidence::Medium),
        _ if info.is_reliable() => detected(trigrams, Confidence::High),
        _ => detected(trigrams, Confidence::Low),
    }
}

/// Returns what the trigrams say, a rare language only where they are sure of it.
fn by_trigrams(sample: &str) -> Option<Info> {
    let info = Detector::new().detect(sample)?;
    if info.is_reliable() || !RARE.contains(&info.lang()) {
        return Some(info);
    }
    Detector::with_denylist(RARE.to_vec()).detect(sample)
}

/// Tells whether the function words cover the script: only Latin and Cyrillic ones are listed.
fn is_spaced_script(info: &Info) -> bool {
    matches!(info.script(), whatlang::Script::Latin | whatlang::Script::Cyrillic)
}

fn detected(language: Language, confidence: Confidence) -> Option<Sourced<Language>> {
    let evidence = Evidence::new(EvidenceKind::Detected, "the words of the text");
    Some(Sourced { value: language, evidence: evidence.with_confidence(confidence) })
}

fn from_prior(prior: Language) -> Sourced<Language> {
    Sourced::new(prior, EvidenceKind::Inferred, "the language of the outlet")
}

/// Returns the text without addresses of pages and of mail: what they spell is of no language.
fn without_addresses(text: &str) -> Cow<'_, str> {
    if !text.contains("://") && !text.contains("www.") && !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let is_address = |stretch: &str| {
        stretch.contains("://") || stretch.starts_with("www.") || stretch.contains('@')
    };
    let mut kept = String::with_capacity(text.len());
    for stretch in text.split_inclusive(char::is_whitespace).filter(|one| !is_address(one)) {
        kept.push_str(stretch);
    }
    Cow::Owned(kept)
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
            ("北约不会向乌克兰部署部队。", "zh"),
            ("동맹은 병력을 배치하지 않을 것이라고 밝혔다.", "ko"),
            ("Η συμμαχία δεν πρόκειται να στείλει στρατεύματα.", "el"),
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

    #[test]
    fn addresses_are_of_no_language() {
        let text = "https://de.example.org/das/ist/nicht/die/sprache the talks had come to an end";
        assert_eq!(code(text).as_deref(), Some("en"));
        assert!(detect("https://de.example.org/das/ist/nicht/die/sprache", None).is_none());
    }
}
