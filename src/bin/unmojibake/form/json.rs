//! JSON, as the library takes it.

use unmojibake::json::Stream;

use super::{Edit, Parser, Splice};

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

    fn found(&mut self) -> Vec<Edit> {
        let edit = |edit: unmojibake::json::Edit| Edit {
            splice: Some(Splice {
                range: edit.range.clone(),
                text: edit.written.into_bytes(),
            }),
            range: edit.range,
            before: edit.before,
            after: edit.after,
            layers: edit.layers,
            losses: edit.losses,
            steps: edit.steps,
        };
        Stream::found(self).map(edit).collect()
    }

    fn settled(&self) -> u64 {
        Stream::settled(self)
    }

    fn complaints(&mut self) -> Vec<String> {
        self.bad_lines()
            .map(|error| format!("{error}; the line stays as it is"))
            .collect()
    }
}
