//! Bytes written as a sign and two digits: percent escapes and quoted-printable.
//!
//! Only what stands for bytes of 80 and up is resolved, and only where all that stand side by side are UTF-8 together: so an address stays the address it is, and mail its lines.
//! Garbles of bytes that were escaped come back as garbles, which the repair takes from there. A character that a soft line break of quoted-printable
//! cuts in two stays as it is, since lines are independent.

use super::rewrite::{Rewrite, Rewritten};

pub(super) const PERCENT: u8 = b'%';
pub(super) const QUOTED_PRINTABLE: u8 = b'=';

/// The length of an escape.
const LENGTH: usize = 3;

pub(super) fn resolve(text: &str, sign: u8) -> Option<Rewritten> {
    let bytes = text.as_bytes();
    let mut rewrite = Rewrite::new(text);
    let mut at = 0;
    while let Some(place) = memchr::memchr(sign, bytes.get(at..).unwrap_or_default()) {
        let start = at + place;
        let (escapes, _) = bytes.get(start..).unwrap_or_default().as_chunks::<LENGTH>();
        let escaped = escapes.iter().map_while(|escape| high(escape, sign));
        let escaped: Vec<u8> = escaped.collect();
        at = start + (LENGTH * escaped.len()).max(1);
        match std::str::from_utf8(&escaped) {
            Ok(text) if !text.is_empty() => rewrite.replace(start..at, text),
            _ => {}
        }
    }
    rewrite.finish()
}

/// Whether what begins with a sign looks like an escape.
pub(super) fn is_one(from_sign: &[u8]) -> bool {
    let digits = from_sign.get(1..LENGTH);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// The byte that is escaped here, if it is not ASCII.
fn high(&[first, high, low]: &[u8; LENGTH], sign: u8) -> Option<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let byte = u8::try_from(digit(high)? << 4 | digit(low)?).ok()?;
    (first == sign && !byte.is_ascii()).then_some(byte)
}
