//! Several threads.

use crate::*;

/// Many blocks of lines that take unlike times, each with its number; and what comes of them.
fn numbered_lines() -> (String, String) {
    let lines = |text: &str| {
        (0..40_000)
            .map(|number| match number % 4_000 {
                0..20 => format!("{number} {text}\n"),
                _ => format!("{number} All of it is ASCII, and none is mojibake.\n"),
            })
            .collect()
    };
    (lines(GARBLED), lines(SOUND))
}

#[test]
fn jobs_keep_the_order_of_lines() {
    let (garbled, sound) = numbered_lines();
    let folder = folder("jobs-lines");
    let path = file(&folder, "lines", &garbled);
    for jobs in ["-j1", "-j2", "-j7", "-j0", "--jobs=3"] {
        check(&run(unmojibake().arg(jobs), &garbled), &sound);
        let output = unmojibake().arg(jobs).arg(&path).output().unwrap();
        check(&output, &sound);
    }
    check(
        &run_in_pieces(unmojibake().arg("-j3"), garbled.as_bytes(), 1_000),
        &sound,
    );
}

#[test]
fn jobs_keep_the_order_of_files() {
    let (garbled, sound) = numbered_lines();
    let folder = folder("jobs-files");
    let big = file(&folder, "big", &garbled);
    let small: Vec<PathBuf> = (0..50)
        .map(|n| file(&folder, n.to_string(), format!("{n} {GARBLED}")))
        .collect();
    let output = run(
        unmojibake().arg("-j3").arg(&big).args(&small).args([
            Path::new("-"),
            Path::new(POST),
            &big,
        ]),
        GARBLED,
    );
    let small: String = (0..50).map(|n| format!("{n} {SOUND}")).collect();
    let post = fs::read_to_string(POST_EXPECTED).unwrap();
    check(&output, [&sound, &small, SOUND, &post, &sound].concat());
}

#[test]
fn jobs_tell_which_files_they_could_not_read() {
    let folder = folder("jobs-unreadable");
    let good = file(&folder, "good", format!("{GARBLED}\n"));
    let [one, two] = ["one", "two"].map(|name| folder.join(name));
    let run = |jobs| {
        unmojibake()
            .arg(jobs)
            .args([&good, &one, &good, &two, &good])
            .output()
            .unwrap()
    };
    let output = run("-j2");
    assert_eq!(output, run("-j1"));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, format!("{SOUND}\n").repeat(3).as_bytes());
    let message = stderr(&output);
    let lines: Vec<&str> = message.lines().collect();
    assert_eq!(lines.len(), 2, "{message}");
    assert!(lines[0].contains(&*one.to_string_lossy()), "{message}");
    assert!(lines[1].contains(&*two.to_string_lossy()), "{message}");
}

/// Longer than a block, and cut into the same stretches whoever gets them.
#[test]
fn jobs_share_a_long_line() {
    let line = format!("{GARBLED}, {}", "and here, ".repeat(900)).repeat(100);
    let whole = run(&mut unmojibake(), &line);
    check(&whole, &*unmojibake::repair(&line));
    check(&run(unmojibake().arg("-j3"), &line), whole.stdout);
}

#[test]
fn jobs_leave_bytes_that_are_not_utf8() {
    let not_text = b"\xE2\x80 caf\xE9\n\x80".repeat(30_000);
    let wrap = |text: &str| [&not_text, text.as_bytes(), &not_text].concat();
    check(&run(unmojibake().arg("-j2"), wrap(GARBLED)), wrap(SOUND));
}

#[test]
fn a_number_of_jobs_that_is_none() {
    for nonsense in ["-1", "many", "", "1.5", "2000", "99999999999999999999"] {
        check_refused(&["-j", nonsense], &["--jobs", "from 0 to 1024"]);
    }
}
