//! What is done with a file by itself: a file here a kind of work.
//!
//! Each takes a text piece by piece, and tells [`News`] of it.

mod diff;
mod find;
mod in_place;

use std::ffi::OsString;
use std::io;

use unmojibake::Repairer;

use crate::args::Form;
use crate::finding::Finding;
use crate::form::Formed;
use crate::input::block::Block;
use crate::input::files::Listed;
use crate::input::source::{Source, Written};
use crate::input::text::{Kind, Rules, Text};
use crate::progress::Progress;

/// What there is to tell of a file.
pub(crate) enum News {
    /// Edits that would be made, in order.
    Found(Vec<Finding>),
    /// A part of the patch that would make them.
    Patch(Vec<u8>),
    /// It has been repaired.
    Repaired,
    /// Something is wrong in it, but it is worked on.
    Flaw(io::Error),
    /// That is all; so it is if one of the following is told.
    Done,
    /// It is not looked at, for a reason.
    PassedOver(&'static str),
    Unreadable(io::Error),
    Unwritable(io::Error),
}

impl News {
    /// Whether it says nothing that anybody waits for.
    pub(crate) fn may_wait(&self) -> bool {
        matches!(self, News::Done | News::PassedOver(_))
    }
}

/// Nobody wants to know.
pub(crate) struct Gone;

pub(crate) type Tell<'t> = dyn FnMut(News) -> Result<(), Gone> + 't;

/// What is to be done with each file.
pub(crate) enum Work {
    /// Find all that is to be repaired.
    Find,
    /// Find out whether there is anything.
    FindFirst,
    /// Make a patch, in colour or not.
    Diff { color: bool },
    /// Repair the file, and keep the old one under a name with this suffix, if it is not empty.
    Repair { suffix: OsString },
}

/// Why work on a file ends early.
enum Stop {
    Gone,
    /// Something to be told.
    News(News),
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Stop {
        Stop::Gone
    }
}

/// All that it takes to do the work. Shared by all threads.
pub(crate) struct Worker {
    pub(crate) work: Work,
    pub(crate) repairer: Repairer,
    pub(crate) rules: Rules,
    /// What the files are read as, if not as lines.
    pub(crate) form: Option<Form>,
    pub(crate) progress: Progress,
}

impl Worker {
    /// Does the work on a file.
    pub(crate) fn run(
        &self,
        file: &Listed,
        block: &mut Block,
        tell: &mut Tell<'_>,
    ) -> Result<(), Gone> {
        let done = match &self.work {
            Work::Find => find::run(self, file, usize::MAX, block, tell),
            Work::FindFirst => find::run(self, file, 1, block, tell),
            Work::Diff { color } => diff::run(self, file, *color, block, tell),
            Work::Repair { suffix } => in_place::run(self, file, suffix, block, tell),
        };
        match done {
            Ok(()) => tell(News::Done),
            Err(Stop::News(news)) => tell(news),
            Err(Stop::Gone) => Err(Gone),
        }
    }

    fn open(&self, file: &Listed) -> Result<Text, Stop> {
        Text::open(&file.path, self.rules).map_err(unreadable)
    }

    /// Reads the next piece, if there is one and the text is one to look at.
    fn next(&self, file: &Listed, text: &mut Text, block: &mut Block) -> Result<bool, Stop> {
        let is_first = text.kind().is_none();
        if !is_first {
            // What was read of it before is done.
            self.progress.advance(block.text().len());
        }
        let more = text.next(block);
        // A text may hold a NUL, and who names it has it repaired; but `*` names pictures too, which are no UTF-8 either, and hold what looks like a garble by chance.
        let spoils = || {
            matches!(self.work, Work::Repair { .. })
                && is_first
                && std::str::from_utf8(block.text()).is_err()
        };
        if text.kind() == Some(Kind::Binary) && (!file.named || spoils()) {
            return Err(passed_over("binary"));
        }
        self.refuse(file, text.written())?;
        more.map_err(unreadable)
    }

    /// Opens a file that is of some form, to be looked through.
    fn open_formed(&self, file: &Listed, form: Form) -> Result<Formed, Stop> {
        let source = Source::open(&file.path, self.rules).map_err(unreadable)?;
        Ok(Formed::accounting(source, form, &self.repairer))
    }

    /// Reads on in a text of some form, puts what becomes of it into `out`, and tells whether there was more.
    fn next_formed(
        &self,
        file: &Listed,
        text: &mut Formed,
        out: &mut Vec<u8>,
        tell: &mut Tell<'_>,
    ) -> Result<bool, Stop> {
        out.clear();
        let read = text.next(out);
        if text.is_binary() && !file.named {
            return Err(passed_over("binary"));
        }
        for flaw in text.flaws() {
            tell(News::Flaw(flaw))?;
        }
        self.refuse(file, text.written())?;
        let read = read.map_err(unreadable)?;
        self.progress.advance(read.unwrap_or(0));
        Ok(read.is_some())
    }

    /// Passes a file over for how it is written, or refuses it.
    fn refuse(&self, file: &Listed, written: Written) -> Result<(), Stop> {
        if written.unmarked.is_some() && !file.named {
            return Err(passed_over("binary"));
        }
        match (&self.work, written.packing) {
            (_, Some(_)) if !self.rules.packs && !file.named => Err(passed_over("compressed")),
            (Work::Diff { .. }, Some(_)) => Err(passed_over("compressed, which no patch is for")),
            (Work::Diff { .. }, None) if written.encoding.is_some() => {
                Err(passed_over("UTF-16, which no patch is for"))
            }
            (Work::Repair { .. }, Some(packing)) if !self.rules.packs => {
                let message = format!("{}; with -z it is written so, too", packing.name());
                Err(Stop::News(News::Unwritable(io::Error::other(message))))
            }
            _ => Ok(()),
        }
    }
}

fn passed_over(why: &'static str) -> Stop {
    Stop::News(News::PassedOver(why))
}

fn unreadable(error: io::Error) -> Stop {
    Stop::News(News::Unreadable(error))
}
