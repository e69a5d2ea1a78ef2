//! `morgue.toml`, in which a user says how the files of an archive are read.
//!
//! It lies at the top of the archive, or where `--config FILE` says. Only what is known is accepted:
//! a key that is spelt wrongly must not be passed over in silence.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::article::Outlet;
use crate::ingest::{CONFIG_FILE, Field, FieldMap, FileRule, Limits, ReadOptions};
use crate::pipeline::UserModel;

use super::location::place_in;

/// The names of the authority files that are read where they lie beside the index directory.
const AUTHORITY_FILES: [&str; 2] = ["authority.toml", "authority.csv"];

/// Where the user's words on how to read files are.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ConfigArgs {
    /// How files are read, where it is not said by the archive's morgue.toml
    #[arg(
        long,
        value_name = "FILE",
        env = "MORGUE_CONFIG",
        long_help = "A file that says how files are read: which columns and keys hold what, in which \
                     files, and limits. By default it is `morgue.toml` at the top of the archive, \
                     if there is one. docs/formats.md explains it."
    )]
    pub config: Option<PathBuf>,
}

/// What a user says of an archive.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// How its files are read.
    pub(super) read: ReadOptions,
    /// Its authority files, the most important first.
    pub(super) authority: Vec<PathBuf>,
    /// The model that finds people, organizations and places in it.
    pub(super) model: Option<UserModel>,
}

impl ConfigArgs {
    /// Returns how the files of the archive at `archive` are read.
    ///
    /// # Errors
    /// When the file that says it cannot be read or understood.
    pub(super) fn read_options(&self, archive: &Path) -> anyhow::Result<ReadOptions> {
        Ok(self.settings(archive)?.read)
    }

    /// Returns what the user says of the archive at `archive`, its authority files those that the
    /// configuration names.
    fn settings(&self, archive: &Path) -> anyhow::Result<Settings> {
        let (path, config) = self.load(archive)?;
        usable(config, &path)
    }

    /// Returns what the user says of an archive, for a run: its authority files are those that its
    /// configuration names, by paths from where that lies, then those beside the index directory.
    ///
    /// # Errors
    /// When there is a configuration that cannot be read or understood.
    pub(super) fn for_run(&self, archive: &Path, index: &Path) -> anyhow::Result<Settings> {
        let mut settings = self.settings(archive)?;
        let beside = index.parent().unwrap_or(Path::new(""));
        for name in AUTHORITY_FILES {
            let file = beside.join(name);
            if file.is_file() && !settings.authority.contains(&file) {
                settings.authority.push(file);
            }
        }
        Ok(settings)
    }

    /// Returns the configuration of an archive and where it lies, or would lie where there is none.
    fn load(&self, archive: &Path) -> anyhow::Result<(PathBuf, Config)> {
        let path = self.config.clone().unwrap_or_else(|| archive.join(CONFIG_FILE));
        let text = match fs::read_to_string(&path) {
            // An archive may also be a single file.
            Err(error) if self.config.is_none() && is_missing(&error) => String::new(),
            read => read.with_context(|| format!("cannot read `{}`", path.display()))?,
        };
        let config = parse(&path, &text)?;
        Ok((path, config))
    }

    /// Returns what the user says of files at or below `path`, which may lie anywhere in an archive:
    /// the nearest configuration upwards holds it.
    ///
    /// # Errors
    /// When there is one that cannot be read or understood.
    pub(super) fn settings_for(&self, path: &Path) -> anyhow::Result<Settings> {
        if self.config.is_some() {
            return self.settings(path);
        }
        // What is not there is reported by whoever reads it.
        let Ok(path) = path.canonicalize() else { return Ok(Settings::default()) };
        let start = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(&path) };
        let Some(archive) = start.ancestors().find(|above| above.join(CONFIG_FILE).is_file())
        else {
            return Ok(Settings::default());
        };
        let mut settings = self.settings(archive)?;
        settings.read.base = place_in(archive, start);
        Ok(settings)
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn usable(config: Config, path: &Path) -> anyhow::Result<Settings> {
    let directory = path.parent().unwrap_or(Path::new(""));
    config.into_settings(directory).with_context(|| format!("cannot use `{}`", path.display()))
}

fn parse(path: &Path, text: &str) -> anyhow::Result<Config> {
    toml::from_str(text).with_context(|| format!("cannot use `{}`", path.display()))
}

/// How the files of an archive are read.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Config {
    /// Which keys of JSON and columns of tables hold which field, in all files.
    fields: Fields,
    /// What holds for some files; where several fit a file, the first that says something counts.
    files: Vec<Files>,
    /// What no record or container may exceed.
    limits: LimitsTable,
    /// People, organizations and places.
    entities: EntitiesTable,
}

/// What a user says of people, organizations and places.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct EntitiesTable {
    /// Authority files in TOML or CSV, the most important first; paths from where this file lies.
    authority: Vec<PathBuf>,
    /// A token-classification model that finds them, in place of the taggers of the program. Only a
    /// program built with the feature `onnx` can run one.
    model: Option<ModelTable>,
}

/// A token-classification model.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ModelTable {
    /// Its directory, from where this file lies: the network, `config.json`, and `tokenizer.json` or
    /// `vocab.txt`.
    path: PathBuf,
    /// The file of the network in the directory. By default `model.onnx`.
    file: Option<PathBuf>,
    /// The names of its labels in the order of their numbers. By default those of `config.json`.
    #[serde(default)]
    labels: Vec<String>,
    /// The languages of the articles that it reads: `de`, `en-US`, `German`. By default all.
    #[serde(default)]
    languages: Vec<String>,
    /// The most tokens that it reads at once. By default what `config.json` says, at most 512.
    max_tokens: Option<usize>,
}

/// Keys and columns by the field they hold, asked before the names that are known without.
type Fields = BTreeMap<FieldName, Names>;

/// What holds for the files that fit a pattern.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Files {
    /// The pattern of their paths in the archive, as in a `.gitignore`: `exports/*.csv`.
    path: String,
    /// Which keys and columns hold which field in them.
    #[serde(default)]
    fields: Fields,
    /// The names of the columns of tables without a row of names.
    #[serde(default)]
    columns: Vec<String>,
    /// The outlet of all articles in them.
    outlet: Option<String>,
    /// The language of all articles in them: `de`, `en-US`, `German`.
    language: Option<String>,
}

/// A field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum FieldName {
    Title,
    Body,
    Summary,
    Date,
    Time,
    Byline,
    Outlet,
    Url,
    Language,
    Section,
    Persons,
    Organizations,
    Places,
}

impl From<FieldName> for Field {
    fn from(name: FieldName) -> Self {
        match name {
            FieldName::Title => Self::Title,
            FieldName::Body => Self::Body,
            FieldName::Summary => Self::Summary,
            FieldName::Date => Self::Published,
            FieldName::Time => Self::Time,
            FieldName::Byline => Self::Byline,
            FieldName::Outlet => Self::Outlet,
            FieldName::Url => Self::Url,
            FieldName::Language => Self::Language,
            FieldName::Section => Self::Section,
            FieldName::Persons => Self::Persons,
            FieldName::Organizations => Self::Organizations,
            FieldName::Places => Self::Places,
        }
    }
}

/// One name, or several of which the first that holds a value counts; a dot leads into an object.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a name or a list of names")]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl Names {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// The limits; one that is left out is as it is by default.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct LimitsTable {
    /// The most bytes of one record: a page, a line of JSON, a row. By default 32 MiB.
    max_record_bytes: Option<u64>,
    /// How many times as large as a container its contents may be. By default 500.
    max_expansion_ratio: Option<u64>,
    /// The most bytes that all containers of one file may hold together. By default 512 GiB.
    max_expanded_bytes: Option<u64>,
    /// The most containers in one another. By default 6.
    max_nesting: Option<usize>,
}

impl Config {
    /// Returns what the file in `directory` says.
    fn into_settings(self, directory: &Path) -> anyhow::Result<Settings> {
        let rules: anyhow::Result<Vec<FileRule>> =
            self.files.into_iter().map(Files::into_rule).collect();
        let read = ReadOptions {
            limits: self.limits.into_limits(),
            field_map: field_map(&self.fields),
            rules: rules?,
            ..ReadOptions::default()
        };
        let EntitiesTable { authority, model } = self.entities;
        let authority = authority.iter().map(|file| directory.join(file)).collect();
        let model = model.map(|model| model.into_model(directory)).transpose()?;
        Ok(Settings { read, authority, model })
    }
}

impl ModelTable {
    fn into_model(self, directory: &Path) -> anyhow::Result<UserModel> {
        let mut model = UserModel::new(directory.join(&self.path)).with_labels(self.labels);
        if let Some(file) = &self.file {
            model = model.with_file(file);
        }
        if let Some(max_tokens) = self.max_tokens {
            model = model.with_max_tokens(max_tokens);
        }
        for language in &self.languages {
            model = model.with_language(language)?;
        }
        Ok(model)
    }
}

impl Files {
    fn into_rule(self) -> anyhow::Result<FileRule> {
        let mut rule = FileRule::new(&self.path)?;
        if let Some(language) = &self.language {
            rule = rule.with_language(language)?;
        }
        rule.field_map = field_map(&self.fields);
        rule.outlet = self.outlet.as_deref().and_then(Outlet::new);
        rule.columns = self.columns;
        Ok(rule)
    }
}

impl LimitsTable {
    fn into_limits(self) -> Limits {
        let default = Limits::default();
        Limits {
            max_record_bytes: self.max_record_bytes.unwrap_or(default.max_record_bytes),
            max_expansion_ratio: self.max_expansion_ratio.unwrap_or(default.max_expansion_ratio),
            max_expanded_bytes: self.max_expanded_bytes.unwrap_or(default.max_expanded_bytes),
            max_nesting: self.max_nesting.unwrap_or(default.max_nesting),
        }
    }
}

fn field_map(fields: &Fields) -> FieldMap {
    let mut map = FieldMap::default();
    for (field, names) in fields {
        for name in names.as_slice() {
            map = map.with((*field).into(), name);
        }
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str) -> anyhow::Result<ReadOptions> {
        let path = Path::new("a/morgue.toml");
        Ok(usable(parse(path, text)?, path)?.read)
    }

    #[test]
    fn everything_that_can_be_said_is_understood() {
        let text = r#"
            [fields]
            title = "kopf.zeile"
            body = ["text1", "text2"]
            [limits]
            max_nesting = 2
            [[files]]
            path = "exports/*.csv"
            columns = ["tag", "zeile", "inhalt"]
            outlet = "Der Bote"
            language = "de"
            [files.fields]
            date = "tag"
        "#;
        let options = options(text).unwrap();
        let map = FieldMap::default()
            .with(Field::Title, "kopf.zeile")
            .with(Field::Body, "text1")
            .with(Field::Body, "text2");
        assert_eq!(options.field_map, map);
        assert_eq!(options.limits, Limits { max_nesting: 2, ..Limits::default() });
        let rule = &options.rules[0];
        assert_eq!(rule.field_map, FieldMap::default().with(Field::Published, "tag"));
        assert_eq!(rule.outlet, Outlet::new("Der Bote"));
        assert_eq!(rule.language.unwrap().as_str(), "de");
        assert_eq!(rule.columns, ["tag", "zeile", "inhalt"]);
    }

    #[test]
    fn what_is_not_understood_is_an_error_that_names_it() {
        let message = |text: &str| format!("{:#}", options(text).unwrap_err());
        assert!(message("[fields]\ntitel = 'a'").contains("titel"));
        assert!(message("[fields]\ntitle = 1").contains("expected a name or a list of names"));
        let pattern = message("[[files]]\npath = ''");
        assert_eq!(pattern, "cannot use `a/morgue.toml`: `` is not a pattern of paths");
        let language = message("[[files]]\npath = 'a'\nlanguage = 'no such'");
        assert_eq!(language, "cannot use `a/morgue.toml`: `no such` is not a language");
    }

    #[test]
    fn an_archive_without_a_configuration_has_the_defaults() {
        let options = ConfigArgs::default().read_options(Path::new("no/such/archive")).unwrap();
        assert_eq!(options.field_map, FieldMap::default());
        assert!(options.rules.is_empty());
    }
}
