//! From marked-up text to plain paragraphs: fragments of HTML and XML such as a feed's or a JSON
//! export's body, in which everything is text.
//!
//! This is no extraction: nothing is judged and nothing but scripts, styles and comments is left
//! out. One pass from front to back without a tree, so that no nesting can hurt.

use std::borrow::Cow;

use markup5ever::data::NAMED_ENTITIES;

use super::paragraph::unwrap_lines;

/// Elements that end the paragraph before them and start a new one.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "block",
    "blockquote",
    "body",
    "body.content",
    "bq",
    "caption",
    "center",
    "credit",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hedline",
    "hl1",
    "hl2",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "media",
    "media-caption",
    "media-producer",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Elements whose content is no text.
const UNSEEN: &[&str] =
    &["script", "style", "noscript", "template", "iframe", "object", "svg", "title"];

/// Elements by which a text is known as HTML; names that other vocabularies have too are not
/// among them.
const TELLING: &[&str] = &[
    "a",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "tt",
    "u",
    "ul",
];

/// More elements that are tags rather than text where one of them stands in a line.
const OTHERS: &[&str] = &[
    "abbr", "acronym", "applet", "blink", "cite", "code", "del", "embed", "form", "frame",
    "frameset", "input", "ins", "kbd", "link", "mark", "marquee", "meta", "noscript", "object",
    "q", "s", "svg", "time", "wbr",
];

/// Elements that stand in an article beside its text.
const BESIDE_TEXT: &[&str] = &["aside", "figcaption", "footer", "nav"];

/// Returns the text of a fragment, its paragraphs separated by blank lines. Unknown elements are
/// taken as parts of a line.
pub(crate) fn text_of(markup: &str) -> String {
    paragraphs_in(pieces(markup), markup.len())
}

/// Returns the text of an article's fragment as [`text_of`] does, without asides, captions, footers and
/// navigation, unless it has no other text.
pub(crate) fn article_text_of(markup: &str) -> String {
    let text = paragraphs_in(Pieces { is_article: true, ..pieces(markup) }, markup.len());
    if text.is_empty() { text_of(markup) } else { text }
}

fn paragraphs_in(pieces: Pieces<'_>, bytes: usize) -> String {
    let mut text = Paragraphs::with_capacity(bytes);
    for piece in pieces {
        match piece {
            Piece::Text(part) => text.push(&decode_entities(part)),
            Piece::Tag("br") => text.push("\n"),
            Piece::Tag(name) if is_block(name) => text.end_paragraph(),
            Piece::Tag(_) => {}
            Piece::OtherTag(name) => match name.to_ascii_lowercase().as_str() {
                "br" => text.push("\n"),
                name if is_block(name) => text.end_paragraph(),
                _ => {}
            },
        }
    }
    text.finish()
}

/// Returns one line of text that may have references (`&amp;`) and tags of HTML in it; what only
/// looks like a tag, such as `<SRD>`, stays.
pub(crate) fn line_of(markup: &str) -> Cow<'_, str> {
    if !markup.contains('<') {
        return decode_entities(markup);
    }
    let is_tag = |piece: Piece<'_>| match piece {
        Piece::Text(_) => false,
        Piece::Tag(name) => TELLING.contains(&name) || OTHERS.contains(&name),
        Piece::OtherTag(name) => TELLING.contains(&name.to_ascii_lowercase().as_str()),
    };
    if !pieces(markup).any(is_tag) {
        return decode_entities(markup);
    }
    Cow::Owned(text_of(markup).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns what an element holds: character data (`CDATA`) as it stands, and references outside of it
/// resolved; comments are no part of it. What is marked up then is marked up in the text itself.
pub(crate) fn character_data(markup: &str) -> String {
    const CDATA: &str = "<![CDATA[";
    let mut rest = markup;
    let mut text = String::with_capacity(rest.len());
    while let Some(start) = rest.find("<!") {
        text.push_str(&decode_entities(&rest[..start]));
        rest = &rest[start..];
        let (open, close) = match rest {
            _ if rest.starts_with(CDATA) => (CDATA, "]]>"),
            _ if rest.starts_with("<!--") => ("<!--", "-->"),
            _ => ("<!", ""),
        };
        let inside = &rest[open.len()..];
        let end = inside.find(close).unwrap_or(inside.len());
        match open {
            CDATA => text.push_str(&inside[..end]),
            "<!" => text.push_str(open),
            _ => {}
        }
        rest = inside.get(end + close.len()..).unwrap_or_default();
    }
    text.push_str(&decode_entities(rest));
    text
}

/// Returns the paragraphs of a text that is HTML or plain, which only the text itself says. A plain
/// one may have references too, as publishing systems escape what they take for HTML.
pub(crate) fn paragraphs_of(text: &str) -> String {
    if is_html(text) { text_of(text) } else { unwrap_lines(decode_entities(text).trim()) }
}

/// Tells whether an element ends the paragraph before it.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Tells whether a text holds at least one tag that is surely one of HTML.
pub(crate) fn is_html(text: &str) -> bool {
    pieces(text).any(|piece| match piece {
        Piece::Text(_) => false,
        Piece::Tag(name) => TELLING.contains(&name),
        Piece::OtherTag(name) => TELLING.contains(&name.to_ascii_lowercase().as_str()),
    })
}

/// Text under construction: white space as in HTML, paragraphs apart.
struct Paragraphs {
    text: String,
    /// Where the paragraph that is being written starts.
    start: usize,
}

impl Paragraphs {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), start: 0 }
    }

    fn push(&mut self, part: &str) {
        self.text.push_str(part);
    }

    fn end_paragraph(&mut self) {
        let length = self.text.trim_end().len().max(self.start);
        let is_blank = self.text[self.start..length].trim().is_empty();
        self.text.truncate(if is_blank { self.start } else { length });
        if !is_blank {
            self.text.push_str("\n\n");
            self.start = self.text.len();
        }
    }

    fn finish(mut self) -> String {
        self.end_paragraph();
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

/// A part of a marked-up text. Names are without `/`; those in lower case, the common ones, apart
/// from others, so that nothing is allocated for them.
enum Piece<'a> {
    Text(&'a str),
    Tag(&'a str),
    OtherTag(&'a str),
}

fn pieces(markup: &str) -> Pieces<'_> {
    Pieces { rest: markup, unended: Vec::new(), is_article: false }
}

/// The parts of a marked-up text, in order, without comments, scripts and styles.
struct Pieces<'a> {
    rest: &'a str,
    /// Elements known to have no end tag in the rest.
    unended: Vec<&'a str>,
    /// Whether elements beside the text are left out too.
    is_article: bool,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let next = memchr::memchr(b'<', &self.rest.as_bytes()[1..]);
            let end = next.map_or(self.rest.len(), |position| position + 1);
            if !self.rest.starts_with('<') {
                return Some(Piece::Text(self.take(end)));
            }
            if let Some(character_data) = self.rest.strip_prefix("<![CDATA[") {
                let end = character_data.find("]]>").unwrap_or(character_data.len());
                self.rest = character_data.get(end + 3..).unwrap_or_default();
                return Some(Piece::Text(&character_data[..end]));
            }
            if let Some(skipped) = self.declaration_end() {
                self.take(skipped);
                continue;
            }
            let Some(name) = tag_name(self.rest) else {
                return Some(Piece::Text(self.take(end)));
            };
            let is_end = self.rest.starts_with("</");
            self.take(tag_end(self.rest));
            if !is_end && self.is_unseen(name) {
                let hidden = self.hidden_by(name);
                self.take(hidden);
            }
            let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
            return Some(if is_lower { Piece::Tag(name) } else { Piece::OtherTag(name) });
        }
    }
}

impl<'a> Pieces<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn is_unseen(&self, name: &str) -> bool {
        let beside = if self.is_article { BESIDE_TEXT } else { &[] };
        UNSEEN.iter().chain(beside).any(|unseen| unseen.eq_ignore_ascii_case(name))
    }

    /// Returns how much text the element `name` hides, whose start tag was just taken. One that never
    /// ends hides nothing, unless it is a script, whose text nobody wants to read.
    fn hidden_by(&mut self, name: &'a str) -> usize {
        let is_known = |known: &&str| known.eq_ignore_ascii_case(name);
        if self.unended.iter().any(is_known) {
            return 0;
        }
        if let Some(end) = end_tag_position(self.rest, name) {
            return end;
        }
        if ["script", "style"].iter().any(is_known) {
            return self.rest.len();
        }
        // What does not end from here on ends nowhere further down: it is looked for once.
        self.unended.push(name);
        0
    }

    /// Returns where a comment, a document type or a processing instruction ends.
    fn declaration_end(&self) -> Option<usize> {
        let close = if self.rest.starts_with("<!--") {
            "-->"
        } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
            ">"
        } else {
            return None;
        };
        Some(self.rest.find(close).map_or(self.rest.len(), |position| position + close.len()))
    }
}

/// Returns the local name of the tag that `text` starts with, or `None` where it is no tag.
fn tag_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix("</").or(text.strip_prefix('<'))?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    let end = name.bytes().position(|byte| !is_name(byte)).unwrap_or(name.len());
    let follows = name[end..].bytes().next();
    let is_tag = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && matches!(follows, Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r'));
    is_tag.then(|| name[..end].rsplit(':').next().unwrap_or_default())
}

/// Returns where the tag that `text` starts with ends; a `>` inside quotes does not end it, unless
/// the quotes never close.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (position, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return position + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.find('>').map_or(text.len(), |position| position + 1)
}

/// Returns where the end tag of `name` begins.
fn end_tag_position(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(position) = text[from..].find("</") {
        let start = from + position;
        let found = text.as_bytes().get(start + 2..start + 2 + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(start);
        }
        from = start + 2;
    }
    None
}

/// Returns the text with its character references replaced: `&amp;`, `&#8217;`, `&#x2014;`, and
/// those of HTML by name. What is no reference stays as it is.
pub(crate) fn decode_entities(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(position) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..position]);
        rest = &rest[position..];
        let length = push_reference(&mut decoded, rest);
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Appends what the reference at the start of `text` stands for, and returns its length.
fn push_reference(decoded: &mut String, text: &str) -> usize {
    /// No name of HTML is longer.
    const MAX_NAME: usize = 33;
    let body = &text.as_bytes()[1..text.len().min(MAX_NAME + 2)];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let length = body.iter().take_while(|byte| is_part(byte)).count();
    let (name, has_end) = (&text[1..1 + length], body.get(length) == Some(&b';'));
    let whole = 1 + length + usize::from(has_end);
    if let Some(number) = name.strip_prefix('#') {
        if let Some(letter) = numbered_letter(number) {
            decoded.push(letter);
            return whole;
        }
    } else if has_end && let Some(letters) = named_letters(&text[1..whole]) {
        decoded.extend(letters);
        return whole;
    } else if let Some((name, letter)) = UNCLOSED.iter().find(|(known, _)| *known == name) {
        decoded.push_str(letter);
        return 1 + name.len();
    }
    decoded.push('&');
    1
}

/// Names that browsers read without their semicolon, as far as old pages leave it out.
const UNCLOSED: &[(&str, &str)] =
    &[("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("nbsp", "\u{A0}")];

/// Returns the one or two letters of a name with its semicolon.
fn named_letters(name: &str) -> Option<impl Iterator<Item = char>> {
    // The table has the beginnings of names too, as the value 0.
    let (first, second) = NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0)?;
    let letters = [*first, *second].into_iter().filter(|letter| *letter != 0);
    Some(letters.filter_map(char::from_u32))
}

/// Returns the letter of a number; 128 to 159 are those of Windows-1252, as in browsers.
fn numbered_letter(number: &str) -> Option<char> {
    let value = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let (0x80..=0x9F, Ok(byte)) = (value, u8::try_from(value)) {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    char::from_u32(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paragraphs_of_a_fragment_stay_apart() {
        let markup = "<P class='a>b'>One &amp; <b>two</b>.</P>\n<!-- x --><p>Three<br/>four</p>\
            <script>if (a < b) {}</script><div><div>five</div></div> six";
        assert_eq!(text_of(markup), "One & two.\n\nThree\nfour\n\nfive\n\n six");
    }

    #[test]
    fn what_stands_beside_the_text_of_an_article_is_left_out() {
        let markup = "<p>One.</p><aside><p>Related</p></aside><figure><img><figcaption>Caption\
            </figcaption></figure><p>Two.</p><FOOTER>Contact</FOOTER>";
        assert_eq!(article_text_of(markup), "One.\n\nTwo.");
        assert_eq!(article_text_of("<aside>All of it.</aside>"), "All of it.");
        assert_eq!(article_text_of("<p>One.<aside>Never ends."), "One.\n\nNever ends.");
    }

    #[test]
    fn what_only_looks_like_a_tag_stays() {
        assert_eq!(line_of("STANDARD OIL &lt;SRD> AND <BP>"), "STANDARD OIL <SRD> AND <BP>");
        assert_eq!(line_of("a < b and <i>c</i>"), "a < b and c");
        assert_eq!(line_of("AT&amp;T"), "AT&T");
        assert_eq!(character_data("a &lt;b> <![CDATA[<p>&amp;]]> c"), "a <b> <p>&amp; c");
        assert!(is_html("x<br>y") && !is_html("1 < 2 > 0 <REUTERS>"));
    }

    #[test]
    fn references_are_those_of_browsers() {
        let text = "&#8217;&#x2014;&#146;&eacute;&nbsp x &amp y &ampy &unknown; R&D &#xFFFFFFFF; &";
        assert_eq!(decode_entities(text), "’—’é\u{A0} x & y &ampy &unknown; R&D &#xFFFFFFFF; &");
    }

    #[test]
    fn named_letters_are_those_of_browsers() {
        let names = "OElig oelig Scaron scaron Zcaron ccaron cacute Cacute dstrok nacute aogon eogon \
            lstrok zdot amacr ebreve gbreve scedil Idot inodot odblac udblac rcaron uring Yuml szlig \
            sigma sigmaf Lambda Omega alpha thetasym acy Acy yacy iocy jukcy hellip mdash lsquo bdquo \
            laquo lsaquo euro pound yen copy trade deg frac12 sup2 times minus ne le infin nbsp shy \
            zwnj rarr hearts NotEqualTilde fjlig";
        for name in names.split_whitespace() {
            let reference = format!("&{name};");
            let shown = dom_query::Document::fragment(reference.as_str()).text().to_string();
            assert_eq!(decode_entities(&reference), shown, "{reference}");
        }
    }

    #[test]
    fn unclosed_markup_comes_to_an_end() {
        assert_eq!(text_of("a <script> b"), "a");
        assert_eq!(text_of("a <!-- b"), "a");
        assert_eq!(text_of("a <b"), "a <b");
        assert_eq!(text_of("a <a href=\"x> b"), "a  b");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(<|/|>|&|;|#|p|script|!--|\\PC){0,40}") {
            text_of(&text);
            line_of(&text);
        }
    }
}
