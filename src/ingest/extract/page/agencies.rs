//! The news agencies whose report a page says that its article is: among the authors that it states or
//! marks, or in a line of their own beside the headline or right below the text.

use super::authors::{
    AUTHOR_METAS, ELSEWHERE, MOST_AFTER_TEXT, is_of_article, is_prose, is_usable,
};
use super::metadata::Metadata;
use super::model::Block;
use super::zone::Zone;
use crate::article::{Agency, EvidenceKind, Sourced};
use crate::ingest::extract::agency;

/// The blocks below the headline among which an agency is credited.
const NEAREST_BLOCKS: usize = 6;

impl Metadata<'_> {
    /// Returns the agencies that the page credits, from the most trusted place that names any.
    pub(super) fn agencies(&self, headline_at: usize) -> Option<Sourced<Vec<Agency>>> {
        // Some agencies count only beside a person.
        let all_stated = self.data.authors.join(", ");
        let stated = std::iter::once((&all_stated, EvidenceKind::JsonLd));
        let metas = self.page.metas.iter().filter(|(key, _)| AUTHOR_METAS.contains(&key.as_str()));
        let metas = metas.map(|(_, name)| (name, EvidenceKind::Meta));
        let marked =
            self.page.credits.iter().filter(|credit| {
                is_usable(credit, headline_at) && !credit.zone.is_any(Zone::CAPTION)
            });
        let marked = marked.map(|credit| (&credit.text, EvidenceKind::Markup));
        let mut credits = stated.chain(metas).chain(marked);
        let found =
            credits.find_map(|(credit, kind)| of_text(agency::in_credit(credit), kind, credit));
        found.or_else(|| {
            let below = std::iter::once_with(|| self.blocks_below_text(headline_at)).flatten();
            let mut blocks = self.blocks_beside_headline(headline_at).chain(below);
            blocks.find_map(|block| {
                let agencies = agency::in_line(&block.text)
                    .or_else(|| agency::in_line_with_source(&block.text));
                of_text(agencies, EvidenceKind::Text, &block.text)
            })
        })
    }

    /// Returns the nearest blocks below the headline that are about the article.
    fn blocks_beside_headline(&self, headline_at: usize) -> impl Iterator<Item = &Block> {
        let blocks = self.page.blocks.iter().enumerate().skip(headline_at + 1).take(NEAREST_BLOCKS);
        let blocks = blocks.filter(move |(at, block)| {
            is_of_article(block.zone, *at, headline_at) && !block.zone.is_any(Zone::CAPTION)
        });
        blocks.map(|(_, block)| block)
    }

    /// Returns the blocks right below the last paragraph of the text.
    fn blocks_below_text(&self, headline_at: usize) -> Vec<&Block> {
        let blocks = self.page.blocks.iter().skip(headline_at + 1);
        let mut blocks: Vec<&Block> =
            blocks.filter(|block| !block.zone.is_any(ELSEWHERE | Zone::CAPTION)).collect();
        let last = blocks.iter().rposition(|block| is_prose(block));
        let mut below = last.map(|last| blocks.split_off(last + 1)).unwrap_or_default();
        below.truncate(MOST_AFTER_TEXT);
        below
    }
}

/// Returns the agencies, if a credit of the page names any.
fn of_text(
    agencies: Option<Vec<Agency>>,
    kind: EvidenceKind,
    credit: &str,
) -> Option<Sourced<Vec<Agency>>> {
    Some(Sourced::new(agencies?, kind, format!("`{credit}`")))
}
