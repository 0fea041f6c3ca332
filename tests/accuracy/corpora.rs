//! The clean texts of `fixtures/corpora`: those for accuracy, and those that the benches repeat.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = "fixtures/corpora";
const FOR_ACCURACY: &str = "fixtures/corpora/accuracy";

/// A clean text.
pub struct Corpus {
    /// The path from the folder, without its ending: `udhr/fr`.
    pub name: String,
    pub text: String,
}

/// All clean texts, those for the benches too.
pub fn all() -> Vec<Corpus> {
    let mut corpora = in_folder(Path::new(ROOT), Path::new(ROOT));
    corpora.extend(for_accuracy());
    corpora
}

/// The texts for accuracy: the declarations of human rights, everyday sentences, signs of all kinds.
pub fn for_accuracy() -> Vec<Corpus> {
    let root = Path::new(FOR_ACCURACY);
    let folders = ["everyday", "signs", "udhr"];
    folders
        .iter()
        .flat_map(|folder| in_folder(root, &root.join(folder)))
        .collect()
}

/// The texts of a folder by name, so that the order is the same everywhere.
fn in_folder(root: &Path, folder: &Path) -> Vec<Corpus> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let name = path.strip_prefix(root).unwrap().with_extension("");
        Corpus {
            name: name.to_str().unwrap().replace('\\', "/"),
            text,
        }
    };
    paths.iter().map(read).collect()
}
