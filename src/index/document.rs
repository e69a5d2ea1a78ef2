//! Articles as documents of the index, and back.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

use crate::article::{
    Agency, Article, ArticleId, ArticleTokens, Byline, Confidence, ContentHash, Dateline,
    EntityKind, EntityMention, Evidence, EvidenceKind, GivenEntity, MentionField, Outlet,
    PublicationDate, SourceLocator, Sourced,
};
use crate::text::{Analyzer, Language, Span};

use super::analyzer::{EncodedText, encode_line};
use super::names::ArticleNames;
use super::schema::{Fields, TITLE_WEIGHT};

/// Turns articles into documents; one for each thread, since it remembers the words it has seen.
pub struct DocumentBuilder {
    fields: Fields,
    analyzers: FxHashMap<Language, Analyzer>,
}

/// What tells the copies of an article.
#[derive(Clone, Debug, Default)]
pub struct CopyMarks {
    /// The sampled shingles of its body, as numbers in order; empty where it has none.
    pub sketch: Vec<u64>,
    /// Numbers of which copies are likely to share some; zero for none.
    pub keys: [u64; 4],
}

/// An article ready to be indexed, with what the statistics of the index need to know of it.
pub struct IndexableArticle {
    pub(super) document: TantivyDocument,
    pub(super) names: ArticleNames,
    /// What the article adds to the totals of the index.
    pub totals: Totals,
}

/// Sums over the articles of an index, kept exactly from commit to commit: Tantivy's own sums go on
/// counting what was deleted until segments are merged, and only estimate it then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The number of articles.
    pub articles: u64,
    /// The number of words of all bodies.
    pub body_words: u64,
    /// The number of words of all headlines.
    pub title_words: u64,
}

impl Totals {
    /// Adds `other`.
    pub fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.body_words += other.body_words;
        self.title_words += other.title_words;
    }

    /// Returns the number of terms in the field `exact`.
    pub fn exact_terms(&self) -> u64 {
        self.body_words + self.title_words
    }

    /// Returns the number of terms in the field `stem`.
    pub fn stem_terms(&self) -> u64 {
        self.body_words + u64::from(TITLE_WEIGHT) * self.title_words
    }
}

impl DocumentBuilder {
    /// Returns a builder for documents with these fields.
    pub fn new(fields: Fields) -> Self {
        Self { fields, analyzers: FxHashMap::default() }
    }

    /// Returns the document of `article`, whose words are these and whose copies are told by `marks`.
    pub fn build(
        &mut self,
        article: &Article,
        words: &ArticleTokens,
        marks: &CopyMarks,
    ) -> IndexableArticle {
        let fields = self.fields;
        let language = article.language.as_ref().map_or(Language::ENGLISH, |found| found.value);
        let analyzer = self.analyzers.entry(language).or_insert_with(|| Analyzer::new(language));
        let text = EncodedText::of(article.title_text(), &article.body, words, analyzer);
        let title_words = text.title.split_ascii_whitespace().count() as u64;
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, article.id.as_str());
        document.add_text(fields.source, &article.locator.path);
        document.add_text(fields.exact, &text.exact);
        document.add_text(fields.stem, &text.stem);
        document.add_text(fields.marks, &text.marks);
        document.add_text(fields.title, &text.title);
        document.add_text(fields.title_stem, &text.title_stem);
        document.add_u64(fields.words, text.body_words);
        document.add_u64(fields.order, article.id.order());
        for &number in &marks.sketch {
            document.add_u64(fields.sketch, number);
        }
        for (field, key) in fields.copy_keys.into_iter().zip(marks.keys) {
            document.add_u64(field, key);
        }
        add_path(&mut document, fields, &article.locator, analyzer);
        add_metadata(&mut document, fields, article, analyzer);
        add_date(&mut document, fields, article);
        let names = add_entities(&mut document, fields, article);
        document.add_text(fields.body, &article.body);
        let record = serde_json::to_vec(&Record::of(article))
            .expect("a record holds strings and numbers only");
        document.add_bytes(fields.record, &record);
        let totals = Totals { articles: 1, body_words: text.body_words, title_words };
        IndexableArticle { document, names, totals }
    }
}

fn add_path(
    document: &mut TantivyDocument,
    fields: Fields,
    locator: &SourceLocator,
    analyzer: &mut Analyzer,
) {
    let mut path = encode_line(&locator.path, analyzer);
    for member in &locator.members {
        path.push_str(&encode_line(member, analyzer));
    }
    document.add_text(fields.path, path);
}

fn add_metadata(
    document: &mut TantivyDocument,
    fields: Fields,
    article: &Article,
    analyzer: &mut Analyzer,
) {
    let has = |document: &mut TantivyDocument, name: &str| {
        document.add_text(fields.has, name);
    };
    if article.title.is_some() {
        has(document, "title");
    }
    if !article.body.is_empty() {
        has(document, "body");
    }
    if let Some(byline) = &article.byline {
        has(document, "byline");
        document.add_text(fields.byline, encode_line(&byline.value.to_string(), analyzer));
    }
    if article.agencies.is_some() {
        has(document, "agency");
    }
    for agency in article.agency_names() {
        document.add_text(fields.agency, agency);
    }
    if let Some(dateline) = &article.dateline {
        has(document, "dateline");
        document.add_text(fields.dateline, encode_line(&dateline.text, analyzer));
    }
    if let Some(url) = &article.url {
        has(document, "url");
        document.add_text(fields.url, encode_line(&url.value, analyzer));
    }
    if let Some(outlet) = &article.outlet {
        has(document, "outlet");
        document.add_text(fields.outlet, outlet.value.as_str());
    }
    if let Some(section) = &article.section {
        has(document, "section");
        document.add_text(fields.section, &section.value);
    }
    if let Some(language) = &article.language {
        has(document, "language");
        document.add_text(fields.language, language.value.as_str());
    }
}

fn add_date(document: &mut TantivyDocument, fields: Fields, article: &Article) {
    let Some(date) = article.published.as_ref().map(|published| published.value) else { return };
    document.add_text(fields.has, "date");
    document.add_i64(fields.first_day, day_number(date.first_day()));
    document.add_i64(fields.last_day, day_number(date.last_day()));
    document.add_i64(fields.published, date.sort_key());
}

/// Returns the number of days from 1970-01-01 to `day`, as the fields of dates hold it.
pub fn day_number(day: chrono::NaiveDate) -> i64 {
    day.signed_duration_since(chrono::NaiveDate::default()).num_days()
}

/// Returns the day that is so many days from 1970-01-01, or `None` where no calendar reaches.
pub fn day_of_number(number: i64) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(number)?)
}

fn add_entities(document: &mut TantivyDocument, fields: Fields, article: &Article) -> ArticleNames {
    let mut names = ArticleNames::new();
    for (kind, name) in article.entities() {
        document.add_text(fields.of_entities(kind), name);
        names.push((kind, name.to_owned()));
    }
    names
}

/// Returns the article of a stored document, or `None` when the document is damaged.
pub(super) fn article_of(document: &TantivyDocument, fields: Fields) -> Option<Article> {
    let body = document.get_first(fields.body)?.as_str()?;
    let record = document.get_first(fields.record)?.as_bytes()?;
    serde_json::from_slice::<Record>(record).ok()?.into_article(body.to_owned())
}

/// What is stored of an article besides its body. Names are short: there is one for every article.
#[derive(Serialize, Deserialize)]
struct Record {
    id: String,
    hash: String,
    path: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<Found>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Found>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dateline: Option<StoredDateline>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    byline: Option<Found<Vec<String>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agencies: Option<Found<Vec<String>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outlet: Option<Found>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    section: Option<Found>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Found>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<Found>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<(u8, String)>,
    /// For each mention: the number of its entity, 0 for the headline or 1 for the body, the first
    /// byte and the number of bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<(u32, u8, u32, u32)>,
    /// The titles before names: the number of the mention, the first byte and the number of bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    titles: Vec<(u32, u32, u32)>,
    /// The numbers of the entities that the source names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    given: Vec<u32>,
}

/// A value with the codes of its evidence's kind and confidence, and the evidence's words.
#[derive(Serialize, Deserialize)]
struct Found<T = String>(T, u8, u8, String);

#[derive(Serialize, Deserialize)]
struct StoredDateline {
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
}

/// The codes of the kinds of evidence are their places in this list, which only ever grows.
const EVIDENCE_KINDS: &[EvidenceKind] = &[
    EvidenceKind::Field,
    EvidenceKind::Header,
    EvidenceKind::JsonLd,
    EvidenceKind::Meta,
    EvidenceKind::Markup,
    EvidenceKind::Url,
    EvidenceKind::Path,
    EvidenceKind::Text,
    EvidenceKind::Weekday,
    EvidenceKind::Inferred,
    EvidenceKind::Detected,
];

const CONFIDENCES: &[Confidence] = &[Confidence::Low, Confidence::Medium, Confidence::High];

fn code<T: PartialEq>(table: &[T], value: &T) -> u8 {
    let place = table.iter().position(|known| known == value);
    place.and_then(|place| u8::try_from(place).ok()).expect("the table holds every value")
}

fn store<T, S>(found: &Sourced<T>, convert: impl FnOnce(&T) -> S) -> Found<S> {
    let evidence = &found.evidence;
    Found(
        convert(&found.value),
        code(EVIDENCE_KINDS, &evidence.kind),
        code(CONFIDENCES, &evidence.confidence),
        evidence.detail.clone(),
    )
}

impl<S> Found<S> {
    /// Returns the value with its evidence, or `None` for codes of a later version.
    fn load<T>(self, convert: impl FnOnce(S) -> Option<T>) -> Option<Sourced<T>> {
        let Self(value, kind, confidence, detail) = self;
        let evidence = Evidence {
            kind: *EVIDENCE_KINDS.get(usize::from(kind))?,
            detail,
            confidence: *CONFIDENCES.get(usize::from(confidence))?,
        };
        Some(Sourced { value: convert(value)?, evidence })
    }
}

fn load<S, T>(found: Option<Found<S>>, convert: impl FnOnce(S) -> Option<T>) -> Option<Sourced<T>> {
    found.and_then(|found| found.load(convert))
}

impl Record {
    fn of(article: &Article) -> Self {
        let entities = article.entities();
        let numbers: FxHashMap<(EntityKind, &str), u32> =
            (0..).zip(&entities).map(|(number, &entity)| (entity, number)).collect();
        let small = |bytes: usize| u32::try_from(bytes).expect("a body is below 4 GiB");
        let titles = article.mentions.iter().enumerate().filter_map(|(number, mention)| {
            let title = mention.title?;
            Some((small(number), small(title.start), small(title.len())))
        });
        let mentions = article.mentions.iter().map(|mention| {
            let number = numbers[&(mention.kind, mention.entity.as_str())];
            let field = u8::from(mention.field == MentionField::Body);
            (number, field, small(mention.span.start), small(mention.span.len()))
        });
        Self {
            id: article.id.to_string(),
            hash: article.content_hash.to_string(),
            path: article.locator.path.clone(),
            members: article.locator.members.clone(),
            record: article.locator.record,
            title: article.title.as_ref().map(|title| store(title, String::clone)),
            date: article.published.as_ref().map(|date| store(date, ToString::to_string)),
            dateline: article.dateline.as_ref().map(StoredDateline::of),
            byline: article.byline.as_ref().map(|line| store(line, |line| line.authors.clone())),
            agencies: article.agencies.as_ref().map(|agencies| {
                store(agencies, |agencies| agencies.iter().map(ToString::to_string).collect())
            }),
            outlet: article.outlet.as_ref().map(|outlet| store(outlet, ToString::to_string)),
            section: article.section.as_ref().map(|section| store(section, String::clone)),
            language: article.language.as_ref().map(|found| store(found, ToString::to_string)),
            url: article.url.as_ref().map(|url| store(url, String::clone)),
            mentions: mentions.collect(),
            titles: titles.collect(),
            given: article
                .given_entities
                .iter()
                .map(|given| numbers[&(given.kind, given.name.as_str())])
                .collect(),
            entities: entities
                .iter()
                .map(|(kind, name)| (code(&EntityKind::ALL, kind), (*name).to_owned()))
                .collect(),
        }
    }

    fn into_article(self, body: String) -> Option<Article> {
        let mentions = self.load_mentions()?;
        let given_entities = self.load_given_entities()?;
        Some(Article {
            id: self.id.parse::<ArticleId>().ok()?,
            content_hash: self.hash.parse::<ContentHash>().ok()?,
            locator: SourceLocator { path: self.path, members: self.members, record: self.record },
            title: load(self.title, Some),
            body,
            published: load(self.date, |date| date.parse::<PublicationDate>().ok()),
            dateline: self.dateline.map(StoredDateline::into_dateline),
            byline: load(self.byline, |authors| Some(Byline { authors })),
            agencies: load(self.agencies, |names| {
                Some(names.iter().filter_map(|name| Agency::new(name)).collect())
            }),
            outlet: load(self.outlet, |name| Outlet::new(&name)),
            section: load(self.section, Some),
            language: load(self.language, |code| Language::parse(&code)),
            url: load(self.url, Some),
            given_entities,
            mentions,
        })
    }

    fn load_given_entities(&self) -> Option<Vec<GivenEntity>> {
        let load = |&number: &u32| {
            let (kind, name) = self.entities.get(number as usize)?;
            let kind = *EntityKind::ALL.get(usize::from(*kind))?;
            Some(GivenEntity { kind, name: name.clone() })
        };
        self.given.iter().map(load).collect()
    }

    fn load_mentions(&self) -> Option<Vec<EntityMention>> {
        let load = |&(number, field, start, length): &(u32, u8, u32, u32)| {
            let (kind, name) = self.entities.get(number as usize)?;
            let start = start as usize;
            Some(EntityMention {
                kind: *EntityKind::ALL.get(usize::from(*kind))?,
                field: if field == 0 { MentionField::Title } else { MentionField::Body },
                span: Span::new(start, start + length as usize),
                entity: name.clone(),
                title: None,
            })
        };
        let mut mentions = self.mentions.iter().map(load).collect::<Option<Vec<_>>>()?;
        for &(number, start, length) in &self.titles {
            let title = Span::new(start as usize, (start + length) as usize);
            mentions.get_mut(number as usize)?.title = Some(title);
        }
        Some(mentions)
    }
}

impl StoredDateline {
    fn of(dateline: &Dateline) -> Self {
        Self {
            text: dateline.text.clone(),
            place: dateline.place.clone(),
            day: dateline.day.map(|day| day.to_string()),
            agency: dateline.agency.clone(),
        }
    }

    fn into_dateline(self) -> Dateline {
        let day = self.day.and_then(|day| day.parse().ok());
        Dateline { text: self.text, place: self.place, day, agency: self.agency }
    }
}
