#!/usr/bin/env python3
"""Garbles texts by Python's codecs, which share no table and no line with the crate.

    python3 tools/accuracy/garble.py

reads fixtures/corpora/accuracy and writes fixtures/garbled/python.tsv. Python 3.11 and its standard library are all it needs. There is no chance in it: what is drawn
is drawn by digests, so a second run gives the same bytes.
"""
import collections
import glob
import hashlib
import itertools
import os
import re
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "..", "fixtures")
CORPORA = os.path.join(FIXTURES, "corpora", "accuracy")
OUT = os.path.join(FIXTURES, "garbled", "python.tsv")

HEADER = """\
# Text garbled by tools/accuracy/garble.py, which is Python: do not edit, run it anew. README.md beside this tells what the columns are.
# codecs\tloss\tcorpus\tclean\tgarbled
"""

# What the Encoding Standard and the crate call a codec: what Python calls it.
WINDOWS = {"windows-%d" % page: "cp%d" % page for page in (1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874)}
ISO = {"iso-8859-%d" % part: "iso8859-%d" % part for part in (1, 2, 5, 7, 9, 15)}
FULL = {"macintosh": "mac_roman", "ibm437": "cp437", "ibm850": "cp850", "ibm852": "cp852", "ibm866": "cp866", "koi8-r": "koi8-r", "koi8-u": "koi8-u"}
MULTI_BYTE = {"gbk": "gbk", "shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5"}
CODECS = {**WINDOWS, **ISO, **FULL, **MULTI_BYTE}

# The first is the first that the text went through.
CHAINS = [
    "windows-1252+windows-1252", "windows-1252+iso-8859-1", "iso-8859-1+windows-1252", "windows-1250+windows-1250", "windows-1251+windows-1251",
    "windows-1254+windows-1252", "macintosh+macintosh", "windows-1252+macintosh", "ibm437+ibm437", "ibm850+windows-1252",
    "windows-1252+windows-1252+windows-1252", "windows-1251+windows-1251+windows-1251", "iso-8859-1+windows-1252+macintosh",
]

# How many lines of each cell. More of what nothing was lost of, since that is what a codec is judged by first.
LINES = collections.defaultdict(lambda: 9, {"none": 16})

# In characters. Longer lines are cut into pieces, and of every fourth line only a few words are taken, since in those there is the least to go by.
LONGEST = 48
SHORT_EVERY = 4

# What a byte becomes that the codec leaves undefined.
HOLES = {"dropped": "", "replaced": "\ufffd", "question": "?"}


class NotThisOne(Exception):
    """The text cannot be garbled that way."""


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode()).digest()


def read_byte(byte, codec, loss):
    """What a program sees in a byte."""
    try:
        char = bytes([byte]).decode(CODECS[codec])
    except UnicodeDecodeError:
        char = None
    if loss == "controls-dropped" and char is not None and 0x80 <= ord(char) < 0xA0:
        return ""
    if char is not None:
        return char
    if loss in HOLES:
        return HOLES[loss]
    # As browsers do. From A0 up there is no such control, and they put U+FFFD, which is a loss.
    if byte < 0xA0:
        return chr(byte)
    raise NotThisOne


def misread(text, codec, loss):
    """One layer: UTF-8 read as another codec."""
    data = text.encode()
    if codec not in MULTI_BYTE:
        return "".join(read_byte(byte, codec, loss) for byte in data)
    if loss == "replaced":
        return data.decode(CODECS[codec], "replace")
    try:
        seen = data.decode(CODECS[codec])
    except UnicodeDecodeError:
        raise NotThisOne from None
    if seen.encode(CODECS[codec]) != data:
        raise NotThisOne
    return seen


def through(text, codecs, loss):
    for codec in codecs:
        text = misread(text, codec, loss)
    return text


def half(text, codecs):
    """Every other of the words that have something to garble."""
    words = text.split(" ")
    garblable = [at for at, word in enumerate(words) if not word.isascii()]
    if len(garblable) < 2:
        raise NotThisOne
    for at in garblable[::2]:
        words[at] = through(words[at], codecs, "none")
    return " ".join(words)


def garble(text, codecs, loss):
    """The text garbled; `NotThisOne` if nothing is lost of what should be."""
    if loss == "mixed":
        return half(text, codecs)
    if loss in ("nbsp-space", "nbsp-stripped"):
        sound = through(text, codecs, "none")
        garbled = sound.replace("\u00a0", " " if loss == "nbsp-space" else "")
    elif loss == "normalized":
        sound = through(text, codecs, "none")
        garbled = unicodedata.normalize("NFKC", sound)
    elif loss in HOLES or loss == "controls-dropped":
        garbled = through(text, codecs, loss)
        # A multi-byte codec has no way to lose nothing.
        try:
            sound = through(text, codecs, "none")
        except NotThisOne:
            sound = None
    else:
        garbled, sound = through(text, codecs, "none"), None
    if garbled in (sound, text):
        raise NotThisOne
    return garbled


def pieces(line):
    """A line cut at blanks, or where there are none, before any character that does not combine."""
    while len(line) > LONGEST:
        at = line.rfind(" ", 0, LONGEST)
        if at < LONGEST // 3:
            at = LONGEST
            while at < len(line) and unicodedata.category(line[at])[0] in "MC":
                at += 1
        yield line[:at]
        line = line[at:].lstrip(" ")
    yield line


def few_words(piece):
    """The first word that is not ASCII, with up to one word before and one behind."""
    words = piece.split(" ")
    at = next(at for at, word in enumerate(words) if not word.isascii())
    return " ".join(words[max(0, at - 1):at + 2])


def corpora():
    """Name of each corpus: its pieces that are not ASCII."""
    found = {}
    for path in sorted(glob.glob(os.path.join(CORPORA, "*", "*.txt"))):
        name = os.path.splitext(os.path.relpath(path, CORPORA))[0].replace(os.sep, "/")
        with open(path, encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")
        found[name] = [piece for line in lines for piece in pieces(line) if not piece.isascii()]
    return found


def draw(texts, codecs, loss):
    """The rows of a cell: a piece of each corpus in turn, until there are enough."""
    cell = "+".join(codecs), loss
    names = sorted(texts, key=lambda name: digest(*cell, name))
    queues = [iter(sorted(texts[name], key=lambda piece: digest(*cell, piece))) for name in names]
    rows, seen = [], set()
    while queues and len(rows) < LINES[loss]:
        left = []
        for name, queue in zip(names, queues):
            for piece in queue:
                text = few_words(piece) if len(rows) % SHORT_EVERY == 0 else piece
                try:
                    garbled = garble(text, codecs, loss)
                except NotThisOne:
                    continue
                if text in seen:
                    continue
                seen.add(text)
                rows.append((*cell, name, text, garbled))
                left.append((name, queue))
                break
            if len(rows) == LINES[loss]:
                break
        names, queues = [name for name, _ in left], [queue for _, queue in left]
    return rows


def cells():
    for codec in WINDOWS:
        for loss in ("none", *HOLES, "nbsp-space", "nbsp-stripped", "mixed"):
            yield (codec,), loss
    # They define all bytes from 80 to 9F, as controls that programs are wont to drop.
    for codec in ISO:
        for loss in ("none", "controls-dropped", "nbsp-space", "nbsp-stripped", "mixed"):
            yield (codec,), loss
    for codec in FULL:
        for loss in ("none", "nbsp-space", "nbsp-stripped", "mixed"):
            yield (codec,), loss
    for codec in ("windows-1252", "iso-8859-1"):
        yield (codec,), "normalized"
    for codec in MULTI_BYTE:
        for loss in ("none", "replaced"):
            yield (codec,), loss
    for chain in CHAINS:
        for loss in ("none", "dropped", "nbsp-space"):
            yield tuple(chain.split("+")), loss


def is_safe(before, char):
    """Whether editors, mail programs and normalization leave a character alone that stands behind another."""
    return char.isprintable() and char not in "\\\ufffd" and unicodedata.is_normalized("NFC", before + char)


def escape(text):
    text = "".join(char if is_safe(before, char) else "\\u{%X}" % ord(char) for before, char in zip(" " + text, text))
    # A blank at the end of a column is the first thing to get lost.
    return re.sub("^ | $", r"\\u{20}", text)


def main():
    texts = corpora()
    rows = itertools.chain.from_iterable(draw(texts, codecs, loss) for codecs, loss in cells())
    os.makedirs(os.path.dirname(OUT), exist_ok=True)
    with open(OUT, "w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER)
        for *cell, clean, garbled in rows:
            out.write("\t".join([*cell, escape(clean), escape(garbled)]) + "\n")


if __name__ == "__main__":
    main()
