//! Reading how a model cuts words, from the files that Hugging Face's libraries write: `tokenizer.json`
//! where it is there, else `vocab.txt` with what `tokenizer_config.json` says of it.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::files;
use super::wordpiece::{Normalization, WordPiece};
use crate::entities::error::UserModelError;
use crate::entities::user_model::UserModel;

/// What stands before pieces that go on with a word.
const PREFIX: &str = "##";

/// The piece that stands for words that cannot be cut.
const UNKNOWN: &str = "[UNK]";

/// What stands before and behind a text.
const EDGES: [&str; 2] = ["[CLS]", "[SEP]"];

/// The most characters of a word that is cut, where no file says it.
const LONGEST_WORD: usize = 100;

/// `tokenizer.json`, as far as it matters.
#[derive(Deserialize)]
struct TokenizerJson {
    model: ModelJson,
    normalizer: Option<NormalizerJson>,
    pre_tokenizer: Option<Typed>,
}

#[derive(Deserialize)]
struct Typed {
    r#type: String,
}

#[derive(Deserialize)]
struct ModelJson {
    /// Files of early versions do not say it.
    r#type: Option<String>,
    /// A map for pieces of words; for other kinds, which are refused, a list or nothing.
    #[serde(default)]
    vocab: serde_json::Value,
    unk_token: Option<String>,
    continuing_subword_prefix: Option<String>,
    max_input_chars_per_word: Option<usize>,
}

#[derive(Deserialize)]
struct NormalizerJson {
    r#type: String,
    #[serde(default = "yes")]
    clean_text: bool,
    #[serde(default = "yes")]
    handle_chinese_chars: bool,
    strip_accents: Option<bool>,
    #[serde(default = "yes")]
    lowercase: bool,
}

/// `tokenizer_config.json`, as far as it matters.
#[derive(Default, Deserialize)]
#[serde(default)]
struct TokenizerConfigJson {
    do_lower_case: Option<bool>,
    strip_accents: Option<bool>,
    tokenize_chinese_chars: Option<bool>,
}

fn yes() -> bool {
    true
}

/// Reads the vocabulary of a model.
///
/// # Errors
/// When there is none, or it is not one of pieces of words.
pub(super) fn read(model: &UserModel) -> Result<WordPiece, UserModelError> {
    let tokenizer = model.directory.join("tokenizer.json");
    if let Some(bytes) = files::read_if_there(&tokenizer)? {
        return of_tokenizer(files::parse(&tokenizer, &bytes)?, &tokenizer);
    }
    let list = model.directory.join("vocab.txt");
    let Some(bytes) = files::read_if_there(&list)? else {
        return Err(UserModelError::NoVocabulary { path: model.directory.clone() });
    };
    let path = model.directory.join("tokenizer_config.json");
    let config = match files::read_if_there(&path)? {
        Some(bytes) => files::parse(&path, &bytes)?,
        None => TokenizerConfigJson::default(),
    };
    of_list(&String::from_utf8_lossy(&bytes), &config, &list)
}

fn of_tokenizer(tokenizer: TokenizerJson, path: &Path) -> Result<WordPiece, UserModelError> {
    let TokenizerJson { model, normalizer, pre_tokenizer } = tokenizer;
    let unknown = |kind: &str| {
        Err(UserModelError::UnknownTokenizer { path: path.to_owned(), kind: kind.to_owned() })
    };
    let kind = model.r#type.as_deref().unwrap_or("WordPiece");
    let prefix = model.continuing_subword_prefix.as_deref().unwrap_or(PREFIX);
    let normalizer = match normalizer {
        _ if kind != "WordPiece" || prefix != PREFIX => return unknown(kind),
        Some(normalizer) if normalizer.r#type == "BertNormalizer" => normalizer,
        Some(other) => return unknown(&format!("{kind} with {}", other.r#type)),
        None => return unknown(&format!("{kind} without a normalizer")),
    };
    if let Some(other) = pre_tokenizer.filter(|words| words.r#type != "BertPreTokenizer") {
        return unknown(&format!("{kind} with {}", other.r#type));
    }
    let pieces: FxHashMap<String, u32> = serde_json::from_value(model.vocab)
        .map_err(|source| UserModelError::Json { path: path.to_owned(), source })?;
    let normalization = Normalization {
        cleans: normalizer.clean_text,
        splits_ideographs: normalizer.handle_chinese_chars,
        strips_accents: normalizer.strip_accents.unwrap_or(normalizer.lowercase),
        lowercases: normalizer.lowercase,
    };
    let pieces = pieces.iter().map(|(piece, id)| (piece.as_str(), *id));
    let unknown = model.unk_token.as_deref().unwrap_or(UNKNOWN);
    let vocabulary = WordPiece::of_pieces(pieces, unknown, normalization, path)?;
    let longest_word = model.max_input_chars_per_word.unwrap_or(LONGEST_WORD);
    Ok(WordPiece { longest_word, ..vocabulary })
}

/// Returns the vocabulary with a piece a line.
fn of_list(
    list: &str,
    config: &TokenizerConfigJson,
    path: &Path,
) -> Result<WordPiece, UserModelError> {
    // Without a word on it, a vocabulary that has capitals is one that needs them.
    let is_special = |piece: &str| piece.starts_with('[') && piece.ends_with(']');
    let has_capitals = || {
        let mut pieces = list.lines().filter(|piece| !is_special(piece));
        pieces.any(|piece| piece.contains(char::is_uppercase))
    };
    let lowercases = config.do_lower_case.unwrap_or_else(|| !has_capitals());
    let normalization = Normalization {
        cleans: true,
        splits_ideographs: config.tokenize_chinese_chars.unwrap_or(true),
        strips_accents: config.strip_accents.unwrap_or(lowercases),
        lowercases,
    };
    WordPiece::of_pieces(list.lines().zip(0..), UNKNOWN, normalization, path)
}

impl WordPiece {
    fn of_pieces<'piece>(
        pieces: impl Iterator<Item = (&'piece str, u32)>,
        unknown: &str,
        normalization: Normalization,
        path: &Path,
    ) -> Result<Self, UserModelError> {
        let mut first = FxHashMap::default();
        let mut further = FxHashMap::default();
        for (piece, id) in pieces {
            match piece.strip_prefix(PREFIX) {
                Some(piece) => further.insert(piece.into(), id),
                None => first.insert(piece.into(), id),
            };
        }
        let id_of = |piece: &str| {
            let lacks =
                || UserModelError::NoPiece { path: path.to_owned(), piece: piece.to_owned() };
            first.get(piece).copied().ok_or_else(lacks)
        };
        let edges = [id_of(EDGES[0])?, id_of(EDGES[1])?];
        let unknown = id_of(unknown)?;
        Ok(Self { first, further, unknown, edges, longest_word: LONGEST_WORD, normalization })
    }

    /// Returns a text to try a network on, the piece of the highest number in it.
    pub(super) fn sample(&self) -> [u32; 3] {
        let ids = self.first.values().chain(self.further.values());
        [self.edges[0], ids.copied().max().unwrap_or(self.unknown), self.edges[1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nlavrov\n##s\r\n";

    fn read_from(files: &[(&str, &str)]) -> Result<WordPiece, String> {
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(directory.path().join(name), text).unwrap();
        }
        read(&UserModel::new(directory.path())).map_err(|error| {
            let path = format!("{}/", directory.path().display());
            let message = match std::error::Error::source(&error) {
                Some(source) => format!("{error}: {source}"),
                None => error.to_string(),
            };
            message.replace(&path, "")
        })
    }

    fn tokenizer(model: &str, rest: &str) -> String {
        format!("{{\"model\": {{{model}}}{rest}}}")
    }

    #[test]
    fn both_files_say_the_same() {
        let config = r#"{"do_lower_case": false, "strip_accents": null, "model_max_length": 1e30}"#;
        let list = read_from(&[("vocab.txt", LIST), ("tokenizer_config.json", config)]).unwrap();
        let pieces = r###""type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3,
            "lavrov": 4, "##s": 5}"###;
        let rest = r#", "normalizer": {"type": "BertNormalizer", "clean_text": true,
            "handle_chinese_chars": true, "strip_accents": null, "lowercase": false},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": {"type": "WordPiece"}"#;
        let json = read_from(&[("tokenizer.json", &tokenizer(pieces, rest))]).unwrap();
        for vocabulary in [&list, &json] {
            assert_eq!(vocabulary.first["lavrov"], 4);
            assert_eq!(vocabulary.further["s"], 5);
            assert_eq!((vocabulary.unknown, vocabulary.edges), (1, [2, 3]));
            assert_eq!(vocabulary.longest_word, 100);
            assert!(
                !vocabulary.normalization.lowercases && !vocabulary.normalization.strips_accents
            );
        }
    }

    #[test]
    fn a_list_without_capitals_is_read_in_small_letters() {
        let lowercases =
            |list: &str| read_from(&[("vocab.txt", list)]).unwrap().normalization.lowercases;
        assert!(lowercases(LIST));
        assert!(!lowercases(&format!("{LIST}Lavrov\n")));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let error = |files: &[(&str, &str)]| read_from(files).err().unwrap();
        assert!(error(&[]).starts_with("there is neither `tokenizer.json` nor `vocab.txt` in `"));
        assert_eq!(
            error(&[("vocab.txt", "[CLS]\n[SEP]\na")]),
            "the vocabulary `vocab.txt` has no `[UNK]`"
        );
        assert_eq!(
            error(&[("vocab.txt", "[UNK]\na")]),
            "the vocabulary `vocab.txt` has no `[CLS]`"
        );
        let json = |text: &str| error(&[("tokenizer.json", text)]);
        assert_eq!(
            json(&tokenizer(r#""type": "BPE", "merges": []"#, "")),
            "`tokenizer.json` is a tokenizer of the kind `BPE`; only `WordPiece` can be used"
        );
        assert!(json("{").starts_with("`tokenizer.json` is not of the form that is known: EOF"));
        let other = tokenizer(r#""type": "WordPiece""#, r#", "normalizer": {"type": "NFC"}"#);
        assert!(json(&other).contains("`WordPiece with NFC`"));
    }
}
