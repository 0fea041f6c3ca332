//! Bytes that may not be UTF-8 throughout: which stretches of them are read as text, and as what text.

use std::ops::Range;

use encoding_rs::Encoding;

use crate::codec::{Codec, utf8};
use crate::options::{Invalid, Options};
use crate::segment;
use crate::steps::Step;

/// A stretch of bytes that is read as one text, which begins where a segment does, or behind bytes that are not UTF-8.
pub(crate) enum Text<'b> {
    /// The bytes are UTF-8, from `start` on.
    Sound { start: usize, text: &'b str },
    /// Some of the bytes are not.
    Mended(Mended),
}

/// A stretch of a segment as text, with characters in place of bytes that are not UTF-8.
pub(crate) struct Mended {
    /// Where it stands among the bytes.
    pub range: Range<usize>,
    pub text: String,
    /// What is not UTF-8, in order.
    pub strays: Vec<Stray>,
}

/// Bytes that are not UTF-8, and the character in their place.
pub(crate) struct Stray {
    /// Where they stand among the bytes.
    pub bytes: Range<usize>,
    /// Where it stands in the text.
    pub text: Range<usize>,
    /// The step that put it there, if not [`Options::invalid`] says so.
    pub step: Option<Step>,
}

/// What is asked for where bytes are not UTF-8.
#[derive(Clone, Copy)]
struct Manner {
    invalid: Invalid,
    surrogates: bool,
}

impl Manner {
    /// The character for what the bytes begin with, which is not UTF-8 for `length` bytes; how many bytes it stands for; and the step that says so. `None` if the bytes stay.
    fn stand_in(self, bytes: &[u8], length: usize) -> Option<(char, usize, Option<Step>)> {
        if self.surrogates
            && let Some((c, length)) = surrogates(bytes)
        {
            return Some((c, length, Some(Step::Surrogates)));
        }
        match self.invalid {
            Invalid::Keep => None,
            Invalid::Replace => Some((char::REPLACEMENT_CHARACTER, length, None)),
            Invalid::Windows1252 => {
                let byte = *bytes.first()?;
                let c = Codec::Windows1252.decode(byte);
                Some((c.unwrap_or(char::from(byte)), 1, None))
            }
        }
    }
}

/// The character that the bytes begin with as a pair of surrogates, or U+FFFD for one alone; and how many bytes that takes.
fn surrogates(bytes: &[u8]) -> Option<(char, usize)> {
    let one = |bytes: &[u8]| match bytes {
        [0xED, second @ 0xA0..0xC0, third @ 0x80..0xC0, ..] => {
            Some(0xD000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F))
        }
        _ => None,
    };
    let high = one(bytes)?;
    let low = bytes.get(3..).and_then(one);
    Some(match low.and_then(|low| utf8::pair(high, low)) {
        Some(c) => (c, 6),
        None => (char::REPLACEMENT_CHARACTER, 3),
    })
}

impl Mended {
    /// Reads a stretch, which begins at `start`, up to the first bytes that stay.
    fn read(stretch: &[u8], start: usize, manner: Manner) -> Mended {
        let mut mended = Mended {
            range: start..start,
            text: String::with_capacity(stretch.len()),
            strays: Vec::new(),
        };
        let mut rest = stretch;
        while let Some(chunk) = rest.utf8_chunks().next() {
            mended.text.push_str(chunk.valid());
            mended.range.end += chunk.valid().len();
            rest = rest.get(chunk.valid().len()..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            let Some((c, length, step)) = manner.stand_in(rest, chunk.invalid().len()) else {
                break;
            };
            mended.push_stray(c, length, step);
            rest = rest.get(length..).unwrap_or_default();
        }
        mended
    }

    fn push_stray(&mut self, c: char, length: usize, step: Option<Step>) {
        let (bytes, text) = (self.range.end, self.text.len());
        self.text.push(c);
        self.range.end += length;
        self.strays.push(Stray {
            bytes: bytes..self.range.end,
            text: text..self.text.len(),
            step,
        });
    }

    /// Where among the bytes a character of the text begins, or the text ends.
    pub(crate) fn place(&self, at: usize) -> usize {
        let before = self.strays.partition_point(|stray| stray.text.end <= at);
        let (text, bytes) = before
            .checked_sub(1)
            .and_then(|last| self.strays.get(last))
            .map_or((0, self.range.start), |last| {
                (last.text.end, last.bytes.end)
            });
        bytes + (at - text)
    }
}

/// The texts among bytes that begin where a segment does, in order.
pub(crate) struct Texts<'b> {
    bytes: &'b [u8],
    manner: Manner,
    /// How far they have been read.
    at: usize,
    /// All of the bytes, if they are one text that is still to come.
    whole: Option<&'b str>,
    /// Whether a line has been begun that is not UTF-8 throughout. Its segments are looked at one by one.
    mixed: bool,
    /// The end of the segment that has been begun.
    segment: usize,
}

impl<'b> Texts<'b> {
    pub(crate) fn new(bytes: &'b [u8], options: &Options) -> Texts<'b> {
        Texts {
            whole: simdutf8::basic::from_utf8(bytes).ok(),
            ..Texts::among(bytes, options)
        }
    }

    /// The same where it is known that the bytes are not UTF-8 throughout.
    pub(crate) fn among(bytes: &'b [u8], options: &Options) -> Texts<'b> {
        Texts {
            bytes,
            manner: Manner {
                invalid: options.invalid,
                surrogates: options.surrogates,
            },
            at: 0,
            whole: None,
            mixed: false,
            segment: 0,
        }
    }

    fn sound(&mut self, text: &'b str) -> Text<'b> {
        let start = self.at;
        self.at += text.len();
        Text::Sound { start, text }
    }

    /// The next text of the segment that has been begun. Bytes that stay are passed.
    fn in_segment(&mut self) -> Option<Text<'b>> {
        while let Some(rest) = self.bytes.get(self.at..self.segment) {
            let chunk = rest.utf8_chunks().next()?;
            let (valid, invalid) = (chunk.valid(), chunk.invalid());
            let behind = rest.get(valid.len()..).unwrap_or_default();
            if !invalid.is_empty() && self.manner.stand_in(behind, invalid.len()).is_some() {
                let mended = Mended::read(rest, self.at, self.manner);
                self.at = mended.range.end;
                return Some(Text::Mended(mended));
            }
            if !valid.is_empty() {
                return Some(self.sound(valid));
            }
            self.at += invalid.len();
        }
        None
    }
}

impl<'b> Iterator for Texts<'b> {
    type Item = Text<'b>;

    fn next(&mut self) -> Option<Text<'b>> {
        loop {
            if let Some(whole) = self.whole.take() {
                return Some(self.sound(whole));
            }
            if let Some(text) = self.in_segment() {
                return Some(text);
            }
            let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
            if !self.mixed {
                // What is UTF-8 up to the line that holds the first other byte needs no look at single segments.
                let valid = Encoding::utf8_valid_up_to(rest);
                let lines = if valid == rest.len() {
                    valid
                } else {
                    memchr::memrchr(b'\n', rest.get(..valid)?).map_or(0, |at| at + 1)
                };
                self.mixed = lines < rest.len();
                if lines > 0 {
                    let lines = std::str::from_utf8(rest.get(..lines)?).ok()?;
                    return Some(self.sound(lines));
                }
            }
            let segment = rest.get(..segment::end(rest).unwrap_or(rest.len()))?;
            self.mixed = segment.last() != Some(&b'\n');
            self.segment = self.at + segment.len();
        }
    }
}
