//! JSON and JSON lines: strings are repaired, values and keys alike, and all else stays, byte for byte.
//!
//! Exports are often garbled within their escapes: `"\u00c3\u00b3timo"` says `Ã³timo`, and comes out as `"ótimo"`. So what is repaired is what a string *says*, be it
//! written as itself or as escapes; each string by itself, as a text of its own. What is repaired is written as itself, in UTF-8, with escapes only for
//! quotes, backslashes and control characters. What is not repaired stays as it is written: numbers, blanks, the order of keys and keys that come twice, the escapes of all
//! other characters, and lone surrogates.
//!
//! ```
//! use unmojibake::json::RepairReader;
//!
//! let export = r#"{ "\u00c3\u00b3timo": 1.50, "\/": "\u00e9 caf\u00c3\u00a9" }"#;
//! let mut out = Vec::new();
//! std::io::copy(&mut RepairReader::new(export.as_bytes()), &mut out)?;
//! assert_eq!(out, "{ \"\u{F3}timo\": 1.50, \"\\/\": \"\\u00e9 caf\u{E9}\" }".as_bytes());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Nothing is parsed into values: memory does not grow with the document, and of what is open there is a bit for each array and object.
//!
//! # What is not JSON
//!
//! A text is one value, or several, each of which begins on a line of its own. Once one has ended on the line that it began on, they are JSON lines, and all have to; so it is if the
//! first is cut off, and the next line begins another. Where it is not JSON,
//!
//! * in a value that has begun on the same line, as all do in JSON lines and in minified JSON, the line passes through, and is told of; the next lines are
//!   repaired. It passes through as it was, unless what is wrong comes after 64 KiB of the line: what was before may be repaired then.
//! * in a value that has begun on a line before, the text ends in front of that place, with an error.
//!
//! [`Stream`] tells of such lines one by one. [`RepairReader`] and [`RepairWriter`] tell of the first at the end of the text, as an [`Error`] within a [`std::io::Error`]:
//! all lines have passed through then. Bytes that are not UTF-8 are no such error in strings: they stay there, as everywhere, though JSON should not have them.

mod adapters;
mod error;
mod grammar;
mod stream;
mod string;

pub use adapters::{RepairReader, RepairWriter};
pub use error::Error;
pub use stream::Stream;
