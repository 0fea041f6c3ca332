//! The characters of ASCII that steps look for: control characters, and the signs that escapes begin with.
//!
//! Text has few of them, and they are no parts of other characters. So they are sought among bytes, many at a time: a loop without branches over a fixed number
//! is one that the compiler makes vectors of.

use super::{Step, Steps, bytewise, chars, entities, json, terminal};

/// Bytes looked at together, and near the end.
const STRIDE: usize = 64;
const WORD: usize = 16;

/// What is looked for: control characters and ampersands always, since nearly all who want anything want those.
#[derive(Clone, Copy)]
pub(super) struct Signs {
    /// The signs of other escapes, if any of them are asked for. In the place of one that is not, one that is.
    others: Option<[u8; 3]>,
}

impl Signs {
    /// Those of some steps. `None` if they look for nothing that is ASCII.
    pub(super) fn of(steps: Steps) -> Option<Signs> {
        const OTHERS: [(Step, u8); 3] = [
            (Step::JsonEscapes, b'\\'),
            (Step::PercentEscapes, bytewise::PERCENT),
            (Step::QuotedPrintable, bytewise::QUOTED_PRINTABLE),
        ];
        let asked = |(step, sign): (Step, u8)| steps.contains(step).then_some(sign);
        let any = OTHERS.into_iter().find_map(asked);
        let others = any.map(|any| OTHERS.map(|other| asked(other).unwrap_or(any)));
        (!steps.in_ascii().is_empty()).then_some(Signs { others })
    }

    /// The place of the first one.
    pub(super) fn first(self, bytes: &[u8]) -> Option<usize> {
        let Some([a, b, c]) = self.others else {
            return first(bytes, is_usual);
        };
        first(bytes, |byte| {
            is_usual(byte) | (byte == a) | (byte == b) | (byte == c)
        })
    }
}

#[inline(always)]
fn is_usual(byte: u8) -> bool {
    let is_blank = (byte == b'\t') | (byte == b'\n');
    (byte < b' ') & !is_blank | (byte == 0x7F) | (byte == b'&')
}

fn first(bytes: &[u8], is_sign: impl Fn(u8) -> bool) -> Option<usize> {
    let far = without::<STRIDE>(bytes, &is_sign);
    let rest = bytes.get(far..)?;
    // What is left at the end of a line is long if bytes are looked at one by one.
    let near = match rest.len() {
        0..STRIDE => without::<WORD>(rest, &is_sign),
        _ => 0,
    };
    let place = rest.get(near..)?.iter().position(|&byte| is_sign(byte));
    place.map(|place| far + near + place)
}

/// How many bytes come before the first stretch of a length that has a sign.
fn without<const LENGTH: usize>(bytes: &[u8], is_sign: impl Fn(u8) -> bool) -> usize {
    let (stretches, _) = bytes.as_chunks::<LENGTH>();
    let has_none = |stretch: &&[u8; LENGTH]| {
        let any = |any: u8, &byte: &u8| any | u8::from(is_sign(byte));
        stretch.iter().fold(0, any) == 0
    };
    LENGTH * stretches.iter().take_while(has_none).count()
}

/// The steps that may have something to do where a text goes on with a sign, as far as can be told by a short look.
pub(super) fn by(from_sign: &[u8]) -> Steps {
    let Some(&sign) = from_sign.first() else {
        return Steps::NONE;
    };
    let only = |step: Step, has_one: bool| match has_one {
        true => Steps::NONE.with(step),
        false => Steps::NONE,
    };
    match sign {
        b'&' => only(Step::Entities, entities::is_one(from_sign)),
        b'\\' => only(Step::JsonEscapes, json::is_one(from_sign)),
        bytewise::PERCENT => only(Step::PercentEscapes, bytewise::is_one(from_sign)),
        bytewise::QUOTED_PRINTABLE => only(Step::QuotedPrintable, bytewise::is_one(from_sign)),
        b'\r' => Steps::NONE.with(Step::LineBreaks),
        terminal::ESC => Steps::NONE
            .with(Step::TerminalEscapes)
            .with(Step::ControlCharacters),
        _ => only(Step::ControlCharacters, chars::is_control(char::from(sign))),
    }
}
