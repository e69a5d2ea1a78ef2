//! Which names of an article mean the same: a later "Lavrov" is Sergei Lavrov, "OSCE" the
//! organization introduced with it in brackets, "the Foreign Ministry" the Russian one.
//!
//! A *form* is a distinct name of one kind, compared by its folded words, so that a headline in
//! capitals and a body agree. Each form is shown as its *root*: the fuller form it stands for, or
//! itself. Titles, articles and possessives are taken off first.

use rustc_hash::FxHashMap;

use super::casing::Casing;
use super::classes::Classes;
use super::company::{is_bracketed_code, refined};
use super::credits::credits;
use super::document::Document;
use super::gazetteer::{EMPTY, Gazetteer, extend};
use super::lexicon::{Shape, WordInfo};
use super::rules::{longest, longest_entry};
use super::tagger::Name;
use crate::article::{EntityKind, EntityMention};
use crate::text::Span;

type FormId = usize;

/// How well a person or place of one word stands for an organization that begins with it ("Merrill"
/// for "Merrill Lynch", "Cerberus" for "Cerberus Capital Management"): better than for anything but
/// somebody of that surname.
const FIRST_WORD: u8 = u8::MAX - 1;

/// A distinct name of one kind.
struct Form {
    kind: EntityKind,
    /// Its words without marks, as a range of the resolver's words.
    words: std::ops::Range<usize>,
    /// The tokens it is best read from: small letters rather than capitals, else the first.
    example: (usize, usize),
    in_capitals: bool,
    /// Whether the lists hold it as one of its kind.
    listed: bool,
    mentions: usize,
    /// The fuller forms it may stand for, the best first; empty for a root.
    roots: Vec<FormId>,
}

/// A word of a form.
#[derive(Clone, Copy)]
struct FormWord {
    key: u64,
    classes: Classes,
    initial: char,
    shape: Shape,
}

/// A mention: a form and the tokens where it stands.
#[derive(Clone, Copy)]
struct Found {
    form: FormId,
    start: usize,
    end: usize,
}

/// The buffers in which the names of an article are resolved.
#[derive(Default)]
pub(crate) struct Resolver {
    forms: Vec<Form>,
    words: Vec<FormWord>,
    by_key: FxHashMap<(EntityKind, u64), FormId>,
    found: Vec<Found>,
    covered: Vec<bool>,
}

impl Resolver {
    /// Returns the mentions of a document, given the names that a tagger found in it.
    pub(crate) fn resolve(
        &mut self,
        document: &Document<'_>,
        names: &[Name],
    ) -> Vec<EntityMention> {
        self.clear(document.token_count());
        // Covered from the start: nothing is found in credits, nor looked for.
        for credits in credits(document) {
            self.covered[credits].fill(true);
        }
        let (plain, headline) = with_listed_names(document, names);
        for name in plain {
            self.add_tagged(document, &name);
        }
        // Where capitals say nothing, what the rest of the article names beats the tagger.
        let known = self.known_sequences(document);
        for name in headline {
            if !self.holds_known_part(document, &known, &name) {
                self.add_tagged(document, &name);
            }
        }
        self.add_defined_acronyms(document);
        self.add_countries(document);
        self.link();
        self.add_untagged(document);
        self.found.sort_unstable_by_key(|found| found.start);
        self.mentions(document)
    }

    fn clear(&mut self, tokens: usize) {
        self.forms.clear();
        self.words.clear();
        self.by_key.clear();
        self.found.clear();
        self.covered.clear();
        self.covered.resize(tokens, false);
    }

    fn add(
        &mut self,
        document: &Document<'_>,
        kind: EntityKind,
        start: usize,
        end: usize,
    ) -> FormId {
        let form = self.form(document, kind, start, end);
        self.add_mention(form, start, end);
        form
    }

    fn add_tagged(&mut self, document: &Document<'_>, name: &Name) {
        let name = without_places(document, refined(document, name));
        if let Some((start, end)) = trim(document, &name)
            && !self.covered[start]
        {
            self.add(document, name.kind, start, end);
        }
    }

    /// Tells whether a part of the name, but not the whole, is a known name.
    fn holds_known_part(
        &self,
        document: &Document<'_>,
        known: &FxHashMap<u64, FormId>,
        name: &Name,
    ) -> bool {
        let is_known = |start: usize, end: usize| {
            let key = (start..end).fold(EMPTY, |key, at| extend(key, document.word(at).key));
            let form = known.get(&key);
            form.is_some_and(|form| self.may_stand_for(document, *form, start, end, false))
        };
        let parts = (name.start..name.end)
            .flat_map(|start| (start + 1..=name.end).map(move |end| (start, end)));
        !is_known(name.start, name.end)
            && parts.into_iter().any(|(start, end)| is_known(start, end))
    }

    fn add_mention(&mut self, form: FormId, start: usize, end: usize) {
        self.forms[form].mentions += 1;
        self.found.push(Found { form, start, end });
        self.covered[start..end].fill(true);
    }

    fn form(
        &mut self,
        document: &Document<'_>,
        kind: EntityKind,
        start: usize,
        end: usize,
    ) -> FormId {
        let from = self.words.len();
        let mut key = EMPTY;
        for at in start..end {
            let word = document.word(at);
            if word.shape != Shape::Mark {
                key = extend(key, word.key);
                self.words.push(FormWord::of(word));
            }
        }
        let in_capitals = is_in_capitals(document, start, end);
        if let Some(id) = self.by_key.get(&(kind, key)).copied() {
            self.words.truncate(from);
            let form = &mut self.forms[id];
            if form.in_capitals && !in_capitals {
                form.example = (start, end);
                form.in_capitals = false;
            }
            return id;
        }
        let id = self.forms.len();
        self.by_key.insert((kind, key), id);
        self.forms.push(Form {
            kind,
            words: from..self.words.len(),
            example: (start, end),
            in_capitals,
            listed: listed_name(document, kind, start, end).is_some(),
            mentions: 0,
            roots: Vec::new(),
        });
        id
    }

    fn words_of(&self, form: FormId) -> &[FormWord] {
        &self.words[self.forms[form].words.clone()]
    }

    /// Adds the acronyms that stand in brackets after the name they abbreviate: "... (OSCE)".
    fn add_defined_acronyms(&mut self, document: &Document<'_>) {
        for index in 0..self.found.len() {
            let Found { form, end, .. } = self.found[index];
            let is_text = |at: usize, text: &str| {
                at < document.token_count() && document.token_text(at) == text
            };
            if !is_text(end, "(") || !is_text(end + 2, ")") {
                continue;
            }
            let acronym = document.word(end + 1);
            if acronym.shape != Shape::Capitals || !abbreviates(&acronym.text, self.words_of(form))
            {
                continue;
            }
            let kind = self.forms[form].kind;
            let short = if self.covered[end + 1] {
                self.form(document, kind, end + 1, end + 2)
            } else {
                self.add(document, kind, end + 1, end + 2)
            };
            if short != form {
                self.forms[short].roots = vec![form];
            }
        }
    }

    /// Finds the fuller form that each form stands for.
    fn link(&mut self) {
        for form in 0..self.forms.len() {
            if self.forms[form].roots.is_empty() {
                let roots = self.roots_of(form);
                self.forms[form].roots = roots;
            }
        }
        for form in 0..self.forms.len() {
            self.right_kind(form);
        }
    }

    /// Gives a name of a single word that stands for no fuller one the kind that the lists have it
    /// under: "Apple" taken for a person or a place, "Washington" taken for a person, though nobody in
    /// the article has that surname.
    fn right_kind(&mut self, form: FormId) {
        let Some(kind) = self.likelier_kind(form) else { return };
        let key = extend(EMPTY, self.words_of(form)[0].key);
        match self.by_key.get(&(kind, key)) {
            Some(other) => self.forms[form].roots = vec![*other],
            None => self.forms[form].kind = kind,
        }
    }

    fn likelier_kind(&self, form: FormId) -> Option<EntityKind> {
        const NO_ORGANIZATION: Classes = Classes::FIRST_NAME.or(Classes::ANY_PLACE);
        let [word] = self.words_of(form) else { return None };
        let Form { kind, roots, .. } = &self.forms[form];
        if !roots.is_empty() {
            return None;
        }
        let is = |classes| word.classes.has(classes);
        if is(Classes::ORGANIZATION) && !is(NO_ORGANIZATION) {
            return (*kind != EntityKind::Organization).then_some(EntityKind::Organization);
        }
        // The name alone may be somebody's whom everybody knows, unless the article has the place.
        let place = self.by_key.contains_key(&(EntityKind::Place, extend(EMPTY, word.key)));
        let is_place = is(Classes::COUNTRY | Classes::LARGE_CITY)
            && (place || !is(Classes::FIRST_NAME | Classes::SURNAME));
        (*kind == EntityKind::Person && is_place).then_some(EntityKind::Place)
    }

    /// Returns the fuller forms that a form may stand for, the likeliest first.
    fn roots_of(&self, form: FormId) -> Vec<FormId> {
        let mut candidates: Vec<(u8, FormId)> = (0..self.forms.len())
            .filter(|other| *other != form)
            .filter_map(|other| Some((self.strength(form, other)?, other)))
            .collect();
        let Some(strongest) = candidates.iter().map(|(strength, _)| *strength).max() else {
            return Vec::new();
        };
        candidates.retain(|(strength, _)| *strength == strongest);
        // The most mentioned is the likeliest; of two, the one introduced first.
        candidates
            .sort_by_key(|(_, other)| (std::cmp::Reverse(self.forms[*other].mentions), *other));
        candidates.into_iter().map(|(_, other)| other).collect()
    }

    /// Returns how well `short` may stand for `long`, `None` when it may not.
    fn strength(&self, short: FormId, long: FormId) -> Option<u8> {
        let (kind, fuller_kind) = (self.forms[short].kind, self.forms[long].kind);
        let (words, fuller) = (self.words_of(short), self.words_of(long));
        if words.is_empty() || fuller.len() < words.len() {
            return None;
        }
        if kind != fuller_kind {
            return self.outvoted(short, long);
        }
        if fuller.len() == words.len() {
            return None;
        }
        match kind {
            EntityKind::Person => person_strength(words, fuller),
            EntityKind::Organization => organization_strength(words, fuller),
            EntityKind::Place => None,
        }
    }

    /// Tells whether a form of one word was likely given the wrong kind: "Lavrov" as a place, in
    /// an article about Sergei Lavrov.
    fn outvoted(&self, form: FormId, other: FormId) -> Option<u8> {
        let (words, others) = (self.words_of(form), self.words_of(other));
        let [word] = words else { return None };
        let is_first_word = self.forms[other].kind == EntityKind::Organization
            && others.len() > 1
            && others[0].key == word.key
            && (self.forms[other].listed || others[1..].iter().all(FormWord::is_of_company))
            && !word.classes.has(Classes::COMMON | Classes::ANY_PLACE);
        if is_first_word {
            return Some(FIRST_WORD);
        }
        if word.classes.has(Classes::SURE_PLACE | Classes::ORGANIZATION) {
            return None;
        }
        let is_surname = self.forms[other].kind == EntityKind::Person
            && others.len() > 1
            && others.last().is_some_and(|last| last.key == word.key);
        let is_rarer = others.len() == 1
            && others[0].key == word.key
            && self.forms[other].mentions > self.forms[form].mentions;
        (is_surname || is_rarer).then_some(u8::MAX)
    }

    /// Adds countries and capitals that stand alone and that no tagger took for anything: their names
    /// are all known, and most mean nothing else.
    fn add_countries(&mut self, document: &Document<'_>) {
        for (sentence, casing) in document.cased_sentences() {
            if casing != Casing::Sentence {
                continue;
            }
            for at in sentence.clone() {
                if let Some(end) = self.country_at(document, at, &sentence) {
                    self.add(document, EntityKind::Place, at, end);
                }
            }
        }
    }

    fn country_at(
        &self,
        document: &Document<'_>,
        at: usize,
        sentence: &std::ops::Range<usize>,
    ) -> Option<usize> {
        const OTHERS: Classes =
            Classes::FIRST_NAME.or(Classes::SURNAME).or(Classes::ORGANIZATION).or(Classes::COMMON);
        let word = document.word(at);
        if self.covered[at] || word.shape != Shape::Initial {
            return None;
        }
        let (end, _) = longest(document, at, sentence.end, Classes::COUNTRY)?;
        if end == at + 1 && word.classes.has(OTHERS) {
            return None;
        }
        let belongs =
            |word: &WordInfo| word.shape.is_capitalised() || matches!(&*word.text, "-" | "&" | "/");
        let is_free =
            |at: usize| !sentence.contains(&at) || !self.covered[at] && !belongs(document.word(at));
        let before = at.checked_sub(1);
        (before.is_none_or(is_free) && is_free(end)).then_some(end)
    }

    /// Adds the mentions that a tagger misses most: surnames of people named in full elsewhere,
    /// and known names in headlines, where capitals say nothing.
    fn add_untagged(&mut self, document: &Document<'_>) {
        let known = self.known_sequences(document);
        if known.is_empty() {
            return;
        }
        for (sentence, casing) in document.cased_sentences() {
            let mut at = sentence.start;
            while at < sentence.end {
                let plain = casing == Casing::Sentence && at > sentence.start;
                match self.untagged_at(document, &known, at, sentence.end, plain) {
                    Some((form, end)) => {
                        self.add_mention(form, at, end);
                        at = end;
                    }
                    None => at += 1,
                }
            }
        }
    }

    /// Returns the names to look for, by the key of their tokens.
    fn known_sequences(&self, document: &Document<'_>) -> FxHashMap<u64, FormId> {
        let mut known = FxHashMap::default();
        for (id, form) in self.forms.iter().enumerate() {
            let (start, end) = form.example;
            let key = (start..end).fold(EMPTY, |key, at| extend(key, document.word(at).key));
            known.entry(key).or_insert(id);
        }
        for (id, form) in self.forms.iter().enumerate() {
            let words = self.words_of(id);
            if form.kind == EntityKind::Person
                && form.roots.is_empty()
                && let Some(last) = words.iter().skip(1).rfind(|word| !word.is_generation())
            {
                known.entry(extend(EMPTY, last.key)).or_insert(id);
            }
        }
        known
    }

    fn untagged_at(
        &self,
        document: &Document<'_>,
        known: &FxHashMap<u64, FormId>,
        at: usize,
        limit: usize,
        plain: bool,
    ) -> Option<(FormId, usize)> {
        const LONGEST: usize = 12;
        if self.covered[at] || !document.word(at).shape.is_capitalised() {
            return None;
        }
        let mut found = None;
        let mut key = EMPTY;
        for end in at..limit.min(at + LONGEST) {
            if self.covered[end] {
                break;
            }
            key = extend(key, document.word(end).key);
            if let Some(form) = known.get(&key)
                && self.may_stand_for(document, *form, at, end + 1, plain)
            {
                found = Some((*form, end + 1));
            }
        }
        found
    }

    /// Tells whether tokens that read like a known name are one. What a tagger has left alone in
    /// an ordinary sentence is a name only when it is a person's surname.
    fn may_stand_for(
        &self,
        document: &Document<'_>,
        form: FormId,
        start: usize,
        end: usize,
        plain: bool,
    ) -> bool {
        if end - start > 1 {
            return document.word(end - 1).shape.is_capitalised();
        }
        let word = document.word(start);
        let common = word.classes.has(Classes::COMMON | Classes::FUNCTION | Classes::CALENDAR);
        let person = self.forms[form].kind == EntityKind::Person;
        !common && word.text.len() > 2 && (person || !plain)
    }

    fn mentions(&self, document: &Document<'_>) -> Vec<EntityMention> {
        let shown: Vec<Option<String>> = (0..self.forms.len())
            .map(|form| self.forms[form].roots.is_empty().then(|| self.shown_name(document, form)))
            .collect();
        let mut last_mention = vec![None; self.forms.len()];
        let mut mentions = Vec::with_capacity(self.found.len());
        for (position, found) in self.found.iter().enumerate() {
            let root = self.root(found.form, &last_mention);
            last_mention[found.form] = Some(position);
            last_mention[root] = Some(position);
            let (field, span) = document.place(found.start, found.end);
            let entity = shown[root].clone().unwrap_or_else(|| self.shown_name(document, root));
            let kind = self.forms[root].kind;
            let title = (kind == EntityKind::Person).then(|| title_before(document, found.start));
            mentions.push(EntityMention { kind, field, span, entity, title: title.flatten() });
        }
        mentions
    }

    /// Returns the form that a mention of `form` is shown as. Of several organizations ("the Foreign
    /// Ministry" of two countries) it is the one mentioned last, of several people the likeliest.
    fn root(&self, form: FormId, last_mention: &[Option<usize>]) -> FormId {
        let mut root = form;
        // Roots are fuller forms, so that chains are short; the limit holds where kinds disagree.
        for _ in 0..self.forms.len() {
            let candidates = &self.forms[root].roots;
            let next = match self.forms[root].kind {
                EntityKind::Person | EntityKind::Place => candidates.first(),
                EntityKind::Organization => candidates
                    .iter()
                    .filter(|candidate| last_mention[**candidate].is_some())
                    .max_by_key(|candidate| last_mention[**candidate])
                    .or(candidates.first()),
            };
            match next {
                Some(next) => root = *next,
                None => break,
            }
        }
        root
    }

    /// Returns the name of a form as shown: that of the lists, else as the article writes it.
    fn shown_name(&self, document: &Document<'_>, form: FormId) -> String {
        let Form { kind, example: (start, end), in_capitals, .. } = self.forms[form];
        if let Some(name) = listed_name(document, kind, start, end) {
            return name.to_owned();
        }
        let (field, span) = document.place(start, end);
        let text = match field {
            crate::article::MentionField::Title => document.title(),
            crate::article::MentionField::Body => document.body(),
        };
        let written = span.of(text);
        if in_capitals {
            with_small_letters(document, kind, start, end)
        } else {
            written.to_owned()
        }
    }
}

impl FormWord {
    fn of(word: &WordInfo) -> Self {
        Self {
            key: word.key,
            classes: word.classes,
            initial: word.text.chars().next().unwrap_or_default(),
            shape: word.shape,
        }
    }

    /// Tells whether the word only says that the name is a company's: "Inc.", "Capital".
    fn is_of_company(&self) -> bool {
        self.classes.has(Classes::COMPANY_SUFFIX | Classes::ORGANIZATION_HEAD)
    }

    /// Tells whether the word tells generations apart: "Jr.", "III".
    fn is_generation(&self) -> bool {
        self.classes.has(Classes::GENERATION)
    }
}

/// Returns the names with those made whole that begin a longer listed one ("Organization for Security
/// and Cooperation in Europe"), and with listed names of several words as the kind that they are; apart from them those of
/// sentences whose capitals say nothing.
fn with_listed_names(document: &Document<'_>, names: &[Name]) -> (Vec<Name>, Vec<Name>) {
    const SURE: Classes = Classes::PLACE.or(Classes::ORGANIZATION);
    let (mut plain, mut headline) = (Vec::with_capacity(names.len()), Vec::new());
    let mut last_end = 0;
    let mut sentences = document.cased_sentences();
    let (mut sentence, mut casing) = sentences.next().unwrap_or_default();
    for name in names {
        while sentence.end <= name.start
            && let Some(next) = sentences.next()
        {
            (sentence, casing) = next;
        }
        if last_end > name.start {
            continue;
        }
        let listed = longest(document, name.start, sentence.end, SURE);
        let whole = match listed {
            Some((end, classes)) if end > name.start + 1 && end >= name.end => {
                let kind = if classes.has(Classes::ORGANIZATION) {
                    EntityKind::Organization
                } else {
                    EntityKind::Place
                };
                Name { kind, end, ..*name }
            }
            _ => *name,
        };
        last_end = whole.end;
        if casing == Casing::Sentence { plain.push(whole) } else { headline.push(whole) }
    }
    (plain, headline)
}

/// Returns the name that the lists show for the tokens, when they are of this kind.
fn listed_name(
    document: &Document<'_>,
    kind: EntityKind,
    start: usize,
    end: usize,
) -> Option<&'static str> {
    let wanted = match kind {
        EntityKind::Person => return None,
        EntityKind::Organization => Classes::ORGANIZATION,
        EntityKind::Place => Classes::ANY_PLACE,
    };
    let (listed_end, _, entry) = longest_entry(document, start, end, wanted)?;
    (listed_end == end).then(|| Gazetteer::get().shown_name(entry)).flatten()
}

/// Takes titles, articles and possessives off a name; `None` when no name is left.
fn trim(document: &Document<'_>, name: &Name) -> Option<(usize, usize)> {
    let (mut start, mut end) = (name.start, name.end);
    while end > start && is_loose_end(document.word(end - 1)) {
        end -= 1;
    }
    let is_loose_start = |word: &WordInfo| word.shape == Shape::Mark || word.is_possessive();
    while start < end && is_loose_start(document.word(start)) {
        start += 1;
    }
    match name.kind {
        EntityKind::Person => {
            start = after_titles(document, start, end);
        }
        EntityKind::Organization | EntityKind::Place => {
            if end > start + 1
                && document.word(start).text.eq_ignore_ascii_case("the")
                && listed_name(document, name.kind, start, end).is_none()
            {
                start += 1;
            }
        }
    }
    (start < end && is_name(document, name.kind, start, end)).then_some((start, end))
}

/// Returns where the name of a person begins behind its titles: "Foreign Minister Sergei Lavrov".
fn after_titles(document: &Document<'_>, start: usize, end: usize) -> usize {
    let mut name = start;
    for at in start..end {
        let word = document.word(at);
        if is_title(word) {
            name = at + 1;
        } else if !word.classes.has(Classes::TITLE_MODIFIER) {
            break;
        }
    }
    name
}

fn is_loose_end(word: &WordInfo) -> bool {
    let closing = word.shape == Shape::Mark && !matches!(&*word.text, "!");
    word.is_possessive() || closing
}

fn is_title(word: &WordInfo) -> bool {
    word.classes.has(Classes::TITLE | Classes::HONORIFIC)
        && !word.classes.has(Classes::SURNAME | Classes::FIRST_NAME)
        || word.classes.has(Classes::HONORIFIC)
}

/// Returns the title that stands before a name: "Foreign Minister", "former Secretary of State".
fn title_before(document: &Document<'_>, name: usize) -> Option<Span> {
    const TITLES: Classes = Classes::TITLE.or(Classes::HONORIFIC);
    let field = document.field(name);
    let word = |at: usize| (document.field(at) == field).then(|| document.word(at));
    let has = |at: usize, classes| word(at).is_some_and(|word| word.classes.has(classes));
    let mut start = name;
    while let Some(before) = start.checked_sub(1) {
        let of = before >= 2 && word(before - 1).is_some_and(|word| &*word.text == "of");
        if has(before, TITLES) || (start < name && has(before, Classes::TITLE_MODIFIER)) {
            start = before;
        } else if start == name && of && has(before, Classes::COMMON) && has(before - 2, TITLES) {
            start = before - 2;
        } else {
            break;
        }
    }
    (start < name).then(|| document.place(start, name).1)
}

/// Returns a name as the place that it begins with, where it was taken for a person's though it is a
/// country or a capital and a large city in a row: "London Brent" is oil of one priced in the other.
fn without_places(document: &Document<'_>, name: Name) -> Name {
    let has = |at: usize, class: Classes| document.word(at).classes.has(class);
    let is_two_places = name.end == name.start + 2
        && has(name.start, Classes::COUNTRY)
        && has(name.start + 1, Classes::LARGE_CITY);
    if name.kind == EntityKind::Person && is_two_places {
        return Name { kind: EntityKind::Place, end: name.start + 1, ..name };
    }
    name
}

/// Tells whether the tokens can be a name: not a pronoun, a weekday, a title or a bare "Council".
fn is_name(document: &Document<'_>, kind: EntityKind, start: usize, end: usize) -> bool {
    if end - start > 1 {
        return (start..end).any(|at| {
            let word = document.word(at);
            !matches!(word.shape, Shape::Mark | Shape::Number)
                && !word.classes.has(Classes::FUNCTION | Classes::CALENDAR)
        });
    }
    let word = document.word(start);
    if matches!(word.shape, Shape::Mark | Shape::Number | Shape::Letter)
        || is_bracketed_code(document, start)
    {
        return false;
    }
    if listed_name(document, kind, start, end).is_some() {
        return true;
    }
    let never = Classes::FUNCTION | Classes::CALENDAR | Classes::HONORIFIC;
    let general = kind != EntityKind::Place
        && word.classes.has(Classes::COMMON)
        && word.classes.has(Classes::TITLE | Classes::ORGANIZATION_HEAD);
    !(word.classes.has(never) || general || kind != EntityKind::Person && is_demonym(word))
}

fn is_demonym(word: &WordInfo) -> bool {
    word.classes.has(Classes::DEMONYM) && !word.classes.has(Classes::ANY_PLACE)
}

/// Returns how well the words of a person may stand for a longer name: 3 by the surname, 2 by
/// another part of a compound name, 1 by the first name.
fn person_strength(words: &[FormWord], fuller: &[FormWord]) -> Option<u8> {
    const NO_NAME: Classes = Classes::FUNCTION.or(Classes::CALENDAR);
    let named: Vec<&FormWord> = fuller.iter().filter(|word| !word.is_generation()).collect();
    let (first, last) = (named.first()?, named.last()?);
    let own: Vec<&FormWord> = words.iter().filter(|word| !word.is_generation()).collect();
    match own.as_slice() {
        [] => None,
        [word] if word.key == last.key && named.len() > 1 => Some(3),
        [word] if named.len() > 2 && named[1..].iter().any(|part| part.key == word.key) => Some(2),
        [word] if word.key == first.key && !word.classes.has(NO_NAME) => Some(1),
        [_] => None,
        [start, .., end] => {
            let suffix = named.len() > own.len()
                && named[named.len() - own.len()..].iter().zip(&own).all(|(a, b)| a.key == b.key);
            let same_ends = end.key == last.key && same_first_name(start, first);
            (suffix || same_ends).then_some(3)
        }
    }
}

/// Tells whether one first name is the other or its initial.
fn same_first_name(one: &FormWord, other: &FormWord) -> bool {
    one.key == other.key
        || (one.initial == other.initial
            && (one.shape == Shape::Letter || other.shape == Shape::Letter))
}

/// Returns how well the words of an organization may stand for a longer name: 3 as its acronym, 2
/// as its end ("Foreign Ministry"), 1 as its beginning ("Boeing" for "Boeing Co.", "Merrill" for
/// "Merrill Lynch").
fn organization_strength(words: &[FormWord], fuller: &[FormWord]) -> Option<u8> {
    if let [word] = words {
        if word.shape == Shape::Capitals && word.classes.has(Classes::ORGANIZATION) {
            return None;
        }
        if word.classes.has(Classes::COMMON | Classes::DEMONYM | Classes::ANY_PLACE) {
            return None;
        }
    }
    let rest = fuller.len() - words.len();
    let same = |part: &[FormWord]| part.iter().zip(words).all(|(one, other)| one.key == other.key);
    if same(&fuller[rest..]) {
        return Some(2);
    }
    let company = fuller[words.len()..].iter().all(FormWord::is_of_company);
    (same(&fuller[..words.len()]) && (company || words.len() > 1)).then_some(1)
}

/// Tells whether the letters of `acronym` are the initials of the words, links like "and" left out
/// or not: "OSCE", "CDC" for "Centers for Disease Control and Prevention".
fn abbreviates(acronym: &str, words: &[FormWord]) -> bool {
    let letters = || acronym.chars().filter(|letter| letter.is_alphabetic());
    if words.len() < 2 || letters().count() < 2 {
        return false;
    }
    let initials = |all: bool| {
        words
            .iter()
            .filter(move |word| all || word.shape != Shape::Lower)
            .flat_map(|word| word.initial.to_uppercase())
    };
    initials(false).eq(letters()) || initials(true).eq(letters()) || {
        // "Centers for Disease Control and Prevention (CDC)": the acronym stops early.
        let count = letters().count();
        count >= 3 && initials(false).take(count).eq(letters())
    }
}

/// Tells whether the tokens are written in capitals though they are no acronym: a word of a headline.
fn is_in_capitals(document: &Document<'_>, start: usize, end: usize) -> bool {
    let mut capitals = 0;
    let mut words = 0;
    for at in start..end {
        let word = document.word(at);
        match word.shape {
            Shape::Mark | Shape::Number | Shape::Letter => {}
            Shape::Capitals => {
                capitals += 1;
                words += 1;
            }
            _ => words += 1,
        }
    }
    capitals == words && (words > 1 || (words == 1 && (start..end).any(|at| is_long(document, at))))
}

fn is_long(document: &Document<'_>, at: usize) -> bool {
    document.word(at).text.chars().count() > 5
}

/// Writes a name in capitals as it would stand in a sentence: "VLADIMIR PUTIN" as "Vladimir Putin".
fn with_small_letters(
    document: &Document<'_>,
    kind: EntityKind,
    start: usize,
    end: usize,
) -> String {
    let mut name = String::new();
    for at in start..end {
        if at > start && document.is_spaced(at) {
            name.push(' ');
        }
        let word = document.word(at);
        let short = word.text.chars().count() <= 3;
        let keep = word.shape != Shape::Capitals
            || (kind != EntityKind::Person && short && !word.classes.has(Classes::LINK))
            || word.text.contains('.');
        if keep {
            name.push_str(&word.text);
        } else if at > start && word.classes.has(Classes::LINK | Classes::PARTICLE) {
            name.extend(word.text.chars().flat_map(char::to_lowercase));
        } else {
            let mut letters = word.text.chars();
            name.extend(letters.next());
            name.extend(letters.flat_map(char::to_lowercase));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::super::document::Reader;
    use super::*;

    /// Resolves the names given as (kind, text), each found at its next place in the body.
    fn resolve(body: &str, names: &[(EntityKind, &str)]) -> Vec<EntityMention> {
        let mut reader = Reader::new();
        let document = reader.read("", body);
        let mut from = 0;
        let names: Vec<Name> = names
            .iter()
            .map(|(kind, text)| {
                let offset = from + body[from..].find(text).expect("the name stands in the body");
                from = offset + text.len();
                let place = |at: usize| document.place(at, at + 1).1;
                let start = (0..document.token_count()).find(|at| place(*at).start == offset);
                let end = (0..document.token_count()).find(|at| place(*at).end == from);
                let (start, end) = (start.expect("a token"), end.expect("a token") + 1);
                Name { kind: *kind, start, end }
            })
            .collect();
        Resolver::default().resolve(&document, &names)
    }

    #[test]
    fn places_in_a_row_are_no_person() {
        check(
            "London Brent crude rose, Paris Hilton said.",
            &[(Person, "London Brent"), (Person, "Paris Hilton")],
            &[("London", "London"), ("Paris Hilton", "Paris Hilton")],
        );
    }

    #[test]
    fn countries_that_stand_alone_are_places() {
        check(
            "Tonga and New Zealand met; Jordan and Tonga-based Air Tonga did not. They like Fiji",
            &[],
            &[("Tonga", "Tonga"), ("New Zealand", "New Zealand"), ("Fiji", "Fiji")],
        );
    }

    fn check(body: &str, names: &[(EntityKind, &str)], expected: &[(&str, &str)]) {
        let found = resolve(body, names);
        let found: Vec<(&str, &str)> =
            found.iter().map(|mention| (mention.span.of(body), mention.entity.as_str())).collect();
        assert_eq!(found, expected, "{body}");
    }

    use EntityKind::{Organization, Person, Place};

    #[test]
    fn surnames_stand_for_full_names() {
        check(
            "President George W. Bush and Laura Bush came. Mr. Bush, then George Bush, spoke to \
             Mohammed bin Salman. Bin Salman left. George W. Bush’s dog, too.",
            &[
                (Person, "President George W. Bush"),
                (Person, "Laura Bush"),
                (Person, "Mr. Bush"),
                (Person, "George Bush"),
                (Person, "Mohammed bin Salman"),
                (Person, "Bin Salman"),
                (Person, "George W. Bush’s"),
            ],
            &[
                ("George W. Bush", "George W. Bush"),
                ("Laura Bush", "Laura Bush"),
                ("Bush", "George W. Bush"),
                ("George Bush", "George W. Bush"),
                ("Mohammed bin Salman", "Mohammed bin Salman"),
                ("Bin Salman", "Mohammed bin Salman"),
                ("George W. Bush", "George W. Bush"),
            ],
        );
    }

    #[test]
    fn a_first_word_that_is_also_a_common_one_stands_for_the_name() {
        check(
            "Xi Jinping spoke. Mr. Rich met Xi, and Will Smith and Will left.",
            &[
                (Person, "Xi Jinping"),
                (Person, "Mr. Rich"),
                (Person, "Xi"),
                (Person, "Will Smith"),
                (Person, "Will"),
            ],
            &[
                ("Xi Jinping", "Xi Jinping"),
                ("Rich", "Rich"),
                ("Xi", "Xi Jinping"),
                ("Will Smith", "Will Smith"),
            ],
        );
    }

    #[test]
    fn an_untagged_surname_is_found() {
        check(
            "Jens Stoltenberg met reporters. Later Stoltenberg left.",
            &[(Person, "Jens Stoltenberg")],
            &[("Jens Stoltenberg", "Jens Stoltenberg"), ("Stoltenberg", "Jens Stoltenberg")],
        );
    }

    #[test]
    fn the_foreign_ministry_is_the_one_named_last() {
        check(
            "The Ukrainian Foreign Ministry spoke. The Foreign Ministry was calm. The Polish Foreign \
             Ministry agreed, and the Foreign Ministry sent a note.",
            &[
                (Organization, "The Ukrainian Foreign Ministry"),
                (Organization, "Foreign Ministry"),
                (Organization, "The Polish Foreign Ministry"),
                (Organization, "Foreign Ministry"),
            ],
            &[
                ("Ukrainian Foreign Ministry", "Ukrainian Foreign Ministry"),
                ("Foreign Ministry", "Ukrainian Foreign Ministry"),
                ("Polish Foreign Ministry", "Polish Foreign Ministry"),
                ("Foreign Ministry", "Polish Foreign Ministry"),
            ],
        );
    }

    #[test]
    fn acronyms_are_introduced_in_brackets() {
        check(
            "The Bureau of Odd Affairs (BOA) met. The BOA said so.",
            &[
                (Organization, "Bureau of Odd Affairs"),
                (Organization, "BOA)"),
                (Organization, "BOA"),
            ],
            &[
                ("Bureau of Odd Affairs", "Bureau of Odd Affairs"),
                ("BOA", "Bureau of Odd Affairs"),
                ("BOA", "Bureau of Odd Affairs"),
            ],
        );
    }

    #[test]
    fn capitals_are_no_people_where_nobody_has_that_name() {
        let kinds = |body: &str, names: &[(EntityKind, &str)]| -> Vec<EntityKind> {
            resolve(body, names).iter().map(|mention| mention.kind).collect()
        };
        let taken_for_both = [(Person, "Washington"), (Place, "Washington")];
        let body = "She said Washington would wait. Talks in Washington went on.";
        assert_eq!(kinds(body, &taken_for_both), [Place, Place]);
        let body = "Denzel Washington spoke. Washington smiled.";
        let names = [(Person, "Denzel Washington"), (Person, "Washington")];
        assert_eq!(kinds(body, &names), [Person, Person]);
    }

    #[test]
    fn forms_of_countries_are_one() {
        check(
            "The U.S., the US and the United States of America.",
            &[(Place, "The U.S."), (Place, "US"), (Place, "the United States of America")],
            &[
                ("U.S.", "United States"),
                ("US", "United States"),
                ("United States of America", "United States"),
            ],
        );
    }

    #[test]
    fn titles_are_kept_beside_names() {
        let body = "Russian Foreign Minister Sergei Lavrov met U.S. Secretary of State Antony Blinken \
                    and Ida Bee.";
        let mut reader = Reader::new();
        let document = reader.read("", body);
        let name = |kind, start, end| Name { kind, start, end };
        let names = [name(Person, 1, 5), name(Person, 10, 12), name(Person, 13, 15)];
        let mentions = Resolver::default().resolve(&document, &names);
        let titles: Vec<_> =
            mentions.iter().map(|mention| mention.title.map(|title| title.of(body))).collect();
        assert_eq!(titles, [Some("Foreign Minister"), Some("Secretary of State"), None]);
        assert_eq!(mentions[0].entity, "Sergei Lavrov");
    }

    #[test]
    fn pronouns_titles_and_days_are_no_names() {
        check(
            "He and President met on Monday at the Council.",
            &[(Person, "He"), (Person, "President"), (Place, "Monday"), (Organization, "Council")],
            &[],
        );
    }
}
