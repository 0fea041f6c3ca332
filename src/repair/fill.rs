//! What lost characters were, once a reading tells where they are.
//!
//! The lattice looks at one neighbour at a time. Here each lost character is chosen once more, from all that the same garble could have been, by two
//! characters on either side ([`crate::model::boost`]). Where those are lost too, the best guess so far stands for them. And losses agree:
//! who drops what is undefined need not strip U+00A0, and where both would explain a segment, one of them did it all.

use crate::codec::utf8::Sequence;
use crate::model::{Cost, Glyph, boost, cost, nats};
use crate::options::Lost;
use crate::repair::channel::Channel;
use crate::repair::lattice::closes;
use crate::repair::loss::Losses;
use crate::repair::open::Picks;
use crate::repair::window::Sym;

/// How often each is chosen anew: neighbours that are lost both tell of each other.
const ROUNDS: usize = 2;

/// How many gaps are chosen together: enough to agree, and few enough to keep all choices of each in mind.
const TOGETHER: usize = 256;

/// How probable it has to be that a space was part of a character, for it to go.
const SURE: f32 = 0.8;

/// What a second way to lose bytes costs.
const SECOND_WAY: Cost = nats(4.0);

/// By how much a choice may be dearer by its neighbours than the cheapest, for contexts to be asked whether they know better. They seldom do even then.
const HOPELESS: Cost = nats(12.0);

/// The ways that leave no trace, of which any may explain the same garble.
const WAYS: [Losses; 4] = [
    Losses::DROPPED,
    Losses::STRIPPED,
    Losses::SPACE,
    Losses::SOFT_HYPHEN,
];

/// Text with room for a character of ASCII behind each that was lost; `None` where there is none.
pub(super) type Text = Vec<Option<Glyph>>;

/// A character with lost bytes.
pub(super) struct Gap<'s> {
    /// Its place in the text that the reading yields. The place after it is kept for [`Choice::then`].
    pub place: usize,
    /// Its garble and what follows, and the sequence that is carried over from before.
    pub syms: &'s [Sym],
    pub carried: Option<Sequence>,
    /// How many characters the garble has.
    pub taken: u8,
    /// Whether a `“` waits for its `”`.
    pub quoted: bool,
    /// Whether the layer above left something of it open, so that it is in doubt without having lost anything.
    pub open: bool,
}

/// What a gap could be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub c: Glyph,
    /// A character of ASCII that the garble holds too.
    pub then: Option<Glyph>,
    pub losses: Losses,
    /// What it takes of that which the layer above leaves open.
    pub picks: Picks,
    /// Its cost apart from its neighbours.
    pub cost: Cost,
}

/// Chooses the lost characters of a text, and tells how probable each choice is.
pub(super) fn fill(
    text: &mut Text,
    gaps: &[Gap],
    channel: &Channel,
    lost: Lost,
) -> Vec<(Choice, f32)> {
    gaps.chunks(TOGETHER)
        .flat_map(|gaps| fill_some(text, gaps, channel, lost))
        .collect()
}

fn fill_some(text: &mut Text, gaps: &[Gap], channel: &Channel, lost: Lost) -> Vec<(Choice, f32)> {
    let choices: Vec<Vec<Choice>> = gaps.iter().map(|gap| gap.choices(channel)).collect();
    let mut ways = Losses::ALL;
    let mut weighed: Vec<Vec<Cost>> = Vec::new();
    // By itself, a gap has no others to agree with.
    let rounds = if gaps.len() > 1 { ROUNDS } else { 1 };
    for round in 0..rounds {
        weighed.clear();
        for (gap, choices) in gaps.iter().zip(&choices) {
            let costs = gap.costs(text, choices);
            if let Some((best, _)) = cheapest(choices, &costs, ways) {
                gap.put(text, best);
            }
            weighed.push(costs);
        }
        if round + 1 < rounds {
            ways = agreed(&choices, &weighed);
        }
    }
    let settle = |(choices, costs): (&Vec<Choice>, &Vec<Cost>)| settle(choices, costs, ways, lost);
    choices.iter().zip(&weighed).map_while(settle).collect()
}

/// The cheapest of the choices whose losses are among the ways, and how probable its character is.
///
/// Where it takes a space for what was lost, and that is not certain but has to be, the space stays: it may well be one.
fn settle(choices: &[Choice], costs: &[Cost], ways: Losses, lost: Lost) -> Option<(Choice, f32)> {
    let (mut best, least) = cheapest(choices, costs, ways)?;
    let share = |of: &dyn Fn(&Choice) -> bool| -> f32 {
        let possible = choices.iter().zip(costs).filter(within(ways));
        let weights = possible
            .filter(|(choice, _)| of(choice))
            .map(|(_, cost)| (-((cost - least) as f32) / nats(1.0) as f32).exp());
        weights.sum()
    };
    let all = share(&|_| true);
    let same = |choice: &Choice| choice.c == best.c;
    let probability = share(&same) / all;
    let parted = choices
        .iter()
        .find(|choice| same(choice) && choice.then.is_some());
    if let Some(&parted) = parted
        && lost != Lost::Guess
        && best.then.is_none()
        && share(&|choice| *choice == best) / all < SURE
    {
        best = parted;
    }
    Some((best, probability))
}

/// Whether the losses of a choice are among the ways.
fn within(ways: Losses) -> impl Fn(&(&Choice, &Cost)) -> bool {
    move |(choice, _)| ways.contains(choice.losses)
}

/// The cheapest of the choices whose losses are among the ways, and its cost.
fn cheapest(choices: &[Choice], costs: &[Cost], ways: Losses) -> Option<(Choice, Cost)> {
    let possible = choices.iter().zip(costs).filter(within(ways));
    possible
        .min_by_key(|(_, cost)| **cost)
        .map(|(choice, &cost)| (*choice, cost))
}

/// The ways by which the losses cost the least, all together.
fn agreed(choices: &[Vec<Choice>], weighed: &[Vec<Cost>]) -> Losses {
    let without = WAYS.iter().fold(Losses::ALL, |all, &way| all.without(way));
    let cost_of = |ways: Losses| {
        let mut sum: Cost = 0;
        for (choices, costs) in choices.iter().zip(weighed) {
            sum += cheapest(choices, costs, ways)?.1;
        }
        let count = WAYS.iter().filter(|&&way| ways.contains(way)).count();
        Some(sum + SECOND_WAY * count.saturating_sub(1) as Cost)
    };
    (0..1 << WAYS.len())
        .map(|bits: u8| {
            let some = WAYS.iter().enumerate().filter(|(k, _)| bits >> k & 1 != 0);
            some.fold(without, |ways, (_, &way)| ways.union(way))
        })
        .filter_map(|ways| cost_of(ways).map(|cost| (cost, ways)))
        .min_by_key(|found| found.0)
        .map_or(Losses::ALL, |found| found.1)
}

impl Gap<'_> {
    /// All that could be in its place.
    pub fn choices(&self, channel: &Channel) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        channel.candidates(self.syms, self.carried, true, &mut |candidate| {
            let in_doubt = self.open || !candidate.losses.is_empty();
            if candidate.taken == self.taken && in_doubt {
                choices.push(Choice {
                    c: Glyph::of(candidate.c),
                    then: candidate.then.map(Glyph::of),
                    losses: candidate.losses,
                    picks: candidate.picks,
                    cost: candidate.cost - closes(self.quoted, &candidate),
                });
            }
        });
        choices
    }

    /// What each of the choices costs between its neighbours.
    fn costs(&self, text: &Text, choices: &[Choice]) -> Vec<Cost> {
        let newline = Glyph::of('\n');
        let before = text.get(..self.place).unwrap_or_default();
        let mut before = before.iter().rev().flatten().copied();
        let [before1, before2] = [before.next(), before.next()].map(|c| c.unwrap_or(newline));
        let behind = text.get(self.place + 2..).unwrap_or_default();
        let mut behind = behind.iter().flatten().copied();
        let [next1, next2] = [behind.next(), behind.next()].map(|c| c.unwrap_or(newline));
        let mut costs: Vec<Cost> = choices
            .iter()
            .map(|choice| {
                let pairs = |c: Glyph| cost(choice.c, c);
                let after = match choice.then {
                    Some(then) => pairs(then) + cost(then, next1),
                    None => pairs(next1),
                };
                choice.cost + cost(before1, choice.c) + after
            })
            .collect();
        let limit = costs.iter().min().map_or(0, |least| least + HOPELESS);
        for (cost, choice) in costs.iter_mut().zip(choices) {
            if *cost <= limit {
                let [after1, after2] = match choice.then {
                    Some(then) => [then, next1],
                    None => [next1, next2],
                };
                *cost -= boost([before2, before1, choice.c, after1, after2]);
            }
        }
        costs
    }

    fn put(&self, text: &mut Text, choice: Choice) {
        if let Some([c, then]) = text.get_mut(self.place..).and_then(<[_]>::first_chunk_mut) {
            (*c, *then) = (Some(choice.c), choice.then);
        }
    }
}
