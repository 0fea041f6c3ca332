//! Text in other encodings than UTF-8 on its way in.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE};

use super::utf16;

/// How much is read at a time, in bytes.
const BLOCK: usize = 64 * 1024;

/// How much of what was read before is kept: more than there is from a lone surrogate to where it shows.
const KEPT: usize = 8;

/// What becomes of what is malformed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Malformed {
    /// It is an error.
    Refused,
    /// U+FFFD takes its place.
    Replaced,
    /// A lone surrogate in UTF-16 is given as [`utf16`] has it. All else is an error.
    Kept,
}

/// A reader of what is in another encoding, as UTF-8. A byte order mark is a character as any other.
pub(super) struct Decoded<R> {
    inner: R,
    encoding: &'static Encoding,
    decoder: Decoder,
    malformed: Malformed,
    /// The last bytes of the block before, and the block.
    block: Vec<u8>,
    /// How many bytes of the input have been decoded.
    offset: u64,
    text: Vec<u8>,
    given: usize,
    ended: bool,
    /// What is to be told when all of the text has been given.
    failed: Option<io::Error>,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding, malformed: Malformed) -> Decoded<R> {
        Decoded {
            inner,
            encoding,
            decoder: encoding.new_decoder_without_bom_handling(),
            malformed,
            block: vec![0; KEPT + BLOCK],
            offset: 0,
            text: Vec::new(),
            given: 0,
            ended: false,
            failed: None,
        }
    }

    /// Decodes what has been read.
    fn decode(&mut self, length: usize) -> io::Result<()> {
        let start_of_block = self.offset;
        let mut rest = &self.block[KEPT..KEPT + length];
        loop {
            // It is known to be enough.
            let most = self
                .decoder
                .max_utf8_buffer_length_without_replacement(rest.len());
            let start = self.text.len();
            self.text.resize(start + most.unwrap_or(3 * BLOCK), 0);
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                rest,
                &mut self.text[start..],
                self.ended,
            );
            self.text.truncate(start + written);
            self.offset += read as u64;
            rest = &rest[read..];
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) if self.malformed == Malformed::Replaced => {
                    self.text.extend_from_slice("\u{FFFD}".as_bytes());
                }
                DecoderResult::Malformed(length, behind) => {
                    let at = self.offset - u64::from(length) - u64::from(behind);
                    let in_block = (at + KEPT as u64).saturating_sub(start_of_block) as usize;
                    if let (Malformed::Kept, 2, Some(unit)) = (
                        self.malformed,
                        length,
                        self.block[in_block..].first_chunk::<2>(),
                    ) {
                        let unit = match self.encoding == UTF_16BE {
                            true => u16::from_be_bytes(*unit),
                            false => u16::from_le_bytes(*unit),
                        };
                        self.text.extend_from_slice(&utf16::stand_in(unit));
                        continue;
                    }
                    let message = format!(
                        "not {} at byte {at}; --invalid replace puts U+FFFD there",
                        self.encoding.name()
                    );
                    self.ended = true;
                    return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                }
            }
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.text.clear();
            self.given = 0;
            let length = self.inner.read(&mut self.block[KEPT..])?;
            self.ended = length == 0;
            self.failed = self.decode(length).err();
            self.block.copy_within(length..length + KEPT, 0);
        }
        if self.given == self.text.len()
            && let Some(error) = self.failed.take()
        {
            return Err(error);
        }
        let length = (&self.text[self.given..]).read(buffer)?;
        self.given += length;
        Ok(length)
    }
}
