//! Getting past ASCII.

/// Bytes looked at by words before anything is set up for a long stretch: mostly the end is nearer.
const NEAR: usize = 32 * WORD;

/// Bytes in a stride of a long stretch.
const STRIDE: usize = 512;

const WORD: usize = size_of::<u128>();

/// The highest bit of each byte, set in what is not ASCII.
const HIGH: u128 = u128::from_le_bytes([0x80; WORD]);

/// Bytes of which the compiler makes one mask of their highest bits.
const BLOCK: usize = 2 * WORD;

/// How many bytes of ASCII the bytes begin with.
///
/// Three means, each where it is the fastest: a word tells where the first byte is that is not ASCII, and a block whether there is one; `std` does no more
/// for a stride, at several times that speed.
#[inline]
pub(crate) fn prefix(bytes: &[u8]) -> usize {
    let near = bytes.get(..NEAR).unwrap_or(bytes);
    let found = blocks(near);
    if found < NEAR {
        return found;
    }
    far(bytes)
}

/// The same for what begins with a long stretch.
#[inline(never)]
fn far(bytes: &[u8]) -> usize {
    let strides = bytes.chunks(STRIDE).take_while(|stride| stride.is_ascii());
    let far = strides.map(<[u8]>::len).sum::<usize>();
    far + blocks(bytes.get(far..).unwrap_or_default())
}

fn blocks(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let mut passed = 0;
    for block in blocks {
        // To count, and not to stop at the first that is none, is what makes it one mask.
        let ascii: u8 = block.iter().map(|byte| u8::from(byte.is_ascii())).sum();
        if usize::from(ascii) < BLOCK {
            return passed + words(block);
        }
        passed += BLOCK;
    }
    passed + words(rest)
}

#[inline]
fn words(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    let mut passed = 0;
    for word in words {
        let high = u128::from_le_bytes(*word) & HIGH;
        if high != 0 {
            return passed + (high.trailing_zeros() / 8) as usize;
        }
        passed += WORD;
    }
    let ascii = rest.iter().take_while(|byte| byte.is_ascii());
    passed + ascii.count()
}
