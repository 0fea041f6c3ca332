//! The short way, for what most garbled lines are: everything that is not ASCII is garbled, by one codec a layer, and little or nothing was lost.
//!
//! Then there is little to search for: the line is read off from its start, layer by layer, and the sums are those of the lattice's only sensible path.
//! Stretches in which something was lost, the gaps, are read by a lattice of their own, once the others have told the codec.
//! Whatever does not fit leaves the line to [`super::verdict`], which would come to the same answer here, at twenty times the price.

use std::ops::Range;

use crate::ascii;
use crate::codec::utf8::Sequence;
use crate::codec::{Codec, CodecSet, LOSING, Row, row};
use crate::model::{Cost, Glyph, cost, nats};
use crate::options::{Lost, Options};
use crate::repair::fee::{LEAD, fee};
use crate::repair::lattice::{Loss, Manner, Reading, Unit, Yield, waits};
use crate::repair::loss::Losses;
use crate::repair::rewrite;
use crate::repair::scan;
use crate::repair::suspect::INCOMPLETE;
use crate::repair::verdict::Scratch;
use crate::repair::window::{Sym, Traces};

/// The layers to take off a segment, uppermost first, if it is one of the plain ones and what is below beats what stands there.
pub(crate) fn read(
    segment: &str,
    options: &Options,
    scratch: &mut Scratch,
) -> Option<Vec<Reading>> {
    let mut layers = Vec::new();
    let mut lead = 0;
    let mut peeled: Option<String> = None;
    while layers.len() < options.layers {
        let text = peeled.as_deref().unwrap_or(segment);
        let mut plain = Plain::read(text, options.codecs)?;
        if !plain.gaps.is_empty() {
            plain.fill(text, options.lost, scratch)?;
        }
        lead += plain.stands - plain.yields - fee(text, &plain.units);
        let settled = plain.settled;
        let reading = plain.into_reading()?;
        let below = if settled {
            None
        } else {
            Some(rewrite::apply(text, &reading.units))
        };
        layers.push(reading);
        match below.filter(|below| scan::first_suspect(below).is_some()) {
            Some(below) => peeled = Some(below),
            None => return (lead > 0).then_some(layers),
        }
    }
    None
}

/// What the pairs of natural text cost at most on the average. What yields less natural text, and is not much worse as it
/// stands, is not as plain as it seems.
const UNNATURAL: Cost = nats(9.0);

/// The same for a gap, where no other codec need be asked then what it makes of it.
const NATURAL: Cost = nats(6.0);

/// Whether a reading with so many pairs is natural text, or at least a lot better than what stands there.
fn is_natural(yields: Cost, stands: Cost, pairs: usize, most: Cost) -> bool {
    yields < most * pairs as Cost || yields * 5 < stands * 3
}

/// The gaps of a text, read by one codec.
struct Filled {
    /// What the readings cost more than what stands there.
    cost: Cost,
    units: Vec<Unit>,
    /// Whether each is better by far than what stands there.
    natural: bool,
}

struct Plain {
    /// The codecs that read everything so far as the same bytes as the first of them.
    agreeing: u32,
    /// The codecs in which everything so far is UTF-8.
    able: u32,
    units: Vec<Unit>,
    /// What the text costs as it stands, and what its reading costs.
    stands: Cost,
    yields: Cost,
    /// Whether what was read can be no garble of another layer, as far as can be told without another look.
    settled: bool,
    /// The stretches that are no UTF-8 in those codecs.
    gaps: Vec<Range<usize>>,
}

/// The character that came before, to sum up costs by.
#[derive(Clone, Copy)]
struct Trail {
    before: Glyph,
    sum: Cost,
}

impl Trail {
    #[inline]
    fn step(self, c: Glyph) -> Trail {
        Trail {
            before: c,
            sum: self.sum + cost(self.before, c),
        }
    }

    /// What the characters cost one after the other, and the one after them.
    fn sum(self, chars: impl Iterator<Item = char>, after: Glyph) -> Cost {
        chars.map(Glyph::of).fold(self, Trail::step).step(after).sum
    }
}

impl Plain {
    fn read(text: &str, codecs: CodecSet) -> Option<Plain> {
        let bytes = text.as_bytes();
        let all = codecs.bits();
        let mut plain = Plain {
            agreeing: all,
            able: all,
            units: Vec::new(),
            stands: 0,
            yields: 0,
            settled: true,
            gaps: Vec::new(),
        };
        let mut at = 0;
        loop {
            at += ascii::prefix(bytes.get(at..)?);
            if at == bytes.len() {
                break;
            }
            let units = plain.units.len();
            at = match plain.stretch(text, at) {
                Some(end) => end,
                None => {
                    plain.units.truncate(units);
                    plain.gap(text, at)
                }
            };
        }
        let told = plain.gaps.len() <= plain.units.len() && !plain.units.is_empty();
        (told && plain.beats_rivals(text)).then_some(plain)
    }

    /// Whether no other codec has a reading of it all that comes near this one. Where there are more layers, that is not for a sum to tell.
    fn beats_rivals(&self, text: &str) -> bool {
        let rivals = CodecSet::from_bits(self.able & !self.agreeing);
        rivals.is_empty()
            || self.settled
                && rivals.iter().all(|codec| {
                    Plain::read(text, CodecSet::EMPTY.with(codec)).is_none_or(|rival| {
                        rival.yields - rival.stands > self.yields - self.stands + LEAD
                    })
                })
    }

    /// Notes a stretch for later, and gives its end.
    fn gap(&mut self, text: &str, at: usize) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        let stretch = rest
            .split(|c: char| c.is_ascii())
            .next()
            .unwrap_or_default();
        self.gaps.push(at..at + stretch.len());
        at + stretch.len()
    }

    /// Whether, by what was read before the place, a quotation is under way there.
    fn quotes(&self, place: usize, filled: &[Unit]) -> bool {
        let quotes = |unit: &&Unit| unit.end <= place && matches!(unit.c, '\u{201C}' | '\u{201D}');
        let last = self
            .units
            .iter()
            .chain(filled)
            .filter(quotes)
            .max_by_key(|unit| unit.end);
        last.is_some_and(|unit| waits(false, unit.c))
    }

    /// Reads the gaps by the codec that makes most of them, of those that agree on the rest: the first that makes natural text of them, or else the best.
    fn fill(&mut self, text: &str, lost: Lost, scratch: &mut Scratch) -> Option<()> {
        let loss = Loss::of(lost)?;
        let traces = Traces::of(text);
        let mut tried: Vec<u128> = Vec::new();
        let mut best: Option<(Codec, Filled)> = None;
        for codec in CodecSet::from_bits(self.agreeing).iter() {
            // Codecs that lose the same bytes read the gaps alike.
            if !codec.may_lose() || tried.contains(&codec.holes()) {
                continue;
            }
            tried.push(codec.holes());
            let filled = self.fill_by(codec, text, loss, traces, scratch)?;
            if best.as_ref().is_none_or(|best| filled.cost < best.1.cost) {
                let natural = filled.natural;
                best = Some((codec, filled));
                if natural {
                    break;
                }
            }
        }
        let (codec, filled) = best?;
        self.yields += filled.cost;
        self.agreeing = CodecSet::EMPTY.with(codec).bits();
        self.units.extend(filled.units);
        self.units.sort_by_key(|unit| unit.start);
        self.settled = false;
        Some(())
    }

    fn fill_by(
        &self,
        codec: Codec,
        text: &str,
        loss: Loss,
        traces: Traces,
        scratch: &mut Scratch,
    ) -> Option<Filled> {
        let Scratch {
            window, lattice, ..
        } = scratch;
        let mut filled = Filled {
            cost: 0,
            units: Vec::new(),
            natural: true,
        };
        for gap in &self.gaps {
            let start = window.fill_around(text, gap);
            window.traces = traces;
            let manner = Manner {
                loss,
                yields: Yield::Clean,
                everywhere: true,
                quoted: self.quotes(gap.start, &filled.units),
                open: false,
            };
            let reading = lattice.read(window, codec, manner)?;
            if reading.vague {
                return None;
            }
            let taken = |sym: &&Sym| {
                let within = |unit: &Unit| (unit.start..unit.end).contains(&sym.start);
                reading.units.iter().any(within)
            };
            let taken = window.syms.iter().filter(taken).count();
            let pairs = window.syms.len() - taken + reading.units.len();
            filled.natural &= is_natural(reading.cost, window.cost, pairs, NATURAL);
            filled.cost += reading.cost - window.cost;
            filled
                .units
                .extend(reading.units.into_iter().map(|unit| Unit {
                    start: unit.start + start,
                    end: unit.end + start,
                    ..unit
                }));
        }
        Some(filled)
    }

    fn into_reading(self) -> Option<Reading> {
        let codec = CodecSet::from_bits(self.agreeing).iter().next()?;
        Some(Reading {
            codec,
            units: self.units,
            cost: self.yields,
            vague: false,
        })
    }

    /// Reads the stretch at `at` up to the next ASCII, and gives its end.
    fn stretch(&mut self, text: &str, at: usize) -> Option<usize> {
        let mut chars = text.get(at..)?.chars();
        let units = self.units.len();
        let mut agreeing = self.agreeing;
        // Whether what is read could be no garble, whole or broken off, of a layer below; the codecs in which the character before could go on.
        let (mut settled, mut broken, mut pending) = (true, false, 0);
        // Codecs in which the last character ended a sequence, and in which one, two, three more characters would.
        let (mut complete, mut open) = (self.able, [0u32; 3]);
        let mut follow = |row: &Row| {
            let [two, three, four] = row.lead.map(|lead| lead & complete);
            complete = open[0] & row.cont;
            open = [two | open[1] & row.cont, three | open[2] & row.cont, four];
        };
        let mut start = at;
        while let Some(c) = chars.next().filter(|c| !c.is_ascii()) {
            let lead = row(c);
            follow(lead);
            let mut sequence = Sequence::start(agree(&mut agreeing, lead, lead.leads())?)?;
            while !sequence.is_full() {
                let next = row(chars.next()?);
                follow(next);
                sequence = sequence.push(agree(&mut agreeing, next, next.cont)?);
            }
            let c = char::from_u32(sequence.code_point()?)?;
            let end = text.len() - chars.as_str().len();
            self.units.push(Unit {
                start,
                end,
                c,
                losses: Losses::NONE,
                cesu8: false,
                joined: false,
            });
            start = end;
            let below = row(c);
            settled &= pending & below.cont == 0;
            broken |= below.leads() & LOSING != 0;
            pending = below.leads();
        }
        let end = start;
        let ascii = |place: Option<usize>| {
            let byte = place.and_then(|place| text.as_bytes().get(place));
            let byte = byte.filter(|byte| byte.is_ascii()).unwrap_or(&b'\n');
            Glyph::of(char::from(*byte))
        };
        let trail = Trail {
            before: ascii(at.checked_sub(1)),
            sum: 0,
        };
        let after = ascii(Some(end));
        let read = self.units.get(units..)?;
        let stands = trail.sum(text.get(at..end)?.chars(), after);
        let yields = trail.sum(read.iter().map(|unit| unit.c), after);
        let settled = self.settled && settled && (!broken || yields < INCOMPLETE);
        // Each stretch has to speak for itself, unless there is a layer below to speak for it.
        let pairs = read.len() + 1;
        let natural = is_natural(yields, stands, pairs, UNNATURAL);
        if settled && !(yields < stands && natural) {
            return None;
        }
        self.agreeing = agreeing;
        self.able = complete;
        self.settled = settled;
        self.stands += stands;
        self.yields += yields;
        Some(end)
    }
}

/// The byte of a character in the first of the codecs that can have it here. Strikes out those that have another.
fn agree(agreeing: &mut u32, row: &Row, able: u32) -> Option<u8> {
    let first = (*agreeing & able).trailing_zeros() as usize;
    let byte = row.bytes.get(first)?;
    *agreeing &= able & row.agreeing(first);
    Some(*byte)
}
