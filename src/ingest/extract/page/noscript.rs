//! A page as readers with scripts see it: without what stands in `noscript` for the others.
//!
//! The parser reads that as markup, and an element that is left open in it takes the rest of the page
//! along. Browsers that run scripts take it for text, up to its end tag, and show none of it.

use std::borrow::Cow;

use memchr::memmem;

use super::limits::skip_raw_text;

/// The names of the start tag that occur; others stay, and are parsed.
const STARTS: &[&[u8]] = &[b"<noscript", b"<NOSCRIPT"];

/// Returns `html` without the elements `noscript`; one that is not closed, or holds the end of a script
/// and so began in one, stays.
pub(super) fn without_noscript(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let next = |from: usize| {
        let starts = STARTS.iter().filter_map(|start| memmem::find(&bytes[from..], start));
        starts.min().map(|at| from + at)
    };
    let mut seen = String::new();
    let (mut done, mut from) = (0, 0);
    while let Some(start) = next(from) {
        let inside = start + STARTS[0].len();
        let end = skip_raw_text(bytes, inside, b"noscript");
        let close = memchr::memchr(b'>', &bytes[end..]);
        from = inside;
        if let Some(close) = close
            && memmem::find(&bytes[inside..end], b"</script").is_none()
        {
            seen.push_str(&html[done..start]);
            done = end + close + 1;
            from = done;
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
