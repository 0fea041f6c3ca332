//! What a stretch of text could be a garble of: the bytes of one codec, put together as UTF-8, with lost bytes put back.

mod search;

use self::search::{Partial, Search};
use crate::codec::utf8::{PUNCTUATION, Part, Sequence};
use crate::codec::{Codec, Row, is_c1, row};
use crate::model::{Cost, Glyph};
use crate::repair::best_fit;
use crate::repair::loss::{Losses, costs, mark};
use crate::repair::open::{self, Alternative, Picks};
use crate::repair::wide;
use crate::repair::window::{Sym, Traces, Window};

/// The most lost bytes in one character.
const MOST_LOST: u8 = 2;

/// A character that the start of a stretch could be a garble of.
pub(crate) struct Candidate {
    pub c: char,
    /// A character of ASCII after it that the garble holds too, in a multi-byte codec.
    pub then: Option<char>,
    /// The next sequence, if it begins within the last character of the garble, in a multi-byte codec.
    pub carried: Option<Sequence>,
    /// How many characters of the stretch it takes.
    pub taken: u8,
    pub losses: Losses,
    /// What it takes of that which the layer above leaves open.
    pub picks: Picks,
    /// Whether something of that was lost.
    pub guessed: bool,
    /// Whether it was written as a surrogate pair.
    pub cesu8: bool,
    /// What the losses cost.
    pub cost: Cost,
}

impl Candidate {
    pub(super) fn one(c: char, taken: u8, losses: Losses, cost: Cost) -> Candidate {
        Candidate {
            c,
            then: None,
            carried: None,
            taken,
            losses,
            picks: Picks::default(),
            guessed: false,
            cesu8: false,
            cost,
        }
    }
}

/// A codec, and what may have become of its bytes in the window at hand.
pub(crate) struct Channel {
    pub codec: Codec,
    lossy: bool,
    /// The bytes that U+FFFD, `?` or nothing at all may stand for, and what the last of these costs.
    holes: Bytes,
    dropped: Cost,
    /// What it costs more that they left a mark.
    marked: Cost,
    /// The most bytes that one character may have lost: where any of 32 controls may be missing, two leave nothing to tell it by.
    most_lost: u8,
    /// The byte of U+00A0 if it goes on with a sequence, or if it begins one, and what it costs in this window that it became a space, or vanished.
    nbsp: Option<u8>,
    nbsp_lead: Option<u8>,
    space: Cost,
    stripped: Cost,
    /// Whether some space in this window stands before what is a word with `à` before it.
    contracted: bool,
    soft_hyphen: Option<u8>,
    /// What it costs in this window that letters changed their case.
    recased: Cost,
    /// What `"` and `'` may have been.
    double_quotes: Bytes,
    single_quotes: Bytes,
    /// What it costs in this window that `"` was one of those.
    straightened: Cost,
    /// What it costs in this window that a character was spelt out, and what more if that is by one letter.
    normalized: Cost,
    plain_letter: Cost,
    /// The bytes that were squeezed into Windows-1252, each with what stands for it.
    squeezed: Vec<(char, u8)>,
    /// What the layer above leaves open, as bytes.
    opens: Vec<Vec<open::Byte>>,
    /// What it costs that a character is a byte as it stands.
    literal: Cost,
    /// How many bytes of a character have to be left.
    left: u8,
    /// Whether what it yields is for a layer below to judge.
    yields_garble: bool,
}

/// A set of bytes from 80 to FF.
#[derive(Clone, Copy, Default)]
struct Bytes(u128);

impl Bytes {
    fn continuations(self) -> impl Iterator<Item = u8> {
        ones(self.0 as u64).map(|place| 0x80 + place)
    }

    /// Those of the continuations whose bits are set, from that of 80 on.
    fn among(self, continuations: u64) -> Bytes {
        Bytes(self.0 & u128::from(continuations))
    }

    fn leads(self) -> impl Iterator<Item = u8> {
        ones((self.0 >> 64) as u64)
            .map(|place| 0xC0 + place)
            .filter(|&byte| matches!(Part::of(byte), Part::Lead(_)))
    }
}

impl FromIterator<u8> for Bytes {
    /// The bytes from 80 up; others are none.
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Bytes {
        Bytes(
            bytes
                .into_iter()
                .filter_map(|byte| byte.checked_sub(0x80))
                .fold(0, |set, bit| set | 1 << bit),
        )
    }
}

/// The places of the bits that are set.
fn ones(mut left: u64) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        (left != 0).then(|| {
            let place = left.trailing_zeros() as u8;
            left &= left - 1;
            place
        })
    })
}

impl Channel {
    /// The codec's channel for text with these traces, of which the layer above leaves some characters open; one that is not `lossy` takes no byte for lost.
    pub(crate) fn new(
        codec: Codec,
        lossy: bool,
        traces: Traces,
        opens: &[Vec<Alternative>],
    ) -> Channel {
        let holes = if lossy {
            Bytes(codec.holes())
        } else {
            Bytes::default()
        };
        let c1 = lossy && codec.has_c1_controls();
        let byte = |c: char| row(c).bytes.get(codec.index()).copied().filter(|_| lossy);
        let nbsp = byte('\u{A0}');
        Channel {
            codec,
            lossy,
            holes,
            most_lost: if c1 { 1 } else { MOST_LOST },
            dropped: if c1 {
                costs::DROPPED_C1
            } else {
                costs::DROPPED
            } + if traces.c1 {
                costs::DISAGREES_DROPPED
            } else {
                0
            },
            marked: if c1 { costs::MARKED_C1 } else { 0 },
            nbsp: nbsp.filter(|&byte| is_continuation(byte)),
            nbsp_lead: nbsp.filter(|&byte| Sequence::start(byte).is_some()),
            space: costs::SPACE
                + if traces.nbsp || traces.parted {
                    costs::DISAGREES_SPACE
                } else {
                    0
                },
            stripped: costs::STRIPPED
                + if traces.nbsp || traces.spaced || traces.parted {
                    costs::DISAGREES_SPACE
                } else {
                    0
                },
            contracted: traces.contracted,
            soft_hyphen: byte('\u{AD}').filter(|&byte| is_continuation(byte)),
            straightened: costs::STRAIGHTENED
                + if traces.paired {
                    costs::DISAGREES_QUOTE
                } else {
                    0
                },
            recased: costs::RECASED
                + if traces.mixed_case {
                    costs::DISAGREES_CASE
                } else {
                    0
                },
            normalized: costs::NORMALIZED
                + if traces.unnormalized {
                    costs::DISAGREES_NORMALIZED
                } else {
                    0
                },
            plain_letter: if traces.normalized {
                0
            } else {
                costs::PLAIN_LETTER
            },
            squeezed: if lossy && traces.squeezed {
                best_fit::squeezed(codec)
            } else {
                Vec::new()
            },
            // “ ” „
            double_quotes: ['\u{201C}', '\u{201D}', '\u{201E}']
                .into_iter()
                .filter_map(byte)
                .collect(),
            // ‘ ’ ‚
            single_quotes: ['\u{2018}', '\u{2019}', '\u{201A}']
                .into_iter()
                .filter_map(byte)
                .collect(),
            literal: 0,
            left: 2,
            yields_garble: false,
            opens: opens
                .iter()
                .map(|alternatives| open::bytes(codec, alternatives))
                .collect(),
        }
    }

    /// The same for the upper of two layers that are read together.
    pub(crate) fn upper(self) -> Channel {
        Channel {
            dropped: self.dropped_in_two(),
            space: self.space - costs::LESS_IN_TWO,
            stripped: self.stripped - costs::LESS_IN_TWO,
            yields_garble: true,
            ..self
        }
    }

    /// What it costs that a byte was dropped, where two layers tell of it.
    fn dropped_in_two(&self) -> Cost {
        let base = if self.codec.has_c1_controls() {
            costs::DROPPED_C1
        } else {
            costs::DROPPED
        };
        self.dropped - base + costs::DROPPED_IN_TWO
    }

    /// The same for the lower of the two.
    pub(crate) fn lower(self) -> Channel {
        Channel {
            dropped: self.dropped_in_two(),
            literal: costs::UNEVEN,
            left: 1,
            ..self
        }
    }

    /// Whether it is the lower of two layers that are read together.
    pub(crate) fn reads_two(&self) -> bool {
        self.literal > 0
    }

    /// The bytes that the layer above leaves open for the character.
    fn open(&self, sym: &Sym) -> &[open::Byte] {
        let open = sym.open.and_then(|open| self.opens.get(usize::from(open)));
        open.map_or(&[], Vec::as_slice)
    }

    /// Whether there is anything in the window that a garble could begin with: most codecs have none of its characters as a first byte, and where that was lost, what
    /// came behind it is left.
    pub(crate) fn could_begin(&self, window: &Window) -> bool {
        let is_in = |codecs: u32| codecs >> self.codec.index() & 1 != 0;
        is_in(window.leads)
            || self.codec.is_multi_byte()
            || !self.squeezed.is_empty()
            || window.traces.c1 && self.is_western()
            || is_in(window.conts)
                && (self.nbsp_lead.is_some() || self.holes.leads().next().is_some())
    }

    /// Whether the codec is one of those in which controls are mended and letters re-cased.
    fn is_western(&self) -> bool {
        matches!(self.codec, Codec::Windows1252 | Codec::Iso8859_1)
    }

    /// What it costs to take lost bytes for those of this codec: each codec lost others, and few text was read as anything but the first two. In multi-byte codecs
    /// most Han are UTF-8 of something, and what is clean there is to stay.
    pub(crate) fn rarity(&self) -> Cost {
        if self.codec.is_multi_byte() {
            costs::MULTI_BYTE
        } else if self.lossy && !self.is_western() {
            costs::RARE_CODEC
        } else {
            0
        }
    }

    /// Sequences of a text that was put into small letters or capitals after it was garbled: Western letters and punctuation, in which that is known to happen, by
    /// search indexes and title-casers.
    fn recased_lead(&self, syms: &[Sym], found: &mut impl FnMut(Candidate)) {
        if !self.is_western() {
            return;
        }
        let lead = syms.first().and_then(|first| self.recased(first.c));
        if let Some((search, start)) = lead.and_then(|lead| self.begin(lead, syms, false)) {
            let start = Partial {
                losses: Losses::RECASED,
                cost: self.recased,
                ..start
            };
            search.extend(start, &mut |candidate| {
                if is_western(candidate.c) {
                    found(candidate);
                }
            });
        }
    }

    /// Sequences whose first byte was squeezed into Windows-1252. Each sign stands for many, so only Western letters, punctuation and emoji are looked for; and what is ASCII
    /// throughout stays.
    fn squeezed_lead(&self, syms: &[Sym], found: &mut impl FnMut(Candidate)) {
        let Some(first) = syms.first() else { return };
        for lead in self.squeezed(first.c) {
            let Some((search, start)) = self.begin(lead, syms, true) else {
                continue;
            };
            let start = Partial {
                losses: Losses::BEST_FIT,
                cost: match lead {
                    0xC2 | 0xC3 | PUNCTUATION => costs::BEST_FIT,
                    _ => costs::BEST_FIT + costs::RARE_LEAD,
                },
                ..start
            };
            search.extend(start, &mut |candidate| {
                let garble = syms.iter().take(candidate.taken.into());
                let known = is_western(candidate.c) || candidate.c >= '\u{1F000}';
                if known && garble.map(|sym| sym.c).any(|c| !c.is_ascii()) {
                    found(candidate);
                }
            });
        }
    }

    /// The bytes that the character may stand for by best fit.
    fn squeezed(&self, c: char) -> impl Iterator<Item = u8> {
        let fits = self.squeezed.iter().filter(move |fit| fit.0 == c);
        fits.map(|fit| fit.1)
    }

    /// The byte of the character in the other case, if it has one.
    fn recased(&self, c: char) -> Option<u8> {
        let only = |chars: &mut dyn Iterator<Item = char>| {
            let first = chars.next();
            first.filter(|&other| other != c && chars.next().is_none())
        };
        let other = match c {
            // ASCII stays ASCII, and punctuation has no case.
            '\0'..='\u{7F}' | '\u{2000}'..='\u{20CF}' => None,
            // In Latin-1 one bit makes the case, and needs no tables.
            '\u{C0}'..='\u{D6}'
            | '\u{D8}'..='\u{DE}'
            | '\u{E0}'..='\u{F6}'
            | '\u{F8}'..='\u{FE}' => char::from_u32(u32::from(c) ^ 0x20),
            _ => only(&mut c.to_uppercase()).or_else(|| only(&mut c.to_lowercase())),
        }?;
        Some(self.byte(row(other))).filter(|&byte| byte != 0)
    }

    /// The character's byte, 0 if it is none.
    fn byte(&self, row: &Row) -> u8 {
        row.bytes.get(self.codec.index()).copied().unwrap_or(0)
    }

    /// Finds every character that the start of `syms` could be a garble of, the rest of one if a sequence is carried over. Only with `losses` are bytes taken for lost, and only by a lossy channel.
    pub(crate) fn candidates(
        &self,
        syms: &[Sym],
        carried: Option<Sequence>,
        losses: bool,
        found: &mut impl FnMut(Candidate),
    ) {
        let Some(first) = syms.first() else { return };
        let lossy = self.lossy && losses;
        if self.codec.is_multi_byte() {
            wide::candidates(self.codec, syms, carried, lossy, found);
            return;
        }
        if first.glyph.is_ascii() && !lossy {
            return;
        }
        self.windows_c1(syms, found);
        if lossy {
            self.recased_lead(syms, found);
            self.squeezed_lead(syms, found);
        }
        let byte = self.byte(first.row);
        if Sequence::start(byte).is_some() {
            self.follow_lead(byte, syms, lossy, None, found);
        } else if lossy {
            self.lost_lead(syms, found);
        }
        for open in self.open(first) {
            self.follow_lead(open.byte, syms, lossy, Some(open), found);
        }
    }

    /// The search for what begins with this byte, if any sequence does, and the sequence with the first of `syms` taken for it.
    fn begin<'s>(
        &'s self,
        lead: u8,
        syms: &'s [Sym],
        lossy: bool,
    ) -> Option<(Search<'s>, Partial)> {
        let start = Partial {
            sequence: Sequence::start(lead)?,
            taken: 1,
            losses: Losses::NONE,
            lost: 0,
            cost: 0,
            then: None,
            picks: Picks::default(),
            guessed: false,
        };
        let search = Search {
            channel: self,
            syms,
            lossy,
            lead,
        };
        Some((search, start))
    }

    /// Sequences that the first of `syms` begins, if it was this byte.
    fn follow_lead(
        &self,
        lead: u8,
        syms: &[Sym],
        lossy: bool,
        open: Option<&open::Byte>,
        found: &mut impl FnMut(Candidate),
    ) {
        let Some((search, start)) = self.begin(lead, syms, false) else {
            return;
        };
        let start = open.map_or(
            Partial {
                cost: self.literal,
                ..start
            },
            |open| Partial {
                taken: open.taken,
                cost: open.cost,
                picks: Picks::default().with(0, open.index),
                guessed: !open.whole,
                ..start
            },
        );
        let mut whole = false;
        search.extend(start, &mut |candidate| {
            whole |= !candidate.guessed && Glyph::of(candidate.c).is_known();
            found(candidate);
        });
        // Where a sequence is whole as it stands, nothing of it was lost.
        if lossy && !whole {
            let search = Search {
                lossy: true,
                ..search
            };
            search.extend(start, found);
        }
    }

    /// Sequences whose first byte was lost: a hole may be one, and in Mac OS Roman U+00A0 is.
    fn lost_lead(&self, syms: &[Sym], found: &mut impl FnMut(Candidate)) {
        let Some(first) = syms.first() else { return };
        let (taken, losses, cost) = match mark(first.c) {
            Some((losses, cost)) => (1, losses, cost),
            None => (0, Losses::DROPPED, self.dropped),
        };
        for lead in self.holes.leads() {
            self.follow_lost_lead(lead, syms, taken, losses, cost + costs::LEAD, found);
        }
        if let Some(lead) = self.nbsp_lead {
            if first.c == ' ' {
                self.follow_lost_lead(lead, syms, 1, Losses::SPACE, self.space, found);
            }
            self.follow_lost_lead(lead, syms, 0, Losses::STRIPPED, self.stripped, found);
        }
    }

    /// Sequences that a lost first byte began, which cost `cost` more. What follows the `taken` must have survived.
    fn follow_lost_lead(
        &self,
        lead: u8,
        syms: &[Sym],
        taken: u8,
        losses: Losses,
        cost: Cost,
        found: &mut impl FnMut(Candidate),
    ) {
        let survived = syms
            .get(usize::from(taken))
            .is_some_and(|sym| is_continuation(self.byte(sym.row)) && !is_c1(sym.c));
        if let Some((search, start)) = self.begin(lead, syms, true).filter(|_| survived) {
            let start = Partial {
                taken,
                losses,
                lost: 1,
                cost,
                ..start
            };
            search.extend(start, found);
        }
    }

    /// A C1 control where Windows-1252 has a character: its text was read as ISO-8859-1, with no UTF-8 involved.
    fn windows_c1(&self, syms: &[Sym], found: &mut impl FnMut(Candidate)) {
        let Some(control) = syms.first().filter(|sym| is_c1(sym.c)) else {
            return;
        };
        if !self.is_western() {
            return;
        }
        // U+0085 may well be the line break that it stands for: nothing but a space, a control or the end follows an ellipsis.
        let ends =
            |next: &Sym| next.glyph.is_ascii() && !next.c.is_ascii_graphic() || is_c1(next.c);
        if control.c == '\u{85}' && !syms.get(1).is_some_and(ends) {
            return;
        }
        if let Some(c) = self.windows(control.c) {
            found(Candidate::one(c, 1, Losses::C1, costs::C1));
        }
    }

    /// The character of Windows-1252 that the C1 control is the byte of.
    fn windows(&self, c: char) -> Option<char> {
        let is_one = is_c1(c) && self.is_western();
        Codec::Windows1252.decode(u8::try_from(c).ok().filter(|_| is_one)?)
    }
}

/// Whether the character is a Western letter, or punctuation or a sign beside them.
fn is_western(c: char) -> bool {
    matches!(c, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{2122}')
}

fn is_continuation(byte: u8) -> bool {
    Part::of(byte) == Part::Continuation
}
