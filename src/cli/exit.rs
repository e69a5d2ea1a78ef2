//! Exit statuses: what a script or cron may rely on.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// What was asked for was done; for a search: there are hits.
    Success,
    /// A search found nothing, or there is no such article.
    NothingFound,
    /// Something failed: wrong arguments, a wrong query, an index that cannot be read.
    Error,
    /// Another writer holds the lock of the index; trying again later may help (`EX_TEMPFAIL` of
    /// `sysexits.h`).
    Locked,
}

impl ExitStatus {
    /// Returns the number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::NothingFound => 1,
            Self::Error => 2,
            Self::Locked => 75,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}
