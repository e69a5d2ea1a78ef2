//! The fields of the index, and what each is for.
//!
//! Written forms and stems lie in two fields with the same positions, so that phrases and proximity
//! may mix both. The headline takes the positions below [`BODY_START`], the body those from there
//! on, and a paragraph break takes one position of its own: no phrase reaches from the headline into
//! the body or from one paragraph into the next. Sentences, paragraphs and capitals are terms of the
//! field `marks` at the positions of their words.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

use super::analyzer::{MARKS_TOKENIZER, TERMS_TOKENIZER};
use crate::article::EntityKind;

/// The version of the index's format: fields, their analysis and the files beside them.
pub const SCHEMA_VERSION: u32 = 5;

/// The position of the first word of the body in the fields `exact`, `stem` and `marks`.
pub const BODY_START: u32 = 128;

/// How often a headline's word counts in the field `stem`.
pub const TITLE_WEIGHT: u32 = 3;

/// The names of the fields [`Fields::copy_keys`].
pub const COPY_KEYS: [&str; 4] = ["copy_key_0", "copy_key_1", "copy_key_2", "copy_key_3"];

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The article's id.
    pub id: Field,
    /// The path of the file that the article came from: articles are replaced file by file.
    pub source: Field,
    /// Folded written forms of headline and body.
    pub exact: Field,
    /// Stems of headline and body at the same positions; those of the headline count more.
    pub stem: Field,
    /// `s` and `p` at the first word of a sentence and paragraph; `c`, `a` and `m` at a word with a
    /// capital first, capitals only, and capitals elsewhere.
    pub marks: Field,
    /// Folded written forms of the headline alone.
    pub title: Field,
    /// Stems of the headline alone.
    pub title_stem: Field,
    /// Words of the byline.
    pub byline: Field,
    /// Words of the dateline.
    pub dateline: Field,
    /// Words of the address.
    pub url: Field,
    /// Words of path and members.
    pub path: Field,
    /// The names of agencies.
    pub agency: Field,
    /// The outlet's name.
    pub outlet: Field,
    /// The section's name.
    pub section: Field,
    /// The language code.
    pub language: Field,
    /// Names of people as resolved in the article.
    pub person: Field,
    /// Names of organizations as resolved in the article.
    pub organization: Field,
    /// Names of places as resolved in the article.
    pub place: Field,
    /// Which fields the article has: `date`, `title`, `byline` ...
    pub has: Field,
    /// The first day that the date may mean, in days from 1970-01-01.
    pub first_day: Field,
    /// The last day that the date may mean.
    pub last_day: Field,
    /// Seconds from 1970-01-01 by which dates are put in order.
    pub published: Field,
    /// The number of words of the body.
    pub words: Field,
    /// The first 60 bits of the id, by which ties are broken.
    pub order: Field,
    /// The sampled shingles of the body, by which copies are told: several numbers in order.
    pub sketch: Field,
    /// Four numbers that copies are likely to have some of in common: which sketches to compare.
    pub copy_keys: [Field; 4],
    /// The body.
    pub body: Field,
    /// Everything else of the article, as JSON.
    pub record: Field,
}

impl Fields {
    /// Returns the field of the names of this kind.
    pub fn of_entities(&self, kind: EntityKind) -> Field {
        match kind {
            EntityKind::Person => self.person,
            EntityKind::Organization => self.organization,
            EntityKind::Place => self.place,
        }
    }
}

/// Returns the schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let terms = text(TERMS_TOKENIZER, positions, true);
    let words = text(TERMS_TOKENIZER, positions, false);
    let name = text("raw", IndexRecordOption::Basic, false);
    let facet = name.clone().set_fast("raw");
    let number = NumericOptions::from(FAST);
    let fields = Fields {
        id: builder.add_text_field("id", name.clone()),
        source: builder.add_text_field("source", name.clone()),
        exact: builder.add_text_field("exact", terms.clone()),
        stem: builder.add_text_field("stem", terms.clone()),
        marks: builder.add_text_field("marks", text(MARKS_TOKENIZER, positions, false)),
        title: builder.add_text_field("title", words.clone()),
        title_stem: builder.add_text_field("title_stem", words.clone()),
        byline: builder.add_text_field("byline", words.clone()),
        dateline: builder.add_text_field("dateline", words.clone()),
        url: builder.add_text_field("url", words.clone()),
        path: builder.add_text_field("path", words),
        agency: builder.add_text_field("agency", facet.clone()),
        outlet: builder.add_text_field("outlet", facet.clone()),
        section: builder.add_text_field("section", facet.clone()),
        language: builder.add_text_field("language", facet.clone()),
        person: builder.add_text_field("person", facet.clone()),
        organization: builder.add_text_field("organization", facet.clone()),
        place: builder.add_text_field("place", facet),
        has: builder.add_text_field("has", name),
        first_day: builder.add_i64_field("first_day", number.clone()),
        last_day: builder.add_i64_field("last_day", number.clone()),
        published: builder.add_i64_field("published", number.clone()),
        words: builder.add_u64_field("words", number.clone()),
        order: builder.add_u64_field("order", number.clone()),
        sketch: builder.add_u64_field("sketch", number.clone()),
        copy_keys: COPY_KEYS.map(|name| builder.add_u64_field(name, number.clone())),
        body: builder.add_text_field("body", STORED),
        record: builder.add_bytes_field("record", STORED),
    };
    (builder.build(), fields)
}

fn text(tokenizer: &str, option: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(option)
        .set_fieldnorms(lengths);
    TextOptions::default().set_indexing_options(indexing)
}
