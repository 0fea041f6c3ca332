//! The program: files and pipes on one side, the library on the other, and an exit code that tells how it went.
//!
//! It is one more user of the public API. What belongs here: files, folders, pipes, threads, messages, and how findings are told. What does not: anything about how text is repaired;
//! and what the arguments mean, which is [`args`]'s business.
//!
//! There are two ways through it. The [`filter`] takes all [`input`] as one stream, by [`jobs`] if there are several: a block is read, repaired, and written. Text of another [`form`] than lines it takes
//! in order. The other modes [`survey`] the files one by one: [`each`] hands them to threads, which do their [`work`] and have news of it, such as a [`finding`], and a [`report`] tells those. But
//! [`describe`] and [`guess`] repair nothing, and [`names`] are repaired without a look into files.

mod args;

mod describe;
mod filter;
mod form;
mod garbler;
mod guess;
mod jobs;

mod names;

mod each;
mod escape;
mod finding;
mod report;
mod survey;
mod work;

mod exit;
mod input;
mod message;
mod progress;
mod replacement;

use std::process::ExitCode;

use args::{Args, Mode};
use exit::Exit;

fn main() -> ExitCode {
    match Args::read() {
        Ok(args) => run(&args),
        Err(answer) => say(&answer),
    }
    .into()
}

fn run(args: &Args) -> Exit {
    match args.mode() {
        Mode::Filter(output) => filter::run(args, output),
        Mode::Describe => describe::run(args),
        Mode::Guess => guess::run(args),
        Mode::Names(rename) => names::run(args, rename),
        Mode::Undo(list) => names::undo(args, &list),
        Mode::Each(task) => survey::run(args, &task),
    }
}

/// Prints what clap has to say in place of a run: help, the version, or what is wrong with the arguments.
fn say(answer: &clap::Error) -> Exit {
    match answer.print() {
        _ if answer.use_stderr() => Exit::Error,
        Ok(()) => Exit::Done,
        Err(error) => message::cannot_write(None, &error),
    }
}
