//! The arguments: what may be given, what it means for the library, and the help text.
//!
//! The doc comments of [`Args`] are the help: the first paragraph is what `-h` shows, all of them are what `--help` and the man page show. It needs nothing but
//! clap and the library, since `tests/assets.rs` makes the man page and the completions of it.

mod clean_ups;
mod help;
mod legacy;
mod values;

use std::ffi::{OsStr, OsString};
use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use clap::{ArgGroup, CommandFactory, Parser, error::ErrorKind};
use encoding_rs::Encoding;
use unmojibake::{Codec, Layer, Options};

use clean_ups::CleanUps;
use legacy::Legacy;
use values::{Caution, Holes, Invalid, Lost, Nbsp};
pub(crate) use values::{Color, Form, Format};

/// The file name that stands for standard input.
pub(crate) const STDIN: &str = "-";

/// Turn mojibake back into the text its author wrote; leave all other text alone.
///
/// Garbled text is repaired wherever it stands, line by line and within a line.
/// Everything else comes out byte for byte as it went in: sound text in any language, line ends, a byte
/// order mark, and bytes that are not UTF-8. Lines of a slow pipe come out as soon as they are there.
///
/// Without a mode, it is a filter: what is read goes to standard output, repaired.
#[derive(Debug, Parser)]
#[command(
    version,
    args_override_self = true,
    after_long_help = help::AFTER,
    group = ArgGroup::new("mode"),
)]
pub(crate) struct Args {
    /// Files to repair, in order; - is standard input, as is none.
    ///
    /// Each is a text of its own, and is taken whatever it holds; UTF-16 text too if it begins with a byte order mark, and is written back so; places in it are told as in UTF-8. All modes but the filter take folders too, and look at
    /// the files in them but binary and hidden ones, and those that .gitignore, .ignore or .unmojibakeignore leaves out. What .unmojibakeignore leaves out is left out
    /// by these modes if it is named, too.
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,

    /// Repair files in place; with SUFFIX, keep backups.
    ///
    /// A repaired file replaces the old one at one blow, with its permissions; whatever happens, there is the one or the other. As by sed -i, a read-only
    /// file in a folder that may be written is replaced too, and a file of several names (hard links) is a file of its own from then on. Symbolic links are
    /// followed, and stay. A file without mojibake is not touched, nor is one that holds NULs and is not UTF-8, such as a picture. As with sed, * in SUFFIX stands for the file name, and -i.bak is short for --in-place=.bak.
    #[arg(short, long, group = "mode", value_name = "SUFFIX", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    in_place: Option<OsString>,

    /// Tell where there is mojibake; exit 1 if anywhere.
    ///
    /// A line for each edit, FILE:LINE:COLUMN: "garbled" -> "repaired" (codec; what was lost), and a summary on standard error. Columns count characters, from 1. Of
    /// several layers the one that came first is named first. What was lost has been put back.
    #[arg(long, group = "mode")]
    check: bool,

    /// Name the files with mojibake; exit 1 if any.
    #[arg(short, long, group = "mode")]
    list: bool,

    /// Show a patch that repairs; exit 1 if there is one.
    ///
    /// It is a unified diff for patch -p1 or git apply. What is UTF-16 or compressed is passed over: no patch is for that.
    #[arg(long, group = "mode")]
    diff: bool,

    /// Count the edits in each file; exit 1 if any.
    ///
    /// A line for each file, FILE:N, also where there are none; N alone for standard input. The sum is told on standard error.
    #[arg(long, group = "mode")]
    count: bool,

    /// Sum up what was found: codecs, losses, samples.
    #[arg(long, group = "mode")]
    explain: bool,

    /// Name each character; repair nothing.
    ///
    /// A line for each: code point, category, name, and the character itself if it can be seen. Of bytes that are not UTF-8, a line for each byte.
    #[arg(long, group = "mode", hide_short_help = true, conflicts_with_all = ["glob", "hidden", "no_ignore", "json", "csv", "tsv", "jobs", "clean", "fix", "unescape", "normalize"])]
    describe: bool,

    /// Repair file names; a dry run without --rename.
    ///
    /// Of FILES, and of all that is in those that are folders but .git; without FILES, of the paths that standard input lists, a line each, or with -0 a record each. "OLD" -> "NEW" is written for
    /// each. Of a path, the last name is repaired. A name that is there already is not given again; that is told, with exit code 2.
    #[arg(long, group = "mode", conflicts_with_all = ["glob", "hidden", "no_ignore", "jobs", "json", "csv", "tsv", "encoding", "to", "compressed", "no_directives", "clean", "fix", "unescape", "normalize"])]
    names: bool,

    /// With --names, rename, and write a list for --undo.
    #[arg(long, requires = "names", hide_short_help = true)]
    rename: bool,

    /// With --rename, the list to write.
    ///
    /// A new file; by default unmojibake-undo.jsonl in the current folder, or that with a number if it is there.
    #[arg(long, value_name = "LIST", requires = "rename", hide_short_help = true)]
    undo_list: Option<PathBuf>,

    /// Take back what --rename has done, by its list.
    #[arg(long, group = "mode", value_name = "LIST", hide_short_help = true, conflicts_with_all = ["files", "glob", "hidden", "no_ignore", "jobs", "json", "csv", "tsv", "encoding", "to", "compressed", "null_data", "no_directives", "clean", "fix", "unescape", "normalize"])]
    undo: Option<PathBuf>,

    /// How --check tells it: text, json, sarif or github.
    #[arg(long, value_enum, value_name = "FORMAT", requires = "check", conflicts_with_all = ["in_place", "list", "diff", "count", "explain", "describe", "guess"], default_value_t, hide_possible_values = true, hide_default_value = true, long_help = help::FORMAT)]
    format: Format,

    /// Write to FILE, which may be one of the inputs.
    ///
    /// FILE is replaced at one blow when all is read; it stays as it is if something could not be.
    #[arg(short, long, value_name = "FILE", conflicts_with = "mode")]
    output: Option<PathBuf>,

    /// Colour for --diff and --explain: auto, always or never.
    ///
    /// By default where they go to a terminal, unless the environment variable NO_COLOR is set.
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        hide_possible_values = true,
        hide_short_help = true,
        hide_default_value = true
    )]
    color: Color,

    /// No summary, no progress bar.
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Name each file that is looked at or passed over.
    #[arg(short, long)]
    verbose: bool,

    /// Only what was misread as these [default: all].
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', long_help = help::codec())]
    codec: Vec<Codec>,

    /// The text is known to be misread as this one.
    ///
    /// Only that codec is thought of, and what is doubtful is repaired: short for --codec NAME --caution bold.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["codec", "caution"])]
    assume: Option<Codec>,

    /// Take off at most N layers [default: all].
    ///
    /// Text that was misread twice has two.
    #[arg(long, value_name = "N", value_parser = values::layers, allow_negative_numbers = true)]
    layers: Option<usize>,

    /// Lost bytes: certain (default), guess or keep.
    #[arg(long, value_enum, value_name = "HOW", default_value_t, hide_possible_values = true, hide_default_value = true, long_help = help::LOST)]
    lost: Lost,

    /// Evidence it takes: cautious, normal or bold.
    #[arg(long, value_enum, value_name = "HOW", default_value_t, hide_possible_values = true, hide_short_help = true, hide_default_value = true, long_help = help::CAUTION)]
    caution: Caution,

    /// Not UTF-8: keep, replace, windows-1252 or error.
    #[arg(long, value_enum, value_name = "HOW", default_value_t, hide_possible_values = true, hide_default_value = true, long_help = help::INVALID)]
    invalid: Invalid,

    /// JSON or JSON lines: strings are repaired.
    ///
    /// Values and keys, each by itself, whose escapes are understood: "\\u00c3\\u00b3timo" comes out as "ótimo". What is not repaired stays byte for byte. Of JSON lines, one that
    /// is not JSON passes through; a document ends where it is not JSON. Both are told of by line and column, with exit code 2. --in-place does not
    /// replace such a document. Values may follow each other in any way, as jq has it. Of folders, --glob '*.json' takes what is JSON.
    #[arg(long, conflicts_with = "no_directives")]
    json: bool,

    /// CSV: fields are repaired, each by itself.
    ///
    /// So one field's garble does not speak for another. What is between fields, the first line tells: the most frequent of , ; | and tabs. Fields may be in quotes, with line ends and
    /// doubled quotes in them. Only repaired fields change, which are in quotes if they were. A field of more than 1 MiB stays as it is.
    #[arg(long, hide_short_help = true, conflicts_with_all = ["no_directives", "json", "tsv"])]
    csv: bool,

    /// As --csv, with tabs between fields.
    #[arg(long, hide_short_help = true, conflicts_with_all = ["no_directives", "json", "delimiter"])]
    tsv: bool,

    /// With --csv, what is between fields; \t is a tab.
    #[arg(long, value_name = "CHAR", requires = "csv", hide_short_help = true, value_parser = values::delimiter)]
    delimiter: Option<u8>,

    /// Records end in NUL.
    ///
    /// As by find -print0 and sort -z. A record is repaired by itself, as a line is, and comes out as soon as it is there; line ends in it stay.
    #[arg(short = '0', long, hide_short_help = true, conflicts_with_all = ["json", "csv", "tsv"])]
    null_data: bool,

    /// What is read is in the encoding LABEL [default: UTF-8].
    ///
    /// Such as utf-16le, windows-1251 or shift_jis, by any name that web pages may give it. What is written is UTF-8, if --to does not say otherwise. Without this, UTF-16 with a byte
    /// order mark is read, and written back, as that; UTF-16 without one is refused. Not for --in-place, nor for --diff.
    #[arg(long, value_name = "LABEL", hide_short_help = true, value_parser = values::encoding, conflicts_with_all = ["in_place", "diff"])]
    encoding: Option<&'static Encoding>,

    /// Write in the encoding LABEL.
    ///
    /// A text ends before a character that the encoding does not have, with exit code 2; the other files are done all the same. A byte order mark goes if it does not have that.
    #[arg(long, value_name = "LABEL", hide_short_help = true, value_parser = values::encoding, conflicts_with = "mode")]
    to: Option<&'static Encoding>,

    /// Compressed files are written compressed.
    ///
    /// Gzip and zstd are known by their first bytes, and what is in them is read; what is written is plain without this. In place, they are repaired only with this. Folders are
    /// searched for them only with this, too.
    #[arg(short = 'z', long, hide_short_help = true, conflicts_with = "diff")]
    compressed: bool,

    /// Garble the text instead: UTF-8, read as --codec.
    ///
    /// For samples and demonstrations. The codecs of --codec come on in turn, in the order given, by default Windows-1252 alone; --layers says how many layers that makes, by default one
    /// for each codec. Each line is garbled by itself. Bytes that are not UTF-8 stay.
    #[arg(long, hide_short_help = true, conflicts_with_all = ["mode", "json", "csv", "tsv", "assume", "lost", "caution", "invalid", "no_directives", "jobs", "clean", "fix", "unescape", "normalize"])]
    garble: bool,

    /// With --garble, what undefined bytes become.
    ///
    /// browser, the C1 control of the same number, or U+FFFD where there is none (default); c1, that control or an error; drop, nothing; replace, U+FFFD; or question-mark.
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        requires = "garble",
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true,
        hide_short_help = true
    )]
    holes: Holes,

    /// With --garble, no-break spaces: keep, space or strip.
    ///
    /// Whether they stay (default), become spaces, or vanish, in each layer.
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        requires = "garble",
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true,
        hide_short_help = true
    )]
    nbsp: Nbsp,

    /// With --garble, UTF-8 is CESU-8.
    ///
    /// Characters beyond U+FFFF, such as emoji, are written as two surrogates of three bytes each.
    #[arg(long, requires = "garble", hide_short_help = true)]
    cesu8: bool,

    /// Repair lines that say unmojibake: ignore, too.
    ///
    /// Otherwise a line that holds "unmojibake: ignore" stays as it is, and so do the lines from one that holds "unmojibake: off" to one that holds
    /// "unmojibake: on". In a line of more than 64 KiB this holds from where the line says so, or some KiB before.
    #[arg(long, hide_short_help = true)]
    no_directives: bool,

    /// Only these files in folders; !GLOB: not these.
    ///
    /// As in .gitignore, *.txt matches in any folder. Give several by giving the option more than once.
    #[arg(long, value_name = "GLOB", requires = "mode")]
    glob: Vec<String>,

    /// In folders, hidden files too, but never .git.
    #[arg(long, requires = "mode", hide_short_help = true)]
    hidden: bool,

    /// Whatever .gitignore, .ignore and .unmojibakeignore say.
    #[arg(long, requires = "mode", hide_short_help = true)]
    no_ignore: bool,

    /// Repair in N threads; 0: one for each processor.
    ///
    /// By default the filter has one, and the other modes have one for each processor. The threads of the filter share in the lines of all files, those of the other modes in
    /// the files. What comes out is the same, and in the same order.
    #[arg(short, long, value_name = "N", value_parser = values::jobs, allow_negative_numbers = true)]
    jobs: Option<usize>,

    #[command(flatten)]
    clean_ups: CleanUps,

    #[command(flatten)]
    legacy: Legacy,
}

/// What is to be done.
pub(crate) enum Mode {
    /// Write what is repaired, to a file if one is named.
    Filter(Option<PathBuf>),
    /// List characters.
    Describe,
    /// Rank pairs of legacy codecs.
    Guess,
    /// Repair names, not what is in files.
    Names(Rename),
    /// Take back what is in a list.
    Undo(PathBuf),
    /// Take files one by one.
    Each(Task),
}

/// Whether files are renamed.
#[derive(Clone, Debug)]
pub(crate) enum Rename {
    /// It is only told what would be.
    Dry,
    /// They are, and a list is written, for which there may be a name.
    Real { list: Option<PathBuf> },
}

/// What is to be done with each file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Replace it, and keep the old one under a name with this suffix, if it is not empty.
    Repair(OsString),
    Check(Format),
    List,
    Diff,
    Count,
    Explain,
}

impl Args {
    /// Reads the command line.
    pub(crate) fn read() -> Result<Args, clap::Error> {
        let args = Args::try_parse_from(with_long_suffix(std::env::args_os()))?;
        match args.contradiction() {
            None => Ok(args),
            Some(message) => Err(Args::command().error(ErrorKind::ArgumentConflict, message)),
        }
    }

    /// What does not go together, though each part goes with others.
    fn contradiction(&self) -> Option<&'static str> {
        self.legacy
            .contradiction()
            .or_else(|| self.contradiction_of_form())
    }

    fn contradiction_of_form(&self) -> Option<&'static str> {
        self.form()?;
        let filter = matches!(self.mode(), Mode::Filter(_));
        if filter && self.jobs.is_some() {
            return Some(
                "--jobs is for lines, or files: a text of another form is read in order, by one thread",
            );
        }
        self.refuses_invalid().then_some(
            "--invalid error is for lines; in other forms, --invalid keep, replace or windows-1252",
        )
    }

    /// What the text is read as, if not as lines.
    pub(crate) fn form(&self) -> Option<Form> {
        let table = |delimiter| Form::Table { delimiter };
        self.json
            .then_some(Form::Json)
            .or(self.csv.then(|| table(self.delimiter)))
            .or(self.tsv.then(|| table(Some(b'\t'))))
    }

    pub(crate) fn mode(&self) -> Mode {
        if self.describe {
            return Mode::Describe;
        }
        if self.legacy.guess {
            return Mode::Guess;
        }
        let task = match &self.in_place {
            Some(suffix) => Task::Repair(suffix.clone()),
            None if self.check => Task::Check(self.format),
            None if self.list => Task::List,
            None if self.diff => Task::Diff,
            None if self.count => Task::Count,
            None if self.explain => Task::Explain,
            None => return self.mode_without_task(),
        };
        Mode::Each(task)
    }

    fn mode_without_task(&self) -> Mode {
        match &self.undo {
            Some(list) => Mode::Undo(list.clone()),
            None if self.rename => Mode::Names(Rename::Real {
                list: self.undo_list.clone(),
            }),
            None if self.names => Mode::Names(Rename::Dry),
            None => Mode::Filter(self.output.clone()),
        }
    }

    /// The files and folders; none stands for standard input.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// What is to be read: the files and folders, or standard input.
    pub(crate) fn inputs(&self) -> Vec<PathBuf> {
        match self.files() {
            [] => vec![PathBuf::from(STDIN)],
            paths => paths.to_vec(),
        }
    }

    /// The library's options. Layers and codecs that are not given stay at the library's defaults, whatever those are.
    pub(crate) fn options(&self) -> Options {
        let mut options = self
            .clean_ups
            .options()
            .lost(self.lost.into())
            .caution(self.caution.into())
            .invalid(self.invalid.into());
        if let Some(layers) = self.layers {
            options = options.layers(layers);
        }
        if let Some(codec) = self.assume {
            let codecs = [codec].into_iter().collect();
            return options.codecs(codecs).caution(unmojibake::Caution::Bold);
        }
        if !self.codec.is_empty() {
            options = options.codecs(self.codec.iter().copied().collect());
        }
        options
    }

    /// What is to be done in place of the repair, if the text never was UTF-8.
    pub(crate) fn legacy(&self) -> Option<unmojibake::Legacy> {
        self.legacy.pair()
    }

    pub(crate) fn has_records(&self) -> bool {
        self.null_data
    }

    pub(crate) fn encoding(&self) -> Option<&'static Encoding> {
        self.encoding
    }

    pub(crate) fn to(&self) -> Option<&'static Encoding> {
        self.to
    }

    pub(crate) fn packs(&self) -> bool {
        self.compressed
    }

    /// The layers to garble the text by, if that is asked for.
    pub(crate) fn layers_to_lay_on(&self) -> Option<Vec<Layer>> {
        let codecs = match &self.codec[..] {
            [] => &[Codec::Windows1252],
            codecs => codecs,
        };
        let layer = |&codec| {
            Layer::new(codec)
                .holes(self.holes.into())
                .nbsp(self.nbsp.into())
                .cesu8(self.cesu8)
        };
        let count = self.layers.unwrap_or(codecs.len());
        let layers = || codecs.iter().map(layer).cycle().take(count).collect();
        self.garble.then(layers)
    }

    /// Whether bytes that are not UTF-8 are an error.
    pub(crate) fn refuses_invalid(&self) -> bool {
        self.invalid == Invalid::Error
    }

    pub(crate) fn obeys_directives(&self) -> bool {
        !self.no_directives && !self.garble
    }

    pub(crate) fn globs(&self) -> &[String] {
        &self.glob
    }

    pub(crate) fn takes_hidden(&self) -> bool {
        self.hidden
    }

    pub(crate) fn obeys_ignore_files(&self) -> bool {
        !self.no_ignore
    }

    pub(crate) fn color(&self) -> Color {
        self.color
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    pub(crate) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// How many threads shall repair. By default a filter has one: it is one of several programs in a pipe, and the others want processors too.
    pub(crate) fn jobs(&self) -> usize {
        match self.jobs {
            None if matches!(self.mode(), Mode::Filter(_)) => 1,
            Some(0) | None => thread::available_parallelism().map_or(1, NonZero::get),
            Some(jobs) => jobs,
        }
    }
}

/// Writes `-i.bak`, as it is said to sed, as `--in-place=.bak`: to clap, `.` would be one more flag. A letter behind `-i` is one.
fn with_long_suffix(args: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let mut options = true;
    args.map(move |arg| {
        options = options && arg != "--";
        match arg.to_str().and_then(|arg| arg.strip_prefix("-i")) {
            Some(suffix) if options && suffix.starts_with(['.', '~', '_', '*', '+', '#']) => {
                let mut long = OsString::from("--in-place=");
                long.push(OsStr::new(suffix));
                long
            }
            _ => arg,
        }
    })
}
