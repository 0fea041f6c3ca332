//! The first move: skip clean text fast, stop at what could be a garble.
//!
//! Every garble has somewhere two neighbouring characters that clean text hardly ever puts side by side; which those are, the classes
//! of the model tell by one look-up in a table that stays in the cache. ASCII is skipped without looking at all. An odd pair is common enough
//! in clean text too (`l’été`, an emoji after a letter), so at each [`is_suspect`] asks whether any codec makes a character of what stands there that is cheaper between its neighbours.
//! That takes as long as a dozen clean characters or two, and leaves a few suspects in a megabyte of clean text.
//!
//! Clean text is mostly what this sees, at some twenty instructions a character: about as many as to check that it is UTF-8.

use crate::ascii;
use crate::model::{Class, Cost, DearAfter, DearPairs, Glyph, nats};
use crate::repair::suspect::is_suspect;

/// A pair of classes is odd if it costs this much. Lower, and clean text is weighed more often for nothing; higher, and
/// garbles that look much like text are passed by. Tuned for the first point where recall stops growing.
const ODD: Cost = nats(6.0);

/// The byte offset of the first place that could be a garble.
///
/// A line end counts as the same whether it stands there or the text begins or ends: so the suspects of a text are all the suspects of its lines. They need not be those
/// of the segments that a long line is cut in, which are to be asked one by one.
pub(crate) fn first_suspect(text: &str) -> Option<usize> {
    let mut walk = Walk {
        text,
        rest: text.as_bytes(),
        odd: ODD_PAIRS.after(Class::of_ascii(b'\n')),
    };
    walk.skip_ascii();
    while let Some(word) = walk.word() {
        let suspect = match word >> 24 {
            0..0x80 => walk.stops_at(Class::of_one(word), 1),
            0x80..0xE0 => walk.stops_within::<2>(),
            0xE0..0xF0 => walk.stops_within::<3>(),
            _ => walk.stops_within::<4>(),
        };
        if suspect {
            return Some(walk.place());
        }
        // For a single space between words it is not worth it.
        if word & 0x8080_0000 == 0 {
            walk.skip_ascii();
        }
    }
    walk.last_suspect()
}

/// A look at one character after the other.
struct Walk<'t> {
    text: &'t str,
    /// What is still to be looked at.
    rest: &'t [u8],
    /// What is odd after the character before that.
    odd: &'static DearAfter,
}

impl Walk<'_> {
    fn place(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    /// The next four bytes, the first of them uppermost, which hold any character.
    fn word(&self) -> Option<u32> {
        self.rest.first_chunk().copied().map(u32::from_be_bytes)
    }

    fn skip_ascii(&mut self) {
        let (ascii, rest) = self.rest.split_at(ascii::prefix(self.rest));
        if let Some(&last) = ascii.last() {
            self.odd = ODD_PAIRS.after(Class::of_ascii(last));
        }
        self.rest = rest;
    }

    /// Whether the next character is suspect, of which class and length are known. If not, it is passed.
    #[inline(always)]
    fn stops_at(&mut self, class: Class, length: usize) -> bool {
        let suspect = self.odd.contains(class) && is_suspect(self.text, self.rest);
        if !suspect {
            self.odd = ODD_PAIRS.after(class);
            self.rest = self.rest.get(length..).unwrap_or_default();
        }
        suspect
    }

    /// Whether one of the next characters that all have this length is suspect. Those before it are passed. A loop made for one length, of constants, is half as long
    /// as one for all; and runs of one length are what text is made of.
    #[inline(always)]
    fn stops_within<const LENGTH: usize>(&mut self) -> bool {
        while let Some(word) = self.word() {
            let first = word >> 24;
            let (belongs, class) = match LENGTH {
                2 => ((0x80..0xE0).contains(&first), Class::of_two(word)),
                3 => ((0xE0..0xF0).contains(&first), Class::of_three(word)),
                _ => (first >= 0xF0, Class::of_four(word)),
            };
            if !belongs {
                break;
            }
            if self.stops_at(class, LENGTH) {
                return true;
            }
        }
        false
    }

    /// The first suspect among the last characters, of fewer bytes than are looked at together.
    fn last_suspect(mut self) -> Option<usize> {
        let rest = self.text.get(self.place()..)?;
        rest.chars()
            .any(|c| self.stops_at(Class::of_scanned(c), c.len_utf8()))
            .then(|| self.place())
    }
}

/// Besides what is dear, the one pair is odd that begins most of what was squeezed into Windows-1252; and all that begins a garble of a multi-byte codec is odd after ASCII.
static ODD_PAIRS: DearPairs = DearPairs::from(ODD)
    .with_openings_after_ascii()
    .with_sought();

/// Whether clean text hardly ever has `c` after `before`.
pub(crate) fn is_odd(before: Glyph, c: Glyph) -> bool {
    ODD_PAIRS.after(before.class).contains(c.class) && !before.is_line_feed() && !c.is_line_feed()
}
