//! Turns mojibake back into the text its author wrote, and leaves all other text alone.
//!
//! Mojibake is what becomes of text that is written as UTF-8 and read as something else: the apostrophe U+2019 is saved as the bytes E2 80 99, a program
//! takes them for Windows-1252, and from then on there are three characters, U+00E2 U+20AC U+2122. This crate finds such stretches, line by line and within a
//! line, and undoes as many layers of it as there are.
//!
//! ```
//! let garbled = "It\u{E2}\u{20AC}\u{2122}s a caf\u{C3}\u{A9}.";
//! assert_eq!(unmojibake::repair(garbled), "It\u{2019}s a caf\u{E9}.");
//! ```
//!
//! # What there is
//!
//! * [`repair`] and [`repair_bytes`] give the repaired text, [`is_garbled`] tells whether there is anything to repair, and [`find`] lists the
//!   edits: where, what stood there, what it becomes, and by which way it was garbled. [`find_bytes`] lists those of bytes.
//! * [`Repairer`] does the same by [`Options`]: which [codecs](CodecSet) to think of, how many layers to take off, what to do about [`Lost`] bytes,
//!   how much [`Caution`] to take, what to make of bytes that are [`Invalid`]; and clean-ups besides the repair, each a [`Step`], most of which [`Options::text`] has on.
//! * [`Stream`], [`RepairReader`] and [`RepairWriter`] repair text that comes in pieces, in bounded memory. [`complete_up_to`] cuts text into pieces that
//!   can be repaired apart, on several cores for one.
//! * [`Legacy`] and [`guess_legacy`] are for text that never was UTF-8: one legacy encoding read as another.
//! * [`json`] does so with the strings of JSON, whose escapes it understands.
//! * [`garble`] goes the other way, for tests and demonstrations: one [`Layer`] of mojibake.
//!
//! # More examples
//!
//! Bytes that may not be UTF-8 throughout. Those that are not stay as they are:
//!
//! ```
//! let bytes = b"caf\xC3\x83\xC2\xA9 \xFF";
//! assert_eq!(*unmojibake::repair_bytes(bytes), *b"caf\xC3\xA9 \xFF");
//! ```
//!
//! What was done, and why. The closing quote lost its last byte on the way, since Windows-1252 has no character for it:
//!
//! ```
//! use unmojibake::{Codec, Losses, find};
//!
//! let text = "the \u{E2}\u{20AC}\u{153}alpha\u{E2}\u{20AC}, it says, changes";
//! let edits: Vec<_> = find(text).collect();
//! let [opening, closing] = &edits[..] else { panic!("{edits:?}") };
//!
//! assert_eq!((opening.range.clone(), opening.before), (4..11, "\u{E2}\u{20AC}\u{153}"));
//! assert_eq!(opening.after, "\u{201C}");
//! assert_eq!(opening.layers[0].codec, Codec::Windows1252);
//! assert_eq!(opening.losses, Losses::NONE);
//!
//! assert_eq!(closing.after, "\u{201D}");
//! assert_eq!(closing.losses, Losses::DROPPED);
//! ```
//!
//! A pipe that repairs what runs through it:
//!
//! ```
//! use std::io;
//! use unmojibake::RepairReader;
//!
//! let input = "one caf\u{C3}\u{A9}\ntwo caf\u{C3}\u{A9}s\n".as_bytes();
//! let mut output = Vec::new();
//! io::copy(&mut RepairReader::new(input), &mut output)?;
//! assert_eq!(output, "one caf\u{E9}\ntwo caf\u{E9}s\n".as_bytes());
//! # Ok::<(), io::Error>(())
//! ```
//!
//! Other options. By default, a character stands as U+FFFD if it is not all but certain which one it was:
//!
//! ```
//! use unmojibake::{Lost, Options, Repairer};
//!
//! let strict = Repairer::new(Options::new().lost(Lost::Keep));
//! let lossy = "the alpha\u{E2}\u{20AC} changes \u{E2}\u{20AC}\u{201D} all of them";
//! assert_eq!(strict.repair(lossy), "the alpha\u{E2}\u{20AC} changes \u{2014} all of them");
//! ```
//!
//! The clean-ups that people know from ftfy, of which the repair needs none:
//!
//! ```
//! use unmojibake::{Options, Repairer};
//!
//! let tidy = Repairer::new(Options::text());
//! assert_eq!(tidy.repair("It&acirc;&euro;&trade;s a \u{FB01}ne \u{FF23}afe\u{301}\r\n"), "It's a fine Caf\u{E9}\n");
//! ```
//!
//! # Guarantees
//!
//! They hold for the clean-ups too, but that these change what is no mojibake.
//!
//! * **Nothing but mojibake changes.** No normalization, no straightened quotes, no trimmed blanks, no other line ends.
//! * **Clean text is borrowed.** [`repair`] and [`repair_bytes`] give [`Cow::Borrowed`] exactly if nothing changed. ASCII never changes. What counts as
//!   clean is a judgement by statistics (see below); that it comes back borrowed and byte for byte is certain.
//! * **No panic**, on any input. There is no `unsafe` in this crate, no state that threads share, and no I/O but through the readers and writers
//!   that the caller hands in. A thread keeps up to 250 KiB of what it worked out before, which changes no answer. All types are [`Send`] and [`Sync`], as far as the reader or writer within is.
//! * **Idempotent.** Repairing repaired text changes nothing, where no line was longer than 64 KiB to begin with.
//! * **Lines are independent.** What comes out of a line depends on that line alone. A line longer than 64 KiB is worked on in stretches of at
//!   most that length, cut where no garble should be, as if each were a line.
//! * **Chunking is invisible.** However a stream is cut, down to single bytes, it gives what [`repair_bytes`] gives for the whole.
//! * **Linear time, bounded memory.** The time grows linearly with the input, on hostile input too. A stream holds back at most one line, or 64 KiB of a
//!   longer one, and works in a few MiB; on hostile input in less than 32.
//! * **Bytes that are not UTF-8 stay untouched**, and in place, but where [`Options::invalid`] says otherwise.
//! * **Edits can be accounted for.** Put in place of their ranges, the edits of [`find`] give what [`repair`] gives, those of [`find_bytes`] what [`repair_bytes`] gives. An edit without [`Losses`] or [`Step`],
//!   [garbled](garble()) again through its layers, gives exactly what stood there.
//!
//! # What it will not do
//!
//! * Repair what was changed after it was garbled in other ways than [`Losses`] names; or more than a part of what was squeezed from a code page of DOS into Windows-1252,
//!   where one sign stands for a dozen bytes. Written as HTML entities or escapes, garbles are repaired if [`Options`] say so; those of JSON, by [`json`].
//! * Repair all that multi-byte codecs lost: nearly any byte of a character may be gone then, and most such lines come back in part.
//! * Repair text that never was UTF-8, such as KOI8-R read as Windows-1251, unless [`Legacy`] is told both, or chosen from what [`guess_legacy`] ranks.
//! * Convert encodings. Bytes of a legacy file are not UTF-8, and stay as they are.
//! * Read minds. Whether a line is garbled is a verdict between two readings, by statistics of text in several hundred languages; ties keep what is there.
//!   So a garble in a short line may stay, and text that shows mojibake *as an example*, such as the documentation of a crate like this one, gets
//!   repaired.
//!
//! # Features
//!
//! * `cli` (default): what only the `unmojibake` binary needs. The library needs none of it: `default-features = false` leaves it out.
//! * `decode`: a function of that name for bytes of unknown encoding, with `chardetng`.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

// In the order in which text travels: what a caller holds,
mod options;
mod repairer;
// how text comes in and goes out, and where it is cut,
mod adapter;
mod bytes;
mod segment;
mod stream;
mod whole;
// what is done to a segment,
mod account;
mod clean;
mod engine;
mod repair;
mod steps;
// by what knowledge,
mod ascii;
mod codec;
mod model;
mod natural;
mod tables;
// and what is told of it. Last, the way back and what can fail on it.
mod report;

mod error;
mod garble;
// Beside all that: text that never was UTF-8, and bytes of which nobody knows what they are.
#[cfg(feature = "decode")]
mod decode;
mod legacy;

// Texts that have more in them than lines, with all of the above for each part.
pub mod json;

use std::borrow::Cow;

pub use codec::{Codec, CodecSet};
#[cfg(feature = "decode")]
pub use decode::{Decoded, decode};
pub use error::{Error, ErrorKind};
pub use garble::{Holes, Layer, Nbsp, garble};
pub use legacy::{Legacy, LegacyGuess, guess_legacy};
pub use options::{Caution, Entities, Invalid, Lost, Normalization, Options};
pub use repair::loss::Losses;
pub use repairer::Repairer;
pub use report::{ByteEdit, ByteEdits, Edit, Edits};
pub use segment::complete_up_to;
pub use steps::Step;
pub use stream::{RepairReader, RepairWriter, Stream};

/// Runs the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;

static DEFAULT: Repairer = Repairer::new(Options::new());

/// Repairs garbled text.
///
/// Returns the text with each garbled stretch replaced by what it was, all layers taken off. Everything else stays as it is, byte for byte.
/// Where bytes of a character were lost, the character is filled in if it is all but certain which one it was; if not, U+FFFD stands for it.
/// Other ways are in [`Options`].
///
/// The answer is [`Cow::Borrowed`] exactly if there was nothing to repair, so this is cheap to call on text that is most likely sound. It cannot
/// fail, and it does not panic.
///
/// ```
/// use std::borrow::Cow;
/// use unmojibake::repair;
///
/// assert_eq!(repair("It\u{E2}\u{20AC}\u{2122}s here"), "It\u{2019}s here");
/// // Twice garbled, and a sound word beside a garbled one.
/// assert_eq!(repair("cr\u{C3}\u{192}\u{C2}\u{A8}me"), "cr\u{E8}me");
/// assert_eq!(repair("d\u{E9}j\u{E0} vu, d\u{C3}\u{A9}j\u{E0} lu"), "d\u{E9}j\u{E0} vu, d\u{E9}j\u{E0} lu");
/// // Nothing to do, and nothing copied.
/// assert!(matches!(repair("It\u{2019}s a caf\u{E9}"), Cow::Borrowed(_)));
/// ```
#[must_use = "the repaired text is returned, the text given stays as it is"]
pub fn repair(text: &str) -> Cow<'_, str> {
    DEFAULT.repair(text)
}

/// Repairs garbled text in bytes that may or may not be UTF-8 throughout.
///
/// Stretches that are UTF-8 are repaired as by [`repair`]. Bytes that are not UTF-8 stay as they are, where they are; nothing is read across them. If all of the
/// bytes are UTF-8, the answer is the same as that of [`repair`].
///
/// The answer is [`Cow::Borrowed`] exactly if there was nothing to repair. It cannot fail, and it does not panic.
///
/// ```
/// use unmojibake::repair_bytes;
///
/// let bytes = b"\xFF caf\xC3\x83\xC2\xA9";
/// assert_eq!(*repair_bytes(bytes), *b"\xFF caf\xC3\xA9");
/// ```
#[must_use = "the repaired text is returned, the bytes given stay as they are"]
pub fn repair_bytes(bytes: &[u8]) -> Cow<'_, [u8]> {
    DEFAULT.repair_bytes(bytes)
}

/// Whether there is anything to repair in a text: whether [`repair`] would change it.
///
/// It stops at the first line that would change, so on garbled text it takes less time than [`repair`]; on clean text it takes the same.
///
/// ```
/// use unmojibake::is_garbled;
///
/// assert!(is_garbled("na\u{C3}\u{AF}ve"));
/// assert!(!is_garbled("na\u{EF}ve"));
/// ```
#[must_use]
pub fn is_garbled(text: &str) -> bool {
    DEFAULT.is_garbled(text)
}

/// Finds the garbled stretches of a text, without changing it.
///
/// Returns an iterator over the [`Edit`]s that [`repair`] would make, in order and without overlaps. It is lazy: a line is looked at when its first edit is
/// asked for. Ranges are in bytes of `text`, and lie on character boundaries. There are no edits exactly if [`repair`] gives the text
/// borrowed.
///
/// ```
/// let text = "na\u{C3}\u{AF}ve caf\u{C3}\u{A9}";
/// let mut out = String::new();
/// let mut copied = 0;
/// for edit in unmojibake::find(text) {
///     assert_eq!(&text[edit.range.clone()], edit.before);
///     out.push_str(&text[copied..edit.range.start]);
///     out.push_str(&edit.after);
///     copied = edit.range.end;
/// }
/// out.push_str(&text[copied..]);
/// assert_eq!(out, unmojibake::repair(text));
/// ```
pub fn find(text: &str) -> Edits<'_> {
    DEFAULT.find(text)
}

/// Finds the garbled stretches of bytes that may or may not be UTF-8 throughout, without changing them.
///
/// Returns an iterator over the [`ByteEdit`]s that [`repair_bytes`] would make, in order and without overlaps. It is lazy, as that of [`find`].
/// Nothing is read across bytes that are not UTF-8; where [`Options::invalid`] has them replaced, that is an edit too.
///
/// ```
/// let bytes = b"\xFF na\xC3\x83\xC2\xAFve";
/// let edit = unmojibake::find_bytes(bytes).next().expect("an edit");
/// assert_eq!((edit.range, edit.after.as_str()), (4..8, "\u{EF}"));
/// ```
pub fn find_bytes(bytes: &[u8]) -> ByteEdits<'_> {
    DEFAULT.find_bytes(bytes)
}
