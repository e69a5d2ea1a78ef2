//! When a page was published: the places that say so, from the most to the least trusted.
//!
//! The order follows how often each place was right on pages with known dates: what JSON-LD and
//! `meta` elements state, the earlier of the two; the address; marked `time` elements; the date of
//! creation; other `time` elements; a block below the headline that is a day; classes and ids; the
//! first date near the headline; one that is called so; one in a credit; one that opens the text;
//! what scripts state; the date of change, stated or called so; and last what only dates the file,
//! the thread or a list in which the article stands. Copyright years are never believed, nor a day
//! in a sentence.

use std::ops::Range;

use chrono::{Datelike, Timelike};

use super::date_words::{
    CHANGING, COPYRIGHT, CREATED_METAS, LOOSE_METAS, MODIFIED_METAS, PUBLISHED_METAS, after_label,
    is_of_other,
};
use super::json_ld::LinkedData;
use super::model::{Block, DateMark, MarkedDate, Page};
use super::zone::Zone;
use crate::article::{Confidence, DatePrecision, EvidenceKind, PublicationDate, Sourced};
use crate::ingest::FileContext;
use crate::ingest::extract::date::{self, NumericOrder};
use crate::ingest::extract::date_line::{self, Label, PUBLISHING, is_labelled};
use crate::ingest::extract::fields;
use crate::text::Language;

type Found = Option<Sourced<PublicationDate>>;

/// Languages of news from where clocks show Central European time.
const CENTRAL_EUROPEAN: &[&str] = &[
    "de", "fr", "it", "nl", "pl", "cs", "sk", "sl", "hr", "hu", "sv", "nb", "nn", "da", "sq", "mk",
];

/// The blocks around the headline in which a date is looked for.
const NEAR_BLOCKS: usize = 12;

/// The blocks above the headline in which its date is looked for.
const BLOCKS_ABOVE: usize = 4;

/// How far from the headline, in blocks, a date that only a class marks is believed to be the one of the
/// article rather than of an event, a teaser or a comment.
const FARTHEST_CLASS: usize = 60;

/// The blocks right above and right below the headline: its kicker or date, and its line of credits.
const BLOCKS_RIGHT_ABOVE: usize = 2;
const BLOCKS_RIGHT_BELOW: usize = 2;

/// The blocks from the headline on that are about the article whatever they are called.
const NEAREST_BLOCKS: usize = 8;

/// The longest label and the longest date that stand in blocks of their own, in characters.
const LONGEST_DATE: usize = 40;

/// The longest line that a date is part of, in characters: a credit, the name of a press release.
const LONGEST_DATED_LINE: usize = 100;

/// Finds the date of publication.
pub(super) struct DateChain<'page> {
    pub(super) page: &'page Page,
    pub(super) data: &'page LinkedData,
    pub(super) url: Option<&'page str>,
    pub(super) context: &'page FileContext,
    pub(super) order: NumericOrder,
    /// The language that the page states.
    pub(super) language: Option<Language>,
    /// The number of blocks before the headline.
    pub(super) headline_at: usize,
}

impl DateChain<'_> {
    /// Returns the date of the first place that states an acceptable day, or else an acceptable month
    /// or year.
    pub(super) fn find(&self) -> Found {
        let places: &[&dyn Fn() -> Found] = &[
            &|| {
                let stated = self.stated()?;
                self.instead_of_loose(&stated)
                    .or_else(|| self.before_stated(&stated))
                    .or_else(|| Some(self.on_its_day(stated)))
            },
            &|| self.url_date(),
            &|| self.marked(DateMark::Published, EvidenceKind::Markup),
            &|| self.created(),
            &|| self.marked(DateMark::Time, EvidenceKind::Markup),
            &|| self.alone_below_headline(),
            &|| self.marked(DateMark::Class, EvidenceKind::Markup),
            &|| self.near_headline(),
            &|| self.labelled(PUBLISHING),
            &|| self.of_release(),
            &|| self.in_credit(),
            &|| self.opening(),
            &|| low(self.scripted(&self.page.script_dates.published, "published in a script")),
            &|| low(self.modified()),
            &|| low(self.labelled(CHANGING)),
            &|| low(self.scripted(&self.page.script_dates.created, "created in a script")),
            &|| low(self.described()),
            &|| low(self.first_post()),
            &|| low(self.beside_itself()),
            &|| low(self.labelled(COPYRIGHT).filter(is_day)),
            &|| self.dates_near_headline(0..usize::MAX, |_| true).next().map(|(_, date)| date),
        ];
        let mut vague: Option<Sourced<PublicationDate>> = None;
        for found in places.iter().filter_map(|place| place()) {
            // A day counts when it is in the month or year that a more trusted place states.
            let is_inside = vague.as_ref().is_none_or(|vague| {
                (vague.value.first_day()..=vague.value.last_day())
                    .contains(&found.value.first_day())
            });
            if is_inside && is_day(&found) {
                return Some(found);
            }
            vague = vague.or(Some(found));
        }
        vague
    }

    /// Returns what JSON-LD or `meta` elements state, the earlier where they differ and readers do not
    /// see the later one: that is a change that the publisher calls a publication.
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
        let (first, last) =
            if two_day < one_day && !vague { (meta, json_ld) } else { (json_ld, meta) };
        if vague || one_day == two_day {
            return first;
        }
        // Of two days the one that readers see.
        let is_last = |seen: Sourced<PublicationDate>| {
            seen.value.first_day() == one_day.max(two_day) && is_day(&seen)
        };
        if self.seen(0..usize::MAX).is_some_and(is_last) { last } else { first }
    }

    /// Returns the day that readers see beside the headline, where a `meta` element of a loose meaning is
    /// all that states one: any below it, an earlier one right above it. A later one above it is the
    /// day of the visit.
    fn instead_of_loose(&self, stated: &Sourced<PublicationDate>) -> Found {
        let is_loose = LOOSE_METAS.iter().any(|name| {
            let value = stated.evidence.detail.strip_prefix(name);
            value.is_some_and(|value| value.starts_with(' '))
        });
        if !is_loose {
            return None;
        }
        let is_earlier = |seen: &Sourced<PublicationDate>| {
            is_day(seen) && seen.value.first_day() < stated.value.first_day()
        };
        let below = self.seen(self.headline_at..usize::MAX).filter(is_day);
        // Of the same day the stated one has the time.
        if below.as_ref().is_some_and(|seen| seen.value.to_day() == stated.value.to_day()) {
            return None;
        }
        let above = self.headline_at.saturating_sub(BLOCKS_RIGHT_ABOVE);
        below.or_else(|| self.seen(above..self.headline_at).filter(is_earlier))
    }

    /// Returns the day of a `time` element right below the headline that is before the stated one: what
    /// is stated is when the site was made anew.
    fn before_stated(&self, stated: &Sourced<PublicationDate>) -> Found {
        let nearest = self.headline_at..=self.headline_at + NEAREST_BLOCKS;
        let mut times = self.page.dates.iter().filter(|date| {
            nearest.contains(&date.position)
                && matches!(date.mark, DateMark::Time | DateMark::Published)
                && !date.zone.is_any(Zone::COMMENTS | Zone::RELATED)
        });
        let found = times.find_map(|date| self.read_marked(date, EvidenceKind::Markup))?;
        let days = (stated.value.first_day() - found.value.first_day()).num_days();
        (is_day(&found) && days > 1).then_some(found)
    }

    /// Returns the local day of a time that is stated in UTC or without a zone: the one in the address,
    /// or of a time in UTC the one that readers see, where it is the day before or after.
    fn on_its_day(&self, stated: Sourced<PublicationDate>) -> Sourced<PublicationDate> {
        let offset = stated.value.offset().map(|offset| offset.local_minus_utc());
        // A site that states its own offset means its own day.
        if offset.is_some_and(|offset| offset != 0) {
            return stated;
        }
        let days_after = |found: &Sourced<PublicationDate>| {
            (found.value.first_day() - stated.value.first_day()).num_days()
        };
        let is_neighbour =
            |found: &Sourced<PublicationDate>| days_after(found).abs() == 1 && is_day(found);
        let is_local = |found: &Sourced<PublicationDate>| {
            is_neighbour(found) && is_in_some_zone(&stated.value, days_after(found))
        };
        let seen = || offset.and_then(|_| self.seen(0..usize::MAX).filter(is_local));
        self.url_date()
            .filter(is_neighbour)
            .or_else(seen)
            .or_else(|| self.begun_in_central_europe(&stated))
            .unwrap_or(stated)
    }

    /// Returns the day that began in Central Europe at the stated time, on a page in a language of it.
    fn begun_in_central_europe(&self, stated: &Sourced<PublicationDate>) -> Found {
        let language = self.language?;
        let value = date::day_begun_in_central_europe(&stated.value)
            .filter(|_| CENTRAL_EUROPEAN.contains(&language.as_str()))?;
        let mut evidence = stated.evidence.clone();
        evidence.detail.push_str(", when the day began in Central Europe");
        Some(Sourced { value, evidence })
    }

    /// Returns the date that readers see in the `blocks`: the text that is marked nearest to the headline,
    /// or one beside it.
    fn seen(&self, blocks: Range<usize>) -> Found {
        let marks = self.nearest_marks(|date| {
            blocks.contains(&date.position)
                && date.mark != DateMark::Modified
                && (date.mark != DateMark::Class || self.distance(date) <= FARTHEST_CLASS)
        });
        let marked =
            marks.into_iter().find_map(|date| self.read_seen(&date.text, EvidenceKind::Markup));
        // A caption dates the picture.
        let is_none_of_picture = |block: &Block| !block.zone.is_any(Zone::CAPTION);
        marked.or_else(|| {
            let beside = self.dates_near_headline(blocks, is_none_of_picture);
            beside.map(|(_, date)| date).find(is_day)
        })
    }

    fn read_seen(&self, text: &str, kind: EvidenceKind) -> Found {
        self.read_labelled(text, kind).map(|(_, found)| found)
    }

    /// Returns the date in a line that readers see, with what the words before it say of it.
    fn read_labelled(
        &self,
        text: &str,
        kind: EvidenceKind,
    ) -> Option<(Label, Sourced<PublicationDate>)> {
        if is_of_other(text) {
            return None;
        }
        let (label, found) = date_line::published_in(text, self.order)?;
        if found.day.is_none() && found.span.len() < text.trim().len() {
            return None;
        }
        let date = self.accept(Sourced::new(found.to_date()?, kind, format!("`{text}`")))?;
        Some((label, date))
    }

    /// Returns the day that the first of the elements states, or else the month or year.
    fn metas(&self, names: &[&str]) -> Found {
        let mut found = names.iter().filter_map(|name| {
            let values = self.page.metas.iter().filter(|(key, _)| key == name);
            values.filter_map(|(_, value)| self.read(value, EvidenceKind::Meta, name)).next()
        });
        let first = found.next()?;
        if is_day(&first) {
            return Some(first);
        }
        found.find(is_day).or(Some(first))
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
        self.metas(MODIFIED_METAS)
            .or(json_ld)
            .or_else(|| self.marked(DateMark::Modified, EvidenceKind::Markup))
    }

    /// Returns the date marked so that stands nearest to the headline.
    fn marked(&self, mark: DateMark, kind: EvidenceKind) -> Found {
        let marks = self.nearest_marks(|date| date.mark == mark);
        marks.into_iter().find_map(|date| self.read_marked(date, kind))
    }

    /// Returns the marked dates that are wanted, the nearest to the headline first, those of comments,
    /// teasers and the like left out.
    fn nearest_marks(&self, is_wanted: impl Fn(&MarkedDate) -> bool) -> Vec<&MarkedDate> {
        let dates = self.page.dates.iter().filter(|date| {
            is_wanted(date) && !is_elsewhere(date.zone, date.position, self.headline_at)
        });
        let mut marks: Vec<&MarkedDate> = dates.collect();
        marks.sort_by_key(|date| self.distance(date));
        marks
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

    /// Returns the day that a block right below the headline is and nothing else.
    fn alone_below_headline(&self) -> Found {
        let below = self.page.blocks.iter().skip(self.headline_at + 1).take(BLOCKS_RIGHT_BELOW);
        let mut alone = below.filter(|block| {
            block.chars <= LONGEST_DATE
                && date::find_first(&block.text, self.order)
                    .is_some_and(|date| date.span.len() == block.text.trim().len())
        });
        alone.find_map(|block| self.read_seen(&block.text, EvidenceKind::Text).filter(is_day))
    }

    /// Returns the day that the text opens with: "10.11.2021 The ministers", "Press release of 3 March
    /// 2020 – The ministers".
    fn opening(&self) -> Found {
        let blocks = self.page.blocks.iter().skip(self.headline_at + 1).take(NEAR_BLOCKS);
        let mut texts = blocks.filter(|block| block.chars > LONGEST_DATE);
        texts.find_map(|block| {
            let end = block.text.char_indices().nth(LONGEST_DATE)?.0;
            let found = date::find_first(&block.text[..end], self.order)?;
            let opening = found.span.of(&block.text);
            let before = &block.text[..found.span.start];
            let is_opening = before.is_empty() || is_labelled(before, PUBLISHING);
            if !is_opening || found.day.is_none() || found.year.is_none() {
                return None;
            }
            self.accept(Sourced::new(found.to_date()?, EvidenceKind::Text, format!("`{opening}`")))
        })
    }

    /// Returns the day that all of the `texts` out of scripts state.
    fn scripted(&self, texts: &[String], name: &str) -> Found {
        let mut found = texts.iter().map(|text| self.read(text, EvidenceKind::Markup, name));
        let first = found.next()??;
        let is_same = |other: Found| {
            other.is_some_and(|other| other.value.first_day() == first.value.first_day())
        };
        found.all(is_same).then_some(first)
    }

    /// Returns the day at the end of the description of the page: "Talks go on (3 March 2020)".
    fn described(&self) -> Found {
        let text = self.page.meta(&["description", "og:description"])?;
        let found = date::find_all(text, self.order).pop()?;
        let rest = text[found.span.end..].trim_matches([')', ']', '.', ' ']);
        let is_usable = rest.is_empty()
            && found.day.is_some()
            && found.year.is_some()
            && text.chars().count() <= LONGEST_DATED_LINE
            && !is_sentence(text);
        let opening = found.span.of(text);
        let date = found.to_date().filter(|_| is_usable)?;
        self.accept(Sourced::new(date, EvidenceKind::Meta, format!("description `{opening}`")))
    }

    /// Returns the day of the comment right below the headline: the post that opens a thread.
    fn first_post(&self) -> Found {
        let first = self.headline_at..self.headline_at + BLOCKS_RIGHT_BELOW + 1;
        let mut posts = self
            .page
            .dates
            .iter()
            .filter(|date| date.zone.is_any(Zone::COMMENTS) && first.contains(&date.position));
        posts.find_map(|date| self.read_marked(date, EvidenceKind::Markup)).filter(is_day)
    }

    /// Returns the day beside the headline in a list of articles that has this one too.
    fn beside_itself(&self) -> Found {
        let headline = self.page.blocks.get(self.headline_at)?.text.trim();
        if headline.split_whitespace().count() < 2 {
            return None;
        }
        let is_same = |block: &Block| block.text.trim() == headline;
        let blocks = self.page.blocks.iter().enumerate().skip(self.headline_at + 1);
        let mut places = blocks.filter(|(_, block)| is_same(block)).map(|(at, _)| at);
        places.find_map(|at| {
            let around = self.page.blocks.iter().skip(at - 1).take(3);
            let mut short = around.filter(|block| block.chars <= LONGEST_DATE);
            short.find_map(|block| self.read_seen(&block.text, EvidenceKind::Text).filter(is_day))
        })
    }

    /// Returns the first day in the blocks about the headline that are little else than a date, one of a
    /// change only where there is no other.
    fn near_headline(&self) -> Found {
        let dates = self.dates_near_headline(0..usize::MAX, |_| true);
        let mut of_change = None;
        for (label, day) in dates.filter(|(_, date)| is_day(date)) {
            if label != Label::Change {
                return Some(day);
            }
            of_change = of_change.or(Some(day));
        }
        of_change
    }

    /// Returns the dates in those of the wanted blocks `within` that are about the headline, those of months
    /// and years in blocks that are nothing else.
    fn dates_near_headline(
        &self,
        within: Range<usize>,
        is_wanted: fn(&Block) -> bool,
    ) -> impl Iterator<Item = (Label, Sourced<PublicationDate>)> {
        let first = within.start.max(self.headline_at.saturating_sub(BLOCKS_ABOVE));
        let last = within.end.min(first + NEAR_BLOCKS);
        let blocks = self.page.blocks.iter().enumerate().take(last).skip(first);
        let short = blocks.filter(move |(at, block)| {
            block.chars <= 120
                && !is_sentence(&block.text)
                && is_wanted(block)
                && !is_elsewhere(block.zone, *at, self.headline_at)
        });
        short.filter_map(|(_, block)| self.read_labelled(&block.text, EvidenceKind::Text))
    }

    /// Returns the date in the first credit, wherever it stands: "Author: Jane Doe, 3 March 2020".
    fn in_credit(&self) -> Found {
        let credits = self.page.credits.iter();
        let mut usable = credits.filter(|credit| {
            credit.text.chars().count() <= LONGEST_DATED_LINE
                && !is_elsewhere(credit.zone, credit.position, self.headline_at)
        });
        usable.find_map(|credit| self.read_seen(&credit.text, EvidenceKind::Markup).filter(is_day))
    }

    /// Returns the date of the first block, wherever it stands, that has one of the `labels` or follows
    /// one that has.
    fn labelled(&self, labels: &[&str]) -> Found {
        let is_usable = |block: &&Block| {
            block.chars <= 200 && !block.zone.is_any(Zone::COMMENTS | Zone::RELATED)
        };
        let mut follows_label = false;
        for block in self.page.blocks.iter().filter(is_usable) {
            let is_labelled = is_labelled(&block.text, labels);
            if is_labelled || follows_label && block.chars <= LONGEST_DATE {
                let found = self.read_seen(after_label(&block.text, labels), EvidenceKind::Text);
                if found.is_some() {
                    return found;
                }
            }
            follows_label = is_labelled && block.chars <= LONGEST_DATE;
        }
        None
    }

    /// Returns the date that ends a short block after "vom": "Pressemitteilung Nr. 3 vom 3. März 2020".
    fn of_release(&self) -> Found {
        let is_usable = |block: &&Block| {
            block.chars <= LONGEST_DATED_LINE && !block.zone.is_any(Zone::COMMENTS | Zone::RELATED)
        };
        self.page.blocks.iter().filter(is_usable).find_map(|block| {
            let (_, text) = block.text.rsplit_once("vom ")?;
            let found = date::find_first(text, self.order)?;
            let is_all = found.span.len() == text.trim_end_matches(['.', ')', ' ']).len();
            if is_all { self.read_seen(text, EvidenceKind::Text) } else { None }
        })
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

fn low(found: Found) -> Found {
    found.map(|found| fields::with_confidence(found, Confidence::Low))
}

fn is_day(found: &Sourced<PublicationDate>) -> bool {
    found.value.precision() >= DatePrecision::Day
}

/// Tells whether a text is a sentence: a date in one is of what it tells.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?']) && text.split_whitespace().count() >= SHORTEST_SENTENCE
}

/// The least words of a sentence that is told from a line of date and place.
const SHORTEST_SENTENCE: usize = 9;

/// Tells whether a part of the page is not about its article: by what it is called, except where it
/// stands right below the headline, of which themes make an aside or a teaser too.
fn is_elsewhere(zone: Zone, position: usize, headline_at: usize) -> bool {
    let nearest = headline_at.saturating_sub(2)..=headline_at + NEAREST_BLOCKS;
    let is_near = nearest.contains(&position);
    let never = Zone::COMMENTS | Zone::FOOTER;
    let rarely = Zone::NAVIGATION | Zone::RELATED | Zone::ASIDE | Zone::PROMOTION;
    zone.is_any(never) || !is_near && zone.is_any(rarely)
}

/// Tells whether a time in UTC is on the day before (-1) or after (1) somewhere: zones reach from twelve
/// hours behind it to fourteen ahead.
fn is_in_some_zone(universal: &PublicationDate, days_after: i64) -> bool {
    universal.time().is_none_or(|time| match days_after {
        -1 => time.hour() < 12,
        _ => time.hour() >= 10,
    })
}

/// Returns the path of an address: a date in the host or the query is not one of publication.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let start = rest.find('/').unwrap_or(rest.len());
    rest[start..].split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::ingest::FileContext;
    use crate::ingest::extract::page::read_date;

    fn date(html: &str) -> String {
        let found = read_date(html, &FileContext::default()).expect("a page within the limits");
        found.map(|date| date.value.to_string()).unwrap_or_default()
    }

    #[test]
    fn of_two_stated_days_the_one_that_readers_see_counts() {
        let stated = r#"<script type="application/ld+json">{"@type": "NewsArticle",
            "datePublished": "2020-03-03"}</script>
            <meta property="article:published_time" content="2020-03-07"><h1>Talks go on</h1>"#;
        assert_eq!(date(stated), "2020-03-03");
        assert_eq!(date(&format!("{stated}<p class=date>7 March 2020</p>")), "2020-03-07");
        assert_eq!(date(&format!("{stated}<p class=date>9 March 2020</p>")), "2020-03-03");
    }

    #[test]
    fn a_vague_element_gives_way_to_the_day_below_the_headline() {
        let html = "<p class=date>Sunday, 8 March 2020</p><h1>Talks go on</h1>
            <meta name=dc.date content=2019-12-20><p class=date>7 March 2020</p>";
        assert_eq!(date(html), "2020-03-07");
        let html = "<meta name=date content=2020-03-03><div class=date>Sunday, 8 March 2020</div>
            <p>All of the news</p><h1>Talks go on</h1>";
        assert_eq!(date(html), "2020-03-03");
    }

    #[test]
    fn days_come_before_years() {
        let html = "<meta name=datePublished content=1988><meta name=dc.date content=2020-03-03>";
        assert_eq!(date(html), "2020-03-03");
    }

    #[test]
    fn the_day_right_below_the_headline_counts_in_furniture_too() {
        let html = "<h1>Talks go on</h1><nav><time>3 March 2020</time></nav>";
        assert_eq!(date(html), "2020-03-03");
    }

    #[test]
    fn a_day_in_a_sentence_is_of_what_it_tells() {
        let sentence = "<p>The next of the talks will be on 5 February 2020 in Geneva.</p>";
        let page = |more: &str| format!("<h1>Talks go on</h1>{sentence}<p>x</p>{more}");
        assert_eq!(date(&page("")), "");
        let changed = "<footer>This page was last edited on 29 January 2020, at 13:22.</footer>";
        assert_eq!(date(&page(changed)), "2020-01-29T13:22:00");
        let credit = "<div class=author>Author: Jane Doe, 28 January 2020</div>";
        assert_eq!(date(&page(&format!("{changed}{credit}"))), "2020-01-28");
    }

    #[test]
    fn films_are_published_when_they_are_uploaded() {
        let html = "<meta itemprop=uploadDate content='2019-10-16T18:15:00Z'><h1>Talks go on</h1>";
        assert_eq!(date(html), "2019-10-16T18:15:00Z");
    }

    #[test]
    fn other_days_are_left_out() {
        let html = "<h1>Talks go on</h1><p>Joined: 3 May 2011</p>
            <p>It is currently 8 March 2021</p><p>Author: jdoe, 3 March 2020, 10:00</p>";
        assert_eq!(date(html), "2020-03-03T10:00:00");
        let far = "<h1>Talks go on</h1><p>They did.</p>".to_owned()
            + &"<p>They went on.</p>".repeat(30)
            + "<p>Changed: 9.3.2020 Published: 3.3.2020</p>";
        assert_eq!(date(&far), "2020-03-03");
    }

    #[test]
    fn a_block_that_is_a_day_comes_before_marks_farther_away() {
        let html = "<h1>Talks go on</h1><p>10.11.2021</p><p>Ministers met by the lake.</p>
            <a class=date>Release No. 34 of 8 November 2021</a>";
        assert_eq!(date(html), "2021-11-10");
        let far = "<p>Ministers met.</p>".repeat(70);
        let html = format!(
            "<meta name=date content=2020-02-11><h1>Talks go on</h1>{far}
            <div class=date>29.02.2020 18:00</div>"
        );
        assert_eq!(date(&html), "2020-02-11");
    }

    #[test]
    fn an_earlier_day_right_above_the_headline_comes_before_a_vague_element() {
        let html = "<meta name=date content=2020-02-12><p>05.02.2020 - Newsroom: Jane Doe</p>
            <h1>Talks go on</h1>";
        assert_eq!(date(html), "2020-02-05");
    }

    #[test]
    fn the_day_that_opens_the_text_counts() {
        let rest = "“We are not going to give up,” the minister said in Geneva on Sunday.";
        assert_eq!(date(&format!("<h1>Talks go on</h1><p>01.02.2022 {rest}</p>")), "2022-02-01");
        let release = format!("<p>Pressemitteilung vom 25. Januar 2022 | Genf – {rest}</p>");
        assert_eq!(date(&format!("<h1>Talks go on</h1>{release}")), "2022-01-25");
        let told = format!("<h1>Talks go on</h1><p>A picture of 31.05.2021 (left): {rest}</p>");
        assert_eq!(date(&told), "");
    }

    #[test]
    fn what_else_states_a_day_is_asked_last() {
        let headline = "<h1>Talks go on</h1><p>Ministers met by the lake.</p>";
        let script =
            r#"<script>var state = {"published_at": "2019-03-02T06:22:28+01:00"}</script>"#;
        assert_eq!(date(&format!("{script}{headline}")), "2019-03-02T06:22:28+01:00");
        let other = r#"<script>{"published_at": "2019-03-09"}</script>"#;
        assert_eq!(date(&format!("{script}{other}{headline}")), "");
        let described = "<meta name=description content='TALKS GO ON (News of 14 January 2020)'>";
        assert_eq!(date(&format!("{described}{headline}")), "2020-01-14");
        let thread =
            "<h2>Talks go on</h2><div class=comments><span class=date>28.09.19 12:44</span>
            <p>Do they?</p><span class=date>29.09.19 13:39</span><p>Yes.</p></div>";
        assert_eq!(date(thread), "2019-09-28T12:44:00");
    }

    #[test]
    fn days_of_visits_to_sources_are_left_out() {
        let html = "<h1>Talks go on</h1><p>Published by the Crier, retrieved 22 October 2013</p>
            <meta itemprop=dateUpdate content='2020-02-14 10:47:36'>";
        assert_eq!(date(html), "2020-02-14T10:47:36");
    }

    #[test]
    fn a_month_with_its_year_again_is_no_day_of_an_address() {
        let html = "<link rel=canonical href='https://crier.example/2021/jan21/talks.php'>
            <h1>Talks go on</h1><p>Aktualisiert am 17.01.2021.</p>";
        assert_eq!(date(html), "2021-01-17");
    }

    #[test]
    fn a_time_element_below_the_headline_comes_before_a_later_stated_time() {
        let html = "<meta property=article:published_time content=2022-11-17T10:33:13Z>
            <h1>Talks go on</h1><time datetime=2022-03-09>9 March 2022</time>";
        assert_eq!(date(html), "2022-03-09");
    }

    #[test]
    fn the_day_is_the_one_where_the_page_is_from() {
        let stated = "<meta property=article:published_time content=2022-11-06T23:00:00.000Z>";
        assert_eq!(date(&format!("<html lang=de>{stated}<h1>Talks</h1>")), "2022-11-07");
        assert_eq!(date(&format!("<html lang=en>{stated}<h1>Talks</h1>")), "2022-11-06T23:00:00Z");
        let own = "<link rel=canonical href='https://crier.example/2020/02/18/talks.html'>
            <meta property=article:published_time content=2020-02-19T18:37:32+01:00>";
        assert_eq!(date(own), "2020-02-19T18:37:32+01:00");
        let with_caption = |time: &str| {
            date(&format!(
                "<meta property=article:published_time content={time}><h1>Talks</h1>
                <figure><figcaption>The lake on Saturday, March 9, 2019.</figcaption></figure>"
            ))
        };
        assert_eq!(with_caption("2019-03-10T16:00:00Z"), "2019-03-10T16:00:00Z");
        assert_eq!(with_caption("2019-03-10T06:00:00Z"), "2019-03-10T06:00:00Z");
        let seen = |time: &str| {
            date(&format!(
                "<meta property=article:published_time content={time}><h1>Talks</h1>
                <p class=date>March 9, 2019</p>"
            ))
        };
        assert_eq!(seen("2019-03-10T06:00:00Z"), "2019-03-09");
        assert_eq!(seen("2019-03-10T16:00:00Z"), "2019-03-10T16:00:00Z");
    }

    #[test]
    fn the_day_of_a_change_gives_way_to_that_of_publication() {
        let lines = "<h1>Talks go on</h1><p>Updated March 12, 2019</p><p>Posted March 10, 2019</p>";
        assert_eq!(date(lines), "2019-03-10");
        let one = "<h1>Talks go on</h1><p>Updated March 12, 2019; Posted March 10, 2019</p>";
        assert_eq!(date(one), "2019-03-10");
        let meta = "<meta name=date content=2019-03-10T16:00:00+01:00><h1>Talks go on</h1>
            <p>March 10, 2019</p>";
        assert_eq!(date(meta), "2019-03-10T16:00:00+01:00");
    }
}
