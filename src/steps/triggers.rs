//! The quick checks: where a text has anything for the steps to do. Most text has nothing, so this is what the steps cost.

use super::{Step, Steps, bytewise, chars, entities, json, line_breaks, normalize, terminal};
use crate::options::{Normalization, Options};

/// For each byte the steps that look for a character which it is the first of, by any form of normalization. Bytes that characters go on with have none: so text need not be taken apart into
/// characters.
type ByByte = [Steps; 256];

static PLAIN: ByByte = by_byte(Normalization::None);
static NFC: ByByte = by_byte(Normalization::Nfc);
static NFD: ByByte = by_byte(Normalization::Nfd);
static NFKC: ByByte = by_byte(Normalization::Nfkc);
static NFKD: ByByte = by_byte(Normalization::Nfkd);

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn by_byte(form: Normalization) -> ByByte {
    let mut by_byte = [Steps::NONE; 256];
    let mut byte = 0;
    while byte < by_byte.len() {
        let mut at = 0;
        while at < Step::ALL.len() {
            if begins(Step::ALL[at], byte as u8, form) {
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
    by_byte: &'static ByByte,
}

impl Triggers {
    pub(crate) fn new(options: &Options) -> Triggers {
        let form = options.normalization;
        Triggers {
            steps: Steps::of_text(options),
            form,
            by_byte: match form {
                Normalization::None => &PLAIN,
                Normalization::Nfc => &NFC,
                Normalization::Nfd => &NFD,
                Normalization::Nfkc => &NFKC,
                Normalization::Nfkd => &NFKD,
            },
        }
    }

    /// The steps that are looked for.
    pub(crate) fn steps(self) -> Steps {
        self.steps
    }

    /// The first place where a step may have something to do.
    pub(crate) fn first(self, text: &str) -> Option<usize> {
        self.places(text).map(|(at, _)| at).next()
    }

    /// The steps that may have something to do.
    pub(crate) fn of(self, text: &str) -> Steps {
        let places = self.places(text);
        places.fold(Steps::NONE, |all, (_, steps)| all.union(steps))
    }

    /// The places where steps may have something to do, and those steps.
    fn places(self, text: &str) -> impl Iterator<Item = (usize, Steps)> {
        let mut at = 0;
        let mut normalization = normalize::Search::new(self.form);
        std::iter::from_fn(move || {
            loop {
                let (place, c) = self.next_char(text, at)?;
                at = place + c.len_utf8();
                let rest = text.as_bytes().get(place..)?;
                let steps = self.by(*rest.first()?).filter(|step| match step {
                    Step::Normalization => normalization.change_at(text, place, c).is_some(),
                    _ => wants(step, c, rest),
                });
                if !steps.is_empty() {
                    return Some((place, steps));
                }
            }
        })
    }

    /// The next character from a place on that a step may look for.
    ///
    /// Letters that only share their first byte with one are many, and come in runs.
    fn next_char(self, text: &str, from: usize) -> Option<(usize, char)> {
        let normalizes = self.steps.contains(Step::Normalization);
        let mut at = from;
        loop {
            let rest = text.as_bytes().get(at..)?;
            at += rest.iter().position(|&byte| !self.by(byte).is_empty())?;
            for c in text.get(at..)?.chars() {
                if c.is_ascii() {
                    if !self.by(c as u8).is_empty() {
                        return Some((at, c));
                    }
                    break;
                }
                if normalizes && normalize::moves(c, self.form) || is_sought(c) {
                    return Some((at, c));
                }
                at += c.len_utf8();
            }
        }
    }

    fn by(self, byte: u8) -> Steps {
        let steps = self.by_byte.get(usize::from(byte));
        steps.map_or(Steps::NONE, |&steps| steps.and(self.steps))
    }
}

/// Whether a character that the step looks for begins with this byte.
const fn begins(step: Step, byte: u8, form: Normalization) -> bool {
    match step {
        Step::Surrogates => false,
        Step::Normalization => normalize::may_move(byte, form),
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

/// Whether any step looks for a character that is not ASCII, but for the normalization.
#[inline]
fn is_sought(c: char) -> bool {
    // Where most letters are there is none of them.
    if matches!(c, '\u{300}'..='\u{1FFF}' | '\u{3001}'..='\u{FAFF}') {
        return false;
    }
    chars::is_of_other_width(c)
        || chars::straight_quote(c).is_some()
        || chars::is_control(c)
        || chars::is_bom(c)
        || chars::is_ligature(c)
        || chars::c1(c).is_some()
        || line_breaks::is_other_break(c)
}

/// Whether the step has something to do here, as far as can be told by a short look. The normalization takes a longer one.
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
                    !wants(step, c, bytes)
                        || c.is_ascii()
                        || begins(step, bytes[0], Normalization::None),
                    "{step} looks for {c:?}"
                );
            }
        }
    }
}
