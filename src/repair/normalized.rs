//! What compatibility normalization makes of a garble: characters spelt out by others, such as the trade mark sign by two letters.
//!
//! Search indexes, and programs that prepare text for statistics, normalize by NFKC, whatever it is that they normalize. Of what Windows-1252 and ISO-8859-1 have above
//! ASCII, [`SPELLINGS`] change, all of them later bytes of sequences, so that the first byte always stays. U+00A0 becomes a space in more ways than this, and has a loss of its own.

use crate::tables::normalized::SPELLINGS;

/// No normalization takes ligatures apart. Those who look for plain letters do, and the opening quote has one in its garble.
const LIGATURES: [(char, &str); 2] = [
    // œ Œ
    ('\u{153}', "oe"),
    ('\u{152}', "OE"),
];

/// The characters that may have been what a text begins with, each with the length of its spelling.
pub(crate) fn spelt_out(
    text: impl Iterator<Item = char> + Clone,
) -> impl Iterator<Item = (char, u8)> {
    let spellings = SPELLINGS.iter().chain(&LIGATURES);
    spellings.filter_map(move |&(c, spelling)| {
        let begins = text.clone().take(spelling.chars().count());
        begins
            .eq(spelling.chars())
            .then_some((c, spelling.chars().count() as u8))
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
