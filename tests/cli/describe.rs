//! `--describe`.

use crate::*;

#[test]
fn each_character() {
    let output = run(
        unmojibake().arg("--describe"),
        b"a\xC3\x83\xC2\xA9\xCC\x81\xC2\x81\xE2\x80\x8B\xFF \xEA\xB0\x80\xEE\x80\x80\xF3\xB0\x80\x80\xE0\xA7\xBF\n",
    );
    check(
        &output,
        "U+0061  Ll  LATIN SMALL LETTER A  a\n\
         U+00C3  Lu  LATIN CAPITAL LETTER A WITH TILDE  \u{C3}\n\
         U+00A9  So  COPYRIGHT SIGN  \u{A9}\n\
         U+0301  Mn  COMBINING ACUTE ACCENT  \u{25CC}\u{301}\n\
         U+0081  Cc  control\n\
         U+200B  Cf  ZERO WIDTH SPACE\n\
         \\xFF    --  not UTF-8\n\
         U+0020  Zs  SPACE\n\
         U+AC00  Lo  HANGUL SYLLABLE GA  \u{AC00}\n\
         U+E000  Co  private use\n\
         U+F0000  Co  private use\n\
         U+09FF  Cn  unassigned\n\
         U+000A  Cc  control\n",
    );
}

#[test]
fn files_and_what_is_none() {
    let folder = folder("describe");
    let path = file(&folder, "a.txt", "x");
    let output = run(unmojibake().arg("--describe").arg(&path).arg("no-such"), "");
    assert_eq!(stdout(&output), "U+0078  Ll  LATIN SMALL LETTER X  x\n");
    assert_eq!(output.status.code(), Some(2));
    check_refused(&["--describe", "--check"], &["--describe", "--check"]);
}
