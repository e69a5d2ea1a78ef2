//! Sessions at a terminal: files in a directory of their own, commands, and exactly what came out.
//!
//! The environment of a command is empty but for what it needs; files have fixed times, each a
//! minute younger than the one before, so that neither the clock nor the machine shows.

use std::cell::Cell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use regex::Regex;
use serde_json::Value;
use tempfile::TempDir;

/// The time of the first file: 2022-03-01 00:00:00 UTC.
const FIRST_FILE_TIME: Duration = Duration::from_secs(1_646_092_800);

/// A directory, and the commands that are run in it.
pub(crate) struct Session {
    directory: TempDir,
    files_written: Cell<u32>,
}

impl Session {
    /// Returns a session in an empty directory.
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory can be made");
        Self { directory, files_written: Cell::new(0) }
    }

    /// Returns a session in a directory that holds a copy of `sample-corpus`.
    pub(crate) fn with_sample_corpus() -> Self {
        let session = Self::new();
        let corpus = sample_corpus();
        for entry in corpus_entries(&corpus) {
            let inside = entry.path().strip_prefix(&corpus).expect("it is inside");
            if entry.file_type().is_file() {
                let bytes = fs::read(entry.path()).expect("the corpus can be read");
                session.file(Path::new("sample-corpus").join(inside), bytes);
            }
        }
        session
    }

    /// Writes a file, with the directories above it.
    pub(crate) fn file(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a directory")).expect("made");
        fs::write(&path, content).expect("the file can be written");
        let age = Duration::from_secs(60) * self.files_written.get();
        self.files_written.set(self.files_written.get() + 1);
        let time = SystemTime::UNIX_EPOCH + FIRST_FILE_TIME + age;
        let file = File::options().write(true).open(&path).expect("the file can be opened");
        file.set_modified(time).expect("the file's time can be set");
        self
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: impl AsRef<Path>) -> &Self {
        fs::remove_file(self.path(path)).expect("the file can be removed");
        self
    }

    /// Returns the path of something in the directory.
    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.directory.path().join(path)
    }

    /// Runs `morgue` with these arguments.
    #[must_use]
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let mut command = self.command(env!("CARGO_BIN_EXE_morgue"));
        command.args(arguments);
        self.outcome(command, format!("morgue {}", arguments.join(" ")))
    }

    /// Runs a line as a shell does; `morgue` is the program under test.
    #[must_use]
    pub(crate) fn shell(&self, line: &str) -> Outcome {
        let mut command = self.command("sh");
        command.args(["-c", line]);
        self.outcome(command, line.to_owned())
    }

    /// Returns a command of the session that is not started yet.
    pub(crate) fn command(&self, program: &str) -> Command {
        let binary = Path::new(env!("CARGO_BIN_EXE_morgue"));
        let beside = binary.parent().expect("the program is in a directory");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let searched = [beside.to_owned()].into_iter().chain(std::env::split_paths(&path));
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::join_paths(searched).expect("paths hold no separator"))
            .env("HOME", self.directory.path())
            .env("TZ", "UTC")
            .current_dir(self.directory.path())
            .stdin(Stdio::null());
        command
    }

    fn outcome(&self, mut command: Command, line: String) -> Outcome {
        let Output { status, stdout, stderr } = command.output().expect("the command starts");
        let filter = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("output is UTF-8");
            filtered(&text, self.directory.path())
        };
        Outcome { line, status: status.code(), stdout: filter(stdout), stderr: filter(stderr) }
    }
}

/// What a command wrote and how it ended.
pub(crate) struct Outcome {
    line: String,
    status: Option<i32>,
    /// Standard output, filtered.
    pub(crate) stdout: String,
    /// Standard error, filtered.
    pub(crate) stderr: String,
}

impl Outcome {
    /// Asserts how the command ended.
    #[track_caller]
    pub(crate) fn status(self, expected: i32) -> Self {
        assert!(
            self.status == Some(expected),
            "`{}` ended with {:?}, not {expected}\n--- stdout\n{}--- stderr\n{}",
            self.line,
            self.status,
            self.stdout,
            self.stderr
        );
        self
    }

    /// Asserts what was written to standard output, to the letter.
    #[track_caller]
    pub(crate) fn stdout(self, expected: &str) -> Self {
        assert_text(&self.line, "stdout", &self.stdout, expected);
        self
    }

    /// Asserts what was written to standard error, to the letter.
    #[track_caller]
    pub(crate) fn stderr(self, expected: &str) -> Self {
        assert_text(&self.line, "stderr", &self.stderr, expected);
        self
    }

    /// Returns standard output as one JSON document.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("`{}` wrote no JSON: {error}", self.line))
    }

    /// Returns standard output as JSON Lines.
    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let parse = |line: &str| serde_json::from_str(line);
        let lines: Result<Vec<Value>, _> = self.stdout.lines().map(parse).collect();
        lines.unwrap_or_else(|error| panic!("`{}` wrote no JSON Lines: {error}", self.line))
    }
}

#[track_caller]
fn assert_text(line: &str, stream: &str, written: &str, expected: &str) {
    assert!(
        written == expected,
        "`{line}` wrote to {stream}\n{written}--- but was expected to write\n{expected}---"
    );
}

/// Puts words in brackets where a text depends on the machine or the moment.
pub(crate) fn filtered(text: &str, directory: &Path) -> String {
    static CHANGING: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        let filter = |pattern, word| (Regex::new(pattern).expect("a valid pattern"), word);
        vec![
            filter(r"process \d+ on [\w.-]+", "process [PID] on [HOST]"),
            filter(r"\b\d+(\.\d+)? ?(ms|s)\b", "[TIME]"),
            filter(r"\b\d+(\.\d+)? ?([KMG]i?B|kB|bytes)\b", "[SIZE]"),
            filter(r"\bmorgue \d+\.\d+\.\d+\b", "morgue [VERSION]"),
        ]
    });
    let real = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
    let mut filtered = text.to_owned();
    for path in [real.as_path(), directory] {
        filtered = filtered.replace(&*path.to_string_lossy(), "[DIR]");
    }
    for (pattern, word) in CHANGING.iter() {
        filtered = pattern.replace_all(&filtered, *word).into_owned();
    }
    filtered
}

#[test]
fn what_depends_on_the_moment_is_filtered() {
    let text =
        "wrote /x/y in 12 ms, 1.5 s; 3.2 MiB; held by process 17 on lamp; morgue 0.1.0; 17 s.";
    assert_eq!(
        filtered(text, Path::new("/x/y")),
        "wrote [DIR] in [TIME], [TIME]; [SIZE]; held by process [PID] on [HOST]; morgue [VERSION]; [TIME]."
    );
    assert_eq!(filtered("12 articles of 2022-01", Path::new("/x")), "12 articles of 2022-01");
}

#[test]
fn a_session_runs_commands_over_its_files() {
    let session = Session::new();
    session.file("a/b.txt", "one\n").file("c.txt", "two\n").remove("c.txt");
    session
        .shell("cat a/b.txt; ls; pwd; echo gone >&2; exit 3")
        .status(3)
        .stdout("one\na\n[DIR]\n")
        .stderr("gone\n");
    let written = session.shell("echo '{\"a\": 1}'");
    assert_eq!(written.json()["a"], 1);
    assert_eq!(written.json_lines().len(), 1);
    let modified = fs::metadata(session.path("a/b.txt")).and_then(|file| file.modified());
    assert_eq!(modified.expect("files have times"), SystemTime::UNIX_EPOCH + FIRST_FILE_TIME);
}

fn sample_corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus")
}

/// Returns what a corpus holds, without the index that a search of it left there: another build of the
/// program may have made it.
fn corpus_entries(corpus: &Path) -> impl Iterator<Item = walkdir::DirEntry> {
    let entries = walkdir::WalkDir::new(corpus).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(|entry| entry.file_name() != ".morgue");
    entries.map(|entry| entry.expect("the corpus can be read"))
}

#[test]
fn the_sample_corpus_is_copied_whole() {
    let session = Session::with_sample_corpus();
    let files = |root: &Path| corpus_entries(root).count();
    assert_eq!(files(&session.path("sample-corpus")), files(&sample_corpus()));
    assert!(!session.path("sample-corpus/.morgue").exists());
    session.run(&["--version"]).status(0);
}
