//! Where the values of a JSON text begin and end, without reading them: so that a file larger than
//! memory can be taken apart, and one that is damaged can be read around the damage.

/// Finds the end of one value. It may be fed the value's first bytes again and again with more
/// behind them, and looks at each byte once.
#[derive(Debug, Default)]
pub(super) struct ValueScanner {
    position: usize,
    depth: usize,
    in_string: bool,
}

impl ValueScanner {
    /// Returns the length of the value that `bytes` start with, or `None` where more are needed.
    /// `bytes` must start with those given before.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        loop {
            if self.in_string {
                self.skip_string(bytes)?;
                if self.depth == 0 {
                    return Some(self.position);
                }
            }
            let byte = *bytes.get(self.position)?;
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth <= 1 => {
                    // A closing bracket that nothing opened ends a scalar.
                    return Some(self.position + self.depth);
                }
                b'}' | b']' => self.depth -= 1,
                b',' | b'\n' | b' ' | b'\t' | b'\r' if self.depth == 0 && self.position > 0 => {
                    return Some(self.position);
                }
                _ => {}
            }
            self.position += 1;
        }
    }

    /// Forgets the bytes that were looked at, which the caller drops, and returns how many.
    pub(super) fn forget_passed(&mut self) -> usize {
        std::mem::take(&mut self.position)
    }

    /// Goes behind the quote that ends the string.
    fn skip_string(&mut self, bytes: &[u8]) -> Option<()> {
        loop {
            let rest = bytes.get(self.position..)?;
            let Some(found) = memchr::memchr2(b'"', b'\\', rest) else {
                self.position = bytes.len();
                return None;
            };
            if rest[found] == b'"' {
                self.position += found + 1;
                self.in_string = false;
                return Some(());
            }
            if rest.len() < found + 2 {
                self.position += found;
                return None;
            }
            self.position += found + 2;
        }
    }
}

/// Returns the length of the value that `bytes` start with, which may be a scalar at their end.
pub(super) fn value_length(bytes: &[u8]) -> usize {
    ValueScanner::default().advance(bytes).unwrap_or(bytes.len())
}

/// Returns where the values of the array or object that `bytes` start with lie.
pub(super) fn elements(bytes: &[u8]) -> Vec<Element> {
    let mut elements = Vec::new();
    let is_object = bytes.first() == Some(&b'{');
    let mut position = bytes.len().min(1);
    loop {
        position += separators(&bytes[position..]);
        let mut key = 0..0;
        if is_object {
            if bytes.get(position) != Some(&b'"') {
                return elements;
            }
            let length = value_length(&bytes[position..]);
            key = position..position + length;
            position += length;
            position += bytes[position..].iter().take_while(|byte| is_between(**byte)).count();
        }
        if matches!(bytes.get(position), None | Some(b']' | b'}')) {
            return elements;
        }
        let length = value_length(&bytes[position..]);
        if length == 0 {
            return elements;
        }
        elements.push(Element { key, value: position..position + length });
        position += length;
    }
}

/// One value of an array or object, and its key with the quotes (empty in an array).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) key: std::ops::Range<usize>,
    pub(super) value: std::ops::Range<usize>,
}

fn is_between(byte: u8) -> bool {
    byte == b':' || byte.is_ascii_whitespace()
}

/// Returns how many bytes of white space and commas come first, also record separators of JSON
/// text sequences.
pub(super) fn separators(bytes: &[u8]) -> usize {
    let is_separator = |byte: &&u8| byte.is_ascii_whitespace() || **byte == b',' || **byte == 0x1E;
    bytes.iter().take_while(is_separator).count()
}

/// Returns a text with what exporters get wrong put right, or `None` where nothing was: raw control
/// characters in strings, halves of surrogate pairs, and `NaN` and `Infinity`, as Python writes.
pub(super) fn repair(text: &str) -> Option<String> {
    let mut repaired = String::with_capacity(text.len() + 16);
    let mut is_changed = false;
    let mut rest = text;
    while let Some(position) = rest.find(['"', 'N', 'I', '-']) {
        repaired.push_str(&rest[..position]);
        rest = &rest[position..];
        let length = match rest.as_bytes()[0] {
            b'"' => repair_string(rest, &mut repaired, &mut is_changed),
            _ => match ["NaN", "Infinity", "-Infinity"].iter().find(|no| rest.starts_with(**no)) {
                Some(no_number) => {
                    repaired.push_str("null");
                    is_changed = true;
                    no_number.len()
                }
                None => {
                    repaired.push_str(&rest[..1]);
                    1
                }
            },
        };
        rest = &rest[length..];
    }
    repaired.push_str(rest);
    is_changed.then_some(repaired)
}

/// Appends the string that `text` starts with, repaired, and returns its length.
fn repair_string(text: &str, repaired: &mut String, is_changed: &mut bool) -> usize {
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut position = 1;
    repaired.push('"');
    copied += 1;
    while let Some(byte) = bytes.get(position) {
        let (replacement, length) = match byte {
            b'"' => {
                repaired.push_str(&text[copied..=position]);
                return position + 1;
            }
            b'\\' => match lone_surrogate(&bytes[position..]) {
                Some(length) => ("\\ufffd", length),
                None => {
                    position += if surrogate(&bytes[position..]).is_some() { 12 } else { 2 };
                    continue;
                }
            },
            b'\n' => ("\\n", 1),
            b'\t' => ("\\t", 1),
            0..=0x1F => (" ", 1),
            _ => {
                position += 1;
                continue;
            }
        };
        repaired.push_str(&text[copied..position]);
        repaired.push_str(replacement);
        *is_changed = true;
        position += length;
        copied = position;
    }
    repaired.push_str(text.get(copied..).unwrap_or_default());
    text.len()
}

/// Returns the length of an escaped half of a surrogate pair without its other half.
fn lone_surrogate(bytes: &[u8]) -> Option<usize> {
    let is_high = (0xD800..0xDC00).contains(&surrogate(bytes)?);
    let next = bytes.get(6..).and_then(surrogate);
    let is_pair = is_high && next.is_some_and(|next| (0xDC00..0xE000).contains(&next));
    (!is_pair).then_some(6)
}

/// Returns the surrogate that `bytes` start with as `\uD83D`.
fn surrogate(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    let value = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (0xD800..0xE000).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_end_where_their_brackets_close() {
        for (text, length) in [
            (r#"{"a": "}"} {"#, 10),
            (r#"{"a": "\""},"#, 11),
            ("[[1], {}]\n", 9),
            ("12, 13", 2),
            (r#""a b" "#, 5),
        ] {
            assert_eq!(ValueScanner::default().advance(text.as_bytes()), Some(length), "{text}");
        }
    }

    #[test]
    fn bytes_may_come_one_by_one() {
        let text = br#"{"a": "x\\\"y", "b": [{}]}"#;
        let mut scanner = ValueScanner::default();
        for end in 0..text.len() {
            assert_eq!(scanner.advance(&text[..end]), None);
        }
        assert_eq!(scanner.advance(text), Some(text.len()));
    }

    #[test]
    fn elements_are_found_in_arrays_and_objects() {
        let text = r#"{"a" : [1, {"b": 2}], "c": "d"}"#;
        let found = elements(text.as_bytes());
        let values: Vec<&str> = found.iter().map(|element| &text[element.value.clone()]).collect();
        assert_eq!(values, [r#"[1, {"b": 2}]"#, r#""d""#]);
        assert_eq!(&text[found[1].key.clone()], r#""c""#);
    }

    #[test]
    fn sloppy_exports_are_repaired() {
        let sloppy = "{\"a\": \"x\ny\u{1}\\ud83d\", \"b\": NaN, \"c\": [-Infinity, -1]}";
        let value: serde_json::Value = serde_json::from_str(&repair(sloppy).unwrap()).unwrap();
        let right = serde_json::json!({"a": "x\ny \u{FFFD}", "b": null, "c": [null, -1]});
        assert_eq!(value, right);
        assert_eq!(repair(r#"{"a": "😀 \ud83d\ude00 NaN"}"#), None);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(text in "([\\[\\]{}\",:\\\\nI-]|NaN|\\\\ud83d|\\PC){0,40}") {
            value_length(text.as_bytes());
            elements(text.as_bytes());
            repair(&text);
        }
    }
}
