//! What is only to be seen on a terminal: colour, and the progress bar.

use std::io::Read;

use ptyprocess::{PtyProcess, WaitStatus};

use crate::*;

/// Runs the binary with all its ends at a terminal, and gives what is on the screen, escape sequences and all.
fn on_terminal(command: &mut Command) -> (String, i32) {
    let mut owned = Command::new(command.get_program());
    owned.args(command.get_args()).env("TERM", "xterm");
    owned
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE");
    for (name, value) in command.get_envs() {
        owned.env(name, value.unwrap_or_default());
    }
    let process = PtyProcess::spawn(owned).unwrap();
    let mut screen = Vec::new();
    process
        .get_pty_stream()
        .unwrap()
        .read_to_end(&mut screen)
        .unwrap();
    let code = match process.wait().unwrap() {
        WaitStatus::Exited(_, code) => code,
        other => panic!("{other:?}"),
    };
    (
        String::from_utf8(screen).unwrap().replace("\r\n", "\n"),
        code,
    )
}

const RED: &str = "\u{1B}[31m";

#[test]
fn diff_and_explain_are_in_colour() {
    let folder = folder("terminal-colour");
    let path = file(&folder, "a.txt", format!("{GARBLED}\n"));
    for mode in ["--diff", "--explain"] {
        let run = |args: &[&str]| on_terminal(unmojibake().arg(mode).args(args).arg(&path)).0;
        assert!(run(&[]).contains(RED), "{mode}");
        assert!(run(&["--color=always"]).contains(RED), "{mode}");
        assert!(!run(&["--color=never"]).contains('\u{1B}'), "{mode}");
        let plain = on_terminal(unmojibake().arg(mode).arg(&path).env("NO_COLOR", "1")).0;
        assert!(!plain.contains('\u{1B}'), "{mode}");

        let piped = |args: &[&str]| {
            unmojibake()
                .arg(mode)
                .args(args)
                .arg(&path)
                .output()
                .unwrap()
        };
        assert!(!piped(&[]).stdout.contains(&0x1B), "{mode}");
        assert!(piped(&["--color=always"]).stdout.contains(&0x1B), "{mode}");
    }
}

/// Work that takes a while: blocks with some text in each that is made to be hard, and more of them until it takes long enough for there to be a bar.
#[test]
fn a_bar_where_it_takes_long() {
    let folder = folder("terminal-bar");
    // A debug build is many times slower.
    let lines = if cfg!(debug_assertions) { 8 } else { 400 };
    let hard = "\u{C3}\u{C2} \u{E2}\u{20AC} \u{C3}\u{192}\u{C2}\n".repeat(lines);
    let block = hard + &"All of it is ASCII, and none is mojibake.\n".repeat(7_000);
    let out = folder.join("out");
    for times in [12, 60, 240] {
        let path = file(&folder, "hard.txt", block.repeat(times));
        let started = std::time::Instant::now();
        let filter =
            |args: &[&str]| on_terminal(unmojibake().args(args).arg("-o").arg(&out).arg(&path)).0;
        let screen = filter(&[]);
        if started.elapsed() < Duration::from_secs(3) {
            continue;
        }
        assert!(screen.contains(" left"), "{screen:?}");
        let checked = on_terminal(unmojibake().arg("--list").arg(&path)).0;
        assert!(
            !checked.contains(" left"),
            "the first edit is enough for a list"
        );
        let counted = on_terminal(unmojibake().arg("--count").arg(&path)).0;
        assert!(counted.contains(" left"));
        assert!(
            counted.ends_with("looked at\n"),
            "the bar is gone, and the summary is there"
        );
        assert_eq!(filter(&["-q"]), "");
        return;
    }
    panic!("it is too fast to be waited for");
}

#[test]
fn no_bar_where_it_is_done_soon() {
    let folder = folder("terminal-soon");
    let path = file(&folder, "a.txt", GARBLED);
    let out = folder.join("out");
    let (screen, code) = on_terminal(unmojibake().arg("-o").arg(&out).arg(&path));
    assert_eq!((screen.as_str(), code), ("", 0));
    assert_eq!(fs::read_to_string(out).unwrap(), SOUND);
}

#[test]
fn the_filter_writes_to_a_terminal_as_to_a_pipe() {
    let folder = folder("terminal-filter");
    let path = file(&folder, "a.txt", format!("{GARBLED}\n{GARBLED}\n"));
    let (screen, code) = on_terminal(unmojibake().arg(&path));
    assert_eq!((screen, code), (format!("{SOUND}\n{SOUND}\n"), 0));
}
