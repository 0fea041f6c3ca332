//! JSON, through the filter and in place.

use std::fs::File;

use crate::*;

const EXPORT: &str = "fixtures/export.json";
const EXPORT_EXPECTED: &str = "fixtures/export.expected.json";

/// `café`, the UTF-8 bytes of its last letter as escapes.
const CAFE: &str = r#""caf\u00c3\u00a9""#;
const CAFE_FIXED: &str = "\"caf\u{E9}\"";

fn json() -> Command {
    let mut command = unmojibake();
    command.arg("--json");
    command
}

#[test]
fn an_export_as_a_file_and_byte_by_byte() {
    let expected = fs::read(EXPORT_EXPECTED).unwrap();
    check(&json().arg(EXPORT).output().unwrap(), &expected);
    let export = fs::read(EXPORT).unwrap();
    check(&run_in_pieces(&mut json(), &export, 1), &expected);
    check(&run(&mut json(), &expected), &expected);
    // To a parser, it is what the sender wrote, and the same shape.
    let value: serde_json::Value = serde_json::from_slice(&expected).unwrap();
    let content = &value["messages"][1]["content"];
    assert_eq!(
        content,
        "Danke \u{2014} gleichfalls! M\u{FC}de, aber gl\u{FC}cklich \u{1F634}\nBis morgen?"
    );
}

#[test]
fn a_bad_document_ends_with_line_and_column() {
    let output = run(&mut json(), format!("[\n{CAFE},\n 1 2]\n"));
    assert_eq!(stdout(&output), format!("[\n{CAFE_FIXED},\n 1 "));
    assert_eq!(
        stderr(&output),
        "unmojibake: standard input: not JSON at line 3, column 4 (byte 24): expected `,` or `]`, not `2`\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_bad_line_passes_through_and_the_others_are_done() {
    let output = run(
        json().arg("-"),
        format!("{CAFE}\n{{{CAFE}}}\n{CAFE}\n[{CAFE}"),
    );
    assert_eq!(
        stdout(&output),
        format!("{CAFE_FIXED}\n{{{CAFE}}}\n{CAFE_FIXED}\n[{CAFE}")
    );
    assert_eq!(
        stderr(&output),
        "unmojibake: standard input: not JSON at line 2, column 19 (byte 36): expected `:`, not `}`; the line stays as it is\n\
         unmojibake: standard input: not JSON at line 4, column 19 (byte 74): the text ends within a value; the line stays as it is\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn of_many_bad_lines_some_are_named() {
    let output = run(&mut json(), "0\n".to_owned() + &"x\n".repeat(1_000));
    assert_eq!(stdout(&output).len(), 2_002);
    let said = stderr(&output);
    assert_eq!(said.lines().count(), 11, "{said}");
    assert!(
        said.ends_with("unmojibake: standard input: so it is in 990 more places\n"),
        "{said}"
    );
}

#[test]
fn files_are_texts_of_their_own() {
    let folder = folder("json-files");
    let bad = file(&folder, "bad.json", "[\n");
    let good = file(&folder, "good.json", CAFE);
    let nowhere = folder.join("nowhere");
    let output = json()
        .args([&good, &bad, &nowhere, &good])
        .output()
        .unwrap();
    assert_eq!(stdout(&output), format!("{CAFE_FIXED}[\n{CAFE_FIXED}"));
    assert_eq!(stderr(&output).lines().count(), 2);
    assert_eq!(output.status.code(), Some(2));
    // What is not all there takes nobody's place.
    let kept = file(&folder, "out.json", "kept");
    let output = json().arg("-o").args([&kept, &bad]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(&kept).unwrap(), b"kept");
}

#[test]
fn in_place() {
    let folder = folder("json-in-place");
    let json = |name, text: &str| file(&folder, name, text);
    let paths = [
        json("a.json", CAFE),
        json("bad.json", &format!("[\n{CAFE}")),
        json("lines.json", &format!("{CAFE}\nx {CAFE}\n{CAFE}\n")),
        json("sound.json", CAFE_FIXED),
    ];
    let before = fs::metadata(&paths[3]).unwrap().modified().unwrap();
    let output = self::json().arg("-i.bak").arg(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let read: Vec<_> = paths
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert_eq!(
        read,
        [
            CAFE_FIXED,
            &format!("[\n{CAFE}"),
            &format!("{CAFE_FIXED}\nx {CAFE}\n{CAFE_FIXED}\n"),
            CAFE_FIXED
        ]
    );
    let said = stderr(&output);
    assert!(
        said.contains("bad.json: not JSON at line 2, column 18"),
        "{said}"
    );
    assert!(
        said.contains("lines.json: not JSON at line 2, column 1"),
        "{said}"
    );
    assert!(
        said.ends_with("unmojibake: 2 files repaired; 3 files looked at\n"),
        "{said}"
    );
    assert_eq!(fs::metadata(&paths[3]).unwrap().modified().unwrap(), before);
    assert!(folder.join("a.json.bak").exists());
    assert!(!folder.join("sound.json.bak").exists() && !folder.join("bad.json.bak").exists());
}

#[test]
fn what_does_not_go_with_it_is_refused() {
    check_refused(
        &["--json", "--no-directives"],
        &["--json", "--no-directives"],
    );
    check_refused(&["--json", "-j2"], &["--jobs", "lines"]);
    check_refused(&["--json", "--invalid=error"], &["--invalid", "keep"]);
}

/// Garbles are found where they stand in the file, however they are written, and whatever chunk they come in.
#[test]
fn findings_have_their_places() {
    let text = format!("\u{FEFF}[\n  {{\"\u{E9}\": {CAFE}, \"x\": \"\u{C3}\u{B3}timo\"}},\n 1]\n");
    let said = "<stdin>:2:13: \"\u{C3}\u{A9}\" -> \"\u{E9}\" (windows-1252)\n\
                <stdin>:2:34: \"\u{C3}\u{B3}\" -> \"\u{F3}\" (windows-1252)\n";
    for piece in [1, 7, usize::MAX] {
        let output = run_in_pieces(json().args(["--check", "-q"]), text.as_bytes(), piece);
        assert_eq!(
            (stdout(&output).as_str(), output.status.code()),
            (said, Some(1))
        );
    }
    // Far into a line that is longer than all that is held.
    let far = format!("[{}{CAFE}]", format!("{CAFE_FIXED},").repeat(40_000));
    let output = run(json().args(["--check", "-q"]), &far);
    let column = far.chars().count() - 13;
    assert_eq!(
        stdout(&output),
        format!("<stdin>:1:{column}: \"\u{C3}\u{A9}\" -> \"\u{E9}\" (windows-1252)\n")
    );
    // What is put in is written as JSON wants it, and told as what it says.
    let entity = r#"{"a": "x &quot;caf&eacute;&quot;"}"#;
    let args = ["--check", "-q", "--format=sarif", "--unescape=html"];
    let sarif = run(json().args(args), entity).stdout;
    let sarif: serde_json::Value = serde_json::from_slice(&sarif).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        result["message"]["text"],
        "\"&quot;\" -> \"\\\"\" (entities)"
    );
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "\\\"");
    assert_eq!(change["deletedRegion"]["byteOffset"], 9);
}

#[test]
fn files_are_listed_and_counted() {
    let folder = folder("json-found");
    file(&folder, "a.json", format!("[{CAFE}, {CAFE}]"));
    file(&folder, "b.json", format!("[{CAFE_FIXED}]"));
    file(&folder, "bad.json", format!("0\n{CAFE}\nx\n{CAFE}\n"));
    file(&folder, "end.json", format!("[\n{CAFE}\nx"));
    file(&folder, "d.bin", "[1\0");
    let run = |args: &[&str]| {
        let mut command = json();
        let output = command.current_dir(&folder).args(args).arg(".").output();
        output.unwrap()
    };
    assert_eq!(stdout(&run(&["-l"])), "a.json\nbad.json\nend.json\n");
    let count = run(&["--count"]);
    assert_eq!(stdout(&count), "a.json:2\nb.json:0\nbad.json:2\n");
    assert_eq!(count.status.code(), Some(2));
    let said = stderr(&count);
    assert!(
        said.contains("bad.json: not JSON at line 3, column 1")
            && said.contains("end.json: not JSON at line 3, column 1"),
        "{said}"
    );
    assert!(
        said.ends_with("5 edits in 3 files; 3 files looked at\n"),
        "{said}"
    );
    let explained = stdout(&run(&["--explain", "--glob=a.json"]));
    assert!(
        explained.starts_with("2 edits in 1 of 1 file"),
        "{explained}"
    );
}

/// A patch makes of a file what the filter makes of it.
#[cfg(unix)]
#[test]
fn a_patch_does_the_same() {
    let folder = folder("json-patch");
    let export = fs::read_to_string(EXPORT).unwrap();
    let minified = format!("{{\"a\":[{CAFE},{}0]}}", "1,".repeat(80_000));
    for (name, text) in [
        ("export.json", export.clone()),
        ("min.json", minified),
        ("lines.json", format!("{export}{CAFE}\n{export}")),
    ] {
        let path = file(&folder, name, &text);
        let fixed = json().arg(&path).output().unwrap();
        let patch = json()
            .current_dir(&folder)
            .args(["--diff", name])
            .output()
            .unwrap();
        assert_eq!(patch.status.code(), Some(1), "{}", stderr(&patch));
        let mut command = Command::new("patch");
        let patched = run(
            command.current_dir(&folder).args(["-p1", "-s"]),
            &patch.stdout,
        );
        assert!(patched.status.success(), "{}", stdout(&patched));
        assert!(fs::read(&path).unwrap() == fixed.stdout, "{name}");
        check(
            &json()
                .current_dir(&folder)
                .args(["--diff", name])
                .output()
                .unwrap(),
            "",
        );
    }
}

#[test]
fn options_are_those_of_the_library() {
    let output = run(json().args(["--codec", "ibm437"]), CAFE);
    check(&output, CAFE);
    let output = run(json().args(["--invalid", "windows-1252"]), b"\"caf\xE9\"");
    check(&output, CAFE_FIXED);
}

/// Each line comes when it is there.
#[test]
fn json_lines_of_a_slow_pipe() {
    crate::pipes::each_comes_at_once(
        &mut json(),
        &format!("{CAFE}\n"),
        &format!("{CAFE_FIXED}\n"),
    );
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_in_an_endless_array() {
    const LIMIT: u64 = 16 * 1024;

    let clean = format!("{{\"a\":{CAFE_FIXED},\"b\":[1,2.5,null]}},").repeat(2_000);
    let garbled = format!("{{\"a\":{CAFE},\"b\":\"{}\"}},", "and here, ".repeat(800));
    for (text, times) in [(&clean, 640), (&garbled, 40)] {
        let (mut child, mut stdin) = piped(&mut json());
        let mut stdout = child.stdout.take().unwrap();
        let drain = thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        stdin.write_all(b"[").unwrap();
        for _ in 0..times {
            stdin.write_all(text.as_bytes()).unwrap();
        }
        stdin.write_all(b"0]").unwrap();
        let peak = crate::pipes::peak_memory_of(&child);
        drop(stdin);
        assert!(child.wait().unwrap().success());
        drain.join().unwrap().unwrap();
        assert!(peak < LIMIT, "{peak} KiB");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device() {
    let mut command = json();
    command
        .arg(EXPORT)
        .stdout(File::options().write(true).open("/dev/full").unwrap())
        .stderr(Stdio::piped());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(
        stderr(&output),
        "unmojibake: standard output: No space left on device\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn clean_ups_reach_strings_of_ascii() {
    let json = r#"{"a &lt; b": "&quot;caf&eacute;&quot;", "n": 1.50}"#;
    let cleaned = run(unmojibake().args(["--json", "--fix", "entities"]), json);
    check(
        &cleaned,
        // `"café"`
        "{\"a < b\": \"\\\"caf\u{E9}\\\"\", \"n\": 1.50}",
    );
    check(&run(unmojibake().arg("--json"), json), json);
}
