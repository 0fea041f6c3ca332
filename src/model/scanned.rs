//! The kinds of characters that the scan tells apart, and at which of them it stops.
//!
//! A kind is a class of the model, or those of its characters that steps look for ([`sought`]): a text has them to be looked at one by one, while all others of their class are passed. So one
//! look-up a character tells both what is odd beside what and what a step may change, and whoever asks for one alone, or for both, pays the same.

use super::{BEYOND, CLASSES, COSTS, Class, Cost, GLYPH_CLASS, Glyph, OPENING, PAGE, PAGES, class};
use crate::codec;
use crate::options::Normalization;
use crate::steps::sought::{self, FORMS, Masks};

/// What kind of character one is.
#[derive(Clone, Copy)]
pub(crate) struct Kind(u8);

/// As many as there could be, so that no look-up is out of bounds.
const KINDS: usize = 256;

/// Characters that are odd together, two by two, though others of their classes are not: each has a kind of its own. `GÇ` begins the punctuation that was squeezed into
/// Windows-1252, and `рџ` all emoji in Windows-1251; `┬┐` is the question mark that begins a question in Spanish, in the codecs of DOS.
const PAIRS: [[char; 2]; 3] = [
    ['G', '\u{C7}'],
    ['\u{440}', '\u{45F}'],
    ['\u{252C}', '\u{2510}'],
];
const PAIRED: u8 = CLASSES as u8;

/// What may stand for lost bytes, which is odd behind some first bytes of Windows-1252, though a full stop is not: it has a kind of its own.
const MARK: char = '?';
const MARKS: u8 = PAIRED + 2 * PAIRS.len() as u8;
const MARKED: [char; 5] = ['\u{C2}', '\u{C3}', '\u{C4}', '\u{C5}', '\u{E2}']; // Â Ã Ä Å â

/// Pages that the model has classes for: those that look the same are one.
const STORED: usize = GLYPH_CLASS.len() / PAGE;

/// Of each stored page the characters that steps look for. Where pages that are one differ in that, the scan stops too often, at characters that are unknown or all alike.
static MASKS: [Masks; STORED] = masks();

/// The form that kinds are made for, since most who ask for one want this. With another form the scan stops at every character of a kind that has any that the form changes.
const NFC: usize = sought::column(Normalization::Nfc);

/// Of each stored page those of them that NFC does nothing with but have them change places with other marks: where no mark is before them, there is nothing to look for. So it is with
/// the viramas of India, which text there is full of.
static MOVED: [u64; STORED] = moved();

/// What a character may be to the steps, if text is to be in NFC: nothing, one that they look for, or one that they look for behind such ones only.
const GROUPS: usize = 3;
const PLAIN: usize = 0;
const SOUGHT: usize = 1;
const MOVING: usize = 2;

/// By the group and the class, the kind of a character: one of its own if the class has others.
const KIND_OF: [[u8; KINDS]; GROUPS] = kinds_of_groups();

/// The kinds of all that the model has classes for, page by page.
static KIND: [u8; STORED * PAGE] = kinds();
/// The kinds of ASCII.
static ONE: [u8; 0x80] = one();
/// The kinds of what has two bytes in UTF-8. The bytes themselves tell the place, less the bits that each such first byte has: that leaves gaps, which nothing ever
/// looks at, and needs less work than to close them.
static TWO: [u8; 0x2000] = two();
/// Where the pages begin of what has three bytes in UTF-8, by the first two, in the same way.
static THREE: [u16; 0x1000] = three();

impl Kind {
    pub(crate) fn of(c: char) -> Kind {
        let mut bytes = [0; 4];
        c.encode_utf8(&mut bytes);
        let word = u32::from_be_bytes(bytes);
        match c.len_utf8() {
            1 => Kind::of_one(word >> 24),
            2 => Kind::of_two(word >> 16),
            3 => Kind::of_three(word >> 8),
            _ => Kind::of_four(word),
        }
    }

    /// The kind of a character of ASCII.
    pub(crate) fn of_one(byte: u32) -> Kind {
        Kind(
            ONE.get(byte as usize % ONE.len())
                .copied()
                .unwrap_or(BEYOND.0),
        )
    }

    /// The kind of a character by its two bytes of UTF-8, the first of them uppermost. What stands above them does not matter. A page of the tables is what the last byte of a
    /// sequence tells apart, so bytes need not become a character first.
    pub(crate) fn of_two(bytes: u32) -> Kind {
        Kind(
            TWO.get(bytes as usize % TWO.len())
                .copied()
                .unwrap_or(BEYOND.0),
        )
    }

    /// The same by three bytes.
    pub(crate) fn of_three(bytes: u32) -> Kind {
        let page = THREE.get((bytes >> 8) as usize % THREE.len());
        Kind::on_page(page.copied().unwrap_or(0).into(), bytes)
    }

    /// The same by four bytes.
    pub(crate) fn of_four(bytes: u32) -> Kind {
        let page = (bytes >> 24 & 0x07) << 12 | (bytes >> 16 & 0x3F) << 6 | bytes >> 8 & 0x3F;
        match PAGES.get(page as usize) {
            Some(&page) => Kind::on_page(usize::from(page) * PAGE, bytes),
            None => Kind(BEYOND_ALL),
        }
    }

    fn on_page(page: usize, last: u32) -> Kind {
        let kind = KIND.get(page + last as usize % PAGE);
        Kind(kind.copied().unwrap_or(BEYOND.0))
    }
}

/// The kind of all that comes after what the model has classes for.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const BEYOND_ALL: u8 = KIND_OF[SOUGHT][BEYOND.0 as usize];

/// What a scan stops at: a bit for pairs that are odd, and one for each form with which steps look for characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked(u8);

impl Asked {
    pub(crate) const NOTHING: Asked = Asked(0);
    /// Pairs that are odd, but for those without a character that is in a codec.
    pub(crate) const ODD: Asked = Asked(1);
    /// Those, which nobody asks for: no garble has them.
    const FOREIGN: Asked = Asked(1 << (FORMS + 1));

    /// What any step looks for, the normalization to this form included.
    pub(crate) const fn by_steps(form: Normalization) -> Asked {
        Asked(2 << sought::column(form))
    }

    pub(crate) const fn and(self, other: Asked) -> Asked {
        Asked(self.0 | other.0)
    }

    /// Those that are asked both here and there.
    pub(crate) const fn of(self, other: Asked) -> Asked {
        Asked(self.0 & other.0)
    }

    pub(crate) const fn has(self, other: Asked) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn without(self, other: Asked) -> Asked {
        Asked(self.0 & !other.0)
    }

    pub(crate) const fn is_nothing(self) -> bool {
        self.0 == 0
    }
}

/// By the kind of a character and the kind of the next, what stops a scan at the next. A bit for each pair would do, but takes longer to single out than all else that a character
/// needs; and of the bytes, a text needs the few rows of the kinds in it.
pub(crate) struct Stops([After; KINDS]);

/// What stops a scan after one kind of character.
#[derive(Clone, Copy)]
pub(crate) struct After([Asked; KINDS]);

impl Stops {
    /// Pairs are odd that cost at least so much; besides, each of a class of ASCII and one that [opens](Class::is_opening), [`PAIRS`], and [`MARK`] behind [`MARKED`].
    #[allow(
        clippy::indexing_slicing,
        reason = "only the compiler runs it, and an index out of bounds would not compile"
    )]
    pub(crate) const fn from(odd: Cost) -> Stops {
        let (classes, sought, moving) = (classes(), asked_by_kind(), moving_kinds());
        let nfc = Asked::by_steps(Normalization::Nfc);
        let (ascii, foreign, marked) = (classes_of_ascii(), foreign_classes(), marked_classes());
        let mut stops = [After([Asked::NOTHING; KINDS]); KINDS];
        let mut at = 0;
        while at < KINDS * KINDS {
            let (before, c) = (at / KINDS, at % KINDS);
            let (class_before, class) = (classes[before] as usize, classes[c] as usize);
            let is_odd = COSTS[class_before * CLASSES + class] as Cost >= odd
                || ascii[class_before] && class >= OPENING as usize
                || are_paired(before, c)
                || marked[class_before] && c == MARKS as usize;
            let odd = match (is_odd, foreign[class_before] && foreign[class]) {
                (false, _) => Asked::NOTHING,
                (true, false) => Asked::ODD,
                (true, true) => Asked::FOREIGN,
            };
            let sought = match moving[c] && !sought[before].has(nfc) {
                true => sought[c].without(nfc),
                false => sought[c],
            };
            stops[before].0[c] = sought.and(odd);
            at += 1;
        }
        Stops(stops)
    }

    pub(crate) fn after(&self, before: Kind) -> &After {
        const NOTHING: After = After([Asked::NOTHING; KINDS]);
        self.0.get(usize::from(before.0)).unwrap_or(&NOTHING)
    }

    /// Whether two classes are an odd pair.
    pub(crate) fn are_odd(&self, before: Class, c: Class) -> bool {
        let asked = self.after(Kind(before.0)).at(Kind(c.0));
        asked.has(Asked::ODD.and(Asked::FOREIGN))
    }
}

/// Whether the two may be odd together though their classes are not.
#[inline]
pub(crate) fn are_kinds_apart(before: Glyph, c: Glyph) -> bool {
    c.code == MARK as u32
        || PAIRS
            .iter()
            .any(|&[first, then]| (before.code, c.code) == (first as u32, then as u32))
}

/// Whether the kinds are those of one of the [`PAIRS`].
const fn are_paired(before: usize, c: usize) -> bool {
    let first = PAIRED as usize;
    first <= before && c < MARKS as usize && (before - first).is_multiple_of(2) && c == before + 1
}

impl After {
    pub(crate) fn at(&self, c: Kind) -> Asked {
        let asked = self.0.get(usize::from(c.0));
        asked.copied().unwrap_or(Asked::NOTHING)
    }
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn masks() -> [Masks; STORED] {
    let mut masks = [[0; FORMS]; STORED];
    let mut page = 0;
    while page < PAGES.len() {
        let (stored, of_page) = (PAGES[page] as usize, sought::masks(page));
        let mut form = 0;
        while form < FORMS {
            masks[stored][form] |= of_page[form];
            form += 1;
        }
        page += 1;
    }
    masks
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn moved() -> [u64; STORED] {
    // Where pages that are one differ, what one of them has looked for in other ways is so for all.
    let (mut moved, mut page) = ([u64::MAX; STORED], 0);
    while page < PAGES.len() {
        moved[PAGES[page] as usize] &= sought::moved(page) | !sought::masks(page)[NFC];
        page += 1;
    }
    moved
}

/// The group of one of the stored characters.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn group(stored: usize) -> usize {
    let (page, bit) = (stored / PAGE, stored % PAGE);
    match (MASKS[page][NFC] >> bit & 1, MOVED[page] >> bit & 1) {
        (0, _) => PLAIN,
        (_, 0) => SOUGHT,
        _ => MOVING,
    }
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn kinds_of_groups() -> [[u8; KINDS]; GROUPS] {
    let mut has = [[false; KINDS]; GROUPS];
    let mut stored = 0;
    while stored < GLYPH_CLASS.len() {
        has[group(stored)][GLYPH_CLASS[stored] as usize] = true;
        stored += 1;
    }
    let (mut kinds, mut next, mut at) = ([[0; KINDS]; GROUPS], MARKS as usize + 1, 0);
    while at < GROUPS * CLASSES {
        kinds[at / CLASSES][at % CLASSES] = (at % CLASSES) as u8;
        at += 1;
    }
    at = 0;
    while at < GROUPS * CLASSES {
        let class = at % CLASSES;
        let [plain, sought, moving] = [has[PLAIN][class], has[SOUGHT][class], has[MOVING][class]];
        let (group, are_mixed) = match at / CLASSES {
            0 => (SOUGHT, plain && sought),
            1 => (MOVING, plain && moving && !sought),
            _ => (MOVING, moving && sought),
        };
        if are_mixed && next < KINDS {
            kinds[group][class] = next as u8;
            next += 1;
        } else if are_mixed && sought {
            // With no numbers left, those that move are looked for as the others are, and all of a class if it has any.
            kinds[MOVING][class] = kinds[SOUGHT][class];
        }
        at += 1;
    }
    kinds
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn kinds() -> [u8; STORED * PAGE] {
    let mut kinds = [0; STORED * PAGE];
    let mut stored = 0;
    while stored < kinds.len() {
        let class = GLYPH_CLASS[stored];
        kinds[stored] = KIND_OF[group(stored)][class as usize];
        stored += 1;
    }
    let mut at = 0;
    while at < 2 * PAIRS.len() {
        kinds[place(PAIRS[at / 2][at % 2] as usize)] = PAIRED + at as u8;
        at += 1;
    }
    kinds[place(MARK as usize)] = MARKS;
    kinds
}

/// Where the compiler finds the kind of a character.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn place(code: usize) -> usize {
    PAGES[code / PAGE] as usize * PAGE + code % PAGE
}

/// The class of each kind.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn classes() -> [u8; KINDS] {
    let (mut classes, mut at) = ([BEYOND.0; KINDS], 0);
    while at < CLASSES {
        let mut group = 0;
        while group < GROUPS {
            classes[KIND_OF[group][at] as usize] = at as u8;
            group += 1;
        }
        at += 1;
    }
    at = 0;
    while at < 2 * PAIRS.len() {
        classes[PAIRED as usize + at] = class(PAIRS[at / 2][at % 2] as usize);
        at += 1;
    }
    classes[MARKS as usize] = class(MARK as usize);
    classes
}

/// What is asked of each kind: what is asked of any character of it.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn asked_by_kind() -> [Asked; KINDS] {
    let mut asked = [Asked::NOTHING; KINDS];
    // Of characters beyond the tables the steps look for some.
    asked[BEYOND_ALL as usize] = Asked(!Asked::ODD.0);
    let mut stored = 0;
    while stored < KIND.len() {
        let (masks, bit) = (&MASKS[stored / PAGE], stored % PAGE);
        let kind = KIND[stored] as usize;
        let mut form = 0;
        while form < FORMS {
            asked[kind].0 |= ((masks[form] >> bit & 1) as u8) << (form + 1);
            form += 1;
        }
        stored += 1;
    }
    asked
}

/// The kinds that have none but [`MOVING`] characters.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn moving_kinds() -> [bool; KINDS] {
    let (mut are_moving, mut stored) = ([true; KINDS], 0);
    while stored < KIND.len() {
        if group(stored) != MOVING {
            are_moving[KIND[stored] as usize] = false;
        }
        stored += 1;
    }
    are_moving[BEYOND_ALL as usize] = false;
    are_moving
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn classes_of_ascii() -> [bool; KINDS] {
    let (mut are_ascii, mut code) = ([false; KINDS], 0);
    while code < 0x80 {
        are_ascii[class(code) as usize] = true;
        code += 1;
    }
    are_ascii
}

/// The classes of [`MARKED`].
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn marked_classes() -> [bool; KINDS] {
    let (mut are_marked, mut at) = ([false; KINDS], 0);
    while at < MARKED.len() {
        are_marked[class(MARKED[at] as usize) as usize] = true;
        at += 1;
    }
    are_marked
}

/// The classes of which no character is in any codec, as far as whole pages tell, and those of ASCII.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn foreign_classes() -> [bool; KINDS] {
    let (mut are_foreign, mut code) = ([true; KINDS], 0x80);
    // Beyond the basic plane, all are foreign.
    while code < 0x1_0000 {
        if codec::has_page(code / PAGE) {
            are_foreign[class(code) as usize] = false;
            code += 1;
        } else {
            code += PAGE;
        }
    }
    // What decoders leave in the place of something lost tells of a garble wherever it stands.
    are_foreign[class(char::REPLACEMENT_CHARACTER as usize) as usize] = false;
    are_foreign
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn one() -> [u8; 0x80] {
    let (mut kinds, mut code) = ([0; 0x80], 0);
    while code < kinds.len() {
        kinds[code] = KIND[place(code)];
        code += 1;
    }
    kinds
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
    let (mut kinds, mut code) = ([0; 0x2000], 0x80);
    while code < 0x800 {
        kinds[bytes(code)] = KIND[place(code)];
        code += 1;
    }
    kinds
}

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn three() -> [u16; 0x1000] {
    let (mut starts, mut page) = ([0; 0x1000], 0);
    while page < 0x1_0000 / PAGE {
        let start = PAGES[page] as usize * PAGE;
        assert!(start < 0x1_0000, "the pages of the basic plane come first");
        starts[bytes(page)] = start as u16;
        page += 1;
    }
    starts
}
