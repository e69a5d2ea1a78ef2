//! Mail and news groups: a message a file, or an mbox of them.
//!
//! The subject is the title, the sender the byline or, where the name is that of a publication,
//! the outlet; the text is the plain part, or else the HTML one.

use mailparse::{MailHeaderMap, ParsedMail};

use super::{Reader, given};
use crate::article::{Byline, Outlet};
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
use crate::ingest::error::Problem;
use crate::ingest::extract::date;
use crate::ingest::input::Input;
use crate::ingest::limits::LimitExceeded;
use crate::ingest::markup;
use crate::ingest::paragraph::unwrap_lines;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads single messages.
pub(super) struct Message;

/// Reads mailboxes.
pub(super) struct Mbox;

impl Reader for Message {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.text().is_some() && is_message_head(sample.bytes)
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        records.whole(input, |bytes, _| read_message(bytes))
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
        let mut number = 0;
        while let Some(taken) = next_message(input, max) {
            number += 1;
            match taken {
                Ok(length) => {
                    let bytes = &input.ahead()[..length];
                    records.record(Some(number), bytes, |_| read_message(&unquoted(bytes)))?;
                    input.consume_ahead(length);
                }
                Err(problem) => records.fail(Some(number), problem)?,
            }
        }
        Flow::Continue(())
    }
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

/// Returns where the next line starts that separates messages: `From ` with a time at its end. In
/// the text of a message such a line is quoted, if only by programs that do it right.
fn find_separator(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let found = from + memchr::memmem::find(bytes.get(from..)?, b"\nFrom ")?;
        let line = &bytes[found + 1..];
        let end = memchr::memchr(b'\n', line)?;
        let line = line[..end].trim_ascii_end();
        let words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).count();
        let has_time = line
            .windows(3)
            .any(|part| part[0].is_ascii_digit() && part[1] == b':' && part[2].is_ascii_digit());
        if words >= 4 && has_time {
            return Some(found + 1);
        }
        from = found + 1;
    }
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

fn read_message(bytes: &[u8]) -> Result<Reading, Problem> {
    let mail = mailparse::parse_mail(bytes).map_err(|error| Problem::Malformed {
        format: "mail message",
        reason: error.to_string(),
    })?;
    let header = |name: &str| {
        let value = mail.headers.get_first_value(name)?;
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    };
    let mut draft = Draft {
        title: header("Subject").map(|subject| given(subject, "Subject")),
        published: header("Date")
            .and_then(|text| Some(given(date::parse(&text)?, &format!("Date `{text}`")))),
        section: header("Newsgroups").map(|groups| {
            given(groups.split(',').next().unwrap_or_default().trim().to_owned(), "Newsgroups")
        }),
        url: header("Archived-At")
            .map(|url| given(url.trim_matches(['<', '>']).to_owned(), "Archived-At")),
        body: read_body(&mail),
        ..Draft::default()
    };
    if let Some(sender) = header("From") {
        read_sender(&sender, &mut draft);
    }
    Ok(Reading::Draft(draft))
}

/// Reads `"A. Marsh" <a@x.example>`, `a@x.example (A. Marsh)`, or the address alone; `A. Marsh via
/// The Courier` names both author and outlet, as mailing lists write it.
fn read_sender(sender: &str, draft: &mut Draft) {
    let (name, address) = match (sender.split_once('<'), sender.split_once('(')) {
        (Some((name, address)), _) => (name, address.trim_end_matches('>')),
        (_, Some((address, name))) => (name.trim_end_matches([')', ' ']), address),
        _ => ("", sender),
    };
    let name = name.trim().trim_matches(['"', '\'']).trim();
    let (name, list) = match name.split_once(" via ") {
        Some((name, list)) => (name.trim(), Outlet::new(list)),
        None => (name, None),
    };
    if !name.is_empty() && !name.contains('@') {
        draft.byline = Some(given(Byline::single(name), "From"));
    }
    let host = address.trim().rsplit_once('@').map(|(_, host)| host.to_lowercase());
    let is_private = |host: &str| PRIVATE_HOSTS.iter().any(|private| host.starts_with(private));
    let host = || Outlet::new(&host.filter(|host| !is_private(host))?);
    draft.outlet = list.or_else(host).map(|outlet| given(outlet, "From"));
}

/// Mail from these hosts is no publication's.
const PRIVATE_HOSTS: &[&str] = &[
    "gmail.",
    "googlemail.",
    "yahoo.",
    "hotmail.",
    "outlook.",
    "live.",
    "msn.",
    "aol.",
    "icloud.",
    "me.com",
    "mac.com",
    "gmx.",
    "web.de",
    "mail.ru",
    "yandex.",
    "protonmail.",
    "proton.me",
    "qq.com",
];

/// Returns the text of a message: of alternatives the plain one, unless it is only a word about the
/// other.
fn read_body(mail: &ParsedMail<'_>) -> String {
    let (mut plain, mut html) = (String::new(), String::new());
    collect_texts(mail, &mut plain, &mut html);
    let marked = markup::text_of(&html);
    let plain = unwrap_lines(without_signature(&plain).trim());
    if plain.len() * 4 < marked.len() || plain.is_empty() { marked } else { plain }
}

/// Returns a text without its signature, which a line of two hyphens and a space opens; the space
/// is often lost on the way.
fn without_signature(text: &str) -> &str {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "--" && !text[..start].trim().is_empty() {
            return &text[..start];
        }
        start += line.len();
    }
    text
}

fn collect_texts(part: &ParsedMail<'_>, plain: &mut String, html: &mut String) {
    for inner in &part.subparts {
        collect_texts(inner, plain, html);
    }
    let is_attachment =
        part.get_content_disposition().disposition == mailparse::DispositionType::Attachment;
    if !part.subparts.is_empty() || is_attachment {
        return;
    }
    let text = match part.ctype.mimetype.as_str() {
        "text/plain" => plain,
        "text/html" => html,
        _ => return,
    };
    let Ok(bytes) = part.get_body_raw() else { return };
    let charset = encoding_rs::Encoding::for_label(part.ctype.charset.as_bytes());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&decode(&bytes, charset));
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_as;

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
}
