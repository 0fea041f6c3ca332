//! Getting past ASCII.

use encoding_rs::Encoding;

/// Bytes in a stride. Short of it, the end is most likely near, and finding it at once is quicker than asking about strides.
const STRIDE: usize = 128;

/// How many bytes of ASCII the bytes begin with.
///
/// Two means, each where it is the faster: `encoding_rs` finds the first byte that is not ASCII at some 10 GB/s; `std` only tells whether there is one, at
/// several times that speed.
pub(crate) fn prefix(bytes: &[u8]) -> usize {
    let near = bytes.get(..STRIDE).unwrap_or(bytes);
    let found = Encoding::ascii_valid_up_to(near);
    if found < STRIDE {
        return found;
    }
    let strides = bytes
        .chunks(4 * STRIDE)
        .take_while(|stride| stride.is_ascii());
    let far = strides.map(<[u8]>::len).sum::<usize>();
    far + Encoding::ascii_valid_up_to(bytes.get(far..).unwrap_or_default())
}
