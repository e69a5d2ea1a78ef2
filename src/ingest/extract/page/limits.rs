//! What a page may cost: its size, its nesting and its time.
//!
//! Extractors walk a page recursively, so deep nesting overflows a stack or takes quadratic time. A
//! linear scan finds such pages first, and what remains runs on a thread with a large stack, which is
//! given up when it takes too long.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use rustc_hash::FxHashMap;

use crate::ingest::extract::Error;

/// The most bytes of a page that are parsed.
pub(super) const MAX_PAGE_BYTES: usize = 16 << 20;

/// The deepest nesting of elements that an extractor is given.
pub(super) const MAX_NESTING: usize = 512;

/// The longest that a page may take. No page within the other limits comes near, so that what is
/// read does not depend on how busy a machine is.
const MAX_PAGE_TIME: Duration = Duration::from_secs(20);

/// Extractors recurse; a page nested [`MAX_NESTING`] deep needs a fraction of this.
const WORKER_STACK_BYTES: usize = 64 << 20;

/// Tells whether elements are nested, or left open, deeper than extractors can bear.
///
/// Elements whose end tags may be left out do not count: a thousand of them are no nesting. An end
/// tag closes what was left open inside its element, but for formatting: a parser opens that again.
pub(super) fn is_too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut nesting = Nesting::default();
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b'<', &bytes[at..]) {
        at += offset + 1;
        let is_end = bytes.get(at) == Some(&b'/');
        let name = tag_name(&bytes[at + usize::from(is_end)..]);
        if name.is_empty() {
            continue;
        }
        match TagKind::of(name) {
            TagKind::Flat => continue,
            TagKind::RawText if is_end => continue,
            TagKind::RawText => {
                at = skip_raw_text(bytes, at, name);
                continue;
            }
            kind if is_end => nesting.close(name, kind),
            kind => nesting.open(name, kind, &bytes[at..]),
        }
        if nesting.depth() > MAX_NESTING {
            return true;
        }
    }
    false
}

/// The elements that are open at a place of a page.
#[derive(Default)]
struct Nesting {
    /// Names in lower case, the innermost last.
    open: Vec<u128>,
    /// How many elements of each formatting name are open.
    formatting: FxHashMap<u128, usize>,
    formatting_depth: usize,
}

impl Nesting {
    fn depth(&self) -> usize {
        self.open.len() + self.formatting_depth
    }

    /// Opens an element; `tag` is the rest of the page from its name on.
    fn open(&mut self, name: &[u8], kind: TagKind, tag: &[u8]) {
        if kind == TagKind::Formatting {
            *self.formatting.entry(key(name)).or_default() += 1;
            self.formatting_depth += 1;
        } else if !self.is_drawing() || !is_self_closed(tag) {
            self.open.push(key(name));
        }
    }

    fn close(&mut self, name: &[u8], kind: TagKind) {
        if kind == TagKind::Formatting {
            if let Some(count) = self.formatting.get_mut(&key(name)).filter(|count| **count > 0) {
                *count -= 1;
                self.formatting_depth -= 1;
            }
        } else if let Some(at) = self.open.iter().rposition(|open| *open == key(name)) {
            self.open.truncate(at);
        }
    }

    /// Tells whether the place is inside a drawing or a formula, whose tags can close themselves.
    fn is_drawing(&self) -> bool {
        self.open.iter().any(|name| *name == key(b"svg") || *name == key(b"math"))
    }
}

fn is_self_closed(tag: &[u8]) -> bool {
    memchr::memchr(b'>', tag).is_some_and(|end| end > 0 && tag[end - 1] == b'/')
}

/// What a tag does to the nesting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TagKind {
    /// Nothing: it has no end, or one that may be left out, or, as a link, it closes the one before.
    Flat,
    /// What follows is not markup.
    RawText,
    /// Left open, it is opened again after what it stands in.
    Formatting,
    /// It nests.
    Nesting,
}

impl TagKind {
    fn of(name: &[u8]) -> Self {
        const FLAT: &[&str] = &[
            "a", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option",
            "optgroup", "colgroup", "rp", "rt", "body", "html", "head", "br", "img", "hr", "input",
            "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param",
        ];
        const FORMATTING: &[&str] = &[
            "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
            "u",
        ];
        static KINDS: LazyLock<FxHashMap<u128, TagKind>> = LazyLock::new(|| {
            let kinds = [
                (FLAT, TagKind::Flat),
                (RAW_TEXT, TagKind::RawText),
                (FORMATTING, TagKind::Formatting),
            ];
            let rows = kinds
                .into_iter()
                .flat_map(|(names, kind)| names.iter().map(move |name| (name, kind)));
            rows.map(|(name, kind)| (key(name.as_bytes()), kind)).collect()
        });
        KINDS.get(&key(name)).copied().unwrap_or(TagKind::Nesting)
    }
}

/// Returns the name that a tag begins with, empty where none does.
pub(super) fn tag_name(bytes: &[u8]) -> &[u8] {
    let end = bytes
        .iter()
        .take(16)
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(bytes.len().min(16));
    if bytes.first().is_some_and(u8::is_ascii_alphabetic) { &bytes[..end] } else { &[] }
}

fn key(name: &[u8]) -> u128 {
    name.iter().fold(0, |key, byte| key << 8 | u128::from(byte.to_ascii_lowercase()))
}

/// Tells whether `name` is one of `names`, in any case.
pub(super) fn is_any(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// Elements whose content is not markup.
const RAW_TEXT: &[&str] = &["script", "style", "textarea", "xmp", "title"];

/// Tells whether the content of an element is not markup.
pub(super) fn is_raw_text(name: &[u8]) -> bool {
    is_any(name, RAW_TEXT)
}

/// Returns where the content of a raw text element ends.
pub(super) fn skip_raw_text(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(offset) = memchr::memmem::find(&bytes[at..], b"</") {
        at += offset + 2;
        if tag_name(&bytes[at..]).eq_ignore_ascii_case(name) {
            return at;
        }
    }
    bytes.len()
}

type Job = Box<dyn FnOnce() + Send>;

/// Runs `work` on a thread with a large stack that belongs to the calling thread.
///
/// # Errors
/// Fails when `work` panics or takes longer than a page may; its thread is then left to itself.
pub(super) fn run_limited<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    thread_local! {
        static WORKER: RefCell<Option<Sender<Job>>> = const { RefCell::new(None) };
    }
    let (result_sender, results) = channel();
    let job: Job = Box::new(move || {
        let result = catch_unwind(AssertUnwindSafe(work));
        // The caller may have given up waiting.
        let _ = result_sender.send(result);
    });
    WORKER.with_borrow_mut(|worker| {
        let sender = match worker.take() {
            Some(sender) => sender,
            None => start_worker()?,
        };
        sender.send(job).map_err(|_| Error::Broken)?;
        match results.recv_timeout(MAX_PAGE_TIME) {
            Ok(result) => {
                *worker = Some(sender);
                result.map_err(|_| Error::Broken)
            }
            Err(RecvTimeoutError::Timeout) => {
                Err(Error::TooSlow { seconds: MAX_PAGE_TIME.as_secs() })
            }
            Err(RecvTimeoutError::Disconnected) => Err(Error::Broken),
        }
    })
}

/// Starts a thread that runs jobs until its sender is dropped.
fn start_worker() -> Result<Sender<Job>, Error> {
    let (sender, jobs): (Sender<Job>, Receiver<Job>) = channel();
    thread::Builder::new()
        .name("page".to_owned())
        .stack_size(WORKER_STACK_BYTES)
        .spawn(move || jobs.into_iter().for_each(|job| job()))
        .map_err(|source| Error::NoThread { source })?;
    Ok(sender)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_counted_and_lists_are_not() {
        assert!(is_too_deep(&"<div>".repeat(MAX_NESTING + 1)));
        assert!(is_too_deep(&"<B>x".repeat(9000)));
        assert!(!is_too_deep(&"<div><p>x</div>".repeat(9000)));
        assert!(!is_too_deep(&"<li>x".repeat(9000)));
        assert!(!is_too_deep(&format!("<script>{}</script>", "<div>".repeat(9000))));
        assert!(!is_too_deep(&"<div><span>x</div>".repeat(9000)));
        assert!(is_too_deep(&"<div><font>x</div>".repeat(9000)));
        assert!(!is_too_deep(&format!("<svg>{}</svg>", "<path d='M0'/>".repeat(9000))));
        assert!(is_too_deep(&format!("<svg>{}", "<g>".repeat(9000))));
        assert!(!is_too_deep("< div <"));
    }

    #[test]
    fn work_that_panics_costs_only_itself() {
        assert!(matches!(
            run_limited(|| panic!("expected by the test")),
            Err::<(), _>(Error::Broken)
        ));
        assert_eq!(run_limited(|| 1).expect("work done"), 1);
    }
}
