//! What readers and writers have in common that put what runs through them into other form. What form that is, the [`Push`] within them says.

use std::io::{self, Read, Write};

/// How much is read from, or taken by, an adapter at a time, in bytes.
const BLOCK: usize = 64 * 1024;

/// Takes text in chunks, and gives what becomes of it.
pub(crate) trait Push {
    /// Takes a chunk, and appends to `out` what is certain by now, which is good even if there is an error.
    fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()>;

    /// Appends the rest to `out`.
    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()>;
}

#[derive(Debug)]
pub(crate) struct Reader<R, P> {
    inner: R,
    push: P,
    block: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
    /// What is to be told when all that is ready has been given.
    failed: Option<io::Error>,
}

impl<R, P> Reader<R, P> {
    pub(crate) fn new(inner: R, push: P) -> Reader<R, P> {
        Reader {
            inner,
            push,
            block: Vec::new(),
            ready: Vec::new(),
            given: 0,
            ended: false,
            failed: None,
        }
    }

    pub(crate) fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read, P: Push> Read for Reader<R, P> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !buf.is_empty() {
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            if self.ended {
                break;
            }
            self.ready.clear();
            self.given = 0;
            self.block.resize(BLOCK, 0);
            let length = self.inner.read(&mut self.block)?;
            let pushed = match self.block.get(..length) {
                Some(chunk) if !chunk.is_empty() => self.push.push(chunk, &mut self.ready),
                _ => {
                    self.ended = true;
                    self.push.finish(&mut self.ready)
                }
            };
            if let Err(error) = pushed {
                self.ended = true;
                self.failed = Some(error);
            }
        }
        let mut left = self.ready.get(self.given..).unwrap_or_default();
        let length = left.read(buf)?;
        self.given += length;
        Ok(length)
    }
}

#[derive(Debug)]
pub(crate) struct Writer<W: Write, P: Push> {
    /// `None` only after [`Writer::finish`].
    inner: Option<W>,
    push: P,
    /// Text that `inner` has not taken yet.
    pending: Vec<u8>,
}

impl<W: Write, P: Push> Writer<W, P> {
    pub(crate) fn new(inner: W, push: P) -> Writer<W, P> {
        Writer {
            inner: Some(inner),
            push,
            pending: Vec::new(),
        }
    }

    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.end()?;
        self.inner.take().ok_or_else(|| io::ErrorKind::Other.into())
    }

    fn end(&mut self) -> io::Result<()> {
        let finished = self.push.finish(&mut self.pending);
        self.pass_on()?;
        finished
    }

    /// Writes what is pending. After an error, what was not taken stays pending.
    fn pass_on(&mut self) -> io::Result<()> {
        let Some(inner) = &mut self.inner else {
            return Ok(());
        };
        let mut taken = 0;
        let result = loop {
            match self.pending.get(taken..) {
                None | Some([]) => break Ok(()),
                Some(rest) => match inner.write(rest) {
                    Ok(0) => break Err(io::ErrorKind::WriteZero.into()),
                    Ok(length) => taken += length,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => break Err(error),
                },
            }
        };
        self.pending.drain(..taken);
        result
    }
}

/// Bytes are accepted only once all that came before them has been passed on, so an error never hides which bytes were taken.
impl<W: Write, P: Push> Write for Writer<W, P> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.pass_on()?;
        let block = buf.get(..BLOCK).unwrap_or(buf);
        if let Err(error) = self.push.push(block, &mut self.pending) {
            self.pass_on()?;
            return Err(error);
        }
        Ok(block.len())
    }

    /// Passes on all that is certain.
    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.inner.as_mut().map_or(Ok(()), W::flush)
    }
}

impl<W: Write, P: Push> Drop for Writer<W, P> {
    fn drop(&mut self) {
        if self.inner.is_some() {
            let _ = self.end();
        }
    }
}
