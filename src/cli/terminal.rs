//! What standard output is: a terminal of some width, or a file or pipe.

use std::io::{BufWriter, IsTerminal, StdoutLock};

use clap::ValueEnum;

use crate::output::{Colour, Look};

/// When to write colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColourChoice {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The widest page; longer lines are hard to read.
const WIDEST: usize = 120;

/// Returns how to write on standard output.
pub(super) fn look(choice: ColourChoice) -> Look {
    let colour = match choice {
        ColourChoice::Always => Colour::Ansi,
        ColourChoice::Never => Colour::Plain,
        ColourChoice::Auto if wants_colour() => Colour::Ansi,
        ColourChoice::Auto => Colour::Plain,
    };
    Look { colour, width: width() }
}

fn wants_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stdout().is_terminal() && !refused && !dumb
}

fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    match told.or_else(seen) {
        Some(width) if width > 0 => width.min(WIDEST),
        _ => Look::default().width,
    }
}

/// Returns standard output with a buffer; who writes must flush it and hear of errors.
pub(super) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(64 << 10, std::io::stdout().lock())
}
