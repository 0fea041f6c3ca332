//! A block of bytes on its way through.

use std::io::{self, Read};

/// How much is read at a time, in bytes. A pipe on Linux holds 64 KiB; files give as much as is asked for, and from here on bigger blocks are no faster. It is more than
/// a piece that is not complete can have (see [`unmojibake::complete_up_to`]), so there always is room to read the rest of one.
const SIZE: usize = 256 * 1024;

/// A buffer that is read into, and read into again when what it held is on its way.
pub(crate) struct Block {
    bytes: Vec<u8>,
    filled: usize,
}

impl Block {
    pub(crate) fn new() -> Block {
        Block {
            bytes: vec![0; SIZE],
            filled: 0,
        }
    }

    /// What has been read.
    pub(crate) fn text(&self) -> &[u8] {
        &self.bytes[..self.filled]
    }

    /// Reads more, as much as is there and has room, and tells how much that was.
    pub(crate) fn read(&mut self, source: &mut impl Read) -> io::Result<usize> {
        let length = source.read(&mut self.bytes[self.filled..])?;
        self.filled += length;
        Ok(length)
    }

    /// Moves all that is behind the first `length` bytes to the beginning of `other`.
    pub(crate) fn split_off(&mut self, length: usize, other: &mut Vec<u8>) {
        other.clear();
        other.extend_from_slice(&self.bytes[length..self.filled]);
        self.filled = length;
    }

    /// Begins with `bytes`, which were split off another block.
    pub(crate) fn begin(&mut self, bytes: &[u8]) {
        self.bytes[..bytes.len()].copy_from_slice(bytes);
        self.filled = bytes.len();
    }
}
