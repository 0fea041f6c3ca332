//! The filter: opens the inputs, pumps them through the library to standard output, and tells by its exit code how it went.
//!
//! It is one more user of the public API. What belongs here: files, pipes and messages. What does not: anything about text;
//! and what the arguments mean, which is [`args`]'s business.

mod args;
mod exit;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, StdoutLock, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use unmojibake::{Repairer, Stream};

use args::{Args, STDIN};
use exit::Exit;

/// How much is read at a time, in bytes: what a pipe holds on Linux, and little enough to stay in a core's cache on its way through.
const BLOCK: usize = 64 * 1024;

fn main() -> ExitCode {
    match Args::try_parse() {
        Ok(args) => filter(&args),
        Err(answer) => say(&answer),
    }
    .into()
}

/// Prints what clap has to say in place of a run: help, the version, or what is wrong with the arguments.
fn say(answer: &clap::Error) -> Exit {
    match answer.print() {
        _ if answer.use_stderr() => Exit::Error,
        Ok(()) => Exit::Done,
        Err(error) => cannot_write(&error),
    }
}

/// Repairs the files in order. One that cannot be read does not keep the others from being done.
fn filter(args: &Args) -> Exit {
    let mut pump = Pump::new(Repairer::new(args.options()), io::stdout().lock());
    let mut exit = Exit::Done;
    for path in &args.files {
        match pump.file(path) {
            Ok(()) => {}
            Err(Failure::Read(error)) => exit = exit.max(cannot_read(path, &error)),
            Err(Failure::Write(error)) => return exit.max(cannot_write(&error)),
        }
    }
    exit
}

/// Why a file did not get through. The two have to be told apart: after one the next file is due, after the other nothing is.
enum Failure {
    Read(io::Error),
    Write(io::Error),
}

/// Carries bytes from inputs through the repair to the output.
///
/// It drives a [`Stream`] itself, since the adapters of the library cannot give out the beginning of a line whose rest cannot be read.
struct Pump {
    stream: Stream,
    block: Vec<u8>,
    /// Repaired text on its way out; empty between two reads.
    ready: Vec<u8>,
    out: StdoutLock<'static>,
}

impl Pump {
    fn new(repairer: Repairer, out: StdoutLock<'static>) -> Pump {
        Pump {
            stream: Stream::new(repairer),
            block: vec![0; BLOCK],
            ready: Vec::new(),
            out,
        }
    }

    fn file(&mut self, path: &Path) -> Result<(), Failure> {
        if is_stdin(path) {
            self.text(io::stdin().lock())
        } else {
            self.text(File::open(path).map_err(Failure::Read)?)
        }
    }

    /// Pumps one input to its end, which is the end of a text: its last line is judged without what the next input begins with.
    fn text(&mut self, mut input: impl Read) -> Result<(), Failure> {
        let end = loop {
            match input.read(&mut self.block) {
                Ok(0) => break Ok(()),
                Ok(length) => {
                    let chunk = self.block.get(..length).unwrap_or_default();
                    self.stream.push(chunk, &mut self.ready);
                    self.pass_on()?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Err(Failure::Read(error)),
            }
        };
        self.stream.finish(&mut self.ready);
        self.pass_on()?;
        end
    }

    /// Writes what is ready and flushes it, so that whoever waits for a line gets it; a block of many lines is still one write.
    fn pass_on(&mut self) -> Result<(), Failure> {
        let written = self.out.write_all(&self.ready);
        self.ready.clear();
        written
            .and_then(|()| self.out.flush())
            .map_err(Failure::Write)
    }
}

fn is_stdin(path: &Path) -> bool {
    // Not as paths, for which `-/` is the same as `-`.
    path.as_os_str() == OsStr::new(STDIN)
}

fn cannot_read(path: &Path, error: &io::Error) -> Exit {
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
fn cannot_write(error: &io::Error) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Done;
    }
    complain(&format!("standard output: {}", cause(error)));
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
