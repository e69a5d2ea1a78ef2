//! Token-classification models small enough to be written down: a table of scores, a row a piece.
//!
//! A network is encoded here byte by byte as protocol buffers, as `onnx.proto` of ONNX numbers their
//! fields, so that the tests need no other program's output.

/// Element types of ONNX.
const FLOAT: u64 = 1;
const INT64: u64 = 7;

/// What a tiny network is like; its inputs are the pieces and a mask, its output the logits.
pub(crate) struct TinyNetwork {
    /// For each piece of the vocabulary the number of its label, or `None` for scores that are no
    /// numbers.
    pub(crate) labels: Vec<Option<usize>>,
    /// The number of labels that have scores.
    pub(crate) label_count: usize,
    /// Whether the scores of a text come out as they should, or those of all its pieces in a sum.
    pub(crate) sums_up: bool,
}

/// A message of protocol buffers on its way.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn number(mut self, field: u64, value: u64) -> Self {
        self.varint(field << 3);
        self.varint(value);
        self
    }

    fn bytes(mut self, field: u64, bytes: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }

    fn text(self, field: u64, text: &str) -> Self {
        self.bytes(field, text.as_bytes())
    }

    fn message(self, field: u64, message: Self) -> Self {
        self.bytes(field, &message.0)
    }

    fn varint(&mut self, mut value: u64) {
        while value > 0x7f {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

impl TinyNetwork {
    /// Returns the network as an ONNX file: `logits = (table[input_ids] * attention_mask) weights`.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut nodes = vec![
            node("Gather", &["table", "input_ids"], "rows"),
            node("Cast", &["attention_mask"], "mask").message(5, attribute("to", FLOAT)),
            node("Unsqueeze", &["mask", "last"], "column"),
            node("Mul", &["rows", "column"], "masked"),
            node("MatMul", &["masked", "weights"], if self.sums_up { "all" } else { "logits" }),
        ];
        if self.sums_up {
            let sum = node("ReduceSum", &["all", "middle"], "logits");
            nodes.push(sum.message(5, attribute("keepdims", 0)));
        }
        let mut graph = Message::default().text(2, "tiny");
        for node in nodes {
            graph = graph.message(1, node);
        }
        graph = graph
            .message(5, floats("table", &self.table(), self.label_count))
            .message(5, floats("weights", &unit(self.label_count), self.label_count))
            .message(5, index("last", 2))
            .message(5, index("middle", 1));
        for input in ["input_ids", "attention_mask"] {
            graph = graph.message(11, value(input, INT64, &["batch", "length"]));
        }
        graph = graph.message(12, value("logits", FLOAT, &["batch", "length", "labels"]));
        let operators = Message::default().text(1, "").number(2, 14);
        Message::default().number(1, 7).message(8, operators).message(7, graph).0
    }

    /// Returns the scores of each piece, a row each: 1 for its label and 0 for others.
    fn table(&self) -> Vec<f32> {
        let mut table = Vec::new();
        for label in &self.labels {
            let score = |other: usize| match label {
                None => f32::NAN,
                Some(label) if *label == other => 1.0,
                Some(_) => 0.0,
            };
            table.extend((0..self.label_count).map(score));
        }
        table
    }
}

fn unit(size: usize) -> Vec<f32> {
    (0..size * size).map(|place| if place % (size + 1) == 0 { 2.0 } else { 0.0 }).collect()
}

fn node(operator: &str, inputs: &[&str], output: &str) -> Message {
    let node = inputs.iter().fold(Message::default(), |node, input| node.text(1, input));
    node.text(2, output).text(4, operator)
}

fn attribute(name: &str, value: u64) -> Message {
    Message::default().text(1, name).number(3, value).number(20, 2)
}

fn floats(name: &str, values: &[f32], columns: usize) -> Message {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let rows = (values.len() / columns) as u64;
    let tensor = Message::default().number(1, rows).number(1, columns as u64).number(2, FLOAT);
    tensor.text(8, name).bytes(9, &bytes)
}

fn index(name: &str, value: i64) -> Message {
    let tensor = Message::default().number(1, 1).number(2, INT64);
    tensor.text(8, name).bytes(9, &value.to_le_bytes())
}

fn value(name: &str, element: u64, dimensions: &[&str]) -> Message {
    let shape = dimensions.iter().fold(Message::default(), |shape, dimension| {
        shape.message(1, Message::default().text(2, dimension))
    });
    let tensor = Message::default().number(1, element).message(2, shape);
    Message::default().text(1, name).message(2, Message::default().message(1, tensor))
}
