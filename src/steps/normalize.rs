//! Unicode's normalization forms.
//!
//! Text falls into clusters, a character and what may join with it or change places with it: whatever stands before a cluster or behind it, it becomes the same. So only clusters that change
//! are written, and accounted for, one by one; and a segment is cut between two of them where it can be ([`is_boundary`]).

use std::ops::Range;

use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_canonical, decompose_compatible,
};
use unicode_normalization::{
    IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick,
};

use super::rewrite::{Rewrite, Rewritten};
use crate::options::Normalization;
use crate::tables::forms::{BLOCKS, PAGES};

/// Characters a page of the table.
const PAGE: usize = 64;

/// The masks of a block.
const COLUMNS: usize = 5;

/// A cluster that is not in a form, and what it is there.
#[derive(Clone)]
pub(super) struct Normal {
    cluster: Range<usize>,
    text: String,
}

impl Normal {
    /// The same in a text that begins at a place of this one.
    pub(super) fn behind(self, start: usize) -> Normal {
        Normal {
            cluster: self.cluster.start - start..self.cluster.end - start,
            ..self
        }
    }
}

pub(super) fn run(mut rewrite: Rewrite<'_>, normals: &[Normal]) -> Option<Rewritten> {
    for Normal { cluster, text } in normals {
        rewrite.replace(cluster.clone(), text);
    }
    rewrite.finish()
}

/// A search for what changes, from left to right.
pub(super) struct Search {
    form: Normalization,
    /// Up to here it is known.
    settled: usize,
    /// Marks found to be what they should be, each at a place of its own. A text has few kinds of them, and to ask takes long.
    fixed: [char; KINDS],
    /// The last character that was a cluster by itself and changed, and what it became. The next is the same more often than not.
    alone: Option<(char, String)>,
}

const KINDS: usize = 16;

impl Search {
    pub(super) fn new(form: Normalization) -> Search {
        Search {
            form,
            settled: 0,
            fixed: ['\0'; KINDS],
            alone: None,
        }
    }

    /// The cluster around the character at a place, and what it becomes, if it changes. What comes before is known already.
    pub(super) fn change_at(&mut self, text: &str, at: usize, c: char) -> Option<Normal> {
        if at < self.settled || !moves(c, self.form) {
            return None;
        }
        let behind = at + c.len_utf8();
        if let Some((_, normal)) = self.alone.as_ref().filter(|(alone, _)| *alone == c)
            && end_of_cluster(text, behind) == behind
        {
            self.settled = behind;
            return Some(Normal {
                cluster: at..behind,
                text: normal.clone(),
            });
        }
        let before = text.get(self.settled..at)?;
        if before
            .chars()
            .next_back()
            .is_some_and(|last| self.stays_behind(last, c))
        {
            return None;
        }
        let begins = is_boundary(c);
        let start = if begins {
            at
        } else {
            let boundary = before.char_indices().rev().find(|(_, c)| is_boundary(*c));
            // With a line end nothing joins: each line is for itself.
            boundary.map_or(self.settled, |(place, c)| {
                self.settled + place + usize::from(c == '\n')
            })
        };
        let end = end_of_cluster(text, behind);
        let cluster = text.get(start..end)?;
        self.settled = end;
        let normal = normal(cluster, self.form);
        if normal == cluster {
            return None;
        }
        if begins && end == behind {
            self.alone = Some((c, normal.clone()));
        }
        Some(Normal {
            cluster: start..end,
            text: normal,
        })
    }

    /// Whether a character that moves is where it belongs and what it should be, as far as the one before it tells. Most marks are.
    fn stays_behind(&mut self, last: char, c: char) -> bool {
        // What decomposes may have parts that the mark belongs between.
        let last_is_whole = !moves(last, decomposed(self.form));
        let known = self.fixed.get_mut(c as usize % KINDS);
        if known.as_ref().is_none_or(|known| **known != c) {
            match quick(c, self.form) {
                IsNormalized::No => return false,
                IsNormalized::Maybe => return last_is_whole && compose(last, c).is_none(),
                IsNormalized::Yes => {
                    if let Some(known) = known {
                        *known = c;
                    }
                }
            }
        }
        last_is_whole || {
            let class = canonical_combining_class(c);
            class != 0 && canonical_combining_class(last) <= class
        }
    }
}

/// Where a form has its bits in a block.
pub(super) const fn column(form: Normalization) -> Option<usize> {
    match form {
        Normalization::None => None,
        Normalization::Nfc => Some(0),
        Normalization::Nfd => Some(1),
        Normalization::Nfkc => Some(2),
        Normalization::Nfkd => Some(3),
    }
}

/// Whether a character may change by a form, or change places.
#[inline]
pub(super) fn moves(c: char, form: Normalization) -> bool {
    let mask = block(c).zip(column(form));
    let mask = mask.and_then(|(block, column)| block.get(column));
    mask.is_some_and(|mask| mask >> (c as usize % PAGE) & 1 != 0)
}

/// Whether a character may do so by any form.
fn moves_by_any(c: char) -> bool {
    let masks = block(c).into_iter().flatten();
    masks.fold(0, |all, mask| all | mask) >> (c as usize % PAGE) & 1 != 0
}

/// What the table says of the page of a character.
#[inline]
fn block(c: char) -> Option<&'static [u64; COLUMNS]> {
    let block = PAGES.get(c as usize / PAGE)?;
    BLOCKS.get(usize::from(*block))
}

/// The form in which the same characters are apart.
const fn decomposed(form: Normalization) -> Normalization {
    match form {
        Normalization::Nfc => Normalization::Nfd,
        Normalization::Nfkc => Normalization::Nfkd,
        form => form,
    }
}

fn quick(c: char, form: Normalization) -> IsNormalized {
    let one = std::iter::once(c);
    match form {
        Normalization::None => IsNormalized::Yes,
        Normalization::Nfc => is_nfc_quick(one),
        Normalization::Nfd => is_nfd_quick(one),
        Normalization::Nfkc => is_nfkc_quick(one),
        Normalization::Nfkd => is_nfkd_quick(one),
    }
}

fn normal(cluster: &str, form: Normalization) -> String {
    // What is taken apart becomes longer.
    let mut normal = String::with_capacity(2 * cluster.len());
    match form {
        Normalization::None => normal.push_str(cluster),
        Normalization::Nfc => normal.extend(cluster.nfc()),
        Normalization::Nfd => normal.extend(cluster.nfd()),
        Normalization::Nfkc => normal.extend(cluster.nfkc()),
        Normalization::Nfkd => normal.extend(cluster.nfkd()),
    }
    normal
}

fn end_of_cluster(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let boundary = rest.char_indices().find(|(_, c)| is_boundary(*c));
    boundary.map_or(text.len(), |(at, _)| from + at)
}

/// Whether no character joins with one before it, or comes to stand before it, by any form.
pub(crate) fn is_boundary(c: char) -> bool {
    if !moves_by_any(c) {
        return true;
    }
    let first_is_free = |decompose: fn(char, &mut dyn FnMut(char))| {
        let mut first = None;
        decompose(c, &mut |c| {
            first.get_or_insert(c);
        });
        first.is_none_or(|first| {
            canonical_combining_class(first) == 0
                && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
        })
    };
    first_is_free(|c, take| decompose_canonical(c, take))
        && first_is_free(|c, take| decompose_compatible(c, take))
}
