//! Exit statuses: what a script or cron may rely on.

use std::process::ExitCode;

use crate::pipeline;

use super::alerts::Locked;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// What was asked for was done; for a search: there are hits.
    Success,
    /// A search found nothing, or there is no such article.
    NothingFound,
    /// Something failed: wrong arguments, a wrong query, an index that cannot be read.
    Error,
    /// Another run holds the lock of the index or of the saved searches; trying again later may help
    /// (`EX_TEMPFAIL` of `sysexits.h`).
    Locked,
}

impl ExitStatus {
    /// Returns how the program ends for an error.
    pub(super) fn of(error: &anyhow::Error) -> Self {
        let index = error.downcast_ref::<pipeline::Error>();
        let is_locked = index.is_some_and(pipeline::Error::is_locked) || error.is::<Locked>();
        if is_locked { Self::Locked } else { Self::Error }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lock_is_worth_another_try() {
        assert_eq!(ExitStatus::of(&Locked.into()).code(), 75);
        assert_eq!(ExitStatus::of(&anyhow::anyhow!("no")).code(), 2);
    }
}
