//! A JSON object a line, for programs.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::{Report, name};
use crate::finding::Finding;

pub(super) struct Json;

/// The names are promised: programs read them.
#[derive(Serialize)]
struct Object<'f> {
    path: Cow<'f, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    line: u64,
    column: u64,
    end_column: u64,
    start: u64,
    end: u64,
    before: Cow<'f, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before_bytes: Option<String>,
    after: &'f str,
    layers: Vec<Layer>,
    losses: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<&'static str>,
}

#[derive(Serialize)]
struct Layer {
    codec: &'static str,
    cesu8: bool,
}

impl Report for Json {
    fn found(&mut self, file: &Path, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let losses = finding.losses.to_string();
        let object = Object {
            path: name::lossy(file),
            path_bytes: name::hex_unless_utf8(name::bytes(file)),
            line: finding.start.line,
            column: finding.start.column,
            end_column: finding.end.column,
            start: finding.start.offset,
            end: finding.end.offset,
            before: String::from_utf8_lossy(&finding.before),
            before_bytes: name::hex_unless_utf8(&finding.before),
            after: &finding.after,
            layers: finding
                .layers
                .iter()
                .map(|layer| Layer {
                    codec: layer.codec.label(),
                    cesu8: layer.cesu8,
                })
                .collect(),
            losses: losses.split_terminator(", ").map(str::to_owned).collect(),
            steps: finding.steps.iter().map(|step| step.name()).collect(),
        };
        serde_json::to_writer(&mut *out, &object)?;
        out.write_all(b"\n")
    }
}
