//! An answer for the tests of the renderers: everything that can be known of an article, some of it
//! hostile, and an article of which nothing is known.

use chrono::NaiveDate;

use crate::article::{
    Agency, Article, ArticleId, Byline, ContentHash, Dateline, EntityKind, EntityMention,
    EvidenceKind, MentionField, Outlet, PublicationDate, SourceLocator, Sourced,
};
use crate::search::{FoldedCopy, Hit, SearchResponse, SnippetOptions, snippets};
use crate::text::{Language, Span};

pub(super) fn full_article() -> Article {
    let locator = SourceLocator::file("2022/iz.zip").with_member("0125.jsonl").with_record(3);
    let title = "=Łavrov awaits security guarantees\u{202e}".to_owned();
    let body = "“Łavrov” said on Tuesday that security guarantees must be in writing.\n\n\
                NATO will answer Łavrov\u{1b}[2J soon. The talks go on in Geneva."
        .to_owned();
    let mut mentions = vec![mention(&title, MentionField::Title, "Łavrov", 0, "Sergei Łavrov")];
    let people = [("Łavrov", 0), ("Łavrov", 1)];
    let in_body = |(name, nth)| mention(&body, MentionField::Body, name, nth, "Sergei Łavrov");
    mentions.extend(people.into_iter().map(in_body));
    mentions.push(mention(&body, MentionField::Body, "NATO", 0, "NATO"));
    mentions.push(mention(&body, MentionField::Body, "Geneva", 0, "Geneva"));
    mentions.sort_by_key(|mention| (mention.field, mention.span));
    let day = NaiveDate::from_ymd_opt(2022, 1, 25).expect("a day of the calendar");
    Article {
        id: ArticleId::of(&locator),
        content_hash: ContentHash::of(b"record"),
        locator,
        title: Some(Sourced::new(title, EvidenceKind::Text, "")),
        body,
        published: Some(Sourced::new(
            PublicationDate::day(day),
            EvidenceKind::Weekday,
            "Tuesday, January 25",
        )),
        dateline: Some(Dateline {
            text: "MOSCOW, Jan 25 (Interfax) -".to_owned(),
            place: Some("MOSCOW".to_owned()),
            day: Some(PublicationDate::day(day)),
            agency: Some("Interfax".to_owned()),
        }),
        byline: Some(Sourced::new(
            Byline { authors: vec!["Ann Lee".to_owned(), "Bo Ek".to_owned()] },
            EvidenceKind::Text,
            "By Ann Lee and Bo Ek",
        )),
        agencies: Some(Sourced::new(
            Agency::known("Interfax").into_iter().collect(),
            EvidenceKind::Text,
            "dateline `MOSCOW, Jan 25 (Interfax) -`",
        )),
        outlet: Outlet::new("IZ").map(|iz| Sourced::new(iz, EvidenceKind::Text, "Source: IZ")),
        section: Some(Sourced::new("World".to_owned(), EvidenceKind::Field, "section")),
        language: Some(Sourced::new(Language::ENGLISH, EvidenceKind::Detected, "")),
        url: Some(Sourced::new("https://iz.example/1".to_owned(), EvidenceKind::Field, "url")),
        given_entities: Vec::new(),
        mentions,
    }
}

pub(super) fn bare_article() -> Article {
    let locator = SourceLocator::file("a.txt");
    Article {
        id: ArticleId::of(&locator),
        content_hash: ContentHash::of(b""),
        locator,
        title: None,
        body: "北约与俄罗斯就安全保障问题举行会谈。".to_owned(),
        published: None,
        dateline: None,
        byline: None,
        agencies: None,
        outlet: None,
        section: None,
        language: None,
        url: None,
        given_entities: Vec::new(),
        mentions: Vec::new(),
    }
}

/// Returns the answer to a search for two words, of which the second article holds none.
pub(super) fn response() -> SearchResponse {
    let hits = [full_article(), bare_article()].into_iter().zip([7.123_456, 0.5]);
    SearchResponse {
        total: 1234,
        stories: Some(1200),
        hits: hits.map(|(article, score)| hit(article, score)).collect(),
        query: "security AND guarantees".to_owned(),
        ..SearchResponse::default()
    }
}

fn hit(article: Article, score: f64) -> Hit {
    let options = SnippetOptions { count: 2, width: 60 };
    Hit {
        title_highlights: find(article.title_text()),
        snippets: snippets(&article.body, &find(&article.body), options),
        score,
        body_highlights: find(&article.body),
        copies: copies_of(&article),
        explanation: Vec::new(),
        article,
    }
}

/// Returns a copy of the article about which something is known, and none of the other.
fn copies_of(article: &Article) -> Vec<FoldedCopy> {
    let Some(published) = &article.published else { return Vec::new() };
    let copy = Article {
        published: Some(Sourced { value: published.value.to_day(), ..published.clone() }),
        outlet: Outlet::new("Harbour Times")
            .map(|outlet| Sourced::new(outlet, EvidenceKind::Text, "")),
        id: ArticleId::of(&SourceLocator::file("b.txt")),
        locator: SourceLocator::file("b.txt"),
        ..article.clone()
    };
    vec![FoldedCopy::from(copy)]
}

/// Returns where the two words stand in a text.
pub(super) fn find(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = ["security", "guarantees"]
        .iter()
        .flat_map(|word| text.match_indices(word).map(|(at, word)| Span::new(at, at + word.len())))
        .collect();
    found.sort_unstable();
    found
}

fn mention(text: &str, field: MentionField, name: &str, nth: usize, entity: &str) -> EntityMention {
    let (start, _) = text.match_indices(name).nth(nth).expect("the name is in the text");
    let kind = match entity {
        "NATO" => EntityKind::Organization,
        "Geneva" => EntityKind::Place,
        _ => EntityKind::Person,
    };
    let span = Span::new(start, start + name.len());
    EntityMention { kind, field, span, entity: entity.to_owned(), title: None }
}
