//! Killed at any moment, the indexer leaves the last commit searchable and the next run whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

const FILES: usize = 120;
const KILLS: u64 = 60;

fn morgue() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.env_remove("MORGUE_INDEX").stderr(Stdio::null());
    command
}

/// Writes every file of the archive so that it holds the word `state<number>`, and no other state's.
fn write_state(archive: &Path, number: u64) {
    for file in 0..FILES {
        let text = format!(
            "Report {file} of the commission\n\nThe commission met in Geneva. This is state{number}.\n\n{}",
            "Nothing else was decided, and the talks on security guarantees go on. ".repeat(20)
        );
        fs::write(archive.join(format!("{file}.txt")), text).unwrap();
    }
}

fn articles_in_state(index: &Path, number: u64) -> u64 {
    let output = morgue()
        .args(["search", "--count", "--index"])
        .arg(index)
        .arg(format!("state{number}"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.trim().parse().unwrap_or_else(|_| panic!("no count for state {number}: {text:?}"))
}

fn index_command(archive: &Path, index: &Path, rebuild: bool) -> Command {
    let mut command = morgue();
    command.args(["index", "--quiet", "--index"]).arg(index).arg(archive);
    if rebuild {
        command.arg("--rebuild");
    }
    command
}

/// What names the last commit: it changes when a run commits.
fn last_commit(index: &Path) -> Option<Vec<u8>> {
    let current = fs::read_to_string(index.join("CURRENT")).ok()?;
    let list = fs::read(index.join(current.trim()).join("meta.json")).ok()?;
    Some([current.into_bytes(), list].concat())
}

/// Looks at the index, at most `most` times, until the run of `child` has ended; returns how often.
///
/// So time passes that depends on the machine, without asking a clock.
fn looks_until_end(child: &mut Child, index: &Path, most: u64) -> u64 {
    (0..most)
        .find(|_| {
            last_commit(index);
            child.try_wait().unwrap().is_some()
        })
        .unwrap_or(most)
}

/// Looks at the index until the run of `child` has committed.
fn look_until_commit(child: &mut Child, index: &Path, before: &Option<Vec<u8>>) {
    while last_commit(index) == *before && child.try_wait().unwrap().is_none() {}
}

/// A small generator of numbers that look random: the same every time.
fn scrambled(number: u64) -> u64 {
    let mut bits = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits ^= bits >> 29;
    bits.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32
}

/// Returns an archive in state 0 and its index, with the directory that holds both.
fn indexed_archive() -> (TempDir, PathBuf, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let archive = home.path().join("archive");
    let index = home.path().join("index");
    fs::create_dir(&archive).unwrap();
    write_state(&archive, 0);
    assert!(index_command(&archive, &index, false).status().unwrap().success());
    (home, archive, index)
}

#[test]
fn a_killed_indexer_leaves_the_last_commit_and_the_next_run_completes() {
    let (_home, archive, index) = indexed_archive();
    let whole = FILES as u64;
    let (mut before_commit, mut after_commit) = (0, 0);
    write_state(&archive, 1);
    let mut run = index_command(&archive, &index, false).spawn().unwrap();
    let whole_run = looks_until_end(&mut run, &index, u64::MAX);
    for kill in 2..=KILLS + 1 {
        write_state(&archive, kill);
        let before = last_commit(&index);
        let mut child = index_command(&archive, &index, kill % 5 == 0).spawn().unwrap();
        // One kill of six comes at once and one just after the commit; the others at any moment.
        match kill % 6 {
            0 => (),
            1 => look_until_commit(&mut child, &index, &before),
            _ => {
                looks_until_end(&mut child, &index, scrambled(kill) % whole_run);
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let (old, new) = (articles_in_state(&index, kill - 1), articles_in_state(&index, kill));
        assert!(
            (old, new) == (whole, 0) || (old, new) == (0, whole),
            "kill {kill}: {old} articles of the last commit and {new} of the next"
        );
        if new == 0 {
            before_commit += 1
        } else {
            after_commit += 1
        }
        let next = index_command(&archive, &index, false).stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8_lossy(&next.stderr);
        assert!(
            next.status.success(),
            "after kill {kill} the next run ended with {}: {said}",
            next.status
        );
        assert_eq!(articles_in_state(&index, kill), whole, "after kill {kill}");
        assert_eq!(articles_in_state(&index, kill - 1), 0, "after kill {kill}");
    }
    println!("{before_commit} kills before the commit, {after_commit} after");
    assert!(before_commit > 0 && after_commit > 0, "{before_commit} before, {after_commit} after");
    let names = fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().file_name());
    let generations = names.filter(|name| name.to_string_lossy().starts_with('g')).count();
    assert_eq!(generations, 1, "generations of killed runs are removed");
}

#[test]
fn what_a_killed_run_wrote_and_did_not_commit_is_gone_before_the_next_writes() {
    let (_home, archive, index) = indexed_archive();
    let generation = index.join("g000001");
    let list = generation.join(".managed.json");
    let mut managed: Vec<String> = serde_json::from_slice(&fs::read(&list).unwrap()).unwrap();
    let stray =
        managed.iter().find_map(|name| name.strip_suffix(".idx")).unwrap().to_owned() + ".7.del";
    fs::write(generation.join(&stray), "deletions that no commit names").unwrap();
    managed.push(stray.clone());
    fs::write(&list, serde_json::to_vec(&managed).unwrap()).unwrap();
    fs::write(index.join("lock"), "process 1 on some.host\n").unwrap();
    fs::remove_file(archive.join("0.txt")).unwrap();
    assert!(index_command(&archive, &index, false).status().unwrap().success());
    assert!(!generation.join(&stray).exists());
    assert_eq!(articles_in_state(&index, 0), FILES as u64 - 1);
}
