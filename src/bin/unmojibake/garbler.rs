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
    pub(crate) fn garble<'b>(&self, piece: &'b [u8]) -> Result<Cow<'b, [u8]>, Ungarbled<'b>> {
        if piece.is_ascii() {
            return Ok(Cow::Borrowed(piece));
        }
        if let Ok(garbled) = self.garble_all(piece) {
            return Ok(Cow::Owned(garbled));
        }
        // Which line it is is looked for only now.
        let mut before = Vec::new();
        for line in piece.split_inclusive(|&byte| byte == b'\n') {
            match self.garble_all(line) {
                Ok(garbled) => before.extend_from_slice(&garbled),
                Err(error) => {
                    return Err(Ungarbled {
                        before,
                        line,
                        error,
                    });
                }
            }
        }
        Ok(Cow::Owned(before))
    }

    fn garble_all(&self, piece: &[u8]) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        for chunk in piece.utf8_chunks() {
            let text = self
                .layers
                .iter()
                .try_fold(chunk.valid().to_owned(), |text, layer| garble(&text, layer))?;
            out.extend_from_slice(text.as_bytes());
            out.extend_from_slice(chunk.invalid());
        }
        Ok(out)
    }
}

/// A line that cannot be garbled so.
pub(crate) struct Ungarbled<'b> {
    /// What the lines before it have become.
    pub(crate) before: Vec<u8>,
    pub(crate) line: &'b [u8],
    pub(crate) error: Error,
}
