"""The hash tables of the text model, which src/model/bigrams.rs and src/model/fillers.rs look things up in.

Cuckoo hashing: an entry lies in one of two buckets of four slots. A slot holds no key but a tag of some bits, and behind it the entry's level.
"""
import random

MIX1, MIX2, MASK = 0x9e3779b97f4a7c15, 0xd6e8feb86659fd93, (1 << 64) - 1
BUCKET = 4


def places(key, buckets, tag_bits):
    """The two buckets of a key and its tag, which is never 0: so is an empty slot."""
    h = key * MIX1 & MASK
    g = (h ^ h >> 32) * MIX2 & MASK
    return (h >> 32) * buckets >> 32, (g >> 32) * buckets >> 32, max(1, g & (1 << tag_bits) - 1)


def fill(entries, slots, tag_bits, level_bits, seed):
    """A table of so many slots from keys and levels: a random walk evicts until everything has a place."""
    buckets = -(-slots // BUCKET)
    table = [[] for _ in range(buckets)]
    rng = random.Random(seed)
    for key, level in entries:
        a, b, tag = places(key, buckets, tag_bits)
        item = (tag << level_bits | level, a, b)
        for _ in range(5000):
            _, a, b = item
            home = a if len(table[a]) <= len(table[b]) else b
            if len(table[home]) < BUCKET:
                table[home].append(item)
                break
            home = rng.choice((a, b))
            k = rng.randrange(BUCKET)
            item, table[home][k] = table[home][k], item
        else:
            raise SystemExit("a table is too full: give it more slots, or lower its LOAD")
    width = (tag_bits + level_bits) // 8
    return b"".join(slot.to_bytes(width, "little") for bucket in table for slot in [i[0] for i in bucket] + [0] * (BUCKET - len(bucket)))
