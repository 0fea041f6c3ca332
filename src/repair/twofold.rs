//! Two layers at once, for where the upper one lost something.
//!
//! What an upper layer yields is a garble itself, and pairs tell nothing of what was lost in it. So its reading is left open altogether: each
//! place of the text has whatever it could be in the upper codec, and the lattice of the lower codec takes of that what makes text.

use crate::codec::{Codec, row};
use crate::model::Cost;
use crate::options::Lost;
use crate::repair::fee::{self, Entry};
use crate::repair::lattice::{Manner, UNLIMITED, Yield};
use crate::repair::rewrite;
use crate::repair::verdict::Scratch;
use crate::repair::window::Traces;
use crate::repair::channel::Channel;
use crate::repair::lattice::{Reading, Unit};
use crate::repair::loss::{Losses, costs};
use crate::repair::open::{Alternative, Opens, Picks};
use crate::repair::window::Window;

/// No more alternatives than these at one place.
const MOST: usize = 128;

/// What each place of a window could be in the upper codec, as far as it is a byte of a sequence in the lower one.
pub(crate) fn opens(window: &Window, upper: Codec, lower: Codec) -> Opens {
    let channel = Channel::new(upper, true, window.traces, &[]).upper();
    let is_part = |c: char| {
        let row = row(c);
        (row.leads() | row.cont) >> lower.index() & 1 != 0
    };
    let mut opens = Opens::new();
    for (at, sym) in window.syms.iter().enumerate() {
        let rest = window.syms.get(at..).unwrap_or_default();
        if sym.glyph.is_ascii() {
            continue;
        }
        let mut alternatives = Vec::new();
        channel.candidates(rest, None, true, &mut |candidate| {
            // Before a space it was a space that U+00A0 became: that one was lost besides is not worth a thought.
            let stripped = candidate.then.is_some() && candidate.losses.contains(Losses::STRIPPED);
            if stripped || candidate.cesu8 || candidate.carried.is_some() || !is_part(candidate.c) || alternatives.len() == MOST {
                return;
            }
            alternatives.push(Alternative {
                c: candidate.c,
                taken: candidate.taken - u8::from(candidate.then.is_some()),
                losses: candidate.losses,
                cost: candidate.cost,
                picks: Picks::default(),
            });
        });
        if !alternatives.is_empty() {
            opens.push((sym.start, alternatives));
        }
    }
    opens
}

/// The two layers of a reading of such a text.
pub(crate) fn split(text: &str, upper: Codec, reading: Reading, opens: &Opens) -> [Reading; 2] {
    let mut above = Vec::new();
    let mut lower = reading;
    let mut shift = 0isize;
    for unit in &mut lower.units {
        let garble = text.get(unit.start..unit.end).unwrap_or_default();
        let start = unit.start.saturating_add_signed(shift);
        if !unit.joined {
            let mut chars = garble.char_indices().enumerate();
            while let Some((place, (offset, _))) = chars.next() {
                let at = unit.start + offset;
                let alternative = unit.picks.at(place).and_then(|pick| {
                    let open = opens.binary_search_by_key(&at, |open| open.0).ok()?;
                    opens.get(open)?.1.get(pick)
                });
                let Some(alternative) = alternative else { continue };
                let mut end = at;
                let own = text.get(at..).unwrap_or_default().chars();
                for c in own.take(alternative.taken.into()) {
                    end += c.len_utf8();
                }
                for _ in 1..alternative.taken {
                    chars.next();
                }
                shift += alternative.c.len_utf8() as isize - (end - at) as isize;
                above.push(Unit {
                    losses: alternative.losses,
                    ..Unit::whole(at..end, alternative.c)
                });
            }
        }
        unit.start = start;
        unit.end = unit.end.saturating_add_signed(shift);
        unit.picks = Picks::default();
    }
    let above = Reading {
        codec: upper,
        units: above,
        cost: 0,
        vague: false,
            strained: 0,
    };
    [above, lower]
}

/// The single-byte codecs that an upper layer may have been garbled by.
pub(crate) struct Uppers(Vec<Codec>);

impl Uppers {
    pub(crate) fn of(codecs: impl Iterator<Item = Codec>) -> Uppers {
        let mut uppers = Vec::new();
        for codec in codecs.filter(|codec| !codec.is_multi_byte()) {
            if !uppers.contains(&codec) {
                uppers.push(codec);
            }
        }
        Uppers(uppers)
    }
}

/// The codecs that most text is misread as, and so most text that is misread twice.
const WESTERN: [Codec; 2] = [Codec::Windows1252, Codec::Iso8859_1];

/// The most steps that a window may take.
const MOST_STEPS: usize = 2_000_000;

/// The two uppermost layers of a text and their lead, if what they are worth is more than this.
pub(crate) fn read(
    text: &str,
    uppers: &Uppers,
    entry: Entry,
    lost: Lost,
    least: Cost,
    scratch: &mut Scratch,
) -> Option<(Cost, [Reading; 2])> {
    let Scratch { window, open_window, lattice } = scratch;
    window.fill(text, Traces::of(text), &Opens::new());
    let manner = Manner {
        lossy: true,
        lost,
        yields: Yield::Clean,
        parted: false,
        everywhere: true,
        open: true,
        twofold: true,
        limit: UNLIMITED,
    };
    // No fees are less.
    let mut limit = window.cost - least - 2 * fee::LEAST;
    let mut best = None;
    for &upper in &uppers.0 {
        let others = WESTERN.into_iter().filter(|&lower| lower != upper);
        for lower in std::iter::once(upper).chain(others) {
            let opens = opens(window, upper, lower);
            if opens.is_empty() {
                continue;
            }
            open_window.fill(text, window.traces, &opens);
            if open_window.steps() > MOST_STEPS {
                continue;
            }
            let manner = Manner { limit, ..manner };
            let Some(reading) = lattice.read(open_window, lower, manner) else {
                continue;
            };
            if !reading.vague {
                limit = reading.cost - 1;
                best = Some((upper, lower, opens));
            }
        }
    }
    let (upper, lower, opens) = best?;
    open_window.fill(text, window.traces, &opens);
    let reading = lattice.read(open_window, lower, Manner { open: false, ..manner })?;
    let gain = window.cost - reading.cost;
    let rarity = fee::rarity(upper) + fee::rarity(lower);
    let tells_of_two = reading.units.iter().any(|unit| unit.picks.count() > 1);
    let [upper, lower] = split(text, upper, reading, &opens);
    if !tells_of_two {
        return None;
    }
    let lossy = |reading: &Reading| {
        let units = reading.units.iter();
        units.filter(|unit| !unit.losses.is_empty()).count() as Cost
    };
    let gain = gain - costs::DISCOUNT * (lossy(&upper) + lossy(&lower));
    let between = rewrite::apply(text, &upper.units);
    let lead = gain
        - fee::fee(text, upper.codec, &upper.units, entry)
        - fee::fee(&between, lower.codec, &lower.units, Entry::Below);
    (lead > 0 && lead - rarity > least).then_some((lead, [upper, lower]))
}
