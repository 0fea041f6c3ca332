//! What is said on standard error, and what it means for the exit code.

use std::io::{self, Write};
use std::path::Path;

use unmojibake::Legacy;

use crate::args::Args;
use crate::escape::quoted;
use crate::exit::Exit;
use crate::garbler::Ungarbled;
use crate::input::Unreadable;
use crate::input::source::is_stdin;

/// What standard input is called.
pub(crate) const STDIN_NAME: &str = "<stdin>";

/// How much is said besides what went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    Quiet,
    Normal,
    Verbose,
}

impl Voice {
    pub(crate) fn new(args: &Args) -> Voice {
        match (args.is_quiet(), args.is_verbose()) {
            (true, _) => Voice::Quiet,
            (_, true) => Voice::Verbose,
            _ => Voice::Normal,
        }
    }

    pub(crate) fn sums_up(self, summary: &str) {
        if self > Voice::Quiet {
            complain(summary);
        }
    }

    pub(crate) fn looks_at(self, path: &Path) {
        if self == Voice::Verbose {
            complain(&format!("{}: looked at", name(path)));
        }
    }

    /// Who named a file hears of it in any case.
    pub(crate) fn passes_over(self, path: &Path, why: &str, named: bool) {
        if self == Voice::Verbose || named && self == Voice::Normal {
            complain(&format!("{}: passed over, {why}", name(path)));
        }
    }
}

pub(crate) fn cannot_read(failed: &Unreadable) -> Exit {
    let Unreadable { path, error } = failed;
    let hint = if !is_stdin(path) && path.is_dir() {
        "; name the files in it, or say what to do: --check, --list, --diff, --count, --explain and --in-place take folders"
    } else {
        ""
    };
    let name = if is_stdin(path) {
        "standard input".to_owned()
    } else {
        name(path)
    };
    complain(&format!("{name}: {}{hint}", cause(error)));
    Exit::Error
}

pub(crate) fn cannot_walk(error: &ignore::Error) -> Exit {
    let text = error.to_string();
    let cause = error
        .io_error()
        .map_or(text.clone(), |error| without_number(error, &text));
    complain(&cause);
    Exit::Error
}

pub(crate) fn bad_glob(error: &ignore::Error) -> Exit {
    complain(&format!("--glob: {error}"));
    Exit::Error
}

/// A reader that went away, as `head` does, has got all that it wanted: that is no error.
pub(crate) fn cannot_write(path: Option<&Path>, error: &io::Error) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Done;
    }
    let name = path.map_or("standard output".to_owned(), name);
    complain(&format!("{name}: {}", cause(error)));
    Exit::Error
}

pub(crate) fn nothing_read_back(legacy: Legacy) -> String {
    let (from, of) = (legacy.read_as, legacy.written_in);
    format!(
        "nothing changed: what is beyond ASCII is not in {from}, or the same in {of}; --guess ranks pairs of codecs"
    )
}

/// What the library says, and what helps.
pub(crate) fn cannot_garble(failed: &Ungarbled<'_>) -> io::Error {
    let Ungarbled { line, error, .. } = failed;
    let line = quoted(line.strip_suffix(b"\n").unwrap_or(line));
    let message = format!("in {line}: {error}: --holes browser, drop, replace or question-mark");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// What could be read is not put in the place of a file when it is not all.
pub(crate) fn keeps(path: &Path) -> Exit {
    complain(&format!(
        "{}: not written, since not all could be read",
        name(path)
    ));
    Exit::Error
}

pub(crate) fn cannot_replace(path: &Path, error: &io::Error) -> Exit {
    let hint = if error.kind() == io::ErrorKind::PermissionDenied {
        "; --output FILE writes elsewhere"
    } else {
        ""
    };
    complain(&format!(
        "{}: not repaired: {}{hint}",
        name(path),
        cause(error)
    ));
    Exit::Error
}

/// Why a file keeps the name it has.
pub(crate) fn keeps_name(path: &Path, why: &str) -> Exit {
    complain(&format!("{}: not renamed: {why}", name(path)));
    Exit::Error
}

/// Why there is no list of what is renamed.
pub(crate) fn cannot_list(list: &Path, error: &io::Error) -> Exit {
    let (list, cause) = (name(list), cause(error));
    complain(&format!(
        "{list}: {cause}; nothing is renamed without a list, and --undo-list LIST writes it elsewhere"
    ));
    Exit::Error
}

/// Why a list of what was renamed cannot be read.
pub(crate) fn cannot_undo(list: &Path, error: &io::Error) -> Exit {
    complain(&format!("{}: {}", name(list), cause(error)));
    Exit::Error
}

pub(crate) fn nothing_in_place() -> Exit {
    complain(
        "--in-place takes files and folders, and standard input is neither; name some, or leave it out",
    );
    Exit::Error
}

pub(crate) fn cannot_start_threads(error: &io::Error) -> Exit {
    complain(&format!("cannot start a thread: {}", cause(error)));
    Exit::Error
}

/// A file's name for people. Bytes in it that are not UTF-8 are shown as U+FFFD.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) {
        STDIN_NAME.to_owned()
    } else {
        path.display().to_string()
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: u64, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// What the system says, without the number that the standard library puts behind it.
pub(crate) fn cause(error: &io::Error) -> String {
    without_number(error, &error.to_string())
}

fn without_number(error: &io::Error, text: &str) -> String {
    match error.raw_os_error() {
        Some(code) => text.replace(&format!(" (os error {code})"), ""),
        None => text.to_owned(),
    }
}

/// Not `eprintln!`, which panics when standard error is closed. If even this message cannot be written, the exit code is left to tell.
fn complain(message: &str) {
    let line = format!("unmojibake: {message}\n");
    let _ = io::stderr().write_all(line.as_bytes());
}
