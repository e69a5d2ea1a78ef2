//! From answers to bytes: tables for people, JSON, JSON Lines and CSV for programs.
//!
//! Every renderer takes a writer and is told how wide it is and whether colour is wanted; none owns
//! standard output or looks at the environment. The promises: nothing from an article reaches a
//! terminal unescaped ([`sanitize`]), the same answer gives the same bytes, and JSON changes only
//! with its version ([`wire`]). Only the writer can fail, so errors are those of [`std::io`].

pub mod alerts;
pub mod atom;
pub mod batch;
pub mod comparison;
pub mod concordance;
pub mod copies;
pub mod csv;
pub mod entities;
pub mod json;
mod layout;
mod notice;
mod number;
#[cfg(test)]
mod sample;
pub mod sanitize;
pub mod schema;
pub mod stats;
mod style;
mod table;
mod view;
pub mod views;
pub mod wire;

pub use notice::{did_you_mean, notices};
pub use number::counted;
pub use style::{Colour, Look};
pub use table::write_table;
pub use view::{Matches, write_article};
