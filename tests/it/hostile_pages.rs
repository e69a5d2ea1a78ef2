//! Pages that would crash or stall an extractor cost at most themselves.

use super::harness::Session;

/// Returns a page with this much around its text.
fn page(before: &str, after: &str) -> String {
    let text =
        "<p>The council of the town spoke of bees for an hour on Monday, and decided nothing.</p>";
    format!(
        "<html><head><title>A story of bees</title></head><body>{before}{}{after}",
        text.repeat(5)
    )
}

#[test]
fn pages_nested_too_deeply_are_read_as_lines() {
    let session = Session::new();
    session
        .file("pages/a.html", page(&"<div>".repeat(50_000), ""))
        .file("pages/b.html", page("", &"<b>x<i>y<font color=1>z".repeat(9_000)))
        .file("pages/c.html", page(&"<svg><g>".repeat(20_000), ""))
        .file("pages/d.html", page(&"<table><tr><td>".repeat(20_000), ""))
        .file("pages/e.html", page(&"<span style='a'>".repeat(600), ""));
    let read = session.run(&["read", "--no-entities", "pages"]).status(0);
    assert_eq!(read.stderr, "");
    assert_eq!(read.stdout.lines().count(), 5);
    for line in read.stdout.lines() {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        let body = article["body"].as_str().unwrap();
        assert_eq!(body.matches("spoke of bees").count(), 5, "{body}");
    }
}

#[test]
fn what_is_for_readers_without_scripts_stalls_nothing() {
    let session = Session::new();
    // Those in a script open no element, so the page is not nested.
    let script =
        |inside: &str| format!("<script>{}{inside}</script>", "<noscript>".repeat(300_000));
    session
        .file("pages/a.html", page(&script(""), ""))
        .file("pages/b.html", page(&script(""), "<noscript>One</noscript>"))
        .file("pages/c.html", page(&script("</noscript>"), ""))
        .file("pages/d.html", page("", &"<noscript><div></noscript>".repeat(100_000)));
    let read = session.run(&["read", "--no-entities", "pages"]).status(0);
    assert_eq!(read.stdout.lines().count(), 4);
    for line in read.stdout.lines() {
        assert_eq!(line.matches("spoke of bees").count(), 5);
    }
}

#[test]
fn a_page_that_is_too_large_is_named_with_its_limit() {
    let session = Session::new();
    session.file("pages/large.html", page(&"<p>word</p>".repeat(1_600_000), ""));
    session.file("pages/small.html", page("", ""));
    let read = session.run(&["read", "--no-entities", "pages"]).status(2);
    assert_eq!(read.stdout.lines().count(), 1);
    assert!(read.stderr.contains("`max_page_bytes`"), "{}", read.stderr);
}

#[test]
fn the_quick_extractor_can_be_asked_for() {
    let session = Session::new();
    session.file("pages/small.html", page("", ""));
    for how in ["accurate", "fast"] {
        let read = session.run(&["read", "--no-entities", "--extract", how, "pages"]).status(0);
        assert!(read.stdout.contains("spoke of bees"), "{}", read.stdout);
    }
    let _ = session.run(&["index", "--quiet", "pages"]).status(0);
    let plan = session.run(&["index", "--dry-run", "--extract", "fast", "pages"]).status(0);
    assert_eq!(plan.stdout, "replace small.html\n");
}
