//! An article for people to read: what is known of it and why, its text, and who is in it.

use std::io::{self, Write};

use super::layout::{StyledText, write_row};
use super::number::grouped;
use super::style::{Look, Role, role_of};
use super::wire::count_entities;
use crate::article::{
    Agency, Article, Confidence, DatePrecision, EntityKind, Evidence, EvidenceKind, MentionField,
    PublicationDate, Sourced,
};
use crate::text::{Span, join_neighbours, paragraphs};

/// The stretches of an article that match a query, in bytes, in order and without overlaps.
#[derive(Clone, Copy, Debug, Default)]
pub struct Matches<'a> {
    /// Those of the headline.
    pub title: &'a [Span],
    /// Those of the body.
    pub body: &'a [Span],
}

/// Writes an article, its matches and the names in it marked.
pub fn write_article(
    out: &mut dyn Write,
    article: &Article,
    matches: Matches<'_>,
    look: Look,
) -> io::Result<()> {
    write_title(out, article, matches.title, look)?;
    for (label, value) in fields(article) {
        write_row(out, label, &value, look)?;
    }
    for paragraph in paragraphs(&article.body) {
        writeln!(out)?;
        write_paragraph(out, article, paragraph, matches.body, look)?;
    }
    let lists = entity_lists(article);
    if !lists.is_empty() {
        writeln!(out)?;
    }
    lists.iter().try_for_each(|(label, names)| write_row(out, label, names, look))
}

fn write_title(
    out: &mut dyn Write,
    article: &Article,
    matches: &[Span],
    look: Look,
) -> io::Result<()> {
    let mut line = StyledText::default();
    match &article.title {
        Some(title) => {
            let matches = join_neighbours(&title.value, matches);
            let marked = matches.into_iter().map(|span| (span, Role::Match));
            line.push_marked(&title.value, marked, Role::Title, look.colour);
        }
        None => line.push("(no headline)", Role::Quiet),
    }
    line.write(out, look, 0)?;
    writeln!(out)
}

/// Returns the fields that are known, in the order in which they are shown.
fn fields(article: &Article) -> Vec<(&'static str, StyledText)> {
    let text = |value: String| StyledText::of(&value, Role::Body);
    let mut fields = vec![("date", date(article.published.as_ref()))];
    let mut add =
        |label, value: Option<StyledText>| fields.extend(value.map(|value| (label, value)));
    add("outlet", article.outlet.as_ref().map(|outlet| sourced(outlet, Role::Outlet)));
    add("byline", article.byline.as_ref().map(|byline| sourced(byline, Role::Body)));
    add("agency", article.agencies.as_ref().map(agencies));
    add("dateline", article.dateline.as_ref().map(|line| text(line.text.clone())));
    add("section", article.section.as_ref().map(|section| sourced(section, Role::Body)));
    add("language", article.language.as_ref().map(|language| sourced(language, Role::Body)));
    add("words", Some(text(grouped(article.word_count() as u64))));
    add("address", article.url.as_ref().map(|url| text(url.value.clone())));
    add("source", Some(text(article.locator.to_string())));
    add("id", Some(text(article.id.to_string())));
    fields
}

fn date(published: Option<&Sourced<PublicationDate>>) -> StyledText {
    let Some(published) = published else { return StyledText::of("not known", Role::Quiet) };
    let written = published.value.to_string().replace('T', " ");
    let mut text = StyledText::of(&written, Role::Date);
    let known = match published.value.precision() {
        DatePrecision::Year => "only the year is known; ",
        DatePrecision::Month => "only the month is known; ",
        DatePrecision::Day | DatePrecision::Minute => "",
    };
    text.push(&format!("  {known}{}", reason(&published.evidence)), Role::Quiet);
    text
}

fn agencies(found: &Sourced<Vec<Agency>>) -> StyledText {
    let names: Vec<&str> = found.value.iter().map(Agency::as_str).collect();
    sourced(&Sourced { value: names.join(", "), evidence: found.evidence.clone() }, Role::Body)
}

fn sourced<T: ToString>(sourced: &Sourced<T>, role: Role) -> StyledText {
    let mut text = StyledText::of(&sourced.value.to_string(), role);
    text.push(&format!("  {}", reason(&sourced.evidence)), Role::Quiet);
    text
}

/// Says where a value was found and how far it can be trusted.
fn reason(evidence: &Evidence) -> String {
    let place = match evidence.kind {
        EvidenceKind::Field => "a field of the file",
        EvidenceKind::Header => "the header of the text",
        EvidenceKind::JsonLd => "the page's JSON-LD",
        EvidenceKind::Meta => "the page's meta elements",
        EvidenceKind::Markup => "the page's markup",
        EvidenceKind::Url => "the page's address",
        EvidenceKind::Path => "the path of the file",
        EvidenceKind::Text => "the text",
        EvidenceKind::Weekday => "the text, its year told by the weekday",
        EvidenceKind::Inferred => "the text, its year told by the file's date or its neighbours'",
        EvidenceKind::Detected => "its words",
    };
    let trust = match evidence.confidence {
        Confidence::High => "",
        Confidence::Medium => ", usually right",
        Confidence::Low => ", a guess",
    };
    let detail = evidence.detail.trim();
    // What is detected is told from all of the text, so there are no words to show.
    if detail.is_empty() || evidence.kind == EvidenceKind::Detected {
        return format!("from {place}{trust}");
    }
    format!("from {place} (“{detail}”){trust}")
}

fn write_paragraph(
    out: &mut dyn Write,
    article: &Article,
    paragraph: Span,
    matches: &[Span],
    look: Look,
) -> io::Result<()> {
    let inside = |span: &Span| {
        let shift_back = || Span::new(span.start - paragraph.start, span.end - paragraph.start);
        paragraph.contains(*span).then(shift_back)
    };
    let text = paragraph.of(&article.body);
    let matches: Vec<Span> = matches.iter().filter_map(inside).collect();
    let matches = join_neighbours(text, &matches);
    let mentions = article.mentions.iter().filter(|mention| mention.field == MentionField::Body);
    let mut marked: Vec<(Span, Role)> = mentions
        .filter_map(|mention| Some((inside(&mention.span)?, role_of(mention.kind))))
        .filter(|(span, _)| !matches.iter().any(|of_match| of_match.overlaps(*span)))
        .collect();
    marked.extend(matches.iter().map(|span| (*span, Role::Match)));
    marked.sort_by_key(|(span, _)| *span);
    let mut line = StyledText::default();
    line.push_marked(text, without_overlaps(marked), Role::Body, look.colour);
    line.write(out, look, 0)
}

/// Returns the stretches without those that begin inside an earlier one.
fn without_overlaps(marked: Vec<(Span, Role)>) -> Vec<(Span, Role)> {
    let mut end = 0;
    let mut begins_after = |(span, _): &(Span, Role)| {
        let is_clear = span.start >= end;
        end = end.max(span.end);
        is_clear
    };
    marked.into_iter().filter(|stretch| begins_after(stretch)).collect()
}

/// Returns the names of each kind with the number of their mentions.
fn entity_lists(article: &Article) -> Vec<(&'static str, StyledText)> {
    let entities = count_entities(&article.mentions);
    let mut lists = Vec::new();
    for kind in EntityKind::ALL {
        let mut list = StyledText::default();
        for (_, name, count) in entities.iter().filter(|(of, _, _)| *of == kind) {
            list.push(if list.is_empty() { "" } else { ", " }, Role::Quiet);
            list.push(name, role_of(kind));
            if *count > 1 {
                list.push(&format!(" ({count})"), Role::Quiet);
            }
        }
        if !list.is_empty() {
            lists.push((plural(kind), list));
        }
    }
    lists
}

fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "people",
        EntityKind::Organization => "organizations",
        EntityKind::Place => "places",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Colour;
    use crate::output::sample;

    fn view(article: &Article, look: Look) -> Vec<String> {
        let title = sample::find(article.title_text());
        let body = sample::find(&article.body);
        let mut out = Vec::new();
        write_article(&mut out, article, Matches { title: &title, body: &body }, look)
            .expect("memory can be written");
        let text = String::from_utf8(out).expect("only text is written");
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_article_is_shown_with_the_reasons_for_its_fields() {
        assert_eq!(
            view(&sample::full_article(), Look::default()),
            [
                "=Łavrov awaits *security guarantees*\\u{202e}",
                "",
                "date           2022-01-25  from the text, its year told by the weekday",
                "               (“Tuesday, January 25”), usually right",
                "outlet         IZ  from the text (“Source: IZ”), usually right",
                "byline         Ann Lee, Bo Ek  from the text (“By Ann Lee and Bo Ek”), usually",
                "               right",
                "agency         Interfax  from the text (“dateline `MOSCOW, Jan 25 (Interfax)",
                "               -`”), usually right",
                "dateline       MOSCOW, Jan 25 (Interfax) -",
                "section        World  from a field of the file (“section”)",
                "language       en  from its words, usually right",
                "words          23",
                "address        https://iz.example/1",
                "source         2022/iz.zip!0125.jsonl#3",
                "id             z4pg9yc6qh9jfqcm",
                "",
                "“Łavrov” said on Tuesday that *security guarantees* must be in writing.",
                "",
                "NATO will answer Łavrov\\x1b[2J soon. The talks go on in Geneva.",
                "",
                "people         Sergei Łavrov (3)",
                "organizations  NATO",
                "places         Geneva",
            ]
        );
    }

    #[test]
    fn names_are_coloured_by_kind() {
        let look = Look { colour: Colour::Ansi, width: 40 };
        let page = view(&sample::full_article(), look);
        let from = page.iter().position(|line| line.starts_with('“')).expect("the body is shown");
        assert_eq!(
            page[from..from + 7],
            [
                "“\u{1b}[35mŁavrov\u{1b}[0m” said on Tuesday that \u{1b}[1m\u{1b}[31msecurity\u{1b}[0m",
                "\u{1b}[1m\u{1b}[31mguarantees\u{1b}[0m must be in writing.",
                "",
                "\u{1b}[34mNATO\u{1b}[0m will answer \u{1b}[35mŁavrov\u{1b}[0m\\x1b[2J soon. The",
                "talks go on in \u{1b}[32mGeneva\u{1b}[0m.",
                "",
                "\u{1b}[2mpeople         \u{1b}[0m\u{1b}[35mSergei Łavrov\u{1b}[0m\u{1b}[2m (3)\u{1b}[0m",
            ]
        );
    }

    #[test]
    fn an_article_of_which_nothing_is_known_is_still_shown() {
        let look = Look { width: 30, ..Look::default() };
        assert_eq!(
            view(&sample::bare_article(), look),
            [
                "(no headline)",
                "",
                "date           not known",
                "words          17",
                "source         a.txt",
                "id             jpvjswtxp0ewgt96",
                "",
                "北约与俄罗斯就安全保障问题举行",
                "会谈。",
            ]
        );
    }
}
