//! The clean-ups besides the repair: which may be asked for, and what that means for the library.

use clap::{Args, ValueEnum};
use unmojibake::{Entities, Normalization, Options};

use super::help;

#[derive(Debug, Args)]
pub(super) struct CleanUps {
    /// Clean up as ftfy does; --help tells what else.
    ///
    /// That is what its fix_text does by default: all of --fix, and --normalize nfc.
    #[arg(long)]
    clean: bool,

    /// Clean up these.
    #[arg(long, value_enum, value_name = "NAME,...", value_delimiter = ',', hide_possible_values = true, hide_short_help = true, long_help = help::FIX)]
    fix: Vec<Fix>,

    /// What --clean does, but not these.
    ///
    /// The names are those of --fix; --normalize none turns normalization off.
    #[arg(
        long,
        value_enum,
        value_name = "NAME,...",
        value_delimiter = ',',
        hide_possible_values = true,
        hide_short_help = true,
        requires = "clean"
    )]
    except: Vec<Fix>,

    /// Escapes to resolve: html, json, percent, qp.
    #[arg(long, value_enum, value_name = "KIND,...", value_delimiter = ',', hide_possible_values = true, hide_short_help = true, long_help = help::UNESCAPE)]
    unescape: Vec<Escape>,

    /// Unicode's form: none, nfc, nfd, nfkc or nfkd.
    ///
    /// nfkc and nfkd also replace what is only another look of a character: a superscript 2 by a 2.
    #[arg(
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true,
        hide_short_help = true
    )]
    normalize: Option<Form>,
}

/// What may be done by itself, named as the library's steps are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Fix {
    Surrogates,
    TerminalEscapes,
    ControlCharacters,
    Bom,
    Entities,
    C1,
    Ligatures,
    Width,
    Quotes,
    LineBreaks,
}

impl Fix {
    fn set(self, options: Options, on: bool) -> Options {
        match self {
            Fix::Surrogates => options.surrogates(on),
            Fix::TerminalEscapes => options.terminal_escapes(on),
            Fix::ControlCharacters => options.control_characters(on),
            Fix::Bom => options.bom(on),
            Fix::Entities => options.entities(match on {
                true => Entities::Auto,
                false => Entities::Keep,
            }),
            Fix::C1 => options.c1(on),
            Fix::Ligatures => options.ligatures(on),
            Fix::Width => options.width(on),
            Fix::Quotes => options.quotes(on),
            Fix::LineBreaks => options.line_breaks(on),
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Escape {
    Html,
    Json,
    Percent,
    Qp,
}

/// [`Normalization`], named as on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    None,
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

impl From<Form> for Normalization {
    fn from(form: Form) -> Normalization {
        match form {
            Form::None => Normalization::None,
            Form::Nfc => Normalization::Nfc,
            Form::Nfd => Normalization::Nfd,
            Form::Nfkc => Normalization::Nfkc,
            Form::Nfkd => Normalization::Nfkd,
        }
    }
}

impl CleanUps {
    /// The library's defaults with these.
    pub(super) fn options(&self) -> Options {
        let mut options = match self.clean {
            true => Options::text(),
            false => Options::new(),
        };
        for fix in &self.except {
            options = fix.set(options, false);
        }
        for fix in &self.fix {
            options = fix.set(options, true);
        }
        for escape in &self.unescape {
            options = match escape {
                Escape::Html => options.entities(Entities::Always),
                Escape::Json => options.json_escapes(true),
                Escape::Percent => options.percent_escapes(true),
                Escape::Qp => options.quoted_printable(true),
            };
        }
        match self.normalize {
            Some(form) => options.normalization(form.into()),
            None => options,
        }
    }
}
