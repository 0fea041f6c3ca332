//! The handle that callers keep.

use std::borrow::Cow;

use crate::engine::Engine;
use crate::options::Options;
use crate::report::{ByteEdits, Edits};
use crate::whole::{self, Walk};

/// Repairs text by given [`Options`]. Cheap to make and to clone; share it between threads or make one for each.
///
/// The functions of the crate, such as [`repair`](crate::repair), are those of a repairer with the default options. What is promised of them holds by any options, but
/// that with a limit on layers each further repair takes off as many again.
///
/// ```
/// use unmojibake::{Codec, CodecSet, Options, Repairer};
///
/// let repairer = Repairer::new(Options::new().codecs(CodecSet::EMPTY.with(Codec::Ibm437)));
/// assert_eq!(repairer.repair("na\u{251C}\u{00BB}ve fa\u{251C}\u{00BA}ade"), "na\u{EF}ve fa\u{E7}ade");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Repairer {
    options: Options,
}

impl Repairer {
    /// A repairer that works by these options.
    #[must_use]
    pub const fn new(options: Options) -> Repairer {
        Repairer { options }
    }

    /// The options it works by.
    #[must_use]
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// As [`repair`](crate::repair), by this repairer's options.
    #[must_use]
    pub fn repair<'t>(&self, text: &'t str) -> Cow<'t, str> {
        whole::repair(text, &mut Engine::new(&self.options))
    }

    /// As [`repair_bytes`](crate::repair_bytes), by this repairer's options.
    #[must_use]
    pub fn repair_bytes<'b>(&self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        whole::repair_bytes(bytes, &mut Engine::new(&self.options))
    }

    /// As [`is_garbled`](crate::is_garbled), by this repairer's options.
    #[must_use]
    pub fn is_garbled(&self, text: &str) -> bool {
        Walk::new(text)
            .next(&mut Engine::new(&self.options))
            .is_some()
    }

    /// As [`find`](crate::find), by this repairer's options.
    pub fn find<'t>(&self, text: &'t str) -> Edits<'t> {
        Edits::new(text, self.options.clone())
    }

    /// As [`find_bytes`](crate::find_bytes), by this repairer's options.
    pub fn find_bytes<'b>(&self, bytes: &'b [u8]) -> ByteEdits<'b> {
        ByteEdits::new(bytes, self.options.clone())
    }
}
