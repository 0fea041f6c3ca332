//! What a lost letter was, where pairs of characters would have another.
//!
//! A byte that a codec leaves undefined takes its letter with it, and which of a handful it was is for its neighbours to tell. Pairs get one letter in six wrong;
//! the two characters on either side together one in fifteen. So the table holds a letter with its neighbours where pairs (or
//! shorter contexts) would have another, and by how much that is to be mended. It is asked for lost letters only, and what it says weighs in no verdict.
//!
//! A cuckoo hash table like that of [`super::bigrams`], but with slots of 24 bits, 21 of them tag: many contexts are asked for each letter, and a false find would be
//! believed. `tools/train/fillers.py` chooses the entries and fills the table.

use super::{Cost, Glyph, cuckoo, part};
use crate::tables::model::{BOOSTS, FILLERS};

/// A slot in bytes.
type Slot = [u8; 3];

static TABLE: &[[Slot; 4]] = part(FILLERS).as_chunks().0.as_chunks().0;

const LEVEL_BITS: u32 = 3;
const TAG_BITS: u32 = 24 - LEVEL_BITS;

/// Multipliers for the characters further off, before and after: odd numbers with well spread bits.
const FURTHER: [u64; 2] = [0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB];

/// By how much the character in the middle is cheaper there than pairs say.
pub(crate) fn boost(context: [Glyph; 5]) -> Cost {
    let [before2, before, c, after, after2] = context.map(|glyph| u64::from(glyph.code));
    let near = before << 42 | c << 21 | after;
    let ahead = (before2 + 1).wrapping_mul(FURTHER[0]);
    let behind = (after2 + 1).wrapping_mul(FURTHER[1]);
    [near, near ^ ahead, near ^ behind, near ^ ahead ^ behind]
        .into_iter()
        .map(look_up)
        .sum()
}

fn look_up(key: u64) -> Cost {
    let ([first, second], tag) = cuckoo::places(key, TABLE.len(), TAG_BITS);
    find(first, tag).or_else(|| find(second, tag)).unwrap_or(0)
}

fn find(bucket: usize, tag: u64) -> Option<Cost> {
    let slots = TABLE.get(bucket)?.iter();
    let mut slots = slots.map(|&[low, middle, high]| u32::from_le_bytes([low, middle, high, 0]));
    let slot = slots.find(|&slot| u64::from(slot >> LEVEL_BITS) == tag)?;
    let level = slot & ((1 << LEVEL_BITS) - 1);
    BOOSTS.get(level as usize).map(|&boost| Cost::from(boost))
}
