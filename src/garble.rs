//! The forward model: how text becomes garbled. For tests, samples and demonstrations.

use crate::codec::Codec;
use crate::codec::multi_byte::{self, Decoded};
use crate::error::Error;

/// What becomes of a byte that the codec leaves undefined.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Holes {
    /// It becomes the C1 control of the same number. Bytes from A0 up have none, nor have the holes of a multi-byte codec.
    #[default]
    C1,
    /// What it becomes in browsers: the C1 control of the same number, or U+FFFD where there is none.
    ///
    /// ```
    /// use unmojibake::{Codec, Holes, Layer, garble};
    ///
    /// let layer = Layer::new(Codec::Gbk);
    /// assert!(garble("caf\u{E9} \u{41A}", &layer).is_ok());
    /// assert!(garble("\u{2019} ", &layer).is_err());
    /// assert_eq!(garble("\u{2019} ", &layer.holes(Holes::Browser))?, "\u{9225}\u{FFFD} ");
    /// # Ok::<(), unmojibake::Error>(())
    /// ```
    Browser,
    /// It is dropped.
    Dropped,
    /// It becomes U+FFFD.
    Replaced,
    /// It becomes `?`.
    QuestionMark,
}

/// What becomes of U+00A0 afterwards.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nbsp {
    /// It stays.
    #[default]
    Kept,
    /// It becomes a space.
    Space,
    /// It vanishes.
    Stripped,
}

/// One accident: text is written as UTF-8, and the bytes are read as another codec.
///
/// ```
/// use unmojibake::{Codec, Layer, garble};
///
/// let layer = Layer::new(Codec::Windows1252);
/// let once = garble("\u{2014}", &layer)?;
/// assert_eq!(once, "\u{E2}\u{20AC}\u{201D}");
/// assert_eq!(unmojibake::repair(&format!("one {once} two")), "one \u{2014} two");
/// # Ok::<(), unmojibake::Error>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Layer {
    /// The codec that the bytes are read as.
    pub codec: Codec,
    /// What becomes of bytes that it leaves undefined.
    pub holes: Holes,
    /// What becomes of U+00A0.
    pub nbsp: Nbsp,
    /// Whether the text is written as CESU-8: characters beyond U+FFFF as two surrogates of three bytes each.
    pub cesu8: bool,
}

impl Layer {
    /// A layer in which nothing is lost, as far as the codec allows.
    #[must_use]
    pub const fn new(codec: Codec) -> Layer {
        Layer {
            codec,
            holes: Holes::C1,
            nbsp: Nbsp::Kept,
            cesu8: false,
        }
    }

    /// Sets [`Layer::holes`].
    #[must_use]
    pub const fn holes(self, holes: Holes) -> Layer {
        Layer { holes, ..self }
    }

    /// Sets [`Layer::nbsp`].
    #[must_use]
    pub const fn nbsp(self, nbsp: Nbsp) -> Layer {
        Layer { nbsp, ..self }
    }

    /// Sets [`Layer::cesu8`].
    #[must_use]
    pub const fn cesu8(self, cesu8: bool) -> Layer {
        Layer { cesu8, ..self }
    }
}

/// Garbles a text through one layer.
///
/// # Errors
///
/// [`ErrorKind::Undefined`](crate::ErrorKind::Undefined) where the text has a byte that the codec leaves undefined and that, by [`Holes::C1`], should become a
/// control that does not exist.
pub fn garble(text: &str, layer: &Layer) -> Result<String, Error> {
    let bytes = encode(text, layer.cesu8);
    let decoded: Vec<Decoded> = if layer.codec.is_multi_byte() {
        multi_byte::decode(layer.codec, &bytes)
    } else {
        let read = |byte| {
            let c = layer.codec.decode(byte);
            c.map_or(Decoded::Hole(byte), Decoded::Char)
        };
        bytes.into_iter().map(read).collect()
    };
    let mut out = String::with_capacity(text.len() * 2);
    for decoded in decoded {
        let c = match decoded {
            Decoded::Char('\u{A0}') => match layer.nbsp {
                Nbsp::Kept => Some('\u{A0}'),
                Nbsp::Space => Some(' '),
                Nbsp::Stripped => None,
            },
            Decoded::Char(c) => Some(c),
            Decoded::Hole(byte) => match layer.holes {
                Holes::C1 | Holes::Browser if byte < 0xA0 && !layer.codec.is_multi_byte() => {
                    Some(char::from(byte))
                }
                Holes::C1 => return Err(Error::undefined(layer.codec, byte)),
                Holes::Dropped => None,
                Holes::Replaced | Holes::Browser => Some(char::REPLACEMENT_CHARACTER),
                Holes::QuestionMark => Some('?'),
            },
        };
        out.extend(c);
    }
    Ok(out)
}

/// The text as UTF-8, or as CESU-8.
fn encode(text: &str, cesu8: bool) -> Vec<u8> {
    if !cesu8 {
        return text.as_bytes().to_vec();
    }
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        if u32::from(c) > 0xFFFF {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let [high, low] = unit.to_be_bytes();
                out.extend([
                    0xE0 | high >> 4,
                    0x80 | (high & 0xF) << 2 | low >> 6,
                    0x80 | low & 0x3F,
                ]);
            }
        } else {
            out.extend(c.encode_utf8(&mut [0; 4]).bytes());
        }
    }
    out
}
