//! A block of bytes on its way through.

use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;

use unmojibake::{ByteEdit, Repairer};

use super::Origin;
use super::coding::{Coding, Unheld};

/// How much is read at a time, in bytes. A pipe on Linux holds 64 KiB; files give as much as is asked for, and from here on bigger blocks are no faster. It is more than
/// a piece that is not complete can have (see [`unmojibake::complete_up_to`]), so there always is room to read the rest of one.
const SIZE: usize = 256 * 1024;

/// A buffer that is read into, and read into again when what it held is on its way.
pub(crate) struct Block {
    bytes: Vec<u8>,
    filled: usize,
    /// What of it may be repaired, in order. Each part begins where a line does, or a stretch of a long one.
    open: Vec<Range<usize>>,
    /// How what becomes of it is to be written.
    coding: Coding,
    /// What it is a part of, where several texts are read one behind the other.
    origin: Option<Origin>,
}

impl Block {
    pub(crate) fn new() -> Block {
        Block {
            bytes: vec![0; SIZE],
            filled: 0,
            open: Vec::new(),
            coding: Coding::default(),
            origin: None,
        }
    }

    pub(crate) fn coding(&self) -> Coding {
        self.coding
    }

    /// What the block has become, as it is to be written.
    pub(crate) fn encode<'t>(&self, text: Cow<'t, [u8]>) -> Result<Cow<'t, [u8]>, Unheld> {
        self.coding.encode(text)
    }

    pub(crate) fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    pub(super) fn set_origin(&mut self, origin: Origin) {
        self.origin = Some(origin);
    }

    pub(crate) fn set_coding(&mut self, coding: Coding) {
        self.coding = coding;
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

    /// Lets these parts be repaired, and no others.
    pub(crate) fn open(&mut self, parts: Vec<Range<usize>>) {
        self.open = parts;
    }

    /// Where the first byte is that may be repaired and is not UTF-8.
    pub(crate) fn first_invalid(&self) -> Option<usize> {
        self.open.iter().find_map(|part| {
            let error = std::str::from_utf8(&self.bytes[part.clone()]).err()?;
            Some(part.start + error.valid_up_to())
        })
    }

    /// Forgets all that is behind the first `length` bytes.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.filled = length;
        self.open.retain_mut(|part| {
            part.end = part.end.min(length);
            part.start < part.end
        });
    }

    /// What becomes of it.
    pub(crate) fn repair(&self, repairer: &Repairer) -> Cow<'_, [u8]> {
        self.rewrite(|bytes| repairer.repair_bytes(bytes))
    }

    /// What becomes of it if its parts are written anew.
    pub(crate) fn rewrite(&self, part_anew: impl Fn(&[u8]) -> Cow<'_, [u8]>) -> Cow<'_, [u8]> {
        if let [part] = &self.open[..]
            && part.len() == self.filled
        {
            return part_anew(self.text());
        }
        let (mut out, mut copied) = (Vec::new(), 0);
        for part in &self.open {
            if let Cow::Owned(anew) = part_anew(&self.bytes[part.clone()]) {
                out.extend_from_slice(&self.bytes[copied..part.start]);
                out.extend_from_slice(&anew);
                copied = part.end;
            }
        }
        if copied == 0 {
            return Cow::Borrowed(self.text());
        }
        out.extend_from_slice(&self.bytes[copied..self.filled]);
        Cow::Owned(out)
    }

    /// The edits that make it so. Their ranges are within the block.
    pub(crate) fn edits(&self, repairer: &Repairer) -> impl Iterator<Item = ByteEdit<'_>> {
        self.open.iter().flat_map(|part| {
            let edits = repairer.find_bytes(&self.bytes[part.clone()]);
            edits.map(|mut edit| {
                edit.range = part.start + edit.range.start..part.start + edit.range.end;
                edit
            })
        })
    }
}
