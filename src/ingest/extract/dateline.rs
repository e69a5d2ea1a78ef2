//! Datelines: `MOSCOW, Jan 25 (Reuters) -` at the head of a wire story.

use std::ops::Range;

use super::date::{self, NumericOrder};
use super::dateline_style;
use super::script::begins_name;
use crate::article::{Agency, Dateline, PublicationDate};
use crate::text::beginning;

/// The bytes in which a dateline must end.
const DATELINE_BYTES: usize = 140;

/// A dateline at the head of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDateline {
    /// What it says.
    pub dateline: Dateline,
    /// The bytes of the text that it takes up, with the white space and dash after it.
    pub range: Range<usize>,
    /// The reporters whom it names.
    pub authors: Vec<String>,
    /// Its day where no year is written: as written, for the caller to complete.
    pub(in crate::ingest) open_day: Option<date::WrittenDate>,
}

/// The paragraphs at the head of a body among which the dateline is the first that is no note or lead.
const HEAD_PARAGRAPHS: usize = 3;

/// The longest lead, in bytes.
const LONGEST_LEAD: usize = 500;

/// Returns the dateline that `body` opens with; editor's notes and a lead may stand before it.
///
/// One is a place in capitals or with an agency in brackets behind it, an optional day, and a dash:
/// `NEW YORK/TORONTO (Reuters) -`, `MOSCOW, Jan. 25 --`, `Berlin (dpa) –`, `(Reuters) -`. Below a lead
/// it must be a place in capitals or a known agency's, and the only one: digests of the news have many.
/// Single agencies have other manners: `МОСКВА, 25 января. /ТАСС/.`, `新华社日内瓦1月25日电（记者王小明）`.
pub fn find(body: &str) -> Option<FoundDateline> {
    let mut is_below_lead = false;
    for paragraph in crate::text::paragraphs(body).take(HEAD_PARAGRAPHS) {
        if let Some(found) = find_at_start(&body[paragraph.start..]) {
            if is_below_lead && !(is_certain(&found.dateline) && is_last(&body[paragraph.end..])) {
                return None;
            }
            let range = paragraph.start + found.range.start..paragraph.start + found.range.end;
            return Some(FoundDateline { range, ..found });
        }
        let text = paragraph.of(body);
        if !is_note(text) {
            if text.len() > LONGEST_LEAD {
                return None;
            }
            is_below_lead = true;
        }
    }
    None
}

/// Tells whether what looks like a dateline is one wherever it stands.
fn is_certain(dateline: &Dateline) -> bool {
    let is_known = |name: &String| Agency::known(name).is_some();
    let is_set_off = |place: &str| {
        is_capitals(place)
            && (dateline.day.is_none()
                || dateline.text.get(place.len()..).is_some_and(|rest| rest.starts_with(',')))
    };
    dateline.agency.as_ref().is_some_and(is_known)
        || dateline.place.as_deref().is_some_and(is_set_off)
}

/// Tells whether no paragraph of what follows has a dateline of its own.
fn is_last(rest: &str) -> bool {
    let mut others = crate::text::paragraphs(rest).map(|paragraph| paragraph.of(rest));
    !others.any(|text| find_at_start(text).is_some_and(|found| is_certain(&found.dateline)))
}

/// Tells whether a paragraph is an editor's note before a wire story: `(Adds analyst comment)`.
fn is_note(paragraph: &str) -> bool {
    const OPENERS: &[&str] = &[
        "Adds",
        "Corrects",
        "Recasts",
        "Refiles",
        "Releads",
        "Repeats",
        "Updates",
        "Writes",
        "Drops",
        "Clarifies",
    ];
    let is_bracketed = paragraph.starts_with('(') && paragraph.trim_end_matches('.').ends_with(')');
    is_bracketed || OPENERS.iter().any(|opener| paragraph.starts_with(opener))
}

fn find_at_start(text: &str) -> Option<FoundDateline> {
    find_styled(text).or_else(|| find_before_dash(text))
}

/// Returns the dateline in the manner of a single agency.
fn find_styled(text: &str) -> Option<FoundDateline> {
    let styled = dateline_style::find(text)?;
    let origin = styled.origin;
    Some(FoundDateline {
        dateline: Dateline {
            text: tidy(&text[..styled.end]),
            place: (!origin.place.is_empty()).then(|| tidy(origin.place)),
            day: origin.day.and_then(date::WrittenDate::to_date).map(PublicationDate::to_day),
            agency: origin.agency.map(|agency| agency.to_string()),
        },
        range: 0..styled.text_start,
        authors: origin.authors.into_iter().map(str::to_owned).collect(),
        open_day: origin.day.filter(|day| day.year.is_none()),
    })
}

fn find_before_dash(text: &str) -> Option<FoundDateline> {
    let (head, dash_end) = before_dash(text)?;
    let (before_agency, agency) = split_agency(head);
    let (place, day) = split_day(before_agency);
    let place = place
        .trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '.' | ':'));
    let is_signed = agency.is_some() || day.is_some();
    let is_agency_alone = place.is_empty() && agency.is_some();
    if is_agency_alone && let Some(inner) = place_behind(&text[dash_end..]) {
        let dateline = Dateline { agency, ..inner.dateline };
        let end = text.len() - text[dash_end..].trim_start().len() + inner.range.end;
        let text = tidy(text[..end].trim_end_matches([' ', '-', '–', '—']));
        return Some(FoundDateline {
            dateline: Dateline { text, ..dateline },
            range: 0..end,
            ..inner
        });
    }
    // A script without capitals has only the agency to tell a place from a sentence.
    let is_known = || agency.as_deref().is_some_and(|agency| Agency::known(agency).is_some());
    let is_caseless = || !place.contains(char::is_lowercase) && is_known();
    let is_place =
        is_place(place, is_signed) && (place.starts_with(char::is_uppercase) || is_caseless());
    if !is_agency_alone && (!is_place || !is_signed && !is_capitals(place)) {
        return None;
    }
    let after = &text[dash_end..];
    let dateline = Dateline {
        text: tidy(head),
        place: (!place.is_empty()).then(|| tidy(place)),
        day: day.and_then(date::WrittenDate::to_date).map(PublicationDate::to_day),
        agency,
    };
    Some(FoundDateline {
        dateline,
        range: 0..dash_end + (after.len() - after.trim_start().len()),
        authors: Vec::new(),
        open_day: day.filter(|day| day.year.is_none()),
    })
}

/// Returns the dateline in capitals that follows the one of an agency alone: `(ANSA) - ROMA, 25 GEN -`.
fn place_behind(text: &str) -> Option<FoundDateline> {
    let inner = find_before_dash(text.trim_start())?;
    let is_place =
        inner.dateline.agency.is_none() && inner.dateline.place.as_deref().is_some_and(is_capitals);
    is_place.then_some(inner)
}

/// Returns what precedes the first dash with a space before it, and where the text goes on.
fn before_dash(text: &str) -> Option<(&str, usize)> {
    let window = beginning(text, DATELINE_BYTES);
    if window.contains('\n') && window.find('\n') < window.find(['-', '–', '—']) {
        return None;
    }
    for (at, mark) in window.char_indices() {
        if !matches!(mark, '-' | '–' | '—' | '_') || at == 0 {
            continue;
        }
        let before = &window[..at];
        // Wires of the days before Unicode have a low line for a dash.
        let after = window[at..].trim_start_matches(['-', '–', '—', '_']);
        let spaced = before.trim_end().ends_with(')')
            || before.ends_with([' ', '\u{a0}']) && after.starts_with([' ', '\u{a0}', '\n'])
            || window[at..].starts_with("--")
            || mark == '—';
        if spaced {
            return Some((before.trim_end(), window.len() - after.len()));
        }
    }
    None
}

/// Takes the agency in brackets off the end.
fn split_agency(head: &str) -> (&str, Option<String>) {
    let Some(inside) = head.strip_suffix(')') else { return (head, None) };
    let Some(at) = inside.rfind('(') else { return (head, None) };
    let name = inside[at + 1..].trim();
    let agency = match Agency::known(name) {
        Some(agency) => agency.to_string(),
        None if is_agency_like(name) => tidy(name),
        None => return (head, None),
    };
    (head[..at].trim_end(), Some(agency))
}

fn is_agency_like(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 40
        && name.split_whitespace().count() <= 4
        && name.chars().next().is_some_and(char::is_alphabetic)
        && !name.bytes().any(|byte| byte.is_ascii_digit())
}

/// Takes the day off the end.
fn split_day(head: &str) -> (&str, Option<date::WrittenDate>) {
    let found =
        date::find_all(head, NumericOrder::DayFirst).into_iter().rfind(|date| date.day.is_some());
    match found {
        Some(day) if head[day.span.end..].trim_matches(['.', ',', ' ']).is_empty() => {
            (&head[..day.span.start], Some(day))
        }
        _ => (head, None),
    }
}

fn is_place(place: &str, is_signed: bool) -> bool {
    let words = place.split_whitespace().count();
    place.starts_with(begins_name)
        && place.len() >= 2
        && place.len() <= 80
        && words <= if is_signed { 10 } else { 5 }
        && !place.contains(['"', '“', '?', '!', ':', ';', '('])
        && !place.bytes().any(|byte| byte.is_ascii_digit())
}

/// Tells whether the place, up to its first comma, is in capitals.
fn is_capitals(place: &str) -> bool {
    let name = place.split(',').next().unwrap_or(place);
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= 3 && !name.chars().any(char::is_lowercase)
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(body: &str) -> Option<(String, Option<String>, Option<String>, String)> {
        let found = find(body)?;
        let dateline = found.dateline;
        Some((
            dateline.place.unwrap_or_default(),
            dateline.day.map(|day| day.to_string()),
            dateline.agency,
            body[found.range.end..].to_owned(),
        ))
    }

    #[test]
    fn datelines_are_taken_off() {
        let cases = [
            ("ANCHORAGE, Alaska  (Reuters) - Exxon", "ANCHORAGE, Alaska", None, Some("Reuters")),
            ("NEW YORK/TORONTO (Reuters) - Exxon", "NEW YORK/TORONTO", None, Some("Reuters")),
            ("MOSCOW, Jan. 25, 2022 (AP) — Exxon", "MOSCOW", Some("2022-01-25"), Some("AP")),
            ("LONDON, March 3 - Exxon", "LONDON", None, None),
            ("Berlin (dpa) – Exxon", "Berlin", None, Some("dpa")),
            ("KYIV, Ukraine -- Exxon", "KYIV, Ukraine", None, None),
            ("(Reuters) - Exxon", "", None, Some("Reuters")),
            ("NEW YORK (Reuters) -Exxon", "NEW YORK", None, Some("Reuters")),
        ];
        for (body, place, day, agency) in cases {
            let found = taken(body).unwrap_or_else(|| panic!("{body}"));
            assert_eq!(
                found,
                (
                    place.to_owned(),
                    day.map(str::to_owned),
                    agency.map(str::to_owned),
                    "Exxon".to_owned()
                )
            );
        }
    }

    #[test]
    fn notes_stand_before_datelines() {
        let found = find("(Adds comment)\n\nLONDON (Reuters) - Exxon").expect("a dateline");
        assert_eq!(found.range, 16..35);
        let long = "Some text. ".repeat(60);
        assert_eq!(find(&format!("{long}\n\nLONDON (Reuters) - Exxon")), None);
    }

    #[test]
    fn a_dateline_can_be_a_paragraph_of_its_own() {
        let body = "MOSCOW, Jan. 25 -\n\nThe talks go on.";
        let found = find(body).expect("a dateline");
        assert_eq!(&body[found.range.end..], "The talks go on.");
        let found = find("LONDON (Reuters) -\n\nExxon").expect("a dateline");
        assert_eq!(found.range, 0..20);
    }

    #[test]
    fn a_lead_stands_before_the_only_dateline() {
        let found =
            find("Doctors speak out.\n\nKHAN YOUNIS — Hospitals close.").expect("a dateline");
        assert_eq!(found.range, 20..36);
        assert_eq!(found.dateline.place.as_deref(), Some("KHAN YOUNIS"));
        assert_eq!(find("The news.\n\nLONDON (Reuters) - Exxon\n\nPARIS (Reuters) - Total"), None);
        assert_eq!(find("The news.\n\nRostov (Russia) - A fire broke out."), None);
        assert_eq!(find("The news.\n\nSECOND EXAMPLE 15 June 2006 - Shares rise."), None);
    }

    #[test]
    fn sentences_are_no_datelines() {
        for body in [
            "The talks - long and hard - failed.",
            "NATO will not send troops.",
            "A well-known name",
            "",
            "- a list",
            "NATO's chief, who spoke for the alliance on Monday at a long press conference - said",
        ] {
            assert_eq!(find(body), None, "{body}");
        }
    }
}
