//! An index is shared: one writer at a time, readers of other users, read-only places.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use morgue::index::{Layout, LockedIndex};

fn morgue(arguments: &[&str], index: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_morgue"))
        .env_remove("MORGUE_INDEX")
        .args(arguments)
        .arg("--index")
        .arg(index)
        .output()
        .unwrap()
}

/// Returns a home with an archive of one article, indexed in `index`.
fn archive() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let archive = home.path().join("archive");
    fs::create_dir(&archive).unwrap();
    fs::write(archive.join("a.txt"), "Talks in Geneva\n\nThe talks went on for a day in Geneva.\n")
        .unwrap();
    let done = morgue(&["index", "-q", archive.to_str().unwrap()], &home.path().join("index"));
    assert!(done.status.success(), "{done:?}");
    home
}

#[test]
fn a_second_writer_ends_with_75_and_names_the_first() {
    let home = archive();
    let index = home.path().join("index");
    let held = LockedIndex::acquire(&Layout::new(&index)).unwrap();
    let refused = morgue(&["index", home.path().join("archive").to_str().unwrap()], &index);
    assert_eq!(refused.status.code(), Some(75));
    let message = String::from_utf8(refused.stderr).unwrap();
    let holder = format!("process {}", std::process::id());
    assert!(
        message.contains("another process is writing") && message.contains(&holder),
        "{message}"
    );
    assert!(morgue(&["search", "talks"], &index).status.success(), "readers go on");
    held.release().unwrap();
}

#[test]
fn a_search_that_would_build_an_index_ends_with_75_where_another_does() {
    let home = archive();
    let index = home.path().join("other");
    let held = LockedIndex::acquire(&Layout::new(&index)).unwrap();
    let archive = home.path().join("archive");
    let refused = morgue(&["search", "talks", "--archive", archive.to_str().unwrap()], &index);
    assert_eq!(refused.status.code(), Some(75), "{refused:?}");
    held.release().unwrap();
}

#[cfg(unix)]
#[test]
fn every_file_of_an_index_can_be_read_by_others_and_none_is_written_by_readers() {
    use std::os::unix::fs::PermissionsExt;

    let home = archive();
    let index = home.path().join("index");
    let mut directories = vec![index.clone()];
    let mut files = 0;
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o444, 0o444, "{}: {mode:o}", path.display());
            files += 1;
        }
    }
    assert!(files > 5);
    let listing = || {
        let mut names: Vec<_> =
            fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = listing();
    for arguments in [&["search", "talks"][..], &["stats"], &["entities"]] {
        morgue(arguments, &index);
    }
    assert_eq!(listing(), before);
}
