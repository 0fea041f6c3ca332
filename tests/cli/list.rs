//! `--list` and `--count`.

use crate::*;

fn some(test: &str) -> PathBuf {
    let folder = folder(test);
    file(
        &folder,
        "a.txt",
        format!("{GARBLED}\n{SOUND}\n{GARBLED}, {GARBLED}\n"),
    );
    file(&folder, "b.txt", SOUND);
    file(&folder, "c.txt", GARBLED);
    folder
}

#[test]
fn names_of_those_with_findings() {
    let folder = some("list");
    for option in ["-l", "--list"] {
        let output = unmojibake()
            .current_dir(&folder)
            .args([option, "c.txt", "b.txt", "a.txt"])
            .output()
            .unwrap();
        assert_eq!(stdout(&output), "c.txt\na.txt\n");
        assert_eq!(stderr(&output), "");
        assert_eq!(output.status.code(), Some(1));
    }
    let output = unmojibake()
        .current_dir(&folder)
        .args(["-l", "b.txt"])
        .output()
        .unwrap();
    check(&output, "");
}

#[test]
fn counts_of_all() {
    let folder = some("count");
    let output = unmojibake()
        .current_dir(&folder)
        .args(["--count", "."])
        .output()
        .unwrap();
    assert_eq!(stdout(&output), "a.txt:3\nb.txt:0\nc.txt:1\n");
    assert_eq!(
        stderr(&output),
        "unmojibake: 4 edits in 2 files; 3 files looked at\n"
    );
    assert_eq!(output.status.code(), Some(1));
    let output = unmojibake()
        .current_dir(&folder)
        .args(["--count", "-q", "b.txt"])
        .output()
        .unwrap();
    check(&output, "b.txt:0\n");
}

#[test]
fn a_count_of_standard_input() {
    let output = run(
        unmojibake().args(["--count", "-q"]),
        format!("{GARBLED}\n{GARBLED}"),
    );
    assert_eq!(stdout(&output), "2\n");
    assert_eq!(output.status.code(), Some(1));
    check(&run(unmojibake().args(["--count", "-q"]), ""), "0\n");
    check(
        &run(unmojibake().args(["--count", "-q", "-"]), ""),
        "<stdin>:0\n",
    );
}
