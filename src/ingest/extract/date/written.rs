//! Dates as people and machines write them: finding and reading one in a text.
//!
//! The grammar goes over numbers, words and marks rather than over letters, so that one rule reads
//! `25 January 2022`, `25. Januar 2022`, `25 de enero de 2022` and `25 января 2022 г.` alike. A date
//! is believed only when it is on the calendar; what cannot be one is passed over.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Weekday};

use super::names;
use super::order::NumericOrder;
use super::token::Tokens;
use super::zone::Zone;
use crate::article::PublicationDate;
use crate::text::Span;

/// A date as it stands in a text, as much of it as is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct WrittenDate {
    /// Where it stands.
    pub(in crate::ingest) span: Span,
    /// The year, of four digits or read from two.
    pub(in crate::ingest) year: Option<i32>,
    /// The month, 1 to 12.
    pub(in crate::ingest) month: u32,
    /// The day of the month.
    pub(in crate::ingest) day: Option<u32>,
    /// The weekday beside it.
    pub(in crate::ingest) weekday: Option<Weekday>,
    /// The time of day beside it.
    pub(in crate::ingest) time: Option<NaiveTime>,
    zone: Option<Zone>,
}

impl WrittenDate {
    /// Returns the date, or `None` while its year is not known.
    pub(in crate::ingest) fn to_date(self) -> Option<PublicationDate> {
        self.in_year(self.year?)
    }

    /// Returns the date in `year`.
    pub(in crate::ingest) fn in_year(self, year: i32) -> Option<PublicationDate> {
        let Some(day) = self.day else { return PublicationDate::month(year, self.month) };
        let day = NaiveDate::from_ymd_opt(year, self.month, day)?;
        let Some(time) = self.time else { return Some(PublicationDate::day(day)) };
        let local = day.and_time(time);
        let offset = self.zone.and_then(|zone| zone.offset(day));
        let instant =
            offset.and_then(|offset: FixedOffset| local.and_local_timezone(offset).single());
        Some(instant.map_or(PublicationDate::local(local), |instant: DateTime<FixedOffset>| {
            PublicationDate::instant(instant)
        }))
    }
}

/// Returns the dates written in `text`, in order; those without a year among them.
pub(in crate::ingest) fn find_all(text: &str, order: NumericOrder) -> Vec<WrittenDate> {
    let tokens = Tokens::of(text);
    let reader = Reader { tokens: &tokens, order };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.date_with_time(at) {
            Some((date, end)) => {
                found.push(date);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the first date in `text` whose year is written.
pub(in crate::ingest) fn find_first(text: &str, order: NumericOrder) -> Option<WrittenDate> {
    let tokens = Tokens::of(text);
    let reader = Reader { tokens: &tokens, order };
    let mut at = 0;
    while at < tokens.len() {
        match reader.date_with_time(at) {
            Some((date, _)) if date.year.is_some() => return Some(date),
            Some((_, end)) => at = end,
            None => at += 1,
        }
    }
    None
}

/// Year, month and day while they are being read, and the piece after them.
#[derive(Clone, Copy)]
struct Parts {
    year: Option<i32>,
    month: u32,
    day: Option<u32>,
    end: usize,
    time: Option<(NaiveTime, Option<Zone>)>,
}

struct Reader<'tokens> {
    tokens: &'tokens Tokens,
    order: NumericOrder,
}

impl Reader<'_> {
    /// Reads a date at `at`, with the weekday and time before it and the time after it.
    fn date_with_time(&self, at: usize) -> Option<(WrittenDate, usize)> {
        let (leading_time, after_time) = match self.leading_time(at) {
            Some((time, end)) => (Some(time), end),
            None => (None, at),
        };
        let (weekday, parts) = self.weekday_and_parts(after_time)?;
        let mut end = parts.end;
        let mut time = parts.time.or(leading_time);
        if time.is_none()
            && parts.day.is_some()
            && let Some((written, after)) = self.trailing_time(end)
        {
            time = Some(written);
            end = after;
        } else if time.is_none() && parts.year.is_some() && self.is_universal_time(end) {
            end += 1;
        }
        let weekday = weekday.or_else(|| self.weekday_after(&mut end));
        let span = Span::new(self.tokens.get(at)?.span.start, self.tokens.get(end - 1)?.span.end);
        let date = WrittenDate {
            span,
            year: parts.year,
            month: parts.month,
            day: parts.day,
            weekday,
            time: time.map(|(time, _)| time),
            zone: time.and_then(|(_, zone)| zone),
        };
        Some((date, end))
    }

    /// Reads a date on the calendar with the weekday before it.
    fn weekday_and_parts(&self, at: usize) -> Option<(Option<Weekday>, Parts)> {
        let (weekday, date_at) = self.leading_weekday(at);
        let parts = |at: usize| self.parts(at).filter(|parts| is_on_calendar(*parts));
        // "Mar" is Tuesday in Spanish, French and Italian, and March in English.
        let without_weekday = || Some((None, parts(at).filter(|_| date_at > at)?));
        parts(date_at).map(|parts| (weekday, parts)).or_else(without_weekday)
    }

    /// Reads a time that a date follows: `14:25 EST, 25 January 2022`.
    fn leading_time(&self, at: usize) -> Option<((NaiveTime, Option<Zone>), usize)> {
        self.tokens.number(at)?;
        let (time, end) = self.clock(at)?;
        let end = self.skip(end, |reader, at| {
            reader.is_mark(at, &[',', '|', '-', '–', '·', '•', '/'])
                || reader.is_word(at, &["on", "am", "le", "el", "del", "den", "dne", "w", "dnia"])
        });
        Some((time, end))
    }

    fn leading_weekday(&self, at: usize) -> (Option<Weekday>, usize) {
        let Some(weekday) = self.weekday(at) else { return (None, at) };
        // "segunda-feira", "Tuesday, the 25th", "Вторник, 25", "martes 25 de enero".
        let end = self.skip(at + 1, |reader, at| {
            reader.is_mark(at, &[',', '.', '-', '–', '|', '、', '،'])
                || reader.is_word(at, &["feira", "the", "den", "le", "el", "dia", "der", "d"])
        });
        (Some(weekday), end)
    }

    /// Reads the weekday of `25 January 2022 (Tuesday)` or `2022. január 25., kedd`.
    fn weekday_after(&self, end: &mut usize) -> Option<Weekday> {
        let at = self.skip(*end, |reader, at| reader.is_mark(at, &['(', ',', '（']));
        let weekday = self.weekday(at)?;
        let written = self.tokens.word(at)?;
        if written.chars().count() < 3 || at > *end + 1 {
            return None;
        }
        *end = at + 1;
        Some(weekday)
    }

    fn weekday(&self, at: usize) -> Option<Weekday> {
        names::weekday(self.tokens.word(at)?)
    }

    fn parts(&self, at: usize) -> Option<Parts> {
        match self.tokens.number(at) {
            Some((value, digits)) => self.numeric_start(at, value, digits),
            None => self.month_first(at).or_else(|| self.era(at)),
        }
    }

    /// Reads `令和4年1月25日`, by the eras of Japan.
    fn era(&self, at: usize) -> Option<Parts> {
        const ERAS: &[(&str, i32)] =
            &[("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("明治", 1867)];
        let word = self.tokens.word(at)?;
        let (_, before) = ERAS.iter().find(|(name, _)| *name == word)?;
        let (number, 1..=2) = self.tokens.number(at + 1)? else { return None };
        if self.tokens.mark(at + 2) != Some('年') {
            return None;
        }
        let (month, 1..=2) = self.tokens.number(at + 3)? else { return None };
        let year = before + i32::try_from(number).ok()?;
        self.after_year_and_month(at + 1, year, '年', u32::try_from(month).ok()?)
    }

    fn numeric_start(&self, at: usize, value: u64, digits: u8) -> Option<Parts> {
        match digits {
            8 => self.compact(at, value),
            4 => self.year_first(at, i32::try_from(value).ok()?),
            1 | 2 => {
                let number = u32::try_from(value).ok()?;
                self.day_and_name(at, number)
                    .or_else(|| self.month_and_day(at, number))
                    .or_else(|| self.numeric(at, number))
            }
            _ => None,
        }
    }

    /// Reads `20220125`, with `T101500` behind it.
    fn compact(&self, at: usize, value: u64) -> Option<Parts> {
        if self.continues_number(at) {
            return None;
        }
        let year = i32::try_from(value / 10_000).ok()?;
        let month = u32::try_from(value / 100 % 100).ok()?;
        let day = u32::try_from(value % 100).ok()?;
        let mut parts = Parts { year: Some(year), month, day: Some(day), end: at + 1, time: None };
        if self.is_word(at + 1, &["t"])
            && let Some((value, digits)) = self.tokens.number(at + 2)
            && (digits == 6 || digits == 4)
        {
            let value = u32::try_from(if digits == 4 { value * 100 } else { value }).ok()?;
            let time = NaiveTime::from_hms_opt(value / 10_000, value / 100 % 100, value % 100)?;
            let (zone, end) = self.zone(at + 3);
            parts.time = Some((time, zone));
            parts.end = end;
        }
        Some(parts)
    }

    /// Reads `2022-01-25`, `2022/1/25`, `2022年1月25日`, `2022. január 25.`, `2022-01`.
    fn year_first(&self, at: usize, year: i32) -> Option<Parts> {
        if self.continues_number(at) || !(1000..=2999).contains(&year) {
            return None;
        }
        let separator = self.tokens.mark(at + 1);
        if let Some(mark) = separator
            && matches!(mark, '-' | '/' | '.' | '年' | '년' | '‑' | '–')
            && let Some((month, 1..=2)) = self.tokens.number(at + 2)
        {
            return self.after_year_and_month(at, year, mark, u32::try_from(month).ok()?);
        }
        let month_at =
            if matches!(separator, Some('.' | ',' | '-' | '/')) { at + 2 } else { at + 1 };
        let (month, mut end) = self.month_name(month_at)?;
        let mut day = None;
        let day_at = if matches!(self.tokens.mark(end), Some('.' | '-' | '/' | ',')) {
            end + 1
        } else {
            end
        };
        if let Some((value @ 1..=31, 1..=2)) = self.tokens.number(day_at)
            && self.tokens.mark(day_at + 1) != Some(':')
        {
            day = u32::try_from(value).ok();
            end = day_at + 1;
        }
        Some(Parts { year: Some(year), month, day, end, time: None })
    }

    fn after_year_and_month(&self, at: usize, year: i32, mark: char, month: u32) -> Option<Parts> {
        let alone = Parts { year: Some(year), month, day: None, end: at + 3, time: None };
        let next = self.tokens.mark(at + 3);
        let joined = match mark {
            '年' => next == Some('月'),
            '년' => next == Some('월'),
            _ => next == Some(mark),
        };
        if joined && let Some((day, 1..=2)) = self.tokens.number(at + 4) {
            let mut end = at + 5;
            if matches!(self.tokens.mark(end), Some('日' | '일' | '号' | '號')) {
                end += 1;
            }
            // `2022-01-25T10:15`: the letter between day and time.
            return Some(Parts { day: Some(u32::try_from(day).ok()?), end, ..alone });
        }
        if matches!(mark, '年' | '년') {
            return joined.then_some(Parts { end: at + 4, ..alone });
        }
        // `2022-01` is a month; `2021-22` is a season and `2022.01` a version.
        let is_month = matches!(mark, '-' | '/')
            && matches!(self.tokens.number(at + 2), Some((1..=12, 2)))
            && !self.continues_number(at + 2);
        is_month.then_some(alone)
    }

    /// Reads `1月25日` and `1월 25일`.
    fn month_and_day(&self, at: usize, month: u32) -> Option<Parts> {
        let (value, 1..=2) = self.tokens.number(at + 2)? else { return None };
        let is_marked = matches!(self.tokens.mark(at + 1), Some('月' | '월'))
            && matches!(self.tokens.mark(at + 3), Some('日' | '일' | '号' | '號'));
        let day = u32::try_from(value).ok()?;
        is_marked.then_some(Parts { year: None, month, day: Some(day), end: at + 4, time: None })
    }

    /// Reads `25 January 2022`, `25-JAN-22`, `25. Januar`, `25 de enero de 2022`.
    fn day_and_name(&self, at: usize, day: u32) -> Option<Parts> {
        if self.follows_number(at) {
            return None;
        }
        let name_at = self.skip(at + 1, |reader, at| {
            reader.is_mark(at, &['.', '-', '/', ',', 'º', '°', 'ª', '\'', '’', '‑'])
                || reader.is_word(
                    at,
                    &[
                        "st", "nd", "rd", "th", "er", "ro", "do", "o", "a", "of", "de", "di", "d",
                        "den", "e", "del", "το", "ta", "го", "е", "el",
                    ],
                )
        });
        let (month, end) = self.month_name(name_at)?;
        let parts = Parts { year: None, month, day: Some(day), end, time: None };
        Some(self.with_year_after(parts))
    }

    /// Reads `January 25, 2022`, `Jan. 25th`, `January 2022`, `Jan 25 10:15:00 EST 2022`.
    fn month_first(&self, at: usize) -> Option<Parts> {
        let (month, name_end) = self.month_name(at)?;
        let number_at = self.skip(name_end, |reader, at| {
            reader.is_mark(at, &['.', ',', '-', '/', '\'', '’', '‘'])
                || reader.is_word(at, &["the", "de", "del", "di", "of", "den", "d", "г", "р"])
        });
        let (value, digits) = self.tokens.number(number_at)?;
        if digits == 4 {
            let year = i32::try_from(value).ok().filter(|year| is_year(*year))?;
            return Some(Parts {
                year: Some(year),
                month,
                day: None,
                end: number_at + 1,
                time: None,
            });
        }
        if digits > 2 || self.is_quantity(number_at) {
            return None;
        }
        let day = u32::try_from(value).ok()?;
        let end = self.skip(number_at + 1, |reader, at| {
            !reader.tokens.spaced(at) && reader.is_word(at, &["st", "nd", "rd", "th"])
        });
        let parts = Parts { year: None, month, day: Some(day), end, time: None };
        Some(self.with_unix_time(parts).unwrap_or_else(|| self.with_year_after(parts)))
    }

    /// Reads the time and year of `Tue Jan 25 10:15:00 EST 2022`.
    fn with_unix_time(&self, parts: Parts) -> Option<Parts> {
        let (time, end) = self.clock(parts.end)?;
        let (value, 4) = self.tokens.number(end)? else { return None };
        let year = i32::try_from(value).ok().filter(|year| is_year(*year))?;
        Some(Parts { year: Some(year), time: Some(time), end: end + 1, ..parts })
    }

    /// Reads the year that follows day and month, of four digits or of two after `-` or `'`.
    fn with_year_after(&self, parts: Parts) -> Parts {
        let mut at = parts.end;
        let (mut short_is_year, mut follows_comma) = (false, false);
        while at < parts.end + 3 {
            if let Some(mark) = self.tokens.mark(at)
                && matches!(mark, ',' | '.' | '-' | '/' | '\'' | '’' | '،' | '‑')
            {
                short_is_year |= matches!(mark, '-' | '/' | '\'' | '’');
                follows_comma |= mark == ',';
                at += 1;
            } else if self.is_word(at, &["de", "del", "of", "d", "στο", "του", "di", "l", "von"])
            {
                at += 1;
            } else {
                break;
            }
        }
        match self.tokens.number(at) {
            Some((value, 4)) if follows_comma || !self.is_clock_without_colon(at) => {
                match i32::try_from(value) {
                    Ok(year) if is_year(year) => Parts { year: Some(year), end: at + 1, ..parts },
                    _ => parts,
                }
            }
            Some((value, 2))
                if short_is_year && self.tokens.mark(at + 1) != Some(':')
                    || self.is_before_clock(at) =>
            {
                Parts { year: full_year(value), end: at + 1, ..parts }
            }
            _ => parts,
        }
    }

    /// Reads `25.01.2022`, `1/25/22`, `01-25-2022`.
    fn numeric(&self, at: usize, first: u32) -> Option<Parts> {
        if self.follows_number(at) {
            return None;
        }
        let mark =
            self.tokens.mark(at + 1).filter(|mark| matches!(mark, '.' | '/' | '-' | '‑' | '|'))?;
        let (second, 1..=2) = self.tokens.number(at + 2)? else { return None };
        let second = u32::try_from(second).ok()?;
        if self.tokens.mark(at + 3) != Some(mark) {
            return None;
        }
        let (value, digits) = self.tokens.number(at + 4)?;
        let year = match digits {
            4 => i32::try_from(value).ok().filter(|year| is_year(*year))?,
            2 if mark != '-' => full_year(value)?,
            _ => return None,
        };
        if self.continues_number(at + 4) {
            return None;
        }
        let day_first = matches!(mark, '.' | '|') || self.order == NumericOrder::DayFirst;
        let (day, month) = match (first, second) {
            (13.., _) => (first, second),
            (_, 13..) => (second, first),
            _ if day_first => (first, second),
            _ => (second, first),
        };
        Some(Parts { year: Some(year), month, day: Some(day), end: at + 5, time: None })
    }

    /// Reads a name of a month, in Arabic with its other name behind it: `كانون الثاني/يناير`.
    fn month_name(&self, at: usize) -> Option<(u32, usize)> {
        let (month, end) = self.single_month_name(at)?;
        if self.tokens.mark(end) == Some('/')
            && let Some((other, end)) = self.single_month_name(end + 1)
            && other == month
        {
            return Some((month, end));
        }
        Some((month, end))
    }

    /// Reads a name of a month, one of two words included, with the stop of an abbreviation.
    fn single_month_name(&self, at: usize) -> Option<(u32, usize)> {
        let word = self.tokens.word(at)?;
        if let Some(next) = self.tokens.word(at + 1)
            && !word.is_ascii()
            && let Some(month) = names::month(&format!("{word}_{next}"))
        {
            return Some((month, at + 2));
        }
        let month = names::month(word)?;
        let stop = self.tokens.mark(at + 1) == Some('.') && !self.tokens.spaced(at + 1);
        Some((month, at + 1 + usize::from(stop)))
    }

    /// Reads the time after a date, with what may stand between.
    fn trailing_time(&self, at: usize) -> Option<((NaiveTime, Option<Zone>), usize)> {
        let time_at = self.skip(at, |reader, at| {
            reader.is_mark(at, &[',', '-', '–', '—', '|', '·', '•', '@', '/', '(', '.', 'à'])
                || reader.is_word(
                    at,
                    &[
                        "t", "at", "um", "a", "as", "alle", "ore", "kl", "klo", "om", "o", "г",
                        "р", "в", "godz", "saat", "h", "hs", "las", "en", "г", "року", "года", "г",
                        "den", "στις", "r", "updated", "uur", "ora",
                    ],
                )
        });
        if time_at > at + 3 {
            return None;
        }
        let is_announced = (at..time_at).any(|at| self.is_word(at, &["kl", "klo"]))
            || self.is_clock_with_point(time_at);
        self.clock_after(time_at, is_announced)
    }

    /// Reads a time of day with its zone: `18:15:01.79`, `6:15pm EDT`, `10h15`, `10.15 Uhr`, `6pm`.
    fn clock(&self, at: usize) -> Option<((NaiveTime, Option<Zone>), usize)> {
        self.clock_after(at, false)
    }

    /// Reads a time of day, in which a point may stand where a word announces it: `kl. 18.05`.
    fn clock_after(
        &self,
        at: usize,
        is_announced: bool,
    ) -> Option<((NaiveTime, Option<Zone>), usize)> {
        let (hour, 1..=2) = self.tokens.number(at)? else { return None };
        let mut hour = u32::try_from(hour).ok()?;
        let mut second = (0, 0);
        let mut end = at + 1;
        let mut minute = None;
        let joint = self.tokens.mark(at + 1);
        let is_joint = matches!(joint, Some(':' | '.' | '时' | '時' | '点' | '點' | '시' | '：'))
            || self.is_word(at + 1, &["h"]);
        if is_joint
            && let Some((value, digits)) = self.tokens.number(at + 2)
            && (digits == 2 || joint == Some('시'))
            && !(self.tokens.spaced(at + 2) && joint == Some('.'))
        {
            minute = u32::try_from(value).ok();
            end = at + 3;
            if matches!(self.tokens.mark(end), Some('分' | '분')) {
                end += 1;
            }
        }
        if minute.is_some()
            && joint == Some(':')
            && self.tokens.mark(end) == Some(':')
            && let Some((value, 2)) = self.tokens.number(end + 1)
        {
            second.0 = u32::try_from(value).ok()?;
            end = self.fraction(end + 2, &mut second.1);
        }
        let half = self.half_of_day(&mut end);
        let marked = is_announced
            || joint == Some(':')
            || joint == Some('：')
            || half.is_some()
            || self.ends_in_hour_word(&mut end);
        let is_time = marked || joint != Some('.');
        if !is_time || minute.is_none() && half.is_none() {
            return None;
        }
        match half {
            Some(Half::Afternoon) if hour < 12 => hour += 12,
            Some(Half::Morning) if hour == 12 => hour = 0,
            _ => {}
        }
        let time = NaiveTime::from_hms_nano_opt(
            hour % 24,
            minute.unwrap_or(0),
            second.0.min(59),
            second.1,
        )?;
        if hour > 24 {
            return None;
        }
        let (zone, end) = self.zone(end);
        Some(((time, zone), end))
    }

    /// Reads the fraction of a second after `.` or `,`; hundredths of nanoseconds are dropped.
    fn fraction(&self, at: usize, nanoseconds: &mut u32) -> usize {
        if !matches!(self.tokens.mark(at), Some('.' | ',')) || self.tokens.spaced(at + 1) {
            return at;
        }
        let Some((value, digits)) = self.tokens.number(at + 1) else { return at };
        let mut value = value;
        for _ in digits..9 {
            value = value.saturating_mul(10);
        }
        for _ in 9..digits {
            value /= 10;
        }
        *nanoseconds = u32::try_from(value.min(999_999_999)).unwrap_or(0);
        at + 2
    }

    fn half_of_day(&self, end: &mut usize) -> Option<Half> {
        let word = self.tokens.word(*end)?;
        let dotted = |letter: &str, next: &str| {
            word == letter
                && self.tokens.mark(*end + 1) == Some('.')
                && self.tokens.word(*end + 2) == Some(next)
        };
        let (half, length) = match word {
            "am" => (Half::Morning, 1),
            "pm" => (Half::Afternoon, 1),
            _ if dotted("a", "m") => (Half::Morning, 3),
            _ if dotted("p", "m") => (Half::Afternoon, 3),
            _ => return None,
        };
        *end += length;
        if length == 3 && self.tokens.mark(*end) == Some('.') {
            *end += 1;
        }
        Some(half)
    }

    fn ends_in_hour_word(&self, end: &mut usize) -> bool {
        let found = self.is_word(*end, &["uhr", "h", "hs", "hrs", "uur", "godz", "час", "hours"]);
        *end += usize::from(found);
        found
    }

    /// Reads a zone: `EDT`, `(GMT+2)`, `+01:00`, `-0400`, `Z`.
    fn zone(&self, at: usize) -> (Option<Zone>, usize) {
        let open = usize::from(self.is_mark(at, &['(', '[']));
        let mut end = at + open;
        let mut zone = None;
        if let Some(word) = self.tokens.word(end)
            && let Some(named) = Zone::named(word)
        {
            zone = Some(named);
            end += 1;
        }
        let may_shift = zone.is_none() && open == 0 || matches!(zone, Some(Zone::Fixed(0)));
        if may_shift && let Some((shifted, after)) = self.numeric_zone(end) {
            zone = Some(shifted);
            end = after;
        }
        if zone.is_none() {
            return (None, at);
        }
        if open == 1 && self.is_mark(end, &[')', ']']) {
            end += 1;
        }
        (zone, end)
    }

    fn numeric_zone(&self, at: usize) -> Option<(Zone, usize)> {
        let sign = match self.tokens.mark(at)? {
            '+' => 1,
            '-' | '−' => -1,
            _ => return None,
        };
        if self.tokens.spaced(at + 1) {
            return None;
        }
        let (value, digits) = self.tokens.number(at + 1)?;
        let value = i32::try_from(value).ok()?;
        let (minutes, end) = match digits {
            4 => (value / 100 * 60 + value % 100, at + 2),
            1 | 2 => match (self.tokens.mark(at + 2), self.tokens.number(at + 3)) {
                (Some(':'), Some((minutes, 2))) => {
                    (value * 60 + i32::try_from(minutes).ok()?, at + 4)
                }
                _ => (value * 60, at + 2),
            },
            _ => return None,
        };
        (minutes <= 14 * 60).then_some((Zone::Fixed(sign * minutes), end))
    }

    fn skip(&self, from: usize, is_skipped: impl Fn(&Self, usize) -> bool) -> usize {
        let mut at = from;
        while at < from + 4 && is_skipped(self, at) {
            at += 1;
        }
        at
    }

    fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.tokens.mark(at).is_some_and(|mark| marks.contains(&mark))
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.word(at).is_some_and(|word| words.contains(&word))
    }

    /// Tells whether the number at `at` goes on behind a stop or dash: `2022` in `2022.5`.
    fn continues_number(&self, at: usize) -> bool {
        !self.tokens.spaced(at + 1)
            && self.is_mark(at + 1, &['.', ',', '-', '/'])
            && !self.tokens.spaced(at + 2)
            && self.tokens.number(at + 2).is_some_and(|(_, digits)| digits > 2)
    }

    /// Tells whether the number at `at` is the end of a longer one: `25` in `1.25 May`.
    fn follows_number(&self, at: usize) -> bool {
        at >= 2
            && !self.tokens.spaced(at)
            && self.is_mark(at - 1, &['.', ',', ':', '$', '/'])
            && self.tokens.number(at - 2).is_some()
    }

    /// Tells whether the number at `at` counts something: `may 3 percent`, `March 5.5`, `May 10,000`.
    fn is_quantity(&self, at: usize) -> bool {
        self.is_mark(at + 1, &['%', '$'])
            || self.is_mark(at + 1, &[',', '.', ':'])
                && !self.tokens.spaced(at + 1)
                && !self.tokens.spaced(at + 2)
                && self.tokens.number(at + 2).is_some_and(|(_, digits)| digits != 4)
                && self.tokens.mark(at + 1) != Some(':')
            || self.is_word(at + 1, &["percent", "million", "billion", "mln", "bln"])
    }

    /// Tells whether a clock follows the two digits at `at`, so that they are a year, as in the dates of
    /// mail and feeds: `7 Sep 02 10:15`.
    fn is_before_clock(&self, at: usize) -> bool {
        matches!(self.tokens.number(at + 1), Some((_, 2)))
            && self.tokens.mark(at + 2) == Some(':')
            && self.tokens.number(at + 3).is_some()
    }

    /// Tells whether the numbers at `at`, behind a date, are a time although a point stands in it: a zone
    /// follows or nothing at all.
    fn is_clock_with_point(&self, at: usize) -> bool {
        let two_digits = |at: usize| matches!(self.tokens.number(at), Some((_, 2)));
        two_digits(at)
            && self.tokens.mark(at + 1) == Some('.')
            && two_digits(at + 2)
            && (self.tokens.get(at + 3).is_none() || self.zone(at + 3).0.is_some())
    }

    /// Tells whether the word at `at` names the time of Greenwich, which agencies write behind a day, too.
    fn is_universal_time(&self, at: usize) -> bool {
        self.is_word(at, &["gmt", "utc"])
    }

    /// Tells whether the four digits at `at` are a time: `25 January 1430 GMT`.
    fn is_clock_without_colon(&self, at: usize) -> bool {
        self.tokens.word(at + 1).is_some_and(|word| matches!(word, "gmt" | "hrs" | "utc" | "hours"))
    }
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn is_year(year: i32) -> bool {
    (1000..=2999).contains(&year)
}

/// Returns the year of two digits: 1969 to 2068.
fn full_year(value: u64) -> Option<i32> {
    let value = i32::try_from(value).ok()?;
    Some(if value < 69 { 2000 + value } else { 1900 + value })
}

fn is_on_calendar(parts: Parts) -> bool {
    // 2000 was a leap year, so 29 February passes while the year is open.
    NaiveDate::from_ymd_opt(parts.year.unwrap_or(2000), parts.month, parts.day.unwrap_or(1))
        .is_some()
}
