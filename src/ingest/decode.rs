//! From bytes to text in any encoding.
//!
//! In this order: a byte order mark; two or four bytes a letter, seen by their zeros; UTF-8 where
//! the bytes are valid as such, whatever was declared; the declared encoding where it fits, or nearly
//! does; UTF-8 with a few stray bytes; the guess of chardetng, the detector of Firefox. It never fails:
//! what fits nothing comes out with U+FFFD in it.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a page or document a declaration of its encoding is looked for.
const DECLARATION_BYTES: usize = 4096;

/// Returns the text of `bytes`, without a byte order mark. `declared` is what was said of the
/// encoding outside the bytes (HTTP, MIME) or in them ([`declared_in_markup`]).
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Cow<'a, str> {
    if let Some(wide) = Wide::of(bytes) {
        return Cow::Owned(wide.decode(bytes));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if is_iso_2022_jp(bytes) => decode_as(ISO_2022_JP, text.as_bytes()),
        Ok(text) => Cow::Borrowed(text),
        Err(_) => decode_other(bytes, declared),
    }
}

/// Tells whether the bytes switch to Japanese letters by escapes, as old mail and wires do.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    memchr::memchr(0x1B, bytes).is_some()
        && (memchr::memmem::find(bytes, b"\x1B$B").is_some()
            || memchr::memmem::find(bytes, b"\x1B$@").is_some())
}

fn decode_other<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Cow<'a, str> {
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        let text = decode_as(encoding, bytes);
        if is_mostly_right(&text) {
            return text;
        }
    }
    let least = if declared == Some(UTF_8) { 1 } else { LEAST_VALID };
    if is_mostly_utf8(bytes, least) {
        return Cow::Owned(decode_utf8_with_stray_bytes(bytes));
    }
    decode_as(guess(bytes), bytes)
}

/// Tells whether a text in an encoding of several bytes a letter has few letters that were cut: teasers
/// are cut between the bytes of their last one.
fn is_mostly_right(text: &str) -> bool {
    let (mut right, mut cut) = (0_usize, 0_usize);
    for letter in text.chars().filter(|letter| !letter.is_ascii()) {
        *if letter == char::REPLACEMENT_CHARACTER { &mut cut } else { &mut right } += 1;
    }
    right >= LEAST_VALID * cut
}

/// An encoding is taken for that of bytes which have so many letters in it for each that is none, unless
/// they were declared to be UTF-8.
const LEAST_VALID: usize = 5;

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    encoding.decode_without_bom_handling(bytes).0
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    /// More text than this does not change a guess, and guessing is slow.
    const SAMPLE_BYTES: usize = 256 << 10;
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// Tells whether letters of several bytes are valid UTF-8 at least so many times as often as not.
fn is_mostly_utf8(bytes: &[u8], least: usize) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid >= least * invalid
}

/// Reads single stray bytes as Windows-1252, from which they come where texts were joined, and
/// letters that were cut as U+FFFD.
fn decode_utf8_with_stray_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            stray @ [_] => text.push_str(&decode_as(WINDOWS_1252, stray)),
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    text
}

/// Returns the encoding that an XML declaration or a `meta` element at the head declares.
pub(crate) fn declared_in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    if head.trim_ascii_start().starts_with(b"<?xml") {
        let end = memchr::memchr(b'>', head)?;
        if let Some(label) = label_after(&head[..end], b"encoding") {
            return Encoding::for_label(label);
        }
    }
    let mut rest = head;
    while let Some(position) = memchr::memchr(b'<', rest) {
        rest = &rest[position + 1..];
        if rest.len() >= 4 && rest[..4].eq_ignore_ascii_case(b"meta") {
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            if let Some(label) = label_after(&rest[..end], b"charset") {
                return Encoding::for_label(label);
            }
        }
    }
    None
}

/// Returns the value after `name =` in a tag, with or without quotes.
fn label_after<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let position = tag.windows(name.len()).position(|part| part.eq_ignore_ascii_case(name))?;
    let value = tag[position + name.len()..].trim_ascii_start().strip_prefix(b"=")?;
    let value = value.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let end = value.iter().position(|byte| !is_label(byte)).unwrap_or(value.len());
    Some(&value[..end])
}

/// Encodings of two or four bytes a letter, which must be decoded before anything is looked for in
/// the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wide {
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// UTF-32, low byte first.
    Utf32Le,
    /// UTF-32, high byte first.
    Utf32Be,
}

impl Wide {
    /// Returns the wide encoding that the head of a file is in, by its mark or its zeros.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xFF, 0xFE, 0, 0, ..] => Some(Self::Utf32Le),
            [0, 0, 0xFE, 0xFF, ..] => Some(Self::Utf32Be),
            [0xFF, 0xFE, ..] => Some(Self::Utf16Le),
            [0xFE, 0xFF, ..] => Some(Self::Utf16Be),
            _ => Self::by_zeros(&head[..head.len().min(DECLARATION_BYTES)]),
        }
    }

    /// Text in a Latin script without a mark: nearly every second (or three of four) bytes zero,
    /// always the same ones.
    fn by_zeros(head: &[u8]) -> Option<Self> {
        let units = head.len() / 4;
        if units == 0 || memchr::memchr(0, head).is_none() {
            return None;
        }
        let mut zeros = [0_usize; 4];
        for unit in head.chunks_exact(4) {
            for (count, byte) in zeros.iter_mut().zip(unit) {
                *count += usize::from(*byte == 0);
            }
        }
        let most = |count: usize| count * 10 >= units * 7;
        match zeros.map(|count| (count == 0, most(count))) {
            [(true, _), (_, true), (_, true), (_, true)] => Some(Self::Utf32Le),
            [(_, true), (_, true), (_, true), (true, _)] => Some(Self::Utf32Be),
            [(true, _), (_, true), (true, _), (_, true)] => Some(Self::Utf16Le),
            [(_, true), (true, _), (_, true), (true, _)] => Some(Self::Utf16Be),
            _ => None,
        }
    }

    /// Returns the text of `bytes`, without a byte order mark.
    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        let text = match self {
            Self::Utf16Le => decode_as(UTF_16LE, bytes).into_owned(),
            Self::Utf16Be => decode_as(UTF_16BE, bytes).into_owned(),
            Self::Utf32Le => decode_utf32(bytes, u32::from_le_bytes),
            Self::Utf32Be => decode_utf32(bytes, u32::from_be_bytes),
        };
        match text.strip_prefix('\u{FEFF}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }
    }
}

/// Turns a text of two or four bytes a letter into UTF-8 while it is read.
pub(crate) struct InUtf8<R> {
    source: R,
    decoder: WideDecoder,
    /// Decoded text, of which `given` bytes were read.
    text: String,
    given: usize,
    ended: bool,
}

enum WideDecoder {
    Utf16(Box<encoding_rs::Decoder>),
    /// Bytes of a letter whose rest was not read yet.
    Utf32(Wide, Vec<u8>),
}

impl<R: Read> InUtf8<R> {
    /// Returns the text that `source` gives, which is in `wide`.
    pub(crate) fn new(source: R, wide: Wide) -> Self {
        let decoder = match wide {
            Wide::Utf16Le => WideDecoder::Utf16(Box::new(UTF_16LE.new_decoder_with_bom_removal())),
            Wide::Utf16Be => WideDecoder::Utf16(Box::new(UTF_16BE.new_decoder_with_bom_removal())),
            Wide::Utf32Le | Wide::Utf32Be => WideDecoder::Utf32(wide, Vec::new()),
        };
        Self { source, decoder, text: String::new(), given: 0, ended: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        let mut bytes = [0; 16 << 10];
        let count = self.source.read(&mut bytes)?;
        self.ended = count == 0;
        self.text.clear();
        self.given = 0;
        match &mut self.decoder {
            WideDecoder::Utf16(decoder) => {
                self.text.reserve(decoder.max_utf8_buffer_length(count).unwrap_or(count * 3 + 16));
                let _ = decoder.decode_to_string(&bytes[..count], &mut self.text, self.ended);
            }
            WideDecoder::Utf32(wide, left) => {
                left.extend_from_slice(&bytes[..count]);
                let whole = left.len() / 4 * 4;
                self.text.push_str(&wide.decode(&left[..whole]));
                left.drain(..whole);
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for InUtf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.decode_more()?;
        }
        let left = &self.text.as_bytes()[self.given..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

fn decode_utf32(bytes: &[u8], value: fn([u8; 4]) -> u32) -> String {
    let letter = |unit: &[u8]| {
        let unit = unit.try_into().expect("the chunks have four bytes");
        char::from_u32(value(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    bytes.chunks_exact(4).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn valid_utf8_wins_over_what_was_declared() {
        let latin1 = Encoding::for_label(b"iso-8859-1");
        assert_eq!(decode("Zelenskyy – Київ".as_bytes(), latin1), "Zelenskyy – Київ");
        assert_eq!(decode(b"\xEF\xBB\xBFa", None), "a");
    }

    #[test]
    fn declared_encodings_are_used_where_they_fit() {
        let windows1251 = Encoding::for_label(b"windows-1251");
        assert_eq!(decode(b"\xcc\xee\xf1\xea\xe2\xe0", windows1251), "Москва");
        let utf8 = Some(UTF_8);
        assert_eq!(
            decode(b"un caf\xe9 noir, s'il vous pla\xeet", utf8),
            "un café noir, s'il vous plaît"
        );
    }

    #[test]
    fn stray_bytes_do_not_spoil_utf8() {
        let bytes =
            [("é".repeat(9) + " caf").as_bytes(), b"\xe9 ", "“".as_bytes(), b"\xe2\x80"].concat();
        assert_eq!(decode(&bytes, None), "ééééééééé café “\u{FFFD}");
    }

    #[test]
    fn one_bad_byte_does_not_undo_a_declaration() {
        for (label, text) in [
            ("gb2312", "日内瓦会谈将于下周继续举行"),
            ("big5", "日內瓦會談將於下週繼續舉行"),
            ("shift_jis", "会談は来週も続くと大臣は述べた"),
            ("euc-jp", "会談は来週も続くと大臣は述べた"),
            ("euc-kr", "회담은 다음 주에 계속된다고 밝혔다"),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let cut = [&encoding.encode(text).0[..], &encoding.encode(text).0[..1]].concat();
            assert_eq!(decode(&cut, Some(encoding)), format!("{text}\u{FFFD}"), "{label}");
        }
        let feed = b"\xc3\x89lection \xc3\xa0 Paris, vendredi, apr\xe8s un caf\xc3\xa9";
        assert_eq!(decode(feed, Some(UTF_8)), "Élection à Paris, vendredi, après un café");
        let french = "Élection à Paris, s'il vous plaît";
        let latin1 = WINDOWS_1252.encode(french).0.into_owned();
        assert_eq!(decode(&latin1, Encoding::for_label(b"gb2312")), french);
    }

    #[test]
    fn undeclared_encodings_are_guessed() {
        let text = "Президент сообщил, что переговоры продолжатся на следующей неделе в Женеве.";
        let encoding = Encoding::for_label(b"koi8-r").unwrap();
        let (bytes, ..) = encoding.encode(text);
        assert_eq!(decode(&bytes, None), text);
    }

    #[test]
    fn wide_letters_are_seen_with_and_without_a_mark() {
        let text = "<?xml version='1.0'?><rss>Kraków</rss>";
        assert_eq!(decode(&utf16(text, u16::to_le_bytes), None), text);
        assert_eq!(decode(&utf16(text, u16::to_be_bytes), None), text);
        assert_eq!(decode(&utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes), None), text);
        let utf32: Vec<u8> =
            text.chars().flat_map(|letter| u32::from(letter).to_le_bytes()).collect();
        assert_eq!(decode(&utf32, None), text);
    }

    #[test]
    fn wide_letters_are_decoded_while_they_are_read() {
        let text = "Kraków 東京 😀 ".repeat(5000);
        let utf32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        for bytes in [utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes), utf32] {
            let wide = Wide::of(&bytes).unwrap_or(Wide::Utf32Be);
            let mut read = String::new();
            InUtf8::new(&bytes[..], wide).read_to_string(&mut read).unwrap();
            assert!(read == text);
        }
    }

    #[test]
    fn japanese_escapes_are_decoded() {
        let (bytes, ..) = ISO_2022_JP.encode("東京 Tokyo");
        assert_eq!(decode(&bytes, None), "東京 Tokyo");
    }

    #[test]
    fn declarations_are_found_in_xml_and_pages() {
        let name = |bytes: &[u8]| declared_in_markup(bytes).map(Encoding::name);
        assert_eq!(name(b"<?xml version=\"1.0\" encoding='koi8-r'?>"), Some("KOI8-R"));
        assert_eq!(name(b"<html><head><META charset=gb2312>"), Some("GBK"));
        let page = b"<meta http-equiv=content-type content=\"text/html; charset=Shift_JIS\">";
        assert_eq!(name(page), Some("Shift_JIS"));
        assert_eq!(name(b"<meta name=charset><p>charset=gb2312"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            decode(&bytes, declared_in_markup(&bytes));
        }

        #[test]
        fn utf8_comes_out_as_it_went_in(text in "[^\u{0}\u{1B}\u{FEFF}]*") {
            prop_assert_eq!(decode(text.as_bytes(), None), text.as_str());
        }
    }
}
