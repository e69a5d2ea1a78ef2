//! The news agencies whose report a page says that its article is: among the authors that it states or
//! marks, or in a line of their own beside the headline.

use super::authors::{AUTHOR_METAS, is_of_article, is_usable};
use super::metadata::Metadata;
use super::zone::Zone;
use crate::article::{Agency, EvidenceKind, Sourced};
use crate::ingest::extract::agency;

/// The blocks below the headline among which an agency is credited.
const NEAREST_BLOCKS: usize = 6;

impl Metadata<'_> {
    /// Returns the agencies that the page credits, from the most trusted place that names any.
    pub(super) fn agencies(&self, headline_at: usize) -> Option<Sourced<Vec<Agency>>> {
        let stated = self.data.authors.iter();
        let stated = stated.map(|name| (agency::in_credit(name), EvidenceKind::JsonLd, name));
        let metas = self.page.metas.iter().filter(|(key, _)| AUTHOR_METAS.contains(&key.as_str()));
        let metas = metas.map(|(_, name)| (agency::in_credit(name), EvidenceKind::Meta, name));
        let marked =
            self.page.credits.iter().filter(|credit| {
                is_usable(credit, headline_at) && !credit.zone.is_any(Zone::CAPTION)
            });
        let marked = marked
            .map(|credit| (agency::in_credit(&credit.text), EvidenceKind::Markup, &credit.text));
        let blocks = self.page.blocks.iter().enumerate().skip(headline_at + 1).take(NEAREST_BLOCKS);
        let lines = blocks.filter(|(at, block)| {
            is_of_article(block.zone, *at, headline_at) && !block.zone.is_any(Zone::CAPTION)
        });
        let lines =
            lines.map(|(_, block)| (agency::in_line(&block.text), EvidenceKind::Text, &block.text));
        let mut credits = stated.chain(metas).chain(marked).chain(lines);
        let (agencies, kind, credit) = credits.find(|(agencies, ..)| !agencies.is_empty())?;
        Some(Sourced::new(agencies, kind, format!("`{credit}`")))
    }
}
