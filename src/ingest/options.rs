//! How files are read: limits, the way pages are read, and what a user says of his files.

use std::fmt;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use xxhash_rust::xxh3::xxh3_64;

use crate::article::{EvidenceKind, Outlet, Sourced};
use crate::text::Language;

use super::draft::Draft;
use super::error::Error;
use super::extract::page::ExtractMode;
use super::field_map::FieldMap;
use super::limits::Limits;

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// What no record or container may exceed.
    pub limits: Limits,
    /// How the body of a page is found.
    pub extract: ExtractMode,
    /// Which keys of JSON and columns of tables hold what, in every file.
    pub field_map: FieldMap,
    /// What a user says of some files, the most important rule first.
    pub rules: Vec<FileRule>,
    /// What stands before the paths of files when the rules look at them: where less than a whole
    /// archive is read, its place in the archive. Empty, or with a `/` at its end.
    pub base: String,
}

/// What a user says of the files whose paths fit a pattern.
#[derive(Clone, Debug)]
pub struct FileRule {
    pattern: String,
    matcher: Gitignore,
    /// Which keys and columns hold what, asked before those of all files.
    pub field_map: FieldMap,
    /// The outlet of every article in the files.
    pub outlet: Option<Outlet>,
    /// The language of every article in the files.
    pub language: Option<Language>,
    /// The names of the columns of tables that do not name them in their first row.
    pub columns: Vec<String>,
}

impl FileRule {
    /// Returns a rule, which says nothing yet, for the paths that fit `pattern`: that of a
    /// `.gitignore`, such as `exports/**/*.csv`.
    ///
    /// # Errors
    /// Fails on a pattern that is none.
    pub fn new(pattern: &str) -> Result<Self, Error> {
        let invalid = |source| Error::Pattern { pattern: pattern.to_owned(), source };
        let mut builder = GitignoreBuilder::new("");
        builder.add_line(None, pattern).map_err(invalid)?;
        let matcher = builder.build().map_err(invalid)?;
        if matcher.num_ignores() != 1 {
            // An empty line, a comment or an exception.
            return Err(Error::NoPattern(pattern.to_owned()));
        }
        Ok(Self {
            pattern: pattern.to_owned(),
            matcher,
            field_map: FieldMap::default(),
            outlet: None,
            language: None,
            columns: Vec::new(),
        })
    }

    /// Sets the language by its code, a tag such as `en-US` or its English name.
    ///
    /// # Errors
    /// Fails on what is none of these.
    pub fn with_language(self, text: &str) -> Result<Self, Error> {
        match Language::parse(text) {
            Some(language) => Ok(Self { language: Some(language), ..self }),
            None => Err(Error::NoLanguage(text.to_owned())),
        }
    }

    /// Returns everything that the rule says.
    fn said(&self) -> impl fmt::Debug + use<'_> {
        (&self.pattern, &self.field_map, &self.outlet, self.language, &self.columns)
    }

    fn applies_to(&self, path: &str) -> bool {
        // The matcher panics on a path with a root, which a caller may have put there.
        let path = path.trim_start_matches('/');
        self.matcher.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// What holds for one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileSettings {
    pub(crate) field_map: FieldMap,
    /// The names of the columns of a table that does not name them; mostly none.
    pub(crate) columns: Vec<String>,
    outlet: Option<Outlet>,
    language: Option<Language>,
}

/// Which file a fingerprint is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fingerprinted<'a> {
    /// One without members, at this path.
    File(&'a str),
    /// One with members, for each of which any rule may hold.
    Container,
}

impl ReadOptions {
    /// Returns what holds for the file at `path`.
    pub(crate) fn settings_for(&self, path: &str) -> FileSettings {
        let mut settings = FileSettings::default();
        if self.rules.is_empty() {
            settings.field_map = self.field_map.clone();
            return settings;
        }
        let based = format!("{}{path}", self.base);
        for rule in self.rules.iter().filter(|rule| rule.applies_to(&based)) {
            settings.field_map = settings.field_map.or(&rule.field_map);
            settings.outlet = settings.outlet.or_else(|| rule.outlet.clone());
            settings.language = settings.language.or(rule.language);
            if settings.columns.is_empty() {
                settings.columns.clone_from(&rule.columns);
            }
        }
        settings.field_map = settings.field_map.or(&self.field_map);
        settings
    }

    /// Returns a number that changes when the file could be read otherwise by these options than
    /// by others: 0 for a file, and 1 for a container, for which none but the defaults hold.
    pub fn fingerprint(&self, file: Fingerprinted<'_>) -> u64 {
        let based = match file {
            Fingerprinted::File(path) => Some(format!("{}{path}", self.base)),
            Fingerprinted::Container => None,
        };
        let holds = |rule: &&FileRule| based.as_ref().is_none_or(|path| rule.applies_to(path));
        let rules: Vec<_> = self.rules.iter().filter(holds).map(FileRule::said).collect();
        let Self { limits, extract, field_map, .. } = self;
        let is_default = rules.is_empty()
            && *limits == Limits::default()
            && *extract == ExtractMode::default()
            && *field_map == FieldMap::default();
        let is_container = file == Fingerprinted::Container;
        if is_default {
            return u64::from(is_container);
        }
        let all = format!("{:?}", (is_container, limits, extract, field_map, rules));
        xxh3_64(all.as_bytes())
    }
}

impl FileSettings {
    /// Puts what the user said over what was found.
    pub(crate) fn apply(&self, draft: &mut Draft) {
        const PLACE: &str = "morgue.toml";
        if let Some(outlet) = &self.outlet {
            draft.outlet = Some(Sourced::new(outlet.clone(), EvidenceKind::Field, PLACE));
        }
        if let Some(language) = self.language {
            draft.language = Some(Sourced::new(language, EvidenceKind::Field, PLACE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Field;
    use crate::ingest::testing::read_with;

    fn rule(pattern: &str) -> FileRule {
        FileRule::new(pattern).unwrap()
    }

    #[test]
    fn rules_hold_for_the_paths_that_fit() {
        let field_map = FieldMap::default().with(Field::Title, "zeile");
        let outlet = Outlet::new("Der Bote");
        let first = FileRule { field_map, outlet, ..rule("exports/*.csv") };
        let second = FileRule { outlet: Outlet::new("Other"), ..rule("exports/") };
        let options = ReadOptions { rules: vec![first, second], ..ReadOptions::default() };
        let text = b"zeile,title,text\nRight,Wrong,Text.\n";
        let title = |path: &str| {
            let found = read_with(path, text, &options);
            let article = found[0].article();
            let outlet = article.outlet.as_ref().map(|outlet| outlet.value.to_string());
            (article.title_text().to_owned(), outlet)
        };
        assert_eq!(title("exports/a.csv"), ("Right".to_owned(), Some("Der Bote".to_owned())));
        assert_eq!(title("exports/sub/a.csv"), ("Wrong".to_owned(), Some("Other".to_owned())));
        assert_eq!(title("a.csv"), ("Wrong".to_owned(), None));
        let inside = ReadOptions { base: "exports/".to_owned(), ..options };
        assert_eq!(read_with("a.csv", text, &inside)[0].article().title_text(), "Right");
    }

    #[test]
    fn fingerprints_change_with_what_holds_for_a_file() {
        let plain = ReadOptions::default();
        let of = |options: &ReadOptions, path| options.fingerprint(Fingerprinted::File(path));
        assert_eq!(of(&plain, "a.csv"), 0);
        assert_eq!(plain.fingerprint(Fingerprinted::Container), 1);
        let ruled = ReadOptions { rules: vec![rule("*.csv")], ..plain.clone() };
        assert_ne!(of(&ruled, "a.csv"), 0);
        assert_ne!(of(&ruled, "a.csv"), ruled.fingerprint(Fingerprinted::Container));
        assert_eq!(of(&ruled, "a.json"), 0);
        assert_ne!(ruled.fingerprint(Fingerprinted::Container), 1);
        let fast = ReadOptions { extract: ExtractMode::Fast, ..plain };
        assert_ne!(of(&fast, "a.html"), 0);
    }

    #[test]
    fn what_is_no_pattern_is_an_error() {
        assert_eq!(FileRule::new("").unwrap_err().to_string(), "`` is not a pattern of paths");
        assert!(FileRule::new("!a").is_err());
        let error = rule("*").with_language("no such").unwrap_err();
        assert_eq!(error.to_string(), "`no such` is not a language");
    }
}
