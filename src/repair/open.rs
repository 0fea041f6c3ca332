//! What a layer leaves open for the layer below it to tell: see [`super::twofold`].

use crate::codec::{Codec, Row, row};
use crate::model::Cost;
use crate::repair::loss::Losses;

/// What characters could be as a garble of the layer above: one character of what that layer had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alternative {
    pub c: char,
    /// How many characters it is of.
    pub taken: u8,
    pub losses: Losses,
    /// What the losses cost.
    pub cost: Cost,
}

/// Which alternatives the characters of a unit were taken as: the place of each in the unit, and one more than the index of the alternative; the rest are as they stand. A unit
/// is of four bytes at most.
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

/// Where a text has characters open, in bytes and in order, and what each of them could be.
pub(crate) type Opens = Vec<(usize, Vec<Alternative>)>;

/// The bytes that a codec has for the alternatives: of the same characters, each once, for the cheapest.
pub(crate) fn bytes(codec: Codec, alternatives: &[Alternative]) -> Vec<Byte> {
    let mut out: Vec<Byte> = Vec::new();
    for (alternative, index) in alternatives.iter().zip(0..) {
        let byte = row(alternative.c).bytes.get(codec.index()).copied();
        let Some(byte) = byte.filter(|&byte| byte != 0) else {
            continue;
        };
        let found = Byte {
            byte,
            taken: alternative.taken,
            whole: alternative.losses.is_empty(),
            index,
            cost: alternative.cost,
        };
        let same = |other: &&mut Byte| (other.byte, other.taken) == (byte, found.taken);
        match out.iter_mut().find(same) {
            Some(same) if same.cost <= alternative.cost => {}
            Some(same) => *same = found,
            None => out.push(found),
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
