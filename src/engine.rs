//! One segment in, its repair out: the order of the moves, until nothing changes.

use std::borrow::Cow;

use crate::model::{Cost, nats};
use crate::natural::cost_of;
use crate::options::{Caution, Lost, Options};
use crate::repair::lattice::Reading;
use crate::repair::loss::Losses;
use crate::repair::verdict::{self, Scratch};
use crate::repair::{plain, plain_wide, rewrite, scan};
use crate::steps::triggers::Triggers;

/// How often a segment is weighed. Each repair brings the text nearer to natural text, so the end comes by itself, mostly after one;
/// the limit guards the promise of linear time against input made to come here more often.
const ROUNDS: u32 = 32;

/// From so many layers on, what is left is to be natural text: each layer turns some characters into one, and so what is no text gets cheaper, too. That letters changed their case
/// counts as a layer.
const DEEP: usize = 4;

/// What a character of natural text costs at most on the average. Of 54,000 garbles of two and three layers eleven come to more at that depth, and none of them to the right text.
const UNNATURAL: Cost = nats(6.0);

/// Who takes for a garble whatever could be one.
const SUSPICIOUS: Options = Options::new().lost(Lost::Guess).caution(Caution::Bold);

fn is_deep(layers: &[Reading]) -> bool {
    let mut units = layers.iter().flat_map(|layer| &layer.units);
    let recased = units.any(|unit| unit.losses.contains(Losses::RECASED));
    layers.len() + usize::from(recased) >= DEEP
}

fn is_unnatural(text: &str) -> bool {
    let chars = Cost::try_from(text.chars().count()).unwrap_or(Cost::MAX / UNNATURAL);
    cost_of(text) > UNNATURAL * chars
}

/// The engine with its working space. Of one segment it holds nothing that changes what becomes of the next.
pub(crate) struct Engine<'o> {
    options: &'o Options,
    triggers: Triggers,
    keeps_accounts: bool,
    scratch: Scratch,
    plain: plain::Scratch,
}

impl<'o> Engine<'o> {
    pub(crate) fn new(options: &'o Options) -> Engine<'o> {
        Engine {
            options,
            triggers: Triggers::new(options),
            keeps_accounts: false,
            scratch: Scratch::default(),
            plain: plain::Scratch::default(),
        }
    }

    /// One that tells what each step did, too.
    pub(crate) fn accounting(options: &'o Options) -> Engine<'o> {
        Engine {
            keeps_accounts: true,
            ..Engine::new(options)
        }
    }

    pub(crate) fn options(&self) -> &'o Options {
        self.options
    }

    /// What the steps look for.
    pub(crate) fn triggers(&self) -> Triggers {
        self.triggers
    }

    pub(crate) fn keeps_accounts(&self) -> bool {
        self.keeps_accounts
    }

    /// Whether a segment, repaired as it may be, could be garbled still: whether anybody would repair it.
    pub(crate) fn is_doubtful(&mut self, segment: &str) -> bool {
        scan::first_suspect(segment).is_some() && !self.layers_by(segment, &SUSPICIOUS).is_empty()
    }

    /// The layers to take off a segment with something suspect in it, uppermost first; none if the segment stays as it is.
    pub(crate) fn layers(&mut self, segment: &str) -> Vec<Reading> {
        self.layers_by(segment, self.options)
    }

    /// Takes back layers that have been written, for the room they take.
    pub(crate) fn give_back(&mut self, layers: Vec<Reading>) {
        self.plain.give_back(layers);
    }

    fn layers_by(&mut self, segment: &str, options: &Options) -> Vec<Reading> {
        let scratch = &mut self.plain;
        let plain = plain::read(segment, options, scratch);
        if let Some(layers) = plain.or_else(|| plain_wide::read(segment, options, scratch)) {
            return layers;
        }
        let mut layers: Vec<Reading> = Vec::new();
        let mut text = Cow::Borrowed(segment);
        for round in 0..=ROUNDS {
            let left = options.layers.saturating_sub(layers.len());
            let verdict = verdict::weigh(&text, options, left, round, &mut self.scratch);
            let done = layers.len();
            layers.extend(verdict.layers);
            if verdict.settled {
                break;
            }
            if layers.len() == done {
                if is_deep(&layers) && is_unnatural(&text) {
                    layers.clear();
                }
                break;
            }
            for layer in layers.get(done..).unwrap_or_default() {
                text = Cow::Owned(rewrite::apply(&text, &layer.units));
            }
        }
        layers
    }
}
