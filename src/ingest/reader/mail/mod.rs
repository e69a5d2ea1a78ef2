//! Mail and news groups: a message a file, or an mbox of them; and web pages that are saved as mail is.
//!
//! The subject is the title, the sender the byline or, where the name is that of a publication,
//! the outlet; the text is the plain part, or else the HTML one. A digest holds an article for each
//! of its messages, and an alert of a news database one for each of its documents.

mod body;
mod message;
mod sender;

use super::Reader;
use crate::ingest::ReadOptions;
use crate::ingest::detect::Sample;
use crate::ingest::error::Problem;
use crate::ingest::input::Input;
use crate::ingest::limits::LimitExceeded;
use crate::ingest::records::{Flow, Records, without_panic};

/// Reads single messages.
pub(super) struct Message;

/// Reads mailboxes.
pub(super) struct Mbox;

impl Reader for Message {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.text().is_some() && is_message_head(sample.bytes)
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        match input.take_rest(records.options().limits.max_record_bytes) {
            Ok(bytes) => read_message(&bytes, &bytes, &mut None, records),
            Err(problem) => records.fail(None, problem),
        }
    }
}

impl Reader for Mbox {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let rest = sample.bytes.strip_prefix(b"From ");
        let end = rest.and_then(|rest| memchr::memchr(b'\n', rest));
        match (rest, end) {
            (Some(rest), Some(end)) => is_message_head(&rest[end + 1..]),
            _ => false,
        }
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let max = records.options().limits.max_record_bytes;
        let mut number = Some(0);
        while let Some(taken) = next_message(input, max) {
            match taken {
                Ok(length) => {
                    let bytes = &input.ahead()[..length];
                    read_message(bytes, &unquoted(bytes), &mut number, records)?;
                    input.consume_ahead(length);
                }
                Err(problem) => {
                    number = number.map(|number| number + 1);
                    records.fail(number, problem)?;
                }
            }
        }
        Flow::Continue(())
    }
}

/// Reads the articles of one message, which lies in `bytes`. `number` is that of the record before, or
/// `None` where a message of a single article is the whole file.
fn read_message(
    bytes: &[u8],
    message: &[u8],
    number: &mut Option<u64>,
    records: &mut Records<'_, '_>,
) -> Flow {
    let articles = match without_panic(|| message::articles_in(message)) {
        Ok(articles) => articles,
        Err(problem) => {
            *number = number.map(|number| number + 1);
            return records.fail(*number, problem);
        }
    };
    let is_single = articles.len() == 1;
    let options = records.options();
    for article in articles {
        if !is_single || number.is_some() {
            *number = Some(number.unwrap_or_default() + 1);
        }
        let record = if is_single { bytes } else { &article.bytes };
        let damage = article.damage;
        records.record(*number, record, |context| article.content.read(context, options))?;
        if let Some(damage) = damage {
            records.fail(*number, damage)?;
        }
    }
    Flow::Continue(())
}

/// Tells whether the bytes start with at least two header lines that mail has and scraped pages do
/// not: `From` with `Date` or `Subject` could be anything's.
fn is_message_head(bytes: &[u8]) -> bool {
    const SURE: &[&str] = &[
        "received",
        "message-id",
        "mime-version",
        "return-path",
        "delivered-to",
        "newsgroups",
        "in-reply-to",
        "references",
        "list-id",
        "x-mailer",
        "content-transfer-encoding",
        "xref",
        "nntp-posting-host",
        "reply-to",
        "dkim-signature",
    ];
    const COMMON: &[&str] = &["from", "to", "date", "subject", "sender", "organization", "lines"];
    let (mut sure, mut common) = (0, 0);
    for line in bytes.split(|byte| *byte == b'\n').take(60) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some((name, _)) = super::http::header(line) else { break };
        let Ok(name) = std::str::from_utf8(name) else { break };
        let name = name.to_ascii_lowercase();
        if name.contains(' ') {
            break;
        }
        sure += usize::from(SURE.contains(&name.as_str()));
        common += usize::from(COMMON.contains(&name.as_str()));
    }
    (sure >= 1 && common >= 1) || (common >= 4)
}

/// Returns the length of the message that the input starts with, separator line included.
fn next_message(input: &mut Input<'_>, max: u64) -> Option<Result<usize, Problem>> {
    let mut searched = 1;
    loop {
        let ahead = input.ahead();
        if let Some(next) = find_separator(ahead, searched) {
            return Some(Ok(next));
        }
        if ahead.len() as u64 > max {
            let length = ahead.len();
            input.consume_ahead(length);
            return Some(Err(LimitExceeded::RecordBytes(max).into()));
        }
        // A separator and its line may be cut by the end of what is in memory.
        searched = ahead.len().saturating_sub(1024).max(1);
        match input.more() {
            Ok(true) => {}
            Ok(false) if input.ahead().is_empty() => return None,
            Ok(false) => return Some(Ok(input.ahead().len())),
            Err(error) => {
                let length = input.ahead().len();
                input.consume_ahead(length);
                return Some(Err(error.into()));
            }
        }
    }
}

/// Returns where the next line starts that separates messages: `From ` with a time at its end, and a
/// header below. In the text of a message such a line is quoted, if only by programs that do it right.
fn find_separator(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let found = from + memchr::memmem::find(bytes.get(from..)?, b"\nFrom ")?;
        let rest = &bytes[found + 1..];
        let end = memchr::memchr(b'\n', rest)?;
        let line = rest[..end].trim_ascii_end();
        let words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).count();
        let has_time = line
            .windows(3)
            .any(|part| part[0].is_ascii_digit() && part[1] == b':' && part[2].is_ascii_digit());
        if words >= 4 && has_time && opens_with_header(&rest[end + 1..]) {
            return Some(found + 1);
        }
        from = found + 1;
    }
}

/// Tells whether the bytes start with the name of a header. Those before it in the message are in
/// memory again when more were read.
fn opens_with_header(bytes: &[u8]) -> bool {
    let line = super::http::split_line(bytes).map_or(bytes, |(line, _)| line);
    // Some programs quote what they take for a separator inside the headers.
    let line = line.strip_prefix(b">From ").map_or(line, |_| b"From:");
    super::http::header(line).is_some_and(|(name, _)| {
        !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic())
    })
}

/// Returns a message without the separator before it and the quotes that protect its text.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let start = memchr::memchr(b'\n', bytes).filter(|_| bytes.starts_with(b"From "));
    let message = &bytes[start.map_or(0, |end| end + 1)..];
    let mut unquoted = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        let quotes = line.iter().take_while(|byte| **byte == b'>').count();
        let is_protected = quotes > 0 && line[quotes..].starts_with(b"From ");
        unquoted.extend_from_slice(&line[usize::from(is_protected)..]);
    }
    unquoted
}

#[cfg(test)]
mod tests {
    use crate::ingest::records::Record;
    use crate::ingest::testing::{Seen, bytes_of_record, read_as, read_in_pieces};

    const MESSAGE: &str = "Message-ID: <1@c.example>\r\nFrom: \"A. Marsh\" <a@c.example>\r\n\
        Subject: =?utf-8?Q?Talks_in_Krak=C3=B3w?=\r\nDate: Tue, 25 Jan 2022 18:15:00 +0300\r\n\
        Content-Type: text/plain; charset=iso-8859-2\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        The talks in Krak=F3w went on for a third day, and both sides said that they\r\nwere useful.\r\n\r\n\
        Two.\r\n";

    #[test]
    fn a_message_is_an_article() {
        let found = read_as("a.eml", MESSAGE.as_bytes());
        let article = found[0].article();
        assert_eq!(found[0].to_string(), "a.eml Talks in Kraków");
        assert_eq!(
            article.published.as_ref().unwrap().value.to_string(),
            "2022-01-25T18:15:00+03:00"
        );
        assert!(article.body.starts_with("The talks in Kraków went on"), "{}", article.body);
        assert!(article.body.ends_with("were useful.\n\nTwo."), "{}", article.body);
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["A. Marsh"]);
        assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "c.example");
    }

    #[test]
    fn lists_name_themselves_and_signatures_are_no_text() {
        let message = "From: A. Marsh via The Courier <desk@c.example>\nSubject: S\nMessage-ID: <1@c>\n\n\
            One.\n\n-- \nThe Courier, 1 Some Street\n";
        let found = read_as("a.eml", message.as_bytes());
        let article = found[0].article();
        assert_eq!(article.body, "One.");
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["A. Marsh"]);
        assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "The Courier");
    }

    #[test]
    fn the_parts_of_a_message_are_told_apart() {
        let message = "MIME-Version: 1.0\nFrom: a@gmail.com\nSubject: S\nContent-Type: multipart/mixed; boundary=b\n\n\
            --b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nSee HTML.\n\
            --c\nContent-Type: text/html\n\n<p>One paragraph of the text.</p><p>Two paragraphs of it.</p>\n--c--\n\
            --b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nno text\n--b--\n";
        let found = read_as("a.eml", message.as_bytes());
        let article = found[0].article();
        assert_eq!(article.body, "One paragraph of the text.\n\nTwo paragraphs of it.");
        assert_eq!(article.outlet, None);
    }

    #[test]
    fn the_data_of_a_folder_are_no_message() {
        let mbox = format!(
            "From MAILER-DAEMON Tue Jan 25 18:15:00 2022\nFrom: Mail System Internal Data <m@c.example>\n\
             Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1643105700 1\nMessage-ID: <1@c>\n\n\
             This is no real message.\n\nFrom b Wed Jan 26 00:00:00 2022\n{MESSAGE}"
        );
        let found = read_as("a.mbox", mbox.as_bytes());
        assert_eq!(found.len(), 2);
        assert!(found[0].to_string().contains("the data of a mail folder"), "{}", found[0]);
        assert_eq!(found[1].to_string(), "a.mbox#2 Talks in Kraków");
    }

    #[test]
    fn mailboxes_are_split_at_their_separators() {
        let quoted = MESSAGE.replace("Two.", ">From here on.\r\nFrom nowhere.");
        let mbox = format!(
            "From a@c.example Tue Jan 25 18:15:00 2022\n{quoted}\nFrom b Wed Jan 26 00:00:00 2022\n{MESSAGE}"
        );
        let found = read_as("a.mbox", mbox.as_bytes());
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].to_string(), "a.mbox#2 Talks in Kraków");
        assert!(
            found[0].article().body.contains("\n\nFrom here on."),
            "{}",
            found[0].article().body
        );
    }

    #[test]
    fn scraped_text_with_a_header_block_is_no_mail() {
        let text = b"Title: A\nDate: 25 January 2022\nSource: The Courier\n\nText.";
        assert!(!super::is_message_head(text));
    }

    #[test]
    fn a_sentence_that_opens_with_from_separates_no_messages() {
        let mbox = format!(
            "From a Tue Jan 25 18:15:00 2022\n{MESSAGE}\nFrom London the 10:30 express took hours.\n\n\
             They said: late.\n\nFrom a Tue Jan 25 18:15:00 2022\n>From a\n{MESSAGE}"
        );
        for size in [1, 7, 1 << 16] {
            let found = read_in_pieces("a.mbox", mbox.as_bytes(), size);
            assert_eq!(found.len(), 2);
            assert!(found[0].article().body.ends_with("hours.\n\nThey said: late."));
        }
    }

    const HEAD: &str = "From: Ann Lee <ann@c.example>\nSubject: S\nMessage-ID: <1@c>\nDate: 25 Jan 2022 10:15:00 +0000\n";

    /// Returns what comes of a message with this end of its headers and this body.
    fn read_mail(rest: &str) -> Vec<String> {
        let found = read_as("a.eml", format!("{HEAD}{rest}").as_bytes());
        let text = |seen: &Seen| match &seen.0 {
            Record::Article(article) => format!("{}: {}", article.locator, article.body),
            _ => seen.to_string(),
        };
        found.iter().map(text).collect()
    }

    #[test]
    fn damaged_encodings_and_structures_lose_no_text() {
        const BASE64: &str =
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n";
        let read = |body: &str| read_mail(&format!("{BASE64}{body}"));
        assert_eq!(read("T25lIMOpLg==\n"), ["a.eml: One é."]);
        // Mailing lists append lines that are not encoded.
        assert_eq!(read("T25lIMOp\nLg==\n\n____\nthe list\n"), ["a.eml: One é."]);
        assert_eq!(read("T25lIMOpLg==\r\n\r\nVisit our list: here\r\n"), ["a.eml: One é."]);
        assert_eq!(read("T25lLg==\n\nVHdvLg==\n"), ["a.eml: One.Two."]);
        let damage = "a.eml failed: invalid mail message: base64 is damaged at byte 8 of a part, \
            and what follows is lost";
        assert_eq!(read("T25lLiAx!!\nLg==\n"), ["a.eml: One. 1", damage]);
        let unbounded = "Content-Type: multipart/alternative\n\nOne.\n\nTwo.\n";
        assert_eq!(read_mail(unbounded), ["a.eml: One.\n\nTwo."]);
        let absent = "Content-Type: multipart/mixed; boundary=b\n\nOne.\n";
        assert_eq!(read_mail(absent), ["a.eml: One."]);
    }

    #[test]
    fn messages_in_messages_are_read() {
        let inner = "Content-Type: message/rfc822\n\nFrom: B <b@x.example>\nSubject: Inner\n\nInner text.\n";
        let forwarded = format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nFor you.\n--b\n\
             {inner}--b--\n"
        );
        assert_eq!(read_mail(&forwarded), ["a.eml: For you.\n\nInner text."]);
        let digest = format!(
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\nToday's topics\n\
             --a\nContent-Type: multipart/digest; boundary=b\n\n--b\n{inner}--b\n\nFrom: C <c@x.example>\n\
             Date: Mon, 24 Jan 2022 10:00:00 +0000\nSubject: Second\n\nSecond text.\n--b--\n--a--\n"
        );
        assert_eq!(read_mail(&digest), ["a.eml#1: Inner text.", "a.eml#2: Second text."]);
        let file = format!("{HEAD}{digest}");
        let found = read_as("a.eml", file.as_bytes());
        let days: Vec<String> = found
            .iter()
            .map(|seen| seen.article().published.as_ref().unwrap().value.to_day().to_string())
            .collect();
        assert_eq!(days, ["2022-01-25", "2022-01-24"]);
        let locator = &found[1].article().locator;
        let bytes = bytes_of_record(file.as_bytes(), locator).unwrap();
        assert!(bytes.starts_with(b"From: C <c@x.example>"));
        let mbox = format!(
            "From a Tue Jan 25 18:15:00 2022\n{file}\nFrom a Tue Jan 25 18:15:00 2022\n{MESSAGE}"
        );
        let found = read_as("a.mbox", mbox.as_bytes());
        let titles: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(titles, ["a.mbox#1 Inner", "a.mbox#2 Second", "a.mbox#3 Talks in Kraków"]);
    }

    #[test]
    fn an_alert_of_a_database_holds_its_documents() {
        let alert = "\n1 of 2 DOCUMENTS\n\nThe Courier (London)\n\nJanuary 24, 2022 Monday\n\nA title\n\n\
            LENGTH: 2 words\n\nOne.\n\n2 of 2 DOCUMENTS\n\nThe Herald\n\nJanuary 23, 2022 Sunday\n\nB title\n\n\
            LENGTH: 2 words\n\nTwo.\n";
        assert_eq!(read_mail(alert), ["a.eml#1: One.", "a.eml#2: Two."]);
    }

    #[test]
    fn a_saved_page_is_read_as_a_page() {
        let address = "https://c.example/2022/01/25/bridge.html";
        let page = "<html><head><meta property=3D\"og:site_name\" content=3D\"The Courier\"></head><body>\n\
            <article><h1>Bridge to close</h1><p>The council voted to close the bridge in K=F6ln after cracks \
            were found, =\nofficials said.</p><p>The mayor told reporters that repairs would take nine months and \
            cost four million.</p></article></body></html>";
        for (from, place) in [
            ("<Saved by Blink>", format!("Snapshot-Content-Location: {address}\n")),
            ("\"Saved by Windows Internet Explorer 8\"", String::new()),
        ] {
            let file = format!(
                "From: {from}\n{place}Subject: S\nDate: Wed, 26 Jan 2022 10:15:00 -0000\nMIME-Version: 1.0\n\
                 Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\n\n--b\nContent-Type: text/html; \
                 charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\nContent-Location: {address}\n\n\
                 {page}\n--b--\n"
            );
            let found = read_as("a.mht", file.as_bytes());
            let article = found[0].article();
            assert_eq!(article.title_text(), "Bridge to close");
            assert_eq!(article.url.as_ref().unwrap().value, address);
            assert_eq!(article.published.as_ref().unwrap().value.to_string(), "2022-01-25");
            assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "The Courier");
            assert!(article.body.contains("in Köln after cracks were found"), "{}", article.body);
        }
    }
}
