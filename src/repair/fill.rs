//! What lost characters were, once a reading tells where they are.
//!
//! The lattice looks at one neighbour at a time. Here each lost character is chosen once more, from all that the same garble could have been, by two
//! characters on either side ([`crate::model::boost`]). Where those are lost too, the best guess so far stands for them. And losses agree:
//! who drops what is undefined need not strip U+00A0, and where both would explain a segment, one of them did it all.

use crate::codec::utf8::Sequence;
use crate::model::{Cost, Glyph, boost, cost, nats};
use crate::options::Lost;
use crate::repair::channel::{Candidate, Channel};
use crate::repair::loss::Losses;
use crate::repair::open::Picks;
use crate::repair::quotes::{Quoted, Quotes};
use crate::repair::window::Sym;

/// How often each is chosen anew: neighbours that are lost both tell of each other.
const ROUNDS: usize = 2;

/// From so many places on, the character before and the one behind among them, a gap sees nothing of another: each has two places, and looks at two characters on either side.
const REACH: usize = 5;

/// How many gaps are chosen together: enough to agree, and few enough to keep all choices of each in mind.
pub(super) const TOGETHER: usize = 256;

/// How many choices most gaps have.
pub(super) const USUAL: usize = 32;

/// How probable it has to be that a space was part of a character, for it to go.
const SURE: f32 = 0.8;

/// What a second way to lose bytes costs.
const SECOND_WAY: Cost = nats(4.0);

/// What it costs that spaces were part of characters, unless a guess is asked for: pairs know little of words, of which some have but one letter.
const SPACES: Cost = nats(1.0);

/// What a character costs between its neighbours that is none of the choices, where they need not be all.
const OTHER: Cost = nats(14.0);

/// What a bullet costs more behind a word and a space: pairs do not see that it begins a line.
const RUNS_ON: Cost = nats(2.0);
const BULLET: char = '\u{2022}'; // •

/// How much more probable an apostrophe is between two letters: pairs see one of them at a time, and quotes and dashes stand beside one.
const JOINS: Cost = nats(2.0);
const APOSTROPHE: char = '\u{2019}'; // ’

/// How much more probable an en dash is between two digits, and an em dash between two spaces in English, where all else it could be is the other dash: pairs see one side at
/// a time. Of files with English in which straight quotes stand in garbles, nine in ten had em dashes.
const RANGE: Cost = nats(2.0);
const EN_DASH: char = '\u{2013}'; // –
const SPACED: Cost = nats(3.0);
const EM_DASH: char = '\u{2014}'; // —

/// What something costs more that was cut with the space behind it, but has none before it.
const UNSPACED: Cost = nats(4.0);

/// How much more probable a character is where others of its block stand in the text: pairs do not see beyond the word. Where one layer lost it, its first byte tells that, or
/// next to it; where two did, hardly anything is left of it.
const SAME_BLOCK: Cost = nats(3.0);

/// The same for a Latin letter where letters of ASCII stand in the text, and no others of its block. They tell less: code and names stand in all text.
const BESIDE_ASCII: Cost = nats(1.0);

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
    /// The sequence that is carried over to what follows.
    pub carries: Option<Sequence>,
    /// How many characters the garble has.
    pub taken: u8,
    /// The quotes since the gap before.
    pub quotes: Quotes,
    /// Whether all letters of the text are ASCII but what was lost, as they mostly are in English.
    pub is_english: bool,
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
    pub apart: Cost,
    /// Its cost between its neighbours.
    cost: Cost,
}

/// Chooses the lost characters of a text, and tells how probable each choice is.
pub(super) fn fill(
    text: &mut Text,
    gaps: &[Gap],
    channel: &Channel,
    lost: Lost,
) -> Vec<(Choice, f32)> {
    let mut quoted = Quoted::Not;
    gaps.chunks(TOGETHER)
        .flat_map(|gaps| fill_some(text, gaps, channel, lost, &mut quoted))
        .collect()
}

fn fill_some(
    text: &mut Text,
    gaps: &[Gap],
    channel: &Channel,
    lost: Lost,
    quoted: &mut Quoted,
) -> Vec<(Choice, f32)> {
    let mut choices: Vec<Choice> = Vec::with_capacity(USUAL * gaps.len());
    let mut ends: Vec<usize> = Vec::with_capacity(gaps.len());
    for gap in gaps {
        gap.choices(channel, &mut choices);
        ends.push(choices.len());
    }
    choose(text, gaps, &mut choices, &ends, channel, lost, quoted)
}

/// The same for no more gaps than are chosen together, of which all choices are known, and where those of each end.
pub(super) fn choose(
    text: &mut Text,
    gaps: &[Gap],
    choices: &mut [Choice],
    ends: &[usize],
    channel: &Channel,
    lost: Lost,
    quoted: &mut Quoted,
) -> Vec<(Choice, f32)> {
    let mut ways = Losses::ALL;
    // By itself, a gap has no others to agree with, and only where others are near does it matter what they are.
    let rounds = if gaps.len() > 1 { ROUNDS } else { 1 };
    let near = |pair: &[Gap]| matches!(pair, [gap, next] if next.place - gap.place < REACH);
    let alone = !gaps.windows(2).any(near);
    let before = *quoted;
    let mut blocks = channel.reads_two().then(|| Blocks::of(text));
    for round in 0..rounds {
        let mut rest = &mut *choices;
        let mut start = 0;
        *quoted = before;
        for (gap, &end) in gaps.iter().zip(ends) {
            let (choices, others) = rest.split_at_mut(end - start);
            if round == 0 || !alone {
                *quoted = gap.quotes.after(*quoted);
                if let Some(blocks) = &mut blocks {
                    blocks.remove(gap.at(text));
                }
                gap.weigh(text, *quoted, blocks.as_ref(), choices);
                if let Some(best) = cheapest(choices, ways) {
                    gap.put(text, best);
                    if let Some(blocks) = &mut blocks {
                        blocks.add(Some(best.c));
                    }
                    *quoted = quoted.after(best.c.to_char());
                }
            }
            (rest, start) = (others, end);
        }
        if round + 1 < rounds {
            ways = agreed(choices, ends, lost);
        }
    }
    parts(choices, ends)
        .map_while(|choices| settle(choices, ways, channel, lost))
        .collect()
}

/// The choices of each gap.
fn parts<'c>(choices: &'c [Choice], ends: &'c [usize]) -> impl Iterator<Item = &'c [Choice]> {
    let starts = std::iter::once(&0).chain(ends);
    let ranges = starts.zip(ends);
    ranges.map(|(&start, &end)| choices.get(start..end).unwrap_or_default())
}

/// The cheapest of the choices whose losses are among the ways, and how probable its character is.
///
/// Where it takes a space for what was lost, and that is not certain but has to be, the space stays: it may well be one.
fn settle(
    choices: &[Choice],
    ways: Losses,
    channel: &Channel,
    lost: Lost,
) -> Option<(Choice, f32)> {
    let mut best = cheapest(choices, ways)?;
    let least = best.cost;
    let weight = |cost: Cost| (-((cost - least) as f32) / nats(1.0) as f32).exp();
    let share = |of: &dyn Fn(&Choice) -> bool| -> f32 {
        let possible = choices.iter().filter(|choice| choice.is_within(ways));
        let weights = possible
            .filter(|choice| of(choice))
            .map(|choice| weight(choice.cost));
        weights.sum()
    };
    // Of 32 bytes one makes some sense anywhere, and `?` comes about in more ways.
    let unlike = best.losses.contains(Losses::QUESTION_MARK) && channel.codec.has_c1_controls();
    let other = if unlike {
        weight(best.apart + OTHER)
    } else {
        0.0
    };
    let all = share(&|_| true) + other;
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

/// The cheapest of the choices whose losses are among the ways.
fn cheapest(choices: &[Choice], ways: Losses) -> Option<Choice> {
    let possible = choices.iter().filter(|choice| choice.is_within(ways));
    possible.min_by_key(|choice| choice.cost).copied()
}

/// The ways by which the losses cost the least, all together. Unless a guess is asked for, spaces are not taken for lost bytes where another way is nearly as cheap.
fn agreed(choices: &[Choice], ends: &[usize], lost: Lost) -> Losses {
    let without = WAYS.iter().fold(Losses::ALL, |all, &way| all.without(way));
    let cost_of = |ways: Losses| {
        let mut sum: Cost = 0;
        for choices in parts(choices, ends) {
            sum += cheapest(choices, ways)?.cost;
        }
        let count = WAYS.iter().filter(|&&way| ways.contains(way)).count();
        let doubt = lost != Lost::Guess && ways.contains(Losses::SPACE);
        Some(sum + SECOND_WAY * count.saturating_sub(1) as Cost + if doubt { SPACES } else { 0 })
    };
    // A way that nothing was lost by explains nothing, and costs.
    let taken = choices
        .iter()
        .fold(Losses::NONE, |all, choice| all.union(choice.losses));
    let idle = WAYS
        .iter()
        .zip(0..)
        .filter(|&(&way, _)| !taken.contains(way));
    let idle: u8 = idle.fold(0, |idle, (_, bit)| idle | 1 << bit);
    (0..1 << WAYS.len())
        .filter(|bits| bits & idle == 0)
        .map(|bits: u8| {
            let some = WAYS.iter().enumerate().filter(|(k, _)| bits >> k & 1 != 0);
            some.fold(without, |ways, (_, &way)| ways.union(way))
        })
        .filter_map(|ways| cost_of(ways).map(|cost| (cost, ways)))
        .min_by_key(|found| found.0)
        .map_or(Losses::ALL, |found| found.1)
}

impl Choice {
    pub fn of(candidate: &Candidate) -> Choice {
        Choice {
            c: Glyph::of(candidate.c),
            then: candidate.then.map(Glyph::of),
            losses: candidate.losses,
            picks: candidate.picks,
            apart: candidate.cost,
            cost: candidate.cost,
        }
    }

    /// Whether one mark stands for the end of it and the space behind.
    fn is_cut(&self) -> bool {
        self.losses == Losses::QUESTION_MARK && self.then.is_some()
    }

    fn is_straightened(&self) -> bool {
        self.losses == Losses::STRAIGHTENED
    }

    fn is_within(&self, ways: Losses) -> bool {
        ways.contains(self.losses)
    }
}

impl Gap<'_> {
    /// Adds all that could be in its place.
    pub fn choices(&self, channel: &Channel, choices: &mut Vec<Choice>) {
        channel.candidates(self.syms, self.carried, true, &mut |candidate| {
            let in_doubt = candidate.guessed || !candidate.losses.is_empty();
            let fits = candidate.taken == self.taken && candidate.carried == self.carries;
            if fits && in_doubt {
                choices.push(Choice::of(&candidate));
            }
        });
    }

    /// Weighs the choices between their neighbours, within a quotation or not.
    fn weigh(&self, text: &Text, quoted: Quoted, blocks: Option<&Blocks>, choices: &mut [Choice]) {
        let newline = Glyph::of('\n');
        let before = text.get(..self.place).unwrap_or_default();
        let mut before = before.iter().rev().flatten().copied();
        let [before1, before2] = [before.next(), before.next()].map(|c| c.unwrap_or(newline));
        let behind = text.get(self.place + 2..).unwrap_or_default();
        let mut behind = behind.iter().flatten().copied();
        let [next1, next2] = [behind.next(), behind.next()].map(|c| c.unwrap_or(newline));
        let around = |choice: &Choice| match choice.then {
            Some(then) => [before2, before1, then, next1],
            None => [before2, before1, next1, next2],
        };
        let mut limit = Cost::MAX;
        for choice in &mut *choices {
            let pairs = |c: Glyph| cost(choice.c, c);
            let after = match choice.then {
                Some(then) => pairs(then) + cost(then, next1),
                None => pairs(next1),
            };
            let closes = quoted.closes(choice.c.to_char(), choice.losses);
            choice.cost = choice.apart + cost(before1, choice.c) + after
                - closes
                - blocks.map_or(0, |blocks| blocks.speak_for(choice.c))
                + self.misplaced(choice, around(choice));
            limit = limit.min(choice.cost + HOPELESS);
        }
        // They know of what codecs lose, and not of what was cut, which may be anything that a space stands behind; and they know most languages for their en dashes.
        let is_unknown = |choice: &Choice| {
            choice.is_cut()
                || self.is_english && choice.is_straightened() && choice.c.to_char() == EM_DASH
        };
        if choices.iter().any(is_unknown) {
            return;
        }
        for choice in choices.iter_mut().filter(|choice| choice.cost <= limit) {
            let [before2, before, after, after2] = around(choice);
            choice.cost -= boost([before2, before, choice.c, after, after2]);
        }
    }

    /// What speaks against a choice between characters beyond what pairs see.
    fn misplaced(&self, choice: &Choice, [before2, before, after, after2]: [Glyph; 4]) -> Cost {
        let are = |glyphs: &[Glyph], are: fn(char) -> bool| glyphs.iter().all(|c| are(c.to_char()));
        let spaced = || are(&[before], char::is_whitespace);
        let between = |kind| are(&[before, after], kind);
        let straightened = choice.is_straightened();
        let in_spaces = straightened && between(|c| c == ' ');
        let is_digit = |c: char| c.is_ascii_digit();
        let of_numbers =
            straightened && between(is_digit) || in_spaces && are(&[before2, after2], is_digit);
        let out_of_place = match choice.c.to_char() {
            BULLET if spaced() && !are(&[before2], char::is_whitespace) => RUNS_ON,
            APOSTROPHE if between(char::is_alphabetic) => -JOINS,
            EN_DASH if of_numbers => -RANGE,
            EM_DASH if in_spaces && self.is_english && !of_numbers => -SPACED,
            _ => 0,
        };
        let unspaced = choice.is_cut() && !spaced();
        out_of_place + if unspaced { UNSPACED } else { 0 }
    }

    /// What stands in its place so far.
    fn at(&self, text: &Text) -> Option<Glyph> {
        text.get(self.place).copied().flatten()
    }

    fn put(&self, text: &mut Text, choice: Choice) {
        if let Some([c, then]) = text.get_mut(self.place..).and_then(<[_]>::first_chunk_mut) {
            (*c, *then) = (Some(choice.c), choice.then);
        }
    }
}

/// How often each block of 64 characters occurs in a text, those that have all bytes of UTF-8 in common but the last: text has its letters from few. They are asked only where
/// two layers are read.
struct Blocks {
    counts: [u16; Blocks::COUNT],
    /// What speaks for a Latin letter.
    latin: Cost,
}

impl Blocks {
    /// Blocks further on share their numbers with others.
    const COUNT: usize = 256;

    fn of(text: &Text) -> Blocks {
        let is_letter = |c: &Glyph| c.to_char().is_ascii_alphabetic();
        let has_ascii = text.iter().flatten().any(is_letter);
        let mut blocks = Blocks {
            counts: [0; Blocks::COUNT],
            latin: if has_ascii { BESIDE_ASCII } else { 0 },
        };
        text.iter().for_each(|&c| blocks.add(c));
        blocks
    }

    fn count(&mut self, c: Option<Glyph>) -> Option<&mut u16> {
        self.counts.get_mut(Blocks::place(c?))
    }

    fn place(c: Glyph) -> usize {
        (c.code >> 6) as usize % Blocks::COUNT
    }

    fn add(&mut self, c: Option<Glyph>) {
        if let Some(count) = self.count(c) {
            *count = count.saturating_add(1);
        }
    }

    fn remove(&mut self, c: Option<Glyph>) {
        if let Some(count) = self.count(c) {
            *count = count.saturating_sub(1);
        }
    }

    /// What speaks for a character with others of its block in the text, or letters of its script.
    fn speak_for(&self, c: Glyph) -> Cost {
        let known = self.counts.get(Blocks::place(c));
        let known = known.is_some_and(|&count| count > 0);
        match c.code {
            0..0x80 => 0,
            _ if known => SAME_BLOCK,
            0xC0..0x180 => self.latin,
            _ => 0,
        }
    }
}
