//! A tagger that goes by rules: titles, first names, heads of organizations and the gazetteer.
//!
//! It guesses nothing: a capital letter alone makes no name. It serves the languages that the trained
//! tagger was not trained on.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::casing::Casing;
use super::classes::Classes;
use super::document::Document;
use super::error::TaggingError;
use super::gazetteer::{EMPTY, Entry, Gazetteer, extend};
use super::lexicon::{FormId, Shape, WordInfo};
use super::memory::Memory;
use super::tagger::{Name, Tagger};
use crate::article::EntityKind;
use crate::text::Language;

/// The tagger that goes by rules.
#[derive(Clone, Copy, Debug, Default)]
pub struct RuleTagger;

impl Tagger for RuleTagger {
    fn tag(
        &self,
        document: &Document<'_>,
        language: Option<Language>,
        _memory: &mut Memory,
        names: &mut Vec<Name>,
    ) -> Result<(), TaggingError> {
        let is_german = language.is_some_and(|language| language.as_str() == "de");
        let small = forms_in_small_letters(document);
        for (sentence, casing) in document.cased_sentences() {
            let Range { start, end } = sentence;
            Scan { document, small: &small, start, end, casing, is_german }.run(names);
        }
        Ok(())
    }
}

/// Returns the forms that a document writes in small letters somewhere: no names, whatever the lists
/// say. In German "Sie Geld" would be somebody else.
fn forms_in_small_letters(document: &Document<'_>) -> FxHashSet<FormId> {
    let words = (0..document.token_count()).map(|at| document.word(at));
    words.filter(|word| word.shape == Shape::Lower).map(|word| word.form).collect()
}

/// The longest name of a person in tokens, titles aside.
const LONGEST_PERSON: usize = 7;

/// One sentence being looked through from left to right.
struct Scan<'document> {
    document: &'document Document<'document>,
    /// The forms that stand somewhere in small letters.
    small: &'document FxHashSet<FormId>,
    start: usize,
    end: usize,
    casing: Casing,
    is_german: bool,
}

impl Scan<'_> {
    fn run(&self, names: &mut Vec<Name>) {
        let mut at = self.start;
        let mut after_title = false;
        while at < self.end {
            if let Some(name) = self.name_at(at, after_title) {
                at = name.end;
                names.push(name);
                after_title = false;
                continue;
            }
            after_title = self.goes_on_title(at, after_title);
            at += 1;
        }
    }

    fn word(&self, at: usize) -> &WordInfo {
        self.document.word(at)
    }

    fn has(&self, at: usize, classes: Classes) -> bool {
        at < self.end && self.word(at).classes.has(classes)
    }

    fn is_capitalised(&self, at: usize) -> bool {
        at < self.end && self.word(at).shape.is_capitalised()
    }

    /// Tells whether a name may follow as after "President" once the token was read.
    fn goes_on_title(&self, at: usize, after_title: bool) -> bool {
        let word = self.word(at);
        if word.classes.has(Classes::TITLE | Classes::HONORIFIC) {
            return true;
        }
        // "Secretary of State", "Minister of Defense".
        let of = &*word.text == "of" && self.is_capitalised(at + 1);
        after_title && (of || word.classes.has(Classes::TITLE_MODIFIER) || &*word.text == "State")
    }

    fn name_at(&self, at: usize, after_title: bool) -> Option<Name> {
        let word = self.word(at);
        if word.shape == Shape::Mark || word.shape == Shape::Number {
            return None;
        }
        let name = |kind, end| Some(Name { kind, start: at, end });
        if self.begins_name(at)
            && let Some(end) = self.organization_end(at)
            && self.listed(at).is_none_or(|(listed_end, _)| listed_end < end)
        {
            return name(EntityKind::Organization, end);
        }
        if let Some(end) = self.person_end(at, after_title) {
            return name(EntityKind::Person, end);
        }
        let (end, listed) = self.listed(at)?;
        let kind = self.listed_kind(at, end, listed)?;
        name(kind, end)
    }

    /// Tells whether a name that no list holds may begin here.
    fn begins_name(&self, at: usize) -> bool {
        self.is_capitalised(at)
            && !self.has(at, Classes::FUNCTION | Classes::CALENDAR | Classes::HONORIFIC)
            && (!self.has(at, Classes::TITLE) || self.has(at, Classes::TITLE_MODIFIER))
    }

    /// Returns the longest place or organization of the lists that begins here.
    fn listed(&self, at: usize) -> Option<(usize, Classes)> {
        longest(self.document, at, self.end, Classes::ANY_NAME)
    }

    fn listed_kind(&self, at: usize, end: usize, listed: Classes) -> Option<EntityKind> {
        if end - at == 1 && self.is_small(at) {
            return None;
        }
        if end - at == 1 && is_ordinary(self.word(at)) {
            return self.is_placed(at, end).then_some(EntityKind::Place);
        }
        if listed.has(Classes::ORGANIZATION) {
            if end - at > 1 && self.begins_with_plain_article(at) {
                return None;
            }
            let sure = end - at > 1
                || self.word(at).shape != Shape::Initial
                || !self.word(at).classes.has(Classes::COMMON)
                || (at > self.start && self.casing == Casing::Sentence);
            return sure.then_some(EntityKind::Organization);
        }
        if listed.has(Classes::SURE_PLACE) || end - at > 1 {
            return Some(EntityKind::Place);
        }
        let classes = self.word(at).classes;
        let name_like = classes.has(Classes::FIRST_NAME | Classes::SURNAME);
        let common = classes.has(Classes::COMMON | Classes::FUNCTION | Classes::CALENDAR);
        let placed = self.is_placed(at, end);
        let large = listed.has(Classes::LARGE_CITY | Classes::REGION);
        // A noun that happens to be a small town would be found "in" everything.
        let sure = if large {
            placed || !common && !name_like
        } else {
            self.is_before_place(end) && !common
        };
        sure.then_some(EntityKind::Place)
    }

    /// Tells whether a listed name begins with an article that is written as any other: "die Welt" is the
    /// world, and so is "Die Welt" where a sentence begins.
    fn begins_with_plain_article(&self, at: usize) -> bool {
        const ARTICLES: &[&str] = &["die", "der", "das", "le", "la", "les", "el", "il", "o", "a"];
        let text = self.word(at).text.to_lowercase();
        ARTICLES.contains(&text.as_str()) && (at == self.start || !self.is_capitalised(at))
    }

    /// Tells whether the words around say that a place stands here: "in X", "X, Germany".
    fn is_placed(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).filter(|before| *before >= self.start);
        let after_preposition = before.is_some_and(|before| {
            let word = &*self.word(before).text;
            matches!(word, "in" | "near" | "at" | "outside" | "In" | "Near" | "aus" | "nach" | "à")
        });
        after_preposition || self.is_before_place(end)
    }

    /// Tells whether a place follows that holds the one that ends here: "Reading, Pennsylvania".
    fn is_before_place(&self, end: usize) -> bool {
        end + 1 < self.end
            && &*self.word(end).text == ","
            && self.has(end + 1, Classes::SURE_PLACE | Classes::REGION)
    }

    /// Returns the end of an organization that is one by its head: "Foreign Ministry", "Acme Inc.",
    /// "Organization for Security and Cooperation in Europe".
    fn organization_end(&self, at: usize) -> Option<usize> {
        let head = self.head_of_run(at)?;
        let is_hyphenated = head == at + 2 && &*self.word(at + 1).text == "-";
        if (head == at + 1 || is_hyphenated) && is_generic(self.word(at), self.word(head)) {
            return None;
        }
        let named = head > at && self.names_something(at, head);
        let end = self.linked_end(head);
        if end > head + 1 {
            return Some(end);
        }
        named.then_some(head + 1)
    }

    /// Returns the last head of the capitalised words from `at` on.
    fn head_of_run(&self, at: usize) -> Option<usize> {
        let mut head = None;
        let mut next = at;
        while next < self.end {
            let joins = next > at
                && matches!(&*self.word(next).text, "-" | "&")
                && self.is_capitalised(next + 1);
            if !joins && !self.is_capitalised(next) {
                break;
            }
            if next > at
                && self.has(next, Classes::FUNCTION | Classes::TITLE | Classes::HONORIFIC)
                && !self.has(next, Classes::TITLE_MODIFIER)
            {
                break;
            }
            if self.has(next, Classes::ORGANIZATION_HEAD | Classes::COMPANY_SUFFIX) {
                head = Some(next);
            }
            next += 1;
        }
        head
    }

    /// Tells whether the words before a head tell it apart from any other: in headlines, where
    /// every word has a capital, only those do that are no common words.
    fn names_something(&self, at: usize, head: usize) -> bool {
        let telling = |next: usize| {
            self.has(next, Classes::DEMONYM | Classes::SURE_PLACE | Classes::TITLE_MODIFIER)
                || !self.has(next, Classes::COMMON)
        };
        match self.casing {
            Casing::Sentence if at > self.start => true,
            Casing::Sentence | Casing::Headline => (at..head).all(telling),
            Casing::Capitals => false,
        }
    }

    /// Returns the end of a name whose head is followed by "of the Interior", "for Security and ...".
    fn linked_end(&self, head: usize) -> usize {
        let mut end = head + 1;
        if self.casing != Casing::Sentence || self.has(head, Classes::COMPANY_SUFFIX) {
            return end;
        }
        loop {
            let first_link = end == head + 1;
            let link = end < self.end
                && match &*self.word(end).text {
                    "of" | "for" => true,
                    "and" | "in" | "on" | "&" => {
                        !first_link && self.has(head, Classes::LINKING_HEAD)
                    }
                    "de" | "du" | "für" | "des" | "del" => true,
                    _ => false,
                };
            if !link {
                return end;
            }
            let article = matches!(&*self.word_or_last(end + 1).text, "the" | "la" | "l'");
            let part = end + 1 + usize::from(article);
            if !self.is_capitalised(part) || self.has(part, Classes::CALENDAR) {
                return end;
            }
            end = part;
            while self.is_capitalised(end) && !self.has(end, Classes::TITLE) {
                end += 1;
            }
            if end == part {
                return part - 1 - usize::from(article);
            }
        }
    }

    fn word_or_last(&self, at: usize) -> &WordInfo {
        self.word(at.min(self.end - 1))
    }

    /// Returns the end of the name of a person that begins here.
    fn person_end(&self, at: usize, after_title: bool) -> Option<usize> {
        if !self.may_be_person(at) {
            return None;
        }
        let end = self.person_tail(at);
        let words = (at..end).filter(|next| self.word(*next).shape != Shape::Mark).count();
        let last_classes = self.word(end - 1).classes;
        let first = self.word(at);
        if after_title && self.casing == Casing::Sentence {
            let place = first.classes.has(Classes::SURE_PLACE) && words == 1;
            return (!place && first.shape != Shape::Letter).then_some(end);
        }
        let listed_first = first.classes.has(Classes::FIRST_NAME);
        let listed_last = last_classes.has(Classes::SURNAME);
        let common = first.classes.has(Classes::COMMON)
            && (at == self.start || self.casing != Casing::Sentence);
        let sure = match self.casing {
            Casing::Sentence => {
                let first_counts = listed_first && !common && !self.is_small(at);
                let initials = first.shape == Shape::Letter && listed_last;
                (first_counts && !last_classes.has(Classes::COMMON)) || initials
            }
            Casing::Headline | Casing::Capitals => {
                listed_first && listed_last && !common && !last_classes.has(Classes::COMMON)
            }
        };
        let sure = sure && self.is_apart(at, end) && self.listed_is_shorter(at, end);
        (words >= 2 && sure).then_some(end)
    }

    /// Tells whether a word stands somewhere in small letters.
    fn is_small(&self, at: usize) -> bool {
        self.small.contains(&self.word(at).form)
    }

    /// Tells whether the words up to `end` are more than one word with hyphens, and the last no noun
    /// that a hyphen joins: "Corona-Pandemie" and "Robert Koch-Institut" are no people.
    fn is_apart(&self, at: usize, end: usize) -> bool {
        let is_joined = |next: usize| &*self.word(next - 1).text == "-";
        let apart =
            (at + 1..end).any(|next| self.word(next).shape != Shape::Mark && !is_joined(next));
        apart && (!is_joined(end - 1) || self.has(end - 1, Classes::SURNAME | Classes::FIRST_NAME))
    }

    /// Tells whether no listed place or organization reaches as far as the name of a person would:
    /// "San Antonio", "Wells Fargo".
    fn listed_is_shorter(&self, at: usize, end: usize) -> bool {
        self.listed(at).is_none_or(|(listed_end, _)| listed_end < end)
    }

    fn may_be_person(&self, at: usize) -> bool {
        const NEVER: Classes = Classes::FUNCTION
            .or(Classes::CALENDAR)
            .or(Classes::DEMONYM)
            .or(Classes::TITLE)
            .or(Classes::HONORIFIC)
            .or(Classes::TITLE_MODIFIER);
        let word = self.word(at);
        let cased = match self.casing {
            Casing::Capitals => word.shape.is_capitalised(),
            _ => word.shape.is_capitalised() && word.shape != Shape::Capitals,
        };
        cased && !word.classes.has(NEVER)
    }

    fn person_tail(&self, at: usize) -> usize {
        let mut end = at + 1;
        while end < self.end && end < at + LONGEST_PERSON {
            let hyphen = &*self.word(end).text == "-"
                && !self.document.is_spaced(end)
                && self.is_capitalised(end + 1);
            let particle = self.word(end).shape == Shape::Lower
                && self.has(end, Classes::PARTICLE)
                && self.links_names(at, end)
                && self.is_person_word(end + 1 + usize::from(self.has(end + 1, Classes::PARTICLE)));
            if hyphen || particle || self.is_person_word(end) {
                end += 1;
            } else {
                break;
            }
        }
        end
    }

    /// Tells whether a particle at `end` links the parts of a name that begins at `at`. In German "der"
    /// alone is "of the", and "von" after a surname is "of": "Art der Heizung", "Jo Roe von der Stadt".
    fn links_names(&self, at: usize, end: usize) -> bool {
        const TITLES: &[&str] = &["Graf", "Gräfin", "Freiherr", "Freifrau", "Baron", "Prinz"];
        let before = self.word(end - 1);
        match &*self.word(end).text {
            "das" => !self.is_german,
            "der" | "des" | "dem" | "den" => before.classes.has(Classes::PARTICLE),
            "von" if end > at + 1 => {
                before.classes.has(Classes::FIRST_NAME) || TITLES.contains(&&*before.text)
            }
            _ => true,
        }
    }

    fn is_person_word(&self, at: usize) -> bool {
        const NEVER: Classes = Classes::FUNCTION
            .or(Classes::CALENDAR)
            .or(Classes::DEMONYM)
            .or(Classes::TITLE)
            .or(Classes::ORGANIZATION_HEAD)
            .or(Classes::COMPANY_SUFFIX);
        self.is_capitalised(at)
            && !self.word(at).classes.has(NEVER)
            && !(self.is_german && PRONOUNS.contains(&&*self.word(at).text))
            && (self.casing == Casing::Capitals || self.word(at).shape != Shape::Capitals)
    }
}

/// Names of places and companies that are ordinary words with a capital in other languages than
/// English, as they are written: those are names only after a preposition.
const ORDINARY: &[&str] = &[
    "Bild",
    "Brand",
    "Celle",
    "Essen",
    "Favoriten",
    "Halle",
    "Hof",
    "Island",
    "Male",
    "Mann",
    "Nacional",
    "Sud",
    "Süd",
    "Über",
    "Zug",
];

/// Pronouns that German writes with a capital within sentences.
const PRONOUNS: &[&str] = &["Sie", "Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihres"];

/// Tells whether a word and a head are a kind of organizations rather than one: "Social Media".
fn is_generic(word: &WordInfo, head: &WordInfo) -> bool {
    const KINDS: &[(&str, &str)] = &[
        ("Social", "Media"),
        ("Mass", "Media"),
        ("New", "Media"),
        ("Digital", "Media"),
        ("Fake", "News"),
        ("Breaking", "News"),
        ("Social", "Network"),
        ("Social", "Networks"),
        ("Call", "Center"),
        ("Public", "Relations"),
        ("Human", "Resources"),
        ("Venture", "Capital"),
        ("Private", "Equity"),
    ];
    KINDS.contains(&(&*word.text, &*head.text))
}

fn is_ordinary(word: &WordInfo) -> bool {
    ORDINARY.contains(&&*word.text)
}

/// Returns the end and the classes of the longest listed name that begins at a token and has one of
/// the classes `wanted`.
pub(crate) fn longest(
    document: &Document<'_>,
    at: usize,
    limit: usize,
    wanted: Classes,
) -> Option<(usize, Classes)> {
    longest_entry(document, at, limit, wanted).map(|(end, classes, _)| (end, classes))
}

/// Returns also the entry of that name.
pub(crate) fn longest_entry(
    document: &Document<'_>,
    at: usize,
    limit: usize,
    wanted: Classes,
) -> Option<(usize, Classes, Entry)> {
    let gazetteer = Gazetteer::get();
    let mut found = None;
    let mut key = EMPTY;
    let mut casing = NameCasing::default();
    for next in at..limit {
        let word = document.word(next);
        key = extend(key, word.key);
        let entry = if next == at { word.entry } else { gazetteer.entry(key) };
        let Some(entry) = entry else { break };
        // "Co-operation" is one word to a reader.
        let goes_on_word = next > at
            && matches!(&*document.word(next - 1).text, "-" | "‐" | "‑")
            && !document.is_spaced(next);
        casing.add(word, goes_on_word);
        let classes = entry.classes(casing.in_capitals);
        if classes.has(wanted) && casing.is_of_name() {
            found = Some((next + 1, classes, entry));
        }
        if !entry.goes_on {
            break;
        }
    }
    found
}

/// Whether words are capitalised as a name is: "al Qaeda" and "Bank of England" are, "bank of
/// england" is not.
struct NameCasing {
    any_capitalised: bool,
    any_long_small: bool,
    in_capitals: bool,
}

impl Default for NameCasing {
    fn default() -> Self {
        Self { any_capitalised: false, any_long_small: false, in_capitals: true }
    }
}

impl NameCasing {
    const LONGEST_SMALL_WORD: usize = 3;

    fn add(&mut self, word: &WordInfo, goes_on_word: bool) {
        let small = word.shape == Shape::Lower && !goes_on_word;
        self.any_long_small |= small && word.text.len() > Self::LONGEST_SMALL_WORD;
        self.any_capitalised |= word.shape.is_capitalised() || word.shape == Shape::Ideograph;
        self.in_capitals &= !matches!(word.shape, Shape::Lower | Shape::Initial | Shape::Mixed);
    }

    fn is_of_name(&self) -> bool {
        self.any_capitalised && !self.any_long_small
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Reader;
    use super::*;

    fn tag(text: &str) -> Vec<(&'static str, String)> {
        tag_in(None, text)
    }

    fn in_german(text: &str) -> Vec<(&'static str, String)> {
        tag_in(Language::parse("de"), text)
    }

    fn tag_in(language: Option<Language>, text: &str) -> Vec<(&'static str, String)> {
        let mut reader = Reader::new();
        let document = reader.read("", text);
        let mut names = Vec::new();
        RuleTagger.tag(&document, language, &mut Memory::default(), &mut names).unwrap();
        names
            .iter()
            .map(|name| {
                let (_, span) = document.place(name.start, name.end);
                (name.kind.as_str(), span.of(text).to_owned())
            })
            .collect()
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = tag(text);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(kind, name)| (*kind, name.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn titles_and_first_names_make_people() {
        check(
            "Russian Foreign Minister Sergei Lavrov met US Secretary of State Anthony Blinken.",
            &[("person", "Sergei Lavrov"), ("place", "US"), ("person", "Anthony Blinken")],
        );
        check(
            "It was said by Dr. Okonkwo and Ursula von der Leyen.",
            &[("person", "Okonkwo"), ("person", "Ursula von der Leyen")],
        );
    }

    #[test]
    fn heads_make_organizations() {
        check(
            "Talks at the Organization for Security and Cooperation in Europe ended, the Russian \
             Foreign Ministry said after the Russia-NATO Council met.",
            &[
                ("organization", "Organization for Security and Cooperation in Europe"),
                ("organization", "Russian Foreign Ministry"),
                ("organization", "Russia-NATO Council"),
            ],
        );
    }

    #[test]
    fn pronouns_and_common_words_are_no_names() {
        check("He told us: Who are they? Reading is nice. The Council met on Monday.", &[]);
        check(
            "We sailed to Nice, France, and near Reading.",
            &[("place", "Nice"), ("place", "France"), ("place", "Reading")],
        );
    }

    #[test]
    fn ordinary_nouns_with_a_capital_are_no_names() {
        check("Die Corona-Pandemie traf das Robert-Koch-Institut.", &[]);
        check("Kein Wunder: Wenn Sie Geld haben, sagt sie, haben sie Zeit.", &[]);
        check("Ein Mann fuhr mit dem Zug über Nacht.", &[]);
        check(
            "Frank-Walter Steinmeier fuhr mit Alexandria Ocasio-Cortez nach Essen.",
            &[
                ("person", "Frank-Walter Steinmeier"),
                ("person", "Alexandria Ocasio-Cortez"),
                ("place", "Essen"),
            ],
        );
    }

    #[test]
    fn other_scripts_go_by_the_lists() {
        check("Сергей Лавров прибыл.", &[("person", "Сергей Лавров")]);
    }

    #[test]
    fn german_articles_and_genitives_make_no_names() {
        assert!(tag("Wir erklären, wie die Welt sich dreht.").is_empty());
        assert!(tag("Die Welt dreht sich.").is_empty());
        assert_eq!(tag("Das schreibt Die Welt heute."), [("organization", "Die Welt".to_owned())]);
        assert!(tag("Es kommt auf die Art der Heizung an.").is_empty());
        let person = |text: &str| tag(text).iter().map(|(_, name)| name.clone()).next();
        let named = person("Das sagt Peter Müller von der Arbeitsgemeinschaft.");
        assert_eq!(named.as_deref(), Some("Peter Müller"));
        let named = person("Das sagt Ursula von der Leyen heute.");
        assert_eq!(named.as_deref(), Some("Ursula von der Leyen"));
        assert!(in_german("Solange Sie wollen, bleibt die Lage das Problem.").is_empty());
        assert!(tag("Viel davon steht auf Social Media und im Netz.").is_empty());
        assert!(tag("Es ist auf einer Social-Media Seite zu sehen.").is_empty());
    }
}
