//! The first move: skip clean text fast, stop where two neighbours look odd.
//!
//! Every garble has somewhere two neighbouring characters that clean text hardly ever puts side by side; which those are, the classes
//! of the model tell by one look-up in a table that stays in the cache. Most clean text has no such pair in a megabyte, and ASCII is
//! skipped without looking at all.

use encoding_rs::Encoding;

use crate::model::{Cost, Glyph, class_cost, nats};

/// A pair of classes is odd if it costs this much. Lower, and clean text is weighed more often for nothing; higher, and
/// garbles that look much like text are passed by. Tuned for the first point where recall stops growing.
const ODD: Cost = nats(6.0);

/// The byte offset of the second character of the first odd pair.
///
/// Pairs with a line feed are never odd, nor are the edges of the text: so the odd pairs of a text are all the odd pairs of its segments, and perhaps some more
/// where it was cut between two segments.
pub(crate) fn first_odd(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += Encoding::ascii_valid_up_to(bytes.get(at..)?);
        let mut before = at.checked_sub(1).and_then(|i| bytes.get(i)).map(|&ascii| Glyph::of(char::from(ascii)));
        let mut end = at;
        for c in text.get(at..)?.chars() {
            let glyph = Glyph::of(c);
            if before.is_some_and(|before| is_odd(before, glyph)) {
                return Some(end);
            }
            end += c.len_utf8();
            if glyph.is_ascii() {
                break;
            }
            before = Some(glyph);
        }
        if end == at {
            return None;
        }
        at = end;
    }
}

/// Whether clean text hardly ever has `c` after `before`.
pub(crate) fn is_odd(before: Glyph, c: Glyph) -> bool {
    class_cost(before, c) >= ODD && !before.is_line_feed() && !c.is_line_feed()
}
