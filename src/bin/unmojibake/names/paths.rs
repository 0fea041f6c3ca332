//! The paths whose last names are looked at, in an order in which they can be renamed.

use std::cmp::Reverse;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::rename;
use crate::exit::Exit;
use crate::input::Unreadable;
use crate::input::source::is_stdin;
use crate::message;

/// What `git` keeps its own files in, whose names mean something.
const GIT: &str = ".git";

/// The paths that are named with all that is in those that are folders, and those that standard input lists, which are taken alone; the deepest first. Of what is not there it tells.
pub(super) fn all(named: &[PathBuf], records: bool) -> (Vec<PathBuf>, Exit) {
    let mut found = Found {
        paths: Vec::new(),
        exit: Exit::Done,
    };
    if named.is_empty() {
        found.listed(records);
    }
    for path in named {
        if is_stdin(path) {
            found.listed(records);
        } else {
            found.named(path);
        }
    }
    let mut paths: Vec<_> = found
        .paths
        .into_iter()
        .map(|path| (Reverse(depth(&path)), path))
        .collect();
    paths.sort();
    paths.dedup();
    let paths = paths.into_iter().map(|(_, path)| path).collect();
    (paths, found.exit)
}

/// How deep a path is, whichever way it is written.
fn depth(path: &Path) -> usize {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let folder = fs::canonicalize(folder);
    folder.map_or(0, |folder| folder.components().count())
}

struct Found {
    paths: Vec<PathBuf>,
    exit: Exit,
}

impl Found {
    /// Takes the paths that standard input has, a line or record each.
    fn listed(&mut self, records: bool) {
        let mut list = Vec::new();
        if let Err(error) = io::stdin().read_to_end(&mut list) {
            self.fails(Path::new(crate::args::STDIN), error);
        }
        let end = if records { 0 } else { b'\n' };
        for path in list
            .split(|&byte| byte == end)
            .filter(|path| !path.is_empty())
        {
            if path.contains(&0) {
                let message = "NUL is in no name; -0 takes a list of names that end in NUL";
                self.fails(
                    Path::new(crate::args::STDIN),
                    io::Error::new(io::ErrorKind::InvalidInput, message),
                );
                return;
            }
            match rename::name(path).map(PathBuf::from) {
                Some(path) => self.one(path),
                None => {
                    let path =
                        PathBuf::from(OsString::from(String::from_utf8_lossy(path).into_owned()));
                    self.fails(&path, io::ErrorKind::InvalidFilename.into());
                }
            }
        }
    }

    fn one(&mut self, path: PathBuf) {
        // Without `/` and `/.` at its end: it is a name that is repaired, and of a link that of the link.
        let path = path.components().as_path().to_owned();
        match path.symlink_metadata() {
            Ok(_) => self.paths.push(path),
            Err(error) => self.fails(&path, error),
        }
    }

    /// Takes a path, and all that is in it. Links are not followed.
    fn named(&mut self, path: &Path) {
        self.one(path.to_owned());
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            if !folder
                .symlink_metadata()
                .is_ok_and(|metadata| metadata.is_dir())
            {
                continue;
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.fails(&folder, error);
                    continue;
                }
            };
            for entry in entries {
                match entry {
                    Ok(entry) if entry.file_name() == GIT => {}
                    Ok(entry) => {
                        self.paths.push(entry.path());
                        folders.push(entry.path());
                    }
                    Err(error) => self.fails(&folder, error),
                }
            }
        }
    }

    fn fails(&mut self, path: &Path, error: io::Error) {
        let failed = Unreadable {
            path: path.to_owned(),
            error,
        };
        self.exit = self.exit.max(message::cannot_read(&failed));
    }
}
