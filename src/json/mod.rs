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
//! A [`Stream`] that is [`accounting`](Stream::accounting) tells of each [`Edit`] where it stands, for those who look before they repair.
//!
//! Nothing is parsed into values: memory does not grow with the document, and of what is open there is a bit for each array and object.
//!
//! # What is not JSON
//!
//! A text is one value, or several, with blanks between them or none, as many programs write and read them; each may be on one line or on several, and in text sequences (RFC 7464)
//! U+001E may be before it. Once a line has ended in which a value has begun and ended, the text is JSON lines. Where it is not JSON,
//!
//! * in JSON lines, and in a line that begins a value, as minified JSON does, the line passes through, and is told of; the next lines are repaired. It passes through as it was, unless what
//!   is wrong comes after 64 KiB of the line, or in a value that has begun on a line before: what was before may be repaired then. So it is with a line within which a value
//!   is cut off, if the next line begins with what cannot go on with it.
//! * in a value that has begun on a line before, if the text is not JSON lines, the text ends in front of that place, with an error.
//!
//! [`Stream`] tells of such lines one by one. [`RepairReader`] and [`RepairWriter`] tell of the first at the end of the text, as an [`Error`] within a [`std::io::Error`]:
//! all lines have passed through then. Bytes that are not UTF-8 are no such error in strings: they stay there, as everywhere, though JSON should not have them.

mod account;
mod adapters;
mod error;
mod grammar;
mod stream;
mod string;

pub use account::Edit;
pub use adapters::{RepairReader, RepairWriter};
pub use error::Error;
pub use stream::Stream;
