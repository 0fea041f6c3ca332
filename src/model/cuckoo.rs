//! Where a key lies in a cuckoo hash table: in one of two buckets, with a tag that tells it from others there. `tools/train/cuckoo.py`, the twin of this, fills the tables.

/// Odd multipliers with well spread bits: 2^64 over the golden ratio, and one of the constants in use as finalizer of mixers.
const MIX: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93];

/// The two buckets of a key, of so many that there are, and its tag of so many bits, which is never 0: so is an empty slot.
pub(super) fn places(key: u64, buckets: usize, tag_bits: u32) -> ([usize; 2], u64) {
    let first = key.wrapping_mul(MIX[0]);
    let second = (first ^ first >> 32).wrapping_mul(MIX[1]);
    let bucket = |hash: u64| (((hash >> 32) * buckets as u64) >> 32) as usize;
    let tag = second & ((1 << tag_bits) - 1);
    ([bucket(first), bucket(second)], tag.max(1))
}
