//! The characters beyond ASCII that steps look for, and the way from one to the next.
//!
//! Nearly all text is beyond ASCII somewhere, and has hardly any of them. So what is asked of each character is one bit, found by its bytes; and letters come in runs of one length,
//! for each of which a loop is made.

use super::{Step, Steps, chars, line_breaks, normalize};
use crate::codec::is_c1;
use crate::options::Normalization;
use crate::tables::forms::{BLOCKS, PAGES};

/// Characters a page: as many as there are last bytes of a sequence of UTF-8.
const PAGE: usize = 64;

/// Where characters begin that have three bytes in UTF-8, and that have four.
const THREE: usize = 0x800;
const FOUR: usize = 0x1_0000;

/// The masks of a form. Which of a page's characters are looked for, by the normalization or by any other step: a bit each.
pub(super) struct Sought {
    form: Normalization,
    /// By the page.
    two: [u64; THREE / PAGE],
    /// By the block that the page has.
    three: [u64; ANY_BLOCK],
    /// By the first byte of characters, whether they are worth to be looked at one by one.
    leads: [bool; 256],
    /// Those of [`COMMON`] that are not, each by its first byte and the distance to its last.
    passed: [(u8, u8); COMMON.len()],
}

/// First bytes of what most text beyond ASCII is made of: the letters of Latin, Cyrillic, Han and Hangul.
const COMMON: [(u8, u8); 4] = [(0xC3, 0xC3), (0xD0, 0xD1), (0xE4, 0xE9), (0xEB, 0xED)];

/// Bytes looked at together.
const STRIDE: usize = 32;

/// From here on the first bytes of scripts come in twos.
const GREEK: usize = 0xCE;

/// As many as there could be, so that no look-up is out of bounds.
const ANY_BLOCK: usize = 256;

/// The block of a page, by the first two bytes of its characters, less the bits that each such first byte has. That leaves gaps, which nothing ever looks at.
static BLOCK: [u8; 0x1000] = blocks();

static NONE: Sought = Sought::new(Normalization::None);
static NFC: Sought = Sought::new(Normalization::Nfc);
static NFD: Sought = Sought::new(Normalization::Nfd);
static NFKC: Sought = Sought::new(Normalization::Nfkc);
static NFKD: Sought = Sought::new(Normalization::Nfkd);

impl Sought {
    pub(super) fn of(form: Normalization) -> &'static Sought {
        match form {
            Normalization::None => &NONE,
            Normalization::Nfc => &NFC,
            Normalization::Nfd => &NFD,
            Normalization::Nfkc => &NFKC,
            Normalization::Nfkd => &NFKD,
        }
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "only the compiler runs it, and an index out of bounds would not compile"
    )]
    const fn new(form: Normalization) -> Sought {
        let mut sought = Sought {
            form,
            two: [0; THREE / PAGE],
            three: [0; ANY_BLOCK],
            leads: [false; 256],
            // A byte that goes on with a character, which is passed anyway.
            passed: [(0x80, 0); COMMON.len()],
        };
        let mut page = 0;
        while page < FOUR / PAGE {
            let normalization = match normalize::column(form) {
                Some(column) => BLOCKS[PAGES[page] as usize][column],
                None => 0,
            };
            let mask = normalization | by_other_steps(page);
            let lead = match page < THREE / PAGE {
                true => {
                    sought.two[page] = mask;
                    0xC0 | page
                }
                false => {
                    sought.three[BLOCK[key(page)] as usize] = mask;
                    0xE0 | page >> 6
                }
            };
            sought.leads[lead] |= mask != 0;
            // From Greek on letters come in words, and those of a script have two first bytes: both are gone through in one way.
            if lead >= GREEK && lead < 0xE0 {
                sought.leads[lead ^ 1] |= mask != 0;
            }
            page += 1;
        }
        // What has four bytes is looked at one by one.
        let mut lead = 0xF0;
        while lead < 0xF5 {
            sought.leads[lead] = true;
            lead += 1;
        }
        let mut at = 0;
        while at < COMMON.len() {
            let (first, last) = COMMON[at];
            let (mut lead, mut are_passed) = (first, true);
            while lead <= last {
                are_passed &= !sought.leads[lead as usize];
                lead += 1;
            }
            if are_passed {
                sought.passed[at] = (first, last - first);
            }
            at += 1;
        }
        sought
    }

    /// The place of the first one, and which it is.
    pub(super) fn first(&self, text: &str) -> Option<(usize, char)> {
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            let rest = bytes.get(at..)?;
            if !self.leads(*rest.first()?) {
                at += self.without(rest);
            }
            let rest = bytes.get(at..)?;
            // Punctuation stands alone, among letters that are got past more quickly.
            if let [0xE2, ..] | [0xE3, 0x80, ..] = rest
                && self.threes(rest.get(..3)?) > 0
            {
                at += 3;
                continue;
            }
            at += match rest {
                [0xE0..0xF0, ..] => self.threes(rest),
                [0xC0..0xE0, ..] => self.twos(rest),
                _ => 0,
            };
            // Between the words of some scripts only a space is to be passed.
            if bytes.get(at)?.is_ascii() {
                at += 1;
                continue;
            }
            // It is looked for, or of another length, or the text ends within what would be looked at together.
            let c = text.get(at..)?.chars().next()?;
            if self.has(c) {
                return Some((at, c));
            }
            at += c.len_utf8();
        }
    }

    /// The length of the characters of two bytes at the start, up to one that is looked for.
    fn twos(&self, bytes: &[u8]) -> usize {
        let (chars, _) = bytes.as_chunks();
        let passes = |&&[first, last]: &&[u8; 2]| {
            let mask = self.two.get(usize::from(first.wrapping_sub(0xC0)));
            mask.is_some_and(|mask| mask >> (usize::from(last) % PAGE) & 1 == 0)
        };
        2 * chars.iter().take_while(passes).count()
    }

    /// The same of those of three bytes.
    fn threes(&self, bytes: &[u8]) -> usize {
        let (chars, _) = bytes.as_chunks();
        let passes = |&&[first, second, last]: &&[u8; 3]| {
            let key = u16::from_be_bytes([first, second]).wrapping_sub(0xE000);
            let block = BLOCK.get(usize::from(key));
            let mask = block.and_then(|&block| self.three.get(usize::from(block)));
            mask.is_some_and(|mask| mask >> (usize::from(last) % PAGE) & 1 == 0)
        };
        3 * chars.iter().take_while(passes).count()
    }

    /// Whether characters that begin with the byte are worth a look.
    fn leads(&self, byte: u8) -> bool {
        self.leads.get(usize::from(byte)) == Some(&true)
    }

    /// How many bytes come before the first of such characters.
    fn without(&self, bytes: &[u8]) -> usize {
        let (strides, _) = bytes.as_chunks::<STRIDE>();
        let has_none = |stride: &&[u8; STRIDE]| !self.any_uncommon(stride);
        let mut passed = STRIDE * strides.iter().take_while(has_none).count();
        // Few uncommon first bytes are worth no look.
        loop {
            let near = bytes.get(passed..).unwrap_or_default();
            let near = near.get(..STRIDE).unwrap_or(near);
            match near.iter().position(|&byte| self.leads(byte)) {
                Some(place) => return passed + place,
                None if near.is_empty() => return bytes.len(),
                None => passed += near.len(),
            }
        }
    }

    /// Whether any of the bytes begins a character that is not of the most common. Without branches, it is done for many at a time.
    fn any_uncommon(&self, stride: &[u8; STRIDE]) -> bool {
        let [a, b, c, d] = self.passed;
        let is_in = |byte: u8, (first, distance): (u8, u8)| byte.wrapping_sub(first) <= distance;
        let is_uncommon = |byte: u8| {
            let is_common = is_in(byte, a) | is_in(byte, b) | is_in(byte, c) | is_in(byte, d);
            (byte >= 0xC0) & !is_common
        };
        let any = |any: u8, &byte: &u8| any | u8::from(is_uncommon(byte));
        stride.iter().fold(0, any) != 0
    }

    fn has(&self, c: char) -> bool {
        let page = c as usize / PAGE;
        let mask = match c {
            '\0'..'\u{80}' => None,
            '\u{80}'..'\u{800}' => self.two.get(page),
            '\u{800}'..'\u{10000}' => {
                let block = BLOCK.get(key(page));
                block.and_then(|&block| self.three.get(usize::from(block)))
            }
            _ => return normalize::moves(c, self.form),
        };
        mask.is_some_and(|mask| mask >> (c as usize % PAGE) & 1 != 0)
    }
}

/// Where a page has its block.
const fn key(page: usize) -> usize {
    page >> 6 << 8 | 0x80 | page & 0x3F
}

/// A page has the block that the table of the normalization has for it, but for those few which other steps look for something on.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn blocks() -> [u8; 0x1000] {
    let mut blocks = [0; 0x1000];
    let mut own = BLOCKS.len();
    let mut page = THREE / PAGE;
    while page < FOUR / PAGE {
        let mut block = PAGES[page] as usize;
        if by_other_steps(page) != 0 {
            block = own;
            own += 1;
        }
        assert!(block < ANY_BLOCK, "a byte tells the block");
        blocks[key(page)] = block as u8;
        page += 1;
    }
    blocks
}

const fn by_other_steps(page: usize) -> u64 {
    let (mut mask, mut at) = (0, 0);
    while at < PAGE {
        if let Some(c) = char::from_u32((page * PAGE + at) as u32) {
            mask |= (!by(c).is_empty() as u64) << at;
        }
        at += 1;
    }
    mask
}

/// The steps that look for a character that is not ASCII, but for the normalization. C1 has nothing to do with some of those that it looks for.
pub(super) const fn by(c: char) -> Steps {
    // Where most letters are there is nothing to look for.
    if matches!(c, '\u{300}'..='\u{1FFF}' | '\u{3001}'..='\u{FAFF}' | '\u{10000}'..) {
        return Steps::NONE;
    }
    let mut steps = Steps::NONE;
    if chars::is_control(c) {
        steps = steps.with(Step::ControlCharacters);
    }
    if chars::is_bom(c) {
        steps = steps.with(Step::Bom);
    }
    if is_c1(c) {
        steps = steps.with(Step::C1);
    }
    if chars::is_ligature(c) {
        steps = steps.with(Step::Ligatures);
    }
    if chars::is_of_other_width(c) {
        steps = steps.with(Step::Width);
    }
    if chars::straight_quote(c).is_some() {
        steps = steps.with(Step::Quotes);
    }
    if line_breaks::is_other_break(c) {
        steps = steps.with(Step::LineBreaks);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each character is found by itself and among others of its length, near the end of the text and far from it, as its own properties say.
    #[test]
    fn bits_are_those_of_the_characters() {
        for form in [
            Normalization::None,
            Normalization::Nfc,
            Normalization::Nfd,
            Normalization::Nfkc,
            Normalization::Nfkd,
        ] {
            let sought = Sought::of(form);
            let likes =
                ['\u{444}', '\u{4E2D}', '\u{1F600}'].map(|c| c.to_string().repeat(STRIDE + 1));
            let behind = "a".repeat(2 * STRIDE);
            // Beyond, nothing is looked for.
            for c in '\u{80}'..='\u{30000}' {
                let is_sought = normalize::moves(c, form) || !by(c).is_empty();
                let like = &likes[c.len_utf8() - 2];
                for (before, behind) in [("", ""), (like, &behind)] {
                    let want = is_sought.then_some((before.len(), c));
                    assert_eq!(sought.first(&format!("{before}{c}{behind}")), want, "{c:?}");
                }
            }
        }
    }
}
