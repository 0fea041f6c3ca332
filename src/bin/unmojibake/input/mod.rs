//! What is read: files and standard input, cut into pieces that can be repaired apart.
//!
//! A [`text::Text`] is one of them, and tells of each piece what may be repaired in it. [`Input`] is all of them behind each other, as the filter reads them;
//! [`files`] lists them for the modes that take them one by one.

pub(crate) mod block;
pub(crate) mod coding;
mod decoded;
mod directives;
pub(crate) mod files;
mod ignored;
mod packed;
pub(crate) mod place;
pub(crate) mod source;
pub(crate) mod text;

use std::io;
use std::path::PathBuf;
use std::vec;

use block::Block;
use text::{Rules, Text};

use crate::message::Voice;

/// A file that could not be read, or not to its end.
pub(crate) struct Unreadable {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

/// All inputs, one behind the other. Each is a text of its own: its last line is judged without what the next begins with.
pub(crate) struct Input {
    paths: vec::IntoIter<PathBuf>,
    rules: Rules,
    /// The one that is being read.
    open: Option<(PathBuf, Text)>,
    voice: Voice,
}

impl Input {
    pub(crate) fn new(paths: Vec<PathBuf>, rules: Rules, voice: Voice) -> Input {
        Input {
            paths: paths.into_iter(),
            rules,
            open: None,
            voice,
        }
    }

    /// Leaves the file that is being read, for what is wrong in its last piece.
    pub(crate) fn give_up(&mut self, error: io::Error) -> Option<Unreadable> {
        let (path, _) = self.open.take()?;
        Some(Unreadable { path, error })
    }

    /// Reads the next piece, or tells which file cannot be read; `None` at the end of the last one.
    pub(crate) fn next(&mut self, block: &mut Block) -> Option<Result<(), Unreadable>> {
        loop {
            let (path, mut text) = match self.open.take() {
                Some(open) => open,
                None => {
                    let path = self.paths.next()?;
                    match Text::open(&path, self.rules) {
                        Ok(text) => {
                            self.voice.looks_at(&path);
                            (path, text)
                        }
                        Err(error) => return Some(Err(Unreadable { path, error })),
                    }
                }
            };
            match text.next(block) {
                Ok(true) => {
                    self.open = Some((path, text));
                    return Some(Ok(()));
                }
                Ok(false) => {}
                Err(error) => return Some(Err(Unreadable { path, error })),
            }
        }
    }
}
