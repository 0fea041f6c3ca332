//! wip
mod codec;
mod engine;
mod error;
mod garble;
mod model;
mod options;
mod repair;
mod repairer;
mod report;
mod segment;
mod stream;
mod tables;
mod whole;

use std::borrow::Cow;

pub use codec::{Codec, CodecSet};
pub use error::{Error, ErrorKind};
pub use garble::{Holes, Layer, Nbsp, garble};
pub use options::{Lost, Options};
pub use repair::loss::Losses;
pub use repairer::Repairer;
pub use report::{Edit, Edits};
pub use stream::{RepairReader, RepairWriter, Stream};

static DEFAULT: Repairer = Repairer::new(Options::new());

/// Repairs garbled text. Text that is not garbled comes back borrowed, as it is.
///
/// ```
/// assert_eq!(unmojibake::repair("Itâ€™s hereÂ\u{A0}â€” caf\u{C3}\u{A9}"), "It\u{2019}s here\u{A0}\u{2014} caf\u{E9}");
/// ```
#[must_use]
pub fn repair(text: &str) -> Cow<'_, str> {
    DEFAULT.repair(text)
}

/// Repairs
#[must_use]
pub fn repair_bytes(bytes: &[u8]) -> Cow<'_, [u8]> {
    DEFAULT.repair_bytes(bytes)
}

/// Whether
#[must_use]
pub fn is_garbled(text: &str) -> bool {
    DEFAULT.is_garbled(text)
}

/// The edits
pub fn find(text: &str) -> Edits<'_> {
    DEFAULT.find(text)
}
