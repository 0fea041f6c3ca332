//! Texts that are taken apart otherwise than by lines: a file here a form. A text is read in order by one thread, as what is read of it depends on
//! what was read before.

mod json;
mod table;

use std::borrow::Cow;
use std::io::{self, Read};
use std::mem;

use unmojibake::Repairer;

use crate::args::Form;
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

    /// What is wrong, though it goes on, each told once.
    fn complaints(&mut self) -> Vec<String>;
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
    /// What is wrong in what has been read last, and how often something was in all.
    flaws: Vec<io::Error>,
    flaw_count: u64,
}

impl Formed {
    pub(crate) fn new(source: Source, form: Form, repairer: &Repairer) -> Formed {
        Formed {
            source,
            parser: match form {
                Form::Json => Box::new(unmojibake::json::Stream::new(repairer.clone())),
                Form::Table { delimiter } => {
                    Box::new(table::Table::new(delimiter, repairer.clone()))
                }
            },
            block: vec![0; BLOCK],
            ended: false,
            text: Vec::new(),
            begun: false,
            flaws: Vec::new(),
            flaw_count: 0,
        }
    }

    /// Reads on, appends to `out` what becomes of it, and tells how much was read; `None` at the end. An error ends it, and what is in `out` is good all the same.
    pub(crate) fn next(&mut self, out: &mut Vec<u8>) -> io::Result<Option<usize>> {
        if self.ended {
            return Ok(None);
        }
        let length = loop {
            match self.source.read(&mut self.block) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.break_off(error, out)),
                Ok(length) => break length,
            }
        };
        self.ended = length == 0;
        if let Some(encoding) = self.source.written().unmarked {
            self.ended = true;
            return Err(unmarked(encoding));
        }
        let parsed = match &self.block[..length] {
            [] => self.parser.finish(&mut self.text),
            read => self.parser.push(read, &mut self.text),
        };
        self.ended |= parsed.is_err();
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
        self.encode(out)?;
        parsed.map_err(invalid)?;
        Ok(Some(length))
    }

    /// Gives what is held of a text that cannot be read on. That it is not whole matters no more.
    fn break_off(&mut self, error: io::Error, out: &mut Vec<u8>) -> io::Error {
        self.ended = true;
        let _ = self.parser.finish(&mut self.text);
        self.parser.complaints().clear();
        self.encode(out).err().unwrap_or(error)
    }

    /// Appends what has become of the text as it is to be written. A character of which not all is there waits.
    fn encode(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let coding = self.source.coding();
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
            out.extend_from_slice(&coding.encode(Cow::Owned(whole))?);
        }
        Ok(())
    }

    /// What is wrong in what was read last, though reading goes on.
    pub(crate) fn flaws(&mut self) -> Vec<io::Error> {
        mem::take(&mut self.flaws)
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
