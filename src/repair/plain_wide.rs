//! The short way for the codecs that read bytes in pairs: everything that is not ASCII is garbled, by one of them, and nothing was lost.
//!
//! There is but one way to split such a line into characters of UTF-8, so it is read off from its start, and the sums are those of the lattice's path that takes all of it.
//! Two sums more tell whether the lattice would take that path: by how much any part would be cheaper as it stands ([`Doubt`]), and what other codecs
//! could gain ([`Rivals`]). Where it is not sure, or where there is a layer below, the line is left to [`super::verdict`].

use std::ops::Range;

use crate::codec::multi_byte::{Bytes, Place};
use crate::codec::utf8::{self, Sequence};
use crate::codec::{Codec, CodecSet};
use crate::model::{Cost, Glyph, cost};
use crate::options::Options;
use crate::repair::best_fit;
use crate::repair::fee::{self, Entry};
use crate::repair::lattice::{HOPELESS, Reading, SWITCH, Unit, excess, strain};
use crate::repair::loss::costs;
use crate::repair::plain::{ascii, next_stretch};
use crate::repair::rivals::Rivals;
use crate::repair::verdict::LONG;
use crate::repair::window;
use crate::repair::{rewrite, scan, wide};

/// The layer to take off a segment, if it is one of the plain ones and what is below beats what stands there. `room` is for its units.
pub(crate) fn read(segment: &str, options: &Options, room: &mut Vec<Unit>) -> Option<Reading> {
    let first = next_stretch(segment.as_bytes(), 0)?;
    let first = segment.get(first..)?.chars().next()?;
    if options.layers == 0 || !wide::may_begin(first) {
        return None;
    }
    let codecs = CodecSet::from_bits(options.codecs.bits() & Place::of(first).codecs().bits());
    codecs.iter().find_map(|codec| {
        room.clear();
        let mut plain = PlainWide {
            text: segment,
            codec,
            units: std::mem::take(room),
            stands: 0,
            yields: 0,
            strained: 0,
            chars: 0,
            stretches: 0,
            doubt: Doubt::NONE,
            rivals: Rivals::new(options.codecs.without(codec)),
            may_be_suspect: false,
        };
        let wins = plain.read().is_some() && plain.wins(Entry::Upper(options.caution));
        if !wins {
            *room = plain.units;
            return None;
        }
        Some(Reading {
            codec,
            cost: plain.cost(),
            units: plain.units,
            vague: false,
            strained: 0,
        })
    })
}

struct PlainWide<'t> {
    text: &'t str,
    codec: Codec,
    units: Vec<Unit>,
    /// What the stretches that are not ASCII cost as they stand, and what their reading costs.
    stands: Cost,
    yields: Cost,
    /// How many pairs of what is read natural text never has.
    strained: usize,
    /// How many characters were read, and in how many stretches.
    chars: usize,
    stretches: usize,
    doubt: Doubt,
    rivals: Rivals,
    /// Whether a scan could stop in what is read.
    may_be_suspect: bool,
}

/// The bytes of a sequence under way, the last of them lowest.
#[derive(Default)]
struct Gathered {
    bytes: u64,
    count: u32,
}

impl Gathered {
    #[inline]
    fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds the bytes of a character, if it has any.
    #[inline]
    fn push(&mut self, bytes: Bytes) -> Option<()> {
        let count = bytes.count();
        self.bytes = self.bytes << (8 * count) | u64::from(bytes.number());
        self.count += count;
        (count > 0).then_some(())
    }

    /// Takes the first sequence, if it is full; `None` if there can be none.
    #[inline]
    fn pop(&mut self) -> Option<Option<char>> {
        let length = Sequence::start(self.first())?.length().into();
        let Some(left) = self.count.checked_sub(length) else {
            return Some(None);
        };
        let c = utf8::decode((self.bytes >> (8 * left)) as u32, length)?;
        self.count = left;
        Some(Some(c))
    }

    /// Takes a character of ASCII, if that is all there is.
    #[inline]
    fn take_ascii(&mut self) -> Option<char> {
        let byte = self.bytes as u8;
        let takes = self.count == 1 && byte.is_ascii();
        self.count -= u32::from(takes);
        takes.then_some(char::from(byte))
    }

    fn first(&self) -> u8 {
        (self.bytes >> (8 * self.count.saturating_sub(1))) as u8
    }
}

impl PlainWide<'_> {
    fn read(&mut self) -> Option<()> {
        let mut at = 0;
        while let Some(start) = next_stretch(self.text.as_bytes(), at) {
            if best_fit::begins_at(self.text, start) {
                return None;
            }
            at = self.stretch(start)?;
        }
        self.doubt.end()
    }

    /// Reads the stretch at `at` up to the next ASCII, and gives its end.
    fn stretch(&mut self, at: usize) -> Option<usize> {
        let ascii = |place| Glyph::of(ascii(self.text, place).unwrap_or('\n'));
        let mut before = ascii(at.checked_sub(1));
        let mut read = before;
        // The sequence under way, where its garble begins, and whether its first byte is in the last character of the garble before.
        let mut gathered = Gathered::default();
        let (mut begin, mut end, mut joined) = (at, at, false);
        let mut leads = 0;
        let mut chars = self.text.get(at..)?.chars();
        loop {
            let rest = chars.as_str();
            let Some(c) = chars.next().filter(|c| !c.is_ascii()) else {
                break;
            };
            let (glyph, place) = (Glyph::of(c), Place::of(c));
            leads = self.rivals.look_for_singles(leads, c);
            let pair = cost(before, glyph);
            self.stands += pair;
            let begins = wide::begins(glyph.class, c);
            if begins {
                self.rivals.look(place, rest, self.chars, before);
            }
            if !gathered.is_empty() {
                self.doubt.goes_on(pair);
            } else if begins {
                self.doubt.begin(pair, before);
                (begin, joined) = (end, false);
            } else {
                return None;
            }
            before = glyph;
            self.chars += 1;
            end += c.len_utf8();
            if wide::is_lost_pair(self.codec, c) {
                return None;
            }
            gathered.push(place.bytes(self.codec))?;
            let Some(c) = gathered.pop()? else {
                continue;
            };
            read = self.unit(begin..end, c, joined, read)?;
            match gathered.take_ascii() {
                // It has no garble but that of the unit before.
                Some(c) => read = self.unit(end..end, c, true, read)?,
                None => (begin, joined) = (end, true),
            }
        }
        if !gathered.is_empty() {
            return None;
        }
        let after = ascii(Some(end));
        let stands = cost(before, after);
        self.stands += stands;
        let yields = self.step(read, after);
        self.doubt.leave(yields, stands)?;
        self.stretches += 1;
        Some(end)
    }

    /// Adds a unit behind what is read so far.
    #[inline]
    fn unit(
        &mut self,
        garble: Range<usize>,
        c: char,
        joined: bool,
        before: Glyph,
    ) -> Option<Glyph> {
        // What was U+FFFD before is no clearer for being that again.
        if c == char::REPLACEMENT_CHARACTER {
            return None;
        }
        let unit = Unit::whole(garble, c);
        self.units.push(Unit { joined, ..unit });
        let c = Glyph::of(c);
        let pair = self.step(before, c);
        self.doubt.yields(pair, c)?;
        Some(c)
    }

    /// Adds what is read next, and gives what that costs.
    #[inline]
    fn step(&mut self, before: Glyph, c: Glyph) -> Cost {
        let pair = cost(before, c);
        let strain = strain(pair);
        self.strained += usize::from(strain > 0);
        self.yields += pair + strain;
        self.may_be_suspect |= scan::may_stop(before, c);
        pair + strain
    }

    fn cost(&self) -> Cost {
        self.yields + excess(self.strained, self.units.len()) + costs::MULTI_BYTE
    }

    /// Whether it is the best reading of all, better than what stands there, and leaves nothing that could be a garble.
    fn wins(&self, entry: Entry) -> bool {
        let rarity = fee::rarity(self.codec);
        let gain = self.stands - self.cost();
        let rivals = rarity.max(self.rivals.most(rarity));
        // Mostly no fee is too high, so it need not be known.
        (gain - entry.most() > rivals
            || gain - fee::fee(self.text, self.codec, &self.units, entry) > rivals)
            && self.chars + window::AROUND * self.stretches + 1 < LONG
            && !(self.may_be_suspect
                && scan::first_suspect(&rewrite::apply(self.text, &self.units)).is_some())
    }
}

/// By how much the line could be cheaper at most, so far, if the last of it stayed as it stands. As long as that is not so, the lattice takes all of it for garbled.
struct Doubt {
    most: Cost,
    /// The same up to the group at hand, with a switch behind it, and the character before the group, if that is not ASCII.
    left: Option<(Cost, Glyph)>,
}

impl Doubt {
    /// Nothing read as yet. No switch is needed there.
    const NONE: Doubt = Doubt {
        most: 0,
        left: None,
    };

    /// Begins a group: what stands there could begin with it, or may have begun before.
    fn begin(&mut self, pair: Cost, before: Glyph) {
        // What it costs after the end of a garble is not known.
        let behind_ascii = if before.is_ascii() { pair } else { 0 };
        self.left = (!before.is_ascii()).then_some((self.most - SWITCH, before));
        self.most = (self.most - pair).max(-SWITCH - behind_ascii);
    }

    /// One character more that stands there.
    fn goes_on(&mut self, pair: Cost) {
        self.most -= pair;
    }

    /// One character more that is read.
    #[inline]
    fn yields(&mut self, pair: Cost, c: Glyph) -> Option<()> {
        self.most += pair;
        let speaks =
            |(left, before): (Cost, Glyph)| left + pair >= 0 && left + pair >= cost(before, c);
        (!self.left.take().is_some_and(speaks) && self.most <= HOPELESS).then_some(())
    }

    /// Behind a stretch.
    fn leave(&mut self, yields: Cost, stands: Cost) -> Option<()> {
        self.most += yields - stands;
        (self.most < SWITCH).then_some(())
    }

    /// Behind the last.
    fn end(&self) -> Option<()> {
        (self.most < 0).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::garble::{Layer, garble};
    use crate::repair::verdict::{self, Scratch};

    const TEXTS: [&str; 5] = [
        include_str!("../../fixtures/corpora/zh.txt"),
        include_str!("../../fixtures/corpora/ja.txt"),
        include_str!("../../fixtures/corpora/ko.txt"),
        include_str!("../../fixtures/corpora/ru.txt"),
        include_str!("../../fixtures/corpora/fr.txt"),
    ];

    /// What the beginnings of the lines become, as much of each as the codec can garble without loss.
    fn garbles(codec: Codec) -> impl Iterator<Item = String> {
        let layer = Layer::new(codec);
        let lines = TEXTS.iter().flat_map(|text| text.lines().take(20));
        lines.filter_map(move |line| {
            let ends = line.char_indices().map(|(at, c)| at + c.len_utf8());
            let mut begun = ends.rev().filter_map(|end| line.get(..end));
            begun.find_map(|begun| garble(begun, &layer).ok())
        })
    }

    #[test]
    fn comes_to_what_the_long_way_comes_to() {
        let options = Options::new();
        let (mut lines, mut read_here) = (0, 0);
        for line in CodecSet::MULTI_BYTE.iter().flat_map(garbles) {
            lines += 1;
            let Some(reading) = read(&line, &options, &mut Vec::new()) else {
                continue;
            };
            read_here += 1;
            let verdict =
                verdict::weigh(&line, &options, options.layers, 0, &mut Scratch::default());
            let layers = verdict
                .layers
                .iter()
                .map(|layer| (layer.codec, &layer.units));
            let wanted = [(reading.codec, &reading.units)];
            assert!(layers.eq(wanted), "{line}");
        }
        assert!(read_here * 2 > lines, "{read_here} of {lines}");
    }
}
