//! Articles like another one: a query made of its telling words.

use crate::article::ArticleId;
use crate::query::{Filter, QueryAst, Word};

/// Returns the query for articles that hold some of `words` in any inflection, but for those whose
/// ids are `except`.
///
/// It is a query like any other, so filters, counts and highlights mean for it what they mean for one
/// that was typed.
pub fn similar_query(words: &[String], except: impl IntoIterator<Item = ArticleId>) -> QueryAst {
    let wanted = QueryAst::any(words.iter().map(|word| Word::stem(word.as_str()).into()));
    let others = except.into_iter().map(|id| QueryAst::from(Filter::Id(id)).negated());
    QueryAst::all(std::iter::once(wanted).chain(others))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::SourceLocator;

    #[test]
    fn any_of_the_words_will_do_in_other_articles() {
        let id = ArticleId::of(&SourceLocator::file("a.txt"));
        let query = similar_query(&["gas".to_owned(), "pipeline".to_owned()], [id]);
        assert_eq!(query.to_string(), format!("(gas OR pipeline) AND NOT id:{id}"));
    }
}
