//! One segment in, its repair out: the order of the moves, until nothing changes.

use crate::options::Options;
use crate::repair::lattice::Reading;
use crate::repair::verdict::{self, Scratch};
use crate::repair::{plain, rewrite};

/// How often a segment is weighed. Each repair brings the text nearer to natural text, so the end comes by itself, mostly after one;
/// the limit guards the promise of linear time against input made to come here more often.
const ROUNDS: usize = 32;

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

    /// The layers to take off a segment with something suspect in it, uppermost first; none if the segment stays as it is.
    pub(crate) fn layers(&mut self, segment: &str) -> Vec<Reading> {
        if let Some(layers) = plain::read(segment, self.options, &mut self.scratch) {
            return layers;
        }
        let mut layers = verdict::weigh(
            segment,
            self.options,
            self.options.layers,
            &mut self.scratch,
        );
        if layers.is_empty() {
            return layers;
        }
        let mut text = segment.to_owned();
        let mut done = 0;
        for _ in 0..ROUNDS {
            for layer in layers.get(done..).unwrap_or_default() {
                text = rewrite::apply(&text, &layer.units);
            }
            done = layers.len();
            let left = self.options.layers.saturating_sub(done);
            let more = verdict::weigh(&text, self.options, left, &mut self.scratch);
            if more.is_empty() {
                break;
            }
            layers.extend(more);
        }
        layers
    }
}
