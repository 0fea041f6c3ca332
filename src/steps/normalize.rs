//! Unicode's normalization forms.
//!
//! Text falls into clusters, a character and what may join with it or change places with it: whatever stands before a cluster or behind it, it becomes the same. So only clusters that change
//! are written, and accounted for, one by one; and a segment is cut between two of them where it can be ([`is_boundary`]).

use std::ops::Range;

use unicode_normalization::char::{
    canonical_combining_class, decompose_canonical, decompose_compatible,
};
use unicode_normalization::{
    IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick,
};

use super::rewrite::{Rewrite, Rewritten};
use crate::ascii;
use crate::options::Normalization;
use crate::tables::forms::{BLOCKS, PAGES};

/// Characters a page of the table.
const PAGE: usize = 64;

pub(super) fn run(text: &str, form: Normalization) -> Option<Rewritten> {
    let mut rewrite = Rewrite::new(text);
    let mut search = Search::new(form);
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        at += ascii::prefix(rest.as_bytes());
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        match search.change_at(text, at, c) {
            Some((cluster, normal)) => {
                at = cluster.end;
                rewrite.replace(cluster, &normal);
            }
            None => at = search.settled.max(at + c.len_utf8()),
        }
    }
    rewrite.finish()
}

/// A search for what changes, from left to right.
pub(super) struct Search {
    form: Normalization,
    /// Up to here it is known.
    settled: usize,
}

impl Search {
    pub(super) fn new(form: Normalization) -> Search {
        Search { form, settled: 0 }
    }

    /// The cluster around the character at a place, and what it becomes, if it changes. What comes before is known already.
    pub(super) fn change_at(
        &mut self,
        text: &str,
        at: usize,
        c: char,
    ) -> Option<(Range<usize>, String)> {
        if at < self.settled || !moves(c, self.form) {
            return None;
        }
        let before = text.get(self.settled..at)?;
        let class = canonical_combining_class(c);
        let last = before.chars().next_back();
        // Most marks stand where they belong.
        if class != 0
            && last.is_none_or(|last| canonical_combining_class(last) <= class)
            && is_fixed(c, self.form)
        {
            return None;
        }
        let start = if is_boundary(c) {
            at
        } else {
            let boundary = before.char_indices().rev().find(|(_, c)| is_boundary(*c));
            boundary.map_or(self.settled, |(place, _)| self.settled + place)
        };
        let end = end_of_cluster(text, at + c.len_utf8());
        let cluster = text.get(start..end)?;
        self.settled = end;
        let normal = normal(cluster, self.form);
        (normal != cluster).then_some((start..end, normal))
    }
}

/// Where a form has its bits in a block.
const fn column(form: Normalization) -> Option<usize> {
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
    let code = c as usize;
    let mask = PAGES
        .get(code / PAGE)
        .and_then(|&block| BLOCKS.get(usize::from(block))?.get(column(form)?));
    mask.is_some_and(|mask| mask >> (code % PAGE) & 1 != 0)
}

/// Whether characters that begin with a byte of UTF-8 may: so a text can be gone through by bytes.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
pub(super) const fn may_move(byte: u8, form: Normalization) -> bool {
    let Some(column) = column(form) else {
        return false;
    };
    // The pages of what begins with the byte.
    let (from, to) = match byte {
        0xC2..0xE0 => (byte as usize - 0xC0, byte as usize - 0xBF),
        0xE0..0xF0 => ((byte as usize - 0xE0) << 6, (byte as usize - 0xDF) << 6),
        0xF0..0xF5 => ((byte as usize - 0xF0) << 12, (byte as usize - 0xEF) << 12),
        _ => (0, 0),
    };
    let mut page = from;
    while page < to && page < PAGES.len() {
        if BLOCKS[PAGES[page] as usize][column] != 0 {
            return true;
        }
        page += 1;
    }
    false
}

/// Whether a character that is where it belongs stays what it is, whatever it follows.
fn is_fixed(c: char, form: Normalization) -> bool {
    let one = std::iter::once(c);
    let quick = match form {
        Normalization::None => IsNormalized::Yes,
        Normalization::Nfc => is_nfc_quick(one),
        Normalization::Nfd => is_nfd_quick(one),
        Normalization::Nfkc => is_nfkc_quick(one),
        Normalization::Nfkd => is_nfkd_quick(one),
    };
    quick == IsNormalized::Yes
}

fn normal(cluster: &str, form: Normalization) -> String {
    match form {
        Normalization::None => cluster.to_owned(),
        Normalization::Nfc => cluster.nfc().collect(),
        Normalization::Nfd => cluster.nfd().collect(),
        Normalization::Nfkc => cluster.nfkc().collect(),
        Normalization::Nfkd => cluster.nfkd().collect(),
    }
}

fn end_of_cluster(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let boundary = rest.char_indices().find(|(_, c)| is_boundary(*c));
    boundary.map_or(text.len(), |(at, _)| from + at)
}

/// Whether no character joins with one before it, or comes to stand before it, by any form.
pub(crate) fn is_boundary(c: char) -> bool {
    if c.is_ascii() {
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
