//! The names of files in which something is found.

use std::io::{self, Write};
use std::path::Path;

use super::{Report, name};
use crate::finding::Finding;

pub(super) struct List;

impl Report for List {
    /// There is but one of a file: it is not looked at any further.
    fn found(&mut self, file: &Path, _finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(name::bytes(file))?;
        out.write_all(b"\n")
    }
}
