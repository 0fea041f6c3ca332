#!/usr/bin/env python3
"""How much of fixtures/garbled ftfy and plsfix restore.

    python3 -m venv target/peers && target/peers/bin/pip install ftfy==6.3.1 plsfix==0.1.8
    target/peers/bin/python tools/accuracy/peers.py

prints what share of the lines each restores, in per cent: the tables that the README has, beside those of `cargo test --test accuracy`.
"""
import collections
import os
import re

import ftfy
import plsfix

HERE = os.path.dirname(os.path.abspath(__file__))
GARBLED = os.path.join(HERE, "..", "..", "fixtures", "garbled", "python.tsv")
MULTI_BYTE = {"gbk", "shift_jis", "euc-kr", "big5"}


def unescape(text):
    return re.sub(r"\\u\{([0-9A-F]+)\}", lambda found: chr(int(found[1], 16)), text)


def by_ftfy(clean, garbled):
    return ftfy.fix_encoding(garbled) == clean


def by_plsfix(clean, garbled):
    """Its other clean-ups (quotes, ligatures, widths, normalization) cannot be turned off in Python, so the clean text is given them too."""
    return plsfix.fix_text(garbled) == plsfix.fix_text(clean)


PEERS = {"ftfy": by_ftfy, "plsfix": by_plsfix}


def name_of(codecs):
    """The codec, or all that went through several of them."""
    return {1: codecs, 2: "two layers", 3: "three layers"}[codecs.count("+") + 1]


def table(title, rows, label, columns):
    """Prints a table of the shares restored: `label` names the line of a row, `columns` tells in which of them it counts, None if in none."""
    restored, lines = collections.Counter(), collections.Counter()
    for row in rows:
        cell = label(row), columns(row)
        if None in cell:
            continue
        lines[cell] += 1
        for name, restores in PEERS.items():
            restored[*cell, name] += restores(row.clean, row.garbled)
    heads = list(dict.fromkeys(column for _, column in lines))
    print("|", title, *("| %s: lines | %s" % (head, " | ".join(PEERS)) for head in heads), "|")
    print("|---" + "|--:" * (len(heads) * (1 + len(PEERS))) + "|")
    for line in dict.fromkeys(line for line, _ in lines):
        cells = []
        for head in heads:
            count = lines[line, head]
            cells.append(str(count))
            cells += ["%.0f" % (100 * restored[line, head, name] / count) if count else "" for name in PEERS]
        print("|", line, "|", " | ".join(cells), "|")
    print()


Row = collections.namedtuple("Row", "codecs loss corpus clean garbled")


def main():
    with open(GARBLED, encoding="utf-8", newline="") as file:
        rows = [Row(*map(unescape, line.split("\t"))) for line in file.read().split("\n") if line and not line.startswith("#")]
    table("codec", rows, lambda row: name_of(row.codecs), lambda row: "nothing lost" if row.loss == "none" else "lost or mixed")
    single = [row for row in rows if row.codecs not in MULTI_BYTE and "+" not in row.codecs]
    table("loss", single, lambda row: row.loss, lambda row: "single-byte codecs")


if __name__ == "__main__":
    main()
