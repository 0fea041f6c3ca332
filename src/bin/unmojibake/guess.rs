//! Ranks the pairs of codecs that a text could have been written in and read as.

use std::io::{self, Write};
use std::path::Path;

use unmojibake::{LegacyGuess, guess_legacy};

use crate::args::Args;
use crate::exit::Exit;
use crate::input::Unreadable;
use crate::input::block::Block;
use crate::input::text::{Rules, Text};
use crate::message;
use crate::report::name;

/// How much of a text is looked at, in bytes, or little more.
const SAMPLE: usize = 16 * 1024;

/// How many pairs are told.
const MOST: usize = 5;

/// How much of the text is shown by each.
const SHOWN: usize = 60;

pub(crate) fn run(args: &Args) -> Exit {
    let paths = args.inputs();
    let mut exit = Exit::Done;
    for path in &paths {
        match sample(path, Rules::new(args)) {
            Ok(text) => {
                let named = paths.len() > 1;
                if let Err(error) = tell(named.then_some(path), &guess_legacy(&text)) {
                    return exit.max(message::cannot_write(None, &error));
                }
            }
            Err(error) => {
                let path = path.clone();
                exit = exit.max(message::cannot_read(&Unreadable { path, error }));
            }
        }
    }
    exit
}

/// The lines that a text begins with, as far as they are UTF-8 and have something beyond ASCII, which is all that tells.
fn sample(path: &Path, rules: Rules) -> io::Result<String> {
    let mut text = Text::open(path, rules)?;
    let mut block = Block::new();
    let mut sample = String::new();
    while sample.len() < SAMPLE && text.next(&mut block)? {
        let lines = block.text().split_inclusive(|&byte| byte == b'\n');
        for line in lines.filter(|line| !line.is_ascii()) {
            let line = String::from_utf8_lossy(line);
            let room = SAMPLE.saturating_sub(sample.len());
            sample.extend(line.chars().take(room));
        }
    }
    Ok(sample)
}

fn tell(path: Option<&Path>, guesses: &[LegacyGuess]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if let Some(path) = path {
        writeln!(out, "{}:", name::lossy(path))?;
    }
    if guesses.is_empty() {
        writeln!(out, "No pair makes this text more natural.")?;
    }
    for guess in guesses.iter().take(MOST) {
        let (from, written_in) = (guess.legacy.read_as, guess.legacy.written_in);
        write!(
            out,
            "{:.0} nats more natural by --from {from} --as {written_in}",
            guess.gain
        )?;
        match guess.left {
            0 => writeln!(out)?,
            left => writeln!(out, ", which has no byte for {left} characters")?,
        }
        let line = guess.text.lines().next().unwrap_or_default();
        let shown: String = line
            .chars()
            .filter(|c| !c.is_control())
            .take(SHOWN)
            .collect();
        writeln!(out, "    {shown}")?;
    }
    out.flush()
}
