//! Readers and writers of JSON.

use std::io::{self, Read, Write};

use super::{Error, Stream};
use crate::adapter::{self, Push};
use crate::repairer::Repairer;

/// A stream, and the first line that was bad.
#[derive(Debug)]
struct Lines {
    stream: Stream,
    bad: Option<Error>,
}

impl Lines {
    fn new(repairer: Repairer) -> Lines {
        Lines {
            stream: Stream::new(repairer),
            bad: None,
        }
    }

    /// After each chunk: `ended` is what the stream had to say of it.
    fn hear(&mut self, ended: Result<(), Error>) -> io::Result<()> {
        let first = self.stream.bad_lines().next();
        self.bad = self.bad.take().or(first);
        ended.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

impl Push for Lines {
    fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        let pushed = self.stream.push(chunk, out);
        self.hear(pushed)
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let finished = self.stream.finish(out);
        self.hear(finished)?;
        match self.bad.take() {
            Some(bad) => self.hear(Err(bad)),
            None => Ok(()),
        }
    }
}

/// A reader that repairs the strings of the JSON it reads.
///
/// Where a document is not JSON, reading fails with an [`Error`] within, after all that came before; where lines are not, at the end of the text.
/// Errors of the reader within are passed on, and reading can go on after them.
///
/// ```
/// use std::io::Read;
///
/// let mut text = String::new();
/// let mut reader = unmojibake::json::RepairReader::new(&br#"["caf\u00c3\u00a9"] ]"#[..]);
/// let error = reader.read_to_string(&mut text).expect_err("a bracket that closes nothing");
/// assert_eq!(text, r#"["caf\u00c3\u00a9"] ]"#);
/// let error = error.downcast::<unmojibake::json::Error>().expect("an error of JSON");
/// assert_eq!(error.column(), 21);
/// ```
#[derive(Debug)]
pub struct RepairReader<R>(adapter::Reader<R, Lines>);

impl<R: Read> RepairReader<R> {
    /// A reader that repairs by the default options.
    #[must_use]
    pub fn new(inner: R) -> RepairReader<R> {
        RepairReader::with(inner, Repairer::default())
    }

    /// A reader that repairs by `repairer`.
    #[must_use]
    pub fn with(inner: R, repairer: Repairer) -> RepairReader<R> {
        RepairReader(adapter::Reader::new(inner, Lines::new(repairer)))
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

/// A writer that repairs the strings of the JSON it is given and passes it on.
///
/// Where a document is not JSON, writing fails with an [`Error`] within, and what came before has been passed on; where lines are not, [`RepairWriter::finish`] fails,
/// and all has been passed on. A writer that is dropped passes on what it can, but cannot report an error.
///
/// ```
/// use std::io::Write;
///
/// let mut writer = unmojibake::json::RepairWriter::new(Vec::new());
/// writer.write_all(br#"["caf\u00"#)?;
/// writer.write_all(br#"c3\u00a9"]"#)?;
/// assert_eq!(writer.finish()?, "[\"caf\u{E9}\"]".as_bytes());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct RepairWriter<W: Write>(adapter::Writer<W, Lines>);

impl<W: Write> RepairWriter<W> {
    /// A writer that repairs by the default options.
    #[must_use]
    pub fn new(inner: W) -> RepairWriter<W> {
        RepairWriter::with(inner, Repairer::default())
    }

    /// A writer that repairs by `repairer`.
    #[must_use]
    pub fn with(inner: W, repairer: Repairer) -> RepairWriter<W> {
        RepairWriter(adapter::Writer::new(inner, Lines::new(repairer)))
    }

    /// Ends the text, passes on what was held back, and gives the writer within.
    ///
    /// # Errors
    ///
    /// Those of the writer within, and where the text is not JSON.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}

impl<W: Write> Write for RepairWriter<W> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0.write(buf)
    }

    /// Passes on all that is certain.
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
