//! Character to byte, for all single-byte codecs at once.
//!
//! A garble is read one character at a time, and each character is wanted as a byte of many codecs. So the tables are
//! turned round: one [`Row`] a character, with its byte in each codec, and one bit a codec in masks that say what
//! part of UTF-8 that byte could be. Two neighbours can then be tested against all codecs by one AND.
//!
//! The rows are computed by the compiler from [`CODE_PAGES`]: about a thousand characters occur in any code page.

use super::SINGLE_BYTE;
use crate::codec::utf8::Part;
use crate::tables::codepages::{CODE_PAGES, HOLE};

/// What a character is in each codec.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// The character's byte by codec, 0 where the codec lacks it (no codec has a byte below 80 here).
    pub bytes: [u8; SINGLE_BYTE],
    /// Codecs that have the same byte for the character as the first codec that has it.
    pub same: u32,
    /// Codecs in which the character is the first byte of a sequence of two, of three, of four.
    pub lead: [u32; 3],
    /// Codecs in which the character is a continuation byte.
    pub cont: u32,
}

impl Row {
    const EMPTY: Row = Row {
        bytes: [0; SINGLE_BYTE],
        same: 0,
        lead: [0; 3],
        cont: 0,
    };

    /// Whether no codec has the character.
    pub fn is_empty(&self) -> bool {
        self.same == 0
    }

    /// Codecs in which the character begins a sequence of any length.
    pub fn leads(&self) -> u32 {
        self.lead[0] | self.lead[1] | self.lead[2]
    }

    /// Codecs, among them `codec`, that have its byte for the character.
    #[inline]
    pub fn agreeing(&self, codec: usize) -> u32 {
        if self.same >> codec & 1 != 0 {
            return self.same;
        }
        self.having_that_of(codec)
    }

    #[inline(never)]
    fn having_that_of(&self, codec: usize) -> u32 {
        let byte = self.bytes.get(codec);
        self.bytes.iter().zip(0..).fold(0, |agreeing, (other, k)| {
            agreeing | u32::from(Some(other) == byte) << k
        })
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "only the compiler runs it, and an index out of bounds would not compile"
    )]
    const fn add(&mut self, codec: usize, byte: u8) {
        self.bytes[codec] = byte;
        if self.same == 0 || self.bytes[self.same.trailing_zeros() as usize] == byte {
            self.same |= 1 << codec;
        }
        match Part::of(byte) {
            Part::Lead(length) => self.lead[length as usize - 2] |= 1 << codec,
            Part::Continuation => self.cont |= 1 << codec,
            Part::Other => {}
        }
    }
}

const PAGE: usize = 64;
/// Powers of two, some more than are needed: what lies beyond is cut off by a bit mask, and no look-up is out of bounds.
const MAX_PAGES: usize = 64;
const MAX_ROWS: usize = 1024;

struct Inverse {
    /// The page of each 64 characters of the basic plane; page 0 is the empty one.
    index: [u8; 0x10000 / PAGE],
    /// The row of each character of a page; row 0 is the empty one.
    pages: [[u16; PAGE]; MAX_PAGES],
    rows: [Row; MAX_ROWS],
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn invert() -> Inverse {
    let mut it = Inverse {
        index: [0; 0x10000 / PAGE],
        pages: [[0; PAGE]; MAX_PAGES],
        rows: [Row::EMPTY; MAX_ROWS],
    };
    let (mut page_count, mut row_count) = (1, 1);
    let mut codec = 0;
    while codec < SINGLE_BYTE {
        let mut upper = 0;
        while upper < 128 {
            let byte = 0x80 + upper as u8;
            let mut code = CODE_PAGES[codec].1[upper] as usize;
            // A hole among the C1 bytes comes out as that control where decoders follow the WHATWG Encoding Standard. So
            // they count for the codec, and going through it again gives the same text.
            if code == HOLE as usize && byte < 0xA0 {
                code = byte as usize;
            }
            if code != HOLE as usize {
                if it.index[code / PAGE] == 0 {
                    it.index[code / PAGE] = page_count as u8;
                    page_count += 1;
                }
                let page = it.index[code / PAGE] as usize;
                if it.pages[page][code % PAGE] == 0 {
                    it.pages[page][code % PAGE] = row_count as u16;
                    row_count += 1;
                }
                it.rows[it.pages[page][code % PAGE] as usize].add(codec, byte);
            }
            upper += 1;
        }
        codec += 1;
    }
    it
}

static INVERSE: Inverse = invert();

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn holes() -> [u128; SINGLE_BYTE] {
    let mut out = [0; SINGLE_BYTE];
    let mut codec = 0;
    while codec < SINGLE_BYTE {
        let mut upper = 0;
        while upper < 128 {
            if matches!(CODE_PAGES[codec].1[upper], HOLE | 0x80..=0x9F) {
                out[codec] |= 1 << upper;
            }
            upper += 1;
        }
        codec += 1;
    }
    out
}

/// Codecs that have a continuation byte which gets lost: a hole, a C1 control, a no-break space or a soft hyphen.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
pub(crate) const LOSING: u32 = {
    let mut out = 0;
    let mut codec = 0;
    while codec < SINGLE_BYTE {
        let mut upper = 0;
        while upper < 0x40 {
            if matches!(CODE_PAGES[codec].1[upper], HOLE | 0x80..=0xA0 | 0xAD) {
                out |= 1 << codec;
            }
            upper += 1;
        }
        codec += 1;
    }
    out
};

/// The bytes of each codec that get lost, one bit a byte from 80 up. No decoder fails at a C1 control, but the next program may: text of Windows, misread and
/// stored as Latin-1, has `?` wherever Windows-1252 puts a character there.
pub(super) static HOLES: [u128; SINGLE_BYTE] = holes();

/// Whether a code page has any of the 64 characters of a page of the basic plane, ASCII aside.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
pub(super) const fn has_page(page: usize) -> bool {
    INVERSE.index[page] != 0
}

/// The row of a character; the empty one for ASCII and for what no code page has.
#[inline]
pub(crate) fn row(c: char) -> &'static Row {
    static EMPTY: Row = Row::EMPTY;
    let code = c as usize;
    let page = INVERSE.index.get(code / PAGE).copied().unwrap_or(0);
    let page = INVERSE.pages.get(usize::from(page) % MAX_PAGES);
    let row = page.and_then(|page| page.get(code % PAGE)).copied();
    let row = usize::from(row.unwrap_or(0)) % MAX_ROWS;
    INVERSE.rows.get(row).unwrap_or(&EMPTY)
}
