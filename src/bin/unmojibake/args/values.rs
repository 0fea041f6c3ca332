//! What options may be set to, and how it is read.

use clap::ValueEnum;
use encoding_rs::Encoding;

/// More threads than there are processors in any machine that this is likely to run on.
const MOST_JOBS: usize = 1024;

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line for people and editors.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
    /// One SARIF document, for services that collect what scanners find.
    Sarif,
    /// Workflow commands, which GitHub shows beside the lines.
    Github,
}

/// What a text is read as, if not as lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// JSON, or JSON lines.
    Json,
    /// Fields in rows, with this between them; what that is, the first line tells if it is not said.
    Table { delimiter: Option<u8> },
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// [`unmojibake::Lost`], named as on the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Lost {
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

/// [`unmojibake::Holes`], named as on the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Holes {
    /// The C1 control of the same number, or U+FFFD where there is none.
    #[default]
    Browser,
    /// The C1 control of the same number; where there is none is an error.
    C1,
    /// Nothing.
    Drop,
    /// U+FFFD.
    Replace,
    /// ?.
    QuestionMark,
}

impl From<Holes> for unmojibake::Holes {
    fn from(holes: Holes) -> unmojibake::Holes {
        match holes {
            Holes::Browser => unmojibake::Holes::Browser,
            Holes::C1 => unmojibake::Holes::C1,
            Holes::Drop => unmojibake::Holes::Dropped,
            Holes::Replace => unmojibake::Holes::Replaced,
            Holes::QuestionMark => unmojibake::Holes::QuestionMark,
        }
    }
}

/// [`unmojibake::Nbsp`], named as on the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Nbsp {
    /// They stay.
    #[default]
    Keep,
    /// They become spaces.
    Space,
    /// They vanish.
    Strip,
}

impl From<Nbsp> for unmojibake::Nbsp {
    fn from(nbsp: Nbsp) -> unmojibake::Nbsp {
        match nbsp {
            Nbsp::Keep => unmojibake::Nbsp::Kept,
            Nbsp::Space => unmojibake::Nbsp::Space,
            Nbsp::Strip => unmojibake::Nbsp::Stripped,
        }
    }
}

/// [`unmojibake::Caution`], named as on the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Caution {
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

/// [`unmojibake::Invalid`], and one that the library has not: there is no error in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Invalid {
    /// They stay as they are.
    #[default]
    Keep,
    /// U+FFFD stands for each malformed sequence.
    Replace,
    /// Each becomes the character that it is in Windows-1252.
    #[value(name = "windows-1252")]
    Windows1252,
    /// They end the text.
    Error,
}

impl From<Invalid> for unmojibake::Invalid {
    fn from(invalid: Invalid) -> unmojibake::Invalid {
        match invalid {
            Invalid::Keep | Invalid::Error => unmojibake::Invalid::Keep,
            Invalid::Replace => unmojibake::Invalid::Replace,
            Invalid::Windows1252 => unmojibake::Invalid::Windows1252,
        }
    }
}

/// An encoding by one of its labels.
pub(super) fn encoding(label: &str) -> Result<&'static Encoding, &'static str> {
    Encoding::for_label_no_replacement(label.as_bytes()).ok_or(
        "no encoding that is known; such are utf-8, utf-16le, windows-1252, shift_jis, gb18030",
    )
}

/// A character that may be between fields.
pub(super) fn delimiter(text: &str) -> Result<u8, &'static str> {
    match text.as_bytes() {
        b"\\t" => Ok(b'\t'),
        [b'"' | b'\r' | b'\n'] => Err("that means something else in a table"),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("not one ASCII character, or \\t for a tab"),
    }
}

/// Not 0, of which nobody could tell whether it means none or no limit.
pub(super) fn layers(text: &str) -> Result<usize, &'static str> {
    match text.parse() {
        Ok(layers) if layers > 0 => Ok(layers),
        _ => Err("not a whole number from 1 up"),
    }
}

/// What is more than [`MOST_JOBS`] is most likely a slip.
pub(super) fn jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(jobs) if jobs <= MOST_JOBS => Ok(jobs),
        _ => Err(format!("not a whole number from 0 to {MOST_JOBS}")),
    }
}
