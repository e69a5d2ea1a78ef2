//! Language codes: ISO 639-1 where there is one, else ISO 639-3.

use std::fmt;
use std::str::FromStr;

/// A language, such as `en`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

/// The text names no language that is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language code such as `en` or `uk`")]
pub struct UnknownLanguage(pub String);

/// Two-letter code, other codes and names, English name.
type Row = (&'static str, &'static [&'static str], &'static str);

/// The languages that news is read in here; any other two- or three-letter code is kept as it is.
const LANGUAGES: &[Row] = &[
    ("af", &["afr"], "afrikaans"),
    ("ar", &["ara", "arb"], "arabic"),
    ("az", &["aze"], "azerbaijani"),
    ("be", &["bel"], "belarusian"),
    ("bg", &["bul"], "bulgarian"),
    ("bn", &["ben"], "bengali"),
    ("ca", &["cat"], "catalan"),
    ("cs", &["ces", "cze"], "czech"),
    ("da", &["dan"], "danish"),
    ("de", &["deu", "ger"], "german"),
    ("el", &["ell", "gre"], "greek"),
    ("en", &["eng"], "english"),
    ("eo", &["epo"], "esperanto"),
    ("es", &["spa"], "spanish"),
    ("et", &["est"], "estonian"),
    ("fa", &["fas", "per", "pes"], "persian"),
    ("fi", &["fin"], "finnish"),
    ("fr", &["fra", "fre"], "french"),
    ("gu", &["guj"], "gujarati"),
    ("he", &["heb"], "hebrew"),
    ("hi", &["hin"], "hindi"),
    ("hr", &["hrv"], "croatian"),
    ("hu", &["hun"], "hungarian"),
    ("hy", &["hye", "arm"], "armenian"),
    ("id", &["ind"], "indonesian"),
    ("it", &["ita"], "italian"),
    ("ja", &["jpn"], "japanese"),
    ("jv", &["jav"], "javanese"),
    ("ka", &["kat", "geo"], "georgian"),
    ("kk", &["kaz"], "kazakh"),
    ("km", &["khm"], "khmer"),
    ("kn", &["kan"], "kannada"),
    ("ko", &["kor"], "korean"),
    ("la", &["lat"], "latin"),
    ("lt", &["lit"], "lithuanian"),
    ("lv", &["lav"], "latvian"),
    ("mk", &["mkd", "mac"], "macedonian"),
    ("ml", &["mal"], "malayalam"),
    ("mr", &["mar"], "marathi"),
    ("my", &["mya", "bur"], "burmese"),
    // "Norwegian" without more is written in Bokmål, nine times in ten.
    ("nb", &["nob", "no", "nor", "norwegian"], "norwegian bokmål"),
    ("ne", &["nep"], "nepali"),
    ("nl", &["nld", "dut"], "dutch"),
    ("nn", &["nno"], "norwegian nynorsk"),
    ("or", &["ori"], "oriya"),
    ("pa", &["pan"], "punjabi"),
    ("pl", &["pol"], "polish"),
    ("pt", &["por"], "portuguese"),
    ("ro", &["ron", "rum"], "romanian"),
    ("ru", &["rus"], "russian"),
    ("si", &["sin"], "sinhala"),
    ("sk", &["slk", "slo"], "slovak"),
    ("sl", &["slv"], "slovene"),
    ("sn", &["sna"], "shona"),
    ("sr", &["srp"], "serbian"),
    ("sv", &["swe"], "swedish"),
    ("ta", &["tam"], "tamil"),
    ("te", &["tel"], "telugu"),
    ("th", &["tha"], "thai"),
    ("tk", &["tuk"], "turkmen"),
    ("tl", &["tgl"], "tagalog"),
    ("tr", &["tur"], "turkish"),
    ("uk", &["ukr"], "ukrainian"),
    ("ur", &["urd"], "urdu"),
    ("uz", &["uzb"], "uzbek"),
    ("vi", &["vie"], "vietnamese"),
    ("yi", &["yid"], "yiddish"),
    ("zh", &["zho", "chi", "cmn"], "chinese"),
    ("zu", &["zul"], "zulu"),
];

impl Language {
    /// English, whose analysis is used where no language is known.
    pub const ENGLISH: Self = Self(*b"en\0");

    /// Returns the language of a code, a tag such as `en-US` or an English name, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let primary = text.split(['-', '_']).next().unwrap_or_default();
        let row = LANGUAGES.iter().find(|(two, three, name)| {
            primary == *two || three.contains(&primary) || text == *name
        });
        match row {
            Some((two, ..)) => Self::from_code(two),
            None => Self::from_code(primary),
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        if !(2..=3).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let mut bytes = [0; 3];
        bytes[..code.len()].copy_from_slice(code.as_bytes());
        Some(Self(bytes))
    }

    /// Returns the code.
    pub fn as_str(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..length]).expect("a code holds ASCII only")
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Language({})", self.as_str())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::parse(text).ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tags_and_names_of_a_language_are_one() {
        let cases = [
            ("en", &["EN", "en-US", "eng", "english"][..]),
            ("nb", &["no", "nor", "nob", "nb-NO", "Norwegian"]),
            ("nn", &["nno"]),
            ("tlh", &["tlh"]),
        ];
        for (code, texts) in cases {
            for text in texts {
                assert_eq!(Language::parse(text).expect("a language").as_str(), code, "{text}");
            }
        }
        assert!(Language::parse("unknown").is_none());
    }
}
