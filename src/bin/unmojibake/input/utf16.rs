//! UTF-16 whose surrogates are not all in pairs, as file names of Windows and strings of JavaScript may be.
//!
//! A lone surrogate is no character, and no UTF-8 stands for it. While the text is worked on, it is the three bytes that UTF-8 would have for it: no more than bytes that are not UTF-8,
//! which stay as they are, and across which nothing is read.

/// The bytes that stand for a surrogate.
pub(super) fn stand_in(surrogate: u16) -> [u8; 3] {
    let [high, low] = surrogate.to_be_bytes();
    [
        0xE0 | high >> 4,
        0x80 | (high & 0xF) << 2 | low >> 6,
        0x80 | low & 0x3F,
    ]
}

/// Text, with such bytes, as UTF-16; or where other bytes are in it.
pub(super) fn encode(text: &[u8], to_bytes: fn(u16) -> [u8; 2]) -> Result<Vec<u8>, usize> {
    let mut out = Vec::with_capacity(2 * text.len());
    let mut rest = text;
    loop {
        let (valid, behind) = match str::from_utf8(rest) {
            Ok(valid) => (valid, None),
            Err(error) => {
                let (valid, behind) = rest.split_at(error.valid_up_to());
                (str::from_utf8(valid).unwrap_or_default(), Some(behind))
            }
        };
        out.extend(valid.encode_utf16().flat_map(to_bytes));
        rest = match behind {
            None => return Ok(out),
            Some(
                &[
                    0xED,
                    second @ 0xA0..=0xBF,
                    third @ 0x80..=0xBF,
                    ref rest @ ..,
                ],
            ) => {
                let unit = 0xD000 | u16::from(second & 0x3F) << 6 | u16::from(third & 0x3F);
                out.extend(to_bytes(unit));
                rest
            }
            Some(behind) => return Err(text.len() - behind.len()),
        };
    }
}
