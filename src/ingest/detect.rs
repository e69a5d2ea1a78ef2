//! Telling what a file or member is, by its content before its name.
//!
//! [`Magic`] knows by their first bytes the containers, which are opened, and what is not text,
//! which is skipped by its name. A [`Sample`] is what the readers look at to recognize their format;
//! a file's extension decides only between formats that its content leaves open.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::decode::{declared_in_markup, decode};

/// How many bytes of a file are looked at.
pub(crate) const HEAD_BYTES: usize = 64 << 10;

/// What the first bytes of a file say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Magic {
    /// A compression or archive.
    Container(ContainerKind),
    /// Something that is not text, with its name.
    Binary(&'static str),
}

/// The compressions and archives that are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContainerKind {
    /// `.gz`, of one member or several.
    Gzip,
    /// `.zst`.
    Zstd,
    /// `.bz2`.
    Bzip2,
    /// `.xz`.
    Xz,
    /// `.zip`, and what is one inside, such as `.wacz`.
    Zip,
    /// `.tar`.
    Tar,
}

/// Where in the file which bytes stand, and what it is then.
type MagicRow = (usize, &'static [u8], Magic);

const fn container(offset: usize, bytes: &'static [u8], kind: ContainerKind) -> MagicRow {
    (offset, bytes, Magic::Container(kind))
}

const fn binary(offset: usize, bytes: &'static [u8], name: &'static str) -> MagicRow {
    (offset, bytes, Magic::Binary(name))
}

const MAGIC: &[MagicRow] = &[
    container(0, b"\x1F\x8B\x08", ContainerKind::Gzip),
    container(0, b"\x28\xB5\x2F\xFD", ContainerKind::Zstd),
    container(0, b"\xFD7zXZ\0", ContainerKind::Xz),
    container(0, b"PK\x03\x04", ContainerKind::Zip),
    container(0, b"PK\x05\x06", ContainerKind::Zip),
    binary(0, b"%PDF-", "PDF document"),
    binary(0, b"\xFF\xD8\xFF", "JPEG image"),
    binary(0, b"\x89PNG\r\n\x1A\n", "PNG image"),
    binary(0, b"GIF87a", "GIF image"),
    binary(0, b"GIF89a", "GIF image"),
    binary(8, b"WEBP", "WebP image"),
    binary(0, b"II*\0", "TIFF image"),
    binary(0, b"MM\0*", "TIFF image"),
    binary(0, b"\0\0\0\x0CjP  ", "JPEG 2000 image"),
    binary(0, b"\0\0\x01\0", "icon"),
    binary(4, b"ftyp", "MP4 video or audio"),
    binary(0, b"\x1AE\xDF\xA3", "Matroska video"),
    binary(0, b"FLV\x01", "Flash video"),
    binary(0, b"OggS", "Ogg media"),
    binary(0, b"ID3", "MP3 audio"),
    binary(0, b"\xFF\xFB", "MP3 audio"),
    binary(8, b"WAVE", "WAVE audio"),
    binary(8, b"AVI ", "AVI video"),
    binary(0, b"fLaC", "FLAC audio"),
    binary(0, b"wOFF", "web font"),
    binary(0, b"wOF2", "web font"),
    binary(0, b"Rar!\x1A\x07", "RAR archive"),
    binary(0, b"7z\xBC\xAF\x27\x1C", "7z archive"),
    binary(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Microsoft Office document"),
    binary(0, b"{\\rtf", "RTF document"),
    binary(0, b"%!PS", "PostScript document"),
    binary(0, b"SQLite format 3\0", "SQLite database"),
    binary(0, b"PAR1", "Parquet table"),
    binary(0, b"ARROW1", "Arrow table"),
    binary(0, b"Obj\x01", "Avro file"),
    binary(0, b"\x7FELF", "program"),
    binary(0, b"MZ\x90\0", "program"),
    binary(0, b"\xCA\xFE\xBA\xBE", "program"),
];

impl Magic {
    /// Returns what the first bytes of a file say, if anything.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        let found = MAGIC.iter().find(|(offset, bytes, _)| {
            head.get(*offset..).is_some_and(|rest| rest.starts_with(bytes))
        });
        if let Some((.., magic)) = found {
            return Some(*magic);
        }
        let kind = match head {
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => {
                ContainerKind::Bzip2
            }
            // A frame that decoders skip opens what `pzstd` and seekable writers give.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => ContainerKind::Zstd,
            _ if is_tar_header(head) => ContainerKind::Tar,
            _ => return None,
        };
        Some(Self::Container(kind))
    }
}

/// Tells whether the bytes start with a tar header: its checksum fits.
pub(crate) fn is_tar_header(head: &[u8]) -> bool {
    const CHECKSUM: std::ops::Range<usize> = 148..156;
    let Some(header) = head.get(..512) else { return false };
    let written = header[CHECKSUM].trim_ascii_start();
    let digits = written.iter().take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    if header[0] == 0 || digits < 3 {
        return false;
    }
    let octal = |sum: u64, digit: &u8| sum * 8 + u64::from(digit - b'0');
    let written = written[..digits].iter().fold(0, octal);
    let byte_at = |(position, byte): (usize, &u8)| match CHECKSUM.contains(&position) {
        true => u64::from(b' '),
        false => u64::from(*byte),
    };
    header.iter().enumerate().map(byte_at).sum::<u64>() == written
}

/// The head of a file or member, as readers look at it.
pub(crate) struct Sample<'a> {
    /// The bytes of the head, which is no container.
    pub(crate) bytes: &'a [u8],
    /// The path of the file, with those of the members in it.
    pub(crate) path: &'a str,
    /// The extension of the name in lower case, without that of a compression; may be empty.
    pub(crate) extension: String,
    text: OnceCell<Option<Cow<'a, str>>>,
}

impl<'a> Sample<'a> {
    /// Returns the head of the file or member at `path`.
    pub(crate) fn new(bytes: &'a [u8], path: &'a str) -> Self {
        Self { bytes, path, extension: extension_of(path), text: OnceCell::new() }
    }

    /// Returns the text of the head from its first letter on, or `None` where it is not text.
    pub(crate) fn text(&self) -> Option<&str> {
        let text = self.text.get_or_init(|| {
            let text = decode(self.bytes, declared_in_markup(self.bytes));
            (!is_binary(&text)).then_some(text)
        });
        text.as_deref().map(str::trim_start)
    }

    /// Tells whether the extension is one of these.
    pub(crate) fn has_extension(&self, extensions: &[&str]) -> bool {
        extensions.contains(&self.extension.as_str())
    }

    /// Returns the name of the first element of a document in XML, SGML or HTML, as written but
    /// without its prefix, or that of its document type where there is one.
    pub(crate) fn root_element(&self) -> Option<&str> {
        root_element(self.text()?)
    }
}

fn extension_of(name: &str) -> String {
    const COMPRESSIONS: [&str; 6] = ["gz", "zst", "bz2", "xz", "gzip", "z"];
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let mut parts = name.split('.').skip(1).collect::<Vec<_>>();
    while parts.last().is_some_and(|part| COMPRESSIONS.contains(part)) {
        parts.pop();
    }
    parts.pop().unwrap_or_default().to_owned()
}

/// Returns the name of what `bytes` are that were said to be text and are not: a picture that a server
/// sends as a page.
pub(crate) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    match Magic::of(head) {
        Some(Magic::Binary(name)) => Some(name),
        Some(Magic::Container(_)) => Some("archive or compressed file"),
        None => Sample::new(head, "").text().is_none().then_some("unknown kind"),
    }
}

/// Tells whether a decoded head is not text: zeros, or many control characters. A few of them
/// stand in the feeds of news wires.
fn is_binary(text: &str) -> bool {
    let is_odd = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0C\x1B".contains(byte);
    let (mut zeros, mut odd) = (0, 0);
    for byte in text.as_bytes().iter().filter(|byte| is_odd(byte)) {
        zeros += usize::from(*byte == 0);
        odd += 1;
    }
    let replaced = match odd {
        0 => 0,
        _ => text.matches(char::REPLACEMENT_CHARACTER).count(),
    };
    zeros * 1000 > text.len() || (odd + replaced) * 10 > text.len()
}

fn root_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let tag = rest.strip_prefix('<')?;
        let end = if tag.starts_with("!--") {
            tag.find("-->")? + 3
        } else if tag.starts_with('?') {
            tag.find('>')? + 1
        } else if let Some(doctype) = strip_prefix_ignoring_case(tag, "!doctype") {
            if let Some(name) = name_at(doctype.trim_start()) {
                return Some(name);
            }
            tag.find('>')? + 1
        } else {
            return name_at(tag);
        };
        rest = &tag[end..];
    }
}

/// Returns the local name that an element's name at the start of `text` has.
fn name_at(text: &str) -> Option<&str> {
    let is_name = |letter: char| letter.is_alphanumeric() || "_-.:".contains(letter);
    let end = text.find(|letter| !is_name(letter)).unwrap_or(text.len());
    let name = text[..end].rsplit(':').next()?;
    name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_').then_some(name)
}

/// Returns what follows `prefix`, which is ASCII, in any case.
pub(crate) fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.as_bytes().get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix.as_bytes()).then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample<'a>(bytes: &'a [u8], name: &'a str) -> Sample<'a> {
        Sample::new(bytes, name)
    }

    #[test]
    fn containers_and_media_are_known_by_their_first_bytes() {
        let gzip = Magic::Container(ContainerKind::Gzip);
        assert_eq!(Magic::of(b"\x1F\x8B\x08\0\0"), Some(gzip));
        let bzip2 = Magic::Container(ContainerKind::Bzip2);
        assert_eq!(Magic::of(b"BZh91AY&SY\0"), Some(bzip2));
        assert_eq!(Magic::of(b"BZh sounds like a word"), None);
        assert_eq!(Magic::of(b"%PDF-1.4"), Some(Magic::Binary("PDF document")));
        assert_eq!(Magic::of(b"MOSCOW, Jan 25"), None);
    }

    #[test]
    fn tar_is_known_by_its_checksum() {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_old();
        header.set_size(1);
        builder.append_data(&mut header, "a.txt", &b"x"[..]).unwrap();
        let mut bytes = builder.into_inner().unwrap();
        assert_eq!(Magic::of(&bytes), Some(Magic::Container(ContainerKind::Tar)));
        bytes[3] ^= 1;
        assert_eq!(Magic::of(&bytes), None);
    }

    #[test]
    fn wire_copy_with_control_characters_is_text_and_random_bytes_are_not() {
        let wire = b"\x05\x05\x05C T\n\x16\x16\x01f0704\x1Freute\nu f BC-BAHIA-COCOA-REVIEW 02-26 \
            0105\n\x02\nBAHIA COCOA REVIEW\nShowers continued throughout the week in the zone.\x03";
        assert!(sample(wire, "a").text().is_some());
        let mut state = 1_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let noise: Vec<u8> = (0..4096).map(|_| random()).collect();
        assert!(sample(&noise, "a.txt").text().is_none());
    }

    #[test]
    fn root_elements_are_found_behind_declarations() {
        let root = |text: &str| root_element(text).map(str::to_owned);
        assert_eq!(root("<?xml version='1.0'?>\n<!-- <a> -->\n<rdf:RDF a='b'>").unwrap(), "RDF");
        assert_eq!(root("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">").unwrap(), "lewis");
        assert_eq!(root("<!doctype HTML><p>").unwrap(), "HTML");
        assert_eq!(root("<newsItem/>").unwrap(), "newsItem");
        assert_eq!(root("< 5 per cent"), None);
        assert_eq!(root("plain"), None);
    }

    #[test]
    fn extensions_leave_out_compressions() {
        assert_eq!(extension_of("a.b/News.JSONL.gz"), "jsonl");
        assert_eq!(extension_of("20061020/article"), "");
        assert_eq!(extension_of("x.zst"), "");
    }
}
