//! Trains the tagger of names and writes its weights, or scores it.
//!
//! ```text
//! cargo run --release --example train-tagger -- GOLD [--output FILE]
//! cargo run --release --example train-tagger -- GOLD --evaluate
//! cargo run --release --example train-tagger -- GOLD --cross-validate
//! cargo run --release --example train-tagger -- GOLD --speed
//! ```
//!
//! GOLD is the unpacked directory of gold sets; only `ner/train` in it is trained on. `--evaluate`
//! scores the weights of the program on `ner/eval`; `--cross-validate` trains on all but a part of
//! `ner/train/wikinews` and scores on that part, for each of five parts; `--speed` finds the names in
//! `reuters-web` on one core.

#![expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use morgue::entities::training::{
    GoldDocument, Scores, TrainingOptions, evaluate_recognizer, evaluate_tagger, read_iob2, train,
};
use morgue::entities::{PerceptronTagger, Recognizer, Scratch};

/// The labelled sets and whether they mark names other than people, organizations and places.
const TRAINING_SETS: &[(&str, bool)] = &[
    ("wikinews", true),
    ("wikigold", true),
    ("uner-ewt-dev", false),
    ("uner-ewt-test", false),
    ("uner-pud-test", false),
];

const PARTS: usize = 5;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(gold) = arguments.first().map(PathBuf::from) else {
        bail!("say where the gold sets are: train-tagger GOLD [--output FILE]");
    };
    let flag = |name: &str| arguments.iter().any(|argument| argument == name);
    if flag("--evaluate") {
        return evaluate(&gold);
    }
    if flag("--cross-validate") {
        return cross_validate(&gold);
    }
    if flag("--speed") {
        return measure_speed(&gold);
    }
    let output = arguments
        .iter()
        .position(|argument| argument == "--output")
        .and_then(|place| arguments.get(place + 1));
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/src/entities/data/tagger.weights");
    let output = output.map_or_else(|| PathBuf::from(default), PathBuf::from);
    let mut documents = Vec::new();
    for (name, marks_other) in TRAINING_SETS {
        documents.extend(read(&gold.join(format!("ner/train/{name}.iob2")), *marks_other)?);
    }
    let start = Instant::now();
    let weights = train(&documents, &TrainingOptions::default())?;
    println!(
        "{} documents, {:.0} s, {} bytes",
        documents.len(),
        start.elapsed().as_secs_f64(),
        weights.len()
    );
    fs::write(&output, &weights).with_context(|| format!("cannot write `{}`", output.display()))?;
    let tagger = PerceptronTagger::from_bytes(&weights)?;
    let held_out = read(&gold.join("ner/eval/conll2003-dev.iob2"), true)?;
    print_scores("eval, tagger", &evaluate_tagger(&tagger, &held_out)?);
    let recognizer = Recognizer::with_tagger(Box::new(tagger));
    print_scores("eval, mentions", &evaluate_recognizer(&recognizer, &held_out)?);
    Ok(())
}

fn evaluate(gold: &Path) -> Result<()> {
    let documents = read(&gold.join("ner/eval/conll2003-dev.iob2"), true)?;
    print_scores("eval, mentions", &evaluate_recognizer(&Recognizer::new(), &documents)?);
    Ok(())
}

fn measure_speed(gold: &Path) -> Result<()> {
    let mut texts = Vec::new();
    let mut directories = vec![gold.join("reuters-web")];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory)? {
            let path = entry?.path();
            if path.is_dir() {
                directories.push(path);
            } else {
                texts.push(String::from_utf8_lossy(&fs::read(&path)?).into_owned());
            }
        }
    }
    let recognizer = Recognizer::new();
    let mut scratch = Scratch::default();
    for _ in 0..3 {
        let start = Instant::now();
        let (mut tokens, mut mentions) = (0, 0);
        for text in &texts {
            mentions += recognizer.recognize("", text, None, &mut scratch)?.len();
            tokens += scratch.token_count();
        }
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{} texts, {tokens} tokens, {mentions} mentions, {seconds:.2} s, {:.2} million tokens/s",
            texts.len(),
            tokens as f64 / seconds / 1e6
        );
    }
    Ok(())
}

fn cross_validate(gold: &Path) -> Result<()> {
    let news = read(&gold.join("ner/train/wikinews.iob2"), true)?;
    let mut others = Vec::new();
    for (name, marks_other) in &TRAINING_SETS[1..] {
        others.extend(read(&gold.join(format!("ner/train/{name}.iob2")), *marks_other)?);
    }
    let parts: usize =
        std::env::var("PARTS").ok().and_then(|parts| parts.parse().ok()).unwrap_or(PARTS);
    let (mut tagger_scores, mut mention_scores) = (Scores::default(), Scores::default());
    for part in 0..parts {
        let held_out = |place: usize| place % PARTS == part;
        let mut training: Vec<GoldDocument> = Vec::new();
        let mut test: Vec<GoldDocument> = Vec::new();
        for (place, document) in news.iter().enumerate() {
            if held_out(place) {
                test.push(document.clone())
            } else {
                training.push(document.clone())
            }
        }
        training.extend(others.iter().cloned());
        let tagger = PerceptronTagger::from_bytes(&train(&training, &TrainingOptions::default())?)?;
        tagger_scores += evaluate_tagger(&tagger, &test)?;
        let recognizer = Recognizer::with_tagger(Box::new(tagger));
        mention_scores += evaluate_recognizer(&recognizer, &test)?;
    }
    print_scores("news, tagger", &tagger_scores);
    print_scores("news, mentions", &mention_scores);
    Ok(())
}

fn read(path: &Path, marks_other: bool) -> Result<Vec<GoldDocument>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    read_iob2(&text, marks_other).with_context(|| format!("in `{}`", path.display()))
}

fn print_scores(name: &str, scores: &Scores) {
    let [person, organization, place] = scores.kinds.map(|kind| kind.f1() * 100.0);
    let total = scores.total();
    println!(
        "{name:16} F1 {:.1} (precision {:.1}, recall {:.1}); person {person:.1}, organization \
         {organization:.1}, place {place:.1}",
        total.f1() * 100.0,
        total.precision() * 100.0,
        total.recall() * 100.0,
    );
}
