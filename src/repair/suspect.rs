//! What the scan asks at an odd pair: could it be part of a garble, and would the text be cheaper if it were?
//!
//! The two characters and their neighbours answer for nearly all of clean text. What is left has its surroundings read.

use std::iter::Rev;
use std::str::Chars;

use crate::codec::utf8::{PUNCTUATION, Sequence};
use crate::codec::{Codec, CodecSet, LOSING, Row, is_c1, multi_byte, row};
use crate::model::{Cost, Glyph, cost, nats};
use crate::repair::best_fit;
use crate::repair::glaring::is_glaring;
use crate::repair::loss::mark;
use crate::repair::normalized;
use crate::repair::wide;

/// What a character costs at least beside one that may itself be garbled.
const BESIDE_GARBLED: Cost = nats(3.0);

/// What a first byte and its surroundings have to cost to be suspected of having lost what followed it.
pub(crate) const INCOMPLETE: Cost = nats(15.0);

/// By how much a character that lost its first byte has to be cheaper than what stands there, to be worth a thought.
const LEAD_LOST: Cost = nats(6.0);

/// How many characters of a group may be seen where the rest of it cannot.
const UNSEEN: usize = 2;

/// Characters looked at before and from an odd pair's second on.
const BEFORE: usize = 4;
const FROM: usize = 5;

/// How many characters before a stretch, and behind it, there may be ones that it is looked at for: as many as are looked at besides the odd pair's second.
pub(super) const ASKED_BEFORE: usize = FROM - 1;
pub(super) const ASKED_BEHIND: usize = BEFORE - 1;

/// Whether the character at a place of the text, of a class that is odd after that of the one before, could be part of a garble with it.
#[inline]
pub(super) fn is_suspect(text: &str, at: usize) -> bool {
    let (before, from) = text.split_at_checked(at).unwrap_or((text, ""));
    let mut ahead = before.chars().rev();
    let mut behind = from.chars();
    let (before, odd) = (ahead.next().unwrap_or('\n'), behind.next().unwrap_or('\n'));
    if odd == '\n' {
        return false;
    }
    let odd = Seen::of(odd);
    if let Some(may_be) = odd.may_be_garbled_behind(before, from, &behind) {
        return may_be && Surroundings::of(text, at).are_suspect();
    }
    let before = Seen::of(before);
    if before.is_damaged() || odd.is_damaged() {
        return true;
    }
    // Most of the world's characters are in no codec, emoji among them, which are odd after each other.
    if odd.is_foreign() && before.is_foreign() {
        return false;
    }
    let next = Seen::of(behind.next().unwrap_or('\n'));
    if is_glaring(text, at, [before, odd, next], behind) {
        return true;
    }
    let pair = Pair {
        ahead,
        before,
        odd,
        next,
        from,
    };
    pair.is_marked()
        || pair.lacks_nbsp()
        || pair.is_bruised()
        || pair.could_be_garbled() && Surroundings::of(text, at).are_suspect()
}

/// A character with what it is in the single-byte codecs.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub c: char,
    pub row: &'static Row,
}

impl Seen {
    fn of(c: char) -> Seen {
        Seen { c, row: row(c) }
    }

    /// Whether it is what decoders and clean-ups leave behind.
    fn is_damaged(self) -> bool {
        is_c1(self.c) || self.c == char::REPLACEMENT_CHARACTER
    }

    /// Whether behind a character of ASCII it could be part of a garble, where that is told at once; `from` is the text from it on, and `behind` what comes next. All that is
    /// asked further on would come to the same, for the quotes, spaces and signs of a text over and over.
    #[inline]
    fn may_be_garbled_behind(self, before: char, from: &str, behind: &Chars) -> Option<bool> {
        let is_bruised = best_fit::tells(before, self.c) || normalized::tells(before, self.c);
        if !before.is_ascii() || is_bruised || self.is_damaged() {
            return None;
        }
        let next = || behind.clone().next().unwrap_or('\n');
        if self.row.is_empty() {
            // Nothing but a group can begin with it.
            return Some(!self.is_foreign() && begins_group(self.c, next, from));
        }
        // It would have to begin a sequence, to be all that is left of one, or the end of one that lost the rest.
        let next = next();
        let is_sound = (next.is_ascii() || self.row.leads() & row(next).cont == 0)
            && !(before == ' ' && may_be_spaced(self.c))
            && !may_lack_nbsp(self.row)
            && !(may_break_off(self.row) && is_incomplete(before, self.c, next));
        is_sound.then_some(false)
    }

    /// Whether the character is in no codec, or is ASCII.
    fn is_foreign(self) -> bool {
        self.row.is_empty() && !multi_byte::is_known(self.c)
    }
}

/// The odd pair, and what stands beside it.
struct Pair<'t> {
    /// What stands before it, from its end.
    ahead: Rev<Chars<'t>>,
    before: Seen,
    odd: Seen,
    next: Seen,
    /// The text from its second character on.
    from: &'t str,
}

impl Pair<'_> {
    /// Whether the pair makes more sense if a U+00A0 of Mac OS Roman, which begins the sequences of phonetic letters and the like, stood before one of the two.
    fn lacks_nbsp(&self) -> bool {
        let before_odd = || std::iter::once(self.before.c).chain(self.ahead.clone());
        may_lack_nbsp(self.odd.row) && lacks_nbsp(before_odd(), self.odd, self.next.c)
            || may_lack_nbsp(self.before.row)
                && lacks_nbsp(self.ahead.clone(), self.before, self.odd.c)
    }

    /// Whether the pair is a first byte and a question mark behind which the word, or the marks, go on.
    fn is_marked(&self) -> bool {
        self.odd.c == '?'
            && self.before.row.leads() & LOSING != 0
            && (self.next.c == '?' || self.next.c.is_alphanumeric())
    }

    /// Whether the pair tells of a garble that was changed afterwards. It is asked of each odd pair, and the first character answers nearly always.
    #[inline(always)]
    fn is_bruised(&self) -> bool {
        match self.before.c {
            '+' | '=' | 'G' => self.is_squeezed(),
            ' ' | '1' | '3' => self.is_spelt_out(),
            _ => false,
        }
    }

    /// Whether the pair is what normalization makes of one character, behind what begins a sequence.
    #[inline(never)]
    fn is_spelt_out(&self) -> bool {
        let mut ahead = self.ahead.clone();
        normalized::tells(self.before.c, self.odd.c)
            && ahead.next().is_some_and(|c| row(c).leads() != 0)
    }

    /// Whether the pair may well begin a garble that was squeezed into Windows-1252: within a word, if with a plus sign, and beside one.
    #[inline(never)]
    fn is_squeezed(&self) -> bool {
        let letters = [self.ahead.clone().next().unwrap_or('\n'), self.next.c];
        let mut letters = letters.into_iter().map(char::is_alphabetic);
        best_fit::tells(self.before.c, self.odd.c)
            && if self.before.c == '+' {
                letters.all(|letter| letter)
            } else {
                letters.any(|letter| letter)
            }
    }

    /// Whether a garble could begin with one of the pair, or shortly before it and reach as far. Hardly any character that begins something is at its end at once.
    fn could_be_garbled(&self) -> bool {
        let Pair { before, odd, .. } = *self;
        if self.begins(before.c, odd, self.next) {
            return true;
        }
        let mut ahead = self.ahead.clone();
        if before.c.is_ascii() {
            // The space may have been the U+00A0 of a sequence that goes on behind it.
            return before.c == ' '
                && may_be_spaced(odd.c)
                && ahead
                    .next()
                    .is_some_and(|c| row(c).leads() & odd.row.cont & LOSING != 0);
        }
        if self.begins(ahead.clone().next().unwrap_or('\n'), before, odd) {
            return true;
        }
        if before.is_foreign() {
            return false;
        }
        // What begins earlier goes on up to the pair.
        let (mut next, mut goes_on) = (before.c, before.row.cont);
        ahead
            .take(BEFORE - 1)
            .take_while(|c| !c.is_ascii())
            .any(|c| {
                let row = row(c);
                if row.leads() & goes_on != 0 || begins_group(c, || next, self.from) {
                    return true;
                }
                next = c;
                goes_on &= row.cont;
                false
            })
    }

    /// Whether a garble could begin with one of the pair, or be all that is left of a sequence.
    fn begins(&self, before: char, seen: Seen, next: Seen) -> bool {
        if seen.row.is_empty() {
            return begins_group(seen.c, || next.c, self.from);
        }
        seen.row.leads() & next.row.cont != 0
            || may_break_off(seen.row) && is_incomplete(before, seen.c, next.c)
    }
}

/// Whether a first byte costs so much between its neighbours that it may well be all that is left of a sequence.
fn is_incomplete(before: char, c: char, next: char) -> bool {
    let [before, c, next] = [before, c, next].map(Glyph::of);
    cost(before, c) + cost(c, next) >= INCOMPLETE
}

/// Whether a garble of a multi-byte codec could begin with the character, at a place near which the text goes on with `from`.
#[inline]
fn begins_group(c: char, next: impl FnOnce() -> char, from: &str) -> bool {
    wide::may_begin(c) && (!multi_byte::may_begin(c, next()).is_empty() || may_have_lost(from))
}

/// Whether a sequence of Mac OS Roman could go on with the character.
#[inline]
fn may_lack_nbsp(row: &Row) -> bool {
    const MACINTOSH: u32 = 1 << Codec::Macintosh.index();
    row.cont & MACINTOSH != 0
}

/// Whether the character makes more sense behind a U+00A0 in Mac OS Roman; `ahead` is what stands before it, from its end.
#[inline(never)]
fn lacks_nbsp(ahead: impl Iterator<Item = char>, seen: Seen, next: char) -> bool {
    const LEAD: u8 = 0xCA;
    let byte = seen.row.bytes.get(Codec::Macintosh.index());
    let behind_nbsp = byte
        .and_then(|&byte| Sequence::follow(Sequence::start(LEAD), byte)?.code_point())
        .and_then(char::from_u32)
        .map(Glyph::of);
    let Some(behind_nbsp) = behind_nbsp.filter(|c| c.is_known()) else {
        return false;
    };
    let [c, next] = [seen.c, next].map(Glyph::of);
    let mut ahead = ahead.map(Glyph::of);
    let line_end = Glyph::of('\n');
    let mut left = ahead.next().unwrap_or(line_end);
    let mut as_it_stands = cost(left, c) + cost(c, next);
    // In place of the space, or where nothing is.
    if left.to_char() == ' ' {
        let space = left;
        left = ahead.next().unwrap_or(line_end);
        as_it_stands += cost(left, space);
    }
    cost(left, behind_nbsp) + cost(behind_nbsp, next) + LEAD_LOST < as_it_stands
}

/// Whether a byte of a group that reaches up to the text may have been lost in it, as far as can be seen, and become `?`. The other mark of a lost byte, U+FFFD, is
/// odd wherever it stands, and the scan finds it by itself.
fn may_have_lost(text: &str) -> bool {
    // So many bytes hold as many characters, and mostly there is none in them.
    let near = text.as_bytes().first_chunk::<{ 4 * FROM }>();
    let is_near =
        near.is_none_or(|near| near.iter().fold(false, |any, &byte| any | (byte == b'?')));
    is_near && text.chars().take(FROM).any(|c| c == '?')
}

/// Whether a first byte may be all that is left of a sequence.
fn may_break_off(row: &Row) -> bool {
    let [two, ..] = row.lead;
    two & LOSING != 0 || row.leads() & LOSING != 0 && row.bytes.contains(&PUNCTUATION)
}

/// Whether a sequence could go on with the character behind a space that was a U+00A0. In the code pages of other scripts than Latin such characters are letters, and
/// begin words.
fn may_be_spaced(c: char) -> bool {
    !('\u{370}'..'\u{2000}').contains(&c)
}

/// The characters about an odd pair, line ends where its line does not reach. What they are to the model and in the codecs is looked up when asked for:
/// mostly the first few answer.
struct Surroundings {
    places: [char; BEFORE + FROM],
    /// How many places there are before the end of the line.
    length: usize,
}

impl Surroundings {
    /// The place of the second of the odd pair.
    const ODD: usize = BEFORE;

    fn of(text: &str, at: usize) -> Surroundings {
        let (before, from) = text.split_at_checked(at).unwrap_or((text, ""));
        let mut places = ['\n'; BEFORE + FROM];
        let (ahead, behind) = places.split_at_mut(BEFORE);
        for (place, c) in ahead.iter_mut().rev().zip(before.chars().rev()) {
            if c == '\n' {
                break;
            }
            *place = c;
        }
        let mut length = BEFORE;
        for (place, c) in behind.iter_mut().zip(from.chars()) {
            if c == '\n' {
                break;
            }
            *place = c;
            length += 1;
        }
        Surroundings { places, length }
    }

    /// The character at a place; before the first and after the last a line end is thought.
    fn char(&self, place: Option<usize>) -> char {
        place
            .and_then(|k| self.places.get(k))
            .copied()
            .unwrap_or('\n')
    }

    fn glyph(&self, place: Option<usize>) -> Glyph {
        Glyph::of(self.char(place))
    }

    fn row(&self, place: usize) -> &'static Row {
        row(self.char(Some(place)))
    }

    fn are_suspect(&self) -> bool {
        (self.first_start()..=Self::ODD)
            .rev()
            .any(|start| self.is_suspect(start))
    }

    /// Where a garble that takes part in the odd pair could start at the earliest: it ends at ASCII, but for a space that may have been its U+00A0.
    fn first_start(&self) -> usize {
        let before = self.places.iter().take(Self::ODD).rev();
        let joined = before.take_while(|c| !c.is_ascii()).count();
        if self.char(Some(Self::ODD - 1)) == ' ' {
            Self::ODD - 2
        } else {
            Self::ODD - joined
        }
    }

    /// Whether a garble that takes part in the odd pair could start here.
    fn is_suspect(&self, start: usize) -> bool {
        if wide::may_begin(self.char(Some(start))) {
            return self.is_suspect_group(start);
        }
        let row = self.row(start);
        let mut open = row.leads();
        if open == 0 {
            return false;
        }
        // The longest beginning of a sequence, in a codec that may have lost the rest.
        let mut longest = 1;
        for (extra, lead) in row.lead.iter().enumerate() {
            let last = start + extra + 1;
            open &= if last < self.length {
                self.row(last).cont
            } else {
                0
            };
            if open == 0 {
                break;
            }
            if open & LOSING != 0 {
                longest = extra + 2;
            }
            if last + 1 >= Self::ODD && self.gains(start, last + 1, lead & open) {
                return true;
            }
        }
        // A space may have been the U+00A0 between a first byte and the rest.
        let spaced = start + 2 == Self::ODD
            && self.char(Some(start + 1)) == ' '
            && may_be_spaced(self.char(Some(Self::ODD)))
            && row.leads() & LOSING & self.row(Self::ODD).cont != 0
            && self.as_it_stands(start, Self::ODD + 1) >= INCOMPLETE;
        if spaced {
            return true;
        }
        (longest > 1 || may_break_off(row))
            && start + longest >= Self::ODD
            && self.as_it_stands(start, start + longest) >= INCOMPLETE
    }

    /// Whether a garble of a multi-byte codec that takes part in the odd pair could start here.
    fn is_suspect_group(&self, start: usize) -> bool {
        let chars = || (start..self.length).map(|k| self.char(Some(k)));
        let lost = || {
            let at = chars().position(|c| mark(c).is_some());
            at.is_some_and(|at| {
                start + at >= Self::ODD && self.as_it_stands(start, start + at) >= INCOMPLETE
            })
        };
        let codecs = multi_byte::may_begin(self.char(Some(start)), self.char(Some(start + 1)));
        codecs
            .iter()
            .any(|codec| self.gains_by_groups(start, codec))
            || lost()
    }

    /// Whether all that stands from `start` up to the next ASCII, as far as can be seen, is UTF-8 in a multi-byte codec, and cheaper then. Clean text begins such runs
    /// often enough, but does not go on with them.
    fn gains_by_groups(&self, start: usize, codec: Codec) -> bool {
        let left = self.glyph(start.checked_sub(1));
        let (mut end, mut before, mut sum) = (start, left, 0);
        loop {
            let chars = (end..self.length).map(|k| self.char(Some(k)));
            let Some((taken, group)) = multi_byte::group(codec, chars) else {
                // What breaks off where no more can be seen may go on.
                let seen = self.length - end;
                if end == start || seen > UNSEEN || self.length < self.places.len() {
                    return false;
                }
                break;
            };
            for c in group.chars().iter().map(|&c| Glyph::of(c)) {
                sum += cost(before, c);
                before = c;
            }
            end += taken;
            if end >= self.length || self.char(Some(end)).is_ascii() {
                break;
            }
        }
        let right = self.glyph(Some(end));
        let last = if right.is_ascii() {
            cost(before, right)
        } else {
            cost(before, right).min(BESIDE_GARBLED)
        };
        end >= Self::ODD && sum + last < self.as_it_stands(start, end)
    }

    /// What stands from `start` up to `end` costs, with its neighbours.
    fn as_it_stands(&self, start: usize, end: usize) -> Cost {
        (start..=end)
            .map(|k| cost(self.glyph(k.checked_sub(1)), self.glyph(Some(k))))
            .sum()
    }

    /// Whether any of the codecs makes a cheaper character of what stands from `start` up to `end`.
    fn gains(&self, start: usize, end: usize, codecs: u32) -> bool {
        let (left, right) = (self.glyph(start.checked_sub(1)), self.glyph(Some(end)));
        let limit = self.as_it_stands(start, end);
        // A neighbour that may itself end or begin a garble need not stay what it is.
        let ends = start
            .checked_sub(1)
            .map_or(0, |before| self.row(before).cont);
        let begins = if end < self.length {
            self.row(end).leads()
        } else {
            0
        };
        let beside = |cost: Cost, garbled: u32, codec: Codec| {
            if garbled >> codec.index() & 1 != 0 {
                cost.min(BESIDE_GARBLED)
            } else {
                cost
            }
        };
        let mut tried = 0;
        CodecSet::from_bits(codecs).iter().any(|codec| {
            let byte = |k: usize| self.row(k).bytes.get(codec.index()).copied().unwrap_or(0);
            let sequence = Sequence::start(byte(start))
                .map(|first| (start + 1..end).fold(first, |sequence, k| sequence.push(byte(k))));
            // A surrogate, half of a pair, has no character to weigh.
            let Some(code) = sequence
                .and_then(Sequence::code_point)
                .filter(|&code| code != tried)
            else {
                return false;
            };
            tried = code;
            char::from_u32(code).is_none_or(|c| {
                let c = Glyph::of(c);
                beside(cost(left, c), ends, codec) + beside(cost(c, right), begins, codec) < limit
            })
        })
    }
}
