//! The way back: a list of what was renamed, a JSON object a line, each written before it is done. Read from its end, it is undone.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::rename;
use crate::args::Args;
use crate::exit::Exit;
use crate::input::source::is_stdin;
use crate::message::{self, Voice};
use crate::report::name;

/// What the list is called if nobody says, in the current folder.
const NAME: &str = "unmojibake-undo";
const EXTENSION: &str = "jsonl";

pub(super) struct List {
    file: File,
    path: PathBuf,
}

/// A file that was renamed. A path that is not UTF-8 is given in hexadecimal too. Paths are absolute, so it does not matter from where it is undone.
#[derive(Serialize, Deserialize)]
struct Renamed {
    old: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_bytes: Option<String>,
    new: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_bytes: Option<String>,
}

impl List {
    /// A new file, which takes nobody's place.
    pub(super) fn create(path: Option<&Path>) -> Result<List, (PathBuf, io::Error)> {
        let numbered = |number: u32| match number {
            1 => PathBuf::from(format!("{NAME}.{EXTENSION}")),
            _ => PathBuf::from(format!("{NAME}-{number}.{EXTENSION}")),
        };
        let mut number = 1;
        loop {
            let path = path.map_or_else(|| numbered(number), Path::to_owned);
            match File::create_new(&path) {
                Ok(file) => return Ok(List { file, path }),
                Err(error)
                    if error.kind() == io::ErrorKind::AlreadyExists && path == numbered(number) =>
                {
                    number += 1;
                }
                Err(error) => return Err((path, error)),
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes it away, since there is nothing in it.
    pub(super) fn remove(self) {
        drop(self.file);
        // Should it stay, it harms nobody.
        let _ = fs::remove_file(self.path);
    }

    /// Notes it down, and renames. What could not be done is taken off the list again.
    pub(super) fn rename(&mut self, old: &Path, new: &Path) -> io::Result<()> {
        let (old_path, new_path) = (absolute(old)?, absolute(new)?);
        let bytes = |path: &Path| name::hex_unless_utf8(path.as_os_str().as_encoded_bytes());
        let renamed = Renamed {
            old: name::lossy(&old_path).into_owned(),
            old_bytes: bytes(&old_path),
            new: name::lossy(&new_path).into_owned(),
            new_bytes: bytes(&new_path),
        };
        let line = serde_json::to_string(&renamed)? + "\n";
        let end = self.file.stream_position()?;
        let noted = self.file.write_all(line.as_bytes());
        noted
            .and_then(|()| rename::rename(old, new))
            .inspect_err(|_| {
                // If that fails too, nothing is found of it when it is to be undone.
                let _ = self.file.set_len(end);
                let _ = self.file.seek(SeekFrom::Start(end));
            })
    }
}

/// A path from the root on, in which no name is that may be another one by the time it is undone, but for those that are undone before.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let name = path.file_name().unwrap_or_default();
    Ok(fs::canonicalize(folder)?.join(name))
}

/// Reads a list, which may have been edited.
fn read(list: &Path) -> io::Result<Vec<Renamed>> {
    let mut text = Vec::new();
    match is_stdin(list) {
        true => io::stdin().read_to_end(&mut text)?,
        false => File::open(list)?.read_to_end(&mut text)?,
    };
    let objects = serde_json::Deserializer::from_slice(&text).into_iter();
    objects.collect::<Result<_, _>>().map_err(|error| {
        let message = format!("no list of renamed files: {error}");
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}

/// Takes back what a list has, from its end.
pub(crate) fn run(args: &Args, list: &Path) -> Exit {
    let all = match read(list) {
        Ok(all) => all,
        Err(error) => return message::cannot_undo(list, &error),
    };
    let (mut exit, mut done) = (Exit::Done, 0);
    for renamed in all.iter().rev() {
        let old = path(&renamed.old, renamed.old_bytes.as_deref());
        let new = path(&renamed.new, renamed.new_bytes.as_deref());
        let result = match (old, &new) {
            (Some(old), Some(new)) => rename::rename(new, &old),
            _ => Err(io::ErrorKind::InvalidFilename.into()),
        };
        match result {
            Ok(()) => done += 1,
            Err(error) => {
                let new = new.unwrap_or_else(|| PathBuf::from(&renamed.new));
                exit = exit.max(message::keeps_name(&new, &message::cause(&error)));
            }
        }
    }
    Voice::new(args).sums_up(&format!("{done} of {} names taken back", all.len()));
    exit
}

fn path(text: &str, hex: Option<&str>) -> Option<PathBuf> {
    let Some(hex) = hex else {
        return Some(PathBuf::from(text));
    };
    let (pairs, _) = hex.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Vec<u8> = pairs.iter().map(byte).collect::<Option<_>>()?;
    rename::name(&bytes).map(PathBuf::from)
}
