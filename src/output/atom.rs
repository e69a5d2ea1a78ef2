//! Hits as an Atom feed (RFC 4287), for feed readers.

use std::io::{self, Write};

use super::alerts::Told;
use super::sanitize;
use crate::article::PublicationDate;
use crate::search::Hit;

/// What a reader without a date is told.
const NO_DATE: &str = "1970-01-01T00:00:00Z";

/// Writes one feed of all news, each with the name of its search as its category.
///
/// The feed is as new as its newest entry: the same hits give the same bytes.
pub fn write_feed(out: &mut dyn Write, told: &[Told]) -> io::Result<()> {
    let hits = told.iter().flat_map(|told| &told.response.hits);
    let newest = hits.filter_map(date_of).max_by_key(PublicationDate::sort_key);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\">")?;
    writeln!(out, "  <id>urn:morgue:alerts</id>")?;
    writeln!(out, "  <title>morgue alerts</title>")?;
    writeln!(out, "  <updated>{}</updated>", timestamp(newest))?;
    for Told { name, response } in told {
        response.hits.iter().try_for_each(|hit| write_entry(out, name, hit))?;
    }
    writeln!(out, "</feed>")
}

fn date_of(hit: &Hit) -> Option<PublicationDate> {
    hit.article.published.as_ref().map(|published| published.value)
}

fn write_entry(out: &mut dyn Write, name: &str, hit: &Hit) -> io::Result<()> {
    let article = &hit.article;
    writeln!(out, "  <entry>")?;
    writeln!(out, "    <id>urn:morgue:article:{}</id>", article.id)?;
    let title = match article.title_text() {
        "" => "(no headline)",
        title => title,
    };
    writeln!(out, "    <title>{}</title>", escaped(title))?;
    writeln!(out, "    <updated>{}</updated>", timestamp(date_of(hit)))?;
    if let Some(published) = date_of(hit) {
        writeln!(out, "    <published>{}</published>", timestamp(Some(published)))?;
    }
    let authors = article.byline.as_ref().map_or(&[][..], |byline| &byline.value.authors);
    let outlet = article.outlet.as_ref().map(|outlet| outlet.value.as_str());
    let names: Vec<&str> = match authors {
        [] => vec![outlet.unwrap_or("unknown")],
        authors => authors.iter().map(String::as_str).collect(),
    };
    for author in names {
        writeln!(out, "    <author><name>{}</name></author>", escaped(author))?;
    }
    writeln!(out, "    <category term=\"{}\"/>", escaped(name))?;
    if let Some(url) = article.url.as_ref().filter(|url| is_web(&url.value)) {
        writeln!(out, "    <link href=\"{}\"/>", escaped(&url.value))?;
    }
    let passages: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
    writeln!(out, "    <summary>{}</summary>", escaped(&passages.join(" … ")))?;
    writeln!(out, "  </entry>")
}

/// Tells whether a feed reader may follow the address; others (`javascript:`) are hostile.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Returns the date as RFC 3339 wants it; what is not known is taken as early as it may be.
fn timestamp(date: Option<PublicationDate>) -> String {
    let Some(date) = date else { return NO_DATE.to_owned() };
    let time =
        date.time().map_or("00:00:00".to_owned(), |time| time.format("%H:%M:%S").to_string());
    let offset = match date.offset() {
        Some(offset) if offset.local_minus_utc() != 0 => offset.to_string(),
        _ => "Z".to_owned(),
    };
    format!("{}T{time}{offset}", date.first_day().format("%Y-%m-%d"))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in sanitize::line(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    #[test]
    fn a_feed_is_xml_whatever_the_text() {
        let mut response = sample::response();
        response.hits[0].article.title.as_mut().expect("there is one").value =
            "<b> & \u{0} \"x\"".to_owned();
        response.hits[0].article.url.as_mut().expect("there is one").value =
            "javascript:alert(1)".to_owned();
        let mut out = Vec::new();
        let told = Told { name: "a & b".to_owned(), response };
        write_feed(&mut out, &[told]).expect("memory can be written");
        let text = String::from_utf8(out).expect("only text is written");
        assert!(text.contains("<title>&lt;b&gt; &amp; \\x00 &quot;x&quot;</title>"), "{text}");
        assert!(text.contains("<category term=\"a &amp; b\"/>"), "{text}");
        assert!(text.contains("<updated>2022-01-25T00:00:00Z</updated>"), "{text}");
        assert!(text.contains("<updated>1970-01-01T00:00:00Z</updated>"), "{text}");
        assert!(!text.contains("javascript"), "{text}");
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut entries = 0;
        loop {
            match reader.read_event().expect("well formed") {
                quick_xml::events::Event::Start(start) if start.name().as_ref() == "entry" => {
                    entries += 1;
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(entries, 2);
    }
}
