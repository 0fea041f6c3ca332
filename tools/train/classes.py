"""The character classes of the text model: which characters behave alike beside others.

A class is a name; its number is its place in `names()`. Characters that turn up in the upper half of some
code page, and so in garbles, get fine classes (a guillemet that opens is not one that closes); the rest is
grouped by script, by case and by kind, read off the names and categories of Python's unicodedata.
"""
import unicodedata

# Signs that stand alone: what follows and what precedes them differs too much to share a class.
SIGNS = {
    "no-break space": "\u00a0\u202f",
    "space": "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f\u3000",
    "line separator": "\u2028\u2029",
    "soft hyphen": "\u00ad",
    "joiner": "\u200b\u200c\u200d\u2060\ufeff",
    "bidi control": "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "opening single quote": "\u2018\u201a\u2039",
    "opening double quote": "\u201c\u201e\u00ab",
    "closing single quote": "\u203a\u201b",
    "apostrophe": "\u2019\u02bc",
    "closing double quote": "\u201d\u00bb\u201f",
    "dash": "\u2013\u2014\u2015\u2012",
    "hyphen": "\u2010\u2011",
    "ellipsis": "\u2026",
    "bullet": "\u2022\u00b7\u2027\u25cf\u25e6\u2023\u2219",
    "dagger": "\u2020\u2021",
    "superscript digit": "\u00b9\u00b2\u00b3",
    "ordinal": "\u00aa\u00ba",
    "degree": "\u00b0",
    "trade mark": "\u2122\u00ae",
    "copyright": "\u00a9",
    "currency before": "\u00a3\u00a5\u00a2\u00a4",
    "euro": "\u20ac",
    "florin": "\u0192",
    "plus-minus": "\u00b1",
    "times": "\u00d7\u00f7",
    "not sign": "\u00ac",
    "fraction": "\u00bc\u00bd\u00be",
    "opening mark": "\u00bf\u00a1",
    "section": "\u00a7",
    "pilcrow": "\u00b6",
    "broken bar": "\u00a6",
    "spacing accent": "\u00a8\u00af\u00b4\u00b8\u02c6\u02dc\u02c7\u02d8\u02d9\u02da\u02db\u02dd\u0384\u0385\u02c9",
    "micro": "\u00b5",
    "per mille": "\u2030\u2031",
    "numero": "\u2116",
    "replacement": "\ufffd",
    "prime": "\u2032\u2033\u2034",
    "variation selector": "\ufe0e\ufe0f",
    "keycap": "\u20e3",
    "ligature": "\ufb00\ufb01\ufb02\ufb03\ufb04",
    "ascii space": " \t",
    "ascii line end": "\n\r",
    "ascii quote": "\"'",
    "ascii sentence end": ".,;:!?",
    "ascii opening": "([{<",
    "ascii closing": ")]}>",
    "ascii hyphen": "-_/",
}

# Latin letters with their own classes: the ones that head or fill the commonest garbles.
LATIN_UPPER = {
    "A circumflex": "\u00c2", "A tilde": "\u00c3", "A umlaut": "\u00c4", "A ring": "\u00c5", "Eth": "\u00d0\u0110", "N tilde": "\u00d1",
    "A breve": "\u0102", "D caron": "\u010e", "L acute": "\u0139", "O slash": "\u00d8", "U grave": "\u00d9", "I diaeresis": "\u00cf", "I circumflex": "\u00ce",
}
LATIN_LOWER = {"a circumflex": "\u00e2", "a tilde": "\u00e3", "eth": "\u00f0", "i diaeresis": "\u00ef", "sharp s": "\u00df", "g breve": "\u011f"}

CYRILLIC_ER_ES = {"Cyrillic Er": "\u0420", "Cyrillic Es": "\u0421", "Cyrillic De": "\u0412\u0413\u0414"}
CORE_CYRILLIC = set(range(0x410, 0x450))
CORE_ARABIC = set(range(0x621, 0x64b)) - {0x63b, 0x63c, 0x63d, 0x63e, 0x63f}

MAJOR_SCRIPTS = [
    "ARMENIAN", "GEORGIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA",
    "MALAYALAM", "SINHALA", "LAO", "TIBETAN", "MYANMAR", "ETHIOPIC", "KHMER", "CHEROKEE", "MONGOLIAN", "BOPOMOFO", "TIFINAGH",
]
MARKED_SCRIPTS = {"DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "LAO", "TIBETAN", "MYANMAR", "KHMER"}
CJK_LEVELS = ("Han common", "Han less common", "Han rare")
# Characters whose first byte in a multi-byte codec begins a sequence of UTF-8, with a second byte that goes on with it: garbles begin with them. They come
# last of all classes, for src/repair/scan.rs to tell them by their number.
OPENING = tuple(name + " opening" for name in CJK_LEVELS + ("Hangul syllable", "Hangul rare"))


def _openings():
    out = set()
    for codec in ("gbk", "cp932", "cp949", "big5"):
        for lead in range(0xc2, 0xf5):
            for second in range(0x80, 0xc0):
                try:
                    out.add(bytes([lead, second]).decode(codec))
                except UnicodeDecodeError:
                    pass
    return out


_OPENINGS = _openings()

_SIGN_OF = {c: name for name, chars in SIGNS.items() for c in chars}
_LETTER_OF = {c: name for table in (LATIN_UPPER, LATIN_LOWER, CYRILLIC_ER_ES) for name, chars in table.items() for c in chars}


def names():
    """Every class, in the order of their numbers."""
    out = ["unassigned", "private", "control", "C1 control", "ascii digit", "ascii vowel", "ascii consonant", "ascii vowel upper", "ascii consonant upper", "ascii sign"]
    out += list(SIGNS) + list(LATIN_UPPER) + list(LATIN_LOWER) + list(CYRILLIC_ER_ES)
    out += ["Latin-1 lower", "Latin-1 upper", "Latin-A lower", "Latin-A upper", "Latin other lower", "Latin other upper", "Latin Vietnamese lower",
            "Latin Vietnamese upper", "Latin uncased", "modifier letter", "combining mark"]
    out += ["Greek lower", "Greek upper", "Greek accented lower", "Greek accented upper", "Greek extended"]
    out += ["Cyrillic lower", "Cyrillic upper", "Cyrillic further lower", "Cyrillic further upper", "Cyrillic rare"]
    out += ["Hebrew letter", "Hebrew point", "Arabic letter", "Arabic further letter", "Arabic mark", "Arabic digit", "Arabic sign", "Arabic presentation form"]
    out += ["Thai consonant", "Thai vowel", "Thai leading vowel", "Thai mark", "Thai sign"]
    for s in MAJOR_SCRIPTS:
        out.append(s.title() + " letter")
        if s in MARKED_SCRIPTS:
            out.append(s.title() + " mark")
    out += ["other script letter", "other script mark", "other digit", "other punctuation", "other format", "other number"]
    out += list(CJK_LEVELS) + ["Han extension", "CJK punctuation", "Hiragana", "Katakana", "half-width Katakana", "full-width form", "CJK sign"]
    out += ["Hangul syllable", "Hangul rare", "Hangul jamo"]
    out += ["arrow", "mathematical", "box drawing", "block element", "geometric", "miscellaneous symbol", "dingbat", "emoji", "emoji modifier", "regional indicator",
            "letterlike", "enclosed", "mathematical letter", "super- or subscript", "other currency", "technical", "other symbol", "Braille"]
    return out + list(OPENING)


def _ascii(c):
    if c.isdigit():
        return "ascii digit"
    if c in "aeiouy":
        return "ascii vowel"
    if c in "AEIOUY":
        return "ascii vowel upper"
    if c.isalpha():
        return "ascii consonant upper" if c.isupper() else "ascii consonant"
    return "control" if ord(c) < 32 or ord(c) == 127 else "ascii sign"


def _block(o):
    """Classes that a range of code points decides better than names do."""
    for lo, hi, name in (
        (0x2190, 0x21ff, "arrow"), (0x2200, 0x22ff, "mathematical"), (0x2300, 0x23ff, "technical"), (0x2500, 0x257f, "box drawing"),
        (0x2580, 0x259f, "block element"), (0x25a0, 0x25ff, "geometric"), (0x2600, 0x26ff, "miscellaneous symbol"), (0x2700, 0x27bf, "dingbat"),
        (0x27c0, 0x27ef, "mathematical"), (0x27f0, 0x27ff, "arrow"), (0x2800, 0x28ff, "Braille"), (0x2900, 0x297f, "arrow"), (0x2980, 0x2aff, "mathematical"), (0x2b00, 0x2bff, "geometric"),
        (0x2100, 0x214f, "letterlike"), (0x2460, 0x24ff, "enclosed"), (0x2070, 0x209f, "super- or subscript"), (0x20a0, 0x20cf, "other currency"),
        (0x3000, 0x303f, "CJK punctuation"), (0x3200, 0x33ff, "CJK sign"), (0xff01, 0xff60, "full-width form"), (0xff61, 0xff9f, "half-width Katakana"),
        (0xffe0, 0xffef, "full-width form"), (0xfb50, 0xfdff, "Arabic presentation form"), (0xfe70, 0xfefe, "Arabic presentation form"), (0xfe10, 0xfe4f, "CJK punctuation"),
        (0x1f1e6, 0x1f1ff, "regional indicator"), (0x1f3fb, 0x1f3ff, "emoji modifier"), (0x1f000, 0x1faff, "emoji"), (0x1d400, 0x1d7ff, "mathematical letter"),
        (0x3400, 0x4dbf, "Han extension"), (0x20000, 0x3ffff, "Han extension"), (0xf900, 0xfaff, "Han extension"), (0x1100, 0x11ff, "Hangul jamo"), (0x3130, 0x318f, "Hangul jamo"),
        (0xe000, 0xf8ff, "private"), (0xf0000, 0x10ffff, "private"), (0x80, 0x9f, "C1 control"),
    ):
        if lo <= o <= hi:
            return name
    return None


def _opening(c, name):
    return name + " opening" if c in _OPENINGS else name


def classify(c, frequency):
    """The name of the class of `c`; `frequency(c)` says how often it was seen, which parts common Han and Hangul from rare."""
    o = ord(c)
    if c in _SIGN_OF:
        return _SIGN_OF[c]
    if c in _LETTER_OF:
        return _LETTER_OF[c]
    if o < 128:
        return _ascii(c)
    block = _block(o)
    category = unicodedata.category(c)
    if category == "Cn":
        return "unassigned"
    if block:
        return block
    if 0x4e00 <= o <= 0x9fff:
        seen = frequency(c)
        return _opening(c, CJK_LEVELS[0 if seen >= 60 else 1 if seen >= 6 else 2])
    if 0xac00 <= o <= 0xd7a3:
        return _opening(c, "Hangul syllable" if frequency(c) >= 3 else "Hangul rare")
    name = unicodedata.name(c, "")
    script = name.split(" ")[0]
    upper = category in ("Lu", "Lt")
    if script == "LATIN":
        if category not in ("Ll", "Lu", "Lt"):
            return "Latin uncased"
        if 0x1ea0 <= o <= 0x1ef9 or c in "\u01a0\u01a1\u01af\u01b0":
            group = "Latin Vietnamese"
        else:
            group = "Latin-1" if o < 0x100 else "Latin-A" if o < 0x180 or 0x218 <= o <= 0x21b else "Latin other"
        return group + (" upper" if upper else " lower")
    if script == "GREEK":
        if o >= 0x1f00:
            return "Greek extended"
        accented = "WITH" in name
        return "Greek " + ("accented " if accented else "") + ("upper" if upper else "lower")
    if script == "CYRILLIC":
        if o in CORE_CYRILLIC:
            return "Cyrillic upper" if upper else "Cyrillic lower"
        if 0x400 <= o <= 0x45f or o in (0x490, 0x491):
            return "Cyrillic further upper" if upper else "Cyrillic further lower"
        return "Cyrillic rare"
    if script == "HEBREW":
        return "Hebrew letter" if category == "Lo" else "Hebrew point"
    if script in ("ARABIC", "EXTENDED") and 0x600 <= o <= 0x8ff:
        if category == "Lo":
            return "Arabic letter" if o in CORE_ARABIC else "Arabic further letter"
        return "Arabic mark" if category in ("Mn", "Lm") else "Arabic digit" if category == "Nd" else "Arabic sign"
    if script == "ARABIC-INDIC":
        return "Arabic digit"
    if script == "THAI":
        if 0xe01 <= o <= 0xe2e:
            return "Thai consonant"
        if 0xe40 <= o <= 0xe44:
            return "Thai leading vowel"
        if 0xe30 <= o <= 0xe39 or o == 0xe45:
            return "Thai vowel"
        return "Thai mark" if 0xe47 <= o <= 0xe4e else "Thai sign"
    if script in MAJOR_SCRIPTS and category[0] in "LMN":
        return script.title() + (" mark" if category[0] == "M" and script in MARKED_SCRIPTS else " letter")
    if script == "HIRAGANA":
        return "Hiragana"
    if script in ("KATAKANA", "KATAKANA-HIRAGANA"):
        return "Katakana"
    if category in ("Mn", "Mc", "Me"):
        return "combining mark" if script == "COMBINING" else "other script mark"
    if script == "MODIFIER" or category in ("Lm", "Sk"):
        return "modifier letter"
    return {"L": "other script letter", "N": "other number", "P": "other punctuation", "S": "other symbol", "C": "other format", "Z": "space"}[category[0]] if category != "Nd" else "other digit"
