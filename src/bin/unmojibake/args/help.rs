//! The longer parts of the help text.

use unmojibake::Codec;

/// Names the codecs as the library knows them, so the help is never behind.
pub(super) fn codec() -> String {
    format!(
        "Repair only what was misread as one of these codecs [default: all].\n\n\
         Give several with commas between them, or the option more than once. With --garble, they are what text gets misread as, one after the other. Known are {}.",
        Codec::ALL.map(Codec::label).join(", ")
    )
}

pub(super) const FORMAT: &str = "\
How --check tells what it found:

- text: a line for each edit [default]
- json: a JSON object a line for each edit: path, line, column, end_column, start and end in bytes, before, after, layers in the order in which they came on, \
losses, and steps if clean-ups had a part in it. A path or text that is not UTF-8 is given as path_bytes or before_bytes too, in hexadecimal
- sarif: one SARIF 2.1.0 document, for services that collect what scanners find
- github: workflow commands, which GitHub shows beside the lines";

pub(super) const LOST: &str = "\
What to do about characters of which bytes were lost:

- certain: fill in where one character is all but certain; elsewhere put U+FFFD [default]
- guess: always fill in the best guess
- keep: leave text that has lost bytes as it is";

pub(super) const CAUTION: &str = "\
How much evidence a repair takes:

- cautious: more of what is garbled stays: for text that is hardly ever garbled
- normal: as much as leaves clean text alone [default]
- bold: more is repaired, and more that was sound is spoilt: for text known to be garbled";

pub(super) const INVALID: &str = "\
What to do about bytes that are not UTF-8:

- keep: they stay as they are, and nothing is read across them [default]
- replace: U+FFFD stands for each malformed sequence
- windows-1252: each becomes the character that it is in Windows-1252: for UTF-8 with stray bytes of older text
- error: the text ends before them, with exit code 2; a file is not repaired in place";

pub(super) const FIX: &str = "\
Clean-ups to be done besides the repair. Where a line may be mojibake still, those from c1 to quotes leave it alone.

- surrogates: bytes of surrogates become characters: CESU-8 outside of garbles
- terminal-escapes: escape sequences of terminals go
- control-characters: control characters go that mean nothing in text
- bom: byte order marks go
- entities: HTML entities become what they stand for, but in lines with a tag
- c1: C1 controls become what Windows-1252 has in their place
- ligatures: Latin ligatures and digraphs become their letters
- width: full-width and half-width characters become those of the usual width
- quotes: typographic quotes become straight ones
- line-breaks: all line breaks become line feeds";

pub(super) const UNESCAPE: &str = "\
Escapes that become what they stand for, so that garbles among them are repaired. But for html, only what is not ASCII is touched: JSON stays JSON, and an address an address.

- html: HTML entities, also in lines with a tag
- json: \\u00e9 and the like
- percent: %C3%A9 and the like, where it is UTF-8
- qp: quoted-printable, =C3=A9 and the like, where it is UTF-8";

// In: Itâ€™s a cafÃ©. Out: It’s a café.
pub(super) const AFTER: &str = "\
Examples:
  It\u{E2}\u{20AC}\u{2122}s a caf\u{C3}\u{A9}.  becomes  It\u{2019}s a caf\u{E9}.

  unmojibake post.md > repaired.md        repair a file
  unmojibake -o post.md post.md           the same file
  unmojibake -i.bak *.md                  files in place, with backups
  unmojibake --check src                  is there any in a folder?
  unmojibake --diff . | patch -p1         repair what the patch shows
  unmojibake --check --format json .      findings for a program
  tail -f chat.log | unmojibake           each line as it comes
  unmojibake --assume cp437 old.txt       text known to be garbled so
  unmojibake --clean tweets.txt           with the clean-ups of ftfy
  unmojibake -j 0 huge.txt | gzip > z.gz  with all processors
  unmojibake --json export.json           strings of JSON, with escapes
  unmojibake --names --rename .           names of files and folders
  unmojibake --garble --layers 2 a.txt    a sample of mojibake
  unmojibake -- -name.txt                 a file whose name begins with -

Exit codes:
  0  done; nothing found
  1  --check, --list, --diff or --count found something
  2  an error: something could not be read or written, or a wrong option";
