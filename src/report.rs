//! What was changed: where, from what, to what, through which codecs.

use std::collections::VecDeque;
use std::ops::Range;

use crate::engine::Engine;
use crate::garble::Layer;
use crate::options::Options;
use crate::repair::loss::Losses;
use crate::repair::rewrite;
use crate::whole::Walk;

/// One repair: a stretch of garbled text and what it became.
///
/// ```
/// use unmojibake::{find, garble};
///
/// let text = "Twice: caf\u{C3}\u{192}\u{C2}\u{A9}";
/// let edit = find(text).next().expect("an edit");
/// assert_eq!((edit.range, edit.after.as_str(), edit.layers.len()), (10..18, "\u{E9}", 2));
///
/// // Nothing was lost, so the proof of the repair is that it can be undone.
/// assert!(edit.losses.is_empty());
/// let mut again = edit.after;
/// for layer in edit.layers.iter().rev() {
///     again = garble(&again, layer)?;
/// }
/// assert_eq!(again, edit.before);
/// # Ok::<(), unmojibake::Error>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit<'t> {
    /// The bytes of the input that the edit replaces.
    pub range: Range<usize>,
    /// What stood there.
    pub before: &'t str,
    /// What it became.
    pub after: String,
    /// The layers that the text had gone through, the last one first. Where nothing was lost, [`garble`](crate::garble) through them in
    /// reverse order gives `before` again.
    pub layers: Vec<Layer>,
    /// What was lost on the way, and put back.
    pub losses: Losses,
}

/// The edits of a text, in order, found as they are asked for. Made by [`find`](crate::find).
#[must_use = "edits are found as they are asked for"]
pub struct Edits<'t> {
    walk: Walk<'t>,
    options: Options,
    found: VecDeque<Edit<'t>>,
}

impl<'t> Edits<'t> {
    pub(crate) fn new(text: &'t str, options: Options) -> Edits<'t> {
        Edits {
            walk: Walk::new(text),
            options,
            found: VecDeque::new(),
        }
    }
}

impl<'t> Iterator for Edits<'t> {
    type Item = Edit<'t>;

    fn next(&mut self) -> Option<Edit<'t>> {
        while self.found.is_empty() {
            let garbled = self.walk.next(&mut Engine::new(&self.options))?;
            let segment = garbled.segment;
            let mut repaired = String::new();
            rewrite::apply_all(segment, &garbled.layers, &mut repaired);
            for piece in rewrite::account(segment, &garbled.layers) {
                let after = repaired.get(piece.after).unwrap_or_default();
                let range = garbled.start + piece.before.start..garbled.start + piece.before.end;
                match self.found.back_mut() {
                    Some(last)
                        if last.range.end == range.start
                            && last.layers == piece.layers
                            && last.losses == piece.losses =>
                    {
                        last.range.end = range.end;
                        last.before = segment
                            .get(last.range.start - garbled.start..piece.before.end)
                            .unwrap_or_default();
                        last.after.push_str(after);
                    }
                    _ => self.found.push_back(Edit {
                        range,
                        before: segment.get(piece.before).unwrap_or_default(),
                        after: after.to_owned(),
                        layers: piece.layers,
                        losses: piece.losses,
                    }),
                }
            }
        }
        self.found.pop_front()
    }
}

impl std::fmt::Debug for Edits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Edits")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
