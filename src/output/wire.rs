//! The JSON forms of articles, hits and responses: a contract with scripts.
//!
//! What holds for all of them:
//! - Every field is always there; what is not known is `null`, what is empty `[]` or `{}`. Only
//!   `explanation` comes and goes, with `--explain`.
//! - Offsets count characters (Unicode scalar values) from 0, the end not included: in Python,
//!   `text[start:end]` is the stretch meant. They point into the field named beside them.
//! - Text comes as it stands in the article. Control, direction and invisible characters are
//!   written as `\u` escapes, so that the bytes can be shown on a terminal and mean the same.
//! - The same archive and the same question give the same bytes, whatever the number of threads.
//! - Lists have one order: hits as ranked or sorted, ties by id; entities the most mentioned first,
//!   then in the order in which they are first mentioned; mentions, snippets and highlights in the
//!   order of the text.
//! - Anything that a reader of the last version could not read raises [`VERSION`], and so does a
//!   new field, since the schemas allow no others.
//!
//! `search --format json` writes one [`Response`], `--format jsonl` a [`Hit`] a line; `read` writes
//! an [`Article`] a line and `show --format json` one. The schemas are in `schema/`, made from these
//! types, and a test fails where they differ.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::article::{self, EntityKind, EntityMention, MentionField};
use crate::search;
use crate::text::Span;

/// The version of the forms.
pub const VERSION: u32 = 1;

/// The answer to a search: what was asked, as it was read, how many articles match, and the hits
/// that were asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Response<'a> {
    /// The version of this form: 1.
    #[schemars(extend("const" = 1))]
    pub version: u32,
    /// The query as it was read, in canonical spelling; empty where none was given.
    pub query: &'a str,
    /// How many articles match, exactly.
    pub total: u64,
    /// How many different stories these are, and so how many hits there are; null with `--copies
    /// all`, where every article is a hit.
    pub stories: Option<u64>,
    /// Where the query filters by date: how many articles match all the rest of it but have no date,
    /// and so are not counted in `total`. Otherwise null.
    pub undated: Option<u64>,
    /// What should be known of how the query was read, a sentence each.
    pub notes: &'a [String],
    /// How many articles each clause of the query matches by itself. Filled by `--explain` and
    /// where nothing matches the whole query.
    pub clauses: Vec<Clause<'a>>,
    /// For words of the query that occur nowhere: near spellings that do.
    pub suggestions: Vec<Suggestion<'a>>,
    /// The values of the fields that `--facet` asks for.
    pub facets: Vec<Facet<'a>>,
    /// The hits over time, as `--timeline` asks; otherwise null.
    pub timeline: Option<Timeline>,
    /// What `--cursor` takes to go on after the last of the hits; null where no more follow.
    pub next: Option<String>,
    /// The hits, in order.
    pub hits: Vec<Hit<'a>>,
}

/// How the articles that match are spread over the values of a field.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Facet<'a> {
    /// The field.
    #[schemars(extend("enum" = ["agency", "outlet", "person", "organization", "place", "language",
        "section", "year", "quarter", "month", "week", "day"]))]
    pub field: &'static str,
    /// How many values there are, with those that are not listed.
    pub distinct: u64,
    /// How many articles have no value.
    pub without: u64,
    /// The commonest values; equally common ones in the order of their names.
    pub values: Vec<FacetValue<'a>>,
}

/// A value and how often it occurs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FacetValue<'a> {
    /// The value.
    pub value: &'a str,
    /// How many articles have it.
    pub articles: u64,
    /// How many different stories these are; with `--copies all` as many as articles.
    pub stories: u64,
}

/// The articles that match, over time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Timeline {
    /// The length of a period.
    #[schemars(extend("enum" = ["day", "week", "month", "quarter", "year"]))]
    pub interval: &'static str,
    /// How many articles have no date.
    pub undated: u64,
    /// How many articles have a date that does not tell the period.
    pub imprecise: u64,
    /// The periods from the first to the last article, also those without any.
    pub periods: Vec<Period>,
}

/// A period of a timeline.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Period {
    /// The period, as the query language writes it: `2022-01-25`, `2022-W04`, `2022-01`, `2022-Q1`
    /// or `2022`.
    pub period: String,
    /// How many articles were printed in it.
    pub articles: u64,
    /// How many stories: each counts once, when the copy that is shown was printed. With `--copies
    /// all` as many as articles.
    pub stories: u64,
}

/// A clause of a query and how many articles it matches.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Clause<'a> {
    /// The clause in canonical spelling.
    pub clause: &'a str,
    /// How many articles it matches by itself.
    pub articles: u64,
}

/// A word that occurs nowhere, and what occurs instead.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Suggestion<'a> {
    /// The word as typed.
    pub word: &'a str,
    /// Spellings near it that occur, the nearest and commonest first.
    pub near: &'a [String],
}

/// An article that matches: what is known of it, how well it matches and where.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Hit<'a> {
    /// What is known of the article.
    #[serde(flatten)]
    pub fields: Fields<'a>,
    /// How well it matches, rounded to four decimals; greater is better, and comparable within one
    /// response only. 0 where nothing was ranked.
    pub score: f64,
    /// The stretches of `title` that match.
    pub title_highlights: Vec<Offsets>,
    /// The passages of the body that hold the best matches; where nothing in the body matches, the
    /// beginning of it.
    pub snippets: Vec<Snippet<'a>>,
    /// The other articles that match and are copies of this one, in order of date; always empty with
    /// `--copies all`.
    pub copies: Vec<Copy<'a>>,
    /// With `--explain`: why the hit stands where it stands, a sentence a reason.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schemars(default)]
    pub explanation: &'a [String],
}

/// An article that is a copy of another.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Copy<'a> {
    /// The article's id.
    #[schemars(regex(pattern = r"^[0-9a-z]{16}$"))]
    pub id: &'a str,
    /// When it was published, ISO 8601.
    pub date: Option<String>,
    /// The publication that printed it.
    pub outlet: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// The canonical address.
    pub url: Option<&'a str>,
    /// The file it came from, relative to the archive.
    pub path: &'a str,
    /// The names of the members on the way in.
    pub members: &'a [String],
    /// The number of the record in its file or member.
    pub record: Option<u64>,
}

/// An article with all of its text, and with the reasons for believing what is said of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Article<'a> {
    /// What is known of the article.
    #[serde(flatten)]
    pub fields: Fields<'a>,
    /// A hash of the bytes of the record: it changes exactly when they do.
    pub content_hash: String,
    /// Why the fields are believed.
    pub evidence: FieldEvidence<'a>,
    /// The text without page litter; paragraphs are parted by one blank line.
    pub body: &'a str,
    /// Where `body` names people, organizations and places.
    pub mentions: Vec<Mention<'a>>,
    /// Where `title` names them.
    pub title_mentions: Vec<Mention<'a>>,
}

/// What is known of an article, whether it was searched for or read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Fields<'a> {
    /// Identifies the article across runs and rebuilding, as long as its file is not moved.
    #[schemars(regex(pattern = r"^[0-9a-z]{16}$"))]
    pub id: &'a str,
    /// The headline, without the name of the site.
    pub title: Option<&'a str>,
    /// When it was published, in ISO 8601 and only as precisely as is known: `2022`, `2022-01`,
    /// `2022-01-25` or `2006-10-20T18:15:00-04:00`. The day is the local one, as written.
    #[schemars(regex(
        pattern = r"^-?\d{4,6}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d(:\d\d)?)?)?)?)?$"
    ))]
    pub date: Option<String>,
    /// How precisely the date is known.
    #[schemars(extend("enum" = ["year", "month", "day", "minute", null]))]
    pub date_precision: Option<&'static str>,
    /// Where the date was found: a field of the file's format; a header line of a scraped text; a
    /// page's JSON-LD, meta elements or markup; its address; the file's path; the text; the weekday
    /// beside a date without a year; the dates of the file and its neighbours.
    #[schemars(extend("enum" = ["field", "header", "json-ld", "meta", "markup", "url", "path",
        "text", "weekday", "inferred", "detected", null]))]
    pub date_evidence: Option<&'static str>,
    /// How far the date can be trusted.
    #[schemars(extend("enum" = ["low", "medium", "high", null]))]
    pub date_confidence: Option<&'static str>,
    /// The publication that printed it.
    pub outlet: Option<&'a str>,
    /// The authors as one line, parted by commas.
    pub byline: Option<String>,
    /// The authors one by one, in the order of the credit line.
    pub authors: &'a [String],
    /// The place, day and agency that open a wire story.
    pub dateline: Option<Dateline<'a>>,
    /// The news agencies whose report it is or that worked on it.
    pub agencies: Vec<&'a str>,
    /// The part of the publication, such as "World".
    pub section: Option<&'a str>,
    /// The language of the body: its ISO 639-1 code, or its ISO 639-3 code where it has no other.
    #[schemars(regex(pattern = r"^[a-z]{2,3}$"))]
    pub language: Option<&'a str>,
    /// The canonical address.
    pub url: Option<&'a str>,
    /// The file it came from, relative to the archive, with `/` between the parts.
    pub path: &'a str,
    /// Where the file is a container: the names of the members on the way in, outermost first.
    pub members: &'a [String],
    /// The number of the record in its file or member, from 1; null where a file is one article.
    #[schemars(range(min = 1))]
    pub record: Option<u64>,
    /// How many words the body has.
    pub words: usize,
    /// Who and what it is about.
    pub entities: Entities<'a>,
}

/// The canonical names of those that an article mentions, each once, the most mentioned first.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Entities<'a> {
    /// People.
    pub person: Vec<&'a str>,
    /// Companies, parties, agencies, alliances, clubs and other bodies.
    pub organization: Vec<&'a str>,
    /// Countries, cities, regions and other places.
    pub place: Vec<&'a str>,
}

/// The opening of a wire story, which is taken off its body.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Dateline<'a> {
    /// The dateline as written.
    pub text: &'a str,
    /// The place that it names.
    pub place: Option<&'a str>,
    /// The day that it names, when its year could be told.
    pub date: Option<String>,
    /// The agency that it names.
    pub agency: Option<&'a str>,
}

/// The first character of a stretch and the one after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Offsets(pub usize, pub usize);

/// A passage of the body.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Snippet<'a> {
    /// The passage, exactly as it stands in the body; two line breaks part paragraphs.
    pub text: &'a str,
    /// The stretches of `text` that match.
    pub highlights: Vec<Offsets>,
    /// Where the passage begins in the body, in characters.
    pub start: usize,
    /// Whether the passage begins inside a sentence.
    pub cut_before: bool,
    /// Whether the passage ends inside a sentence.
    pub cut_after: bool,
}

/// A stretch of text that names somebody or something.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Mention<'a> {
    /// The kind of entity.
    #[schemars(extend("enum" = ["person", "organization", "place"]))]
    pub kind: &'static str,
    /// The words as they stand in the text.
    pub text: &'a str,
    /// The first character of them.
    pub start: usize,
    /// The character after the last of them.
    pub end: usize,
    /// The canonical name of whom or what they name.
    pub entity: &'a str,
    /// The title that stands before the name of a person; left out where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
}

/// For each field, why it is believed; null where the field is null.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FieldEvidence<'a> {
    /// Why the title is believed.
    pub title: Option<Evidence<'a>>,
    /// Why the date is believed.
    pub date: Option<Evidence<'a>>,
    /// Why the byline is believed.
    pub byline: Option<Evidence<'a>>,
    /// Why the agencies are believed; null where there are none.
    pub agencies: Option<Evidence<'a>>,
    /// Why the outlet is believed.
    pub outlet: Option<Evidence<'a>>,
    /// Why the section is believed.
    pub section: Option<Evidence<'a>>,
    /// Why the language is believed.
    pub language: Option<Evidence<'a>>,
    /// Why the address is believed.
    pub url: Option<Evidence<'a>>,
}

/// Where a value was found, in which words, and how far it can be trusted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Evidence<'a> {
    /// The kind of place.
    #[schemars(extend("enum" = ["field", "header", "json-ld", "meta", "markup", "url", "path",
        "text", "weekday", "inferred", "detected"]))]
    pub kind: &'static str,
    /// What was found there: the name of a field and its text, or the words of a sentence.
    pub detail: &'a str,
    /// How far the value can be trusted.
    #[schemars(extend("enum" = ["low", "medium", "high"]))]
    pub confidence: &'static str,
}

impl<'a> From<&'a search::SearchResponse> for Response<'a> {
    fn from(response: &'a search::SearchResponse) -> Self {
        Self {
            version: VERSION,
            query: &response.query,
            total: response.total,
            stories: response.stories,
            undated: response.undated,
            notes: &response.notes,
            clauses: response.clauses.iter().map(Clause::from).collect(),
            suggestions: response.suggestions.iter().map(Suggestion::from).collect(),
            facets: response.facets.iter().map(Facet::from).collect(),
            timeline: response.timeline.as_ref().map(Timeline::from),
            next: response.next.map(|cursor| cursor.to_string()),
            hits: response.hits.iter().map(Hit::from).collect(),
        }
    }
}

impl<'a> From<&'a search::ClauseCount> for Clause<'a> {
    fn from(count: &'a search::ClauseCount) -> Self {
        Self { clause: &count.clause, articles: count.articles }
    }
}

impl<'a> From<&'a search::Suggestion> for Suggestion<'a> {
    fn from(suggestion: &'a search::Suggestion) -> Self {
        Self { word: &suggestion.word, near: &suggestion.near }
    }
}

impl<'a> From<&'a search::Facet> for Facet<'a> {
    fn from(facet: &'a search::Facet) -> Self {
        let value = |value: &'a search::FacetValue| FacetValue {
            value: &value.value,
            articles: value.articles,
            stories: value.stories,
        };
        Self {
            field: facet.field.as_str(),
            distinct: facet.distinct,
            without: facet.without,
            values: facet.values.iter().map(value).collect(),
        }
    }
}

impl From<&search::Timeline> for Timeline {
    fn from(timeline: &search::Timeline) -> Self {
        let interval = timeline.interval;
        let period = |period: &search::Period| Period {
            period: interval.label(period.start),
            articles: period.articles,
            stories: period.stories,
        };
        Self {
            interval: interval.as_str(),
            undated: timeline.undated,
            imprecise: timeline.imprecise,
            periods: timeline.periods.iter().map(period).collect(),
        }
    }
}

impl<'a> From<&'a search::FoldedCopy> for Copy<'a> {
    fn from(copy: &'a search::FoldedCopy) -> Self {
        Self {
            id: copy.id.as_str(),
            date: copy.published.map(|date| date.to_string()),
            outlet: copy.outlet.as_ref().map(|outlet| outlet.as_str()),
            title: copy.title.as_deref(),
            url: copy.url.as_deref(),
            path: &copy.locator.path,
            members: &copy.locator.members,
            record: copy.locator.record,
        }
    }
}

impl<'a> From<&'a search::Hit> for Hit<'a> {
    fn from(hit: &'a search::Hit) -> Self {
        let article = &hit.article;
        let mut places = Characters::of(&article.body);
        let snippets = hit.snippets.iter();
        Self {
            fields: Fields::from(article),
            score: rounded(hit.score),
            title_highlights: offsets(article.title_text(), &hit.title_highlights),
            snippets: snippets
                .map(|snippet| Snippet::new(snippet, places.before(snippet.span.start)))
                .collect(),
            copies: hit.copies.iter().map(Copy::from).collect(),
            explanation: &hit.explanation,
        }
    }
}

impl<'a> From<&'a article::Article> for Article<'a> {
    fn from(article: &'a article::Article) -> Self {
        Self {
            fields: Fields::from(article),
            content_hash: article.content_hash.to_string(),
            evidence: FieldEvidence::from(article),
            body: &article.body,
            mentions: mentions(article, MentionField::Body),
            title_mentions: mentions(article, MentionField::Title),
        }
    }
}

impl<'a> From<&'a article::Article> for Fields<'a> {
    fn from(article: &'a article::Article) -> Self {
        let published = article.published.as_ref();
        let evidence = published.map(|date| &date.evidence);
        let byline = article.byline.as_ref().map(|byline| &byline.value);
        Self {
            id: article.id.as_str(),
            title: article.title.as_ref().map(|title| title.value.as_str()),
            date: published.map(|date| date.value.to_string()),
            date_precision: published.map(|date| date.value.precision().as_str()),
            date_evidence: evidence.map(|evidence| evidence.kind.as_str()),
            date_confidence: evidence.map(|evidence| evidence.confidence.as_str()),
            outlet: article.outlet.as_ref().map(|outlet| outlet.value.as_str()),
            byline: byline.map(ToString::to_string),
            authors: byline.map_or(&[], |byline| &byline.authors),
            dateline: article.dateline.as_ref().map(Dateline::from),
            agencies: article.agency_names().collect(),
            section: article.section.as_ref().map(|section| section.value.as_str()),
            language: article.language.as_ref().map(|language| language.value.as_str()),
            url: article.url.as_ref().map(|url| url.value.as_str()),
            path: &article.locator.path,
            members: &article.locator.members,
            record: article.locator.record,
            words: article.word_count(),
            entities: Entities::from(article.mentions.as_slice()),
        }
    }
}

impl<'a> From<&'a article::Dateline> for Dateline<'a> {
    fn from(dateline: &'a article::Dateline) -> Self {
        Self {
            text: &dateline.text,
            place: dateline.place.as_deref(),
            date: dateline.day.as_ref().map(ToString::to_string),
            agency: dateline.agency.as_deref(),
        }
    }
}

impl<'a> From<&'a article::Article> for FieldEvidence<'a> {
    fn from(article: &'a article::Article) -> Self {
        fn of<T>(sourced: &Option<article::Sourced<T>>) -> Option<Evidence<'_>> {
            sourced.as_ref().map(|sourced| Evidence::from(&sourced.evidence))
        }
        Self {
            title: of(&article.title),
            date: of(&article.published),
            byline: of(&article.byline),
            agencies: of(&article.agencies),
            outlet: of(&article.outlet),
            section: of(&article.section),
            language: of(&article.language),
            url: of(&article.url),
        }
    }
}

impl<'a> From<&'a article::Evidence> for Evidence<'a> {
    fn from(evidence: &'a article::Evidence) -> Self {
        Self {
            kind: evidence.kind.as_str(),
            detail: &evidence.detail,
            confidence: evidence.confidence.as_str(),
        }
    }
}

impl<'a> Snippet<'a> {
    fn new(snippet: &'a search::Snippet, start: usize) -> Self {
        Self {
            text: &snippet.text,
            highlights: offsets(&snippet.text, &snippet.highlights),
            start,
            cut_before: snippet.cut_before,
            cut_after: snippet.cut_after,
        }
    }
}

impl<'a> From<&'a [EntityMention]> for Entities<'a> {
    fn from(mentions: &'a [EntityMention]) -> Self {
        let mut entities = Self::default();
        for (kind, name, _) in count_entities(mentions) {
            match kind {
                EntityKind::Person => entities.person.push(name),
                EntityKind::Organization => entities.organization.push(name),
                EntityKind::Place => entities.place.push(name),
            }
        }
        entities
    }
}

/// Returns every entity mentioned with the number of its mentions, the most mentioned first, then
/// in the order of first mention.
pub(super) fn count_entities(mentions: &[EntityMention]) -> Vec<(EntityKind, &str, usize)> {
    let mut counts: Vec<(EntityKind, &str, usize)> = Vec::new();
    let mut places: FxHashMap<(EntityKind, &str), usize> = FxHashMap::default();
    for mention in mentions {
        let name = mention.entity.as_str();
        let place = *places.entry((mention.kind, name)).or_insert_with(|| {
            counts.push((mention.kind, name, 0));
            counts.len() - 1
        });
        counts[place].2 += 1;
    }
    counts.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    counts
}

fn mentions(article: &article::Article, field: MentionField) -> Vec<Mention<'_>> {
    let text = match field {
        MentionField::Title => article.title_text(),
        MentionField::Body => &article.body,
    };
    let mut places = Characters::of(text);
    let of_field = article.mentions.iter().filter(|mention| mention.field == field);
    of_field
        .map(|mention| Mention {
            kind: mention.kind.as_str(),
            text: mention.span.of(text),
            start: places.before(mention.span.start),
            end: places.before(mention.span.end),
            entity: &mention.entity,
            title: mention.title.map(|title| title.of(text)),
        })
        .collect()
}

/// Returns spans of `text` in characters.
fn offsets(text: &str, spans: &[Span]) -> Vec<Offsets> {
    let mut places = Characters::of(text);
    let in_characters = |span: &Span| Offsets(places.before(span.start), places.before(span.end));
    spans.iter().map(in_characters).collect()
}

/// Turns places of a text from bytes into characters; fast when they are asked for in order.
struct Characters<'text> {
    text: &'text str,
    byte: usize,
    character: usize,
    is_ascii: bool,
}

impl<'text> Characters<'text> {
    fn of(text: &'text str) -> Self {
        Self { text, byte: 0, character: 0, is_ascii: text.is_ascii() }
    }

    /// Returns the number of characters before `byte`, which lies on a character boundary.
    fn before(&mut self, byte: usize) -> usize {
        if self.is_ascii {
            return byte;
        }
        if byte < self.byte {
            (self.byte, self.character) = (0, 0);
        }
        self.character += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.character
    }
}

/// Rounds a score to four decimals: enough to compare hits, few enough to hide the order in which
/// the processor added.
fn rounded(score: f64) -> f64 {
    (score * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::json;
    use crate::output::sample;

    fn lines(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        json::write_document(&mut out, value).expect("memory can be written");
        String::from_utf8(out).expect("only text is written")
    }

    #[test]
    fn a_response_is_written_in_full() {
        let written = lines(&Response::from(&sample::response()));
        assert_eq!(written, include_str!("../../schema/examples/response.v1.json"));
    }

    #[test]
    fn an_article_is_written_in_full() {
        let written = lines(&Article::from(&sample::full_article()));
        assert_eq!(written, include_str!("../../schema/examples/article.v1.json"));
    }

    #[test]
    fn offsets_count_characters() {
        let text = "é北 🙂a";
        assert_eq!(
            offsets(text, &[Span::new(2, 5), Span::new(10, 11)]),
            [Offsets(1, 2), Offsets(4, 5)]
        );
        assert_eq!(
            offsets(text, &[Span::new(10, 11), Span::new(0, 2)]),
            [Offsets(4, 5), Offsets(0, 1)]
        );
    }
}
