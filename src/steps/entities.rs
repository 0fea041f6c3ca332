//! HTML entities: names, numbers, and numbers that are surrogate pairs. Entities around a garble (`&acirc;&euro;&trade;`) lay it bare for the repair.
//!
//! Only what ends in a semicolon is one. What entities stand for can be part of another (`&amp;amp;`), as deep as somebody nested them: so they are resolved in what is written,
//! where each semicolon may complete the last one that was begun. Each is longer than what it stands for, so all of it takes no longer than the text is.

use std::borrow::Cow;

use super::rewrite::{Rewrite, Rewritten};
use crate::codec::{Codec, is_c1, utf8};
use crate::options::Entities;
use crate::tables::entities::ENTITIES;

/// The most bytes between `&` and `;`: as many as the longest name of HTML5 has, and no number needs.
const LONGEST: usize = 31;

/// The text with its entities resolved.
///
/// HTML has U+FFFD stand for what is no character, such as half a surrogate pair. Here that stays as it is, since it tells more. So do control characters, which no text has for its
/// own sake, and noncharacters.
pub(super) fn resolve(text: &str, entities: Entities) -> Option<Rewritten> {
    if entities == Entities::Auto && has_tag(text.as_bytes()) {
        return None;
    }
    let mut rewrite = Rewrite::new(text);
    for semicolon in memchr::memchr_iter(b';', text.as_bytes()) {
        rewrite.copy_to(semicolon);
        let mut entity = last(rewrite.written());
        while let Some((start, character)) = entity {
            rewrite.replace_back(start, semicolon + 1, &character);
            // It may stand for a semicolon, which completes another.
            entity = rewrite.written().strip_suffix(';').and_then(last);
        }
    }
    rewrite.finish()
}

/// Whether what begins with an ampersand looks like an entity.
pub(super) fn is_one(from_ampersand: &[u8]) -> bool {
    let behind = from_ampersand.get(1..).unwrap_or_default();
    let name = behind.get(..=LONGEST).unwrap_or(behind);
    let length = name.iter().take_while(|&&byte| is_of_name(byte)).count();
    length > 0 && behind.get(length) == Some(&b';')
}

/// Whether the text has a tag, a comment or the like: where it begins, HTML takes `<` for itself before these.
fn has_tag(text: &[u8]) -> bool {
    memchr::memchr_iter(b'<', text).any(|at| {
        let behind = text.get(at + 1..).unwrap_or_default();
        match behind {
            [b'!', b'-', b'-', ..] => true,
            [b'/' | b'!' | b'?', first, ..] | [first, ..] => first.is_ascii_alphabetic(),
            [] => false,
        }
    })
}

/// The entity that the text ends with, but for its semicolon: where it begins, and what it stands for.
fn last(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let (start, name) = last_name(text)?;
    let low = name.strip_prefix('#').and_then(number);
    if let Some(low @ 0xDC00..0xE000) = low {
        let (start, name) = last_name(text.get(..start)?.strip_suffix(';')?)?;
        let high = name.strip_prefix('#').and_then(number)?;
        return Some((start, Cow::Owned(utf8::pair(high, low)?.to_string())));
    }
    Some((start, character(name)?))
}

/// The name that the text ends with, and where the `&` before it stands.
fn last_name(text: &str) -> Option<(usize, &str)> {
    let name = text.bytes().rev().take(LONGEST + 1);
    let length = name.take_while(|&byte| is_of_name(byte)).count();
    let start = text.len().checked_sub(length + 1)?;
    let name = text.get(start..)?.strip_prefix('&')?;
    Some((start, name))
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'#'
}

fn character(name: &str) -> Option<Cow<'static, str>> {
    match name.strip_prefix('#') {
        Some(digits) => Some(Cow::Owned(numbered(number(digits)?)?.to_string())),
        None => named(name).map(Cow::Borrowed).or_else(|| capital(name)),
    }
}

fn named(name: &str) -> Option<&'static str> {
    let at = ENTITIES
        .binary_search_by_key(&name, |entity| entity.0)
        .ok()?;
    ENTITIES.get(at).map(|entity| entity.1)
}

/// Text that was put into capitals has its entities in capitals too.
fn capital(name: &str) -> Option<Cow<'static, str>> {
    let lower = name.to_ascii_lowercase();
    (name == name.to_ascii_uppercase())
        .then(|| named(&lower))?
        .map(|character| Cow::Owned(character.to_uppercase()))
}

fn number(digits: &str) -> Option<u32> {
    match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    }
}

fn numbered(code: u32) -> Option<char> {
    let c = char::from_u32(code)?;
    let is_noncharacter = code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code);
    if is_c1(c) {
        // So HTML has it.
        let c1252 = Codec::Windows1252.decode(u8::try_from(code).ok()?);
        return Some(c1252.unwrap_or(c));
    }
    let means_something = !c.is_control() || matches!(c, '\t' | '\n' | '\x0C' | '\r');
    (means_something && !is_noncharacter).then_some(c)
}
