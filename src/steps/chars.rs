//! Steps that look at one character at a time: control characters, byte order marks, C1 controls, ligatures, widths, quotes.

use unicode_normalization::UnicodeNormalization;

use super::rewrite::{Rewrite, Rewritten};
use crate::ascii;
use crate::codec::{Codec, is_c1};

/// Controls that mean nothing in text: those of ASCII but tab, line feed, form feed and carriage return; and the characters that Unicode has for interlinear annotation and
/// embedded objects, and for the shaping of Arabic, which it deprecates.
pub(super) const fn is_control(c: char) -> bool {
    match c {
        '\t' | '\n' | '\x0C' | '\r' => false,
        '\0'..=' ' => c != ' ',
        '\x7F' | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFC}' => true,
        _ => false,
    }
}

/// The byte order mark. Within text it stands where files were joined; as a space of no width it has been out of use since Unicode 3.2.
pub(super) const fn is_bom(c: char) -> bool {
    c == '\u{FEFF}'
}

/// What Windows-1252 has in the place of a C1 control.
pub(super) fn c1(c: char) -> Option<char> {
    if !is_c1(c) {
        return None;
    }
    Codec::Windows1252.decode(u8::try_from(c).ok()?)
}

/// Latin letters that stand for two or three others: the digraphs of Dutch, Afrikaans, Croatian and Serbian, and the ligatures of typesetters.
pub(super) const fn is_ligature(c: char) -> bool {
    matches!(c, '\u{132}' | '\u{133}' | '\u{149}' | '\u{1C4}'..='\u{1CC}' | '\u{1F1}'..='\u{1F3}' | '\u{FB00}'..='\u{FB06}')
}

/// Characters in another width than their own: the ideographic space, and the block of half-width and full-width forms.
pub(super) const fn is_of_other_width(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{FF01}'..='\u{FFEE}')
}

/// The straight quote for a typographic one. Angle quotes have none.
pub(super) const fn straight_quote(c: char) -> Option<char> {
    match c {
        '\u{2BC}' | '\u{2018}'..='\u{201B}' => Some('\''),
        '\u{201C}'..='\u{201F}' => Some('"'),
        _ => None,
    }
}

/// The text without such characters.
pub(super) fn remove(text: &str, is_unwanted: fn(char) -> bool) -> Option<Rewritten> {
    let mut rewrite = Rewrite::new(text);
    for (at, c) in text.char_indices().filter(|(_, c)| is_unwanted(*c)) {
        rewrite.replace(at..at + c.len_utf8(), "");
    }
    rewrite.finish()
}

/// The first bytes of C1 controls, and of the quotes that are not straight. Only two at a time are found quickly.
pub(super) const C1: [u8; 2] = [0xC2; 2];
pub(super) const QUOTES: [u8; 2] = [0xE2, 0xCA];

/// The text with characters replaced by others. All that are begin with one of these bytes.
pub(super) fn replace(
    text: &str,
    [first, second]: [u8; 2],
    other: impl Fn(char) -> Option<char>,
) -> Option<Rewritten> {
    let mut rewrite = Rewrite::new(text);
    for at in memchr::memchr2_iter(first, second, text.as_bytes()) {
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        let other = |c| Some((c, other(c)?));
        if let Some((c, other)) = c.and_then(other) {
            rewrite.replace(at..at + c.len_utf8(), other.encode_utf8(&mut [0; 4]));
        }
    }
    rewrite.finish()
}

/// The text with such characters replaced by what Unicode says they are compatible with. None of them is ASCII.
pub(super) fn replace_compatible(text: &str, is_one: fn(char) -> bool) -> Option<Rewritten> {
    let mut rewrite = Rewrite::new(text);
    for (at, c) in beyond_ascii(text).filter(|(_, c)| is_one(*c)) {
        let compatible: String = std::iter::once(c).nfkc().collect();
        if !compatible.starts_with(c) {
            rewrite.replace(at..at + c.len_utf8(), &compatible);
        }
    }
    rewrite.finish()
}

/// The characters that are not ASCII, and where they stand.
fn beyond_ascii(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += ascii::prefix(text.as_bytes().get(at..)?);
        let (place, c) = (at, text.get(at..)?.chars().next()?);
        at += c.len_utf8();
        Some((place, c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell_what_is_replaced() {
        let begins = |c: char, bytes: [u8; 2]| bytes.contains(&c.to_string().as_bytes()[0]);
        for c in '\0'..=char::MAX {
            assert!(c1(c).is_none() || begins(c, C1), "{c:?}");
            assert!(straight_quote(c).is_none() || begins(c, QUOTES), "{c:?}");
        }
    }
}
