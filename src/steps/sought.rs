//! The characters beyond ASCII that steps look for. The scan finds them, by tables that the compiler makes of what is said here ([`scanned`](crate::model::scanned)).

use super::{Step, Steps, chars, line_breaks, normalize};
use crate::codec::is_c1;
use crate::options::Normalization;
use crate::tables::forms::{BLOCKS, PAGES};

/// Characters a page: as many as there are last bytes of a sequence of UTF-8.
const PAGE: usize = 64;

/// Forms of normalization, none among them.
pub(crate) const FORMS: usize = 5;

/// Which characters of a page are looked for by the normalization to each form or by any other step: a bit each.
pub(crate) type Masks = [u64; FORMS];

/// Where a form has its mask.
pub(crate) const fn column(form: Normalization) -> usize {
    match normalize::column(form) {
        None => 0,
        Some(column) => column + 1,
    }
}

/// What is looked for on a page.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
pub(crate) const fn masks(page: usize) -> Masks {
    // ASCII, where signs are looked for.
    if page < 0x80 / PAGE {
        return [0; FORMS];
    }
    let mut masks = [by_other_steps(page); FORMS];
    let mut column = 1;
    while column < FORMS {
        masks[column] |= BLOCKS[PAGES[page] as usize][column - 1];
        column += 1;
    }
    masks
}

/// Those of them that are looked for by the normalization alone, and that NFC may have change places with other marks, but nothing else.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
pub(crate) const fn moved(page: usize) -> u64 {
    const COLUMN: usize = 4;
    BLOCKS[PAGES[page] as usize][COLUMN] & !by_other_steps(page)
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
    // Most of what is found is a quote, which no other step looks for.
    if chars::straight_quote(c).is_some() {
        return Steps::NONE.with(Step::Quotes);
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
    if line_breaks::is_other_break(c) {
        steps = steps.with(Step::LineBreaks);
    }
    steps
}

/// Whether nothing of a text is looked for, but by the normalization, nor could be part of what is in ASCII.
pub(super) fn has_nothing(text: &str) -> bool {
    text.chars().all(|c| !c.is_ascii() && by(c).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scanned::Asked;
    use crate::repair::scan::Scan;

    /// Each character is found by itself and among others of its length, near the end of the text and far from it, if its own properties say so; and a mark that may move, behind another.
    #[test]
    fn the_scan_finds_what_is_looked_for() {
        for form in [
            Normalization::None,
            Normalization::Nfc,
            Normalization::Nfd,
            Normalization::Nfkc,
            Normalization::Nfkd,
        ] {
            let likes = ['\u{444}', '\u{4E2D}', '\u{1F600}'].map(|c| c.to_string().repeat(9));
            let behind = "a".repeat(20);
            // Beyond, nothing is looked for.
            for c in '\u{80}'..='\u{30000}' {
                if !normalize::moves(c, form) && by(c).is_empty() {
                    continue;
                }
                let code = c as usize;
                let moved =
                    form == Normalization::Nfc && moved(code / PAGE) >> (code % PAGE) & 1 != 0;
                let mark = if moved { "\u{301}" } else { "" };
                let like = likes[c.len_utf8() - 2].clone() + mark;
                for (before, behind) in [(mark, ""), (&like, &behind)] {
                    let text = format!("{before}{c}{behind}");
                    let mut scan = Scan::new(&text, Asked::by_steps(form));
                    let mut stops = std::iter::from_fn(|| scan.next());
                    assert!(stops.any(|stop| stop.place == before.len()), "{c:?}");
                }
            }
        }
    }
}
