//! Two layers at once, for where the upper one lost something.
//!
//! Take `т`, D1 82, read as Windows-1252 and then as ISO-8859-1, each of which dropped what it has no character for: `Ñ‚` is C3 91 E2 80 9A, of which `Ãâ` is
//! left. What an upper layer yields is a garble itself, and pairs of characters tell nothing of what it lost: `Ã` may be any of thirty letters, `â` any of eight signs. The text at the
//! bottom does. So the upper layer is left open ([`opens`]): each place of the window has all that it could be in the upper codec, and the lattice of the lower codec takes of that what
//! makes text. [`split`] tells the two layers from what it took.

use crate::codec::{Codec, CodecSet, row};
use crate::model::Cost;
use crate::options::Options;
use crate::repair::channel::Channel;
use crate::repair::fee::{self, Entry};
use crate::repair::lattice::{Manner, Reading, UNLIMITED, Unit, Yield};
use crate::repair::loss::{Losses, costs};
use crate::repair::open::{Alternative, Opens, Picks};
use crate::repair::rewrite;
use crate::repair::verdict::Scratch;
use crate::repair::window::{Traces, Window};

/// The most alternatives at one place.
const MOST: usize = 128;

/// How many steps may be taken for one text, by all codecs: for each character, and each pair of what two could be. No line of text takes so many.
const STEPS: usize = 10_000;

/// Text of more characters is not read so: one of its layers alone tells enough of it, or it is hostile.
const LONG: usize = 1000;

/// Two layers, uppermost first, and their lead over the text as it stands.
pub(crate) struct Twofold {
    pub layers: [Reading; 2],
    pub lead: Cost,
    /// What that is worth beside other verdicts.
    pub worth: Cost,
}

/// The two uppermost layers of a text, if that is worth more than `least`. The upper one is by one of the codecs, the lower by the same or one that most text is misread as,
/// if the options have it.
pub(crate) fn read(
    text: &str,
    traces: Traces,
    codecs: CodecSet,
    entry: Entry,
    options: &Options,
    least: Cost,
    scratch: &mut Scratch,
) -> Option<Twofold> {
    let Scratch {
        window,
        opened,
        lattice,
    } = scratch;
    window.fill(text, traces, &Opens::new());
    if window.syms.len() > LONG {
        return None;
    }
    let manner = Manner {
        lossy: true,
        lost: options.lost,
        yields: Yield::Clean,
        parted: false,
        everywhere: true,
        open: true,
        twofold: true,
        limit: UNLIMITED,
    };
    // No two fees are less.
    let mut limit = window.cost - least - 2 * fee::LEAST;
    let mut best = None;
    let mut steps = STEPS;
    for upper in codecs.iter().filter(|codec| !codec.is_multi_byte()) {
        let all = alternatives(window, upper);
        let lowers = CodecSet::WESTERN.with(upper).bits() & options.codecs.bits();
        for lower in CodecSet::from_bits(lowers).iter() {
            let Some(opens) = opens(&all, lower, &mut steps) else {
                continue;
            };
            opened.fill(text, traces, &opens);
            let reading = lattice.read(opened, lower, Manner { limit, ..manner });
            if let Some(reading) = reading.filter(|reading| !reading.vague) {
                limit = reading.cost - 1;
                best = Some((upper, lower, opens));
            }
        }
    }
    let (upper, lower, opens) = best?;
    opened.fill(text, traces, &opens);
    let told = Manner {
        open: false,
        ..manner
    };
    let reading = lattice.read(opened, lower, told)?;
    let tells = reading.units.iter().any(|unit| unit.picks.count() > 1);
    let cost = reading.cost;
    let layers = split(text, upper, reading, &opens);
    let [above, below] = &layers;
    // Where nothing is left but first bytes, they may as well have lost something in one layer, or nothing. Punctuation is told from that by what stands beside it.
    let is_whole = |unit: &Unit| unit.losses.is_empty();
    let quotes = below.units.iter().any(|unit| is_punctuation(unit.c));
    let told_by_quotes = quotes && above.units.iter().any(is_whole);
    if !(tells || told_by_quotes) {
        return None;
    }
    let between = rewrite::apply(text, &above.units);
    let units = above.units.iter().chain(&below.units);
    let lossy = units.filter(|unit| !unit.losses.is_empty()).count();
    let lead = window.cost
        - cost
        - costs::IN_TWO * lossy as Cost
        - fee::fee(text, upper, &above.units, entry)
        - fee::fee(&between, lower, &below.units, Entry::Below);
    let worth = lead - fee::rarity(upper) - fee::rarity(lower);
    let wins = lead > 0 && worth > least;
    wins.then_some(Twofold {
        layers,
        lead,
        worth,
    })
}

/// Whether the character is one of the dashes and quotes from E2 80.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2013}'..='\u{201E}')
}

/// What each place of a window that is not ASCII could be in the upper codec.
fn alternatives(window: &Window, upper: Codec) -> Opens {
    let channel = Channel::new(upper, true, window.traces, &[]).upper();
    let places = window.syms.iter().enumerate();
    let places = places.filter(|(_, sym)| !sym.glyph.is_ascii());
    let alternatives = places.map(|(at, sym)| {
        let mut alternatives = Vec::new();
        let rest = window.syms.get(at..).unwrap_or_default();
        channel.candidates(rest, None, true, &mut |candidate| {
            // Before a space it is a space that U+00A0 became, rather than that one was lost besides.
            let spaced = candidate.then.is_some();
            let stripped = spaced && candidate.losses.contains(Losses::STRIPPED);
            if !candidate.cesu8 && !stripped {
                alternatives.push(Alternative {
                    c: candidate.c,
                    taken: candidate.taken - u8::from(spaced),
                    losses: candidate.losses,
                    cost: candidate.cost,
                });
            }
        });
        (sym.start, alternatives)
    });
    alternatives.collect()
}

/// Those of the alternatives that are a byte of a sequence in the lower codec; none if there is nothing, or it takes more steps than are left.
fn opens(all: &Opens, lower: Codec, steps: &mut usize) -> Option<Opens> {
    let is_part = |alternative: &&Alternative| {
        let row = row(alternative.c);
        (row.leads() | row.cont) >> lower.index() & 1 != 0
    };
    let mut opens = Opens::new();
    let mut before = 0;
    for (start, alternatives) in all {
        let parts = alternatives.iter().filter(is_part).take(MOST).copied();
        let parts: Vec<Alternative> = parts.collect();
        *steps = steps.checked_sub(1 + before * parts.len())?;
        before = parts.len();
        if !parts.is_empty() {
            opens.push((*start, parts));
        }
    }
    (!opens.is_empty()).then_some(opens)
}

/// The two layers of a reading of a text by the lower codec, of which the upper one was left open.
fn split(text: &str, upper: Codec, mut lower: Reading, opens: &Opens) -> [Reading; 2] {
    let mut above = Vec::new();
    // By how much the text between the two is longer so far.
    let mut longer = 0;
    for unit in &mut lower.units {
        let start = unit.start.saturating_add_signed(longer);
        // Of those that share a garble, the first has it all.
        if !unit.joined {
            for taken in taken(text, unit, opens) {
                longer += taken.c.len_utf8() as isize - (taken.end - taken.start) as isize;
                above.push(taken);
            }
        }
        unit.start = start;
        unit.end = unit.end.saturating_add_signed(longer);
        unit.picks = Picks::default();
    }
    let above = Reading {
        codec: upper,
        units: above,
        cost: 0,
        vague: false,
        strained: 0,
        below: None,
    };
    [above, lower]
}

/// What a unit takes of that which was left open, as units of the layer above.
fn taken(text: &str, unit: &Unit, opens: &Opens) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut at = unit.start;
    let mut place = 0;
    while at < unit.end {
        let open = opens.binary_search_by_key(&at, |open| open.0);
        let alternatives = open.ok().and_then(|open| opens.get(open));
        let alternative = unit.picks.at(place).zip(alternatives);
        let alternative = alternative.and_then(|(pick, open)| open.1.get(pick));
        let count = alternative.map_or(1, |alternative| alternative.taken.into());
        let chars = text.get(at..).unwrap_or_default().chars().take(count);
        let end = at + chars.map(char::len_utf8).sum::<usize>().max(1);
        units.extend(alternative.map(|alternative| Unit {
            losses: alternative.losses,
            ..Unit::whole(at..end, alternative.c)
        }));
        at = end;
        place += count;
    }
    units
}
