//! The commands: one file each, its arguments beside its action.

pub(super) mod alert;
pub(super) mod batch;
pub(super) mod compare;
pub(super) mod copies;
pub(super) mod entities;
pub(super) mod generate;
pub(super) mod help;
pub(super) mod index;
pub(super) mod read;
pub(super) mod search;
pub(super) mod show;
pub(super) mod similar;
pub(super) mod stats;
