//! Lines that say of themselves, or of those behind them, that they are to be left alone: text that shows mojibake as an example, say.
//!
//! A line that holds `unmojibake: ignore` stays as it is, and so do the lines from one that holds `unmojibake: off` to the one that holds `unmojibake: on`, both
//! included. Pieces are to be asked for in order.
//!
//! A line longer than [`STRETCH`] comes in stretches, and those before the directive may be out already. There a directive holds from the stretch on
//! in which it ends. Stretches are the same however the text is read, so what comes out is the same too.

use std::ops::Range;

use memchr::memmem;

/// What a directive begins with.
const MARK: &[u8] = b"unmojibake:";

/// The longest stretch of a line, in bytes: what [`unmojibake::complete_up_to`] holds back at most.
const STRETCH: usize = 64 * 1024;

/// How much of the end of a stretch is remembered: more than a directive has.
const SEAM: usize = 64;

/// Which lines are left alone, as far as the text has been read.
#[derive(Default)]
pub(crate) struct Directives {
    /// Lines are left alone until one says `on`.
    off: bool,
    /// The rest of the line that has been begun is left alone.
    ignored: bool,
    /// The end of what has been read of a line that has been begun.
    seam: Vec<u8>,
    /// Whether NUL ends lines, too.
    records: bool,
}

impl Directives {
    pub(crate) fn new(records: bool) -> Directives {
        Directives {
            records,
            ..Directives::default()
        }
    }

    /// The place behind the first line end, or behind the last.
    fn first_end(&self, bytes: &[u8]) -> Option<usize> {
        let end = match self.records {
            true => memchr::memchr2(b'\n', 0, bytes),
            false => memchr::memchr(b'\n', bytes),
        };
        Some(end? + 1)
    }

    fn last_end(&self, bytes: &[u8]) -> Option<usize> {
        let end = match self.records {
            true => memchr::memrchr2(b'\n', 0, bytes),
            false => memchr::memrchr(b'\n', bytes),
        };
        Some(end? + 1)
    }

    /// The parts of the next piece that may be repaired.
    pub(crate) fn open(&mut self, piece: &[u8]) -> Vec<Range<usize>> {
        let mut open = Parts::default();
        let mut at = 0;
        if !self.seam.is_empty() {
            at = self.line(piece, 0, &mut open);
        }
        while let Some(mark) = memmem::find(&piece[at..], MARK) {
            let line = at + self.last_end(&piece[at..at + mark]).unwrap_or(0);
            open.push(at..line, !self.off);
            at = self.line(piece, line, &mut open);
        }
        let line = at + self.last_end(&piece[at..]).unwrap_or(0);
        if line < piece.len() {
            open.push(at..line, !self.off);
            at = self.line(piece, line, &mut open);
        }
        open.push(at..piece.len(), !self.off);
        open.0
    }

    /// Goes through a line, or what is there of it, stretch by stretch, and tells where it ends.
    fn line(&mut self, piece: &[u8], start: usize, open: &mut Parts) -> usize {
        let line_end = self.first_end(&piece[start..]);
        let end = line_end.map_or(piece.len(), |length| start + length);
        let mut at = start;
        while at < end {
            let length = stretch(&piece[at..end]);
            let stretch = &piece[at..at + length];
            self.obey(stretch);
            open.push(at..at + length, !self.off && !self.ignored);
            self.remember(stretch);
            at += length;
        }
        if line_end.is_some() {
            self.seam.clear();
            self.ignored = false;
        }
        end
    }

    /// Does what a stretch says, and what begins in the one before.
    fn obey(&mut self, stretch: &[u8]) {
        let before = self.seam.len();
        if before > 0 {
            let near = stretch.get(..SEAM).unwrap_or(stretch);
            let seam = [&self.seam, near].concat();
            for (directive, place) in directives(&seam) {
                if (place.start..place.end).contains(&before) && place.start < before {
                    self.turn(directive);
                }
            }
        }
        for (directive, _) in directives(stretch) {
            self.turn(directive);
        }
    }

    fn turn(&mut self, directive: Directive) {
        self.ignored |= directive != Directive::On || self.off;
        match directive {
            Directive::Ignore => {}
            Directive::Off => self.off = true,
            Directive::On => self.off = false,
        }
    }

    fn remember(&mut self, stretch: &[u8]) {
        self.seam
            .extend_from_slice(stretch.last_chunk::<SEAM>().map_or(stretch, |end| end));
        let more = self.seam.len().saturating_sub(SEAM);
        self.seam.drain(..more);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Directive {
    Ignore,
    Off,
    On,
}

/// The directives in some text, and where they stand.
fn directives(text: &[u8]) -> impl Iterator<Item = (Directive, Range<usize>)> {
    memmem::find_iter(text, MARK).filter_map(|start| {
        let rest = text[start + MARK.len()..].trim_ascii_start();
        let length = rest.iter().take_while(|&&byte| is_word(byte)).count();
        let directive = match &rest[..length] {
            b"ignore" => Directive::Ignore,
            b"off" => Directive::Off,
            b"on" => Directive::On,
            _ => return None,
        };
        Some((directive, start..text.len() - rest.len() + length))
    })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || !byte.is_ascii()
}

/// The length of the stretch that a line, or the rest of one, begins with.
fn stretch(line: &[u8]) -> usize {
    match line.get(..STRETCH) {
        Some(reach) => unmojibake::complete_up_to(reach),
        None => line.len(),
    }
}

/// Parts of a piece, with those joined that lie side by side.
#[derive(Default)]
struct Parts(Vec<Range<usize>>);

impl Parts {
    fn push(&mut self, part: Range<usize>, open: bool) {
        if !open || part.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.end == part.start => last.end = part.end,
            _ => self.0.push(part),
        }
    }
}
