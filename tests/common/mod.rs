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

use unmojibake::{Layer, garble};

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

/// Whether `after`, garbled through the layers in reverse order, is `before`.
pub fn garbles_back(after: &str, layers: &[Layer], before: &str) -> bool {
    let garbled = layers
        .iter()
        .rev()
        .try_fold(after.to_owned(), |text, layer| garble(&text, layer));
    garbled.is_ok_and(|garbled| garbled == before)
}
