//! Glue for streams: text that comes and goes in pieces. Chunking is invisible, since all cuts are those of [`segment`].

use std::borrow::Cow;
use std::io::{self, Read, Write};

use crate::adapter::{self, Push};
use crate::engine::Engine;
use crate::repairer::Repairer;
use crate::{segment, whole};

/// Repairs text pushed in chunks of any size. Bytes that are not UTF-8 pass through untouched.
///
/// What comes out in all is what [`Repairer::repair_bytes`] gives for the whole. A line is held back until its end has
/// come, or until 64 KiB of it have; so no more than that is ever buffered.
///
/// ```
/// let mut stream = unmojibake::Stream::default();
/// let mut out = Vec::new();
/// for chunk in ["It\u{E2}\u{20AC}", "\u{2122}s here\n"] {
///     stream.push(chunk.as_bytes(), &mut out);
/// }
/// stream.finish(&mut out);
/// assert_eq!(out, "It\u{2019}s here\n".as_bytes());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stream {
    repairer: Repairer,
    /// The beginning of a segment whose end has not come.
    held: Vec<u8>,
}

impl Stream {
    /// A stream that is repaired by `repairer`.
    #[must_use]
    pub fn new(repairer: Repairer) -> Stream {
        Stream {
            repairer,
            held: Vec::new(),
        }
    }

    /// Takes a chunk, and appends to `out` what is certain by now.
    pub fn push(&mut self, mut chunk: &[u8], out: &mut Vec<u8>) {
        let mut engine = Engine::new(self.repairer.options());
        while !self.held.is_empty() && !chunk.is_empty() {
            let room = segment::MAX - self.held.len();
            let line = memchr::memchr(b'\n', chunk).map_or(chunk.len(), |at| at + 1);
            let (now, later) = chunk.split_at(line.min(room));
            self.held.extend_from_slice(now);
            chunk = later;
            if let Some(end) = segment::end(&self.held) {
                append(&self.held, end, &mut engine, out);
                self.held.drain(..end);
            }
        }
        let complete = segment::complete_up_to(chunk);
        append(chunk, complete, &mut engine, out);
        let rest = chunk.get(complete..).unwrap_or_default();
        self.held.extend_from_slice(rest);
    }

    /// Appends the rest to `out`, and is ready for another text.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        let held = std::mem::take(&mut self.held);
        append(
            &held,
            held.len(),
            &mut Engine::new(self.repairer.options()),
            out,
        );
    }
}

impl Push for Stream {
    fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        Stream::push(self, chunk, out);
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        Stream::finish(self, out);
        Ok(())
    }
}

/// Appends the repaired first `length` bytes, which are whole segments.
fn append(bytes: &[u8], length: usize, engine: &mut Engine<'_>, out: &mut Vec<u8>) {
    let bytes = bytes.get(..length).unwrap_or_default();
    match whole::repair_bytes(bytes, engine) {
        Cow::Borrowed(clean) => out.extend_from_slice(clean),
        Cow::Owned(repaired) => out.extend_from_slice(&repaired),
    }
}

/// A reader that repairs what it reads. Bytes that are not UTF-8 pass through untouched.
///
/// It reads in blocks of 64 KiB, so it wants no `BufReader` within; one around it helps those who read by lines. What comes out in all is what
/// [`Repairer::repair_bytes`] gives for the whole. Errors of the reader within are passed on, and reading can go on after them.
///
/// ```
/// use std::io::Read;
///
/// let mut text = String::new();
/// unmojibake::RepairReader::new("caf\u{C3}\u{A9}".as_bytes()).read_to_string(&mut text)?;
/// assert_eq!(text, "caf\u{E9}");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct RepairReader<R>(adapter::Reader<R, Stream>);

impl<R: Read> RepairReader<R> {
    /// A reader that repairs by the default options.
    #[must_use]
    pub fn new(inner: R) -> RepairReader<R> {
        RepairReader::with(inner, Repairer::default())
    }

    /// A reader that repairs by `repairer`.
    #[must_use]
    pub fn with(inner: R, repairer: Repairer) -> RepairReader<R> {
        RepairReader(adapter::Reader::new(inner, Stream::new(repairer)))
    }

    /// The reader within. What has been read from it but not yet given out is lost.
    #[must_use]
    pub fn into_inner(self) -> R {
        self.0.into_inner()
    }
}

impl<R: Read> Read for RepairReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.read(buf)
    }
}

/// A writer that repairs what it is given and passes it on, a line as soon as it is whole. Bytes that are not UTF-8 pass through untouched.
///
/// The end of the text has to be told by [`RepairWriter::finish`]; a writer that is dropped tries to, but cannot report an error.
///
/// ```
/// use std::io::Write;
///
/// let mut writer = unmojibake::RepairWriter::new(Vec::new());
/// writer.write_all("caf\u{C3}".as_bytes())?;
/// writer.write_all("\u{A9}".as_bytes())?;
/// assert_eq!(writer.finish()?, "caf\u{E9}".as_bytes());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct RepairWriter<W: Write>(adapter::Writer<W, Stream>);

impl<W: Write> RepairWriter<W> {
    /// A writer that repairs by the default options.
    #[must_use]
    pub fn new(inner: W) -> RepairWriter<W> {
        RepairWriter::with(inner, Repairer::default())
    }

    /// A writer that repairs by `repairer`.
    #[must_use]
    pub fn with(inner: W, repairer: Repairer) -> RepairWriter<W> {
        RepairWriter(adapter::Writer::new(inner, Stream::new(repairer)))
    }

    /// Ends the text, passes on what was held back, and gives the writer within.
    ///
    /// # Errors
    ///
    /// Those of the writer within.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}

impl<W: Write> Write for RepairWriter<W> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0.write(buf)
    }

    /// Passes on all lines that are whole.
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
