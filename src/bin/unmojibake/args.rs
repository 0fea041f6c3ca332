//! The arguments: what may be given, what it means for the library, and the help text.
//!
//! The doc comments of [`Args`] are the help: the first paragraph is what `-h` shows, all of them are what `--help` shows.

use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use clap::{Parser, ValueEnum};
use unmojibake::{Codec, Options};

/// The file name that stands for standard input.
pub(crate) const STDIN: &str = "-";

/// More threads than there are processors in any machine that this is likely to run on.
const MOST_JOBS: usize = 1024;

/// Turn mojibake back into the text its author wrote; leave all other text alone.
///
/// Garbled text is repaired wherever it stands, line by line and within a line.
/// Everything else comes out byte for byte as it went in: sound text in any language, line ends, a byte
/// order mark, and bytes that are not UTF-8. Lines of a slow pipe come out as soon as they are there.
#[derive(Debug, Parser)]
#[command(version, args_override_self = true, after_long_help = AFTER)]
pub(crate) struct Args {
    /// Files to repair, in order; - is standard input.
    ///
    /// Each is a text of its own. What comes out goes to standard output.
    #[arg(value_name = "FILES", default_value = STDIN)]
    pub(crate) files: Vec<PathBuf>,

    /// What to do about characters of which bytes were lost.
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    lost: Lost,

    /// How much evidence a repair takes.
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    caution: Caution,

    /// Take off at most N layers [default: as many as there are].
    ///
    /// Text that was misread twice has two.
    #[arg(long, value_name = "N", value_parser = layers, allow_negative_numbers = true)]
    layers: Option<usize>,

    /// Repair only what was misread as one of these codecs [default: all].
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', long_help = codec_help())]
    codec: Vec<Codec>,

    /// Repair in N threads; 0: one for each processor [default: 1].
    ///
    /// They share in the lines of all files. What comes out is the same, and in the same order.
    #[arg(short, long, value_name = "N", value_parser = jobs, allow_negative_numbers = true)]
    jobs: Option<usize>,
}

/// [`unmojibake::Lost`], named as on the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Lost {
    /// Fill in where one character is all but certain; elsewhere put U+FFFD.
    #[default]
    Certain,
    /// Always fill in the best guess.
    Guess,
    /// Leave text that has lost bytes as it is.
    Keep,
}

impl From<Lost> for unmojibake::Lost {
    fn from(lost: Lost) -> unmojibake::Lost {
        match lost {
            Lost::Certain => unmojibake::Lost::Certain,
            Lost::Guess => unmojibake::Lost::Guess,
            Lost::Keep => unmojibake::Lost::Keep,
        }
    }
}

/// [`unmojibake::Caution`], named as on the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Caution {
    /// More of what is garbled stays: for text that is hardly ever garbled.
    Cautious,
    /// As much as leaves clean text alone.
    #[default]
    Normal,
    /// More is repaired, and more that was sound is spoilt: for text known to be garbled.
    Bold,
}

impl From<Caution> for unmojibake::Caution {
    fn from(caution: Caution) -> unmojibake::Caution {
        match caution {
            Caution::Cautious => unmojibake::Caution::Cautious,
            Caution::Normal => unmojibake::Caution::Normal,
            Caution::Bold => unmojibake::Caution::Bold,
        }
    }
}

impl Args {
    /// The library's options. Layers and codecs that are not given stay at the library's defaults, whatever those are.
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::new()
            .lost(self.lost.into())
            .caution(self.caution.into());
        if let Some(layers) = self.layers {
            options = options.layers(layers);
        }
        if !self.codec.is_empty() {
            options = options.codecs(self.codec.iter().copied().collect());
        }
        options
    }

    /// How many threads shall repair. By default one: a filter is one of several programs in a pipe, and the others want processors too.
    pub(crate) fn jobs(&self) -> usize {
        match self.jobs {
            Some(0) => thread::available_parallelism().map_or(1, NonZero::get),
            Some(jobs) => jobs,
            None => 1,
        }
    }
}

/// Not 0, of which nobody could tell whether it means none or no limit.
fn layers(text: &str) -> Result<usize, &'static str> {
    match text.parse() {
        Ok(layers) if layers > 0 => Ok(layers),
        _ => Err("not a whole number from 1 up"),
    }
}

/// What is more than [`MOST_JOBS`] is most likely a slip.
fn jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(jobs) if jobs <= MOST_JOBS => Ok(jobs),
        _ => Err(format!("not a whole number from 0 to {MOST_JOBS}")),
    }
}

/// Names the codecs as the library knows them, so the help is never behind.
fn codec_help() -> String {
    format!(
        "Repair only what was misread as one of these codecs [default: all].\n\n\
         Give several with commas between them, or the option more than once. Known are {}.",
        Codec::ALL.map(Codec::label).join(", ")
    )
}

// In: Itâ€™s a cafÃ©. Out: It’s a café.
const AFTER: &str = "\
Example:
  It\u{E2}\u{20AC}\u{2122}s a caf\u{C3}\u{A9}.  becomes  It\u{2019}s a caf\u{E9}.

  unmojibake post.md > repaired.md        repair a file
  tail -f chat.log | unmojibake           each line as it comes
  unmojibake --codec cp437,cp850 old.txt  only what DOS code pages garbled
  unmojibake -j 0 huge.txt | gzip > z.gz  with all processors
  unmojibake -- -name.txt                 a file whose name begins with -

Exit codes:
  0  done
  2  an error: something could not be read or written, or a wrong option";
