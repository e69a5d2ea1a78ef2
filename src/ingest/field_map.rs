//! Which key of a record holds which field of an article: the names that exports commonly use, and
//! those that a user adds.
//!
//! Names are compared without case, diacritics and punctuation, so that `datePublished`, `date_published` and
//! `Date Published` are one. Of several keys for a field the first in its row counts that holds a
//! value. A user's names come before the common ones and may be paths (`meta.source.name`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold;

/// The fields of an article that a record can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The text.
    Body,
    /// What stands in for the text where there is none: a summary, the first paragraph.
    Summary,
    /// When it was published.
    Published,
    /// The time of day, where it stands apart from the day.
    Time,
    /// The authors.
    Byline,
    /// The publication.
    Outlet,
    /// The address.
    Url,
    /// The language.
    Language,
    /// The part of the publication.
    Section,
    /// People that the article is about.
    Persons,
    /// Organizations that it is about.
    Organizations,
    /// Places that it is about.
    Places,
    /// No field, but an object that holds more of the same record.
    Nested,
}

impl Field {
    /// The number of fields.
    pub(crate) const COUNT: usize = 14;
}

/// The common names, best first.
const COMMON: &[(Field, &[&str])] = &[
    (
        Field::Title,
        &[
            "headline",
            "headlines",
            "title",
            "webtitle",
            "articletitle",
            "headlinetext",
            "hed",
            "head",
            "heading",
            "newstitle",
            "articleheadline",
            "storytitle",
            "hl",
            "titre",
            "titel",
            "titulo",
            "titolo",
            "titular",
            "uberschrift",
            "ueberschrift",
            "schlagzeile",
            "заголовок",
            "название",
            "name",
            "subject",
            "pagetitle",
            "titlepage",
            "ogtitle",
        ],
    ),
    (
        Field::Body,
        &[
            "body",
            "articlebody",
            "bodytext",
            "fulltext",
            "maintext",
            "articletext",
            "contenttext",
            "text",
            "content",
            "contents",
            "contenthtml",
            "bodyhtml",
            "bodyxhtml",
            "contentelements",
            "article",
            "articlecontent",
            "story",
            "storytext",
            "newscontent",
            "plaintext",
            "rawtext",
            "cleantext",
            "paragraphs",
            "html",
            "document",
            "transcript",
            "texte",
            "inhalt",
            "contenido",
            "testo",
            "cuerpo",
            "corpo",
            "texto",
            "contenu",
            "conteudo",
            "textocompleto",
            "volltext",
            "artikeltext",
            "текст",
            "содержание",
            "текстстатьи",
            "ocr",
            "ocrtext",
            "ocreng",
            "ocrfre",
            "ocrger",
            "ocrspa",
            "ocrita",
            "ocrpor",
            "ocrpol",
            "ocrcze",
            "ocrdan",
            "ocrfin",
            "ocrnor",
            "ocrswe",
            "message",
            "post",
        ],
    ),
    (
        Field::Summary,
        &[
            "leadparagraph",
            "lead",
            "lede",
            "description",
            "summary",
            "abstract",
            "snippet",
            "excerpt",
            "standfirst",
            "trailtext",
            "teaser",
            "dek",
            "shortdescription",
            "subheadline",
            "subtitle",
            "highlights",
            "resumen",
            "resume",
            "riassunto",
            "resumo",
            "zusammenfassung",
            "vorspann",
            "аннотация",
        ],
    ),
    (
        Field::Published,
        &[
            "datepublished",
            "publisheddate",
            "published",
            "publishedat",
            "publishdate",
            "datepublish",
            "publicationdate",
            "pubdate",
            "pubdatetime",
            "webpublicationdate",
            "firstpublished",
            "firstpublicationdate",
            "firstpublishdate",
            "publishedon",
            "publishedtime",
            "publishtime",
            "publishedutc",
            "articlepublishedtime",
            "displaydate",
            "publicationtime",
            "datetime",
            "date",
            "dategmt",
            "created",
            "createdat",
            "datecreated",
            "createddate",
            "versioncreated",
            "firstcreated",
            "issued",
            "issuedate",
            "timestamp",
            "seendate",
            "newsdate",
            "storydate",
            "articledate",
            "postdate",
            "posted",
            "postedat",
            "day",
            "datum",
            "fecha",
            "data",
            "fechapublicacion",
            "datapubblicazione",
            "datapublicacao",
            "datepublication",
            "erscheinungsdatum",
            "дата",
            "датапубликации",
            "isodate",
            "time",
            "datetimestamp",
            "epoch",
        ],
    ),
    (Field::Time, &["time", "pubtime", "timeofday"]),
    (
        Field::Byline,
        &[
            "byline",
            "bylines",
            "authors",
            "author",
            "authornames",
            "authorname",
            "creator",
            "dccreator",
            "writer",
            "writers",
            "by",
            "credits",
            "journalist",
            "reporter",
            "auteur",
            "autor",
            "autore",
            "autores",
            "autorin",
            "verfasser",
            "автор",
            "авторы",
            "articleauthor",
        ],
    ),
    (
        Field::Outlet,
        &[
            "outlet",
            "sitename",
            "medianame",
            "publisher",
            "sourcename",
            "source",
            "publicationname",
            "newspaper",
            "publication",
            "pubtitle",
            "newsoutlet",
            "mediaoutlet",
            "media",
            "site",
            "provider",
            "newssource",
            "sourcetitle",
            "outletname",
            "feedtitle",
            "agency",
            "domain",
            "sourcedomain",
            "journal",
            "zeitung",
            "medium",
            "quelle",
            "fuente",
            "fonte",
            "medio",
            "periodico",
            "giornale",
            "jornal",
            "источник",
            "издание",
        ],
    ),
    (
        Field::Url,
        &[
            "url",
            "canonicalurl",
            "link",
            "documenturl",
            "mainentityofpage",
            "canonicallink",
            "respondedurl",
            "requestedurl",
            "articleurl",
            "weburl",
            "permalink",
            "sourceurl",
            "newsurl",
            "storyurl",
            "pageurl",
            "originalurl",
            "href",
            "uri",
            "articlelink",
            "guid",
            "address",
        ],
    ),
    (Field::Language, &["language", "lang", "inlanguage", "languagecode", "langcode", "locale"]),
    (
        Field::Section,
        &[
            "section",
            "sectionname",
            "articlesection",
            "category",
            "categories",
            "newsdesk",
            "desk",
            "rubric",
            "ressort",
            "rubrique",
            "seccion",
            "sezione",
            "secao",
            "rubrik",
            "раздел",
            "рубрика",
            "channel",
        ],
    ),
    (Field::Persons, &["persons", "people", "person"]),
    (
        Field::Organizations,
        &["organizations", "organisations", "organization", "organisation", "orgs"],
    ),
    (Field::Places, &["places", "locations", "place"]),
    (
        Field::Nested,
        &[
            "source",
            "fields",
            "attributes",
            "article",
            "data",
            "doc",
            "document",
            "node",
            "item",
            "record",
            "metadata",
            "meta",
            "thread",
            "newsitem",
            "story",
            "post",
            "json",
        ],
    ),
];

/// Names of the arrays that hold the records of a file.
const RECORD_ARRAYS: &[&str] = &[
    "articles",
    "items",
    "results",
    "docs",
    "documents",
    "hits",
    "entries",
    "records",
    "stories",
    "news",
    "posts",
    "data",
    "value",
    "rows",
    "list",
    "response",
    "feed",
    "channel",
    "nodes",
    "content",
    "associations",
    "graph",
    "edges",
];

/// Names of what belongs to an article or a site and holds no records, whatever it looks like.
const NO_RECORD_ARRAYS: &[&str] = &[
    "attachments",
    "author",
    "authors",
    "categories",
    "comments",
    "contributors",
    "images",
    "keywords",
    "mostread",
    "multimedia",
    "photos",
    "pictures",
    "recommendations",
    "replies",
    "tags",
    "videos",
];

/// By normal name, what a key may hold and how early it is asked.
static COMMON_NAMES: LazyLock<FxHashMap<&'static str, Vec<(Field, usize)>>> = LazyLock::new(|| {
    let mut names: FxHashMap<&'static str, Vec<(Field, usize)>> = FxHashMap::default();
    for (field, row) in COMMON {
        for (rank, name) in row.iter().enumerate() {
            names.entry(name).or_default().push((*field, rank));
        }
    }
    names
});

/// Which key holds which field: the common names, and before them those that a user adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// Paths that a user gave, best first.
    paths: Vec<(Field, Vec<String>)>,
}

impl FieldMap {
    /// Adds a key for `field` that is asked before the common ones and after those added before;
    /// a dot leads into an object.
    pub fn with(mut self, field: Field, path: &str) -> Self {
        self.paths.push((field, path.split('.').map(str::to_owned).collect()));
        self
    }

    /// Returns this map with the keys of `others` asked after its own.
    pub fn or(mut self, others: &Self) -> Self {
        self.paths.extend(others.paths.iter().cloned());
        self
    }

    /// Returns the paths that a user gave, best first.
    pub(crate) fn paths(&self) -> &[(Field, Vec<String>)] {
        &self.paths
    }

    /// Returns what a key of this name may hold, with its rank among the names of the field: the
    /// lower, the better.
    pub(crate) fn fields_of(&self, key: &str) -> &'static [(Field, usize)] {
        if key.len() > LONGEST_KEY {
            return &[];
        }
        COMMON_NAMES.get(normal_name(key).as_str()).map_or(&[], Vec::as_slice)
    }
}

/// Returns how likely an array of this name is to hold the records: the lower, the likelier.
pub(crate) fn record_array_rank(key: &str) -> Option<usize> {
    let name = normal_name(key);
    RECORD_ARRAYS.iter().position(|known| *known == name)
}

/// Tells whether what a key of this name holds is surely no record: comments, authors, related stories.
pub(crate) fn holds_no_records(key: &str) -> bool {
    let name = normal_name(key);
    NO_RECORD_ARRAYS.contains(&name.as_str()) || name.starts_with("related")
}

/// What is longer, in bytes, is a text and no name.
const LONGEST_KEY: usize = 64;

/// Returns a name without case, diacritics and punctuation.
pub(crate) fn normal_name(key: &str) -> String {
    let mut name = fold(key);
    name.retain(char::is_alphanumeric);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        let map = FieldMap::default();
        for key in ["datePublished", "date_published", "Date Published", "DATE-PUBLISHED"] {
            assert_eq!(map.fields_of(key), [(Field::Published, 0)]);
        }
        assert!(map.fields_of("shoe size").is_empty());
        for (key, field) in [
            ("Überschrift", Field::Title),
            ("Título", Field::Title),
            ("Заголовок", Field::Title),
            ("cuerpo", Field::Body),
            ("ocr_eng", Field::Body),
            ("Текст", Field::Body),
            ("Дата", Field::Published),
            ("Fonte", Field::Outlet),
            ("media_name", Field::Outlet),
            ("DocumentURL", Field::Url),
            ("mainEntityOfPage", Field::Url),
            ("Sección", Field::Section),
        ] {
            assert_eq!(map.fields_of(key).first().map(|(field, _)| *field), Some(field), "{key}");
        }
    }

    #[test]
    fn rows_hold_normal_names_once() {
        for (field, row) in COMMON {
            for (rank, name) in row.iter().enumerate() {
                assert_eq!(normal_name(name), *name);
                assert!(!row[..rank].contains(name), "{name} stands twice under {field:?}");
            }
        }
    }
}
