//! A line for people and editors: `file:line:column: "garbled" -> "repaired" (codec)`.

use std::io::{self, Write};
use std::path::Path;

use super::{Report, name};
use crate::escape::quoted;
use crate::finding::Finding;

pub(super) struct Text;

impl Report for Text {
    fn found(&mut self, file: &Path, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(name::bytes(file))?;
        let (line, column) = (finding.start.line, finding.start.column);
        writeln!(out, ":{line}:{column}: {}", change(finding))
    }
}

/// `"garbled" -> "repaired" (codec)`.
pub(super) fn change(finding: &Finding) -> String {
    let (before, after) = (quoted(&finding.before), quoted(finding.after.as_bytes()));
    format!("{before} -> {after} ({})", finding.way())
}
