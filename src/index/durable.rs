//! Files that are either as they were or as they should be, whatever happens in between.

#[cfg(unix)]
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// Replaces `path` by a file that holds `content`: an observer sees the old file or the new one,
/// also after a loss of power. The file gets the permissions that the process gives to new files.
pub fn write_atomic(path: &Path, content: &[u8]) -> io::Result<()> {
    let parent = path.parent().filter(|parent| *parent != Path::new(""));
    let parent = parent.unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = parent.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_and_sync(&beside, content).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The error that matters is the one above; a leftover is removed by the next writer.
        let _ = fs::remove_file(&beside);
    }
    written?;
    sync_directory(parent)
}

fn write_and_sync(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(content)?;
    file.sync_data()
}

/// Makes the names in `directory` durable.
pub fn sync_directory(directory: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(directory)?.sync_data()
}

/// The extension of the files that hold what is stored of articles.
#[cfg(unix)]
const STORE_EXTENSION: &str = "store";

/// Who may change a [`GenerationDirectory`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// The one writer.
    Write,
    /// A reader: it creates nothing, so that an index can be read by another user and from a
    /// read-only mount.
    Read,
}

/// Tantivy's directory of memory-mapped files, but for three things that it does wrongly: its
/// `meta.json` is readable by its owner only, its readers create a lock file, and whoever reads many
/// articles has all that is stored of them in memory.
#[derive(Clone, Debug)]
pub(super) struct GenerationDirectory {
    files: MmapDirectory,
    path: PathBuf,
    access: Access,
}

impl GenerationDirectory {
    pub(super) fn open(path: &Path, access: Access) -> tantivy::Result<Self> {
        Ok(Self { files: MmapDirectory::open(path)?, path: path.to_owned(), access })
    }

    fn refuse_write(&self) -> io::Result<()> {
        match self.access {
            Access::Write => Ok(()),
            Access::Read => Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the index was opened for reading",
            )),
        }
    }
}

impl Directory for GenerationDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        #[cfg(unix)]
        if self.access == Access::Read && path.extension() == Some(OsStr::new(STORE_EXTENSION)) {
            return unmapped::UnmappedFile::open(&self.path, path);
        }
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.refuse_write().map_err(|error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        })?;
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.refuse_write()
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.refuse_write()?;
        write_atomic(&self.path.join(path), content)
    }

    fn sync_directory(&self) -> io::Result<()> {
        sync_directory(&self.path)
    }

    /// The one writer holds a lock of the whole index directory, and a reader that meets files in
    /// the moment of their removal opens again: no lock is needed here.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let _ = lock;
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

#[cfg(unix)]
mod unmapped {
    use std::fs::File;
    use std::io;
    use std::ops::Range;
    use std::os::unix::fs::FileExt;
    use std::path::Path;
    use std::sync::Arc;

    use tantivy::HasLen;
    use tantivy::directory::error::OpenReadError;
    use tantivy::directory::{FileHandle, OwnedBytes};

    /// A file whose parts are read when they are asked for, and are in memory no longer than that.
    #[derive(Debug)]
    pub(super) struct UnmappedFile {
        file: File,
        length: usize,
    }

    impl UnmappedFile {
        /// Opens the file `name` in a directory.
        pub(super) fn open(
            directory: &Path,
            name: &Path,
        ) -> Result<Arc<dyn FileHandle>, OpenReadError> {
            match Self::at(&directory.join(name)) {
                Ok(file) => Ok(Arc::new(file)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    Err(OpenReadError::FileDoesNotExist(name.to_owned()))
                }
                Err(error) => Err(OpenReadError::wrap_io_error(error, name.to_owned())),
            }
        }

        fn at(path: &Path) -> io::Result<Self> {
            let file = File::open(path)?;
            let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
            Ok(Self { file, length })
        }
    }

    impl HasLen for UnmappedFile {
        fn len(&self) -> usize {
            self.length
        }
    }

    impl FileHandle for UnmappedFile {
        fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
            let mut bytes = vec![0; range.len()];
            self.file.read_exact_at(&mut bytes, range.start as u64)?;
            Ok(OwnedBytes::new(bytes))
        }
    }
}

/// Returns the number of bytes of all files in `directory`, not counting those below it.
pub(super) fn directory_size(directory: &Path) -> io::Result<u64> {
    let mut size = 0;
    for entry in fs::read_dir(directory)? {
        let metadata = entry?.metadata()?;
        if metadata.is_file() {
            size += metadata.len();
        }
    }
    Ok(size)
}
