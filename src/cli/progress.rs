//! The progress of indexing: a bar on a terminal, a line now and then elsewhere.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::messages;
use crate::output::counted;
use crate::pipeline::{Observer, Plan, ReadReason};

/// A line is written each time so many percent more of the bytes are read.
const PERCENT_PER_LINE: u64 = 10;

/// Where there is less to read, the run is over before a line would be of use.
const BYTES_WORTH_LINES: u64 = 16 << 20;

/// Draws the progress of a run on standard error.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    verbosity: Verbosity,
    total_bytes: u64,
    bytes: u64,
    articles: u64,
    next_percent: u64,
}

/// How much is told on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verbosity {
    /// Errors only.
    Quiet,
    /// What is done, and warnings.
    Normal,
}

impl Progress {
    /// Returns a progress display for standard error as it is.
    pub(super) fn new(verbosity: Verbosity) -> Self {
        let wants_bar = verbosity == Verbosity::Normal && std::io::stderr().is_terminal();
        let bar = wants_bar.then(|| {
            let style = ProgressStyle::with_template(
                "{bar:30} {percent:>3}% {bytes}/{total_bytes} {bytes_per_sec} {msg} eta {eta}",
            )
            .expect("the template is valid");
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style)
        });
        Self {
            bar,
            verbosity,
            total_bytes: 0,
            bytes: 0,
            articles: 0,
            next_percent: PERCENT_PER_LINE,
        }
    }

    fn say(&self, line: &str) {
        if self.verbosity == Verbosity::Normal {
            match &self.bar {
                Some(bar) => bar.suspend(|| messages::say(line)),
                None => messages::say(line),
            }
        }
    }

    fn wants_line(&self) -> bool {
        self.total_bytes >= BYTES_WORTH_LINES
            && self.percent() >= self.next_percent
            && self.percent() < 100
    }

    fn so_far(&self) -> String {
        counted(self.articles, "article", "articles")
    }

    fn percent(&self) -> u64 {
        (self.bytes * 100).checked_div(self.total_bytes).unwrap_or(100)
    }
}

impl Observer for Progress {
    fn planned(&mut self, plan: &Plan) {
        self.total_bytes = plan.bytes();
        if plan.is_empty() {
            return;
        }
        if let Some(bar) = &self.bar {
            bar.set_length(self.total_bytes);
        }
        let parts = [
            (plan.count(ReadReason::Added), "new"),
            (plan.count(ReadReason::Changed), "changed"),
            (plan.removed.len() as u64, "removed"),
            (plan.unchanged, "unchanged"),
        ];
        self.say(&format!("files: {}", messages::counts(&parts)));
    }

    fn file_done(&mut self, bytes: u64, articles: u64) {
        self.bytes += bytes;
        self.articles += articles;
        if let Some(bar) = &self.bar {
            bar.set_message(self.so_far());
            bar.set_position(self.bytes);
        } else if self.wants_line() {
            self.say(&format!("{}%: {}", self.percent(), self.so_far()));
            self.next_percent =
                self.percent() / PERCENT_PER_LINE * PERCENT_PER_LINE + PERCENT_PER_LINE;
        }
    }

    fn committing(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
