//! What compatibility normalization makes of a garble: characters spelt out by others, such as the trade mark sign by two letters.
//!
//! Search indexes, and programs that prepare text for statistics, normalize by NFKC, whatever it is that they normalize. Of what Windows-1252 and ISO-8859-1 have above
//! ASCII, [`SPELLINGS`] change, all of them later bytes of sequences, so that the first byte always stays. U+00A0 becomes a space in more ways than this, and has a loss of its own.

use crate::tables::normalized::SPELLINGS;

/// The ligature of o and e. No normalization takes it apart; those who look for plain letters do, and the garble of the opening quote has one.
const LIGATURE: (char, &str) = ('\u{153}', "oe");

/// The characters that may have been what a text begins with, each with the length of its spelling.
pub(crate) fn spelt_out(
    text: impl Iterator<Item = char> + Clone,
    in_punctuation: bool,
) -> impl Iterator<Item = (char, u8)> {
    let ligature = in_punctuation.then_some(&LIGATURE);
    let spellings = SPELLINGS.iter().chain(ligature);
    spellings.filter_map(move |&(c, spelling)| {
        let length = spelling.chars().count();
        let begins = text.clone().take(length).eq(spelling.chars());
        begins.then_some((c, length as u8))
    })
}

/// Whether no normalized text has the character.
pub(crate) fn survives(c: char) -> bool {
    c == '\u{A0}' || SPELLINGS.iter().any(|&(other, _)| other == c)
}

/// Whether the two are part of a spelling that is nothing else: a space with an accent of its own, or a digit before the slash of a fraction.
pub(crate) fn tells(first: char, then: char) -> bool {
    match then {
        '\u{301}' | '\u{303}' | '\u{304}' | '\u{308}' | '\u{327}' => first == ' ',
        '\u{2044}' => matches!(first, '1' | '3'),
        _ => false,
    }
}
