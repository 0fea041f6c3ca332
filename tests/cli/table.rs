//! Tables, through the filter and in place.

use crate::*;

/// `Ada` is sound; `Zoë` is garbled.
const ROWS: &str = "id@name@note\r\n1@Ada@\"it\u{2019}s; a, \"\"fine\"\" day\"\r\n2@Zo\u{C3}\u{AB}@\"l\u{E2}\u{20AC}\u{2122}\u{C3}\u{A9}t\u{C3}\u{A9},\n\"\"ici\"\"; \tl\u{C3}\u{A0}\"\r\n";
const ROWS_FIXED: &str = "id@name@note\r\n1@Ada@\"it\u{2019}s; a, \"\"fine\"\" day\"\r\n2@Zo\u{EB}@\"l\u{2019}\u{E9}t\u{E9},\n\"\"ici\"\"; \tl\u{E0}\"\r\n";

fn csv() -> Command {
    let mut command = unmojibake();
    command.arg("--csv");
    command
}

#[test]
fn fields_with_any_delimiter() {
    for (delimiter, args) in [
        (",", &["--csv"][..]),
        (";", &["--csv"]),
        ("|", &["--csv"]),
        ("\t", &["--csv"]),
        ("\t", &["--tsv"]),
        ("\t", &["--csv", "--delimiter", "\\t"]),
        (";", &["--csv", "--delimiter=;"]),
        (":", &["--csv", "--delimiter", ":"]),
    ] {
        for frame in ["@", "\u{FEFF}@", "@\n\r\n\n@", "@\r\n"] {
            let table = |rows: &str| frame.replace('@', &rows.replace('@', delimiter));
            let (rows, fixed) = (table(ROWS), table(ROWS_FIXED));
            for piece in [1, 7, usize::MAX] {
                let output = run_in_pieces(unmojibake().args(args), rows.as_bytes(), piece);
                check(&output, &fixed);
            }
            check(&run(unmojibake().args(args), &fixed), &fixed);
        }
    }
}

/// `BÄŞ` is sound in Tatar. Beside garbled Latvian it looks like one more word of that, `BĪ`; but it stands in another field.
#[test]
fn fields_do_not_speak_for_each_other() {
    let row = "B\u{C4}\u{15E},m\u{C4}\u{81}ja,liel\u{C4}\u{81} t\u{C4}\u{81},p\u{139}\u{AB}ce\n";
    let rest = "m\u{101}ja,liel\u{101} t\u{101},p\u{16B}ce\n";
    check(&run(&mut unmojibake(), row), format!("B\u{12A},{rest}"));
    check(&run(&mut csv(), row), format!("B\u{C4}\u{15E},{rest}"));
    // Spreadsheets take the delimiter from a first line that names it.
    for head in ["sep=:\r\n", "\u{FEFF}sep=:\n", "sep=:\r"] {
        let table = |rows: &str| head.to_owned() + &rows.replace(',', ":");
        let fixed = format!("B\u{C4}\u{15E},{rest}");
        check(&run(&mut csv(), table(row)), table(&fixed));
    }
}

#[test]
fn ragged_rows_and_odd_quotes_stay() {
    for rows in [
        "a,b\n1\n1,2,3,4\n\n,,,\n\"\"\n\"\",\"\"\n",
        "a,b\n\"x\"y\"\",z\"\n5\" wide,6\"\n \"a\",b \r\r\n\"\r\n\r",
        "a,b\n\"never closed, it\u{2019}s\n",
        "",
        "\n",
        "\u{FEFF}",
        "caf\u{E9}",
    ] {
        for piece in [1, usize::MAX] {
            check(&run_in_pieces(&mut csv(), rows.as_bytes(), piece), rows);
        }
    }
    let open = "a,b\n\"never closed, caf\u{C3}\u{A9}\n";
    check(&run(&mut csv(), open), "a,b\n\"never closed, caf\u{E9}\n");
}

#[test]
fn quotes_within_a_repaired_field() {
    // An inch mark stands for itself, and what stands behind a closing quote says nothing that is certain, so all of it stays what it is; with backslashes too.
    let rows = |o: &str| {
        format!(
            "size,name\n{o} 2\",x\n \"{o}\",y\n\"{o}\" 5\",z\nfoo,{o}\n\"a \\\"{o}\\\" {o}\",\"{o}\"x\n"
        )
    };
    let (rows, fixed) = (rows("caf\u{C3}\u{A9}"), rows("caf\u{E9}"));
    check(&run(&mut csv(), &rows), &fixed);
    let tabs = |rows: &str| rows.replace(',', "\t");
    check(&run(unmojibake().arg("--tsv"), tabs(&rows)), tabs(&fixed));
    let odd = "a\n\"x\" caf\u{C3}\u{A9}\n\"x\" caf\u{C3}\u{A9}&quot;\n";
    let output = run(csv().args(["--unescape=html", "--check", "-q"]), odd);
    let said = "<stdin>:2:8: \"\u{C3}\u{A9}\" -> \"\u{E9}\" (windows-1252)\n";
    assert_eq!(
        stdout(&output),
        said,
        "a quote more would say something else"
    );
}

#[test]
fn marks_of_the_byte_order_stay() {
    for marks in ["\u{FEFF}", "\u{FEFF}\u{FEFF}", "\u{FEFF}\n\u{FEFF}"] {
        let table = |word: &str| format!("{marks}{word},{word}\n");
        for piece in [1, usize::MAX] {
            let input = table("caf\u{C3}\u{A9}");
            check(
                &run_in_pieces(&mut csv(), input.as_bytes(), piece),
                table("caf\u{E9}"),
            );
        }
    }
}

#[test]
fn bytes_that_are_not_utf8_stay() {
    let rows = |name: &str| [b"a;b\n\xFF;\"", name.as_bytes(), b"\xE9\"\n"].concat();
    check(&run(&mut csv(), rows("Zo\u{C3}\u{AB} ")), rows("Zo\u{EB} "));
}

/// What an ASCII character is in that a multi-byte codec has taken in: `’|`, garbled by GBK.
#[test]
fn what_needs_quotes_then_gets_them() {
    let text = "\u{2019}it \u{2019}| \u{2019}x it\u{2019}s \u{2019}|";
    let garbled = unmojibake::garble(text, &unmojibake::Layer::new(Codec::Gbk)).unwrap();
    assert!(!garbled.contains('|') && unmojibake::repair(&garbled) == text);
    let output = run(&mut csv(), format!("a|b\n1|{garbled}\n"));
    check(&output, format!("a|b\n1|\"{text}\"\n"));
}

#[test]
fn a_field_that_does_not_end() {
    let long = format!("a,b\n1,\"{} caf\u{C3}\u{A9}", "x".repeat(3 << 20));
    let output = run(&mut csv(), &long);
    assert!(output.stdout == long.as_bytes());
    assert_eq!(
        stderr(&output),
        "unmojibake: standard input: a field is longer than 1 MiB at line 2, and stays as it is; are its quotes closed?\n"
    );
    assert_eq!(output.status.code(), Some(2));
    // What stands behind one that does end is read as ever.
    let long = "x".repeat(3 << 20);
    let rows = |word: &str| format!("a,b,c\n1,\"{long}\",{word}\n{long},{word},2\n1,2,{long}\n");
    let output = run(&mut csv(), rows("caf\u{C3}\u{A9}"));
    assert!(output.stdout == rows("caf\u{E9}").as_bytes());
    assert_eq!(stderr(&output).lines().count(), 3, "{}", stderr(&output));
    // As long as may be, it is repaired.
    let field = |word: &str| format!("a\n\"{}\n{word}\"\n", "x\n".repeat(1 << 18));
    check(
        &run(&mut csv(), field("caf\u{C3}\u{A9}")),
        field("caf\u{E9}"),
    );
}

#[test]
fn in_place() {
    let folder = folder("csv-in-place");
    let path = file(&folder, "a.csv", ROWS.replace('@', ";"));
    let sound = file(&folder, "b.csv", "a,b\n");
    let output = csv().arg("-iq").args([&path, &sound]).output().unwrap();
    check(&output, "");
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        ROWS_FIXED.replace('@', ";")
    );
}

#[test]
fn findings_have_their_places() {
    let rows = format!("\u{FEFF}{}", ROWS.replace('@', ","));
    for piece in [1, 7, usize::MAX] {
        let mut command = csv();
        let output = run_in_pieces(command.args(["--check", "-q"]), rows.as_bytes(), piece);
        let places: Vec<_> = stdout(&output)
            .lines()
            .map(|line| line.split(": ").next().unwrap().to_owned())
            .collect();
        assert_eq!(
            places,
            ["3:5", "3:10", "3:16", "4:12"].map(|place| format!("<stdin>:{place}")),
            "{}",
            stdout(&output)
        );
    }
    // Of the quotes that a field needs then, none is told; nor is there a change by itself that would do.
    let row = "a,b\n&lt;x&#44; y&#44;,\"&quot;q&quot; caf\u{C3}\u{A9}\"\n";
    let args = ["--check", "-q", "--format=sarif", "--unescape=html"];
    let sarif = run(csv().args(args), row).stdout;
    let sarif: serde_json::Value = serde_json::from_slice(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let fixes: Vec<_> = results
        .iter()
        .map(|result| {
            let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
            change["insertedContent"]["text"].as_str()
        })
        .collect();
    assert_eq!(
        fixes,
        [None, None, None, Some("\"\""), Some("\"\""), Some("\u{E9}")]
    );
}

/// A patch makes of a file what the filter makes of it, also where fields get quotes, and lines.
#[cfg(unix)]
#[test]
fn a_patch_does_the_same() {
    let folder = folder("csv-patch");
    let rows = ROWS.replace('@', ";");
    let row = "1;x&#10;y&#59;;\"&quot;caf\u{C3}\u{A9}&quot;\n\n&#10; \"\"caf\u{C3}\u{A9}\"\";\"";
    for (name, text) in [
        ("a.csv", rows.clone()),
        ("b.csv", format!("{rows}{row}")),
        ("c.csv", format!("{row}\n{rows}").repeat(2_000)),
    ] {
        let path = file(&folder, name, &text);
        let args = ["--csv", "--unescape=html", "--diff", name];
        let fixed = unmojibake().args(&args[..2]).arg(&path).output().unwrap();
        let patch = unmojibake()
            .current_dir(&folder)
            .args(args)
            .output()
            .unwrap();
        assert_eq!(patch.status.code(), Some(1), "{}", stderr(&patch));
        let mut command = Command::new("patch");
        let args = ["-p1", "-s", "--binary"];
        let patched = run(command.current_dir(&folder).args(args), &patch.stdout);
        assert!(patched.status.success(), "{}", stdout(&patched));
        assert!(fs::read(&path).unwrap() == fixed.stdout, "{name}");
    }
}

#[test]
fn rows_of_a_slow_pipe() {
    let (row, fixed) = ("1,Zo\u{C3}\u{AB}\n", "1,Zo\u{EB}\n");
    crate::pipes::each_comes_at_once(&mut csv(), row, fixed);
}

#[test]
fn what_does_not_go_together_is_refused() {
    check_refused(&["--csv", "--json"], &["--csv", "--json"]);
    check_refused(&["--csv", "--tsv"], &["--csv", "--tsv"]);
    check_refused(&["--csv", "--no-directives"], &["--csv", "--no-directives"]);
    check_refused(&["--tsv", "--delimiter=;"], &["--tsv", "--delimiter"]);
    check_refused(&["--delimiter=;"], &["--csv"]);
    for odd in ["", "\"", "\n", "ab", "\u{E9}"] {
        check_refused(&["--csv", "--delimiter", odd], &["--delimiter"]);
    }
}
