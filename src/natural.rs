//! How natural a text is as a whole, for those who want to be told: the sum of what [`crate::model`] says of its characters.

use crate::model::{Cost, Glyph, cost, nats};

/// What a text costs: -ln of its probability, in the unit of the model.
pub(crate) fn cost_of(text: &str) -> Cost {
    let mut before = Glyph::of('\n');
    let mut all: Cost = 0;
    for c in text.chars() {
        let glyph = Glyph::of(c);
        all = all.saturating_add(cost(before, glyph));
        before = glyph;
    }
    all
}

/// By how much more natural a text is than another, in whole nats; 0 if it is not.
pub(crate) fn gain(before: &str, after: &str) -> u32 {
    let gain = cost_of(before).saturating_sub(cost_of(after)) / nats(1.0);
    u32::try_from(gain).unwrap_or(0)
}
