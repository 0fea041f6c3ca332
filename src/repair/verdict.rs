//! The third move: a reading, or what stands there? Ties keep what stands.
//!
//! A reading wins by its *lead*: by how much the text it yields, with all the costs of getting there, is cheaper than the text as it stands, less an entry
//! fee ([`super::fee`]). Where garbles lie in layers, a reading has the leads of the layers below added to its own, so that
//! what counts is the text at the bottom: the layers between look like neither clean text nor a garble of anything.

use crate::codec::{COUNT, Codec, CodecSet, Row, row};
use crate::model::{Cost, Glyph, cost, nats};
use crate::options::{Lost, Options};
use crate::repair::lattice::{Lattice, Manner, Reading, Unit, Yield};
use crate::repair::open::{self, Below};
use crate::repair::window::Window;
use crate::repair::{fee, rewrite, scan};

/// How many readings of each kind are followed further down, by depth: layers below may decide between codecs that explain the uppermost equally well.
const BREADTH: [usize; 2] = [2, 1];

/// How many readings of a kind are looked at more closely: those followed, and one that may be vague.
const FOLLOWED: usize = 3;

/// What a character that lost bytes has to cost between its neighbours to be out of place.
const STRANGE: Cost = nats(11.0);

/// The working space of [`weigh`], kept between calls.
#[derive(Default)]
pub(crate) struct Scratch {
    pub window: Window,
    pub lattice: Lattice,
}

/// A reading, and its lead over the text as it stands.
struct Weighed {
    lead: Cost,
    reading: Reading,
    manner: Manner,
}

impl Weighed {
    /// Whether layers below are looked for. What lost something and is a garble still is followed by the reading that takes it for one.
    fn is_followed(&self) -> bool {
        self.manner.yields == Yield::Garble || !self.manner.lossy
    }
}

/// What was decided: the layers to take off, uppermost first, and their lead in all.
#[derive(Default)]
struct Verdict {
    layers: Vec<Reading>,
    lead: Cost,
}

/// Weighs one segment: the layers to take off, uppermost first and at most `most`, or none if it is to stay as it is.
pub(crate) fn weigh(
    text: &str,
    options: &Options,
    most: usize,
    scratch: &mut Scratch,
) -> Vec<Reading> {
    let search = Search {
        depth: 0,
        most,
        steps: &mut steps(text),
    };
    descend(text, None, options, search, scratch).layers
}

/// How many characters lattices may look at in all for one segment. Twenty codecs, with and without losses, and their layers below take up to some hundred looks at a short line;
/// a long one tells its codec at once, or is hostile.
fn steps(text: &str) -> usize {
    let odd = text.chars().filter(|c| !c.is_ascii()).count();
    2_000 + 200 * odd.min(300) + 20 * odd
}

/// How far a search has come, and how far it may go: so many layers more, and so many characters that lattices look at.
struct Search<'s> {
    depth: usize,
    most: usize,
    steps: &'s mut usize,
}

/// Looks for the best layers to take off a text, of which the layer above may leave some characters open.
fn descend(
    text: &str,
    above: Option<&Below>,
    options: &Options,
    mut search: Search,
    scratch: &mut Scratch,
) -> Verdict {
    let mut best = Verdict::default();
    let suspect = || above.is_some() || scan::first_suspect(text).is_some();
    if search.most == 0 || !suspect() {
        return best;
    }
    let readings = readings(text, above, options, &mut search, scratch);
    let mut followed = readings
        .iter()
        .filter(|weighed| weighed.is_followed())
        .count();
    for weighed in readings {
        let is_followed = weighed.is_followed();
        let Weighed {
            lead,
            reading,
            manner,
        } = weighed;
        // Each has an even share of the steps that are left.
        let mut share = 0;
        if is_followed {
            share = *search.steps / followed;
            followed -= 1;
        }
        // No layer below can lead by more than all that its text costs.
        if lead + reading.cost - fee::LEAST <= best.lead && lead <= best.lead {
            continue;
        }
        let yielded = rewrite::apply(text, &reading.units);
        let mut below = if is_followed {
            *search.steps -= share;
            let open = Below::new(&reading);
            let open = (!reading.opens.is_empty()).then_some(&open);
            let deeper = Search {
                depth: search.depth + 1,
                most: search.most - 1,
                steps: &mut share,
            };
            let below = descend(&yielded, open, options, deeper, scratch);
            *search.steps += share;
            below
        } else {
            Verdict::default()
        };
        // What was read as the garble of a layer below has to turn out to be one.
        let holds = manner.yields == Yield::Clean || !below.layers.is_empty();
        if holds && lead + below.lead > best.lead {
            let mut reading = reading;
            if let Some(next) = below.layers.first_mut() {
                open::settle(&mut reading, &yielded, &mut next.units);
            }
            best = Verdict {
                lead: lead + below.lead,
                layers: std::iter::once(reading).chain(below.layers).collect(),
            };
        }
    }
    best
}

/// The readings of a segment, best first: those that yield clean text and then, where that leaves something odd, those that yield garbles.
///
/// Lost bytes are thought of only where the readings without leave something odd, or may have lost something.
fn readings(
    text: &str,
    above: Option<&Below>,
    options: &Options,
    search: &mut Search,
    scratch: &mut Scratch,
) -> Vec<Weighed> {
    let Scratch { window, lattice } = scratch;
    window.fill(text, above);
    let taken = window.steps();
    let mut out: Vec<Weighed> = Vec::new();
    let mut read = |codecs: &[Codec], manner: Manner, out: &mut Vec<Weighed>| {
        for &codec in codecs {
            let Some(left) = search.steps.checked_sub(taken) else {
                break;
            };
            *search.steps = left;
            let reading = lattice.read(window, codec, manner);
            // What a codec with C1 controls leaves open is more than what another does.
            let same = |other: &Weighed, reading: &Reading| {
                other.reading.units == reading.units
                    && (manner.yields == Yield::Clean
                        || other.reading.codec.has_c1_controls() == codec.has_c1_controls())
            };
            if let Some(reading) =
                reading.filter(|reading| !out.iter().any(|other| same(other, reading)))
            {
                let lead =
                    window.cost - reading.cost - fee::fee(text, &reading.units, search.depth > 0);
                out.push(Weighed {
                    lead,
                    reading,
                    manner,
                });
            }
        }
        out.sort_by_key(|weighed| -weighed.lead);
        // Telling lost characters takes as long as reading, so only those readings get to it that may be followed.
        let best_c1 = best_c1(out);
        for (at, weighed) in out.iter_mut().enumerate() {
            if at >= FOLLOWED && Some(at) != best_c1 {
                continue;
            }
            if std::mem::take(&mut weighed.manner.open)
                && let Some(reading) = lattice.read(window, weighed.reading.codec, weighed.manner)
            {
                weighed.reading = reading;
            }
        }
    };
    let mut manner = Manner {
        lossy: false,
        lost: options.lost,
        yields: Yield::Clean,
        everywhere: false,
        quoted: false,
        open: false,
    };
    let mut codecs = distinct(window, options.codecs, 1, |_| 0);
    read(&codecs, manner, &mut out);
    let lossy = options.lost != Lost::Keep;
    if let Some(best) = explained(text, &out) {
        // Nothing odd is left, but a first byte may have lost what followed it and yet look like the letter it became.
        if lossy && leaves_lead(window, best) {
            read(
                &[best.codec],
                Manner {
                    lossy,
                    everywhere: true,
                    ..manner
                },
                &mut out,
            );
        }
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
            everywhere: !out.is_empty(),
            open: true,
            ..manner
        };
        // Codecs with C1 controls lose bytes less often, and have many to lose: they come last.
        codecs.sort_by_key(|codec| codec.has_c1_controls());
        for codecs in codecs.chunk_by(|a, b| a.has_c1_controls() == b.has_c1_controls()) {
            read(codecs, manner, &mut out);
            if explained(text, &out).is_some() {
                out.truncate(1);
                return out;
            }
        }
    }
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
        let mut below = Vec::new();
        read(
            &codecs,
            Manner {
                yields: Yield::Garble,
                ..manner
            },
            &mut below,
        );
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

/// The best of the readings, if it wins and leaves nothing that could be a garble.
fn explained<'r>(text: &str, readings: &'r [Weighed]) -> Option<&'r Reading> {
    let best = readings
        .first()
        .filter(|best| best.lead > 0 && !best.reading.vague)?;
    (scan::first_suspect(&rewrite::apply(text, &best.reading.units)).is_none()
        && !is_strange(text, &best.reading.units))
    .then_some(&best.reading)
}

/// Whether a character with lost bytes is out of place where it stands: it may be the garble of a layer below then, though it does not look like one.
fn is_strange(text: &str, units: &[Unit]) -> bool {
    let newline = Glyph::of('\n');
    let ends = |place: usize| text.split_at_checked(place).unwrap_or((text, ""));
    units.iter().enumerate().any(|(at, unit)| {
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
        !unit.losses.is_empty() && cost(before, c) + cost(c, after) >= STRANGE
    })
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
    let mut seen: Vec<(u32, u128)> = Vec::new();
    let mut out = Vec::new();
    for codec in codecs.iter() {
        if codec.is_multi_byte() {
            if window.wide && window.sequences.get(codec.index()) >= Some(&least) {
                out.push(codec);
            }
            continue;
        }
        let at = codec.index();
        let key = (digests.get(at).copied().unwrap_or(0), trait_of(codec));
        if window
            .sequences
            .get(at)
            .is_some_and(|&count| count >= least)
            && !seen.contains(&key)
        {
            seen.push(key);
            out.push(codec);
        }
    }
    out
}
