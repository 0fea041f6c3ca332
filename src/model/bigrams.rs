//! Pairs of characters with a cost of their own.
//!
//! A cuckoo hash table: a pair lies in one of two buckets of four slots. A slot is 16 bits, a tag of twelve bits that tells the pair
//! from others and its level, an index into `LEVELS`. A pair that is not in the table is taken for one that is about once in 500
//! look-ups, for the price of a table two fifths of the size that whole keys would need.

use super::{Cost, cuckoo, part};
use crate::tables::model::{BIGRAMS, LEVELS};

static TABLE: &[[u8; 8]] = part(BIGRAMS).as_chunks().0;

const TAG_BITS: u32 = 12;

/// One in each slot of a bucket.
const SLOTS: u64 = 0x0001_0001_0001_0001;

/// The level in the slot of the bucket that bears the tag; an empty slot is 0, and no tag is. All four slots are compared at once: a slot that
/// is equal becomes 0, and taking one from each borrows into the highest bit of the lowest such slot.
fn find(bucket: usize, tag: u64) -> Option<u64> {
    let bucket = u64::from_le_bytes(*TABLE.get(bucket)?);
    let differing = (bucket & (0xFFF0 * SLOTS)) ^ ((tag << 4) * SLOTS);
    let equal = differing.wrapping_sub(SLOTS) & !differing & (0x8000 * SLOTS);
    (equal != 0).then(|| bucket >> (equal.trailing_zeros() & !15) & 0xF)
}

/// The cost of the pair, if the table holds it.
#[inline(never)]
pub(super) fn pair(before: u32, c: u32) -> Option<Cost> {
    let key = u64::from(before) << 21 | u64::from(c);
    let ([first, second], tag) = cuckoo::places(key, TABLE.len(), TAG_BITS);
    let level = find(first, tag).or_else(|| find(second, tag))?;
    LEVELS
        .get(level as usize % LEVELS.len())
        .map(|&cost| Cost::from(cost))
}
