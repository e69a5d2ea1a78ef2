//! How the weights of the tagger come about: gold text in, a file of weights and its scores out.
//!
//! Used by the example `train-tagger` and by tests; nothing in the program calls it. The same gold
//! text gives the same bytes.

mod evaluate;
mod gold;
mod learn;

pub use evaluate::{KindScores, Scores, evaluate_recognizer, evaluate_tagger};
pub use gold::{GoldDocument, GoldError, read_iob2};
pub use learn::{TrainingOptions, train};
