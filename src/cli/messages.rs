//! What is said on standard error: errors, hints, warnings.

use std::io::Write;

use crate::output::sanitize;
pub(super) use crate::pipeline::with_causes;

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

/// Writes text whose lines may hold names from the archive.
fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    for line in text.split('\n') {
        // Nobody is left to be told when standard error is closed.
        let _ = writeln!(stderr, "{}", sanitize::line(line));
    }
}
