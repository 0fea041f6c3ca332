//! Which codecs a text is a garble of, as far as the sequences tell that were read from it, one after the other.
//!
//! Each sequence is read by the first of the codecs that can have its characters, and those that have other bytes for them are struck out. What a sequence of two
//! characters comes to, which most letters are, is remembered for all codecs: a text has a few dozen of them over and over. That is all a memory of a pure function: an answer is the same with
//! it and without, wherever a text is cut.

use std::str::Chars;

use crate::codec::utf8::Sequence;
use crate::codec::{CodecSet, Row, row};

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

    /// The character of which a sequence is, of its first character and those behind it, and what follows. Codecs that read it otherwise agree no more.
    pub(super) fn sequence<'t>(
        &mut self,
        first: &Row,
        mut behind: Chars<'t>,
    ) -> Option<(char, Chars<'t>)> {
        let mut agreed = *self;
        let leads = first.leads();
        let mut sequence = Sequence::start(agreed.take(first, leads)?)?;
        agreed.having &= leads | first.cont & agreed.inside;
        while !sequence.is_full() {
            let row = row(behind.next()?);
            sequence = sequence.push(agreed.take(row, row.cont)?);
            agreed.having &= row.leads() | row.cont;
            agreed.ending = row.cont;
        }
        agreed.inside = u32::MAX;
        let c = char::from_u32(sequence.code_point()?)?;
        *self = agreed;
        Some((c, behind))
    }

    /// Ends what sequences there were one behind the other.
    pub(super) fn end(&mut self) {
        self.having &= self.ending;
        (self.inside, self.ending) = (0, u32::MAX);
    }
}

/// How many sequences are remembered at most, the last of those that share a place.
const PLACES: usize = 256;

/// 2^32 over the golden ratio, and odd.
const MIX: u32 = 0x9E37_79B9;

/// Sequences of two characters that came before.
#[derive(Default)]
pub(super) struct Sequences {
    places: Vec<Known>,
}

/// What all codecs make of two characters.
#[derive(Clone, Copy, Default)]
#[repr(align(32))]
struct Known {
    /// The characters; none is 0.
    key: u32,
    c: char,
    /// The codec that is the first to be tried, if it is one of those that agree.
    first: u32,
    agreeing: u32,
    /// What is left of those that have everything so far, where the first character begins what stands one behind the other, and where it does not.
    beginning: u32,
    within: u32,
    ending: u32,
}

impl Sequences {
    /// Makes room for them.
    pub(super) fn prepare(&mut self) {
        if self.places.is_empty() {
            self.places.resize(PLACES, Known::default());
        }
    }

    /// The character that the two are, if they are a sequence as far as is agreed.
    #[inline]
    pub(super) fn find(&mut self, two: [char; 2], agreement: &mut Agreement) -> Option<char> {
        let [first, second] = two.map(u32::from);
        if first | second > 0xFFFF {
            return None;
        }
        let key = first << 16 | second;
        let place = (key.wrapping_mul(MIX) >> 20) as usize % PLACES;
        let known = self.places.get_mut(place)?;
        if known.key != key {
            *known = Known::of(key, two);
        }
        known.apply(agreement)
    }
}

impl Known {
    #[cold]
    fn of(key: u32, [first, second]: [char; 2]) -> Known {
        let mut all = Agreement::among(CodecSet::ALL);
        let rows = [first, second].map(row);
        let mut bytes = [0; 4];
        let behind = second.encode_utf8(&mut bytes).chars();
        let [leads, next_leads] = rows.map(Row::leads);
        let [first, second] = rows;
        let read = all.sequence(first, behind);
        let lowest = leads & leads.wrapping_neg();
        let next = next_leads | second.cont;
        Known {
            key,
            c: read.map_or('\0', |read| read.0),
            first: lowest & all.agreeing,
            agreeing: all.agreeing,
            beginning: leads & next,
            within: (leads | first.cont) & next,
            ending: second.cont,
        }
    }

    /// The character, if the codecs that agree so far read it as all would: the first codec that has the bytes decides.
    #[inline]
    fn apply(&self, agreement: &mut Agreement) -> Option<char> {
        let agreeing = agreement.agreeing;
        let as_all = agreeing & self.first != 0 || agreeing & !self.agreeing == 0;
        if self.c == '\0' || !as_all {
            return None;
        }
        agreement.agreeing &= self.agreeing;
        agreement.having &= self.beginning | self.within & agreement.inside;
        agreement.inside = u32::MAX;
        agreement.ending = self.ending;
        Some(self.c)
    }
}
