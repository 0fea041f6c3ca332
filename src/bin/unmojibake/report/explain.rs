//! What was found, summed up for people: by which ways text was garbled, how often, what was lost, and how it looks.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::{Report, name};
use crate::escape::quoted;
use crate::finding::Finding;
use crate::message::counted;

/// How many samples of each way are shown.
const SAMPLES: usize = 3;

const WAY: Style = Style::new().bold();
const BEFORE: Style = AnsiColor::Red.on_default();
const AFTER: Style = AnsiColor::Green.on_default();

pub(super) struct Explain {
    color: bool,
    ways: HashMap<String, Way>,
    files: u64,
    garbled_files: u64,
}

/// What was garbled in the same way.
#[derive(Default)]
struct Way {
    edits: u64,
    samples: Vec<Sample>,
}

#[derive(PartialEq, Eq)]
struct Sample {
    before: String,
    after: String,
    place: String,
}

impl Explain {
    pub(super) fn new(color: bool) -> Explain {
        Explain {
            color,
            ways: HashMap::new(),
            files: 0,
            garbled_files: 0,
        }
    }

    fn style(&self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }
}

impl Report for Explain {
    fn found(&mut self, file: &Path, finding: &Finding, _out: &mut dyn Write) -> io::Result<()> {
        let way = self.ways.entry(finding.way()).or_default();
        way.edits += 1;
        if way.samples.len() < SAMPLES {
            let (line, column) = (finding.start.line, finding.start.column);
            let sample = Sample {
                before: quoted(&finding.before),
                after: quoted(finding.after.as_bytes()),
                place: format!("{}:{line}:{column}", name::lossy(file)),
            };
            // The same again says nothing new.
            if way
                .samples
                .iter()
                .all(|other| other.before != sample.before)
            {
                way.samples.push(sample);
            }
        }
        Ok(())
    }

    fn file(&mut self, _file: &Path, edits: u64, _out: &mut dyn Write) -> io::Result<()> {
        self.files += 1;
        self.garbled_files += u64::from(edits > 0);
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let edits: u64 = self.ways.values().map(|way| way.edits).sum();
        let (edits, files) = (counted(edits, "edit"), counted(self.files, "file"));
        writeln!(out, "{edits} in {} of {files}", self.garbled_files)?;
        let mut ways: Vec<_> = self.ways.iter().collect();
        ways.sort_by(|(a_name, a), (b_name, b)| b.edits.cmp(&a.edits).then(a_name.cmp(b_name)));
        let [bold, red, green] = [WAY, BEFORE, AFTER].map(|style| self.style(style));
        for (name, Way { edits, samples }) in ways {
            writeln!(out, "\n{bold}{name}{bold:#}: {edits}")?;
            let width = |part: fn(&Sample) -> &String| {
                samples
                    .iter()
                    .map(|sample| part(sample).chars().count())
                    .max()
            };
            let before_width = width(|sample| &sample.before).unwrap_or(0);
            let after_width = width(|sample| &sample.after).unwrap_or(0);
            for Sample {
                before,
                after,
                place,
            } in samples
            {
                writeln!(
                    out,
                    "  {red}{before:before_width$}{red:#}  ->  {green}{after:after_width$}{green:#}  {place}"
                )?;
            }
        }
        Ok(())
    }
}
