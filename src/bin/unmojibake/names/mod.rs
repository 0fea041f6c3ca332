//! The names of files and folders: what they would be repaired, or their repair.
//!
//! Of a path the last name is repaired, and what is deepest comes first, so that all paths hold until their turn has come. Nothing takes the place of anything: a name that is there
//! already is not given again.

mod paths;
mod rename;
mod undo;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use unmojibake::Repairer;

use crate::args::{Args, Rename};
use crate::escape::quoted_whole;
use crate::exit::Exit;
use crate::message::{self, Voice};
use undo::List;

pub(crate) use undo::run as undo;

/// Repairs the names that are given, or tells what would be done.
pub(crate) fn run(args: &Args, rename: Rename) -> Exit {
    let (paths, exit) = paths::all(args.files(), args.has_records());
    let mut renaming = Renaming {
        repairer: Repairer::new(args.options()),
        rename,
        list: None,
        taken: HashSet::new(),
        exit,
        done: 0,
    };
    for path in &paths {
        if renaming.one(path).is_err() {
            break;
        }
    }
    Voice::new(args).sums_up(&renaming.summary());
    if let Some(list) = renaming.list
        && renaming.done == 0
    {
        list.remove();
    }
    renaming.exit
}

struct Renaming {
    repairer: Repairer,
    rename: Rename,
    /// What has been done, once something is.
    list: Option<List>,
    /// The names that would have been given.
    taken: HashSet<PathBuf>,
    exit: Exit,
    done: u64,
}

/// There is no use in going on. Why has been told.
struct Stop;

impl Renaming {
    /// Repairs the name at the end of a path, if there is anything to repair.
    fn one(&mut self, path: &Path) -> Result<(), Stop> {
        let Some(new) = path.file_name().and_then(|name| self.repaired(name)) else {
            return Ok(());
        };
        let new = match new {
            Ok(new) => path.with_file_name(new),
            Err(name) => {
                let why = format!("it would become {name}, which is no name");
                self.exit = self.exit.max(message::keeps_name(path, &why));
                return Ok(());
            }
        };
        let done = match (rename::is_there(&new), &self.rename) {
            (Err(error), _) => Err(error),
            (Ok(true), _) => Err(io::ErrorKind::AlreadyExists.into()),
            (Ok(false), Rename::Dry) => self.would_rename(&new),
            (Ok(false), Rename::Real { .. }) => self.list()?.rename(path, &new),
        };
        if let Err(error) = done {
            let why = match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    format!("{} is there already", quoted(&new))
                }
                _ => message::cause(&error),
            };
            self.exit = self.exit.max(message::keeps_name(path, &why));
            return Ok(());
        }
        self.done += 1;
        let line = format!("{} -> {}\n", quoted(path), quoted(&new));
        io::stdout().write_all(line.as_bytes()).map_err(|error| {
            self.exit = self.exit.max(message::cannot_write(None, &error));
            Stop
        })
    }

    /// What becomes of a name, if anything does; or how it would be, if that is no name.
    fn repaired(&self, name: &OsStr) -> Option<Result<PathBuf, String>> {
        let Cow::Owned(new) = self.repairer.repair_bytes(name.as_encoded_bytes()) else {
            return None;
        };
        let special = |byte: &u8| *byte == 0 || std::path::is_separator(char::from(*byte));
        let is_name = !new.iter().any(special) && !matches!(new[..], [] | [b'.'] | [b'.', b'.']);
        let as_name = rename::name(&new).filter(|_| is_name);
        Some(as_name.map(PathBuf::from).ok_or_else(|| quoted_whole(&new)))
    }

    fn would_rename(&mut self, new: &Path) -> io::Result<()> {
        match self.taken.insert(new.to_owned()) {
            true => Ok(()),
            false => Err(io::ErrorKind::AlreadyExists.into()),
        }
    }

    /// The list for the way back, without which nothing is renamed.
    fn list(&mut self) -> Result<&mut List, Stop> {
        if self.list.is_none() {
            let Rename::Real { list } = &self.rename else {
                return Err(Stop);
            };
            match List::create(list.as_deref()) {
                Ok(list) => self.list = Some(list),
                Err((path, error)) => {
                    self.exit = self.exit.max(message::cannot_list(&path, &error));
                    return Err(Stop);
                }
            }
        }
        self.list.as_mut().ok_or(Stop)
    }

    fn summary(&self) -> String {
        let names = match self.done {
            1 => "1 name".to_owned(),
            count => format!("{count} names"),
        };
        match (&self.rename, &self.list) {
            (Rename::Dry, _) if self.done > 0 => format!("{names} to repair; --rename does it"),
            (Rename::Dry, _) => format!("{names} to repair"),
            (Rename::Real { .. }, Some(list)) if self.done > 0 => {
                let list = list.path().display();
                format!("{names} repaired; --undo {list} takes it back")
            }
            (Rename::Real { .. }, _) => format!("{names} repaired"),
        }
    }
}

fn quoted(path: &Path) -> String {
    quoted_whole(path.as_os_str().as_encoded_bytes())
}
