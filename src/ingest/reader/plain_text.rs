//! Scraped plain text: an optional header block, a headline, field lines, the body, page litter.
//!
//! Nothing is marked in such a file, so each line is known by its place and its words. What is not
//! recognised stays in the body.

use std::borrow::Cow;

use crate::article::{
    Agency, Byline, Confidence, Evidence, EvidenceKind, Outlet, PublicationDate, Sourced,
};
use crate::ingest::extract::byline_line::{self, Credit};
use crate::ingest::extract::date::NumericOrder;
use crate::ingest::extract::date_line::{DateLine, Label};
use crate::ingest::extract::field_lines::FieldLines;
use crate::ingest::extract::headline_line::Headline;
use crate::ingest::extract::line_class::{self, LineClass};
use crate::ingest::extract::line_table::{self, LineTable};
use crate::ingest::extract::page_lines;
use crate::ingest::extract::{
    NotAnArticle, agency, byline, cards, copyright, credit_line, date_line, dateline, day_line,
    fields, header_block, headline_line, language, link_numbers, paragraphs, source_line,
};
use crate::ingest::learnt::{ArticleLines, RepeatedLines};
use crate::ingest::{Draft, FileContext};
use crate::text::fold;

/// The longest headline, in bytes: a longer first paragraph is text.
const LONGEST_TITLE: usize = 300;

/// The paragraphs after the headline among which byline and date are looked for.
const HEAD_PARAGRAPHS: usize = 6;

/// The paragraphs from the end among which the source is looked for.
const TAIL_PARAGRAPHS: usize = 3;

/// What a text turned out to be.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one a record, taken apart at once")]
pub enum PlainTextOutcome {
    /// An article.
    Article(Draft),
    /// Something else.
    NotAnArticle(NotAnArticle),
}

/// Reads the article in `text`.
///
/// One with a headline and no body is still an article; a text without letters is none.
pub fn read(text: &str, context: &FileContext) -> PlainTextOutcome {
    read_learnt(text, context, &RepeatedLines::default(), "")
}

/// Reads the article in `text`, leaving out the lines that its outlet repeats; `base` stands before the
/// path in its archive.
pub fn read_learnt(
    text: &str,
    context: &FileContext,
    repeated: &RepeatedLines,
    base: &str,
) -> PlainTextOutcome {
    let mut draft = Draft::default();
    let rest = header_block::take(text, &mut draft);
    let paragraphs = paragraphs_of(rest);
    let mut lines: Vec<&str> = paragraphs.iter().map(Cow::as_ref).collect();
    if draft.title.is_none() && !lines.iter().any(|line| line.contains(char::is_alphanumeric)) {
        return PlainTextOutcome::NotAnArticle(NotAnArticle::Empty);
    }
    let all = lines.clone();
    let table = repeated.of(&outlet_key(&draft, context, base));
    let (headline, stated) = keep_article(&mut lines, table, draft.title.is_some());
    if let Some(credit) = stated.credit {
        take_page_authors(credit, &mut draft);
    }
    take_title(&mut lines, headline, &mut draft, context);
    if let Some(line) = stated.day.filter(|_| draft.published.is_none()) {
        take_page_day(line, &lines, &mut draft);
    }
    take_head_fields(&mut lines, &mut draft);
    take_source(&mut lines, &mut draft);
    let below = lines_below(&all, lines.last().copied());
    if draft.outlet.is_none() {
        draft.outlet = outlet_below(below);
    }
    if draft.agencies.is_none() {
        draft.agencies = agencies_below(below);
    }
    draft.body = lines.join("\n\n");
    fields::complete(&mut draft, context);
    PlainTextOutcome::Article(draft)
}

/// Returns the lines of a text, from which those that its outlet repeats are learnt; `base` stands
/// before the path in its archive.
pub fn lines_of(text: &str, context: &FileContext, base: &str) -> ArticleLines {
    let mut draft = Draft::default();
    let rest = header_block::take(text, &mut draft);
    let paragraphs = paragraphs_of(rest);
    let lines = line_table::line_hashes(paragraphs.iter().map(Cow::as_ref));
    ArticleLines { outlet: outlet_key(&draft, context, base).into(), lines: lines.into() }
}

/// Returns the paragraphs of a text, without the numbers of its links.
fn paragraphs_of(text: &str) -> Vec<Cow<'_, str>> {
    link_numbers::without(paragraphs::split(text))
}

/// Returns what tells the outlet of a text before the text is read: what its header block states, or
/// else its directory without the parts that are dates or numbers.
fn outlet_key(draft: &Draft, context: &FileContext, base: &str) -> String {
    if let Some(outlet) = &draft.outlet {
        return fold(&outlet.value.to_string());
    }
    if let Some(host) = draft.url.as_ref().and_then(|url| fields::host(&url.value)) {
        return host.to_lowercase();
    }
    let path = format!("{base}{}", context.path);
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    let has_letters = |part: &&str| part.contains(char::is_alphabetic);
    directory.split('/').filter(has_letters).collect::<Vec<_>>().join("/")
}

/// What the lines around an article say of it.
#[derive(Default)]
struct StatedFields<'text> {
    /// Who wrote it.
    credit: Option<Credit<'text>>,
    /// The line that says when it was published.
    day: Option<&'text str>,
    /// The places of the lines that say these and nothing else.
    at: Vec<usize>,
}

impl<'text> StatedFields<'text> {
    fn find(lines: &[&'text str], classes: &[LineClass], places: &FieldLines) -> Self {
        let credit = byline_line::find(lines, classes, places);
        let near = credit.as_ref().filter(|credit| credit.is_near);
        let mut at: Vec<usize> = near.map(|credit| credit.at.clone().collect()).unwrap_or_default();
        let is_dated =
            |at: &usize| date_line::in_credit(lines[*at], NumericOrder::default()).is_some();
        let day = at.iter().copied().find(is_dated).or_else(|| day_line::find(lines, places));
        // Sentences say more than when.
        at.extend(day.filter(|at| classes[*at] != LineClass::Prose && places.is_near(*at)));
        Self { credit, day: day.map(|at| lines[at]), at }
    }
}

/// Leaves only the lines of the article, and returns which of them is its headline and what the others say
/// of it, where that had to be told from the page around it.
fn keep_article<'text>(
    lines: &mut Vec<&'text str>,
    table: Option<&LineTable>,
    has_title: bool,
) -> (Option<usize>, StatedFields<'text>) {
    let mut classes = line_class::classify_all(lines);
    if let Some(table) = table {
        let mut is_litter = page_lines::repeated_litter(lines, &classes, table, states_field);
        restore_headline(&classes, &mut is_litter);
        retain(lines, |at| !is_litter[at]);
        retain(&mut classes, |at| !is_litter[at]);
    }
    let has_furniture = line_class::has_litter(&classes);
    cards::set_aside(lines, &mut classes);
    let text = page_lines::article_range(lines, &classes);
    let start = header_start(lines, &classes, text.start);
    let is_page = text.start > 0 || has_furniture;
    let found =
        if is_page && !has_title { headline_line::find(lines, &classes, &text) } else { None };
    let lead = found.as_ref().map(|found| Lead::of(lines, &classes, found, text.start));
    let belongs = |at: usize| match &lead {
        None => (start..text.end).contains(&at),
        Some(lead) => {
            let headline = lead.headline;
            let is_of_text = at >= start.max(headline.line) || states_field(lines[at]);
            headline.lead_above.contains(&at)
                || (start.min(lead.first)..text.end).contains(&at) && (is_of_text || lead.holds(at))
        }
    };
    let places = found.as_ref().map(|found| FieldLines::of(&classes, found, &text));
    let stated = places.map(|places| StatedFields::find(lines, &classes, &places));
    let stated = stated.unwrap_or_default();
    let is_kept: Vec<bool> = (0..lines.len())
        .map(|at| {
            let is_aside = is_page && classes[at] == LineClass::Aside && !states_field(lines[at]);
            found.as_ref().is_some_and(|found| found.line == at)
                || !classes[at].is_litter() && !is_aside && !stated.at.contains(&at) && belongs(at)
        })
        .collect();
    retain(lines, |at| is_kept[at]);
    let headline =
        found.map(|found| is_kept[..found.line].iter().filter(|is_kept| **is_kept).count());
    (headline, stated)
}

/// Returns how many of the last lines state a field: a date, a byline.
fn fields_above(lines: &[&str]) -> usize {
    let last = lines.iter().rev().take(MOST_FIELDS_ABOVE);
    last.take_while(|line| states_field(line)).count()
}

/// What stands between a headline and the rest of its text.
struct Lead<'page> {
    lines: &'page [&'page str],
    classes: &'page [LineClass],
    headline: &'page Headline,
    /// The first line of the fields right above the headline, or else the headline.
    first: usize,
    /// Where the rest of the text begins.
    start: usize,
    /// Whether all lines between the headline and the first sentences go on what stands above them.
    is_subtitled: bool,
    /// Whether no furniture, and no menu, stands between the first sentences and the rest of the text.
    is_unbroken: bool,
}

impl<'page> Lead<'page> {
    fn of(
        lines: &'page [&'page str],
        classes: &'page [LineClass],
        headline: &'page Headline,
        start: usize,
    ) -> Self {
        let goes_on = |at: usize| goes_on(lines[at], classes[at]);
        let between = headline.prose..start.max(headline.prose);
        let longer = between.clone().filter(|at| word_count(lines[*at]) >= LEAD_WORDS).count();
        Self {
            lines,
            classes,
            headline,
            first: headline.line - fields_above(&lines[..headline.line]),
            start,
            is_subtitled: (headline.line + 1..headline.prose).all(goes_on),
            is_unbroken: longer * 4 >= between.len() * 3
                && classes[between].iter().all(|class| !class.is_litter()),
        }
    }

    /// Tells whether the line `at` is of the lead: sentences, a standfirst above them, what goes on right
    /// below them, and short lines between sentences.
    fn holds(&self, at: usize) -> bool {
        let prose = self.headline.prose;
        let goes_on = |at: usize| goes_on(self.lines[at], self.classes[at]);
        let is_below = at > prose && at < self.start;
        at > self.headline.line
            && (self.classes[at] == LineClass::Prose
                || at < prose && self.is_subtitled
                || at <= prose && is_standfirst(self.lines[at])
                || is_below && self.is_unbroken
                || is_below && (prose..=at).all(goes_on)
                || is_below && is_between_prose(&self.classes[prose..=self.start], at - prose))
    }
}

/// Tells whether a line of a lead goes on what stands above it.
fn goes_on(line: &str, class: LineClass) -> bool {
    !class.is_litter() && word_count(line) >= LEAD_WORDS
}

fn word_count(line: &str) -> usize {
    line.split_whitespace().count()
}

/// Tells whether sentences stand above and below line `at` with few lines between.
fn is_between_prose(classes: &[LineClass], at: usize) -> bool {
    let is_prose = |class: &LineClass| *class == LineClass::Prose;
    let above = classes[..at].iter().rev().position(is_prose);
    let below = classes[at..].iter().position(is_prose);
    above.zip(below).is_some_and(|(above, below)| above + below <= MOST_LINES_BETWEEN)
}

/// The most lines between the sentences of a lead and those below that are kept with them.
const MOST_LINES_BETWEEN: usize = 8;

/// Tells whether a line between a headline and its text is long enough for a standfirst.
fn is_standfirst(line: &str) -> bool {
    word_count(line) >= STANDFIRST_WORDS
}

/// The least words of a standfirst.
const STANDFIRST_WORDS: usize = 10;

/// The least words of a line that goes on what the lead begins.
const LEAD_WORDS: usize = 3;

/// The lines above a text among which its header is looked for.
const HEADER_LINES: usize = 12;

/// The lines that stand above a byline or a date and may be the headline.
const LINES_ABOVE_FIELD: usize = 3;

/// Returns where the header begins of a text that begins at `start`: a share bar may part headline,
/// byline and date from it.
fn header_start(lines: &[&str], classes: &[LineClass], start: usize) -> usize {
    let first = start.saturating_sub(HEADER_LINES);
    let Some(field) = (first..start).rfind(|at| states_field(lines[*at])) else { return start };
    let first = first.max(field.saturating_sub(LINES_ABOVE_FIELD));
    (first..field).rfind(|at| classes[*at].is_litter()).map_or(first, |last| last + 1)
}

fn retain<T>(items: &mut Vec<T>, is_kept: impl Fn(usize) -> bool) {
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        is_kept(at - 1)
    });
}

/// Gives a text that would begin with prose the last short line before it back: a headline may recur,
/// such as "Letters to the editor".
fn restore_headline(classes: &[LineClass], is_litter: &mut [bool]) {
    let prose = (0..classes.len()).find(|at| classes[*at] == LineClass::Prose && !is_litter[*at]);
    let mut short =
        (0..prose.unwrap_or(0)).rev().filter(|at| classes[*at] == LineClass::Short).peekable();
    let Some(last) = short.peek().copied() else { return };
    if short.all(|at| is_litter[at]) {
        is_litter[last] = false;
    }
}

/// Tells whether a line states a field of the article, so that it is of it however often it recurs.
fn states_field(line: &str) -> bool {
    byline::is_byline(line) || source_line::source(line).is_some() || date_line::is_one(line)
}

/// Takes the headline, which may stand twice, off the top: the line `found` to be it, or else the first
/// that can be.
fn take_title(
    lines: &mut Vec<&str>,
    found: Option<usize>,
    draft: &mut Draft,
    context: &FileContext,
) {
    if draft.title.is_none() {
        let title = |at: usize, why: &str| {
            Some(Sourced::new(lines[at].to_owned(), EvidenceKind::Text, why))
        };
        draft.title = match (found, headline(lines)) {
            (Some(at), _) if lines.len() > 1 => {
                let title = title(at, "a line above the text");
                lines.remove(at);
                title
            }
            (_, Some(at)) => {
                let title = title(at, "the first line");
                take_headline(lines, at);
                title
            }
            (_, None) => title_from_path(&context.path),
        };
    }
    let Some(title) = &draft.title else { return };
    let repeats = lines.iter().take(3).take_while(|line| is_same_line(line, &title.value)).count();
    lines.drain(..repeats);
}

/// Takes the headline in line `at` off, and what stands above it but for the lines that state a field.
fn take_headline(lines: &mut Vec<&str>, at: usize) {
    let fields = lines[..at].iter().copied().filter(|line| states_field(line)).collect::<Vec<_>>();
    lines.splice(..=at, fields);
}

/// The lines at the top among which a headline stands twice.
const TOP_LINES: usize = 12;

/// Returns the line that is the headline: one that stands twice at the top, above all sentences, or else
/// the first below the date and the byline that may open a text.
fn headline(lines: &[&str]) -> Option<usize> {
    let top = &lines[..lines.len().min(TOP_LINES)];
    let is_prose = |line: &&str| line_class::classify(line) == LineClass::Prose;
    let prose = top.iter().position(is_prose).unwrap_or(top.len());
    let twice = (0..prose).find(|at| {
        let line = top[*at];
        line.len() > 20
            && line.len() <= LONGEST_TITLE
            && top[at + 1..].iter().any(|later| is_same_line(later, line))
    });
    if twice.is_some() {
        return twice;
    }
    let first = lines.iter().take(MOST_FIELDS_ABOVE + 1).position(|line| !states_field(line))?;
    let line = lines[first];
    let opens_report = || {
        line_class::classify(line) == LineClass::Prose
            && dateline::find(line).is_some_and(|found| found.dateline.agency.is_some())
    };
    let is_headline = line.len() <= LONGEST_TITLE
        && lines.len() > first + 1
        && line.contains(char::is_alphabetic)
        && !opens_report();
    is_headline.then_some(first)
}

/// The most lines that state a field above a headline: a date, a byline, a source.
const MOST_FIELDS_ABOVE: usize = 3;

fn is_same_line(one: &str, two: &str) -> bool {
    one.split_whitespace().map(str::to_lowercase).eq(two.split_whitespace().map(str::to_lowercase))
}

/// Returns the name of the file, where the text has no headline.
fn title_from_path(path: &str) -> Option<Sourced<String>> {
    let name = path.rsplit('/').next()?;
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    let evidence = Evidence::new(EvidenceKind::Path, format!("`{name}`"));
    Some(Sourced { value: stem.to_owned(), evidence: evidence.with_confidence(Confidence::Low) })
}

/// Takes byline and date lines off the head of the text.
fn take_head_fields(lines: &mut Vec<&str>, draft: &mut Draft) {
    let mut at = 0;
    let mut seen = 0;
    while at < lines.len() && seen < HEAD_PARAGRAPHS {
        seen += 1;
        if draft.byline.is_none() && take_name(lines, at, draft)
            || take_byline(lines[at], draft)
            || take_date(lines, at, draft)
            || at == 0 && take_agencies(lines[at], draft)
        {
            lines.remove(at);
        } else if let Some((credit, rest)) = split_credit(lines[at]) {
            take_byline(credit, draft);
            lines[at] = rest;
        } else {
            at += 1;
        }
    }
}

/// Takes a name that is alone in the line `at`, above the date or above the name of the outlet and the
/// date.
fn take_name(lines: &mut Vec<&str>, at: usize, draft: &mut Draft) -> bool {
    let is_name = |at: usize| lines.get(at).is_some_and(|line| byline::is_name_line(line));
    let is_date = |at: usize| lines.get(at).is_some_and(|line| date_line::is_one(line));
    let is_above_outlet = is_name(at + 1) && is_date(at + 2);
    if !is_name(at) || !is_date(at + 1) && !is_above_outlet {
        return false;
    }
    let Some(parsed) = byline::parse(lines[at]) else { return false };
    draft.byline = Some(Sourced::new(parsed, EvidenceKind::Text, lines[at]));
    if is_above_outlet && draft.outlet.is_none() {
        let line = lines.remove(at + 1);
        draft.outlet = Outlet::new(line)
            .map(|outlet| Sourced::new(outlet, EvidenceKind::Text, format!("line `{line}`")));
    }
    true
}

/// Takes a line that is a date or a credit and little else.
pub(super) fn take_credit(line: &str, draft: &mut Draft) -> bool {
    take_date(&[line], 0, draft) || take_byline(line, draft)
}

fn take_byline(line: &str, draft: &mut Draft) -> bool {
    if line.len() > 160 || !byline::is_byline(line) {
        return false;
    }
    let Some(parsed) = byline::parse(line) else { return false };
    draft.byline.get_or_insert_with(|| Sourced::new(parsed, EvidenceKind::Text, line));
    true
}

/// Takes a line that is the credit of an agency.
fn take_agencies(line: &str, draft: &mut Draft) -> bool {
    let agencies = agencies_of_line(line);
    let is_credit = agencies.is_some();
    draft.agencies = draft.agencies.take().or(agencies);
    is_credit
}

fn agencies_of_line(line: &str) -> Option<Sourced<Vec<Agency>>> {
    Some(Sourced::new(agency::in_line(line)?, EvidenceKind::Text, format!("line `{line}`")))
}

/// Splits `By Jane Doe MOSCOW, Dec 27 (Reuters) - ...` before the dateline.
fn split_credit(line: &str) -> Option<(&str, &str)> {
    byline::after_opener(line)?;
    let mut at = 0;
    for word in line.split(' ').take(14) {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        if at > 0 && letters >= 3 && !word.chars().any(char::is_lowercase) {
            let (credit, rest) = (&line[..at], &line[at..]);
            let is_wire = rest.get(..rest.len().min(160)).is_some_and(|head| head.contains(") -"));
            return (is_wire && byline::is_byline(credit)).then_some((credit, rest));
        }
        at += word.len() + 1;
    }
    None
}

/// Takes the authors whom a line of the page names.
fn take_page_authors(credit: Credit, draft: &mut Draft) {
    if draft.byline.is_none() {
        let authors = Byline { authors: credit.authors };
        let byline = Sourced::new(authors, EvidenceKind::Text, credit.line);
        draft.byline = Some(fields::with_confidence(byline, credit.confidence));
    }
}

/// Takes the day in a line of the page that dates the article.
fn take_page_day(line: &str, lines: &[&str], draft: &mut Draft) {
    let read = |order: NumericOrder| date_line::in_credit(line, order);
    if let Some(found) = read(numeric_order(read, lines, draft)) {
        state_date(found, line, draft);
    }
}

/// Takes the line `at` that is a date and little else.
fn take_date(lines: &[&str], at: usize, draft: &mut Draft) -> bool {
    let line = lines[at];
    let read = |order: NumericOrder| date_line::read(line, order);
    let Some(found) = read(numeric_order(read, &lines[at + 1..], draft)) else { return false };
    if draft.byline.is_none() && found.label != Label::Change {
        let authors = credit_line::authors(line);
        if !authors.is_empty() {
            draft.byline = Some(Sourced::new(Byline { authors }, EvidenceKind::Text, line));
        }
    }
    state_date(found, line, draft);
    true
}

/// States the date of a line. One of a change stands for the publication until a line dates that.
fn state_date(found: DateLine, line: &str, draft: &mut Draft) {
    let is_of_change = |stated: &Sourced<PublicationDate>| {
        stated.evidence.kind == EvidenceKind::Text && stated.evidence.confidence == Confidence::Low
    };
    let stated = Sourced::new(found.date, EvidenceKind::Text, format!("line `{line}`"));
    if found.label == Label::Change {
        draft.published.get_or_insert(fields::with_confidence(stated, Confidence::Low));
    } else if draft.published.as_ref().is_none_or(is_of_change) {
        draft.published = Some(stated);
    }
}

/// Returns which of two numbers is the day in a date, by the language of the text below it, which is
/// looked at only where the date can be read in two ways.
fn numeric_order(
    read: impl Fn(NumericOrder) -> Option<DateLine>,
    below: &[&str],
    draft: &Draft,
) -> NumericOrder {
    if read(NumericOrder::MonthFirst) == read(NumericOrder::DayFirst) {
        return NumericOrder::default();
    }
    let detect = || language::detect(&below.join("\n"), None);
    let language = draft.language.clone().or_else(detect).map(|language| language.value);
    NumericOrder::of(language, "", "")
}

/// Takes a line such as `Source: IZ` off the end.
fn take_source(lines: &mut Vec<&str>, draft: &mut Draft) {
    let first = lines.len().saturating_sub(TAIL_PARAGRAPHS);
    let Some(at) = (first..lines.len()).rev().find(|at| source_line::source(lines[*at]).is_some())
    else {
        return;
    };
    let line = lines.remove(at);
    take_agencies(line, draft);
    if draft.outlet.is_none() {
        let outlet = source_line::source(line).and_then(outlet_of_source);
        draft.outlet =
            outlet.map(|outlet| Sourced::new(outlet, EvidenceKind::Text, format!("line `{line}`")));
    }
}

/// Returns the outlet that a source names, before the agencies that it has its report from: "Lake Crier,
/// ino/dpa".
fn outlet_of_source(source: &str) -> Option<Outlet> {
    let names_agency = || source.contains(',') && agency::in_credit(source).is_some();
    let outlet = source.split(',').next().filter(|_| names_agency());
    Outlet::new(outlet.unwrap_or(source))
}

/// Returns the lines below the `last` of the article.
fn lines_below<'lines, 'text>(
    lines: &'lines [&'text str],
    last: Option<&str>,
) -> &'lines [&'text str] {
    let is_last = |line: &&str| last.is_some_and(|last| std::ptr::eq(*line, last));
    lines.iter().rposition(is_last).map_or(&[], |last| &lines[last + 1..])
}

/// Returns the agencies that one of the nearest lines below the article credits. A name alone is as
/// likely that of a link.
fn agencies_below(lines: &[&str]) -> Option<Sourced<Vec<Agency>>> {
    let nearest = lines.iter().take(TAIL_PARAGRAPHS);
    let mut credits = nearest.filter(|line| line.contains(['/', ':', '©', ' ']));
    credits.find_map(|line| agencies_of_line(line))
}

/// Returns the outlet that a line below the article states: its source, or who holds the copyright.
fn outlet_below(lines: &[&str]) -> Option<Sourced<Outlet>> {
    let short = lines.iter().filter(|line| line.len() <= LONGEST_SOURCE_LINE);
    let source = short.clone().find_map(|line| Some((source_line::source(line)?, line)));
    let held = || short.clone().filter_map(|line| Some((copyright::holder(line)?, line)));
    // Without a year it may be the one of a picture.
    let of_page = || held().rfind(|(_, line)| copyright::is_of_page(line));
    let (name, line) = source.or_else(of_page).or_else(|| held().next())?;
    let outlet = outlet_of_source(name)?;
    let outlet = Sourced::new(outlet, EvidenceKind::Text, format!("line `{line}`"));
    Some(fields::with_confidence(outlet, Confidence::Medium))
}

/// The longest line, in bytes, that states a source or a copyright.
const LONGEST_SOURCE_LINE: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    fn article(lines: &[&str]) -> Draft {
        match read(&lines.join("\n\n"), &FileContext::default()) {
            PlainTextOutcome::Article(draft) => draft,
            PlainTextOutcome::NotAnArticle(reason) => panic!("an article: {reason:?}"),
        }
    }

    fn title(draft: &Draft) -> &str {
        draft.title.as_ref().map_or("", |title| &title.value)
    }

    const TEXT: [&str; 2] = [
        "The ferry to the islands will sail twice a day from Monday on, the harbour said, if ice allows.",
        "It had stayed in port for three weeks, and the islands had run out of salt and of patience.",
    ];

    #[test]
    fn a_line_that_recurs_below_the_text_is_not_its_headline() {
        let games = ["North Harbour v Salt Pans", "Winners meet in the final match"];
        let lines = [&["Islands draw the mainland"][..], &TEXT[..1], &games, &games].concat();
        let draft = article(&lines);
        assert_eq!(title(&draft), "Islands draw the mainland");
        assert_eq!(draft.body, lines[1..].join("\n\n"));
        // Above the text it is: menus show the headline before it stands there.
        let lines = [
            &["Crier", "Ferry to the islands sails again"][..],
            &["Ferry to the islands sails again"],
            &TEXT,
        ]
        .concat();
        assert_eq!(title(&article(&lines)), "Ferry to the islands sails again");
    }

    #[test]
    fn fields_right_above_the_headline_of_a_page_are_read() {
        let header = ["28.01.2020", "Ferry to the islands sails again"];
        let bar: Vec<String> = (0..40).map(|number| format!("Reader {number}")).collect();
        let bar: Vec<&str> = bar.iter().map(String::as_str).collect();
        let lead = "The islands wait for salt, and the harbour hopes for a mild end of the winter.";
        let page = [&["Home", "News", "Share"], &header[..], &[lead], &bar, &["Share"], &TEXT];
        let draft = article(&page.concat());
        assert_eq!(title(&draft), header[1]);
        assert_eq!(draft.published.unwrap().value.to_string(), "2020-01-28");
    }

    #[test]
    fn a_list_without_furniture_goes_on_a_lead() {
        let posts = [
            "Head of the harbour office",
            "Two pilots for the night",
            "A clerk of the quay",
            "A cook",
        ];
        let posts = posts.repeat(4);
        let header = ["Home", "News", "Share", "The harbour looks for people"];
        let long = "Whoever wants to work for the harbour may write to the office until the end of \
            March, and will hear from its head before the first boats of the summer are there.";
        let long = [long; 2].join(" ");
        let page = [&header[..], &TEXT, &posts, &[&long, &long, "Comments"]].concat();
        let draft = article(&page);
        assert_eq!(title(&draft), header[3]);
        assert_eq!(draft.body, [&TEXT[..], &posts, &[&long, &long]].concat().join("\n\n"));
    }

    #[test]
    fn a_subtitle_is_text_and_the_banner_of_a_web_archive_is_not() {
        let headline = "Ferry to the islands sails again";
        let subtitle = "First the salt, then the mail";
        let banner = [
            "The Wayback Machine - https://web.archive.org/web/20140129/http://crier.example/a",
            "About this capture",
            "COLLECTED BY",
            "Organization: Alexa Crawls",
            "Starting in 1996, Alexa Internet has been donating their crawl data to the Internet Archive.",
            "TIMESTAMPS",
        ];
        let lines = [&banner[..], &["Home", "Harbour", headline, subtitle], &TEXT].concat();
        let draft = article(&lines);
        assert_eq!(title(&draft), headline);
        assert_eq!(draft.body, [&[subtitle], &TEXT[..]].concat().join("\n\n"));
    }

    #[test]
    fn fields_may_stand_above_the_headline() {
        let headline = "Ferry to the islands sails again";
        let opens = |above: &[&str], below: &[&str]| {
            let draft = article(&[above, &[headline], below, &TEXT].concat());
            assert_eq!(title(&draft), headline);
            assert_eq!(draft.body, TEXT.join("\n\n"));
            (
                draft.published.map(|date| date.value.to_string()).unwrap_or_default(),
                draft.byline.map(|byline| byline.value.authors.join(", ")).unwrap_or_default(),
                draft.outlet.map(|outlet| outlet.value.to_string()).unwrap_or_default(),
            )
        };
        let expected = |date: &str, author: &str, outlet: &str| {
            (date.to_owned(), author.to_owned(), outlet.to_owned())
        };
        let date = "March 10, 2019";
        assert_eq!(opens(&[date], &["By Jane Doe"]), expected("2019-03-10", "Jane Doe", ""));
        assert_eq!(opens(&["By Jane Doe", date], &[]), expected("2019-03-10", "Jane Doe", ""));
        assert_eq!(opens(&["2019-03-10"], &[]), expected("2019-03-10", "", ""));
        let below = ["Jane Doe", "Lake Crier", "Mar 10, 2019"];
        assert_eq!(opens(&[], &below), expected("2019-03-10", "Jane Doe", "Lake Crier"));
        let dates = ["Updated: March 12, 2019 9:15 am", "Posted: March 10, 2019"];
        assert_eq!(opens(&[], &dates), expected("2019-03-10", "", ""));
        assert_eq!(opens(&[], &dates[..1]), expected("2019-03-12T09:15:00", "", ""));
    }

    #[test]
    fn the_language_of_the_text_tells_the_day_of_a_date() {
        let italian = [
            "Pensioni, il governo approva il decreto",
            "03/04/2022",
            "Il Consiglio dei ministri ha approvato nella notte il decreto sulle pensioni, dopo una \
             trattativa che ha messo a dura prova la tenuta della maggioranza.",
        ];
        let day = |lines: &[&str]| article(lines).published.map(|date| date.value.to_string());
        assert_eq!(day(&italian).as_deref(), Some("2022-04-03"));
        let english = ["Ferry to the islands sails again", italian[1], TEXT[0]];
        assert_eq!(day(&english).as_deref(), Some("2022-03-04"));
    }

    #[test]
    fn a_paragraph_with_a_dateline_is_no_headline() {
        let lines =
            ["PARIS (AP) _ The ferry sailed at noon on Monday, and everybody was there.", TEXT[1]];
        let draft = article(&lines);
        assert!(draft.body.starts_with("The ferry sailed"), "{}", draft.body);
        assert_eq!(draft.dateline.expect("a dateline").place.as_deref(), Some("PARIS"));
    }

    #[test]
    fn lines_that_go_on_the_lead_of_a_page_stay() {
        let menu = ["Home", "News", "Sport", "Weather"];
        let verses = ["The ferry lay in ice and snow", "and nobody knew where to go"];
        let opening =
            ["Ferry to the islands sails again", "5 March 2020", "A sailor has written a song."];
        let faces: Vec<String> = (0..120).map(|number| format!("Reader {number}")).collect();
        let faces: Vec<&str> = faces.iter().map(String::as_str).collect();
        let end = ["Leave a reply"];
        let lines = [&menu[..], &opening, &verses, &faces, &["Share"], &TEXT, &end].concat();
        let draft = article(&lines);
        assert_eq!(title(&draft), opening[0]);
        assert_eq!(draft.body, [&opening[2..], &verses, &TEXT].concat().join("\n\n"));
    }
}
