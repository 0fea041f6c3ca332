//! The quick checks: where a text has anything for the steps to do. Most text has nothing, so this is what the steps cost.

use super::{Step, Steps, bytewise, chars, entities, json, line_breaks, normalize, terminal};
use crate::options::{Normalization, Options};

/// For each byte the steps that look for a character which it is the first of. Bytes that characters go on with have none: so text need not be taken apart into characters.
static BY_BYTE: [Steps; 256] = by_byte();

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn by_byte() -> [Steps; 256] {
    let mut by_byte = [Steps::NONE; 256];
    let mut byte = 0;
    while byte < by_byte.len() {
        let mut at = 0;
        while at < Step::ALL.len() {
            if begins(Step::ALL[at], byte as u8) {
                by_byte[byte] = by_byte[byte].with(Step::ALL[at]);
            }
            at += 1;
        }
        byte += 1;
    }
    by_byte
}

/// What to look for, by given options.
#[derive(Clone, Copy)]
pub(crate) struct Triggers {
    steps: Steps,
    form: Normalization,
}

impl Triggers {
    pub(crate) fn new(options: &Options) -> Triggers {
        Triggers {
            steps: Steps::of_text(options),
            form: options.normalization,
        }
    }

    /// The steps that are looked for.
    pub(crate) fn steps(self) -> Steps {
        self.steps
    }

    /// The first place where a step may have something to do.
    pub(crate) fn first(self, text: &str) -> Option<usize> {
        let place = self.places(text).map(|(at, _)| at).next();
        let before = text.get(..place.unwrap_or(text.len()))?;
        self.normalization(before).or(place)
    }

    /// The steps that may have something to do.
    pub(crate) fn of(self, text: &str) -> Steps {
        let places = self.places(text);
        let found = places.fold(Steps::NONE, |all, (_, steps)| all.union(steps));
        match self.normalization(text) {
            Some(_) => found.with(Step::Normalization),
            None => found,
        }
    }

    /// The places that a step looks at, with those steps. The normalization is not among them.
    fn places(self, text: &str) -> impl Iterator<Item = (usize, Steps)> {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let rest = bytes.get(at..)?;
                let place = at + rest.iter().position(|&byte| !self.by(byte).is_empty())?;
                at = place + 1;
                let rest = text.get(place..)?;
                let c = rest.chars().next()?;
                let by_byte = self.by(*bytes.get(place)?);
                let steps = by_byte.filter(|step| wants(step, c, rest.as_bytes()));
                if !steps.is_empty() {
                    return Some((place, steps));
                }
            }
        })
    }

    fn by(self, byte: u8) -> Steps {
        let steps = BY_BYTE.get(usize::from(byte));
        steps.map_or(Steps::NONE, |&steps| steps.and(self.steps))
    }

    fn normalization(self, text: &str) -> Option<usize> {
        if !self.steps.contains(Step::Normalization) {
            return None;
        }
        normalize::next_change(text, 0, self.form).map(|(range, _)| range.start)
    }
}

/// Whether a character that the step looks for begins with this byte.
const fn begins(step: Step, byte: u8) -> bool {
    match step {
        Step::Surrogates | Step::Normalization => false,
        Step::ControlCharacters => {
            matches!(byte, 0xE2 | 0xEF) || byte.is_ascii() && chars::is_control(byte as char)
        }
        Step::TerminalEscapes => byte == terminal::ESC,
        Step::Bom => byte == 0xEF,
        Step::Entities => byte == b'&',
        Step::JsonEscapes => byte == b'\\',
        Step::PercentEscapes => byte == bytewise::PERCENT,
        Step::QuotedPrintable => byte == bytewise::QUOTED_PRINTABLE,
        Step::C1 => byte == 0xC2,
        Step::Ligatures => matches!(byte, 0xC4 | 0xC5 | 0xC7 | 0xEF),
        Step::Width => matches!(byte, 0xE3 | 0xEF),
        Step::Quotes => matches!(byte, 0xCA | 0xE2),
        Step::LineBreaks => matches!(byte, b'\r' | 0xC2 | 0xE2),
    }
}

/// Whether the step has something to do here, as far as can be told by a short look.
fn wants(step: Step, c: char, text: &[u8]) -> bool {
    match step {
        Step::Surrogates | Step::Normalization => false,
        Step::TerminalEscapes => text.first() == Some(&terminal::ESC),
        Step::ControlCharacters => chars::is_control(c),
        Step::Bom => chars::is_bom(c),
        Step::Entities => entities::is_one(text),
        Step::JsonEscapes => json::is_one(text),
        Step::PercentEscapes | Step::QuotedPrintable => bytewise::is_one(text),
        Step::C1 => chars::c1(c).is_some(),
        Step::Ligatures => chars::is_ligature(c),
        Step::Width => chars::is_of_other_width(c),
        Step::Quotes => chars::straight_quote(c).is_some(),
        Step::LineBreaks => line_breaks::is_other_break(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No character is missed because of its first byte.
    #[test]
    fn first_bytes_tell() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            for step in Step::ALL {
                assert!(
                    !wants(step, c, bytes) || c.is_ascii() || begins(step, bytes[0]),
                    "{step} looks for {c:?}"
                );
            }
        }
    }
}
