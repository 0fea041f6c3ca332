//! Repairs a file in place.
//!
//! Nothing is written until something is found: a file without mojibake stays the very file that it was.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{News, Stop, Tell, Worker, unreadable};
use crate::args::Form;
use crate::form::Formed;
use crate::input::block::Block;
use crate::input::files::Listed;
use crate::input::source::Source;
use crate::input::text::Text;
use crate::replacement::Replacement;

/// Stands for the name of the file in a suffix, as in `sed -i`.
const NAME: char = '*';

pub(super) fn run(
    worker: &Worker,
    file: &Listed,
    suffix: &OsStr,
    block: &mut Block,
    tell: &mut Tell<'_>,
) -> Result<(), Stop> {
    let old = File::open(&file.path).map_err(unreadable)?;
    if !old.metadata().map_err(unreadable)?.is_file() {
        return Err(unwritable(io::Error::other("not a regular file")));
    }
    let source = Source::new(old.try_clone().map_err(unreadable)?, worker.rules);
    if let Some(form) = worker.form {
        return run_formed(worker, file, form, source, suffix, tell);
    }
    let mut text = Text::new(source, worker.rules);
    let mut new: Option<Replacement> = None;
    let (mut sound, mut changed) = (0, false);
    while worker.next(file, &mut text, block)? {
        let repaired = block.repair(&worker.repairer);
        changed |= matches!(repaired, Cow::Owned(_));
        // What is written in another way than it was read has to be written from the beginning, and is dropped if nothing changes.
        if !changed && block.coding().is_plain() {
            sound += repaired.len() as u64;
            continue;
        }
        if new.is_none() {
            new = Some(begin(&file.path, &old, sound).map_err(unwritable)?);
        }
        let repaired = block.encode(repaired);
        let repaired = repaired.map_err(|unheld| unwritable(unheld.error))?;
        if let Some(new) = &mut new {
            new.write_all(&repaired).map_err(unwritable)?;
        }
    }
    // Not every system replaces a file that is open.
    drop((text, old));
    if let Some(new) = new.filter(|_| changed) {
        put_in_place(new, suffix).map_err(unwritable)?;
        tell(News::Repaired)?;
    }
    Ok(())
}

/// The same for a file of some form. As it cannot be told where in it the first edit is, it is written all over, and dropped if there was none.
fn run_formed(
    worker: &Worker,
    file: &Listed,
    form: Form,
    source: Source,
    suffix: &OsStr,
    tell: &mut Tell<'_>,
) -> Result<(), Stop> {
    let mut text = Formed::new(source, form, &worker.repairer);
    let mut new = Replacement::of(&file.path).map_err(unwritable)?;
    let mut repaired = Vec::new();
    while worker.next_formed(file, &mut text, &mut repaired, tell)? {
        new.write_all(&repaired).map_err(unwritable)?;
    }
    let edits = text.edits();
    // Not every system replaces a file that is open.
    drop(text);
    if edits > 0 {
        put_in_place(new, suffix).map_err(unwritable)?;
        tell(News::Repaired)?;
    }
    Ok(())
}

/// A file that begins as the old one does, which has been read further already.
fn begin(path: &Path, mut old: &File, sound: u64) -> io::Result<Replacement> {
    let mut new = Replacement::of(path)?;
    let place = old.stream_position()?;
    old.rewind()?;
    io::copy(&mut old.take(sound), &mut new)?;
    old.seek(SeekFrom::Start(place))?;
    Ok(new)
}

fn put_in_place(new: Replacement, suffix: &OsStr) -> io::Result<()> {
    if !suffix.is_empty() {
        let backup = backup(new.target(), suffix);
        new.keep_old_as(&backup).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", backup.display()))
        })?;
    }
    new.commit()
}

/// The suffix is put behind the name; or, if the name has a place in it, that is what it says.
fn backup(path: &Path, suffix: &OsStr) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let Some(form) = suffix.to_str().filter(|form| form.contains(NAME)) else {
        let mut backup = name.to_owned();
        backup.push(suffix);
        return path.with_file_name(backup);
    };
    let mut backup = OsString::new();
    for (number, part) in form.split(NAME).enumerate() {
        if number > 0 {
            backup.push(name);
        }
        backup.push(part);
    }
    path.parent().unwrap_or(Path::new("")).join(backup)
}

fn unwritable(error: io::Error) -> Stop {
    Stop::News(News::Unwritable(error))
}
