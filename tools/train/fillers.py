"""What a lost letter was, told from two letters on either side.

A byte that a codec leaves undefined gets lost on the way, and with it the letter it was part of: all that is left of `я` (D1 8F) read as
Windows-1252 is that it was one of с э я ѐ ѝ. Pairs of letters tell most of them. This table holds what pairs get wrong: a letter and its
neighbours, where the pairs would have another letter there. Three contexts are tried, each where the shorter ones fail: the
letter on either side; one letter more before, or after; two on both sides.

    slot: 21 bits of tag, 3 bits of level, an index into BOOSTS: by how much the letter is more probable there than pairs say
"""
import collections
import math
import os

import cuckoo

# The bytes that get lost together: which of 80 to BF the Windows code pages leave undefined, as Python's codecs have them, and the C1 controls,
# with weights for how common text in them is.
LOST_IN = [("cp1252", 3.0), ("cp1254", 1.0), ("cp1250", 1.0), ("cp1253", 1.0), ("cp1255", 0.5), ("cp1257", 1.0), ("cp1258", 0.5), ("cp874", 0.3)]
C1_WEIGHT = 0.7
# A0, the no-break space, gets lost too, and what is left then looks like the loss of an undefined byte.
NBSP = 0xA0
NBSP_WEIGHT = 1.0
# Where a space follows the first byte, it either was the no-break space, or stands where it always did and the no-break space is gone.
SPACE_WEIGHT = 2.0
BOOSTS = [0.7, 1.2, 1.8, 2.5, 3.3, 4.3, 5.6, 7.5]   # nats
LEAST_SEEN = 1.0                # of a context, weighted
LEAST_WORTH = float(os.environ.get("UNMOJIBAKE_WORTH", 21.5))
PRIOR = 2.0                     # weight of what shorter contexts say
MARGIN = 0.3                    # nats by which the right letter is to win
LEVEL_BITS = 3
TAG_BITS = 21
LOAD = 0.95
SHAPES = [(1, 1), (2, 1), (1, 2), (2, 2)]     # letters before and after, in the order of their trial
FURTHER = 0xa0761d6478bd642f, 0xe7037ed1a0b428db


def undefined(codec):
    out = set()
    for b in range(0x80, 0xc0):
        try:
            bytes([b]).decode(codec)
        except UnicodeDecodeError:
            out.add(b)
    return frozenset(out)


def lost_sets():
    sets = collections.Counter()
    for codec, weight in LOST_IN:
        sets[undefined(codec)] += weight
    sets[frozenset(range(0x80, 0xa0))] += C1_WEIGHT
    sets[undefined("cp1252") | {NBSP}] += NBSP_WEIGHT
    return sorted((sorted(s), w) for s, w in sets.items())


SETS = lost_sets()


class Siblings(dict):
    """For a letter, what else could have stood in its place: (weight, the letters) for each set of bytes and each byte of the letter in it."""

    def __init__(self, seen):
        super().__init__()
        self.seen = seen

    def __missing__(self, c):
        out = []
        data = c.encode("utf-8", "surrogatepass")
        for i in range(1, len(data)):
            for lost, weight in SETS:
                if data[i] in lost:
                    letters = []
                    for b in lost:
                        try:
                            letters.append((data[:i] + bytes([b]) + data[i + 1:]).decode("utf-8"))
                        except UnicodeDecodeError:
                            pass
                    letters = tuple(x for x in letters if self.seen.get(x))
                    if len(letters) > 1:
                        out.append((weight, letters))
        self[c] = out
        return out


def count(groups, siblings):
    """Weighted counts of frail letters by context, for each shape."""
    counts = [collections.Counter() for _ in SHAPES]
    for group in sorted(groups):
        lines = groups[group]
        size = sum(map(len, lines)) + len(lines)
        weight = 300.0 / math.sqrt(size + 30_000)
        here = [collections.Counter() for _ in SHAPES]
        for line in lines:
            if line.isascii():
                continue
            s = "\n\n" + line + "\n\n"
            for i, c in enumerate(s):
                if c >= "\x80" and siblings[c]:
                    for counter, (before, after) in zip(here, SHAPES):
                        counter[s[i - before:i + after + 1]] += 1
        for counter, mine in zip(counts, here):
            for context, n in mine.items():
                counter[context] += n * weight
    return counts


def choose(counts, siblings, pair_cost):
    """The entries that are worth a slot, each with its level: {(shape, text): level}."""
    chosen = {}

    def cost(k, text):
        """What a letter costs between its neighbours, by pairs and by what is chosen for shorter contexts."""
        before, after = SHAPES[k]
        out = pair_cost(text[before - 1], text[before]) + pair_cost(text[before], text[before + 1])
        for j, (p, q) in enumerate(SHAPES):
            if p <= before and q <= after:
                out -= BOOSTS[chosen[j, text[before - p:before + q + 1]]] if (j, text[before - p:before + q + 1]) in chosen else 0.0
        return out

    for k, ((before, after), counter) in enumerate(zip(SHAPES, counts)):
        found = {}

        def want(shape, text, worth, boost):
            old = found.get((shape, text), (0.0, 0.0))
            found[shape, text] = old[0] + worth, max(old[1], boost)

        contexts = collections.defaultdict(dict)
        for text, n in counter.items():
            if n >= LEAST_SEEN:
                contexts[text[:before] + text[before + 1:]][text[before]] = n
        for context, letters in contexts.items():
            a, b = context[:before], context[before:]
            costs = {}
            for x, n in letters.items():
                for weight, others in siblings[x]:
                    if n < max(letters.get(y, 0.0) for y in others):
                        continue
                    for y in others:
                        if y not in costs:
                            costs[y] = cost(k, a + y + b)
                    wins = min(others, key=costs.__getitem__)
                    rest = letters.get(wins, 0.0)
                    if rest >= n:
                        continue
                    # What the counts say, tempered by what shorter contexts do.
                    total = sum(math.exp(costs[wins] - costs[y]) for y in others)
                    odds = math.log((n + PRIOR * math.exp(costs[wins] - costs[x]) / total) / (rest + PRIOR / total))
                    want(k, a + x + b, weight * (n - rest), costs[x] - costs[wins] + max(MARGIN, odds))
        if after > 1:
            shorter = SHAPES.index((before, 1))
            for text, n in counter.items():
                x, space, then = text[before:]
                if space == " " and ord(x) & 0x3f == NBSP & 0x3f and then != " ":
                    joined = text[:before + 1] + then
                    other = counts[shorter][joined]
                    if max(n, other) < LEAST_SEEN:
                        continue
                    # The letter after the space costs what it does after the letter before, in the other reading.
                    apart = cost(k, text) + pair_cost(" ", then) - cost(shorter, joined)
                    odds = math.log((n + PRIOR / (1 + math.exp(apart))) / (other + PRIOR / (1 + math.exp(-apart))))
                    if odds > 0 and apart > 0:
                        want(k, text, SPACE_WEIGHT * (n - other), apart + max(MARGIN, odds))
                    elif odds < 0 and apart < 0:
                        want(shorter, joined, SPACE_WEIGHT * (other - n), max(MARGIN, -odds) - apart)
        for key, (worth, boost) in found.items():
            if worth >= LEAST_WORTH:
                chosen[key] = max(chosen.get(key, 0), level(boost))
    return chosen


def level(boost):
    """The least level that is enough, or the highest."""
    return next((k for k, b in enumerate(BOOSTS) if b >= boost - 0.2), len(BOOSTS) - 1)


def key(shape, text):
    """A number for a context, as src/model/fillers.rs computes it: the letter with the one on either side, then those further off, each by a multiplier of its own."""
    before, after = SHAPES[shape]
    out = ord(text[before - 1]) << 42 | ord(text[before]) << 21 | ord(text[before + 1])
    if before > 1:
        out ^= (ord(text[before - 2]) + 1) * FURTHER[0]
    if after > 1:
        out ^= (ord(text[before + 2]) + 1) * FURTHER[1]
    return out & cuckoo.MASK


def build(groups, seen, pair_cost):
    siblings = Siblings(seen)
    chosen = choose(count(groups, siblings), siblings, pair_cost)
    print("fillers by shape: %s" % sorted(collections.Counter(k for k, _ in chosen).items()))
    entries = ((key(shape, text), level) for (shape, text), level in sorted(chosen.items()))
    return cuckoo.fill(entries, int(len(chosen) / LOAD), TAG_BITS, LEVEL_BITS, 4)
