//! From tokens to the tree: recursive descent, as deep as the limits allow and no deeper.
//!
//! Precedence, from tight to loose: brackets, fields and functions, proximity, NOT, AND (also
//! implied), OR. Where another dialect binds otherwise, a note says how the query was read.

use chrono::NaiveDate;

use crate::article::{Agency, ArticleId, DateRange};
use crate::text::{Language, Span};

use super::ast::{
    CaseRule, Near, Order, Passage, Phrase, Proximity, QueryAst, Scope, Slot, Term, Within, Word,
};
use super::date_expr::{DateBound, parse_date};
use super::error::{QueryError, QueryProblem};
use super::filter::{FIELDS, Field, Filter, NameField, NamePattern, Presence, nearest};
use super::headline;
use super::lexer::{Comparison, Function, Token, TokenKind, lex};
use super::limits;
use super::note::Note;
use super::print::print;
use super::question;
use super::signs::{
    Forms, Signs, fuzzy_term, is_plain_text, mark_signs, phrase_slots, slots, split_bare_word,
    trim_to_words,
};
use super::{ParseOptions, Query};

/// Reads `text` as a query.
pub(super) fn parse(text: &str, options: &ParseOptions) -> Result<Query, QueryError> {
    let error = |problem| QueryError::new(text, Span::new(0, text.len()), problem);
    if text.len() > limits::MAX_BYTES {
        return Err(QueryError::new(
            "",
            Span::new(0, 0),
            QueryProblem::TooLong { bytes: text.len() },
        ));
    }
    if text.trim().is_empty() {
        return Ok(Query::everything());
    }
    if options.phrase {
        let ast = whole_phrase(text).map_err(error)?;
        return Ok(Query { ast, notes: Vec::new() });
    }
    let (mut tokens, mut notes) = lex(text, options.now)?;
    if options.any {
        question::read_as_words(text, &mut tokens, &mut notes);
    }
    let mut parser = Parser { text, options, tokens: &[], at: 0, depth: 0, notes };
    parser.drop_question_mark(&mut tokens);
    parser.tokens = &tokens;
    let read = parser.or_level(Context::default())?;
    if let Some(token) = parser.peek() {
        return Err(parser.error(token.span, QueryProblem::UnopenedBracket));
    }
    let mut notes = parser.notes;
    let mut ast = read.and_then(|read| read.ast).ok_or_else(|| error(QueryProblem::NoWord))?;
    if let Some(negation) = headline::negation(text, &tokens)
        && let Ok(Some(words)) = passage_of_text(text, headline::scope())
    {
        ast = headline::spare(ast, &words);
        notes.push(headline::note(negation.of(text)));
    }
    Ok(Query { ast, notes })
}

/// Reads the value of one filter field, as `field:"value"` would be read in a query.
pub(super) fn parse_filter(
    field: Field,
    value: &str,
    now: NaiveDate,
) -> Result<Filter, QueryError> {
    let options = ParseOptions { now, any: false, phrase: false };
    let parser =
        Parser { text: value, options: &options, tokens: &[], at: 0, depth: 0, notes: Vec::new() };
    let span = Span::new(0, value.len());
    parser
        .filter_value(field, Comparison::Is, value.trim(), true)
        .map_err(|problem| parser.error(span, problem))
}

fn whole_phrase(text: &str) -> Result<QueryAst, QueryProblem> {
    passage_of_text(text, Scope::default())?.map(QueryAst::Text).ok_or(QueryProblem::NoWord)
}

/// Reads a whole text as the inside of a phrase; quotes in it are only white space.
fn passage_of_text(text: &str, scope: Scope) -> Result<Option<Passage>, QueryProblem> {
    let slots = phrase_slots(&text.replace(['"', '“', '”', '„', '«', '»'], " "))?;
    passage_of_slots(slots, None, scope)
}

/// What surrounds the place that is being read.
#[derive(Clone, Copy, Default)]
struct Context {
    /// Where words must stand, by the fields and functions around.
    scope: Scope,
    /// The filter whose values are being read.
    filter: Option<(Field, Comparison)>,
    /// The innermost field or function of text around.
    container: Option<Span>,
}

/// A part of the query that was read. `None` for text without a word in it.
struct Read {
    ast: Option<QueryAst>,
    depth: usize,
    /// What stood at this level without brackets round it.
    bare: Bare,
}

/// Which operators a part of a query holds that are not inside brackets.
#[derive(Clone, Copy, Default)]
struct Bare {
    and: bool,
    proximity: bool,
}

impl Read {
    fn leaf(ast: Option<QueryAst>) -> Self {
        Self { ast, depth: 1, bare: Bare::default() }
    }
}

/// How a branch was joined to the one before it, where bare words are alternatives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joined {
    Or,
    ByNothing,
}

/// What a sign before a branch asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    Required,
}

struct Parser<'text, 'tokens> {
    text: &'text str,
    options: &'tokens ParseOptions,
    tokens: &'tokens [Token],
    at: usize,
    depth: usize,
    notes: Vec<Note>,
}

impl<'text, 'tokens> Parser<'text, 'tokens> {
    fn peek(&self) -> Option<&'tokens Token> {
        self.tokens.get(self.at)
    }

    fn peek_kind(&self) -> Option<&'tokens TokenKind> {
        self.peek().map(|token| &token.kind)
    }

    fn take(&mut self, kind: &TokenKind) -> Option<&'tokens Token> {
        let token = self.peek().filter(|token| token.kind == *kind)?;
        self.at += 1;
        Some(token)
    }

    fn error(&self, span: Span, problem: QueryProblem) -> QueryError {
        QueryError::new(self.text, span, problem)
    }

    fn typed(&self, span: Span) -> String {
        span.of(self.text).to_owned()
    }

    fn at_depth(&self, span: Span, depth: usize) -> Result<usize, QueryError> {
        if depth > limits::MAX_DEPTH {
            return Err(self.error(span, QueryProblem::TooDeep));
        }
        Ok(depth)
    }

    fn missing(&self, span: Span, side: &'static str) -> QueryError {
        self.error(span, QueryProblem::MissingOperand { operator: self.typed(span), side })
    }

    /// Leaves out the question mark of what reads like a question: three words or more, no operators,
    /// and one question mark at the end of a word, which elsewhere stands for a letter.
    fn drop_question_mark(&mut self, tokens: &mut [Token]) {
        if tokens.len() < 3 || !tokens.iter().all(Token::is_bare_word) {
            return;
        }
        let asks = |token: &&mut Token| matches!(&token.kind, TokenKind::Word { text, .. } if text.contains(['?', '*']));
        let mut asking: Vec<_> = tokens.iter_mut().filter(asks).collect();
        let [token] = asking.as_mut_slice() else { return };
        let TokenKind::Word { text, .. } = &mut token.kind else { return };
        let Some(word) = text.strip_suffix('?').filter(|word| !word.contains(['?', '*'])) else {
            return;
        };
        if word.contains(char::is_alphanumeric) {
            self.notes.push(Note::surprise(format!(
                "the question mark after `{word}` was left out; between operators it stands for a letter"
            )));
            *text = word.to_owned();
        }
    }

    fn starts_operand(&self) -> bool {
        !matches!(
            self.peek_kind(),
            None | Some(TokenKind::Close | TokenKind::And | TokenKind::Or | TokenKind::Near(_))
        )
    }

    /// Reads branches joined by OR; where bare words are alternatives, also those joined by nothing.
    /// `None` when there is nothing before the end or a closing bracket.
    fn or_level(&mut self, context: Context) -> Result<Option<Read>, QueryError> {
        if matches!(self.peek_kind(), None | Some(TokenKind::Close)) {
            return Ok(None);
        }
        let start = self.at;
        let mut joins = vec![Joined::ByNothing];
        let mut branches = vec![self.and_level(context)?];
        loop {
            if let Some(or) = self.take(&TokenKind::Or) {
                if !self.starts_operand() {
                    return Err(self.missing(or.span, "right"));
                }
                joins.push(Joined::Or);
            } else if self.options.any && self.starts_operand() {
                joins.push(Joined::ByNothing);
            } else {
                break;
            }
            branches.push(self.and_level(context)?);
        }
        if let [_] = branches.as_slice() {
            return Ok(branches.pop().map(|(read, _)| read));
        }
        let span = self.span_since(start);
        self.joined(branches, &joins, span).map(Some)
    }

    fn span_since(&self, start: usize) -> Span {
        let tokens = &self.tokens[start..self.at];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::new(self.text.len(), self.text.len()),
        }
    }

    fn joined(
        &mut self,
        branches: Vec<(Read, Sign)>,
        joins: &[Joined],
        span: Span,
    ) -> Result<Read, QueryError> {
        let deepest = branches.iter().map(|(read, _)| read.depth).max().unwrap_or(0);
        let depth = self.at_depth(span, deepest + 1)?;
        let mixes_and = branches.iter().any(|(read, _)| read.bare.and);
        let mixes_proximity = branches.iter().any(|(read, _)| read.bare.proximity);
        let explicit = joins.contains(&Joined::Or);
        let mut optional = Vec::new();
        let mut required = Vec::new();
        let mut must_have_word = false;
        for (at, (read, sign)) in branches.into_iter().enumerate() {
            let Some(ast) = read.ast else { continue };
            let alone = joins[at] == Joined::ByNothing && joins.get(at + 1) != Some(&Joined::Or);
            let is_required = alone
                && (sign == Sign::Required
                    || matches!(ast, QueryAst::Filter(_) | QueryAst::Not(_)));
            if is_required {
                must_have_word |= sign == Sign::Required;
                required.push(ast);
            } else {
                optional.push(ast);
            }
        }
        if must_have_word && !optional.is_empty() {
            // `+a b` wants a; b only raises what has it.
            optional.push(QueryAst::Everything);
        }
        if required.is_empty() && optional.is_empty() {
            return Ok(Read { ast: None, depth, bare: Bare::default() });
        }
        if !optional.is_empty() {
            let at = if must_have_word { required.len() } else { 0 };
            required.insert(at, QueryAst::any(optional));
        }
        let ast = QueryAst::all(required);
        if explicit && mixes_and {
            self.note_reading(
                span,
                &ast,
                "AND binds tighter than OR (in Nexis it is the other way round)",
            );
        } else if explicit && mixes_proximity {
            self.note_reading(span, &ast, "proximity binds tighter than OR");
        }
        let bare = Bare { and: mixes_and && !explicit, proximity: mixes_proximity && !explicit };
        Ok(Read { ast: Some(ast), depth, bare })
    }

    fn note_reading(&mut self, span: Span, ast: &QueryAst, why: &str) {
        const LONGEST: usize = 200;
        let read_as = print(ast);
        let typed = self.typed(span);
        let text = if typed.len() + read_as.len() > LONGEST {
            format!("{why}; brackets make it unmistakable")
        } else {
            format!("`{typed}` was read as `{read_as}`: {why}")
        };
        self.notes.push(Note::surprise(text));
    }

    /// Reads branches joined by AND or by nothing.
    fn and_level(&mut self, context: Context) -> Result<(Read, Sign), QueryError> {
        let start = self.at;
        let (first, sign) = self.not_level(context)?;
        let mut branches = vec![first];
        let mut implied_beside_proximity = false;
        loop {
            if let Some(and) = self.take(&TokenKind::And) {
                if !self.starts_operand() {
                    return Err(self.missing(and.span, "right"));
                }
                branches.push(self.not_level(context)?.0);
            } else if !self.options.any && self.starts_operand() {
                let next = self.not_level(context)?.0;
                let last = branches.last().expect("the first branch was pushed above");
                implied_beside_proximity |= (last.bare.proximity && is_bare_word(&next))
                    || (is_bare_word(last) && next.bare.proximity);
                branches.push(next);
            } else {
                break;
            }
        }
        if branches.len() == 1 {
            let read = branches.swap_remove(0);
            return Ok((read, sign));
        }
        let span = self.span_since(start);
        let deepest = branches.iter().map(|read| read.depth).max().unwrap_or(0);
        let depth = self.at_depth(span, deepest + 1)?;
        let proximity = branches.iter().any(|read| read.bare.proximity);
        let found: Vec<QueryAst> = branches.into_iter().filter_map(|read| read.ast).collect();
        let bare = Bare { and: found.len() > 1, proximity };
        let ast = (!found.is_empty()).then(|| QueryAst::all(found));
        if let Some(ast) = ast.as_ref().filter(|_| implied_beside_proximity) {
            self.note_reading(
                span,
                ast,
                "proximity takes the nearest word only; for more, use quotes or brackets",
            );
        }
        Ok((Read { ast, depth, bare }, Sign::None))
    }

    /// Reads the signs and words that negate or require what follows.
    fn not_level(&mut self, context: Context) -> Result<(Read, Sign), QueryError> {
        let mut negated = false;
        let mut sign = Sign::None;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Not => negated = !negated,
                TokenKind::Plus => sign = Sign::Required,
                _ => break,
            }
            self.at += 1;
            if !self.starts_operand() {
                return Err(self.missing(token.span, "right"));
            }
        }
        let mut read = self.near_level(context)?;
        if negated {
            read.ast = read.ast.map(QueryAst::negated);
            read.depth += 1;
            sign = Sign::None;
        }
        Ok((read, sign))
    }

    /// Reads operands joined by proximity operators, from left to right.
    fn near_level(&mut self, context: Context) -> Result<Read, QueryError> {
        let mut left = self.operand(context)?;
        while let Some(token) = self.peek() {
            let TokenKind::Near(relation) = token.kind else { break };
            self.at += 1;
            if !matches!(
                self.peek_kind(),
                Some(
                    TokenKind::Open
                        | TokenKind::Field(..)
                        | TokenKind::Function(_)
                        | TokenKind::Word { .. }
                        | TokenKind::Phrase { .. }
                        | TokenKind::Regex(_)
                        | TokenKind::Star
                )
            ) {
                return Err(self.missing(token.span, "right"));
            }
            let right = self.operand(context)?;
            left = self.near(left, right, relation, token.span)?;
        }
        Ok(left)
    }

    fn near(
        &mut self,
        left: Read,
        right: Read,
        relation: Proximity,
        span: Span,
    ) -> Result<Read, QueryError> {
        let depth = self.at_depth(span, left.depth.max(right.depth) + 1)?;
        let operator = self.typed(span);
        let left = left.ast.ok_or_else(|| self.missing(span, "left"))?;
        let right = right.ast.ok_or_else(|| self.missing(span, "right"))?;
        let left = self.passage(left, span)?;
        let right = self.passage(right, span)?;
        let passage = Passage::Near(Box::new(Near { left, right, relation }));
        if passage.field().is_none() {
            return Err(self.error(span, QueryProblem::DifferentFields { operator }));
        }
        self.note_either_order(&operator, relation);
        let bare = Bare { and: false, proximity: true };
        Ok(Read { ast: Some(QueryAst::Text(passage)), depth, bare })
    }

    fn note_either_order(&mut self, operator: &str, relation: Proximity) {
        let is_spelled_w = operator.starts_with(['w', 'W']) && relation.order == Order::Either;
        if let (true, Within::Words(count), false) =
            (is_spelled_w, relation.within, relation.negative)
        {
            let note = Note::detail(format!(
                "`{operator}` counts in either order, as in Nexis and ProQuest; for Factiva's order, \
                 write `pre/{count}`"
            ));
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// Returns what proximity or a count applies to; `span` is the operator.
    fn passage(&self, ast: QueryAst, span: Span) -> Result<Passage, QueryError> {
        let what = match ast {
            QueryAst::Text(passage) => return Ok(passage),
            QueryAst::Or(branches) => {
                let mut passages = Vec::with_capacity(branches.len());
                for branch in branches {
                    passages.push(self.passage(branch, span)?);
                }
                return Ok(Passage::AnyOf(passages));
            }
            QueryAst::And(_) => "an AND",
            QueryAst::Not(_) => "a NOT",
            QueryAst::Filter(_) => "a filter",
            QueryAst::AtLeast { .. } => "a count",
            QueryAst::Everything => "`*`",
        };
        let operator = self.typed(span);
        Err(self.error(span, QueryProblem::NotAPassage { what, operator }))
    }

    fn operand(&mut self, context: Context) -> Result<Read, QueryError> {
        let Some(token) = self.peek() else {
            let end = Span::new(self.text.len(), self.text.len());
            return Err(self.error(end, QueryProblem::NoWord));
        };
        self.at += 1;
        let problem = |problem| QueryError::new(self.text, token.span, problem);
        match &token.kind {
            TokenKind::Open => return self.group(token.span, context),
            TokenKind::Field(field, comparison) => {
                return self.field(*field, *comparison, token.span, context);
            }
            TokenKind::Function(function) => return self.function(*function, token.span, context),
            _ => {}
        }
        let ast = match &token.kind {
            TokenKind::Word { text, exact } => self.word(text, *exact, token.span, context)?,
            TokenKind::Phrase { text, slop } => {
                let slots = phrase_slots(&drop_final_question_mark(text)).map_err(problem)?;
                self.note_edge_gap(&slots);
                let passage = passage_of_slots(slots, *slop, context.scope).map_err(problem)?;
                let empty = || {
                    problem(if text.trim().is_empty() {
                        QueryProblem::Empty("quotes")
                    } else {
                        QueryProblem::NoWord
                    })
                };
                Some(QueryAst::Text(passage.ok_or_else(empty)?))
            }
            TokenKind::Regex(pattern) => Some(self.regex(pattern, context).map_err(problem)?),
            TokenKind::Star => Some(star(context)),
            TokenKind::Value { text, quoted } => {
                let (field, comparison) =
                    context.filter.expect("the lexer reads values in filters only");
                let filter =
                    self.filter_value(field, comparison, text, *quoted).map_err(problem)?;
                Some(QueryAst::Filter(filter))
            }
            _ => return Err(self.missing(token.span, "left")),
        };
        Ok(Read::leaf(ast))
    }

    fn group(&mut self, open: Span, context: Context) -> Result<Read, QueryError> {
        self.depth = self.at_depth(open, self.depth + 1)?;
        let inside = self.or_level(context)?;
        self.depth -= 1;
        let Some(close) = self.take(&TokenKind::Close) else {
            return Err(self.error(open, QueryProblem::UnclosedBracket));
        };
        let Some(read) = inside else {
            return Err(self.error(open.cover(close.span), QueryProblem::Empty("brackets")));
        };
        Ok(Read { bare: Bare::default(), ..read })
    }

    fn field(
        &mut self,
        field: Field,
        comparison: Comparison,
        span: Span,
        context: Context,
    ) -> Result<Read, QueryError> {
        let Field::Text(text_field) = field else {
            if let Some(container) = context.container {
                let (filter, container) = (self.typed(span), self.typed(container));
                return Err(self.error(span, QueryProblem::FilterInText { filter, container }));
            }
            let inner = Context { filter: Some((field, comparison)), ..context };
            return self.bracketed_operand(span, inner);
        };
        let Some(both) = context.scope.field.intersection(text_field) else {
            let outer = context.container.map_or(String::new(), |outer| self.typed(outer));
            let problem = QueryProblem::FieldConflict { inner: self.typed(span), outer };
            return Err(self.error(span, problem));
        };
        let scope = Scope { field: both, ..context.scope };
        let inner = Context { scope, container: Some(span), ..context };
        if let Some(TokenKind::Star) = self.peek_kind() {
            self.at += 1;
            let presence = Presence::named(field.name()).unwrap_or(Presence::Body);
            return Ok(Read::leaf(Some(QueryAst::Filter(Filter::Has(presence)))));
        }
        self.bracketed_operand(span, inner)
    }

    /// Reads what a field or function applies to, which has no bare operators for those around it.
    fn bracketed_operand(&mut self, span: Span, context: Context) -> Result<Read, QueryError> {
        self.depth = self.at_depth(span, self.depth + 1)?;
        let read = self.operand(context)?;
        self.depth -= 1;
        if read.ast.is_none() {
            let field = self.typed(span);
            return Err(self.error(span, QueryProblem::MissingValue { field }));
        }
        Ok(Read { bare: Bare::default(), ..read })
    }

    fn function(
        &mut self,
        function: Function,
        span: Span,
        context: Context,
    ) -> Result<Read, QueryError> {
        let mut scope = context.scope;
        match function {
            Function::First(count) => {
                scope.first = Some(scope.first.map_or(count, |n| n.min(count)))
            }
            Function::Case(rule) => scope.case = Some(self.case_within(rule, scope.case, span)?),
            Function::AtLeast(_) => {}
        }
        let inner = Context { scope, container: Some(span), ..context };
        let read = self.bracketed_operand(span, inner)?;
        let Function::AtLeast(count) = function else { return Ok(read) };
        let Some(ast) = read.ast else { return Ok(read) };
        let depth = self.at_depth(span, read.depth + 1)?;
        let ast = match ast {
            QueryAst::And(branches) => {
                self.notes.push(Note::surprise(format!(
                    "`{}` asks each word for its own count; for both together, use OR",
                    self.typed(span)
                )));
                let mut counted = Vec::with_capacity(branches.len());
                for branch in branches {
                    counted.push(QueryAst::AtLeast { count, passage: self.passage(branch, span)? });
                }
                QueryAst::all(counted)
            }
            other => QueryAst::AtLeast { count, passage: self.passage(other, span)? },
        };
        Ok(Read { ast: Some(ast), depth, bare: Bare::default() })
    }

    fn case_within(
        &self,
        inner: CaseRule,
        outer: Option<CaseRule>,
        span: Span,
    ) -> Result<CaseRule, QueryError> {
        match outer {
            None => Ok(inner),
            Some(outer) if outer == inner => Ok(inner),
            // All capitals begin with one.
            Some(CaseRule::Initial) if inner == CaseRule::All => Ok(CaseRule::All),
            Some(CaseRule::All) if inner == CaseRule::Initial => Ok(CaseRule::All),
            Some(outer) => Err(self.error(span, QueryProblem::CaseConflict { inner, outer })),
        }
    }

    /// Reads a bare word; `None` when there is no letter or digit in it.
    fn word(
        &mut self,
        typed: &str,
        exact: bool,
        span: Span,
        context: Context,
    ) -> Result<Option<QueryAst>, QueryError> {
        let problem = |problem| QueryError::new(self.text, span, problem);
        let bare = split_bare_word(typed).map_err(problem)?;
        if let Some(boost) = bare.boost {
            self.notes.push(Note::boost(boost));
        }
        let scope = context.scope;
        if let Some(distance) = bare.distance {
            let term = fuzzy_term(bare.text, distance).map_err(problem)?;
            return Ok(Some(QueryAst::from(Word { term, scope })));
        }
        let marked = mark_signs(bare.text, Signs::All).map_err(problem)?;
        let forms = if exact { Forms::Exact } else { Forms::Stems };
        let slots = slots(&marked, forms).map_err(problem)?;
        if slots.is_empty() {
            self.notes.push(Note::surprise(format!("`{typed}` holds no word and was left out")));
            return Ok(None);
        }
        let is_plain = slots.iter().all(|slot| matches!(slot, Slot::Term(Term::Stem(_))));
        let text = trim_to_words(bare.text);
        self.note_word(bare.text, text, is_plain);
        if is_plain && slots.len() > 1 && is_plain_text(text) {
            return Ok(Some(QueryAst::from(Word { term: Term::Stem(text.to_owned()), scope })));
        }
        if slots.iter().all(|slot| *slot == Slot::Any) {
            return Ok(Some(star(context)));
        }
        self.note_edge_gap(&slots);
        let passage = passage_of_slots(slots, None, scope).map_err(problem)?;
        Ok(passage.map(QueryAst::Text))
    }

    fn note_edge_gap(&mut self, slots: &[Slot]) {
        let at_edge = slots.first() == Some(&Slot::Any) || slots.last() == Some(&Slot::Any);
        if at_edge && slots.iter().any(|slot| *slot != Slot::Any) {
            let note = "`*` at the edge of a phrase was left out: it would stand for any word";
            self.notes.push(Note::surprise(note));
        }
    }

    /// Notes readings of signs that are also punctuation or parts of names.
    fn note_word(&mut self, typed: &str, words: &str, is_plain: bool) {
        if is_plain {
            if typed.contains(['+', '#', '@', '&', '%', '<', '>', '=']) && words != typed {
                self.notes.push(Note::surprise(format!("`{typed}` is looked for as `{words}`")));
            }
            return;
        }
        let letters = typed.trim_end_matches(['?', '!']);
        let sign = &typed[letters.len()..];
        let meaning = match sign {
            "?" => "exactly one more letter",
            "!" => "any more letters",
            _ if typed.contains('$') => "a few more letters",
            _ => return,
        };
        let note =
            format!("`{typed}` stands for {meaning}; for the word itself, write `\"{letters}\"`");
        self.notes.push(if sign == "?" { Note::surprise(note) } else { Note::detail(note) });
    }

    fn regex(&self, pattern: &str, context: Context) -> Result<QueryAst, QueryProblem> {
        let term = regex_term(pattern)?;
        if let Some((Field::Name(field), _)) = context.filter {
            let pattern = NamePattern { slots: vec![Slot::Term(term)] };
            return Ok(QueryAst::Filter(Filter::Name { field, pattern }));
        }
        Ok(QueryAst::from(Word { term, scope: context.scope }))
    }

    fn filter_value(
        &self,
        field: Field,
        comparison: Comparison,
        value: &str,
        quoted: bool,
    ) -> Result<Filter, QueryProblem> {
        if value == "*"
            && !quoted
            && let Some(presence) = Presence::named(field.name())
        {
            return Ok(Filter::Has(presence));
        }
        match field {
            Field::Date(bound) => self.date(bound, comparison, value).map(Filter::Date),
            Field::WordCount => word_count(comparison, value),
            Field::Language => Language::parse(value)
                .map(Filter::Language)
                .ok_or_else(|| bad_value(value, "a language such as `en`, `uk` or `german`")),
            Field::Id => value
                .parse::<ArticleId>()
                .map(Filter::Id)
                .map_err(|_| bad_value(value, "an id: 16 characters of 0-9 and a-z")),
            Field::Has => {
                Presence::named(value).map(Filter::Has).ok_or_else(|| unknown_presence(value))
            }
            Field::Name(field) => name_filter(field, value, quoted),
            Field::Text(_) => Err(bad_value(value, "a filter")),
        }
    }

    fn date(
        &self,
        bound: DateBound,
        comparison: Comparison,
        value: &str,
    ) -> Result<DateRange, QueryProblem> {
        let bound = match comparison {
            Comparison::Is => bound,
            Comparison::Less => DateBound::Before,
            Comparison::AtMost => DateBound::Until,
            Comparison::Greater => DateBound::After,
            Comparison::AtLeast => DateBound::Since,
        };
        let read = |text: &str, bound| parse_date(text, bound, self.options.now);
        let Some(ends) = lucene_range(value) else { return Ok(read(value, bound)?) };
        let mut days = DateRange::default();
        if ends.low != "*" {
            let bound = if ends.with_low { DateBound::Since } else { DateBound::After };
            days = days.intersection(read(ends.low, bound)?);
        }
        if ends.high != "*" {
            let bound = if ends.with_high { DateBound::Until } else { DateBound::Before };
            days = days.intersection(read(ends.high, bound)?);
        }
        match (days.from, days.until) {
            (Some(first), Some(until)) if until <= first => {
                let last = until.pred_opt().unwrap_or(until);
                let text = value.to_owned();
                Err(super::date_expr::DateError::Reversed { text, first, last }.into())
            }
            _ => Ok(days),
        }
    }
}

/// Returns what `*` stands for: every article, or every article that has the field.
fn star(context: Context) -> QueryAst {
    match context.filter {
        Some((field, _)) => Presence::named(field.name())
            .map_or(QueryAst::Everything, |presence| QueryAst::Filter(Filter::Has(presence))),
        None => QueryAst::Everything,
    }
}

fn is_bare_word(read: &Read) -> bool {
    matches!(&read.ast, Some(QueryAst::Text(Passage::Word(_)))) && !read.bare.proximity
}

/// Returns the passage of the slots of a phrase: one word alone is a word. `None` when nothing is
/// left but gaps.
fn passage_of_slots(
    mut slots: Vec<Slot>,
    slop: Option<u32>,
    scope: Scope,
) -> Result<Option<Passage>, QueryProblem> {
    trim_gaps(&mut slots);
    if slots.is_empty() {
        return Ok(None);
    }
    let is_single = |slot: &Slot| match slot {
        Slot::Group(alternatives) => alternatives.iter().all(|words| words.len() == 1),
        _ => true,
    };
    let slop = slop.filter(|_| slots.len() > 1);
    if slop.is_some() && !slots.iter().all(is_single) {
        return Err(QueryProblem::SloppyGroup);
    }
    Ok(Some(match slots.as_mut_slice() {
        [Slot::Term(_)] => match slots.pop() {
            Some(Slot::Term(term)) => Passage::Word(Word { term, scope }),
            _ => unreachable!("the only slot was just seen to be a term"),
        },
        _ => Passage::Phrase(Phrase { slots, slop, scope }),
    }))
}

/// Leaves out gaps at the edges: some word stands before and after nearly everything.
fn trim_gaps(slots: &mut Vec<Slot>) {
    while slots.last() == Some(&Slot::Any) {
        slots.pop();
    }
    let words_from = slots.iter().take_while(|slot| **slot == Slot::Any).count();
    slots.drain(..words_from);
}

/// Leaves out the question mark at the end of a quoted sentence of three words or more.
fn drop_final_question_mark(text: &str) -> std::borrow::Cow<'_, str> {
    let trimmed = text.trim_end();
    match trimmed.strip_suffix('?') {
        Some(sentence)
            if !sentence.contains(['?', '*', '(']) && sentence.split_whitespace().count() > 2 =>
        {
            sentence.into()
        }
        _ => text.into(),
    }
}

/// Returns the term of a regular expression over exact forms.
fn regex_term(pattern: &str) -> Result<Term, QueryProblem> {
    let bare = without_anchors(pattern);
    match regex::Regex::new(&format!("^(?i:{bare})$")) {
        Ok(_) if bare.is_empty() => {
            let reason = "it matches no word".to_owned();
            Err(QueryProblem::BadRegex { pattern: pattern.to_owned(), reason })
        }
        Ok(_) => Ok(Term::Regex(bare.to_owned())),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default();
            let reason = reason.strip_prefix("error: ").unwrap_or(reason).to_owned();
            Err(QueryProblem::BadRegex { pattern: pattern.to_owned(), reason })
        }
    }
}

/// Leaves out anchors at the ends, which say what is so anyway: the whole form must match.
fn without_anchors(pattern: &str) -> &str {
    let mut bare = pattern.trim_start_matches('^');
    while let Some(before) = bare.strip_suffix('$') {
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if backslashes % 2 == 1 {
            break;
        }
        bare = before;
    }
    bare
}

fn bad_value(value: &str, expected: &'static str) -> QueryProblem {
    QueryProblem::BadValue { value: value.to_owned(), expected, nearest: None }
}

fn unknown_presence(value: &str) -> QueryProblem {
    let names = FIELDS.iter().map(|row| row.name).filter(|name| Presence::named(name).is_some());
    let nearest = nearest(value, names);
    let expected = "a field that an article may lack, such as `date` or `byline`";
    QueryProblem::BadValue { value: value.to_owned(), expected, nearest }
}

fn name_filter(field: NameField, value: &str, quoted: bool) -> Result<Filter, QueryProblem> {
    // Whatever it signs as, an agency goes by one name.
    let agency = if field == NameField::Agency { Agency::known(value) } else { None };
    let value = agency.as_ref().map_or(value, Agency::as_str);
    let mut slots = name_slots(field, value, quoted)?;
    trim_gaps(&mut slots);
    if slots.is_empty() {
        return Err(bad_value(value, "a name: it holds no word"));
    }
    Ok(Filter::Name { field, pattern: NamePattern { slots } })
}

fn name_slots(field: NameField, value: &str, quoted: bool) -> Result<Vec<Slot>, QueryProblem> {
    if field.is_address() {
        return slots(&mark_signs(value, Signs::StarOnly)?, Forms::Exact);
    }
    if !quoted {
        let bare = split_bare_word(value)?;
        if let Some(distance) = bare.distance {
            return Ok(vec![Slot::Term(fuzzy_term(bare.text, distance)?)]);
        }
    }
    slots(&mark_signs(value, Signs::All)?, Forms::Exact)
}

/// The ends of Lucene's `[a TO b]` and `{a TO b}`.
struct LuceneRange<'text> {
    low: &'text str,
    high: &'text str,
    with_low: bool,
    with_high: bool,
}

fn lucene_range(value: &str) -> Option<LuceneRange<'_>> {
    let inside = value.strip_prefix(['[', '{'])?.strip_suffix([']', '}'])?;
    let (low, high) = inside.split_once(" TO ").or_else(|| inside.split_once(" to "))?;
    let with_low = value.starts_with('[');
    let with_high = value.ends_with(']');
    Some(LuceneRange { low: low.trim(), high: high.trim(), with_low, with_high })
}

/// Reads `500`, `>500`, `100..500` and `[100 TO 500]`.
fn word_count(comparison: Comparison, value: &str) -> Result<Filter, QueryProblem> {
    let bad = || bad_value(value, "a number of words such as `500` or `100..500`");
    let (comparison, digits) = match comparison {
        Comparison::Is => leading_comparison(value),
        other => (other, value),
    };
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| bad());
    let (at_least, at_most) = match comparison {
        Comparison::Less => match number(digits)?.checked_sub(1) {
            Some(most) => (0, Some(most)),
            None => return Err(bad()),
        },
        Comparison::AtMost => (0, Some(number(digits)?)),
        Comparison::Greater => (number(digits)?.checked_add(1).ok_or_else(bad)?, None),
        Comparison::AtLeast => (number(digits)?, None),
        Comparison::Is => return word_count_range(digits, number, bad),
    };
    Ok(Filter::WordCount { at_least, at_most })
}

fn word_count_range(
    value: &str,
    number: impl Fn(&str) -> Result<u64, QueryProblem>,
    bad: impl Fn() -> QueryProblem,
) -> Result<Filter, QueryProblem> {
    let (low, high) = match (lucene_range(value), value.split_once("..")) {
        (Some(ends), _) if ends.with_low && ends.with_high => (ends.low, ends.high),
        (Some(_), _) => return Err(bad()),
        (None, Some(ends)) => ends,
        (None, None) => (value, value),
    };
    let is_open = |end: &str| end.is_empty() || end == "*";
    let at_least = if is_open(low) { 0 } else { number(low)? };
    let at_most = if is_open(high) { None } else { Some(number(high)?) };
    if (is_open(low) && is_open(high)) || at_most.is_some_and(|most| most < at_least) {
        return Err(bad());
    }
    Ok(Filter::WordCount { at_least, at_most })
}

fn leading_comparison(value: &str) -> (Comparison, &str) {
    const SIGNS: &[(&str, Comparison)] = &[
        (">=", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        (">", Comparison::Greater),
        ("<", Comparison::Less),
    ];
    let found = SIGNS.iter().find_map(|(sign, comparison)| {
        value.strip_prefix(sign).map(|digits| (*comparison, digits.trim_start()))
    });
    found.unwrap_or((Comparison::Is, value))
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
