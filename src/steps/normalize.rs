//! Unicode's normalization forms.
//!
//! Text falls into clusters, a character and what may join with it or change places with it: whatever stands before a cluster or behind it, it becomes the same. So only clusters that change
//! are written, and accounted for, one by one; and a segment is cut between two of them where it can be ([`is_boundary`]).

use unicode_normalization::char::{
    canonical_combining_class, decompose_canonical, decompose_compatible,
};
use unicode_normalization::{
    IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick,
};

use super::rewrite::{Rewrite, Rewritten};
use crate::ascii;
use crate::options::Normalization;

pub(super) fn run(text: &str, form: Normalization) -> Option<Rewritten> {
    let mut rewrite = Rewrite::new(text);
    let mut at = 0;
    while let Some((cluster, normal)) = next_change(text, at, form) {
        at = cluster.end;
        rewrite.replace(cluster, &normal);
    }
    rewrite.finish()
}

/// The first cluster from a boundary on that changes, and what it becomes.
pub(super) fn next_change(
    text: &str,
    from: usize,
    form: Normalization,
) -> Option<(std::ops::Range<usize>, String)> {
    let mut at = from;
    // Where the cluster begins that has the character at `at` in it, if that is no boundary, and how its last character combines.
    let mut start = from;
    let mut last_class = 0;
    while let Some(rest) = text.get(at..) {
        let ascii = ascii::prefix(rest.as_bytes());
        if ascii > 0 {
            at += ascii;
            start = at - 1;
            last_class = 0;
            continue;
        }
        let Some(c) = rest.chars().next() else {
            break;
        };
        if (c as u32) < least(form) {
            start = at;
            last_class = 0;
            at += c.len_utf8();
            continue;
        }
        let class = canonical_combining_class(c);
        let in_order = class == 0 || last_class <= class;
        if in_order && quick(c, form) {
            if class == 0 {
                start = at;
            }
            last_class = class;
            at += c.len_utf8();
            continue;
        }
        if is_boundary(c) {
            start = at;
        }
        let end = end_of_cluster(text, at + c.len_utf8());
        let cluster = text.get(start..end)?;
        let normal = normal(cluster, form);
        if normal != cluster {
            return Some((start..end, normal));
        }
        (at, start, last_class) = (end, end, 0);
    }
    None
}

/// Below this, all characters are what they are in any text.
fn least(form: Normalization) -> u32 {
    match form {
        Normalization::None => u32::MAX,
        Normalization::Nfc => 0x300,
        Normalization::Nfd => 0xC0,
        Normalization::Nfkc | Normalization::Nfkd => 0xA0,
    }
}

/// Whether the character stays where all stand in order.
fn quick(c: char, form: Normalization) -> bool {
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
