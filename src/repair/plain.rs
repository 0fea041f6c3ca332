//! The short way, for what most garbled lines are: everything that is not ASCII is garbled, by one codec a layer, and nothing was lost.
//!
//! Then there is nothing to search for: the line is read off from its start, layer by layer, and the sums are those of the lattice's only sensible path.
//! Whatever does not fit leaves the line to [`super::verdict`], which would come to the same answer here, at twenty times the price.

use encoding_rs::Encoding;

use crate::codec::utf8::Sequence;
use crate::codec::{CodecSet, Row, row};
use crate::model::{Cost, Glyph, cost_in_context};
use crate::options::Options;
use crate::repair::lattice::{Reading, Unit};
use crate::repair::loss::Losses;
use crate::repair::rewrite;
use crate::repair::scan::{self, INCOMPLETE};
use crate::repair::verdict::LEAD;

/// The layers to take off a segment, uppermost first, if it is one of the plain ones and what is below beats what stands there.
pub(crate) fn read(segment: &str, options: &Options) -> Option<Vec<Reading>> {
    let mut plain = Plain::read(segment, options.codecs)?;
    let mut lead = plain.lead();
    let mut layers = Vec::new();
    let mut peeled: Option<String> = None;
    while !plain.settled {
        let text = rewrite::apply(peeled.as_deref().unwrap_or(segment), &plain.units);
        if scan::first_suspect(&text).is_none() {
            break;
        }
        layers.push(plain.into_reading()?);
        if layers.len() == options.layers {
            return None;
        }
        plain = Plain::read(&text, options.codecs)?;
        lead += plain.lead();
        peeled = Some(text);
    }
    layers.push(plain.into_reading()?);
    (lead > 0).then_some(layers)
}

struct Plain {
    /// The codecs that read everything so far as the same bytes as the first of them.
    agreeing: u32,
    /// The codecs in which everything so far is UTF-8.
    able: u32,
    units: Vec<Unit>,
    /// What the text costs as it stands, and what its reading costs.
    stands: Cost,
    yields: Cost,
    /// Whether what was read can be no garble of another layer, as far as can be told without another look.
    settled: bool,
}

/// Two characters that came before, to sum up costs by.
#[derive(Clone, Copy)]
struct Trail {
    first: Glyph,
    before: Glyph,
    sum: Cost,
}

impl Trail {
    fn step(&mut self, c: Glyph) {
        self.sum += cost_in_context(self.first, self.before, c);
        (self.first, self.before) = (self.before, c);
    }
}

impl Plain {
    fn read(text: &str, codecs: CodecSet) -> Option<Plain> {
        let bytes = text.as_bytes();
        let all = codecs.bits();
        let mut plain = Plain { agreeing: all, able: all, units: Vec::new(), stands: 0, yields: 0, settled: true };
        let mut at = 0;
        loop {
            at += Encoding::ascii_valid_up_to(bytes.get(at..)?);
            if at == bytes.len() {
                break;
            }
            at = plain.stretch(text, at)?;
        }
        // Another codec may have another reading of it all: then there is something to weigh.
        (plain.able & !plain.agreeing == 0).then_some(plain)
    }

    fn lead(&self) -> Cost {
        self.stands - self.yields - LEAD
    }

    fn into_reading(self) -> Option<Reading> {
        let codec = CodecSet::from_bits(self.agreeing).iter().next()?;
        Some(Reading { codec, units: self.units, cost: self.yields })
    }

    /// Reads the stretch at `at` up to the next ASCII, and gives its end.
    fn stretch(&mut self, text: &str, at: usize) -> Option<usize> {
        let ascii = |back: usize| at.checked_sub(back).and_then(|i| text.as_bytes().get(i)).copied().filter(u8::is_ascii).unwrap_or(b'\n');
        let start = Trail { first: Glyph::of(char::from(ascii(2))), before: Glyph::of(char::from(ascii(1))), sum: 0 };
        let (mut stands, mut yields) = (start, start);
        let mut chars = text.get(at..)?.chars();
        let mut end = at;
        let units = self.units.len();
        // Codecs in which the last character ended a sequence, and in which one, two, three more characters would.
        let (mut complete, mut open) = (self.able, [0u32; 3]);
        let mut follow = |row: &Row| {
            let [two, three, four] = row.lead.map(|lead| lead & complete);
            complete = open[0] & row.cont;
            open = [two | open[1] & row.cont, three | open[2] & row.cont, four];
        };
        let after = loop {
            let Some(c) = chars.next().filter(|c| !c.is_ascii()) else {
                break Glyph::of(char::from(text.as_bytes().get(end).copied().unwrap_or(b'\n')));
            };
            let start = end;
            let mut take = |plain: &mut Plain, c: char, part: fn(&Row) -> u32| {
                let row = row(c);
                stands.step(Glyph::of(c));
                end += c.len_utf8();
                follow(row);
                plain.agree(row, part(row))
            };
            let mut sequence = Sequence::start(take(self, c, Row::leads)?)?;
            while !sequence.is_full() {
                sequence = sequence.push(take(self, chars.next()?, |row| row.cont)?);
            }
            let c = char::from_u32(sequence.code_point()?)?;
            yields.step(Glyph::of(c));
            self.units.push(Unit { start, end, c, losses: Losses::NONE });
        };
        self.able = complete;
        stands.step(after);
        yields.step(after);
        self.settled &= self.units.len() == units + 1 && yields.sum < INCOMPLETE;
        self.stands += stands.sum;
        self.yields += yields.sum;
        // Each stretch has to speak for itself, unless there is a layer below to speak for it.
        (yields.sum < stands.sum || !self.settled).then_some(end)
    }

    /// The byte of a character in the first of the codecs that can have it here. Strikes out those that have another.
    fn agree(&mut self, row: &Row, able: u32) -> Option<u8> {
        let able = CodecSet::from_bits(self.agreeing & able);
        let byte = *row.bytes.get(able.iter().next()?.index())?;
        self.agreeing = able.iter().filter(|codec| row.bytes.get(codec.index()) == Some(&byte)).collect::<CodecSet>().bits();
        Some(byte)
    }
}
