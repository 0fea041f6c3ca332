//! The closed set of codecs that UTF-8 gets misread as, in the order in which they are tried.
//!
//! What belongs here: names, and which bytes a codec knows. What does not: how a garble is read back, which is
//! [`crate::repair`]'s business. To add a single-byte codec, add its row to `fixtures/sources/codepages.txt` and a variant
//! here at the same place; `cargo test` says what is missing.

pub(crate) mod multi_byte;
mod single_byte;
pub(crate) mod utf8;

use std::fmt;
use std::str::FromStr;

pub(crate) use single_byte::{LOSING, Row, row};

use crate::error::Error;
use crate::tables::codepages::{CODE_PAGES, HOLE};

/// How many codecs read each byte by itself. They come first.
pub(crate) const SINGLE_BYTE: usize = CODE_PAGES.len();

/// How many codecs there are.
pub(crate) const COUNT: usize = SINGLE_BYTE + MULTI_BYTE;

/// How many codecs read bytes in pairs.
pub(crate) const MULTI_BYTE: usize = MULTI_BYTE_LABELS.len();

const MULTI_BYTE_LABELS: [&str; 4] = ["gbk", "shift_jis", "euc-kr", "big5"];

/// A codec that UTF-8 bytes are misread as.
///
/// The order of the variants is the order of trial: where two codecs explain a garble equally well, the earlier one is named.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Codec {
    /// Windows-1252, Western European.
    Windows1252,
    /// ISO-8859-1, the true one: bytes 80 to 9F are C1 controls.
    Iso8859_1,
    /// Windows-1254, Turkish.
    Windows1254,
    /// ISO-8859-9, Turkish, with C1 controls.
    Iso8859_9,
    /// ISO-8859-15, Western European with the euro sign.
    Iso8859_15,
    /// Windows-1250, Central European.
    Windows1250,
    /// ISO-8859-2, Central European.
    Iso8859_2,
    /// Windows-1257, Baltic.
    Windows1257,
    /// Windows-1258, Vietnamese.
    Windows1258,
    /// Mac OS Roman.
    Macintosh,
    /// Windows-1251, Cyrillic.
    Windows1251,
    /// KOI8-R, Russian.
    Koi8R,
    /// KOI8-U, Ukrainian, as the WHATWG Encoding Standard has it.
    Koi8U,
    /// Code page 866, the Cyrillic of DOS.
    Ibm866,
    /// ISO-8859-5, Cyrillic.
    Iso8859_5,
    /// Windows-1253, Greek.
    Windows1253,
    /// ISO-8859-7, Greek.
    Iso8859_7,
    /// Code page 437, the first of DOS.
    Ibm437,
    /// Code page 850, the Western European of DOS.
    Ibm850,
    /// Code page 852, the Central European of DOS.
    Ibm852,
    /// Windows-1256, Arabic.
    Windows1256,
    /// Windows-1255, Hebrew.
    Windows1255,
    /// Windows-874, Thai.
    Windows874,
    /// GBK, simplified Chinese, which is code page 936 and, but for sequences of four bytes, GB18030.
    Gbk,
    /// Shift_JIS, Japanese, with the additions of code page 932.
    ShiftJis,
    /// EUC-KR, Korean, with the additions of code page 949.
    EucKr,
    /// Big5, traditional Chinese, with the additions of the WHATWG Encoding Standard.
    Big5,
}

/// Other names that people write, each beside the codec's own.
const ALIASES: &[(&str, Codec)] = &[
    ("latin1", Codec::Iso8859_1),
    ("latin-1", Codec::Iso8859_1),
    ("latin2", Codec::Iso8859_2),
    ("latin5", Codec::Iso8859_9),
    ("latin9", Codec::Iso8859_15),
    ("macroman", Codec::Macintosh),
    ("mac-roman", Codec::Macintosh),
    ("gb18030", Codec::Gbk),
    ("gb2312", Codec::Gbk),
    ("cp936", Codec::Gbk),
    ("sjis", Codec::ShiftJis),
    ("shift-jis", Codec::ShiftJis),
    ("cp932", Codec::ShiftJis),
    ("windows-31j", Codec::ShiftJis),
    ("cp949", Codec::EucKr),
    ("uhc", Codec::EucKr),
    ("cp950", Codec::Big5),
    ("big5-hkscs", Codec::Big5),
];

impl Codec {
    /// Every codec, in the order of trial.
    pub const ALL: [Codec; COUNT] = [
        Codec::Windows1252,
        Codec::Iso8859_1,
        Codec::Windows1254,
        Codec::Iso8859_9,
        Codec::Iso8859_15,
        Codec::Windows1250,
        Codec::Iso8859_2,
        Codec::Windows1257,
        Codec::Windows1258,
        Codec::Macintosh,
        Codec::Windows1251,
        Codec::Koi8R,
        Codec::Koi8U,
        Codec::Ibm866,
        Codec::Iso8859_5,
        Codec::Windows1253,
        Codec::Iso8859_7,
        Codec::Ibm437,
        Codec::Ibm850,
        Codec::Ibm852,
        Codec::Windows1256,
        Codec::Windows1255,
        Codec::Windows874,
        Codec::Gbk,
        Codec::ShiftJis,
        Codec::EucKr,
        Codec::Big5,
    ];

    /// The codec's place in [`Codec::ALL`].
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    /// The codec's name, in lower case: `windows-1252`.
    ///
    /// ```
    /// assert_eq!(unmojibake::Codec::Windows1252.label(), "windows-1252");
    /// ```
    #[must_use]
    pub fn label(self) -> &'static str {
        let at = self.index();
        match CODE_PAGES.get(at) {
            Some(page) => page.0,
            None => MULTI_BYTE_LABELS
                .get(at - SINGLE_BYTE)
                .copied()
                .unwrap_or(""),
        }
    }

    /// Whether the codec reads bytes in pairs.
    ///
    /// ```
    /// use unmojibake::Codec;
    ///
    /// assert!(Codec::Gbk.is_multi_byte());
    /// assert!(!Codec::Koi8R.is_multi_byte());
    /// ```
    #[must_use]
    pub const fn is_multi_byte(self) -> bool {
        self.index() >= SINGLE_BYTE
    }

    /// The character that the byte becomes in a single-byte codec: itself below 80, `None` for a hole, a byte that the codec leaves undefined.
    pub(crate) fn decode(self, byte: u8) -> Option<char> {
        let Some(upper) = byte.checked_sub(0x80) else {
            return Some(char::from(byte));
        };
        let code = CODE_PAGES
            .get(self.index())
            .and_then(|page| page.1.get(usize::from(upper)))
            .copied()?;
        if code == HOLE {
            None
        } else {
            char::from_u32(u32::from(code))
        }
    }

    /// The bytes that get lost where text is misread as the codec, one bit a byte from 80 up: those that it leaves undefined, and the C1 controls where it has those.
    pub(crate) fn holes(self) -> u128 {
        single_byte::HOLES.get(self.index()).copied().unwrap_or(0)
    }

    /// Whether the codec has a continuation byte that gets lost.
    pub(crate) fn may_lose(self) -> bool {
        LOSING >> self.index() & 1 != 0
    }

    /// Whether the codec's table puts the C1 controls at bytes 80 to 9F, as the ISO-8859 family does.
    pub(crate) fn has_c1_controls(self) -> bool {
        self.decode(0x80) == Some('\u{80}')
    }
}

/// Whether any codec has any of the 64 characters of a page of the basic plane, ASCII aside.
pub(crate) const fn has_page(page: usize) -> bool {
    single_byte::has_page(page) || multi_byte::has_page(page)
}

/// Han, Hangul and what else there is of East Asia alone: no code page has any of it.
pub(crate) const EAST_ASIAN: std::ops::Range<char> = '\u{2E80}'..'\u{D7C0}';

const _: () = {
    let (mut at, end) = (EAST_ASIAN.start as usize, EAST_ASIAN.end as usize);
    while at < end {
        assert!(!single_byte::has_page(at / 64));
        at += 64;
    }
};

/// Whether the character is a C1 control.
pub(crate) const fn is_c1(c: char) -> bool {
    matches!(c, '\u{80}'..'\u{A0}')
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// Reads a name in any case: `Windows-1252`, `cp1252`, `latin-1`, `macroman`.
impl FromStr for Codec {
    type Err = Error;

    fn from_str(name: &str) -> Result<Codec, Error> {
        let lower = name.to_ascii_lowercase();
        let number = lower
            .strip_prefix("cp")
            .or_else(|| lower.strip_prefix("ibm"));
        Codec::ALL
            .into_iter()
            .find(|codec| {
                let label = codec.label();
                label == lower
                    || number.is_some_and(|n| {
                        ["windows-", "ibm"]
                            .iter()
                            .any(|family| label.strip_prefix(family) == Some(n))
                    })
            })
            .or_else(|| {
                ALIASES
                    .iter()
                    .find(|alias| alias.0 == lower)
                    .map(|alias| alias.1)
            })
            .ok_or_else(|| Error::unknown_codec(name))
    }
}

/// A set of codecs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodecSet(u32);

impl CodecSet {
    /// All codecs.
    pub const ALL: CodecSet = CodecSet((1 << COUNT) - 1);
    /// The codecs that read bytes in pairs.
    pub(crate) const MULTI_BYTE: CodecSet = CodecSet(CodecSet::ALL.0 & !((1 << SINGLE_BYTE) - 1));
    /// No codec.
    pub const EMPTY: CodecSet = CodecSet(0);
    /// The two that most text is misread as, and so most text that is misread twice.
    pub(crate) const WESTERN: CodecSet = CodecSet::EMPTY
        .with(Codec::Windows1252)
        .with(Codec::Iso8859_1);

    /// This set and one codec more.
    #[must_use]
    pub const fn with(self, codec: Codec) -> CodecSet {
        CodecSet(self.0 | 1 << codec.index())
    }

    /// This set and one codec less.
    #[must_use]
    pub const fn without(self, codec: Codec) -> CodecSet {
        CodecSet(self.0 & !(1 << codec.index()))
    }

    /// Whether the codec is in the set.
    #[must_use]
    pub const fn contains(self, codec: Codec) -> bool {
        self.0 >> codec.index() & 1 != 0
    }

    /// Whether the set holds no codec.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The codecs, in the order of trial.
    pub fn iter(self) -> impl Iterator<Item = Codec> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let codec = Codec::ALL.get(left.trailing_zeros() as usize).copied();
            left &= left.wrapping_sub(1);
            codec
        })
    }

    /// One bit a codec, as in the masks of [`Row`].
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    pub(crate) const fn from_bits(bits: u32) -> CodecSet {
        CodecSet(bits & CodecSet::ALL.0)
    }
}

impl FromIterator<Codec> for CodecSet {
    fn from_iter<I: IntoIterator<Item = Codec>>(codecs: I) -> CodecSet {
        codecs.into_iter().fold(CodecSet::EMPTY, CodecSet::with)
    }
}
