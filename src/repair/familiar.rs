//! Stretches that the short way has read before: a text repeats a few garbles over and over, its quotes, dashes and accented letters.
//!
//! What a stretch is does not depend on what stands around it, but for the costs of its first and its last pair. So it is read once by all codecs, and from then
//! on known. That is all a memory of a pure function: an answer is the same with it and without, wherever a text is cut.

use crate::codec::{CodecSet, row};
use crate::model::{Cost, Glyph, cost};
use crate::repair::lattice::strain;
use crate::repair::plain::Plain;

/// How many bytes of text are looked at, as two words; a stretch has fewer. Longer ones hardly ever come again.
const SEEN: usize = 2 * WORD;
const WORD: usize = size_of::<u128>();

/// How many characters such a stretch has at most, of two bytes each, and how many units, of two characters.
const MOST_CHARS: usize = SEEN / 2;
const MOST_UNITS: usize = MOST_CHARS / 2;

/// Room for the stretches of most texts.
const USUAL: usize = 16;

/// How many stretches are remembered at most. Texts have one or two dozen.
const SLOTS: usize = 64;

/// The highest bit of each byte.
const HIGH: u128 = u128::from_le_bytes([0x80; WORD]);

/// 2^64 over the golden ratio, and odd.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// The stretches that came last.
pub(super) struct Familiar {
    slots: [Slot; SLOTS],
    stretches: Vec<Stretch>,
}

/// Where a stretch may be found.
#[derive(Clone, Copy)]
struct Slot {
    /// One more than the index of the stretch that is remembered here, or 0.
    number: u8,
    /// What tells from most others the last that was looked for here in vain. To remember one takes longer than to read it, so it has to come twice in a row to take the place of
    /// another.
    tag: u32,
}

/// A stretch, read by all codecs.
pub(super) struct Stretch {
    key: Key,
    /// Its length in bytes.
    pub length: usize,
    /// The codecs that read it as the same bytes, and those in which all of it is bytes of UTF-8.
    pub agreeing: u32,
    pub having: u32,
    /// The codec that was the first to be tried, if it is one of those that agree.
    first: u32,
    /// Whether what it is could be no garble, whole or broken off, of a layer below.
    pub settled: bool,
    pub broken: bool,
    /// The characters it was, each with the place where its garble ends.
    units: [(u8, char); MOST_UNITS],
    /// How many those are: none, if it takes more than this to read.
    count: u8,
    /// What it is, and how it stands.
    yields: Span,
    stands: Span,
    /// What so many of the first pairs cost together as it stands.
    sums: [Cost; MOST_CHARS],
}

/// Characters by the pairs among them.
struct Span {
    first: Glyph,
    last: Glyph,
    pairs: usize,
    cost: Cost,
    /// How many of the pairs natural text never has.
    strained: usize,
}

impl Default for Familiar {
    fn default() -> Familiar {
        Familiar {
            slots: [Slot { tag: 0, number: 0 }; SLOTS],
            stretches: Vec::new(),
        }
    }
}

impl Familiar {
    /// The stretch at a place, if it is a short one that has come before.
    #[inline]
    pub(super) fn find(&mut self, text: &str, at: usize) -> Option<&Stretch> {
        let (key, length) = key(text.as_bytes(), at)?;
        let [low, high] = key.map(|word| word as u64 ^ (word >> 64) as u64);
        let hash = (low ^ high.rotate_left(32)).wrapping_mul(MIX);
        let slot = self.slots.get_mut((hash >> 58) as usize % SLOTS)?;
        let index = usize::from(slot.number).wrapping_sub(1);
        let known = self.stretches.get(index).map(|known| known.key);
        if known != Some(key) {
            let tag = hash as u32;
            if known.is_some() && slot.tag != tag {
                slot.tag = tag;
                return None;
            }
            let stretch = Stretch::read(text.get(at..at + length)?, key);
            match self.stretches.get_mut(index) {
                Some(place) => *place = stretch,
                None => {
                    self.stretches.reserve(USUAL);
                    self.stretches.push(stretch);
                    slot.number = self.stretches.len() as u8;
                }
            }
        }
        let index = usize::from(slot.number).wrapping_sub(1);
        self.stretches.get(index).filter(|known| known.count > 0)
    }
}

/// The bytes of a stretch, and zeros behind them.
type Key = [u128; 2];

/// The bytes of the stretch at a place, and how many those are.
#[inline]
fn key(bytes: &[u8], at: usize) -> Option<(Key, usize)> {
    let first = word(bytes, at);
    let length = prefix(first);
    if length < WORD {
        return Some(([cut(first, length), 0], length));
    }
    let second = word(bytes, at + WORD);
    let length = prefix(second);
    (length < WORD).then(|| ([first, cut(second, length)], WORD + length))
}

/// How many bytes before the first of ASCII.
fn prefix(word: u128) -> usize {
    (!word & HIGH).trailing_zeros() as usize / 8
}

/// So many bytes, less than all, and zeros behind them.
fn cut(word: u128, length: usize) -> u128 {
    word & ((1 << (8 * length)) - 1)
}

/// The next bytes from a place on, and zeros behind the last.
#[inline]
fn word(bytes: &[u8], at: usize) -> u128 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(word) = rest.first_chunk() {
        return u128::from_le_bytes(*word);
    }
    // The last bytes, less those before the place.
    let lacking = 8 * (WORD - rest.len()) as u32;
    match bytes.last_chunk() {
        Some(word) => u128::from_le_bytes(*word).checked_shr(lacking).unwrap_or(0),
        None => rest
            .iter()
            .rev()
            .fold(0, |word, &byte| word << 8 | u128::from(byte)),
    }
}

impl Stretch {
    #[cold]
    fn read(text: &str, key: Key) -> Stretch {
        let mut plain = Plain::new(CodecSet::ALL, 0, Vec::new());
        let walked = plain.walk(text, 0).filter(|_| plain.gaps.is_empty());
        let leads = text.chars().next().map_or(0, |c| row(c).leads());
        let first = leads & leads.wrapping_neg();
        let mut units = [(0, '\0'); MOST_UNITS];
        let mut count = 0;
        if walked.is_some() {
            for (place, unit) in units.iter_mut().zip(&plain.units) {
                *place = (unit.end as u8, unit.c);
                count += 1;
            }
        }
        let known = units.iter().take(count.into());
        let mut sums = [0; MOST_CHARS];
        Stretch {
            key,
            length: text.len(),
            agreeing: plain.agreeing,
            having: plain.having,
            first: first & plain.agreeing,
            settled: walked.as_ref().is_some_and(|walked| walked.settled),
            broken: walked.as_ref().is_some_and(|walked| walked.broken),
            units,
            count,
            yields: Span::of(known.map(|&(_, c)| c), &mut [0; MOST_CHARS]),
            stands: Span::of(text.chars(), &mut sums),
            sums,
        }
    }

    /// Whether codecs read it as all would: the first codec that has the bytes decides.
    #[inline]
    pub(super) fn is_read_by(&self, codecs: u32) -> bool {
        codecs & self.first != 0 || codecs & !self.agreeing == 0
    }

    pub(super) fn units(&self) -> &[(u8, char)] {
        self.units.get(..self.count.into()).unwrap_or_default()
    }

    /// What it is costs between two characters, and how many of its pairs natural text never has.
    #[inline]
    pub(super) fn yields(&self, before: Glyph, after: Glyph) -> (Cost, usize) {
        let Span { first, last, .. } = self.yields;
        let [start, end] = [cost(before, first), cost(last, after)];
        let strained = usize::from(strain(start) > 0) + usize::from(strain(end) > 0);
        (
            start + self.yields.cost + end,
            self.yields.strained + strained,
        )
    }

    /// What it costs as it stands, or as much of that as is more than enough.
    #[inline]
    pub(super) fn stands(&self, before: Glyph, after: Glyph, enough: Cost) -> Cost {
        let Span {
            first,
            last,
            pairs,
            cost: inner,
            ..
        } = self.stands;
        let start = cost(before, first);
        let sums = self.sums.iter().take(pairs + 1);
        let mut sums = sums.map(|sum| start + sum);
        sums.find(|&sum| sum > enough)
            .unwrap_or_else(|| start + inner + cost(last, after))
    }
}

impl Span {
    /// The characters, with what so many of their pairs cost together.
    fn of(chars: impl Iterator<Item = char>, sums: &mut [Cost]) -> Span {
        let mut glyphs = chars.map(Glyph::of);
        let first = glyphs.next().unwrap_or(Glyph::of('\n'));
        let mut span = Span {
            first,
            last: first,
            pairs: 0,
            cost: 0,
            strained: 0,
        };
        for c in glyphs {
            let pair = cost(span.last, c);
            span.cost += pair;
            span.strained += usize::from(strain(pair) > 0);
            span.last = c;
            span.pairs += 1;
            if let Some(sum) = sums.get_mut(span.pairs) {
                *sum = span.cost;
            }
        }
        span
    }
}
