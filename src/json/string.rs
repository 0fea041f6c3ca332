//! A string: what it says, how that is written, and its repair.
//!
//! What a string says is a text of its own, repaired as any text is: line by line, where it says `\n`, and in stretches of at most 64 KiB. A lone surrogate, which no text can
//! have, is what bytes that are not UTF-8 are elsewhere: it stays, and nothing is read across it. What an edit does not touch stays as it is written. What an edit
//! puts in is written as itself, whichever way the string has its other characters; escapes are for what JSON wants them for.

use super::account::{Account, Edit};
use super::error::Fault;
use crate::repairer::Repairer;
use crate::segment;

/// How many bytes there are before the string ends, or something else than a plain character comes: a quote, a backslash, a control.
#[inline]
pub(super) fn plain(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (word, at) in words.iter().zip(0..) {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return at * 8 + (special.trailing_zeros() / 8) as usize;
        }
    }
    let plain = rest
        .iter()
        .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20));
    words.len() * 8 + plain.count()
}

/// The highest bit of each byte that is not plain. There may be more, but only behind the first.
fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let is = |byte: u8| is_zero(word ^ (ONES * u64::from(byte)));
    (is(b'"') | is(b'\\') | word.wrapping_sub(ONES * 0x20) & !word) & HIGH
}

/// What is repaired by what, and where it goes.
pub(super) struct Sink<'s> {
    pub repairer: &'s Repairer,
    /// Whether there are clean-ups besides the repair.
    pub cleans_up: bool,
    /// Whether edits are kept, not only counted.
    pub accounts: bool,
    pub out: &'s mut Vec<u8>,
    pub account: &'s mut Account,
}

/// Some text as it is written, and where it begins.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub bytes: &'s [u8],
    pub offset: u64,
}

impl Sink<'_> {
    /// Writes `source` from `copied` on, with what it `said` repaired, up to the last edit, and moves `copied` there. `place` tells where something stands in
    /// `source`.
    pub(super) fn repair(
        &mut self,
        said: &[u8],
        source: Source<'_>,
        copied: &mut usize,
        place: impl Fn(usize) -> usize,
    ) {
        // Repair never changes ASCII.
        if !self.cleans_up && said.is_ascii() {
            return;
        }
        for edit in self.repairer.find_bytes(said) {
            let range = place(edit.range.start)..place(edit.range.end);
            let before = source.bytes.get(*copied..range.start);
            self.out.extend_from_slice(before.unwrap_or_default());
            write(&edit.after, self.out);
            *copied = range.end;
            self.account.count += 1;
            if self.accounts {
                let mut written = Vec::new();
                write(&edit.after, &mut written);
                let written = String::from_utf8_lossy(&written).into_owned();
                let range = source.offset + range.start as u64..source.offset + range.end as u64;
                self.account.edits.push(Edit::new(edit, range, written));
            }
        }
    }
}

/// Writes text as a string has it.
fn write(text: &str, out: &mut Vec<u8>) {
    for byte in text.bytes() {
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0..0x20 => {
                out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                continue;
            }
            _ => {
                out.push(byte);
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
    }
}

/// A string of which not all is there, or that has escapes: the part of it that has not been repaired yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// As it is written, but for `high` and `escape`.
    source: Vec<u8>,
    /// Where in the text that begins.
    offset: u64,
    /// What it says.
    said: Vec<u8>,
    /// Where each escape ends, in `said` and in `source`.
    escapes: Vec<(usize, usize)>,
    /// An escape for the first of two surrogates, behind all that.
    high: Option<Escape>,
    /// The beginning of an escape, behind all that.
    escape: Escape,
}

/// An escape as far as it has been read, without the backslash.
#[derive(Clone, Copy, Debug, Default)]
struct Escape {
    written: [u8; 6],
    length: usize,
    unit: u16,
}

impl Escape {
    fn written(&self) -> &[u8] {
        self.written.get(..self.length).unwrap_or_default()
    }

    /// Takes one more byte, and tells whether that was the last.
    fn push(&mut self, byte: u8) -> Result<bool, Fault> {
        let whole = match (self.length, byte) {
            (0, _) => false,
            (1, b'u') => false,
            (1, _) => {
                self.unit = u16::from(match byte {
                    b'"' | b'\\' | b'/' => byte,
                    b'b' => 0x08,
                    b'f' => 0x0C,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    _ => return Err(Fault::Escape(byte)),
                });
                true
            }
            _ => {
                let digit = char::from(byte).to_digit(16).ok_or(Fault::Digit(byte))?;
                self.unit = self.unit << 4 | digit as u16;
                self.length == 5
            }
        };
        if let Some(place) = self.written.get_mut(self.length) {
            *place = byte;
        }
        self.length += 1;
        Ok(whole)
    }

    fn is_high(&self) -> bool {
        matches!(self.unit, 0xD800..0xDC00)
    }
}

/// The character that an escape of six bytes is for. There is none for a surrogate; of line ends none is told.
#[inline]
fn character(escape: &[u8; 6]) -> Option<char> {
    let [b'\\', b'u', digits @ ..] = escape else {
        return None;
    };
    let mut unit = 0;
    for &digit in digits {
        unit = unit << 4 | char::from(digit).to_digit(16)?;
    }
    char::from_u32(unit).filter(|&c| c != '\n')
}

impl Held {
    /// Begins, with what stands here in the text.
    pub(super) fn begin(&mut self, offset: u64) {
        self.offset = offset;
    }

    /// Where in the text what is held begins.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether an escape has been begun, to which the next byte belongs.
    pub(super) fn is_in_escape(&self) -> bool {
        self.escape.length > 0
    }

    /// Takes plain characters.
    pub(super) fn push(&mut self, mut plain: &[u8], sink: &mut Sink<'_>) {
        if !plain.is_empty() {
            self.end_pair(sink);
        }
        while !plain.is_empty() {
            let room = segment::MAX.saturating_sub(self.said.len());
            let (now, later) = plain.split_at(room.min(plain.len()));
            self.said.extend_from_slice(now);
            self.source.extend_from_slice(now);
            plain = later;
            self.repair_complete(sink);
        }
    }

    /// Takes as many whole escapes of characters as `bytes` begin with, and tells how long they are: texts in other letters than Latin ones are often nothing but these. Those that
    /// mean more than to add a character are not for it: surrogates, line ends, and the last that has room.
    pub(super) fn push_escapes(&mut self, bytes: &[u8]) -> usize {
        if self.high.is_some() || self.is_in_escape() {
            return 0;
        }
        let room = (segment::MAX - 4).saturating_sub(self.said.len());
        let (said, source) = (self.said.len(), self.source.len());
        let mut taken = 0;
        let mut utf8 = [0; 4];
        while let Some(escape) = bytes.get(taken..).and_then(|rest| rest.first_chunk::<6>())
            && let Some(c) = character(escape)
            && self.said.len() - said < room
        {
            taken += 6;
            self.said
                .extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
            self.escapes.push((self.said.len(), source + taken));
        }
        self.source
            .extend_from_slice(bytes.get(..taken).unwrap_or_default());
        taken
    }

    /// Takes a byte of an escape, the first of which is the backslash.
    pub(super) fn push_escape(&mut self, byte: u8, sink: &mut Sink<'_>) -> Result<(), Fault> {
        if !self.escape.push(byte)? {
            return Ok(());
        }
        let escape = std::mem::take(&mut self.escape);
        if escape.is_high() {
            self.end_pair(sink);
            self.high = Some(escape);
            return Ok(());
        }
        let pair = self.high.map(|high| [high.unit, escape.unit]);
        let as_pair = pair.and_then(|pair| char::decode_utf16(pair).next()?.ok());
        let c = match as_pair {
            Some(c) => {
                let high = self.high.take().unwrap_or_default();
                self.source.extend_from_slice(high.written());
                c
            }
            _ => {
                self.end_pair(sink);
                match char::from_u32(u32::from(escape.unit)) {
                    Some(c) => c,
                    None => {
                        self.lone(escape, sink);
                        return Ok(());
                    }
                }
            }
        };
        self.source.extend_from_slice(escape.written());
        self.said
            .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.escapes.push((self.said.len(), self.source.len()));
        self.repair_complete(sink);
        Ok(())
    }

    /// The string ends.
    pub(super) fn finish(&mut self, sink: &mut Sink<'_>) {
        self.end_pair(sink);
        self.repair(self.said.len(), sink);
    }

    /// Writes all that is left as it is, since the string does not end as it should.
    pub(super) fn give_up(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.source);
        out.extend_from_slice(self.high.unwrap_or_default().written());
        out.extend_from_slice(self.escape.written());
        *self = Held::default();
    }

    /// If the second of two surrogates has not come, the first is a lone one.
    fn end_pair(&mut self, sink: &mut Sink<'_>) {
        if let Some(high) = self.high.take() {
            self.lone(high, sink);
        }
    }

    fn lone(&mut self, surrogate: Escape, sink: &mut Sink<'_>) {
        self.repair(self.said.len(), sink);
        sink.out.extend_from_slice(surrogate.written());
        self.offset += surrogate.length as u64;
    }

    /// Repairs and writes what does not depend on what follows. Only the last byte can be a line end.
    fn repair_complete(&mut self, sink: &mut Sink<'_>) {
        if (self.said.len() >= segment::MAX || self.said.last() == Some(&b'\n'))
            && let Some(end) = segment::end(&self.said)
        {
            self.repair(end, sink);
        }
    }

    /// Repairs and writes the first `end` bytes of what is said.
    fn repair(&mut self, end: usize, sink: &mut Sink<'_>) {
        let place = |at: usize| {
            let escapes = self.escapes.partition_point(|(said, _)| *said <= at);
            let last = escapes.checked_sub(1).and_then(|at| self.escapes.get(at));
            last.map_or(at, |(said, source)| source + (at - said))
        };
        let source_end = place(end);
        let said = self.said.get(..end).unwrap_or_default();
        let mut copied = 0;
        let source = Source {
            bytes: &self.source,
            offset: self.offset,
        };
        sink.repair(said, source, &mut copied, place);
        let rest = self.source.get(copied..source_end);
        sink.out.extend_from_slice(rest.unwrap_or_default());
        self.said.drain(..end);
        self.source.drain(..source_end);
        self.offset += source_end as u64;
        self.escapes.retain_mut(|(said, source)| {
            let stays = *said > end;
            if stays {
                *said -= end;
                *source -= source_end;
            }
            stays
        });
    }
}
