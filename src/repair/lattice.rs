//! The second move: for one codec, the best way to read a window as partly garbled and partly as it stands.
//!
//! A path through the window takes each character either as it stands or as a byte of a garble; the bytes of a garble make one
//! character of UTF-8 (a [`Unit`]). A path costs what the text it yields costs, and more for each change between garbled and
//! literal stretches and for each byte it takes for lost. The cheapest path is found by dynamic programming (Viterbi): at each
//! place of the window the cheapest ways to get there are kept, one for each last character they yield. ASCII carries on whichever of the two
//! the stretch before it was.

use crate::codec::utf8::{Sequence, pair};
use crate::codec::{Codec, Row};
use crate::model::{Cost, Glyph, cost, nats};
use crate::repair::loss::{Losses, costs};
use crate::repair::window::{Sym, Window};

/// For each change between garbled and literal text, other than ASCII: text is mostly garbled or sound by the stretch.
const SWITCH: Cost = nats(4.0);

/// How many ways to reach a place are kept. Fillers of a lost byte compete for them: Windows-1252 has five.
const BEAM: usize = 8;

/// A lost character is filled in for certain if nothing else, all together, is more than a tenth as probable.
const CERTAIN: f32 = 0.9;

/// The most lost bytes in one character.
const MOST_LOST: u8 = 2;

/// One character read back from a garble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Where the garble begins and ends, in bytes of the text it stands in.
    pub start: usize,
    pub end: usize,
    /// The character it was, or U+FFFD where lost bytes leave too much doubt.
    pub c: char,
    pub losses: Losses,
}

/// A reading of a window by one codec.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub codec: Codec,
    pub units: Vec<Unit>,
    pub cost: Cost,
}

/// How a lattice treats lost bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Nothing is taken for lost.
    Ignored,
    /// Lost bytes are put back; where that leaves doubt about a character, it becomes U+FFFD.
    Certain,
    /// Lost bytes are put back, by the best guess.
    Guessed,
}

/// One codec's view of lost bytes.
struct Channel {
    codec: Codec,
    /// Whether losses are considered at all.
    lossy: bool,
    /// The bytes that may have been dropped, and at what cost.
    droppable: Vec<u8>,
    dropped: Cost,
    /// The bytes that U+FFFD and `?` may stand for.
    holes: Vec<u8>,
    /// The byte of U+00A0, and the cost that its loss has in this window beyond the usual one.
    nbsp: Option<u8>,
    nbsp_more: Cost,
    soft_hyphen: Option<u8>,
}

impl Channel {
    fn new(codec: Codec, lossy: bool, window: &Window) -> Channel {
        let holes: Vec<u8> = if lossy {
            codec.holes().collect()
        } else {
            Vec::new()
        };
        let c1 = lossy && codec.has_c1_controls();
        let droppable = if c1 {
            (0x80..0xA0).collect()
        } else {
            holes.clone()
        };
        let byte = |c: char| {
            crate::codec::row(c)
                .bytes
                .get(codec.index())
                .copied()
                .filter(|&byte| lossy && byte != 0)
        };
        Channel {
            codec,
            lossy,
            droppable,
            dropped: if c1 {
                costs::DROPPED_C1
            } else {
                costs::DROPPED
            } + if window.has_c1 {
                costs::DISAGREES_DROPPED
            } else {
                0
            },
            holes,
            nbsp: byte('\u{A0}'),
            nbsp_more: if window.has_nbsp {
                costs::DISAGREES_SPACE
            } else {
                0
            },
            soft_hyphen: byte('\u{AD}'),
        }
    }

    fn byte(&self, row: &Row) -> u8 {
        row.bytes.get(self.codec.index()).copied().unwrap_or(0)
    }
}

/// A way to reach a place of the window.
#[derive(Clone, Copy)]
struct Node {
    cost: Cost,
    last: Glyph,
    /// Whether the last character that is not ASCII was garbled.
    garbled: bool,
    /// The characters of the window that the last step took, 0 at the start, and the node it came from.
    taken: u8,
    from: u8,
    /// Whether the last step was a unit.
    unit: bool,
    losses: Losses,
}

/// The nodes at one place, no two alike in last character and mode.
#[derive(Clone, Default)]
struct Place(Vec<Node>);

impl Place {
    fn offer(&mut self, node: Node) {
        if let Some(same) = self
            .0
            .iter_mut()
            .find(|n| n.last.code == node.last.code && n.garbled == node.garbled)
        {
            if node.cost < same.cost {
                *same = node;
            }
        } else if self.0.len() < BEAM {
            self.0.push(node);
        } else if let Some(worst) = self
            .0
            .iter_mut()
            .max_by_key(|n| n.cost)
            .filter(|worst| node.cost < worst.cost)
        {
            *worst = node;
        }
    }
}

/// The working space of [`read`], kept between calls.
#[derive(Default)]
pub(crate) struct Lattice {
    places: Vec<Place>,
}

/// A character that a garble could be, with the number of characters of the window that it takes.
struct Candidate {
    c: char,
    taken: u8,
    losses: Losses,
    cost: Cost,
}

impl Lattice {
    /// The cheapest reading of the window as a garble of `codec`, or `None` if that leaves every character as it stands.
    pub(crate) fn read(&mut self, window: &Window, codec: Codec, loss: Loss) -> Option<Reading> {
        let channel = Channel::new(codec, loss != Loss::Ignored, window);
        let syms = &window.syms;
        self.places.iter_mut().for_each(|place| place.0.clear());
        self.places
            .resize_with(self.places.len().max(syms.len() + 1), Place::default);
        let start = Node {
            cost: 0,
            last: Glyph::of('\n'),
            garbled: false,
            taken: 0,
            from: 0,
            unit: false,
            losses: Losses::NONE,
        };
        if let Some(first) = self.places.first_mut() {
            first.0.extend([
                start,
                Node {
                    garbled: true,
                    ..start
                },
            ]);
        }
        for (at, sym) in syms.iter().enumerate() {
            let (done, ahead) = self.places.split_at_mut(at + 1);
            let Some(here) = done.last() else { break };
            if here.0.is_empty() {
                continue;
            }
            if let Some(next) = ahead.first_mut() {
                for (from, node) in here.0.iter().enumerate() {
                    next.offer(literal(node, from, sym));
                }
            }
            candidates(
                &channel,
                syms.get(at..).unwrap_or_default(),
                &mut |candidate| {
                    let Some(target) = ahead.get_mut(usize::from(candidate.taken) - 1) else {
                        return;
                    };
                    let glyph = Glyph::of(candidate.c);
                    for (from, node) in here.0.iter().enumerate() {
                        target.offer(Node {
                            cost: node.cost
                                + candidate.cost
                                + cost(node.last, glyph)
                                + if node.garbled { 0 } else { SWITCH },
                            last: glyph,
                            garbled: true,
                            taken: candidate.taken,
                            from: from as u8,
                            unit: true,
                            losses: candidate.losses,
                        });
                    }
                },
            );
        }
        self.trace(syms, &channel, loss)
    }

    /// Walks back from the cheapest node at the end.
    fn trace(&self, syms: &[Sym], channel: &Channel, loss: Loss) -> Option<Reading> {
        let mut at = syms.len();
        let best = self.places.get(at)?.0.iter().min_by_key(|node| node.cost)?;
        let mut node = best;
        let mut after = None;
        let mut units = Vec::new();
        while node.taken > 0 {
            let next = at;
            at = at.checked_sub(usize::from(node.taken))?;
            let before = self.places.get(at)?.0.get(usize::from(node.from))?;
            if node.unit {
                let doubtful = loss == Loss::Certain && !node.losses.is_empty() && {
                    let rest = syms.get(at..).unwrap_or_default();
                    certainty(channel, rest, node, before.last, after) < CERTAIN
                };
                units.push(Unit {
                    start: syms.get(at)?.start,
                    end: syms.get(next - 1).map(|sym| sym.start + sym.c.len_utf8())?,
                    c: if doubtful {
                        char::REPLACEMENT_CHARACTER
                    } else {
                        char::from_u32(node.last.code)?
                    },
                    losses: node.losses,
                });
            }
            after = Some(node.last);
            node = before;
        }
        units.reverse();
        (!units.is_empty()).then_some(Reading {
            codec: channel.codec,
            units,
            cost: best.cost,
        })
    }
}

/// How probable the character of a unit with lost bytes is among all that could fill its place, between its neighbours.
fn certainty(
    channel: &Channel,
    syms: &[Sym],
    node: &Node,
    before: Glyph,
    after: Option<Glyph>,
) -> f32 {
    let weight = |cost: Cost| (-(cost as f32) / nats(1.0) as f32).exp();
    let (mut own, mut all) = (0.0, 0.0);
    candidates(channel, syms, &mut |candidate| {
        if candidate.taken == node.taken && candidate.losses == node.losses {
            let glyph = Glyph::of(candidate.c);
            let weight = weight(
                candidate.cost + cost(before, glyph) + after.map_or(0, |after| cost(glyph, after)),
            );
            all += weight;
            if glyph.code == node.last.code {
                own += weight;
            }
        }
    });
    own / all
}

/// The step that takes a character as it stands.
fn literal(node: &Node, from: usize, sym: &Sym) -> Node {
    let ascii = sym.glyph.is_ascii();
    Node {
        cost: node.cost
            + cost(node.last, sym.glyph)
            + if node.garbled && !ascii { SWITCH } else { 0 },
        last: sym.glyph,
        garbled: node.garbled && ascii,
        taken: 1,
        from: from as u8,
        unit: false,
        losses: Losses::NONE,
    }
}

/// Every character that the start of `syms` could be a garble of.
fn candidates(channel: &Channel, syms: &[Sym], found: &mut impl FnMut(Candidate)) {
    let Some(first) = syms.first() else { return };
    let byte = channel.byte(first.row);
    if let Some(sequence) = Sequence::start(byte) {
        extend(
            channel,
            syms,
            Partial {
                sequence,
                taken: 1,
                losses: Losses::NONE,
                lost: 0,
                cost: 0,
            },
            found,
        );
    } else if channel.lossy {
        lost_lead(channel, syms, found);
    }
}

/// A sequence under way.
#[derive(Clone, Copy)]
struct Partial {
    sequence: Sequence,
    taken: u8,
    losses: Losses,
    lost: u8,
    cost: Cost,
}

impl Partial {
    fn lose(self, byte: u8, taken: u8, loss: Losses, cost: Cost) -> Partial {
        Partial {
            sequence: self.sequence.push(byte),
            taken: self.taken + taken,
            losses: self.losses.union(loss),
            lost: self.lost + 1,
            cost: self.cost + cost,
        }
    }
}

/// Sequences whose first byte was lost: a hole may be one. What follows must have survived.
fn lost_lead(channel: &Channel, syms: &[Sym], found: &mut impl FnMut(Candidate)) {
    let Some(first) = syms.first() else { return };
    let (taken, loss, cost) = match first.c {
        '\u{FFFD}' => (1, Losses::REPLACED, costs::REPLACED + costs::LEAD),
        '?' => (1, Losses::QUESTION_MARK, costs::QUESTION_MARK + costs::LEAD),
        _ => (0, Losses::DROPPED, channel.dropped + costs::LEAD),
    };
    let next = syms.get(usize::from(taken));
    if !next.is_some_and(|sym| (0x80..0xC0).contains(&channel.byte(sym.row))) {
        return;
    }
    for sequence in channel
        .holes
        .iter()
        .filter_map(|&hole| Sequence::start(hole))
    {
        extend(
            channel,
            syms,
            Partial {
                sequence,
                taken,
                losses: loss,
                lost: 1,
                cost,
            },
            found,
        );
    }
}

/// Takes one byte more, in every way there is, until the sequence is full.
fn extend(channel: &Channel, syms: &[Sym], partial: Partial, found: &mut impl FnMut(Candidate)) {
    if partial.sequence.is_full() {
        finish(channel, syms, partial, found);
        return;
    }
    let next = syms.get(usize::from(partial.taken));
    let is_continuation = |byte: u8| (0x80..0xC0).contains(&byte);
    if let Some(byte) = next
        .map(|sym| channel.byte(sym.row))
        .filter(|&byte| is_continuation(byte))
    {
        extend(
            channel,
            syms,
            Partial {
                sequence: partial.sequence.push(byte),
                taken: partial.taken + 1,
                ..partial
            },
            found,
        );
    }
    if !channel.lossy || partial.lost >= MOST_LOST.min(partial.sequence.length() - 1) {
        return;
    }
    let mut lose = |byte, taken, loss, cost| {
        extend(channel, syms, partial.lose(byte, taken, loss, cost), found)
    };
    let (holes, loss, cost): (&[u8], _, _) = match next.map(|sym| sym.c) {
        Some('\u{FFFD}') => (&channel.holes, Losses::REPLACED, costs::REPLACED),
        Some('?') => (&channel.holes, Losses::QUESTION_MARK, costs::QUESTION_MARK),
        _ => (&[], Losses::NONE, 0),
    };
    for &hole in holes.iter().filter(|&&hole| is_continuation(hole)) {
        lose(hole, 1, loss, cost);
    }
    for &hole in channel
        .droppable
        .iter()
        .filter(|&&hole| is_continuation(hole))
    {
        lose(hole, 0, Losses::DROPPED, channel.dropped);
    }
    if let Some(nbsp) = channel.nbsp.filter(|&byte| is_continuation(byte)) {
        if next.is_some_and(|sym| sym.c == ' ') {
            lose(nbsp, 1, Losses::SPACE, costs::SPACE + channel.nbsp_more);
        }
        lose(
            nbsp,
            0,
            Losses::STRIPPED,
            costs::STRIPPED + channel.nbsp_more,
        );
    }
    if let Some(hyphen) = channel.soft_hyphen.filter(|&byte| is_continuation(byte)) {
        lose(hyphen, 0, Losses::SOFT_HYPHEN, costs::SOFT_HYPHEN);
    }
}

/// A full sequence is a candidate if it is a character, by itself or as half of a surrogate pair.
fn finish(channel: &Channel, syms: &[Sym], partial: Partial, found: &mut impl FnMut(Candidate)) {
    let Some(code) = partial.sequence.code_point() else {
        return;
    };
    let Partial {
        taken,
        losses,
        cost,
        ..
    } = partial;
    if let Some(c) = char::from_u32(code) {
        // A lost byte is never filled in to make a character that nobody writes.
        if losses.is_empty() || Glyph::of(c).is_known() {
            found(Candidate {
                c,
                taken,
                losses,
                cost,
            });
        }
    } else if losses.is_empty() {
        let byte = |k: u8| {
            syms.get(usize::from(taken + k))
                .map_or(0, |sym| channel.byte(sym.row))
        };
        let low = Sequence::start(byte(0)).map(|low| low.push(byte(1)).push(byte(2)));
        if let Some(c) = low
            .and_then(Sequence::code_point)
            .and_then(|low| pair(code, low))
        {
            found(Candidate {
                c,
                taken: taken + 3,
                losses,
                cost,
            });
        }
    }
}
