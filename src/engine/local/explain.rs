//! Why a hit stands where it stands: its score taken apart, in words.

use tantivy::Searcher;

use crate::search::Error;

use super::collect::DateOrder;
use super::engine_error;
use super::rank::{Bonus, BonusReason, Ranking};
use super::selection::{Found, Order};
use super::statistics::LiveStatistics;

/// What a score may differ from the sum of its parts by.
const ROUNDING: f64 = 1e-6;

/// Returns for each hit the reasons for its place, a sentence a reason.
pub(super) fn explanations(
    searcher: &Searcher,
    order: Order,
    ranking: &Ranking,
    statistics: &LiveStatistics<'_>,
    found: &[Found],
) -> Result<Vec<Vec<String>>, Error> {
    let by_date = match order {
        Order::Relevance => None,
        Order::Date(DateOrder::Newest) => Some("newest first: nothing is scored"),
        Order::Date(DateOrder::Oldest) => Some("oldest first: nothing is scored"),
    };
    if let Some(reason) = by_date {
        return Ok(found.iter().map(|_| vec![reason.to_owned()]).collect());
    }
    let explanation = |found| score_in_words(searcher, ranking, statistics, found);
    found.iter().map(explanation).collect::<tantivy::Result<_>>().map_err(engine_error)
}

fn score_in_words(
    searcher: &Searcher,
    ranking: &Ranking,
    statistics: &LiveStatistics<'_>,
    found: &Found,
) -> tantivy::Result<Vec<String>> {
    let scores = ranking.leaf_scores(searcher, statistics, found.address)?;
    let parts = ranking.leaves.iter().zip(&scores).filter(|(_, score)| **score > 0.0);
    let mut reasons = vec![format!("score {:.4}", found.score)];
    reasons.extend(parts.map(|(leaf, score)| format!("`{}` adds {score:.4}", leaf.label)));
    // Closeness counts among the best articles only.
    let factor = ranking.age_factor(&found.key);
    if found.score / factor - scores.iter().sum::<f64>() > ROUNDING {
        let bonuses = ranking.bonuses(searcher, statistics, found.address)?;
        let bonuses = bonuses.iter().filter(|bonus| bonus.adds > 0.0);
        reasons.extend(bonuses.map(|bonus| bonus_in_words(ranking, *bonus)));
    }
    if ranking.recency.is_some() {
        reasons.push(format!("its age multiplies the sum by {factor:.4}"));
    }
    Ok(reasons)
}

fn bonus_in_words(ranking: &Ranking, bonus: Bonus) -> String {
    let word = |number: usize| &ranking.words[number].label;
    match bonus.reason {
        BonusReason::Close => format!(
            "`{}` and `{}` stand close together, which adds {:.4}",
            word(bonus.word),
            word(bonus.word + 1),
            bonus.adds
        ),
        BonusReason::Lead => {
            format!("`{}` stands in the lead, which adds {:.4}", word(bonus.word), bonus.adds)
        }
    }
}
