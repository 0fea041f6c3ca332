//! The clean-ups besides the repair, and what is told of them.

use crate::*;

/// Something for each clean-up, a line each.
const UNTIDY: &str = "It&acirc;&euro;&trade;s <3 &amp; \u{FB01}ne\n\
    \u{201C}\u{FF21}\u{201D} \x1B[1mbold\x1B[0m\x08 caf\u{65}\u{301}\u{FEFF}\n\
    one\rtwo\u{2028}three\u{85}\r\n";

#[test]
fn all_together() {
    let output = run(unmojibake().arg("--clean"), UNTIDY);
    check(
        &output,
        "It's <3 & fine\n\"A\" bold caf\u{E9}\none\ntwo\nthree\u{2026}\n",
    );
    let output = run(unmojibake().args(["--clean", "-j2"]), UNTIDY);
    check(&output, run(unmojibake().arg("--clean"), UNTIDY).stdout);
    check(&run(&mut unmojibake(), UNTIDY), UNTIDY);
}

#[test]
fn some_of_them() {
    let cases: [(&[&str], &str, &str); 10] = [
        (
            &["--clean", "--except", "quotes,width"],
            "\u{201C}\u{FF21}\u{201D}\r\n",
            "\u{201C}\u{FF21}\u{201D}\n",
        ),
        (
            &["--clean", "--normalize=none"],
            "e\u{301}\r\n",
            "e\u{301}\n",
        ),
        (
            &["--fix=quotes", "--fix", "width,line-breaks"],
            "\u{201C}\u{FF21}\u{201D}\r\n\u{FB01}",
            "\"A\"\n\u{FB01}",
        ),
        (
            &["--fix", "entities"],
            "&eacute; <b>\n&eacute;",
            "&eacute; <b>\n\u{E9}",
        ),
        (
            &["--unescape", "html"],
            "&eacute; <b>\n&eacute;",
            "\u{E9} <b>\n\u{E9}",
        ),
        (
            &["--unescape", "json"],
            r#"{"a": "caf\u00c3\u00a9"}"#,
            "{\"a\": \"caf\u{E9}\"}",
        ),
        (
            &["--unescape=percent,qp"],
            "/caf%C3%83%C2%A9\ncaf=C3=83=C2=A9",
            "/caf\u{E9}\ncaf\u{E9}",
        ),
        (&["--normalize", "nfd"], "caf\u{E9}", "cafe\u{301}"),
        (&["--normalize", "nfkc"], "m\u{B2}", "m2"),
        (
            &[
                "--fix",
                "terminal-escapes,control-characters,bom,c1,ligatures,surrogates",
            ],
            "\x1B[m\x01\u{FEFF}\u{85}\u{FB01}",
            "\u{2026}fi",
        ),
    ];
    for (args, text, want) in cases {
        check(&run(unmojibake().args(args), text), want);
    }
    let surrogates = run(
        unmojibake().arg("--fix=surrogates"),
        b"\xED\xA0\xBD\xED\xB8\x80",
    );
    check(&surrogates, "\u{1F600}");
}

#[test]
fn what_is_none_is_refused() {
    check_refused(&["--fix", "commas"], &["--fix", "commas", "quotes"]);
    check_refused(
        &["--unescape", "c"],
        &["--unescape", "html, json, percent, qp"],
    );
    check_refused(&["--normalize", "c"], &["--normalize", "nfc"]);
    check_refused(&["--except", "quotes"], &["--clean"]);
}

#[test]
fn findings_name_them() {
    let text = "It&acirc;&euro;&trade;s \u{FF21}\n";
    let output = run(unmojibake().args(["--check", "--clean"]), text);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stdout(&output),
        "<stdin>:1:3: \"&acirc;&euro;&trade;\" -> \"'\" (windows-1252; entities, quotes)\n\
         <stdin>:1:25: \"\u{FF21}\" -> \"A\" (width)\n"
    );
    let output = run(
        unmojibake().args(["--check", "--clean", "--format=json"]),
        text,
    );
    assert!(
        stdout(&output).contains(r#""steps":["entities","quotes"]"#),
        "{}",
        stdout(&output)
    );
    let output = run(
        unmojibake().args(["--check", "--clean", "--format=sarif"]),
        text,
    );
    assert!(
        stdout(&output).contains(r#""ruleId":"untidy""#),
        "{}",
        stdout(&output)
    );
}

/// A patch in which lines become several, and the lines behind them are further down.
#[test]
fn a_patch_breaks_lines() {
    let folder = folder("a_patch_breaks_lines");
    let text = format!(
        "one\rtwo\n{}three &NewLine; four\u{2028}\n",
        "same\n".repeat(20)
    );
    let path = file(&folder, "a.txt", &text);
    let output = run(unmojibake().args(["--diff", "--clean"]).arg(&path), "");
    assert_eq!(output.status.code(), Some(1));
    let patch = stdout(&output);
    assert!(
        patch.contains("@@ -1,4 +1,5 @@\n-one\rtwo\n+one\n+two\n same\n"),
        "{patch}"
    );
    assert!(patch.contains("@@ -19,4 +20,6 @@\n same\n same\n same\n-three &NewLine; four\u{2028}\n+three \n+ four\n+\n"), "{patch}");
}
