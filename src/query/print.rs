//! The canonical spelling of a tree, which is read back as the same tree.
//!
//! Operators are written in capitals and brackets wherever two kinds of them meet, so that nobody has
//! to know what binds tighter. A field or function that all words of a part share is written once.

use std::fmt::{self, Write as _};

use chrono::{Datelike, NaiveDate};

use crate::article::DateRange;
use crate::text::{WordKind, words};

use super::ast::{
    Near, Order, Passage, Phrase, Proximity, QueryAst, Scope, Slot, Term, TextField, Within, Word,
};
use super::error::case_name;
use super::filter::{Field, Filter, NameField, NamePattern};
use super::lexer::is_text;
use super::signs::is_plain_text;

/// Returns the canonical spelling of `ast`.
pub(super) fn print(ast: &QueryAst) -> String {
    query(ast, Scope::default())
}

impl fmt::Display for QueryAst {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&print(self))
    }
}

impl fmt::Display for Passage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&passage(self, Scope::default()))
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&filter(self))
    }
}

impl fmt::Display for Proximity {
    /// Writes the operator.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let negation = if self.negative { "not " } else { "" };
        let order = match self.order {
            Order::Either => "w",
            Order::LeftFirst => "pre",
        };
        write!(formatter, "{negation}{order}/")?;
        match self.within {
            Within::Words(count) => write!(formatter, "{count}"),
            Within::Sentence => formatter.write_str("s"),
            Within::Paragraph => formatter.write_str("p"),
        }
    }
}

/// Writes a query inside fields and functions that say `outer` already.
fn query(ast: &QueryAst, outer: Scope) -> String {
    if let Some(scope) = shared_scope(ast).filter(|scope| *scope != outer) {
        return wrap(scope, &query(ast, scope), true);
    }
    match ast {
        QueryAst::Everything => "*".to_owned(),
        QueryAst::Text(inner) => passage(inner, outer),
        QueryAst::AtLeast { count, passage: inner } => {
            format!("atleast{count}({})", unbracketed(inner, outer))
        }
        QueryAst::Filter(inner) => filter(inner),
        QueryAst::Not(inner) => format!("NOT {}", operand(inner, outer)),
        QueryAst::And(branches) => join(branches, " AND ", |branch| match branch {
            QueryAst::Or(_) => bracketed(branch, outer),
            _ => query(branch, outer),
        }),
        QueryAst::Or(branches) => join(branches, " OR ", |branch| match branch {
            QueryAst::Not(_) => query(branch, outer),
            _ => operand(branch, outer),
        }),
    }
}

fn join<T>(branches: &[T], operator: &str, write: impl Fn(&T) -> String) -> String {
    branches.iter().map(write).collect::<Vec<_>>().join(operator)
}

fn bracketed(ast: &QueryAst, outer: Scope) -> String {
    match shared_scope(ast) {
        // The field's or function's own brackets do.
        Some(scope) if scope != outer => query(ast, outer),
        _ => format!("({})", query(ast, outer)),
    }
}

/// Writes what stands beside an operator.
fn operand(ast: &QueryAst, outer: Scope) -> String {
    match ast {
        QueryAst::And(_) | QueryAst::Or(_) | QueryAst::Text(Passage::Near(_)) => {
            bracketed(ast, outer)
        }
        _ => query(ast, outer),
    }
}

/// Returns the scope that all words of a compound part share, if it says anything.
fn shared_scope(ast: &QueryAst) -> Option<Scope> {
    let is_compound = match ast {
        QueryAst::And(_) | QueryAst::Or(_) => true,
        QueryAst::Text(passage) => matches!(passage, Passage::Near(_) | Passage::AnyOf(_)),
        _ => false,
    };
    let mut scopes = Scopes::default();
    if is_compound {
        scopes.visit(ast);
    }
    scopes.shared.filter(|scope| !scopes.differ && *scope != Scope::default())
}

/// Collects the scopes of the words of a query.
#[derive(Default)]
struct Scopes {
    shared: Option<Scope>,
    differ: bool,
}

impl Scopes {
    fn visit(&mut self, ast: &QueryAst) {
        match ast {
            QueryAst::Everything | QueryAst::Filter(_) => self.differ = true,
            QueryAst::Text(passage) | QueryAst::AtLeast { passage, .. } => self.add(passage),
            QueryAst::Not(inner) => self.visit(inner),
            QueryAst::And(branches) | QueryAst::Or(branches) => {
                branches.iter().for_each(|branch| self.visit(branch));
            }
        }
    }

    fn add(&mut self, passage: &Passage) {
        passage.leaves(&mut |leaf| {
            let scope = match leaf {
                Passage::Word(word) => word.scope,
                Passage::Phrase(phrase) => phrase.scope,
                Passage::AnyOf(_) | Passage::Near(_) => return,
            };
            self.differ |= self.shared.is_some_and(|shared| shared != scope);
            self.shared = Some(scope);
        });
    }
}

/// Writes the field and the functions of a scope round `inside`.
fn wrap(scope: Scope, inside: &str, is_compound: bool) -> String {
    let Scope { field, first, case } = scope;
    let mut text = String::new();
    if let Some(count) = first {
        let _ = write!(text, "first{count}(");
    }
    if let Some(rule) = case {
        let _ = write!(text, "{}(", case_name(rule));
    }
    let name = field_name(field);
    match (name.is_empty(), is_compound) {
        (true, _) => text.push_str(inside),
        (false, false) => {
            let _ = write!(text, "{name}:{inside}");
        }
        (false, true) => {
            let _ = write!(text, "{name}:({inside})");
        }
    }
    text.push_str(&")".repeat(usize::from(first.is_some()) + usize::from(case.is_some())));
    text
}

fn field_name(field: TextField) -> &'static str {
    match field {
        TextField::Anywhere => "",
        _ => Field::Text(field).name(),
    }
}

fn passage(ast: &Passage, outer: Scope) -> String {
    match ast {
        Passage::Word(word) => leaf(word.scope, outer, word_text(word)),
        Passage::Phrase(phrase) => leaf(phrase.scope, outer, phrase_text(phrase)),
        Passage::AnyOf(_) => format!("({})", unbracketed(ast, outer)),
        Passage::Near(near) => near_text(near, outer),
    }
}

/// Writes a passage that stands in brackets already.
fn unbracketed(ast: &Passage, outer: Scope) -> String {
    match ast {
        Passage::AnyOf(branches) => join(branches, " OR ", |branch| near_operand(branch, outer)),
        other => passage(other, outer),
    }
}

fn leaf(scope: Scope, outer: Scope, text: String) -> String {
    if scope == outer { text } else { wrap(scope, &text, false) }
}

fn near_text(near: &Near, outer: Scope) -> String {
    let (left, right) = (near_operand(&near.left, outer), near_operand(&near.right, outer));
    format!("{left} {} {right}", near.relation)
}

fn near_operand(ast: &Passage, outer: Scope) -> String {
    match ast {
        Passage::Near(_) => format!("({})", passage(ast, outer)),
        other => passage(other, outer),
    }
}

fn word_text(word: &Word) -> String {
    match &word.term {
        Term::Stem(text) if is_plain_text(text) => text.clone(),
        Term::Stem(text) => format!("\"{{{text}}}\""),
        Term::Exact(text) => format!("\"{text}\""),
        Term::Wildcard(pattern) => {
            let text = pattern.to_string();
            if is_text(&text) { text } else { format!("\"{text}\"") }
        }
        Term::Fuzzy { word, distance } => format!("{word}~{distance}"),
        Term::Regex(pattern) => regex_text(pattern),
    }
}

fn regex_text(pattern: &str) -> String {
    format!("/{}/", pattern.replace('/', "\\/"))
}

fn phrase_text(phrase: &Phrase) -> String {
    let mut text = String::from("\"");
    let last = phrase.slots.len().saturating_sub(1);
    let mut writer = SlotWriter::default();
    for (at, slot) in phrase.slots.iter().enumerate() {
        // At the end of a sentence a question mark would be punctuation.
        let asks = at == last && at > 1 && slot_term(slot).is_some_and(ends_in_question_mark);
        writer.slot(slot, asks, &mut text);
    }
    writer.finish(&mut text);
    text.push('"');
    if let Some(slop) = phrase.slop {
        let _ = write!(text, "~{slop}");
    }
    text
}

fn slot_term(slot: &Slot) -> Option<&Term> {
    match slot {
        Slot::Term(term) => Some(term),
        _ => None,
    }
}

fn ends_in_question_mark(term: &Term) -> bool {
    matches!(term, Term::Wildcard(pattern) if pattern.to_string().ends_with('?'))
}

/// Writes slots one after the other, with braces round neighbouring stems.
#[derive(Default)]
struct SlotWriter {
    in_stems: bool,
    has_slots: bool,
    after_ideograph: bool,
}

impl SlotWriter {
    fn slot(&mut self, slot: &Slot, bracketed: bool, text: &mut String) {
        let is_stem = matches!(slot, Slot::Term(Term::Stem(_)));
        if self.in_stems && !is_stem {
            text.push('}');
        }
        let ideograph = slot_term(slot).is_some_and(is_ideograph);
        if self.has_slots && !(ideograph && self.after_ideograph) {
            text.push(' ');
        }
        if is_stem && !self.in_stems {
            text.push('{');
        }
        self.in_stems = is_stem;
        self.after_ideograph = ideograph;
        self.has_slots = true;
        match slot {
            Slot::Any => text.push('*'),
            Slot::Term(term) if bracketed => {
                let _ = write!(text, "({})", slot_text(term));
            }
            Slot::Term(term) => text.push_str(&slot_text(term)),
            Slot::Group(alternatives) => group(alternatives, text),
        }
    }

    fn finish(self, text: &mut String) {
        if self.in_stems {
            text.push('}');
        }
    }
}

fn is_ideograph(term: &Term) -> bool {
    let (Term::Exact(text) | Term::Stem(text)) = term else { return false };
    words(text).next().is_some_and(|word| word.kind == WordKind::Ideographic)
}

fn slot_text(term: &Term) -> String {
    match term {
        Term::Stem(text) | Term::Exact(text) => text.clone(),
        Term::Wildcard(pattern) => pattern.to_string(),
        Term::Fuzzy { word, distance } => format!("{word}~{distance}"),
        Term::Regex(pattern) => regex_text(pattern),
    }
}

fn group(alternatives: &[Vec<Slot>], text: &mut String) {
    text.push('(');
    for (at, slots) in alternatives.iter().enumerate() {
        if at > 0 {
            text.push('|');
        }
        let mut writer = SlotWriter::default();
        for slot in slots {
            writer.slot(slot, false, text);
        }
        writer.finish(text);
    }
    text.push(')');
}

fn filter(ast: &Filter) -> String {
    match ast {
        Filter::Date(days) => format!("date:{}", date_text(*days)),
        Filter::WordCount { at_least, at_most: None } => format!("words>={at_least}"),
        Filter::WordCount { at_least: 0, at_most: Some(most) } => format!("words<={most}"),
        Filter::WordCount { at_least, at_most: Some(most) } if at_least == most => {
            format!("words:{most}")
        }
        Filter::WordCount { at_least, at_most: Some(most) } => format!("words:{at_least}..{most}"),
        Filter::Language(language) => format!("lang:{language}"),
        Filter::Id(id) => format!("id:{id}"),
        Filter::Has(presence) => format!("has:{}", presence.name()),
        Filter::Name { field, pattern } => name_filter(*field, pattern),
    }
}

fn name_filter(field: NameField, pattern: &NamePattern) -> String {
    let name = field.as_field().name();
    match pattern.slots.as_slice() {
        [Slot::Term(term)] => format!("{name}:{}", slot_text(term)),
        slots => {
            let mut writer = SlotWriter::default();
            let mut text = String::new();
            for slot in slots {
                writer.slot(slot, false, &mut text);
            }
            format!("{name}:\"{text}\"")
        }
    }
}

/// Writes days as a year, a month or a day where they are one, and as a range otherwise.
fn date_text(days: DateRange) -> String {
    let last = days.until.and_then(|until| until.pred_opt());
    if let (Some(first), Some(last)) = (days.from, last)
        && let Some(text) = calendar_unit(first, last)
    {
        return text;
    }
    let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
    format!("{}..{}", day(days.from), day(last))
}

fn calendar_unit(first: NaiveDate, last: NaiveDate) -> Option<String> {
    if first == last {
        return Some(first.to_string());
    }
    let after = last.succ_opt()?;
    if first.day() != 1 || after.day() != 1 {
        return None;
    }
    let months = (after.year() - first.year()) * 12 + after.month() as i32 - first.month() as i32;
    match months {
        1 => Some(first.format("%Y-%m").to_string()),
        12 if first.month() == 1 => Some(first.format("%Y").to_string()),
        _ => None,
    }
}
