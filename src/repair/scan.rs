//! The first move: skip clean text fast, stop at what could be a garble.
//!
//! Every garble has somewhere two neighbouring characters that clean text hardly ever puts side by side; which those are, the classes
//! of the model tell by one look-up in a table that stays in the cache. ASCII is skipped without looking at all. An odd pair is common enough
//! in clean text too (`l’été`, an emoji after a letter), so at each it is asked whether any codec makes a character of what stands there that is cheaper between its neighbours.
//! That takes as long as some dozens of clean characters, and leaves a few suspects in a megabyte of clean text.

use crate::ascii;
use crate::codec::utf8::{PUNCTUATION, Part, Sequence};
use crate::codec::{Codec, CodecSet, LOSING, Row, is_c1, multi_byte, row};
use crate::model::{Class, Cost, DearPairs, Glyph, cost, nats};
use crate::repair::loss::mark;
use crate::repair::wide;

/// A pair of classes is odd if it costs this much. Lower, and clean text is weighed more often for nothing; higher, and
/// garbles that look much like text are passed by. Tuned for the first point where recall stops growing.
const ODD: Cost = nats(6.0);

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

/// The byte offset of the first place that could be a garble.
///
/// A line end counts as the same whether it stands there or the text begins or ends: so the suspects of a text are all the suspects of its lines. They need not be those
/// of the segments that a long line is cut in, which are to be asked one by one.
pub(crate) fn first_suspect(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += ascii::prefix(bytes.get(at..)?);
        let ascii = at.checked_sub(1).and_then(|i| bytes.get(i)).copied();
        let mut before = Class::of_ascii(ascii.unwrap_or(b'\n'));
        let mut rest = bytes.get(at..)?;
        loop {
            let (class, length) = Class::first_of(rest)?;
            if ODD_PAIRS.contains(before, class) && is_suspect(text, bytes.len() - rest.len()) {
                return Some(bytes.len() - rest.len());
            }
            before = class;
            rest = rest.get(length..)?;
            // A single space between words is not worth leaving the loop for.
            if length == 1 && rest.first().is_none_or(u8::is_ascii) {
                break;
            }
        }
        at = bytes.len() - rest.len();
    }
}

/// Besides what is dear, all that begins a garble of a multi-byte codec is odd after ASCII.
static ODD_PAIRS: DearPairs = DearPairs::from(ODD).with_openings_after_ascii();

/// Whether clean text hardly ever has `c` after `before`.
pub(crate) fn is_odd(before: Glyph, c: Glyph) -> bool {
    ODD_PAIRS.contains(before.class, c.class) && !before.is_line_feed() && !c.is_line_feed()
}

/// Whether the character at a place, of a class that is odd after that of the one before, could be part of a garble with it.
#[cold]
#[inline(never)]
fn is_suspect(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let inside = |at: usize| bytes.get(at).is_some_and(|&byte| byte != b'\n');
    // A line may begin with a garble of a multi-byte codec that has no odd pair: any Han may stand beside any other.
    let begins_line = || {
        text.get(at..)
            .and_then(|text| text.chars().next())
            .is_some_and(wide::may_begin)
    };
    (at.checked_sub(1).is_some_and(inside) || begins_line())
        && inside(at)
        && could_begin(text, at)
        && (is_glaring(text, at) || Surroundings::of(text, at).are_suspect())
}

/// Whether a garble could begin at the character or shortly before it and reach as far, or something was damaged there. Most of the world's characters are in no code page, and
/// begin nothing; and hardly any that begins something is at its end at once.
fn could_begin(text: &str, at: usize) -> bool {
    const MACINTOSH: u32 = 1 << Codec::Macintosh.index();
    let (before, from) = text.split_at_checked(at).unwrap_or((text, ""));
    let mut from = from.chars();
    let odd = from.next();
    // Codecs in which the character behind could go on with a sequence.
    let mut goes_on = from.next().map_or(0, |c| row(c).cont);
    // Codecs in which one of the odd pair may lack the U+00A0 that began its sequence.
    let mut lacking = MACINTOSH;
    // Single-byte garbles end at ASCII; which of the characters of East Asia begin something takes a closer look.
    let (mut joined, mut spaced) = (true, false);
    for (c, k) in odd
        .into_iter()
        .chain(before.chars().rev().take(BEFORE))
        .zip(0..)
    {
        if c.is_ascii() {
            joined &= k == 0;
            // A space may have been the U+00A0 of a sequence that goes on behind it.
            spaced = k == 1 && c == ' ' && odd.is_some_and(may_be_spaced);
            if !spaced {
                goes_on = 0;
            }
            continue;
        }
        if std::mem::take(&mut spaced) && row(c).leads() & LOSING & goes_on != 0 {
            return true;
        }
        if wide::may_begin(c) {
            return true;
        }
        if joined {
            if k > 1 {
                lacking = 0;
            }
            let row = row(c);
            if row.leads() & (goes_on | LOSING) | row.cont & lacking != 0
                || c == char::REPLACEMENT_CHARACTER
                || is_c1(c)
            {
                return true;
            }
            goes_on = row.cont;
        }
    }
    false
}

/// Whether a sequence could go on with the character behind a space that was a U+00A0. In the code pages of other scripts than Latin such characters are letters, and
/// begin words.
fn may_be_spaced(c: char) -> bool {
    !('\u{370}'..'\u{2000}').contains(&c)
}

/// Whether the text goes on with a sequence of three characters, each beside the next an odd pair, or one of two that would be cheaper as what it was: so it is with most
/// punctuation, and with most letters and spaces. Asking no further is quicker.
fn is_glaring(text: &str, at: usize) -> bool {
    const WINDOWS_1252: usize = Codec::Windows1252.index();
    let (before, from) = text.split_at_checked(at).unwrap_or((text, ""));
    let mut chars = from.chars();
    let (Some(a), Some(b)) = (chars.next(), chars.next()) else {
        return false;
    };
    let (first, second) = (row(a), row(b));
    let [two, three, _] = first.lead.map(|lead| lead & second.cont);
    if two | three == 0 {
        return false;
    }
    let third = chars.next().unwrap_or('\n');
    let [a, b, right] = [a, b, third].map(Glyph::of);
    if three & row(third).cont != 0 {
        return is_odd(a, b) && is_odd(b, right);
    }
    // Others are mostly sound letters side by side.
    if two >> WINDOWS_1252 & 1 == 0 {
        return false;
    }
    let [lead, next] = [first, second].map(|row| row.bytes.get(WINDOWS_1252).copied());
    let sequence = lead.and_then(Sequence::start).zip(next);
    let code = sequence.and_then(|(lead, next)| lead.push(next).code_point());
    let c = code.and_then(char::from_u32);
    c.map(Glyph::of).is_some_and(|c| {
        let left = Glyph::of(before.chars().next_back().unwrap_or('\n'));
        cost(left, c) + cost(c, right) < cost(left, a) + cost(a, b) + cost(b, right)
    })
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
        let line = |c: &char| *c != '\n';
        let mut places = ['\n'; BEFORE + FROM];
        let (ahead, behind) = places.split_at_mut(BEFORE);
        let chars = before.chars().rev().take_while(line);
        for (place, c) in ahead.iter_mut().rev().zip(chars) {
            *place = c;
        }
        let mut length = BEFORE;
        for (place, c) in behind.iter_mut().zip(from.chars().take_while(line)) {
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
        self.are_damaged()
            || self.lacks_nbsp()
            || (0..=Self::ODD).rev().any(|start| self.is_suspect(start))
    }

    /// Whether the odd pair makes more sense if a U+00A0 of Mac OS Roman, which begins the sequences of phonetic letters and the like, stood before one of the two.
    fn lacks_nbsp(&self) -> bool {
        const LEAD: u8 = 0xCA;
        [Self::ODD - 1, Self::ODD].into_iter().any(|at| {
            let byte = self
                .row(at)
                .bytes
                .get(Codec::Macintosh.index())
                .copied()
                .unwrap_or(0);
            let before = self.glyph(at.checked_sub(1));
            // In place of the space, or where nothing is.
            let start = if before.to_char() == ' ' { at - 1 } else { at };
            let c = Sequence::start(LEAD)
                .and_then(|lead| lead.push(byte).code_point())
                .filter(|_| Part::of(byte) == Part::Continuation)
                .and_then(char::from_u32);
            c.is_some_and(|c| {
                let c = Glyph::of(c);
                let (left, right) = (self.glyph(start.checked_sub(1)), self.glyph(Some(at + 1)));
                c.is_known()
                    && cost(left, c) + cost(c, right) + LEAD_LOST < self.as_it_stands(start, at + 1)
            })
        })
    }

    /// Whether the odd pair holds what decoders and clean-ups leave behind.
    fn are_damaged(&self) -> bool {
        let damaged = |c: char| is_c1(c) || c == char::REPLACEMENT_CHARACTER;
        damaged(self.char(Some(Self::ODD))) || damaged(self.char(Some(Self::ODD - 1)))
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
        let breaks_off = row.lead[0] & LOSING != 0
            || longest > 1
            || row.leads() & LOSING != 0 && row.bytes.contains(&PUNCTUATION);
        breaks_off
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
        CodecSet::MULTI_BYTE
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
