//! Getting past ASCII.

/// Bytes looked at by words before anything is set up for a long stretch: mostly the end is nearer.
const NEAR: usize = 8 * WORD;

/// Bytes in a stride of a long stretch.
const STRIDE: usize = 512;

const WORD: usize = size_of::<u128>();

/// The highest bit of each byte, set in what is not ASCII.
const HIGH: u128 = u128::from_le_bytes([0x80; WORD]);

/// How many bytes of ASCII the bytes begin with.
///
/// Two means, each where it is the faster: word by word finds the first byte that is not ASCII at once; `std` only tells whether there is one, at
/// several times that speed.
pub(crate) fn prefix(bytes: &[u8]) -> usize {
    let near = bytes.get(..NEAR).unwrap_or(bytes);
    let found = words(near);
    if found < NEAR {
        return found;
    }
    let strides = bytes.chunks(STRIDE).take_while(|stride| stride.is_ascii());
    let far = strides.map(<[u8]>::len).sum::<usize>();
    far + words(bytes.get(far..).unwrap_or_default())
}

fn words(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (word, at) in words.iter().zip(0..) {
        let high = u128::from_le_bytes(*word) & HIGH;
        if high != 0 {
            return at * WORD + (high.trailing_zeros() / 8) as usize;
        }
    }
    let ascii = rest.iter().take_while(|byte| byte.is_ascii());
    words.len() * WORD + ascii.count()
}
