//! Pairs of characters with a cost of their own.
//!
//! A cuckoo hash table: a pair lies in one of two buckets of four slots. A slot is 16 bits, a tag of twelve bits that tells the pair
//! from others and its level, an index into `LEVELS`. A pair that is not in the table is taken for one that is about once in 500
//! look-ups, for the price of a table two fifths of the size that whole keys would need. The filling is done by
//! `tools/train/train.py`, whose `places` is the twin of `look_up`.

use super::{Cost, part};
use crate::tables::model::{BIGRAMS, LEVELS};

static TABLE: &[[u8; 8]] = part(BIGRAMS).as_chunks().0;

const BUCKETS: u64 = TABLE.len() as u64;

/// Odd multipliers with well spread bits: 2^64 over the golden ratio, and one of the constants in use as finalizer of mixers.
const MIX: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93];

fn bucket(hash: u64) -> u64 {
    let at = ((hash >> 32) * BUCKETS) >> 32;
    TABLE
        .get(at as usize)
        .map_or(0, |bucket| u64::from_le_bytes(*bucket))
}

/// One in each slot of a bucket.
const SLOTS: u64 = 0x0001_0001_0001_0001;

/// The level in the slot of the bucket that bears the tag; an empty slot is 0, and no tag is. All four slots are compared at once: a slot that
/// is equal becomes 0, and taking one from each borrows into the highest bit of the lowest such slot.
fn find(bucket: u64, tag: u64) -> Option<u64> {
    let differing = (bucket & (0xFFF0 * SLOTS)) ^ ((tag << 4) * SLOTS);
    let equal = differing.wrapping_sub(SLOTS) & !differing & (0x8000 * SLOTS);
    (equal != 0).then(|| bucket >> (equal.trailing_zeros() & !15) & 0xF)
}

/// Two independent hashes of a key.
pub(super) fn hashes(key: u64) -> [u64; 2] {
    let hash = key.wrapping_mul(MIX[0]);
    [hash, (hash ^ hash >> 32).wrapping_mul(MIX[1])]
}

/// The cost of the pair, if the table holds it.
pub(super) fn pair(before: u32, c: u32) -> Option<Cost> {
    let [first, second] = hashes(u64::from(before) << 21 | u64::from(c));
    let tag = (second & 0xFFF).max(1);
    let level = find(bucket(first), tag).or_else(|| find(bucket(second), tag))?;
    LEVELS.get(level as usize).map(|&cost| Cost::from(cost))
}
