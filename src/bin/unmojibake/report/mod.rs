//! How findings are told: a file here a way to tell them. A new one is a file, a line in [`of`], and a value or a flag among the arguments.

mod count;
mod explain;
mod github;
mod json;
mod list;
pub(crate) mod name;
mod sarif;
mod text;

use std::io::{self, Write};
use std::path::Path;

use crate::args::{Format, Task};
use crate::finding::Finding;

/// Tells findings, in the order of files and within them. All goes to standard output.
pub(crate) trait Report {
    /// What comes before all.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn found(&mut self, file: &Path, finding: &Finding, out: &mut dyn Write) -> io::Result<()>;

    /// That was the last one of a file that has so many.
    fn file(&mut self, _file: &Path, _edits: u64, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// What comes after all.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// The report that a task makes. Those that repair, or make a patch, find nothing that they tell of.
pub(crate) fn of(task: &Task, only_stdin: bool, color: bool) -> Option<Box<dyn Report>> {
    Some(match task {
        Task::Check(Format::Text) => Box::new(text::Text),
        Task::Check(Format::Json) => Box::new(json::Json),
        Task::Check(Format::Sarif) => Box::new(sarif::Sarif::default()),
        Task::Check(Format::Github) => Box::new(github::Github),
        Task::List => Box::new(list::List),
        Task::Count => Box::new(count::Count { named: !only_stdin }),
        Task::Explain => Box::new(explain::Explain::new(color)),
        Task::Repair(_) | Task::Diff => return None,
    })
}
