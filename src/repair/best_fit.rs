//! What Windows makes of the garbles of DOS: squeezed into Windows-1252, with the best fit for each character that it lacks.
//!
//! Consoles of Windows read what programs print by code page 437 or 850, and what is read so is often saved by Windows-1252, which has neither the boxes nor the Greek of
//! those. A box becomes `+`, `-` or a broken bar, a capital gamma becomes `G`. So ASCII is part of a garble, and one sign stands for a dozen bytes: what is left of those
//! tells by its neighbours only.

use crate::codec::Codec;
use crate::tables::best_fit::BEST_FIT;

/// The code pages of DOS that this happens to.
const DOS: [Codec; 2] = [Codec::Ibm437, Codec::Ibm850];

/// The bytes of the codec whose characters were squeezed, each with what stands for it.
pub(crate) fn squeezed(codec: Codec) -> Vec<(char, u8)> {
    if !DOS.contains(&codec) {
        return Vec::new();
    }
    let fit = |c: char| BEST_FIT.iter().find(|fit| fit.0 == c);
    (0x80..=0xFF)
        .filter_map(|byte| Some((fit(codec.decode(byte)?)?.1, byte)))
        .collect()
}

/// Whether the two may well begin a sequence that was squeezed, and hardly anything else: `G` for U+0393, which begins punctuation, before U+00C7; `=` for U+2261 before U+0192, the
/// first of emoji; `+` for the box that begins Western letters before a sign, or before U+00F1, which begins no words: other letters stand behind a plus sign often enough.
pub(crate) fn tells(first: char, then: char) -> bool {
    match first {
        'G' => then == '\u{C7}',
        '=' => then == '\u{192}',
        '+' => matches!(then, '\u{A1}'..='\u{BF}' | '\u{F1}' | '\u{192}'),
        _ => false,
    }
}

/// Whether such a sequence may well begin before a place of the text.
pub(crate) fn begins_at(text: &str, place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    // Nearly always the character before answers, and it is ASCII.
    let before = before.map(|&byte| char::from(byte));
    let before = before.filter(|before| matches!(before, 'G' | '=' | '+'));
    let c = before.and_then(|_| text.get(place..)?.chars().next());
    before.zip(c).is_some_and(|(before, c)| tells(before, c))
}
