//! The bytes of a file or member as readers see them: looked at before they are taken, in memory
//! only as far as a record needs.
//!
//! A source that fails is not always at its end: a damaged member of a `.gz` is an error once, and
//! the next read goes on behind the damage. Readers that hold many records do the same.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::error::Problem;
use super::limits::LimitExceeded;

/// How much is asked of the source at once.
const CHUNK_BYTES: usize = 64 << 10;

/// How much is kept for going back to a mark.
const MAX_KEPT_BYTES: usize = 8 << 20;

/// Bytes that are read once, front to back, with a view on those ahead.
pub(crate) struct Input<'a> {
    source: Box<dyn Read + 'a>,
    buffer: Vec<u8>,
    /// Where the bytes that were not taken yet start in `buffer`.
    start: usize,
    /// Where in `buffer` reading may go back to.
    mark: Option<usize>,
    /// How many bytes were taken since the beginning.
    taken: Rc<Cell<u64>>,
    ended: bool,
    /// An error met while looking ahead; reported when its place is reached.
    pending: Option<io::Error>,
}

impl<'a> Input<'a> {
    /// Returns the bytes that `source` gives.
    pub(crate) fn new(source: impl Read + 'a) -> Self {
        Self {
            source: Box::new(source),
            buffer: Vec::new(),
            start: 0,
            mark: None,
            taken: Rc::default(),
            ended: false,
            pending: None,
        }
    }

    /// Returns these bytes, which are the whole of the file.
    pub(crate) fn whole(bytes: Vec<u8>) -> Self {
        Self { ended: true, buffer: bytes, ..Self::new(io::empty()) }
    }

    /// Returns the bytes ahead that are in memory.
    pub(crate) fn ahead(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Returns the next `count` bytes, fewer only at the end or before damage.
    pub(crate) fn peek(&mut self, count: usize) -> &[u8] {
        while self.ahead().len() < count && self.pending.is_none() {
            match self.more() {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => self.pending = Some(error),
            }
        }
        &self.ahead()[..count.min(self.ahead().len())]
    }

    /// Takes `count` of the bytes ahead.
    pub(crate) fn consume_ahead(&mut self, count: usize) {
        debug_assert!(count <= self.ahead().len(), "only bytes that were seen can be taken");
        self.start += count;
        self.taken.set(self.taken.get() + count as u64);
    }

    /// Returns the counter of the bytes that were taken since the beginning.
    pub(crate) fn taken(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.taken)
    }

    /// Remembers this place, so that [`Input::rewind`] can go back to it as long as not much is
    /// read.
    pub(crate) fn set_mark(&mut self) {
        self.mark = Some(self.start);
    }

    /// Goes back to the mark, or stays where too much was read since, and forgets the mark.
    pub(crate) fn rewind(&mut self) {
        self.start = self.mark.take().unwrap_or(self.start);
    }

    /// Gets more bytes into memory and tells whether there were any. An error does not mean that
    /// there is nothing behind it.
    pub(crate) fn more(&mut self) -> io::Result<bool> {
        if let Some(error) = self.pending.take() {
            return Err(error);
        }
        if self.ended {
            return Ok(false);
        }
        self.make_room();
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK_BYTES, 0);
        let result = read_some(&mut self.source, &mut self.buffer[filled..]);
        self.buffer.truncate(filled + *result.as_ref().unwrap_or(&0));
        match result {
            Ok(0) => {
                self.ended = true;
                Ok(false)
            }
            Ok(_) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Forgets the bytes that were taken once they are most of the buffer, so that each byte is
    /// moved once on average.
    fn make_room(&mut self) {
        self.mark = self.mark.filter(|mark| self.start - mark <= MAX_KEPT_BYTES);
        let unneeded = self.mark.unwrap_or(self.start);
        if unneeded >= self.buffer.len() / 2 {
            self.buffer.drain(..unneeded);
            self.start -= unneeded;
            self.mark = self.mark.map(|_| 0);
        }
    }

    /// Takes everything up to the end; more than `max` bytes are an error that names the limit.
    pub(crate) fn take_rest(&mut self, max: u64) -> Result<Vec<u8>, Problem> {
        loop {
            if self.ahead().len() as u64 > max {
                return Err(LimitExceeded::RecordBytes(max).into());
            }
            if !self.more()? {
                break;
            }
        }
        let mut bytes = std::mem::take(&mut self.buffer);
        bytes.drain(..std::mem::take(&mut self.start));
        Ok(bytes)
    }
}

fn read_some(source: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let count = ahead.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ahead[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.ahead().is_empty() {
            self.more()?;
        }
        Ok(self.ahead())
    }

    fn consume(&mut self, count: usize) {
        self.consume_ahead(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives `a`, fails once, gives `b`.
    struct Damaged(u8);

    impl Read for Damaged {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            match self.0 {
                1 => buffer[0] = b'a',
                2 => return Err(io::Error::other("damage")),
                3 => buffer[0] = b'b',
                _ => return Ok(0),
            }
            Ok(1)
        }
    }

    #[test]
    fn damage_is_met_in_its_place_and_passed() {
        let mut input = Input::new(Damaged(0));
        assert_eq!(input.peek(10), b"a");
        assert_eq!(input.peek(10), b"a", "looking twice does not pass the damage");
        assert!(input.more().is_err());
        assert!(input.more().unwrap());
        assert_eq!(input.ahead(), b"ab");
        input.consume_ahead(2);
        assert!(!input.more().unwrap());
    }

    #[test]
    fn going_back_to_a_mark_gives_the_same_bytes_again() {
        let bytes: Vec<u8> = (0..300_000_u32).map(|number| number as u8).collect();
        let mut input = Input::new(&bytes[..]);
        io::copy(&mut (&mut input).take(100), &mut io::sink()).unwrap();
        input.set_mark();
        io::copy(&mut (&mut input).take(200_000), &mut io::sink()).unwrap();
        input.rewind();
        assert_eq!(input.take_rest(1 << 20).unwrap(), &bytes[100..]);
    }

    #[test]
    fn a_limit_is_an_error_and_not_a_cut() {
        let mut input = Input::new(&b"12345"[..]);
        let error = input.take_rest(4).unwrap_err();
        assert!(matches!(error, Problem::Limit(LimitExceeded::RecordBytes(4))));
        assert_eq!(Input::new(&b"12345"[..]).take_rest(5).unwrap(), b"12345");
        assert_eq!(Input::whole(b"12345".to_vec()).take_rest(5).unwrap(), b"12345");
    }
}
