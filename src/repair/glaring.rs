//! What is suspect at a glance: most garbles are, and asking no further is quicker.
//!
//! A text has the same few over and over, and a thread remembers the last. Whether one is glaring is for itself and its neighbours to tell, so an answer is the same with
//! this memory and without.

use std::cell::Cell;
use std::str::Chars;

use crate::codec::utf8::Sequence;
use crate::codec::{Codec, row};
use crate::model::{Glyph, cost};
use crate::repair::scan::is_odd;
use crate::repair::stretches::Key;
use crate::repair::suspect::Seen;

/// How many are remembered at most, the last of those that share a place.
const PLACES: usize = 256;

thread_local! {
    static GLARING: [Cell<Key>; PLACES] = const { [const { Cell::new(Key::NONE) }; PLACES] };
}

/// Whether a sequence of three characters begins with the second of the odd pair, which is at `at`, each beside the next an odd pair, or one of two that would be cheaper as what
/// it was: so it is with most punctuation, and with most letters and spaces. The pair comes with the next character and those behind it.
pub(super) fn is_glaring(text: &str, at: usize, pair_and_next: [Seen; 3], behind: Chars) -> bool {
    // In sound text the next hardly ever goes on with what the second begins.
    let [_, odd, next] = pair_and_next;
    let [two, three, _] = odd.row.lead.map(|lead| lead & next.row.cont);
    if two | three == 0 {
        return false;
    }
    let Some((key, _)) = Key::at(text.as_bytes(), at) else {
        return tells(pair_and_next, behind);
    };
    GLARING.with(|glaring| {
        let known = glaring.get(key.mixed() % PLACES);
        known.is_some_and(|known| {
            let is_glaring = known.get() == key || tells(pair_and_next, behind);
            if is_glaring {
                known.set(key);
            }
            is_glaring
        })
    })
}

/// Whether the pair and what comes next tell it.
fn tells([before, odd, next]: [Seen; 3], mut behind: Chars) -> bool {
    const WINDOWS_1252: usize = Codec::Windows1252.index();
    let [two, three, _] = odd.row.lead.map(|lead| lead & next.row.cont);
    let third = behind.next().unwrap_or('\n');
    let (a, b, right) = (Glyph::of(odd.c), Glyph::of(next.c), Glyph::of(third));
    if three & row(third).cont != 0 {
        return is_odd(a, b) && is_odd(b, right);
    }
    // Others are mostly sound letters side by side.
    if two >> WINDOWS_1252 & 1 == 0 {
        return false;
    }
    let byte = |seen: Seen| seen.row.bytes.get(WINDOWS_1252).copied();
    let sequence = byte(odd).and_then(Sequence::start).zip(byte(next));
    let code = sequence.and_then(|(lead, next)| lead.push(next).code_point());
    code.and_then(char::from_u32).is_some_and(|c| {
        let (left, c) = (Glyph::of(before.c), Glyph::of(c));
        // One pair mostly costs more than both.
        let yields = cost(left, c) + cost(c, right);
        let mut stands = 0;
        [(left, a), (a, b), (b, right)]
            .into_iter()
            .any(|(before, c)| {
                stands += cost(before, c);
                stands > yields
            })
    })
}
