//! How natural a text is: what a character costs after another, in sixteenths of a nat (-16 ln P).
//!
//! Two tables answer, and a third, [`fillers`], for letters that were lost. [`bigrams`] holds the cost of the pairs that the training text has often enough; any other pair costs
//! what its classes say (`CLASS_COSTS`, class after class) and what the character costs within its class. Both were
//! counted by `tools/train` from text in several hundred languages, each with a weight that keeps the big from
//! drowning the small. All of it lies in `tables/model.bin`, whose parts `tables/model.rs` names.

mod bigrams;
mod cuckoo;
mod fillers;
pub(crate) mod scanned;

pub(crate) use fillers::boost;

use crate::tables::model::{
    ASCII_COSTS, ASTRAL_END, BEYOND, CLASS_COSTS, CLASSES, GLYPH_CLASSES, GLYPH_COSTS, OPENING,
    PAGE_INDEX, UNKNOWN,
};

/// Cost in sixteenths of a nat: less is more natural. Sums over a segment of 64 KiB stay far from overflow.
pub(crate) type Cost = i32;

/// A cost given in nats.
pub(crate) const fn nats(n: f32) -> Cost {
    (n * 16.0) as Cost
}

/// No pair is held for less likely than this: past it, the tables cannot tell rare from impossible.
pub(crate) const CEILING: Cost = nats(17.0);

static MODEL: &[u8] = include_bytes!("../tables/model.bin");

/// The part of the model at `range`, which the compiler has checked to lie within it.
const fn part(range: core::ops::Range<usize>) -> &'static [u8] {
    let (_, tail) = MODEL.split_at(range.start);
    tail.split_at(range.end - range.start).0
}

/// The page of each 64 characters.
static PAGES: [u16; ASTRAL_END as usize / PAGE] = pages();
/// Of each character on a page its class, and its cost within the class. They lie apart, since the scan needs the classes alone.
static GLYPH_CLASS: &[u8] = part(GLYPH_CLASSES);
static GLYPH_COST: &[u8] = part(GLYPH_COSTS);
static COSTS: &[u8] = part(CLASS_COSTS);
static ASCII: &[u8] = part(ASCII_COSTS);

/// Characters a page of the glyph table: as many as there are last bytes of a sequence of UTF-8.
const PAGE: usize = 64;

/// What kind of character one is: letters of a script, quotes of a kind, digits and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class(u8);

impl Class {
    pub(crate) fn of(c: char) -> Class {
        let class = place(u32::from(c)).and_then(|at| GLYPH_CLASS.get(at).copied());
        Class(class.unwrap_or(BEYOND.0))
    }

    /// Whether its characters begin garbles in a multi-byte codec: Han and Hangul whose bytes are the first two of a sequence of UTF-8.
    pub(crate) fn is_opening(self) -> bool {
        self.0 >= OPENING
    }
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn pages() -> [u16; ASTRAL_END as usize / PAGE] {
    let bytes = part(PAGE_INDEX);
    let mut pages = [0; ASTRAL_END as usize / PAGE];
    let mut at = 0;
    while at < pages.len() {
        pages[at] = u16::from_le_bytes([bytes[2 * at], bytes[2 * at + 1]]);
        at += 1;
    }
    pages
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn class(code: usize) -> u8 {
    GLYPH_CLASS[PAGES[code / PAGE] as usize * PAGE + code % PAGE]
}

/// How many pages the tables of glyphs have.
const GLYPH_PAGES: usize = GLYPH_COST.len() / PAGE;

/// Which characters of each page the training text has, a bit each.
static KNOWN: [u64; GLYPH_PAGES] = known_of_pages();

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn known_of_pages() -> [u64; GLYPH_PAGES] {
    let mut known = [0; GLYPH_PAGES];
    let mut at = 0;
    while at < GLYPH_PAGES * PAGE {
        if GLYPH_COST[at] < UNKNOWN {
            known[at / PAGE] |= 1 << (at % PAGE);
        }
        at += 1;
    }
    known
}

/// Which of 64 characters the training text has, a bit each: those whose codes are one number but for the last six bits.
pub(crate) fn known(page: u32) -> u64 {
    let page = PAGES.get(page as usize);
    let known = page.and_then(|&page| KNOWN.get(usize::from(page)));
    known.copied().unwrap_or(0)
}

/// A character with what the model knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub code: u32,
    pub class: Class,
    /// The cost within the class; its lowest bit is [`Glyph::has_bigrams`].
    within: u8,
}

impl Glyph {
    #[inline]
    pub(crate) fn of(c: char) -> Glyph {
        let code = u32::from(c);
        let at = place(code);
        let known = at.and_then(|at| Some((*GLYPH_CLASS.get(at)?, *GLYPH_COST.get(at)?)));
        let (class, within) = known.unwrap_or(BEYOND);
        Glyph {
            code,
            class: Class(class),
            within,
        }
    }

    pub(crate) fn to_char(self) -> char {
        char::from_u32(self.code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub(crate) fn is_ascii(self) -> bool {
        self.code < 0x80
    }

    /// Whether the training text has the character at all.
    pub(crate) fn is_known(self) -> bool {
        self.within < UNKNOWN
    }

    /// Whether the character is in any pair of the bigram table; asking first keeps false finds off characters that have none.
    fn has_bigrams(self) -> bool {
        self.within & 1 != 0
    }

    pub(crate) fn is_line_feed(self) -> bool {
        self.code == 0x0A
    }
}

/// Where the character lies in the tables of glyphs, if it does.
fn place(code: u32) -> Option<usize> {
    let code = code as usize;
    let page = PAGES.get(code / PAGE)?;
    Some(usize::from(*page) * PAGE + code % PAGE)
}

/// Set in the cost of a class after a class if the bigram table has any pair of the two. It is asked for no others: a false find among the many that a lost byte could
/// make would win over all that are rightly dear.
const PAIRED: Cost = 1;

/// What a class costs after a class.
#[inline]
fn class_cost(before: Class, c: Class) -> Cost {
    let at = usize::from(before.0) * CLASSES + usize::from(c.0);
    COSTS.get(at).map_or(CEILING, |&cost| Cost::from(cost))
}

/// What `c` costs after `before`. The look-up of pairs is a call of its own, so that what most pairs need can be part of the loops that sum them up.
#[inline]
pub(crate) fn cost(before: Glyph, c: Glyph) -> Cost {
    if before.is_ascii() && c.is_ascii() {
        let at = (before.code << 7 | c.code) as usize;
        return ASCII.get(at).map_or(CEILING, |&cost| Cost::from(cost));
    }
    let class = class_cost(before.class, c.class);
    if class & PAIRED != 0
        && before.has_bigrams()
        && c.has_bigrams()
        && let Some(own) = bigrams::pair(before.code, c.code)
    {
        return own;
    }
    (class + Cost::from(c.within)).min(CEILING)
}
