//! Readers: one a format.

pub mod plain_text;
