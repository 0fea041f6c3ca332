//! One text, cut into pieces that can be repaired apart. What may be repaired in a piece depends on those before it, so this is where it is told.

use std::io;
use std::ops::Range;
use std::path::Path;

use encoding_rs::Encoding;
use unmojibake::Invalid;

use super::block::Block;
use super::coding::Coding;
use super::directives::Directives;
use super::place::Place;
use super::source::{Source, Written};
use crate::args::Args;

/// What of a text may be repaired, as the arguments say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Lines may say that they are to be left alone.
    directives: bool,
    /// Bytes that are not UTF-8 are an error.
    pub(super) only_utf8: bool,
    /// What becomes of them otherwise.
    pub(super) invalid: Invalid,
    /// The encoding that texts are in, and the one that they are to be in.
    pub(crate) encoding: Option<&'static Encoding>,
    pub(crate) to: Option<&'static Encoding>,
    /// What is compressed is written so, too.
    pub(crate) packs: bool,
    /// NUL ends lines too.
    pub(crate) records: bool,
}

impl Rules {
    pub(crate) fn new(args: &Args) -> Rules {
        Rules {
            directives: args.obeys_directives(),
            only_utf8: args.refuses_invalid(),
            invalid: args.options().invalid,
            encoding: args.encoding(),
            to: args.to(),
            packs: args.packs(),
            records: args.has_records(),
        }
    }
}

pub(crate) struct Text {
    /// `None` when it has been read to its end, or as far as it can be.
    source: Option<Source>,
    /// What has been read but was not complete.
    rest: Vec<u8>,
    /// Why it could not be read on, to be told when what was read is out.
    failed: Option<io::Error>,
    /// How it is written, and what it is: unknown until something has been read.
    written: Written,
    kind: Option<Kind>,
    /// How what becomes of it is to be written.
    coding: Coding,
    /// Whether NUL ends its lines, too.
    records: bool,
    directives: Option<Directives>,
    /// How far it is UTF-8, where it has to be.
    utf8: Option<Place>,
}

/// What a text is, by what is read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// It holds a NUL, as hardly any text does.
    Binary,
}

impl Text {
    pub(crate) fn open(path: &Path, rules: Rules) -> io::Result<Text> {
        Ok(Text::new(Source::open(path, rules)?, rules))
    }

    pub(crate) fn new(source: Source, rules: Rules) -> Text {
        Text {
            source: Some(source),
            rest: Vec::new(),
            failed: None,
            written: Written::default(),
            kind: None,
            coding: Coding::default(),
            records: rules.records,
            directives: rules.directives.then(|| Directives::new(rules.records)),
            utf8: rules.only_utf8.then_some(Place::START),
        }
    }

    /// Reads the next piece, and tells whether there was one. An error comes after all that was read before it, and is the last that comes.
    ///
    /// It waits only until a line is there, not until the block is full: whoever waits at the end of a slow pipe wants that line.
    pub(crate) fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        let Some(source) = &mut self.source else {
            return self.failed.take().map_or(Ok(false), Err);
        };
        block.begin(&self.rest);
        self.rest.clear();
        let read = read_piece(source, block, self.records);
        let is_first = self.kind.is_none();
        if is_first {
            self.written = source.written();
            self.coding = source.coding();
            self.kind = Some(self.kind_of(block.text()));
        }
        block.set_coding(self.coding);
        if let Some(encoding) = self.written.unmarked {
            block.truncate(0);
            self.source = None;
            return Err(unmarked(encoding));
        }
        match read {
            Ok(0) => self.source = None,
            Ok(complete) => block.split_off(complete, &mut self.rest),
            Err(error) => self.fail(error),
        }
        self.judge(block);
        self.coding.pass(block.text());
        // Even an empty text is something when it is compressed.
        let is_something = is_first && self.coding.packing.is_some() && self.failed.is_none();
        if block.text().is_empty() && !is_something {
            return self.failed.take().map_or(Ok(false), Err);
        }
        Ok(true)
    }

    /// What it is, once a piece of it has been read.
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// How it is written, once a piece of it has been read.
    pub(crate) fn written(&self) -> Written {
        self.written
    }

    fn kind_of(&self, first: &[u8]) -> Kind {
        if memchr::memchr(0, first).is_some() && !self.records {
            Kind::Binary
        } else {
            Kind::Text
        }
    }

    fn fail(&mut self, error: io::Error) {
        self.source = None;
        self.failed = Some(error);
    }

    /// Tells what may be repaired in a piece, and ends the text where it may not go on.
    fn judge(&mut self, block: &mut Block) {
        let mut open = match &mut self.directives {
            Some(directives) => directives.open(block.text()),
            None => std::iter::once(0..block.text().len()).collect(),
        };
        if self.records {
            open = records(block.text(), &open);
        }
        block.open(open);
        if let Some(place) = &mut self.utf8 {
            let invalid = block.first_invalid();
            place.pass(&block.text()[..invalid.unwrap_or(block.text().len())]);
            if let Some(at) = invalid {
                block.truncate(at);
                let error = not_utf8(place);
                self.fail(error);
            }
        }
    }
}

/// Reads until some of the block is complete, and tells how much; 0 at the end.
fn read_piece(source: &mut Source, block: &mut Block, records: bool) -> io::Result<usize> {
    loop {
        match block.read(source) {
            Ok(0) => return Ok(0),
            Ok(_) => {
                let text = block.text();
                let last = memchr::memrchr(0, text).filter(|_| records);
                let records = last.map_or(0, |end| end + 1);
                let complete = records + unmojibake::complete_up_to(&text[records..]);
                if complete > 0 {
                    return Ok(complete);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Parts of a text without the NULs in them, each of which is the end of a record.
fn records(text: &[u8], parts: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut records = Vec::new();
    for part in parts {
        let mut start = part.start;
        for end in memchr::memchr_iter(0, &text[part.clone()]) {
            records.push(start..part.start + end);
            start = part.start + end + 1;
        }
        records.push(start..part.end);
    }
    records.retain(|record| !record.is_empty());
    records
}

/// It cannot be told whether it is, so nothing is done.
pub(crate) fn unmarked(encoding: &'static Encoding) -> io::Error {
    let name = encoding.name().to_lowercase();
    let message = format!(
        "it looks like UTF-16, but has no byte order mark; if it is, --encoding {name}, and if not, --encoding utf-8"
    );
    io::Error::new(io::ErrorKind::InvalidData, message)
}

fn not_utf8(place: &Place) -> io::Error {
    let Place {
        offset,
        line,
        column,
    } = place;
    let message = format!(
        "not UTF-8 at line {line}, column {column} (byte {offset}); to go on, --invalid keep, replace or windows-1252"
    );
    io::Error::new(io::ErrorKind::InvalidData, message)
}
