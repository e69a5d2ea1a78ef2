//! Random articles and queries for tests, made to meet often: few words in many forms.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::ast::{
    CaseRule, Near, Order, Passage, Phrase, Proximity, QueryAst, Scope, Slot, Term, TextField,
    Within, Word,
};
use super::{ParseOptions, parse};
use crate::article::{Article, ArticleId, ContentHash, EvidenceKind, SourceLocator, Sourced};

/// Returns an article of which only path, headline and body are known.
pub(crate) fn article(path: &str, title: &str, body: &str) -> Article {
    let locator = SourceLocator::file(path);
    Article {
        id: ArticleId::of(&locator),
        content_hash: ContentHash::of(body.as_bytes()),
        locator,
        title: Some(Sourced::new(title.to_owned(), EvidenceKind::Field, "")),
        body: body.to_owned(),
        published: None,
        dateline: None,
        byline: None,
        agencies: None,
        outlet: None,
        section: None,
        language: None,
        url: None,
        mentions: Vec::new(),
        given_entities: Vec::new(),
    }
}

/// Texts of up to fourteen words, in paragraphs and sentences.
pub(crate) fn random_text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "alpha", "alphas", "Alpha", "ALPHA", "beta", "beta", "betas", "Gamma", "delta", "fox-it",
        "U.S.", "北约", "北", "alpine",
    ]);
    let gap =
        prop::sample::select(vec![" ", " ", " ", " ", ", ", ". ", "! ", "\n\n", "\n\n* *\n\n"]);
    prop::collection::vec((word, gap), 0..14)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn random_scope() -> impl Strategy<Value = Scope> {
    let field = prop::sample::select(vec![
        TextField::Anywhere,
        TextField::Anywhere,
        TextField::Anywhere,
        TextField::Title,
        TextField::Body,
        TextField::Lead,
        TextField::TitleOrLead,
    ]);
    let first = prop::sample::select(vec![None, None, None, None, Some(1), Some(4)]);
    let case = prop::sample::select(vec![
        None,
        None,
        None,
        None,
        Some(CaseRule::Initial),
        Some(CaseRule::All),
        Some(CaseRule::None),
    ]);
    (field, first, case).prop_map(|(field, first, case)| Scope { field, first, case })
}

/// A term that may stand in a phrase.
fn random_phrase_term() -> BoxedStrategy<Term> {
    let word = prop::sample::select(vec!["alpha", "beta", "gammas", "delta", "us", "北", "fox"]);
    let patterns = ["al*", "al?ha", "beta$1"].map(|typed| {
        match parse(typed, &ParseOptions::new(NaiveDate::default())).unwrap().ast {
            QueryAst::Text(Passage::Word(word)) => word.term,
            other => panic!("{other} is no word"),
        }
    });
    prop_oneof![
        4 => word.clone().prop_map(|word| Term::Stem(word.to_owned())),
        3 => word.clone().prop_map(|word| Term::Exact(word.to_owned())),
        1 => prop::sample::select(patterns.to_vec()),
    ]
    .boxed()
}

fn random_term() -> impl Strategy<Value = Term> {
    prop_oneof![
        8 => random_phrase_term(),
        1 => prop::sample::select(vec!["alpa", "beat"])
            .prop_map(|word| Term::Fuzzy { word: word.to_owned(), distance: 1 }),
        1 => prop::sample::select(vec!["al.*", "(be|del)ta"])
            .prop_map(|pattern| Term::Regex(pattern.to_owned())),
    ]
}

fn random_slots(with_groups: bool) -> impl Strategy<Value = Vec<Slot>> {
    let plain = random_phrase_term().prop_map(Slot::Term).boxed();
    let words = prop::collection::vec(plain.clone(), 1..3);
    let group = prop::collection::vec(words, 2..3)
        .prop_filter("alternatives differ", |words| words[0] != words[1])
        .prop_map(Slot::Group);
    let single = prop::collection::vec(plain.clone().prop_map(|slot| vec![slot]), 2..3)
        .prop_filter("alternatives differ", |words| words[0] != words[1])
        .prop_map(Slot::Group);
    let group = if with_groups { group.boxed() } else { single.boxed() };
    let slot = prop_oneof![6 => plain.clone(), 1 => Just(Slot::Any), 1 => group];
    (plain.clone(), prop::collection::vec(slot, 0..3), plain).prop_map(
        |(first, mut middle, last)| {
            middle.insert(0, first);
            middle.push(last);
            middle
        },
    )
}

fn random_passage() -> impl Strategy<Value = Passage> {
    let written = prop::sample::select(vec!["fox-it", "北约", "alpha-beta"]);
    let term =
        prop_oneof![6 => random_term(), 1 => written.prop_map(|text| Term::Stem(text.to_owned()))];
    let leaf = prop_oneof![
        4 => (term, random_scope()).prop_map(|(term, scope)| Passage::Word(Word { term, scope })),
        1 => (random_slots(true), random_scope())
            .prop_map(|(slots, scope)| Passage::Phrase(Phrase { slots, slop: None, scope })),
        1 => (random_slots(false), 1u32..5, random_scope()).prop_map(|(slots, slop, scope)| {
            Passage::Phrase(Phrase { slots, slop: Some(slop), scope })
        }),
    ];
    let within = prop_oneof![
        4 => (1u32..6).prop_map(Within::Words),
        1 => Just(Within::Sentence),
        1 => Just(Within::Paragraph),
    ];
    let order = prop::sample::select(vec![Order::Either, Order::LeftFirst]);
    let relation = (within, order, prop::bool::weighted(0.2))
        .prop_map(|(within, order, negative)| Proximity { within, order, negative });
    leaf.prop_recursive(3, 6, 2, move |inner| {
        prop_oneof![
            3 => (inner.clone(), inner.clone(), relation.clone()).prop_map(|(left, right, relation)| {
                Passage::Near(Box::new(Near { left, right, relation }))
            }),
            1 => (inner.clone(), inner).prop_map(|(one, two)| Passage::AnyOf(vec![one, two])),
        ]
    })
}

/// Queries of every kind but filters. Proximity may ask for two texts at once, which matches nothing.
pub(crate) fn random_query() -> impl Strategy<Value = QueryAst> {
    let leaf = prop_oneof![
        8 => random_passage().prop_map(QueryAst::Text),
        1 => (1u32..4, random_passage())
            .prop_map(|(count, passage)| QueryAst::AtLeast { count, passage }),
        1 => Just(QueryAst::Everything),
    ];
    leaf.prop_recursive(2, 5, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(QueryAst::all),
            prop::collection::vec(inner.clone(), 2..4).prop_map(QueryAst::any),
            inner.prop_map(QueryAst::negated),
        ]
    })
}
