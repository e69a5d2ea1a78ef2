//! Why a page could not be read at all.

/// A page exceeds a limit or breaks an extractor.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The page has more bytes than are parsed.
    #[error("page of {bytes} bytes exceeds the limit of {limit} bytes (`max_page_bytes`)")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most that is parsed.
        limit: usize,
    },
    /// Finding the body took too long.
    #[error("page took longer than {seconds} seconds (`max_page_seconds`)")]
    TooSlow {
        /// The most that it may take.
        seconds: u64,
    },
    /// The thread to read it on could not be started.
    #[error("cannot start a thread to read a page")]
    NoThread {
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// An extractor gave up in a way that it should not.
    #[error("an extractor failed on this page")]
    Broken,
}
