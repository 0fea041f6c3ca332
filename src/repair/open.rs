//! What an upper layer leaves open for the layer below it to tell.
//!
//! Where a layer lost a byte, several characters could have stood, and what the layer yields is itself a garble: nothing tells by its neighbours whether
//! `Ã` lost its second half of U+00C1 or of U+00D0. The text at the bottom does. So a reading that yields a garble names for each such place all characters
//! that it could be ([`Open`]); the lattice of the layer below takes any of them for a byte, at what that costs more, and notes
//! which ones it took ([`Picks`]). Once its reading has won, [`settle`] writes them into the reading above.

use crate::codec::{Codec, Row, row};
use crate::model::Cost;
use crate::repair::lattice::{Reading, Unit};
use crate::repair::loss::Losses;

/// What else a character could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alternative {
    pub c: char,
    /// How many characters it stands for.
    pub taken: u8,
    pub losses: Losses,
    /// What it costs more than the character that stands there.
    pub cost: Cost,
    /// What it takes of that which the layer above leaves open.
    pub picks: Picks,
}

/// A unit that could be other characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    /// The index of the unit in its reading.
    pub unit: usize,
    pub alternatives: Vec<Alternative>,
}

/// No more alternatives than can be told by a [`Picks`].
pub(crate) const MOST: usize = 64;

/// A reading with more places than this leaves none open: there are that many in no line but a hostile one, and each takes time.
pub(crate) const MOST_PLACES: usize = 400;

/// Which alternatives the characters of a unit were taken as: the place of each in the unit, and one more than the index of the alternative; the rest are as they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Picks([(u8, u8); 4]);

impl Picks {
    /// These, and an alternative for the character at a place of the unit.
    pub(crate) fn with(mut self, place: u8, alternative: u8) -> Picks {
        if let Some(free) = self.0.iter_mut().find(|pick| pick.1 == 0) {
            *free = (place, alternative + 1);
        }
        self
    }

    fn is_empty(self) -> bool {
        self == Picks::default()
    }

    /// The alternative for the character at a place of the unit, if one was taken.
    pub(super) fn at(self, place: usize) -> Option<usize> {
        let mut picks = self.0.iter();
        let pick = picks.find(|pick| pick.1 > 0 && usize::from(pick.0) == place)?;
        Some(usize::from(pick.1) - 1)
    }
}

/// Where a text has characters open, and what each of them could be.
pub(crate) type Opens = Vec<(usize, Vec<Alternative>)>;

/// What the text below a reading has open, in order.
pub(crate) fn below(reading: &Reading) -> Opens {
    let alternatives = reading.opens.iter().map(|open| open.alternatives.clone());
    places(reading).into_iter().zip(alternatives).collect()
}

/// The offset of each [`Open`] in the text that the reading yields, in order.
fn places(reading: &Reading) -> Vec<usize> {
    let mut places = Vec::with_capacity(reading.opens.len());
    // The end of the last unit, and the same place in the text below.
    let (mut end, mut below) = (0, 0);
    let mut opens = reading.opens.iter().peekable();
    for (index, unit) in reading.units.iter().enumerate() {
        below += unit.start - end;
        if opens.next_if(|open| open.unit == index).is_some() {
            places.push(below);
        }
        below += unit.c.len_utf8();
        end = unit.end;
    }
    places
}

/// Writes what the units of the layer below took into the reading above, whose text was `text`, and moves those units to where they then stand.
pub(crate) fn settle(reading: &mut Reading, text: &str, units: &mut [Unit]) {
    let places = places(reading);
    // Where the text below gets longer or shorter, and by how much.
    let mut moved: Vec<(usize, isize)> = Vec::new();
    for unit in units.iter().filter(|unit| !unit.picks.is_empty()) {
        let garble = text.get(unit.start..unit.end).unwrap_or_default();
        for (place, (offset, _)) in garble.char_indices().enumerate() {
            let at = unit.start + offset;
            let taken = unit.picks.at(place).and_then(|pick| {
                let open = reading.opens.get(places.binary_search(&at).ok()?)?;
                Some((open.unit, *open.alternatives.get(pick)?))
            });
            if let Some((index, alternative)) = taken
                && let Some(above) = reading.units.get_mut(index)
            {
                moved.push((
                    at,
                    alternative.c.len_utf8() as isize - above.c.len_utf8() as isize,
                ));
                above.c = alternative.c;
                above.losses = alternative.losses;
                above.picks = alternative.picks;
            }
        }
    }
    let mut moved = moved.into_iter().peekable();
    let mut shift = 0;
    for unit in units {
        let mut to = |at: usize| {
            while let Some((_, by)) = moved.next_if(|(place, _)| *place < at) {
                shift += by;
            }
            at.saturating_add_signed(shift)
        };
        unit.start = to(unit.start);
        unit.end = to(unit.end);
    }
}

/// The bytes that a codec has for the alternatives: each once, for the cheapest.
pub(crate) fn bytes(codec: Codec, alternatives: &[Alternative]) -> Vec<Byte> {
    let mut out: Vec<Byte> = Vec::new();
    for (alternative, index) in alternatives.iter().zip(0..) {
        let byte = row(alternative.c).bytes.get(codec.index()).copied();
        let Some(byte) = byte.filter(|&byte| byte != 0) else {
            continue;
        };
        let taken = alternative.taken;
        match out.iter_mut().find(|other| (other.byte, other.taken) == (byte, taken)) {
            Some(same) if same.cost <= alternative.cost => {}
            Some(same) => (same.cost, same.index) = (alternative.cost, index),
            None => out.push(Byte {
                byte,
                taken,
                whole: alternative.losses.is_empty(),
                index,
                cost: alternative.cost,
            }),
        }
    }
    out
}

/// An alternative as a byte of a codec.
#[derive(Clone, Copy)]
pub(crate) struct Byte {
    pub byte: u8,
    /// How many characters it takes, and whether nothing of it was lost.
    pub taken: u8,
    pub whole: bool,
    /// The index of the alternative.
    pub index: u8,
    pub cost: Cost,
}

/// The parts of UTF-8 that any of the alternatives could be: first bytes of sequences of two, three and four, and later ones.
pub(crate) fn masks(own: &Row, alternatives: &[Alternative]) -> ([u32; 3], u32) {
    let mut masks = (own.lead, own.cont);
    for alternative in alternatives {
        let row = row(alternative.c);
        for (lead, other) in masks.0.iter_mut().zip(row.lead) {
            *lead |= other;
        }
        masks.1 |= row.cont;
    }
    masks
}
