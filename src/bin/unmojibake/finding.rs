//! What is found in a file, with all that may be told of it.

use unmojibake::{ByteEdit, Codec, Layer, Losses, Repairer, Step};

use crate::input::block::Block;
use crate::input::place::Place;

/// An edit, and where in its file it stands.
pub(crate) struct Finding {
    /// Its beginning and its end. Both are in one line.
    pub(crate) start: Place,
    pub(crate) end: Place,
    pub(crate) before: Vec<u8>,
    pub(crate) after: String,
    /// What is to be written between beginning and end, so that it becomes that; `None` where more than that has to change.
    pub(crate) replacement: Option<String>,
    /// In the order in which they came on. There are none where bytes are not UTF-8.
    pub(crate) layers: Vec<Layer>,
    pub(crate) losses: Losses,
    /// The clean-ups that had a part in it.
    pub(crate) steps: Vec<Step>,
}

/// All that is found in a piece, up to `most`, which begins at `place`; that goes on to the end of the piece.
pub(crate) fn all(
    block: &Block,
    repairer: &Repairer,
    most: usize,
    place: &mut Place,
) -> Vec<Finding> {
    let mut passed = 0;
    let mut pass = |to: usize| {
        place.pass(&block.text()[passed..to]);
        passed = to;
        *place
    };
    let finding = |edit: ByteEdit<'_>| Finding {
        start: pass(edit.range.start),
        end: pass(edit.range.end),
        before: edit.before.to_owned(),
        replacement: Some(edit.after.clone()),
        after: edit.after,
        layers: edit.layers.into_iter().rev().collect(),
        losses: edit.losses,
        steps: edit.steps,
    };
    let found = block.edits(repairer).take(most).map(finding).collect();
    pass(block.text().len());
    found
}

impl Finding {
    /// The way it was garbled, for people: `windows-1252, 2 layers; dropped`; and by which clean-ups it was changed besides, or instead.
    pub(crate) fn way(&self) -> String {
        let chain: Vec<String> = self
            .layers
            .chunk_by(|a, b| a.codec == b.codec)
            .map(|same| some_layers(same[0].codec, same.len()))
            .collect();
        let losses = self.losses.to_string();
        let steps: Vec<&str> = self.steps.iter().map(|step| step.name()).collect();
        let parts = [chain.join(", then "), losses, steps.join(", ")];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return "not UTF-8".to_owned();
        }
        parts.join("; ")
    }
}

fn some_layers(codec: Codec, count: usize) -> String {
    match count {
        1 => codec.to_string(),
        _ => format!("{codec}, {count} layers"),
    }
}
