//! Characters that JSON writes as `\u` and four digits, as far as they are not ASCII: what is left is JSON still, and says the same.
//!
//! Some programs write all text so, garbles too, an escape for each byte. Half a surrogate pair stays as it is, and so do Unicode's line separators, which some
//! programs cannot bear in JSON.

use super::rewrite::{Rewrite, Rewritten};
use crate::codec::utf8;

/// The length of an escape.
const LENGTH: usize = 6;

pub(super) fn resolve(text: &str) -> Option<Rewritten> {
    let bytes = text.as_bytes();
    let mut rewrite = Rewrite::new(text);
    let mut at = 0;
    while let Some(place) = memchr::memchr(b'\\', bytes.get(at..).unwrap_or_default()) {
        let start = at + place;
        let rest = bytes.get(start..).unwrap_or_default();
        let Some((c, length)) = escape(rest) else {
            // Whatever is behind a backslash belongs to it; another backslash for one.
            at = start + 2;
            continue;
        };
        at = start + length;
        if !c.is_ascii() && !matches!(c, '\u{2028}' | '\u{2029}') {
            rewrite.replace(start..at, c.encode_utf8(&mut [0; 4]));
        }
    }
    rewrite.finish()
}

/// Whether what begins with a backslash looks like an escape.
pub(super) fn is_one(from_backslash: &[u8]) -> bool {
    from_backslash.get(1) == Some(&b'u')
}

/// The character that is escaped here, and the length of that.
fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let first = unit(bytes)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, LENGTH));
    }
    let second = unit(bytes.get(LENGTH..)?)?;
    Some((utf8::pair(first, second)?, 2 * LENGTH))
}

fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.get(..LENGTH)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |number, &digit| {
        Some(number << 4 | char::from(digit).to_digit(16)?)
    })
}
