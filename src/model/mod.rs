//! How natural a text is: what a character costs after another, in sixteenths of a nat (-16 ln P).
//!
//! Two tables answer, and a third, [`fillers`], for letters that were lost. [`bigrams`] holds the cost of the pairs that the training text has often enough; any other pair costs
//! what its classes say (`CLASS_COSTS`, class after class) and what the character costs within its class. Both were
//! counted by `tools/train` from text in several hundred languages, each with a weight that keeps the big from
//! drowning the small. All of it lies in `tables/model.bin`, whose parts `tables/model.rs` names.

mod bigrams;
mod cuckoo;
mod fillers;

pub(crate) use fillers::boost;

use crate::tables::model::{
    ASCII_COSTS, ASTRAL_END, BEYOND, CLASS_COSTS, CLASSES, GLYPH_CLASSES, GLYPH_COSTS, IMPOSSIBLE,
    OPENING, PAGE_INDEX, UNKNOWN,
};

/// Cost in sixteenths of a nat: less is more natural. Sums over a segment of 64 KiB stay far from overflow.
pub(crate) type Cost = i32;

/// A cost given in nats.
pub(crate) const fn nats(n: f32) -> Cost {
    (n * 16.0) as Cost
}

/// No pair is held for less likely than this: past it, the tables cannot tell rare from impossible.
const CEILING: Cost = nats(17.0);

static MODEL: &[u8] = include_bytes!("../tables/model.bin");

/// The part of the model at `range`, which the compiler has checked to lie within it.
const fn part(range: core::ops::Range<usize>) -> &'static [u8] {
    let (_, tail) = MODEL.split_at(range.start);
    tail.split_at(range.end - range.start).0
}

/// The page of each 64 characters.
static PAGES: [u16; ASTRAL_END as usize / 64] = pages();
/// Of each character on a page its class, and its cost within the class. They lie apart, since the scan needs the classes alone.
static GLYPH_CLASS: &[u8] = part(GLYPH_CLASSES);
static GLYPH_COST: &[u8] = part(GLYPH_COSTS);
/// The classes of what has one or two bytes in UTF-8, without pages.
static SHORT: [u8; 0x800] = short();
static COSTS: &[u8] = part(CLASS_COSTS);
static ASCII: &[u8] = part(ASCII_COSTS);

/// Characters a page of the glyph table.
const PAGE: u32 = 64;

/// What kind of character one is: letters of a script, quotes of a kind, digits and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class(u8);

impl Class {
    pub(crate) fn of(c: char) -> Class {
        let class = place(u32::from(c)).and_then(|at| GLYPH_CLASS.get(at).copied());
        Class(class.unwrap_or(BEYOND.0))
    }

    pub(crate) fn of_ascii(byte: u8) -> Class {
        Class(SHORT.get(usize::from(byte)).copied().unwrap_or(BEYOND.0))
    }

    /// Whether its characters begin garbles in a multi-byte codec: Han and Hangul whose bytes are the first two of a sequence of UTF-8.
    pub(crate) fn is_opening(self) -> bool {
        self.0 >= OPENING
    }

    /// The class of the character that the bytes begin with, which are UTF-8, and its length. A page of the tables is what the last byte of a sequence tells apart,
    /// so the bytes need not become a character first.
    pub(crate) fn first_of(bytes: &[u8]) -> Option<(Class, usize)> {
        let low = |byte: u8| usize::from(byte & 0x3F);
        Some(match *bytes {
            [a, ..] if a < 0x80 => (Class::of_ascii(a), 1),
            [a, b, ..] if a < 0xE0 => {
                let at = usize::from(a & 0x1F) << 6 | low(b);
                (Class(SHORT.get(at).copied().unwrap_or(BEYOND.0)), 2)
            }
            [a, b, c, ..] if a < 0xF0 => (
                Class::on_page(usize::from(a & 0x0F) << 6 | low(b), low(c)),
                3,
            ),
            [a, b, c, d, ..] => {
                let page = usize::from(a & 0x07) << 12 | low(b) << 6 | low(c);
                (Class::on_page(page, low(d)), 4)
            }
            _ => return None,
        })
    }

    fn on_page(page: usize, at: usize) -> Class {
        let page = PAGES.get(page).copied();
        let class = page.and_then(|page| GLYPH_CLASS.get(usize::from(page) << 6 | at));
        Class(class.copied().unwrap_or(BEYOND.0))
    }
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn pages() -> [u16; ASTRAL_END as usize / 64] {
    let bytes = part(PAGE_INDEX);
    let mut pages = [0; ASTRAL_END as usize / 64];
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
const fn short() -> [u8; 0x800] {
    let mut classes = [0; 0x800];
    let mut code = 0;
    while code < classes.len() {
        classes[code] = GLYPH_CLASS[(PAGES[code / 64] as usize) * 64 + code % 64];
        code += 1;
    }
    classes
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
    let page = PAGES.get((code / PAGE) as usize)?;
    Some(usize::from(*page) << 6 | (code % PAGE) as usize)
}

/// What a class costs after a class.
fn class_cost(before: Class, c: Class) -> Cost {
    let at = usize::from(before.0) * CLASSES + usize::from(c.0);
    COSTS.get(at).map_or(CEILING, |&cost| Cost::from(cost))
}

/// The pairs of classes that cost at least so much, a bit each: what the scan asks of every character, in a seventh of the bytes of the costs.
pub(crate) struct DearPairs([u32; 256 * DEAR_ROW]);

/// Words a class, enough for any class there could be, so that no look-up is out of bounds.
const DEAR_ROW: usize = 256 / 32;

impl DearPairs {
    #[allow(
        clippy::indexing_slicing,
        reason = "only the compiler runs it, and an index out of bounds would not compile"
    )]
    pub(crate) const fn from(least: Cost) -> DearPairs {
        let mut rows = [0; 256 * DEAR_ROW];
        let mut at = 0;
        while at < COSTS.len() {
            let (before, c) = (at / CLASSES, at % CLASSES);
            rows[before * DEAR_ROW + c / 32] |= ((COSTS[at] as Cost >= least) as u32) << (c % 32);
            at += 1;
        }
        DearPairs(rows)
    }

    /// These, and besides each pair of a class of ASCII and one that [opens](Class::is_opening).
    #[allow(
        clippy::indexing_slicing,
        reason = "only the compiler runs it, and an index out of bounds would not compile"
    )]
    pub(crate) const fn with_openings_after_ascii(mut self) -> DearPairs {
        let mut code = 0;
        while code < 0x80 {
            let mut c = OPENING as usize;
            while c < CLASSES {
                self.0[SHORT[code] as usize * DEAR_ROW + c / 32] |= 1 << (c % 32);
                c += 1;
            }
            code += 1;
        }
        self
    }

    pub(crate) fn contains(&self, before: Class, c: Class) -> bool {
        let at = usize::from(before.0) * DEAR_ROW + usize::from(c.0 / 32);
        self.0
            .get(at)
            .is_some_and(|bits| bits >> (c.0 % 32) & 1 != 0)
    }
}

/// What `c` costs after `before`.
pub(crate) fn cost(before: Glyph, c: Glyph) -> Cost {
    if before.is_ascii() && c.is_ascii() {
        let at = (before.code << 7 | c.code) as usize;
        return ASCII.get(at).map_or(CEILING, |&cost| Cost::from(cost));
    }
    let class = class_cost(before.class, c.class);
    let looked_up = class < Cost::from(IMPOSSIBLE) && before.has_bigrams() && c.has_bigrams();
    let own = if looked_up {
        bigrams::pair(before.code, c.code)
    } else {
        None
    };
    own.unwrap_or_else(|| (class + Cost::from(c.within)).min(CEILING))
}
