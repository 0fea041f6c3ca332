//! What the golden cases and the laws share: cases as data, and the one [`check`] that every case goes through.
//!
//! Here belongs what more than one test file needs. The format of the case files is told in `fixtures/README.md`.

// Each test file is a program of its own, and uses only a part of this.
#![allow(dead_code)]

pub mod case;
pub mod check;
pub mod words;

pub use case::Case;
#[allow(unused_imports)]
pub use check::check;

use unmojibake::{Codec, Layer, garble};

/// Bytes as the case files write them: whatever is not printable ASCII as an escape.
pub fn escape(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\r' => out.push_str("\\r"),
                '\\' => out.push_str("\\\\"),
                ' '..='~' => out.push(c),
                _ => out.push_str(&format!("\\u{{{:X}}}", u32::from(c))),
            }
        }
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02X}"));
        }
    }
    out
}

/// Whether `after`, garbled through the layers from the last to the first, can give `before`. An edit does not tell which layers were
/// CESU-8, so each may be.
pub fn garbles_back(after: &str, layers: &[Codec], before: &str) -> bool {
    let Some((codec, upper)) = layers.split_last() else {
        return after == before;
    };
    [false, true]
        .into_iter()
        .any(|cesu8| garble(after, &Layer::new(*codec).cesu8(cesu8)).is_ok_and(|garbled| garbles_back(&garbled, upper, before)))
}
