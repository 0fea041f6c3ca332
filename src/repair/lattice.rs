//! The second move: for one codec, the best way to read a window as partly garbled and partly as it stands.
//!
//! A path through the window takes each character either as it stands or as a byte of a garble; the bytes of a garble make one
//! character of UTF-8 (a [`Unit`]). A path costs what the text it yields costs, and more for each change between garbled and
//! literal stretches and for each byte it takes for lost. The cheapest path is found by dynamic programming (Viterbi): at each
//! place of the window the cheapest ways to get there are kept, one for each last character they yield. ASCII carries on whichever of the two
//! the stretch before it was.

use std::ops::Range;

use crate::codec::utf8::Sequence;
use crate::codec::{Codec, CodecSet, row};
use crate::model::{Cost, Glyph, cost, nats};
use crate::options::Lost;
use crate::repair::channel::{Candidate, Channel};
use crate::repair::fill::{self, Gap, fill};
use crate::repair::loss::Losses;
use crate::repair::open::Picks;
use crate::repair::quotes::{CLOSES, Quoted, Quotes};
use crate::repair::window::{Sym, Traces, Window};

/// For each change between garbled and literal text, other than ASCII: text is mostly garbled or sound by the stretch.
pub(super) const SWITCH: Cost = nats(4.0);

/// From this cost on a pair that a reading yields is one that natural text never has, and costs so much more.
const STRAINED: Cost = nats(15.0);
const STRAIN: Cost = nats(4.0);
/// For each two strained pairs beyond one a unit.
const EXCESS: Cost = nats(7.0);

/// What it costs that spaces are taken for what they are, where they might be the end of garbles: they are that more often.
const PARTED: Cost = nats(6.0);

/// How many ways to reach a place are kept. Fillers of a lost byte compete for them: Windows-1252 has five.
const BEAM: usize = 8;

/// More places than any step leads ahead: the two halves of a surrogate pair take six characters, and a
/// sequence of four bytes ten if three of them are spelt out.
const AHEAD: usize = 16;

/// By how much a way to a place may be dearer than the cheapest: a pair of characters costs 17 nats at most, and a switch 4.
pub(super) const HOPELESS: Cost = nats(21.0);

/// A lost character is filled in for certain if it is so probable among all that could be in its place.
pub(super) const CERTAIN: f32 = 0.9;

/// How far ahead of a unit an odd pair may lie that makes it worth a thought: a unit has up to four characters.
const REACH: usize = 4;

/// One character read back from a garble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Where the garble begins and ends, in bytes of the text it stands in.
    pub start: usize,
    pub end: usize,
    /// The character it was, or U+FFFD where lost bytes leave too much doubt.
    pub c: char,
    pub losses: Losses,
    /// Whether it was written as a surrogate pair, each half in three bytes.
    pub cesu8: bool,
    /// Whether it shares its garble with the unit before, which has the whole range.
    pub joined: bool,
    /// What it takes of that which the layer above leaves open.
    pub picks: Picks,
}

impl Unit {
    /// One that lost nothing.
    pub(crate) fn whole(garble: Range<usize>, c: char) -> Unit {
        Unit {
            start: garble.start,
            end: garble.end,
            c,
            losses: Losses::NONE,
            cesu8: false,
            joined: false,
            picks: Picks::default(),
        }
    }
}

/// A reading of a window by one codec.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub codec: Codec,
    pub units: Vec<Unit>,
    pub cost: Cost,
    /// Whether it knows of too little what it was. Such a reading repairs nothing, but shows that others, which are worse, are no better.
    pub vague: bool,
    /// How many pairs of what it yields natural text never has.
    pub strained: usize,
    /// The text without this layer, where somebody looked at that already.
    pub below: Option<String>,
}

/// What the text that a reading yields is taken for while paths compete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Yield {
    /// Clean text.
    Clean,
    /// A garble of a layer below.
    Garble,
}

/// What pairs of the text that a reading yields are weighed by.
#[derive(Clone, Copy)]
enum Pairs {
    Natural,
    /// As those of a garble, most likely by one of these codecs.
    Garbled(CodecSet),
}

impl Pairs {
    /// Those of what a layer of the codec yields.
    fn of(yields: Yield, codec: Codec) -> Pairs {
        match yields {
            Yield::Clean => Pairs::Natural,
            Yield::Garble => Pairs::Garbled(CodecSet::WESTERN.with(codec)),
        }
    }

    /// What `c` costs after `before`.
    fn cost(self, before: Glyph, c: Glyph) -> Cost {
        match self {
            Pairs::Garbled(likely) if !(before.is_ascii() && c.is_ascii()) => {
                garble_cost(before, c, likely)
            }
            _ => cost(before, c),
        }
    }
}

/// What `c` costs after `before` in a garble: little where UTF-8 can have the two bytes that they may be side by side, in a likely codec or in any other.
fn garble_cost(before: Glyph, c: Glyph, likely: CodecSet) -> Cost {
    const FITS: Cost = nats(3.5);
    const MAY_FIT: Cost = nats(6.0);
    const DOES_NOT_FIT: Cost = nats(9.0);
    let (first, then) = (row(before.to_char()), row(c.to_char()));
    let fits = match (before.is_ascii(), c.is_ascii()) {
        (true, _) => then.leads(),
        (_, true) => first.cont,
        _ => first.leads() & then.cont | first.cont & (then.cont | then.leads()),
    };
    if fits & likely.bits() != 0 {
        FITS
    } else if fits != 0 {
        MAY_FIT
    } else {
        DOES_NOT_FIT
    }
}

/// A way to reach a place of the window.
#[derive(Clone, Copy)]
struct Node {
    cost: Cost,
    /// The last character of the text it yields, and the one before it.
    last: Glyph,
    first: Glyph,
    /// Whether the last character that is not ASCII was garbled.
    garbled: bool,
    /// The characters of the window that the last step took, 0 at the start, and the node it came from.
    taken: u8,
    from: u8,
    /// Whether the last step was a unit.
    unit: bool,
    /// Whether that yielded both of the last two characters.
    two: bool,
    /// The sequence that begins within the last character that was taken.
    carried: Option<Sequence>,
    losses: Losses,
    picks: Picks,
    /// Whether what it takes of the layer above lost something.
    guessed: bool,
    cesu8: bool,
    quoted: Quoted,
}

impl Node {
    /// Before the first character: nothing is garbled there.
    #[inline]
    fn start() -> Node {
        Node {
            cost: 0,
            first: Glyph::of('\n'),
            last: Glyph::of('\n'),
            garbled: false,
            taken: 0,
            from: 0,
            unit: false,
            two: false,
            carried: None,
            losses: Losses::NONE,
            picks: Picks::default(),
            guessed: false,
            cesu8: false,
            quoted: Quoted::Not,
        }
    }

    /// Whether it has this last character and mode: of such nodes the cheapest is kept.
    fn is_like(&self, last: Glyph, garbled: bool, carried: Option<Sequence>) -> bool {
        self.last.code == last.code && self.garbled == garbled && self.carried == carried
    }

    /// Whether the last step yielded a character with lost bytes.
    fn is_gap(&self) -> bool {
        self.unit && (self.guessed || !self.losses.is_empty() && self.losses != Losses::C1)
    }

    /// The characters that the last step yielded.
    fn yielded(&self) -> impl Iterator<Item = Glyph> {
        let first = self.two.then_some(self.first);
        first.into_iter().chain(std::iter::once(self.last))
    }
}

/// The nodes at one place, no two alike in last character and mode.
#[derive(Clone)]
struct Place {
    nodes: [Node; BEAM],
    length: usize,
    /// What a node may cost at most: one that costs so much more than the cheapest is hopeless, since no next character could make up for it.
    limit: Cost,
    /// What one has to cost at most to be taken: less than the dearest, too, where there is no room.
    bar: Cost,
}

impl Place {
    fn new(start: Node) -> Place {
        Place {
            nodes: [start; BEAM],
            length: 0,
            limit: UNLIMITED,
            bar: UNLIMITED,
        }
    }

    /// Makes room for nodes that cost at most so much.
    fn clear(&mut self, limit: Cost) {
        self.length = 0;
        self.limit = limit;
        self.bar = limit;
    }

    /// Drops the hopeless nodes.
    fn prune(&mut self) {
        let limit = self.limit;
        let mut kept = 0;
        for at in 0..self.length {
            if self.nodes.get(at).is_some_and(|node| node.cost <= limit) {
                if kept < at {
                    self.nodes.swap(kept, at);
                }
                kept += 1;
            }
        }
        self.length = kept;
    }

    fn nodes(&self) -> &[Node] {
        self.nodes.get(..self.length).unwrap_or_default()
    }

    /// What a node with this last character and mode may cost at most to be taken.
    fn most(&self, last: Glyph, garbled: bool, carried: Option<Sequence>) -> Cost {
        let mut nodes = self.nodes().iter();
        let same = nodes.find(|node| node.is_like(last, garbled, carried));
        same.map_or(self.bar, |same| self.bar.min(same.cost - 1))
    }

    fn offer(&mut self, node: Node) {
        self.limit = self.limit.min(node.cost + HOPELESS);
        let (taken, free) = self.nodes.split_at_mut(self.length);
        if let Some(same) = taken
            .iter_mut()
            .find(|same| same.is_like(node.last, node.garbled, node.carried))
        {
            if node.cost < same.cost {
                *same = node;
            }
        } else if let Some(slot) = free.first_mut() {
            *slot = node;
            self.length += 1;
        } else if let Some(worst) = taken
            .iter_mut()
            .max_by_key(|n| n.cost)
            .filter(|worst| node.cost < worst.cost)
        {
            *worst = node;
        }
        self.bar = self.limit;
        if self.length == BEAM {
            let dearest = self.nodes.iter().map(|node| node.cost).max();
            self.bar = dearest.map_or(self.bar, |dearest| self.bar.min(dearest - 1));
        }
    }
}

/// The working space of [`Lattice::read`], kept between calls.
#[derive(Default)]
pub(crate) struct Lattice {
    /// The places that steps may lead to, each at its number modulo their count.
    ahead: Vec<Place>,
    /// The nodes of the places before, one place after another, and where those of each end.
    nodes: Vec<Node>,
    ends: Vec<usize>,
    /// The cheapest path.
    path: Path,
    /// The text that it yields, for what was lost in it to be told.
    text: fill::Text,
}

/// A path through a window, from its end: where each step ends, and its node.
#[derive(Clone, Default)]
pub(crate) struct Path(Vec<(usize, Node)>);

/// How to read a window.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    /// Whether bytes are taken for lost, and put back at a cost.
    pub lossy: bool,
    /// What becomes of a character in doubt.
    pub lost: Lost,
    pub yields: Yield,
    /// Whether spaces are taken for what they are, and not for what was lost.
    pub parted: bool,
    /// Whether losses are thought of everywhere, or only where something is odd.
    pub everywhere: bool,
    /// Whether only the cost is asked for, and what lost characters were is left open.
    pub open: bool,
    /// Whether the window has a layer above left open as a whole.
    pub twofold: bool,
    /// What a reading may cost at most to be asked for.
    pub limit: Cost,
}

/// No limit to what a reading costs.
pub(crate) const UNLIMITED: Cost = Cost::MAX / 2;

impl Lattice {
    /// The cheapest reading of the window as a garble of `codec`, or `None` if that leaves every character as it stands.
    pub(crate) fn read(
        &mut self,
        window: &Window,
        codec: Codec,
        manner: Manner,
    ) -> Option<Reading> {
        let channel = Lattice::channel(window, codec, manner);
        if !channel.could_begin(window) {
            return None;
        }
        let by = Pairs::of(manner.yields, codec);
        let syms = &window.syms;
        // On the way a path may cost more than in the end, by what speaks for a quote.
        let limit = manner.limit + CLOSES - channel.rarity();
        self.reset(limit);
        // The place up to which something odd is near.
        let mut near = 0;
        for (at, sym) in syms.iter().enumerate() {
            if manner.lossy && syms.get(at + REACH).is_some_and(|sym| sym.odd) {
                near = at + REACH + 1;
            }
            let start = self.nodes.len();
            self.leave(at, limit);
            let Lattice { ahead, nodes, .. } = self;
            let here = nodes.get(start..).unwrap_or_default();
            if here.is_empty() {
                continue;
            }
            if let Some(next) = ahead.get_mut((at + 1) % AHEAD) {
                literal(here, sym, by, next);
            }
            let odd = at < near || at < REACH && syms.iter().take(REACH + at).any(|sym| sym.odd);
            let rest = syms.get(at..).unwrap_or_default();
            let mut steps = |carried: Option<Sequence>| {
                channel.candidates(rest, carried, manner.everywhere || odd, &mut |candidate| {
                    let place = at + usize::from(candidate.taken);
                    if let Some(target) = ahead.get_mut(place % AHEAD) {
                        step(here, &candidate, carried, by, target);
                    }
                });
            };
            steps(None);
            // All that is carried over comes from the same character, and is the same but where that was lost.
            let mut rest = here;
            while let [node, others @ ..] = rest {
                rest = others;
                let is_other = others.iter().all(|other| other.carried != node.carried);
                if node.carried.is_some() && is_other {
                    steps(node.carried);
                }
            }
        }
        self.leave(syms.len(), limit);
        self.find_path(syms.len())?;
        self.trace(syms, &channel, manner)
    }

    /// The path that was found last.
    pub(crate) fn path(&self) -> Path {
        self.path.clone()
    }

    /// What [`Self::read`] would tell of the window, if this is the path that it would find.
    pub(crate) fn read_path(
        &mut self,
        path: Path,
        window: &Window,
        codec: Codec,
        manner: Manner,
    ) -> Option<Reading> {
        self.path = path;
        let channel = Lattice::channel(window, codec, manner);
        self.trace(&window.syms, &channel, manner)
    }

    fn channel(window: &Window, codec: Codec, manner: Manner) -> Channel {
        let traces = Traces {
            parted: manner.parted || manner.twofold,
            ..window.traces
        };
        let channel = Channel::new(codec, manner.lossy, traces, &window.opens);
        if manner.twofold {
            channel.lower()
        } else {
            channel
        }
    }

    /// Leaves a place that no more steps lead to: its nodes are kept for the trace, and its room is free.
    fn leave(&mut self, at: usize, limit: Cost) {
        if let Some(place) = self.ahead.get_mut(at % AHEAD) {
            place.prune();
            self.nodes.extend_from_slice(place.nodes());
            place.clear(limit);
        }
        self.ends.push(self.nodes.len());
    }

    /// Where the nodes of a place that was left begin.
    fn start(&self, place: usize) -> Option<usize> {
        match place.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        }
    }

    fn reset(&mut self, limit: Cost) {
        let start = Node::start();
        self.nodes.clear();
        self.ends.clear();
        if self.ahead.is_empty() {
            self.ahead.resize(AHEAD, Place::new(start));
        }
        for place in &mut self.ahead {
            place.clear(limit);
        }
        if let Some(first) = self.ahead.first_mut() {
            first.offer(start);
            first.offer(Node {
                garbled: true,
                ..start
            });
        }
    }

    /// Finds the cheapest path, if it has a unit in it.
    fn find_path(&mut self, mut at: usize) -> Option<()> {
        let start = self.start(at)?;
        let last = self.nodes.get(start..)?.iter();
        let mut node = last
            .filter(|node| node.carried.is_none())
            .min_by_key(|node| node.cost)?;
        let mut garbled = false;
        self.path.0.clear();
        while node.taken > 0 {
            self.path.0.push((at, *node));
            garbled |= node.unit;
            at = at.checked_sub(usize::from(node.taken))?;
            let place = self.start(at)? + usize::from(node.from);
            node = self.nodes.get(place)?;
        }
        garbled.then_some(())
    }

    /// The cheapest path, told from its beginning.
    fn trace(&mut self, syms: &[Sym], channel: &Channel, manner: Manner) -> Option<Reading> {
        let Lattice { path, text, .. } = self;
        let steps = || path.0.iter().rev().map(|(end, node)| (*end, node));
        let mut reading = Reading {
            codec: channel.codec,
            units: Vec::new(),
            cost: channel.rarity() + if manner.parted { PARTED } else { 0 },
            vague: false,
            strained: 0,
            below: None,
        };
        // What natural text would have in a gap is nothing to tell a layer's garble by.
        let told = manner.yields == Yield::Clean && !manner.open;
        let by = Pairs::of(manner.yields, channel.codec);
        let start = Node::start();
        let mut before = &start;
        let mut strained: usize = 0;
        let mut units = 0;
        text.clear();
        let mut gaps = Vec::new();
        let (mut quotes, mut is_english) = (Quotes::NONE, true);
        for (end, node) in steps() {
            reading.cost += node.cost - before.cost;
            if manner.yields == Yield::Garble {
                // Paths compete by what they yield, readings by natural text.
                reading.cost += pairs(before, node.yielded(), Pairs::Natural).sum::<Cost>()
                    - pairs(before, node.yielded(), by).sum::<Cost>();
            }
            // A surrogate pair is evidence enough.
            if (node.unit || before.unit) && !(node.cesu8 || before.cesu8) {
                strained += pairs(before, node.yielded(), Pairs::Natural)
                    .filter(|&cost| cost >= STRAINED)
                    .count();
            }
            units += node.yielded().count() * usize::from(node.unit);
            if told {
                text.extend(node.yielded().map(Some));
                let taken = syms.get(end - usize::from(node.taken)..)?;
                if node.is_gap() {
                    text.resize(text.len() + 2 - node.yielded().count(), None);
                    gaps.push(Gap {
                        place: text.len() - 2,
                        syms: taken,
                        carried: before.carried,
                        carries: node.carried,
                        taken: node.taken,
                        quotes: std::mem::replace(&mut quotes, Quotes::NONE),
                        is_english,
                    });
                } else {
                    for c in node.yielded() {
                        quotes = quotes.with(c.to_char());
                        is_english &= c.is_ascii() || !c.to_char().is_alphabetic();
                    }
                }
            }
            before = node;
        }
        gaps.iter_mut().for_each(|gap| gap.is_english = is_english);
        let mut filled = if told {
            fill(text, &gaps, channel, manner.lost)
        } else {
            Vec::new()
        }
        .into_iter();
        let mut gaps = gaps.iter();
        reading.units.reserve(units);
        let mut joined = false;
        for (end, node) in steps() {
            let shares = std::mem::replace(&mut joined, node.carried.is_some());
            if !node.unit {
                continue;
            }
            let taken = syms.get(end - usize::from(node.taken)..end)?;
            let (first, last) = (taken.first()?, taken.last()?);
            let mut unit = Unit {
                start: first.start,
                end: last.start + last.c.len_utf8(),
                c: char::REPLACEMENT_CHARACTER,
                losses: node.losses,
                cesu8: node.cesu8,
                joined: shares,
                picks: node.picks,
            };
            let mut yielded = node.yielded();
            let (mut c, mut then) = (yielded.next(), yielded.next());
            let gap = if node.is_gap() { gaps.next() } else { None };
            if let Some((choice, probability)) = gap.and_then(|_| filled.next()) {
                unit.losses = choice.losses;
                unit.picks = choice.picks;
                then = choice.then;
                c = (manner.lost == Lost::Guess || probability >= CERTAIN).then_some(choice.c);
            }
            unit.c = c.map_or(unit.c, Glyph::to_char);
            reading.units.push(unit);
            reading.units.extend(then.map(|c| Unit {
                start: unit.end,
                c: c.to_char(),
                joined: true,
                picks: Picks::default(),
                ..unit
            }));
        }
        reading.vague = is_vague(&reading.units);
        reading.strained = strained;
        if manner.yields == Yield::Clean {
            reading.cost += excess(strained, reading.units.len());
        }
        (reading.cost <= manner.limit).then_some(reading)
    }
}

/// Whether of more than half of the units it is not known what they were. What U+FFFD stood for before is no vaguer for being U+FFFD.
pub(super) fn is_vague(units: &[Unit]) -> bool {
    let in_doubt = |unit: &&Unit| {
        unit.c == char::REPLACEMENT_CHARACTER
            && !unit.losses.is_empty()
            && !unit.losses.contains(Losses::REPLACED)
    };
    units.iter().filter(in_doubt).count() * 2 > units.len()
}

/// What each of the characters costs after the one before.
fn pairs(
    before: &Node,
    yielded: impl Iterator<Item = Glyph>,
    by: Pairs,
) -> impl Iterator<Item = Cost> {
    let mut last = before.last;
    yielded.map(move |c| {
        let cost = by.cost(last, c);
        last = c;
        cost
    })
}

/// The cheapest of the nodes by what the step from each costs: `apart` from the characters it yields, which are asked for only where that leaves hope.
fn cheapest<'n>(
    nodes: impl Iterator<Item = (usize, &'n Node)>,
    mut limit: Cost,
    apart: impl Fn(&Node) -> Cost,
    pairs: impl Fn(&Node) -> Cost,
) -> Option<(usize, &'n Node, Cost)> {
    let mut best = None;
    for (from, node) in nodes {
        let cost = node.cost + apart(node);
        if cost > limit {
            continue;
        }
        let cost = cost + pairs(node);
        if cost <= limit {
            best = Some((from, node, cost));
            // Of equals the first is kept.
            limit = cost - 1;
        }
    }
    best
}

/// The steps from `here` that take a character as it stands: all that were garbled, or were not, come to the same, and the cheapest does for them.
fn literal(here: &[Node], sym: &Sym, by: Pairs, target: &mut Place) {
    let ascii = sym.glyph.is_ascii();
    // Behind ASCII there are two ways to go on; of equals, the one that came first goes on being the first.
    let first = here
        .iter()
        .find(|node| node.carried.is_none())
        .is_some_and(|node| node.garbled);
    for garbled in [first, !first].into_iter().take(if ascii { 2 } else { 1 }) {
        let nodes = here
            .iter()
            .enumerate()
            .filter(|(_, node)| node.carried.is_none() && (!ascii || node.garbled == garbled));
        let apart = |node: &Node| if node.garbled && !ascii { SWITCH } else { 0 };
        let pair = |node: &Node| {
            let pair = by.cost(node.last, sym.glyph);
            pair + if node.unit { strain(pair) } else { 0 }
        };
        if let Some((from, node, cost)) = cheapest(nodes, target.bar, apart, pair) {
            target.offer(Node {
                cost,
                first: node.last,
                last: sym.glyph,
                garbled: ascii && garbled,
                taken: 1,
                from: from as u8,
                quoted: node.quoted.after(sym.c),
                ..Node::start()
            });
        }
    }
}

/// The steps from `here` that take a candidate: from the nodes that carry a sequence over, or from those that do not. They come to the same, and the cheapest does for all.
fn step(
    here: &[Node],
    candidate: &Candidate,
    carried: Option<Sequence>,
    by: Pairs,
    target: &mut Place,
) {
    let c = Glyph::of(candidate.c);
    let then = candidate.then.map(Glyph::of);
    let strained = |pair: Cost| pair + strain(pair);
    // A control that was a character of Windows-1252 stands among sound letters, which went through the same.
    let among_sound = candidate.losses == Losses::C1 && candidate.taken == 1;
    // From wherever it comes, this comes to the same.
    let own = candidate.cost + then.map_or(0, |then| strained(by.cost(c, then)));
    let apart = |node: &Node| {
        let switch = if node.garbled == among_sound {
            SWITCH
        } else {
            0
        };
        own + switch - node.quoted.closes(candidate.c, candidate.losses)
    };
    let pair = |node: &Node| strained(by.cost(node.last, c));
    let nodes = here.iter().enumerate();
    let nodes = nodes.filter(|(_, node)| node.carried == carried);
    // Many a byte may have gone with the space behind it, of which all but the cheapest come to nothing.
    let most = match then {
        Some(then) => target.most(then, !among_sound, candidate.carried),
        None => target.bar,
    };
    if let Some((from, node, cost)) = cheapest(nodes, most, apart, pair) {
        target.offer(Node {
            cost,
            first: if then.is_some() { c } else { node.last },
            last: then.unwrap_or(c),
            garbled: !among_sound,
            taken: candidate.taken,
            from: from as u8,
            unit: true,
            two: then.is_some(),
            carried: candidate.carried,
            losses: candidate.losses,
            picks: candidate.picks,
            guessed: candidate.guessed,
            cesu8: candidate.cesu8,
            quoted: node.quoted.after(candidate.c),
        });
    }
}

/// What strained pairs cost a reading with so many units besides: where they are more than half of what it yields, the more has to speak for it.
pub(super) fn excess(strained: usize, units: usize) -> Cost {
    EXCESS * (strained * 2).saturating_sub(units) as Cost
}

/// What so many strained pairs cost a reading with so many units in all.
pub(super) fn strains(strained: usize, units: usize) -> Cost {
    STRAIN * strained as Cost + excess(strained, units)
}

/// What a pair that natural text never has costs more where a reading yields it: the model cannot tell rare from impossible, and what stands there
/// is to have the benefit of that doubt.
pub(super) fn strain(pair: Cost) -> Cost {
    if pair >= STRAINED { STRAIN } else { 0 }
}
