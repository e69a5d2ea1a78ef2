//! When a page was published: the places that say so, from the most to the least trusted.
//!
//! The order follows how often each place was right on pages with known dates: what JSON-LD and
//! `meta` elements state, the earlier of the two; the address; marked `time` elements; the date of
//! creation; other `time` elements; classes and ids; the first date near the headline; one that is called so; the date of
//! change. Copyright years are never believed.

use chrono::Datelike;

use super::json_ld::LinkedData;
use super::model::{Block, DateMark, MarkedDate, Page};
use super::zone::Zone;
use crate::article::{Confidence, DatePrecision, EvidenceKind, PublicationDate, Sourced};
use crate::ingest::FileContext;
use crate::ingest::extract::date::{self, NumericOrder};
use crate::ingest::extract::fields;

type Found = Option<Sourced<PublicationDate>>;

/// `meta` elements that state the time of publication.
const PUBLISHED_METAS: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "og:article:published_time",
    "article.published",
    "published_time",
    "publication_date",
    "publish_date",
    "publishdate",
    "publish-date",
    "published-date",
    "published_at",
    "pubdate",
    "pub_date",
    "cxenseparse:recs:publishtime",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.available",
    "date",
    "bt:pubdate",
    "citation_publication_date",
    "citation_online_date",
    "rnews:datepublished",
    "timestamp",
    "article_date_original",
    "originalpublicationdate",
    "displaydate",
    "content_create_date",
    "dc.date.publication",
    "shareaholic:article_published_time",
    "vr:published_time",
    "eomportal-lastupdate",
    "created",
    "article:post_date",
    "doc_date",
    "dateposted",
    "release_date",
    "dc.terms.issued",
    "gentics-publication-date",
    "dcsext.articlefirstpublished",
    "prism.publicationdate",
    "issued",
    "og:pubdate",
    "mediator_published_time",
];

/// `meta` elements that state the time of creation.
const CREATED_METAS: &[&str] = &[
    "dc.date.created",
    "dcterms.created",
    "datecreated",
    "dc.created",
    "creation_date",
    "dc.terms.created",
];

/// `meta` elements that state the time of the last change.
const MODIFIED_METAS: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "dc.date.modified",
    "revision_date",
    "date_modified",
    "modified",
    "lastmodified",
    "dc.date.lastmodified",
];

/// The blocks around the headline in which a date is looked for.
const NEAR_BLOCKS: usize = 12;

/// The blocks from the headline on that are about the article whatever they are called.
const NEAREST_BLOCKS: usize = 4;

/// The longest label and the longest date that stand in blocks of their own, in characters.
const LONGEST_DATE: usize = 40;

/// Finds the date of publication.
pub(super) struct DateChain<'page> {
    pub(super) page: &'page Page,
    pub(super) data: &'page LinkedData,
    pub(super) url: Option<&'page str>,
    pub(super) context: &'page FileContext,
    pub(super) order: NumericOrder,
    /// The number of blocks before the headline.
    pub(super) headline_at: usize,
}

impl DateChain<'_> {
    /// Returns the date of the first place that states an acceptable day, or else an acceptable month
    /// or year.
    pub(super) fn find(&self) -> Found {
        let places: [&dyn Fn() -> Found; 10] = [
            &|| self.stated().map(|stated| self.on_its_day(stated)),
            &|| self.url_date(),
            &|| self.marked(DateMark::Published, EvidenceKind::Markup),
            &|| self.created(),
            &|| self.marked(DateMark::Time, EvidenceKind::Markup),
            &|| self.marked(DateMark::Class, EvidenceKind::Markup),
            &|| self.near_headline(),
            &|| self.labelled(),
            &|| self.modified(),
            &|| self.dates_near_headline().next(),
        ];
        let mut vague: Option<Sourced<PublicationDate>> = None;
        for found in places.iter().filter_map(|place| place()) {
            // A day counts when it is in the month or year that a more trusted place states.
            let is_inside = vague.as_ref().is_none_or(|vague| {
                (vague.value.first_day()..=vague.value.last_day())
                    .contains(&found.value.first_day())
            });
            if is_inside && found.value.precision() >= DatePrecision::Day {
                return Some(found);
            }
            vague = vague.or(Some(found));
        }
        vague
    }

    /// Returns what JSON-LD or `meta` elements state, the earlier where they differ: the later is a
    /// change that the publisher calls a publication.
    fn stated(&self) -> Found {
        let json_ld = self
            .data
            .published
            .as_deref()
            .and_then(|text| self.read(text, EvidenceKind::JsonLd, "datePublished"));
        let meta = self.metas(PUBLISHED_METAS);
        let (Some(one), Some(two)) = (&json_ld, &meta) else { return json_ld.or(meta) };
        let (one_day, two_day) = (one.value.first_day(), two.value.first_day());
        // A lone year or month says less than the day the other gives.
        let vague = one.value.precision() != two.value.precision()
            && one.value.precision() > two.value.precision();
        if two_day < one_day && !vague { meta } else { json_ld }
    }

    /// Returns the local day of a time that is stated in UTC: the one in the address or the one that
    /// readers see, where it is the day before or after.
    fn on_its_day(&self, stated: Sourced<PublicationDate>) -> Sourced<PublicationDate> {
        let is_neighbour = |found: &Sourced<PublicationDate>| {
            (found.value.first_day() - stated.value.first_day()).num_days().abs() == 1
                && found.value.precision() >= DatePrecision::Day
        };
        if let Some(found) = self.url_date().filter(is_neighbour) {
            return found;
        }
        let is_utc = stated.value.offset().is_some_and(|offset| offset.local_minus_utc() == 0);
        if !is_utc {
            return stated;
        }
        self.seen().filter(is_neighbour).unwrap_or(stated)
    }

    /// Returns the date that readers see: the text that is marked nearest to the headline, or one
    /// beside it.
    fn seen(&self) -> Found {
        let mut marks: Vec<&MarkedDate> = self
            .page
            .dates
            .iter()
            .filter(|date| {
                date.mark != DateMark::Modified
                    && !is_elsewhere(date.zone, date.position, self.headline_at)
            })
            .collect();
        marks.sort_by_key(|date| self.distance(date));
        let marked =
            marks.into_iter().find_map(|date| self.read_seen(&date.text, EvidenceKind::Markup));
        marked.or_else(|| self.near_headline())
    }

    fn read_seen(&self, text: &str, kind: EvidenceKind) -> Found {
        let found = date::find_first(text, self.order)?;
        if found.day.is_none() && found.span.len() < text.trim().len() {
            return None;
        }
        self.accept(Sourced::new(found.to_date()?, kind, format!("`{text}`")))
    }

    fn metas(&self, names: &[&str]) -> Found {
        names.iter().find_map(|name| {
            let values = self.page.metas.iter().filter(|(key, _)| key == name);
            values.filter_map(|(_, value)| self.read(value, EvidenceKind::Meta, name)).next()
        })
    }

    fn url_date(&self) -> Found {
        let found = fields::date_in_path(path_of(self.url?), EvidenceKind::Url)?;
        self.accept(found)
    }

    fn created(&self) -> Found {
        let json_ld = self
            .data
            .created
            .as_deref()
            .and_then(|text| self.read(text, EvidenceKind::JsonLd, "dateCreated"));
        json_ld.or_else(|| self.metas(CREATED_METAS))
    }

    fn modified(&self) -> Found {
        let json_ld = self
            .data
            .modified
            .as_deref()
            .and_then(|text| self.read(text, EvidenceKind::JsonLd, "dateModified"));
        let found = self
            .metas(MODIFIED_METAS)
            .or(json_ld)
            .or_else(|| self.marked(DateMark::Modified, EvidenceKind::Markup));
        found.map(|found| fields::with_confidence(found, Confidence::Low))
    }

    /// Returns the date marked so that stands nearest to the headline, those of comments, teasers
    /// and the like left out.
    fn marked(&self, mark: DateMark, kind: EvidenceKind) -> Found {
        let candidates = self.page.dates.iter().filter(|date| {
            date.mark == mark && !is_elsewhere(date.zone, date.position, self.headline_at)
        });
        let mut best: Option<(usize, Sourced<PublicationDate>)> = None;
        for candidate in candidates {
            let distance = self.distance(candidate);
            if best.as_ref().is_some_and(|(least, _)| *least <= distance) {
                continue;
            }
            if let Some(found) = self.read_marked(candidate, kind) {
                best = Some((distance, found));
            }
        }
        best.map(|(_, found)| found)
    }

    /// Returns how far from the headline a date stands; before it counts double.
    fn distance(&self, date: &MarkedDate) -> usize {
        if date.position >= self.headline_at {
            date.position - self.headline_at
        } else {
            2 * (self.headline_at - date.position)
        }
    }

    fn read_marked(&self, date: &MarkedDate, kind: EvidenceKind) -> Found {
        let from_attribute =
            date.attribute.as_deref().and_then(|text| self.read(text, kind, "time"));
        from_attribute.or_else(|| self.read_seen(&date.text, kind))
    }

    /// Returns the first day in the blocks about the headline that are little else than a date.
    fn near_headline(&self) -> Found {
        self.dates_near_headline().find(|found| found.value.precision() >= DatePrecision::Day)
    }

    /// Returns the dates in the blocks about the headline, those of months and years in blocks that are
    /// nothing else.
    fn dates_near_headline(&self) -> impl Iterator<Item = Sourced<PublicationDate>> {
        let first = self.headline_at.saturating_sub(2);
        let blocks = self.page.blocks.iter().enumerate().skip(first).take(NEAR_BLOCKS);
        let short = blocks.filter(|(at, block)| {
            block.chars <= 120 && !is_elsewhere(block.zone, *at, self.headline_at)
        });
        short.filter_map(|(_, block)| self.read_seen(&block.text, EvidenceKind::Text))
    }

    /// Returns the date of the first block, wherever it stands, that says that it is one of
    /// publication, or that follows such a label.
    fn labelled(&self) -> Found {
        let is_usable = |block: &&Block| {
            block.chars <= 200 && !block.zone.is_any(Zone::COMMENTS | Zone::RELATED)
        };
        let mut follows_label = false;
        for block in self.page.blocks.iter().filter(is_usable) {
            let is_labelled = is_labelled(&block.text);
            if is_labelled || follows_label && block.chars <= LONGEST_DATE {
                let found = self.read_seen(&block.text, EvidenceKind::Text);
                if found.is_some() {
                    return found;
                }
            }
            follows_label = is_labelled && block.chars <= LONGEST_DATE;
        }
        None
    }

    fn read(&self, text: &str, kind: EvidenceKind, name: &str) -> Found {
        let value = date::parse_in_order(text, self.order)?;
        self.accept(Sourced::new(value, kind, format!("{name} `{text}`")))
    }

    fn accept(&self, found: Sourced<PublicationDate>) -> Found {
        let day = found.value.first_day();
        // What was never set is written as the first second of 1970.
        let is_unset = day.year() == 1970 && day.ordinal() == 1;
        // A digitised archive may state any year; a date in the text before the web is of its matter.
        let is_stated = matches!(
            found.evidence.kind,
            EvidenceKind::JsonLd | EvidenceKind::Meta | EvidenceKind::Url
        );
        let is_old = !is_stated && day.year() < 1990;
        let is_acceptable = date::is_acceptable(&found.value, self.context.modified);
        (!is_unset && !is_old && is_acceptable).then_some(found)
    }
}

/// Tells whether a text has a word for publishing.
fn is_labelled(text: &str) -> bool {
    const LABELS: &[&str] = &[
        "published",
        "posted",
        "publication",
        "veröffentlich",
        "erschienen",
        "publiziert",
        "pressemitteilung",
        "stand:",
        "datum:",
        "date:",
        "fecha:",
        "vom ",
        "publié",
        "mis en ligne",
        "mise en ligne",
        "paru",
        "publicad",
        "pubblicat",
        "geplaatst",
        "gepubliceerd",
        "opublikowan",
        "dodano",
        "опубликован",
        "опубліковано",
        "дата",
        "publicerad",
        "publisert",
        "offentliggjort",
        "julkaistu",
        "megjelent",
        "yayın",
        "publicat",
        "δημοσιε",
        "نشر",
        "发布",
        "發布",
        "公開",
        "게재",
        "등록",
    ];
    let lower = text.to_lowercase();
    LABELS.iter().any(|label| lower.contains(label))
}

/// Tells whether a part of the page is not about its article: by what it is called, except where it
/// stands right below the headline, of which themes make an aside or a teaser too.
fn is_elsewhere(zone: Zone, position: usize, headline_at: usize) -> bool {
    let never = Zone::COMMENTS | Zone::FOOTER | Zone::NAVIGATION;
    let is_near = (headline_at..=headline_at + NEAREST_BLOCKS).contains(&position);
    zone.is_any(never) || !is_near && zone.is_any(Zone::RELATED | Zone::ASIDE | Zone::PROMOTION)
}

/// Returns the path of an address: a date in the host or the query is not one of publication.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let start = rest.find('/').unwrap_or(rest.len());
    rest[start..].split(['?', '#']).next().unwrap_or_default()
}
