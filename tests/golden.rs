//! Every case of `fixtures/cases`, and the post, through every entry point.

mod common;

use std::collections::HashMap;

use common::{Case, case, check, check::check_at, check::check_failure};
use unmojibake::Lost;

/// Runs all cases of a file, and reports all failures at once.
fn run(file: &str, check: fn(&Case) -> Result<(), String>) {
    let cases = case::read(file);
    let failures: Vec<String> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases fail:\n\n{}\n",
        failures.len(),
        cases.len(),
        failures.join("\n\n")
    );
}

#[test]
fn wild() {
    run("wild", check);
}

#[test]
fn made() {
    run("made", check);
}

#[test]
fn clean() {
    for case in case::read("clean") {
        assert_eq!(case.input, case.output, "{case}: a clean case has no `out`");
    }
    run("clean", check);
}

#[test]
fn bytes() {
    run("bytes", check);
}

#[test]
fn regressions() {
    run("regressions", check);
}

/// Strict in both directions: a case that passes by surprise has to move to the file where it belongs.
#[test]
fn known_failures() {
    run("known-failures", check_failure);
}

#[test]
fn names_are_unique() {
    let mut places = HashMap::new();
    for file in [
        "wild",
        "made",
        "clean",
        "bytes",
        "regressions",
        "known-failures",
    ] {
        for case in case::read(file) {
            if let Some(other) = places.insert(case.name.clone(), case.place.clone()) {
                panic!("{case}: the name is taken by {other}");
            }
        }
    }
}

/// The post that this project was born from. It is long, so a stream of it is cut at every 31st byte only (311th in a debug build, which is
/// slow): primes, so that no place in a line or a garble is favoured.
#[test]
fn the_post() {
    let read = |path: &str| std::fs::read(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let step = if cfg!(debug_assertions) { 311 } else { 31 };
    let post = Case {
        place: "fixtures/post.md".to_owned(),
        name: "the post".to_owned(),
        input: read("fixtures/post.md"),
        output: read("fixtures/post.expected.md"),
        lost: Lost::Certain,
    };
    let repaired = Case {
        place: "fixtures/post.expected.md".to_owned(),
        name: "the repaired post".to_owned(),
        input: post.output.clone(),
        ..post.clone()
    };
    for case in [post, repaired] {
        let mut splits = (0..case.input.len()).step_by(step);
        check_at(&case, &mut splits).unwrap_or_else(|e| panic!("{e}"));
    }
}

/// The parser names the place of a mistake.
#[test]
fn mistakes_in_case_files_are_told() {
    let mistake = |text: &'static str, message: &str| {
        let told = std::panic::catch_unwind(|| case::parse("f.txt", text)).unwrap_err();
        let told = told.downcast_ref::<String>().unwrap();
        assert!(told.contains(message), "{told}");
    };
    mistake(
        "name: a\nseen: b\nwhy: c\n",
        "f.txt:1: the record has no `in`",
    );
    mistake("name: a\nnome: b\n", "f.txt:2: unknown field `nome`");
    mistake("name: a\nname: b\n", "f.txt:2: a second `name`");
    mistake(
        "# c\nname: a\nseen: b\nwhy: c\nin: \\q\n",
        "f.txt:5: no such escape",
    );
    mistake("name: a\nseen: b\nwhy: c\nin: \u{E9}\n", "f.txt:4: write");
    mistake(
        "name: a\nseen: b\nwhy: c\nin: x\nout: x\n",
        "`out` equals `in`",
    );
    mistake(
        "name: a\nseen: b\nwhy: c\nin: x \n",
        "f.txt:4: a space at the end",
    );
    let fine = case::parse(
        "f.txt",
        "name: a\nseen: b\nwhy: c\nin: \\xFF\\u{E9}\\t\\\\\n",
    );
    assert_eq!(fine[0].input, b"\xFF\xC3\xA9\t\\");
}
