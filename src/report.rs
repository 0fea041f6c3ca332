//! What was changed: where, from what, to what, through which codecs.

use std::collections::VecDeque;
use std::ops::Range;

use crate::account::Account;
use crate::bytes::{Mended, Stray, Text, Texts};
use crate::engine::Engine;
use crate::garble::Layer;
use crate::natural;
use crate::options::Options;
use crate::repair::loss::Losses;
use crate::steps::Step;
use crate::whole::{How, Walk};

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
    /// Where that stands among the bytes of the output.
    pub output: Range<usize>,
    /// The layers that the text had gone through, the last one first; none if only steps changed it. Where nothing was lost and no step had a part,
    /// [`garble`](crate::garble) through them in reverse order gives `before` again.
    pub layers: Vec<Layer>,
    /// What was lost on the way, and put back.
    pub losses: Losses,
    /// The clean-ups that had a part in it, in the order in which they first did.
    pub steps: Vec<Step>,
    /// The weight of the evidence: by how much more natural the line became by all its edits, in nats; 0 where only steps changed it. With each nat it is e times (2.7) as
    /// probable, by the statistics of text that the repair goes by, which asks some dozen of them, and more for what is rarely right.
    pub evidence: u32,
}

/// The edits of a text, in order, found as they are asked for. Made by [`find`](crate::find).
#[must_use = "edits are found as they are asked for"]
pub struct Edits<'t> {
    walk: Walk<'t>,
    options: Options,
    found: VecDeque<Edit<'t>>,
    placed: Placed,
}

impl<'t> Edits<'t> {
    pub(crate) fn new(text: &'t str, options: Options) -> Edits<'t> {
        Edits {
            walk: Walk::new(text),
            options,
            found: VecDeque::new(),
            placed: Placed::default(),
        }
    }
}

impl<'t> Iterator for Edits<'t> {
    type Item = Edit<'t>;

    fn next(&mut self) -> Option<Edit<'t>> {
        while self.found.is_empty() {
            let changed = self.walk.next(&mut Engine::accounting(&self.options))?;
            let segment = changed.segment;
            let mut became = String::new();
            changed.write(&mut became);
            let evidence = natural::gain(segment, &became);
            let account = match changed.how {
                How::Layers(layers) => Account::of_repair(segment, &layers),
                How::Cleaned(cleaned) => cleaned.account,
            };
            for entry in account.into_entries() {
                let before = segment.get(entry.before.clone()).unwrap_or_default();
                let after = became.get(entry.after).unwrap_or_default();
                let range = changed.start + entry.before.start..changed.start + entry.before.end;
                match self.found.back_mut() {
                    // One step undid what another had done.
                    _ if before == after => {}
                    Some(last)
                        if last.range.end == range.start
                            && last.layers == entry.layers
                            && last.losses == entry.losses
                            && last.steps == entry.steps =>
                    {
                        last.range.end = range.end;
                        last.before = segment
                            .get(last.range.start - changed.start..entry.before.end)
                            .unwrap_or_default();
                        last.after.push_str(after);
                    }
                    _ => self.found.push_back(Edit {
                        range,
                        before,
                        after: after.to_owned(),
                        output: 0..0,
                        evidence: match entry.layers[..] {
                            [] => 0,
                            _ => evidence,
                        },
                        layers: entry.layers,
                        losses: entry.losses,
                        steps: entry.steps,
                    }),
                }
            }
        }
        let mut edit = self.found.pop_front()?;
        edit.output = self.placed.place(&edit.range, edit.after.len());
        Some(edit)
    }
}

/// How far edits have come, in the input and in the output.
#[derive(Default)]
struct Placed {
    input: usize,
    output: usize,
}

impl Placed {
    /// Where in the output that stands which takes the place of the next range.
    fn place(&mut self, range: &Range<usize>, length: usize) -> Range<usize> {
        let start = self.output + (range.start - self.input);
        (self.input, self.output) = (range.end, start + length);
        start..self.output
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
    /// Where that stands among the bytes of the output.
    pub output: Range<usize>,
    /// The layers that the text had gone through, the last one first. There are none where bytes that are not UTF-8 are replaced as
    /// [`Options::invalid`] says, and nothing else is changed; nor where only steps changed it.
    pub layers: Vec<Layer>,
    /// What was lost on the way, and put back.
    pub losses: Losses,
    /// The clean-ups that had a part in it, in the order in which they first did.
    pub steps: Vec<Step>,
    /// The weight of the evidence: by how much more natural the line became by all its edits, in nats; 0 where only steps changed it. With each nat it is e times (2.7) as
    /// probable, by the statistics of text that the repair goes by, which asks some dozen of them, and more for what is rarely right.
    pub evidence: u32,
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
    placed: Placed,
}

impl<'b> ByteEdits<'b> {
    pub(crate) fn new(bytes: &'b [u8], options: Options) -> ByteEdits<'b> {
        ByteEdits {
            bytes,
            texts: Texts::new(bytes, &options),
            options,
            edits: None,
            found: VecDeque::new(),
            placed: Placed::default(),
        }
    }

    /// Finds the edits of a text in which characters stand for bytes that are not UTF-8, each of which is an edit, or part of one.
    fn find_in(&mut self, mended: &Mended) {
        let mut strays = mended.strays.iter().peekable();
        for edit in Edits::new(&mended.text, self.options.clone()) {
            while let Some(stray) = strays.next_if(|stray| stray.text.end <= edit.range.start) {
                self.replace(stray, mended);
            }
            let mut steps = Vec::new();
            while let Some(stray) = strays.next_if(|stray| stray.text.start < edit.range.end) {
                steps.extend(stray.step.filter(|step| !steps.contains(step)));
            }
            steps.extend(edit.steps);
            let range = mended.place(edit.range.start)..mended.place(edit.range.end);
            self.found.push_back(ByteEdit {
                before: self.bytes.get(range.clone()).unwrap_or_default(),
                range,
                after: edit.after,
                output: 0..0,
                layers: edit.layers,
                losses: edit.losses,
                steps,
                evidence: edit.evidence,
            });
        }
        for stray in strays {
            self.replace(stray, mended);
        }
    }

    /// Bytes that are not UTF-8, and what takes their place. Those side by side are one edit.
    fn replace(&mut self, stray: &Stray, mended: &Mended) {
        let range = stray.bytes.clone();
        let text = mended.text.get(stray.text.clone()).unwrap_or_default();
        let steps: Vec<Step> = stray.step.into_iter().collect();
        match self.found.back_mut() {
            Some(last)
                if last.layers.is_empty()
                    && last.steps == steps
                    && last.range.end == range.start =>
            {
                last.range.end = range.end;
                last.before = self.bytes.get(last.range.clone()).unwrap_or_default();
                last.after.push_str(text);
            }
            _ => self.found.push_back(ByteEdit {
                before: self.bytes.get(range.clone()).unwrap_or_default(),
                range,
                after: text.to_owned(),
                output: 0..0,
                layers: Vec::new(),
                losses: Losses::NONE,
                steps,
                evidence: 0,
            }),
        }
    }

    fn next_edit(&mut self) -> Option<ByteEdit<'b>> {
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
                    output: 0..0,
                    layers: edit.layers,
                    losses: edit.losses,
                    steps: edit.steps,
                    evidence: edit.evidence,
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

impl<'b> Iterator for ByteEdits<'b> {
    type Item = ByteEdit<'b>;

    fn next(&mut self) -> Option<ByteEdit<'b>> {
        let mut edit = self.next_edit()?;
        edit.output = self.placed.place(&edit.range, edit.after.len());
        Some(edit)
    }
}

impl std::fmt::Debug for ByteEdits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ByteEdits")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
