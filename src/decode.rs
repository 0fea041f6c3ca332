//! Bytes of unknown encoding. A guess, for those who would have to guess otherwise; nothing in this crate makes one by itself.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::repairer::Repairer;

/// Bytes as text, and how they were read.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text, repaired; borrowed if the bytes are UTF-8 and nothing was to be repaired. A byte order mark at the beginning is no part of it.
    pub text: Cow<'b, str>,
    /// The encoding that the bytes were read as, by its name in the [Encoding Standard](https://encoding.spec.whatwg.org/).
    pub encoding: &'static str,
    /// Whether a byte order mark, or that all of it is UTF-8, says so. If not, it is a guess.
    pub is_certain: bool,
    /// Whether there were bytes that mean nothing in it, of which U+FFFD took the place.
    pub had_errors: bool,
}

/// Reads bytes of unknown encoding, and [repairs](crate::repair) what comes of it.
///
/// A byte order mark tells UTF-8 and UTF-16. Without one, what is UTF-8 throughout is taken for that, and anything else for the legacy encoding that `chardetng` holds most likely,
/// as a browser would. A few words can be too little to tell; and where UTF-8 stands beside legacy text, what comes out garbled by that is repaired, too.
///
/// This is an aid for old files, and no more than a guess. Where the encoding is known, do not ask.
///
/// ```
/// use unmojibake::decode;
///
/// let decoded = decode(b"Gar\xE7on, une bi\xE8re fra\xEEche!");
/// assert_eq!((&*decoded.text, decoded.encoding), ("Gar\u{E7}on, une bi\u{E8}re fra\u{EE}che!", "windows-1252"));
/// assert!(!decoded.is_certain);
///
/// let decoded = decode(b"\xFF\xFEc\0a\0f\0\xC3\0\xA9\0");
/// assert_eq!((&*decoded.text, decoded.encoding), ("caf\u{E9}", "UTF-16LE"));
/// ```
#[must_use = "the text is returned"]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    crate::DEFAULT.decode(bytes)
}

impl Repairer {
    /// As [`decode`], by this repairer's options.
    #[must_use = "the text is returned"]
    pub fn decode<'b>(&self, bytes: &'b [u8]) -> Decoded<'b> {
        let (encoding, is_certain) = encoding(bytes);
        let (text, encoding, had_errors) = encoding.decode(bytes);
        let text = match text {
            Cow::Borrowed(text) => self.repair(text),
            Cow::Owned(text) => match self.repair(&text) {
                Cow::Owned(repaired) => Cow::Owned(repaired),
                Cow::Borrowed(_) => Cow::Owned(text),
            },
        };
        Decoded {
            text,
            encoding: encoding.name(),
            is_certain,
            had_errors,
        }
    }
}

fn encoding(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, true);
    }
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        return (UTF_8, true);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, Utf8Detection::Deny), false)
}
