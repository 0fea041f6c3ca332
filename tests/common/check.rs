//! One expectation, asked of every entry point.

use std::borrow::Cow;
use std::fmt::Debug;
use std::io::{self, Read, Write};

use unmojibake::{ByteEdit, Edit, Lost, Options, RepairReader, RepairWriter, Repairer, Stream};

use super::{Case, escape, garbles_back};

/// In how many places, about, a debug build cuts the stream of each case. It is many times slower than a release build, which cuts at every byte.
const DEBUG_SPLITS: usize = 8;

/// The places to cut a case: every byte, or in a debug build some of them, spread evenly, and others in the next case.
fn splits(case: &Case) -> impl Iterator<Item = usize> + use<> {
    let length = case.input.len();
    let step = if cfg!(debug_assertions) {
        (length / DEBUG_SPLITS).max(1)
    } else {
        1
    };
    (case.name.len() % step..=length).step_by(step)
}

/// Runs a case through every entry point, with a stream cut in two.
pub fn check(case: &Case) -> Result<(), String> {
    check_at(case, &mut splits(case))
}

/// Runs a case through every entry point, with a stream cut in two at each of these places.
pub fn check_at(case: &Case, splits: &mut dyn Iterator<Item = usize>) -> Result<(), String> {
    let got = repairer(case).repair_bytes(&case.input).into_owned();
    same(case, "repair_bytes", &got, &case.output)?;
    promises(case, &got, splits)
}

/// Checks that a known failure fails still. Whatever it gives, it has to keep the promises.
pub fn check_failure(case: &Case) -> Result<(), String> {
    let got = repairer(case).repair_bytes(&case.input).into_owned();
    if got == case.output {
        return Err(format!(
            "{case}\n  passes now: move it from known-failures.txt to the file where it belongs"
        ));
    }
    promises(case, &got, &mut splits(case))
}

fn repairer(case: &Case) -> Repairer {
    Repairer::new(Options::new().lost(case.lost))
}

fn same(case: &Case, what: &str, got: &[u8], want: &[u8]) -> Result<(), String> {
    if got == want {
        return Ok(());
    }
    // Of a long text, only what comes near the first difference.
    let at = got.iter().zip(want).take_while(|(a, b)| a == b).count();
    let near = |bytes: &[u8]| match bytes.get(at.saturating_sub(40)..(at + 40).min(bytes.len())) {
        Some(near) if bytes.len() > 600 => format!("... {} ... (at byte {at})", escape(near)),
        _ => escape(bytes),
    };
    let [input, got, want] = [&case.input, got, want].map(near);
    Err(format!(
        "{case}\n  by {what}\n  in   {input}\n  got  {got}\n  want {want}"
    ))
}

fn hold(case: &Case, what: &str, holds: bool, details: &dyn Debug) -> Result<(), String> {
    if holds {
        return Ok(());
    }
    let input = escape(&case.input);
    Err(format!(
        "{case}\n  broken: {what}\n  in   {input}\n  with {details:?}"
    ))
}

/// All entry points give `want`, and keep what they promise.
fn promises(
    case: &Case,
    want: &[u8],
    splits: &mut dyn Iterator<Item = usize>,
) -> Result<(), String> {
    let repairer = repairer(case);
    let input = case.input.as_slice();
    let by_default = case.lost == Lost::Certain;

    let borrowed = matches!(repairer.repair_bytes(input), Cow::Borrowed(_));
    hold(
        case,
        "borrowed when unchanged",
        borrowed == (want == input),
        &borrowed,
    )?;
    let again = repairer.repair_bytes(want);
    same(case, "repair_bytes a second time", &again, want)?;
    hold(
        case,
        "idempotent and borrowed",
        matches!(again, Cow::Borrowed(_)),
        &(),
    )?;
    if by_default {
        same(
            case,
            "repair_bytes()",
            &unmojibake::repair_bytes(input),
            want,
        )?;
    }
    let edits: Vec<ByteEdit<'_>> = repairer.find_bytes(input).collect();
    same(
        case,
        "find_bytes, replayed",
        &replay_bytes(input, &edits),
        want,
    )?;
    if let Ok(text) = std::str::from_utf8(input) {
        whole_text(case, &repairer, text, want)?;
    }

    let mut out = Vec::new();
    let mut reader = RepairReader::with(input, repairer.clone());
    reader.read_to_end(&mut out).map_err(|e| e.to_string())?;
    same(case, "RepairReader", &out, want)?;
    let mut reader = RepairReader::with(Trickle(input), repairer.clone());
    same(
        case,
        "RepairReader, one byte at a time",
        &trickle(&mut reader),
        want,
    )?;

    let written = |chunk: usize| -> io::Result<Vec<u8>> {
        let mut writer = RepairWriter::with(Vec::new(), repairer.clone());
        for chunk in input.chunks(chunk) {
            writer.write_all(chunk)?;
        }
        writer.finish()
    };
    let whole = written(input.len().max(1)).map_err(|e| e.to_string())?;
    same(case, "RepairWriter", &whole, want)?;
    let bytewise = written(1).map_err(|e| e.to_string())?;
    same(case, "RepairWriter, one byte at a time", &bytewise, want)?;

    let streamed = streamed(&repairer, input.chunks(1));
    same(case, "Stream, one byte at a time", &streamed, want)?;
    for split in splits {
        let (a, b) = input.split_at(split);
        let out = self::streamed(&repairer, [a, b]);
        same(case, &format!("Stream, cut at {split}"), &out, want)?;
    }
    Ok(())
}

fn whole_text(case: &Case, repairer: &Repairer, text: &str, want: &[u8]) -> Result<(), String> {
    let edits: Vec<Edit<'_>> = repairer.find(text).collect();
    let changed = want != text.as_bytes();
    let repaired = repairer.repair(text);
    same(case, "Repairer::repair", repaired.as_bytes(), want)?;
    let owned = matches!(repaired, Cow::Owned(_));
    hold(
        case,
        "repair borrows what it does not change",
        owned == changed,
        &owned,
    )?;
    let garbled = repairer.is_garbled(text);
    hold(
        case,
        "is_garbled tells what repair does",
        garbled == changed,
        &garbled,
    )?;
    if case.lost == Lost::Certain {
        same(case, "repair()", unmojibake::repair(text).as_bytes(), want)?;
        hold(
            case,
            "is_garbled()",
            unmojibake::is_garbled(text) == garbled,
            &(),
        )?;
        hold(
            case,
            "find()",
            unmojibake::find(text).eq(edits.iter().cloned()),
            &edits,
        )?;
    }
    account(text, &edits).map_err(|e| format!("{case}\n  {e}"))?;
    same(
        case,
        "find, replayed",
        replay(text, &edits).as_bytes(),
        want,
    )
}

/// The edits are in order and apart, say what stood there, and, where nothing was lost, are proved by the way back.
pub fn account(text: &str, edits: &[Edit<'_>]) -> Result<(), String> {
    let mut end = 0;
    for edit in edits {
        let fault = if edit.range.start < end || edit.range.is_empty() {
            "edits out of order, empty or over each other"
        } else if text.get(edit.range.clone()) != Some(edit.before) {
            "`before` is not what stood there"
        } else if edit.before == edit.after {
            "an edit that changes nothing"
        } else if edit.layers.is_empty() {
            "an edit without layers"
        } else if edit.losses.is_empty() && !garbles_back(&edit.after, &edit.layers, edit.before) {
            "an edit without losses does not garble back"
        } else {
            end = edit.range.end;
            continue;
        };
        return Err(format!(
            "{fault}: {edit:?} in \"{}\"",
            escape(text.as_bytes())
        ));
    }
    Ok(())
}

/// The text with the edits carried out.
pub fn replay(text: &str, edits: &[Edit<'_>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.after);
        at = edit.range.end;
    }
    out + &text[at..]
}

/// The bytes with the edits carried out.
pub fn replay_bytes(bytes: &[u8], edits: &[ByteEdit<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    for edit in edits {
        out.extend_from_slice(&bytes[at..edit.range.start]);
        out.extend_from_slice(edit.after.as_bytes());
        at = edit.range.end;
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

/// What a stream makes of these chunks.
pub fn streamed<'c>(repairer: &Repairer, chunks: impl IntoIterator<Item = &'c [u8]>) -> Vec<u8> {
    let mut stream = Stream::new(repairer.clone());
    let mut out = Vec::new();
    for chunk in chunks {
        stream.push(chunk, &mut out);
    }
    stream.finish(&mut out);
    out
}

/// A reader that gives one byte a call.
struct Trickle<'b>(&'b [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let length = buf.len().min(1);
        self.0.read(&mut buf[..length])
    }
}

/// All that a reader gives, asked for one byte a call.
fn trickle(reader: &mut impl Read) -> Vec<u8> {
    let mut out = Vec::new();
    let mut byte = [0];
    while reader.read(&mut byte).is_ok_and(|length| length > 0) {
        out.push(byte[0]);
    }
    out
}
