//! Bytes that are not UTF-8.

use crate::*;

/// `café` in Windows-1252, and `café` garbled.
const MIXED: &[u8] = b"caf\xE9\ncaf\xC3\x83\xC2\xA9 \x93so\x94\n";

#[test]
fn as_asked() {
    let with = |how: &str| run(unmojibake().args(["--invalid", how]), MIXED);
    check(&with("keep"), b"caf\xE9\ncaf\xC3\xA9 \x93so\x94\n");
    check(
        &with("replace"),
        "caf\u{FFFD}\ncaf\u{E9} \u{FFFD}so\u{FFFD}\n",
    );
    check(
        &with("windows-1252"),
        "caf\u{E9}\ncaf\u{E9} \u{201C}so\u{201D}\n",
    );
    check(&run(&mut unmojibake(), MIXED), with("keep").stdout);
    check_refused(&["--invalid=drop"], &["--invalid", "drop", "windows-1252"]);
}

#[test]
fn as_an_error() {
    let input = [format!("{GARBLED}\n{GARBLED} ").as_bytes(), MIXED].concat();
    for args in JOBS {
        let output = run(unmojibake().args(args).arg("--invalid=error"), &input);
        assert_eq!(
            stdout(&output),
            format!("{SOUND}\n{SOUND} caf"),
            "what is before it is written"
        );
        assert_eq!(
            stderr(&output),
            "unmojibake: standard input: not UTF-8 at line 2, column 16 (byte 37); \
             to go on, --invalid keep, replace or windows-1252\n"
        );
        assert_eq!(output.status.code(), Some(2));
    }
    check(&run(unmojibake().arg("--invalid=error"), GARBLED), SOUND);
    let check_mode = run(
        unmojibake().args(["--check", "-q", "--invalid=error"]),
        &input,
    );
    assert_eq!(stdout(&check_mode).lines().count(), 2);
    assert_eq!(check_mode.status.code(), Some(2));
}

#[test]
fn an_error_keeps_the_file() {
    let folder = folder("invalid-file");
    let input = [GARBLED.as_bytes(), MIXED].concat();
    let path = file(&folder, "a.txt", &input);
    let output = unmojibake()
        .args(["-i", "-q", "--invalid=error"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(&path).unwrap(), input);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn a_check_tells_what_would_be_replaced() {
    let output = run(
        unmojibake().args(["--check", "-q", "--invalid=windows-1252"]),
        MIXED,
    );
    let text = stdout(&output);
    assert!(
        text.starts_with("<stdin>:1:4: \"\\xE9\" -> \"\u{E9}\" (not UTF-8)\n"),
        "{text}"
    );
}
