//! The text of a page that no extractor may see: tags dropped in one linear scan, a block a line.
//!
//! Only pages nested too deeply come here, so it knows the commonest character references and leaves
//! the others as they are.

use super::limits::{is_any, is_raw_text, skip_raw_text, tag_name};

/// Elements that do not end a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
];

/// Returns the text of `html` with a line for each block.
pub(super) fn text_lines(html: &str) -> String {
    let bytes = html.as_bytes();
    let mut text = String::with_capacity(html.len() / 4);
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b'<', &bytes[at..]) {
        let open = at + offset;
        push_decoded(&html[at..open], &mut text);
        at = after_markup(bytes, open, &mut text);
    }
    push_decoded(&html[at..], &mut text);
    text
}

/// Passes over what starts at `open`, and ends the line where a block begins or ends.
fn after_markup(bytes: &[u8], open: usize, text: &mut String) -> usize {
    let rest = &bytes[open + 1..];
    if rest.starts_with(b"!--") {
        return memchr::memmem::find(rest, b"-->").map_or(bytes.len(), |end| open + 1 + end + 3);
    }
    let is_end = rest.first() == Some(&b'/');
    let name = tag_name(&rest[usize::from(is_end)..]);
    if name.is_empty() && !rest.starts_with(b"!") && !rest.starts_with(b"?") {
        text.push('<');
        return open + 1;
    }
    if !name.is_empty() && !is_any(name, INLINE) {
        text.push('\n');
    }
    let start =
        if is_raw_text(name) && !is_end { skip_raw_text(bytes, open + 1, name) } else { open };
    memchr::memchr(b'>', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1)
}

fn push_decoded(part: &str, text: &mut String) {
    let mut rest = part;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((decoded(&rest[1..end])?, end))) {
            Some((letter, end)) => {
                text.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
}

fn decoded(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "laquo" => '«',
        "raquo" => '»',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        "copy" => '©',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(html: &str) -> Vec<String> {
        text_lines(html)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn blocks_are_lines_and_scripts_are_gone() {
        let html = "<title>T</title><div>One <b>bold</b> &amp; &#233;<p>Two < 3<script>'</p>x'</script><!-- <p>no --></div>Three";
        assert_eq!(lines(html), ["One bold & é", "Two < 3", "Three"]);
    }

    proptest! {
        #[test]
        fn no_markup_panics(html in "(</?[a-z!?]{0,6}|[<>&;#/ é'\"-]|script|amp|--){0,40}") {
            let _ = text_lines(&html);
        }
    }
}
