//! `--explain`.

use crate::*;

#[test]
fn what_was_found_is_summed_up() {
    let folder = folder("explain");
    let quote = "\u{93}so\u{94}";
    file(
        &folder,
        "a.txt",
        format!("{GARBLED}\n{GARBLED}\ncr\u{C3}\u{192}\u{C2}\u{A8}me\n"),
    );
    file(
        &folder,
        "b.txt",
        format!("{quote}, he said; caf\u{C3}\u{A9}\n"),
    );
    file(&folder, "clean.txt", SOUND);
    let output = unmojibake()
        .current_dir(&folder)
        .args(["--explain", "."])
        .output()
        .unwrap();
    check(
        &output,
        "6 edits in 2 of 3 files\n\
         \n\
         windows-1252: 3\n\
         \u{20} \"\u{E2}\u{20AC}\u{2122}\"  ->  \"\u{2019}\"  a.txt:1:3\n\
         \u{20} \"\u{C3}\u{A9}\"   ->  \"\u{E9}\"  b.txt:1:19\n\
         \n\
         windows-1252; C1: 2\n\
         \u{20} \"\\u{93}\"  ->  \"\u{201C}\"  b.txt:1:1\n\
         \u{20} \"\\u{94}\"  ->  \"\u{201D}\"  b.txt:1:4\n\
         \n\
         windows-1252, 2 layers: 1\n\
         \u{20} \"\u{C3}\u{192}\u{C2}\u{A8}\"  ->  \"\u{E8}\"  a.txt:3:3\n",
    );
}

#[test]
fn nothing_is_summed_up_too() {
    check(
        &run(unmojibake().arg("--explain"), SOUND),
        "0 edits in 0 of 1 file\n",
    );
}
