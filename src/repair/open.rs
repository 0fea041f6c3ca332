//! What an upper layer leaves open for the layer below it to tell.
//!
//! Where a layer lost a byte, several characters could have stood, and what the layer yields is itself a garble: nothing tells by its neighbours whether
//! `Ã` lost its second half of U+00C1 or of U+00D0. The text at the bottom does. So a reading that yields a garble names for each such place all characters
//! that it could be ([`Open`]); the lattice of the layer below takes any of them for a byte, at what that costs more, and notes
//! which ones it took ([`Picks`]). Once its reading has won, [`settle`] writes them into the reading above.

use crate::codec::{Codec, Row, row};
use crate::model::Cost;
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

    /// How many alternatives were taken.
    pub(super) fn count(self) -> usize {
        self.0.iter().filter(|pick| pick.1 > 0).count()
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
