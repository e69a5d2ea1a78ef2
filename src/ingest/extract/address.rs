//! The address at which an article was published, out of those that archives and caches make of it.

use crate::text::beginning;

/// Archives of the web whose addresses hold the day of the capture and the address of the page.
const ARCHIVES: &[&str] = &[
    "web.archive.org",
    "wayback.archive.org",
    "archive.org",
    "archive.ph",
    "archive.today",
    "archive.is",
    "archive.li",
    "archive.md",
    "archive.vn",
    "archive.fo",
    "arquivo.pt",
    "webarchive.org.uk",
    "webarchive.nationalarchives.gov.uk",
];

/// Returns the address of the page that an archive or a cache of the web keeps under `url`, or `url` where
/// it is none of theirs.
pub(in crate::ingest) fn of_original(url: &str) -> String {
    let of_archive = || in_archive(url).map(str::to_owned);
    of_archive()
        .or_else(|| in_amp_cache(url))
        .or_else(|| in_search_cache(url))
        .unwrap_or_else(|| url.to_owned())
}

/// Returns the address behind the day of a capture: `/web/20150311120455/http://crier.example/talks`.
fn in_archive(url: &str) -> Option<&str> {
    let (host, path) = host_and_path(url)?;
    if !ARCHIVES.contains(&host) {
        return None;
    }
    let start = ["/http://", "/https://"].iter().filter_map(|scheme| path.find(scheme)).min()?;
    let capture = path[..start].rsplit('/').next()?;
    // The day, with letters behind it that say how the page is shown: `20150311120455id_`.
    let is_day = capture.bytes().filter(u8::is_ascii_digit).count() >= 4
        && capture.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_*".contains(&byte));
    is_day.then(|| &path[start + 1..])
}

/// Returns the address behind that of the cache for accelerated mobile pages:
/// `https://crier-example.cdn.ampproject.org/c/s/crier.example/talks`.
fn in_amp_cache(url: &str) -> Option<String> {
    let (host, path) = host_and_path(url)?;
    if host != "cdn.ampproject.org" && !host.ends_with(".cdn.ampproject.org") {
        return None;
    }
    let mut parts = path.trim_start_matches('/').splitn(2, '/');
    let (kind, rest) = (parts.next()?, parts.next()?);
    if !matches!(kind, "a" | "c" | "v") {
        return None;
    }
    Some(match rest.strip_prefix("s/") {
        Some(rest) => format!("https://{rest}"),
        None => format!("http://{rest}"),
    })
}

/// Returns the address that the cache of a search engine was asked for: `search?q=cache:Ab1:crier.example/`.
fn in_search_cache(url: &str) -> Option<String> {
    let (host, path) = host_and_path(url)?;
    if host != "webcache.googleusercontent.com" {
        return None;
    }
    let asked = path.split_once("q=cache:")?.1.split(['+', '&', '#', ' ']).next()?;
    let asked = match asked.split_once(':') {
        Some((id, rest)) if !id.contains('.') && !rest.starts_with("//") => rest,
        _ => asked,
    };
    Some(if asked.contains("://") { asked.to_owned() } else { format!("http://{asked}") })
}

/// Returns the address that a browser or another program that saved the page wrote into a comment at its
/// head.
pub(super) fn saved_from(html: &str) -> Option<&str> {
    const HEAD_BYTES: usize = 4096;
    let head = beginning(html, HEAD_BYTES);
    let address = if let Some((_, rest)) = head.split_once("saved from url=(") {
        // The number is how long the address is.
        rest.split_once(')')?.1
    } else {
        let (_, rest) = head.split_once("Page saved with SingleFile")?;
        rest.split_once("url:")?.1.trim_start()
    };
    let address = address.split(|letter: char| letter.is_whitespace() || letter == '<').next()?;
    (address.starts_with("http://") || address.starts_with("https://")).then_some(address)
}

fn host_and_path(url: &str) -> Option<(&str, &str)> {
    let rest = url.split_once("://")?.1;
    let at = rest.find('/')?;
    Some((rest[..at].split(':').next()?, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_note_from_where_they_saved_a_page() {
        let page = "https://crier.example/talks";
        for comment in [
            "<!DOCTYPE html>\n<!-- saved from url=(0027)https://crier.example/talks -->",
            "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://crier.example/talks \n-->",
        ] {
            assert_eq!(saved_from(comment), Some(page));
        }
        assert_eq!(saved_from("<!-- saved from url=(0014)about:internet -->"), None);
        assert_eq!(saved_from("<p>url: https://crier.example/talks</p>"), None);
    }

    #[test]
    fn addresses_of_archives_and_caches_hold_that_of_the_page() {
        let page = "https://www.crier.example/2020/talks";
        for url in [
            "https://web.archive.org/web/20150311120455/https://www.crier.example/2020/talks",
            "http://web.archive.org/web/20150311120455id_/https://www.crier.example/2020/talks",
            "https://archive.ph/2023.01.05-120455/https://www.crier.example/2020/talks",
            "https://www-crier-example.cdn.ampproject.org/c/s/www.crier.example/2020/talks",
            "https://webcache.googleusercontent.com/search?q=cache:Ab1:https://www.crier.example/2020/talks+talks&hl=en",
            page,
        ] {
            assert_eq!(of_original(url), page, "{url}");
        }
        for other in [
            "https://archive.org/details/crier_2020",
            "https://archive.ph/abc12",
            "https://crier.example/share/20200101/https://other.example/",
            "https://cdn.ampproject.org/v0.js",
        ] {
            assert_eq!(of_original(other), other);
        }
    }
}
