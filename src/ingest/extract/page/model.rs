//! A page as one walk over its tree sees it: metadata, marked dates and credits, blocks of text.
//!
//! Everything else about a page is decided from this model; the tree itself is only walked once.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use dom_query::{Document, NodeData, NodeRef};
use rustc_hash::{FxHashMap, FxHasher};

use super::script_dates::ScriptDates;
use super::zone::Zone;
use crate::ingest::extract::byline;

/// The longest text, in bytes, that is taken for a date or a credit.
const LONGEST_MARKED: usize = 300;

/// The most dates, credits, headings and scripts that are kept of a page.
const MOST_MARKED: usize = 200;

/// The longest line, in bytes, that is a credit set off by line breaks.
const LONGEST_CREDIT: usize = 120;

/// The least letters of a paragraph of the text.
const LEAST_PROSE: usize = 200;

/// The innermost blocks around a text whose names are its layout.
const ELEMENTS_OF_LAYOUT: usize = 3;

/// Marks of where a word may be broken, and others that nobody sees.
pub(super) const UNSEEN: [char; 3] = ['\u{ad}', '\u{200b}', '\u{feff}'];

/// What kind of element a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// `p` and the like.
    Paragraph,
    /// `li`, `dt`, `dd`.
    ListItem,
    /// A cell of a table.
    Cell,
    /// `pre`.
    Preformatted,
    /// Text in a `div` or the like.
    Loose,
}

/// A stretch of text that block elements set off from the rest.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The text, with white space collapsed.
    pub(super) text: String,
    /// The element.
    pub(super) kind: BlockKind,
    /// The characters that are links.
    pub(super) link_chars: usize,
    /// All characters.
    pub(super) chars: usize,
    /// What the elements around it are called.
    pub(super) zone: Zone,
    /// What the innermost elements are and are called, as a hash: the same for blocks laid out alike.
    pub(super) layout: u64,
}

impl Block {
    /// Returns the level of a heading, and one below all of them for what is none.
    pub(super) fn level(&self) -> u8 {
        match self.kind {
            BlockKind::Heading(level) => level,
            _ => u8::MAX,
        }
    }

    /// Returns the number of characters that are not links.
    fn own_chars(&self) -> usize {
        self.chars - self.link_chars
    }
}

/// A date that the markup sets off.
#[derive(Clone, Debug)]
pub(super) struct MarkedDate {
    /// The value of its attribute.
    pub(super) attribute: Option<String>,
    /// The text of the element.
    pub(super) text: String,
    /// How it is set off.
    pub(super) mark: DateMark,
    /// What the elements around it are called.
    pub(super) zone: Zone,
    /// The number of blocks before it.
    pub(super) position: usize,
}

/// How the markup sets a date off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateMark {
    /// `time[pubdate]`, `itemprop="datePublished"`, class `published`.
    Published,
    /// `itemprop="dateModified"`, class `updated`.
    Modified,
    /// A `time` element.
    Time,
    /// A class or id such as `date`.
    Class,
}

/// A credit that the markup sets off.
#[derive(Clone, Debug)]
pub(super) struct MarkedCredit {
    /// The text of the element.
    pub(super) text: String,
    /// Whether the markup says so outright (`rel="author"`, `itemprop="author"`), not by a class.
    pub(super) is_explicit: bool,
    /// What the elements around it are called.
    pub(super) zone: Zone,
    /// The number of blocks before it.
    pub(super) position: usize,
}

/// What was found on a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Names, in lower case, and contents of `meta` elements, in order.
    pub(super) metas: Vec<(String, String)>,
    /// The text of `title`.
    pub(super) title: String,
    /// `link[rel=canonical]`.
    pub(super) canonical: Option<String>,
    /// The address that the program noted which saved the page.
    pub(super) saved_from: Option<String>,
    /// `html[lang]`.
    pub(super) language: Option<String>,
    /// The JSON-LD scripts.
    pub(super) json_ld: Vec<String>,
    /// Dates in the other scripts.
    pub(super) script_dates: ScriptDates,
    /// Dates set off by markup.
    pub(super) dates: Vec<MarkedDate>,
    /// Credits set off by markup.
    pub(super) credits: Vec<MarkedCredit>,
    /// The text.
    pub(super) blocks: Vec<Block>,
}

impl Page {
    /// Returns the page in `document`.
    pub(super) fn of(document: &Document) -> Self {
        let mut walk = Walk::default();
        walk.visit_all(document.root());
        walk.flush();
        walk.finish()
    }

    /// Returns the number of the block that is the headline, as far as headings tell: the one that
    /// the title of the page holds, or else the first of the highest level.
    pub(super) fn headline_block(&self) -> Option<usize> {
        let title = collapse(&self.title.to_lowercase());
        let headings = || {
            self.blocks.iter().enumerate().filter_map(|(at, block)| match block.kind {
                BlockKind::Heading(level) => Some((at, level, block)),
                _ => None,
            })
        };
        let in_title = headings().find(|(_, level, block)| {
            *level <= 3 && block.chars >= 10 && title.contains(&block.text.to_lowercase())
        });
        let found = in_title.or_else(|| headings().find(|(_, level, _)| *level == 1));
        found.map(|(at, ..)| at)
    }

    /// Returns the content of the first `meta` element of any of these names.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(known, _)| known == name)?;
            Some(found.1.as_str())
        })
    }
}

/// A part of the page that is called furniture, from its first block, date and credit on.
#[derive(Clone)]
struct Region {
    zone: Zone,
    blocks: Range<usize>,
    dates: Range<usize>,
    credits: Range<usize>,
}

/// An element that is open during the walk.
struct Open {
    /// What it is called that is furniture, and where it begins.
    region: Option<Region>,
    zone: Zone,
    kind: BlockKind,
    is_block: bool,
    is_link: bool,
    /// Where the blocks of a figure begin.
    figure: Option<usize>,
    /// The name and classes of a block, as a hash.
    name: u64,
}

#[derive(Default)]
struct Walk {
    page: Page,
    open: Vec<Open>,
    text: String,
    link_chars: usize,
    in_links: usize,
    /// The block being gathered: kind, zone and layout of its first text.
    started: Option<(BlockKind, Zone, u64)>,
    breaks: usize,
    /// Whether a block was as long as a paragraph of the text.
    has_prose: bool,
    regions: Vec<Region>,
    /// What classes and ids say, which repeat a lot.
    zones: FxHashMap<String, Zone>,
}

impl Walk {
    fn visit_all(&mut self, root: NodeRef<'_>) {
        let mut next = root.first_child();
        let mut depth = 0_usize;
        while let Some(node) = next {
            let is_entered = self.enter(&node);
            if is_entered && let Some(child) = node.first_child() {
                depth += 1;
                next = Some(child);
                continue;
            }
            if is_entered {
                self.leave();
            }
            let mut done = node;
            loop {
                if let Some(sibling) = done.next_sibling() {
                    next = Some(sibling);
                    break;
                }
                if depth == 0 {
                    return;
                }
                depth -= 1;
                self.leave();
                let Some(parent) = done.parent() else { return };
                done = parent;
            }
        }
    }

    /// Reads a node on the way down; tells whether its children are to be read.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        node.query_or(false, |tree_node| match &tree_node.data {
            NodeData::Text { contents } => {
                self.push_text(contents);
                false
            }
            NodeData::Element(element) => self.enter_element(node, &element.name.local, element),
            _ => false,
        })
    }

    fn enter_element(
        &mut self,
        node: &NodeRef<'_>,
        name: &str,
        element: &dom_query::Element,
    ) -> bool {
        let attribute = |wanted: &str| element.attr(wanted);
        match name {
            "script" => {
                let is_json_ld = attribute("type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
                let text = node.text();
                if is_json_ld && self.page.json_ld.len() < MOST_MARKED {
                    self.page.json_ld.push(text.to_string());
                } else if !is_json_ld {
                    self.page.script_dates.add(&text);
                }
            }
            "title" if self.page.title.is_empty() => {
                self.page.title = collapse(&node.text());
            }
            "html" => {
                self.page.language =
                    attribute("lang").or_else(|| attribute("xml:lang")).map(|lang| lang.to_string())
            }
            "meta" => self.read_meta(element),
            "link" => {
                let is_canonical =
                    attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if is_canonical && self.page.canonical.is_none() {
                    self.page.canonical = attribute("href").map(|href| href.trim().to_owned());
                }
            }
            "br" => self.breaks += 1,
            _ => {}
        }
        if is_skipped(name) {
            return false;
        }
        self.open_element(node, name, element);
        true
    }

    fn read_meta(&mut self, element: &dom_query::Element) {
        let Some(content) = element.attr("content") else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = element.attr(key)
                && self.page.metas.len() < 4 * MOST_MARKED
            {
                let text = collapse(&content);
                if !text.is_empty() {
                    self.page.metas.push((name.trim().to_lowercase(), text));
                }
            }
        }
    }

    fn open_element(&mut self, node: &NodeRef<'_>, name: &str, element: &dom_query::Element) {
        let own = self.own_zone(name, element);
        let (outer_kind, outer_zone) = self.innermost();
        let is_beside_headline = matches!(outer_kind, BlockKind::Heading(_))
            && (name == "small" || own.is_any(Zone::BESIDE_HEADLINE));
        let block = if is_beside_headline { Some(BlockKind::Loose) } else { block_kind(name) };
        let is_block = block.is_some() || is_container(name);
        if is_block {
            self.flush();
        }
        let is_link = name == "a" && element.attr("href").is_some();
        self.in_links += usize::from(is_link);
        let furniture = own_furniture(own, outer_zone);
        let zone = outer_zone | own.without(Zone::FURNITURE);
        let region = (furniture != Zone::default()).then(|| self.region(furniture));
        self.mark_date(node, name, element, zone, own);
        self.mark_credit(node, name, element, zone, own);
        let kind = block.unwrap_or(if is_block { BlockKind::Loose } else { outer_kind });
        let figure = (name == "figure").then_some(self.page.blocks.len());
        let name = if is_block { hash_of_names(name, element) } else { 0 };
        self.open.push(Open { region, zone, kind, is_block, is_link, figure, name });
    }

    /// Returns what an element is called itself.
    fn own_zone(&mut self, name: &str, element: &dom_query::Element) -> Zone {
        let mut zone = Zone::of_element(name);
        // Sites put the state of the whole page on these: `single-post has-sidebar`.
        if matches!(name, "body" | "html") {
            return zone;
        }
        for key in ["class", "id", "role", "data-testid", "data-component", "data-qa"] {
            if let Some(value) = element.attr(key) {
                zone |= self.zone_of(&value);
            }
        }
        if is_hidden(element) { zone | Zone::HIDDEN } else { zone }
    }

    fn zone_of(&mut self, name: &str) -> Zone {
        if let Some(known) = self.zones.get(name) {
            return *known;
        }
        let zone = Zone::of_name(name);
        self.zones.insert(name.to_owned(), zone);
        zone
    }

    /// Returns the kind and the zone of the innermost element.
    fn innermost(&self) -> (BlockKind, Zone) {
        self.open.last().map_or((BlockKind::Loose, Zone::default()), |open| (open.kind, open.zone))
    }

    /// Returns the names of the innermost blocks around what comes next, as a hash.
    fn layout(&self) -> u64 {
        let mut hasher = FxHasher::default();
        let blocks = self.open.iter().rev().filter(|open| open.is_block);
        blocks.take(ELEMENTS_OF_LAYOUT).for_each(|open| open.name.hash(&mut hasher));
        hasher.finish()
    }

    /// Ends the innermost element.
    fn leave(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.is_block {
            self.flush_as(&open);
        }
        self.in_links -= usize::from(open.is_link);
        if let Some(first) = open.figure {
            clear_slide(&mut self.page.blocks[first..]);
        }
        if let Some(region) = open.region {
            let ended = self.region(region.zone);
            self.regions.push(Region {
                zone: region.zone,
                blocks: region.blocks.start..ended.blocks.start,
                dates: region.dates.start..ended.dates.start,
                credits: region.credits.start..ended.credits.start,
            });
        }
    }

    /// Returns a part of the page that begins here and is empty so far.
    fn region(&self, zone: Zone) -> Region {
        let empty = |at: usize| at..at;
        Region {
            zone,
            blocks: empty(self.page.blocks.len()),
            dates: empty(self.page.dates.len()),
            credits: empty(self.page.credits.len()),
        }
    }

    /// Gives the names of furniture to what is in it, and returns the page.
    ///
    /// What holds the headline, or most of the text, is not furniture whatever it is called: themes
    /// call the wrapper of a page `has-sidebar` or `latest-news`.
    fn finish(mut self) -> Page {
        let headline = self.page.headline_block();
        let all: usize = self.page.blocks.iter().map(Block::own_chars).sum();
        for region in &self.regions {
            let blocks = &mut self.page.blocks[region.blocks.clone()];
            let inside: usize = blocks.iter().map(Block::own_chars).sum();
            let holds_headline = headline.is_some_and(|at| region.blocks.contains(&at));
            let is_most = inside * 2 > all;
            // A menu around all of a page has the dates and credits of what it leads to.
            let of_marks = match (holds_headline, is_most) {
                (true, _) => region.zone.and(Zone::NAVIGATION),
                (false, true) => region.zone.and(Zone::NAVIGATION | Zone::COMMENTS | Zone::FOOTER),
                (false, false) => region.zone,
            };
            let of_blocks = if holds_headline && is_most { Zone::default() } else { of_marks };
            blocks.iter_mut().for_each(|block| block.zone |= of_blocks);
            let dates = &mut self.page.dates[region.dates.clone()];
            dates.iter_mut().for_each(|date| date.zone |= of_marks);
            let credits = &mut self.page.credits[region.credits.clone()];
            credits.iter_mut().for_each(|credit| credit.zone |= of_marks);
        }
        self.page
    }

    fn push_text(&mut self, text: &str) {
        if text.contains(UNSEEN) {
            return self.push_seen(&text.replace(UNSEEN, ""));
        }
        self.push_seen(text);
    }

    fn push_seen(&mut self, text: &str) {
        if text.trim().is_empty() {
            if !text.is_empty() && !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            return;
        }
        if self.breaks >= 2 || self.breaks == 1 && self.is_credit_beside_break(text) {
            self.flush();
        } else if self.breaks == 1 && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.breaks = 0;
        if self.started.is_none() {
            let (kind, zone) = self.innermost();
            self.started = Some((kind, zone, self.layout()));
        }
        let before = self.text.len();
        let mut needs_space = text.starts_with(char::is_whitespace)
            && !self.text.is_empty()
            && !self.text.ends_with(' ');
        for word in text.split_whitespace() {
            if needs_space {
                self.text.push(' ');
            }
            self.text.push_str(word);
            needs_space = true;
        }
        if text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        if self.in_links > 0 {
            self.link_chars += self.text[before..].trim().chars().count();
        }
    }

    /// Tells whether the text gathered up to a line break, or the text after it, is a credit by itself
    /// above the text of the page. What goes on in small letters goes on with the line: "by Jane Doe"
    /// and "on 3 May 2020".
    fn is_credit_beside_break(&self, text: &str) -> bool {
        let (above, below) = (self.text.trim(), text.trim());
        let goes_on = below.starts_with(char::is_lowercase);
        let is_credit = |line: &str| line.len() <= LONGEST_CREDIT && byline::is_byline(line);
        !self.has_prose
            && above.len() <= LONGEST_CREDIT
            && (is_credit(above) && !goes_on || is_credit(below))
    }

    fn flush_as(&mut self, open: &Open) {
        if let Some(started) = &mut self.started
            && started.0 == BlockKind::Loose
        {
            started.0 = open.kind;
        }
        self.flush();
    }

    /// Ends the block that is being gathered.
    fn flush(&mut self) {
        self.breaks = 0;
        let Some((kind, zone, layout)) = self.started.take() else {
            self.text.clear();
            return;
        };
        let text = self.text.trim();
        // A dash between a kicker and its headline is no block.
        if text.contains(char::is_alphanumeric) {
            let chars = text.chars().count();
            self.has_prose |= chars >= LEAST_PROSE;
            let block = Block {
                text: text.to_owned(),
                kind,
                link_chars: self.link_chars.min(chars),
                chars,
                zone,
                layout,
            };
            self.page.blocks.push(block);
        }
        self.text.clear();
        self.link_chars = 0;
    }

    fn mark_date(
        &mut self,
        node: &NodeRef<'_>,
        name: &str,
        element: &dom_query::Element,
        zone: Zone,
        own: Zone,
    ) {
        if self.page.dates.len() >= MOST_MARKED {
            return;
        }
        let property = element
            .attr("itemprop")
            .or_else(|| element.attr("property"))
            .map(|value| value.to_lowercase());
        let mark = match property.as_deref() {
            Some(value)
                if ["datepublished", "published_time", "uploaddate", "datecreated"]
                    .iter()
                    .any(|name| value.contains(name)) =>
            {
                DateMark::Published
            }
            Some(value) if value.contains("datemodified") => DateMark::Modified,
            _ if name == "time" => time_mark(element),
            _ if own.is_any(Zone::DATE) && name != "body" && name != "html" && name != "meta" => {
                class_mark(element)
            }
            _ => return,
        };
        let attribute = [
            "datetime",
            "content",
            "title",
            "data-time",
            "data-date",
            "data-datetime",
            "data-published",
        ]
        .iter()
        .find_map(|key| element.attr(key))
        .map(|value| value.trim().to_owned())
        .filter(|value| value.bytes().any(|byte| byte.is_ascii_digit()));
        let text = short_text(node);
        if attribute.is_none() && !text.chars().any(|letter| letter.is_numeric()) {
            return;
        }
        let position = self.page.blocks.len();
        self.page.dates.push(MarkedDate { attribute, text, mark, zone, position });
    }

    fn mark_credit(
        &mut self,
        node: &NodeRef<'_>,
        name: &str,
        element: &dom_query::Element,
        zone: Zone,
        own: Zone,
    ) {
        if self.page.credits.len() >= MOST_MARKED {
            return;
        }
        let says = |key: &str, wanted: &str| {
            element.attr(key).is_some_and(|value| {
                value.to_ascii_lowercase().split_whitespace().any(|word| word == wanted)
            })
        };
        let is_explicit =
            says("rel", "author") || says("itemprop", "author") || says("itemprop", "creator");
        let is_named = own.is_any(Zone::AUTHOR)
            && name != "body"
            && !is_of_picture(element)
            && !is_in_licence(node);
        if !is_explicit && !is_named {
            return;
        }
        let text = short_text(node);
        if !text.is_empty() {
            let position = self.page.blocks.len();
            self.page.credits.push(MarkedCredit { text, is_explicit, zone, position });
        }
    }
}

/// Returns the name and the classes of an element as a hash; numbers in classes are left out.
fn hash_of_names(name: &str, element: &dom_query::Element) -> u64 {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    if let Some(class) = element.attr("class") {
        let letters = class.bytes().filter(|byte| !byte.is_ascii_digit());
        letters.for_each(|byte| hasher.write_u8(byte));
    }
    hasher.finish()
}

/// Tells whether the author that a class names is the one of a picture: `license-author`.
fn is_of_picture(element: &dom_query::Element) -> bool {
    let class = class_of(element);
    ["license", "copyright", "photo-", "image-", "picture-"].iter().any(|part| class.contains(part))
}

/// Tells whether the element around this one says under what licence a picture may be used.
fn is_in_licence(node: &NodeRef<'_>) -> bool {
    let parent = node.parent();
    let parent = parent.as_ref().and_then(|parent| parent.element_ref());
    parent.is_some_and(|parent| class_of(&parent).contains("license"))
}

fn class_of(element: &dom_query::Element) -> String {
    element.attr("class").map(|class| class.to_ascii_lowercase()).unwrap_or_default()
}

fn time_mark(element: &dom_query::Element) -> DateMark {
    if element.has_attr("pubdate") {
        return DateMark::Published;
    }
    match class_mark(element) {
        DateMark::Class => DateMark::Time,
        mark => mark,
    }
}

/// Tells a date of publication from one of change by the words of its class.
fn class_mark(element: &dom_query::Element) -> DateMark {
    let class = class_of(element);
    if class.contains("updated") || class.contains("modified") {
        // WordPress writes `published updated` on a page that was not changed.
        if class.contains("published") { DateMark::Published } else { DateMark::Modified }
    } else if class.contains("published") || class.contains("pubdate") {
        DateMark::Published
    } else {
        DateMark::Class
    }
}

/// Makes the captions of a figure text where it has a heading above them: it is one of the slides that
/// an article consists of.
fn clear_slide(figure: &mut [Block]) {
    let is_heading = |block: &Block| {
        matches!(block.kind, BlockKind::Heading(_)) && !block.zone.is_any(Zone::CAPTION)
    };
    if figure.iter().any(is_heading) {
        for block in figure {
            block.zone = block.zone.without(Zone::CAPTION);
        }
    }
}

/// Returns what of an element's names is furniture: the footer of an article is none.
fn own_furniture(own: Zone, outer: Zone) -> Zone {
    let furniture = own.and(Zone::FURNITURE);
    let of_article = Zone::ARTICLE | Zone::BODY;
    if outer.is_any(of_article) || own.is_any(of_article | Zone::DATE | Zone::AUTHOR) {
        furniture.without(Zone::FOOTER)
    } else {
        furniture
    }
}

fn is_hidden(element: &dom_query::Element) -> bool {
    let is_none =
        |style: &str| style.contains("none") && style.replace(' ', "").contains("display:none");
    element.has_attr("hidden") || element.attr("style").is_some_and(|style| is_none(&style))
}

fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "svg"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "select"
            | "option"
            | "textarea"
            | "input"
            | "meta"
            | "link"
            | "img"
            | "title"
            | "math"
            | "rt"
            | "rp"
    )
}

fn block_kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "p" => BlockKind::Paragraph,
        "li" | "dt" | "dd" => BlockKind::ListItem,
        "td" | "th" => BlockKind::Cell,
        "pre" => BlockKind::Preformatted,
        _ => return None,
    })
}

fn is_container(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "ul"
            | "ol"
            | "dl"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "form"
            | "fieldset"
            | "figure"
            | "figcaption"
            | "blockquote"
            | "address"
            | "center"
            | "details"
            | "summary"
            | "hr"
            | "caption"
            | "tfoot"
            | "menu"
            | "dialog"
            | "legend"
    )
}

fn short_text(node: &NodeRef<'_>) -> String {
    let mut text = String::new();
    for part in node.descendants_it() {
        let goes_on = part.query_or(true, |tree_node| {
            if let NodeData::Text { contents } = &tree_node.data {
                for word in contents.split_whitespace() {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.extend(word.chars().filter(|letter| !UNSEEN.contains(letter)));
                }
            }
            text.len() <= LONGEST_MARKED
        });
        if !goes_on {
            return String::new();
        }
    }
    text
}

fn collapse(text: &str) -> String {
    text.replace(UNSEEN, "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_of_slides_with_headings_are_text() {
        let zones = |heading: &str| {
            let html = format!(
                "<h1>The harbours</h1><figure>{heading}<img src=a.jpg><figcaption><p>The harbour was \
                 closed by the storm in winter.</p></figcaption></figure>"
            );
            let page = Page::of(&Document::from(html.as_str()));
            page.blocks.iter().map(|block| block.zone.is_any(Zone::CAPTION)).collect::<Vec<_>>()
        };
        assert_eq!(zones("<h2>1. Genoa</h2>"), [false, false, false]);
        assert_eq!(zones(""), [false, true]);
    }
}
