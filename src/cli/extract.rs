//! `--extract`: how the body of a page is found.

use clap::{Args, ValueEnum};

use crate::ingest::ExtractMode;

/// The argument that says how pages are read.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ExtractArgs {
    /// How the text of a page is found
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "HOW",
        long_help = "How the text of a page is found. By default two extractors must agree; \
        `fast` takes the quicker of them at its word, several times as fast, and keeps somewhat \
        more of what stands around the article. An index remembers: pages that were read the \
        other way are read again."
    )]
    extract: Extract,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Extract {
    /// By the agreement of two extractors
    #[default]
    Accurate,
    /// By the quicker one alone
    Fast,
}

impl ExtractArgs {
    /// Returns what was asked for.
    pub(super) fn mode(self) -> ExtractMode {
        match self.extract {
            Extract::Accurate => ExtractMode::Accurate,
            Extract::Fast => ExtractMode::Fast,
        }
    }
}
