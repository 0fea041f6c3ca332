//! Texts that are taken apart otherwise than by lines: a file here a form. A text is read in order by one thread, as what is read of it depends on
//! what was read before.

mod json;
mod table;

use std::borrow::Cow;
use std::io::{self, Read};
use std::mem;
use std::ops::Range;

use unmojibake::json::Stream;
use unmojibake::{Layer, Losses, Repairer, Step};

use crate::args::Form;
use crate::finding::Finding;
use crate::input::coding::{Coding, Unheld};
use crate::input::place::Place;
use crate::input::source::{Source, Written};
use crate::input::text::unmarked;

/// How much is read at a time, in bytes: what a pipe holds.
const BLOCK: usize = 64 * 1024;

/// How many places of a text are told of at most, where something is wrong but it goes on.
const MOST_FLAWS: u64 = 10;

/// Takes a text of some form in chunks, and gives what becomes of it.
trait Parser {
    fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), String>;

    /// Gives the rest.
    fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), String>;

    /// How many edits have been made.
    fn edits(&self) -> u64;

    /// Those edits, in order and each told once, if they are to be told of.
    fn found(&mut self) -> Vec<Edit>;

    /// How many bytes of the text have no edit in them that is still to come.
    fn settled(&self) -> u64;

    /// What is wrong, though it goes on, each told once.
    fn complaints(&mut self) -> Vec<String>;
}

/// An edit, and where in the text it stands.
struct Edit {
    range: Range<u64>,
    /// What is said there, and then.
    before: Vec<u8>,
    after: String,
    /// What makes it so, unless that of an edit before does.
    splice: Option<Splice>,
    layers: Vec<Layer>,
    losses: Losses,
    steps: Vec<Step>,
}

/// What is to be written in the place of some bytes of the text.
struct Splice {
    range: Range<u64>,
    text: Vec<u8>,
}

/// A part of a text that has been looked through.
#[derive(Default)]
pub(crate) struct Piece {
    /// As it is.
    pub(crate) text: Vec<u8>,
    /// What is found in it.
    pub(crate) findings: Vec<Finding>,
    /// What is to be written in the place of some of its bytes, in order, so that it is repaired.
    pub(crate) splices: Vec<(Range<usize>, Vec<u8>)>,
}

/// A text of some form that is being read.
pub(crate) struct Formed {
    source: Source,
    parser: Box<dyn Parser>,
    block: Vec<u8>,
    ended: bool,
    /// What has become of the text and is not written, and whether anything is.
    text: Vec<u8>,
    begun: bool,
    /// How what comes next is to be written.
    coding: Option<Coding>,
    binary: Option<bool>,
    /// Why it could not be read on, to be told when what was read is out.
    failed: Option<io::Error>,
    /// What is not settled of what has been read, if edits are to be told of, and where that begins.
    unsettled: Option<(Vec<u8>, Place)>,
    /// What is wrong in what has been read last, and how often something was in all.
    flaws: Vec<io::Error>,
    flaw_count: u64,
}

impl Formed {
    /// A text to be repaired.
    pub(crate) fn new(source: Source, form: Form, repairer: &Repairer) -> Formed {
        Formed::with(source, parser(form, repairer, false), None)
    }

    /// A text to be looked through by [`Formed::settle`], of which nothing else comes.
    pub(crate) fn accounting(source: Source, form: Form, repairer: &Repairer) -> Formed {
        let unsettled = (Vec::new(), Place::START);
        Formed::with(source, parser(form, repairer, true), Some(unsettled))
    }

    fn with(
        source: Source,
        parser: Box<dyn Parser>,
        unsettled: Option<(Vec<u8>, Place)>,
    ) -> Formed {
        Formed {
            source,
            parser,
            unsettled,
            failed: None,
            coding: None,
            binary: None,
            block: vec![0; BLOCK],
            ended: false,
            text: Vec::new(),
            begun: false,
            flaws: Vec::new(),
            flaw_count: 0,
        }
    }

    /// Reads on, appends to `out` what becomes of it, and tells how much was read; `None` at the end. An error comes after all that was read before it, and is the last that comes.
    pub(crate) fn next(&mut self, out: &mut Vec<u8>) -> io::Result<Option<usize>> {
        if self.ended {
            return self.failed.take().map_or(Ok(None), Err);
        }
        let length = loop {
            match self.source.read(&mut self.block) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.break_off(error, out);
                    return Ok(Some(0));
                }
                Ok(length) => break length,
            }
        };
        self.ended = length == 0;
        if let Some(encoding) = self.source.written().unmarked {
            self.ended = true;
            return Err(unmarked(encoding));
        }
        let has_nul = || memchr::memchr(0, &self.block[..length]).is_some();
        self.binary.get_or_insert_with(has_nul);
        let parsed = match &self.block[..length] {
            [] => self.parser.finish(&mut self.text),
            read => self.parser.push(read, &mut self.text),
        };
        self.ended |= parsed.is_err();
        if let Some((unsettled, _)) = &mut self.unsettled {
            unsettled.extend_from_slice(&self.block[..length]);
        }
        for complaint in self.parser.complaints() {
            self.flaw_count += 1;
            if self.flaw_count <= MOST_FLAWS {
                self.flaws.push(invalid(complaint));
            }
        }
        if self.ended && self.flaw_count > MOST_FLAWS {
            let more = self.flaw_count - MOST_FLAWS;
            self.flaws
                .push(invalid(format!("so it is in {more} more places")));
        }
        self.failed = parsed.map_err(invalid).err();
        self.give(out);
        Ok(Some(length))
    }

    /// What is settled of the text, of all that has been read and not been given so.
    pub(crate) fn settle(&mut self) -> Piece {
        let Some((unsettled, place)) = &mut self.unsettled else {
            return Piece::default();
        };
        let (start, mut passed) = (*place, 0);
        let at = |offset: u64| (offset - start.offset) as usize;
        let settled = match self.ended {
            true => unsettled.len(),
            false => at(self.parser.settled()),
        };
        let rest = unsettled.split_off(settled);
        let text = mem::replace(unsettled, rest);
        let mut pass = |to: usize| {
            place.pass(&text[passed..to]);
            passed = to;
            *place
        };
        let (mut findings, mut splices) = (Vec::new(), Vec::new());
        for mut edit in self.parser.found() {
            edit.layers.reverse();
            if let Some(Splice { range, text }) = &edit.splice {
                splices.push((at(range.start)..at(range.end), text.clone()));
            }
            let alone = edit.splice.filter(|splice| splice.range == edit.range);
            findings.push(Finding {
                start: pass(at(edit.range.start)),
                end: pass(at(edit.range.end)),
                before: edit.before,
                replacement: alone.and_then(|splice| String::from_utf8(splice.text).ok()),
                after: edit.after,
                layers: edit.layers,
                losses: edit.losses,
                steps: edit.steps,
            });
        }
        pass(text.len());
        Piece {
            text,
            findings,
            splices,
        }
    }

    /// Gives what is held of a text that cannot be read on. That it is not whole matters no more.
    fn break_off(&mut self, error: io::Error, out: &mut Vec<u8>) {
        self.ended = true;
        let _ = self.parser.finish(&mut self.text);
        self.parser.complaints().clear();
        self.failed = Some(error);
        self.give(out);
    }

    /// Appends what has become of the text, if anybody wants it.
    fn give(&mut self, out: &mut Vec<u8>) {
        if self.unsettled.is_some() {
            self.text.clear();
        } else if let Err(error) = self.encode(out) {
            self.ended = true;
            self.failed = Some(error);
        }
    }

    /// Appends what has become of the text as it is to be written. A character of which not all is there waits.
    fn encode(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let coding = self.coding.unwrap_or_else(|| self.source.coding());
        if coding.is_plain() {
            out.append(&mut self.text);
            return Ok(());
        }
        let begun = match self.ended {
            true => 0,
            false => begun_character(&self.text),
        };
        let rest = self.text.split_off(self.text.len() - begun);
        let whole = mem::replace(&mut self.text, rest);
        // Even an empty text is something when it is compressed.
        if !whole.is_empty() || self.ended && !self.begun {
            self.begun = true;
            let mut next = coding;
            next.pass(&whole);
            self.coding = Some(next);
            match coding.encode(Cow::Owned(whole)) {
                Ok(text) => out.extend_from_slice(&text),
                Err(Unheld { before, error }) => {
                    out.extend_from_slice(&before);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// What is wrong in what was read last, though reading goes on.
    pub(crate) fn flaws(&mut self) -> Vec<io::Error> {
        mem::take(&mut self.flaws)
    }

    /// Whether it holds a NUL, as hardly any text does, in what was read first.
    pub(crate) fn is_binary(&self) -> bool {
        self.binary == Some(true)
    }

    /// How it is written, once something of it has been read.
    pub(crate) fn written(&self) -> Written {
        self.source.written()
    }

    /// How many edits have been made.
    pub(crate) fn edits(&self) -> u64 {
        self.parser.edits()
    }
}

/// What takes a text apart, and keeps account of the edits, if that is wanted.
fn parser(form: Form, repairer: &Repairer, accounts: bool) -> Box<dyn Parser> {
    let repairer = repairer.clone();
    match (form, accounts) {
        (Form::Json, false) => Box::new(Stream::new(repairer)),
        (Form::Json, true) => Box::new(Stream::new(repairer).accounting()),
        (Form::Table { delimiter }, _) => {
            Box::new(table::Table::new(delimiter, repairer, accounts))
        }
    }
}

/// How many bytes the text ends with that begin a character.
fn begun_character(text: &[u8]) -> usize {
    let end = text.last_chunk::<3>().map_or(text, |end| end);
    let last = end
        .utf8_chunks()
        .last()
        .map_or(&[][..], |chunk| chunk.invalid());
    match str::from_utf8(last) {
        Err(error) if error.error_len().is_none() => last.len(),
        _ => 0,
    }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
