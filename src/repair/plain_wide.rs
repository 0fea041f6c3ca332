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
use crate::repair::groups::{self, Group, Groups, Yielded};
use crate::repair::lattice::{HOPELESS, Reading, SWITCH, Unit, excess};
use crate::repair::loss::costs;
use crate::repair::plain::{self, Scratch, ascii, next_stretch};
use crate::repair::rivals::Rivals;
use crate::repair::verdict::LONG;
use crate::repair::window;
use crate::repair::{rewrite, scan, wide};

/// The layer to take off a segment, if it is one of the plain ones and what is below beats what stands there.
pub(crate) fn read(
    segment: &str,
    options: &Options,
    scratch: &mut Scratch,
) -> Option<Vec<Reading>> {
    let first = next_stretch(segment.as_bytes(), 0)?;
    let first = segment.get(first..)?.chars().next()?;
    if options.layers == 0 || !wide::may_begin(first) {
        return None;
    }
    let codecs = CodecSet::from_bits(options.codecs.bits() & Place::of(first).codecs().bits());
    let reading = codecs.iter().find_map(|codec| {
        let units = plain::empty(&mut scratch.units);
        let mut plain = PlainWide {
            text: segment,
            codec,
            units,
            stands: 0,
            yields: 0,
            strained: 0,
            chars: 0,
            stretches: 0,
            doubt: Doubt::NONE,
            rivals: Rivals::new(options.codecs.without(codec)),
            may_be_suspect: false,
        };
        let groups = &mut scratch.memory.memory().groups;
        let mut below = None;
        let wins = plain.read(groups).is_some()
            && plain.wins(Entry::Upper(options.caution))
            && (!plain.may_be_suspect || {
                let text = below.insert(rewrite::apply(segment, &plain.units));
                scan::first_suspect(text).is_none()
            });
        if !wins {
            scratch.units = plain.units;
            return None;
        }
        Some(Reading {
            codec,
            cost: plain.cost(),
            units: plain.units,
            vague: false,
            strained: 0,
            below,
        })
    })?;
    let mut layers = std::mem::take(&mut scratch.layers);
    layers.push(reading);
    Some(layers)
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
        // Nearly all are of three bytes.
        if let Some(left) = self.count.checked_sub(3)
            && let Some(c) = utf8::decode_three((self.bytes >> (8 * left)) as u32)
        {
            self.count = left;
            return Some(Some(c));
        }
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
    fn read(&mut self, groups: &mut Groups) -> Option<()> {
        let mut at = 0;
        while let Some(start) = next_stretch(self.text.as_bytes(), at) {
            if best_fit::begins_at(self.text, start) {
                return None;
            }
            at = self.stretch(start, groups)?;
        }
        self.doubt.end()
    }

    /// Reads the stretch at `at` up to the next ASCII, and gives its end.
    fn stretch(&mut self, at: usize, groups: &mut Groups) -> Option<usize> {
        let ascii = |place| Glyph::of(ascii(self.text, place).unwrap_or('\n'));
        let mut before = ascii(at.checked_sub(1));
        let mut read = before;
        let mut end = at;
        while !self.text.as_bytes().get(end).is_none_or(u8::is_ascii) {
            if let Some(group) = groups.find(self.text, end, self.codec) {
                (before, read) = self.take(group, end, before, read)?;
                end += groups::LENGTH;
            } else {
                (end, before, read) = self.group(end, before, read)?;
            }
        }
        let after = ascii(Some(end));
        let stands = cost(before, after);
        self.stands += stands;
        let yields = self.add(Yielded::of(read, after));
        self.doubt.leave(yields, stands)?;
        self.stretches += 1;
        Some(end)
    }

    /// Takes a group that is known, at a place behind these as they stand and as they are read, and gives those behind it.
    #[inline]
    fn take(
        &mut self,
        group: &Group,
        at: usize,
        before: Glyph,
        read: Glyph,
    ) -> Option<(Glyph, Glyph)> {
        if group.rivals.contains(&true) {
            self.look_for_rivals(group, at)?;
        }
        self.chars += groups::CHARS;
        let pair = cost(before, group.first);
        let [second, third] = group.stands.map(Cost::from);
        self.stands += pair + second + third;
        let [first, last] = group.read;
        // The last byte of the first is in the second character of the garble.
        let (middle, end) = (at + 2 * groups::CHAR, at + groups::LENGTH);
        self.units.push(Unit::whole(at..middle, first.to_char()));
        self.units.push(Unit {
            joined: true,
            ..Unit::whole(middle..end, last.to_char())
        });
        self.doubt.begin(pair, before);
        self.doubt.goes_on(second);
        let yields = self.add(Yielded::of(read, first));
        self.doubt.yields(yields, first)?;
        self.doubt.goes_on(third);
        let yields = self.add(group.yields);
        self.doubt.yields(yields, last)?;
        Some((group.last, last))
    }

    #[inline(never)]
    fn look_for_rivals(&mut self, group: &Group, at: usize) -> Option<()> {
        for (k, _) in (0..).zip(group.rivals).filter(|rival| rival.1) {
            let rest = self.text.get(at + k * groups::CHAR..)?;
            self.rivals.look(rest, self.chars + k);
        }
        Some(())
    }

    /// Reads a group of any kind, at a place behind these as they stand and as they are read, and gives its end and those behind it.
    fn group(
        &mut self,
        at: usize,
        mut before: Glyph,
        mut read: Glyph,
    ) -> Option<(usize, Glyph, Glyph)> {
        // The sequence under way, where its garble begins, and whether its first byte is in the last character of the garble before.
        let mut gathered = Gathered::default();
        let (mut begin, mut end, mut joined) = (at, at, false);
        for c in self.text.get(at..)?.chars() {
            let (glyph, place) = (Glyph::of(c), Place::of(c));
            self.rivals.look_for_singles(before, c);
            let pair = cost(before, glyph);
            self.stands += pair;
            let begins = wide::begins(glyph.class, c);
            if begins {
                self.rivals.look(self.text.get(end..)?, self.chars);
            }
            if end > at {
                self.doubt.goes_on(pair);
            } else if begins {
                self.doubt.begin(pair, before);
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
            if let Some(c) = gathered.take_ascii() {
                // It has no garble but that of the unit before.
                read = self.unit(end..end, c, true, read)?;
            }
            if gathered.is_empty() {
                return Some((end, before, read));
            }
            (begin, joined) = (end, true);
        }
        None
    }

    /// Adds a unit behind what is read so far.
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
        let yields = self.add(Yielded::of(before, c));
        self.doubt.yields(yields, c)?;
        Some(c)
    }

    /// Adds a pair that is read, and gives what it costs.
    #[inline]
    fn add(&mut self, pair: Yielded) -> Cost {
        let cost = Cost::from(pair.cost);
        self.strained += usize::from(pair.strained);
        self.yields += cost;
        self.may_be_suspect |= pair.odd;
        cost
    }

    fn cost(&self) -> Cost {
        self.yields + excess(self.strained, self.units.len()) + costs::MULTI_BYTE
    }

    /// Whether it is the best reading of all, and better than what stands there.
    fn wins(&self, entry: Entry) -> bool {
        let rarity = fee::rarity(self.codec);
        let gain = self.stands - self.cost();
        // Mostly no fee is too high, and no rival comes near, so they need not be known.
        (gain - entry.most() > rarity.max(self.rivals.most(rarity))
            || gain - fee::fee(self.text, self.codec, &self.units, entry)
                > rarity.max(self.rivals.most_in(self.text, rarity)))
            && self.chars + window::AROUND * self.stretches + 1 < LONG
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
            let Some(read) = read(&line, &options, &mut Default::default()) else {
                continue;
            };
            read_here += 1;
            let verdict =
                verdict::weigh(&line, &options, options.layers, 0, &mut Scratch::default());
            let told = |layers: &[Reading]| -> Vec<_> {
                let told = layers
                    .iter()
                    .map(|layer| (layer.codec, layer.units.clone()));
                told.collect()
            };
            assert_eq!(told(&verdict.layers), told(&read), "{line}");
        }
        assert!(read_here * 2 > lines, "{read_here} of {lines}");
    }

    /// Both short ways share their room.
    #[test]
    fn leaves_nothing_to_the_next_line() {
        // 縺 begins a group that comes to nothing; don’t
        let text = "\u{7E3A}\u{A0}\u{FFFD}\ndon\u{E2}\u{20AC}\u{2122}t don\u{E2}\u{20AC}\u{2122}t";
        let repaired = crate::repair(text);
        assert!(
            repaired.ends_with("\ndon\u{2019}t don\u{2019}t"),
            "{repaired}"
        );
    }
}
