//! What other codecs could gain on a line that one of the codecs of pairs reads whole.
//!
//! A reading by another takes a few characters of such a line for garbled, where by chance they are UTF-8 in that codec, and leaves the others as they stand. What those few cost
//! as they stand is more than it could be cheaper by, so no lattice is needed to tell that it is the worse.

use crate::codec::multi_byte::{self, Beginning, Place};
use crate::codec::{self, Codec, CodecSet, MULTI_BYTE, SINGLE_BYTE, is_c1, row};
use crate::model::{CEILING, Cost, Glyph, cost};
use crate::repair::fee;
use crate::repair::lattice::{SWITCH, strain};
use crate::repair::loss::costs;
use crate::repair::wide;

/// More than a sequence of a single-byte codec could gain: four characters at most, and each the dearest there is.
const SINGLE: Cost = 5 * CEILING;

/// What other codecs could gain where they read something, if it cost nothing what is not known.
pub(super) struct Rivals {
    codecs: CodecSet,
    /// More than those that read pairs could gain.
    gains: Gains,
    /// How many sequences single-byte codecs could have at most, and how many controls there are, which those could take for something else.
    singles: usize,
    controls: usize,
}

impl Rivals {
    pub fn new(codecs: CodecSet) -> Rivals {
        Rivals {
            codecs,
            gains: Gains::default(),
            singles: 0,
            controls: 0,
        }
    }

    /// Looks for what could be part of a sequence in a single-byte codec, behind the character before it.
    #[inline]
    pub fn look_for_singles(&mut self, before: Glyph, c: char) {
        // No code page has what nearly all of it is.
        if !codec::EAST_ASIAN.contains(&c) {
            let row = row(c);
            self.singles += usize::from(codec::row(before.to_char()).leads() & row.cont != 0);
            self.controls += usize::from(is_c1(c));
        }
    }

    /// Looks for groups of the rivals at the first character of `rest`, behind so many others.
    pub fn look(&mut self, rest: &str, number: usize) {
        let place = Place::of(rest.chars().next().unwrap_or('\n'));
        let codecs = CodecSet::from_bits(place.opening().bits() & self.codecs.bits());
        if codecs.is_empty() {
            return;
        }
        for (codec, beginning) in beginnings(codecs, place, rest) {
            let taken = match beginning {
                Beginning::Whole => Some(1),
                Beginning::Part => multi_byte::read_group(codec, rest.chars(), |_| Some(())),
            };
            if let Some(taken) = taken {
                // No pair is dearer, and none costs less than nothing.
                self.gains
                    .add(codec, number, taken, CEILING * (taken + 1) as Cost);
            }
        }
    }

    /// More than any of them could lead by, if this is its rarity.
    pub fn most(&self, rarity: Cost) -> Cost {
        self.lead(&self.gains, rarity)
    }

    /// By how much any of them could lead, in the text that was looked at. To know what all their groups come to takes long.
    pub fn most_in(&self, text: &str, rarity: Cost) -> Cost {
        let mut gains = Gains::default();
        let (mut before, mut number) = ('\n', 0);
        for (at, c) in text.char_indices() {
            if !c.is_ascii() {
                if wide::may_begin(c) {
                    let rest = text.get(at..).unwrap_or_default();
                    for (codec, _) in beginnings(self.codecs, Place::of(c), rest) {
                        gains.add_group(codec, rest, number, Glyph::of(before));
                    }
                }
                number += 1;
            }
            before = c;
        }
        self.lead(&gains, rarity)
    }

    fn lead(&self, gains: &Gains, rarity: Cost) -> Cost {
        let pairs = gains.sums.iter().max().copied().unwrap_or(0) - costs::MULTI_BYTE;
        // Without a sequence, single-byte codecs are not asked. They are no rarer.
        let singles = match self.singles {
            0 => 0,
            singles => SINGLE * (singles + self.controls) as Cost + rarity,
        };
        pairs.max(singles) - fee::LEAST
    }
}

/// Whether a group could begin in any of the codecs with the character of a place, before that of another, as far as the first bytes of both tell.
pub(super) fn may_begin(codecs: CodecSet, place: Place, next: Option<Place>) -> bool {
    let codecs = CodecSet::from_bits(place.opening().bits() & codecs.bits());
    codecs
        .iter()
        .any(|codec| next.is_none_or(|next| place.beginning(codec, next).is_some()))
}

/// Those of the codecs in which a group seems to begin with the first character of `rest`, which has this place.
fn beginnings(
    codecs: CodecSet,
    place: Place,
    rest: &str,
) -> impl Iterator<Item = (Codec, Beginning)> {
    let next = Place::of(rest.chars().nth(1).unwrap_or('\n'));
    codecs
        .iter()
        .filter_map(move |codec| Some((codec, place.beginning(codec, next)?)))
}

/// What groups gain, a sum for each of the codecs that read bytes in pairs.
#[derive(Default)]
struct Gains {
    sums: [Cost; MULTI_BYTE],
    /// How many characters there were up to the end of the last group.
    ends: [usize; MULTI_BYTE],
}

impl Gains {
    /// The group that `rest` begins with in the codec, behind so many characters and this one.
    fn add_group(&mut self, codec: Codec, rest: &str, number: usize, before: Glyph) -> Option<()> {
        // What stands before it is known, unless that is of a group itself.
        let end = *self.ends.get(index(codec)?)?;
        let mut yielded = (number > end || before.is_ascii()).then_some(before);
        let mut yields = 0;
        let taken = multi_byte::read_group(codec, rest.chars(), |c| {
            let c = Glyph::of(c);
            let pair = yielded.map_or(0, |before| cost(before, c));
            yields += pair + strain(pair);
            yielded = Some(c);
            Some(())
        })?;
        let chars = rest.chars().chain(['\n']).take(taken + 1).map(Glyph::of);
        let (stands, after) =
            chars.fold((0, before), |(sum, before), c| (sum + cost(before, c), c));
        if let Some(before) = yielded.filter(|_| after.is_ascii()) {
            yields += cost(before, after);
        }
        self.add(codec, number, taken, stands - yields)
    }

    /// A group of so many characters, behind so many others.
    fn add(&mut self, codec: Codec, number: usize, taken: usize, gain: Cost) -> Option<()> {
        let at = index(codec)?;
        let (sum, end) = (self.sums.get_mut(at)?, self.ends.get_mut(at)?);
        if *sum == 0 {
            *sum = 2 * SWITCH;
        }
        // Something stays as it stands between this and the last group.
        let switches = if number > *end { 2 * SWITCH } else { 0 };
        *sum += (gain - switches).max(0);
        *end = number + taken;
        Some(())
    }
}

/// Which of those codecs it is.
fn index(codec: Codec) -> Option<usize> {
    codec.index().checked_sub(SINGLE_BYTE)
}
