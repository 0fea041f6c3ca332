//! What lost characters were, once a reading tells where they are.
//!
//! The lattice looks at one neighbour at a time. Here each lost character is chosen once more, from those that the same garble could have been, by two
//! characters on either side ([`crate::model::boost`]). Where they are lost too, the best guess so far stands for them.

use crate::codec::utf8::Sequence;
use crate::model::{Cost, Glyph, boost, cost, nats};
use crate::repair::channel::{Candidate, Channel};
use crate::repair::lattice::closes;
use crate::repair::loss::Losses;
use crate::repair::window::Sym;

/// How often each is chosen anew: neighbours that are lost both tell of each other.
const ROUNDS: usize = 2;

/// A character with lost bytes.
pub(super) struct Gap<'s> {
    /// The unit that it is, by its place in the reading.
    pub unit: usize,
    /// Its place in the text that the reading yields.
    pub place: usize,
    /// Its garble and what follows, and the sequence that is carried over from before.
    pub syms: &'s [Sym],
    pub carried: Option<Sequence>,
    pub taken: u8,
    pub losses: Losses,
    /// A character of ASCII that the garble holds too.
    pub then: Option<Glyph>,
    /// Whether a `“` waits for its `”`.
    pub quoted: bool,
}

/// Chooses the lost characters of a text, and tells how probable each choice is.
pub(super) fn fill(text: &mut [Glyph], gaps: &[Gap], channel: &Channel) -> Vec<f32> {
    let choices: Vec<Vec<(Glyph, Cost)>> = gaps.iter().map(|gap| gap.choices(channel)).collect();
    for _ in 0..ROUNDS {
        for (gap, choices) in gaps.iter().zip(&choices) {
            let best = choices
                .iter()
                .min_by_key(|choice| gap.cost(text, choice))
                .map(|choice| choice.0);
            if let (Some(place), Some(best)) = (text.get_mut(gap.place), best) {
                *place = best;
            }
        }
    }
    let probability = |(gap, choices): (&Gap, &Vec<(Glyph, Cost)>)| {
        let chosen = text.get(gap.place);
        let (mut own, mut all) = (0.0, 0.0);
        for choice in choices {
            let weight = (-(gap.cost(text, choice) as f32) / nats(1.0) as f32).exp();
            all += weight;
            if Some(&choice.0) == chosen {
                own += weight;
            }
        }
        own / all
    };
    gaps.iter().zip(&choices).map(probability).collect()
}

impl Gap<'_> {
    /// What could be in its place, with the cost of each apart from its neighbours.
    fn choices(&self, channel: &Channel) -> Vec<(Glyph, Cost)> {
        let mut choices = Vec::new();
        channel.candidates(
            self.syms,
            self.carried,
            true,
            &mut |candidate: Candidate| {
                if candidate.taken == self.taken
                    && candidate.losses == self.losses
                    && candidate.then.map(Glyph::of) == self.then
                {
                    let closes = closes(self.quoted, &candidate);
                    choices.push((Glyph::of(candidate.c), candidate.cost - closes));
                }
            },
        );
        choices
    }

    fn cost(&self, text: &[Glyph], &(c, cost_of): &(Glyph, Cost)) -> Cost {
        let at = |ahead: usize, behind: usize| {
            let place = (self.place + behind).checked_sub(ahead);
            place
                .and_then(|place| text.get(place))
                .copied()
                .unwrap_or(Glyph::of('\n'))
        };
        let context = [at(2, 0), at(1, 0), c, at(0, 1), at(0, 2)];
        let [_, before, _, after, _] = context;
        cost_of + cost(before, c) + cost(c, after) - boost(context)
    }
}
