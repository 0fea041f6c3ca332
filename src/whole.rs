//! Glue for whole text: from one segment that needs the engine to the next, with nothing copied in between.

use std::borrow::Cow;
use std::ops::Range;

use crate::bytes::{Text, Texts};
use crate::engine::Engine;
use crate::repair::lattice::Reading;
use crate::repair::{rewrite, scan};
use crate::segment;

/// Walks a text, which begins where a segment does, from one garbled segment to the next.
pub(crate) struct Walk<'t> {
    text: &'t str,
    /// Where the next segment begins.
    at: usize,
    /// The end of the segments that are scanned together: as many lines as a segment may have bytes, or one segment of a longer line.
    reach: usize,
}

/// A segment with the layers to take off it, uppermost first.
pub(crate) struct Garbled<'t> {
    pub start: usize,
    pub segment: &'t str,
    pub layers: Vec<Reading>,
}

impl<'t> Walk<'t> {
    pub(crate) fn new(text: &'t str) -> Walk<'t> {
        Walk {
            text,
            at: 0,
            reach: 0,
        }
    }

    /// The next segment that is not to stay as it is.
    pub(crate) fn next(&mut self, engine: &mut Engine<'_>) -> Option<Garbled<'t>> {
        while self.at < self.text.len() {
            if self.at == self.reach {
                self.reach = self.at + reach(self.text.as_bytes().get(self.at..)?);
            }
            let Some(suspect) = scan::first_suspect(self.text.get(self.at..self.reach)?) else {
                self.at = self.reach;
                continue;
            };
            let (start, segment) = self.segment_around(self.at + suspect)?;
            self.at = start + segment.len();
            let layers = engine.layers(segment);
            if !layers.is_empty() {
                return Some(Garbled {
                    start,
                    segment,
                    layers,
                });
            }
        }
        None
    }

    /// The segment that holds the byte at `place`.
    fn segment_around(&self, place: usize) -> Option<(usize, &'t str)> {
        let bytes = self.text.as_bytes();
        let line = memchr::memrchr(b'\n', bytes.get(self.at..place)?);
        let start = self.at + line.map_or(0, |line| line + 1);
        let line = memchr::memchr(b'\n', bytes.get(place..self.reach)?);
        let end = line.map_or(self.reach, |line| place + line + 1);
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
    let Some(mut garbled) = walk.next(engine) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    loop {
        out.push_str(text.get(copied..garbled.start).unwrap_or_default());
        rewrite::apply_all(garbled.segment, &garbled.layers, &mut out);
        copied = garbled.start + garbled.segment.len();
        match walk.next(engine) {
            Some(next) => garbled = next,
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
    for text in Texts::among(bytes, engine.options().invalid) {
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
