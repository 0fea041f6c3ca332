//! The part of a segment that a verdict looks at: what is not ASCII, with a little ASCII on either side.
//!
//! Pairs of ASCII further off cost the same in any reading, so they are left out of all sums: the window closes the gap, and takes the pair that
//! comes to stand beside each other for what it costs.

use crate::ascii;
use crate::codec::{COUNT, CodecSet, Row, is_c1, multi_byte, row};
use crate::model::{Cost, Glyph, cost};
use crate::repair::best_fit;
use crate::repair::loss::mark;
use crate::repair::normalized;
use crate::repair::open::{self, Alternative, Opens};
use crate::repair::scan::is_odd;
use crate::repair::wide;

/// ASCII kept before a stretch: a lost first byte may stand there as `?`, and something has to stand before that.
const BEFORE: usize = 2;
/// ASCII kept after a stretch: up to two lost bytes as `?` or space, and what follows them.
const AFTER: usize = 3;
/// Both.
pub(super) const AROUND: usize = BEFORE + AFTER;

/// A character of the window.
#[derive(Clone, Copy)]
pub(crate) struct Sym {
    pub c: char,
    pub glyph: Glyph,
    pub row: &'static Row,
    /// Byte offset in the segment.
    pub start: usize,
    /// Whether it and the character before it are an odd pair.
    pub odd: bool,
    /// The index in [`Window::opens`] of what else it could be.
    pub open: Option<u16>,
}

impl Sym {
    pub(crate) fn new(c: char, start: usize) -> Sym {
        Sym {
            c,
            glyph: Glyph::of(c),
            row: row(c),
            start,
            odd: false,
            open: None,
        }
    }

    /// Whether a garble of a multi-byte codec could begin with it.
    fn may_begin_group(&self) -> bool {
        wide::begins(self.glyph.class, self.c)
    }
}

/// The characters of a segment that matter, in order, with a line end behind the last.
#[derive(Default)]
pub(crate) struct Window {
    pub syms: Vec<Sym>,
    /// What the text costs as it stands.
    pub cost: Cost,
    /// How many stretches are UTF-8 in each codec, by the masks alone.
    pub sequences: [u32; COUNT],
    /// The codecs in which some character is a first byte, and in which some character but a C1 control is a later one.
    pub leads: u32,
    pub conts: u32,
    /// Whether a garble of a multi-byte codec could begin in it.
    pub wide: bool,
    /// How many marks of a lost byte stand before a character that a sequence of a multi-byte codec could go on with. Where each first byte was lost, and pairs end
    /// elsewhere for it, no character of a line begins anything.
    pub orphans: u32,
    pub traces: Traces,
    /// What the layer above leaves open: what else some of the characters could be.
    pub opens: Vec<Vec<Alternative>>,
}

/// What a segment tells of the fate of its bytes: losses should agree with it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Traces {
    /// A C1 control stands in it.
    pub c1: bool,
    /// A question mark stands right behind something that is not ASCII.
    pub marked: bool,
    /// A U+00A0 stands in it.
    pub nbsp: bool,
    /// Spaces have always been spaces.
    pub parted: bool,
    /// Two spaces follow the first byte of a garble: the first of them was a U+00A0, and others will have become spaces too.
    pub spaced: bool,
    /// Behind the first byte of a garble and a space stands what is a word with `à` before it.
    pub contracted: bool,
    /// A capital beyond ASCII stands right behind a small letter: nobody put it into small letters, or into capitals.
    pub mixed_case: bool,
    /// The straight quotes in it make pairs, so that none of them need be part of a garble.
    pub paired: bool,
    /// A character stands in it that normalization by NFKC does away with.
    pub unnormalized: bool,
    /// What only normalization leaves behind stands in it.
    pub normalized: bool,
    /// What may well have been squeezed into Windows-1252 stands in it.
    pub squeezed: bool,
}

impl Traces {
    /// Reads the traces of what is left of a segment under so many layers. What befell the text as a whole, befell it as it stands: below, letters have kept their case, and
    /// nothing was normalized or squeezed.
    pub(crate) fn below(layers: usize, text: &str) -> Traces {
        let traces = Traces::of(text);
        if layers == 0 {
            return traces;
        }
        Traces {
            mixed_case: true,
            unnormalized: true,
            normalized: false,
            squeezed: false,
            ..traces
        }
    }

    /// Reads the traces of a segment.
    pub(crate) fn of(text: &str) -> Traces {
        let mut traces = Traces {
            paired: are_paired(text),
            ..Traces::default()
        };
        let mut rest = text;
        loop {
            let (ascii, from) = split(rest, ascii::prefix(rest.as_bytes()));
            let stretch = from.find(|c: char| c.is_ascii()).unwrap_or(from.len());
            let (stretch, behind) = split(from, stretch);
            let [first, last] = [stretch.chars().next(), stretch.chars().next_back()];
            let Some((first, last)) = first.zip(last) else {
                break;
            };
            let before = ascii.bytes().next_back().map(char::from);
            let tells =
                |tells: fn(char, char) -> bool| before.is_some_and(|before| tells(before, first));
            traces.normalized |= tells(normalized::tells);
            traces.squeezed |= tells(best_fit::tells);
            traces.mixed_case |= tells(|before, c| before.is_ascii_lowercase() && c.is_uppercase());
            for c in stretch.chars() {
                traces.c1 |= is_c1(c);
                traces.nbsp |= c == '\u{A0}';
                traces.unnormalized |= normalized::survives(c);
            }
            traces.marked |= behind.starts_with('?');
            traces.spaced |= behind.starts_with("  ") && row(last).leads() != 0;
            traces.contracted |= row(last).leads() != 0 && is_contracted(behind);
            rest = behind;
        }
        traces
    }
}

/// Whether a text goes on with a space and the rest of a Portuguese pronoun that `à` has grown together with: àquele, àquela and more of them. By itself the rest is a word of no language that
/// has `à`.
fn is_contracted(text: &str) -> bool {
    let rest = text.strip_prefix(" quel");
    let rest = rest.and_then(|rest| rest.strip_prefix(['e', 'a']));
    rest.is_some_and(|rest| {
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        !rest.starts_with(char::is_alphanumeric)
    })
}

/// Whether the straight quotes of a text make pairs, of which none begins right behind a letter, a digit or what may be part of a garble.
fn are_paired(text: &str) -> bool {
    let mut is_open = false;
    for place in memchr::memchr_iter(b'"', text.as_bytes()) {
        let (before, _) = split(text, place);
        let may_open = |c: char| c.is_whitespace() || c.is_ascii() && !c.is_alphanumeric();
        if !is_open && !before.chars().next_back().is_none_or(may_open) {
            return false;
        }
        is_open = !is_open;
    }
    !is_open
}

/// The text before a place and from there on.
fn split(text: &str, place: usize) -> (&str, &str) {
    text.split_at_checked(place).unwrap_or((text, ""))
}

impl Window {
    /// Fills the window anew from a segment, or a part of one with these traces, or what a layer above makes of one.
    pub(crate) fn fill(&mut self, text: &str, traces: Traces, opens: &Opens) {
        self.traces = traces;
        self.syms.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        // Where the window ends so far, in bytes of the segment.
        let mut covered = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let stretch = at + ascii::prefix(rest);
            if stretch == bytes.len() {
                break;
            }
            self.ascii(bytes, stretch.saturating_sub(BEFORE).max(covered), stretch);
            at = stretch;
            for c in text
                .get(stretch..)
                .unwrap_or_default()
                .chars()
                .take_while(|c| !c.is_ascii())
            {
                self.syms.push(Sym::new(c, at));
                at += c.len_utf8();
            }
            let ascii = bytes
                .get(at..)
                .unwrap_or_default()
                .iter()
                .take(AFTER)
                .take_while(|byte| byte.is_ascii())
                .count();
            self.ascii(bytes, at, at + ascii);
            at += ascii;
            covered = at;
        }
        if !bytes.last().is_some_and(u8::is_ascii) {
            self.syms.push(Sym::new('\n', bytes.len()));
        }
        self.opens.clear();
        self.open(opens);
        self.survey();
    }

    /// Notes what else the characters could be.
    fn open(&mut self, opens: &Opens) {
        let mut syms = self.syms.iter_mut();
        for (at, alternatives) in opens {
            let index = u16::try_from(self.opens.len()).ok();
            if let Some(sym) = syms
                .find(|sym| sym.start >= *at)
                .filter(|sym| sym.start == *at)
            {
                sym.open = index;
                self.opens.push(alternatives.clone());
            }
        }
    }

    /// The first so many characters, as if there were no more.
    pub(crate) fn head(&self, length: usize) -> Window {
        let mut head = Window {
            syms: self.syms.iter().take(length).copied().collect(),
            traces: self.traces,
            ..Window::default()
        };
        head.survey();
        head
    }

    fn ascii(&mut self, bytes: &[u8], from: usize, to: usize) {
        let stretch = bytes.get(from..to).unwrap_or_default();
        self.syms.extend(
            stretch
                .iter()
                .zip(from..)
                .map(|(&byte, at)| Sym::new(char::from(byte), at)),
        );
    }

    fn survey(&mut self) {
        self.cost = 0;
        self.sequences = [0; COUNT];
        self.leads = 0;
        self.conts = 0;
        let mut before = Glyph::of('\n');
        // Codecs in which the last one, two, three characters could be the first bytes of a longer sequence.
        let mut begun = [0u32; 3];
        for sym in &mut self.syms {
            self.cost += cost(before, sym.glyph);
            sym.odd = is_odd(before, sym.glyph) || best_fit::tells(before.to_char(), sym.c);
            before = sym.glyph;
            let alternatives = sym.open.and_then(|open| self.opens.get(usize::from(open)));
            let (lead, cont) = match alternatives {
                Some(alternatives) => open::masks(sym.row, alternatives),
                None => (sym.row.lead, sym.row.cont),
            };
            let closed = begun[0] & cont;
            if closed != 0 {
                for (codec, count) in self.sequences.iter_mut().enumerate() {
                    *count += closed >> codec & 1;
                }
            }
            let [two, three, four] = lead;
            self.leads |= two | three | four;
            self.conts |= if is_c1(sym.c) { 0 } else { cont };
            begun = [two | begun[1] & cont, three | begun[2] & cont, four];
        }
        let orphaned = |pair: &&[Sym]| matches!(pair, [before, sym] if mark(before.c).is_some() && wide::may_go_on(sym.c));
        self.orphans = self.syms.windows(2).filter(orphaned).count() as u32;
        self.wide = self.orphans > 0 || self.syms.iter().any(|sym| sym.may_begin_group());
        if self.wide {
            self.survey_groups();
        }
    }

    /// Counts what is UTF-8 in the multi-byte codecs.
    fn survey_groups(&mut self) {
        for codec in CodecSet::MULTI_BYTE.iter() {
            let mut count = 0;
            let mut rest = self.syms.as_slice();
            while let [first, after @ ..] = rest {
                rest = after;
                if first.may_begin_group()
                    && let Some((taken, _)) = multi_byte::group(
                        codec,
                        std::iter::once(first).chain(after).map(|sym| sym.c),
                    )
                {
                    count += 1;
                    rest = after.get(taken - 1..).unwrap_or_default();
                }
            }
            if let Some(place) = self.sequences.get_mut(codec.index()) {
                *place = count;
            }
        }
    }
}
