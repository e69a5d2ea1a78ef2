//! The one writer of an index directory: a lock that dies with its process and says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::process;

use super::{Error, Layout};

/// The right to change an index directory; given up when dropped, or when the process ends.
#[derive(Debug)]
pub struct WriterLock {
    file: File,
}

impl WriterLock {
    /// Takes the lock of an existing index directory, without waiting.
    ///
    /// # Errors
    /// [`Error::Locked`] names the holder when another writer has it.
    pub fn acquire(layout: &Layout) -> Result<Self, Error> {
        let path = layout.lock();
        let io_error = |action| move |source| Error::Io { action, path: layout.lock(), source };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io_error("open"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // The holder may be about to write its name; an empty one is as good as none.
                let _ = file.read_to_string(&mut holder);
                let holder = match holder.trim() {
                    "" => "an unnamed process".to_owned(),
                    named => named.to_owned(),
                };
                return Err(Error::Locked { path: layout.root().to_owned(), holder });
            }
            Err(TryLockError::Error(source)) => return Err(io_error("lock")(source)),
        }
        file.set_len(0).map_err(io_error("write"))?;
        file.rewind().map_err(io_error("write"))?;
        writeln!(file, "process {} on {}", process::id(), host_name())
            .map_err(io_error("write"))?;
        Ok(Self { file })
    }
}

impl Drop for WriterLock {
    /// Gives the lock up at once. Closing the file would not do while a process that was forked off
    /// meanwhile, and has not yet started its program, holds the file open as well.
    fn drop(&mut self) {
        // Where it cannot be given up, the end of the process does it.
        let _ = self.file.unlock();
    }
}

/// Returns the name of this machine as far as it is known without asking the network.
fn host_name() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).ok())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "this machine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_given_up_is_free_though_a_forked_process_holds_its_file() {
        let directory = tempfile::tempdir().unwrap();
        let layout = Layout::new(directory.path());
        let lock = WriterLock::acquire(&layout).unwrap();
        assert!(WriterLock::acquire(&layout).is_err());
        let held_by_another = lock.file.try_clone().unwrap();
        drop(lock);
        assert!(WriterLock::acquire(&layout).is_ok());
        drop(held_by_another);
    }
}
