//! Terminal escape sequences: colours and the like, as ECMA-48 has them. All begin with ESC; what its control of the same meaning in C1 would begin may be part of a garble.

use super::rewrite::{Rewrite, Rewritten};

pub(super) const ESC: u8 = 0x1B;
const BELL: u8 = 0x07;

pub(super) fn remove(text: &str) -> Option<Rewritten> {
    let bytes = text.as_bytes();
    let mut rewrite = Rewrite::new(text);
    let mut at = 0;
    while let Some(place) = memchr::memchr(ESC, bytes.get(at..).unwrap_or_default()) {
        let start = at + place;
        at = start + 1;
        if let Some(length) = bytes.get(at..).and_then(length) {
            at += length;
            rewrite.replace(start..at, "");
        }
    }
    rewrite.finish()
}

/// How long a sequence goes on behind its ESC, if it is a whole one.
fn length(rest: &[u8]) -> Option<usize> {
    let (first, rest) = rest.split_first()?;
    match first {
        // Control sequences: parameters, then intermediate bytes, then one that ends it.
        b'[' => {
            let parameters = count(rest, |byte| (0x30..0x40).contains(&byte));
            let intermediate = count(rest.get(parameters..)?, is_intermediate);
            let length = parameters + intermediate;
            (0x40..0x7F)
                .contains(rest.get(length)?)
                .then_some(length + 2)
        }
        // Control strings: titles and links, up to a bell or to ESC and a backslash.
        b']' | b'P' | b'X' | b'^' | b'_' => {
            let length = memchr::memchr3(BELL, ESC, b'\n', rest)?;
            match rest.get(length..)? {
                [BELL, ..] => Some(length + 2),
                [ESC, b'\\', ..] => Some(length + 3),
                _ => None,
            }
        }
        first if is_intermediate(*first) => {
            let length = count(rest, is_intermediate);
            (0x30..0x7F)
                .contains(rest.get(length)?)
                .then_some(length + 2)
        }
        first => (0x30..0x7F).contains(first).then_some(1),
    }
}

fn is_intermediate(byte: u8) -> bool {
    (0x20..0x30).contains(&byte)
}

fn count(bytes: &[u8], are: fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|&&byte| are(byte)).count()
}
