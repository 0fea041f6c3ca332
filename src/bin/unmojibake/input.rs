//! The inputs: files and standard input, in order, cut into pieces that can be repaired apart.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::vec;

use crate::args::STDIN;
use crate::block::Block;

/// A file that could not be read, or not to its end.
pub(crate) struct Unreadable {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

/// All inputs, one behind the other. Each is a text of its own: its last line is judged without what the next begins with.
pub(crate) struct Input {
    paths: vec::IntoIter<PathBuf>,
    /// The file that is being read.
    open: Option<(PathBuf, Source)>,
    /// What has been read of it but was not complete.
    rest: Vec<u8>,
    /// Why it could not be read on, to be told when what was read of it is out.
    failed: Option<Unreadable>,
}

impl Input {
    pub(crate) fn new(paths: Vec<PathBuf>) -> Input {
        Input {
            paths: paths.into_iter(),
            open: None,
            rest: Vec::new(),
            failed: None,
        }
    }

    /// Reads the next piece, or tells which file cannot be read; `None` at the end of the last one.
    ///
    /// It waits only until a line is there, not until the block is full: whoever waits at the end of a slow pipe wants that line.
    pub(crate) fn next(&mut self, block: &mut Block) -> Option<Result<(), Unreadable>> {
        loop {
            if let Some(failed) = self.failed.take() {
                return Some(Err(failed));
            }
            let (path, mut source) = match self.open.take() {
                Some(open) => open,
                None => {
                    let path = self.paths.next()?;
                    match Source::open(&path) {
                        Ok(source) => (path, source),
                        Err(error) => return Some(Err(Unreadable { path, error })),
                    }
                }
            };
            block.begin(&self.rest);
            self.rest.clear();
            match read_piece(&mut source, block) {
                Ok(0) => {}
                Ok(complete) => {
                    block.split_off(complete, &mut self.rest);
                    self.open = Some((path, source));
                }
                Err(error) => self.failed = Some(Unreadable { path, error }),
            }
            if !block.text().is_empty() {
                return Some(Ok(()));
            }
        }
    }
}

/// Reads until some of the block is complete, and tells how much; 0 at the end.
fn read_piece(source: &mut Source, block: &mut Block) -> io::Result<usize> {
    loop {
        match block.read(source) {
            Ok(0) => return Ok(0),
            Ok(_) => {
                let complete = unmojibake::complete_up_to(block.text());
                if complete > 0 {
                    return Ok(complete);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// What bytes come from.
enum Source {
    File(File),
    Stdin(io::Stdin),
}

impl Source {
    fn open(path: &Path) -> io::Result<Source> {
        if is_stdin(path) {
            Ok(Source::Stdin(io::stdin()))
        } else {
            File::open(path).map(Source::File)
        }
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::File(file) => file.read(buffer),
            // It has a buffer of its own, which reads of this size go past.
            Source::Stdin(stdin) => stdin.read(buffer),
        }
    }
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    // Not as paths, for which `-/` is the same as `-`.
    path.as_os_str() == OsStr::new(STDIN)
}
