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
const CEILING: Cost = nats(17.0);

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
/// The classes of ASCII.
static ONE: [u8; 0x80] = one();
/// The classes of what has two bytes in UTF-8. The bytes themselves tell the place, less the bits that each such first byte has: that leaves gaps, which nothing ever
/// looks at, and needs less work than to close them.
static TWO: [u8; 0x2000] = two();
/// Where the pages begin of what has three bytes in UTF-8, by the first two, in the same way.
static THREE: [u16; 0x1000] = three();
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

    /// The class that the scan knows the character by.
    pub(crate) fn of_scanned(c: char) -> Class {
        let (first, then) = SOUGHT;
        match c {
            _ if c == first => Class(SOUGHT_FIRST),
            _ if c == then => Class(SOUGHT_THEN),
            _ => Class::of(c),
        }
    }

    pub(crate) fn of_ascii(byte: u8) -> Class {
        Class(ONE.get(usize::from(byte)).copied().unwrap_or(BEYOND.0))
    }

    /// Whether its characters begin garbles in a multi-byte codec: Han and Hangul whose bytes are the first two of a sequence of UTF-8.
    pub(crate) fn is_opening(self) -> bool {
        self.0 >= OPENING
    }

    /// The class of the character of ASCII that four bytes of UTF-8 begin with, the first of them uppermost. A page of the tables is what the last byte of a sequence
    /// tells apart, so bytes need not become a character first.
    pub(crate) fn of_one(word: u32) -> Class {
        Class::of_ascii((word >> 24) as u8)
    }

    /// The same for a character of two bytes.
    pub(crate) fn of_two(word: u32) -> Class {
        let class = TWO.get((word >> 16) as usize % TWO.len());
        Class(class.copied().unwrap_or(BEYOND.0))
    }

    /// The same for one of three bytes.
    pub(crate) fn of_three(word: u32) -> Class {
        let page = THREE.get((word >> 16) as usize % THREE.len());
        Class::on_page(page.copied().unwrap_or(0).into(), word >> 8)
    }

    /// The same for one of four bytes.
    pub(crate) fn of_four(word: u32) -> Class {
        let page = (word >> 24 & 0x07) << 12 | (word >> 16 & 0x3F) << 6 | word >> 8 & 0x3F;
        match PAGES.get(page as usize) {
            Some(&page) => Class::on_page(usize::from(page) * PAGE, word),
            None => Class(BEYOND.0),
        }
    }

    fn on_page(page: usize, last: u32) -> Class {
        let class = GLYPH_CLASS.get(page + last as usize % PAGE);
        Class(class.copied().unwrap_or(BEYOND.0))
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

/// Two characters that are odd together, though others of their classes are not: in the scan, each has a class of its own.
const SOUGHT: (char, char) = ('G', '\u{C7}');
const SOUGHT_FIRST: u8 = CLASSES as u8;
const SOUGHT_THEN: u8 = SOUGHT_FIRST + 1;

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn one() -> [u8; 0x80] {
    let mut classes = [0; 0x80];
    let mut code = 0;
    while code < classes.len() {
        classes[code] = class(code);
        code += 1;
    }
    classes[SOUGHT.0 as usize] = SOUGHT_FIRST;
    classes
}

/// Without its uppermost bits, the first of two bytes of UTF-8 that make the number, six bits in the last.
const fn bytes(number: usize) -> usize {
    number >> 6 << 8 | 0x80 | number & 0x3F
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn two() -> [u8; 0x2000] {
    let mut classes = [0; 0x2000];
    let mut code = 0x80;
    while code < 0x800 {
        classes[bytes(code)] = class(code);
        code += 1;
    }
    classes[bytes(SOUGHT.1 as usize)] = SOUGHT_THEN;
    classes
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn three() -> [u16; 0x1000] {
    let mut starts = [0; 0x1000];
    let mut page = 0;
    while page < 0x1_0000 / PAGE {
        let start = PAGES[page] as usize * PAGE;
        assert!(start < 0x1_0000, "the pages of the basic plane come first");
        starts[bytes(page)] = start as u16;
        page += 1;
    }
    starts
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
fn class_cost(before: Class, c: Class) -> Cost {
    let at = usize::from(before.0) * CLASSES + usize::from(c.0);
    COSTS.get(at).map_or(CEILING, |&cost| Cost::from(cost))
}

/// The pairs of classes that cost at least so much: what the scan asks of every character. A bit each would do, but takes longer to single out than all else that a
/// character needs; and of the bytes, a text needs the few rows of the classes in it.
pub(crate) struct DearPairs([DearAfter; ANY_CLASS]);

/// What is dear after one class.
#[derive(Clone, Copy)]
pub(crate) struct DearAfter([bool; ANY_CLASS]);

/// As many as there could be, so that no look-up is out of bounds.
const ANY_CLASS: usize = 256;

impl DearPairs {
    #[allow(
        clippy::indexing_slicing,
        reason = "only the compiler runs it, and an index out of bounds would not compile"
    )]
    pub(crate) const fn from(least: Cost) -> DearPairs {
        let mut pairs = [DearAfter([false; ANY_CLASS]); ANY_CLASS];
        let mut at = 0;
        while at < COSTS.len() {
            let (before, c) = (at / CLASSES, at % CLASSES);
            pairs[before].0[c] = COSTS[at] as Cost >= least;
            at += 1;
        }
        DearPairs(pairs)
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
                self.0[ONE[code] as usize].0[c] = true;
                c += 1;
            }
            code += 1;
        }
        self
    }

    /// These, and the two characters that are sought together.
    #[allow(
        clippy::indexing_slicing,
        reason = "only the compiler runs it, and an index out of bounds would not compile"
    )]
    pub(crate) const fn with_sought(mut self) -> DearPairs {
        let (first, then) = (SOUGHT_FIRST as usize, SOUGHT_THEN as usize);
        let like = [class(SOUGHT.0 as usize), class(SOUGHT.1 as usize)];
        self.0[first] = self.0[like[0] as usize];
        self.0[then] = self.0[like[1] as usize];
        let mut before = 0;
        while before < ANY_CLASS {
            let row = &mut self.0[before].0;
            row[first] = row[like[0] as usize];
            row[then] = row[like[1] as usize];
            before += 1;
        }
        self.0[first].0[then] = true;
        self
    }

    pub(crate) fn after(&self, before: Class) -> &DearAfter {
        const NOTHING: DearAfter = DearAfter([false; ANY_CLASS]);
        self.0.get(usize::from(before.0)).unwrap_or(&NOTHING)
    }
}

impl DearAfter {
    pub(crate) fn contains(&self, c: Class) -> bool {
        self.0.get(usize::from(c.0)).is_some_and(|&dear| dear)
    }
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
