//! The integration tests: one binary, since Tantivy is slow to link.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]
#![allow(clippy::print_stdout, reason = "what a test measures is its output")]

mod agencies;
mod alerts;
mod batch;
mod commands;
mod copies;
mod entities;
mod formats;
mod gold;
mod gold_formats;
mod harness;
mod hostile_pages;
mod incremental;
mod kill;
mod known_item;
mod languages;
mod layering;
mod neardup;
mod newsroom;
#[cfg(feature = "onnx")]
mod onnx;
mod page_litter;
mod quality;
mod ranking;
mod readme;
mod relevance;
mod repeated_lines;
mod sample_corpus;
mod schema;
mod sharing;
#[cfg(not(feature = "onnx"))]
mod user_model;
mod views;
