//! Two layers at once, for where the upper one lost something.
//!
//! What an upper layer yields is a garble itself, and pairs tell nothing of what was lost in it. So its reading is left open altogether: each
//! place of the text has whatever it could be in the upper codec, and the lattice of the lower codec takes of that what makes text.

use crate::codec::{Codec, row};
use crate::repair::channel::Channel;
use crate::repair::lattice::{Reading, Unit};
use crate::repair::open::{Alternative, Opens, Picks};
use crate::repair::window::Window;

/// No more alternatives than these at one place.
const MOST: usize = 128;

/// What each place of a window could be in the upper codec, as far as it is a byte of a sequence in the lower one.
pub(crate) fn opens(window: &Window, upper: Codec, lower: Codec) -> Opens {
    let channel = Channel::new(upper, true, window.traces, &[]).upper();
    let is_part = |c: char| {
        let row = row(c);
        (row.leads() | row.cont) >> lower.index() & 1 != 0
    };
    let mut opens = Opens::new();
    for (at, sym) in window.syms.iter().enumerate() {
        let rest = window.syms.get(at..).unwrap_or_default();
        if sym.glyph.is_ascii() {
            continue;
        }
        let mut alternatives = Vec::new();
        channel.candidates(rest, None, true, &mut |candidate| {
            if candidate.cesu8 || candidate.carried.is_some() || !is_part(candidate.c) || alternatives.len() == MOST {
                return;
            }
            alternatives.push(Alternative {
                c: candidate.c,
                taken: candidate.taken - u8::from(candidate.then.is_some()),
                losses: candidate.losses,
                cost: candidate.cost,
                picks: Picks::default(),
            });
        });
        if !alternatives.is_empty() {
            opens.push((sym.start, alternatives));
        }
    }
    opens
}

/// The two layers of a reading of such a text.
pub(crate) fn split(text: &str, upper: Codec, reading: Reading, opens: &Opens) -> [Reading; 2] {
    let mut above = Vec::new();
    let mut lower = reading;
    let mut shift = 0isize;
    for unit in &mut lower.units {
        let garble = text.get(unit.start..unit.end).unwrap_or_default();
        let start = unit.start.saturating_add_signed(shift);
        if !unit.joined {
            let mut chars = garble.char_indices().enumerate();
            while let Some((place, (offset, _))) = chars.next() {
                let at = unit.start + offset;
                let alternative = unit.picks.at(place).and_then(|pick| {
                    let open = opens.binary_search_by_key(&at, |open| open.0).ok()?;
                    opens.get(open)?.1.get(pick)
                });
                let Some(alternative) = alternative else { continue };
                let mut end = at;
                let own = text.get(at..).unwrap_or_default().chars();
                for c in own.take(alternative.taken.into()) {
                    end += c.len_utf8();
                }
                for _ in 1..alternative.taken {
                    chars.next();
                }
                shift += alternative.c.len_utf8() as isize - (end - at) as isize;
                above.push(Unit {
                    losses: alternative.losses,
                    ..Unit::whole(at..end, alternative.c)
                });
            }
        }
        unit.start = start;
        unit.end = unit.end.saturating_add_signed(shift);
        unit.picks = Picks::default();
    }
    let above = Reading {
        codec: upper,
        units: above,
        cost: 0,
        vague: false,
        opens: Vec::new(),
            strained: 0,
    };
    [above, lower]
}
