//! What is said on standard error, and what it means for the exit code.

use std::io::{self, Write};

use crate::exit::Exit;
use crate::input::{Unreadable, is_stdin};

pub(crate) fn cannot_read(failed: &Unreadable) -> Exit {
    let Unreadable { path, error } = failed;
    if is_stdin(path) {
        complain(&format!("standard input: {}", cause(error)));
    } else if path.is_dir() {
        let hint = "name the files in it";
        complain(&format!("{}: {}; {hint}", path.display(), cause(error)));
    } else {
        complain(&format!("{}: {}", path.display(), cause(error)));
    }
    Exit::Error
}

/// A reader that went away, as `head` does, has got all that it wanted: that is no error.
pub(crate) fn cannot_write(error: &io::Error) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Done;
    }
    complain(&format!("standard output: {}", cause(error)));
    Exit::Error
}

pub(crate) fn cannot_start_threads(error: &io::Error) -> Exit {
    complain(&format!("cannot start a thread: {}", cause(error)));
    Exit::Error
}

/// What the system says, without the number that the standard library puts behind it.
fn cause(error: &io::Error) -> String {
    let text = error.to_string();
    match error.raw_os_error() {
        Some(code) => text.replace(&format!(" (os error {code})"), ""),
        None => text,
    }
}

/// Not `eprintln!`, which panics when standard error is closed. If even this message cannot be written, the exit code is left to tell.
fn complain(message: &str) {
    let line = format!("unmojibake: {message}\n");
    let _ = io::stderr().write_all(line.as_bytes());
}
