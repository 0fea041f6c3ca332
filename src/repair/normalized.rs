//! What compatibility normalization makes of a garble: characters spelt out by others, such as the trade mark sign by two letters.
//!
//! Search indexes, and programs that prepare text for statistics, normalize by NFKC, whatever it is that they normalize. Of what Windows-1252 and ISO-8859-1 have above
//! ASCII, [`SPELLINGS`] change, all of them later bytes of sequences, so that the first byte always stays. U+00A0 becomes a space in more ways than this, and has a loss of its own.

use crate::tables::normalized::SPELLINGS;

/// The ligature of o and e. No normalization takes it apart; those who look for plain letters do, and the garble of the opening quote has one.
const LIGATURE: (char, &str) = ('\u{153}', "oe");

/// The first characters of all spellings, a bit each by their lower seven bits: this is asked at every place of a garble, and mostly enough.
const BEGINNINGS: u128 = beginnings();

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn beginnings() -> u128 {
    let mut bits = beginning(LIGATURE.1);
    let mut at = 0;
    while at < SPELLINGS.len() {
        bits |= beginning(SPELLINGS[at].1);
        at += 1;
    }
    bits
}

/// The bit of a spelling that begins with a character of one or two bytes: of both, the last byte has the lower bits.
#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn beginning(spelling: &str) -> u128 {
    let bytes = spelling.as_bytes();
    let low = match bytes[0] {
        0..0x80 => bytes[0],
        _ => bytes[0] << 6 & 0x40 | bytes[1] & 0x3F,
    };
    1 << low
}

/// Whether a spelling may begin with the character.
pub(crate) fn may_begin(c: char) -> bool {
    BEGINNINGS >> (u32::from(c) & 0x7F) & 1 != 0
}

/// The characters that may have been what a text begins with, each with the length of its spelling.
pub(crate) fn spelt_out(
    text: impl Iterator<Item = char> + Clone,
    in_punctuation: bool,
) -> impl Iterator<Item = (char, u8)> {
    let ligature = in_punctuation.then_some(&LIGATURE);
    let spellings = SPELLINGS.iter().chain(ligature);
    let first = text.clone().next();
    // Of nearly all, the first character is another.
    let spellings = spellings.filter(move |(_, spelling)| spelling.chars().next() == first);
    spellings.filter_map(move |&(c, spelling)| {
        let length = spelling.chars().count();
        let begins = text.clone().take(length).eq(spelling.chars());
        begins.then_some((c, length as u8))
    })
}

/// Whether no normalized text has the character.
pub(crate) fn survives(c: char) -> bool {
    // None is ASCII, and most of what is asked about is none of them by its lower bits.
    c == '\u{A0}' || SURVIVORS >> (u32::from(c) & 0x7F) & 1 != 0 && is_spelt_out(c)
}

fn is_spelt_out(c: char) -> bool {
    SPELLINGS.iter().any(|&(other, _)| other == c)
}

/// A bit for each character that has a spelling, by its lower seven bits.
const SURVIVORS: u128 = survivors();

#[allow(
    clippy::indexing_slicing,
    reason = "only the compiler runs it, and an index out of bounds would not compile"
)]
const fn survivors() -> u128 {
    let mut bits = 0;
    let mut at = 0;
    while at < SPELLINGS.len() {
        bits |= 1 << (SPELLINGS[at].0 as u32 & 0x7F);
        at += 1;
    }
    bits
}

/// Whether the two are part of a spelling that is nothing else: a space with an accent of its own, or a digit before the slash of a fraction.
pub(crate) fn tells(first: char, then: char) -> bool {
    match then {
        '\u{301}' | '\u{303}' | '\u{304}' | '\u{308}' | '\u{327}' => first == ' ',
        '\u{2044}' => matches!(first, '1' | '3'),
        _ => false,
    }
}
