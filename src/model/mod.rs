//! How natural a text is: what a character costs after another, in sixteenths of a nat (-16 ln P).
//!
//! Two tables answer. [`bigrams`] holds the cost of the pairs that the training text has often enough; any other pair costs
//! what its classes say (`CLASS_COSTS`, class after class) and what the character costs within its class. Both were
//! counted by `tools/train` from text in several hundred languages, each with a weight that keeps the big from
//! drowning the small. All of it lies in `tables/model.bin`, whose parts `tables/model.rs` names.

mod bigrams;

use crate::tables::model::{
    ASCII_COSTS, ASTRAL_END, BEYOND, CLASS_COSTS, CLASSES, GLYPH_CLASSES, GLYPH_COSTS, IMPOSSIBLE,
    PAGE_INDEX, UNKNOWN,
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
/// Of each character on a page its class, and its cost within the class. They lie apart, since the scan needs the classes alone.
static GLYPH_CLASS: &[u8] = part(GLYPH_CLASSES);
static GLYPH_COST: &[u8] = part(GLYPH_COSTS);
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
        let within = place(code).and_then(|at| GLYPH_COST.get(at).copied());
        Glyph {
            code,
            class: Class::of(c),
            within: within.unwrap_or(BEYOND.1),
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

    /// Whether the character has two bytes in UTF-8 and the second is a hole of most Windows codecs (81 8D 8F 90 9D) or a no-break space (A0).
    fn is_frail(self) -> bool {
        const SECOND: u64 = 1 << 0x01 | 1 << 0x0D | 1 << 0x0F | 1 << 0x10 | 1 << 0x1D | 1 << 0x20;
        (0x80..0x800).contains(&self.code) && SECOND >> (self.code & 0x3F) & 1 != 0
    }

    pub(crate) fn is_line_feed(self) -> bool {
        self.code == 0x0A
    }
}

/// Where the character lies in the tables of glyphs, if it does.
fn place(code: u32) -> Option<usize> {
    if code >= ASTRAL_END {
        return None;
    }
    let at = (code / PAGE) as usize * 2;
    let page = u16::from_le_bytes(PAGES.get(at..at + 2)?.try_into().ok()?);
    Some((u32::from(page) * PAGE + code % PAGE) as usize)
}

/// What a class costs after a class.
fn class_cost(before: Class, c: Class) -> Cost {
    let at = usize::from(before.0) * CLASSES + usize::from(c.0);
    COSTS.get(at).map_or(CEILING, |&cost| Cost::from(cost))
}

/// The pairs of classes that cost at least so much, a bit each: what the scan asks of every character, in a seventh of the bytes of the costs.
pub(crate) struct DearPairs([u8; 256 * DEAR_ROW]);

/// Bytes a class, enough for any class there could be, so that no look-up is out of bounds.
const DEAR_ROW: usize = 256 / 8;

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
            rows[before * DEAR_ROW + c / 8] |= ((COSTS[at] as Cost >= least) as u8) << (c % 8);
            at += 1;
        }
        DearPairs(rows)
    }

    pub(crate) fn contains(&self, before: Class, c: Class) -> bool {
        let at = usize::from(before.0) * DEAR_ROW + usize::from(c.0 / 8);
        self.0
            .get(at)
            .is_some_and(|bits| bits >> (c.0 % 8) & 1 != 0)
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

/// What `c` costs after `before`, which stands after `first`. Only what follows a frail letter depends on `first`: a letter whose second byte is
/// among those that get lost most, so that what else stood there has to be told from its neighbours on both sides.
pub(crate) fn cost_in_context(first: Glyph, before: Glyph, c: Glyph) -> Cost {
    if before.is_frail()
        && let Some(cost) = bigrams::triple(first.code, before.code, c.code)
    {
        return cost;
    }
    cost(before, c)
}
