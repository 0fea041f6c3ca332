//! `--check` and its formats.

use serde_json::Value;

use crate::*;

/// `crème`, garbled twice by Windows-1252, then a closing quote that lost its last byte, then `café` through code page 437.
const FOUND: &str = "one\ncr\u{C3}\u{192}\u{C2}\u{A8}me\n\
    the \u{E2}\u{20AC}\u{153}alpha\u{E2}\u{20AC} changes\n\
    caf\u{251C}\u{2310}, fa\u{251C}\u{BA}ade, \u{251C}\u{E1} la carte\n";

fn checked(folder: &Path, args: &[&str]) -> Output {
    unmojibake()
        .current_dir(folder)
        .arg("--check")
        .args(args)
        .output()
        .unwrap()
}

#[test]
fn a_line_for_each_edit() {
    let folder = folder("check-text");
    file(&folder, "a.txt", FOUND);
    let output = checked(&folder, &["a.txt"]);
    assert_eq!(
        stdout(&output),
        "a.txt:2:3: \"\u{C3}\u{192}\u{C2}\u{A8}\" -> \"\u{E8}\" (windows-1252, 2 layers)\n\
         a.txt:3:5: \"\u{E2}\u{20AC}\u{153}\" -> \"\u{201C}\" (windows-1252)\n\
         a.txt:3:13: \"\u{E2}\u{20AC}\" -> \"\u{201D}\" (windows-1252; dropped)\n\
         a.txt:4:4: \"\u{251C}\u{2310}\" -> \"\u{E9}\" (ibm437)\n\
         a.txt:4:10: \"\u{251C}\u{BA}\" -> \"\u{E7}\" (ibm437)\n\
         a.txt:4:17: \"\u{251C}\u{E1}\" -> \"\u{E0}\" (ibm437)\n"
    );
    assert_eq!(
        stderr(&output),
        "unmojibake: 6 edits in 1 file; 1 file looked at\n"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), FOUND);
    assert_eq!(stderr(&checked(&folder, &["-q", "a.txt"])), "");
}

#[test]
fn several_codecs_in_the_order_in_which_they_came() {
    use unmojibake::{Layer, garble};
    // `déjà vu, l’été`, through Windows-1252 and then through Windows-1250, line by line as far as it goes.
    let text = "d\u{E9}j\u{E0} vu, l\u{2019}\u{E9}t\u{E9} et la for\u{EA}t";
    let once = garble(text, &Layer::new(Codec::Windows1252)).unwrap();
    let twice = garble(&once, &Layer::new(Codec::Macintosh)).unwrap();
    let output = run(unmojibake().arg("--check"), twice);
    assert!(
        stdout(&output).contains("(windows-1252, then macintosh)"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn nothing_found() {
    for input in ["", "It is sound.\n", SOUND] {
        let output = run(unmojibake().arg("--check"), input);
        assert_eq!(stdout(&output), "");
        assert_eq!(
            stderr(&output),
            "unmojibake: 0 edits in 0 files; 1 file looked at\n"
        );
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn an_error_is_worse_than_a_finding() {
    let folder = folder("check-error");
    file(&folder, "a.txt", GARBLED);
    let output = checked(&folder, &["nowhere.txt", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).starts_with("a.txt:1:3: "));
    assert!(stderr(&output).starts_with("unmojibake: nowhere.txt: "));
}

/// A byte order mark is no character of the first line; a malformed sequence is one, as it is shown.
#[test]
fn columns_count_characters() {
    let garbled = "caf\u{C3}\u{A9}".as_bytes();
    let at = |before: &[u8]| {
        let output = run(
            unmojibake().args(["--check", "-q"]),
            [before, garbled].concat(),
        );
        stdout(&output).split(": ").next().unwrap().to_owned()
    };
    assert_eq!(at(b""), "<stdin>:1:4");
    assert_eq!(at("\u{FEFF}".as_bytes()), "<stdin>:1:4");
    assert_eq!(at("\u{1F600}\u{E9} ".as_bytes()), "<stdin>:1:7");
    assert_eq!(at(b"\xE2\x82 "), "<stdin>:1:6");
    assert_eq!(at(b"\r\n\r\n"), "<stdin>:3:4");
    assert_eq!(at(b"\r\r\0"), "<stdin>:1:7");
}

/// In the middle of a line that comes in several pieces, too.
#[test]
fn columns_in_a_long_line() {
    let words = "and so on, ".repeat(60_000);
    let output = run(
        unmojibake().args(["--check", "-q"]),
        format!("\n{words}caf\u{C3}\u{A9}"),
    );
    assert!(stdout(&output).starts_with(&format!("<stdin>:2:{}: ", words.len() + 4)));
}

#[test]
fn odd_characters_are_escapes() {
    // `à la carte`: a no-break space is part of the garble. C1 controls where quotes were. What a terminal would take as its own.
    let input = "\u{C3}\u{A0} la carte, voil\u{C3}\u{A0}\n\u{93}so\u{94} he said\n";
    let output = run(unmojibake().args(["--check", "-q"]), input);
    let text = stdout(&output);
    assert!(text.contains("\"\u{C3}\\u{a0}\" -> \"\u{E0}\""), "{text}");
    assert!(
        text.contains("\"\\u{93}\" -> \"\u{201C}\" (windows-1252; C1)"),
        "{text}"
    );
    assert!(!text.contains(['\u{A0}', '\u{93}', '\u{94}']), "{text}");
}

#[test]
fn long_edits_are_shown_in_part() {
    let text = "\u{43F}\u{440}\u{438}\u{432}\u{435}\u{442}".repeat(30);
    let garbled = unmojibake::garble(&text, &unmojibake::Layer::new(Codec::Windows1251)).unwrap();
    let output = run(unmojibake().args(["--check", "-q"]), &garbled);
    assert!(stdout(&output).contains(" ... "), "{}", stdout(&output));
    assert!(stdout(&output).chars().count() < 220, "{}", stdout(&output));
    let json = run(
        unmojibake().args(["--check", "-q", "--format=json"]),
        &garbled,
    );
    assert!(stdout(&json).contains(&text), "programs get it whole");
}

#[test]
fn json_as_promised() {
    let folder = folder("check-json");
    file(&folder, "a.txt", FOUND);
    let output = checked(&folder, &["-q", "--format", "json", "a.txt"]);
    let first = stdout(&output).lines().next().unwrap().to_owned();
    assert_eq!(
        first,
        concat!(
            "{\"path\":\"a.txt\",\"line\":2,\"column\":3,\"end_column\":7,\"start\":6,\"end\":14,",
            "\"before\":\"\u{C3}\u{192}\u{C2}\u{A8}\",\"after\":\"\u{E8}\",",
            "\"layers\":[{\"codec\":\"windows-1252\",\"cesu8\":false},{\"codec\":\"windows-1252\",\"cesu8\":false}],\"losses\":[]}"
        )
    );
    let lines: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 6);
    assert_eq!(lines[2]["losses"], serde_json::json!(["dropped"]));
}

/// The text with the edits carried out that the findings tell of.
fn replayed(input: &[u8], findings: &str) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    for line in findings.lines() {
        let finding: Value = serde_json::from_str(line).unwrap();
        let place = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
        let (start, end) = (place("start"), place("end"));
        match finding["before_bytes"].as_str() {
            None => assert_eq!(
                finding["before"].as_str().unwrap().as_bytes(),
                &input[start..end]
            ),
            Some(hex) => {
                let bytes: String = input[start..end]
                    .iter()
                    .map(|b| format!("{b:02x}"))
                    .collect();
                assert_eq!(hex, bytes);
            }
        }
        let line = 1 + input[..start].iter().filter(|&&byte| byte == b'\n').count();
        assert_eq!(place("line"), line);
        out.extend_from_slice(&input[at..start]);
        out.extend_from_slice(finding["after"].as_str().unwrap().as_bytes());
        at = end;
    }
    out.extend_from_slice(&input[at..]);
    out
}

/// Findings agree with what the filter writes, on whatever text, by whatever options.
#[test]
fn findings_are_what_the_filter_does() {
    let post = fs::read(POST).unwrap();
    let mut bytes = b"caf\xE9 caf\xC3\x83\xC2\xA9 \xE2\x82\n".repeat(10);
    bytes.extend_from_slice(FOUND.as_bytes());
    bytes.extend_from_slice(b"unmojibake: off\ncaf\xC3\x83\xC2\xA9 \xFF\nunmojibake: on\n");
    bytes.extend_from_slice(b"caf\xC3\x83\xC2\xA9\r\nat the end \xC3\x83\xC2\xA9t\xC3\x83\xC2\xA9");
    // With much between, so that there are several pieces.
    let filler = "All of it is ASCII, and none is mojibake.\n".repeat(7_000);
    let long = [
        filler.as_bytes(),
        &bytes,
        filler.trim_end().as_bytes(),
        &bytes,
    ]
    .concat();
    for input in [&post, &bytes, &long] {
        for args in [
            &[][..],
            &["--invalid=replace"],
            &["--invalid=windows-1252"],
            &["--lost=guess", "--caution=bold"],
            &["--layers=1"],
            &["--no-directives"],
        ] {
            let filter = run(unmojibake().args(args), input);
            let findings = run(
                unmojibake()
                    .args(["--check", "-q", "--format=json"])
                    .args(args),
                input,
            );
            assert!(
                replayed(input, &stdout(&findings)) == filter.stdout,
                "{args:?}"
            );
        }
    }
}

/// A service that collects findings takes this: the parts that the format asks for, and places that are right.
#[test]
fn sarif_as_the_format_has_it() {
    let folder = folder("check-sarif");
    file(&folder, "a b.txt", FOUND);
    file(&folder, "clean.txt", SOUND);
    for (args, results) in [(&["a b.txt", "clean.txt"][..], 6), (&["clean.txt"], 0)] {
        let output = checked(&folder, &[&["-q", "--format=sarif"], args].concat());
        let sarif: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(sarif["version"], "2.1.0");
        assert!(
            sarif["$schema"]
                .as_str()
                .unwrap()
                .ends_with("sarif-2.1.0.json")
        );
        let run = &sarif["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let driver = &run["tool"]["driver"];
        assert_eq!(driver["name"], "unmojibake");
        assert_eq!(driver["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(run["results"].as_array().unwrap().len(), results);
        let rules = driver["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
            assert!(result["message"]["text"].is_string());
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], "a%20b.txt");
            let (region, change) = (&place["region"], &result["fixes"][0]["artifactChanges"][0]);
            assert_eq!(&change["replacements"][0]["deletedRegion"], region);
            assert_eq!(change["artifactLocation"], place["artifactLocation"]);
            let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
            let line = FOUND.lines().nth(number("startLine") - 1).unwrap();
            let columns = number("startColumn") - 1..number("endColumn") - 1;
            let by_columns: String = line.chars().take(columns.end).skip(columns.start).collect();
            let start = number("byteOffset");
            assert_eq!(FOUND[start..start + number("byteLength")], by_columns);
        }
    }
}

#[test]
fn github_as_it_is_documented() {
    let folder = folder("check-github");
    let name = if cfg!(windows) {
        "a,50%.txt"
    } else {
        "a:b,50%.txt"
    };
    file(&folder, name, "100 %, l\u{C3}\u{A0}, voil\u{C3}\u{A0}\n");
    let output = checked(&folder, &["-q", "--format=github", name]);
    let escaped = name
        .replace('%', "%25")
        .replace(':', "%3A")
        .replace(',', "%2C");
    assert_eq!(
        stdout(&output).lines().next().unwrap(),
        format!(
            "::warning file={escaped},line=1,endLine=1,col=9,endColumn=11,title=Mojibake::\"\u{C3}\\u{{a0}}\" -> \"\u{E0}\" (windows-1252)"
        )
    );
}

#[test]
fn a_format_is_one_of_a_check() {
    check_refused(&["--format=json"], &["--check"]);
    check_refused(&["--format=json", "--list"], &["--check"]);
    check_refused(&["--check", "--format=xml"], &["xml", "sarif"]);
}

#[test]
fn one_mode_at_a_time() {
    let modes = ["-i", "--check", "-l", "--diff", "--count", "--explain"];
    for (a, b) in modes.iter().zip(&modes[1..]) {
        check_refused(&[a, b], &["cannot be used with"]);
        check_refused(&[a, "-o", "out"], &["cannot be used with"]);
    }
}

/// Findings of a slow pipe come as they are found.
#[test]
fn findings_of_a_slow_pipe_come_at_once() {
    use std::io::{BufRead, BufReader};
    let (mut child, mut stdin) = piped(unmojibake().arg("--check"));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for number in 1..=2 {
        writeln!(stdin, "{GARBLED}").unwrap();
        assert!(
            lines
                .next()
                .unwrap()
                .unwrap()
                .starts_with(&format!("<stdin>:{number}:3: "))
        );
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_closed_pipe_ends_a_check_in_silence() {
    let (mut child, mut stdin) = piped(unmojibake().args(["--check", "-q"]));
    drop(child.stdout.take());
    for _ in 0..3 {
        let _ = writeln!(stdin, "{GARBLED}");
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_under_findings() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = unmojibake()
        .args(["--check", "-q", POST])
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    assert_eq!(
        stderr(&output),
        "unmojibake: standard output: No space left on device\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

/// A name that is not UTF-8 comes out as it is for people, and in hexadecimal for programs. On Linux alone: elsewhere file systems may refuse such names.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;

    let folder = folder("check-names");
    file(&folder, OsStr::from_bytes(b"caf\xE9.txt"), GARBLED);
    let text = checked(&folder, &["-q", "."]);
    assert!(text.stdout.starts_with(b"caf\xE9.txt:1:3: "));
    let json: Value =
        serde_json::from_str(&stdout(&checked(&folder, &["-q", "--format=json", "."]))).unwrap();
    assert_eq!(json["path"], "caf\u{FFFD}.txt");
    assert_eq!(json["path_bytes"], "636166e92e747874");
    let sarif = stdout(&checked(&folder, &["-q", "--format=sarif", "."]));
    assert!(sarif.contains("\"uri\":\"caf%E9.txt\""), "{sarif}");
    let list = unmojibake()
        .current_dir(&folder)
        .args(["-l", "."])
        .output()
        .unwrap();
    assert_eq!(list.stdout, b"caf\xE9.txt\n");
}
