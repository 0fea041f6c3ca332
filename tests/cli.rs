//! The real binary, through real pipes: what comes out, when, and with which exit code.

// Without the feature there is no binary to test.
#![cfg(feature = "cli")]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use unmojibake::Codec;

const POST: &str = "fixtures/post.md";
const POST_EXPECTED: &str = "fixtures/post.expected.md";

/// `It’s here`, read as Windows-1252.
const GARBLED: &str = "It\u{E2}\u{20AC}\u{2122}s here";
const SOUND: &str = "It\u{2019}s here";

/// With one thread and with several.
const JOBS: [&[&str]; 3] = [&[], &["-j2"], &["-j", "0"]];

/// How long a test waits for what should come at once, before it fails rather than hangs.
const PATIENCE: Duration = Duration::from_secs(20);

fn unmojibake() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unmojibake"));
    command.stdin(Stdio::null());
    command
}

/// The binary with all three ends in our hands.
fn piped(command: &mut Command) -> (Child, ChildStdin) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stdin = child.stdin.take().unwrap();
    (child, stdin)
}

/// Runs the binary on this standard input, given in pieces of at most `piece` bytes.
fn run_in_pieces(command: &mut Command, input: &[u8], piece: usize) -> Output {
    let (child, mut stdin) = piped(command);
    thread::scope(|scope| {
        scope.spawn(move || {
            for piece in input.chunks(piece) {
                // A run that ends early takes no more; what it says then is the test's matter.
                if stdin.write_all(piece).is_err() {
                    break;
                }
            }
        });
        child.wait_with_output().unwrap()
    })
}

fn run(command: &mut Command, input: impl AsRef<[u8]>) -> Output {
    run_in_pieces(command, input.as_ref(), usize::MAX)
}

/// Asserts that a run did all, said nothing, and wrote `want`.
#[track_caller]
fn check(output: &Output, want: impl AsRef<[u8]>) {
    assert_eq!(stderr(output), "");
    assert_eq!(output.status.code(), Some(0));
    let (got, want) = (&output.stdout, want.as_ref());
    if got != want {
        let lines = |text| String::from_utf8_lossy(text).into_owned();
        let (got, want) = (lines(got), lines(want));
        for (got, want) in got.split('\n').zip(want.split('\n')) {
            assert_eq!(got, want);
        }
        panic!("{} bytes instead of {}", got.len(), want.len());
    }
}

/// Asserts that a run with these arguments is refused, and that the message holds `words`.
#[track_caller]
fn check_refused(args: &[&str], words: &[&str]) {
    let output = run(unmojibake().args(args), GARBLED);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert_eq!(output.stdout, b"", "{args:?}");
    for word in words {
        assert!(
            stderr(&output).contains(word),
            "{args:?}, `{word}`: {}",
            stderr(&output)
        );
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A new, empty folder of the test's own.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn file(folder: &Path, name: impl AsRef<OsStr>, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name.as_ref());
    fs::write(&path, content).unwrap();
    path
}

// ---- what comes out

#[test]
fn the_post_from_standard_input() {
    let post = fs::read(POST).unwrap();
    check(
        &run(&mut unmojibake(), post),
        fs::read(POST_EXPECTED).unwrap(),
    );
}

#[test]
fn the_post_as_a_file() {
    let output = unmojibake().arg(POST).output().unwrap();
    check(&output, fs::read(POST_EXPECTED).unwrap());
}

#[test]
fn the_post_byte_by_byte() {
    let post = fs::read(POST).unwrap();
    let output = run_in_pieces(&mut unmojibake(), &post, 1);
    check(&output, fs::read(POST_EXPECTED).unwrap());
}

#[test]
fn the_repaired_post_stays() {
    let post = fs::read(POST_EXPECTED).unwrap();
    check(&run(&mut unmojibake(), &post), &post);
}

/// What is read at a time, 64 KiB from a pipe and 256 KiB from a file, ends within a post.
#[test]
fn posts_among_many_blocks() {
    let filler = "All of it is ASCII, and none is mojibake.\n".repeat(1_430);
    let some = |post| {
        [filler.as_bytes(), &fs::read(post).unwrap()]
            .concat()
            .repeat(3)
    };
    check(&run(&mut unmojibake(), some(POST)), some(POST_EXPECTED));
    let file = file(&folder("blocks"), "posts", some(POST).repeat(4));
    let output = unmojibake().arg(file).output().unwrap();
    check(&output, some(POST_EXPECTED).repeat(4));
}

#[test]
fn nothing_in_nothing_out() {
    check(&run(&mut unmojibake(), ""), "");
}

#[test]
fn bytes_that_are_not_utf8_stay() {
    let wrap = |text: &str| [b"\xFF\xFE ", text.as_bytes(), b" \xE2\x80 caf\xE9\n\x80"].concat();
    check(&run(&mut unmojibake(), wrap(GARBLED)), wrap(SOUND));
}

#[test]
fn what_is_not_text_stays() {
    for frame in [
        "\u{FEFF}@\n",
        "@\r\n",
        "@\r\n@\n@\r@\n\n\r\n@",
        "@",
        "\0@\0\n\0",
        "\n\n\n",
        "\t @ \t\n",
        "\u{85}@\u{2028}@\u{C}\n",
    ] {
        let output = run(&mut unmojibake(), frame.replace('@', GARBLED));
        check(&output, frame.replace('@', SOUND));
    }
}

// ---- files

#[test]
fn files_in_order_with_standard_input_among_them() {
    let folder = folder("order");
    let one = file(&folder, "one", format!("1 {GARBLED}\n"));
    let three = file(&folder, "three", format!("3 {GARBLED}"));
    let output = run(
        unmojibake().args([&one, Path::new("-"), &three, &one]),
        format!("2 {GARBLED}\n"),
    );
    check(
        &output,
        format!("1 {SOUND}\n2 {SOUND}\n3 {SOUND}1 {SOUND}\n"),
    );
}

/// Joined they would be `Ã‰`, and repaired; each by itself is sound.
#[test]
fn a_last_line_is_not_joined_to_the_next_file() {
    let folder = folder("joined");
    let one = file(&folder, "one", "LE CAF\u{C3}");
    let two = file(&folder, "two", "\u{2030} 2024");
    let output = unmojibake().args([one, two]).output().unwrap();
    check(&output, "LE CAF\u{C3}\u{2030} 2024");
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others() {
    let folder = folder("unreadable");
    let good = file(&folder, "good.txt", format!("{GARBLED}\n"));
    let missing = folder.join("nowhere.txt");
    let output = unmojibake()
        .args([&good, &missing, &folder, &good])
        .output()
        .unwrap();
    assert_eq!(
        output.stdout,
        format!("{SOUND}\n{SOUND}\n").as_bytes(),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    let lines: Vec<&str> = message.lines().collect();
    assert_eq!(lines.len(), 2, "{message}");
    assert!(lines[0].starts_with(&format!("unmojibake: {}: ", missing.display())));
    assert!(lines[1].starts_with(&format!("unmojibake: {}: ", folder.display())));
    assert!(lines[1].ends_with("; name the files in it"));
    if cfg!(unix) {
        assert!(lines[0].ends_with(": No such file or directory"));
        assert!(lines[1].contains(": Is a directory; "));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder("forbidden");
    let good = file(&folder, "good.txt", GARBLED);
    let secret = file(&folder, "secret.txt", GARBLED);
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&secret).is_ok() {
        return; // For root there is no such file.
    }
    let output = unmojibake().args([&secret, &good]).output().unwrap();
    assert_eq!(output.stdout, SOUND.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        format!("unmojibake: {}: Permission denied\n", secret.display())
    );
}

/// On Linux alone: elsewhere file systems may refuse such names.
#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;

    let folder = folder("names");
    let path = file(&folder, OsStr::from_bytes(b"caf\xE9.txt"), GARBLED);
    check(&unmojibake().arg(path).output().unwrap(), SOUND);
}

#[test]
fn a_file_name_that_begins_with_a_dash() {
    let folder = folder("dash");
    file(&folder, "--lost", GARBLED);
    file(&folder, "-", GARBLED);
    let output = unmojibake()
        .current_dir(&folder)
        .args(["./-", "--", "--lost"])
        .output()
        .unwrap();
    check(&output, format!("{SOUND}{SOUND}"));
}

/// A process's memory may be opened, but not read at its beginning.
#[cfg(target_os = "linux")]
#[test]
fn a_read_error_on_the_way() {
    let folder = folder("midway");
    let good = file(&folder, "good.txt", GARBLED);
    let output = unmojibake()
        .args([Path::new("/proc/self/mem"), &good])
        .output()
        .unwrap();
    assert_eq!(output.stdout, SOUND.as_bytes());
    assert_eq!(
        stderr(&output),
        "unmojibake: /proc/self/mem: Input/output error\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn standard_input_that_cannot_be_read() {
    let folder = folder("stdin");
    let good = file(&folder, "good.txt", GARBLED);
    let output = unmojibake()
        .args([Path::new("-"), &good])
        .stdin(File::open(&folder).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.stdout, SOUND.as_bytes());
    assert_eq!(
        stderr(&output),
        "unmojibake: standard input: Is a directory\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

// ---- pipes

#[test]
fn each_line_of_a_slow_pipe_comes_at_once() {
    for args in JOBS {
        each_line_comes_at_once(unmojibake().args(args));
    }
}

#[track_caller]
fn each_line_comes_at_once(command: &mut Command) {
    let (mut child, mut stdin) = piped(command);
    let (send, lines) = mpsc::channel();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let reader =
        thread::spawn(move || stdout.lines().try_for_each(|line| send.send(line.unwrap())));
    for number in 1..=3 {
        // Its end comes apart from its beginning, and with the beginning of the next.
        write!(stdin, "{number} {GARBLED}").unwrap();
        stdin.write_all(b"\n").unwrap();
        let line = lines.recv_timeout(PATIENCE);
        if line.is_err() {
            child.kill().unwrap();
        }
        assert_eq!(line, Ok(format!("{number} {SOUND}")));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
    reader.join().unwrap().unwrap();
}

#[test]
fn a_closed_pipe_ends_it_in_silence() {
    for args in JOBS {
        ends_in_silence(unmojibake().args(args));
    }
}

#[track_caller]
fn ends_in_silence(command: &mut Command) {
    let (mut child, mut stdin) = piped(command);
    drop(child.stdout.take());
    let block = format!("{GARBLED}\n") + &"Nobody reads this.\n".repeat(5_000);
    let blocks = 100;
    let taken = (0..blocks).take_while(|_| stdin.write_all(block.as_bytes()).is_ok());
    assert!(taken.count() < blocks, "it reads on though nobody listens");
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert!(output.status.success());
}

/// Without waiting for input that may never come.
#[test]
fn a_closed_pipe_ends_it_at_once() {
    for args in JOBS {
        let (mut child, mut stdin) = piped(unmojibake().args(args));
        drop(child.stdout.take());
        stdin.write_all(b"Nobody reads this.\n").unwrap();
        let (send, ended) = mpsc::channel();
        let waiter = thread::spawn(move || send.send(child.wait_with_output().unwrap()).unwrap());
        let output = ended.recv_timeout(PATIENCE);
        drop(stdin);
        waiter.join().unwrap();
        let output = output.unwrap_or_else(|_| panic!("{args:?}: it waits for more input"));
        assert_eq!(stderr(&output), "", "{args:?}");
        assert!(output.status.success(), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device() {
    for args in [&["-"][..], &["-", "-j2"], &["--help"]] {
        let mut command = unmojibake();
        command
            .args(args)
            .stdin(File::open(POST).unwrap())
            .stdout(File::options().write(true).open("/dev/full").unwrap())
            .stderr(Stdio::piped());
        let output = command.spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(
            stderr(&output),
            "unmojibake: standard output: No space left on device\n",
            "{args:?}"
        );
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
}

/// Peak memory, in KiB, of a run that has been fed `text` over and over, as one line that does not end.
#[cfg(target_os = "linux")]
fn peak_memory(args: &[&str], text: &str, times: usize) -> u64 {
    let (mut child, mut stdin) = piped(unmojibake().args(args));
    let mut stdout = child.stdout.take().unwrap();
    let drain = thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()).unwrap());
    for _ in 0..times {
        stdin.write_all(text.as_bytes()).unwrap();
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(stdin);
    assert!(child.wait().unwrap().success());
    drain.join().unwrap();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_in_an_endless_line() {
    const LIMIT: u64 = 16 * 1024;

    let plain = " ".repeat(64 * 1024);
    // Few garbles, for the sake of debug builds.
    let garbled = format!("{GARBLED}, {}", "and here, ".repeat(800));
    for args in [&[][..], &["-j2"]] {
        for (text, times) in [(&plain, 640), (&garbled, 40)] {
            let peak = peak_memory(args, text, times);
            assert!(peak < LIMIT, "{args:?}: {peak} KiB");
        }
    }
}

// ---- jobs

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

// ---- options

#[test]
fn lost_bytes_as_asked() {
    // A closing quotation mark whose last byte is gone.
    let garbled = "He said \u{E2}\u{20AC}\u{153}yes\u{E2}\u{20AC}\u{FFFD} and left";
    let keep = run(unmojibake().arg("--lost=keep"), garbled);
    let guess = run(unmojibake().args(["--lost", "guess"]), garbled);
    check(&guess, "He said \u{201C}yes\u{201D} and left");
    assert!(String::from_utf8_lossy(&keep.stdout).contains("\u{E2}\u{20AC}\u{FFFD}"));
    let certain = run(unmojibake().args(["--lost", "certain"]), garbled);
    check(&certain, run(&mut unmojibake(), garbled).stdout);
    check_refused(
        &["--lost", "found"],
        &["--lost", "found", "certain", "guess", "keep"],
    );
}

#[test]
fn caution_as_asked() {
    // `5é`, garbled by Windows-1252, and a Tatar word in capitals, which could be `Bī`, garbled by Windows-1254.
    let (likely, doubtful) = ("5\u{C3}\u{A9}\n", "B\u{C4}\u{15E}\n");
    let cases = [
        (&["--caution=cautious"][..], likely, doubtful),
        (&["--caution", "normal"], "5\u{E9}\n", doubtful),
        (&[], "5\u{E9}\n", doubtful),
        (&["--caution=bold"], "5\u{E9}\n", "B\u{12A}\n"),
    ];
    for (caution, first, second) in cases {
        let output = run(unmojibake().args(caution), [likely, doubtful].concat());
        check(&output, [first, second].concat());
    }
    check_refused(
        &["--caution", "none"],
        &["--caution", "none", "cautious", "normal", "bold"],
    );
}

#[test]
fn layers_as_asked() {
    // `café, façon, très`.
    let twice =
        "caf\u{C3}\u{192}\u{C2}\u{A9}, fa\u{C3}\u{192}\u{C2}\u{A7}on, tr\u{C3}\u{192}\u{C2}\u{A8}s";
    let once = "caf\u{C3}\u{A9}, fa\u{C3}\u{A7}on, tr\u{C3}\u{A8}s";
    let sound = "caf\u{E9}, fa\u{E7}on, tr\u{E8}s";
    check(&run(&mut unmojibake(), twice), sound);
    check(&run(unmojibake().args(["--layers", "2"]), twice), sound);
    check(&run(unmojibake().args(["--layers", "1"]), twice), once);
    for nonsense in ["0", "-1", "many", "", "1.5"] {
        check_refused(&["--layers", nonsense], &["--layers", "from 1 up"]);
    }
}

#[test]
fn codecs_as_asked() {
    let with = |codecs: &[&str]| run(unmojibake().args(codecs), GARBLED);
    check(&with(&["--codec", "windows-1252"]), SOUND);
    check(&with(&["--codec", "ibm437,CP1252"]), SOUND);
    check(&with(&["--codec=ibm437", "--codec=cp1252"]), SOUND);
    check(&with(&["--codec", "ibm437,ibm850"]), GARBLED);
    check_refused(
        &["--codec", "windows-1252,utf-7"],
        &["--codec", "utf-7", "windows-1252", "koi8-r"],
    );
    check_refused(&["--codec", ""], &["--codec", "koi8-r"]);
}

/// The codecs of East Asia by all their names: `\u{E9}` garbled through each, and sound text garbled through another, which stays.
#[test]
fn codecs_of_east_asia_as_asked() {
    let names = [
        ("gbk GBK gb18030 gb2312 cp936", Codec::Gbk),
        (
            "shift_jis Shift-JIS sjis cp932 windows-31j",
            Codec::ShiftJis,
        ),
        ("euc-kr cp949 uhc", Codec::EucKr),
        ("big5 cp950 big5-hkscs", Codec::Big5),
    ];
    let sound = "\u{4F60}\u{597D}"; // 你好
    for (names, codec) in names {
        for name in names.split(' ') {
            assert_eq!(name.parse(), Ok(codec), "{name}");
            let output = run(unmojibake().args(["--codec", name]), sound);
            check(&output, sound);
            check(&run(unmojibake().args(["--codec", name]), GARBLED), GARBLED);
        }
    }
    let garbled = "it\u{9225}\u{6A9A}"; // it鈥檚
    for name in ["gbk", "cp936", "gb18030", "ibm437,GBK"] {
        check(
            &run(unmojibake().args(["--codec", name]), garbled),
            "it\u{2019}s",
        );
    }
    check(
        &run(unmojibake().args(["--codec", "big5,sjis"]), garbled),
        garbled,
    );
    check_refused(
        &["--codec", "cp951"],
        &["--codec", "cp951", "gbk", "shift_jis", "euc-kr", "big5"],
    );
}

#[test]
fn of_an_option_given_twice_the_last_counts() {
    let output = run(
        unmojibake().args(["--layers", "1", "--layers", "2"]),
        GARBLED,
    );
    check(&output, SOUND);
}

#[test]
fn an_unknown_option_is_refused() {
    check_refused(&["--no-such"], &["--no-such", "Usage"]);
}

#[test]
fn short_help_fits_a_screen() {
    for width in ["80", "100"] {
        let output = unmojibake()
            .arg("-h")
            .env("COLUMNS", width)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(help.lines().count() <= 24, "{help}");
        let widest = help.lines().map(|line| line.chars().count()).max();
        assert!(widest <= width.parse().ok(), "{help}");
        for option in ["--lost", "--layers", "--codec", "--jobs", "FILES"] {
            assert!(help.contains(option), "{help}");
        }
    }
}

#[test]
fn long_help_says_more() {
    let output = unmojibake().arg("--help").output().unwrap();
    check(&output, &output.stdout);
    let help = String::from_utf8(output.stdout).unwrap();
    for word in ["Example", "Exit codes", "koi8-u", "U+FFFD"] {
        assert!(help.contains(word), "{help}");
    }
}

#[test]
fn the_version() {
    let output = unmojibake().arg("-V").output().unwrap();
    check(
        &output,
        concat!("unmojibake ", env!("CARGO_PKG_VERSION"), "\n"),
    );
}
