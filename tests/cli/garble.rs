//! The forward model: what is garbled as the arguments say, held against the library, and repaired again.

use unmojibake::{Holes, Layer, Nbsp, garble};

use crate::*;

/// With characters of which Windows-1252 leaves bytes undefined, a no-break space and an emoji.
const TEXT: &str = "\u{201C}caf\u{E9}\u{201D}\u{A0}\u{CD} \u{1F602}\r\n\u{C1} bient\u{F4}t";

#[track_caller]
fn check_layers(args: &[&str], layers: &[Layer]) {
    let lay_on = |text: String, layer: &Layer| garble(&text, layer).unwrap();
    let want = layers.iter().fold(TEXT.to_owned(), lay_on);
    let output = run(unmojibake().arg("--garble").args(args), TEXT);
    check(&output, want);
}

#[test]
fn layers_as_asked() {
    let (western, dos) = (Layer::new(Codec::Windows1252), Layer::new(Codec::Ibm437));
    check_layers(&[], &[western]);
    check_layers(&["--layers", "2"], &[western; 2]);
    check_layers(&["--codec", "cp437"], &[dos]);
    check_layers(&["--codec", "cp437,windows-1252"], &[dos, western]);
    check_layers(
        &["--codec=cp437,cp1252", "--layers=3"],
        &[dos, western, dos],
    );
    check_layers(
        &[
            "--codec",
            "windows-1252",
            "--layers",
            "2",
            "--holes",
            "drop",
        ],
        &[western.holes(Holes::Dropped); 2],
    );
    check_layers(&["--holes=replace"], &[western.holes(Holes::Replaced)]);
    check_layers(
        &["--holes=question-mark"],
        &[western.holes(Holes::QuestionMark)],
    );
    check_layers(&["--holes=c1", "--nbsp=keep"], &[western]);
    check_layers(&["--holes=browser"], &[western.holes(Holes::Browser)]);
    check_layers(&["--nbsp=space"], &[western.nbsp(Nbsp::Space)]);
    check_layers(
        &["--nbsp=strip", "--cesu8"],
        &[western.nbsp(Nbsp::Stripped).cesu8(true)],
    );
}

#[test]
fn a_sample_is_repaired_again() {
    let post = fs::read(POST_EXPECTED).unwrap();
    let sample = unmojibake()
        .args(["--garble", "--layers=2", POST_EXPECTED])
        .output()
        .unwrap();
    assert!(sample.stdout.len() > post.len() + 1_000);
    check(&run(&mut unmojibake(), sample.stdout), &post);
}

#[test]
fn what_is_no_text_stays_and_lines_say_nothing() {
    let text = |word: &[u8]| [b"\xFF unmojibake: ignore ", word, b"\xE9\n"].concat();
    let output = run(unmojibake().arg("--garble"), text("caf\u{E9} ".as_bytes()));
    check(&output, text("caf\u{C3}\u{A9} ".as_bytes()));
}

#[test]
fn to_a_file() {
    let folder = folder("garble-output");
    let path = folder.join("sample.txt");
    let output = run(unmojibake().args(["--garble", "-o"]).arg(&path), SOUND);
    check(&output, "");
    assert_eq!(fs::read_to_string(path).unwrap(), GARBLED);
}

/// Thai has no characters for some bytes, and no controls stand for them.
#[test]
fn what_cannot_be_garbled_is_told() {
    let folder = folder("garble-undefined");
    let thai = file(&folder, "a.txt", "one\ncaf\u{E9} \u{6CC}\n");
    let after = file(&folder, "b.txt", SOUND);
    let output = unmojibake()
        .args(["--garble", "--codec=windows-874", "--holes=c1"])
        .args([&thai, &after])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    let said = stderr(&output);
    let place = "a.txt: in \"caf\u{E9} \u{6CC}\": windows-874 leaves byte DB";
    assert!(said.contains(place), "{said}");
    assert!(
        said.ends_with("--holes browser, drop, replace or question-mark\n"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    // The next file is garbled all the same.
    let after = stdout(&run(
        unmojibake().args(["--garble", "--codec=windows-874"]),
        SOUND,
    ));
    assert_eq!(stdout(&output), format!("one\n{after}"));
}

/// By default, any codec garbles any text, as in browsers.
#[test]
fn no_codec_fails_by_default() {
    let post = fs::read_to_string(POST_EXPECTED).unwrap();
    let text = post + "\u{5D0}\u{6CC}\u{E01} \u{1F602}\u{2019}\n\u{41F}\u{440}\u{438}";
    for codec in Codec::ALL {
        let output = run(
            unmojibake().args(["--garble", "--codec", codec.label()]),
            &text,
        );
        let layer = Layer::new(codec).holes(Holes::Browser);
        check(&output, garble(&text, &layer).unwrap());
        // What is certain is the same.
        if let Ok(strict) = garble(&text, &Layer::new(codec)) {
            check(&output, strict);
        }
        let (legacy, ..) = match codec.label() {
            label @ ("windows-874" | "windows-1253" | "windows-1257") => {
                let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
                encoding.decode(text.as_bytes())
            }
            _ => continue,
        };
        check(&output, legacy.as_bytes());
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for other in [
        "--check",
        "-i",
        "--json",
        "--csv",
        "--lost=keep",
        "--caution=bold",
        "--invalid=keep",
        "--assume=gbk",
        "-j2",
    ] {
        check_refused(&["--garble", other], &["--garble"]);
    }
    for alone in ["--holes=drop", "--nbsp=space", "--cesu8"] {
        check_refused(&[alone], &["--garble"]);
    }
    check_refused(&["--garble", "--holes=lost"], &["c1", "question-mark"]);
}
