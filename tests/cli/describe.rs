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
         U+0081  Cc  HIGH OCTET PRESET (HOP)\n\
         U+200B  Cf  ZERO WIDTH SPACE\n\
         \\xFF    --  not UTF-8\n\
         U+0020  Zs  SPACE\n\
         U+AC00  Lo  HANGUL SYLLABLE GA  \u{AC00}\n\
         U+E000  Co  private use\n\
         U+F0000  Co  private use\n\
         U+09FF  Cn  unassigned\n\
         U+000A  Cc  LINE FEED (LF)\n",
    );
}

#[test]
fn controls_by_their_aliases() {
    let output = run(
        unmojibake().arg("--describe"),
        "\0\t\r\x1B\x1F\x7F\u{80}\u{85}\u{9F}",
    );
    check(
        &output,
        "U+0000  Cc  NULL (NUL)\n\
         U+0009  Cc  CHARACTER TABULATION (TAB)\n\
         U+000D  Cc  CARRIAGE RETURN (CR)\n\
         U+001B  Cc  ESCAPE (ESC)\n\
         U+001F  Cc  INFORMATION SEPARATOR ONE (US)\n\
         U+007F  Cc  DELETE (DEL)\n\
         U+0080  Cc  PADDING CHARACTER (PAD)\n\
         U+0085  Cc  NEXT LINE (NEL)\n\
         U+009F  Cc  APPLICATION PROGRAM COMMAND (APC)\n",
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
