//! Short stretches between two characters of ASCII: the quotes, dashes and spaces that most garbled text is dotted with.
//!
//! A text has the same few beside the same few letters over and over, and all that is to be said of one is remembered together: what it is, which codecs read it so, and
//! what it costs, as it stands and as it is read.

use std::ops::Range;

use crate::model::Cost;
use crate::repair::agreement::Alone;
use crate::repair::lattice::Unit;
use crate::repair::memory::MIX;
use crate::repair::pairs::Pairs;
use crate::repair::plain::{self, Yielded};

/// How many places there are for stretches, each for the last two of those that share it.
const PLACES: usize = 256;

/// The highest bit of each byte, set in what is not ASCII.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How long a stretch may be that is remembered, in words, and how many characters may be read in it.
const WORDS: usize = 3;
const UNITS: usize = 4;

/// No character that is read.
const NOTHING: char = '\0';

/// The stretches that came last.
#[derive(Default)]
pub(super) struct Stretches {
    places: Vec<[Known; 2]>,
}

/// What is known of a stretch.
#[derive(Clone, Copy, Default)]
struct Known {
    key: Key,
    /// `None` if it is not to be read here.
    known: Option<Stretch>,
}

/// A stretch of a few dozen bytes at most, the first of them lowest, and the bytes of ASCII on either side. None has no bytes at all.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Key {
    words: [u64; WORDS],
    around: [u8; 2],
}

/// A stretch of whole sequences, of which natural text is made that costs less than what stands there.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub alone: Alone,
    /// The characters that are read, each with how many bytes it is read from; none is 0.
    read: [(char, u8); UNITS],
    /// What it costs between its neighbours as it stands, and as it is read.
    pub stands: u16,
    pub yields: u16,
    /// How many of the pairs that are read natural text never has.
    pub strained: u8,
    /// Whether a scan may ask about any of them.
    pub odd: bool,
    /// Whether it may be the garble of a layer below.
    pub goes_below: bool,
}

impl Key {
    pub(super) const NONE: Key = Key {
        words: [0; WORDS],
        around: [0; 2],
    };

    /// The stretch that begins at `at`, and how many bytes it has; `None` if there is none, or it is longer, or the last of a text.
    #[inline]
    pub(super) fn at(bytes: &[u8], at: usize) -> Option<(Key, usize)> {
        let (ahead, from) = bytes.split_at_checked(at)?;
        let mut words = [0; WORDS];
        let mut length = 0;
        for word in &mut words {
            let next = u64::from_le_bytes(*from.get(length..)?.first_chunk()?);
            let bits = (!next & HIGH).trailing_zeros() & !7;
            *word = next & u64::MAX.checked_shr(u64::BITS - bits).unwrap_or(0);
            length += bits as usize / 8;
            if bits < u64::BITS {
                break;
            }
        }
        let around = [*ahead.last().unwrap_or(&b'\n'), *from.get(length)?];
        let key = Key { words, around };
        (length > 0 && around.is_ascii()).then_some((key, length))
    }

    #[inline]
    pub(super) fn mixed(self) -> usize {
        let around = u64::from(u16::from_le_bytes(self.around));
        let words = self.words.iter().rev();
        let words = words.fold(around, |mixed, word| mixed.rotate_left(23) ^ word);
        let mixed = words.wrapping_mul(MIX);
        ((mixed ^ mixed >> 32).wrapping_mul(MIX) >> 32) as usize
    }
}

impl Stretches {
    /// What is known of the stretch at `at`, if it is to be read here: the last in a text and longer ones are not.
    #[inline]
    pub(super) fn find(&mut self, text: &str, at: usize, pairs: &mut Pairs) -> Option<&Stretch> {
        let (key, length) = Key::at(text.as_bytes(), at)?;
        let place = key.mixed() % PLACES;
        let known = |known: &[Known; 2]| known.iter().position(|known| known.key == key);
        let which = match self.places.get(place).and_then(known) {
            Some(which) => which,
            None => self.learn(key, place, text, at..at + length, pairs),
        };
        self.places.get(place)?.get(which)?.known.as_ref()
    }

    /// Puts it first.
    #[inline(never)]
    fn learn(
        &mut self,
        key: Key,
        place: usize,
        text: &str,
        stretch: Range<usize>,
        pairs: &mut Pairs,
    ) -> usize {
        if self.places.is_empty() {
            self.places.resize(PLACES, Default::default());
        }
        if let Some([first, second]) = self.places.get_mut(place) {
            let known = Stretch::of(text, stretch, pairs);
            *second = std::mem::replace(first, Known { key, known });
        }
        0
    }
}

impl Stretch {
    fn of(text: &str, stretch: Range<usize>, pairs: &mut Pairs) -> Option<Stretch> {
        let mut read = [(NOTHING, 0); UNITS];
        let mut places = read.iter_mut();
        let garble = text.get(stretch.clone())?;
        let alone = Alone::of(garble, |c, length| {
            *places.next()? = (c, length as u8);
            Some(())
        })?;
        let units: Vec<Unit> = units(&read, stretch.start).collect();
        let yielded = Yielded::of(text, &units, pairs);
        let stands = plain::stands(text, stretch, Cost::MAX, pairs);
        let speaks = yielded.speaks(units.len(), stands);
        speaks.then_some(Stretch {
            alone,
            read,
            stands: stands as u16,
            yields: yielded.cost as u16,
            strained: yielded.strained as u8,
            odd: yielded.odd,
            goes_below: plain::goes_below(text, &units, pairs),
        })
    }

    /// The units that it is read as at a place.
    #[inline]
    pub(super) fn units(&self, place: usize) -> impl Iterator<Item = Unit> {
        units(&self.read, place)
    }
}

fn units(read: &[(char, u8)], place: usize) -> impl Iterator<Item = Unit> {
    let read = read.iter().take_while(|(c, _)| *c != NOTHING);
    read.scan(place, |end, &(c, length)| {
        let start = *end;
        *end += usize::from(length);
        Some(Unit::whole(start..*end, c))
    })
}
