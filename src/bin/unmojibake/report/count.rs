//! How many edits each file has, as `grep -c` counts lines: those that have none too.

use std::io::{self, Write};
use std::path::Path;

use super::{Report, name};
use crate::finding::Finding;

pub(super) struct Count {
    /// Whether the files are named. Where there is only standard input, nobody has to be told.
    pub(super) named: bool,
}

impl Report for Count {
    fn found(&mut self, _file: &Path, _finding: &Finding, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, file: &Path, edits: u64, out: &mut dyn Write) -> io::Result<()> {
        if self.named {
            out.write_all(name::bytes(file))?;
            out.write_all(b":")?;
        }
        writeln!(out, "{edits}")
    }
}
