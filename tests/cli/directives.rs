//! Lines that say that they are to be left alone: the same in every mode, with one thread and with several.

use crate::*;

/// Some lines, in which `@` is garbled, and `#` is garbled too, but is to stay.
const LINES: &[&str] = &[
    "@\n",
    "# unmojibake: ignore\n",
    "@\n",
    "# /* unmojibake:ignore */ #\r\n",
    "@, unmojibake: ignored is another word\n",
    "@, unmojibake: offers much, unmojibake: once\n",
    "unmojibake: off, as # is meant\n",
    "#\n",
    "# unmojibake: ignore\n",
    "#\n",
    "# unmojibake: on #\n",
    "@\n",
    "unmojibake: on @\n",
    "unmojibake: off and unmojibake: on in one line #\n",
    "@\n",
    "# unmojibake:\toff\n",
    "#\n",
    "#",
];

fn lines(garbled: &str) -> String {
    LINES.concat().replace('@', garbled).replace('#', GARBLED)
}

#[test]
fn lines_that_say_so_stay() {
    let (input, want) = (lines(GARBLED), lines(SOUND));
    for args in JOBS {
        check(&run(unmojibake().args(args), &input), &want);
        check(
            &run_in_pieces(unmojibake().args(args), input.as_bytes(), 7),
            &want,
        );
    }
    let all = run(unmojibake().arg("--no-directives"), &input);
    check(&all, input.replace(GARBLED, SOUND));
}

/// With all that lies between in blocks of their own.
#[test]
fn blocks_far_apart_agree() {
    let filler = "All of it is ASCII, and none is mojibake.\n".repeat(7_000);
    let spread = |garbled: &str| {
        let lines: Vec<String> = LINES
            .iter()
            .map(|line| line.replace('@', garbled).replace('#', GARBLED))
            .collect();
        lines.join(&filler)
    };
    for args in JOBS {
        check(
            &run(unmojibake().args(args), spread(GARBLED)),
            spread(SOUND),
        );
    }
}

/// What one file says is nothing to the next.
#[test]
fn each_file_begins_anew() {
    let folder = folder("directives-files");
    let one = file(&folder, "one", format!("unmojibake: off\n{GARBLED}\n"));
    let two = file(&folder, "two", format!("{GARBLED}\n"));
    for args in JOBS {
        let output = unmojibake().args(args).args([&one, &two]).output().unwrap();
        check(&output, format!("unmojibake: off\n{GARBLED}\n{SOUND}\n"));
    }
}

#[test]
fn all_modes_agree() {
    let folder = folder("directives-modes");
    let path = file(&folder, "a.txt", lines(GARBLED));
    let run = |args: &[&str]| {
        unmojibake()
            .current_dir(&folder)
            .args(args)
            .arg("a.txt")
            .output()
            .unwrap()
    };
    let edits = LINES.concat().matches('@').count();
    assert_eq!(stdout(&run(&["--check", "-q"])).lines().count(), edits);
    assert_eq!(stdout(&run(&["--count", "-q"])), format!("a.txt:{edits}\n"));
    let diff = stdout(&run(&["--diff"]));
    assert_eq!(
        diff.lines()
            .filter(|line| line.starts_with("+") && !line.starts_with("+++"))
            .count(),
        edits
    );
    check(&run(&["-iq"]), "");
    assert_eq!(fs::read_to_string(path).unwrap(), lines(SOUND));
    check(&run(&["-l"]), "");
}

/// In a line of more than 64 KiB it holds from the stretch on that says so, however the line is read, and also where the line is cut within the directive.
#[test]
fn long_lines() {
    let words =
        |length: usize| "and so it goes on and on, ".repeat(length / 26 + 1)[..length].to_owned();
    for before in (65_480..65_530).chain([0, 150_000]) {
        let line = |garbled: &str| {
            let (before, behind) = (words(before), words(150_000));
            format!("{garbled} {before} unmojibake: ignore {behind} {GARBLED}\n{garbled}\n")
        };
        let input = line(GARBLED);
        let whole = run(&mut unmojibake(), &input);
        assert!(
            stdout(&whole).ends_with(&format!(" {GARBLED}\n{SOUND}\n")),
            "{before}"
        );
        if before == 150_000 {
            check(&whole, line(SOUND));
        }
        if before % 10 == 0 {
            check(
                &run_in_pieces(unmojibake().arg("-j2"), input.as_bytes(), 50_000),
                &whole.stdout,
            );
        }
    }
}
