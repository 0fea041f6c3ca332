//! Ranks the pairs of codecs that a text could have been written in and read as, and the plain repair among them.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use unmojibake::{LegacyGuess, find, guess_legacy, repair};

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
                if let Err(error) = tell(named.then_some(path), &text) {
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

fn tell(path: Option<&Path>, text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if let Some(path) = path {
        writeln!(out, "{}:", name::lossy(path))?;
    }
    let mut ways: Vec<Way> = guess_legacy(text).into_iter().map(Way::of).collect();
    // Who asks may not know that mojibake needs no pair.
    ways.extend(Way::plain(text));
    ways.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    if ways.is_empty() {
        writeln!(out, "No pair makes this text more natural.")?;
    }
    for way in ways.iter().take(MOST) {
        let shown = way.line.chars().filter(|c| !c.is_control()).take(SHOWN);
        writeln!(out, "{:.0} nats more natural {}", way.gain, way.how)?;
        writeln!(out, "    {}", shown.collect::<String>())?;
    }
    out.flush()
}

/// What may be done to a text.
struct Way {
    /// By how much more natural the text gets, in nats.
    gain: f32,
    how: String,
    /// A line as it is then.
    line: String,
}

impl Way {
    fn of(guess: LegacyGuess) -> Way {
        let (from, written_in) = (guess.legacy.read_as, guess.legacy.written_in);
        let left = match guess.left {
            0 => String::new(),
            left => format!(", which has no byte for {left} characters"),
        };
        Way {
            gain: guess.gain,
            how: format!("by --from {from} --as {written_in}{left}"),
            line: guess.text.lines().next().unwrap_or_default().to_owned(),
        }
    }

    /// The repair, if it changes anything.
    fn plain(text: &str) -> Option<Way> {
        // Each edit of a line has the weight of all of them.
        let gain = |line| find(line).map(|edit| edit.evidence).max();
        let gain: u32 = text.lines().filter_map(gain).sum();
        let mut repaired = text.lines().map(repair);
        let line = repaired.find(|line| matches!(line, Cow::Owned(_)))?;
        Some(Way {
            gain: gain as f32,
            how: "by the plain repair, without a pair".to_owned(),
            line: line.into_owned(),
        })
    }
}
