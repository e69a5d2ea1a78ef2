//! The integration tests: one binary, since Tantivy is slow to link.
