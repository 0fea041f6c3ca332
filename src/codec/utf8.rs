//! UTF-8 as bytes: which part of a sequence a byte can be, and strict decoding.

/// The first byte of general punctuation, among it the quotes and dashes that a short garble most often was.
pub(crate) const PUNCTUATION: u8 = 0xE2;

/// Between the rarest of Han and the tags there are no characters. The emoji in Windows-1252 would be some, in the ISO codec that has another first byte in the place of theirs.
const UNUSED: std::ops::Range<u32> = 0x3_4000..0xE_0000;

/// The part that a byte plays in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The first byte of a sequence of two to four.
    Lead(u8),
    /// A byte after the first.
    Continuation,
    /// ASCII, or a byte that UTF-8 never holds.
    Other,
}

impl Part {
    pub(crate) const fn of(byte: u8) -> Part {
        match byte {
            0x80..=0xBF => Part::Continuation,
            0xC2..=0xDF => Part::Lead(2),
            0xE0..=0xEF => Part::Lead(3),
            0xF0..=0xF4 => Part::Lead(4),
            _ => Part::Other,
        }
    }
}

/// A sequence of up to four bytes, gathered one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sequence {
    code: u32,
    length: u8,
    filled: u8,
}

impl Sequence {
    /// A sequence with its first byte, if the byte can be one.
    pub(crate) fn start(lead: u8) -> Option<Sequence> {
        match Part::of(lead) {
            Part::Lead(length) => Some(Sequence {
                code: u32::from(lead & (0x7F >> length)),
                length,
                filled: 1,
            }),
            _ => None,
        }
    }

    /// The sequence with one byte more, or begun with it where there is none, if UTF-8 can go on with the byte.
    pub(crate) fn follow(sequence: Option<Sequence>, byte: u8) -> Option<Sequence> {
        match sequence {
            None => Sequence::start(byte),
            Some(sequence) => (Part::of(byte) == Part::Continuation).then(|| sequence.push(byte)),
        }
    }

    /// The sequence with one byte more, which must be a continuation.
    pub(crate) fn push(self, byte: u8) -> Sequence {
        Sequence {
            code: self.code << 6 | u32::from(byte & 0x3F),
            length: self.length,
            filled: self.filled + 1,
        }
    }

    /// Whether the byte after the first is there and is 80.
    pub(crate) fn starts_with_80(self) -> bool {
        self.filled == 2 && self.code & 0x3F == 0
    }

    /// Whether one byte more makes it full.
    pub(crate) fn is_last(self) -> bool {
        self.filled + 1 == self.length
    }

    /// What all that it could become has in common where one byte more makes it full: the code but for its last six bits.
    pub(crate) fn page(self) -> u32 {
        self.code
    }

    pub(crate) fn is_full(self) -> bool {
        self.filled == self.length
    }

    /// The length in bytes that the first byte asks for.
    pub(crate) fn length(self) -> u8 {
        self.length
    }

    /// The code point of a full sequence: no overlong form, no noncharacter, and nothing from where Unicode has no characters. Surrogates pass, for [`pair`] to join.
    pub(crate) fn code_point(self) -> Option<u32> {
        let least = match self.length {
            2 => 0x80,
            3 => 0x800,
            _ => 0x1_0000,
        };
        let noncharacter = self.code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&self.code);
        let unused = UNUSED.contains(&self.code);
        (self.is_full() && (least..=0x10_FFFF).contains(&self.code) && !noncharacter && !unused)
            .then_some(self.code)
    }
}

/// The character of a sequence of so many bytes, the last of them lowest, if they are one.
#[inline]
pub(crate) fn decode(bytes: u32, length: u32) -> Option<char> {
    let rest = (1..=length).map(|k| (bytes >> (8 * (length - k))) as u8);
    let mut sequence = None;
    for byte in rest {
        sequence = Some(Sequence::follow(sequence, byte)?);
    }
    char::from_u32(sequence?.code_point()?)
}

/// The same of the last three bytes, if they are a sequence of which nobody need ask whether it is a character: one of most of the world's.
#[inline]
pub(crate) fn decode_three(bytes: u32) -> Option<char> {
    let code = bytes >> 4 & 0xF000 | bytes >> 2 & 0xFC0 | bytes & 0x3F;
    let is_one = bytes & 0xF0_C0C0 == 0xE0_8080 && (0x800..0xD800).contains(&code);
    char::from_u32(code).filter(|_| is_one)
}

/// Joins a surrogate pair, each half a sequence of three: how CESU-8 and Java's modified UTF-8 write what lies beyond U+FFFF.
pub(crate) fn pair(high: u32, low: u32) -> Option<char> {
    if (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low) {
        char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    } else {
        None
    }
}
