//! JSON, as the library takes it.

use unmojibake::json::Stream;

use super::Parser;

impl Parser for Stream {
    fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        Stream::push(self, chunk, out).map_err(|error| error.to_string())
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        Stream::finish(self, out).map_err(|error| error.to_string())
    }

    fn edits(&self) -> u64 {
        Stream::edits(self)
    }

    fn complaints(&mut self) -> Vec<String> {
        self.bad_lines()
            .map(|error| format!("{error}; the line stays as it is"))
            .collect()
    }
}
