//! Text in other encodings than UTF-8 on its way in.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

/// How much is read at a time, in bytes.
const BLOCK: usize = 64 * 1024;

/// A reader of what is in another encoding, as UTF-8. A byte order mark is a character as any other.
pub(super) struct Decoded<R> {
    inner: R,
    encoding: &'static Encoding,
    decoder: Decoder,
    /// Whether U+FFFD takes the place of what is malformed. If not, that is an error.
    replaces: bool,
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
    pub(super) fn new(inner: R, encoding: &'static Encoding, replaces: bool) -> Decoded<R> {
        Decoded {
            inner,
            encoding,
            decoder: encoding.new_decoder_without_bom_handling(),
            replaces,
            block: vec![0; BLOCK],
            offset: 0,
            text: Vec::new(),
            given: 0,
            ended: false,
            failed: None,
        }
    }

    /// Decodes what has been read.
    fn decode(&mut self, length: usize) -> io::Result<()> {
        let mut rest = &self.block[..length];
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
                DecoderResult::Malformed(..) if self.replaces => {
                    self.text.extend_from_slice("\u{FFFD}".as_bytes());
                }
                DecoderResult::Malformed(length, behind) => {
                    let at = self.offset - u64::from(length) - u64::from(behind);
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
            let length = self.inner.read(&mut self.block)?;
            self.ended = length == 0;
            self.failed = self.decode(length).err();
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
