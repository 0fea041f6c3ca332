//! Bytes that may not be UTF-8 throughout: which stretches of them are read as text, and as what text.

use std::ops::Range;
use std::str::Utf8Chunks;

use encoding_rs::Encoding;

use crate::codec::Codec;
use crate::options::Invalid;
use crate::segment;

/// A stretch of bytes that is read as one text, which begins where a segment does, or behind bytes that are not UTF-8.
pub(crate) enum Text<'b> {
    /// The bytes are UTF-8, from `start` on.
    Sound { start: usize, text: &'b str },
    /// Some of the bytes are not.
    Mended(Mended),
}

/// A segment as text, with characters in place of bytes that are not UTF-8.
pub(crate) struct Mended {
    /// Where the segment stands among the bytes.
    pub range: Range<usize>,
    pub text: String,
    /// What is not UTF-8, in order.
    pub strays: Vec<Stray>,
}

/// Bytes that are not UTF-8, and the character in their place.
pub(crate) struct Stray {
    /// Where they stand among the bytes.
    pub bytes: Range<usize>,
    /// Where it stands in the text of the segment.
    pub text: Range<usize>,
}

impl Mended {
    /// Reads a segment, which begins at `start`.
    fn new(segment: &[u8], start: usize, invalid: Invalid) -> Mended {
        let mut mended = Mended {
            range: start..start + segment.len(),
            text: String::with_capacity(segment.len()),
            strays: Vec::new(),
        };
        let mut at = start;
        for chunk in segment.utf8_chunks() {
            mended.text.push_str(chunk.valid());
            at += chunk.valid().len();
            let end = at + chunk.invalid().len();
            if invalid == Invalid::Windows1252 {
                for (&byte, at) in chunk.invalid().iter().zip(at..) {
                    let c = Codec::Windows1252.decode(byte);
                    mended.push_stray(at..at + 1, c.unwrap_or(char::from(byte)));
                }
            } else if at < end {
                mended.push_stray(at..end, char::REPLACEMENT_CHARACTER);
            }
            at = end;
        }
        mended
    }

    fn push_stray(&mut self, bytes: Range<usize>, c: char) {
        let start = self.text.len();
        self.text.push(c);
        self.strays.push(Stray {
            bytes,
            text: start..self.text.len(),
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
    invalid: Invalid,
    /// How far they have been read.
    at: usize,
    /// All of the bytes, if they are one text that is still to come.
    whole: Option<&'b str>,
    /// Whether a line has been begun that is not UTF-8 throughout. Its segments are looked at one by one.
    mixed: bool,
    /// What is left of a segment of which only what is UTF-8 is read.
    chunks: Option<Utf8Chunks<'b>>,
}

impl<'b> Texts<'b> {
    pub(crate) fn new(bytes: &'b [u8], invalid: Invalid) -> Texts<'b> {
        Texts {
            whole: simdutf8::basic::from_utf8(bytes).ok(),
            ..Texts::among(bytes, invalid)
        }
    }

    /// The same where it is known that the bytes are not UTF-8 throughout.
    pub(crate) fn among(bytes: &'b [u8], invalid: Invalid) -> Texts<'b> {
        Texts {
            bytes,
            invalid,
            at: 0,
            whole: None,
            mixed: false,
            chunks: None,
        }
    }

    fn sound(&mut self, text: &'b str) -> Text<'b> {
        let start = self.at;
        self.at += text.len();
        Text::Sound { start, text }
    }
}

impl<'b> Iterator for Texts<'b> {
    type Item = Text<'b>;

    fn next(&mut self) -> Option<Text<'b>> {
        loop {
            if let Some(whole) = self.whole.take() {
                return Some(self.sound(whole));
            }
            while let Some(chunk) = self.chunks.as_mut().and_then(Iterator::next) {
                let text = self.sound(chunk.valid());
                self.at += chunk.invalid().len();
                if !chunk.valid().is_empty() {
                    return Some(text);
                }
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
            if self.invalid == Invalid::Keep {
                self.chunks = Some(segment.utf8_chunks());
                continue;
            }
            if let Ok(text) = std::str::from_utf8(segment) {
                return Some(self.sound(text));
            }
            let mended = Mended::new(segment, self.at, self.invalid);
            self.at += segment.len();
            return Some(Text::Mended(mended));
        }
    }
}
