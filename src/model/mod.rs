//! How natural a text is: what a character costs after another, in sixteenths of a nat (-16 ln P).
//!
//! Two tables answer, and a third, [`fillers`], for letters that were lost. [`bigrams`] holds the cost of the pairs that the training text has often enough; any other pair costs
//! what its classes say (`CLASS_COSTS`, class after class) and what the character costs within its class. Both were
//! counted by `tools/train` from text in several hundred languages, each with a weight that keeps the big from
//! drowning the small. All of it lies in `tables/model.bin`, whose parts `tables/model.rs` names.

mod bigrams;
mod fillers;

pub(crate) use fillers::boost;

use crate::tables::model::{
    ASCII_COSTS, ASTRAL_END, BEYOND, CLASS_COSTS, CLASSES, GLYPHS, IMPOSSIBLE, PAGE_INDEX, UNKNOWN,
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

static PAGES: &[u8] = part(PAGE_INDEX);
static GLYPH_PAGES: &[u8] = part(GLYPHS);
static COSTS: &[u8] = part(CLASS_COSTS);
static ASCII: &[u8] = part(ASCII_COSTS);

/// Characters a page of the glyph table.
const PAGE: u32 = 64;

/// A character with what the model knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub code: u32,
    class: u8,
    /// The cost within the class; its lowest bit is [`Glyph::has_bigrams`].
    within: u8,
}

impl Glyph {
    pub(crate) fn of(c: char) -> Glyph {
        let code = u32::from(c);
        let (class, within) = look_up(code).unwrap_or(BEYOND);
        Glyph {
            code,
            class,
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

fn look_up(code: u32) -> Option<(u8, u8)> {
    if code >= ASTRAL_END {
        return None;
    }
    let at = (code / PAGE) as usize * 2;
    let page = u16::from_le_bytes(PAGES.get(at..at + 2)?.try_into().ok()?);
    let at = (u32::from(page) * PAGE + code % PAGE) as usize * 2;
    match GLYPH_PAGES.get(at..at + 2)? {
        &[class, within] => Some((class, within)),
        _ => None,
    }
}

/// What a class costs after a class.
pub(crate) fn class_cost(before: Glyph, c: Glyph) -> Cost {
    let at = usize::from(before.class) * CLASSES + usize::from(c.class);
    COSTS.get(at).map_or(CEILING, |&cost| Cost::from(cost))
}

/// What `c` costs after `before`.
pub(crate) fn cost(before: Glyph, c: Glyph) -> Cost {
    if before.is_ascii() && c.is_ascii() {
        let at = (before.code << 7 | c.code) as usize;
        return ASCII.get(at).map_or(CEILING, |&cost| Cost::from(cost));
    }
    let class = class_cost(before, c);
    let looked_up = class < Cost::from(IMPOSSIBLE) && before.has_bigrams() && c.has_bigrams();
    let own = if looked_up {
        bigrams::pair(before.code, c.code)
    } else {
        None
    };
    own.unwrap_or_else(|| (class + Cost::from(c.within)).min(CEILING))
}
