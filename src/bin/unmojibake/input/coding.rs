//! How a text is written, where that is not plain UTF-8 in lines: what is undone of it as it is read is done again as it is written.
//!
//! Each piece is written by itself, whoever repairs it: of encodings, all begin anew at a piece; packed pieces are members of a gzip file, or frames of a zstd one, which
//! programs read as if they were one. So no thread waits for another, and no line of a slow pipe for the next.

use std::borrow::Cow;
use std::io::{self, Write};

use encoding_rs::{EncoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::utf16;
use crate::escape::quoted;

/// A mark of the byte order.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// How a piece of text is to be written, and where in the text it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Coding {
    /// What it is to be in, if not UTF-8.
    pub(crate) encoding: Option<&'static Encoding>,
    pub(crate) packing: Option<Packing>,
    /// How many lines end before the piece.
    lines: u64,
    /// Whether it is not the first.
    goes_on: bool,
}

/// A piece that cannot be written to its end, since what it is to be in has no form for what stands there.
pub(crate) struct Unheld {
    /// What comes before, as it is to be written.
    pub(crate) before: Vec<u8>,
    pub(crate) error: io::Error,
}

/// How a text is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }

    fn pack(self, text: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Packing::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(text)?;
                encoder.finish()
            }
            Packing::Zstd => Ok(compress_to_vec(text, CompressionLevel::Fastest)),
        }
    }
}

impl Coding {
    pub(crate) fn is_plain(self) -> bool {
        self.encoding.is_none() && self.packing.is_none()
    }

    /// How a text is to be written.
    pub(super) fn new(encoding: Option<&'static Encoding>, packing: Option<Packing>) -> Coding {
        Coding {
            encoding,
            packing,
            lines: 0,
            goes_on: false,
        }
    }

    /// Goes on behind a piece.
    pub(crate) fn pass(&mut self, piece: &[u8]) {
        self.goes_on |= !piece.is_empty();
        if self.encoding.is_some() {
            self.lines += memchr::memchr_iter(b'\n', piece).count() as u64;
        }
    }

    /// A piece as it is to be written.
    pub(crate) fn encode(self, text: Cow<'_, [u8]>) -> Result<Cow<'_, [u8]>, Unheld> {
        let mut text = text;
        let mut failed = None;
        if let Some(encoding) = self.encoding {
            text = match encode(&text, encoding) {
                Ok(encoded) => Cow::Owned(encoded),
                // A mark of the byte order means nothing in an encoding that does not have it.
                Err(0) if !self.goes_on && text.starts_with(MARK) => {
                    let (goes_on, text) = (true, text[MARK.len()..].to_owned());
                    return Coding { goes_on, ..self }.encode(Cow::Owned(text));
                }
                Err(at) => {
                    failed = Some(self.formless(&text, at, encoding));
                    Cow::Owned(encode(&text[..at], encoding).unwrap_or_default())
                }
            };
        }
        if let Some(packing) = self.packing {
            text = match packing.pack(&text) {
                Ok(packed) => Cow::Owned(packed),
                Err(error) => {
                    failed = failed.or(Some(error));
                    Cow::default()
                }
            };
        }
        match failed {
            Some(error) => Err(Unheld {
                before: text.into_owned(),
                error,
            }),
            None => Ok(text),
        }
    }

    /// What stands here cannot be written.
    fn formless(self, text: &[u8], at: usize, encoding: &'static Encoding) -> io::Error {
        let (before, rest) = text.split_at(at);
        let (what, hint) = match rest
            .utf8_chunks()
            .next()
            .and_then(|chunk| chunk.valid().chars().next())
        {
            Some(c) => (
                format!(
                    "{} (U+{:04X})",
                    quoted(c.encode_utf8(&mut [0; 4]).as_bytes()),
                    u32::from(c)
                ),
                format!("--to {} holds all", UTF_8.name()),
            ),
            None => (
                format!(
                    "byte {:02X}, which is not UTF-8,",
                    rest.first().copied().unwrap_or_default()
                ),
                "--invalid replace or windows-1252 gives it one".to_owned(),
            ),
        };
        let line = 1 + self.lines + memchr::memchr_iter(b'\n', before).count() as u64;
        let begun = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        let place = match &before[begun..] {
            [] => format!("at the beginning of line {line}"),
            begun => format!("in line {line} behind {}", quoted(begun)),
        };
        let name = encoding.name();
        let message = format!("{what} {place} has no form in {name}; {hint}");
        io::Error::new(io::ErrorKind::InvalidData, message)
    }
}

/// Text in an encoding; or where it stands that this has no form for.
fn encode(text: &[u8], encoding: &'static Encoding) -> Result<Vec<u8>, usize> {
    if encoding == UTF_16LE {
        return utf16::encode(text, u16::to_le_bytes);
    }
    if encoding == UTF_16BE {
        return utf16::encode(text, u16::to_be_bytes);
    }
    let (text, not_utf8) = match str::from_utf8(text) {
        Ok(text) => (text, None),
        Err(error) => {
            let end = error.valid_up_to();
            let valid = str::from_utf8(&text[..end]).unwrap_or_default();
            (valid, Some(end))
        }
    };
    let mut encoder = encoding.new_encoder();
    let most = encoder.max_buffer_length_from_utf8_without_replacement(text.len());
    let mut out = Vec::with_capacity(most.unwrap_or(text.len()));
    let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut out, true);
    match (result, not_utf8) {
        (EncoderResult::InputEmpty, None) => Ok(out),
        (EncoderResult::InputEmpty, Some(at)) => Err(at),
        (EncoderResult::Unmappable(c), _) => Err(read - c.len_utf8()),
        (EncoderResult::OutputFull, _) => Err(read),
    }
}
