//! What other codecs could gain on a line that one of the codecs of pairs reads whole.
//!
//! A reading by another takes a few characters of such a line for garbled, where by chance they are UTF-8 in that codec, and leaves the others as they stand. What those few cost
//! as they stand is more than it could be cheaper by, so no lattice is needed to tell that it is the worse.

use crate::codec::multi_byte::{self, Place};
use crate::codec::{self, Codec, CodecSet, MULTI_BYTE, SINGLE_BYTE, is_c1, row};
use crate::model::{CEILING, Cost, Glyph, cost};
use crate::repair::fee;
use crate::repair::lattice::{SWITCH, strain};
use crate::repair::loss::costs;

/// More than a sequence of a single-byte codec could gain: four characters at most, and each the dearest there is.
const SINGLE: Cost = 5 * CEILING;

/// What other codecs could gain where they read something, if it cost nothing what is not known.
pub(super) struct Rivals {
    codecs: CodecSet,
    gains: [Cost; MULTI_BYTE],
    /// How many characters there were up to the end of the last group.
    ends: [usize; MULTI_BYTE],
    /// How many sequences single-byte codecs could have at most, and how many controls there are, which those could take for something else.
    singles: usize,
    controls: usize,
}

impl Rivals {
    pub fn new(codecs: CodecSet) -> Rivals {
        Rivals {
            codecs,
            gains: [0; MULTI_BYTE],
            ends: [0; MULTI_BYTE],
            singles: 0,
            controls: 0,
        }
    }

    /// Looks for what could be part of a sequence in a single-byte codec, behind a character that begins one in these, and gives the codecs in which this one does.
    #[inline]
    pub fn look_for_singles(&mut self, leads: u32, c: char) -> u32 {
        // No code page has what nearly all of it is.
        if codec::EAST_ASIAN.contains(&c) {
            return 0;
        }
        let row = row(c);
        self.singles += usize::from(leads & row.cont != 0);
        self.controls += usize::from(is_c1(c));
        row.leads()
    }

    /// Looks for groups of the rivals at the first character of `rest`, the one with this place and number.
    #[inline]
    pub fn look(&mut self, place: Place, rest: &str, number: usize, before: Glyph) {
        let having = CodecSet::from_bits(place.codecs().bits() & self.codecs.bits());
        if !having.is_empty() {
            let next = Place::of(rest.chars().nth(1).unwrap_or('\n'));
            for codec in having.iter() {
                if place.beginning(codec, next).is_some() {
                    self.look_closer(codec, rest, number, before);
                }
            }
        }
    }

    /// The same where a group of the codec seems to begin.
    #[cold]
    fn look_closer(
        &mut self,
        codec: Codec,
        rest: &str,
        number: usize,
        before: Glyph,
    ) -> Option<()> {
        let at = codec.index().checked_sub(SINGLE_BYTE)?;
        let (gain, end) = (self.gains.get_mut(at)?, self.ends.get_mut(at)?);
        // What stands before it is known, unless that is of a group itself.
        let mut yielded = (number > *end || before.is_ascii()).then_some(before);
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
        if *gain == 0 {
            *gain = 2 * SWITCH;
        }
        // Something stays as it stands between this and the last group.
        let switches = if number > *end { 2 * SWITCH } else { 0 };
        *gain += (stands - yields - switches).max(0);
        *end = number + taken;
        Some(())
    }

    /// By how much any of them could lead, if this is its rarity.
    pub fn most(&self, rarity: Cost) -> Cost {
        let pairs = self.gains.iter().max().copied().unwrap_or(0) - costs::MULTI_BYTE;
        // Without a sequence, single-byte codecs are not asked. They are no rarer.
        let singles = match self.singles {
            0 => 0,
            singles => SINGLE * (singles + self.controls) as Cost + rarity,
        };
        pairs.max(singles) - fee::LEAST
    }
}
