//! What a stretch of text could be a garble of, in a multi-byte codec: what [`super::channel`] asks for the single-byte ones.
//!
//! Two bytes make a character, and pairs do not end where the characters of UTF-8 do. So a character of the garble may end one sequence and begin the next, which
//! then is *carried* over; or it ends one, and holds a character of ASCII besides. A byte that could not be paired became U+FFFD or `?`: nearly
//! any byte can be such a one, depending on the byte that came after. In Shift_JIS, Windows makes one mark of both bytes ([`is_lost_pair`]).

use std::ops::RangeInclusive;

use crate::codec::Codec;
use crate::codec::multi_byte;
use crate::codec::utf8::{Part, Sequence};
use crate::model::{self, Class, Cost, Glyph, known};
use crate::repair::channel::Candidate;
use crate::repair::loss::{Losses, costs, mark};
use crate::repair::window::Sym;

/// The most lost bytes in a character.
const MOST_LOST: u8 = 2;

/// How many bytes the second of two lost side by side may have been, by what follows. In EUC-KR, 80 begins no pair, and no first byte of Cyrillic or punctuation makes one with it: so
/// `р` loses both bytes, and quotes and dashes their first two. Before a letter or the rest of a sequence hardly another byte would be lost. At the end of a word any may be, and nothing
/// tells the letter.
const FEW: usize = 12;

/// Whether a garble of a multi-byte codec could begin with the character: the first bytes of UTF-8 begin nothing but Han, Hangul and, in Shift_JIS, half-width Katakana
/// and the first characters for private use. Of Han that Unicode has for compatibility alone, EUC-KR has some in the middle of the Cyrillic letters.
pub(super) fn may_begin(c: char) -> bool {
    begins(Class::of(c), c)
}

/// The same of a character whose class is known.
pub(super) fn begins(class: Class, c: char) -> bool {
    class.is_opening()
        || matches!(c, '\u{FF61}'..='\u{FF9F}' | '\u{E000}'..='\u{E3AB}' | '\u{F900}'..='\u{FA0B}')
}

/// Whether a sequence could go on with the character behind a lost first byte: Han, Hangul and half-width Katakana. Others could, but stand behind such marks for
/// other reasons too.
pub(super) fn may_go_on(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF61}'..='\u{FF9F}')
}

/// The middle dot that Windows makes of two bytes which are no pair in Shift_JIS. It is a pair there itself, of which text has hardly any that is UTF-8 misread: a byte of its last
/// character, and a capital E.
pub(super) fn is_lost_pair(codec: Codec, c: char) -> bool {
    codec == Codec::ShiftJis && c == '\u{30FB}'
}

/// Bytes that begin pairs in Shift_JIS and go on with sequences of UTF-8.
const FIRST_OF_PAIRS: RangeInclusive<u8> = 0x81..=0x9F;

/// The first bytes of punctuation, Kana and Han in UTF-8.
const FIRST_OF_EAST_ASIAN: RangeInclusive<u8> = 0xE2..=0xE9;

/// How many of those are followed that a lost pair may have ended with: which of them make sense, what comes behind tells.
const FOLLOWED: usize = 2;

/// Finds every character that the start of `syms` could be a garble of, the rest of one if a sequence is carried over; only a `lossy` search takes bytes for lost.
pub(super) fn candidates(
    codec: Codec,
    syms: &[Sym],
    carried: Option<Sequence>,
    lossy: bool,
    found: &mut impl FnMut(Candidate),
) {
    let Some(first) = syms.first() else { return };
    let lost = lossy && mark(first.c).is_some();
    if carried.is_none() && !begins(first.glyph.class, first.c) && !lost {
        return;
    }
    let start = Partial {
        sequence: carried,
        taken: 0,
        losses: Losses::NONE,
        lost: 0,
        behind: None,
        cost: 0,
    };
    let mut search = Search {
        codec,
        syms,
        lossy: false,
    };
    let mut whole = false;
    search.extend(start, &mut |candidate| {
        whole |= Glyph::of(candidate.c).is_known();
        found(candidate);
    });
    // Where a character is whole, nothing of it was lost.
    if lossy && !whole {
        search.lossy = true;
        search.extend(start, found);
    }
}

/// A character under way.
#[derive(Clone, Copy)]
struct Partial {
    sequence: Option<Sequence>,
    taken: u8,
    losses: Losses,
    lost: u8,
    /// The lost byte right before, if there is one.
    behind: Option<u8>,
    cost: Cost,
}

/// The search for all characters that begin at one place.
struct Search<'s> {
    codec: Codec,
    syms: &'s [Sym],
    lossy: bool,
}

impl Search<'_> {
    /// Takes one character of the garble more, in every way there is, until a sequence is full.
    fn extend(&self, partial: Partial, found: &mut impl FnMut(Candidate)) {
        let Some(next) = self.syms.get(usize::from(partial.taken)) else {
            return;
        };
        if is_lost_pair(self.codec, next.c) {
            if self.lossy && partial.lost == 0 {
                self.lose_pair(partial, found);
            }
            return;
        }
        if let Some(mark) = mark(next.c) {
            if self.lossy && (partial.lost == 0 || partial.behind.is_some()) {
                self.lose(partial, mark, found);
            }
            return;
        }
        let mut bytes = multi_byte::bytes(self.codec, next.c).iter();
        let Some(sequence) = bytes
            .next()
            .and_then(|byte| Sequence::follow(partial.sequence, byte))
        else {
            return;
        };
        let partial = Partial {
            taken: partial.taken + 1,
            behind: None,
            ..partial
        };
        match bytes.next() {
            None => self.proceed(sequence, partial, found),
            Some(byte) if sequence.is_full() => self.finish(sequence, partial, Some(byte), found),
            Some(byte) => {
                if let Some(sequence) = Sequence::follow(Some(sequence), byte) {
                    self.proceed(sequence, partial, found);
                }
            }
        }
    }

    fn proceed(&self, sequence: Sequence, partial: Partial, found: &mut impl FnMut(Candidate)) {
        if sequence.is_full() {
            self.finish(sequence, partial, None, found);
        } else {
            self.extend(
                Partial {
                    sequence: Some(sequence),
                    ..partial
                },
                found,
            );
        }
    }

    /// A full sequence is a candidate if it is a character. `byte` is what the last character of the garble has beyond it.
    fn finish(
        &self,
        sequence: Sequence,
        partial: Partial,
        byte: Option<u8>,
        found: &mut impl FnMut(Candidate),
    ) {
        let carried = byte.and_then(Sequence::start);
        let then = byte.filter(u8::is_ascii).map(char::from);
        if byte.is_some() && carried.is_none() && then.is_none() {
            return;
        }
        let Some(c) = sequence.code_point().and_then(char::from_u32) else {
            return;
        };
        // A lost byte is never filled in to make a character that nobody writes; and what was U+FFFD before it was garbled, as the Han that stand for it
        // tell those who know them, is no clearer for being U+FFFD again.
        if partial.lost > 0 && !Glyph::of(c).is_known() || c == char::REPLACEMENT_CHARACTER {
            return;
        }
        found(Candidate {
            then,
            carried,
            ..Candidate::one(c, partial.taken, partial.losses, partial.cost)
        });
    }

    /// Takes the next character for a lost byte, any that UTF-8 could have here and that makes no pair with what follows.
    fn lose(
        &self,
        partial: Partial,
        (losses, cost): (Losses, Cost),
        found: &mut impl FnMut(Candidate),
    ) {
        let lead = partial.sequence.is_none();
        let behind = partial.behind;
        let partial = Partial {
            taken: partial.taken + 1,
            losses: partial.losses.union(losses),
            lost: partial.lost + 1,
            cost: partial.cost + cost + if lead { costs::LOST_LEAD } else { 0 },
            ..partial
        };
        let follows = self.first_byte(partial.taken);
        let last = partial.sequence.filter(|sequence| sequence.is_last());
        if last.is_none() && !self.may_go_on(partial.taken, follows) {
            return;
        }
        let paired = behind.map_or(0, |behind| multi_byte::continuations(self.codec, behind));
        let is_alone =
            |&byte: &u8| paired >> (byte & 0x3F) & 1 == 0 && !self.is_pair(byte, follows);
        let another = partial.lost < MOST_LOST && self.may_lose_behind(partial.taken);
        let bytes = if lead { 0xC2..=0xF4u8 } else { 0x80..=0xBF };
        // A lost byte is never filled in to make a character that nobody writes.
        let fillers = last.map_or(u64::MAX, |sequence| known(sequence.page()));
        for byte in bytes.filter(|&byte| fillers >> (byte & 0x3F) & 1 != 0) {
            let Some(sequence) = Sequence::follow(partial.sequence, byte) else {
                continue;
            };
            if is_alone(&byte) {
                let behind = another.then_some(byte);
                self.proceed(sequence, Partial { behind, ..partial }, found);
            }
            // Windows makes one mark of a byte that begins a pair and the space after it.
            let swallows = losses == Losses::QUESTION_MARK && sequence.is_full() && follows != b' ';
            if swallows && may_stand_before_space(sequence) {
                let swallowed = Partial {
                    cost: partial.cost + costs::SWALLOWED,
                    ..partial
                };
                self.finish(sequence, swallowed, Some(b' '), found);
            }
        }
    }

    /// Takes the next character for two lost bytes, any that make no pair. The second goes on with the sequence, begins the next, or is ASCII that nothing is left to tell of.
    fn lose_pair(&self, partial: Partial, found: &mut impl FnMut(Candidate)) {
        let Some(sequence) = partial.sequence else {
            return;
        };
        let partial = Partial {
            taken: partial.taken + 1,
            losses: partial.losses.union(Losses::REPLACED),
            lost: partial.lost + 1,
            behind: None,
            cost: partial.cost + costs::REPLACED,
            ..partial
        };
        for first in FIRST_OF_PAIRS {
            let sequence = sequence.push(first);
            let lost = |&second: &u8| !self.is_pair(first, second);
            if sequence.is_full() {
                let mut seconds: Vec<u8> = FIRST_OF_EAST_ASIAN.filter(lost).collect();
                seconds.sort_by_cached_key(|&second| self.cost_behind(sequence, second, partial));
                for second in seconds.into_iter().take(FOLLOWED) {
                    self.finish(sequence, partial, Some(second), found);
                }
                let swallowed = Partial {
                    cost: partial.cost + costs::SWALLOWED,
                    ..partial
                };
                self.finish(sequence, swallowed, None, found);
            } else {
                for second in (0x80..=0xBF).filter(lost) {
                    self.proceed(sequence.push(second), partial, found);
                }
            }
        }
    }

    /// What the character costs behind a full sequence that begins with a byte and goes on behind what is taken: the most there is if that makes none.
    fn cost_behind(&self, sequence: Sequence, first: u8, partial: Partial) -> Cost {
        let rest = self.syms.get(usize::from(partial.taken)..);
        let rest = rest.unwrap_or_default().iter();
        let mut bytes = rest.flat_map(|sym| multi_byte::bytes(self.codec, sym.c).iter());
        let mut next = Sequence::start(first);
        while next.is_some_and(|next| !next.is_full()) {
            next = bytes.next().and_then(|byte| Sequence::follow(next, byte));
        }
        let chars = [Some(sequence), next].map(|sequence| sequence?.code_point());
        let [c, next] = chars.map(|code| code.and_then(char::from_u32).map(Glyph::of));
        let pair = c.zip(next.filter(|next| next.is_known()));
        pair.map_or(Cost::MAX, |(c, next)| model::cost(c, next))
    }

    /// The first byte of the character at a place, 0 if it has none.
    fn first_byte(&self, place: u8) -> u8 {
        match self.syms.get(usize::from(place)) {
            Some(sym) if sym.glyph.is_ascii() => sym.c as u8,
            Some(sym) => multi_byte::bytes(self.codec, sym.c).first(),
            None => 0,
        }
    }

    /// Whether a sequence may go on with the character at a place, which has this first byte: with that, or with a lost one.
    fn may_go_on(&self, place: u8, first: u8) -> bool {
        let sym = self.syms.get(usize::from(place));
        Part::of(first) == Part::Continuation || sym.is_some_and(|sym| mark(sym.c).is_some())
    }

    fn is_pair(&self, byte: u8, after: u8) -> bool {
        multi_byte::is_pair(self.codec, byte, after)
    }

    /// Whether the character at a place, behind a lost byte, is the mark of another that can have been but few.
    fn may_lose_behind(&self, place: u8) -> bool {
        let is_mark = |sym: &Sym| mark(sym.c).is_some();
        let after = self.first_byte(place + 1);
        let mut alone = (0x80..=0xBF).filter(|&byte| !self.is_pair(byte, after));
        self.syms.get(usize::from(place)).is_some_and(is_mark) && alone.nth(FEW).is_none()
    }
}

/// Whether a space may well stand behind the character of a full sequence: of general punctuation, behind dashes, closing quotes, bullets and ellipses.
fn may_stand_before_space(sequence: Sequence) -> bool {
    let c = sequence.code_point().unwrap_or(0);
    !(0x2000..0x2040).contains(&c)
        || matches!(c, 0x2013 | 0x2014 | 0x2019 | 0x201D | 0x2022 | 0x2026)
}
