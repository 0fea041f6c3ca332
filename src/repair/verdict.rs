//! The third move: a reading, or what stands there? Ties keep what stands.
//!
//! A reading wins by its *lead*: by how much the text it yields, with all the costs of getting there, is cheaper than the text as it stands, less an entry
//! fee ([`super::fee`]). Where garbles lie in layers, a reading has the leads of the layers below added to its own, so that
//! what counts is the text at the bottom: the layers between look like neither clean text nor a garble of anything.

use crate::codec::{COUNT, Codec, CodecSet, Row, row};
use crate::model::{Cost, Glyph, cost, nats};
use crate::options::{Lost, Options};
use crate::repair::fee::{self, Entry};
use crate::repair::lattice::{Lattice, Manner, Path, Reading, UNLIMITED, Unit, Yield};
use crate::repair::lookalikes::are_lookalikes;
use crate::repair::loss::Losses;
use crate::repair::open::Opens;
use crate::repair::window::{Traces, Window};
use crate::repair::{rewrite, scan, twofold};

/// How many readings of each kind are followed further down, by depth: layers below may decide between codecs that explain the uppermost equally well.
const BREADTH: [usize; 2] = [2, 1];

/// How many readings of a kind are looked at more closely: those followed, and one that may be vague.
const FOLLOWED: usize = 3;

/// What a character that lost bytes has to cost between its neighbours to be out of place.
const STRANGE: Cost = nats(11.0);

/// How many times as long a lattice takes where any of 32 controls may have been lost.
const C1_COST: usize = 6;

/// Of a window with so many characters, the head, of so many, is read first: there most codecs fall behind, and need not read it all.
pub(super) const LONG: usize = 2048;
const HEAD: usize = 256;

/// The working space of [`weigh`], kept between calls.
#[derive(Default)]
pub(crate) struct Scratch {
    pub window: Window,
    /// The window with an upper layer left open.
    pub opened: Window,
    pub lattice: Lattice,
}

/// A reading, and its lead over the text as it stands.
struct Weighed {
    lead: Cost,
    reading: Reading,
    manner: Manner,
    /// The same with its lost characters told, once that was asked for.
    told: Option<Reading>,
    /// The path it was found by, if that is to be told.
    path: Option<Path>,
    /// Whether it is known to leave nothing that could be a garble.
    settled: bool,
}

impl Weighed {
    /// What it is worth beside other readings.
    fn worth(&self) -> Cost {
        self.lead - fee::rarity(self.reading.codec)
    }

    /// Whether nothing in it is left to be told, be it that nothing was lost or that this is for the layer below.
    fn is_told(&self) -> bool {
        let is_whole = |unit: &Unit| matches!(unit.losses, Losses::NONE | Losses::C1);
        self.manner.yields == Yield::Garble || self.reading.units.iter().all(is_whole)
    }

    /// Whether layers below are looked for. What lost something and is a garble still is followed by the reading that takes it for one.
    fn is_followed(&self) -> bool {
        !self.settled && (self.manner.yields == Yield::Garble || !self.manner.lossy)
    }
}

/// What was decided: the layers to take off, uppermost first, and their lead in all.
#[derive(Default)]
pub(crate) struct Verdict {
    pub layers: Vec<Reading>,
    lead: Cost,
    /// What that is worth beside other verdicts.
    worth: Cost,
    /// Whether what is left is known to have nothing in it that could be a garble.
    pub settled: bool,
}

/// Weighs one segment, for the first time or after so many rounds: the layers to take off, uppermost first and at most `most`, or none if it is to stay as it is.
pub(crate) fn weigh(
    text: &str,
    options: &Options,
    most: usize,
    rounds: u32,
    scratch: &mut Scratch,
) -> Verdict {
    let mut search = |rounds: u32| {
        let search = Search {
            depth: 0,
            most,
            floor: 0,
            twofold: rounds == 0,
            steps: &mut steps(text, rounds),
        };
        descend(text, options, search, scratch)
    };
    let verdict = search(rounds);
    // The last word has one who looked as closely as whoever comes to repair the text again.
    if rounds > 0 && verdict.layers.is_empty() && !verdict.settled {
        return search(0);
    }
    verdict
}

/// The most characters other than ASCII in a short segment, and the least in one that is so long that it gets less.
const SHORT: usize = 300;
const ENDLESS: usize = 2500;

/// How many characters lattices may look at for one segment. Twenty codecs, with and without losses, and their layers below take up to some hundred looks at a short line;
/// a long one tells its codec at once, or is hostile, and so is one that takes many rounds: of each it gets less.
fn steps(text: &str, rounds: u32) -> usize {
    let odd = text.chars().filter(|c| !c.is_ascii()).count();
    let some = odd.min(SHORT).min(SHORT * ENDLESS / odd.max(1));
    let steps = 5_000 + 200 * some + 5 * odd;
    if odd > SHORT {
        steps / 4_usize.saturating_pow(rounds)
    } else {
        steps
    }
}

/// How far a search has come, and how far it may go: so many layers more, and so many characters that lattices look at.
struct Search<'s> {
    depth: usize,
    most: usize,
    /// What a verdict has to be worth more than: with less, the layers above are no better than others that are known.
    floor: Cost,
    /// Whether two layers are read at once, too.
    twofold: bool,
    steps: &'s mut usize,
}

/// Looks for the best layers to take off a text, of which the layer above may leave some characters open.
fn descend(text: &str, options: &Options, mut search: Search, scratch: &mut Scratch) -> Verdict {
    let mut best = Verdict::default();
    if search.most == 0 {
        return best;
    }
    if scan::first_suspect(text).is_none() {
        best.settled = true;
        return best;
    }
    let readings = readings(text, options, &mut search, scratch);
    let codecs = readings.iter().map(|weighed| weighed.reading.codec);
    let codecs: CodecSet = codecs.collect();
    let followed = |weighed: &&Weighed| weighed.is_followed();
    let mut followed = readings.iter().filter(followed).count();
    for weighed in readings {
        let (is_followed, worth) = (weighed.is_followed(), weighed.worth());
        let Weighed {
            lead,
            reading,
            manner,
            settled,
            ..
        } = weighed;
        // Each has an even share of the steps that are left.
        let mut share = 0;
        if is_followed {
            share = *search.steps / followed;
            followed -= 1;
        }
        // No layer below can lead by more than all that its text costs.
        if worth + reading.cost - fee::LEAST <= best.worth && worth <= best.worth {
            continue;
        }
        let yielded = rewrite::apply(text, &reading.units);
        let mut below = Verdict {
            settled,
            ..Verdict::default()
        };
        if is_followed {
            *search.steps -= share;
            let deeper = Search {
                depth: search.depth + 1,
                most: search.most - 1,
                floor: if best.layers.is_empty() {
                    0
                } else {
                    best.worth - worth
                },
                twofold: search.twofold,
                steps: &mut share,
            };
            below = descend(&yielded, options, deeper, scratch);
            *search.steps += share;
        }
        // What was read as the garble of a layer below has to turn out to be one.
        let holds = manner.yields == Yield::Clean || !below.layers.is_empty();
        let (lead, worth) = (lead + below.lead, worth + below.worth);
        if holds && lead > 0 && (best.layers.is_empty() || worth > best.worth) {
            best = Verdict {
                lead,
                worth,
                layers: std::iter::once(reading).chain(below.layers).collect(),
                settled: below.settled,
            };
        }
    }
    if search.twofold
        && search.most > 1
        && options.lost != Lost::Keep
        && may_be_twofold(text, &best)
    {
        let traces = Traces::below(search.depth, text);
        let entry = entry(search.depth, options);
        let least = best.worth.max(search.floor);
        let twofold = twofold::read(text, traces, codecs, entry, options, least, scratch);
        best = twofold.map_or(best, |twofold| Verdict {
            lead: twofold.lead,
            worth: twofold.worth,
            layers: twofold.layers.into(),
            settled: false,
        });
    }
    best
}

/// Whether two layers at once may explain a text better than the verdict does: where a byte was guessed in one of several layers, some bytes of a character went through fewer than
/// others, or something is odd still.
fn may_be_twofold(text: &str, verdict: &Verdict) -> bool {
    let guessed = |unit: &Unit| unit.losses.without(Losses::GUESSED) != unit.losses;
    let is_doubtful = |reading: &Reading| reading.strained > 0 || reading.units.iter().any(guessed);
    match verdict.layers.as_slice() {
        [only] if verdict.settled => {
            only.strained > 0
                || only.codec.has_c1_controls() && is_doubtful(only)
                || leaves_punctuation(text, &only.units)
        }
        layers => !verdict.settled || layers.iter().any(is_doubtful) || is_uneven(text, layers),
    }
}

/// Whether some bytes of a character went through more of the layers than others: a first byte that stands as it is may have been one whose second was lost.
fn is_uneven(text: &str, layers: &[Reading]) -> bool {
    let pieces = rewrite::account(text, layers);
    pieces
        .iter()
        .any(|piece| piece.losses.contains(Losses::UNEVEN))
}

/// Which layer the fee is for at so many layers down.
fn entry(depth: usize, options: &Options) -> Entry {
    match depth {
        0 => Entry::Upper(options.caution),
        _ => Entry::Below,
    }
}

/// The readings of a segment, best first: those that yield clean text and then, where that leaves something odd, those that yield garbles.
///
/// Lost bytes are thought of only where the readings without leave something odd, or may have lost something.
fn readings(
    text: &str,
    options: &Options,
    search: &mut Search,
    scratch: &mut Scratch,
) -> Vec<Weighed> {
    let Scratch {
        window, lattice, ..
    } = scratch;
    window.fill(text, Traces::below(search.depth, text), &Opens::new());
    let mut inquiry = Inquiry {
        text,
        cost: window.syms.len(),
        window,
        lattice,
        steps: &mut *search.steps,
        entry: entry(search.depth, options),
        out: Vec::new(),
    };
    let mut manner = Manner {
        lossy: false,
        lost: options.lost,
        yields: Yield::Clean,
        parted: false,
        everywhere: false,
        open: false,
        twofold: false,
        limit: UNLIMITED,
    };
    let mut codecs = distinct(window, options.codecs, 1, |_| 0);
    let lossy = options.lost != Lost::Keep;
    // What was squeezed may look like letters, and be whole in another codec by chance.
    if inquiry.settle(&codecs, manner) && !window.traces.squeezed {
        // Nothing odd is left, but a first byte may have lost what followed it and yet look like the letter it became.
        let best = inquiry.out.first().map(|best| &best.reading);
        if let Some(best) = best.filter(|best| lossy && leaves_lead(window, best)) {
            let manner = Manner {
                lossy,
                everywhere: true,
                ..manner
            };
            inquiry.ask(&[best.codec], manner);
        }
        let mut out = inquiry.out;
        out.retain(|weighed| !weighed.reading.vague);
        out.truncate(1);
        return out;
    }
    if lossy {
        let most = window.sequences.iter().max().copied().unwrap_or(0);
        // One stretch says little; of several, a codec should explain most.
        let least = if most > 1 { (most * 2).div_ceil(3) } else { 0 };
        codecs = distinct(window, options.codecs, least, Codec::holes);
        manner = Manner {
            lossy,
            everywhere: !inquiry.out.is_empty(),
            open: true,
            ..manner
        };
        // Codecs with C1 controls lose bytes less often, and have many to lose: they come last, but where a mark may well be of those.
        codecs.sort_by_key(|codec| codec.has_c1_controls());
        let alike = |a: &Codec, b: &Codec| a.has_c1_controls() == b.has_c1_controls();
        for codecs in codecs.chunk_by(|a, b| window.traces.marked || alike(a, b)) {
            if inquiry.settle(codecs, manner) {
                return inquiry.out;
            }
        }
    }
    let mut out = std::mem::take(&mut inquiry.out);
    if let Some(vague) = out.iter().position(|weighed| weighed.reading.vague) {
        out.truncate(vague);
    }
    let breadth = BREADTH
        .get(search.depth)
        .or(BREADTH.last())
        .copied()
        .unwrap_or(1);
    narrow(&mut out, breadth);
    if search.most > 1 {
        let manner = Manner {
            yields: Yield::Garble,
            ..manner
        };
        inquiry.ask(&codecs, manner);
        // Behind the lost end of a garble, pairs cannot tell for a layer below whether a space is one.
        let melted = |unit: &Unit| unit.losses.contains(Losses::SPACE);
        let best = inquiry.out.first().map(|best| &best.reading);
        if let Some(best) = best.filter(|best| best.units.iter().any(melted)) {
            let parted = Manner {
                parted: true,
                ..manner
            };
            inquiry.ask(&[best.codec], parted);
        }
        let mut below = inquiry.out;
        below.retain(|weighed| !weighed.reading.vague);
        narrow(&mut below, breadth);
        out.extend(below);
    }
    out
}

/// The place of the best reading by a codec with C1 controls.
fn best_c1(readings: &[Weighed]) -> Option<usize> {
    let c1 = |weighed: &Weighed| weighed.reading.codec.has_c1_controls();
    readings.iter().position(c1)
}

/// Leaves the best readings, and the best by a codec with C1 controls: what those lose looks dear as long as the layer below has not told what it was.
fn narrow(readings: &mut Vec<Weighed>, breadth: usize) {
    let best = best_c1(readings);
    if let Some(best) = best.filter(|&best| best > breadth) {
        readings.swap(best, breadth);
    }
    readings.truncate(breadth + usize::from(best >= Some(breadth)));
}

/// What the codecs are asked about a window.
struct Inquiry<'s> {
    text: &'s str,
    entry: Entry,
    window: &'s Window,
    lattice: &'s mut Lattice,
    steps: &'s mut usize,
    /// What a look at the window takes of them.
    cost: usize,
    /// The readings so far, best first, no two alike.
    out: Vec<Weighed>,
}

impl Inquiry<'_> {
    /// Whether the best reading of all, these codecs' and those so far, wins and leaves nothing that could be a garble. Then it is the only one that stays.
    ///
    /// Readings that cannot be the best are broken off, to be read as a whole only if the best is none to settle by.
    fn settle(&mut self, codecs: &[Codec], manner: Manner) -> bool {
        let codecs = self.promising(codecs, manner);
        let fee = fee::least(self.window.syms.iter().map(|sym| sym.c), self.entry);
        let wins = |weighed: &&Weighed| weighed.lead > 0;
        let mut worth = self.out.first().filter(wins).map(Weighed::worth);
        let mut answers = Vec::with_capacity(codecs.len());
        let mut best = None;
        for codec in codecs {
            if !self.may_read(codec, manner) {
                break;
            }
            // Without losses, single-byte codecs are few and quick, and mostly asked for again.
            let limit = match worth {
                Some(worth) if manner.lossy || codec.is_multi_byte() => {
                    self.window.cost - worth - fee::rarity(codec) - fee
                }
                _ => UNLIMITED,
            };
            let answer = self.read(codec, Manner { limit, ..manner });
            if let Some(weighed) = &answer
                && wins(&weighed)
                && worth.is_none_or(|worth| weighed.worth() > worth)
                && self.is_new(weighed)
            {
                worth = Some(weighed.worth());
                best = Some(answers.len());
            }
            answers.push((codec, limit, answer));
        }
        if let Some((_, _, Some(best))) = best.and_then(|best| answers.get_mut(best)) {
            self.tell(best);
            let reading = best.told.as_ref().unwrap_or(&best.reading);
            let doubtful = (reading.strained > 0 || reading.units.len() <= 2)
                && fee::rarity(reading.codec) > 0;
            if !reading.vague && !doubtful && self.leaves_nothing(reading) {
                self.out = vec![Weighed {
                    lead: best.lead,
                    reading: reading.clone(),
                    manner: best.manner,
                    told: None,
                    path: None,
                    settled: true,
                }];
                return true;
            }
        }
        for (codec, limit, answer) in answers {
            let again = || self.read(codec, manner);
            let answer = answer.or_else(|| (limit < UNLIMITED).then(again).flatten());
            self.out.extend(answer.filter(|answer| self.is_new(answer)));
        }
        self.rank();
        false
    }

    /// Adds what the codecs read.
    fn ask(&mut self, codecs: &[Codec], manner: Manner) {
        for codec in self.promising(codecs, manner) {
            if !self.may_read(codec, manner) {
                break;
            }
            let answer = self.read(codec, manner);
            self.out.extend(answer.filter(|answer| self.is_new(answer)));
        }
        self.rank();
    }

    /// The codecs to be asked about the window: of a long one, those that do not fall behind by much in its head.
    fn promising(&mut self, codecs: &[Codec], manner: Manner) -> Vec<Codec> {
        let mut codecs = codecs.to_vec();
        if self.window.syms.len() < LONG || codecs.len() < 2 {
            return codecs;
        }
        let head = self.window.head(HEAD);
        *self.steps = self.steps.saturating_sub(HEAD * codecs.len());
        let gain = |codec: &Codec| {
            let reading = self.lattice.read(&head, *codec, manner);
            reading.map_or(0, |reading| head.cost - reading.cost)
        };
        let gains: Vec<Cost> = codecs.iter().map(gain).collect();
        let most = gains.iter().copied().max().unwrap_or(0);
        if most >= fee::LEAD {
            let mut gains = gains.iter();
            codecs.retain(|_| gains.next().is_some_and(|&gain| gain * 2 >= most));
        }
        codecs
    }

    /// Whether lattices may still look at the window once more. They do then.
    fn may_read(&mut self, codec: Codec, manner: Manner) -> bool {
        let left = self.steps.checked_sub(self.cost_of(codec, manner));
        *self.steps = left.unwrap_or(*self.steps);
        left.is_some()
    }

    /// What a look at the window takes of the steps: more where a codec may have lost any of 32 controls.
    fn cost_of(&self, codec: Codec, manner: Manner) -> usize {
        let many = manner.lossy && codec.has_c1_controls();
        if many { C1_COST * self.cost } else { self.cost }
    }

    fn read(&mut self, codec: Codec, manner: Manner) -> Option<Weighed> {
        let reading = self.lattice.read(self.window, codec, manner)?;
        if are_lookalikes(self.text, &reading) {
            return None;
        }
        let lead = self.window.cost
            - reading.cost
            - fee::fee(self.text, codec, &reading.units, self.entry);
        let mut weighed = Weighed {
            lead,
            reading,
            manner,
            told: None,
            path: None,
            settled: false,
        };
        if manner.open && !weighed.is_told() {
            weighed.path = Some(self.lattice.path());
        }
        Some(weighed)
    }

    fn is_new(&self, answer: &Weighed) -> bool {
        // A codec with C1 controls may have lost more in a layer of two than another.
        let c1 = |weighed: &Weighed| {
            weighed.manner.yields == Yield::Garble && weighed.reading.codec.has_c1_controls()
        };
        let mut others = self.out.iter();
        !others.any(|other| other.reading.units == answer.reading.units && c1(other) == c1(answer))
    }

    /// The best come first. Telling lost characters takes as long as reading, so only those readings get to it that may be followed.
    fn rank(&mut self) {
        self.out.sort_by_key(|weighed| -weighed.worth());
        let mut out = std::mem::take(&mut self.out);
        let best_c1 = best_c1(&out);
        for (at, weighed) in out.iter_mut().enumerate() {
            if at >= FOLLOWED && Some(at) != best_c1 {
                continue;
            }
            self.tell(weighed);
            weighed.manner.open = false;
            if let Some(told) = weighed.told.take() {
                weighed.reading = told;
            }
        }
        self.out = out;
    }

    /// Tells the lost characters of a reading, if they have been left open. What it leads by stays what it is.
    fn tell(&mut self, weighed: &mut Weighed) {
        if weighed.manner.open && weighed.told.is_none() {
            let manner = Manner {
                open: false,
                limit: UNLIMITED,
                ..weighed.manner
            };
            let codec = weighed.reading.codec;
            *self.steps = self.steps.saturating_sub(self.cost_of(codec, manner));
            let Inquiry {
                window, lattice, ..
            } = self;
            weighed.told = if weighed.is_told() {
                Some(weighed.reading.clone())
            } else if let Some(path) = weighed.path.take() {
                lattice.read_path(path, window, codec, manner)
            } else {
                lattice.read(window, codec, manner)
            };
        }
    }

    /// Whether there is nothing left by a reading that could be a garble.
    fn leaves_nothing(&self, reading: &Reading) -> bool {
        scan::first_suspect(&rewrite::apply(self.text, &reading.units)).is_none()
            && strange(self.text, &reading.units).next().is_none()
            && !leaves_punctuation(self.text, &reading.units)
    }
}

/// The characters with lost bytes that are out of place where they stand: they may be the garble of a layer below then, though they do not look like one.
pub(super) fn strange(text: &str, units: &[Unit]) -> impl Iterator<Item = char> {
    out_of_place(text, units, |unit| !unit.losses.is_empty())
}

/// Whether a first byte of punctuation seems to be left of it, of which a layer below lost the rest.
pub(super) fn leaves_punctuation(text: &str, units: &[Unit]) -> bool {
    out_of_place(text, units, |unit| unit.c == '\u{E2}')
        .next()
        .is_some()
}

fn out_of_place(
    text: &str,
    units: &[Unit],
    asked: fn(&Unit) -> bool,
) -> impl Iterator<Item = char> {
    let newline = Glyph::of('\n');
    let ends = |place: usize| text.split_at_checked(place).unwrap_or((text, ""));
    let lossy = units.iter().enumerate();
    let lossy = lossy.filter(move |(_, unit)| asked(unit));
    let strange = lossy.filter(move |&(at, unit)| {
        // Where another unit stands beside it, that is the neighbour.
        let beside = |other: Option<usize>, place: usize, end: fn(&Unit) -> usize| {
            let other = other.and_then(|other| units.get(other));
            other
                .filter(|other| end(other) == place)
                .map(|other| other.c)
        };
        let before = beside(at.checked_sub(1), unit.start, |unit| unit.end)
            .or_else(|| ends(unit.start).0.chars().next_back());
        let after = beside(Some(at + 1), unit.end, |unit| unit.start)
            .or_else(|| ends(unit.end).1.chars().next());
        let [before, c, after] =
            [before, Some(unit.c), after].map(|c| c.map_or(newline, Glyph::of));
        cost(before, c) + cost(c, after) >= STRANGE
    });
    strange.map(|(_, unit)| unit.c)
}

/// Whether the reading leaves some character as it stands that is the first byte of a sequence in its codec.
fn leaves_lead(window: &Window, reading: &Reading) -> bool {
    let mut units = reading.units.iter().peekable();
    window.syms.iter().any(|sym| {
        while units.next_if(|unit| unit.end <= sym.start).is_some() {}
        let taken = units.peek().is_some_and(|unit| unit.start <= sym.start);
        !taken
            && sym
                .row
                .lead
                .iter()
                .any(|lead| lead >> reading.codec.index() & 1 != 0)
    })
}

/// The codecs of the set in which at least so many stretches of the window are UTF-8; of those that read all its characters as the same bytes, and have the same `trait_of`,
/// the first.
fn distinct(
    window: &Window,
    codecs: CodecSet,
    least: u32,
    trait_of: impl Fn(Codec) -> u128,
) -> Vec<Codec> {
    let mut digests = [0u32; COUNT];
    let mut digest = |row: &Row| {
        for (digest, &byte) in digests.iter_mut().zip(&row.bytes) {
            *digest = digest.wrapping_mul(0x0100_0193) ^ u32::from(byte);
        }
    };
    for sym in window.syms.iter().filter(|sym| !sym.glyph.is_ascii()) {
        digest(sym.row);
    }
    for alternative in window.opens.iter().flatten() {
        digest(row(alternative.c));
    }
    let mut seen: Vec<(u32, u128)> = Vec::with_capacity(COUNT);
    let mut out = Vec::with_capacity(COUNT);
    for codec in codecs.iter() {
        if codec.is_multi_byte() {
            let count = window.sequences.get(codec.index());
            if window.wide && count.is_some_and(|count| count + window.orphans >= least) {
                out.push(codec);
            }
            continue;
        }
        let at = codec.index();
        let key = (digests.get(at).copied().unwrap_or(0), trait_of(codec));
        let count = window.sequences.get(at).copied().unwrap_or(0);
        // Sequences of letters in another case are not among those that are counted, nor are those that were squeezed, nor those that lost C1 controls, which takes a longer
        // look.
        let uncounted = match codec {
            Codec::Windows1252 => least > 1 && !window.wide,
            Codec::Iso8859_1 => least > 1 && !window.wide,
            Codec::Ibm437 => window.traces.squeezed,
            _ => false,
        };
        let may_be = count >= least || uncounted;
        if may_be && !seen.contains(&key) {
            seen.push(key);
            out.push(codec);
        }
    }
    out
}
