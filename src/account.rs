//! Who did what to a segment: the accounts of the repair and of the steps, put together pass by pass.

use std::ops::Range;

use crate::garble::Layer;
use crate::repair::lattice::Reading;
use crate::repair::loss::Losses;
use crate::repair::rewrite;
use crate::steps::Step;
use crate::steps::rewrite::Change;

/// A stretch that changed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The bytes of the segment as it was.
    pub before: Range<usize>,
    /// The bytes of the segment as it became.
    pub after: Range<usize>,
    /// The layers that came off, the last one first.
    pub layers: Vec<Layer>,
    pub losses: Losses,
    /// The steps that had a part in it, in the order in which they first did.
    pub steps: Vec<Step>,
}

/// What one pass over a text changed, or several, one after the other: entries in order and apart.
#[derive(Debug, Default)]
pub(crate) struct Account(Vec<Entry>);

impl Account {
    pub(crate) fn of_repair(text: &str, layers: &[Reading]) -> Account {
        let pieces = rewrite::account(text, layers).into_iter();
        let entries = pieces.map(|piece| Entry {
            before: piece.before,
            after: piece.after,
            layers: piece.layers,
            losses: piece.losses,
            steps: Vec::new(),
        });
        Account(entries.collect())
    }

    pub(crate) fn of_step(step: Step, changes: Vec<Change>) -> Account {
        let entries = changes.into_iter().map(|change| Entry {
            before: change.before,
            after: change.after,
            steps: vec![step],
            ..Entry::default()
        });
        Account(entries.collect())
    }

    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.0
    }

    /// Takes in what was changed in a text that stands behind that of this account: from `before` on as it was, from `after` on as it became.
    pub(crate) fn append(&mut self, behind: Account, before: usize, after: usize) {
        let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        self.0.extend(behind.0.into_iter().map(|entry| Entry {
            before: moved(entry.before, before),
            after: moved(entry.after, after),
            ..entry
        }));
    }

    /// This, and then `next`, over the text that this led to. Entries that have to do with the same characters become one.
    pub(crate) fn then(self, next: Account) -> Account {
        let mut first = Side::new(self.0, |entry| (&entry.after, &entry.before));
        let mut second = Side::new(next.0, |entry| (&entry.before, &entry.after));
        let mut out = Vec::new();
        while let Some(start) = first.start().into_iter().chain(second.start()).min() {
            let (before, after) = (first.outer_at(start), second.outer_at(start));
            let (mut upper, mut lower) = (Share::default(), Share::default());
            // Up to where in the text between the two passes. What was taken out there at a place is no part of what befell the character behind it.
            let mut end = start;
            loop {
                let first_begins = end == start && first.start() == Some(start);
                let taken = if first_begins || first.begins_before(end) {
                    first.take_into(&mut upper)
                } else if end == start || second.begins_before(end) {
                    second.take_into(&mut lower)
                } else {
                    break;
                };
                end = end.max(taken);
                if end == start {
                    break;
                }
            }
            out.push(Entry {
                before: before..first.outer_at(end),
                after: after..second.outer_at(end),
                ..upper.and_then(lower)
            });
        }
        Account(out)
    }
}

/// The entries of one pass, on the way through the text between two.
struct Side {
    entries: std::iter::Peekable<std::vec::IntoIter<Entry>>,
    /// Where an entry stands in the text between, and where in the other one.
    places: fn(&Entry) -> (&Range<usize>, &Range<usize>),
    /// The end of the last entry that was taken, in both texts.
    between: usize,
    outer: usize,
}

impl Side {
    fn new(entries: Vec<Entry>, places: fn(&Entry) -> (&Range<usize>, &Range<usize>)) -> Side {
        Side {
            entries: entries.into_iter().peekable(),
            places,
            between: 0,
            outer: 0,
        }
    }

    /// Where the next entry begins in the text between.
    fn start(&mut self) -> Option<usize> {
        let entry = self.entries.peek()?;
        Some((self.places)(entry).0.start)
    }

    fn begins_before(&mut self, place: usize) -> bool {
        self.start().is_some_and(|start| start < place)
    }

    /// The place in the other text, behind the last entry taken.
    fn outer_at(&self, between: usize) -> usize {
        self.outer + (between - self.between)
    }

    /// Takes the next entry, and gives where it ends in the text between.
    fn take_into(&mut self, share: &mut Share) -> usize {
        if let Some(entry) = self.entries.next() {
            let (between, outer) = (self.places)(&entry);
            (self.between, self.outer) = (between.end, outer.end);
            share.add(entry);
        }
        self.between
    }
}

/// What one pass did to a stretch.
#[derive(Default)]
struct Share {
    entries: usize,
    all: Entry,
}

impl Share {
    /// Adds what it did to another part of the stretch.
    fn add(&mut self, part: Entry) {
        let all = &mut self.all;
        all.losses = all.losses.union(part.losses);
        if self.entries > 0 && all.layers != part.layers {
            all.losses = all.losses.union(Losses::UNEVEN);
        }
        if part.layers.len() > all.layers.len() {
            all.layers = part.layers;
        }
        add_steps(&mut all.steps, part.steps);
        self.entries += 1;
    }

    /// Both, where the other pass comes behind.
    fn and_then(self, other: Share) -> Entry {
        let (mut all, other_all) = (self.all, other.all);
        let both = !all.layers.is_empty() && !other_all.layers.is_empty();
        all.losses = all.losses.union(other_all.losses);
        // Two passes found layers: those of the second may lie below a part of the stretch only.
        if both {
            all.losses = all.losses.union(Losses::UNEVEN);
        }
        all.layers.extend(other_all.layers);
        add_steps(&mut all.steps, other_all.steps);
        all
    }
}

fn add_steps(all: &mut Vec<Step>, more: Vec<Step>) {
    for step in more {
        if !all.contains(&step) {
            all.push(step);
        }
    }
}
