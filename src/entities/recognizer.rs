//! From an article to its mentions: tokens, names, entities.

use super::document::{Document, Reader};
use super::error::TaggingError;
use super::gazetteer::Gazetteer;
use super::memory::Memory;
use super::perceptron::PerceptronTagger;
use super::resolve::Resolver;
use super::rules::RuleTagger;
use super::tagger::{Name, Tagger};
use crate::article::{Article, ArticleTokens, EntityMention};
use crate::text::Language;

/// Recognizes people, organizations and places in articles; shared by all workers.
pub struct Recognizer {
    tagger: Box<dyn Tagger>,
}

/// What one worker reuses from article to article.
pub struct Scratch {
    reader: Reader,
    memory: Memory,
    names: Vec<Name>,
    resolver: Resolver,
}

impl Scratch {
    /// Returns the number of words, clitics and marks of the article that was recognized last.
    pub fn token_count(&self) -> usize {
        self.reader.token_count()
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            reader: Reader::new(),
            memory: Memory::default(),
            names: Vec::new(),
            resolver: Resolver::default(),
        }
    }
}

/// The taggers of the program, one for English and one for the other languages.
pub(super) struct BuiltIn {
    trained: PerceptronTagger,
    rules: RuleTagger,
}

impl Default for BuiltIn {
    fn default() -> Self {
        Self { trained: PerceptronTagger::built_in(), rules: RuleTagger }
    }
}

impl Tagger for BuiltIn {
    fn tag(
        &self,
        document: &Document<'_>,
        language: Option<Language>,
        memory: &mut Memory,
        names: &mut Vec<Name>,
    ) -> Result<(), TaggingError> {
        match language {
            None | Some(Language::ENGLISH) => self.trained.tag(document, language, memory, names),
            Some(_) => self.rules.tag(document, language, memory, names),
        }
    }
}

impl Default for Recognizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Recognizer {
    /// Returns a recognizer with the taggers of the program: the trained one for English and for
    /// articles whose language is not known, rules for all others.
    pub fn new() -> Self {
        Self::with_tagger(Box::new(BuiltIn::default()))
    }

    /// Returns a recognizer with another tagger.
    pub fn with_tagger(tagger: Box<dyn Tagger>) -> Self {
        // The workers of a run would wait for each other to read them.
        Gazetteer::get();
        Self { tagger }
    }

    /// Returns the mentions in headline and body, those of the headline first, in order.
    ///
    /// # Errors
    /// When the tagger fails on this article. Those of the program never do.
    pub fn recognize(
        &self,
        title: &str,
        body: &str,
        language: Option<Language>,
        scratch: &mut Scratch,
    ) -> Result<Vec<EntityMention>, TaggingError> {
        self.mentions(title, body, &ArticleTokens::of(title, body), language, scratch)
    }

    fn mentions(
        &self,
        title: &str,
        body: &str,
        words: &ArticleTokens,
        language: Option<Language>,
        scratch: &mut Scratch,
    ) -> Result<Vec<EntityMention>, TaggingError> {
        let document: Document<'_> = scratch.reader.read_words(title, body, words);
        scratch.names.clear();
        self.tagger.tag(&document, language, &mut scratch.memory, &mut scratch.names)?;
        Ok(scratch.resolver.resolve(&document, &scratch.names))
    }

    /// Fills in the mentions of an article, whose words are these.
    ///
    /// # Errors
    /// When the tagger fails on this article, which is then left as it is.
    pub fn enrich(
        &self,
        article: &mut Article,
        words: &ArticleTokens,
        scratch: &mut Scratch,
    ) -> Result<(), TaggingError> {
        let language = article.language.as_ref().map(|language| language.value);
        article.mentions =
            self.mentions(article.title_text(), &article.body, words, language, scratch)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::article::{EntityKind, MentionField};
    use proptest::prelude::*;

    fn names(title: &str, body: &str, kind: EntityKind) -> BTreeSet<String> {
        let mut scratch = Scratch::default();
        let mentions = Recognizer::new().recognize(title, body, None, &mut scratch).unwrap();
        mentions.into_iter().filter(|mention| mention.kind == kind).map(|m| m.entity).collect()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    const TALKS: &str = "The alliance will not send troops to Ukraine, NATO Secretary General Jens \
        Stoltenberg told CNN on Tuesday. Stoltenberg added that an answer to Russia would be sent \
        together with the United States.\n\nWhite House spokeswoman Jen Psaki said US President Joe \
        Biden was sure of it. “Biden is convinced,” Psaki’s deputy added.\n\nRussian Foreign Minister \
        Sergei Lavrov denied this, and the Foreign Ministry repeated it. Lavrov had met U.S. Secretary \
        of State Anthony Blinken in Geneva.\n\nThe Russia-NATO Council met in Brussels, and talks went \
        on in Vienna at the Organization for Security and Cooperation in Europe (OSCE). The OSCE \
        said nothing. A draft by the Russian Foreign Ministry named Transcaucasia and Central Asia.";

    #[test]
    fn names_of_a_diplomatic_story() {
        let title = "NATO SAYS NO TROOPS WILL GO TO UKRAINE, STOLTENBERG CALM";
        assert_eq!(
            names(title, TALKS, EntityKind::Person),
            set(&[
                "Jens Stoltenberg",
                "Jen Psaki",
                "Joe Biden",
                "Sergei Lavrov",
                "Anthony Blinken"
            ])
        );
        assert_eq!(
            names(title, TALKS, EntityKind::Organization),
            set(&[
                "NATO",
                "CNN",
                "White House",
                "Russian Foreign Ministry",
                "Russia-NATO Council",
                "Organization for Security and Cooperation in Europe"
            ])
        );
        assert_eq!(
            names(title, TALKS, EntityKind::Place),
            set(&[
                "Ukraine",
                "Russia",
                "United States",
                "Geneva",
                "Brussels",
                "Vienna",
                "Transcaucasia",
                "Central Asia"
            ])
        );
    }

    #[test]
    fn headlines_in_capitals_name_the_same_entities() {
        let mut scratch = Scratch::default();
        let title = "LAVROV IN GENEVA FOR TALKS";
        let mentions = Recognizer::new().recognize(title, TALKS, None, &mut scratch).unwrap();
        let title: Vec<&str> = mentions
            .iter()
            .filter(|mention| mention.field == MentionField::Title)
            .map(|mention| mention.entity.as_str())
            .collect();
        assert_eq!(title, ["Sergei Lavrov", "Geneva"]);
    }

    #[test]
    fn an_article_read_before_changes_nothing() {
        let recognizer = Recognizer::new();
        let mut used = Scratch::default();
        recognizer.recognize("", TALKS, None, &mut used).unwrap();
        let text = "Lavrov spoke. The Foreign Ministry of Japan agreed.";
        let fresh = recognizer.recognize("", text, None, &mut Scratch::default()).unwrap();
        assert_eq!(recognizer.recognize("", text, None, &mut used).unwrap(), fresh);
    }

    proptest! {
        #[test]
        fn mentions_lie_on_boundaries_in_order(
            title in "([A-Z][a-z]{0,4}|NATO|é|\\(|'s|\\.| ){0,12}",
            body in "(Mr\\.|Lavrov|Sergei |Bank of |[A-Z]{2,4}|[a-zé]{1,4}|’s|\\n\\n|北约|[ .,()-]){0,60}",
        ) {
            let mut scratch = Scratch::default();
            let mentions =
                Recognizer::new().recognize(&title, &body, None, &mut scratch).unwrap();
            let mut last = (MentionField::Title, 0);
            for mention in mentions {
                let text = if mention.field == MentionField::Title { &title } else { &body };
                prop_assert!(!mention.span.is_empty() && text.get(mention.span.range()).is_some());
                prop_assert!((mention.field, mention.span.start) >= last);
                prop_assert!(!mention.entity.trim().is_empty());
                last = (mention.field, mention.span.end);
            }
        }
    }
}
