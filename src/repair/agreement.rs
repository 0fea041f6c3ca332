//! Which codecs a text is a garble of, as far as the sequences tell that were read from it, one after the other.
//!
//! Each sequence is read by the first of the codecs that can have its characters, and those that have other bytes for them are struck out. What a sequence of two
//! or three characters comes to is remembered for all codecs: a text has a few dozen of them over and over. That is all a memory of a pure function: an answer is the same with
//! it and without, wherever a text is cut.

use std::str::Chars;

use crate::codec::utf8::Sequence;
use crate::codec::{COUNT, CodecSet, Row, row};
use crate::model::{Cost, Glyph, cost};
use crate::repair::memory::{CHAR, MIX};

/// What the sequences that were read tell of the codecs.
#[derive(Clone, Copy)]
pub(super) struct Agreement {
    /// Those that read everything so far as the same bytes as the first of them.
    pub agreeing: u32,
    /// Those in which all characters so far are bytes of UTF-8, at the ends of stretches the right ones.
    pub having: u32,
    /// Of sequences one behind the other, a codec may split them otherwise. The first character begins a sequence as well, and the last one ends one: those in which a sequence
    /// may be under way, and in which one may end with the last character.
    inside: u32,
    ending: u32,
}

impl Agreement {
    /// That of nothing as yet.
    pub(super) fn among(codecs: CodecSet) -> Agreement {
        Agreement {
            agreeing: codecs.bits(),
            having: codecs.bits(),
            inside: 0,
            ending: u32::MAX,
        }
    }

    /// The byte of a character in the first of the codecs that can have it here. Strikes out those that have another.
    #[inline]
    pub(super) fn take(&mut self, row: &Row, able: u32) -> Option<u8> {
        let able = self.agreeing & able;
        let first = able.trailing_zeros() as usize;
        let byte = row.bytes.get(first)?;
        self.agreeing = able & row.agreeing(first);
        Some(*byte)
    }

    /// The character of which a sequence is, of its first character and those behind it, which are passed. Codecs that read it otherwise agree no more.
    pub(super) fn sequence(&mut self, first: &Row, behind: &mut Chars) -> Option<char> {
        let mut agreed = *self;
        let mut rest = behind.clone();
        let leads = first.leads();
        let mut sequence = Sequence::start(agreed.take(first, leads)?)?;
        agreed.having &= leads | first.cont & agreed.inside;
        while !sequence.is_full() {
            let row = row(rest.next()?);
            sequence = sequence.push(agreed.take(row, row.cont)?);
            agreed.having &= row.leads() | row.cont;
            agreed.ending = row.cont;
        }
        agreed.inside = u32::MAX;
        let c = char::from_u32(sequence.code_point()?)?;
        (*self, *behind) = (agreed, rest);
        Some(c)
    }

    /// Takes a stretch by itself, if the codecs that agree so far read it as all would.
    #[inline]
    pub(super) fn take_alone(&mut self, alone: &Alone) -> Option<()> {
        let as_all = self.agreeing & alone.first != 0 || self.agreeing & !alone.agreeing == 0;
        self.agreeing &= alone.agreeing;
        self.having &= alone.having;
        as_all.then_some(())
    }

    /// Ends what sequences there were one behind the other.
    pub(super) fn end(&mut self) {
        self.having &= self.ending;
        (self.inside, self.ending) = (0, u32::MAX);
    }
}

/// What a stretch of whole sequences tells of the codecs, whatever came before.
#[derive(Clone, Copy)]
pub(super) struct Alone {
    /// The codec that is the first to be tried, if it is one of those that agree.
    first: u32,
    agreeing: u32,
    having: u32,
}

impl Alone {
    /// That of a stretch, whose characters go to `read` one by one, each with how many bytes it is read from. None if it is not whole, or `read` can take no more.
    pub(super) fn of(
        stretch: &str,
        mut read: impl FnMut(char, usize) -> Option<()>,
    ) -> Option<Alone> {
        let mut all = Agreement::among(CodecSet::ALL);
        let leads = row(stretch.chars().next()?).leads();
        let mut rest = stretch;
        while !rest.is_empty() {
            let mut behind = rest.chars();
            let c = all.sequence(row(behind.next()?), &mut behind)?;
            read(c, rest.len() - behind.as_str().len())?;
            rest = behind.as_str();
        }
        all.end();
        Some(Alone {
            first: leads & leads.wrapping_neg() & all.agreeing,
            agreeing: all.agreeing,
            having: all.having,
        })
    }
}

/// How many sequences are remembered at most, the last of those that share a place.
const PLACES: usize = 256;

/// Sequences of two and of three characters that came before, and the first two of those of three.
#[derive(Default)]
pub(super) struct Sequences {
    places: Vec<Known>,
}

/// The key of two characters.
fn key(first: char, second: char) -> u64 {
    u64::from(first) << CHAR | u64::from(second)
}

/// What all codecs make of a few characters.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// The characters; none is 0.
    key: u64,
    /// What they are, or [`NOTHING`], or [`BEGUN`].
    c: char,
    agreeing: u32,
    /// What is left of those that have everything so far, where the first character begins what stands one behind the other, and where it does not.
    beginning: u32,
    within: u32,
    ending: u32,
    /// What those behind the first cost as they stand.
    pub stands: u16,
    /// The number of the codec that is the first to be tried, if it is one of those that agree, or else [`NONE`].
    first: u8,
}

/// A number that no codec has, and a shift that leaves nothing of a set of them.
const NONE: u8 = 31;

const _: () = assert!(COUNT <= NONE as usize);

/// No sequence of two or three, and one of three that lacks the last: neither is a character that a sequence could be.
const NOTHING: char = '\0';
const BEGUN: char = '\u{1}';

impl Sequences {
    /// The character of which a sequence of two or three is, as far as is agreed, and what those behind the first cost as they stand. They are passed then.
    #[inline]
    pub(super) fn find(
        &mut self,
        first: char,
        behind: &mut Chars,
        agreement: &mut Agreement,
    ) -> Option<(char, u16)> {
        let mut rest = behind.clone();
        let two = key(first, rest.next()?);
        let mut known = self.known(two, first, behind)?;
        if known.c == BEGUN {
            let three = two << CHAR | u64::from(rest.next()?);
            known = self.known(three, first, behind)?;
        }
        let c = known.apply(agreement)?;
        let stands = known.stands;
        *behind = rest;
        Some((c, stands))
    }

    /// What is known of a text of two characters.
    pub(super) fn two(&mut self, text: &str) -> Option<Known> {
        let mut behind = text.chars();
        let first = behind.next()?;
        let second = behind.clone().next()?;
        self.known(key(first, second), first, &behind).copied()
    }

    /// What is known of the first two or three characters, all of them in the key.
    #[inline]
    fn known(&mut self, key: u64, first: char, behind: &Chars) -> Option<&Known> {
        let place = (key.wrapping_mul(MIX) >> 40) as usize % PLACES;
        if self.places.get(place).is_none_or(|known| known.key != key) {
            self.learn(key, place, first, behind.clone());
        }
        self.places.get(place)
    }

    #[inline(never)]
    fn learn(&mut self, key: u64, place: usize, first: char, behind: Chars) {
        if self.places.is_empty() {
            self.places.resize(PLACES, Known::default());
        }
        if let Some(place) = self.places.get_mut(place) {
            *place = Known::of(key, first, behind);
        }
    }
}

impl Known {
    fn of(key: u64, first: char, behind: Chars) -> Known {
        let row = row(first);
        let count = if key >> (2 * CHAR) == 0 { 1 } else { 2 };
        let mut ends = behind.clone();
        ends.by_ref().take(count).for_each(drop);
        let behind = behind.as_str();
        let behind = behind.strip_suffix(ends.as_str()).unwrap_or(behind);
        let mut all = Agreement {
            inside: u32::MAX,
            ..Agreement::among(CodecSet::ALL)
        };
        let read = all.sequence(row, &mut behind.chars());
        let leads = row.leads();
        let lowest = leads & leads.wrapping_neg();
        let [_, three, _] = row.lead;
        let begun = count == 1 && three & lowest != 0;
        let mut before = Glyph::of(first);
        let pairs = behind.chars().map(Glyph::of).map(|c| {
            let pair = cost(before, c);
            before = c;
            pair
        });
        Known {
            key,
            c: read.unwrap_or(if begun { BEGUN } else { NOTHING }),
            stands: pairs.sum::<Cost>() as u16,
            first: match lowest & all.agreeing {
                0 => NONE,
                lowest => lowest.trailing_zeros() as u8,
            },
            agreeing: all.agreeing,
            beginning: all.having & leads,
            within: all.having,
            ending: all.ending,
        }
    }

    /// What is known of a sequence and another behind it, if a codec is the first to be tried for both. Between them, what the first character of the other costs is this.
    pub(super) fn then(&self, next: &Known, between: Cost) -> Option<Known> {
        let is_first = self.first == next.first && self.first != NONE;
        is_first.then_some(Known {
            agreeing: self.agreeing & next.agreeing,
            beginning: self.beginning & next.within,
            within: self.within & next.within,
            ending: next.ending,
            stands: self.stands + next.stands + between as u16,
            ..*self
        })
    }

    /// The character, if it is a sequence.
    pub(super) fn read(&self) -> Option<char> {
        Some(self.c).filter(|c| !matches!(*c, NOTHING | BEGUN))
    }

    /// Whether the codec that is the first to be tried is among those that agree so far, which so read it as all would.
    #[inline]
    pub(super) fn is_of_first(&self, agreement: &Agreement) -> bool {
        agreement.agreeing >> self.first & 1 != 0
    }

    /// Strikes out the codecs that read it otherwise.
    #[inline]
    pub(super) fn agree(&self, agreement: &mut Agreement) {
        agreement.agreeing &= self.agreeing;
        agreement.having &= self.beginning | self.within & agreement.inside;
        agreement.inside = u32::MAX;
        agreement.ending = self.ending;
    }

    /// The character, if the codecs that agree so far read it as all would: the first codec that has the bytes decides.
    #[inline]
    fn apply(&self, agreement: &mut Agreement) -> Option<char> {
        let c = self.read()?;
        let as_all = self.is_of_first(agreement) || agreement.agreeing & !self.agreeing == 0;
        as_all.then(|| {
            self.agree(agreement);
            c
        })
    }
}
