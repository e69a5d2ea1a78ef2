//! Whether a page is an article at all.
//!
//! Section fronts, walls and error pages are told by what they state, what they hold and what they
//! say; where nothing is plain, a page is taken for an article.

use super::json_ld::LinkedData;
use super::metadata::squeeze;
use super::model::{Block, BlockKind, Page};
use super::zone::Zone;
use crate::ingest::extract::NotAnArticle;

/// Titles and first words of pages that say there is nothing here, in lower case.
const ERROR_PHRASES: &[&str] = &[
    "404 not found",
    "page not found",
    "404 error",
    "error 404",
    "403 forbidden",
    "access denied",
    "not found",
    "this page could not be found",
    "page can't be found",
    "seite nicht gefunden",
    "page introuvable",
    "página no encontrada",
    "pagina non trovata",
    "página não encontrada",
    "pagina niet gevonden",
    "страница не найдена",
    "сторінку не знайдено",
    "strona nie została znaleziona",
    "nie znaleziono strony",
    "internal server error",
    "502 bad gateway",
    "503 service",
    "site not available",
    "410 gone",
];

/// What walls say, in lower case.
const WALL_PHRASES: &[&str] = &[
    "before you continue",
    "we value your privacy",
    "your privacy choices",
    "checking your browser",
    "just a moment",
    "are you a robot",
    "verify you are human",
    "attention required",
    "enable javascript and cookies",
    "please enable cookies",
    "we and our partners",
    "we use cookies",
    "accept all cookies",
    "consent to cookies",
    "bevor sie fortfahren",
    "wir und unsere partner",
    "zustimmung",
    "datenschutz-einstellungen",
    "cookies zustimmen",
    "nous et nos partenaires",
    "votre consentement",
    "su consentimiento",
    "nosotros y nuestros socios",
    "il tuo consenso",
    "o seu consentimento",
    "uw toestemming",
    "privacy-instellingen",
    "twoja zgoda",
    "unusual traffic",
    "complete the captcha",
    "security check",
    "ddos protection",
];

/// How the titles of walls begin that say nothing else, in lower case.
const WALL_TITLES: &[&str] = &[
    "just a moment...",
    "attention required! |",
    "one moment, please",
    "access to this page has been denied",
    "pardon our interruption",
    "are you a robot?",
    "bot verification",
    "human verification",
    "verifying you are human",
    "ddos-guard",
    "client challenge",
    "robot check",
];

/// A text of fewer characters can be a wall or an error page.
const SHORT_TEXT: usize = 1500;

/// Returns why the page is not an article; `body` is what was extracted of it.
pub(super) fn not_an_article(page: &Page, data: &LinkedData, body: &str) -> Option<NotAnArticle> {
    let body_chars = body.chars().count();
    if body_chars < SHORT_TEXT && says_any(page, body, ERROR_PHRASES, 3) {
        return Some(NotAnArticle::ErrorPage);
    }
    if body_chars < SHORT_TEXT && !data.is_article && is_wall(page, &text_of_wall(page, body)) {
        return Some(NotAnArticle::Wall);
    }
    is_section_front(page, data, body_chars).then_some(NotAnArticle::SectionFront)
}

/// Tells whether the title, or a body that is little more than that, says one of the phrases.
fn says_any(page: &Page, body: &str, phrases: &[&str], words_more: usize) -> bool {
    let title = page.title.to_lowercase();
    let is_title = phrases.iter().any(|phrase| {
        title.contains(phrase)
            && title.split_whitespace().count() <= phrase.split(' ').count() + words_more + 4
    });
    let is_only = body.chars().count() < 300
        && phrases.iter().any(|phrase| body.to_lowercase().contains(phrase));
    is_title || is_only
}

/// Returns what could be the words of a wall: the body, or else all that a page without one says, where
/// that is little.
fn text_of_wall(page: &Page, body: &str) -> String {
    let chars: usize = page.blocks.iter().map(|block| block.chars).sum();
    if !body.is_empty() || chars >= SHORT_TEXT {
        return body.to_lowercase();
    }
    let texts: Vec<String> = page.blocks.iter().map(|block| block.text.to_lowercase()).collect();
    texts.join("\n")
}

/// Tells whether the title and `body`, in lower case, are those of a wall.
fn is_wall(page: &Page, body: &str) -> bool {
    let title = page.title.to_lowercase();
    if WALL_TITLES.iter().any(|wall| title.trim_start().starts_with(wall)) {
        return true;
    }
    let said = WALL_PHRASES
        .iter()
        .filter(|phrase| body.contains(**phrase) || title.contains(**phrase))
        .count();
    let words_of_consent = ["cookie", "consent", "privacy", "captcha", "javascript"];
    let share: usize = words_of_consent.iter().map(|word| body.matches(word).count()).sum();
    let words = body.split_whitespace().count().max(1);
    said >= 2 || said == 1 && share * 40 >= words
}

/// Tells whether the page lists articles: it is the address of a host or says it is a collection, and
/// its text is links and teasers rather than prose.
fn is_section_front(page: &Page, data: &LinkedData, body_chars: usize) -> bool {
    let is_home = page.canonical.as_deref().is_some_and(is_home_address);
    let says_collection = data.is_collection && !data.is_article;
    // Content systems call their lists articles too, but not in the type that they give in JSON-LD.
    let says_article = !is_home && !says_collection && says_it_is_one(page);
    if data.is_article && data.published.is_some() || says_article {
        return false;
    }
    let counted =
        |block: &&Block| !block.zone.is_any(Zone::FOOTER | Zone::NAVIGATION | Zone::COMMENTS);
    let links = page.blocks.iter().filter(counted).filter(|block| is_teaser(block)).count();
    // A list says of itself that it is one, or has little else; an article may stand among many links.
    let is_expected = says_collection || is_home;
    let prose = page.blocks.iter().filter(counted).filter(|block| is_prose(block)).count();
    let is_list = if is_expected {
        links >= 12 && links > 2 * prose
    } else {
        links >= 20 && body_chars < 400
    };
    is_list || is_list_of_items(page)
}

/// Tells whether the page says that it is one article, or a film: by its type, or by a headline that its
/// title repeats and that is too long for the name of a section.
fn says_it_is_one(page: &Page) -> bool {
    let kind = page.meta(&["og:type"]).unwrap_or_default();
    if kind == "article" || kind.starts_with("video") {
        return true;
    }
    let Some(title) = page.meta(&["og:title"]) else { return false };
    let title = squeeze(title);
    let mut headings = page.blocks.iter().filter(|block| block.kind == BlockKind::Heading(1));
    headings.any(|heading| {
        heading.text.split_whitespace().count() >= LEAST_HEADLINE && squeeze(&heading.text) == title
    })
}

/// The least words of a headline that is not taken for the name of a section.
const LEAST_HEADLINE: usize = 4;

/// The least items of a list of articles.
const LEAST_ITEMS: usize = 6;

/// Tells whether most text of the page stands in items: each the linked headline of another page and
/// what that is about.
fn is_list_of_items(page: &Page) -> bool {
    let (mut in_items, mut elsewhere) = (0, 0);
    let mut follows_teaser = false;
    for block in &page.blocks {
        if block.chars >= SHORTEST_TEXT && block.link_chars * 3 < block.chars {
            *(if follows_teaser { &mut in_items } else { &mut elsewhere }) += 1;
        }
        follows_teaser = matches!(block.kind, BlockKind::Heading(_)) && is_teaser(block);
    }
    in_items >= LEAST_ITEMS && elsewhere * 3 <= in_items
}

/// The fewest characters of text under a headline.
const SHORTEST_TEXT: usize = 40;

/// Tells whether a block is the headline of another page: a link of several words.
fn is_teaser(block: &Block) -> bool {
    block.link_chars * 10 >= block.chars * 8 && block.text.split_whitespace().count() >= 4
}

/// Tells whether a block is a paragraph, longer than a teaser.
fn is_prose(block: &Block) -> bool {
    block.chars >= 250 && block.link_chars * 3 < block.chars
}

/// Tells whether an address is that of a host; a number asked for, `?p=3289`, is that of a page.
fn is_home_address(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (_, path) = rest.split_once('/').unwrap_or_default();
    let (path, asked) = path.split_once('?').unwrap_or((path, ""));
    let asks_for_page = asked.split('#').next().is_some_and(|asked| {
        asked.split('&').any(|field| {
            let (_, value) = field.split_once('=').unwrap_or_default();
            !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    path.split('#').next().unwrap_or_default().trim_matches('/').is_empty() && !asks_for_page
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn reason(head: &str, body: &str) -> Option<NotAnArticle> {
        let page = Page::of(&Document::from(format!("<head>{head}</head><body>{body}</body>")));
        not_an_article(&page, &LinkedData::of(&page), "")
    }

    #[test]
    fn the_title_of_a_wall_says_that_it_is_one() {
        let wall = "<h1>crier.example</h1><p>The site needs to review your connection.</p>";
        let title = |title: &str| reason(&format!("<title>{title}</title>"), wall);
        assert_eq!(title("Just a moment..."), Some(NotAnArticle::Wall));
        assert_eq!(title("Attention Required! | Cloudflare"), Some(NotAnArticle::Wall));
        assert_eq!(title("Just a moment in the life of a lake"), None);
    }

    #[test]
    fn a_list_of_links_is_a_front_unless_it_says_that_it_is_one_article() {
        let links: String = (0..24)
            .map(|number| format!("<p><a href=/{number}>Talks of day {number} go on</a></p>"))
            .collect();
        let front = Some(NotAnArticle::SectionFront);
        let canonical =
            |url: &str| format!("<link rel=canonical href='https://crier.example{url}'>");
        assert_eq!(reason("", &links), front);
        let kind = "<meta property=og:type content=article>";
        assert_eq!(reason(&format!("{kind}{}", canonical("/talks")), &links), None);
        assert_eq!(reason(&format!("{kind}{}", canonical("/?p=12")), &links), None);
        assert_eq!(reason(&format!("{kind}{}", canonical("/?lang=de")), &links), front);
        let titled = |title: &str| {
            let head = format!("<meta property=og:title content='{title}'>");
            reason(&head, &format!("<h1>{title}</h1>{links}"))
        };
        let items: String = (0..8)
            .map(|number| {
                format!(
                    "<h2><a href=/{number}>Talks of day {number} go on</a></h2>
                    <p>The ministers met by the lake, and nobody was in a hurry.</p>"
                )
            })
            .collect();
        let list = "<script type=application/ld+json>{\"@type\":\"CollectionPage\"}</script>";
        assert_eq!(reason(&format!("{kind}{list}"), &items), front);
        assert_eq!(reason(kind, &items), None);
        assert_eq!(titled("A film of the talks"), None);
        assert_eq!(titled("Foreign affairs"), front);
    }
}
