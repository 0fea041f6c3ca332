//! What pairs of characters cost, remembered: a text has the same few over and over, and to look one up in the model takes many times as long.
//!
//! That is all a memory of a pure function: an answer is the same with it and without, wherever a text is cut.

use crate::model::{Cost, Glyph, cost};
use crate::repair::memory::{CHAR, MIX};
use crate::repair::scan;

/// How many pairs are remembered at most, the last of those that share a place. A text has some hundred.
const PLACES: usize = 1024;

/// What is known of two neighbours.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    /// What the second costs after the first.
    pub cost: Cost,
    /// Whether a scan may ask about them.
    pub odd: bool,
}

/// The pairs that came last.
#[derive(Default)]
pub(super) struct Pairs {
    /// Both characters of each, above its cost and a bit that tells whether it is odd. None has no bits at all.
    places: Vec<u64>,
}

/// Bits of the cost, and the one above them.
const COST: u32 = 16;
const ODD: u64 = 1 << COST;

impl Pairs {
    /// What the model says of `c` after `before`.
    #[inline]
    pub(super) fn pair(&mut self, before: char, c: char) -> Pair {
        let key = u64::from(before) << CHAR | u64::from(c);
        let place = (key.wrapping_mul(MIX) >> 40) as usize % PLACES;
        match self.places.get(place) {
            Some(known) if known >> (COST + 1) == key => Pair::of(*known),
            _ => self.learn(key, place, before, c),
        }
    }

    #[inline(never)]
    fn learn(&mut self, key: u64, place: usize, before: char, c: char) -> Pair {
        if self.places.is_empty() {
            self.places.resize(PLACES, 0);
        }
        let [before, c] = [before, c].map(Glyph::of);
        let odd = if scan::may_stop(before, c) { ODD } else { 0 };
        let known = key << (COST + 1) | odd | cost(before, c) as u64;
        if let Some(place) = self.places.get_mut(place) {
            *place = known;
        }
        Pair::of(known)
    }
}

impl Pair {
    #[inline]
    fn of(known: u64) -> Pair {
        Pair {
            cost: Cost::from(known as u16),
            odd: known & ODD != 0,
        }
    }
}
