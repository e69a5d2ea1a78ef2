//! Datelines in the manner of single agencies, which set them off by other marks than brackets and a dash:
//! ТАСС, Интерфакс, РИА, EFE, and those of China, Japan and Korea, which name the reporter as well, as
//! newspapers there do.

use super::byline;
use super::date::{self, NumericOrder, WrittenDate};
use super::script::{is_hangul, is_ideogram};
use crate::article::Agency;

/// The letters in which such a dateline must end.
const DATELINE_LETTERS: usize = 60;

/// The longest name of an agency, in bytes.
const LONGEST_AGENCY: usize = 32;

/// What stands before the name of an agency in Korean where it is that of a picture.
const OF_PICTURES: &[&str] = &["사진", "자료사진", "사진제공", "그래픽", "영상", "자료", "출처"];

/// What Chinese newspapers call themselves where the report is their own.
const OWN_REPORTS: &[&str] =
    &["本报", "本報", "本刊", "本网", "本台", "人民网", "央视网", "光明网", "中国网", "国际在线"];

/// What closes the brackets of a dateline.
const CLOSING: [char; 6] = [')', ']', '）', '］', '】', '〕'];

/// The longest credit of a newspaper's own reporter, in letters with the bracket behind it.
const LONGEST_CREDIT: usize = 30;

/// The longest name of a place, in letters.
const LONGEST_PLACE: usize = 40;

/// A dateline at the start of a text.
#[derive(Debug)]
pub(super) struct Styled<'text> {
    pub(super) origin: Origin<'text>,
    /// Where its words end, without the marks behind it.
    pub(super) end: usize,
    /// Where the text goes on.
    pub(super) text_start: usize,
}

/// What a dateline says.
#[derive(Debug)]
pub(super) struct Origin<'text> {
    /// The place; empty where none is named.
    pub(super) place: &'text str,
    pub(super) agency: Option<Agency>,
    pub(super) authors: Vec<&'text str>,
    pub(super) day: Option<WrittenDate>,
}

impl<'text> Origin<'text> {
    /// Returns the dateline of this origin at the start of `head`, behind which `rest` follows.
    fn styled(self, head: &str, rest: &str) -> Styled<'text> {
        Styled {
            origin: self,
            end: head.len() - rest.len(),
            text_start: head.len() - without_marks(rest).len(),
        }
    }
}

/// Returns the dateline that `text` opens with.
pub(super) fn find(text: &str) -> Option<Styled<'_>> {
    let head = head(text);
    match head.chars().next()? {
        '(' | '[' | '（' | '［' | '【' | '〔' => in_brackets(head),
        letter if letter.is_uppercase() => behind_day(head),
        _ => before_telegram(head),
    }
}

fn head(text: &str) -> &str {
    let line = text.split('\n').next().unwrap_or_default();
    let end = line.char_indices().nth(DATELINE_LETTERS).map_or(line.len(), |(at, _)| at);
    &line[..end]
}

/// Reads a place and a day that an agency follows: `МОСКВА, 25 января. /ТАСС/.`, `ЖЕНЕВА, 25 янв - РИА
/// Новости.`, `Москва. 25 января. INTERFAX.RU -`, `Madrid, 25 ene (EFE).-`.
fn behind_day(head: &str) -> Option<Styled<'_>> {
    if !head.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let mut days = date::find_all(head, NumericOrder::DayFirst).into_iter();
    let day = days.find(|date| date.day.is_some())?;
    let before = head[..day.span.start].trim_end();
    let place = before.strip_suffix([',', '.'])?;
    let after = head[day.span.end..].trim_start_matches(['.', ',', ' ', '-', '–', '—']);
    let set_off = [('/', '/'), ('(', ')')].iter().find_map(|(open, close)| {
        let (name, rest) = after.strip_prefix(*open)?.split_once(*close)?;
        let is_marked = *open == '/' || is_stop_and_dash(rest);
        Some((Agency::known(name)?, rest)).filter(|_| is_marked)
    });
    let (agency, rest) = set_off.or_else(|| opening_agency(after))?;
    let (author, rest) = author_behind_comma(rest);
    let is_place = (2..=LONGEST_PLACE).contains(&place.chars().count())
        && place.chars().all(|letter| letter.is_alphabetic() || " -/'’".contains(letter));
    let authors = author.into_iter().collect();
    let agency = Some(agency);
    is_place.then(|| Origin { place, agency, authors, day: Some(day) }.styled(head, rest))
}

fn is_stop_and_dash(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|rest| rest.starts_with(['-', '–', '—']))
}

/// Splits the longest name of an agency off the start, which a stop, a comma or a dash ends.
fn opening_agency(text: &str) -> Option<(Agency, &str)> {
    let ends = text.char_indices().take_while(|(at, _)| *at <= LONGEST_AGENCY);
    let ends = ends.filter(|(at, letter)| {
        matches!(letter, '.' | ',' | ' ' | '-' | '–' | '—')
            && text[..*at].ends_with(char::is_alphanumeric)
    });
    let (agency, end) =
        ends.filter_map(|(end, _)| Some((Agency::known(&text[..end])?, end))).last()?;
    let rest = &text[end..];
    let is_set_off =
        rest.starts_with(['.', ',']) || rest.trim_start_matches(' ').starts_with(['-', '–', '—']);
    is_set_off.then_some((agency, rest))
}

/// Splits the reporter off who stands behind the agency: `РИА Новости, Анна Иванова.`
fn author_behind_comma(rest: &str) -> (Option<&str>, &str) {
    let named = rest.strip_prefix(", ").and_then(|after| after.split_once(". "));
    match named.filter(|(name, _)| byline::is_name_line(name)) {
        Some((name, after)) => (Some(name), after),
        None => (None, rest),
    }
}

/// Reads a dateline in brackets, which those of China, Japan and Korea are.
fn in_brackets(head: &str) -> Option<Styled<'_>> {
    let open = head.chars().next()?.len_utf8();
    let close = open + head[open..].find(CLOSING)?;
    let inside = &head[open..close];
    let rest = head[close..].trim_start_matches(CLOSING);
    let (origin, rest) = korean(inside, rest)
        .or_else(|| Some((taiwanese(inside)?, rest)))
        .or_else(|| Some((of_newspaper(inside)?, rest)))
        .or_else(|| Some((japanese(inside)?, rest)))?;
    Some(origin.styled(head, rest))
}

/// Reads `(제네바=연합뉴스) 홍길동 특파원 =`, and returns what follows.
fn korean<'text>(inside: &'text str, rest: &'text str) -> Option<(Origin<'text>, &'text str)> {
    let (place, name) = inside.split_once('=')?;
    let is_place =
        !place.is_empty() && place.chars().all(is_hangul) && !OF_PICTURES.contains(&place);
    let agency = Some(Agency::new(name).filter(|_| is_place)?);
    let credit = rest.split_once('=');
    let credit = credit.and_then(|(credit, rest)| Some((byline::after_opener(credit)?, rest)));
    let (authors, rest) = credit.map_or((vec![], rest), |(name, rest)| (vec![name], rest));
    Some((Origin { place, agency, authors, day: None }, rest))
}

/// Reads `（中央社記者王小明台北25日電）`.
fn taiwanese(inside: &str) -> Option<Origin<'_>> {
    let (agency, credit) = leading_agency(inside.strip_suffix(['電', '电'])?)?;
    let credit = byline::after_reporter(credit)?;
    let credit = credit.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '日');
    // Names have three letters nearly always; what follows is the place.
    let (end, _) = credit.char_indices().nth(3)?;
    let (place, authors) = (&credit[end..], vec![&credit[..end]]);
    Some(Origin { place, agency: Some(agency), authors, day: None })
}

/// Reads `〔記者王小明／台北報導〕`, as newspapers credit their own reports.
fn of_newspaper(inside: &str) -> Option<Origin<'_>> {
    let (name, place) =
        byline::name_and_place(inside).filter(|_| inside.chars().count() < LONGEST_CREDIT)?;
    Some(Origin { place, agency: None, authors: vec![name], day: None })
}

/// Reads `【ジュネーブ共同】` and `[ジュネーブ 25日 ロイター]`.
fn japanese(inside: &str) -> Option<Origin<'_>> {
    let is_space = char::is_whitespace;
    let (place, agency) = match inside.rsplit_once(is_space) {
        Some((before, name)) => (before.split(is_space).next()?, Agency::known(name)?),
        None => inside
            .char_indices()
            .skip(1)
            .find_map(|(at, _)| Some((&inside[..at], Agency::known(&inside[at..])?)))?,
    };
    let is_japanese = place.chars().all(|letter| letter.is_alphabetic() || letter == '・')
        && inside.contains(is_ideogram);
    let agency = Some(agency);
    is_japanese.then(|| Origin { place, agency, authors: vec![], day: None })
}

/// Reads `新华社日内瓦1月25日电（记者王小明、李华）`, `本报北京1月25日电` and `本报讯（记者王小明）`.
fn before_telegram(head: &str) -> Option<Styled<'_>> {
    let own = || OWN_REPORTS.iter().find_map(|own| head.strip_prefix(own));
    let (agency, after) = match leading_agency(head) {
        Some((agency, after)) => (Some(agency), after),
        None => (None, own()?),
    };
    if let Some(rest) = after.strip_prefix(['讯', '訊']) {
        let (authors, rest) = reporters(rest);
        let origin = Origin { place: "", agency, authors, day: None };
        return (!origin.authors.is_empty()).then(|| origin.styled(head, rest));
    }
    let at = after.find(['电', '電'])?;
    let (origin, rest) = (&after[..at], &after[at + '电'.len_utf8()..]);
    let day = date::find_all(origin, NumericOrder::DayFirst).pop()?;
    if day.span.end != origin.trim_end().len() {
        return None;
    }
    let (authors, rest) = reporters(rest);
    let place = origin[..day.span.start].trim();
    Some(Origin { place, agency, authors, day: Some(day) }.styled(head, rest))
}

/// Splits the shortest name of an agency of at least two letters off a text without spaces.
fn leading_agency(text: &str) -> Option<(Agency, &str)> {
    let ends = text.char_indices().map(|(at, _)| at).skip(2).take(6);
    ends.filter_map(|end| Some((Agency::known(&text[..end])?, &text[end..]))).next()
}

/// Splits the reporters in brackets off: `（记者王小明、李华）`.
fn reporters(text: &str) -> (Vec<&str>, &str) {
    let inside = text.trim_start().strip_prefix(['（', '(']);
    let split = inside.and_then(|inside| inside.split_once(['）', ')']));
    let credit = split.and_then(|(credit, rest)| {
        let names = byline::after_reporter(credit)?;
        Some((names.split(['、', ' ', '，']).filter(|name| !name.is_empty()).collect(), rest))
    });
    credit.unwrap_or((Vec::new(), text))
}

fn without_marks(text: &str) -> &str {
    text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '.', ',', '-', '–', '—'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_of_agencies_are_read() {
        for (text, place, agency, authors) in [
            ("МОСКВА, 25 января. /ТАСС/. Да", "МОСКВА", "TASS", &[][..]),
            ("ЖЕНЕВА, 25 янв - РИА Новости. Да", "ЖЕНЕВА", "RIA Novosti", &[]),
            (
                "МОСКВА, 25 янв — РИА Новости, Анна Иванова. Да",
                "МОСКВА",
                "RIA Novosti",
                &["Анна Иванова"],
            ),
            ("Москва. 25 января. INTERFAX.RU - Да", "Москва", "Interfax", &[]),
            ("Київ. 25 січня. УНІАН. Да", "Київ", "UNIAN", &[]),
            ("Madrid, 25 ene (EFE).- Да", "Madrid", "EFE", &[]),
            (
                "新华社日内瓦1月25日电（记者王小明、李华）Да",
                "日内瓦",
                "Xinhua",
                &["王小明", "李华"],
            ),
            ("中新社北京1月25日电 (记者 王小明)Да", "北京", "CNS", &["王小明"]),
            ("本报北京1月25日电 （记者王小明）Да", "北京", "", &["王小明"]),
            ("本报讯（记者 王小明）Да", "", "", &["王小明"]),
            ("（中央社記者王小明台北25日電）Да", "台北", "CNA", &["王小明"]),
            ("〔記者王小明／台北報導〕Да", "台北", "", &["王小明"]),
            ("(제네바=연합뉴스) 홍길동 특파원 = Да", "제네바", "Yonhap", &["홍길동"]),
            ("[서울=뉴시스] 홍길동 기자 = Да", "서울", "뉴시스", &["홍길동"]),
            ("【ジュネーブ共同】Да", "ジュネーブ", "Kyodo", &[]),
            ("［ジュネーブ　２５日　ロイター］ - Да", "ジュネーブ", "Reuters", &[]),
        ] {
            let found = find(text).unwrap_or_else(|| panic!("{text}"));
            let origin = &found.origin;
            let agency_found = origin.agency.as_ref().map_or("", Agency::as_str);
            let said = (origin.place, agency_found, &*origin.authors);
            assert_eq!(said, (place, agency, authors), "{text}");
            assert_eq!(&text[found.text_start..], "Да", "{text}");
        }
    }

    #[test]
    fn other_texts_have_none() {
        for text in [
            "",
            "(x=y) holds for all of them.",
            "[1] Reuters",
            "(사진=연합뉴스) 협상이 밤늦게까지 이어졌다.",
            "Berlin, 25. Januar. Reuters meldet die Einigung.",
            "On 25 January Reuters, AP and AFP left.",
            "新华社报道说，会谈持续到深夜。",
            "本报讯息显示，会谈持续到深夜。",
            "〔王小明／台北報導〕行政院",
            "記者王小明／台北報導 行政院",
            "【速報】協議は港で深夜まで続いた。",
            "(Reuters) - Exxon",
        ] {
            assert!(find(text).is_none(), "{text}");
        }
    }
}
