//! Compressed text on its way in.

use std::fmt::Display;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::FrameDecoder;
use ruzstd::decoding::StreamingDecoder;

use super::coding::Packing;

impl Packing {
    /// What the first bytes of a file tell.
    pub(super) fn of(first: &[u8]) -> Option<Packing> {
        match first {
            [0x1F, 0x8B, ..] => Some(Packing::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Packing::Zstd),
            first if is_skippable(first) => Some(Packing::Zstd),
            _ => None,
        }
    }

    /// A reader of what is packed in this.
    pub(super) fn unpack(self, packed: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        let packed = BufReader::new(packed);
        match self {
            Packing::Gzip => Box::new(Gzip {
                packed: Some(packed),
                member: None,
                begun: false,
            }),
            Packing::Zstd => Box::new(Zstd {
                packed: Some(packed),
                frame: None,
            }),
        }
    }
}

/// One member behind the other. What tapes are filled up with, zeros, may be behind the last.
struct Gzip<R> {
    packed: Option<R>,
    member: Option<GzDecoder<R>>,
    /// Whether there has been a member.
    begun: bool,
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(member) = &mut self.member {
                let length = member
                    .read(buffer)
                    .map_err(|error| broken(Packing::Gzip, &error))?;
                if length > 0 || buffer.is_empty() {
                    return Ok(length);
                }
                self.packed = self.member.take().map(GzDecoder::into_inner);
            }
            let Some(packed) = &mut self.packed else {
                return Ok(0);
            };
            let next = packed.fill_buf()?;
            let zeros = next.iter().take_while(|&&byte| byte == 0).count();
            if next.is_empty() {
                return Ok(0);
            }
            if zeros > 0 && self.begun {
                packed.consume(zeros);
                continue;
            }
            self.begun = true;
            self.member = self.packed.take().map(GzDecoder::new);
        }
    }
}

/// What has been read of a frame to see what it is, and the rest.
type Frame<R> = Chain<Cursor<Vec<u8>>, R>;

/// One frame behind the other.
struct Zstd<R: Read> {
    packed: Option<R>,
    frame: Option<StreamingDecoder<Frame<R>, FrameDecoder>>,
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
                self.end_frame()?;
            }
            let Some(mut packed) = self.packed.take() else {
                return Ok(0);
            };
            let mut magic = Vec::new();
            packed.by_ref().take(4).read_to_end(&mut magic)?;
            if magic.is_empty() {
                return Ok(0);
            }
            if is_skippable(&magic) {
                skip(&mut packed).map_err(|error| broken(Packing::Zstd, &error))?;
                self.packed = Some(packed);
                continue;
            }
            let frame = StreamingDecoder::new(Cursor::new(magic).chain(packed));
            self.frame = Some(frame.map_err(|error| broken(Packing::Zstd, &error))?);
        }
    }
}

impl<R: Read> Zstd<R> {
    /// Goes on behind a frame, if that held what it says it does.
    fn end_frame(&mut self) -> io::Result<()> {
        let Some(frame) = self.frame.take() else {
            return Ok(());
        };
        let (packed, decoder) = frame.into_parts();
        let said = decoder.get_checksum_from_data();
        if said.is_some() && said != decoder.get_calculated_checksum() {
            return Err(broken(Packing::Zstd, &"the checksum is another"));
        }
        self.packed = Some(packed.into_inner().1);
        Ok(())
    }
}

/// Whether a frame that begins so holds no text, but what some program keeps there.
fn is_skippable(frame: &[u8]) -> bool {
    matches!(frame, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

/// Goes past such a frame, of which the first four bytes are read.
fn skip(packed: &mut impl Read) -> io::Result<()> {
    let mut length = [0; 4];
    packed.read_exact(&mut length)?;
    let length = u64::from(u32::from_le_bytes(length));
    match io::copy(&mut packed.take(length), &mut io::sink())? {
        skipped if skipped == length => Ok(()),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn broken(packing: Packing, error: &dyn Display) -> io::Error {
    let message = format!("broken {}: {error}", packing.name());
    io::Error::new(io::ErrorKind::InvalidData, message)
}
