//! Where in a text something stands, as people and programs are told.

/// A place between two characters of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// How many bytes are before it.
    pub(crate) offset: u64,
    /// The number of its line, from 1.
    pub(crate) line: u64,
    /// The number of the character behind it in that line, from 1. A malformed sequence of bytes counts as one, as it is shown; a byte order mark is none.
    pub(crate) column: u64,
}

impl Place {
    pub(crate) const START: Place = Place {
        offset: 0,
        line: 1,
        column: 1,
    };

    /// Goes on past these bytes.
    pub(crate) fn pass(&mut self, bytes: &[u8]) {
        let at_start = self.offset == 0;
        self.offset += bytes.len() as u64;
        let last_line = match memchr::memrchr(b'\n', bytes) {
            Some(end) => {
                self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
                self.column = 1;
                &bytes[end + 1..]
            }
            None if at_start => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
            None => bytes,
        };
        self.column += characters(last_line);
    }
}

fn characters(bytes: &[u8]) -> u64 {
    let count = |chunk: std::str::Utf8Chunk<'_>| {
        chunk.valid().chars().count() + usize::from(!chunk.invalid().is_empty())
    };
    bytes.utf8_chunks().map(count).sum::<usize>() as u64
}
