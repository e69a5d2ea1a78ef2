//! What is said on standard error: errors, hints, warnings.

use std::io::Write;

use super::exit::ExitStatus;
use crate::output::{counted, sanitize};
pub(super) use crate::pipeline::with_causes;
use crate::query::QueryError;

/// Writes an error with its causes, and its hint on a line of its own.
pub(super) fn error(error: &anyhow::Error) {
    write(&format!("error: {}", with_causes(error.as_ref())));
}

/// Writes a warning.
pub(super) fn warning(message: &str) {
    write(&format!("warning: {message}"));
}

/// Writes a line of talk.
pub(super) fn say(message: &str) {
    write(message);
}

/// Tells whether the cause of an error is that nobody reads the output any more.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io_error = cause.downcast_ref::<std::io::Error>();
        io_error.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Says that no article has an id that begins so, and returns the status to end with.
pub(super) fn no_article(id: &str) -> ExitStatus {
    error(&anyhow::anyhow!("there is no article whose id begins with `{id}`"));
    ExitStatus::NothingFound
}

/// Returns the numbers that are not 0 with what they count: "3 new, 1 file removed"; nothing where all
/// are 0. What is counted is told in the plural, its first word ending in `s` where it has one.
pub(super) fn counts(parts: &[(u64, &str)]) -> String {
    let told = parts.iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> =
        told.map(|(number, what)| counted(*number, &what.replacen("s ", " ", 1), what)).collect();
    told.join(", ")
}

/// Returns what is wrong with a query, the query with a caret under the place, and the hint.
pub(super) fn query_error(error: &QueryError) -> String {
    let mut message = error.to_string();
    for line in error.render().lines() {
        message.push_str("\n  ");
        message.push_str(line);
    }
    if let Some(hint) = error.hint() {
        message.push_str("\nhint: ");
        message.push_str(&hint);
    }
    message
}

/// Writes text whose lines may hold names from the archive.
fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    for line in text.split('\n') {
        // Nobody is left to be told when standard error is closed.
        let _ = writeln!(stderr, "{}", sanitize::line(line));
    }
}
