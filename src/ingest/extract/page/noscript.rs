//! A page as readers with scripts see it: without what stands in `noscript` for the others.
//!
//! The parser reads that as markup, and an element that is left open in it takes the rest of the page
//! along. Browsers that run scripts take it for text, up to its end tag, and show none of it.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::limits::skip_raw_text;

/// Returns `html` without the elements `noscript`; one that is not closed, or holds the end of a script
/// and so began in one, stays.
pub fn without_noscript(html: &str) -> Cow<'_, str> {
    static START: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let caseless = AhoCorasick::builder().ascii_case_insensitive(true).build(["<noscript"]);
        caseless.expect("one short phrase makes an automaton")
    });
    let bytes = html.as_bytes();
    let mut seen = String::new();
    // Where the next end tags are, looked for once however many starts stand before them.
    let (mut done, mut end, mut script_end) = (0, 0, 0);
    for start in START.find_iter(html) {
        let inside = start.end();
        if start.start() < done {
            continue;
        }
        if end < inside {
            end = skip_raw_text(bytes, inside, b"noscript");
        }
        if script_end < inside {
            script_end = skip_raw_text(bytes, inside, b"script");
        }
        let Some(close) = memchr::memchr(b'>', &bytes[end..]) else { break };
        if script_end >= end {
            seen.push_str(&html[done..start.start()]);
            done = end + close + 1;
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    seen.push_str(&html[done..]);
    Cow::Owned(seen)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_for_readers_without_scripts_goes() {
        let page = "<p>One<noscript><div id=no></noscript><p>Two<NOSCRIPT>x</NOSCRIPT >é";
        assert_eq!(without_noscript(page), "<p>One<p>Twoé");
    }

    #[test]
    fn what_is_not_closed_or_is_part_of_a_script_stays() {
        let open = "<p>One<noscript><p>Two";
        assert_eq!(without_noscript(open), open);
        let script = "<script>s = '<noscript>'</script><p>One</p><noscript>x</noscript>";
        assert_eq!(without_noscript(script), "<script>s = '<noscript>'</script><p>One</p>");
    }

    proptest! {
        #[test]
        fn no_markup_panics(html in "(</?(no)?script|[<>&;/ é'\"-]){0,40}") {
            prop_assert!(without_noscript(&html).len() <= html.len());
        }
    }
}
