//! The real binary, through real pipes: what comes out, when, and with which exit code. A file here a subject.

// Without the feature there is no binary to test.
#![cfg(feature = "cli")]

mod check;
mod clean_ups;
mod coding;
mod describe;
mod diff;
mod directives;
mod explain;
mod files;
mod filter;
mod folders;
mod garble;
mod in_place;
mod invalid;
mod jobs;
mod json;
mod legacy;
mod list;
mod names;
mod options;
mod output;
mod pipes;
#[cfg(unix)]
mod readme;
mod table;
#[cfg(unix)]
mod terminal;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
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

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
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
