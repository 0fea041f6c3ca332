//! Finds what is to be repaired.

use super::{News, Stop, Tell, Worker};
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
