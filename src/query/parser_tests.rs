//! Every row of the specification, and every trap.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::query::NoteLevel;

fn options() -> ParseOptions {
    ParseOptions::new(NaiveDate::from_ymd_opt(2022, 2, 16).unwrap())
}

fn read(text: &str) -> String {
    match parse(text, &options()) {
        Ok(query) => query.to_string(),
        Err(error) => format!("error: {error}"),
    }
}

/// Checks readings, and that each canonical spelling stands for the same tree.
fn check(cases: &[(&str, &str)]) {
    for (text, canonical) in cases {
        assert_eq!(read(text), *canonical, "{text}");
        let Ok(query) = parse(text, &options()) else { continue };
        let again = parse(canonical, &options());
        assert_eq!(again.map(|again| again.ast).ok(), Some(query.ast), "{canonical}");
    }
}

fn notes(text: &str) -> Vec<String> {
    let query = parse(text, &options()).unwrap();
    query.notes.into_iter().map(|note| note.text).collect()
}

fn surprises(text: &str) -> Vec<String> {
    let query = parse(text, &options()).unwrap();
    let shown = query.notes.into_iter().filter(|note| note.level == NoteLevel::Surprise);
    shown.map(|note| note.text).collect()
}

fn carets(text: &str) -> String {
    let error = parse(text, &options()).unwrap_err();
    let hint = error.hint().map_or(String::new(), |hint| format!("\nhint: {hint}"));
    format!("{error}\n{}{hint}", error.render())
}

#[test]
fn bare_words_are_joined_by_and() {
    check(&[
        ("security guarantees", "security AND guarantees"),
        ("  Ukraine,  NATO. ", "Ukraine AND NATO"),
        ("", "*"),
        ("   ", "*"),
        ("*", "*"),
        ("*:*", "*"),
        ("* nato", "nato"),
    ]);
}

#[test]
fn operators_work_in_any_case_and_spelling() {
    check(&[
        ("a and b", "a AND b"),
        ("a And b", "a AND b"),
        ("a && b", "a AND b"),
        ("a&&b", "a AND b"),
        ("a or b", "a OR b"),
        ("a || b", "a OR b"),
        ("a||b", "a OR b"),
        ("a | b", "a OR b"),
        ("a not b", "a AND NOT b"),
        ("a NOT b", "a AND NOT b"),
        ("a AND NOT b", "a AND NOT b"),
        ("a and not b", "a AND NOT b"),
        ("a !b", "a AND NOT b"),
        ("a ! b", "a AND NOT b"),
        ("a -b", "a AND NOT b"),
        ("a AND -b", "a AND NOT b"),
        ("a OR NOT b", "a OR NOT b"),
        ("+a +b", "a AND b"),
        ("+a -b", "a AND NOT b"),
        ("NOT a", "NOT a"),
        ("-a", "NOT a"),
        ("!a", "NOT a"),
        ("NOT a NOT b", "NOT a AND NOT b"),
        ("NOT NOT a", "a"),
        ("a AND (NOT b)", "a AND NOT b"),
        ("(a OR b) AND NOT (c OR d)", "(a OR b) AND NOT (c OR d)"),
        ("-(a b)", "NOT (a AND b)"),
        ("-\"a b\"", "NOT \"a b\""),
        ("\"and\" or \"or\"", "\"and\" OR \"or\""),
        ("\"a or not b\"", "\"a or not b\""),
    ]);
}

#[test]
fn what_could_be_a_headline_spares_the_article_it_heads() {
    let spared = "(c AND NOT title:\"a b not c d e f\")";
    check(&[
        ("a b not c d e f", &format!("a AND b AND NOT {spared} AND d AND e AND f")),
        (
            "Volkswagen stake cut in two years -paper",
            "Volkswagen AND stake AND cut AND in AND two AND years AND NOT (paper AND NOT \
             title:\"Volkswagen stake cut in two years paper\")",
        ),
        ("a b NOT c d e f", "a AND b AND NOT c AND d AND e AND f"),
        ("a b not c d", "a AND b AND NOT c AND d"),
        ("a b not (c d e f)", "a AND b AND NOT (c AND d AND e AND f)"),
        ("a b c d e f not \"g\"", "a AND b AND c AND d AND e AND f AND NOT \"g\""),
    ]);
    assert_eq!(surprises("a b not c d e f").len(), 1);
    assert!(surprises("a b not c d").is_empty());
}

#[test]
fn and_binds_tighter_than_or_and_says_so() {
    check(&[
        ("a b OR c", "(a AND b) OR c"),
        ("a OR b c", "a OR (b AND c)"),
        ("(a OR b) c", "(a OR b) AND c"),
        ("a AND b OR c AND d", "(a AND b) OR (c AND d)"),
        ("a OR b w/5 c", "a OR (b w/5 c)"),
        ("NOT a w/5 b", "NOT (a w/5 b)"),
        ("NOT a b", "NOT a AND b"),
    ]);
    assert_eq!(
        surprises("a b OR c"),
        ["`a b OR c` was read as `(a AND b) OR c`: AND binds tighter than OR (in Nexis it is the \
          other way round)"]
    );
    assert_eq!(
        surprises("a OR b w/5 c"),
        ["`a OR b w/5 c` was read as `a OR (b w/5 c)`: proximity binds tighter than OR"]
    );
    assert_eq!(
        surprises("security guarantees w/10 ukraine"),
        ["`security guarantees w/10 ukraine` was read as `security AND guarantees w/10 ukraine`: \
          proximity takes the nearest word only; for more, use quotes or brackets"]
    );
    for clear in ["(a b) OR c", "(a OR b) c", "a OR b", "\"a b\" w/5 c date:2022", "a w/5 (b OR c)"]
    {
        assert!(surprises(clear).is_empty(), "{clear}");
    }
}

#[test]
fn phrases_are_exact_or_stemmed_and_may_have_gaps_patterns_and_groups() {
    check(&[
        ("\"security guarantees\"", "\"security guarantees\""),
        ("“security guarantees”", "\"security guarantees\""),
        ("«security guarantees»", "\"security guarantees\""),
        ("„security guarantees“", "\"security guarantees\""),
        ("\"{security guarantees}\"", "\"{security guarantees}\""),
        ("\"the {security guarantees} of\"", "\"the {security guarantees} of\""),
        ("=guarantees", "\"guarantees\""),
        ("=\"security guarantees\"", "\"security guarantees\""),
        ("\"guarantees\"", "\"guarantees\""),
        ("\"{guarantees}\"", "guarantees"),
        ("\"security * guarantees\"", "\"security * guarantees\""),
        ("\"secur* guarant$3 wom?n nation!\"", "\"secur* guarant$3 wom?n nation*\""),
        ("\"security (guarantee|guarantees)\"", "\"security (guarantee|guarantees)\""),
        ("\"(united states|us) dollar*\"", "\"(united states|us) dollar*\""),
        ("\"({state}|us * x) dollar\"", "\"({state}|us * x) dollar\""),
        ("\"Acme (NYSE: ACM) said\"", "\"Acme NYSE ACM said\""),
        ("\"fox-it\"", "\"fox it\""),
        ("=fox-it", "\"fox it\""),
        ("\"U.S. Steel\"", "\"U.S. Steel\""),
        ("\"北约开会\"", "\"北约开会\""),
        ("\"a b c\"~5", "\"a b c\"~5"),
        ("\"a b c\"~0", "\"a b c\""),
        ("\"say \\\"yes\\\" now\"", "\"say yes now\""),
        ("\"Where are they now?\"", "\"Where are they now\""),
        ("\"nato?\"", "nato?"),
        ("\"the bank bank\"", "\"the bank bank\""),
        ("\"* guarantees * of * *\"", "\"guarantees * of\""),
        ("\"(a *|b) c\"", "error: `*` can only stand between two words of a group"),
        ("\"* *\"", "error: there is no word to look for"),
    ]);
}

#[test]
fn proximity_in_every_spelling() {
    check(&[
        ("a w/5 b", "a w/5 b"),
        ("a W/5 b", "a w/5 b"),
        ("a /5 b", "a w/5 b"),
        ("a near/5 b", "a w/5 b"),
        ("a NEAR5 b", "a w/5 b"),
        ("a n/5 b", "a w/5 b"),
        ("a pre/5 b", "a pre/5 b"),
        ("a p/5 b", "a pre/5 b"),
        ("a +5 b", "a pre/5 b"),
        ("a adj5 b", "a pre/5 b"),
        ("a adj/5 b", "a pre/5 b"),
        ("a onear/5 b", "a pre/5 b"),
        ("a w/s b", "a w/s b"),
        ("a /s b", "a w/s b"),
        ("a near/s b", "a w/s b"),
        ("a w/p b", "a w/p b"),
        ("a /P b", "a w/p b"),
        ("a same b", "a w/p b"),
        ("a pre/s b", "a pre/s b"),
        ("a pre/p b", "a pre/p b"),
        ("a not w/5 b", "a not w/5 b"),
        ("a NOT /5 b", "a not w/5 b"),
        ("a not w/s b", "a not w/s b"),
        ("a not pre/3 b", "a not pre/3 b"),
        ("\"security guarantees\" w/10 Ukraine", "\"security guarantees\" w/10 Ukraine"),
        ("a w/5 b w/3 c", "(a w/5 b) w/3 c"),
        ("a w/5 (b pre/2 c)", "a w/5 (b pre/2 c)"),
        ("(a OR \"b c\" OR de*) w/s (e OR f)", "(a OR \"b c\" OR de*) w/s (e OR f)"),
        ("((a or b) or c) w/5 d", "(a OR b OR c) w/5 d"),
        ("secur* w/5 zelensky~1", "secur* w/5 zelensky~1"),
        ("a w/5 /guar.*/", "a w/5 /guar.*/"),
    ]);
    assert!(notes("a w/5 b")[0].contains("in either order"));
    assert!(notes("a pre/5 b").is_empty());
    assert!(surprises("the same day")[0].contains("`\"same\"`"));
}

#[test]
fn signs_of_proximity_are_text_elsewhere() {
    check(&[
        ("same", "same"),
        ("same old", "same AND old"),
        ("all the same", "all AND the AND same"),
        ("+5 b", "5 AND b"),
        ("a +5", "a AND 5"),
        ("near miss", "near AND miss"),
        ("adj", "adj"),
        ("and/or", "and/or"),
        ("n/a", "n/a"),
        ("24/7", "24/7"),
        ("w/o", "w/o"),
    ]);
}

#[test]
fn frequency_place_and_letter_case() {
    check(&[
        ("atleast5(ukraine)", "atleast5(ukraine)"),
        ("ATLEAST5(a OR b)", "atleast5(a OR b)"),
        ("atleast2(a w/5 b)", "atleast2(a w/5 b)"),
        ("atleast2(a b)", "atleast2(a) AND atleast2(b)"),
        ("first50(x)", "first50(x)"),
        ("first50(a b)", "first50(a AND b)"),
        ("first50(first20(a) OR b)", "first20(a) OR first50(b)"),
        ("lead(x)", "lead:x"),
        ("caps(apple)", "caps(apple)"),
        ("allcaps(aids)", "allcaps(aids)"),
        ("nocaps(turkey)", "nocaps(turkey)"),
        ("caps(\"white house\" w/3 bill)", "caps(\"white house\" w/3 bill)"),
        ("caps(allcaps(aids))", "allcaps(aids)"),
        ("title:(caps(apple) AND caps(pie))", "caps(title:(apple AND pie))"),
        ("first50(caps(title:x))", "first50(caps(title:x))"),
        ("atleast2(title:x)", "atleast2(title:x)"),
    ]);
}

#[test]
fn truncation_fuzzy_words_and_regular_expressions() {
    check(&[
        ("guarant*", "guarant*"),
        ("secur!", "secur*"),
        ("wom?n", "wom?n"),
        ("guarantee?", "guarantee?"),
        ("guarant$3", "guarant$3"),
        ("*ation", "*ation"),
        ("s*ty", "s*ty"),
        ("=guarant*", "guarant*"),
        ("fox-it*", "\"{fox} it*\""),
        ("zelensky~1", "zelensky~1"),
        ("zelensky~2", "zelensky~2"),
        ("zelensky~", "zelensky~2"),
        ("/guarant(y|ee)s?/", "/guarant(y|ee)s?/"),
        ("/^guar.*$/", "/guar.*/"),
        ("a /b.*/ c", "a AND /b.*/ AND c"),
        ("a* b", "error: `a*` stands for too many words: a pattern needs two fixed letters"),
        ("?*", "*"),
        ("\"a* b\"", "error: `a*` stands for too many words: a pattern needs two fixed letters"),
        ("zelensky~3", "error: `zelensky~3` is out of bounds: edits from 1 to 2"),
        ("zelens*~1", "error: `zelens*~1` cannot be fuzzy: `~` takes one plain word"),
        ("guarant$99", "error: `guarant$99` is out of bounds: letters from 1 to 20"),
    ]);
    assert!(read("/gua(r/").starts_with("error: `/gua(r/` is not a regular expression: unclosed"));
}

#[test]
fn fields_of_text() {
    check(&[
        ("title:nato", "title:nato"),
        ("title=nato", "title:nato"),
        ("title(nato)", "title:nato"),
        ("TITLE:nato", "title:nato"),
        ("hd:nato ti:nato headline:nato", "title:(nato AND nato AND nato)"),
        ("title:\"security guarantees\"", "title:\"security guarantees\""),
        ("title:(a OR b) c", "title:(a OR b) AND c"),
        ("title:(a w/5 b)", "title:(a w/5 b)"),
        ("title:a w/5 b", "title:a w/5 b"),
        ("title:a b", "title:a AND b"),
        ("lead:nato lp:eu", "lead:(nato AND eu)"),
        ("hlead:nato", "hlead:nato"),
        ("body:nato*", "body:nato*"),
        ("hlead:(title:a OR body:b)", "title:a OR lead:b"),
        ("title:/na.o/", "title:/na.o/"),
        ("title:(a NOT b)", "title:(a AND NOT b)"),
        ("title:*", "has:title"),
        ("NOT title:nato", "NOT title:nato"),
        ("-title:nato", "NOT title:nato"),
        ("title:=guarantees", "title:\"guarantees\""),
        ("title:and", "title:\"{and}\""),
    ]);
}

#[test]
fn filters_by_name() {
    check(&[
        ("person:lavrov", "person:lavrov"),
        ("person:\"Sergei Lavrov\"", "person:\"Sergei Lavrov\""),
        ("person:\"Sergei * Lavrov\"", "person:\"Sergei * Lavrov\""),
        ("person:zelensk*", "person:zelensk*"),
        ("person:zelensky~1", "person:zelensky~1"),
        ("person:/lavrov.*/", "person:/lavrov.*/"),
        ("person:(lavrov OR blinken)", "person:lavrov OR person:blinken"),
        ("org:nato place:kyiv entity:osce", "org:nato AND place:kyiv AND entity:osce"),
        ("outlet:\"New York Times\" source:bbc", "outlet:\"New York Times\" AND outlet:bbc"),
        ("sn:reuters pub:ap", "outlet:reuters AND outlet:ap"),
        ("outlet:bbc.co.uk", "outlet:\"bbc co uk\""),
        ("byline:smith by:smith author:smith", "byline:smith AND byline:smith AND byline:smith"),
        ("dateline:moscow se:world", "dateline:moscow AND section:world"),
        ("url:http://x.com/a?b=1", "url:\"http x com a b 1\""),
        ("site:reuters.com", "url:\"reuters com\""),
        ("path:2007/01/*", "path:\"2007 01\""),
        ("NOT outlet:bbc", "NOT outlet:bbc"),
        ("outlet:and", "outlet:and"),
        ("outlet:(bbc -ap)", "outlet:bbc AND NOT outlet:ap"),
    ]);
}

#[test]
fn other_filters() {
    check(&[
        ("lang:en", "lang:en"),
        ("la:German", "lang:de"),
        ("language:uk-UA", "lang:uk"),
        ("words>1000", "words>=1001"),
        ("words > 1000", "words>=1001"),
        ("words<1000", "words<=999"),
        ("words>=1000", "words>=1000"),
        ("words:500", "words:500"),
        ("words:100..500", "words:100..500"),
        ("words:[100 TO 500]", "words:100..500"),
        ("words:[* TO 500]", "words<=500"),
        ("wc>5", "words>=6"),
        ("has:date", "has:date"),
        ("has:byline NOT has:person", "has:byline AND NOT has:person"),
        ("date:*", "has:date"),
        ("id:0123456789abcdef", "id:0123456789abcdef"),
        ("id:x", "error: `x` is not an id: 16 characters of 0-9 and a-z"),
        ("words:many", "error: `many` is not a number of words such as `500` or `100..500`"),
        ("lang:x", "error: `x` is not a language such as `en`, `uk` or `german`"),
    ]);
    let error = parse("has:bylin", &options()).unwrap_err();
    assert_eq!(error.hint().as_deref(), Some("did you mean `byline`?"));
}

#[test]
fn dates() {
    check(&[
        ("date:2024", "date:2024"),
        ("date=2024", "date:2024"),
        ("date:2024-03", "date:2024-03"),
        ("date:2024-03-05", "date:2024-03-05"),
        ("date:2024-Q1", "date:2024-01-01..2024-03-31"),
        ("date:2024-W05", "date:2024-01-29..2024-02-04"),
        ("date:2024-01..2024-06", "date:2024-01-01..2024-06-30"),
        ("date:2024-01..", "date:2024-01-01.."),
        ("date:..2024-06", "date:..2024-06-30"),
        ("date>=2024-03", "date:2024-03-01.."),
        ("date >= 2024-03", "date:2024-03-01.."),
        ("date>2024-03", "date:2024-04-01.."),
        ("date<2024-03", "date:..2024-02-29"),
        ("date<=2024-03", "date:..2024-03-31"),
        ("since:2024", "date:2024-01-01.."),
        ("until:2024", "date:..2024-12-31"),
        ("after:2024", "date:2025-01-01.."),
        ("before:2024", "date:..2023-12-31"),
        ("date:-30d", "date:2022-01-17..2022-02-16"),
        ("since:-30d", "date:2022-01-17.."),
        ("date:yesterday", "date:2022-02-15"),
        ("date:last-month", "date:2022-01"),
        ("date:\"last month\"", "date:2022-01"),
        ("date:last month nato", "date:2022-01 AND nato"),
        ("date:January 2021 nato", "date:2021-01 AND nato"),
        ("date:5 Jan 2022 nato", "date:2022-01-05 AND nato"),
        ("date:2022 nato", "date:2022 AND nato"),
        ("date:yesterday OR nato", "date:2022-02-15 OR nato"),
        ("date:(2022 OR 2024)", "date:2022 OR date:2024"),
        ("date:[2024-01 TO 2024-06]", "date:2024-01-01..2024-06-30"),
        ("date:{2024-01 TO *]", "date:2024-02-01.."),
        ("pd:2024", "date:2024"),
        ("NOT date:2024", "NOT date:2024"),
        ("date:soon", "error: `soon` is not a date"),
        (
            "date:2024..2022",
            "error: `2024..2022` ends on 2022-12-31, before it begins on 2024-01-01",
        ),
        (
            "date:[2024 TO 2022]",
            "error: `[2024 TO 2022]` ends on 2022-12-31, before it begins on 2024-01-01",
        ),
    ]);
}

#[test]
fn harmless_text_is_text() {
    check(&[
        ("don't", "don't"),
        ("O’Neill", "O’Neill"),
        ("U.S.", "U.S."),
        ("U.S. Steel", "U.S. AND Steel"),
        ("http://x.y/z", "http://x.y/z"),
        ("C++", "C"),
        ("a:b:c", "a:b:c"),
        ("fox-it", "fox-it"),
        ("AT&T", "AT&T"),
        ("1,000.5", "1,000.5"),
        ("10:30", "10:30"),
        ("北约开会", "北约开会"),
        ("café", "café"),
        ("$100 @user #tag", "100 AND user AND tag"),
        ("a & b", "a AND b"),
        ("a - b", "a AND b"),
        ("a -- b", "a AND b"),
        ("'security guarantees'", "security AND guarantees"),
        ("'tis", "tis"),
        ("[x] {y}", "x AND y"),
        ("a\\:b \\(c\\)", "a_b AND c"),
        ("\\and \\or", "\"{and}\" AND \"{or}\""),
        ("/usr/local/bin", "usr/local/bin"),
        ("lead (metal)", "lead AND metal"),
        ("Who is Vladimir Putin?", "Who AND is AND Vladimir AND Putin"),
        ("Yahoo! shares", "yahoo* AND shares"),
        ("title", "title"),
        ("x^2 \"a b\"^3.5", "x AND \"a b\""),
        ("foo(bar)", "foo AND bar"),
        ("!!!", "error: there is no word to look for"),
        ("?", "error: there is no word to look for"),
    ]);
    assert_eq!(surprises("C++"), ["`C++` is looked for as `C`"]);
    assert_eq!(
        surprises("titel:nato"),
        ["`titel:` is no field, it was read as text: did you mean `title:`?"]
    );
    assert_eq!(
        surprises("from:2022"),
        ["`from:` is no field, it was read as text: did you mean `since:`?"]
    );
    assert_eq!(surprises("a & b"), ["`&` holds no word and was left out"]);
    assert_eq!(
        surprises("titles(nato)"),
        ["`titles(` is no function, it was read as text: did you mean `title`?"]
    );
    for quiet in ["don't", "U.S.", "http://x.y/z", "10:30", "fox-it", "AT&T", "a:b:c"] {
        assert!(surprises(quiet).is_empty(), "{quiet}: {:?}", surprises(quiet));
    }
}

#[test]
fn errors_point_at_the_place() {
    let cases = [
        (
            "ukraine AND (nato OR eu",
            "the bracket is never closed\nukraine AND (nato OR eu\n            ^\n\
             hint: add `)`, or put quotes round the text",
        ),
        (
            "nato) eu",
            "the bracket was never opened\nnato) eu\n    ^\n\
             hint: remove it, or put quotes round the text",
        ),
        (
            "nato \"security guarantees",
            "the quote is never closed\nnato \"security guarantees\n     ^\n\
             hint: add `\"` at the end of the phrase",
        ),
        (
            "nato AND",
            "`AND` has nothing on its right\nnato AND\n     ^^^\n\
             hint: to look for the word, write `\"and\"`",
        ),
        (
            "or else",
            "`or` has nothing on its left\nor else\n^^\n\
             hint: to look for the word, write `\"or\"`",
        ),
        (
            "a w/5",
            "`w/5` has nothing on its right\na w/5\n  ^^^\n\
             hint: to look for the word, write `\"w/5\"`",
        ),
        (
            "(security guarantees) w/5 nato",
            "an AND cannot stand beside `w/5`\n(security guarantees) w/5 nato\n                      ^^^\n\
             hint: write `\"a b\"` for a phrase, `(a OR b)` for either, or `(a w/5 b)` for both",
        ),
        (
            "person:lavrov w/5 nato",
            "a filter cannot stand beside `w/5`\nperson:lavrov w/5 nato\n              ^^^\n\
             hint: proximity relates words, phrases, patterns, groups with OR, and proximity",
        ),
        (
            "title:a w/5 body:b",
            "the two sides of `w/5` can never stand in one text\ntitle:a w/5 body:b\n        ^^^\n\
             hint: use AND to ask for both in one article",
        ),
        (
            "title:(nato date:2022)",
            "`date:` is about whole articles and cannot stand inside `title:`\n\
             title:(nato date:2022)\n            ^^^^^\nhint: put it outside the brackets",
        ),
        (
            "title:lead:x",
            "`lead:` inside `title:` can match nothing\ntitle:lead:x\n      ^^^^^\n\
             hint: ask for them side by side, with AND or OR",
        ),
        (
            "()",
            "there is nothing between the brackets\n()\n^^\nhint: an empty query finds everything",
        ),
        (
            "title:",
            "`title:` has no value\ntitle:\n^^^^^^\n\
             hint: to look for the word, put quotes round it",
        ),
        (
            "date:05/01/2022",
            "`05/01/2022` could be 2022-01-05 or 2022-05-01\ndate:05/01/2022\n     ^^^^^^^^^^\n\
             hint: write `2022-01-05` or `2022-05-01`",
        ),
        ("a w/9999 b", "`w/9999` is out of bounds: words from 1 to 1000\na w/9999 b\n  ^^^^^^"),
        ("a w/0 b", "`w/0` is out of bounds: words from 1 to 1000\na w/0 b\n  ^^^"),
        (
            "caps(nocaps(x))",
            "a word cannot be both `nocaps` and `caps`\ncaps(nocaps(x))\n     ^^^^^^",
        ),
        (
            "\"a b\"~",
            "`~` after a phrase needs a number of moves\n\"a b\"~\n^^^^^^\n\
             hint: write `\"a b c\"~5`",
        ),
    ];
    for (text, drawing) in cases {
        assert_eq!(carets(text), drawing, "{text}");
    }
}

#[test]
fn any_makes_bare_words_alternatives() {
    let options = ParseOptions { any: true, ..options() };
    let cases = [
        ("a b", "a OR b"),
        ("a b AND c", "a OR (b AND c)"),
        ("\"a b\" c", "\"a b\" OR c"),
        ("+a b", "a AND (b OR *)"),
        ("a b -c", "(a OR b) AND NOT c"),
        ("a OR -c", "a OR NOT c"),
        ("a b date:2022", "(a OR b) AND date:2022"),
        ("a w/5 b c", "(a w/5 b) OR c"),
        ("title:(a b)", "title:(a OR b)"),
        ("-a", "NOT a"),
        ("a", "a"),
    ];
    for (text, canonical) in cases {
        let query = parse(text, &options).unwrap();
        assert_eq!(query.to_string(), canonical, "{text}");
        let again = parse(canonical, &super::tests::options()).unwrap();
        if text != "+a b" && !canonical.contains(" AND ") {
            assert_eq!(again.ast, query.ast, "{text}");
        }
    }
}

#[test]
fn a_question_is_the_sum_of_its_words() {
    let any = |text: &str| {
        let query = parse(text, &ParseOptions { any: true, ..options() }).unwrap();
        (query.to_string(), query.notes.len())
    };
    assert_eq!(
        any("what of wings and not of high-speed bodies?"),
        ("wings OR high OR speed OR bodies".to_owned(), 1)
    );
    assert_eq!(any("wings and not bodies").0, "wings AND NOT bodies");
    assert_eq!(
        any("what of the wings AND of bodies").0,
        "what OR of OR the OR (wings AND of) OR bodies"
    );
}

#[test]
fn phrase_takes_the_whole_text() {
    let options = ParseOptions { phrase: true, ..options() };
    let read = |text| parse(text, &options).map(|query| query.to_string());
    assert_eq!(read("security guarantees").unwrap(), "\"security guarantees\"");
    assert_eq!(read("he said \"no\" (or not)").unwrap(), "\"he said no or not\"");
    assert!(read("?!").is_err());
}

#[test]
fn switches_are_filters() {
    let now = options().now;
    let switch = |name: &str, value: &str| {
        parse_filter(Field::named(name).unwrap(), value, now).map(|filter| filter.to_string())
    };
    assert_eq!(switch("since", "last month").unwrap(), "date:2022-01-01..");
    assert_eq!(switch("until", "yesterday").unwrap(), "date:..2022-02-15");
    assert_eq!(switch("date", "2022-Q1").unwrap(), "date:2022-01-01..2022-03-31");
    assert_eq!(switch("person", "Sergei Lavrov").unwrap(), "person:\"Sergei Lavrov\"");
    assert_eq!(switch("lang", "en").unwrap(), "lang:en");
    assert_eq!(
        switch("entity", "?").unwrap_err().to_string(),
        "`?` is not a name: it holds no word"
    );
    let query = parse("nato OR eu", &options()).unwrap();
    let english = parse_filter(Field::Language, "en", now).unwrap();
    let german = parse_filter(Field::Language, "de", now).unwrap();
    let query = query.and(english.clone()).and_any([english, german]).and_any([]);
    assert_eq!(query.to_string(), "(nato OR eu) AND lang:en AND (lang:en OR lang:de)");
    assert_eq!(Query::everything().and_any([]).to_string(), "*");
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("{}a{}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(read(&deep), "error: the query is nested more than 100 levels deep");
    let chain = format!("a{}", " w/5 b".repeat(5000));
    assert_eq!(read(&chain), "error: the query is nested more than 100 levels deep");
    let fields = "title:".repeat(5000);
    assert!(read(&fields).starts_with("error: "));
    let negations = format!("{} a", "NOT ".repeat(10_000));
    assert_eq!(read(&negations), "a");
    let negations = format!("{}a", "-(".repeat(5000));
    assert!(read(&negations).starts_with("error: "));
    let wide = vec!["word"; 6000].join(" OR ");
    assert!(read(&wide) == wide);
    let long = "word ".repeat(20_000);
    assert_eq!(read(&long), "error: the query has 100000 bytes; at most 65536 are read");
}

/// Texts made of what the language is made of.
fn query_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-c]{1,3}",
        1 => Just("北约".to_owned()),
        8 => prop::sample::select(vec![
            " ", " ", " ", "\"", "(", ")", "*", "?", "!", "~", "~1", "$2", "^2", "/", "/a.b/", "=",
            "+", "-", "+5 ", " w/5 ", " pre/s ", " not w/p ", " and ", " OR ", " not ", " same ",
            "&&", "||", "title:", "lead(", "hlead=", "person:", "outlet:(", "url:", "date:", "since:",
            "2022", "last month", "words>", "5", "has:", "lang:en", "atleast2(", "first9(", "caps(",
            "allcaps(", "{", "}", "|", "[", "]", " TO ", ":", ".", "U.S.", "fox-it", "don't", "\\",
            "«", "”", "guarant*", "?a", "é", "\u{301}", "\u{a7f7}", "\u{2bc}", "'", "’s",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_printed_is_read_back(text in query_text(), any in any::<bool>()) {
        let options = ParseOptions { any, ..options() };
        if let Ok(query) = parse(&text, &options) {
            let printed = query.to_string();
            let again = parse(&printed, &super::tests::options());
            prop_assert_eq!(again.map(|again| again.ast).ok(), Some(query.ast), "{}", printed);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}", any in any::<bool>(), phrase in any::<bool>()) {
        let options = ParseOptions { any, phrase, ..options() };
        if let Err(error) = parse(&text, &options) {
            let _ = (error.to_string(), error.render(), error.hint());
        }
    }
}

#[test]
fn unusual_characters_print_as_what_they_are_read_as() {
    let texts = [
        "dat!e/:20\u{1a}ʼs5???\u{13}13'",
        "--orhtg*:ʼsrhtg*",
        "h'x'\0ʼs*A:xCA:",
        "\0\t*D**z8ʼse",
        "date2:\u{c}deatte:ʼhast*esp**e",
        "j$e$w\0 ʼsҽt?",
        "ʼtis rock'n'ro?l oʼcl*",
        "guarant*’s\u{301}北约",
        "afox-itʼ$2 w/5 a",
        "a北约*.U.S.北约",
        "x.2?h⑹d\\1",
        "ﷺ* 5½*",
        "url:*ʼtitle:",
        "ea\u{487}*〹\u{1}",
        "po1 = -Ӄtwop  -ꟼca -p t\u{3}Vd>=201$3",
        "ꟷwar ꟻtal~1 \"ꟼca pe\u{a7fb}ce\"",
    ];
    for text in texts {
        let query = parse(text, &options()).unwrap();
        let again = parse(&query.to_string(), &options()).unwrap();
        assert_eq!(again.ast, query.ast, "{text:?} prints as {query}");
    }
}
