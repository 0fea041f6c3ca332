//! What bytes come from, and what they are read as: unpacked, and in UTF-8.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use unmojibake::Invalid;

use super::coding::{Coding, Packing};
use super::decoded::{Decoded, Malformed};
use super::text::Rules;
use crate::args::STDIN;

/// So many bytes tell whether a text is UTF-16 without a mark.
const SAMPLE: usize = 1024;

/// As long as NUL has come in every second byte, so many are waited for.
const ENOUGH: usize = 64;

pub(crate) struct Source {
    reader: Box<dyn Read + Send>,
    rules: Rules,
    /// How the text is written, once its first bytes have been read.
    kind: Option<Written>,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    pub(crate) packing: Option<Packing>,
    /// The encoding it is in, if not UTF-8.
    pub(crate) encoding: Option<&'static Encoding>,
    /// The one it seems to be in, though no mark says so.
    pub(crate) unmarked: Option<&'static Encoding>,
}

impl Source {
    pub(crate) fn open(path: &Path, rules: Rules) -> io::Result<Source> {
        if is_stdin(path) {
            // It has a buffer of its own, which reads of the size of a block go past.
            Ok(Source::new(io::stdin(), rules))
        } else {
            Ok(Source::new(File::open(path)?, rules))
        }
    }

    pub(crate) fn new(reader: impl Read + Send + 'static, rules: Rules) -> Source {
        Source {
            reader: Box::new(reader),
            rules,
            kind: None,
        }
    }

    /// How the text is written, once something has been read.
    pub(crate) fn written(&self) -> Written {
        self.kind.unwrap_or_default()
    }

    /// How what becomes of the text is to be written.
    pub(crate) fn coding(&self) -> Coding {
        let written = self.written();
        let encoding = match self.rules.to {
            Some(to) => Some(to),
            // What was said to be in an encoding comes out in UTF-8; what says so itself, as it was.
            None => written.encoding.filter(|_| self.rules.encoding.is_none()),
        };
        Coding::new(
            encoding.filter(|&encoding| encoding != UTF_8),
            written.packing.filter(|_| self.rules.packs),
        )
    }

    /// What becomes of what is malformed. Lone surrogates stay in what stays UTF-16.
    fn malformed(&self) -> Malformed {
        let is_utf16 = |encoding| encoding == Some(UTF_16LE) || encoding == Some(UTF_16BE);
        match self.rules.invalid {
            Invalid::Replace => Malformed::Replaced,
            Invalid::Keep
                if !self.rules.only_utf8
                    && is_utf16(self.written().encoding)
                    && is_utf16(self.coding().encoding) =>
            {
                Malformed::Kept
            }
            _ => Malformed::Refused,
        }
    }

    /// Finds out how the text is written, and reads it so from here on.
    fn begin(&mut self) -> io::Result<()> {
        let reader = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        let (mut first, mut reader) = peek(reader)?;
        let packing = Packing::of(&first);
        if let Some(packing) = packing {
            (first, reader) = peek(packing.unpack(reader))?;
        }
        let marked = match first[..] {
            [0xFF, 0xFE, ..] => Some(UTF_16LE),
            [0xFE, 0xFF, ..] => Some(UTF_16BE),
            _ => None,
        };
        let encoding = self.rules.encoding.or(marked);
        let is_guessed = encoding.is_none() && !self.rules.records;
        self.kind = Some(Written {
            packing,
            encoding: encoding.filter(|&encoding| encoding != UTF_8),
            unmarked: unmarked(&first).filter(|_| is_guessed),
        });
        self.reader = match self.written().encoding {
            Some(encoding) => Box::new(Decoded::new(reader, encoding, self.malformed())),
            None => reader,
        };
        Ok(())
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.kind.is_none() {
            self.begin()?;
        }
        self.reader.read(buffer)
    }
}

/// Reads until the first bytes tell what is to be known, and gives them with a reader of all.
fn peek(mut reader: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut first = Vec::new();
    let mut block = [0; SAMPLE];
    while may_be_more(&first) {
        match reader.read(&mut block) {
            Ok(0) => break,
            Ok(length) => first.extend_from_slice(&block[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let reader = Box::new(Cursor::new(first.clone()).chain(reader));
    Ok((first, reader))
}

/// Whether more bytes could tell what these do not. No line of a slow pipe is to wait for them.
fn may_be_more(first: &[u8]) -> bool {
    match *first {
        [] => true,
        [b'\n'] => false,
        [_] => true,
        [0x1F, 0x8B, ..] | [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => false,
        [0x28, 0xB5] | [0x28, 0xB5, 0x2F] => true,
        [0x50..=0x5F, 0x2A] | [0x50..=0x5F, 0x2A, 0x4D] => true,
        [a, b, ..] => (a == 0) != (b == 0) && first.len() < ENOUGH,
    }
}

/// UTF-16, of which text in Latin letters has NUL in every second byte and nowhere else.
fn unmarked(first: &[u8]) -> Option<&'static Encoding> {
    let sample = first.get(..SAMPLE).unwrap_or(first);
    let (units, _) = sample.as_chunks::<2>();
    let [even, odd] = [0, 1].map(|at| units.iter().filter(|unit| unit[at] == 0).count());
    let (encoding, read): (_, fn([u8; 2]) -> u16) = match (even, odd) {
        (0, 2..) => (UTF_16LE, u16::from_le_bytes),
        (2.., 0) => (UTF_16BE, u16::from_be_bytes),
        _ => return None,
    };
    let often = 8 * (even + odd) >= units.len();
    // The last unit may be the first of a pair.
    let chars = char::decode_utf16(units.iter().map(|&unit| read(unit)));
    let is_text = |c: char| !c.is_control() || c.is_whitespace();
    (often && chars.flatten().all(is_text)).then_some(encoding)
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    // Not as paths, for which `-/` is the same as `-`.
    path.as_os_str() == OsStr::new(STDIN)
}
