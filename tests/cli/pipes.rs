//! Slow pipes, closed ones, full devices; and memory.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::sync::mpsc;

use crate::*;

#[test]
fn each_line_of_a_slow_pipe_comes_at_once() {
    for args in JOBS {
        each_line_comes_at_once(unmojibake().args(args));
    }
}

fn each_line_comes_at_once(command: &mut Command) {
    each_comes_at_once(command, &format!("{GARBLED}\n"), &format!("{SOUND}\n"));
}

/// Asserts that of each line, which ends with its last byte, what becomes of it comes before the next.
#[track_caller]
pub(crate) fn each_comes_at_once(command: &mut Command, line: &str, want: &str) {
    let (mut child, mut stdin) = piped(command);
    let (send, lines) = mpsc::channel();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let end = *want.as_bytes().last().unwrap();
    let reader = thread::spawn(move || {
        loop {
            let mut line = Vec::new();
            stdout.read_until(end, &mut line)?;
            if line.is_empty() || send.send(line).is_err() {
                return std::io::Result::Ok(());
            }
        }
    });
    for _ in 1..=3 {
        // Its end comes apart from its beginning.
        let (begin, end) = line.split_at(line.len() - 1);
        stdin.write_all(begin.as_bytes()).unwrap();
        stdin.write_all(end.as_bytes()).unwrap();
        let line = lines.recv_timeout(PATIENCE);
        if line.is_err() {
            child.kill().unwrap();
        }
        assert_eq!(line.as_deref(), Ok(want.as_bytes()));
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
    let peak = peak_memory_of(&child);
    drop(stdin);
    assert!(child.wait().unwrap().success());
    drain.join().unwrap();
    peak
}

/// Peak memory, in KiB, so far.
#[cfg(target_os = "linux")]
pub(crate) fn peak_memory_of(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
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
