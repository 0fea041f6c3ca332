//! Glue for whole text: from one segment that needs the engine to the next, with nothing copied in between.

use std::borrow::Cow;

use encoding_rs::Encoding;

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

/// In a segment that is not UTF-8 throughout, each valid stretch is repaired by itself, and the rest stays.
fn splice<'b>(bytes: &'b [u8], engine: &mut Engine<'_>) -> Cow<'b, [u8]> {
    let mut out = Spliced {
        input: bytes,
        copied: 0,
        out: Vec::new(),
    };
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let valid = Encoding::utf8_valid_up_to(rest);
        // What is valid up to the line that holds the first invalid byte needs no look at single segments.
        let lines = if valid == rest.len() {
            valid
        } else {
            memchr::memrchr(b'\n', rest.get(..valid).unwrap_or_default()).map_or(0, |at| at + 1)
        };
        out.repair(at..at + lines, engine);
        at += lines;
        if valid == rest.len() {
            break;
        }
        let mut line_end = false;
        while !line_end && at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            let length = segment::end(rest).unwrap_or(rest.len());
            for chunk in rest.get(..length).unwrap_or_default().utf8_chunks() {
                out.repair(at..at + chunk.valid().len(), engine);
                at += chunk.valid().len() + chunk.invalid().len();
            }
            line_end = bytes.get(at - 1) == Some(&b'\n');
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
    fn repair(&mut self, range: std::ops::Range<usize>, engine: &mut Engine<'_>) {
        let text = self
            .input
            .get(range.clone())
            .and_then(|bytes| std::str::from_utf8(bytes).ok());
        if let Some(Cow::Owned(repaired)) = text.map(|text| repair(text, engine)) {
            self.out
                .extend_from_slice(self.input.get(self.copied..range.start).unwrap_or_default());
            self.out.extend_from_slice(repaired.as_bytes());
            self.copied = range.end;
        }
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
