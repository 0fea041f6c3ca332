//! Steps that look at one character at a time: control characters, byte order marks, C1 controls, ligatures, widths, quotes.

use unicode_normalization::UnicodeNormalization;

use super::rewrite::{Rewrite, Rewritten};
use super::triggers::Sought;
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

/// The text with such characters replaced by others.
pub(super) fn replace<'s>(
    mut rewrite: Rewrite<'_>,
    sought: impl Iterator<Item = &'s Sought>,
    other: impl Fn(char) -> Option<char>,
) -> Option<Rewritten> {
    for &Sought { place, c, .. } in sought {
        if let Some(other) = other(c) {
            rewrite.replace(place..place + c.len_utf8(), other.encode_utf8(&mut [0; 4]));
        }
    }
    rewrite.finish()
}

/// The text with such characters replaced by what Unicode says they are compatible with.
pub(super) fn replace_compatible<'s>(
    mut rewrite: Rewrite<'_>,
    sought: impl Iterator<Item = &'s Sought>,
) -> Option<Rewritten> {
    for &Sought { place, c, .. } in sought {
        let range = place..place + c.len_utf8();
        if let Some(ascii) = ascii_of_full_width(c) {
            rewrite.replace(range, ascii.encode_utf8(&mut [0; 4]));
            continue;
        }
        let compatible: String = std::iter::once(c).nfkc().collect();
        if !compatible.starts_with(c) {
            rewrite.replace(range, &compatible);
        }
    }
    rewrite.finish()
}

/// What most of them are compatible with: the ideographic space and full-width ASCII. To ask about all takes long.
fn ascii_of_full_width(c: char) -> Option<char> {
    const FROM_ASCII: u32 = 0xFEE0;
    match c {
        '\u{3000}' => Some(' '),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - FROM_ASCII),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_is_as_unicode_has_it() {
        for c in ('\0'..=char::MAX).filter(|c| is_of_other_width(*c)) {
            if let Some(ascii) = ascii_of_full_width(c) {
                assert!(std::iter::once(c).nfkc().eq([ascii]), "{c:?}");
            }
        }
    }
}
