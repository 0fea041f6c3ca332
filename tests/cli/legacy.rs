//! `--from`, `--as` and `--guess`.

use crate::*;

/// Words of one codec, read as another: what was read, what was written, and how to say so.
const CASES: [(&str, &str, &str, &str); 6] = [
    // Стрела, а потом ещё
    (
        "\u{D1}\u{F2}\u{F0}\u{E5}\u{EB}\u{E0}, \u{E0} \u{EF}\u{EE}\u{F2}\u{EE}\u{EC} \u{E5}\u{F9}\u{B8}",
        "\u{421}\u{442}\u{440}\u{435}\u{43B}\u{430}, \u{430} \u{43F}\u{43E}\u{442}\u{43E}\u{43C} \u{435}\u{449}\u{451}",
        "windows-1252",
        "windows-1251",
    ),
    // Привет, как дела
    (
        "\u{440}\u{422}\u{419}\u{427}\u{415}\u{424}, \u{41B}\u{411}\u{41B} \u{414}\u{415}\u{41C}\u{411}",
        "\u{41F}\u{440}\u{438}\u{432}\u{435}\u{442}, \u{43A}\u{430}\u{43A} \u{434}\u{435}\u{43B}\u{430}",
        "windows-1251",
        "koi8-r",
    ),
    // 新しい, of which two characters have a byte of ASCII
    (
        "\u{90}V\u{82}\u{B5}\u{82}\u{A2}",
        "\u{65B0}\u{3057}\u{3044}",
        "iso-8859-1",
        "shift_jis",
    ),
    // שלום
    (
        "\u{F9}\u{EC}\u{E5}\u{ED}",
        "\u{5E9}\u{5DC}\u{5D5}\u{5DD}",
        "windows-1252",
        "windows-1255",
    ),
    // CUÉNTENOS EN ESPAÑOL
    (
        "CU\u{2554}NTENOS EN ESPA\u{2564}OL",
        "CU\u{C9}NTENOS EN ESPA\u{D1}OL",
        "ibm866",
        "windows-1252",
    ),
    // What neither codec has stays, as do bytes that are not UTF-8.
    (
        "tur\u{92}stico \u{4E00}",
        "tur\u{ED}stico \u{4E00}",
        "iso-8859-1",
        "macintosh",
    ),
];

#[test]
fn restored_as_told() {
    for (read, written, from, of) in CASES {
        let output = run(
            unmojibake().args(["--from", from, "--as", of]),
            format!("{read}\nascii\n"),
        );
        check(&output, format!("{written}\nascii\n"));
    }
    let output = run(
        unmojibake().args(["--from=iso-8859-1", "--as=macintosh"]),
        b"\xFF\xC2\x92",
    );
    check(&output, b"\xFF\xC3\xAD");
}

#[test]
fn guessed_first() {
    for (read, written, from, of) in &CASES[..5] {
        let output = run(unmojibake().arg("--guess"), read);
        assert_eq!(output.status.code(), Some(0));
        let said = stdout(&output);
        let mut lines = said.lines();
        let first = lines.next().unwrap();
        let way = format!(" nats more natural by --from {from} --as {of}");
        assert!(first.ends_with(&way), "{first}");
        assert_eq!(
            lines.next(),
            Some(format!("    {written}").as_str()),
            "{said}"
        );
    }
}

#[test]
fn nothing_to_guess() {
    let output = run(unmojibake().arg("--guess"), "plain text\n");
    check(&output, "No pair makes this text more natural.\n");
}

/// Mojibake is told with what comes of it, and is not hidden behind pairs that do worse.
#[test]
fn mojibake_needs_no_pair() {
    let output = run(
        unmojibake().arg("--guess"),
        "ma\u{F1}ana\ncaf\u{C3}\u{A9} na\u{C3}\u{AF}ve\n",
    );
    let said = stdout(&output);
    let mut lines = said.lines();
    let first = lines.next().unwrap();
    let way = " nats more natural by the plain repair, without a pair";
    assert!(first.ends_with(way), "{said}");
    assert_eq!(lines.next(), Some("    caf\u{E9} na\u{EF}ve"), "{said}");
    // Clean text, and none at all.
    for text in ["caf\u{E9}\n", ""] {
        let output = run(unmojibake().arg("--guess"), text);
        check(&output, "No pair makes this text more natural.\n");
    }
}

#[test]
fn nothing_read_back() {
    let args = ["--from=koi8-r", "--as=macintosh"];
    let told = |text: &str, more: &[&str]| {
        let output = run(unmojibake().args(args).args(more), text);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stdout(&output), text);
        stderr(&output)
    };
    let said = told("\u{4E2D}\u{6587}\n", &[]);
    assert!(
        said.contains("nothing changed: what is beyond ASCII is not in koi8-r"),
        "{said}"
    );
    assert_eq!(told("\u{4E2D}\u{6587}\n", &["--quiet"]), "");
    // There was nothing to be done.
    assert_eq!(told("plain\n", &[]), "");
    assert_eq!(told("", &[]), "");
}

#[test]
fn pairs_that_are_none() {
    check_refused(
        &["--from=koi8-r", "--as=koi8-r"],
        &["--from", "--as", "the same codec"],
    );
    check_refused(
        &["--from=gbk", "--as=koi8-r"],
        &["--from", "one byte a character"],
    );
}

#[test]
fn what_goes_together() {
    check_refused(&["--from", "koi8-r"], &["--as"]);
    check_refused(&["--as", "koi8-r"], &["--from"]);
    check_refused(
        &["--from=koi8-r", "--as=macintosh", "--check"],
        &["--from", "--check"],
    );
    check_refused(
        &["--from=koi8-r", "--as=macintosh", "--clean"],
        &["--from", "--clean"],
    );
    check_refused(&["--guess", "--diff"], &["--guess", "--diff"]);
}
