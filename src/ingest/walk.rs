//! Walking an archive: every file that may hold articles, in a stable order.
//!
//! The order is that of the bytes of the names, directory by directory, whatever the file system
//! says. Hidden files and directories (and so `.morgue`), the index wherever it lies, and what a
//! `.morgueignore` excludes are left out. One stat a file: a run over an archive that did not
//! change costs little more than listing it.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use super::draft::FileContext;
use super::error::Error;

/// The name of the files whose patterns, in gitignore syntax, say what to leave out.
pub const IGNORE_FILE: &str = ".morgueignore";

/// The name of the file, at the top of an archive, in which a user says how to read it.
pub const CONFIG_FILE: &str = "morgue.toml";

/// What a walk takes in.
#[derive(Clone, Debug, Default)]
pub struct WalkOptions {
    /// Whether files and directories behind symbolic links are read. By default they are not.
    pub follow_symlinks: bool,
    /// Files, and directories with all that is in them, that are left out, such as the index.
    pub excluded: Vec<PathBuf>,
}

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path relative to the archive, with `/` between its parts. Bytes that are not UTF-8 are
    /// written `\xE9`, so that two files never have the same path.
    pub path: String,
    /// Where the file lies.
    pub absolute: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last modified, in UTC; `None` where the file system does not say.
    pub modified: Option<DateTime<FixedOffset>>,
}

impl SourceFile {
    /// Returns the file at `absolute`, known as `path`.
    pub fn at(absolute: &Path, path: impl Into<String>) -> Result<Self, Error> {
        let path = path.into();
        match absolute.metadata() {
            Ok(metadata) => Ok(Self::new(path, absolute.to_owned(), &metadata)),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    fn new(path: String, absolute: PathBuf, metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let modified = modified.map(|time| DateTime::<Utc>::from(time).fixed_offset());
        Self { path, absolute, size: metadata.len(), modified }
    }

    /// Returns what a reader may know of the file from outside it.
    pub fn context(&self) -> FileContext {
        FileContext {
            path: self.path.clone(),
            modified: self.modified,
            url: None,
            location: Some(self.absolute.clone()),
        }
    }
}

/// Returns the files below `root` in a stable order; `root` may be a single file.
///
/// What cannot be listed is an error in its place, and the walk goes on behind it.
pub fn walk(root: &Path, options: &WalkOptions) -> Walk {
    let entries = WalkDir::new(root)
        .follow_links(options.follow_symlinks)
        .follow_root_links(true)
        .sort_by_file_name()
        .into_iter();
    let excluded = options.excluded.iter().map(|path| canonical(path)).collect();
    Walk { root: root.to_owned(), entries, excluded, ignores: Vec::new() }
}

/// The files of an archive, made by [`walk`].
#[derive(Debug)]
pub struct Walk {
    root: PathBuf,
    entries: walkdir::IntoIter,
    excluded: Vec<PathBuf>,
    /// The `.morgueignore` of each directory above the next entry that has one, with its depth.
    ignores: Vec<(usize, Gitignore)>,
}

impl Iterator for Walk {
    type Item = Result<SourceFile, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(self.list_error(error))),
            };
            self.ignores.retain(|(depth, _)| *depth < entry.depth());
            if entry.file_type().is_dir() {
                if !self.enters(&entry) {
                    self.entries.skip_current_dir();
                } else if let Some(error) = self.read_ignore_file(&entry) {
                    return Some(Err(error));
                }
            } else if entry.file_type().is_file() && self.takes(&entry) && !self.is_excluded(&entry)
            {
                return Some(self.source_file(entry));
            }
        }
    }
}

impl Walk {
    fn enters(&self, directory: &DirEntry) -> bool {
        directory.depth() == 0 || (self.takes(directory) && !self.is_excluded(directory))
    }

    fn takes(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 {
            return true;
        }
        let is_config = entry.depth() == 1 && entry.file_name() == CONFIG_FILE;
        !is_hidden(entry.file_name()) && !is_config && !self.is_ignored(entry)
    }

    /// Asks the innermost `.morgueignore` first; it may take back what an outer one excludes.
    fn is_ignored(&self, entry: &DirEntry) -> bool {
        let is_directory = entry.file_type().is_dir();
        for (_, patterns) in self.ignores.iter().rev() {
            let matched = patterns.matched(entry.path(), is_directory);
            if !matched.is_none() {
                return matched.is_ignore();
            }
        }
        false
    }

    /// Compares names first: to find out where a path really leads costs a system call or more.
    fn is_excluded(&self, entry: &DirEntry) -> bool {
        let is_named_so = |path: &PathBuf| path.file_name() == Some(entry.file_name());
        let may_be = entry.path_is_symlink() || self.excluded.iter().any(is_named_so);
        may_be && self.excluded.contains(&canonical(entry.path()))
    }

    fn read_ignore_file(&mut self, directory: &DirEntry) -> Option<Error> {
        let path = directory.path().join(IGNORE_FILE);
        let mut builder = GitignoreBuilder::new(directory.path());
        let problem = builder.add(&path);
        let missing = |error: &ignore::Error| {
            error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
        };
        if problem.as_ref().is_some_and(missing) {
            return None;
        }
        match builder.build() {
            Ok(patterns) => self.ignores.push((directory.depth(), patterns)),
            Err(source) => return Some(Error::IgnoreFile { path, source }),
        }
        problem.map(|source| Error::IgnoreFile { path, source })
    }

    fn source_file(&self, entry: DirEntry) -> Result<SourceFile, Error> {
        let metadata = entry.metadata().map_err(|error| self.list_error(error))?;
        let relative = match entry.path().strip_prefix(&self.root) {
            Ok(relative) if !relative.as_os_str().is_empty() => relative_path(relative),
            _ => relative_path(Path::new(entry.file_name())),
        };
        Ok(SourceFile::new(relative, entry.into_path(), &metadata))
    }

    fn list_error(&self, error: walkdir::Error) -> Error {
        let path = error.path().unwrap_or(&self.root).to_owned();
        // Turned into an error of the system it would name the path, and itself, once more.
        let source = match error.loop_ancestor() {
            Some(_) => error.into(),
            None => error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()),
        };
        Error::List { path, source }
    }
}

/// Returns where the file known as `path` lies in the archive at `root`, which may be that file.
pub fn locate(root: &Path, path: &str) -> PathBuf {
    if root.is_file() { root.to_owned() } else { root.join(path_of(path)) }
}

/// Takes back what [`push_name`] did.
#[cfg(unix)]
fn path_of(path: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some(position) = rest.find("\\x") {
        bytes.extend_from_slice(&rest.as_bytes()[..position]);
        rest = &rest[position..];
        let byte = rest.get(2..4).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'\\'));
        rest = &rest[if byte.is_some() { 4 } else { 1 }..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(path: &str) -> PathBuf {
    path.into()
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Returns a path below the archive as it is written in locators.
pub(super) fn relative_path(path: &Path) -> String {
    let mut relative = String::with_capacity(path.as_os_str().len());
    for component in path.components() {
        if !relative.is_empty() {
            relative.push('/');
        }
        push_name(&mut relative, component.as_os_str().as_encoded_bytes());
    }
    relative
}

/// Returns the path of a member of an archive, written like that of a file.
pub(crate) fn name_of_bytes(path: &[u8]) -> String {
    let mut name = String::with_capacity(path.len());
    push_name(&mut name, path);
    name
}

/// Appends a file name, its bytes that are not UTF-8 as `\xE9`; a backslash that could be read as
/// the start of such a byte is written `\x5C`, so that no two names come out alike.
fn push_name(path: &mut String, name: &[u8]) {
    for chunk in name.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(position) = rest.find("\\x") {
            path.push_str(&rest[..position]);
            path.push_str("\\x5C");
            rest = &rest[position + 1..];
        }
        path.push_str(rest);
        for byte in chunk.invalid() {
            path.push_str(&format!("\\x{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn archive(files: &[(&str, &str)]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = directory.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        directory
    }

    fn paths(root: &Path, options: &WalkOptions) -> Vec<String> {
        walk(root, options).map(|file| file.unwrap().path).collect()
    }

    #[test]
    fn files_come_in_byte_order_without_hidden_ones() {
        let archive = archive(&[
            ("b.txt", ""),
            ("a/2.txt", "two"),
            ("a/10.txt", ""),
            ("B.txt", ""),
            (".morgue/index", ""),
            ("a/.hidden", ""),
            ("morgue.toml", ""),
        ]);
        let found = paths(archive.path(), &WalkOptions::default());
        assert_eq!(found, ["B.txt", "a/10.txt", "a/2.txt", "b.txt"]);
        let files: Vec<_> = walk(archive.path(), &WalkOptions::default()).flatten().collect();
        assert_eq!((files[2].size, files[2].modified.is_some()), (3, true));
    }

    #[test]
    fn ignore_files_nest_and_may_take_back() {
        let archive = archive(&[
            (".morgueignore", "*.log\n/drafts/\n"),
            ("x.log", ""),
            ("drafts/a.txt", ""),
            ("sub/drafts/a.txt", ""),
            ("sub/.morgueignore", "!keep.log\nold*\n"),
            ("sub/keep.log", ""),
            ("sub/other.log", ""),
            ("sub/old.txt", ""),
            ("zone/old.txt", ""),
        ]);
        let found = paths(archive.path(), &WalkOptions::default());
        assert_eq!(found, ["sub/drafts/a.txt", "sub/keep.log", "zone/old.txt"]);
    }

    #[test]
    fn an_index_inside_the_archive_is_left_out_wherever_it_lies() {
        let archive = archive(&[("a.txt", ""), ("index/segment", "")]);
        let excluded = vec![archive.path().join("./index")];
        let options = WalkOptions { excluded, ..WalkOptions::default() };
        assert_eq!(paths(archive.path(), &options), ["a.txt"]);
    }

    #[test]
    fn a_single_file_is_an_archive_of_one() {
        let archive = archive(&[("a.txt", "")]);
        let found = paths(&archive.path().join("a.txt"), &WalkOptions::default());
        assert_eq!(found, ["a.txt"]);
    }

    #[test]
    fn a_missing_root_is_an_error_that_names_it() {
        let error = walk(Path::new("no/such"), &WalkOptions::default()).next().unwrap();
        assert_eq!(error.unwrap_err().to_string(), "cannot list `no/such`");
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_followed_only_when_asked() {
        let archive = archive(&[("a.txt", ""), ("d/b.txt", "")]);
        std::os::unix::fs::symlink("a.txt", archive.path().join("link.txt")).unwrap();
        std::os::unix::fs::symlink("d", archive.path().join("e")).unwrap();
        assert_eq!(paths(archive.path(), &WalkOptions::default()), ["a.txt", "d/b.txt"]);
        let options = WalkOptions { follow_symlinks: true, ..WalkOptions::default() };
        let found = paths(archive.path(), &options);
        assert_eq!(found, ["a.txt", "d/b.txt", "e/b.txt", "link.txt"]);
    }

    #[test]
    fn names_that_are_not_utf8_stay_apart() {
        let written = |name: &[u8]| {
            let mut path = String::new();
            push_name(&mut path, name);
            path
        };
        assert_eq!(written(b"caf\xe9.txt"), "caf\\xE9.txt");
        assert_eq!(written(b"caf\\xE9.txt"), "caf\\x5CxE9.txt");
        assert_eq!(written("café\\a.txt".as_bytes()), "café\\a.txt");
        #[cfg(unix)]
        for name in [&b"caf\xe9\\x.txt"[..], b"caf\\xE9.txt", b"\\x", "a/é".as_bytes()] {
            assert_eq!(path_of(&written(name)).as_os_str().as_encoded_bytes(), name);
        }
    }
}
