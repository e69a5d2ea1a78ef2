//! Any text as a query: nothing may panic, and what a query is printed as must be read as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::query::{ParseOptions, parse};

fuzz_target!(|text: &str| {
    let options = ParseOptions::new(Default::default());
    let Ok(query) = parse(text, &options) else { return };
    let printed = query.ast.to_string();
    let again = parse(&printed, &options);
    let again = again.unwrap_or_else(|error| panic!("{text:?} prints as {printed:?}: {error}"));
    assert_eq!(again.ast, query.ast, "{text:?} prints as {printed:?}");
});
