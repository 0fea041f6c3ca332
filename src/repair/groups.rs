//! Groups of three characters, two bytes each, that two characters of three bytes were: what codecs of pairs make of nearly all of East Asia.
//!
//! All that is to be said of such a group by itself is said together and remembered, for a text has the words that it is about over and over: of the groups of one that
//! repeats little, about every fourth came before. What it costs beside its neighbours is asked each time.

use crate::codec::multi_byte::Place;
use crate::codec::{Codec, CodecSet, row, utf8};
use crate::model::{Glyph, cost};
use crate::repair::lattice::strain;
use crate::repair::memory::MIX;
use crate::repair::rivals;
use crate::repair::scan;
use crate::repair::wide;

/// How many groups are remembered at most, the last of those that share a place.
const PLACES: usize = 2048;

/// Characters of a group, bytes of one, and bytes of all.
pub(super) const CHARS: usize = 3;
pub(super) const CHAR: usize = 3;
pub(super) const LENGTH: usize = CHARS * CHAR;

/// The groups that came last.
#[derive(Default)]
pub(super) struct Groups {
    places: Vec<Known>,
}

/// What is known of what may be a group.
#[derive(Clone, Copy)]
struct Known {
    key: Key,
    /// `None` if it is none.
    known: Option<Group>,
}

/// The bytes, the last of them apart, and the codec. None has no bytes at all.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    bytes: u64,
    last: u8,
    codec: Codec,
}

/// A group by itself.
#[derive(Clone, Copy)]
pub(super) struct Group {
    /// The first and the last of its characters.
    pub first: Glyph,
    pub last: Glyph,
    /// What it was.
    pub read: [Glyph; 2],
    /// What its second and its third character cost as they stand.
    pub stands: [u16; 2],
    /// The pair of what it was.
    pub yields: Yielded,
    /// Which of its characters could begin a group in another codec.
    pub rivals: [bool; CHARS],
}

/// A pair of what is read.
#[derive(Clone, Copy)]
pub(super) struct Yielded {
    /// What its second character costs, and what it is strained.
    pub cost: u16,
    /// Whether natural text never has it.
    pub strained: bool,
    /// Whether a scan may ask about it.
    pub odd: bool,
}

impl Yielded {
    #[inline(always)]
    pub(super) fn of(before: Glyph, c: Glyph) -> Yielded {
        let pair = cost(before, c);
        let strain = strain(pair);
        Yielded {
            cost: (pair + strain) as u16,
            strained: strain > 0,
            odd: scan::may_stop(before, c),
        }
    }
}

impl Groups {
    /// The group of the codec at a place where a character begins, if there is one of this kind.
    #[inline]
    pub(super) fn find(&mut self, text: &str, at: usize, codec: Codec) -> Option<&Group> {
        let bytes: &[u8; LENGTH] = text.as_bytes().get(at..)?.first_chunk()?;
        let [first @ .., last] = *bytes;
        let key = Key {
            bytes: u64::from_le_bytes(first),
            last,
            codec,
        };
        let mixed = (key.bytes ^ u64::from(last) << 3).wrapping_mul(MIX);
        let place = (mixed >> (u64::BITS - PLACES.ilog2())) as usize;
        if self.places.get(place).is_none_or(|known| known.key != key) {
            self.learn(key, place, text.get(at..at + LENGTH));
        }
        self.places.get(place)?.known.as_ref()
    }

    #[inline(never)]
    fn learn(&mut self, key: Key, place: usize, text: Option<&str>) {
        let known = text.and_then(|text| Group::of(key.codec, text));
        if self.places.is_empty() {
            let key = Key { bytes: 0, ..key };
            self.places.resize(PLACES, Known { key, known: None });
        }
        if let Some(place) = self.places.get_mut(place) {
            *place = Known { key, known };
        }
    }
}

impl Group {
    /// The group that is all of the text, if it is one.
    fn of(codec: Codec, text: &str) -> Option<Group> {
        let mut chars = text.chars().filter(|&c| {
            c.len_utf8() == CHAR && row(c).is_empty() && !wide::is_lost_pair(codec, c)
        });
        let chars = [chars.next()?, chars.next()?, chars.next()?];
        let places = chars.map(Place::of);
        let [Some(a), Some(b), Some(c)] = places.map(|place| place.bytes(codec).two()) else {
            return None;
        };
        let bytes = u64::from(a) << 32 | u64::from(b) << 16 | u64::from(c);
        let read = |bytes: u64| {
            let c = utf8::decode(bytes as u32 & 0xFF_FFFF, CHAR as u32);
            c.filter(|&c| c != char::REPLACEMENT_CHARACTER)
        };
        let read = [read(bytes >> 24)?, read(bytes)?].map(Glyph::of);
        let yields = Yielded::of(read[0], read[1]);
        let [first, middle, last] = chars.map(Glyph::of);
        let others = CodecSet::ALL.without(codec);
        let [a, b, c] = places;
        Some(Group {
            first,
            last,
            read,
            stands: [cost(first, middle), cost(middle, last)].map(|cost| cost as u16),
            yields,
            rivals: [
                rivals::may_begin(others, a, Some(b)),
                rivals::may_begin(others, b, Some(c)),
                rivals::may_begin(others, c, None),
            ],
        })
    }
}
