//! Character to bytes, for the codecs of East Asia, which read bytes in pairs.
//!
//! Their tables come from `encoding_rs`, which has them the way round that decoding needs. They are turned round when a text is met for the first time that could be a garble of one:
//! some 20,000 characters a codec, in two or three milliseconds. Only bytes that UTF-8 can have side by side are kept. That leaves half of the characters out,
//! and tells most clean text at once from a garble.

use std::sync::LazyLock;

use encoding_rs::Encoding;

use super::utf8::{Part, Sequence};
use super::{Codec, MULTI_BYTE, SINGLE_BYTE};

/// The most characters that a [`Group`] is read back to.
const LONGEST: usize = 8;

/// A character's bytes in a codec: none, one or two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bytes(u16);

impl Bytes {
    /// The first byte; 0 if there is none.
    pub fn first(self) -> u8 {
        let [first, second] = self.0.to_be_bytes();
        if first == 0 { second } else { first }
    }

    pub fn iter(self) -> impl Iterator<Item = u8> {
        self.0.to_be_bytes().into_iter().filter(|&byte| byte != 0)
    }
}

const PAGE: usize = 64;
const BASIC_PLANE: usize = 0x1_0000;

/// A codec the other way round.
struct Inverse {
    /// The page of each 64 characters of the basic plane; page 0 is the empty one.
    index: Vec<u16>,
    pages: Vec<[u16; PAGE]>,
    /// For each first byte from 80 up, the second bytes it makes a character with in every decoder.
    pairs: Vec<[u64; 4]>,
}

impl Inverse {
    fn of(codec: Codec) -> Inverse {
        let mut it = Inverse {
            index: vec![0; BASIC_PLANE / PAGE],
            pages: vec![[0; PAGE]],
            pairs: vec![[0; 4]; 0x80],
        };
        let Some(encoding) = encoding(codec) else {
            return it;
        };
        if codec == Codec::ShiftJis {
            it.add(SHIFT_JIS_NBSP.1, u16::from(SHIFT_JIS_NBSP.0));
        }
        let mut rows = Vec::new();
        for first in 0x80..=0xFFu8 {
            rows.clear();
            rows.extend([first, b'\n']);
            rows.extend((0x40..=0xFFu8).flat_map(|second| [first, second, b'\n']));
            let (text, _) = encoding.decode_without_bom_handling(&rows);
            let mut lines = text.split('\n').map(only_char);
            if let Some(c) = lines.next().flatten() {
                it.add(c, u16::from(first));
            }
            for (second, c) in (0x40..=0xFFu8).zip(lines) {
                if let Some(c) = c {
                    if codec.has_everywhere(first, c) {
                        it.allow(first, second);
                    }
                    if fits(first, second) {
                        it.add(c, u16::from_be_bytes([first, second]));
                    }
                }
            }
        }
        it
    }

    fn allow(&mut self, first: u8, second: u8) {
        let word = self
            .pairs
            .get_mut(usize::from(first & 0x7F))
            .and_then(|row| row.get_mut(usize::from(second >> 6)));
        if let Some(word) = word {
            *word |= 1 << (second & 0x3F);
        }
    }

    /// Notes the bytes of a character, unless it has some already: of two ways to write it the first is the usual one.
    fn add(&mut self, c: char, bytes: u16) {
        let code = c as usize;
        let Some(page) = self.index.get_mut(code / PAGE) else {
            return;
        };
        if *page == 0 {
            *page = self.pages.len() as u16;
            self.pages.push([0; PAGE]);
        }
        let place = self
            .pages
            .get_mut(usize::from(*page))
            .and_then(|page| page.get_mut(code % PAGE));
        if let Some(place) = place.filter(|place| **place == 0) {
            *place = bytes;
        }
    }

    fn bytes(&self, c: char) -> Bytes {
        let code = c as usize;
        let page = self
            .index
            .get(code / PAGE)
            .map_or(0, |&page| usize::from(page));
        let bytes = self.pages.get(page).and_then(|page| page.get(code % PAGE));
        Bytes(bytes.copied().unwrap_or(0))
    }

    fn is_pair(&self, first: u8, second: u8) -> bool {
        first >= 0x80
            && self
                .pairs
                .get(usize::from(first & 0x7F))
                .and_then(|row| row.get(usize::from(second >> 6)))
                .is_some_and(|word| word >> (second & 0x3F) & 1 != 0)
    }
}

impl Codec {
    /// Whether every decoder has the character that a pair with this first byte makes, and not only those that follow the WHATWG Encoding Standard: it has
    /// characters for private use in GBK, and the Hong Kong supplement in Big5, where others find nothing.
    fn has_everywhere(self, first: u8, c: char) -> bool {
        match self {
            Codec::Gbk => !('\u{E000}'..='\u{F8FF}').contains(&c),
            Codec::Big5 => matches!(first, 0xA1..=0xC6 | 0xC9..=0xF9),
            _ => true,
        }
    }
}

/// The character of a line that holds just one, read from bytes that make one.
fn only_char(line: &str) -> Option<char> {
    let mut chars = line.chars();
    let c = chars.next()?;
    (chars.next().is_none() && c != char::REPLACEMENT_CHARACTER).then_some(c)
}

/// Whether UTF-8 can have the second byte after the first, one from 80 up.
fn fits(first: u8, second: u8) -> bool {
    match (Part::of(first), Part::of(second)) {
        (Part::Lead(_), then) => then == Part::Continuation,
        (Part::Continuation, then) => then != Part::Other || second.is_ascii(),
        (Part::Other, _) => false,
    }
}

/// The tables of the multi-byte codecs, in their order among all codecs.
static TABLES: [LazyLock<Inverse>; MULTI_BYTE] = [
    LazyLock::new(|| Inverse::of(Codec::Gbk)),
    LazyLock::new(|| Inverse::of(Codec::ShiftJis)),
    LazyLock::new(|| Inverse::of(Codec::EucKr)),
    LazyLock::new(|| Inverse::of(Codec::Big5)),
];

/// A byte of Shift_JIS that browsers leave undefined, and Windows does not.
const SHIFT_JIS_NBSP: (u8, char) = (0xA0, '\u{A0}');

fn inverse(codec: Codec) -> Option<&'static Inverse> {
    let at = codec.index().checked_sub(SINGLE_BYTE)?;
    TABLES.get(at).map(|table| &**table)
}

fn encoding(codec: Codec) -> Option<&'static Encoding> {
    match codec {
        Codec::Gbk => Some(encoding_rs::GBK),
        Codec::ShiftJis => Some(encoding_rs::SHIFT_JIS),
        Codec::EucKr => Some(encoding_rs::EUC_KR),
        Codec::Big5 => Some(encoding_rs::BIG5),
        _ => None,
    }
}

/// The character's bytes: none if the codec is a single-byte one, or has no bytes for it that UTF-8 could have.
pub(crate) fn bytes(codec: Codec, c: char) -> Bytes {
    inverse(codec).map_or(Bytes::default(), |inverse| inverse.bytes(c))
}

/// Whether every decoder of the codec has a character for the two bytes.
pub(crate) fn is_pair(codec: Codec, first: u8, second: u8) -> bool {
    inverse(codec).is_some_and(|inverse| inverse.is_pair(first, second))
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

/// A group under way.
#[derive(Clone, Copy, Debug, Default)]
struct Gathering {
    group: Group,
    /// The sequence that has begun and not ended.
    sequence: Option<Sequence>,
}

impl Gathering {
    /// Takes one byte more, if UTF-8 can go on with it.
    fn take(&mut self, byte: u8) -> Option<()> {
        if self.sequence.is_none() && byte.is_ascii() {
            return self.group.push(char::from(byte));
        }
        let sequence = Sequence::follow(self.sequence, byte)?;
        self.sequence = Some(sequence);
        if sequence.is_full() {
            self.group.push(char::from_u32(sequence.code_point()?)?)?;
            self.sequence = None;
        }
        Some(())
    }
}

/// The group that the characters begin with, and how many of them it takes, if nothing of it was lost.
pub(crate) fn group(codec: Codec, chars: impl Iterator<Item = char>) -> Option<(usize, Group)> {
    let inverse = inverse(codec)?;
    let mut gathering = Gathering::default();
    for (taken, c) in (1..).zip(chars) {
        let [first, second] = inverse.bytes(c).0.to_be_bytes();
        if first != 0 {
            gathering.take(first)?;
        }
        // The last byte is none only where there is no byte at all.
        gathering.take(Some(second).filter(|&byte| byte != 0)?)?;
        if gathering.sequence.is_none() {
            return Some((taken, gathering.group));
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
