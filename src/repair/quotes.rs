//! Quotation marks that wait for their other half: what speaks for a lost `”` beyond its neighbours.

use crate::model::{Cost, nats};
use crate::repair::loss::Losses;

/// How much more probable `”` is where a `“` waits for it.
pub(super) const CLOSES: Cost = nats(4.0);

/// Which quotation is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Quoted {
    #[default]
    Not,
    /// A `“` waits for its `”`.
    High,
    /// A `„` waits for its `“`, as in German and Serbian, or `”`.
    Low,
}

impl Quoted {
    /// Which one is behind the character.
    pub fn after(self, c: char) -> Quoted {
        match c {
            '\u{201E}' => Quoted::Low,
            '\u{201C}' if self != Quoted::Low => Quoted::High,
            '\u{201C}' | '\u{201D}' => Quoted::Not,
            _ => self,
        }
    }

    /// What speaks for a character with these losses.
    pub fn closes(self, c: char, losses: Losses) -> Cost {
        if self == Quoted::High && c == '\u{201D}' && !losses.is_empty() {
            CLOSES
        } else {
            0
        }
    }
}

/// What a part of a text makes of each.
#[derive(Clone, Copy)]
pub(super) struct Quotes {
    of_not: Quoted,
    of_high: Quoted,
    of_low: Quoted,
}

impl Quotes {
    /// Those of no text.
    pub const NONE: Quotes = Quotes {
        of_not: Quoted::Not,
        of_high: Quoted::High,
        of_low: Quoted::Low,
    };

    /// Those of the text with one character more.
    pub fn with(self, c: char) -> Quotes {
        Quotes {
            of_not: self.of_not.after(c),
            of_high: self.of_high.after(c),
            of_low: self.of_low.after(c),
        }
    }

    /// Which quotation is open behind the text, if this one was before it.
    pub fn after(self, quoted: Quoted) -> Quoted {
        match quoted {
            Quoted::Not => self.of_not,
            Quoted::High => self.of_high,
            Quoted::Low => self.of_low,
        }
    }
}
