//! The gaps of a plain line: sequences that lost something, between others that are whole and tell the codec.
//!
//! With all neighbours known there is nothing to search for. Each gap is one character, and which it was is chosen from all that it could be, as for the lattice
//! ([`super::fill`]).

use std::ops::Range;

use crate::codec::Codec;
use crate::codec::utf8::Sequence;
use crate::model::{self, Cost, Glyph};
use crate::options::Lost;
use crate::repair::channel::Channel;
use crate::repair::fill::{self, Choice, Gap};
use crate::repair::lattice::{CERTAIN, Unit, strain};
use crate::repair::open::Picks;
use crate::repair::pairs::Pairs;
use crate::repair::plain::stands;
use crate::repair::quotes::{Quoted, Quotes};
use crate::repair::window::{Sym, Traces};

/// Characters kept before a gap, and behind one: what a choice is weighed by. What was lost may have left a mark of ASCII behind the gap.
const BEFORE: usize = 2;
const BEHIND: usize = 4;

/// How many characters there are of a gap and about it, mostly at most.
const ABOUT: usize = BEFORE + BEHIND + 4;

/// How many characters of ASCII may be part of one: marks of lost bytes, or what normalization made of others.
const MARKS: usize = 3;

/// A text with the units read so far, and where what lost something begins and ends.
#[derive(Clone, Copy)]
pub(super) struct Told<'t> {
    pub text: &'t str,
    pub units: &'t [Unit],
    pub gaps: &'t [Range<usize>],
}

/// The gaps with what they are by one codec.
pub(super) struct Filled {
    pub units: Vec<Unit>,
    pub sums: Vec<Sum>,
}

/// What a gap comes to.
pub(super) struct Sum {
    /// The cost of what it is read as, between its neighbours, and how many pairs of characters that has.
    pub yields: Cost,
    pub pairs: usize,
    /// What it costs as it stands.
    pub stands: Cost,
}

/// One sequence of a gap.
struct Piece {
    /// The gap it is of.
    gap: usize,
    /// Its characters and some that follow, in one list with those of the others.
    syms: Range<usize>,
    /// How many are its own.
    own: usize,
    /// Whether the next is right behind it.
    abuts: bool,
}

/// What a piece is best read as.
struct Best {
    /// The cost of all that others are weighed by, and that of its own pairs.
    sum: Cost,
    cost: Cost,
    /// How many characters it takes, and where those end.
    taken: u8,
    end: usize,
    c: Glyph,
}

impl Told<'_> {
    /// What stands behind a place, as far as it is known, and where that ends. Behind the end stands a line end.
    fn behind(self, place: usize) -> Option<(Glyph, usize)> {
        let at = self.units.partition_point(|unit| unit.start < place);
        if let Some(unit) = self.units.get(at).filter(|unit| unit.start == place) {
            return Some((Glyph::of(unit.c), unit.end));
        }
        match self.text.get(place..)?.chars().next() {
            None => Some((Glyph::of('\n'), place)),
            Some(c) => c.is_ascii().then(|| (Glyph::of(c), place + 1)),
        }
    }

    /// What stands before a place, and where that begins.
    fn before(self, place: usize) -> Option<(Glyph, usize)> {
        let at = self.units.partition_point(|unit| unit.end <= place);
        let unit = at.checked_sub(1).and_then(|at| self.units.get(at));
        if let Some(unit) = unit.filter(|unit| unit.end == place) {
            return Some((Glyph::of(unit.c), unit.start));
        }
        match self.text.get(..place)?.chars().next_back() {
            None => Some((Glyph::of('\n'), place)),
            Some(c) => c.is_ascii().then(|| (Glyph::of(c), place - 1)),
        }
    }

    /// What is known from a place on, up to the next gap and at most so much, and the place that it reaches.
    fn ahead(self, mut place: usize, most: usize, out: &mut fill::Text) -> usize {
        for _ in 0..most {
            match self.behind(place) {
                Some((c, end)) if end > place => {
                    out.push(Some(c));
                    place = end;
                }
                _ => break,
            }
        }
        place
    }

    /// The place from which on so many characters are known before a place.
    fn back(self, mut place: usize, most: usize) -> usize {
        for _ in 0..most {
            place = self.before(place).map_or(place, |(_, start)| start);
        }
        place
    }

    /// What is known behind a place, up to the next gap and at most to the one that begins at the horizon or behind it.
    fn up_to(self, place: usize, horizon: usize) -> impl Iterator<Item = Glyph> {
        let mut next = Some(place);
        std::iter::from_fn(move || {
            let place = next?;
            let (c, end) = self.behind(place)?;
            next = (place < horizon).then_some(end);
            Some(c)
        })
    }

    /// The quotes of a part of the text, as far as it is known.
    fn quotes(self, part: Range<usize>) -> Quotes {
        let first = self.units.partition_point(|unit| unit.start < part.start);
        let units = self.units.get(first..).unwrap_or_default().iter();
        let units = units.take_while(|unit| unit.end <= part.end);
        units.fold(Quotes::NONE, |quotes, unit| quotes.with(unit.c))
    }

    /// The sequences that the gaps are of in a codec, if they begin with its first bytes.
    fn pieces(self, codec: Codec, syms: &mut Vec<Sym>) -> Option<Vec<Piece>> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(self.gaps.len());
        for (gap, range) in self.gaps.iter().enumerate() {
            let first = syms.len();
            let chars = self.text.get(range.clone())?.char_indices();
            syms.extend(chars.map(|(at, c)| Sym::new(c, range.start + at)));
            let end = syms.len();
            for at in first..end {
                let byte = syms.get(at)?.row.bytes.get(codec.index()).copied()?;
                if Sequence::start(byte).is_some() {
                    if let Some(before) = pieces.last_mut().filter(|piece| piece.gap == gap) {
                        before.abuts = true;
                    }
                    pieces.push(Piece {
                        gap,
                        syms: at..end,
                        own: 1,
                        abuts: false,
                    });
                } else {
                    pieces.last_mut().filter(|piece| piece.gap == gap)?.own += 1;
                }
            }
            let behind = self.text.get(range.end..)?.char_indices();
            syms.extend(
                behind
                    .take(BEHIND)
                    .map(|(at, c)| Sym::new(c, range.end + at)),
            );
            syms.push(Sym::new('\n', self.text.len()));
            let last = syms.len();
            let own = pieces.iter_mut().rev().take_while(|piece| piece.gap == gap);
            own.for_each(|piece| piece.syms.end = last);
        }
        Some(pieces)
    }

    /// Fills the gaps by one codec, if it could have made each of them.
    pub(super) fn fill(
        self,
        codec: Codec,
        lost: Lost,
        traces: Traces,
        pairs: &mut Pairs,
    ) -> Option<Filled> {
        let channel = Channel::new(codec, true, traces, &[]);
        let mut syms = Vec::with_capacity(ABOUT * self.gaps.len());
        let pieces = self.pieces(codec, &mut syms)?;
        let mut text = fill::Text::with_capacity(ABOUT * pieces.len());
        let mut gaps: Vec<Gap> = Vec::with_capacity(pieces.len());
        let mut ends = Vec::with_capacity(pieces.len());
        // What a piece could be, and the choices of all, of which so many are up to the end of each: to look for them takes long, and they are asked for once more.
        let mut found = Vec::with_capacity(fill::USUAL);
        let mut choices = Vec::with_capacity(fill::USUAL * pieces.len());
        let mut counts = Vec::with_capacity(pieces.len());
        let keeps = pieces.len() <= fill::TOGETHER;
        let is_english = !self.units.iter().any(|unit| is_letter(unit.c));
        let mut sums: Vec<Sum> = Vec::with_capacity(self.gaps.len());
        // The place that `text` reaches, the one up to which quotes were looked at, and what they tell.
        let (mut reached, mut seen) = (0, 0);
        let mut quoted = Quoted::Not;
        for piece in &pieces {
            let syms = syms.get(piece.syms.clone())?;
            let start = syms.first()?.start;
            let quotes = self.quotes(seen..start);
            quoted = quotes.after(quoted);
            if reached < start {
                self.ahead(self.back(start, BEFORE).max(reached), usize::MAX, &mut text);
            }
            let before = text.iter().rev().flatten().next().copied();
            let before = before.unwrap_or(Glyph::of('\n'));
            let best = self.best(piece, syms, before, quoted, &channel, &mut found)?;
            if keeps {
                let same = found.iter().filter(|found| found.taken == best.taken);
                choices.extend(same.map(|found| found.choice));
                counts.push(choices.len());
            }
            match sums.get_mut(piece.gap) {
                Some(gap) => {
                    gap.yields += best.cost;
                    gap.pairs += 1;
                }
                None => sums.push(Sum {
                    yields: best.cost,
                    pairs: 2,
                    stands: stands(
                        self.text,
                        self.gaps.get(piece.gap)?.clone(),
                        Cost::MAX,
                        pairs,
                    ),
                }),
            }
            gaps.push(Gap {
                place: text.len(),
                syms,
                carried: None,
                carries: None,
                taken: best.taken,
                quotes,
                is_english,
            });
            ends.push(best.end);
            seen = best.end;
            quoted = quoted.after(best.c.to_char());
            text.extend([Some(best.c), None]);
            reached = if piece.abuts {
                best.end
            } else {
                self.ahead(best.end, BEHIND, &mut text)
            };
        }
        let chosen = if keeps {
            let choices = &mut choices;
            fill::choose(
                &mut text,
                &gaps,
                choices,
                &counts,
                &channel,
                lost,
                &mut Quoted::Not,
            )
        } else {
            fill::fill(&mut text, &gaps, &channel, lost)
        };
        if chosen.len() < gaps.len() {
            return None;
        }
        let mut units = Vec::with_capacity(gaps.len());
        for ((gap, (choice, probability)), end) in gaps.iter().zip(chosen).zip(ends) {
            let last = gap.syms.get(usize::from(gap.taken) - 1)?;
            let known = lost == Lost::Guess || probability >= CERTAIN;
            let unit = Unit {
                start: gap.syms.first()?.start,
                end: (last.start + last.c.len_utf8()).min(end),
                c: if known {
                    choice.c.to_char()
                } else {
                    char::REPLACEMENT_CHARACTER
                },
                losses: choice.losses,
                cesu8: false,
                joined: false,
                picks: Picks::default(),
            };
            units.push(unit);
            units.extend(choice.then.map(|c| Unit {
                start: unit.end,
                c: c.to_char(),
                joined: true,
                ..unit
            }));
        }
        Some(Filled { units, sums })
    }

    /// The cheapest of what a piece could be between its neighbours, of all that is found.
    fn best(
        self,
        piece: &Piece,
        syms: &[Sym],
        before: Glyph,
        quoted: Quoted,
        channel: &Channel,
        found: &mut Vec<Found>,
    ) -> Option<Best> {
        let own = u8::try_from(piece.own).ok()?;
        let told = piece.abuts || !syms.get(piece.own)?.glyph.is_ascii();
        // Some take marks of ASCII that others leave, and all are to be weighed by the same text.
        let marks = syms.get(piece.own..)?.iter().take(MARKS);
        let marks = marks.take_while(|sym| sym.glyph.is_ascii()).count();
        let horizon = syms.get(piece.own + marks).or(syms.last())?.start;
        found.clear();
        channel.candidates(syms, None, true, &mut |candidate| {
            let is_gap = candidate.taken == own || candidate.taken > own && !told;
            if is_gap && !candidate.losses.is_empty() {
                found.push(Found {
                    taken: candidate.taken,
                    choice: Choice::of(&candidate),
                });
            }
        });
        let mut best: Option<Best> = None;
        let mut behind = Behind::default();
        for &Found { taken, choice } in found.iter() {
            let Some(end) = syms.get(usize::from(taken)) else {
                continue;
            };
            if behind.taken != taken {
                let known = self.up_to(end.start, horizon);
                behind = Behind::of(taken, known.take_while(|_| !piece.abuts));
            }
            let closes = quoted.closes(choice.c.to_char(), choice.losses);
            let mut cost = choice.apart - closes;
            let mut last = before;
            // Its own pairs are those with the characters next to it.
            for c in [Some(choice.c), choice.then, behind.first]
                .into_iter()
                .flatten()
            {
                cost += strained(last, c);
                last = c;
            }
            let sum = cost + behind.cost;
            if best.as_ref().is_none_or(|best| sum < best.sum) {
                best = Some(Best {
                    sum,
                    cost,
                    taken,
                    c: choice.c,
                    end: end.start,
                });
            }
        }
        best
    }
}

/// Whether a character is a letter. Most that are read are punctuation or spaces, and nothing need be looked up for these.
fn is_letter(c: char) -> bool {
    !matches!(c, '\u{A0}' | '\u{2000}'..='\u{206F}') && c.is_alphabetic()
}

/// What a piece could be, and how many characters that takes.
struct Found {
    taken: u8,
    choice: Choice,
}

/// What is known behind so many characters.
#[derive(Default)]
struct Behind {
    taken: u8,
    first: Option<Glyph>,
    /// What its own pairs cost.
    cost: Cost,
}

impl Behind {
    fn of(taken: u8, mut known: impl Iterator<Item = Glyph>) -> Behind {
        let first = known.next();
        let (mut last, mut cost) = (first, 0);
        for c in known {
            cost += last.map_or(0, |last| strained(last, c));
            last = Some(c);
        }
        Behind { taken, first, cost }
    }
}

/// What a pair costs that a reading yields.
fn strained(before: Glyph, c: Glyph) -> Cost {
    let pair = model::cost(before, c);
    pair + strain(pair)
}
