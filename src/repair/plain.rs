//! The short way, for what most garbled lines are: everything that is not ASCII is garbled, by one codec a layer, and little or nothing was lost.
//!
//! Then there is little to search for: the line is read off from its start, layer by layer, and the sums are those of the lattice's only sensible path.
//! Stretches in which something was lost, the gaps, are read by a lattice of their own, once the others have told the codec.
//! Whatever does not fit leaves the line to [`super::verdict`], which would come to the same answer here, at twenty times the price.

use std::ops::Range;
use std::str::Chars;

use crate::ascii;
use crate::codec::utf8::Sequence;
use crate::codec::{self, Codec, CodecSet, LOSING, Row, row};
use crate::model::{Cost, Glyph, cost, nats};
use crate::options::{Lost, Options};
use crate::repair::best_fit;
use crate::repair::familiar::{Familiar, Stretch};
use crate::repair::fee::{self, Entry};
use crate::repair::gaps::{Filled, Told};
use crate::repair::lattice::{Reading, Unit, is_vague, strain, strains};
use crate::repair::rewrite;
use crate::repair::scan;
use crate::repair::suspect::INCOMPLETE;
use crate::repair::verdict::{leaves_punctuation, strange};
use crate::repair::window::Traces;

/// The layers to take off a segment, uppermost first, if it is one of the plain ones and what is below beats what stands there.
pub(crate) fn read(
    segment: &str,
    options: &Options,
    scratch: &mut Scratch,
) -> Option<Vec<Reading>> {
    let mut layers = std::mem::take(&mut scratch.layers);
    let mut lead = 0;
    let mut peeled: Option<String> = None;
    while layers.len() < options.layers {
        let text = peeled.as_deref().unwrap_or(segment);
        let entry = if layers.is_empty() {
            Entry::Upper(options.caution)
        } else {
            Entry::Below
        };
        let units = std::mem::take(&mut scratch.units);
        let mut plain = Plain::new(options.codecs, entry.most(), units);
        plain.read(text, &mut scratch.familiar)?;
        let lossy = !plain.gaps.is_empty();
        if lossy {
            plain.fill(text, options.lost)?;
        }
        let (settled, natural) = (plain.settled, plain.natural);
        let strain = strains(plain.strained, plain.units.len());
        let stands = plain.stands;
        let reading = plain.into_reading()?;
        let gain = stands - reading.cost;
        // Mostly no fee is too high, so it need not be known: where no other layer adds to the lead, all that counts is that there is one.
        let within = |most: Cost| (gain > most && !lossy).then_some(most);
        let is_only = layers.is_empty() && settled;
        let units = &reading.units;
        let fee = within(entry.most())
            .or_else(|| {
                let most = is_only.then(|| fee::most(text, reading.codec, units, entry));
                most.and_then(within)
            })
            .unwrap_or_else(|| fee::fee(text, reading.codec, units, entry));
        lead += gain - fee;
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
            None => {
                // What stands there was summed up no further than to be enough without strain.
                if lead <= strain && strain > 0 && !lossy {
                    lead += standing(text) - stands;
                }
                if layers
                    .last()
                    .is_some_and(|last| leaves_punctuation(text, &last.units))
                {
                    return None;
                }
                // Only of what is text in the end it matters whether that is natural.
                return (lead > strain && (natural || lossy)).then_some(layers);
            }
        }
    }
    None
}

/// The working space of [`read`], kept between calls.
#[derive(Default)]
pub(crate) struct Scratch {
    familiar: Familiar,
    /// Room for the layers of a line and for the units of one, so that nothing is allocated for most lines.
    layers: Vec<Reading>,
    units: Vec<Unit>,
}

impl Scratch {
    /// Takes back layers that are written.
    pub(crate) fn give_back(&mut self, mut layers: Vec<Reading>) {
        if let Some(reading) = layers.pop() {
            self.units = reading.units;
            self.units.clear();
        }
        layers.clear();
        self.layers = layers;
    }
}

/// What the pairs of natural text cost at most on the average. What yields less natural text, and is not much worse as it
/// stands, is not as plain as it seems.
const UNNATURAL: Cost = nats(9.0);

/// The same for a gap, where no other codec need be asked then what it makes of it.
const NATURAL: Cost = nats(8.0);

/// The same where there is nothing but gaps, and by how much they have to be cheaper then than what stands there.
const PLAIN: Cost = nats(9.0);
const TELLING: Cost = nats(25.0);

impl Filled {
    fn yields(&self) -> Cost {
        self.sums.iter().map(|sum| sum.yields).sum()
    }

    fn stands(&self) -> Cost {
        self.sums.iter().map(|sum| sum.stands).sum()
    }

    /// Whether each gap is natural text, by what its pairs may cost at most.
    fn is_natural(&self, most: Cost) -> bool {
        let mut sums = self.sums.iter();
        sums.all(|sum| is_natural(sum.yields, sum.stands, sum.pairs, most))
    }
}

/// Whether a reading with so many pairs is natural text, or at least a lot better than what stands there.
fn is_natural(yields: Cost, stands: Cost, pairs: usize, most: Cost) -> bool {
    yields < most * pairs as Cost || yields * 5 < stands * 3
}

/// So many sequences of gaps are read where there is nothing else to tell the codec.
const UNTOLD: usize = 2;

pub(super) struct Plain {
    /// The codecs that read everything so far as the same bytes as the first of them.
    pub agreeing: u32,
    /// The codecs in which all characters so far are bytes of UTF-8, at the ends of stretches the right ones.
    pub having: u32,
    pub units: Vec<Unit>,
    /// What the text costs as it stands, or so much of that as is more than the reading costs with any fee, and what its reading costs.
    stands: Cost,
    yields: Cost,
    /// Whether what was read can be no garble of another layer, as far as can be told without another look.
    settled: bool,
    /// Whether each stretch speaks for itself, without a layer below.
    natural: bool,
    /// How many pairs of what is read natural text never has.
    strained: usize,
    /// What is no whole sequence of those codecs.
    pub gaps: Vec<Range<usize>>,
    /// How many sequences the gaps are of.
    broken: usize,
    /// What the fee is at most.
    most: Cost,
}

/// The character that came before, if it is known, to sum up costs by.
#[derive(Clone, Copy)]
struct Trail {
    before: Option<Glyph>,
    sum: Cost,
    strained: usize,
}

impl Trail {
    #[inline]
    fn step(self, c: Glyph) -> Trail {
        let pair = self.before.map_or(0, |before| cost(before, c));
        Trail {
            before: Some(c),
            sum: self.sum + pair,
            strained: self.strained + usize::from(strain(pair) > 0),
        }
    }

    /// Goes on behind something that is not known.
    fn interrupted(self) -> Trail {
        Trail {
            before: None,
            ..self
        }
    }
}

/// Sequences one behind the other: of a codec that splits them otherwise, the first character begins a sequence as well, and the last one ends one.
struct Run {
    /// The codecs in which a sequence may be under way, and in which one may end with the last character.
    inside: u32,
    ending: u32,
}

impl Default for Run {
    fn default() -> Run {
        Run {
            inside: 0,
            ending: u32::MAX,
        }
    }
}

impl Run {
    /// Ends it, and gives the codecs in which it may end there.
    fn end(&mut self) -> u32 {
        std::mem::take(self).ending
    }
}

impl Plain {
    /// Nothing read as yet; `units` is room for what will be.
    pub(super) fn new(codecs: CodecSet, most: Cost, units: Vec<Unit>) -> Plain {
        Plain {
            agreeing: codecs.bits(),
            having: codecs.bits(),
            units,
            stands: 0,
            yields: 0,
            settled: true,
            natural: true,
            strained: 0,
            gaps: Vec::new(),
            broken: 0,
            most,
        }
    }

    fn read(&mut self, text: &str, familiar: &mut Familiar) -> Option<()> {
        let mut at = 0;
        while let Some(start) = next_stretch(text.as_bytes(), at) {
            if best_fit::begins_at(text, start) {
                return None;
            }
            at = self.stretch(text, start, familiar)?;
        }
        let is_read = self.broken <= self.units.len().max(UNTOLD);
        (is_read && self.beats_rivals(text, familiar)).then_some(())
    }

    /// Whether no other codec has a reading of it all that comes near this one. Where there are more layers, that is not for a sum to tell.
    fn beats_rivals(&self, text: &str, familiar: &mut Familiar) -> bool {
        let rivals = self.able(text, self.having & !self.agreeing);
        if rivals.is_empty() {
            return true;
        }
        // What stands first begins a sequence in each codec that reads anything.
        let first = next_stretch(text.as_bytes(), 0).and_then(|at| text.get(at..)?.chars().next());
        let leads = first.map_or(0, |first| row(first).leads());
        let mut rivals = CodecSet::from_bits(rivals.bits() & leads).iter();
        self.settled
            && rivals.all(|codec| {
                let rival = CodecSet::EMPTY.with(codec);
                let mut rival = Plain::new(rival, self.most, Vec::new());
                rival.read(text, familiar).is_none()
                    || rival.gaps == self.gaps && rival.yields > self.yields + fee::LEAD
            })
    }

    /// Those of the codecs in which everything but the gaps is UTF-8. Hardly ever are there any, so it is not asked of each character as it is read.
    fn able(&self, text: &str, codecs: u32) -> CodecSet {
        let mut able = codecs;
        let mut units = self.units.as_slice();
        while able != 0
            && let [first, ..] = units
        {
            let abuts = |pair: &&[Unit]| matches!(pair, [unit, next] if unit.end == next.start);
            let length = 1 + units.windows(2).take_while(abuts).count();
            let (run, rest) = units.split_at_checked(length).unwrap_or((units, &[]));
            units = rest;
            let end = run.last().map_or(first.end, |last| last.end);
            // Codecs in which the last character ended a sequence, and in which one, two, three more characters would.
            let (mut complete, mut open) = (able, [0u32; 3]);
            for c in text.get(first.start..end).unwrap_or_default().chars() {
                let row = row(c);
                let [two, three, four] = row.lead.map(|lead| lead & complete);
                complete = open[0] & row.cont;
                open = [two | open[1] & row.cont, three | open[2] & row.cont, four];
            }
            able = complete;
        }
        CodecSet::from_bits(able)
    }

    /// Fills the gaps by the codec that makes most of them, of those that agree on the rest: the first that makes natural text of them, or else the best. Where there are
    /// gaps alone, that is the codec that most text is misread as, or none.
    fn fill(&mut self, text: &str, lost: Lost) -> Option<()> {
        if lost == Lost::Keep {
            return None;
        }
        let told = Told {
            text,
            units: &self.units,
            gaps: &self.gaps,
        };
        let traces = Traces::of(text);
        let mut tried: Vec<u128> = Vec::new();
        let mut best: Option<(Codec, Cost, Filled)> = None;
        let mut natural = false;
        for codec in CodecSet::from_bits(self.agreeing).iter() {
            // Codecs that lose the same bytes fill the gaps alike. Beside natural text, those are asked in which a mark may stand for more.
            let more = codec.has_c1_controls() && traces.marked;
            if natural && !more || !codec.may_lose() || tried.contains(&codec.holes()) {
                continue;
            }
            tried.push(codec.holes());
            let Some(filled) = told.fill(codec, lost, traces) else {
                continue;
            };
            let cost = filled.yields() + fee::rarity(codec);
            if best.as_ref().is_none_or(|best| cost < best.1) {
                natural = filled.is_natural(NATURAL);
                best = Some((codec, cost, filled));
            }
        }
        let (codec, _, filled) = best?;
        let yields = filled.yields();
        if self.units.is_empty()
            && (yields > filled.stands() - TELLING || !filled.is_natural(PLAIN))
        {
            return None;
        }
        let units = filled.units;
        self.yields += yields;
        self.stands = standing(text);
        self.agreeing = CodecSet::EMPTY.with(codec).bits();
        self.units.extend(units);
        self.units.sort_by_key(|unit| unit.start);
        self.settled = false;
        // Punctuation is out of place easily, letters hardly ever are.
        let strange = strange(text, &self.units).any(char::is_alphabetic);
        (!strange && !is_vague(&self.units)).then_some(())
    }

    /// The character of which a sequence is, by the codecs that agree so far, of its first character and those behind it. Codecs that read it otherwise agree no more.
    #[inline]
    fn sequence(&mut self, first: &'static Row, behind: &mut Chars, run: &mut Run) -> Option<char> {
        let (mut agreeing, mut having) = (self.agreeing, self.having);
        let mut inside = run.inside;
        let mut row = first;
        let mut sequence = Sequence::start(agree(&mut agreeing, row, row.leads())?)?;
        loop {
            having &= row.leads() | row.cont & inside;
            inside = u32::MAX;
            if sequence.is_full() {
                break;
            }
            row = codec::row(behind.next()?);
            sequence = sequence.push(agree(&mut agreeing, row, row.cont)?);
        }
        let c = char::from_u32(sequence.code_point()?)?;
        (self.agreeing, self.having) = (agreeing, having);
        *run = Run {
            inside,
            ending: row.cont,
        };
        Some(c)
    }

    fn into_reading(self) -> Option<Reading> {
        let codec = CodecSet::from_bits(self.agreeing).iter().next()?;
        Some(Reading {
            codec,
            units: self.units,
            cost: self.yields,
            vague: false,
            strained: 0,
        })
    }

    /// Reads the stretch at `at` up to the next ASCII, and gives its end. What is no whole sequence in it is a gap.
    fn stretch(&mut self, text: &str, at: usize, familiar: &mut Familiar) -> Option<usize> {
        let known = familiar.find(text, at);
        if let Some(known) = known.filter(|known| known.is_read_by(self.agreeing)) {
            return self.repeat(known, text, at);
        }
        let walked = self.walk(text, at)?;
        let Walked { end, .. } = walked;
        self.judge(walked, |enough| stands(text, at..end, enough))?;
        Some(end)
    }

    /// The same for a stretch that is known.
    fn repeat(&mut self, known: &Stretch, text: &str, at: usize) -> Option<usize> {
        let end = at + known.length;
        let (before, after) = (ascii(text, at.checked_sub(1)), ascii(text, Some(end)));
        self.agreeing &= known.agreeing;
        self.having &= known.having;
        let mut start = at;
        for &(length, c) in known.units() {
            let end = at + usize::from(length);
            self.units.push(Unit::whole(start..end, c));
            start = end;
        }
        let (yields, strained) = known.yields(before, after);
        let walked = Walked {
            end,
            units: known.units().len(),
            yields,
            strained,
            settled: known.settled,
            broken: known.broken,
        };
        self.judge(walked, |enough| known.stands(before, after, enough))?;
        Some(end)
    }

    /// Reads the characters of the stretch at `at`.
    pub(super) fn walk(&mut self, text: &str, at: usize) -> Option<Walked> {
        let units = self.units.len();
        // Whether what is read could be no garble, whole or broken off, of a layer below; the codecs in which the character before could go on.
        let (mut settled, mut broken, mut pending) = (true, false, 0);
        let mut yields = Trail {
            before: Some(ascii(text, at.checked_sub(1))),
            sum: 0,
            strained: 0,
        };
        let mut gap = None;
        let mut run = Run::default();
        let mut end = at;
        let mut rest = text.get(at..)?.chars();
        loop {
            let begin = end;
            let mut behind = rest.clone();
            let Some(first) = behind.next().filter(|c| !c.is_ascii()) else {
                break;
            };
            let row = row(first);
            let Some(c) = self.sequence(row, &mut behind, &mut run) else {
                // It is of the codec all the same, but for marks of what was lost. What lost its first byte takes a lattice.
                if gap.is_none() {
                    agree(&mut self.agreeing, row, row.leads())?;
                    gap = Some(begin);
                    yields = yields.interrupted();
                    pending = 0;
                    self.having &= run.end();
                } else if !row.is_empty() {
                    agree(&mut self.agreeing, row, row.leads() | row.cont)?;
                }
                self.broken += usize::from(row.leads() & self.agreeing != 0);
                rest.next();
                end += first.len_utf8();
                continue;
            };
            rest = behind;
            end = text.len() - rest.as_str().len();
            if let Some(start) = gap.take() {
                self.gaps.push(start..begin);
            }
            self.units.push(Unit::whole(begin..end, c));
            yields = yields.step(Glyph::of(c));
            let below = codec::row(c);
            settled &= pending & below.cont == 0;
            broken |= below.leads() & LOSING != 0;
            pending = below.leads();
        }
        self.having &= run.end();
        if let Some(start) = gap {
            self.gaps.push(start..end);
        }
        let yields = yields.step(ascii(text, Some(end)));
        Some(Walked {
            end,
            units: self.units.len() - units,
            yields: yields.sum,
            strained: yields.strained,
            settled,
            broken,
        })
    }

    /// Goes on behind a stretch, if it is natural text enough. `stands` tells what it costs as it stands, or as much of that as is more than enough.
    #[inline]
    fn judge(&mut self, walked: Walked, stands: impl FnOnce(Cost) -> Cost) -> Option<()> {
        let Walked { yields, broken, .. } = walked;
        let settled = self.settled && walked.settled && (!broken || yields < INCOMPLETE);
        // Each stretch has to speak for itself, unless there is a layer below to speak for it.
        let pairs = walked.units + 1;
        let natural = yields < UNNATURAL * pairs as Cost;
        let least = (self.yields + yields + self.most - self.stands).max(yields);
        let stands = stands(if natural { least } else { Cost::MAX });
        let natural = is_natural(yields, stands, pairs, UNNATURAL);
        let natural = yields < stands && natural;
        if settled && !natural {
            return None;
        }
        self.natural &= natural;
        self.strained += walked.strained;
        self.settled = settled;
        self.stands += stands;
        self.yields += yields;
        Some(())
    }
}

/// A stretch whose characters have been read.
pub(super) struct Walked {
    end: usize,
    /// How many units it has.
    units: usize,
    /// What those cost between the neighbours.
    yields: Cost,
    /// How many of their pairs natural text never has.
    strained: usize,
    /// Whether what was read could be no garble, whole or broken off, of a layer below.
    pub settled: bool,
    pub broken: bool,
}

/// The character of ASCII at a place; a line end where there is none.
pub(super) fn ascii(text: &str, place: Option<usize>) -> Glyph {
    let byte = place.and_then(|place| text.as_bytes().get(place));
    let byte = byte.filter(|byte| byte.is_ascii()).unwrap_or(&b'\n');
    Glyph::of(char::from(*byte))
}

/// What the stretches of a text that are not ASCII cost as they stand.
fn standing(text: &str) -> Cost {
    let mut sum = 0;
    let mut at = 0;
    while let Some(start) = next_stretch(text.as_bytes(), at) {
        let rest = text.get(start..).unwrap_or_default();
        at = start + rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        sum += stands(text, start..at, Cost::MAX);
    }
    sum
}

/// What a part of a text costs between its neighbours as it stands, or as much of that as is more than enough: costs only add up.
pub(super) fn stands(text: &str, part: Range<usize>, enough: Cost) -> Cost {
    let before = text
        .get(..part.start)
        .and_then(|text| text.chars().next_back());
    let from = text.get(part.start..).unwrap_or_default();
    let mut trail = Trail {
        before: Some(Glyph::of(before.unwrap_or('\n'))),
        sum: 0,
        strained: 0,
    };
    let mut at = part.start;
    for c in from.chars().chain(['\n']) {
        trail = trail.step(Glyph::of(c));
        // The last is the one behind it.
        if trail.sum > enough || at >= part.end {
            break;
        }
        at += c.len_utf8();
    }
    trail.sum
}

/// Where the first character that is not ASCII is from a place on.
pub(super) fn next_stretch(bytes: &[u8], at: usize) -> Option<usize> {
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
