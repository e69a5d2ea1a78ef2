//! What a worker's tagger remembers from one article to the next.

#[cfg(feature = "onnx")]
use super::onnx::OnnxMemory;
use super::perceptron::PerceptronMemory;

/// Buffers and remembered scores of a tagger; one for each worker.
#[derive(Default)]
pub struct Memory {
    pub(crate) perceptron: PerceptronMemory,
    #[cfg(feature = "onnx")]
    pub(crate) onnx: OnnxMemory,
}
