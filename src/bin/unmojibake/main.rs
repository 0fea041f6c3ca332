//! The filter: opens the inputs, takes them through the library to standard output, and tells by its exit code how it went.
//!
//! It is one more user of the public API. What belongs here: files, pipes, threads and messages. What does not: anything about text;
//! and what the arguments mean, which is [`args`]'s business.
//!
//! A [`block::Block`] is read by [`input`], repaired, and written. Of a block that stays as it is nothing is copied on this way.

mod args;
mod block;
mod exit;
mod input;
mod jobs;
mod message;

use std::io::{self, StdoutLock, Write};
use std::process::ExitCode;

use clap::Parser;
use unmojibake::Repairer;

use args::Args;
use block::Block;
use exit::Exit;
use input::Input;

fn main() -> ExitCode {
    match Args::try_parse() {
        Ok(args) => filter(args),
        Err(answer) => say(&answer),
    }
    .into()
}

/// Prints what clap has to say in place of a run: help, the version, or what is wrong with the arguments.
fn say(answer: &clap::Error) -> Exit {
    match answer.print() {
        _ if answer.use_stderr() => Exit::Error,
        Ok(()) => Exit::Done,
        Err(error) => message::cannot_write(&error),
    }
}

/// Repairs the files in order. One that cannot be read does not keep the others from being done.
fn filter(args: Args) -> Exit {
    let repairer = Repairer::new(args.options());
    let jobs = args.jobs();
    let input = Input::new(args.files);
    if jobs > 1 {
        jobs::repair(jobs, repairer, input)
    } else {
        repair(&repairer, input)
    }
}

/// All in one thread: what is read is repaired and written before more is read.
fn repair(repairer: &Repairer, mut input: Input) -> Exit {
    let mut out = io::stdout().lock();
    let mut block = Block::new();
    let mut exit = Exit::Done;
    while let Some(read) = input.next(&mut block) {
        match read {
            Ok(()) => {
                let repaired = repairer.repair_bytes(block.text());
                if let Err(error) = write(&repaired, &mut out) {
                    return exit.max(message::cannot_write(&error));
                }
            }
            Err(failed) => exit = exit.max(message::cannot_read(&failed)),
        }
    }
    exit
}

/// Writes and flushes, so that whoever waits for a line gets it; a block of many lines is still one write.
fn write(text: &[u8], out: &mut StdoutLock<'_>) -> io::Result<()> {
    out.write_all(text)?;
    out.flush()
}
