//! What is changed in strings: how often, and, if that is asked for, where and what.

use std::ops::Range;

use crate::garble::Layer;
use crate::repair::loss::Losses;
use crate::report::ByteEdit;
use crate::steps::Step;

/// An edit in a string of JSON, and where in the text it stands. A [`Stream`](super::Stream) tells of it.
///
/// ```
/// use unmojibake::json::Stream;
///
/// let (mut stream, mut out) = (Stream::default().accounting(), Vec::new());
/// stream.push(br#"["Ol\u00e1, \u00c3\u00b3timo"]"#, &mut out)?;
/// stream.finish(&mut out)?;
/// let edits: Vec<_> = stream.found().collect();
/// assert_eq!(edits.len(), 1);
/// assert_eq!(edits[0].range, 12..24);
/// assert_eq!((edits[0].before.as_slice(), edits[0].after.as_str()), ("\u{C3}\u{B3}".as_bytes(), "\u{F3}"));
/// # Ok::<(), unmojibake::json::Error>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the text that the edit replaces, escapes among them.
    pub range: Range<u64>,
    /// What they say.
    pub before: Vec<u8>,
    /// What is said in their place.
    pub after: String,
    /// How that is written, with escapes for what JSON wants them for.
    pub written: String,
    /// As in [`Edit`](crate::Edit).
    pub layers: Vec<Layer>,
    /// As in [`Edit`](crate::Edit).
    pub losses: Losses,
    /// As in [`Edit`](crate::Edit).
    pub steps: Vec<Step>,
    /// As in [`Edit`](crate::Edit).
    pub evidence: u32,
}

impl Edit {
    pub(super) fn new(edit: ByteEdit<'_>, range: Range<u64>, written: String) -> Edit {
        Edit {
            range,
            before: edit.before.to_owned(),
            after: edit.after,
            written,
            layers: edit.layers,
            losses: edit.losses,
            steps: edit.steps,
            evidence: edit.evidence,
        }
    }
}

/// The edits in some part of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    pub count: u64,
    /// They themselves, if they are asked for.
    pub edits: Vec<Edit>,
}

impl Account {
    /// Moves all that is in `other` behind what is in this.
    pub(super) fn append(&mut self, other: &mut Account) {
        self.count += std::mem::take(&mut other.count);
        self.edits.append(&mut other.edits);
    }
}
