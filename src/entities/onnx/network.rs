//! The network of a model: from the numbers of pieces to the number of a label for each.
//!
//! It runs in tract, on the thread that calls it, and gives the same labels for the same pieces
//! whatever else runs. Its input may be of any length, so nothing is padded and a short article
//! costs little. tract trusts a model more than strangers deserve, so what it does is fenced off: a
//! panic inside is an error here.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tract_onnx::pb::tensor_proto::{DataLocation, DataType};
use tract_onnx::pb::type_proto::Value;
use tract_onnx::pb::{GraphProto, ModelProto, ValueInfoProto};
use tract_onnx::prelude::{
    DatumType, Framework, InferenceFact, InferenceModel, InferenceModelExt, IntoTensor, Tensor,
    ToDim, TractError, TypedModel, TypedRunnableModel, tvec,
};
use tract_onnx::tract_hir::infer::Factoid;

/// The name of the output that models of this kind have, where they have several.
const OUTPUT: &str = "logits";

/// A network that is ready to run.
pub(super) struct Network {
    plan: TypedRunnableModel<TypedModel>,
    inputs: Vec<(Input, DatumType)>,
    label_count: usize,
}

/// What a network wants to know of each piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Input {
    /// Its number in the vocabulary.
    Ids,
    /// That it is there: 1.
    Mask,
    /// Which of two texts it belongs to: the first, 0.
    Types,
}

/// A network cannot be built or run.
#[derive(Debug, thiserror::Error)]
pub(super) enum NetworkError {
    /// The bytes are no ONNX model, or tract cannot run it.
    #[error("{0}")]
    Tract(String),
    /// It holds nothing.
    #[error("it holds no graph")]
    NoGraph,
    /// Weights are in other files.
    #[error("its weights lie in other files (`{0}`); only a model that is one file can be used")]
    External(String),
    /// It wants something else than pieces.
    #[error(
        "its input `{0}` is not known: `input_ids`, `attention_mask` and `token_type_ids` are, as \
         whole numbers"
    )]
    UnknownInput(String),
    /// It does not take pieces.
    #[error("it has no input `input_ids`")]
    NoIds,
    /// It knows fewer pieces than the vocabulary has.
    #[error("it knows {known} pieces, and the vocabulary has one of the number {piece}")]
    UnknownPiece {
        /// The number of pieces that it knows.
        known: i64,
        /// The number of a piece that it does not know.
        piece: u32,
    },
    /// It has no output.
    #[error("it has no output, or one that nothing gives: `{0}`")]
    NoOutput(String),
    /// Its answer is not one row of scores a piece.
    #[error(
        "for {pieces} tokens it gives numbers of the shape {shape:?}, not 1 x {pieces} x labels"
    )]
    Shape {
        /// The number of pieces it was given.
        pieces: usize,
        /// The shape of what it gave.
        shape: Vec<usize>,
    },
    /// It knows other labels than those that are named.
    #[error("it tells {given} labels apart, but {named} are named")]
    LabelCount {
        /// The number that it gives scores for.
        given: usize,
        /// The number that has names.
        named: usize,
    },
    /// A score is not a number.
    #[error("a score that it gives is not a number")]
    NotANumber,
    /// tract panicked.
    #[error("it cannot be run: {0}")]
    Panicked(String),
}

impl From<TractError> for NetworkError {
    fn from(error: TractError) -> Self {
        Self::Tract(format!("{error:#}"))
    }
}

impl Network {
    /// Returns the network in an ONNX file, which tells `label_count` labels apart.
    ///
    /// # Errors
    /// When it is none that reads pieces of words and gives scores for so many labels. It is tried
    /// on `sample`, the numbers of some pieces; an error may come later all the same.
    pub(super) fn new(
        file: &mut dyn Read,
        label_count: usize,
        sample: &[u32],
    ) -> Result<Self, NetworkError> {
        let network = without_panic(|| Self::build(file, label_count, sample))?;
        network.labels(sample, &mut Vec::new())?;
        Ok(network)
    }

    fn build(
        file: &mut dyn Read,
        label_count: usize,
        sample: &[u32],
    ) -> Result<Self, NetworkError> {
        let framework = tract_onnx::onnx();
        let mut proto: ModelProto = framework.proto_model_for_read(file)?;
        let graph = proto.graph.as_mut().ok_or(NetworkError::NoGraph)?;
        check(graph)?;
        check_pieces(graph, sample)?;
        // What tools note of shapes in between may contradict an input of one text.
        graph.value_info.clear();
        let mut model = framework.parse(&proto, None)?.model;
        drop(proto);
        let inputs = set_inputs(&mut model)?;
        set_output(&mut model)?;
        let plan = model.into_optimized()?.into_runnable()?;
        Ok(Self { plan, inputs, label_count })
    }

    /// Replaces `labels` by the number of the best label of each of these pieces.
    ///
    /// # Errors
    /// When the network cannot be run on them.
    pub(super) fn labels(&self, ids: &[u32], labels: &mut Vec<usize>) -> Result<(), NetworkError> {
        let scores = without_panic(|| self.run(ids))?;
        labels.clear();
        for row in scores.as_slice::<f32>()?.chunks_exact(self.label_count) {
            labels.push(best(row)?);
        }
        Ok(())
    }

    /// Returns the scores of each label for each of the pieces.
    fn run(&self, ids: &[u32]) -> Result<Tensor, NetworkError> {
        let mut values = tvec![];
        for (input, datum_type) in &self.inputs {
            let numbers: Vec<i64> = ids.iter().map(|id| input.number_for(*id)).collect();
            let tensor = Tensor::from_shape(&[1, ids.len()], &numbers)?;
            values.push(tensor.cast_to_dt(*datum_type)?.into_owned().into());
        }
        let scores = self.plan.run(values)?.remove(0).into_tensor();
        let [1, pieces, labels] = *scores.shape() else {
            return Err(NetworkError::Shape { pieces: ids.len(), shape: scores.shape().to_vec() });
        };
        if pieces != ids.len() {
            return Err(NetworkError::Shape { pieces: ids.len(), shape: scores.shape().to_vec() });
        }
        if labels != self.label_count {
            return Err(NetworkError::LabelCount { given: labels, named: self.label_count });
        }
        Ok(scores.cast_to::<f32>()?.into_owned())
    }
}

impl Input {
    fn by_name(name: &str) -> Option<Self> {
        match name {
            "input_ids" => Some(Self::Ids),
            "attention_mask" => Some(Self::Mask),
            "token_type_ids" => Some(Self::Types),
            _ => None,
        }
    }

    fn number_for(self, id: u32) -> i64 {
        match self {
            Self::Ids => i64::from(id),
            Self::Mask => 1,
            Self::Types => 0,
        }
    }
}

/// Returns the number of the highest score, of equal ones the first.
fn best(scores: &[f32]) -> Result<usize, NetworkError> {
    let mut best = 0;
    for (number, score) in scores.iter().enumerate() {
        if score.is_nan() {
            return Err(NetworkError::NotANumber);
        }
        if *score > scores[best] {
            best = number;
        }
    }
    Ok(best)
}

/// Refuses a graph that is not one of the kind, before tract takes it for granted that it is.
fn check(graph: &GraphProto) -> Result<(), NetworkError> {
    let external = Some(DataLocation::External as i32);
    let weights = &graph.initializer;
    if let Some(outside) = weights.iter().find(|weights| weights.data_location == external) {
        return Err(NetworkError::External(outside.name.clone()));
    }
    let is_weight = |name: &str| weights.iter().any(|weights| weights.name == name);
    let mut inputs = graph.input.iter().filter(|input| !is_weight(&input.name)).peekable();
    let has_ids = graph.input.iter().any(|input| Input::by_name(&input.name) == Some(Input::Ids));
    if let Some(unknown) = inputs.find(|input| !is_known(input)) {
        return Err(NetworkError::UnknownInput(unknown.name.clone()));
    }
    if !has_ids {
        return Err(NetworkError::NoIds);
    }
    if graph.output.is_empty() {
        return Err(NetworkError::NoOutput(OUTPUT.to_owned()));
    }
    let is_given = |name: &String| graph.node.iter().any(|node| node.output.contains(name));
    match graph.output.iter().find(|output| !is_given(&output.name)) {
        Some(output) => Err(NetworkError::NoOutput(output.name.clone())),
        None => Ok(()),
    }
}

/// Refuses a graph with a table of pieces that lacks one of these.
fn check_pieces(graph: &GraphProto, ids: &[u32]) -> Result<(), NetworkError> {
    let lookups = graph.node.iter().filter(|node| node.op_type == "Gather");
    let tables = lookups.filter(|node| node.input.get(1).is_some_and(|by| by == "input_ids"));
    for table in tables.filter_map(|node| node.input.first()) {
        let weights = graph.initializer.iter().find(|weights| weights.name == *table);
        let rows = weights.and_then(|weights| weights.dims.first());
        let Some(known) = rows.copied() else { continue };
        if let Some(piece) = ids.iter().copied().find(|id| i64::from(*id) >= known) {
            return Err(NetworkError::UnknownPiece { known, piece });
        }
    }
    Ok(())
}

fn is_known(input: &ValueInfoProto) -> bool {
    let Some(Value::TensorType(tensor)) = input.r#type.as_ref().and_then(|it| it.value.as_ref())
    else {
        return false;
    };
    let whole = [DataType::Int64, DataType::Int32];
    Input::by_name(&input.name).is_some()
        && whole.iter().any(|datum_type| *datum_type as i32 == tensor.elem_type)
}

/// Makes the inputs one text of any length; returns which they are.
fn set_inputs(model: &mut InferenceModel) -> Result<Vec<(Input, DatumType)>, NetworkError> {
    let length = model.sym("pieces");
    let mut inputs = Vec::new();
    for (place, outlet) in model.input_outlets()?.to_vec().into_iter().enumerate() {
        let name = &model.node(outlet.node).name;
        let input = Input::by_name(name).ok_or_else(|| NetworkError::UnknownInput(name.clone()))?;
        let declared = model.outlet_fact(outlet)?.datum_type;
        let datum_type = declared.concretize().unwrap_or(DatumType::I64);
        let shape = tvec![1.to_dim(), length.to_dim()];
        model.set_input_fact(place, InferenceFact::dt_shape(datum_type, shape))?;
        inputs.push((input, datum_type));
    }
    Ok(inputs)
}

/// Leaves one output: the scores, where there are others too.
fn set_output(model: &mut InferenceModel) -> Result<(), NetworkError> {
    let outlets = model.output_outlets()?.to_vec();
    let is_scores = |outlet: &_| model.outlet_label(*outlet) == Some(OUTPUT);
    let scores = outlets.iter().copied().find(is_scores).or(outlets.first().copied());
    let scores = scores.ok_or_else(|| NetworkError::NoOutput(OUTPUT.to_owned()))?;
    model.set_output_outlets(&[scores])?;
    // What the file says of the shape may contradict an input of one text, too.
    model.set_outlet_fact(scores, InferenceFact::default())?;
    Ok(())
}

fn without_panic<T>(work: impl FnOnce() -> Result<T, NetworkError>) -> Result<T, NetworkError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        Err(NetworkError::Panicked(message.to_owned()))
    })
}
