//! Finds what is to be repaired.

use super::{News, Stop, Tell, Worker};
use crate::args::Form;
use crate::finding;
use crate::input::block::Block;
use crate::input::files::Listed;
use crate::input::place::Place;

/// Tells of the first `most` edits, as they are found.
pub(super) fn run(
    worker: &Worker,
    file: &Listed,
    most: usize,
    block: &mut Block,
    tell: &mut Tell<'_>,
) -> Result<(), Stop> {
    if let Some(form) = worker.form {
        return run_formed(worker, file, form, most, tell);
    }
    let mut text = worker.open(file)?;
    let mut place = Place::START;
    let mut left = most;
    while left > 0 && worker.next(file, &mut text, block)? {
        let found = finding::all(block, &worker.repairer, left, &mut place);
        if !found.is_empty() {
            left -= found.len();
            tell(News::Found(found))?;
        }
    }
    Ok(())
}

/// The same in a file of some form.
fn run_formed(
    worker: &Worker,
    file: &Listed,
    form: Form,
    most: usize,
    tell: &mut Tell<'_>,
) -> Result<(), Stop> {
    let mut text = worker.open_formed(file, form)?;
    let mut left = most;
    while left > 0 && worker.next_formed(file, &mut text, &mut Vec::new(), tell)? {
        let mut found = text.settle().findings;
        found.truncate(left);
        if !found.is_empty() {
            left -= found.len();
            tell(News::Found(found))?;
        }
    }
    Ok(())
}
