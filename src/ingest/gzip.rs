//! The members of a `.gz`, one behind the other; web archives have one for each record.
//!
//! A damaged member is an error once; reading then goes on at the next start of a member. Bytes
//! that are no member behind the last one are passed over, as `gzip` does.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;

use super::input::Input;

/// The magic number with the only method there is.
const MAGIC: &[u8] = b"\x1F\x8B\x08";

/// What all members of a `.gz` give together.
pub(crate) struct GzipMembers<'b, 'a> {
    state: State<'b, 'a>,
}

enum State<'b, 'a> {
    Between(&'b mut Input<'a>),
    Inside(Box<GzDecoder<&'b mut Input<'a>>>),
    Ended,
}

impl<'b, 'a> GzipMembers<'b, 'a> {
    /// Returns what the members give that start at `input`.
    pub(crate) fn new(input: &'b mut Input<'a>) -> Self {
        Self { state: State::Between(input) }
    }
}

impl Read for GzipMembers<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between(input) => {
                    if goes_to_member(input) {
                        input.set_mark();
                        self.state = State::Inside(Box::new(GzDecoder::new(input)));
                    }
                }
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) if !buffer.is_empty() => {
                        self.state = State::Between(decoder.into_inner());
                    }
                    Ok(count) => {
                        self.state = State::Inside(decoder);
                        return Ok(count);
                    }
                    Err(error) => {
                        let input = decoder.into_inner();
                        leave_damaged_member(input);
                        self.state = State::Between(input);
                        return Err(error);
                    }
                },
            }
        }
    }
}

/// Goes back to just behind the start of the member that broke, so that one which starts before
/// the break was noticed is found.
fn leave_damaged_member(input: &mut Input<'_>) {
    input.rewind();
    if !input.peek(1).is_empty() {
        input.consume_ahead(1);
    }
}

/// Passes over what is no member and tells whether one follows.
fn goes_to_member(input: &mut Input<'_>) -> bool {
    loop {
        let ahead = input.peek(64 << 10);
        if ahead.len() < MAGIC.len() {
            return false;
        }
        if let Some(position) = memchr::memmem::find(ahead, MAGIC) {
            input.consume_ahead(position);
            return true;
        }
        let passed = ahead.len() - (MAGIC.len() - 1);
        input.consume_ahead(passed);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn member(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// Reads to the end and returns the text and the number of errors on the way.
    fn read(bytes: &[u8]) -> (String, usize) {
        let mut input = Input::new(bytes);
        let mut members = GzipMembers::new(&mut input);
        let (mut text, mut errors) = (Vec::new(), 0);
        let mut buffer = [0; 100];
        loop {
            match members.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => text.extend_from_slice(&buffer[..count]),
                Err(_) => errors += 1,
            }
        }
        (String::from_utf8_lossy(&text).into_owned(), errors)
    }

    #[test]
    fn members_are_joined_and_trailing_bytes_passed_over() {
        let bytes = [member("one "), member(""), member("two"), b"\0\0\0garbage".to_vec()].concat();
        assert_eq!(read(&bytes), ("one two".to_owned(), 0));
    }

    #[test]
    fn reading_goes_on_behind_a_member_that_was_cut() {
        let cut = member("the second member, which is cut short");
        let bytes = [member("one "), cut[..25].to_vec(), member("three")].concat();
        let (text, errors) = read(&bytes);
        assert_eq!(errors, 1);
        assert!(text.starts_with("one ") && text.ends_with("three"), "{text}");
    }

    #[test]
    fn a_file_cut_at_its_end_is_an_error() {
        let bytes = member("only member");
        assert_eq!(read(&bytes[..bytes.len() - 3]).1, 1);
    }
}
