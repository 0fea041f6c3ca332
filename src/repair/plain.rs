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
use crate::repair::best_fit;
use crate::repair::fee::{Entry, LEAD, fee};
use crate::repair::lattice::{Manner, Reading, UNLIMITED, Unit, Yield, waits};
use crate::repair::loss::Losses;
use crate::repair::open::Picks;
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
    let mut layers = Vec::with_capacity(1);
    let mut lead = 0;
    let mut peeled: Option<String> = None;
    while layers.len() < options.layers {
        let text = peeled.as_deref().unwrap_or(segment);
        let mut plain = Plain::read(text, options.codecs)?;
        let lossy = !plain.gaps.is_empty();
        if lossy {
            plain.fill(text, options.lost, scratch)?;
        }
        let settled = plain.settled;
        let stands = plain.stands;
        let reading = plain.into_reading()?;
        let entry = if layers.is_empty() {
            Entry::Upper(options.caution)
        } else {
            Entry::Below
        };
        let fee = fee(text, reading.codec, &reading.units, entry);
        lead += stands - reading.cost - fee;
        let below = if settled {
            None
        } else {
            Some(rewrite::apply(text, &reading.units))
        };
        layers.push(reading);
        match below.filter(|below| scan::first_suspect(below).is_some()) {
            // What was lost in a layer above another is told by that other, which takes a lattice.
            Some(_) if lossy => return None,
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

/// The same where there is nothing but gaps, and by how much they have to be cheaper then than what stands there.
const PLAIN: Cost = nats(5.0);
const TELLING: Cost = nats(35.0);

/// Whether a reading with so many pairs is natural text, or at least a lot better than what stands there.
fn is_natural(yields: Cost, stands: Cost, pairs: usize, most: Cost) -> bool {
    yields < most * pairs as Cost || yields * 5 < stands * 3
}

/// So many gaps are read where there is nothing else to tell the codec.
const UNTOLD: usize = 2;

/// Room for the garbles of most lines.
const USUAL: usize = 8;

/// The gaps of a text, read by one codec.
struct Filled {
    /// What the readings cost more than what stands there.
    cost: Cost,
    units: Vec<Unit>,
    /// Whether each is better by far than what stands there.
    natural: bool,
    /// Whether each is the most natural of texts.
    plain: bool,
}

struct Plain {
    /// The codecs that read everything so far as the same bytes as the first of them.
    agreeing: u32,
    /// The codecs in which all characters so far are bytes of UTF-8, at the ends of stretches the right ones.
    having: u32,
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
}

impl Plain {
    fn read(text: &str, codecs: CodecSet) -> Option<Plain> {
        let bytes = text.as_bytes();
        let all = codecs.bits();
        let mut plain = Plain {
            agreeing: all,
            having: all,
            units: Vec::with_capacity(USUAL),
            stands: 0,
            yields: 0,
            settled: true,
            gaps: Vec::new(),
        };
        let mut at = 0;
        while let Some(start) = next_stretch(bytes, at) {
            if best_fit::begins_at(text, start) {
                return None;
            }
            let units = plain.units.len();
            at = match plain.stretch(text, start) {
                Some(end) => end,
                None => {
                    plain.units.truncate(units);
                    plain.gap(text, start)
                }
            };
        }
        let told = plain.gaps.len() <= plain.units.len().max(UNTOLD);
        (told && plain.beats_rivals(text)).then_some(plain)
    }

    /// Whether no other codec has a reading of it all that comes near this one. Where there are more layers, that is not for a sum to tell.
    fn beats_rivals(&self, text: &str) -> bool {
        let rivals = self.able(text, self.having & !self.agreeing);
        rivals.is_empty()
            || self.settled
                && rivals.iter().all(|codec| {
                    Plain::read(text, CodecSet::EMPTY.with(codec)).is_none_or(|rival| {
                        rival.yields - rival.stands > self.yields - self.stands + LEAD
                    })
                })
    }

    /// Those of the codecs in which everything but the gaps is UTF-8. Hardly ever are there any, so it is not asked of each character as it is read.
    fn able(&self, text: &str, codecs: u32) -> CodecSet {
        let mut able = codecs;
        let mut gaps = self.gaps.iter().peekable();
        let mut at = 0;
        while able != 0
            && let Some(start) = next_stretch(text.as_bytes(), at)
        {
            let gap = gaps.next_if(|gap| gap.start == start);
            if let Some(gap) = gap {
                at = gap.end;
                continue;
            }
            // Codecs in which the last character ended a sequence, and in which one, two, three more characters would.
            let (mut complete, mut open) = (able, [0u32; 3]);
            let rest = text.get(start..).unwrap_or_default();
            at = start;
            for c in rest.chars().take_while(|c| !c.is_ascii()) {
                let row = row(c);
                let [two, three, four] = row.lead.map(|lead| lead & complete);
                complete = open[0] & row.cont;
                open = [two | open[1] & row.cont, three | open[2] & row.cont, four];
                at += c.len_utf8();
            }
            able = complete;
        }
        CodecSet::from_bits(able)
    }

    /// Notes a stretch for later, and gives its end. What follows a lost byte tells what it was, so a stretch goes on behind a `?` that may be one, and once
    /// behind a space.
    fn gap(&mut self, text: &str, at: usize) -> usize {
        let mut end = at;
        let mut spaced = false;
        loop {
            let rest = text.get(end..).unwrap_or_default();
            end += rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
            match text.as_bytes().get(end..) {
                Some([b'?', next, ..]) if !next.is_ascii() => {}
                Some([b' ', next, ..]) if !next.is_ascii() && !spaced => spaced = true,
                _ => break,
            }
            end += 1;
        }
        self.gaps.push(at..end);
        end
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

    /// Reads the gaps by the codec that makes most of them, of those that agree on the rest: the first that makes natural text of them, or else the best. Where there are
    /// gaps alone, that is the codec that most text is misread as, or none.
    fn fill(&mut self, text: &str, lost: Lost, scratch: &mut Scratch) -> Option<()> {
        if lost == Lost::Keep {
            return None;
        }
        let traces = Traces::of(text);
        let mut tried: Vec<u128> = Vec::new();
        let mut best: Option<(Codec, Filled)> = None;
        for codec in CodecSet::from_bits(self.agreeing).iter() {
            // Codecs that lose the same bytes read the gaps alike.
            if !codec.may_lose() || tried.contains(&codec.holes()) {
                continue;
            }
            tried.push(codec.holes());
            let filled = self.fill_by(codec, text, lost, traces, scratch)?;
            let natural = filled.natural;
            if self.units.is_empty() && !(filled.plain && filled.cost <= -TELLING) {
                return None;
            }
            if best.as_ref().is_none_or(|best| filled.cost < best.1.cost) {
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
        lost: Lost,
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
            plain: true,
        };
        for gap in &self.gaps {
            let start = window.fill_around(text, gap, traces);
            let manner = Manner {
                lossy: true,
                lost,
                yields: Yield::Clean,
                everywhere: true,
                quoted: self.quotes(gap.start, &filled.units),
                open: false,
                limit: UNLIMITED,
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
            filled.plain &= reading.cost < PLAIN * pairs as Cost;
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
            opens: Vec::new(),
        })
    }

    /// Reads the stretch at `at` up to the next ASCII, and gives its end.
    fn stretch(&mut self, text: &str, at: usize) -> Option<usize> {
        let mut chars = text.get(at..)?.chars();
        let units = self.units.len();
        let (mut agreeing, mut having) = (self.agreeing, self.having);
        // Whether what is read could be no garble, whole or broken off, of a layer below; the codecs in which the character before could go on.
        let (mut settled, mut broken, mut pending) = (true, false, 0);
        let ascii = |place: Option<usize>| {
            let byte = place.and_then(|place| text.as_bytes().get(place));
            let byte = byte.filter(|byte| byte.is_ascii()).unwrap_or(&b'\n');
            Glyph::of(char::from(*byte))
        };
        let mut stands = Trail {
            before: ascii(at.checked_sub(1)),
            sum: 0,
        };
        let mut yields = stands;
        // The first character begins a sequence, the last one ends one.
        let (mut inside, mut ending) = (0, 0);
        let mut take = |c: char, able: fn(&Row) -> u32| {
            stands = stands.step(Glyph::of(c));
            let row = row(c);
            having &= row.leads() | row.cont & inside;
            (inside, ending) = (u32::MAX, row.cont);
            agree(&mut agreeing, row, able(row))
        };
        let mut end = at;
        while let Some(c) = chars.next().filter(|c| !c.is_ascii()) {
            let mut sequence = Sequence::start(take(c, Row::leads)?)?;
            while !sequence.is_full() {
                sequence = sequence.push(take(chars.next()?, |row| row.cont)?);
            }
            let c = char::from_u32(sequence.code_point()?)?;
            let start = end;
            end = text.len() - chars.as_str().len();
            self.units.push(Unit {
                start,
                end,
                c,
                losses: Losses::NONE,
                cesu8: false,
                joined: false,
                picks: Picks::default(),
            });
            yields = yields.step(Glyph::of(c));
            let below = row(c);
            settled &= pending & below.cont == 0;
            broken |= below.leads() & LOSING != 0;
            pending = below.leads();
        }
        let after = ascii(Some(end));
        let stands = stands.step(after).sum;
        let yields = yields.step(after).sum;
        let settled = self.settled && settled && (!broken || yields < INCOMPLETE);
        // Each stretch has to speak for itself, unless there is a layer below to speak for it.
        let pairs = self.units.len() - units + 1;
        let natural = is_natural(yields, stands, pairs, UNNATURAL);
        if settled && !(yields < stands && natural) {
            return None;
        }
        self.agreeing = agreeing;
        self.having = having & ending;
        self.settled = settled;
        self.stands += stands;
        self.yields += yields;
        Some(end)
    }
}

/// Where the first character that is not ASCII is from a place on.
fn next_stretch(bytes: &[u8], at: usize) -> Option<usize> {
    let start = at + ascii::prefix(bytes.get(at..)?);
    (start < bytes.len()).then_some(start)
}

/// The byte of a character in the first of the codecs that can have it here. Strikes out those that have another.
fn agree(agreeing: &mut u32, row: &Row, able: u32) -> Option<u8> {
    let first = (*agreeing & able).trailing_zeros() as usize;
    let byte = row.bytes.get(first)?;
    *agreeing &= able & row.agreeing(first);
    Some(*byte)
}
