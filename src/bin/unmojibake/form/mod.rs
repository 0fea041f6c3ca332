//! Texts that are taken apart otherwise than by lines. What they are read as, a [`Form`] tells; a text is read in order by one thread, as what is read of it depends on
//! what was read before.

use std::io::{self, Read};
use std::mem;

use unmojibake::{Repairer, json};

use crate::args::Form;
use crate::input::source::Source;

/// How much is read at a time, in bytes: what a pipe holds.
const BLOCK: usize = 64 * 1024;

/// How many places of a text are told of at most, where something is wrong but it goes on.
const MOST_FLAWS: u64 = 10;

/// A text of some form that is being read.
pub(crate) struct Formed {
    source: Source,
    parser: Parser,
    block: Vec<u8>,
    ended: bool,
    /// What is wrong in what has been read last, and how often something was in all.
    flaws: Vec<io::Error>,
    flaw_count: u64,
}

enum Parser {
    Json(Box<json::Stream>),
}

impl Formed {
    pub(crate) fn new(source: Source, form: Form, repairer: &Repairer) -> Formed {
        Formed {
            source,
            parser: match form {
                Form::Json => Parser::Json(Box::new(json::Stream::new(repairer.clone()))),
            },
            block: vec![0; BLOCK],
            ended: false,
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
                read => break read?,
            }
        };
        self.ended = length == 0;
        let Parser::Json(stream) = &mut self.parser;
        let parsed = match &self.block[..length] {
            [] => stream.finish(out),
            read => stream.push(read, out),
        };
        for bad in stream.bad_lines() {
            self.flaw_count += 1;
            if self.flaw_count <= MOST_FLAWS {
                self.flaws
                    .push(invalid(format!("{bad}; the line stays as it is")));
            }
        }
        if self.ended && self.flaw_count > MOST_FLAWS {
            let more = self.flaw_count - MOST_FLAWS;
            let text = format!("not JSON in {more} more lines, which stay as they are");
            self.flaws.push(invalid(text));
        }
        match parsed {
            Ok(()) => Ok(Some(length)),
            Err(error) => Err(invalid(error.to_string())),
        }
    }

    /// What is wrong in what was read last, though reading goes on.
    pub(crate) fn flaws(&mut self) -> Vec<io::Error> {
        mem::take(&mut self.flaws)
    }

    /// How many edits have been made.
    pub(crate) fn edits(&self) -> u64 {
        let Parser::Json(stream) = &self.parser;
        stream.edits()
    }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
