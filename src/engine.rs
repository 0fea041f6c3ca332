//! One segment in, its repair out: the order of the moves, until nothing changes.

use std::borrow::Cow;

use crate::options::Options;
use crate::repair::lattice::Reading;
use crate::repair::verdict::{self, Scratch};
use crate::repair::{plain, rewrite};

/// How often a segment is weighed. Each repair brings the text nearer to natural text, so the end comes by itself, mostly after one;
/// the limit guards the promise of linear time against input made to come here more often.
const ROUNDS: u32 = 32;

/// The engine with its working space. It holds nothing of one segment when it sees the next.
pub(crate) struct Engine<'o> {
    options: &'o Options,
    scratch: Scratch,
}

impl<'o> Engine<'o> {
    pub(crate) fn new(options: &'o Options) -> Engine<'o> {
        Engine {
            options,
            scratch: Scratch::default(),
        }
    }

    pub(crate) fn options(&self) -> &'o Options {
        self.options
    }

    /// The layers to take off a segment with something suspect in it, uppermost first; none if the segment stays as it is.
    pub(crate) fn layers(&mut self, segment: &str) -> Vec<Reading> {
        if let Some(layers) = plain::read(segment, self.options) {
            return layers;
        }
        let mut layers: Vec<Reading> = Vec::new();
        let mut text = Cow::Borrowed(segment);
        for round in 0..=ROUNDS {
            let left = self.options.layers.saturating_sub(layers.len());
            let verdict = verdict::weigh(&text, self.options, left, round, &mut self.scratch);
            let done = layers.len();
            layers.extend(verdict.layers);
            if verdict.settled || layers.len() == done {
                break;
            }
            for layer in layers.get(done..).unwrap_or_default() {
                text = Cow::Owned(rewrite::apply(&text, &layer.units));
            }
        }
        layers
    }
}
