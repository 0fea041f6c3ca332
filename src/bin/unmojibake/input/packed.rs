//! Compressed text on its way in.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::FrameDecoder;
use ruzstd::decoding::StreamingDecoder;

use super::coding::Packing;

impl Packing {
    /// What the first bytes of a file tell.
    pub(super) fn of(first: &[u8]) -> Option<Packing> {
        match first {
            [0x1F, 0x8B, ..] => Some(Packing::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }

    /// A reader of what is packed in this.
    pub(super) fn unpack(self, packed: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        let packed = BufReader::new(packed);
        match self {
            Packing::Gzip => Box::new(Gzip(MultiGzDecoder::new(packed))),
            Packing::Zstd => Box::new(Zstd {
                packed: Some(packed),
                frame: None,
            }),
        }
    }
}

struct Gzip<R>(MultiGzDecoder<R>);

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer);
        read.map_err(|error| broken(Packing::Gzip, &error))
    }
}

/// One frame behind the other.
struct Zstd<R: Read> {
    packed: Option<R>,
    frame: Option<StreamingDecoder<R, FrameDecoder>>,
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let length = frame
                    .read(buffer)
                    .map_err(|error| broken(Packing::Zstd, &error))?;
                if length > 0 || buffer.is_empty() {
                    return Ok(length);
                }
                self.packed = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(packed) = &mut self.packed else {
                return Ok(0);
            };
            if packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let Some(packed) = self.packed.take() else {
                return Ok(0);
            };
            let frame = StreamingDecoder::new(packed);
            self.frame = Some(frame.map_err(|error| broken(Packing::Zstd, &error))?);
        }
    }
}

fn broken(packing: Packing, error: &dyn std::error::Error) -> io::Error {
    let message = format!("broken {}: {error}", packing.name());
    io::Error::new(io::ErrorKind::InvalidData, message)
}
