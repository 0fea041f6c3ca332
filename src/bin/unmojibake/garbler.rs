//! The forward model: text is garbled, for samples and demonstrations.

use std::borrow::Cow;

use unmojibake::{Error, Layer, garble};

/// Lays layers on, in order.
pub(crate) struct Garbler {
    layers: Vec<Layer>,
}

impl Garbler {
    pub(crate) fn new(layers: Vec<Layer>) -> Garbler {
        Garbler { layers }
    }

    /// Garbles a piece. Bytes that are not UTF-8 stay, as nothing is known to become of them.
    pub(crate) fn garble<'b>(&self, piece: &'b [u8]) -> Result<Cow<'b, [u8]>, Error> {
        if piece.is_ascii() {
            return Ok(Cow::Borrowed(piece));
        }
        let mut out = Vec::new();
        for chunk in piece.utf8_chunks() {
            let text = self
                .layers
                .iter()
                .try_fold(chunk.valid().to_owned(), |text, layer| garble(&text, layer))?;
            out.extend_from_slice(text.as_bytes());
            out.extend_from_slice(chunk.invalid());
        }
        Ok(Cow::Owned(out))
    }
}
