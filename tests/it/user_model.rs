//! A model that a configuration names, in a build that cannot run one.

use crate::harness::Session;

#[test]
fn a_build_without_onnx_refuses_a_model_and_never_passes_it_over() {
    let session = Session::new();
    session
        .file("a/talks.txt", "Talks in Geneva\n\nSergei Lavrov met Antony Blinken in Geneva.\n")
        .file("a/morgue.toml", "[entities.model]\npath = \"models/ner\"\nlanguages = [\"en\"]\n");
    let refused = "error: cannot use the model in `a/models/ner`: this build of morgue lacks the feature \
                   `onnx`; `cargo build --release --features onnx` makes one that has it\n";
    for command in [
        &["index", "a"][..],
        &["index", "--dry-run", "a"],
        &["read", "--config", "a/morgue.toml", "a/talks.txt"],
        &["search", "--archive", "a", "talks"],
    ] {
        let _ = session.run(command).status(2).stdout("").stderr(refused);
    }
    assert!(!session.path("a/.morgue").exists());
    // Where no names are looked for, nothing is asked of the model.
    let _ = session.run(&["index", "--quiet", "--no-entities", "a"]).status(0).stderr("");
}
