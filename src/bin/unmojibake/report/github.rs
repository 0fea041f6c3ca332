//! Workflow commands, which GitHub shows as warnings beside the lines.

use std::io::{self, Write};
use std::path::Path;

use super::{Report, name};
use crate::finding::Finding;

pub(super) struct Github;

impl Report for Github {
    fn found(&mut self, file: &Path, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let Finding { start, end, .. } = finding;
        writeln!(
            out,
            "::warning file={},line={},endLine={},col={},endColumn={},title=Mojibake::{}",
            property(&name::lossy(file)),
            start.line,
            end.line,
            start.column,
            end.column,
            data(&super::text::change(finding))
        )
    }
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What stands before it, where `:` and `,` mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
