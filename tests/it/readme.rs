//! What the README and the pages of `docs/` show is what the program does, and their links lead
//! somewhere.
//!
//! Every ` ```console ` block is run: a line that begins with `$ ` is a command, what follows is all
//! that it writes to either stream. The blocks of a page share a directory that holds a copy of
//! `sample-corpus`, a working directory and the last exit status. A line `...` stands for any number
//! of lines, and `cargo run --release --` for the program.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Session, filtered};

/// What the pages type for the program where nothing is installed yet.
const CARGO_RUN: &str = "cargo run --release --";

#[test]
fn sessions_in_the_pages_are_true() {
    let faults: Vec<String> = pages().iter().flat_map(|page| session_faults(page)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn links_in_the_pages_lead_somewhere() {
    let faults: Vec<String> = pages().iter().flat_map(|page| link_faults(page)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the pages: those at the top of the repository and those of `docs/`.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = [repository().to_owned(), repository().join("docs")]
        .iter()
        .flat_map(|directory| fs::read_dir(directory).expect("the directory can be read"))
        .map(|entry| entry.expect("the directory can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    pages.sort();
    pages
}

fn page_name(page: &Path) -> String {
    page.strip_prefix(repository()).unwrap_or(page).display().to_string()
}

/// A command of a page and what the page says that it writes.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    line: usize,
    command: String,
    output: String,
}

/// Returns the commands in the ` ```console ` blocks of a page.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut is_inside = false;
    for (number, line) in text.lines().enumerate() {
        match line.trim_start() {
            fence if fence.starts_with("```") => is_inside = fence == "```console",
            _ if !is_inside => {}
            _ => match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => {
                    let command = command.to_owned();
                    steps.push(Step { line: number + 1, command, output: String::new() });
                }
                (None, Some(step)) if step.command.ends_with('\\') && step.output.is_empty() => {
                    step.command.push('\n');
                    step.command.push_str(line);
                }
                (None, Some(step)) => {
                    step.output.push_str(line);
                    step.output.push('\n');
                }
                (None, None) => panic!("line {}: a console block begins with `$ `", number + 1),
            },
        }
    }
    steps
}

/// Runs the commands of a page, and returns what they write otherwise than the page says.
fn session_faults(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).expect("the page can be read");
    let steps = steps(&text);
    if steps.is_empty() {
        return Vec::new();
    }
    let session = Session::with_sample_corpus();
    let mut place = session.path("");
    let mut status = 0;
    let mut faults = Vec::new();
    for step in &steps {
        let written = run(&session, step, &mut place, &mut status);
        let expected = filtered(&step.output, &session.path(""));
        if !is_like(&expected, &written) {
            faults.push(format!(
                "{}:{}: `{}` writes\n{written}--- but the page says\n{expected}---",
                page_name(page),
                step.line,
                step.command
            ));
        }
    }
    faults
}

/// Runs one command after another with status `status` in `place`, and returns what it wrote.
fn run(session: &Session, step: &Step, place: &mut PathBuf, status: &mut i32) -> String {
    let note = session.path(".place-and-status");
    let script = format!(
        "cd '{}'\nexec 2>&1\n(exit {status})\n{}\nprintf '%s\\n%s' \"$?\" \"$PWD\" > '{}'",
        place.display(),
        step.command.replace(CARGO_RUN, "morgue"),
        note.display()
    );
    let written = session.shell(&script).stdout;
    let noted = fs::read_to_string(&note).expect("the command ends in a known place");
    let (code, directory) = noted.split_once('\n').expect("two lines were noted");
    *status = code.parse().expect("a status is a number");
    *place = PathBuf::from(directory);
    fs::remove_file(&note).expect("the note can be removed");
    written
}

/// Tells whether `written` is what `expected` says, in which a line `...` stands for any lines.
fn is_like(expected: &str, written: &str) -> bool {
    fn matches(expected: &[&str], written: &[&str]) -> bool {
        match expected {
            [] => written.is_empty(),
            ["...", rest @ ..] => {
                (0..=written.len()).any(|skipped| matches(rest, &written[skipped..]))
            }
            [line, rest @ ..] => written.first() == Some(line) && matches(rest, &written[1..]),
        }
    }
    fn lines(text: &str) -> Vec<&str> {
        text.lines().map(str::trim_end).collect()
    }
    matches(&lines(expected), &lines(written))
}

/// Returns the links of a page that lead nowhere: to a file that is not there, or to a heading that
/// no page has.
fn link_faults(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).expect("the page can be read");
    let directory = page.parent().expect("a page is in a directory");
    let leads_somewhere = |target: &str| {
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        let path = if file.is_empty() { page.to_owned() } else { directory.join(file) };
        let has_heading = || {
            let text = fs::read_to_string(&path).unwrap_or_default();
            heading.is_empty() || headings(&text).iter().any(|known| known == heading)
        };
        path.exists() && has_heading()
    };
    let dead = links(&text).into_iter().filter(|target| !leads_somewhere(target));
    dead.map(|target| format!("{}: `{target}` leads nowhere", page_name(page))).collect()
}

/// Returns the targets of the links inside the repository.
fn links(text: &str) -> Vec<String> {
    let link = regex::Regex::new(r"\]\(([^)\s]+)\)").expect("a valid pattern");
    let mut targets = Vec::new();
    for line in outside_blocks(text) {
        let without_code: String = line.split('`').step_by(2).collect();
        targets.extend(link.captures_iter(&without_code).map(|found| found[1].to_owned()));
    }
    targets.retain(|target| !target.contains("://") && !target.starts_with("mailto:"));
    targets
}

/// Returns the anchors of the headings, as they are commonly made.
fn headings(text: &str) -> Vec<String> {
    let lines = outside_blocks(text).into_iter().filter(|line| line.starts_with('#'));
    lines
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            let kept =
                title.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
            kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
        })
        .collect()
}

/// Returns the lines outside fenced blocks.
fn outside_blocks(text: &str) -> Vec<&str> {
    let mut is_inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_inside = !is_inside;
        } else if !is_inside {
            lines.push(line);
        }
    }
    lines
}

#[test]
fn steps_are_commands_with_their_output() {
    let page = "```sh\n$ no\n```\n```console\n$ a \\\n  b\none\n$ c\n```\ntext\n```console\n$ d\n\ntwo\n```\n";
    let step = |line, command: &str, output: &str| Step {
        line,
        command: command.to_owned(),
        output: output.to_owned(),
    };
    assert_eq!(
        steps(page),
        [step(5, "a \\\n  b", "one\n"), step(8, "c", ""), step(12, "d", "\ntwo\n")]
    );
}

#[test]
fn pages_that_lie_are_found() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let page = directory.path().join("page.md");
    fs::write(&page, "```console\n$ cd sample-corpus; false\n$ echo $?\n1\n$ echo a; echo b\na\n```\n[x](y.md)\n")
        .expect("the page can be written");
    let faults = session_faults(&page);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains("`echo a; echo b` writes\na\nb\n--- but the page says\na\n---"));
    assert_eq!(link_faults(&page).len(), 1);
}

#[test]
fn dots_stand_for_any_lines() {
    assert!(is_like("a\n...\nd\n", "a\nb\nc\nd\n"));
    assert!(is_like("...\n", ""));
    assert!(!is_like("a\n...\nd\n", "a\nb\n"));
    assert!(!is_like("a\n", "a\nb\n"));
}
