//! Events of a run, for whoever draws progress.

use super::Plan;

/// Hears of what a run does; the run calls it from one thread.
pub trait Observer {
    /// The archive was compared with the last commit.
    fn planned(&mut self, plan: &Plan);
    /// A file was read, whatever came of it.
    fn file_done(&mut self, bytes: u64, articles: u64);
    /// All files were read, and the changes are made durable.
    fn committing(&mut self);
}

/// An observer that does nothing.
pub struct Silent;

impl Observer for Silent {
    fn planned(&mut self, _plan: &Plan) {}
    fn file_done(&mut self, _bytes: u64, _articles: u64) {}
    fn committing(&mut self) {}
}
