//! The first move: skip clean text fast, stop at what could be a garble.
//!
//! Every garble has somewhere two neighbouring characters that clean text hardly ever puts side by side; which those are, the classes
//! of the model tell by one look-up in a table that stays in the cache. ASCII is skipped without looking at all. An odd pair is common enough
//! in clean text too (`l’été`, an emoji after a letter), so at each [`is_suspect`] asks whether any codec makes a character of what stands there that is cheaper between its neighbours.
//! That takes as long as a dozen clean characters or two, and leaves a few suspects in a megabyte of clean text.
//!
//! Clean text is mostly what this sees, at some ten instructions a byte: about as many as to check that it is UTF-8.

use std::ops::Range;

use crate::ascii;
use crate::model::scanned::{self, After, Asked, Kind, Stops};
use crate::model::{Cost, Glyph, nats};
use crate::repair::suspect::{ASKED_BEFORE, ASKED_BEHIND, is_suspect};

/// A pair of classes is odd if it costs this much. Lower, and clean text is weighed more often for nothing; higher, and
/// garbles that look much like text are passed by. Tuned for the first point where recall stops growing.
const ODD: Cost = nats(6.0);

/// Besides what is dear, two pairs are odd: one that begins most of what was squeezed into Windows-1252, and one that begins all emoji in Windows-1251; and all that begins a garble of a multi-byte codec is odd after ASCII.
static STOPS: Stops = Stops::from(ODD);

/// The byte offset of the first place that could be a garble.
pub(crate) fn first_suspect(text: &str) -> Option<usize> {
    Scan::new(text, Asked::ODD).next().map(|stop| stop.place)
}

/// Whether there is one near any of the places, which are in order. If nothing was suspect before something else was put in these, nothing is farther off.
pub(crate) fn is_suspect_near(text: &str, mut places: impl Iterator<Item = Range<usize>>) -> bool {
    let mut known = 0;
    places.any(|place| {
        // Mostly there is only ASCII, of which no pair is odd.
        let near = place.start.saturating_sub(ASKED_BEFORE + 1)..place.end + ASKED_BEHIND + 1;
        let near = near.start..near.end.min(text.len());
        if text.as_bytes().get(near).is_some_and(<[u8]>::is_ascii) {
            return false;
        }
        let (before, _) = text.split_at_checked(place.start).unwrap_or((text, ""));
        let (_, behind) = text.split_at_checked(place.end).unwrap_or(("", text));
        let before = before.char_indices().rev().take(ASKED_BEFORE).last();
        let behind = behind.char_indices().nth(ASKED_BEHIND + 1);
        let start = before.map_or(0, |(at, _)| at).max(known);
        known = behind.map_or(text.len(), |(at, _)| place.end + at);
        let mut scan = Scan::within(text, start..known, Asked::ODD);
        scan.next().is_some()
    })
}

/// Whether clean text hardly ever has `c` after `before`.
pub(crate) fn is_odd(before: Glyph, c: Glyph) -> bool {
    STOPS.are_odd(before.class, c.class) && !before.is_line_feed() && !c.is_line_feed()
}

/// Whether a scan could stop at `c` after `before`, as a class or by itself: more than are odd.
#[inline]
pub(crate) fn may_stop(before: Glyph, c: Glyph) -> bool {
    STOPS.are_odd(before.class, c.class) || scanned::are_kinds_apart(before, c)
}

/// A character that is worth a look.
#[derive(Clone, Copy)]
pub(crate) struct Stop {
    pub place: usize,
    pub c: char,
    /// Whether it could be part of a garble, if that was asked.
    pub is_suspect: bool,
    /// Whether steps may look for it, if that was asked.
    pub is_sought: bool,
}

/// A look at one character after the other.
///
/// A line end counts as the same whether it stands there or the text begins or ends: so the suspects of a text are all the suspects of its lines. They need not be those
/// of the segments that a long line is cut in, which are to be asked one by one.
#[derive(Clone, Copy)]
pub(crate) struct Scan<'t> {
    text: &'t str,
    /// What is still to be looked at, and how much of the text is behind that.
    rest: &'t [u8],
    behind: usize,
    /// What stops it after the character before that.
    after: &'static After,
    pub(crate) asked: Asked,
}

impl<'t> Scan<'t> {
    pub(crate) fn new(text: &'t str, asked: Asked) -> Scan<'t> {
        Scan::from(text, 0, asked)
    }

    /// A scan of a text from the place on.
    pub(crate) fn from(text: &'t str, place: usize, asked: Asked) -> Scan<'t> {
        Scan::within(text, place..text.len(), asked)
    }

    /// A scan of a part of a text.
    fn within(text: &'t str, part: Range<usize>, asked: Asked) -> Scan<'t> {
        let before = text.get(..part.start);
        let before = before.and_then(|before| before.chars().next_back());
        let before = before.unwrap_or('\n');
        let mut scan = Scan {
            text,
            behind: text.len() - part.end,
            rest: text.as_bytes().get(part).unwrap_or_default(),
            after: STOPS.after(Kind::of(before)),
            asked,
        };
        if before.is_ascii() {
            scan.skip_ascii();
        }
        scan
    }

    /// The next stop. It is passed.
    pub(crate) fn next(&mut self) -> Option<Stop> {
        if self.asked.is_nothing() {
            return None;
        }
        // On a copy the compiler keeps what changes in registers.
        let mut scan = *self;
        let mut found = scan.look_among_most();
        *self = scan;
        if found.is_nothing() {
            found = self.look_among_last();
        }
        let place = self.place();
        let rest = self.text.get(place..)?;
        let c = rest.chars().next().filter(|_| !self.rest.is_empty())?;
        self.pass(Kind::of(c), c.len_utf8());
        Some(Stop {
            place,
            c,
            is_suspect: found.has(Asked::ODD),
            is_sought: found != Asked::ODD,
        })
    }

    /// Goes on to the next stop, or up to the last characters, of fewer bytes than are looked at together. What there was to stop for comes back.
    #[inline(always)]
    fn look_among_most(&mut self) -> Asked {
        while let Some(word) = self.word() {
            let found = match word >> 24 {
                byte @ 0..0x80 => {
                    let found = self.look_at(Kind::of_one(byte), 1);
                    // For a single space between words it is not worth it.
                    if found.is_nothing() && word & 0x80_0000 == 0 {
                        self.skip_ascii();
                    }
                    found
                }
                0x80..0xE0 => self.look_within::<2>(word),
                0xE0..0xF0 => self.look_within::<3>(word),
                _ => self.look_within::<4>(word),
            };
            if !found.is_nothing() {
                return found;
            }
        }
        Asked::NOTHING
    }

    /// The same for the last characters, up to the end.
    fn look_among_last(&mut self) -> Asked {
        let rest = self.text.get(self.place()..self.text.len() - self.behind);
        let rest = rest.unwrap_or_default();
        let mut found = rest
            .chars()
            .map(|c| self.look_at(Kind::of(c), c.len_utf8()));
        let found = found.find(|found| !found.is_nothing());
        found.unwrap_or(Asked::NOTHING)
    }

    fn place(&self) -> usize {
        self.text.len() - self.behind - self.rest.len()
    }

    /// The next four bytes, the first of them uppermost, which hold any character.
    fn word(&self) -> Option<u32> {
        self.word_at(0)
    }

    fn word_at(&self, place: usize) -> Option<u32> {
        let bytes = self.rest.get(place..)?.first_chunk();
        bytes.copied().map(u32::from_be_bytes)
    }

    fn skip_ascii(&mut self) {
        let (ascii, rest) = self.rest.split_at(ascii::prefix(self.rest));
        if let Some(&last) = ascii.last() {
            self.after = STOPS.after(Kind::of_one(last.into()));
        }
        self.rest = rest;
    }

    #[inline(always)]
    fn pass(&mut self, kind: Kind, length: usize) {
        self.after = STOPS.after(kind);
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    /// What there is to stop for at the next character, of which kind and length are known. If nothing, it is passed.
    #[inline(always)]
    fn look_at(&mut self, kind: Kind, length: usize) -> Asked {
        let asked = self.after.at(kind).of(self.asked);
        if !asked.is_nothing() {
            let found = confirmed(self.text, self.place(), asked);
            if !found.is_nothing() {
                return found;
            }
        }
        self.pass(kind, length);
        Asked::NOTHING
    }

    /// Passes the next characters that all have this length, up to the first stop among them, and begin with the word. A loop made for one length, of constants, is half as long
    /// as one for all; and runs of one length are what text is made of.
    #[inline(always)]
    fn look_within<const LENGTH: usize>(&mut self, mut word: u32) -> Asked {
        loop {
            if !self.passes_two::<LENGTH>(word) {
                let first = word >> 24;
                let (belongs, kind) = match LENGTH {
                    2 => ((0x80..0xE0).contains(&first), Kind::of_two(word >> 16)),
                    3 => ((0xE0..0xF0).contains(&first), Kind::of_three(word >> 8)),
                    _ => (first >= 0xF0, Kind::of_four(word)),
                };
                if !belongs {
                    return Asked::NOTHING;
                }
                let found = self.look_at(kind, LENGTH);
                // Behind a word there is ASCII.
                let ends = match LENGTH {
                    2 => word & 0x8000 == 0,
                    3 => word & 0x80 == 0,
                    _ => false,
                };
                if ends || !found.is_nothing() {
                    return found;
                }
            }
            word = match self.word() {
                Some(word) => word,
                None => return Asked::NOTHING,
            };
        }
    }

    /// Passes the next two characters together, which begin with the word, if they have this length and neither is a stop.
    #[inline(always)]
    fn passes_two<const LENGTH: usize>(&mut self, word: u32) -> bool {
        // In UTF-8 the first bytes tell what the others are.
        let kinds = match LENGTH {
            2 if word & 0xE000_E000 == 0xC000_C000 => Some([word >> 16, word].map(Kind::of_two)),
            3 if word & 0xF000_00F0 == 0xE000_00E0 => self
                .word_at(2)
                .map(|second| [word >> 8, second].map(Kind::of_three)),
            _ => None,
        };
        let Some([first, second]) = kinds else {
            return false;
        };
        let asked = self.after.at(first).and(STOPS.after(first).at(second));
        let passes = asked.of(self.asked).is_nothing();
        if passes {
            self.pass(second, 2 * LENGTH);
        }
        passes
    }
}

/// What there is to stop for at a place of a text, of what is asked there.
#[cold]
#[inline(never)]
fn confirmed(text: &str, at: usize, asked: Asked) -> Asked {
    match asked.has(Asked::ODD) && !is_suspect(text, at) {
        true => asked.without(Asked::ODD),
        false => asked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of text in which nothing is suspect, put together at random, a few characters are replaced or taken out: what is suspect then is found near them.
    #[test]
    fn nothing_is_suspect_far_from_a_change() {
        const CHARS: [char; 24] = [
            'a',
            'e',
            'n',
            '1',
            ' ',
            ' ',
            '?',
            ';',
            '\'',
            '\n',
            '\u{E9}',
            '\u{E2}',
            '\u{C3}',
            '\u{A9}',
            '\u{2019}',
            '\u{20AC}',
            '\u{161}',
            '\u{434}',
            '\u{3BE}',
            '\u{3B1}',
            '\u{7B2C}',
            '\u{4E16}',
            '\u{3001}',
            '\u{1F600}',
        ];
        let mut state = 1_u64;
        let mut random = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as usize % below
        };
        let mut found = 0;
        for _ in 0..200_000 {
            let pick = |count: usize, random: &mut dyn FnMut(usize) -> usize| {
                (0..count)
                    .map(|_| CHARS[random(CHARS.len())])
                    .collect::<String>()
            };
            let length = random(12);
            let [before, old] = [length, 1].map(|count| pick(count, &mut random));
            let length = random(12);
            let behind = pick(length, &mut random);
            if first_suspect(&format!("{before}{old}{behind}")).is_some() {
                continue;
            }
            let length = random(3);
            let new = pick(length, &mut random);
            let text = format!("{before}{new}{behind}");
            let place = before.len()..before.len() + new.len();
            let suspect = first_suspect(&text).is_some();
            assert_eq!(
                is_suspect_near(&text, std::iter::once(place)),
                suspect,
                "{text:?}"
            );
            found += usize::from(suspect);
        }
        assert!(found > 1000, "{found}");
    }
}
