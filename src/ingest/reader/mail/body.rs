//! The text of a message, out of its parts and their encodings.

use encoding_rs::Encoding;
use mailparse::body::Body;
use mailparse::{DispositionType, ParsedMail};

use crate::ingest::decode::decode;
use crate::ingest::error::Problem;
use crate::ingest::markup;
use crate::ingest::paragraph::unwrap_lines;

/// Messages that are forwarded in messages are read this deep.
const MAX_FORWARDED: usize = 8;

/// What a message says.
pub(super) struct Text {
    /// Its text: of alternatives the plain one, unless it is only a word about the other; below it the
    /// texts of messages that are forwarded.
    pub(super) text: String,
    /// The plain text with its lines as they are.
    pub(super) plain: String,
    /// What of it is damaged.
    pub(super) damage: Option<Problem>,
}

/// Reads the text of a message.
pub(super) fn read(mail: &ParsedMail<'_>) -> Text {
    read_forwarded(mail, 0)
}

/// Reads a message that is forwarded in so many others.
fn read_forwarded(mail: &ParsedMail<'_>, depth: usize) -> Text {
    let parts = Parts::of(mail, depth);
    let marked = markup::text_of(&parts.html);
    let plain = unwrap_lines(without_signature(&parts.plain).trim());
    let own = if plain.len() * 4 < marked.len() || plain.is_empty() { marked } else { plain };
    let mut texts = vec![own];
    texts.extend(parts.forwarded);
    texts.retain(|text| !text.is_empty());
    Text { text: texts.join("\n\n"), plain: parts.plain, damage: parts.damage }
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

/// The texts of the parts of a message.
#[derive(Default)]
struct Parts {
    plain: String,
    html: String,
    forwarded: Vec<String>,
    damage: Option<Problem>,
}

impl Parts {
    /// Returns the texts of a message that is forwarded in so many others.
    fn of(mail: &ParsedMail<'_>, depth: usize) -> Self {
        let mut parts = Self::default();
        parts.collect(mail, depth);
        parts
    }

    fn collect(&mut self, part: &ParsedMail<'_>, depth: usize) {
        for inner in &part.subparts {
            self.collect(inner, depth);
        }
        if !part.subparts.is_empty() {
            return;
        }
        let kind = part.ctype.mimetype.as_str();
        if kind == "message/rfc822" {
            return self.forward(part, depth);
        }
        if part.get_content_disposition().disposition == DispositionType::Attachment {
            return;
        }
        // Of parts without a boundary nothing is known but that they are text.
        let is_plain = matches!(kind, "text/plain" | "text") || kind.starts_with("multipart/");
        if !is_plain && kind != "text/html" {
            return;
        }
        let bytes = self.decoded(part);
        let decoded = decode(&bytes, Encoding::for_label(part.ctype.charset.as_bytes()));
        let text = if is_plain { &mut self.plain } else { &mut self.html };
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&decoded);
    }

    fn forward(&mut self, part: &ParsedMail<'_>, depth: usize) {
        let bytes = self.decoded(part);
        match mailparse::parse_mail(&bytes) {
            Ok(mail) if depth < MAX_FORWARDED => {
                let read = read_forwarded(&mail, depth + 1);
                self.forwarded.push(read.text);
                self.damage = self.damage.take().or(read.damage);
            }
            _ => self.damage = Some(malformed("a forwarded message in it cannot be read")),
        }
    }

    fn decoded(&mut self, part: &ParsedMail<'_>) -> Vec<u8> {
        let (bytes, damage) = decoded(part);
        self.damage = self.damage.take().or(damage);
        bytes
    }
}

/// Returns the bytes of a part without its transfer encoding, up to damage.
pub(super) fn decoded(part: &ParsedMail<'_>) -> (Vec<u8>, Option<Problem>) {
    if part.ctype.mimetype.starts_with("multipart/") {
        return (below_headers(part.raw_bytes).to_owned(), None);
    }
    match part.get_body_encoded() {
        Body::Base64(body) => {
            let (bytes, invalid) = decode_base64(without_footer(body.get_raw()));
            let reason = |at: usize| {
                format!("base64 is damaged at byte {at} of a part, and what follows is lost")
            };
            (bytes, invalid.map(|at| malformed(&reason(at))))
        }
        _ => match part.get_body_raw() {
            Ok(bytes) => (bytes, None),
            Err(error) => (Vec::new(), Some(malformed(&error.to_string()))),
        },
    }
}

/// Returns what stands below the first blank line, where no boundary says what the parts are.
fn below_headers(part: &[u8]) -> &[u8] {
    let marks = [&b"\n\n"[..], b"\n\r\n"];
    let ends = marks.iter().filter_map(|mark| Some(memchr::memmem::find(part, mark)? + mark.len()));
    ends.min().map_or(&[], |end| &part[end..])
}

fn malformed(reason: &str) -> Problem {
    Problem::Malformed { format: "mail message", reason: reason.to_owned() }
}

/// Returns what is in base64 without the plain lines that mailing lists append below a blank one.
fn without_footer(encoded: &[u8]) -> &[u8] {
    let encoded = encoded.trim_ascii();
    let blank = [&b"\n\n"[..], b"\n\r\n"]
        .iter()
        .filter_map(|mark| memchr::memmem::find(encoded, mark))
        .min();
    match blank.map(|at| encoded.split_at(at)) {
        Some((data, rest)) if !rest.iter().all(|byte| is_base64(*byte)) => data,
        _ => encoded,
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=".contains(&byte)
}

/// Decodes base64 up to the first byte that cannot be in it, and returns the place of this byte.
fn decode_base64(encoded: &[u8]) -> (Vec<u8>, Option<usize>) {
    let mut bytes = Vec::with_capacity(encoded.len() / 4 * 3 + 3);
    let (mut group, mut bits) = (0_u16, 0);
    for (at, byte) in encoded.iter().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            // Texts that were encoded one by one are padded one by one.
            b'=' => {
                bits = 0;
                continue;
            }
            _ if byte.is_ascii_whitespace() => continue,
            _ => return (bytes, Some(at)),
        };
        group = group << 6 | u16::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits & 0xFF) as u8);
        }
    }
    (bytes, None)
}
