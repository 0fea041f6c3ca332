//! Tables: CSV, and what is like it. Each field is a text of its own, so one field's garble does not speak for another.
//!
//! Where fields end, and what they say, `csv-core` knows; of each, what is written is kept too, and that is what goes out if nothing is repaired. A repaired field is in
//! quotes if it was, or has to be. Any file is a table, a ragged one at worst, so there is little to refuse: but a field that does not end, since its quotes do not, would
//! fill the memory.

use std::borrow::Cow;
use std::mem;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use unmojibake::Repairer;

use super::{Edit, Parser, Splice};

/// What may be between fields, if neither the arguments nor the first line say so. Of those that are in the first line, and not in quotes there, the most frequent is; of several, the first of these.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// What a first line may say for spreadsheets, with the character that is between fields behind it.
const NAMED: &[u8] = b"sep=";

/// The longest beginning of a first line that is looked at for that, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// The longest field that is repaired, in bytes.
const LONGEST_FIELD: usize = 1 << 20;

const MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) struct Table {
    repairer: Repairer,
    delimiter: Option<u8>,
    /// What has come of the first line, until it is all there.
    head: Option<Vec<u8>>,
    reader: Box<Reader>,
    /// Whether the next field is the first of its row. Blank lines may be before it.
    first: bool,
    /// What there is of a field: as it is written, and what it says.
    source: Vec<u8>,
    said: Vec<u8>,
    /// Whether the field is too long, and its beginning is out as it is.
    too_long: bool,
    /// Where the reader puts what a field says.
    buffer: Vec<u8>,
    /// How many bytes have been taken, and the number of the line, from 1.
    offset: u64,
    line: u64,
    edits: u64,
    /// The edits themselves, if they are to be told of.
    found: Option<Vec<Edit>>,
    complaints: Vec<String>,
}

impl Table {
    pub(super) fn new(delimiter: Option<u8>, repairer: Repairer, accounts: bool) -> Table {
        Table {
            repairer,
            delimiter,
            head: Some(Vec::new()),
            reader: Box::new(Reader::new()),
            first: true,
            source: Vec::new(),
            said: Vec::new(),
            too_long: false,
            buffer: vec![0; 4096],
            offset: 0,
            line: 1,
            edits: 0,
            found: accounts.then(Vec::new),
            complaints: Vec::new(),
        }
    }

    /// Begins, now that the first line tells what is between fields.
    fn begin(&mut self, head: &[u8], out: &mut Vec<u8>) {
        // All marks that there are: the reader would leave one out of what the first field says.
        let mut rest = head;
        while let Some(behind) = rest.strip_prefix(MARK) {
            rest = behind;
        }
        let mark = &head[..head.len() - rest.len()];
        out.extend_from_slice(mark);
        self.offset += mark.len() as u64;
        let delimiter = self.delimiter.unwrap_or_else(|| delimiter(rest));
        self.delimiter = Some(delimiter);
        *self.reader = ReaderBuilder::new().delimiter(delimiter).build();
        self.read(rest, out);
    }

    fn read(&mut self, mut input: &[u8], out: &mut Vec<u8>) {
        while !input.is_empty() {
            let (result, taken, said) = self.reader.read_field(input, &mut self.buffer);
            self.take(&input[..taken], said, out);
            input = &input[taken..];
            if let ReadFieldResult::Field { record_end } = result {
                let line_end = |byte: &&u8| matches!(byte, b'\r' | b'\n');
                let terminator = match record_end {
                    true => self.source.iter().rev().take_while(line_end).count(),
                    // Of a field that is too long, all is out.
                    false => self.source.len().min(1),
                };
                self.end_field(terminator, out);
                self.first = record_end;
            }
        }
    }

    /// Adds to the field what the reader has taken, and what that says.
    fn take(&mut self, mut source: &[u8], said: usize, out: &mut Vec<u8>) {
        self.offset += source.len() as u64;
        self.line += memchr::memchr_iter(b'\n', source).count() as u64;
        if self.first && self.source.is_empty() && !self.too_long {
            let line_end = |byte: &&u8| matches!(byte, b'\r' | b'\n');
            let blank = source.iter().take_while(line_end).count();
            out.extend_from_slice(&source[..blank]);
            source = &source[blank..];
        }
        self.source.extend_from_slice(source);
        self.said.extend_from_slice(&self.buffer[..said]);
        if self.said.len() > LONGEST_FIELD && !self.too_long {
            self.too_long = true;
            self.complaints.push(format!(
                "a field is longer than 1 MiB at line {}, and stays as it is; are its quotes closed?",
                self.line
            ));
        }
        if self.too_long {
            out.append(&mut self.source);
            self.said.clear();
        }
    }

    /// Writes a field, and behind it the last bytes of its source, which end it.
    fn end_field(&mut self, terminator: usize, out: &mut Vec<u8>) {
        let (field, terminator) = self.source.split_at(self.source.len() - terminator);
        let mut said = &self.said[..];
        let mut new = self.repairer.repair_bytes(said);
        let mut old = Spelling::Bare;
        if matches!(new, Cow::Owned(_)) {
            old = Spelling::of(field);
        }
        if old == Spelling::Odd {
            said = field;
            new = self.repairer.repair_bytes(said);
        }
        let new = match new {
            Cow::Owned(new) => old
                .anew(&new, said, self.delimiter)
                .map(|spelling| (spelling, spelling.write(&new))),
            Cow::Borrowed(_) => None,
        };
        if let (Some((spelling, new)), Some(found)) = (&new, &mut self.found) {
            let start = self.offset - self.source.len() as u64;
            let whole = Splice {
                range: start..start + field.len() as u64,
                text: new.clone(),
            };
            account(&self.repairer, said, [old, *spelling], whole, found);
        }
        self.edits += u64::from(new.is_some());
        out.extend_from_slice(new.as_ref().map_or(field, |(_, new)| new));
        out.extend_from_slice(terminator);
        self.source.clear();
        self.said.clear();
        self.too_long = false;
    }
}

impl Parser for Table {
    fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        let Some(head) = &mut self.head else {
            self.read(chunk, out);
            return Ok(());
        };
        head.extend_from_slice(chunk);
        if memchr::memchr2(b'\r', b'\n', chunk).is_some() || head.len() >= LONGEST_HEAD {
            let head = self.head.take().unwrap_or_default();
            self.begin(&head, out);
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        if let Some(head) = self.head.take() {
            self.begin(&head, out);
        }
        // The reader takes an empty input for the end.
        loop {
            let (result, _, said) = self.reader.read_field(&[], &mut self.buffer);
            self.take(&[], said, out);
            match result {
                ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { .. } => self.end_field(0, out),
                ReadFieldResult::InputEmpty | ReadFieldResult::End => break,
            }
        }
        out.append(&mut self.source);
        Ok(())
    }

    fn edits(&self) -> u64 {
        self.edits
    }

    fn found(&mut self) -> Vec<Edit> {
        self.found.as_mut().map(mem::take).unwrap_or_default()
    }

    fn settled(&self) -> u64 {
        self.offset - self.source.len() as u64
    }

    fn complaints(&mut self) -> Vec<String> {
        mem::take(&mut self.complaints)
    }
}

/// How a field is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Bare,
    /// In quotes, which are closed or, at the end of a text, left open.
    Quoted {
        closed: bool,
    },
    /// With something behind the closing quote, as where quotes in it have backslashes: no two programs would agree on what that says. So it is taken as it is written.
    Odd,
}

impl Spelling {
    fn of(field: &[u8]) -> Spelling {
        let Some(mut rest) = field.strip_prefix(b"\"") else {
            return Spelling::Bare;
        };
        while let Some(quote) = memchr::memchr(b'"', rest) {
            rest = match &rest[quote + 1..] {
                [] => return Spelling::Quoted { closed: true },
                [b'"', rest @ ..] => rest,
                _ => return Spelling::Odd,
            };
        }
        Spelling::Quoted { closed: false }
    }

    /// How what takes the place of a field that said something else is written: in quotes if that was, or if there is something in it now that has to be. `None` where it is better left
    /// alone.
    fn anew(self, new: &[u8], said: &[u8], delimiter: Option<u8>) -> Option<Spelling> {
        let special =
            |byte: &&u8| matches!(byte, b'"' | b'\r' | b'\n') || Some(**byte) == delimiter;
        let count = |text: &[u8]| text.iter().filter(special).count();
        match self {
            // A quote within it stood for itself, and does so still.
            Spelling::Bare if count(new) <= count(said) => Some(Spelling::Bare),
            Spelling::Bare => Some(Spelling::Quoted { closed: true }),
            Spelling::Odd => (count(new) == count(said)).then_some(self),
            Spelling::Quoted { .. } => Some(self),
        }
    }

    fn is_quoted(self) -> bool {
        matches!(self, Spelling::Quoted { .. })
    }

    fn write(self, text: &[u8]) -> Vec<u8> {
        let mut out = self.inner(text);
        if let Spelling::Quoted { closed } = self {
            out.insert(0, b'"');
            out.extend(closed.then_some(b'"'));
        }
        out
    }

    /// Some of what a field says.
    fn inner(self, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len() + 2);
        for part in text.split_inclusive(|&byte| byte == b'"') {
            out.extend_from_slice(part);
            if self.is_quoted() && part.ends_with(b"\"") {
                out.push(b'"');
            }
        }
        out
    }
}

/// Tells of the edits in a field, which `whole` writes anew: of each by itself if the field is in quotes as it was, or is not.
fn account(
    repairer: &Repairer,
    said: &[u8],
    [old, new]: [Spelling; 2],
    whole: Splice,
    found: &mut Vec<Edit>,
) {
    let start = whole.range.start;
    let mut whole = (old != new).then_some(whole);
    // Where something stands that is said: behind the first quote, and behind those that are doubled before it.
    let (mut passed, mut more) = (0, u64::from(old.is_quoted()));
    let mut place = |at: usize| {
        if old.is_quoted() {
            more += memchr::memchr_iter(b'"', &said[passed..at]).count() as u64;
            passed = at;
        }
        start + at as u64 + more
    };
    for edit in repairer.find_bytes(said) {
        let range = place(edit.range.start)..place(edit.range.end);
        let splice = match old == new {
            true => Some(Splice {
                range: range.clone(),
                text: new.inner(edit.after.as_bytes()),
            }),
            false => whole.take(),
        };
        found.push(Edit {
            range,
            splice,
            before: edit.before.to_owned(),
            after: edit.after,
            layers: edit.layers,
            losses: edit.losses,
            steps: edit.steps,
        });
    }
}

/// What is between fields, as the first line tells.
fn delimiter(head: &[u8]) -> u8 {
    let end = memchr::memchr2(b'\r', b'\n', head).unwrap_or(head.len());
    let line = &head[..end];
    match line.strip_prefix(NAMED) {
        Some(&[named]) if named.is_ascii() && named != b'"' => named,
        _ => most_frequent(line),
    }
}

fn most_frequent(line: &[u8]) -> u8 {
    let bare: Vec<u8> = line
        .split(|&byte| byte == b'"')
        .step_by(2)
        .flatten()
        .copied()
        .collect();
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, &bare).count();
    DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| count(delimiter))
        .unwrap_or(b',')
}
