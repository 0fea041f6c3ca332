//! Where text may be cut without changing the answer.
//!
//! A segment is a line with its line end, or, where a line runs on past [`MAX`] bytes, a stretch of it. What comes out of a segment depends on
//! that segment alone, so whole text, streams of any chunking and parts handed to other cores or machines agree by construction:
//! all of them cut by [`end`], which looks at nothing outside the segment.

use crate::codec::row;
use crate::model::Class;
use crate::steps::is_boundary;

/// The most bytes in a segment. It bounds a stream's memory, and the work done on hostile input.
pub(crate) const MAX: usize = 64 * 1024;

/// How far back from [`MAX`] a good place is looked for.
const SLACK: usize = MAX / 4;

/// How far back it is looked for where there is no ASCII: a garble has a first byte in every few characters, and text that has none here is no garble.
const SLACK_IN_GARBLES: usize = 1024;

/// The length in bytes of the segment at the start of `bytes`, or `None` if more bytes are needed to tell.
pub(crate) fn end(bytes: &[u8]) -> Option<usize> {
    let reach = bytes.get(..MAX).unwrap_or(bytes);
    if let Some(at) = find_newline(reach) {
        return Some(at + 1);
    }
    (bytes.len() >= MAX).then(|| cut(reach))
}

/// Up to where bytes can be repaired without those that come after them.
///
/// That is the end of their last line, or, where 64 KiB or more stand behind it, of the last stretch that a line of that length is worked on in. What is
/// left, the beginning of a line or stretch, is always less than 64 KiB. The bytes must begin a text, or come right behind what was complete.
///
/// For those who have buffers, threads or machines of their own to spread a text over: cut here, what the parts become by themselves is what
/// the whole becomes. At the end of the text, what is left is complete too.
///
/// ```
/// use unmojibake::{complete_up_to, repair_bytes};
///
/// let text = "one caf\u{C3}\u{A9}\ntwo caf\u{C3}\u{A9}s".as_bytes();
/// let (lines, begun) = text.split_at(complete_up_to(text));
/// assert_eq!(begun, "two caf\u{C3}\u{A9}s".as_bytes());
/// assert_eq!([repair_bytes(lines), repair_bytes(begun)].concat(), *repair_bytes(text));
/// ```
#[must_use]
pub fn complete_up_to(bytes: &[u8]) -> usize {
    let mut complete = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    while let Some(length) = bytes.get(complete..).and_then(end) {
        complete += length;
    }
    complete
}

/// A line that runs on is cut, as near to `MAX` as may be, between two letters or digits of ASCII, which no garble spans; else between
/// any two bytes of ASCII, else behind one; else before a character that begins garbles rather than goes on with them, in single-byte codecs or else in multi-byte ones; else between two characters,
/// and all of these where no normalization joins what stands there; else between any two characters; else, in bytes that are no text, anywhere.
fn cut(reach: &[u8]) -> usize {
    let places = |slack: usize| (reach.len().saturating_sub(slack)..reach.len()).rev();
    let last = |slack: usize, good: fn(u8, u8) -> bool| {
        places(slack)
            .zip(reach.windows(2).rev())
            .find(|(_, pair)| matches!(pair, [a, b] if good(*a, *b)))
            .map(|(at, _)| at)
    };
    let last_char = |good: fn(char) -> bool| {
        places(SLACK_IN_GARBLES).find(|&at| {
            let rest = reach.get(at..).unwrap_or_default();
            starts_char(rest) && first_char(rest).is_some_and(|c| good(c) && is_boundary(c))
        })
    };
    let begins_apart = |at: &usize| {
        reach
            .get(*at..)
            .and_then(first_char)
            .is_some_and(is_boundary)
    };
    let ascii = || {
        last(SLACK, |a, b| {
            a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()
        })
        .or_else(|| last(SLACK, |a, b| a.is_ascii() && b.is_ascii()))
        .or_else(|| last(SLACK, |a, _| a.is_ascii()).filter(begins_apart))
    };
    let starts = |at: &usize| reach.get(*at..).is_some_and(starts_char);
    let slack = reach.get(reach.len().saturating_sub(SLACK)..);
    slack
        .filter(|slack| has_ascii(slack))
        .and_then(|_| ascii())
        .or_else(|| last_char(begins_garbles))
        .or_else(|| last_char(|c| Class::of(c).is_opening()))
        .or_else(|| places(SLACK).find(|at| starts(at) && begins_apart(at)))
        .or_else(|| places(SLACK).find(starts))
        .unwrap_or(reach.len())
}

/// Whether any of the bytes is ASCII. Asked of many at a time, since what is cut here is long.
fn has_ascii(bytes: &[u8]) -> bool {
    let high = |chunk: &[u8]| chunk.iter().fold(0x80, |all, byte| all & byte) != 0;
    !bytes.chunks(64).all(high)
}

/// Whether the bytes do not begin within a character.
fn starts_char(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| byte & 0xC0 != 0x80)
}

/// Whether more codecs have the character as the first byte of a sequence than as a later one.
fn begins_garbles(c: char) -> bool {
    let row = row(c);
    row.leads().count_ones() > row.cont.count_ones()
}

fn first_char(bytes: &[u8]) -> Option<char> {
    bytes
        .get(..4)
        .unwrap_or(bytes)
        .utf8_chunks()
        .next()?
        .valid()
        .chars()
        .next()
}

/// The place of the first line feed.
fn find_newline(bytes: &[u8]) -> Option<usize> {
    memchr::memchr(b'\n', bytes)
}
