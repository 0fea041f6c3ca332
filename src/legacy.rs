//! Text of one legacy encoding that was read as another, where no UTF-8 was involved: KOI8-R read as Windows-1251, say.
//!
//! Nothing gives such text away but that it is unnatural: there are no sequences that only a garble has. So it is never looked for by itself; the caller names the two codecs, or asks
//! for a ranking of all pairs.

use std::borrow::Cow;
use std::fmt;

use crate::codec::{Codec, multi_byte, multi_byte::Decoded};
use crate::model::{Cost, nats};
use crate::natural::cost_of;

/// The wrong reading of a text, and the right one.
///
/// ```
/// use unmojibake::{Codec, Legacy};
///
/// let legacy = Legacy::new(Codec::Windows1252, Codec::Windows1251);
/// assert_eq!(legacy.restore("\u{D1}\u{F2}\u{F0}\u{E5}\u{EB}\u{E0}"), "\u{421}\u{442}\u{440}\u{435}\u{43B}\u{430}");
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Legacy {
    /// The codec that the text was read as. Those that read bytes in pairs cannot be: nearly nothing would be left of the text.
    pub read_as: Codec,
    /// The codec that it was written in.
    pub written_in: Codec,
}

impl Legacy {
    /// Text that was written in one codec and read as another.
    #[must_use]
    pub const fn new(read_as: Codec, written_in: Codec) -> Legacy {
        Legacy {
            read_as,
            written_in,
        }
    }

    /// The text as it was written. Characters that are in the one codec but not in the other, or that stand for no byte, stay. Lines are independent.
    ///
    /// What this gives for its own result is something else again: it is not to be done twice.
    #[must_use = "the text is returned, the text given stays as it is"]
    pub fn restore<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let bytes = self.bytes();
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let mut run = Vec::new();
            for c in line.chars() {
                match bytes.of(c) {
                    Some(byte) => run.push(byte),
                    None => {
                        self.decode(&run, &mut out);
                        run.clear();
                        out.push(c);
                    }
                }
            }
            self.decode(&run, &mut out);
        }
        if out == text {
            return Cow::Borrowed(text);
        }
        Cow::Owned(out)
    }

    /// The same for bytes. Those that are not UTF-8 stay.
    ///
    /// ```
    /// use unmojibake::{Codec, Legacy};
    ///
    /// let legacy = Legacy::new(Codec::Iso8859_1, Codec::Macintosh);
    /// assert_eq!(*legacy.restore_bytes(b"tur\xC2\x92stico \xFF"), *b"tur\xC3\xADstico \xFF");
    /// ```
    #[must_use = "the text is returned, the bytes given stay as they are"]
    pub fn restore_bytes<'b>(&self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return match self.restore(text) {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            };
        }
        let mut out = Vec::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            out.extend_from_slice(self.restore(chunk.valid()).as_bytes());
            out.extend_from_slice(chunk.invalid());
        }
        if out == bytes {
            return Cow::Borrowed(bytes);
        }
        Cow::Owned(out)
    }

    fn bytes(&self) -> Bytes {
        let upper = (0x80..=u8::MAX).map(|byte| (self.decoded(byte), byte));
        let mut upper: Vec<(char, u8)> = upper.collect();
        upper.sort_unstable();
        Bytes(upper)
    }

    /// The character of a byte in the codec that the text was read as: for one that it leaves undefined the C1 control of the same number, as browsers have it.
    fn decoded(&self, byte: u8) -> char {
        self.read_as.decode(byte).unwrap_or(char::from(byte))
    }

    fn decode(&self, bytes: &[u8], out: &mut String) {
        if bytes.is_ascii() {
            out.extend(bytes.iter().copied().map(char::from));
        } else if self.written_in.is_multi_byte() {
            for decoded in multi_byte::decode(self.written_in, bytes) {
                out.push(match decoded {
                    Decoded::Char(c) => c,
                    Decoded::Hole(byte) => self.stays(byte),
                });
            }
        } else {
            for &byte in bytes {
                let c = match byte {
                    0..0x80 => Some(char::from(byte)),
                    _ => self.written_in.decode(byte),
                };
                out.push(c.unwrap_or_else(|| self.stays(byte)));
            }
        }
    }

    /// The character that a byte was read as.
    fn stays(&self, byte: u8) -> char {
        match byte {
            0..0x80 => char::from(byte),
            _ => self.decoded(byte),
        }
    }
}

/// `windows-1251 read as windows-1252`.
impl fmt::Display for Legacy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} read as {}", self.written_in, self.read_as)
    }
}

/// The characters of a codec's upper half with their bytes, in order.
struct Bytes(Vec<(char, u8)>);

impl Bytes {
    fn of(&self, c: char) -> Option<u8> {
        if c.is_ascii() {
            return u8::try_from(c).ok();
        }
        let at = self.0.binary_search_by_key(&c, |&(c, _)| c).ok()?;
        self.0.get(at).map(|&(_, byte)| byte)
    }
}

/// A pair of codecs that makes a text more natural.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct LegacyGuess {
    /// The pair.
    pub legacy: Legacy,
    /// By how much more natural the text gets, by the statistics that the repair goes by, in nats for all of it: how much more probable it is, as a logarithm. The more text, the
    /// more it is; what counts is the lead over the next guess.
    pub gain: f32,
    /// The characters beyond ASCII that stay as they were.
    pub left: usize,
    /// The text by this pair.
    pub text: String,
}

/// How much more a character costs that stays as it was: more than the least natural one does.
const LEFT: Cost = nats(20.0);

/// Ranks the pairs of codecs that a text could have been written in and read as, best first. Those that make it less natural are left out, and so are those that come to the same text as a better one.
///
/// A few words are enough to tell a script, and a few sentences to tell codecs of one script apart. For text that is as it should be, nothing is to be gained. It looks at all
/// of the text some five hundred times: give it a sample.
///
/// ```
/// use unmojibake::{Codec, guess_legacy};
///
/// let best = &guess_legacy("\u{D1}\u{F2}\u{F0}\u{E5}\u{EB}\u{E0}, \u{E0} \u{EF}\u{EE}\u{F2}\u{EE}\u{EC} \u{E5}\u{F9}\u{B8}")[0];
/// assert_eq!(best.legacy.written_in, Codec::Windows1251);
/// ```
#[must_use]
pub fn guess_legacy(text: &str) -> Vec<LegacyGuess> {
    let stands = cost_of(text);
    let mut guesses: Vec<LegacyGuess> = Vec::new();
    for read_as in Codec::ALL
        .into_iter()
        .filter(|codec| !codec.is_multi_byte())
    {
        for written_in in Codec::ALL {
            let legacy = Legacy::new(read_as, written_in);
            let Cow::Owned(restored) = legacy.restore(text) else {
                continue;
            };
            let bytes = legacy.bytes();
            let left = text.chars().filter(|&c| bytes.of(c).is_none()).count();
            let cost = cost_of(&restored) + LEFT * Cost::try_from(left).unwrap_or(Cost::MAX / LEFT);
            if cost < stands && guesses.iter().all(|guess| guess.text != restored) {
                guesses.push(LegacyGuess {
                    legacy,
                    gain: (stands - cost) as f32 / nats(1.0) as f32,
                    left,
                    text: restored,
                });
            }
        }
    }
    guesses.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    guesses
}
