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

/// Four slots.
type Bucket = [u8; 12];

static TABLE: &[Bucket] = part(FILLERS).as_chunks().0;

const SLOT_BITS: u32 = 24;
const LEVEL_BITS: u32 = 3;
const TAG_BITS: u32 = SLOT_BITS - LEVEL_BITS;

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
    let bucket = TABLE.get(bucket)?;
    let low = u64::from_le_bytes(*bucket.first_chunk()?);
    let high = u64::from(u32::from_le_bytes(*bucket.last_chunk()?));
    let slots = [
        low,
        low >> SLOT_BITS,
        low >> (2 * SLOT_BITS) | high << (u64::BITS - 2 * SLOT_BITS),
        high >> (u32::BITS - SLOT_BITS),
    ];
    let tags = (1 << TAG_BITS) - 1;
    let mut slots = slots.into_iter();
    let slot = slots.find(|slot| slot >> LEVEL_BITS & tags == tag)?;
    let level = slot & ((1 << LEVEL_BITS) - 1);
    BOOSTS.get(level as usize).map(|&boost| Cost::from(boost))
}
