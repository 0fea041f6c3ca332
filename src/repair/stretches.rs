//! Stretches of one sequence between two characters of ASCII: the quotes, dashes and spaces that most garbled text is dotted with.
//!
//! A text has the same few beside the same few letters over and over, and all that is to be said of one is remembered together: what it is, which codecs read it so, and
//! what it costs, as it stands and as it is read.

use std::ops::Range;

use crate::model::Cost;
use crate::repair::agreement::Alone;
use crate::repair::lattice::Unit;
use crate::repair::pairs::Pairs;
use crate::repair::plain::{self, Yielded};

/// How many stretches are remembered at most, the last of those that share a place.
const PLACES: usize = 512;

/// 2^64 over the golden ratio, and odd.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// The highest bit of each byte, set in what is not ASCII.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The stretches that came last.
#[derive(Default)]
pub(super) struct Stretches {
    places: Vec<Known>,
}

/// What is known of a stretch.
#[derive(Clone, Copy, Default)]
struct Known {
    key: Key,
    /// `None` if it is not to be read here.
    known: Option<Stretch>,
}

/// A stretch of at most eight bytes, the first of them lowest, and the bytes of ASCII on either side. None has no bytes at all.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    bytes: u64,
    around: [u8; 2],
}

/// A stretch that is one sequence, of which natural text is made that costs less than what stands there.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub alone: Alone,
    /// What it costs between its neighbours as it stands, and as it is read.
    pub stands: u16,
    pub yields: u16,
    /// How many of the pairs that are read natural text never has.
    pub strained: u8,
    /// Whether a scan may ask about any of them.
    pub odd: bool,
    /// How many bytes it has.
    pub length: u8,
}

impl Key {
    #[inline]
    fn at(bytes: &[u8], at: usize) -> Option<(Key, usize)> {
        let word = u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
        let bits = (!word & HIGH).trailing_zeros() & !7;
        let length = bits as usize / 8;
        let before = match at.checked_sub(1) {
            Some(before) => *bytes.get(before)?,
            None => b'\n',
        };
        let after = *bytes.get(at + length)?;
        let key = Key {
            bytes: word & u64::MAX.checked_shr(u64::BITS - bits).unwrap_or(0),
            around: [before, after],
        };
        (before | after).is_ascii().then_some((key, length))
    }

    #[inline]
    fn place(self) -> usize {
        let around = u64::from(u16::from_le_bytes(self.around));
        let mixed = (self.bytes.rotate_left(16) ^ around).wrapping_mul(MIX);
        (mixed ^ mixed >> 32).wrapping_mul(MIX) as usize >> (u64::BITS - PLACES.ilog2())
    }
}

impl Stretches {
    /// What is known of the stretch at `at`, if it is to be read here: the last in a text and longer ones are not.
    #[inline]
    pub(super) fn find(&mut self, text: &str, at: usize, pairs: &mut Pairs) -> Option<Stretch> {
        let (key, length) = Key::at(text.as_bytes(), at)?;
        let place = key.place();
        match self.places.get(place) {
            Some(known) if known.key == key => known.known,
            _ => self.learn(key, place, text, at..at + length, pairs),
        }
    }

    #[inline(never)]
    fn learn(
        &mut self,
        key: Key,
        place: usize,
        text: &str,
        stretch: Range<usize>,
        pairs: &mut Pairs,
    ) -> Option<Stretch> {
        if self.places.is_empty() {
            self.places.resize(PLACES, Known::default());
        }
        let known = Stretch::of(text, stretch, pairs);
        if let Some(place) = self.places.get_mut(place) {
            *place = Known { key, known };
        }
        known
    }
}

impl Stretch {
    fn of(text: &str, stretch: Range<usize>, pairs: &mut Pairs) -> Option<Stretch> {
        let alone = Alone::of(text.get(stretch.clone())?)?;
        let unit = Unit::whole(stretch.clone(), alone.c);
        let yielded = Yielded::of(text, &[unit], pairs);
        let stands = plain::stands(text, stretch.clone(), Cost::MAX, pairs);
        let speaks = yielded.is_natural(1) && yielded.cost < stands;
        speaks.then_some(Stretch {
            alone,
            stands: stands as u16,
            yields: yielded.cost as u16,
            strained: yielded.strained as u8,
            odd: yielded.odd,
            length: stretch.len() as u8,
        })
    }
}
