//! Glue for whole text: from one segment that needs the engine to the next, with nothing copied in between.

use std::borrow::Cow;
use std::ops::Range;

use crate::bytes::{Text, Texts};
use crate::clean::{Cleaned, clean};
use crate::engine::Engine;
use crate::model::scanned::Asked;
use crate::repair::lattice::Reading;
use crate::repair::rewrite;
use crate::segment;
use crate::steps::triggers::Places;

/// Walks a text, which begins where a segment does, from one segment that changes to the next.
pub(crate) struct Walk<'t> {
    text: &'t str,
    /// Where the next segment begins.
    at: usize,
    /// The segments that are scanned together: as many lines as a segment may have bytes, or one segment of a longer line.
    reach: Range<usize>,
    /// The places within reach that the repair or a step is to look at.
    places: Option<Places<'t>>,
}

/// A segment that does not stay as it is.
pub(crate) struct Changed<'t> {
    pub start: usize,
    pub segment: &'t str,
    pub how: How,
}

/// What becomes of a segment.
pub(crate) enum How {
    /// Layers come off, uppermost first.
    Layers(Vec<Reading>),
    /// Steps did something, too.
    Cleaned(Cleaned),
}

impl Changed<'_> {
    /// Writes what the segment becomes.
    pub(crate) fn write(&self, out: &mut String) {
        match &self.how {
            How::Layers(layers) => rewrite::apply_all(self.segment, layers, out),
            How::Cleaned(cleaned) => out.push_str(&cleaned.text),
        }
    }
}

impl<'t> Walk<'t> {
    pub(crate) fn new(text: &'t str) -> Walk<'t> {
        Walk {
            text,
            at: 0,
            reach: 0..0,
            places: None,
        }
    }

    /// The next segment that is not to stay as it is.
    pub(crate) fn next(&mut self, engine: &mut Engine<'_>) -> Option<Changed<'t>> {
        while self.at < self.text.len() {
            if self.at == self.reach.end {
                self.reach_on(engine)?;
            }
            let places = self.places.as_ref()?;
            let Some(place) = places.next().map(|place| self.reach.start + place) else {
                self.at = self.reach.end;
                continue;
            };
            let (start, segment) = self.segment_around(place)?;
            self.at = start + segment.len();
            let range = start - self.reach.start..self.at - self.reach.start;
            let places = self.places.as_mut()?;
            let how = if engine.triggers().steps().is_empty() {
                // Where no step looks for anything, all places are the repair's.
                places.pass(range.end);
                let layers = engine.layers(segment);
                (!layers.is_empty()).then_some(How::Layers(layers))
            } else {
                clean(segment, places.seen_in(range), engine).map(How::Cleaned)
            };
            if let Some(how) = how {
                return Some(Changed {
                    start,
                    segment,
                    how,
                });
            }
        }
        None
    }

    /// Goes on to what is scanned together next.
    fn reach_on(&mut self, engine: &Engine<'_>) -> Option<()> {
        let end = self.at + reach(self.text.as_bytes().get(self.at..)?);
        self.reach = self.at..end;
        let text = self.text.get(self.reach.clone())?;
        self.places = Some(Places::new(engine.triggers(), text, Asked::ODD));
        Some(())
    }

    /// The segment that holds the byte at `place`.
    fn segment_around(&self, place: usize) -> Option<(usize, &'t str)> {
        let bytes = self.text.as_bytes();
        let line = memchr::memrchr(b'\n', bytes.get(self.at..place)?);
        let start = self.at + line.map_or(0, |line| line + 1);
        let line = memchr::memchr(b'\n', bytes.get(place..self.reach.end)?);
        let end = line.map_or(self.reach.end, |line| place + line + 1);
        Some((start, self.text.get(start..end)?))
    }
}

/// The length of what can be scanned as one: where it is lines, the suspects of all are those of each.
fn reach(bytes: &[u8]) -> usize {
    let near = bytes.get(..segment::MAX).unwrap_or(bytes);
    match memchr::memrchr(b'\n', near) {
        Some(line) => line + 1,
        None => segment::end(bytes).unwrap_or(bytes.len()),
    }
}

/// Repairs a text that begins where a segment does.
pub(crate) fn repair<'t>(text: &'t str, engine: &mut Engine<'_>) -> Cow<'t, str> {
    let mut walk = Walk::new(text);
    let Some(mut changed) = walk.next(engine) else {
        return Cow::Borrowed(text);
    };
    // Repaired text is shorter, but a normalization may take some of its letters apart. To move a long text once more takes as long as to copy it.
    let mut out = String::with_capacity(text.len() + text.len() / 64);
    let mut copied = 0;
    loop {
        out.push_str(text.get(copied..changed.start).unwrap_or_default());
        changed.write(&mut out);
        copied = changed.start + changed.segment.len();
        if let How::Layers(layers) = changed.how {
            engine.give_back(layers);
        }
        match walk.next(engine) {
            Some(next) => changed = next,
            None => break,
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// Repairs bytes that begin where a segment does.
pub(crate) fn repair_bytes<'b>(bytes: &'b [u8], engine: &mut Engine<'_>) -> Cow<'b, [u8]> {
    // Nearly all are text, which to validate once takes time enough, and to copy another time too.
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => match repair(text, engine) {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        },
        Err(_) => splice(bytes, engine),
    }
}

/// Repairs each text among the bytes by itself; what is between them stays.
fn splice<'b>(bytes: &'b [u8], engine: &mut Engine<'_>) -> Cow<'b, [u8]> {
    let mut out = Spliced {
        input: bytes,
        copied: 0,
        out: Vec::new(),
    };
    for text in Texts::among(bytes, engine.options()) {
        match text {
            Text::Sound { start, text } => {
                if let Cow::Owned(repaired) = repair(text, engine) {
                    out.replace(start..start + text.len(), &repaired);
                }
            }
            Text::Mended(mended) => out.replace(mended.range, &repair(&mended.text, engine)),
        }
    }
    out.finish()
}

/// Output that is the input as long as nothing changes.
struct Spliced<'b> {
    input: &'b [u8],
    /// What of the input has been copied or replaced in `out`.
    copied: usize,
    out: Vec<u8>,
}

impl<'b> Spliced<'b> {
    fn replace(&mut self, range: Range<usize>, text: &str) {
        let before = self.input.get(self.copied..range.start);
        self.out.extend_from_slice(before.unwrap_or_default());
        self.out.extend_from_slice(text.as_bytes());
        self.copied = range.end;
    }

    fn finish(mut self) -> Cow<'b, [u8]> {
        if self.copied == 0 {
            return Cow::Borrowed(self.input);
        }
        self.out
            .extend_from_slice(self.input.get(self.copied..).unwrap_or_default());
        Cow::Owned(self.out)
    }
}
