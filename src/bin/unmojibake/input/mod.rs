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
mod utf16;

use std::io;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec;

use block::Block;
use text::{Rules, Text};

use crate::message::Voice;

/// A file that could not be read, or not to its end.
pub(crate) struct Unreadable {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

/// The text that a piece is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) path: Arc<Path>,
    /// How many texts come before it: a file may be given twice.
    number: usize,
}

impl Origin {
    /// Why it cannot be done to its end.
    pub(crate) fn fails(&self, error: io::Error) -> Unreadable {
        Unreadable {
            path: self.path.to_path_buf(),
            error,
        }
    }
}

/// All inputs, one behind the other. Each is a text of its own: its last line is judged without what the next begins with.
pub(crate) struct Input {
    paths: iter::Enumerate<vec::IntoIter<PathBuf>>,
    rules: Rules,
    /// The one that is being read.
    open: Option<(Origin, Text)>,
    voice: Voice,
}

impl Input {
    pub(crate) fn new(paths: Vec<PathBuf>, rules: Rules, voice: Voice) -> Input {
        Input {
            paths: paths.into_iter().enumerate(),
            rules,
            open: None,
            voice,
        }
    }

    /// Leaves a text, if it is being read, for what is wrong in one of its pieces.
    pub(crate) fn give_up(&mut self, origin: &Origin) {
        if self.open.as_ref().is_some_and(|(open, _)| open == origin) {
            self.open = None;
        }
    }

    /// Reads the next piece, or tells which file cannot be read; `None` at the end of the last one.
    pub(crate) fn next(&mut self, block: &mut Block) -> Option<Result<(), Unreadable>> {
        loop {
            let (origin, mut text) = match self.open.take() {
                Some(open) => open,
                None => {
                    let (number, path) = self.paths.next()?;
                    match Text::open(&path, self.rules) {
                        Ok(text) => {
                            self.voice.looks_at(&path);
                            let path = Arc::from(path);
                            (Origin { path, number }, text)
                        }
                        Err(error) => return Some(Err(Unreadable { path, error })),
                    }
                }
            };
            match text.next(block) {
                Ok(true) => {
                    block.set_origin(origin.clone());
                    self.open = Some((origin, text));
                    return Some(Ok(()));
                }
                Ok(false) => {}
                Err(error) => return Some(Err(origin.fails(error))),
            }
        }
    }
}
