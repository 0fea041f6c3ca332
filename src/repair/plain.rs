//! The short way, for what most garbled lines are: everything that is not ASCII is garbled, by one codec a layer, and little or nothing was lost.
//!
//! Then there is little to search for: the line is read off from its start, layer by layer, and the sums are those of the lattice's only sensible path.
//! Stretches in which something was lost, the gaps, are read by a lattice of their own, once the others have told the codec.
//! Whatever does not fit leaves the line to [`super::verdict`], which would come to the same answer here, at twenty times the price.

use std::ops::Range;

use crate::ascii;
use crate::codec::{Codec, CodecSet, LOSING, is_c1, row};
use crate::model::{Cost, nats};
use crate::options::{Lost, Options};
use crate::repair::agreement::Agreement;
use crate::repair::best_fit;
use crate::repair::couples;
use crate::repair::fee::{self, Entry};
use crate::repair::gaps::{Filled, Told};
use crate::repair::lattice::{Reading, Unit, is_vague, strain, strains};
use crate::repair::lookalikes::are_lookalikes;
use crate::repair::memory::{Lent, Memory};
use crate::repair::pairs::{Pair, Pairs};
use crate::repair::rewrite;
use crate::repair::scan;
use crate::repair::stretches::Stretch;
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
    let memory = scratch.memory.memory();
    let (mut lead, mut summed) = (0, 0);
    while layers.len() < options.layers {
        let above: Option<&Reading> = layers.last();
        let text = above.map_or(Some(segment), |above| above.below.as_deref())?;
        let entry = if layers.is_empty() {
            Entry::Upper(options.caution)
        } else {
            Entry::Below
        };
        let units = empty(&mut scratch.units);
        let mut plain = Plain::new(options.codecs, entry, units);
        if plain.read(text, memory).is_none() {
            // The room is for whoever reads it then.
            scratch.keep(layers, plain.units);
            return None;
        }
        let lossy = !plain.gaps.is_empty();
        if lossy {
            plain.fill(text, options.lost, &mut memory.pairs)?;
        }
        let codec = plain.codec()?;
        let strain = strains(plain.strained, plain.units.len());
        // Mostly no fee is too high, so it need not be known: where no other layer adds to the lead, all that counts is that there is one.
        let most_of_lossy = lossy.then(|| fee::most_of_lossy(text, &plain.units, entry));
        if let Some(most) = most_of_lossy {
            let enough = plain.yields + most + strain - lead;
            plain.stands = standing(text, enough, &mut memory.pairs);
        }
        let (stands, natural) = (plain.stands, plain.natural);
        let gain = stands - plain.yields;
        summed += stands;
        let within = |most: Cost| {
            let is_enough = if lossy {
                lead + gain - most > strain
            } else {
                gain > most
            };
            is_enough.then_some(most)
        };
        let units = &plain.units;
        let most = match most_of_lossy {
            Some(most) => within(most),
            None => within(entry.most()).or_else(|| {
                let is_only = layers.is_empty() && plain.is_settled(text, &mut memory.pairs);
                let most = is_only.then(|| fee::most(text, codec, units, entry));
                most.and_then(within)
            }),
        };
        let fee = most.unwrap_or_else(|| fee::fee(text, codec, units, entry));
        lead += gain - fee;
        let may_be_below = plain.odd && !plain.is_settled(text, &mut memory.pairs);
        let below = may_be_below.then(|| rewrite::apply(text, &plain.units));
        let is_below = below.as_deref().and_then(scan::first_suspect).is_some();
        let reading = plain.into_reading(codec, below);
        if is_below {
            // What was lost in a layer above another is told by that other, which takes a lattice.
            if lossy {
                return None;
            }
        } else {
            // What stands in each layer was summed up no further than to be enough for that one.
            if lead <= strain {
                let below = layers.iter().filter_map(|layer| layer.below.as_deref());
                let texts = std::iter::once(segment).chain(below);
                let all: Cost = texts
                    .map(|text| standing(text, Cost::MAX, &mut memory.pairs))
                    .sum();
                lead += all - summed;
            }
            // Only of what is text in the end it matters whether that is natural.
            let wins =
                !leaves_punctuation(text, &reading.units) && lead > strain && (natural || lossy);
            layers.push(reading);
            let first = layers.first().filter(|_| wins)?;
            return (!are_lookalikes(segment, first)).then_some(layers);
        }
        layers.push(reading);
    }
    None
}

/// The working space of [`read`] and of [`super::plain_wide::read`], kept between calls.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(super) memory: Lent,
    /// Room for the layers of a line and for the units of one, so that nothing is allocated for most lines.
    pub(super) layers: Vec<Reading>,
    pub(super) units: Vec<Unit>,
}

impl Scratch {
    /// Takes back layers that are written.
    pub(crate) fn give_back(&mut self, mut layers: Vec<Reading>) {
        let last = layers.pop();
        self.keep(layers, last.map_or(Vec::new(), |last| last.units));
    }

    #[inline]
    fn keep(&mut self, mut layers: Vec<Reading>, mut units: Vec<Unit>) {
        layers.clear();
        units.clear();
        (self.layers, self.units) = (layers, units);
    }
}

/// The room for units, without what a reading that came to nothing has left in it.
pub(super) fn empty(room: &mut Vec<Unit>) -> Vec<Unit> {
    let mut units = std::mem::take(room);
    units.clear();
    units
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

/// Whether what lost something may have the rest of it in the next character, which went through a layer more: behind a control that Windows-1252 has a sign for, that is another such sign.
fn may_be_uneven(text: &str, units: &[Unit]) -> bool {
    units.windows(2).any(|pair| {
        let [unit, next] = pair else { return false };
        let garble = text.get(unit.start..unit.end).unwrap_or_default();
        unit.end == next.start
            && !unit.losses.is_empty()
            && garble.contains(is_c1)
            && next.c > '\u{FF}'
            && CodecSet::from_bits(row(next.c).cont).contains(Codec::Windows1252)
    })
}

/// Whether a reading with so many pairs is natural text, or at least a lot better than what stands there.
fn is_natural(yields: Cost, stands: Cost, pairs: usize, most: Cost) -> bool {
    yields < most * pairs as Cost || yields * 5 < stands * 3
}

/// So many sequences of gaps are read where there is nothing else to tell the codec.
const UNTOLD: usize = 2;

struct Plain {
    /// What it tells of the codecs.
    agreement: Agreement,
    units: Vec<Unit>,
    /// What the text costs as it stands, or so much of that as is more than the reading costs with any fee, and what its reading costs.
    stands: Cost,
    yields: Cost,
    /// Whether what was read is known to be nothing that is [settled](Plain::is_settled), and whether any of it may be.
    unsettled: bool,
    doubtful: bool,
    /// Whether each stretch speaks for itself, without a layer below.
    natural: bool,
    /// How many pairs of what is read natural text never has.
    strained: usize,
    /// Whether what is read has any pair that a scan could stop at.
    odd: bool,
    /// What is no whole sequence of those codecs.
    gaps: Vec<Range<usize>>,
    /// How many sequences the gaps are of.
    broken: usize,
    /// What its fee is for.
    entry: Entry,
}

/// What is read in a stretch, by the pairs of its characters and its neighbours, but for the pairs of gaps.
#[derive(Default)]
pub(super) struct Yielded {
    pub cost: Cost,
    /// How many of the pairs natural text never has.
    pub strained: usize,
    /// Whether a scan may ask about any of them.
    pub odd: bool,
}

impl Yielded {
    pub(super) fn of(text: &str, stretch: &[Unit], pairs: &mut Pairs) -> Yielded {
        let mut yielded = Yielded::default();
        let Some(first) = stretch.first() else {
            return yielded;
        };
        let mut end = first.start;
        let mut before = ascii(text, end.checked_sub(1));
        for unit in stretch {
            if let Some(before) = before.filter(|_| unit.start == end) {
                yielded.add(pairs.pair(before, unit.c));
            }
            (before, end) = (Some(unit.c), unit.end);
        }
        if let Some((before, after)) = before.zip(ascii(text, Some(end))) {
            yielded.add(pairs.pair(before, after));
        }
        yielded
    }

    /// Whether a stretch of so many characters speaks for itself by what it yields.
    fn is_natural(&self, count: usize) -> bool {
        self.cost < UNNATURAL * (count + 1) as Cost
    }

    /// Whether a stretch that yields so many characters speaks for itself, beside what it costs as it stands.
    pub(super) fn speaks(&self, count: usize, stands: Cost) -> bool {
        self.cost < stands && is_natural(self.cost, stands, count + 1, UNNATURAL)
    }

    #[inline]
    fn add(&mut self, pair: Pair) {
        self.cost += pair.cost;
        self.strained += usize::from(strain(pair.cost) > 0);
        self.odd |= pair.odd;
    }
}

impl Plain {
    /// Nothing read as yet; `units` is room for what will be.
    fn new(codecs: CodecSet, entry: Entry, units: Vec<Unit>) -> Plain {
        Plain {
            agreement: Agreement::among(codecs),
            units,
            stands: 0,
            yields: 0,
            unsettled: false,
            doubtful: false,
            natural: true,
            strained: 0,
            odd: false,
            gaps: Vec::new(),
            broken: 0,
            entry,
        }
    }

    fn read(&mut self, text: &str, memory: &mut Memory) -> Option<()> {
        let mut at = 0;
        while let Some(start) = next_stretch(text.as_bytes(), at) {
            if best_fit::begins_at(text, start) {
                return None;
            }
            let known = memory.stretches.find(text, start, &mut memory.pairs);
            at = match known.and_then(|known| self.take(start, known)) {
                Some(end) => end,
                None => self.stretch(text, start, memory)?,
            };
        }
        let is_read = self.broken <= self.units.len().max(UNTOLD);
        (is_read && self.beats_rivals(text, memory)).then_some(())
    }

    /// Whether no other codec has a reading of it all that comes near this one. Where there are more layers, that is not for a sum to tell.
    fn beats_rivals(&self, text: &str, memory: &mut Memory) -> bool {
        let rivals = self.able(text, self.agreement.having & !self.agreement.agreeing);
        if rivals.is_empty() {
            return true;
        }
        // What stands first begins a sequence in each codec that reads anything.
        let first = next_stretch(text.as_bytes(), 0).and_then(|at| text.get(at..)?.chars().next());
        let leads = first.map_or(0, |first| row(first).leads());
        let mut rivals = CodecSet::from_bits(rivals.bits() & leads).iter();
        self.is_settled(text, &mut memory.pairs)
            && rivals.all(|codec| {
                let rival = CodecSet::EMPTY.with(codec);
                let mut rival = Plain::new(rival, self.entry, Vec::new());
                rival.read(text, memory).is_none()
                    || rival.gaps == self.gaps && rival.rated() > self.rated() + fee::LEAD
            })
    }

    /// What it costs beside other readings with the same gaps. What the gaps add to it may well be more than it takes to be rare.
    fn rated(&self) -> Cost {
        let codec = self.codec().filter(|_| self.gaps.is_empty());
        self.yields + codec.map_or(0, fee::rarity)
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
    fn fill(&mut self, text: &str, lost: Lost, pairs: &mut Pairs) -> Option<()> {
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
        for codec in CodecSet::from_bits(self.agreement.agreeing).iter() {
            // Codecs that lose the same bytes fill the gaps alike. Beside natural text, those are asked in which a mark may stand for more.
            let more = codec.has_c1_controls() && traces.marked;
            if natural && !more || !codec.may_lose() || tried.contains(&codec.holes()) {
                continue;
            }
            tried.push(codec.holes());
            let Some(filled) = told.fill(codec, lost, traces, pairs) else {
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
        self.agreement.agreeing = CodecSet::EMPTY.with(codec).bits();
        self.units.extend(units);
        self.units.sort_by_key(|unit| unit.start);
        (self.unsettled, self.odd) = (true, true);
        // Punctuation is out of place easily, letters hardly ever are.
        let strange = strange(text, &self.units).any(char::is_alphabetic);
        let uneven = codec.has_c1_controls() && may_be_uneven(text, &self.units);
        (!strange && !uneven && !is_vague(&self.units)).then_some(())
    }

    /// The first of the codecs that agree.
    fn codec(&self) -> Option<Codec> {
        CodecSet::from_bits(self.agreement.agreeing).iter().next()
    }

    fn into_reading(self, codec: Codec, below: Option<String>) -> Reading {
        Reading {
            codec,
            units: self.units,
            cost: self.yields,
            vague: false,
            strained: 0,
            below,
        }
    }

    /// Whether what was read can be no garble of another layer, as far as can be told without another look: none that is whole, nor one that broke off, in a stretch that is
    /// hardly text. Mostly nobody has to know.
    fn is_settled(&self, text: &str, pairs: &mut Pairs) -> bool {
        let are_joined = |unit: &Unit, next: &Unit| {
            let between = text.as_bytes().get(unit.end..next.start);
            between.is_some_and(|between| !between.iter().any(u8::is_ascii))
        };
        let mut stretches = self.units.chunk_by(are_joined);
        !self.unsettled
            && (!self.doubtful || !stretches.any(|stretch| goes_below(text, stretch, pairs)))
    }

    /// Takes a stretch that is known, if the codecs so far read it so, and gives its end.
    #[inline]
    fn take(&mut self, at: usize, known: &Stretch) -> Option<usize> {
        let mut agreement = self.agreement;
        agreement.take_alone(&known.alone)?;
        self.agreement = agreement;
        self.units.extend(known.units(at));
        self.strained += usize::from(known.strained);
        self.odd |= known.odd;
        self.doubtful |= known.goes_below;
        self.stands += Cost::from(known.stands);
        self.yields += Cost::from(known.yields);
        self.units.last().map(|last| last.end)
    }

    /// Reads the stretch at `at` up to the next ASCII, and gives its end. What is no whole sequence in it is a gap.
    fn stretch(&mut self, text: &str, at: usize, memory: &mut Memory) -> Option<usize> {
        let read = self.units.len();
        self.doubtful = true;
        let walk = self.walk(text, at, memory)?;
        let count = self.units.len() - read;
        self.judge(text, at, count, &walk, &mut memory.pairs)?;
        Some(walk.end)
    }

    /// Reads the characters of the stretch at `at`.
    fn walk(&mut self, text: &str, at: usize, memory: &mut Memory) -> Option<Walk> {
        let Memory {
            sequences,
            couples,
            pairs,
            ..
        } = memory;
        let mut gap = None;
        let mut agreement = self.agreement;
        let mut end = at;
        let (mut yielded, mut within) = (Yielded::default(), 0);
        let mut before = ascii(text, at.checked_sub(1));
        loop {
            let begin = end;
            if gap.is_none()
                && let Some(couple) = couples.find(text, begin, &mut agreement, sequences, pairs)
            {
                let [first, second] = couple.chars;
                if let Some(before) = before {
                    yielded.add(pairs.pair(before, first));
                }
                yielded.add(couple.pair);
                before = Some(second);
                within += Cost::from(couple.both.stands);
                let middle = begin + couples::SEQUENCE;
                end = middle + couples::SEQUENCE;
                self.units.push(Unit::whole(begin..middle, first));
                self.units.push(Unit::whole(middle..end, second));
                continue;
            }
            let mut behind = text.get(begin..)?.chars();
            let Some(first) = behind.next().filter(|c| !c.is_ascii()) else {
                break;
            };
            let known = sequences.find(first, &mut behind, &mut agreement);
            let read = known.or_else(|| Some((agreement.sequence(row(first), &mut behind)?, 0)));
            let Some((c, stands)) = read else {
                let row = row(first);
                // It is of the codec all the same, but for marks of what was lost. What lost its first byte takes a lattice.
                if gap.is_none() {
                    agreement.take(row, row.leads())?;
                    gap = Some(begin);
                    agreement.end();
                } else if !row.is_empty() {
                    agreement.take(row, row.leads() | row.cont)?;
                }
                self.broken += usize::from(row.leads() & agreement.agreeing != 0);
                end += first.len_utf8();
                continue;
            };
            end = text.len() - behind.as_str().len();
            if let Some(start) = gap.take() {
                self.gaps.push(start..begin);
                before = None;
            }
            if let Some(before) = before {
                yielded.add(pairs.pair(before, c));
            }
            before = Some(c);
            within += Cost::from(stands);
            self.units.push(Unit::whole(begin..end, c));
        }
        agreement.end();
        self.agreement = agreement;
        if let Some(start) = gap {
            self.gaps.push(start..end);
        } else if let Some((before, after)) = before.zip(ascii(text, Some(end))) {
            yielded.add(pairs.pair(before, after));
        }
        Some(Walk {
            end,
            yielded,
            within,
        })
    }

    /// Takes a stretch of so many units that was read from `at` on, if it is natural text enough.
    #[inline]
    fn judge(
        &mut self,
        text: &str,
        at: usize,
        count: usize,
        walk: &Walk,
        memory: &mut Pairs,
    ) -> Option<()> {
        let yielded = &walk.yielded;
        let yields = yielded.cost;
        // Each stretch has to speak for itself, unless there is a layer below to speak for it.
        let natural = yielded.is_natural(count);
        let least = (self.yields + yields + self.entry.most() - self.stands).max(yields);
        // What is known of the sequences mostly is enough.
        let stands = match natural {
            true if walk.within > least => walk.within,
            true => stands(text, at..walk.end, least, memory),
            false => stands(text, at..walk.end, Cost::MAX, memory),
        };
        if !yielded.speaks(count, stands) {
            if self.is_settled(text, memory) {
                return None;
            }
            (self.unsettled, self.natural) = (true, false);
        }
        self.strained += yielded.strained;
        self.odd |= yielded.odd;
        self.stands += stands;
        self.yields += yields;
        Some(())
    }
}

/// Whether what was read in a stretch may be the garble of another layer: one that is whole, or one that broke off, and is hardly text.
pub(super) fn goes_below(text: &str, stretch: &[Unit], pairs: &mut Pairs) -> bool {
    let goes_on = |pair: &[Unit]| matches!(pair, [unit, next] if unit.end == next.start && row(unit.c).leads() & row(next.c).cont != 0);
    let breaks_off = |unit: &Unit| row(unit.c).leads() & LOSING != 0;
    stretch.windows(2).any(goes_on)
        || stretch.iter().any(breaks_off) && Yielded::of(text, stretch, pairs).cost >= INCOMPLETE
}

/// What comes of a stretch that was read.
struct Walk {
    end: usize,
    yielded: Yielded,
    /// What the characters within its sequences cost as they stand, as far as is known: not more than all of it does.
    within: Cost,
}

/// The character at a place, if it is ASCII; a line end where there is none.
#[inline]
pub(super) fn ascii(text: &str, place: Option<usize>) -> Option<char> {
    let byte = place.and_then(|place| text.as_bytes().get(place));
    let byte = byte.copied().unwrap_or(b'\n');
    byte.is_ascii().then_some(char::from(byte))
}

/// What the stretches of a text that are not ASCII cost as they stand, or as much of that as is more than enough.
fn standing(text: &str, enough: Cost, pairs: &mut Pairs) -> Cost {
    let mut sum = 0;
    let mut at = 0;
    while let Some(start) = next_stretch(text.as_bytes(), at) {
        let rest = text.get(start..).unwrap_or_default();
        at = start + rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        sum += stands(text, start..at, enough - sum, pairs);
        if sum > enough {
            break;
        }
    }
    sum
}

/// What a part of a text costs between its neighbours as it stands, or as much of that as is more than enough: costs only add up.
pub(super) fn stands(text: &str, part: Range<usize>, enough: Cost, pairs: &mut Pairs) -> Cost {
    let around = text.get(..part.start).zip(text.get(part.end..));
    let (ahead, behind) = around.unwrap_or_default();
    let mut before = ahead.chars().next_back().unwrap_or('\n');
    let mut sum = 0;
    for c in text.get(part).unwrap_or_default().chars() {
        sum += pairs.pair(before, c).cost;
        if sum > enough {
            return sum;
        }
        before = c;
    }
    let after = behind.chars().next().unwrap_or('\n');
    sum + pairs.pair(before, after).cost
}

/// Where the first character that is not ASCII is from a place on.
pub(super) fn next_stretch(bytes: &[u8], at: usize) -> Option<usize> {
    let start = at + ascii::prefix(bytes.get(at..)?);
    (start < bytes.len()).then_some(start)
}
