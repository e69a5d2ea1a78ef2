//! What the names of elements, classes and ids say about a part of a page.

use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A set of things that a part of a page is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Zone(u32);

impl Zone {
    pub(super) const NAVIGATION: Self = Self(1);
    pub(super) const HEADER: Self = Self(1 << 1);
    pub(super) const FOOTER: Self = Self(1 << 2);
    pub(super) const ASIDE: Self = Self(1 << 3);
    pub(super) const FORM: Self = Self(1 << 4);
    pub(super) const COMMENTS: Self = Self(1 << 5);
    pub(super) const RELATED: Self = Self(1 << 6);
    pub(super) const SHARE: Self = Self(1 << 7);
    pub(super) const PROMOTION: Self = Self(1 << 8);
    pub(super) const NOTICE: Self = Self(1 << 9);
    pub(super) const HIDDEN: Self = Self(1 << 10);
    pub(super) const CAPTION: Self = Self(1 << 11);
    pub(super) const AUTHOR: Self = Self(1 << 12);
    pub(super) const DATE: Self = Self(1 << 13);
    pub(super) const TAGS: Self = Self(1 << 14);
    pub(super) const ARTICLE: Self = Self(1 << 15);
    pub(super) const MAIN: Self = Self(1 << 16);
    pub(super) const BODY: Self = Self(1 << 17);
    /// What stands in a heading and is not the headline.
    pub(super) const BESIDE_HEADLINE: Self = Self(1 << 18);
    /// The lead between the headline and the text.
    pub(super) const LEAD: Self = Self(1 << 19);

    /// What a part of a page is called that is not its article.
    pub(super) const FURNITURE: Self = Self(
        Self::NAVIGATION.0
            | Self::FOOTER.0
            | Self::ASIDE.0
            | Self::FORM.0
            | Self::COMMENTS.0
            | Self::RELATED.0
            | Self::SHARE.0
            | Self::PROMOTION.0
            | Self::NOTICE.0
            | Self::HIDDEN.0
            | Self::TAGS.0,
    );

    /// Returns the names that are in either set.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the names that are in both sets.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the set without `names`.
    pub(super) const fn without(self, names: Self) -> Self {
        Self(self.0 & !names.0)
    }

    /// Tells whether the part is called any of `names`.
    pub(super) fn is_any(self, names: Self) -> bool {
        self.0 & names.0 != 0
    }

    /// Returns what the element itself says.
    pub(super) fn of_element(name: &str) -> Self {
        match name {
            "nav" | "menu" => Self::NAVIGATION,
            "header" => Self::HEADER,
            "footer" => Self::FOOTER,
            "aside" => Self::ASIDE,
            "form" | "button" | "select" | "dialog" => Self::FORM,
            "figcaption" => Self::CAPTION,
            "address" => Self::AUTHOR,
            "article" => Self::ARTICLE,
            "main" => Self::MAIN,
            _ => Self::default(),
        }
    }

    /// Returns what the words of a class or id say: `related-posts`, `articleBody`, `c-byline__date`.
    ///
    /// WordPress tells in the class of a post who wrote it, and on what, with words that elsewhere name a
    /// part of a page: `hentry author-jane-doe category-banners` is an article and no more.
    pub(super) fn of_name(name: &str) -> Self {
        if name.split_ascii_whitespace().any(|name| matches!(name, "hentry" | "type-post")) {
            return Self::ARTICLE;
        }
        let mut zone = Self::default();
        let mut word = String::new();
        let mut after_lower = false;
        for letter in name.chars().chain([' ']) {
            let ends = !letter.is_alphanumeric() || letter.is_uppercase() && after_lower;
            if ends && !word.is_empty() {
                zone |= Self::of_word(&word);
                word.clear();
            }
            if letter.is_alphanumeric() {
                word.extend(letter.to_lowercase());
            }
            after_lower = letter.is_lowercase();
        }
        zone
    }

    fn of_word(word: &str) -> Self {
        static TABLE: LazyLock<FxHashMap<&'static str, Zone>> = LazyLock::new(|| {
            let words =
                WORDS.iter().flat_map(|(zone, words)| words.split(' ').map(|word| (word, *zone)));
            words.collect()
        });
        TABLE.get(word).copied().unwrap_or_default()
    }
}

impl BitOr for Zone {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Zone {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

const WORDS: &[(Zone, &str)] = &[
    (
        Zone::NAVIGATION,
        "nav navbar navigation navi menu menus submenu mainmenu topmenu breadcrumb breadcrumbs crumbs pagination pager paging toc sitemap topbar navlist hauptmenu mainnav subnav skip",
    ),
    (Zone::HEADER, "header masthead siteheader pageheader topheader"),
    (
        Zone::FOOTER,
        "footer siteheader sitefooter pagefooter foot colophon copyright imprint impressum",
    ),
    (
        Zone::ASIDE,
        "sidebar sidebars side aside rail rightrail leftrail marginal widget widgets sidecolumn rightcol secondary",
    ),
    (
        Zone::FORM,
        "form login signin signup register search searchform searchbox suche poll vote voting quiz rating ratings",
    ),
    (
        Zone::COMMENTS,
        "comment comments commentlist commentform commentary respond reply replies disqus kommentar kommentare commentaires comentarios reader-comments discussion talkback",
    ),
    (
        Zone::RELATED,
        "related relateds recommended recommendation recommendations recommend recirc recirculation similar more-like mehr readmore morenews more-news teaser teasers mostread popular trending latest recent recents outbrain taboola nextprev prevnext upnext weitere verwandte crosslinks xlinks linkbox readalso seealso",
    ),
    (
        Zone::SHARE,
        "share shares sharing sharedaddy sharebar shariff social socials socialmedia addtoany addthis bookmark bookmarks follow followus facebook twitter whatsapp pinterest tools toolbar print printen actions",
    ),
    (
        Zone::PROMOTION,
        "ad ads adsense advert advertisement advertising advertorial anzeige anzeigen werbung banner banners promo promos promotion sponsor sponsored sponsors affiliate shop newsletter newsletters subscribe subscription subscriptions abo paywall offer offers donation donate spenden callout cta",
    ),
    (
        Zone::NOTICE,
        "cookie cookies consent gdpr cmp privacy modal popup overlay lightbox alert disclaimer noscript cookiebanner",
    ),
    (Zone::HIDDEN, "hidden hide invisible screenreader visuallyhidden sr-only offscreen"),
    (
        Zone::CAPTION,
        "caption captions figcaption bildunterschrift imagecaption credit credits copyrights photocredit",
    ),
    (
        Zone::AUTHOR,
        "author authors byline bylines autor autoren writer contributor contributors auteur autore redakteur vcard fn creator authorname authorname-txt postauthor entryauthor articleauthor bylinename username",
    ),
    (
        Zone::DATE,
        "date dates datetime dateline datum time timestamp published publish pubdate publication posted postdate updated update entrydate dateposted meta postmeta postinfo entrymeta articlemeta fecha data submitted zeit uhrzeit publishingdate publishdate publishedat publicationdate artikeldatum newsdate createdate created createdat",
    ),
    (
        Zone::TAGS,
        "tags taglist tagcloud tagged keywords keyword schlagworte schlagwörter topics categories category",
    ),
    (Zone::ARTICLE, "article post entry story hentry artikel beitrag articulo noticia"),
    (Zone::MAIN, "main maincontent"),
    (
        Zone::BESIDE_HEADLINE,
        "kicker dachzeile spitzmarke overline eyebrow topline roofline titleheader visually visuallyhidden invisible sr screenreader hiddendash",
    ),
    (Zone::BESIDE_HEADLINE.or(Zone::LEAD), "subtitle subtitel untertitel subheadline subhead"),
    (
        Zone::LEAD,
        "standfirst dek deck lede lead intro excerpt summary vorspann anriss chapo chapeau entradilla bajada sommario ingress",
    ),
    (
        Zone::BODY,
        "articlebody storybody bodytext bodycopy entrycontent postcontent articletext articlecontent storytext artikeltext",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        assert!(Zone::of_name("c-related__list").is_any(Zone::RELATED));
        assert!(Zone::of_name("SiteFooter siteNav").is_any(Zone::NAVIGATION));
        assert!(Zone::of_name("post-date").is_any(Zone::DATE));
        assert_eq!(Zone::of_name("navy unrelated"), Zone::default());
        assert_eq!(Zone::of_name("loads header"), Zone::HEADER);
        assert_eq!(Zone::of_name("hentry author-jane-doe category-banners"), Zone::ARTICLE);
    }
}
