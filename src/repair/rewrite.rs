//! The fourth move: splice the winner in, and keep the accounts.

use std::borrow::Cow;
use std::ops::Range;

use crate::garble::Layer;
use crate::repair::lattice::{Reading, Unit};
use crate::repair::loss::Losses;

/// Writes the text with each unit's garble replaced by its character.
fn splice(text: &str, units: &[Unit], out: &mut String) {
    let mut at = 0;
    for unit in units {
        if at < unit.start {
            out.push_str(text.get(at..unit.start).unwrap_or_default());
        }
        out.push(unit.c);
        at = unit.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
}

/// The text with each unit's garble replaced by its character.
pub(crate) fn apply(text: &str, units: &[Unit]) -> String {
    let mut out = String::with_capacity(text.len());
    splice(text, units, &mut out);
    out
}

/// The text without a layer.
fn peel<'t>(text: &str, layer: &'t Reading) -> Cow<'t, str> {
    match &layer.below {
        Some(below) => Cow::Borrowed(below),
        None => Cow::Owned(apply(text, &layer.units)),
    }
}

/// Writes the text with all layers taken off, uppermost first.
pub(crate) fn apply_all(text: &str, layers: &[Reading], out: &mut String) {
    let mut text = Cow::Borrowed(text);
    let Some((last, upper)) = layers.split_last() else {
        out.push_str(&text);
        return;
    };
    for layer in upper {
        text = peel(&text, layer);
    }
    match &last.below {
        Some(below) => out.push_str(below),
        None => splice(&text, &last.units, out),
    }
}

/// A stretch of the text with what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The bytes of the garbled text.
    pub before: Range<usize>,
    /// The bytes of the repaired text.
    pub after: Range<usize>,
    /// The layers it went through, the last one first.
    pub layers: Vec<Layer>,
    pub losses: Losses,
    /// Whether its garble is in part that of the piece before, and only both together can be garbled again.
    joined: bool,
}

/// What the layers, uppermost first, did to a text: pieces in order, one for the least that was read back as a whole.
pub(crate) fn account(text: &str, layers: &[Reading]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut current = text.to_owned();
    for layer in layers {
        pieces = stack(&pieces, &current, layer);
        current = apply(&current, &layer.units);
    }
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match out.last_mut() {
            Some(last) if piece.joined => last.join(piece),
            _ => out.push(piece),
        }
    }
    // A space behind a lost byte was weighed with it, and may stand where it stood.
    for piece in &mut out {
        let space = |text: &str, range: &Range<usize>| {
            range.len() > 1
                && text
                    .get(range.clone())
                    .is_some_and(|piece| piece.ends_with(' '))
        };
        if space(text, &piece.before) && space(&current, &piece.after) {
            piece.before.end -= 1;
            piece.after.end -= 1;
        }
    }
    out
}

impl Piece {
    fn join(&mut self, next: Piece) {
        self.before.end = next.before.end;
        self.after.end = next.after.end;
        self.losses = self.losses.union(next.losses);
        if self.layers != next.layers {
            self.losses = self.losses.union(Losses::UNEVEN);
        }
    }
}

/// The pieces after one layer more. `text` is what the pieces so far have led to.
fn stack(pieces: &[Piece], text: &str, layer: &Reading) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = pieces.iter().peekable();
    // Places in `text`, and the same places in the text at the very top and in the text after this layer.
    let (mut here, mut top, mut below) = (0, 0, 0);
    let keep = |piece: &Piece,
                here: &mut usize,
                top: &mut usize,
                below: &mut usize,
                out: &mut Vec<Piece>| {
        let start = *below + (piece.after.start - *here);
        let after = start..start + piece.after.len();
        (*here, *top, *below) = (piece.after.end, piece.before.end, after.end);
        out.push(Piece {
            after,
            ..piece.clone()
        });
    };
    for unit in &layer.units {
        while let Some(piece) = rest.next_if(|piece| piece.after.end <= unit.start) {
            keep(piece, &mut here, &mut top, &mut below, &mut out);
        }
        let start = (top + (unit.start - here), below + (unit.start - here));
        (here, top) = (unit.start, start.0);
        let mut losses = unit.losses;
        let mut upper: Option<&[Layer]> = None;
        let mut untouched = false;
        let joined = unit.joined
            || rest
                .peek()
                .is_some_and(|piece| piece.joined && piece.after.start < unit.end);
        while let Some(piece) = rest.next_if(|piece| piece.after.start < unit.end) {
            untouched |= text
                .get(here..piece.after.start)
                .is_some_and(|between| !between.is_ascii());
            if upper.is_some_and(|upper| upper != piece.layers) {
                losses = losses.union(Losses::UNEVEN);
            }
            upper = Some(&piece.layers);
            losses = losses.union(piece.losses);
            (here, top) = (piece.after.end, piece.before.end);
        }
        untouched |= text
            .get(here..unit.end)
            .is_some_and(|between| !between.is_ascii());
        if untouched && upper.is_some() {
            losses = losses.union(Losses::UNEVEN);
        }
        top += unit.end - here;
        let after = start.1..start.1 + unit.c.len_utf8();
        (here, below) = (unit.end, after.end);
        let layers = upper
            .unwrap_or_default()
            .iter()
            .copied()
            .chain([Layer::new(layer.codec).cesu8(unit.cesu8)])
            .collect();
        out.push(Piece {
            before: start.0..top,
            after,
            layers,
            losses,
            joined,
        });
    }
    for piece in rest {
        keep(piece, &mut here, &mut top, &mut below, &mut out);
    }
    out
}
