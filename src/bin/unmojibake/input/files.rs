//! The files that are named, and those in the folders that are.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{WalkBuilder, WalkState};

use super::ignored::{IGNORE_FILE, Ignored};
use super::source::is_stdin;
use crate::args::{Args, Mode, Task};
use crate::exit::Exit;
use crate::message::{self, Voice};

/// What `git` keeps its own files in. There is text in it, of which a repair would make rubbish.
const GIT: &str = ".git";

/// A file to be looked at.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) path: PathBuf,
    /// Whether it was named, and is taken whatever it holds.
    pub(crate) named: bool,
}

/// All files, each once: in the order of the arguments, and by name within a folder. Of what cannot be read it tells, and what that means for the exit code.
pub(crate) fn list(args: &Args, voice: Voice) -> (Vec<Listed>, Exit) {
    let globs = match globs(args.globs()) {
        Ok(globs) => globs,
        Err(error) => return (Vec::new(), message::bad_glob(&error)),
    };
    let mut ignored = args.obeys_ignore_files().then(Ignored::default);
    let mut exit = Exit::Done;
    let mut files = Vec::new();
    let paths = args.inputs();
    for path in &paths {
        if !is_stdin(path) && path.is_dir() {
            exit = exit.max(walk(path, args, &globs, &mut files));
        } else if !is_stdin(path) && ignored.as_mut().is_some_and(|ignored| ignored.has(path)) {
            voice.passes_over(path, &format!("left out by {IGNORE_FILE}"), false);
        } else {
            files.push(Listed {
                path: path.clone(),
                named: true,
            });
        }
    }
    if paths.len() > 1 {
        // Two names of one file are told of as two, but two threads must not replace it at a time.
        let one_by_one = matches!(args.mode(), Mode::Each(Task::Repair(_)));
        let mut seen = HashSet::new();
        files.retain(|file| {
            let real = fs::canonicalize(&file.path).ok().filter(|_| one_by_one);
            seen.insert(real.unwrap_or_else(|| file.path.clone()))
        });
    }
    (files, exit)
}

/// Adds the files in a folder and in the folders in it.
fn walk(folder: &Path, args: &Args, globs: &Override, files: &mut Vec<Listed>) -> Exit {
    let mut builder = WalkBuilder::new(folder);
    builder
        .standard_filters(args.obeys_ignore_files())
        .hidden(!args.takes_hidden())
        .overrides(globs.clone())
        .threads(args.jobs())
        // A file in which the findings are kept quotes what was found, and would never end.
        .skip_stdout(true)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != GIT);
    if args.obeys_ignore_files() {
        builder.add_custom_ignore_filename(IGNORE_FILE);
    }
    let (send, entries) = mpsc::channel();
    builder.build_parallel().run(|| {
        let send = send.clone();
        Box::new(move |entry| {
            // Of links, pipes and the like nothing is read. A link that leads to a file in the folder would only have it looked at twice.
            let is_file = |kind: fs::FileType| kind.is_file();
            if entry
                .as_ref()
                .map_or(true, |entry| entry.file_type().is_some_and(is_file))
            {
                let _ = send.send(entry.map(ignore::DirEntry::into_path));
            }
            WalkState::Continue
        })
    });
    drop(send);
    let mut exit = Exit::Done;
    let first = files.len();
    for entry in entries {
        match entry {
            Ok(path) => files.push(Listed {
                path: path.strip_prefix(".").map_or(path.clone(), Path::to_owned),
                named: false,
            }),
            Err(error) => exit = exit.max(message::cannot_walk(&error)),
        }
    }
    files[first..].sort_by(|a, b| a.path.cmp(&b.path));
    exit
}

/// As by other tools, they are about paths from the current folder on.
fn globs(globs: &[String]) -> Result<Override, ignore::Error> {
    let mut builder = OverrideBuilder::new(".");
    for glob in globs {
        builder.add(glob)?;
    }
    builder.build()
}
