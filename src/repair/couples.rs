//! Two sequences one behind the other, each of two characters of two bytes: two letters of Cyrillic, Greek and the like, and one of Latin that was garbled twice.
//!
//! A language has a few hundred pairs of letters that make up nearly all of its words. So what two such sequences are, which codecs read them so, and what they cost is
//! remembered together.

use crate::repair::agreement::{Agreement, Known, Sequences};
use crate::repair::memory::MIX;
use crate::repair::pairs::{Pair, Pairs};

/// How many couples are remembered at most, the last of those that share a place.
const PLACES: usize = 1024;

/// Bytes of one sequence, and of both.
pub(super) const SEQUENCE: usize = 4;
const LENGTH: usize = 2 * SEQUENCE;

/// The bits that tell characters of two bytes, and what they are in such.
const MARKS: u64 = u64::from_le_bytes([0xE0, 0xC0, 0xE0, 0xC0, 0xE0, 0xC0, 0xE0, 0xC0]);
const OF_TWO: u64 = u64::from_le_bytes([0xC0, 0x80, 0xC0, 0x80, 0xC0, 0x80, 0xC0, 0x80]);

/// The couples that came last.
#[derive(Default)]
pub(super) struct Couples {
    places: Vec<Entry>,
}

/// What is known of eight bytes; none is 0.
#[derive(Clone, Copy, Default)]
struct Entry {
    key: u64,
    /// `None` if they are no couple.
    known: Option<Couple>,
}

/// Two sequences that are read by the same codec first.
#[derive(Clone, Copy)]
pub(super) struct Couple {
    /// What both are, one behind the other.
    pub both: Known,
    pub chars: [char; 2],
    /// What the second of these costs after the first.
    pub pair: Pair,
}

impl Couples {
    /// The couple at a place where a character begins, if all the codecs that agree so far read it as is remembered. It is agreed on then.
    #[inline]
    pub(super) fn find(
        &mut self,
        text: &str,
        at: usize,
        agreement: &mut Agreement,
        sequences: &mut Sequences,
        pairs: &mut Pairs,
    ) -> Option<&Couple> {
        let key = u64::from_le_bytes(*text.as_bytes().get(at..)?.first_chunk()?);
        if key & MARKS != OF_TWO {
            return None;
        }
        let place = (key.wrapping_mul(MIX) >> (u64::BITS - PLACES.ilog2())) as usize;
        if self.places.get(place).is_none_or(|entry| entry.key != key) {
            let couple = Couple::of(text.get(at..at + LENGTH)?, sequences, pairs);
            self.learn(key, place, couple);
        }
        let couple = self.places.get(place)?.known.as_ref()?;
        couple.both.is_of_first(agreement).then(|| {
            couple.both.agree(agreement);
            couple
        })
    }

    #[inline(never)]
    fn learn(&mut self, key: u64, place: usize, known: Option<Couple>) {
        if self.places.is_empty() {
            self.places.resize(PLACES, Entry::default());
        }
        if let Some(place) = self.places.get_mut(place) {
            *place = Entry { key, known };
        }
    }
}

impl Couple {
    /// What a text of two such sequences is.
    #[inline(never)]
    fn of(text: &str, sequences: &mut Sequences, pairs: &mut Pairs) -> Option<Couple> {
        let (first, second) = text.split_at_checked(SEQUENCE)?;
        let between = pairs.pair(first.chars().next_back()?, second.chars().next()?);
        let [first, second] = [sequences.two(first)?, sequences.two(second)?];
        let chars = [first.read()?, second.read()?];
        Some(Couple {
            both: first.then(&second, between.cost)?,
            chars,
            pair: pairs.pair(chars[0], chars[1]),
        })
    }
}
