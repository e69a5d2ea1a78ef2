//! Where the gold sets are: real news text and right answers, which are not part of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Unpacking happens once, whichever test needs a set first.
static UNPACKING: Mutex<()> = Mutex::new(());

/// Returns the directory that holds the gold set `name` and its right answers, or `None`, with a word
/// about it, where the sets are not to be had.
///
/// They are looked for where `MORGUE_GOLD` says and in `target/gold`, and unpacked there from
/// `../shared/gold` when it lies beside the repository.
pub(crate) fn set(name: &str) -> Option<PathBuf> {
    if let Some(told) = std::env::var_os("MORGUE_GOLD").map(PathBuf::from) {
        assert!(told.join(name).exists(), "MORGUE_GOLD has no set `{name}`");
        return Some(told);
    }
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let unpacked = repository.join("target/gold");
    let _guard = UNPACKING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mark = unpacked.join(format!(".{name}.complete"));
    if mark.exists() {
        return Some(unpacked);
    }
    let script = repository.join("../shared/gold/unpack.sh");
    if !script.exists() {
        println!("skipped: the gold set `{name}` is not here");
        return None;
    }
    let status = Command::new("sh").arg(&script).arg(&unpacked).arg(name).status();
    assert!(status.is_ok_and(|status| status.success()), "cannot unpack the gold set `{name}`");
    std::fs::write(mark, "").expect("the target directory can be written");
    Some(unpacked)
}
