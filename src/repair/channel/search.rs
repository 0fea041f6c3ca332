//! The search for all that a first byte and what follows it could be a garble of: byte by byte, with whatever may have become of each.

use super::{Candidate, Channel, MOST_LOST, is_continuation};
use crate::codec::utf8::{PUNCTUATION, Sequence, pair};
use crate::codec::{Codec, is_c1, row};
use crate::model::{Cost, Glyph, known};
use crate::repair::loss::{Losses, costs, mark};
use crate::repair::normalized;
use crate::repair::open::Picks;
use crate::repair::window::Sym;

/// The first byte of most Latin letters with accents.
const ACCENTED: u8 = 0xC3;

/// The page of the C1 controls.
const C1_PAGE: u32 = 0x80 >> 6;

/// The last bytes of the punctuation from E2 80 that stands between spaces: – — •
const SPACED: [u8; 3] = [0x93, 0x94, 0xA2];

/// A sequence under way.
#[derive(Clone, Copy)]
pub(super) struct Partial {
    pub sequence: Sequence,
    pub taken: u8,
    pub losses: Losses,
    pub lost: u8,
    pub cost: Cost,
    /// A space that stands behind a byte that was lost without a trace.
    pub then: Option<char>,
    pub picks: Picks,
    /// Whether one of those lost something.
    pub guessed: bool,
}

impl Partial {
    /// Goes on with a byte that is all there, in what it has become.
    fn bruise(self, byte: u8, taken: u8, losses: Losses, cost: Cost) -> Partial {
        Partial {
            sequence: self.sequence.push(byte),
            taken: self.taken + taken,
            losses: self.losses.union(losses),
            cost: self.cost + cost,
            ..self
        }
    }

    fn lose(self, byte: u8, taken: u8, losses: Losses, cost: Cost) -> Partial {
        Partial {
            lost: self.lost + 1,
            ..self.bruise(byte, taken, losses, cost)
        }
    }
}

/// The search for all characters that begin with one first byte.
pub(super) struct Search<'s> {
    pub channel: &'s Channel,
    pub syms: &'s [Sym],
    pub lossy: bool,
    pub lead: u8,
}

impl Search<'_> {
    /// Takes a byte that has been found for a sequence, the last one or another.
    #[inline]
    fn take(&self, partial: Partial, found: &mut impl FnMut(Candidate)) {
        if partial.sequence.is_full() {
            self.finish(&partial, found);
        } else {
            self.extend(partial, found);
        }
    }

    /// Takes one byte more, in every way there is, until the sequence is full.
    pub fn extend(&self, partial: Partial, found: &mut impl FnMut(Candidate)) {
        let next = self.syms.get(usize::from(partial.taken));
        if let Some(byte) = next
            .map(|sym| self.channel.byte(sym.row))
            .filter(|&byte| is_continuation(byte))
        {
            let more = Partial {
                sequence: partial.sequence.push(byte),
                taken: partial.taken + 1,
                cost: partial.cost + self.channel.literal,
                ..partial
            };
            self.take(more, found);
        }
        for open in next.map_or(&[][..], |sym| self.channel.open(sym)) {
            if is_continuation(open.byte) {
                let more = Partial {
                    sequence: partial.sequence.push(open.byte),
                    taken: partial.taken + open.taken,
                    cost: partial.cost + open.cost,
                    picks: partial.picks.with(partial.taken, open.index),
                    guessed: partial.guessed || !open.whole,
                    ..partial
                };
                self.take(more, found);
            }
        }
        if partial.losses == Losses::RECASED {
            // The last byte keeps its case: another would fill the sequence.
            let byte = next.filter(|_| !partial.sequence.is_last());
            let byte = byte.and_then(|sym| self.channel.recased(sym.c));
            if let Some(byte) = byte.filter(|&byte| is_continuation(byte)) {
                self.extend(partial.lose(byte, 1, Losses::RECASED, 0), found);
            }
            return;
        }
        if partial.losses == Losses::BEST_FIT {
            // Where two bytes more are to come, the next has itself as best fit in all that is looked for.
            let may_be = partial.taken > 1 || partial.sequence.is_last();
            let bytes = next.filter(|_| may_be).into_iter();
            for byte in bytes.flat_map(|sym| self.channel.squeezed(sym.c)) {
                if is_continuation(byte) {
                    self.take(partial.bruise(byte, 1, Losses::BEST_FIT, 0), found);
                }
            }
            return;
        }
        if self.lossy
            && self.channel.is_western()
            && next.is_some_and(|sym| normalized::may_begin(sym.c))
        {
            self.spell(partial, found);
        }
        // Of a character of three or four bytes, two at least must be left to tell which it was, or marks where they were; of punctuation from E2 80, which is common, one.
        let punctuation = self.lead == PUNCTUATION && partial.sequence.starts_with_80();
        let marked = next.is_some_and(|sym| mark(sym.c).is_some())
            && partial.losses.without(Losses::MARKED).is_empty();
        let length = partial.sequence.length();
        let most = if punctuation || marked && length > 2 && self.channel.most_lost > 1 {
            MOST_LOST
        } else {
            self.channel
                .most_lost
                .min(length.max(3) - self.channel.left)
        };
        if self.lossy && partial.lost < most {
            self.lose(partial, next, found);
        } else if self.lossy && partial.losses == Losses::STRAIGHTENED && partial.lost < MOST_LOST {
            // Corners of boxes have two quotes.
            self.straighten(partial, next, found);
        }
    }

    /// Takes what follows for the next byte, spelt out: nothing is lost then, but how it looked.
    fn spell(&self, partial: Partial, found: &mut impl FnMut(Candidate)) {
        let rest = self.syms.get(usize::from(partial.taken)..);
        let rest = rest.unwrap_or_default().iter().map(|sym| sym.c);
        for (c, taken) in normalized::spelt_out(rest.clone(), self.lead == PUNCTUATION) {
            let byte = self.channel.byte(row(c));
            if is_continuation(byte) {
                let letter = taken == 1 && rest.clone().next().is_some_and(|c| c.is_ascii());
                let more = match c {
                    '\u{BC}'..='\u{BE}' => costs::FRACTION,
                    _ if letter => self.channel.plain_letter,
                    _ => 0,
                };
                let cost = self.channel.normalized + more;
                let spelt = partial.bruise(byte, taken, Losses::NORMALIZED, cost);
                self.take(spelt, found);
            }
        }
    }

    /// Takes the next byte for a quote that was straightened.
    fn straighten(&self, partial: Partial, next: Option<&Sym>, found: &mut impl FnMut(Candidate)) {
        let channel = self.channel;
        let (quotes, cost) = match next.map(|sym| sym.c) {
            Some('"') => (channel.double_quotes, channel.straightened),
            Some('\'') => (channel.single_quotes, costs::STRAIGHTENED),
            _ => return,
        };
        // A quote right behind a capital mostly closes what the capital is the last of; within a word it does not.
        let after = self.syms.get(usize::from(partial.taken) + 1);
        if partial.sequence.length() > 2 || after.is_some_and(|sym| sym.c.is_alphabetic()) {
            for quote in quotes.continuations() {
                self.take(partial.lose(quote, 1, Losses::STRAIGHTENED, cost), found);
            }
        }
    }

    /// Takes the next byte for lost, in every way there is.
    fn lose(&self, partial: Partial, next: Option<&Sym>, found: &mut impl FnMut(Candidate)) {
        let Channel {
            holes,
            dropped,
            marked,
            nbsp,
            space: space_cost,
            stripped,
            soft_hyphen,
            ..
        } = *self.channel;
        self.straighten(partial, next, found);
        let holes = holes.among(self.fillers(partial.sequence));
        let mut lose = |partial: Partial, byte, taken, losses, cost| {
            self.take(partial.lose(byte, taken, losses, cost), found);
        };
        // Any of 32 bytes makes some letter of Asia of what may stand before a question mark, which in French is a letter and a no-break space.
        let tells = !self.channel.codec.has_c1_controls()
            || partial.sequence.length() == 2
            || self.lead == PUNCTUATION;
        if let Some((losses, cost)) = next.filter(|_| tells).and_then(|sym| mark(sym.c)) {
            holes
                .continuations()
                .for_each(|hole| lose(partial, hole, 1, losses, cost + marked));
        }
        // Of a dash and a space, a multi-byte codec may have made one mark, before all was read as this one.
        let cut = partial.losses.is_empty()
            && partial.sequence.is_last()
            && partial.sequence.starts_with_80()
            && self.lead == PUNCTUATION
            && next.is_some_and(|sym| sym.c == '?');
        if cut {
            let cut = Partial {
                then: Some(' '),
                ..partial
            };
            let cost = costs::QUESTION_MARK + costs::SWALLOWED;
            for byte in SPACED {
                lose(cut, byte, 1, Losses::QUESTION_MARK, cost);
            }
        }
        let after = self.syms.get(usize::from(partial.taken) + 1);
        let contracted = self.channel.contracted
            && self.lead == ACCENTED
            && after.is_some_and(|sym| sym.c == 'q');
        // A space behind what ends here was the U+00A0, or stood behind a byte that is gone. Both take it, to be weighed against each other.
        let space = next.is_some_and(|sym| sym.c == ' ');
        let takes_space = space && partial.sequence.is_last();
        let gone = Partial {
            then: takes_space.then_some(' '),
            ..partial
        };
        let taken = u8::from(takes_space);
        holes
            .continuations()
            .for_each(|byte| lose(gone, byte, taken, Losses::DROPPED, dropped));
        if let Some(nbsp) = nbsp {
            if space {
                let less = if contracted { costs::CONTRACTED } else { 0 };
                lose(partial, nbsp, 1, Losses::SPACE, space_cost - less);
            }
            // A mark tells of another loss.
            let disagrees = next.is_some_and(|sym| mark(sym.c).is_some());
            let cost = stripped + if disagrees { costs::UNMARKED } else { 0 };
            lose(gone, nbsp, taken, Losses::STRIPPED, cost);
        }
        if let Some(hyphen) = soft_hyphen {
            let in_word = self.lead == ACCENTED
                && self.channel.is_western()
                && next.is_some_and(|sym| sym.c.is_alphabetic());
            let cost = match in_word {
                true => costs::SOFT_HYPHEN_IN_WORD,
                false => costs::SOFT_HYPHEN,
            };
            lose(gone, hyphen, taken, Losses::SOFT_HYPHEN, cost);
        }
    }

    /// The continuations that a lost byte may be put back as, a bit each from that of 80 on: where it is the last of its sequence, those that make a character that somebody
    /// writes.
    fn fillers(&self, sequence: Sequence) -> u64 {
        let page = sequence.page();
        if !sequence.is_last() || self.channel.yields_garble || page == C1_PAGE {
            u64::MAX
        } else {
            known(page)
        }
    }

    /// A full sequence is a candidate if it is a character, by itself or as half of a surrogate pair.
    #[inline]
    fn finish(&self, partial: &Partial, found: &mut impl FnMut(Candidate)) {
        let Some(code) = partial.sequence.code_point() else {
            return;
        };
        let &Partial {
            taken,
            losses,
            cost,
            ..
        } = partial;
        let garble = self.syms.get(..usize::from(taken)).unwrap_or_default();
        if losses.contains(Losses::NORMALIZED) && !are_adjacent(garble) {
            return;
        }
        if let Some(c) = char::from_u32(code) {
            let seldom = match losses {
                Losses::QUESTION_MARK if is_seldom(c) => costs::SELDOM,
                Losses::STRAIGHTENED if is_enclosed(c) => costs::ENCLOSED,
                _ => 0,
            };
            let cost = cost + seldom;
            // Of Windows-1252, once read as ISO-8859-1 before this befell it.
            let marked = losses.without(Losses::MARKED).is_empty();
            if let Some(c) = self.channel.windows(c).filter(|_| marked) {
                let losses = losses.union(Losses::C1);
                found(Candidate::one(c, taken, losses, cost + costs::C1_IN_UTF_8));
            }
            // A lost byte is never filled in to make a character that nobody writes, unless a layer below may have left it.
            let known = self.channel.yields_garble || Glyph::of(c).is_known() || is_c1(c);
            if losses.is_empty() || known {
                found(Candidate {
                    then: partial.then,
                    picks: partial.picks,
                    guessed: partial.guessed,
                    ..Candidate::one(c, taken, losses, cost)
                });
            }
        } else if losses.is_empty() {
            let byte = |k: u8| {
                self.syms
                    .get(usize::from(taken + k))
                    .map_or(0, |sym| self.channel.byte(sym.row))
            };
            let low = Sequence::start(byte(0))
                .filter(|_| is_continuation(byte(1)) && is_continuation(byte(2)));
            let low = low.and_then(|low| low.push(byte(1)).push(byte(2)).code_point());
            if let Some(c) = low.and_then(|low| pair(code, low)) {
                found(Candidate {
                    cesu8: true,
                    ..Candidate::one(c, taken + 3, losses, cost)
                });
            }
        }
    }
}

/// Whether the character has a first byte in common with the punctuation that text has most of, and is itself seldom seen: spaces, hyphens and controls that neither a keyboard
/// has nor a word processor makes of what is typed, and signs that Windows lacks.
fn is_seldom(c: char) -> bool {
    const WINDOWS_1252: usize = Codec::Windows1252.index();
    let lacks = |c| row(c).bytes.get(WINDOWS_1252).is_none_or(|&byte| byte == 0);
    match c {
        '\u{2000}'..='\u{2012}'
        | '\u{2015}'
        | '\u{2028}'..='\u{202F}'
        | '\u{205F}'..='\u{206F}' => true,
        '\u{20D0}'..='\u{2FFF}' => lacks(c),
        _ => false,
    }
}

/// Whether the character is a letter or a number in a circle and the like, of which lines of boxes are one straight quote apart.
fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24FF}')
}

/// Whether nothing was left out between the characters: a spelling may have more of them than a window keeps behind a stretch.
fn are_adjacent(syms: &[Sym]) -> bool {
    syms.windows(2)
        .all(|pair| matches!(pair, [sym, next] if sym.start + sym.c.len_utf8() == next.start))
}
