//! Rooms may name only the rooms that the plan allows (docs/architecture.md, "Floors and rooms").
//!
//! The checker reads every file of `src/`, leaves out comments and literals, and looks at each
//! path that begins with `crate::`, `super::` or `self::`, in `use` declarations (nested braces
//! included) and in expressions. A path that climbs out of its room counts as one of the crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may import, from the ground floor up.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("article", &["text"]),
    ("ingest", &["text", "article"]),
    ("entities", &["text", "article"]),
    ("neardup", &["text", "article"]),
    ("query", &["text", "article"]),
    ("index", &["text", "article"]),
    ("search", &["text", "article", "neardup", "query"]),
    ("engine", &["text", "article", "query", "index", "search"]),
    ("pipeline", &["text", "article", "ingest", "entities", "neardup", "index"]),
    ("output", &["text", "article", "search"]),
    ("server", &["article", "query", "search", "output"]),
    (
        "cli",
        &[
            "article", "ingest", "query", "index", "search", "engine", "pipeline", "output",
            "server",
        ],
    ),
];

/// The files beside the rooms, and the rooms that each may name: the library's root declares them
/// all, the binary only starts `cli`.
const ROOTS: &[(&str, &[&str])] = &[("lib.rs", &[]), ("main.rs", &["cli"])];

#[test]
fn rooms_import_only_what_the_plan_allows() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let faults: Vec<String> = rust_files(&source)
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(source.join(path)).expect("the file can be read");
            faults_of(path, &text)
        })
        .chain(unknown_rooms(&source))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Returns the Rust files under `directory`, relative to it, in order.
fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(directory).sort_by_file_name().into_iter();
    let files = files.map(|entry| entry.expect("the directory can be read").into_path());
    let relative = |path: PathBuf| path.strip_prefix(directory).expect("it is inside").to_owned();
    files.filter(|path| path.extension().is_some_and(|end| end == "rs")).map(relative).collect()
}

/// Returns a fault for each directory and file of `src/` that the table does not know.
fn unknown_rooms(source: &Path) -> Vec<String> {
    let entries = fs::read_dir(source).expect("src/ can be read");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("src/ can be read").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let is_known = |name: &String| {
        ROOMS.iter().any(|(room, _)| room == name) || ROOTS.iter().any(|(root, _)| root == name)
    };
    let unknown = names.iter().filter(|name| !is_known(name));
    unknown.map(|name| format!("src/{name} is not in the table of rooms")).collect()
}

/// Returns a fault for each room that the file at `path` (relative to `src/`) names against the
/// table.
fn faults_of(path: &Path, text: &str) -> Vec<String> {
    let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let (room, allowed) = match parts.as_slice() {
        [root] => (None, allowed(ROOTS, root)),
        [room, ..] => (Some(room.as_str()), allowed(ROOMS, room)),
        [] => (None, None),
    };
    // An unknown room is a fault of its own.
    let Some(allowed) = allowed else { return Vec::new() };
    rooms_named(&module_of(&parts), text)
        .into_iter()
        .filter(|named| Some(named.as_str()) != room && !allowed.contains(&named.as_str()))
        .map(|named| format!("src/{} names `crate::{named}`", parts.join("/")))
        .collect()
}

fn allowed<'a>(table: &'a [(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(known, _)| *known == name).map(|(_, allowed)| *allowed)
}

/// Returns the path of the module in a file: `["search", "snippet"]` for `search/snippet.rs`.
fn module_of(parts: &[String]) -> Vec<String> {
    let mut module: Vec<String> =
        parts.iter().map(|part| part.trim_end_matches(".rs").to_owned()).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

/// Returns the rooms that a file names, in order of name.
fn rooms_named(module: &[String], text: &str) -> BTreeSet<String> {
    let tokens = tokens(text);
    let mut named = BTreeSet::new();
    // For each brace that is open, the names of the modules declared inside the file around it.
    let mut inner: Vec<Option<String>> = Vec::new();
    for at in 0..tokens.len() {
        match tokens[at].as_str() {
            "{" => inner.push(inner_module(&tokens[..at])),
            "}" => drop(inner.pop()),
            "crate" | "super" | "self" | "morgue" if begins_path(&tokens, at) => {
                let mut here = module.to_vec();
                here.extend(inner.iter().flatten().cloned());
                collect_paths(&tokens, at, here, &mut named);
            }
            _ => {}
        }
    }
    named
}

/// Tells whether a path begins with the token at `at`, rather than going on through it.
fn begins_path(tokens: &[String], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next == "::") && (at == 0 || tokens[at - 1] != "::")
}

/// Returns the name of the module whose brace is about to open.
fn inner_module(before: &[String]) -> Option<String> {
    match before {
        [.., keyword, name] if keyword == "mod" => Some(name.clone()),
        _ => None,
    }
}

/// Follows the path at `at`, which starts in module `here`, and its branches in braces; adds the
/// rooms it leads to. Returns the place after it.
fn collect_paths(
    tokens: &[String],
    mut at: usize,
    mut here: Vec<String>,
    named: &mut BTreeSet<String>,
) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "crate" | "morgue" => here.clear(),
            "super" => drop(here.pop()),
            "self" => {}
            "{" => return collect_branches(tokens, at, &here, named),
            name => here.push(name.to_owned()),
        }
        at += 1;
        if tokens.get(at).is_none_or(|next| next != "::") {
            break;
        }
        at += 1;
    }
    named.extend(here.first().cloned());
    at
}

fn collect_branches(
    tokens: &[String],
    open: usize,
    here: &[String],
    named: &mut BTreeSet<String>,
) -> usize {
    let mut at = open + 1;
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "}" => return at + 1,
            "," => at += 1,
            "as" => at += 2,
            _ => at = collect_paths(tokens, at, here.to_vec(), named),
        }
    }
    at
}

/// Returns the names and signs of a source text; comments, literals and white space are left out.
fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let start = at;
        at = skip_comment_or_literal(&letters, at);
        if at > start {
            continue;
        }
        let letter = letters[at];
        if letter.is_alphanumeric() || letter == '_' {
            let name =
                letters[at..].iter().take_while(|next| next.is_alphanumeric() || **next == '_');
            let name: String = name.collect();
            at += name.chars().count();
            tokens.push(name);
        } else if letters[at..].starts_with(&[':', ':']) {
            at += 2;
            tokens.push("::".to_owned());
        } else {
            at += 1;
            if !letter.is_whitespace() {
                tokens.push(letter.to_string());
            }
        }
    }
    tokens
}

/// Returns the place after the comment, string or character at `at`; `at` where there is none.
fn skip_comment_or_literal(letters: &[char], at: usize) -> usize {
    let rest = &letters[at..];
    match rest {
        ['/', '/', ..] => end_of(letters, at, &['\n']),
        ['/', '*', ..] => end_of_block_comment(letters, at),
        ['"', ..] => end_of_string(letters, at + 1),
        ['r', '"' | '#', ..] if !continues_name(letters, at) => end_of_raw_string(letters, at),
        ['\'', '\\', ..] => end_of_string_with(letters, at + 1, '\''),
        ['\'', _, '\'', ..] => at + 3,
        _ => at,
    }
}

fn continues_name(letters: &[char], at: usize) -> bool {
    // `br"..."` is a raw string too.
    at > 0
        && letters[at - 1] != 'b'
        && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '_')
}

fn end_of(letters: &[char], at: usize, sign: &[char]) -> usize {
    let found = letters[at..].windows(sign.len()).position(|window| window == sign);
    found.map_or(letters.len(), |offset| at + offset + sign.len())
}

fn end_of_block_comment(letters: &[char], at: usize) -> usize {
    let mut depth = 0;
    let mut at = at;
    while at < letters.len() {
        match letters[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn end_of_string(letters: &[char], at: usize) -> usize {
    end_of_string_with(letters, at, '"')
}

fn end_of_string_with(letters: &[char], mut at: usize, quote: char) -> usize {
    while at < letters.len() {
        match letters[at] {
            '\\' => at += 2,
            letter if letter == quote => return at + 1,
            _ => at += 1,
        }
    }
    at
}

fn end_of_raw_string(letters: &[char], at: usize) -> usize {
    let hashes = letters[at + 1..].iter().take_while(|letter| **letter == '#').count();
    let open = at + 1 + hashes;
    if letters.get(open) != Some(&'"') {
        return at;
    }
    let mut close = vec!['"'];
    close.extend(std::iter::repeat_n('#', hashes));
    end_of(letters, open + 1, &close)
}

fn faults_in(path: &str, text: &str) -> Vec<String> {
    faults_of(Path::new(path), text)
}

#[test]
fn an_import_from_above_is_named_with_its_file() {
    assert_eq!(
        faults_in("query/parser.rs", "use crate::engine::local;"),
        ["src/query/parser.rs names `crate::engine`"]
    );
    assert_eq!(faults_in("query/parser.rs", "use crate::text::Span;"), [""; 0]);
}

#[test]
fn neighbours_on_a_floor_may_not_name_each_other() {
    for (path, text) in [
        ("ingest/mod.rs", "use crate::entities::Tagger;"),
        ("entities/mod.rs", "use crate::query::Query;"),
        ("engine/local/mod.rs", "use crate::output::wire;"),
        ("pipeline/mod.rs", "use crate::search::Hit;"),
        ("cli/mod.rs", "use crate::text::Span;"),
    ] {
        assert_eq!(faults_in(path, text).len(), 1, "{path}");
    }
}

#[test]
fn every_way_to_write_a_path_is_seen() {
    for text in [
        "use crate::{text, engine};",
        "use crate::{text::{Span, fold}, engine::{self, local}};",
        "use super::super::engine::local;",
        "use super::{super::{engine}};",
        "mod tests { use super::super::super::engine::local; }",
        "fn open() -> crate::engine::Local { todo() }",
        "let x = f(&crate :: engine :: X);",
        "pub use crate::engine as motor;",
        "use morgue::engine;",
        "const X: &str = \"crate::text\"; use crate::engine;",
        "let c = '\"'; use crate::engine; let d = '\"';",
        "let r = r#\"\"#; use crate::engine;",
    ] {
        assert_eq!(
            faults_in("query/parser.rs", text),
            ["src/query/parser.rs names `crate::engine`"],
            "{text}"
        );
    }
}

#[test]
fn what_is_no_import_is_no_fault() {
    for text in [
        "// use crate::engine;",
        "/* /* */ use crate::engine; */",
        "//! See [`crate::engine`].",
        "const X: &str = \"use crate::engine;\";",
        "const X: &str = r#\"a\" crate::engine\"#;",
        "use super::ast::Node; use self::inner::engine;",
        "mod tests { use super::*; use super::super::lexer; }",
        "use tantivy::query::Query; let crate_engine = 1;",
        "impl<'a> X<'a> { fn f(&'a self) -> Self::engine {} }",
    ] {
        assert_eq!(faults_in("query/parser.rs", text), [""; 0], "{text}");
    }
}

#[test]
fn roots_name_rooms_sparingly() {
    assert_eq!(faults_in("main.rs", "use morgue::cli;"), [""; 0]);
    assert_eq!(faults_in("main.rs", "use morgue::index;"), ["src/main.rs names `crate::index`"]);
    assert_eq!(faults_in("lib.rs", "pub mod index; pub mod text;"), [""; 0]);
}

#[test]
fn a_directory_outside_the_table_is_a_fault() {
    let source = tempfile::tempdir().expect("a directory can be made");
    for name in ["text", "helpers"] {
        fs::create_dir(source.path().join(name)).expect("a directory can be made");
    }
    fs::write(source.path().join("utils.rs"), "").expect("a file can be written");
    assert_eq!(
        unknown_rooms(source.path()),
        ["src/helpers is not in the table of rooms", "src/utils.rs is not in the table of rooms"]
    );
}
