//! One SARIF 2.1.0 document, for services that collect what scanners find. It is written as findings come.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::{Report, name};
use crate::finding::Finding;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const VERSION: &str = "2.1.0";

/// Garbled text.
const MOJIBAKE: &str = "mojibake";
/// What a clean-up changes, where no mojibake is.
const UNTIDY: &str = "untidy";
/// Bytes that are not UTF-8, where they are to be replaced.
const NOT_UTF8: &str = "not-utf-8";

#[derive(Default)]
pub(super) struct Sarif {
    /// Whether there has been a result, which the next is set apart from.
    any: bool,
}

impl Report for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        // The document but for what `end` closes.
        write!(
            out,
            "{{\"$schema\":{},\"version\":{},\"runs\":[{{\"tool\":{},\"columnKind\":\"unicodeCodePoints\",\"results\":[",
            json!(SCHEMA),
            json!(VERSION),
            tool()
        )
    }

    fn found(&mut self, file: &Path, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let between = if self.any { ",\n" } else { "\n" };
        self.any = true;
        write!(out, "{between}{}", result(file, finding))
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]}}]}}")
    }
}

fn tool() -> Value {
    let rule = |id: &str, short: &str, full: &str| {
        json!({
            "id": id,
            "shortDescription": { "text": short },
            "fullDescription": { "text": full },
            "defaultConfiguration": { "level": "warning" },
        })
    };
    json!({
        "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "rules": [
                rule(
                    MOJIBAKE,
                    "Garbled text",
                    "Text that was written as UTF-8 and read as another encoding. unmojibake --in-place repairs it.",
                ),
                rule(
                    UNTIDY,
                    "Text to clean up",
                    "Text that a clean-up changes which was asked for, such as an HTML entity. unmojibake --in-place does so with the same options.",
                ),
                rule(
                    NOT_UTF8,
                    "Bytes that are not UTF-8",
                    "Bytes that are not UTF-8, in a file that should be. unmojibake --in-place replaces them as --invalid says.",
                ),
            ],
        }
    })
}

fn result(file: &Path, finding: &Finding) -> Value {
    let Finding { start, end, .. } = finding;
    let rule = if !finding.layers.is_empty() {
        MOJIBAKE
    } else if !finding.steps.is_empty() {
        UNTIDY
    } else {
        NOT_UTF8
    };
    let location = json!({ "uri": name::uri(file) });
    let region = json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": start.offset,
        "byteLength": end.offset - start.offset,
    });
    let mut result = json!({
        "ruleId": rule,
        "level": "warning",
        "message": { "text": super::text::change(finding) },
        "locations": [{
            "physicalLocation": { "artifactLocation": location, "region": region }
        }],
    });
    if let Some(replacement) = &finding.replacement {
        result["fixes"] = json!([{
            "description": { "text": "Repair the text." },
            "artifactChanges": [{
                "artifactLocation": location,
                "replacements": [{
                    "deletedRegion": region,
                    "insertedContent": { "text": replacement },
                }],
            }],
        }]);
    }
    result
}
