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

use crate::escape::quoted;

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Coding {
    /// What it is to be in, if not UTF-8.
    pub(crate) encoding: Option<&'static Encoding>,
    pub(crate) packing: Option<Packing>,
    /// NUL and line feed have changed places, so that records are lines.
    pub(crate) records: bool,
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
        self.encoding.is_none() && self.packing.is_none() && !self.records
    }

    /// A piece as it is to be written.
    pub(crate) fn encode(self, text: Cow<'_, [u8]>) -> io::Result<Cow<'_, [u8]>> {
        let mut text = text;
        if self.records {
            change_places(text.to_mut());
        }
        if let Some(encoding) = self.encoding {
            text = Cow::Owned(encode(&text, encoding)?);
        }
        if let Some(packing) = self.packing {
            text = Cow::Owned(packing.pack(&text)?);
        }
        Ok(text)
    }
}

/// Puts NUL where line feeds are, and the other way round.
pub(super) fn change_places(text: &mut [u8]) {
    for byte in text {
        *byte = match *byte {
            0 => b'\n',
            b'\n' => 0,
            other => other,
        };
    }
}

fn encode(text: &[u8], encoding: &'static Encoding) -> io::Result<Vec<u8>> {
    let text = str::from_utf8(text).map_err(|error| {
        let (before, rest) = text.split_at(error.valid_up_to());
        let byte = rest.first().copied().unwrap_or_default();
        let name = encoding.name();
        invalid(format!("byte {byte:02X} {} is not UTF-8, and has no form in {name}; --invalid replace or windows-1252 gives it one", behind(before)))
    })?;
    if encoding == UTF_16LE {
        return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let mut encoder = encoding.new_encoder();
    let most = encoder.max_buffer_length_from_utf8_without_replacement(text.len());
    let mut out = Vec::with_capacity(most.unwrap_or(text.len()));
    let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut out, true);
    match result {
        EncoderResult::InputEmpty => Ok(out),
        EncoderResult::Unmappable(c) => {
            let before = &text.as_bytes()[..read - c.len_utf8()];
            let (code, name, all) = (u32::from(c), encoding.name(), UTF_8.name());
            Err(invalid(format!(
                "{} (U+{code:04X}) {} has no form in {name}; --to {all} holds all",
                quoted(c.encode_utf8(&mut [0; 4]).as_bytes()),
                behind(before)
            )))
        }
        EncoderResult::OutputFull => Err(io::ErrorKind::OutOfMemory.into()),
    }
}

/// Where something is that comes behind these bytes, for people: what is before it in its line.
fn behind(before: &[u8]) -> String {
    let line = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    match &before[line..] {
        [] => "at the beginning of a line".to_owned(),
        line => format!("behind {}", quoted(line)),
    }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
