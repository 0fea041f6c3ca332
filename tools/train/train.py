"""Builds the text model, src/tables/model.bin and src/tables/model.rs, from the lines that collect.py gathers.

    python3 tools/train/train.py LINES.tsv

The model answers one question: what does character c cost after character p, in sixteenths of a nat (-ln P)?
Pairs of characters that the text holds often enough are stored with their own cost; any other pair costs
what its two classes (classes.py) say, plus what c costs within its class. Layout and lookup are described in
src/model/mod.rs, the reader.

Each language counts about with the square root of its size, so that the big ones do not drown the small. Re-cased copies and
words set beside the marks of ordinary typography join in with small weights, because headlines, brand names and
footnotes are clean text too, and rarer in the sources than in the world.
"""
import collections
import heapq
import math
import os
import random
import re
import struct
import sys

import classes
import cuckoo
import fillers

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "..", "..", "src", "tables")

UNITS = 16                      # costs are stored in 1/16 nat
RECASED = {str.upper: 0.12, str.title: 0.08, str.lower: 0.04}
DECORATED = 0.06                # share of words that are set beside a mark once more
SLOTS = int(os.environ.get("UNMOJIBAKE_SLOTS", 100_000))
UNKNOWN = 254                   # cost within its class of a character that the text never has
IMPOSSIBLE = 14 * UNITS        # cost of a class after a class
LOAD = 0.94                     # of the bigram table
TAG_BITS, LEVEL_BITS = 12, 4     # of a slot
CEILING = 17.0                  # nats; no pair costs more
PAIR_PRIOR = 4.0                # weight of the class reading when a pair's own cost is estimated
LEVELS = [0.15, 0.5, 0.9, 1.35, 1.8, 2.3, 2.8, 3.4, 4.0, 4.7, 5.4, 6.2, 7.1, 8.1, 9.3, 11.0]
ASTRAL_END = 0x20000            # characters from here on are one class

LATIN_CAPITALS = {"ascii vowel upper", "ascii consonant upper"}

# What the counts cannot know: that marks may stand behind any word, beside any mark, and in free play. (kinds or classes, those after them, at most so
# many nats.)
CEILINGS = [
    ({"letter"}, {"mark"}, 9.0),
    ({"mark"}, {"mark"}, 6.5),
    ({"mark"}, {"space"}, 4.0),
    ({"space"}, {"mark"}, 7.0),
    ({"mathematical"}, {"letter"}, 9.0),
    # Formulas are rarer in the sources than in the world.
    ({"mathematical"}, {"Greek lower", "Greek upper"}, 5.0),
    # Letters that look alike get mixed up: a Cyrillic or Greek capital among Latin ones.
    (LATIN_CAPITALS, {"Cyrillic upper", "Cyrillic Er", "Cyrillic Es", "Cyrillic De", "Greek upper"}, 9.0),
    ({"Cyrillic upper", "Cyrillic Er", "Cyrillic Es", "Cyrillic De", "Greek upper"}, LATIN_CAPITALS, 9.0),
]

# Words beside marks: {} is a word, {0} {1} are two. First what print and the web are full of, then what stands anywhere at times.
COMMON_MARKS = (
    "\u201c{}\u201d \u201c{}\u201d \u201c{}.\u201d \u201c{},\u201d \u201c{}!\u201d \u201c{}?\u201d \u2018{}\u2019 {0}\u2019s {0}\u2019s {0}\u2019{1} {}\u2019 {0}\u2014{1} {0}\u2013{1} {}\u2026 "
    "{0}\u00a0{1} {0},\u00a0{1} {0}.\u00a0{1} {0}:\u00a0{1} {0}!\u00a0{1} {0}?\u00a0{1}"
).split(" ")
MARKS = (
    "\u201c{}\u201d \u201e{}\u201c \u201e{}\u201d \u00ab{}\u00bb \u00bb{}\u00ab \u00ab\u00a0{}\u00a0\u00bb \u2018{}\u2019 \u201a{}\u2018 \u2039{}\u203a "
    "{}\u2026 \u2026{} {}\u2122 {}\u00ae \u00a9{} {}\u2019s {}\u2019 {0}\u2013{1} {0}\u2014{1} {0}\u00b7{1} \u2022{} \u00b7{} {}\u00b0 {}\u00b9 {}\u00b2 {}\u00b3 "
    "\u00bf{}? \u00a1{}! \u00a7{} {}\u00b6 {}\u2020 {}\u2021 {}\u00a0: {}\u00a0! {}\u00a0? {}\u00a0; {0}\u00a0{1} {0}\u00d7{1} \u2192{} {0}\u2192{1} \u2116{} {}\u00b4s "
    "{0}\u00ad{1} \u2502{}\u2502 \u251c\u2500{} \u25a0{} ({}\u00ae) {}\u202f\u00bb {}\u00aa {}\u00ba \u00b1{} {}\u20ac \u20ac{} {}\u00bd {}\u00bf {}\u00a1 "
    "{}\u266b {}\u266a {}\u2665 {}\u2605 {}\u2764\ufe0f {}\U0001f602 \u221a{} {0}\u0336{1}\u0336"
).split(" ")

# What may follow a word with its marks.
AFTER_MARKS = [""] * 20 + list(",.;:)!?/") + [", ", " ("]

# How letters stand by themselves, in lists and tables.
SEPARATORS = [", ", ", ", " ", " ", "/", ",", "; ", " | ", " - "]
QUOTED = ["{}"] * 4 + ["\"{}\"", "'{}'", "({})", "\u00ab{}\u00bb", "\u201e{}\u201c", "[{}]"]


def coarse(name):
    """The group that a class falls back on: its script and kind."""
    for script in ("Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Thai", "Han", "Hangul"):
        if name.startswith(script):
            kind = "upper" if "upper" in name else "lower" if "lower" in name else "letter"
            return script + " " + kind
    if name in classes.LATIN_UPPER:
        return "Latin upper"
    if name in classes.LATIN_LOWER:
        return "Latin lower"
    if name in classes.CYRILLIC_ER_ES:
        return "Cyrillic upper"
    if name.startswith("ascii vowel") or name.startswith("ascii consonant"):
        return "Latin upper" if name.endswith("upper") else "Latin lower"
    if name.split(" ")[0].upper() in classes.MAJOR_SCRIPTS:
        return name.split(" ")[0]
    if "opening" in name:
        return "opening"
    if "closing" in name or name in ("apostrophe", "ellipsis", "ascii sentence end", "trade mark", "superscript digit", "ordinal", "degree", "dagger", "prime"):
        return "closing"
    if name in ("Hiragana", "Katakana", "CJK punctuation"):
        return "Han letter"
    if "space" in name or "line" in name:
        return "space"
    if name in ("dash", "hyphen", "ascii hyphen", "bullet", "times", "plus-minus"):
        return "joining"
    if name in ("unassigned", "private", "control", "C1 control", "replacement"):
        return "never"
    return "sign"


def kind(name):
    """Letter, mark or space."""
    group = coarse(name)
    if group in ("sign", "opening", "closing", "joining"):
        return "mark"
    return "space" if group == "space" else "never" if group == "never" else "letter"


def read(path):
    """The lines by group."""
    groups = collections.defaultdict(list)
    with open(path, encoding="utf-8", newline="\n") as f:
        for line in f:
            _, group, text = line.rstrip("\n").split("\t", 2)
            groups[group].append(text)
    return groups


def decorate(lines, rng):
    """Words of `lines`, each beside a mark."""
    out = []
    for line in lines:
        words = [w for w in re.findall(r"\w+", line) if not w.isascii() or rng.random() < 0.3]
        for w in words:
            if rng.random() < DECORATED:
                w = rng.choice((str, str.upper, str.title))(w)
                mark = rng.choice(COMMON_MARKS if rng.random() < 0.5 else MARKS)
                out.append(mark.format(w, rng.choice(words)) + rng.choice(AFTER_MARKS))
    return out


def alphabets(lines, rng):
    """Letters of the lines, each by itself."""
    seen = collections.Counter("".join(lines))
    letters = sorted(c for c, n in seen.items() if c.isalpha() and c >= "\x80" and n >= 5)
    if len(letters) < 3 or len(letters) > 400:
        return []
    letters += list("aeiousnAEIOUSN")
    out = []
    for _ in range(min(60, 3 + len(lines) // 200)):
        change, quoted = rng.choice((str, str.upper)), rng.choice(QUOTED)
        some = rng.sample(letters, min(len(letters), rng.randint(1, 8)))
        out.append(rng.choice(SEPARATORS).join(quoted.format(change(c)) for c in some))
    return out


def count(groups):
    """Weighted counts of pairs; a line end stands before and after each line."""
    pairs = collections.Counter()
    rng = random.Random(20)
    for group in sorted(groups):
        lines = groups[group]
        text = "\n" + "\n".join(lines) + "\n"
        weight = 300.0 / math.sqrt(len(text) + 30_000)
        for change, share in [(str, 1.0)] + list(RECASED.items()):
            t = change(text)
            for pair, n in collections.Counter(zip(t, t[1:])).items():
                pairs[pair] += n * weight * share
        t = "\n" + "\n".join(decorate(lines, rng) + alphabets(lines, rng)) + "\n"
        for pair, n in collections.Counter(zip(t, t[1:])).items():
            pairs[pair] += n * weight
    return pairs


class Classes:
    """Class numbers, the cost of a character within its class, and the cost of a class after a class."""

    def __init__(self, pairs):
        self.seen = collections.Counter()
        for (_, c), n in pairs.items():
            self.seen[c] += n
        self.names = classes.names()
        number = {n: i for i, n in enumerate(self.names)}
        self.of = {}
        for o in range(ASTRAL_END):
            c = "\u0000" if 0xd800 <= o < 0xe000 else chr(o)
            self.of[chr(o)] = number[classes.classify(c, self.seen.__getitem__)]
        self.beyond = number["Han extension"]
        self.unigrams()
        self.matrix(pairs)

    def cls(self, c):
        return self.of.get(c, self.beyond)

    def unigrams(self):
        size, total = collections.Counter(self.of.values()), collections.Counter()
        for c, n in self.seen.items():
            total[self.cls(c)] += n
        self.within = {}
        total[self.cls("\ufffd")] = self.seen["\ufffd"] = 1
        for c, k in self.of.items():
            share = (self.seen[c] + 0.3) / (total[k] + 0.3 * size[k])
            self.within[c] = min(UNKNOWN - 1, round(-math.log(share) * UNITS)) if self.seen[c] else UNKNOWN

    def matrix(self, pairs):
        n = len(self.names)
        groups = sorted(set(map(coarse, self.names)))
        group_of = [groups.index(coarse(k)) for k in self.names]
        fine = [[0.0] * n for _ in range(n)]
        rough = [[0.5] * len(groups) for _ in groups]
        share = [0.5] * n
        for (p, c), w in pairs.items():
            fine[self.cls(p)][self.cls(c)] += w
            share[self.cls(c)] += w
        for i in range(n):
            for j in range(n):
                rough[group_of[i]][group_of[j]] += fine[i][j]
        in_group = [0.0] * len(groups)
        for j in range(n):
            in_group[group_of[j]] += share[j]
        self.costs = []
        for i in range(n):
            total = sum(fine[i])
            rough_total = sum(rough[group_of[i]])
            row = []
            for j in range(n):
                prior = rough[group_of[i]][group_of[j]] / rough_total * share[j] / in_group[group_of[j]]
                p = (fine[i][j] + 20.0 * prior) / (total + 20.0)
                row.append(min(255, round(-math.log(p) * UNITS)))
            self.costs.append(row)
        for i in range(n):
            for j in range(n):
                self.costs[i][j] = self.bound(i, j)

    def bound(self, i, j):
        """What the counts cannot know: marks beside marks are free play, controls are never text, and U+FFFD, which tells of some other damage, may be anywhere."""
        a, b = self.names[i], self.names[j]
        if "replacement" in (a, b):
            return round(6.5 * UNITS)
        if (coarse(a) == "never") != (coarse(b) == "never"):
            return 255
        return min([self.costs[i][j]] + [round(nats * UNITS) for first, then, nats in CEILINGS if first & {a, kind(a)} and then & {b, kind(b)}])

    def possible(self, p, c):
        """Whether the classes can stand beside each other at all. Pairs of others get no slot."""
        return self.costs[self.cls(p)][self.cls(c)] < IMPOSSIBLE

    def free(self, p, c):
        """Whether a ceiling holds for the classes."""
        a, b = self.names[self.cls(p)], self.names[self.cls(c)]
        return any(first & {a, kind(a)} and then & {b, kind(b)} for first, then, _ in CEILINGS)

    def cost(self, p, c):
        return self.costs[self.cls(p)][self.cls(c)] + self.within.get(c, UNKNOWN)


def choose(pairs, model):
    """What is worth a slot, each with its level: the pairs whose own cost differs most from what would stand for it, weighed by how often they occur."""
    follow = collections.Counter()
    for (p, _), n in pairs.items():
        follow[p] += n
    worth = []
    for (p, c), n in pairs.items():
        if (p >= "\x80" or c >= "\x80") and ord(p) < ASTRAL_END and ord(c) < ASTRAL_END and model.possible(p, c):
            fallback = model.cost(p, c) / UNITS
            own = -math.log((n + PAIR_PRIOR * math.exp(-fallback)) / (follow[p] + PAIR_PRIOR))
            # Where marks play freely, that the text has few of a pair is chance.
            gain = max(0.0, fallback - own) if model.free(p, c) else abs(fallback - own)
            if gain > 0.35:
                level = min(range(len(LEVELS)), key=lambda k: abs(LEVELS[k] - own))
                worth.append((gain * n ** 0.6, p, c, level))
    return heapq.nlargest(int(SLOTS * LOAD), worth), len(worth)


def ascii_costs(pairs):
    """What each character of ASCII costs after each other, by pairs alone: needed where one reading holds a space that another does not."""
    rows = []
    for p in map(chr, range(128)):
        total = sum(pairs[p, c] for c in map(chr, range(128))) + 12.8
        rows += [min(255, round(-math.log((pairs[p, c] + 0.1) / total) * UNITS)) for c in map(chr, range(128))]
    return bytes(rows)


def fill(chosen):
    """The table of pairs."""
    entries = ((ord(p) << 21 | ord(c), level) for _, p, c, level in chosen)
    return cuckoo.fill(entries, SLOTS, TAG_BITS, LEVEL_BITS, 3)


def class_bytes(model, chosen):
    """The cost of each class after each; the lowest bit says whether the bigram table has any pair of the two. Where it has none, it is not asked, and so finds none by mistake."""
    paired = {(model.cls(p), model.cls(c)) for _, p, c, _ in chosen}
    return bytes(v & 0xfe | ((i, j) in paired) for i, row in enumerate(model.costs) for j, v in enumerate(row))


def glyph_bytes(model, chosen):
    """For each character its class and its cost within it; the lowest bit of the cost says whether the bigram table knows the character at all."""
    known = {p for _, p, _, _ in chosen} | {c for _, _, c, _ in chosen}
    return {c: (k, model.within[c] & 0xfe | (c in known)) for c, k in model.of.items()}


def pages(values):
    """A two-stage table: for each 64 characters the number of their page, and the distinct pages."""
    index, distinct = [], {}
    for start in range(0, ASTRAL_END, 64):
        page = tuple(values[chr(o)] for o in range(start, start + 64))
        index.append(distinct.setdefault(page, len(distinct)))
    return index, list(distinct)


def write(model, chosen, ascii, filler_table, lines, candidates):
    index, distinct = pages(glyph_bytes(model, chosen))
    parts = [
        ("PAGE_INDEX", struct.pack("<%dH" % len(index), *index)),
        ("GLYPH_CLASSES", bytes(pair[0] for page in distinct for pair in page)),
        ("GLYPH_COSTS", bytes(pair[1] for page in distinct for pair in page)),
        ("CLASS_COSTS", class_bytes(model, chosen)),
        ("ASCII_COSTS", ascii),
        ("BIGRAMS", fill(chosen)),
        ("FILLERS", filler_table),
    ]
    consts, blob = [], b""
    for name, data in parts:
        consts.append("pub(crate) const %s: core::ops::Range<usize> = %d..%d;" % (name, len(blob), len(blob) + len(data)))
        blob += data
    with open(os.path.join(TABLES, "model.bin"), "wb") as f:
        f.write(blob)
    levels = ", ".join(str(round(v * UNITS)) for v in LEVELS)
    with open(os.path.join(TABLES, "model.rs"), "w", encoding="utf-8") as f:
        f.write("// @generated by tools/train/train.py from the packages in tools/train/packages.tsv: do not edit.\n")
        f.write("//! Where the parts of model.bin lie, in bytes, and its constants.\n\n")
        f.write("\n".join(consts) + "\n")
        f.write("pub(crate) const OPENING: u8 = %d;\n" % model.names.index(classes.OPENING[0]))
        f.write("pub(crate) const CLASSES: usize = %d;\n" % len(model.names))
        f.write("pub(crate) const ASTRAL_END: u32 = 0x%x;\n" % ASTRAL_END)
        f.write("pub(crate) const BEYOND: (u8, u8) = (%d, %d);\n" % (model.beyond, UNKNOWN))
        f.write("pub(crate) const UNKNOWN: u8 = %d;\n" % UNKNOWN)
        f.write("pub(crate) const LEVELS: [u8; %d] = [\n    %s,\n];\n" % (len(LEVELS), levels))
        boosts = ", ".join(str(round(v * UNITS)) for v in fillers.BOOSTS)
        f.write("pub(crate) const BOOSTS: [u8; %d] = [%s];\n" % (len(fillers.BOOSTS), boosts))
    print("%d lines; %d distinct pages, %d classes, %d of %d bigrams; %d bytes" % (lines, len(distinct), len(model.names), len(chosen), candidates, len(blob)))


def main():
    groups = read(sys.argv[1])
    pairs = count(groups)
    model = Classes(pairs)
    chosen, candidates = choose(pairs, model)
    own = {(p, c): LEVELS[level] for _, p, c, level in chosen}

    def pair_cost(p, c):
        return own.get((p, c)) or min(CEILING, model.cost(p, c) / UNITS)

    filler_table = fillers.build(groups, model.seen, pair_cost)
    write(model, chosen, ascii_costs(pairs), filler_table, sum(map(len, groups.values())), candidates)


if __name__ == "__main__":
    main()
