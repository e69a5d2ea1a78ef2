//! Implementations of [`SearchEngine`](crate::search::SearchEngine).

mod local;

pub use local::LocalEngine;
