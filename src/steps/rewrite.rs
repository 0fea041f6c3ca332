//! Text that is written anew with some stretches replaced, and the account of which.

use std::ops::Range;

/// A stretch, and what took its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// The bytes of the text as it was.
    pub before: Range<usize>,
    /// The bytes of the text as it became.
    pub after: Range<usize>,
}

/// Text in which something changed.
pub(crate) struct Rewritten {
    pub text: String,
    /// In order.
    pub changes: Vec<Change>,
}

impl Rewritten {
    /// What took the place of something else.
    pub(crate) fn written(&self) -> impl Iterator<Item = &str> {
        let text = |place| self.text.get(place);
        self.places().filter_map(text)
    }

    /// Where that is.
    pub(crate) fn places(&self) -> impl Iterator<Item = Range<usize>> {
        self.changes.iter().map(|change| change.after.clone())
    }
}

/// A text on its way from left to right.
pub(crate) struct Rewrite<'t> {
    text: &'t str,
    out: String,
    /// What of the text has been copied or replaced.
    done: usize,
    changes: Vec<Change>,
}

/// By how many bytes a text may grow before it needs more room.
const GROWTH: usize = 32;

impl<'t> Rewrite<'t> {
    pub(crate) fn new(text: &'t str) -> Rewrite<'t> {
        Rewrite {
            text,
            out: String::new(),
            done: 0,
            changes: Vec::new(),
        }
    }

    /// One that has room for so many changes.
    pub(crate) fn with_room(text: &'t str, changes: usize) -> Rewrite<'t> {
        Rewrite {
            changes: Vec::with_capacity(changes),
            ..Rewrite::new(text)
        }
    }

    /// Copies what stands before a place.
    pub(crate) fn copy_to(&mut self, place: usize) {
        if self.out.capacity() == 0 {
            self.out = String::with_capacity(self.text.len() + GROWTH);
        }
        self.out
            .push_str(self.text.get(self.done..place).unwrap_or_default());
        self.done = place;
    }

    /// What has been written.
    pub(crate) fn written(&self) -> &str {
        &self.out
    }

    /// Puts something in the place of a stretch that comes behind all that was replaced.
    pub(crate) fn replace(&mut self, stretch: Range<usize>, with: &str) {
        self.copy_to(stretch.start);
        self.put(stretch.start, stretch.end, with);
    }

    /// Puts something in the place of all that was written from `from` on, and of what comes next in the text, up to `to`.
    pub(crate) fn replace_back(&mut self, from: usize, to: usize, with: &str) {
        let (mut start, mut cut) = (None, from);
        while let Some(last) = self.changes.pop_if(|last| last.after.end > from) {
            if last.after.start <= from {
                (start, cut) = (Some(last.before.start), last.after.start);
            }
        }
        // Else it was copied, behind the last change that stays.
        let start = start.unwrap_or_else(|| {
            let ends = |last: &Change| (last.before.end, last.after.end);
            let (before, after) = self.changes.last().map_or((0, 0), ends);
            before + (from - after)
        });
        let kept = self.out.get(cut..from).unwrap_or_default().to_owned();
        self.out.truncate(cut);
        self.put(start, to, &(kept + with));
    }

    fn put(&mut self, start: usize, end: usize, with: &str) {
        let after = self.out.len();
        self.out.push_str(with);
        self.changes.push(Change {
            before: start..end,
            after: after..self.out.len(),
        });
        self.done = end;
    }

    /// The text with all changes, if there are any.
    pub(crate) fn finish(mut self) -> Option<Rewritten> {
        if self.changes.is_empty() {
            return None;
        }
        self.copy_to(self.text.len());
        Some(Rewritten {
            text: self.out,
            changes: self.changes,
        })
    }
}
