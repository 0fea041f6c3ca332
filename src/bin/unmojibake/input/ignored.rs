//! What [`IGNORE_FILE`] says of files that are named one by one. In folders, the walk asks it itself.
//!
//! Hooks name the files that are to be looked at, so it has to hold for those too, or a list of exceptions would not be one.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The file that lists, in the way of `.gitignore`, what is left out in its folder and below.
pub(crate) const IGNORE_FILE: &str = ".unmojibakeignore";

/// The lists that have been read, by folder.
#[derive(Default)]
pub(crate) struct Ignored(HashMap<PathBuf, Option<Gitignore>>);

impl Ignored {
    /// Whether the file is left out. The list in the nearest folder that says anything of it has the word.
    pub(crate) fn has(&mut self, path: &Path) -> bool {
        let Ok(path) = std::path::absolute(path) else {
            return false;
        };
        for folder in path.ancestors().skip(1) {
            let list = self
                .0
                .entry(folder.to_owned())
                .or_insert_with(|| read(folder));
            let said = list
                .as_ref()
                .map(|list| list.matched_path_or_any_parents(&path, false));
            match said {
                None | Some(Match::None) => {}
                Some(Match::Ignore(_)) => return true,
                Some(Match::Whitelist(_)) => return false,
            }
        }
        false
    }
}

/// A line in it that is no pattern is passed over, as in the walk.
fn read(folder: &Path) -> Option<Gitignore> {
    let file = folder.join(IGNORE_FILE);
    if !file.is_file() {
        return None;
    }
    let mut builder = GitignoreBuilder::new(folder);
    builder.add(file);
    builder.build().ok()
}
