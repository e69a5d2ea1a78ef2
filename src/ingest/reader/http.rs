//! HTTP responses as web archives keep them: status, headers, and the payload taken out of its
//! transfer and content codings.
//!
//! Archives hold what servers and crawlers really wrote: payloads that are not coded as the headers
//! say are taken as they are.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::Encoding;

use crate::ingest::detect::Magic;
use crate::ingest::limits::LimitExceeded;

/// A response.
pub(super) struct Response<'r> {
    pub(super) status: u16,
    headers: Vec<(&'r [u8], &'r [u8])>,
    coded: &'r [u8],
}

impl<'r> Response<'r> {
    /// Returns the response in `bytes`, or `None` where they do not start with a status line.
    pub(super) fn parse(bytes: &'r [u8]) -> Option<Self> {
        let (line, mut rest) = split_line(bytes)?;
        let mut words = line.split(|byte| *byte == b' ');
        if !words.next()?.starts_with(b"HTTP/") {
            return None;
        }
        let status = std::str::from_utf8(words.next()?).ok()?.trim().parse().ok()?;
        let mut headers = Vec::new();
        while let Some((line, behind)) = split_line(rest) {
            rest = behind;
            if line.is_empty() {
                break;
            }
            headers.extend(header(line));
        }
        Some(Self { status, headers, coded: rest })
    }

    fn header(&self, name: &str) -> Option<&'r [u8]> {
        header_named(&self.headers, name)
    }

    /// Returns the media type in lower case without its parameters.
    pub(super) fn media_type(&self) -> Option<String> {
        media_type(self.header("content-type")?)
    }

    /// Returns the encoding of the letters that the headers state.
    pub(super) fn charset(&self) -> Option<&'static Encoding> {
        charset(self.header("content-type")?)
    }

    /// Returns the payload, or `None` where its coding cannot be undone; no more than `max` bytes.
    pub(super) fn payload(&self, max: u64) -> Result<Option<Cow<'r, [u8]>>, LimitExceeded> {
        let is_chunked = self.header("transfer-encoding").is_some_and(|coding| {
            coding.to_ascii_lowercase().windows(7).any(|part| part == b"chunked")
        });
        let mut body = if is_chunked { unchunked(self.coded) } else { Cow::Borrowed(self.coded) };
        for _ in 0..MOST_CODINGS {
            let Some(coding) = self.coding_of(&body) else { break };
            let Some(decoded) = decoded(&body, coding, max)? else { return Ok(None) };
            body = Cow::Owned(decoded);
        }
        Ok(Some(body))
    }

    /// Returns the coding that a body still is in: the one that its first bytes show, whatever the headers
    /// say, or the one that they state where the bytes show none and are no text.
    fn coding_of(&self, body: &[u8]) -> Option<Coding> {
        if body.starts_with(b"\x1F\x8B\x08") {
            return Some(Coding::Gzip);
        }
        if body.starts_with(b"\x28\xB5\x2F\xFD") {
            return Some(Coding::Zstd);
        }
        if looks_like_text(body) || Magic::of(body).is_some() {
            return None;
        }
        let stated = self.header("content-encoding").unwrap_or_default().to_ascii_lowercase();
        let states =
            |name: &[u8]| stated.split(|byte| b", ".contains(byte)).any(|part| part == name);
        if states(b"br") {
            Some(Coding::Brotli)
        } else if states(b"deflate") {
            let is_wrapped = body.first().is_some_and(|byte| byte & 0x0F == 8);
            Some(if is_wrapped { Coding::Zlib } else { Coding::Deflate })
        } else {
            None
        }
    }
}

/// The most codings that are undone one after the other: servers compress what is compressed already.
const MOST_CODINGS: usize = 3;

/// How the payload of a response is compressed.
#[derive(Clone, Copy)]
enum Coding {
    Brotli,
    Deflate,
    Gzip,
    Zlib,
    Zstd,
}

fn decoded(body: &[u8], coding: Coding, max: u64) -> Result<Option<Vec<u8>>, LimitExceeded> {
    const BUFFER_BYTES: usize = 16 << 10;
    match coding {
        Coding::Brotli => expanded(brotli_decompressor::Decompressor::new(body, BUFFER_BYTES), max),
        Coding::Deflate => expanded(flate2::read::DeflateDecoder::new(body), max),
        Coding::Gzip => expanded(flate2::read::MultiGzDecoder::new(body), max),
        Coding::Zlib => expanded(flate2::read::ZlibDecoder::new(body), max),
        Coding::Zstd => match zstd::Decoder::new(body) {
            Ok(decoder) => expanded(decoder, max),
            Err(_) => Ok(None),
        },
    }
}

/// Returns what a decoder gives, up to where it fails: the start of a page is better than none.
fn expanded(decoder: impl Read, max: u64) -> Result<Option<Vec<u8>>, LimitExceeded> {
    let mut bytes = Vec::new();
    let failed = decoder.take(max + 1).read_to_end(&mut bytes).is_err();
    if bytes.len() as u64 > max {
        return Err(LimitExceeded::RecordBytes(max));
    }
    Ok((!failed || !bytes.is_empty()).then_some(bytes))
}

fn looks_like_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    let start = head.trim_ascii_start();
    let is_odd = |byte: &&u8| **byte < 9 || (14..32).contains(*byte);
    start.starts_with(b"<") || !head.iter().any(|byte| is_odd(&byte))
}

/// Returns a chunked body in one piece; one that is not chunked after all comes back as it is.
fn unchunked(body: &[u8]) -> Cow<'_, [u8]> {
    let mut whole = Vec::new();
    let mut rest = body;
    loop {
        let Some((size, behind)) = chunk_size(rest) else {
            // The rest of a body whose chunks stop half-way belongs to it.
            return if whole.is_empty() { Cow::Borrowed(body) } else { Cow::Owned(whole) };
        };
        let length = size.min(behind.len());
        whole.extend_from_slice(&behind[..length]);
        rest = behind[length..].strip_prefix(b"\r\n").unwrap_or(&behind[length..]);
        if size == 0 || rest.is_empty() {
            return Cow::Owned(whole);
        }
    }
}

fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (line, rest) = split_line(bytes)?;
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    let size = usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    Some((size, rest))
}

/// Returns the first line without its break, and what follows.
pub(super) fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(b'\n', bytes)?;
    // Some archives went through programs that doubled the carriage returns.
    let length = bytes[..end].iter().rposition(|byte| *byte != b'\r').map_or(0, |last| last + 1);
    Some((&bytes[..length], &bytes[end + 1..]))
}

/// Returns the name and value of a header line.
pub(super) fn header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// Returns the value of the header of this name, in any case.
pub(super) fn header_named<'r>(headers: &[(&'r [u8], &'r [u8])], name: &str) -> Option<&'r [u8]> {
    let is_named = |(key, _): &&(&[u8], &[u8])| key.eq_ignore_ascii_case(name.as_bytes());
    headers.iter().find(is_named).map(|(_, value)| *value)
}

/// Returns the media type of a `Content-Type` in lower case without its parameters, which servers set off
/// by commas and spaces too.
pub(super) fn media_type(value: &[u8]) -> Option<String> {
    let mut parts = value.split(|byte| b";, \"'".contains(byte));
    let value = parts.find(|part| !part.is_empty())?;
    Some(String::from_utf8_lossy(value).to_lowercase())
}

/// Returns the encoding that a `Content-Type` states.
pub(super) fn charset(value: &[u8]) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let start = memchr::memmem::find(&lower, b"charset=")? + b"charset=".len();
    let label = lower[start..].split(|byte| b"; ,".contains(byte)).next()?;
    let is_quote = |byte: &u8| *byte == b'"' || *byte == b'\'';
    let start = label.iter().position(|byte| !is_quote(byte))?;
    let end = label.iter().rposition(|byte| !is_quote(byte))?;
    Encoding::for_label(&label[start..=end])
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn payload(bytes: &[u8]) -> Vec<u8> {
        let response = Response::parse(bytes).unwrap();
        response.payload(1 << 20).unwrap().unwrap().into_owned()
    }

    #[test]
    fn chunked_and_compressed_payloads_come_out_plain() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(b"<html>page").unwrap();
        let gzip = encoder.finish().unwrap();
        let mut bytes =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
                .to_vec();
        for chunk in gzip.chunks(7) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        assert_eq!(payload(&bytes), b"<html>page");
    }

    #[test]
    fn codings_are_undone_whatever_the_headers_say_of_them() {
        let gzip = |bytes: &[u8]| {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let page = b"<html>page";
        let once = gzip(page);
        let brotli = b"\x0B\x02\x80hello\x03";
        let cases: [(&str, &[u8], &[u8]); 6] = [
            ("gzip, identity", &once, page),
            ("identity", &once, page),
            ("gzip", &gzip(&once), page),
            ("br", brotli, b"hello"),
            ("br", page, page),
            ("gzip", b"\xFF\xD8\xFF\xE0\0\x10JFIF", b"\xFF\xD8\xFF\xE0\0\x10JFIF"),
        ];
        for (coding, coded, plain) in cases {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n");
            assert_eq!(payload(&[head.as_bytes(), coded].concat()), plain, "{coding}");
        }
    }

    #[test]
    fn media_types_are_read_as_servers_write_them() {
        for value in ["text/html; charset=utf-8", "text/html charset=utf-8", "text/html,text/html"]
        {
            assert_eq!(media_type(value.as_bytes()).as_deref(), Some("text/html"), "{value}");
        }
        assert_eq!(media_type(b"\"text/html\"").as_deref(), Some("text/html"));
        assert_eq!(media_type(b" ; "), None);
    }

    #[test]
    fn payloads_that_are_not_coded_as_stated_are_taken_as_they_are() {
        let head =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n";
        let bytes = format!("{head}<html>page");
        assert_eq!(payload(bytes.as_bytes()), b"<html>page");
    }

    #[test]
    fn headers_are_read_in_any_case() {
        let bytes = b"HTTP/1.0 302 \r\nContent-TYPE: Text/HTML; charset=\"ISO-8859-2\"\n\nx";
        let response = Response::parse(bytes).unwrap();
        assert_eq!(response.status, 302);
        assert_eq!(response.media_type().unwrap(), "text/html");
        assert_eq!(response.charset().unwrap().name(), "ISO-8859-2");
        assert!(Response::parse(b"<html>").is_none());
    }

    #[test]
    fn a_payload_is_limited() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&[b'x'; 5000]).unwrap();
        let bytes = [
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec(),
            encoder.finish().unwrap(),
        ]
        .concat();
        let response = Response::parse(&bytes).unwrap();
        assert_eq!(response.payload(4999), Err(LimitExceeded::RecordBytes(4999)));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, head in "(HTTP/1.1 200|\r\n|:|chunked|gzip|transfer-encoding){0,9}") {
            let bytes = [head.into_bytes(), bytes].concat();
            if let Some(response) = Response::parse(&bytes) {
                let _payload = response.payload(1 << 16);
                response.charset();
            }
        }
    }
}
