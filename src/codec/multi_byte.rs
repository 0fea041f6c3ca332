//! Character to bytes, for the codecs of East Asia, which read bytes in pairs.
//!
//! `encoding_rs` has their tables the way round that decoding needs. To turn them round took milliseconds at the first text that could be a garble, clean Chinese among
//! it; so they lie here turned round already. Only bytes that UTF-8 can have side by side are kept. That leaves half of the characters out,
//! and tells most clean text at once from a garble.

use encoding_rs::Encoding;

use super::utf8::{Part, Sequence};
use super::{Codec, CodecSet, MULTI_BYTE, SINGLE_BYTE};
use crate::tables::pairs;

/// The most characters that a [`Group`] is read back to.
const LONGEST: usize = 8;

/// A character's bytes in a codec: none, one or two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bytes(u16);

impl Bytes {
    /// The first byte; 0 if there is none.
    pub const fn first(self) -> u8 {
        let [first, second] = self.0.to_be_bytes();
        if first == 0 { second } else { first }
    }

    /// How many bytes there are, and those as a number.
    #[inline]
    pub fn count(self) -> u32 {
        u32::from(self.0 != 0) + u32::from(self.0 > 0xFF)
    }

    pub fn number(self) -> u16 {
        self.0
    }

    /// The bytes, the first of two apart from the last: none of both if there is none.
    #[inline]
    pub fn pair(self) -> (Option<u8>, Option<u8>) {
        let [first, last] = self.0.to_be_bytes();
        (
            Some(first).filter(|&byte| byte != 0),
            Some(last).filter(|&byte| byte != 0),
        )
    }

    /// The bytes as a number if there are two.
    #[inline]
    pub fn two(self) -> Option<u16> {
        Some(self.0).filter(|&bytes| bytes > 0xFF)
    }

    const fn length(self) -> u8 {
        match self.0 {
            0 => 0,
            1..=0xFF => 1,
            _ => 2,
        }
    }

    pub fn iter(self) -> impl Iterator<Item = u8> {
        self.0.to_be_bytes().into_iter().filter(|&byte| byte != 0)
    }
}

/// Characters a page: as many as a mask has bits.
const PAGE: usize = 64;

/// The page of each 64 characters of the basic plane. One without any character is page 0.
static INDEX: [u16; pairs::INDEX] = shorts(LONGS);
/// On each page for each codec, which characters it has.
static MASKS: [u64; pairs::MASKS] = longs(0);
/// Where in [`BYTES`] those of each mask begin.
static STARTS: [u16; pairs::STARTS] = shorts(LONGS + 2 * pairs::INDEX);
/// The bytes of those characters, one after the other.
static BYTES: [u16; pairs::BYTES] = shorts(LONGS + 2 * (pairs::INDEX + pairs::STARTS));
/// For each codec and each first byte from 80 up, the second bytes from 40 up that it makes a character with in every decoder.
static SECONDS: [u64; pairs::SECONDS] = longs(8 * pairs::MASKS);

/// How many bytes of the file are numbers of 64 bits.
const LONGS: usize = 8 * (pairs::MASKS + pairs::SECONDS);

const FILE: &[u8] = include_bytes!("../tables/pairs.bin");

/// The numbers of 64 bits from a place in the file on.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn longs<const COUNT: usize>(at: usize) -> [u64; COUNT] {
    let mut numbers = [0; COUNT];
    let (chunks, _) = FILE.split_at(at).1.as_chunks();
    let mut k = 0;
    while k < COUNT {
        numbers[k] = u64::from_le_bytes(chunks[k]);
        k += 1;
    }
    numbers
}

/// The numbers of 16 bits from a place in the file on.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn shorts<const COUNT: usize>(at: usize) -> [u16; COUNT] {
    let mut numbers = [0; COUNT];
    let (chunks, _) = FILE.split_at(at).1.as_chunks();
    let mut k = 0;
    while k < COUNT {
        numbers[k] = u16::from_le_bytes(chunks[k]);
        k += 1;
    }
    numbers
}

/// A byte of Shift_JIS that browsers leave undefined, and Windows does not.
const SHIFT_JIS_NBSP: (u8, char) = (0xA0, '\u{A0}');

fn encoding(codec: Codec) -> Option<&'static Encoding> {
    match codec {
        Codec::Gbk => Some(encoding_rs::GBK),
        Codec::ShiftJis => Some(encoding_rs::SHIFT_JIS),
        Codec::EucKr => Some(encoding_rs::EUC_KR),
        Codec::Big5 => Some(encoding_rs::BIG5),
        _ => None,
    }
}

/// Where the tables have a character: the page that it is on, and its bit there.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    page: usize,
    bit: u64,
}

/// What of a group a character is that it begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beginning {
    Whole,
    Part,
}

impl Place {
    #[inline]
    pub fn of(c: char) -> Place {
        let page = INDEX.get(c as usize / PAGE).copied().unwrap_or(0);
        Place {
            page: page.into(),
            bit: 1 << (c as usize % PAGE),
        }
    }

    /// The codecs that have bytes for the character which UTF-8 could have.
    #[inline]
    pub fn codecs(self) -> CodecSet {
        let masks = MASKS.as_chunks::<MULTI_BYTE>().0.get(self.page);
        let masks = masks.into_iter().flatten().zip(SINGLE_BYTE..);
        let bits = masks.map(|(mask, codec)| u32::from(mask & self.bit != 0) << codec);
        CodecSet::from_bits(bits.sum())
    }

    /// The codecs in which a sequence begins with the character.
    #[inline]
    pub fn opening(self) -> CodecSet {
        let parts = PARTS.as_chunks::<MULTI_BYTE>().0.get(self.page);
        let parts = parts.into_iter().flatten().zip(SINGLE_BYTE..);
        let bits = parts.map(|(parts, codec)| u32::from(parts.opens & self.bit != 0) << codec);
        CodecSet::from_bits(bits.sum())
    }

    /// Whether a group could begin with the character before another, and whether that is all of it, as far as the first bytes of both tell.
    #[inline]
    pub fn beginning(self, codec: Codec, next: Place) -> Option<Beginning> {
        let codec = codec.index().checked_sub(SINGLE_BYTE)?;
        let parts = parts(self.page, codec);
        if parts.opens & self.bit == 0 {
            return None;
        }
        if parts.is_all & self.bit != 0 {
            return Some(Beginning::Whole);
        }
        let goes_on = self::parts(next.page, codec).goes_on & next.bit != 0;
        goes_on.then_some(Beginning::Part)
    }

    /// The character's bytes: none if the codec is a single-byte one, or has no bytes for it that UTF-8 could have.
    #[inline]
    pub fn bytes(self, codec: Codec) -> Bytes {
        match codec.index().checked_sub(SINGLE_BYTE) {
            Some(codec) => self.bytes_in(codec),
            None => Bytes::default(),
        }
    }

    /// The character's bytes in one of the codecs, counted from the first of them.
    #[inline]
    fn bytes_in(self, codec: usize) -> Bytes {
        let at = self.page * MULTI_BYTE + codec;
        let mask = MASKS.get(at).copied().unwrap_or(0);
        if mask & self.bit == 0 {
            return Bytes::default();
        }
        let start = STARTS.get(at).copied().unwrap_or(0);
        let ahead = (mask & (self.bit - 1)).count_ones() as usize;
        Bytes(BYTES.get(usize::from(start) + ahead).copied().unwrap_or(0))
    }
}

/// The character's bytes: none if the codec is a single-byte one, or has no bytes for it that UTF-8 could have.
pub(crate) fn bytes(codec: Codec, c: char) -> Bytes {
    Place::of(c).bytes(codec)
}

/// Whether any of the codecs could have bytes for any of the 64 characters of a page of the basic plane.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
pub(super) const fn has_page(page: usize) -> bool {
    INDEX[page] != 0
}

/// Whether any of the codecs could have bytes for the character.
pub(crate) fn is_known(c: char) -> bool {
    Place::of(c).page != 0
}

/// The codecs in which a group could begin with a character before another, as far as the first bytes of both tell. Where the group is that one character, another has to
/// begin behind it, or ASCII.
pub(crate) fn may_begin(c: char, next: char) -> CodecSet {
    let (place, next_place) = (Place::of(c), Place::of(next));
    let begins = |codec: usize| {
        let parts = parts(place.page, codec);
        parts.opens & place.bit != 0 && {
            let next_parts = self::parts(next_place.page, codec);
            match parts.is_all & place.bit != 0 {
                true => next_parts.opens & next_place.bit != 0 || next.is_ascii(),
                false => next_parts.goes_on & next_place.bit != 0,
            }
        }
    };
    let bits = (0..MULTI_BYTE).map(|codec| u32::from(begins(codec)) << codec);
    CodecSet::from_bits(bits.sum::<u32>() << SINGLE_BYTE)
}

/// The parts that the first bytes of characters play in UTF-8: of 64 characters in a codec a bit each.
#[derive(Clone, Copy)]
struct Parts {
    /// Those that begin a sequence.
    opens: u64,
    /// Those of them whose bytes are all of it.
    is_all: u64,
    /// Those that go on with one.
    goes_on: u64,
}

/// What a page has none of.
const NO_PARTS: Parts = Parts {
    opens: 0,
    is_all: 0,
    goes_on: 0,
};

fn parts(page: usize, codec: usize) -> Parts {
    let parts = PARTS.get(page * MULTI_BYTE + codec);
    parts.copied().unwrap_or(NO_PARTS)
}

/// The parts of all pages. To find the bytes themselves takes counting, and clean text of East Asia is asked often.
static PARTS: [Parts; pairs::MASKS] = all_parts();

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn all_parts() -> [Parts; pairs::MASKS] {
    let mut all = [NO_PARTS; pairs::MASKS];
    let mut at = 0;
    while at < pairs::MASKS {
        let (mut left, mut byte) = (MASKS[at], STARTS[at] as usize);
        while left != 0 {
            let bit = left & left.wrapping_neg();
            let bytes = Bytes(BYTES[byte]);
            match Part::of(bytes.first()) {
                Part::Lead(length) => {
                    all[at].opens |= bit;
                    if length == bytes.length() {
                        all[at].is_all |= bit;
                    }
                }
                Part::Continuation => all[at].goes_on |= bit,
                Part::Other => {}
            }
            left ^= bit;
            byte += 1;
        }
        at += 1;
    }
    all
}

/// How many numbers of [`SECONDS`] a first byte has.
const WORDS: usize = 3;

/// One of the numbers of [`SECONDS`] for a first byte: which of 64 second bytes it makes a character with.
fn seconds(codec: Codec, first: u8, word: usize) -> u64 {
    let found = || {
        let row = usize::from(first.checked_sub(0x80)?);
        let codec = codec.index().checked_sub(SINGLE_BYTE)?;
        SECONDS.get((codec * 0x80 + row) * WORDS + word).copied()
    };
    found().unwrap_or(0)
}

/// Whether every decoder of the codec has a character for the two bytes.
pub(crate) fn is_pair(codec: Codec, first: u8, second: u8) -> bool {
    let Some(bit) = second.checked_sub(0x40) else {
        return false;
    };
    seconds(codec, first, usize::from(bit / 64)) >> (bit % 64) & 1 != 0
}

/// The same of all second bytes from 80 to BF at once, a bit each.
pub(crate) fn continuations(codec: Codec, first: u8) -> u64 {
    seconds(codec, first, 1)
}

/// The characters that a few garbled ones were. Pairs of bytes need not begin and end where sequences of UTF-8 do; a group is the least that begins and ends with both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Group {
    chars: [char; LONGEST],
    length: u8,
}

impl Group {
    pub fn chars(&self) -> &[char] {
        self.chars
            .get(..usize::from(self.length))
            .unwrap_or_default()
    }

    /// Adds a character, if there is room.
    pub fn push(&mut self, c: char) -> Option<()> {
        *self.chars.get_mut(usize::from(self.length))? = c;
        self.length += 1;
        Some(())
    }
}

/// The group that the characters begin with, and how many of them it takes, if nothing of it was lost.
pub(crate) fn group(codec: Codec, chars: impl Iterator<Item = char>) -> Option<(usize, Group)> {
    let mut group = Group::default();
    let taken = read_group(codec, chars, |c| group.push(c))?;
    Some((taken, group))
}

/// The same of a group of any length, whose characters are given one by one as long as they are taken.
pub(crate) fn read_group(
    codec: Codec,
    chars: impl Iterator<Item = char>,
    mut take: impl FnMut(char) -> Option<()>,
) -> Option<usize> {
    // The sequence that has begun and not ended.
    let mut sequence: Option<Sequence> = None;
    for (taken, c) in (1..).zip(chars) {
        let (first, last) = bytes(codec, c).pair();
        for byte in first.into_iter().chain(std::iter::once(last?)) {
            if sequence.is_none() && byte.is_ascii() {
                take(char::from(byte))?;
                continue;
            }
            let more = Sequence::follow(sequence, byte)?;
            sequence = Some(more);
            if more.is_full() {
                take(char::from_u32(more.code_point()?)?)?;
                sequence = None;
            }
        }
        if sequence.is_none() {
            return Some(taken);
        }
    }
    None
}

/// What became of bytes: a character, or a byte that the codec leaves undefined.
pub(crate) enum Decoded {
    Char(char),
    Hole(u8),
}

/// Reads bytes as a multi-byte codec. Of a pair that the codec leaves undefined, the first byte is a hole, and the second is read anew.
pub(crate) fn decode(codec: Codec, bytes: &[u8]) -> Vec<Decoded> {
    let mut out = Vec::with_capacity(bytes.len());
    let Some(encoding) = encoding(codec) else {
        return out;
    };
    let mut rest = bytes;
    while let [first, ..] = rest {
        let unit = (1..=2)
            .filter_map(|length| rest.split_at_checked(length))
            .find_map(|(unit, left)| {
                let text = encoding.decode_without_bom_handling_and_without_replacement(unit);
                text.map(|text| (text, left))
            });
        if codec == Codec::ShiftJis && *first == SHIFT_JIS_NBSP.0 {
            out.push(Decoded::Char(SHIFT_JIS_NBSP.1));
            rest = rest.get(1..).unwrap_or_default();
        } else if let Some((text, left)) = unit {
            out.extend(text.chars().map(Decoded::Char));
            rest = left;
        } else {
            out.push(Decoded::Hole(*first));
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    out
}
