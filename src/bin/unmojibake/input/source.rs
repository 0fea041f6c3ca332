//! What bytes come from.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::args::STDIN;

pub(crate) enum Source {
    File(File),
    Stdin(io::Stdin),
}

impl Source {
    pub(crate) fn open(path: &Path) -> io::Result<Source> {
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
