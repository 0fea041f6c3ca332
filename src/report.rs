//! What was changed: where, from what, to what, through which codecs.

use std::collections::VecDeque;
use std::ops::Range;

use crate::bytes::{Mended, Text, Texts};
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

/// One change to bytes that may not be UTF-8 throughout. Where they are, it is an [`Edit`] but for the type of `before`.
///
/// ```
/// use unmojibake::{Invalid, Options, Repairer};
///
/// // Bytes of Windows-1252 among UTF-8, and a garble that has one of them within.
/// let repairer = Repairer::new(Options::new().invalid(Invalid::Windows1252));
/// let edits: Vec<_> = repairer.find_bytes(b"\x84 a\xC3\x83\xA9").collect();
/// let [quote, letter] = &edits[..] else { panic!("{edits:?}") };
///
/// assert_eq!((quote.before, quote.after.as_str()), (&b"\x84"[..], "\u{201E}"));
/// assert!(quote.layers.is_empty());
/// assert_eq!((letter.before, letter.after.as_str()), (&b"\xC3\x83\xA9"[..], "\u{E9}"));
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteEdit<'b> {
    /// The bytes of the input that the edit replaces.
    pub range: Range<usize>,
    /// What stood there.
    pub before: &'b [u8],
    /// What it became.
    pub after: String,
    /// The layers that the text had gone through, the last one first. There are none where bytes that are not UTF-8 are replaced as
    /// [`Options::invalid`] says, and nothing else is changed.
    pub layers: Vec<Layer>,
    /// What was lost on the way, and put back.
    pub losses: Losses,
}

/// The edits of bytes, in order, found as they are asked for. Made by [`find_bytes`](crate::find_bytes).
#[must_use = "edits are found as they are asked for"]
pub struct ByteEdits<'b> {
    bytes: &'b [u8],
    texts: Texts<'b>,
    options: Options,
    /// The edits of a text that is being looked through, and where it begins.
    edits: Option<(usize, Edits<'b>)>,
    found: VecDeque<ByteEdit<'b>>,
}

impl<'b> ByteEdits<'b> {
    pub(crate) fn new(bytes: &'b [u8], options: Options) -> ByteEdits<'b> {
        ByteEdits {
            bytes,
            texts: Texts::new(bytes, options.invalid),
            options,
            edits: None,
            found: VecDeque::new(),
        }
    }

    /// Finds the edits of a text in which characters stand for bytes that are not UTF-8, each of which is an edit, or part of one.
    fn find_in(&mut self, mended: &Mended) {
        let mut strays = mended.strays.iter().peekable();
        for edit in Edits::new(&mended.text, self.options.clone()) {
            while let Some(stray) = strays.next_if(|stray| stray.text.end <= edit.range.start) {
                self.replace(
                    stray.bytes.clone(),
                    mended.text.get(stray.text.clone()).unwrap_or_default(),
                );
            }
            while strays
                .next_if(|stray| stray.text.start < edit.range.end)
                .is_some()
            {}
            let range = mended.place(edit.range.start)..mended.place(edit.range.end);
            self.found.push_back(ByteEdit {
                before: self.bytes.get(range.clone()).unwrap_or_default(),
                range,
                after: edit.after,
                layers: edit.layers,
                losses: edit.losses,
            });
        }
        for stray in strays {
            self.replace(
                stray.bytes.clone(),
                mended.text.get(stray.text.clone()).unwrap_or_default(),
            );
        }
    }

    /// Bytes that are not UTF-8, and what takes their place. Those side by side are one edit.
    fn replace(&mut self, range: Range<usize>, text: &str) {
        match self.found.back_mut() {
            Some(last) if last.layers.is_empty() && last.range.end == range.start => {
                last.range.end = range.end;
                last.before = self.bytes.get(last.range.clone()).unwrap_or_default();
                last.after.push_str(text);
            }
            _ => self.found.push_back(ByteEdit {
                before: self.bytes.get(range.clone()).unwrap_or_default(),
                range,
                after: text.to_owned(),
                layers: Vec::new(),
                losses: Losses::NONE,
            }),
        }
    }
}

impl<'b> Iterator for ByteEdits<'b> {
    type Item = ByteEdit<'b>;

    fn next(&mut self) -> Option<ByteEdit<'b>> {
        loop {
            if let Some(edit) = self.found.pop_front() {
                return Some(edit);
            }
            if let Some((start, edits)) = &mut self.edits
                && let Some(edit) = edits.next()
            {
                return Some(ByteEdit {
                    range: *start + edit.range.start..*start + edit.range.end,
                    before: edit.before.as_bytes(),
                    after: edit.after,
                    layers: edit.layers,
                    losses: edit.losses,
                });
            }
            match self.texts.next()? {
                Text::Sound { start, text } => {
                    self.edits = Some((start, Edits::new(text, self.options.clone())));
                }
                Text::Mended(mended) => {
                    self.edits = None;
                    self.find_in(&mended);
                }
            }
        }
    }
}

impl std::fmt::Debug for ByteEdits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ByteEdits")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
