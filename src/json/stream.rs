//! JSON pushed in chunks.
//!
//! What the chunks are does not show: all decisions go by what has been read, and by how far into its line that is.

use super::account::{Account, Edit};
use super::error::{Error, Fault};
use super::grammar::{Grammar, SEPARATOR, Stop};
use super::string::{Held, Sink, Source, plain};
use crate::repairer::Repairer;
use crate::segment;
use crate::steps::Steps;

/// Up to here, in bytes, a line is held back, so that it can pass through as it is if it turns out not to be JSON. As long as the longest segment of other text.
const LONGEST_HELD: usize = segment::MAX;

/// Repairs the strings of JSON that is pushed in chunks of any size: a document, or JSON lines.
///
/// What is to come of it is told in [the module](super). At most 64 KiB of a line and of a string are held back.
///
/// ```
/// use unmojibake::json::Stream;
///
/// let mut stream = Stream::default();
/// let mut out = Vec::new();
/// for chunk in [r#"{"\u00c3\u00b3ti"#, r#"mo": 1.50}"#] {
///     stream.push(chunk.as_bytes(), &mut out)?;
/// }
/// stream.finish(&mut out)?;
/// assert_eq!(out, "{\"\u{F3}timo\": 1.50}".as_bytes());
/// # Ok::<(), unmojibake::json::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stream {
    repairer: Repairer,
    /// Whether clean-ups are asked for: without, ASCII never changes.
    cleans_up: bool,
    state: State,
    grammar: Grammar,
    string: Held,
    line: Line,
    /// The line before, if a value began there and has not ended, until the next line tells whether it goes on.
    before: Option<Before>,
    /// Whether a value has ended in the line that it began in: so it is in JSON lines.
    lines: bool,
    /// How many bytes have been taken before the chunk.
    offset: u64,
    bad_lines: Vec<Error>,
    account: Account,
    /// Whether edits are kept until they are asked for.
    accounts: bool,
}

#[derive(Clone, Debug, Default)]
enum State {
    /// Outside of strings.
    #[default]
    Outside,
    Inside,
    /// Behind the place where a line turned out bad.
    BadLine,
    /// The document turned out bad, and so it ends.
    Bad(Error),
}

/// The line that is being read.
#[derive(Clone, Debug)]
struct Line {
    /// From 1.
    number: u64,
    /// How many bytes, and characters, of it are before the chunk.
    bytes: usize,
    characters: u64,
    /// Whether it goes on with a value that began in a line before.
    goes_on: bool,
    /// Whether it may still pass through as it is, and is held back for that.
    held: bool,
    /// What is held: as it was read before the chunk, what becomes of it, and the edits in that.
    old: Vec<u8>,
    new: Vec<u8>,
    account: Account,
}

/// A line that ends within a value: what is held of it, where it began, and what is wrong if the next line begins another value.
#[derive(Clone, Debug)]
struct Before {
    old: Vec<u8>,
    new: Vec<u8>,
    account: Account,
    offset: u64,
    error: Error,
}

impl Default for Line {
    fn default() -> Line {
        Line {
            number: 1,
            bytes: 0,
            characters: 0,
            goes_on: false,
            held: true,
            old: Vec::new(),
            new: Vec::new(),
            account: Account::default(),
        }
    }
}

/// A chunk on its way through.
struct Chunk<'c> {
    bytes: &'c [u8],
    /// How far it has been read.
    at: usize,
    /// How far it has been written.
    written: usize,
    /// Where in it the line begins.
    line: usize,
}

impl<'c> Chunk<'c> {
    fn rest(&self) -> &'c [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// What has been read of the line.
    fn line(&self) -> &'c [u8] {
        self.bytes.get(self.line..self.at).unwrap_or_default()
    }

    /// What has been read and not written. It counts as written from now on.
    fn take(&mut self) -> &'c [u8] {
        let from = std::mem::replace(&mut self.written, self.at);
        self.bytes.get(from..self.at).unwrap_or_default()
    }
}

impl Stream {
    /// A stream that is repaired by `repairer`.
    #[must_use]
    pub fn new(repairer: Repairer) -> Stream {
        Stream {
            cleans_up: !Steps::of_text(repairer.options()).is_empty(),
            repairer,
            ..Stream::default()
        }
    }

    /// Takes a chunk, and appends to `out` what is certain by now.
    ///
    /// # Errors
    ///
    /// Where a document is not JSON. What came before that place is in `out` then, repaired, and what comes behind is not taken.
    /// Lines that are not JSON are no errors here, but [`Stream::bad_lines`].
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let mut chunk = Chunk {
            bytes: chunk,
            at: 0,
            written: 0,
            line: 0,
        };
        while chunk.at < chunk.bytes.len() {
            let result = match &self.state {
                State::Outside => self.outside(&mut chunk, out),
                State::Inside => self.inside(&mut chunk, out),
                State::BadLine => {
                    self.bad_line(&mut chunk, out);
                    Ok(())
                }
                State::Bad(error) => return Err(error.clone()),
            };
            if let Err(fault) = result {
                self.fault(fault, &mut chunk, out)?;
            }
            if self.line.held && self.line.bytes + chunk.line().len() >= LONGEST_HELD {
                self.release(out);
            }
        }
        let rest = chunk.take();
        if self.line.held {
            self.line.old.extend_from_slice(chunk.line());
            self.line.new.extend_from_slice(rest);
        } else {
            out.extend_from_slice(rest);
        }
        self.line.bytes = self.line.bytes.saturating_add(chunk.line().len());
        self.line.characters += characters(chunk.line());
        self.offset += chunk.bytes.len() as u64;
        Ok(())
    }

    /// Appends the rest to `out`, and is ready for another text.
    ///
    /// # Errors
    ///
    /// As those of [`Stream::push`]; so it is where a document ends too early.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        let mut end = Chunk {
            bytes: &[],
            at: 0,
            written: 0,
            line: 0,
        };
        if self.lines {
            self.begin_anew(out);
        }
        let ended = match &self.state {
            State::BadLine => Ok(()),
            State::Outside if self.grammar.may_end() => Ok(()),
            State::Outside | State::Inside => self.fault(Fault::Ended, &mut end, out),
            State::Bad(error) => Err(error.clone()),
        };
        self.release(out);
        *self = Stream {
            bad_lines: std::mem::take(&mut self.bad_lines),
            account: std::mem::take(&mut self.account),
            accounts: self.accounts,
            ..Stream::new(self.repairer.clone())
        };
        ended
    }

    /// The lines that have passed through as they are, since they are not JSON, where what came before them and behind is. Each is told once, so ask after each chunk, and
    /// at the end.
    ///
    /// ```
    /// use unmojibake::json::Stream;
    ///
    /// let (mut stream, mut out) = (Stream::default(), Vec::new());
    /// let lines = b"\"\\u00c3\\u00b3timo\"\n{\"\\u00c3\\u00b3timo\"}\n\"\\u00c3\\u00b3timo\"\n";
    /// stream.push(lines, &mut out)?;
    /// stream.finish(&mut out)?;
    /// assert_eq!(out, "\"\u{F3}timo\"\n{\"\\u00c3\\u00b3timo\"}\n\"\u{F3}timo\"\n".as_bytes());
    ///
    /// let bad: Vec<_> = stream.bad_lines().collect();
    /// assert_eq!(bad.len(), 1);
    /// assert_eq!((bad[0].line(), bad[0].column()), (2, 20));
    /// # Ok::<(), unmojibake::json::Error>(())
    /// ```
    pub fn bad_lines(&mut self) -> impl Iterator<Item = Error> + '_ {
        self.bad_lines.drain(..)
    }

    /// How many edits have been made in what has come out, of all texts so far.
    #[must_use]
    pub fn edits(&self) -> u64 {
        self.account.count
    }

    /// Keeps an account of the edits, for [`Stream::found`].
    #[must_use]
    pub fn accounting(self) -> Stream {
        Stream {
            accounts: true,
            ..self
        }
    }

    /// The edits in what has come out, in order, if the stream is [`accounting`](Stream::accounting) for them. Each is told once, and kept until then, so ask after each chunk, and at
    /// the end.
    pub fn found(&mut self) -> impl Iterator<Item = Edit> + '_ {
        self.account.edits.drain(..)
    }

    /// How many bytes of the text are settled: no edit in them is to come any more.
    #[must_use]
    pub fn settled(&self) -> u64 {
        let line = self.offset - self.line.bytes as u64;
        match (&self.before, &self.state) {
            (_, State::Bad(error)) => error.offset,
            (Some(before), _) => before.offset,
            _ if self.line.held => line,
            (_, State::Inside) => self.string.offset(),
            _ => self.offset,
        }
    }

    /// Goes on to the next string or line.
    fn outside(&mut self, chunk: &mut Chunk<'_>, out: &mut Vec<u8>) -> Result<(), Fault> {
        let rest = chunk.rest();
        let near = match self.before {
            Some(_) => rest.get(..1).unwrap_or_default(),
            None => rest,
        };
        let (length, stop) = self.grammar.pass(near);
        chunk.at += length;
        let is_blank = near.trim_ascii().is_empty();
        if self.before.is_some() && length > 0 && !is_blank {
            self.release(out);
        }
        match stop {
            Stop::End => Ok(()),
            Stop::String => {
                // Most strings have neither an escape nor an end of the chunk in them, and need not be held.
                let start = chunk.at;
                chunk.at += plain(chunk.rest());
                let said = chunk.bytes.get(start..chunk.at).unwrap_or_default();
                if chunk.rest().first() == Some(&b'"') {
                    let source = Source {
                        bytes: chunk.bytes,
                        offset: self.offset,
                    };
                    let place = |at| start + at;
                    let mut sink = self.sink(out).0;
                    sink.repair(said, source, &mut chunk.written, place);
                    chunk.at += 1;
                    return Ok(());
                }
                chunk.at = start;
                self.state = State::Inside;
                self.string.begin(self.offset + start as u64);
                self.inside(chunk, out)
            }
            Stop::Line { .. } if !self.line.goes_on && !self.grammar.is_between_values() => {
                self.begin_second_line(chunk, out);
                Ok(())
            }
            Stop::Line { had_end } => {
                self.lines |= had_end && !self.line.goes_on;
                self.end_line(chunk, out);
                Ok(())
            }
            Stop::Fault(_) if self.before.is_some() && (self.lines || begins_value(rest)) => {
                self.begin_anew(out);
                Ok(())
            }
            Stop::Fault(fault) => Err(fault),
        }
    }

    /// A value goes on in a second line; or it was cut off, and another begins there.
    fn begin_second_line(&mut self, chunk: &mut Chunk<'_>, out: &mut Vec<u8>) {
        if self.before.is_some() {
            self.end_line(chunk, out);
            return;
        }
        chunk.at -= 1;
        let error = self.error(Fault::LineEnded, chunk);
        chunk.at += 1;
        if self.line.held {
            self.line.old.extend_from_slice(chunk.line());
            self.line.new.extend_from_slice(chunk.take());
        } else {
            out.extend_from_slice(chunk.take());
        }
        let offset = self.offset + chunk.at as u64 - (self.line.bytes + chunk.line().len()) as u64;
        chunk.line = chunk.at;
        let line = std::mem::take(&mut self.line);
        self.line.number = line.number + 1;
        self.before = Some(Before {
            old: line.old,
            new: line.new,
            account: line.account,
            offset,
            error,
        });
    }

    /// It was cut off: its line passes through.
    fn begin_anew(&mut self, out: &mut Vec<u8>) {
        if let Some(before) = self.before.take() {
            out.extend_from_slice(&before.old);
            self.bad_lines.push(before.error);
            self.grammar.begin_line();
        }
    }

    /// Goes on to the end of a string.
    fn inside(&mut self, chunk: &mut Chunk<'_>, out: &mut Vec<u8>) -> Result<(), Fault> {
        let (mut sink, string) = self.sink(out);
        sink.out.extend_from_slice(chunk.take());
        let done = loop {
            if !string.is_in_escape() {
                let (said, _) = chunk.rest().split_at(plain(chunk.rest()));
                string.push(said, &mut sink);
                chunk.at += said.len();
                let escapes = string.push_escapes(chunk.rest());
                chunk.at += escapes;
                if escapes > 0 {
                    continue;
                }
            }
            let Some(&byte) = chunk.rest().first() else {
                break Ok(());
            };
            if byte == b'\\' || string.is_in_escape() {
                if let Err(fault) = string.push_escape(byte, &mut sink) {
                    break Err(fault);
                }
                chunk.at += 1;
            } else if byte == b'"' {
                string.finish(&mut sink);
                self.state = State::Outside;
                break Ok(());
            } else {
                break Err(Fault::Control(byte));
            }
        };
        // What has been read is held, or out already.
        chunk.written = chunk.at;
        if let State::Outside = self.state {
            chunk.at += 1;
        }
        done
    }

    /// Goes on to the end of the line, in which all stays.
    fn bad_line(&mut self, chunk: &mut Chunk<'_>, out: &mut Vec<u8>) {
        match memchr::memchr(b'\n', chunk.rest()) {
            Some(end) => {
                chunk.at += end + 1;
                self.grammar.begin_line();
                self.state = State::Outside;
                self.end_line(chunk, out);
            }
            None => chunk.at = chunk.bytes.len(),
        }
    }

    fn end_line(&mut self, chunk: &mut Chunk<'_>, out: &mut Vec<u8>) {
        self.release(out);
        out.extend_from_slice(chunk.take());
        chunk.line = chunk.at;
        let next = self.grammar.is_between_values();
        self.line.number += 1;
        self.line.bytes = 0;
        self.line.characters = 0;
        self.line.goes_on = !next;
        self.line.held = next;
    }

    /// Lets go of what is held of the line. It goes on with the one before, if that is held.
    fn release(&mut self, out: &mut Vec<u8>) {
        if let Some(mut before) = self.before.take() {
            out.extend_from_slice(&before.new);
            self.account.append(&mut before.account);
            self.line.goes_on = true;
        }
        self.line.held = false;
        self.line.old.clear();
        out.append(&mut self.line.new);
        self.account.append(&mut self.line.account);
    }

    /// Where edits go: with the line, as long as it is held. With it comes the string that has been begun.
    fn sink<'s>(&'s mut self, out: &'s mut Vec<u8>) -> (Sink<'s>, &'s mut Held) {
        let (out, account) = match self.line.held {
            true => (&mut self.line.new, &mut self.line.account),
            false => (out, &mut self.account),
        };
        let sink = Sink {
            repairer: &self.repairer,
            cleans_up: self.cleans_up,
            accounts: self.accounts,
            out,
            account,
        };
        (sink, &mut self.string)
    }

    fn error(&self, fault: Fault, chunk: &Chunk<'_>) -> Error {
        let mark = self.line.number == 1 && self.grammar.has_mark();
        Error {
            line: self.line.number,
            column: 1 + self.line.characters + characters(chunk.line()) - u64::from(mark),
            offset: self.offset + chunk.at as u64,
            fault,
        }
    }

    /// The next byte should not be there. If it is in a line that began a value of its own, or among JSON lines, the line passes through as it is, from here on at least; if not,
    /// that is all.
    fn fault(
        &mut self,
        fault: Fault,
        chunk: &mut Chunk<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let error = self.error(fault, chunk);
        if self.before.is_some() {
            self.release(out);
        }
        if self.line.held && self.line.bytes + chunk.line().len() < LONGEST_HELD {
            self.string = Held::default();
            self.line.new.clear();
            self.line.account = Account::default();
            out.append(&mut self.line.old);
            out.extend_from_slice(chunk.line());
            chunk.written = chunk.at;
            self.release(out);
        } else {
            self.release(out);
            self.string.give_up(out);
            out.extend_from_slice(chunk.take());
        }
        if self.line.goes_on && !self.lines {
            self.state = State::Bad(error.clone());
            return Err(error);
        }
        self.state = State::BadLine;
        self.bad_lines.push(error);
        Ok(())
    }
}

/// Whether the next byte begins a value.
fn begins_value(rest: &[u8]) -> bool {
    matches!(
        rest.first(),
        Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' | &SEPARATOR)
    )
}

fn characters(bytes: &[u8]) -> u64 {
    let goes_on = |byte: &u8| byte & 0xC0 == 0x80;
    bytes.iter().filter(|byte| !goes_on(byte)).count() as u64
}
