//! What a reader left open: filled from the text, the address and the path.

use super::date::{NumericOrder, WrittenDate};
use super::{address, agency, byline, date, dateline, language};
use crate::article::{
    Agency, Byline, Confidence, Dateline, EvidenceKind, Outlet, PublicationDate, Sourced,
};
use crate::ingest::{Draft, FileContext};
use crate::text::beginning;

/// The bytes at the head of a body in which its own date is looked for.
const HEAD_BYTES: usize = 1500;

/// Fills in what `draft` does not say: the dateline is taken off the body, the date comes from the
/// address, the dateline, the text or the path, the outlet from the address or the agency, the
/// agencies from the dateline, the credit line, the end of the body or the outlet, the language from
/// the body; a date that cannot be true is dropped first.
pub fn complete(draft: &mut Draft, context: &FileContext) {
    if draft.url.is_none() {
        let fetched = context.url.as_ref();
        draft.url = fetched.map(|url| {
            Sourced::new(address::of_original(url), EvidenceKind::Field, "fetched from")
        });
    }
    refuse_impossible_date(draft, context);
    take_dateline(draft, context);
    if draft.language.is_none() {
        draft.language = language::detect(&draft.body, None);
    }
    if draft.published.is_none() {
        draft.published = find_date(draft, context);
    }
    if draft.outlet.is_none() {
        draft.outlet = find_outlet(draft);
    }
    draft.agencies = find_agencies(draft);
    clean_byline(draft);
}

fn refuse_impossible_date(draft: &mut Draft, context: &FileContext) {
    if draft
        .published
        .as_ref()
        .is_some_and(|date| !date::is_acceptable(&date.value, context.modified))
    {
        draft.published = None;
    }
}

fn take_dateline(draft: &mut Draft, context: &FileContext) {
    if draft.dateline.is_some() {
        return;
    }
    let Some(found) = dateline::find(&draft.body) else { return };
    let mut dateline = found.dateline;
    if dateline.day.is_none()
        && let Some(open) = found.open_day
    {
        dateline.day = near(open, draft.published.as_ref().map(|date| date.value))
            .or_else(|| complete_day(open, &draft.body, context))
            .map(PublicationDate::to_day);
    }
    draft.body.drain(found.range);
    if draft.byline.is_none() && !found.authors.is_empty() {
        draft.byline = Some(of_dateline(Byline { authors: found.authors }, &dateline));
    }
    draft.dateline = Some(dateline);
}

/// Returns the day in the year that puts it nearest to the day of publication.
fn near(open: date::WrittenDate, published: Option<PublicationDate>) -> Option<PublicationDate> {
    use chrono::Datelike;
    let published = published?.first_day();
    let year = published.year();
    [year - 1, year, year + 1]
        .into_iter()
        .filter_map(|year| open.in_year(year))
        .min_by_key(|day| (day.first_day() - published).num_days().abs())
}

/// Completes a day without a year from the weekdays and years of the text.
fn complete_day(
    open: date::WrittenDate,
    body: &str,
    context: &FileContext,
) -> Option<PublicationDate> {
    date::by_weekday(open, context.modified, &years_in(beginning(body, HEAD_BYTES)))
}

fn find_date(draft: &Draft, context: &FileContext) -> Option<Sourced<PublicationDate>> {
    let acceptable =
        |date: &Sourced<PublicationDate>| date::is_acceptable(&date.value, context.modified);
    let url = draft.url.as_ref().and_then(|url| date_in_path(&url.value, EvidenceKind::Url));
    url.filter(acceptable)
        .or_else(|| dateline_date(draft).filter(acceptable))
        .or_else(|| date_in_path(&context.path, EvidenceKind::Path).filter(acceptable))
        .or_else(|| text_date(draft, context).filter(acceptable))
        .or_else(|| month_in_path(&context.path).filter(acceptable))
}

/// Returns the month that directories name: `2022/02/`.
fn month_in_path(path: &str) -> Option<Sourced<PublicationDate>> {
    let (directory, _) = path.rsplit_once('/')?;
    let mut parts =
        directory.rsplit(['/', '-']).map(|part| part.parse::<u32>().ok().zip(Some(part.len())));
    let (month, 2) = parts.next()?? else { return None };
    let (year, 4) = parts.next()?? else { return None };
    let value = PublicationDate::month(i32::try_from(year).ok()?, month)?;
    let found = Sourced::new(value, EvidenceKind::Path, format!("`{year}/{month:02}`"));
    Some(with_confidence(found, Confidence::Low))
}

fn dateline_date(draft: &Draft) -> Option<Sourced<PublicationDate>> {
    let dateline = draft.dateline.as_ref()?;
    Some(of_dateline(dateline.day?, dateline))
}

/// Returns a value that a dateline says.
fn of_dateline<T>(value: T, dateline: &Dateline) -> Sourced<T> {
    Sourced::new(value, EvidenceKind::Text, format!("dateline `{}`", dateline.text))
}

/// Returns the date in the parts of an address or path: `/2022/01/25/`, `/20220125-`, `2022-01-25`.
pub(in crate::ingest) fn date_in_path(
    path: &str,
    kind: EvidenceKind,
) -> Option<Sourced<PublicationDate>> {
    let date = date::find_all(path, NumericOrder::DayFirst)
        .into_iter()
        .filter(|date| date.day.is_some() && date.year.is_some_and(|year| year >= 1700))
        .filter(|date| !repeats_year(date, date.span.of(path)))
        .find_map(|date| Some((date.span.of(path).to_owned(), date.to_date()?.to_day())))?;
    Some(Sourced::new(date.1, kind, format!("`{}`", date.0)))
}

/// Tells whether what was taken for the day may be the year again: `2021/jan21` is a month.
fn repeats_year(date: &WrittenDate, text: &str) -> bool {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let name = &text[..text.len() - digits];
    let year = date.year.unwrap_or_default().rem_euclid(100);
    name.ends_with(|letter: char| letter.is_alphabetic())
        && date.day.is_some_and(|day| i32::try_from(day) == Ok(year))
}

/// Returns which of two numbers is the day in an article of this language and outlet.
fn numeric_order(draft: &Draft) -> NumericOrder {
    let host = draft.url.as_ref().and_then(|url| host(&url.value)).unwrap_or_default();
    NumericOrder::of(draft.language.as_ref().map(|language| language.value), "", host)
}

/// Returns the first date of the text with a year, or else with a weekday that tells the year.
fn text_date(draft: &Draft, context: &FileContext) -> Option<Sourced<PublicationDate>> {
    let text = beginning(&draft.body, HEAD_BYTES);
    let dates = date::find_all(text, numeric_order(draft));
    let weekday_date = dates.iter().find_map(|date| {
        let date_found = match date.year {
            None => date::by_weekday(*date, context.modified, &years_in(text))?,
            Some(_) => return None,
        };
        let detail = format!("`{}`, the year told by the weekday", date.span.of(text));
        Some(Sourced::new(date_found.to_day(), EvidenceKind::Weekday, detail))
    });
    weekday_date.or_else(|| {
        let date = dates.iter().find(|date| date.year.is_some() && date.day.is_some())?;
        let found =
            Sourced::new(date.to_date()?, EvidenceKind::Text, format!("`{}`", date.span.of(text)));
        Some(with_confidence(found, Confidence::Low))
    })
}

pub(in crate::ingest) fn with_confidence<T>(
    mut found: Sourced<T>,
    confidence: Confidence,
) -> Sourced<T> {
    found.evidence.confidence = confidence;
    found
}

/// Returns the numbers of the text that are years.
fn years_in(text: &str) -> Vec<i32> {
    let is_separate = |byte: Option<&u8>| {
        byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b',' | b'.' | b'$'))
    };
    let bytes = text.as_bytes();
    let mut years = Vec::new();
    for at in memchr::memchr2_iter(b'1', b'2', bytes) {
        let Some(digits) = bytes.get(at..at + 4) else { break };
        if !digits.iter().all(u8::is_ascii_digit) || at > 0 && !is_separate(bytes.get(at - 1)) {
            continue;
        }
        if bytes.get(at + 4).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let year = digits.iter().fold(0, |year, digit| year * 10 + i32::from(digit - b'0'));
        if (1900..2100).contains(&year) {
            years.push(year);
        }
    }
    years
}

fn find_outlet(draft: &Draft) -> Option<Sourced<Outlet>> {
    if let Some(url) = &draft.url
        && let Some(host) = host(&url.value)
        && let Some(outlet) = Outlet::new(host)
    {
        return Some(Sourced::new(outlet, EvidenceKind::Url, format!("host of `{}`", url.value)));
    }
    let dateline = draft.dateline.as_ref()?;
    Some(of_dateline(Outlet::new(dateline.agency.as_deref()?)?, dateline))
}

/// Returns the agencies whose report it is: that of the dateline, those that the reader found, those of
/// the credit line, those that sign the body, or the outlet where it is an agency itself.
fn find_agencies(draft: &mut Draft) -> Option<Sourced<Vec<Agency>>> {
    let found = draft.agencies.take();
    agencies_of_dateline(draft)
        .or(found)
        .or_else(|| agencies_of_byline(draft))
        .or_else(|| agencies_of_signature(&draft.body))
        .or_else(|| agency_of_outlet(draft))
}

fn agencies_of_dateline(draft: &Draft) -> Option<Sourced<Vec<Agency>>> {
    let dateline = draft.dateline.as_ref()?;
    let credit = dateline.agency.as_deref()?;
    // Behind a place an agency stands that is not known, alone a place may.
    let unknown = || Some(vec![Agency::new(credit).filter(|_| dateline.place.is_some())?]);
    let agencies = agency::in_credit(credit).or_else(unknown)?;
    Some(of_dateline(agencies, dateline))
}

fn agencies_of_byline(draft: &Draft) -> Option<Sourced<Vec<Agency>>> {
    let byline = draft.byline.as_ref()?;
    // A line of the text is there as a whole, with the institutions that follow the names.
    let line = Some(byline.evidence.detail.trim_matches('`'))
        .filter(|_| matches!(byline.evidence.kind, EvidenceKind::Text | EvidenceKind::Header));
    let authors = byline.value.authors.join(", ");
    let agencies = line.and_then(agency::in_credit).or_else(|| agency::in_credit(&authors))?;
    Some(Sourced { value: agencies, evidence: byline.evidence.clone() })
}

fn agencies_of_signature(body: &str) -> Option<Sourced<Vec<Agency>>> {
    let (agencies, credit) = agency::signed(body)?;
    Some(Sourced::new(agencies, EvidenceKind::Text, format!("`{credit}` at the end")))
}

fn agency_of_outlet(draft: &Draft) -> Option<Sourced<Vec<Agency>>> {
    let outlet = draft.outlet.as_ref()?;
    let agency = Agency::known(outlet.value.as_str())?;
    Some(Sourced { value: vec![agency], evidence: outlet.evidence.clone() })
}

/// Returns the host of an address without `www.`.
pub(in crate::ingest) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

fn clean_byline(draft: &mut Draft) {
    let Some(byline) = &mut draft.byline else { return };
    let mut authors: Vec<String> = byline
        .value
        .authors
        .iter()
        .filter_map(|author| byline::parse(author))
        .flat_map(|parsed| parsed.authors)
        .collect();
    byline::without_agencies(&mut authors);
    let desks = || byline.value.authors.iter().find_map(|credit| byline::desk(credit));
    byline.value.authors = if authors.is_empty() { desks().into_iter().collect() } else { authors };
    if byline.value.authors.is_empty() {
        draft.byline = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the authors and the agencies of an article whose byline is a field.
    fn credited(authors: &[&str]) -> (Vec<String>, Vec<String>) {
        let authors = authors.iter().map(|author| (*author).to_owned()).collect();
        let byline = Sourced::new(Byline { authors }, EvidenceKind::Field, "byline");
        let mut draft =
            Draft { byline: Some(byline), body: "They met.".into(), ..Draft::default() };
        complete(&mut draft, &FileContext::default());
        let agencies = draft.agencies.map(|found| found.value).unwrap_or_default();
        let authors = draft.byline.map(|found| found.value.authors).unwrap_or_default();
        (authors, agencies.iter().map(|agency| agency.as_str().to_owned()).collect())
    }

    #[test]
    fn agencies_in_bylines_are_no_authors_beside_people() {
        for (authors, person, agencies) in [
            (&["By Jane Doe, The Associated Press"][..], "Jane Doe", &["AP"][..]),
            (&["By JANE DOE Associated Press Writer"], "JANE DOE", &["AP"]),
            (&["Von Jane Doe, dpa"], "Jane Doe", &["dpa"]),
            (&["Jane Doe / EFE"], "Jane Doe", &["EFE"]),
            (&["Par Jane Doe, avec AFP"], "Jane Doe", &["AFP"]),
            (&["Jane Doe", "TT"], "Jane Doe", &["TT"]),
            (&["Jane Doe", "PA Media"], "Jane Doe", &["PA"]),
            (&["AP"], "AP", &["AP"]),
            (&["Jane Doe, Special to The New York Times"], "Jane Doe", &[]),
        ] {
            let (people, named) = credited(authors);
            assert_eq!(people, [person], "{authors:?}");
            assert_eq!(named, agencies, "{authors:?}");
        }
    }

    #[test]
    fn credits_of_chinese_newspapers_are_taken_off_the_text() {
        let body = "〔記者王小明／台北報導〕行政院昨日通過法案。".to_owned();
        let mut draft = Draft { body, ..Draft::default() };
        complete(&mut draft, &FileContext::default());
        assert_eq!(draft.body, "行政院昨日通過法案。");
        assert_eq!(draft.byline.expect("a byline").value.authors, ["王小明"]);
        assert_eq!(draft.dateline.expect("a dateline").place.as_deref(), Some("台北"));
    }
}
