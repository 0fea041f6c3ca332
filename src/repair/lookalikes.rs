//! What is sound by its looks, or no garble of UTF-8, whatever a codec makes of it: letters that are listed in both cases, drawings, and Ukrainian in the wrong KOI8.
//!
//! Pairs of characters know none of them: to them they are wonders, and nearly any letter is cheaper.

use crate::codec::CodecSet;
use crate::repair::lattice::{Reading, Unit};

/// Whether all that was read of a text is such.
pub(super) fn are_lookalikes(text: &str, reading: &Reading) -> bool {
    let units = reading.units.as_slice();
    // In these a sequence begins with a letter of which the other case begins one too, and none has signs of boxes.
    if CodecSet::WESTERN.contains(reading.codec) && units.iter().all(|unit| unit.losses.is_empty())
    {
        return false;
    }
    let is_one = |at: usize| {
        let unit = units.get(at);
        unit.is_some_and(|unit| is_ukrainian(text, unit) || is_listed(text, unit, units, at))
    };
    !units.is_empty() && ((0..units.len()).all(is_one) || are_drawn(text, units))
}

/// Whether a letter stands beside itself in the other case, both together the garble, or one of them all of it: `Ëë Ïï`, as alphabets and patterns have them. What
/// stands beside it and is of a longer garble is no letter.
fn is_listed(text: &str, unit: &Unit, units: &[Unit], at: usize) -> bool {
    let (before, garble, after) = around(text, unit);
    // A space may have been taken for a lost byte.
    let mut chars = garble.chars().filter(|c| !c.is_ascii());
    match [chars.next(), chars.next(), chars.next()] {
        [Some(one), Some(other), None] => are_cases_of_one(one, other),
        [Some(one), None, None] => {
            let is_letter = |unit: Option<&Unit>, place: usize| {
                let is_longer = |unit: &&Unit| {
                    let garble = text.get(unit.start..unit.end);
                    (unit.start..=unit.end).contains(&place)
                        && garble.is_some_and(|garble| garble.chars().count() > 1)
                };
                unit.filter(is_longer).is_none()
            };
            let ahead = at.checked_sub(1).and_then(|ahead| units.get(ahead));
            let before = before.filter(|_| is_letter(ahead, unit.start));
            let after = after.filter(|_| is_letter(units.get(at + 1), unit.end));
            let mut beside = before.into_iter().chain(after);
            beside.any(|other| are_cases_of_one(one, other))
        }
        _ => false,
    }
}

/// Whether each is a letter beyond ASCII, and the other in another case.
fn are_cases_of_one(a: char, b: char) -> bool {
    a != b && !a.is_ascii() && !b.is_ascii() && a.to_lowercase().eq(b.to_lowercase())
}

/// Whether the garble is a Cyrillic letter and one that Ukrainian has besides, in a word of others, of a text in KOI8-U that was read as KOI8-R: `п╕дтримка`. UTF-8 that was read
/// so has few letters that look like that, most of them Western ones among ASCII.
fn is_ukrainian(text: &str, unit: &Unit) -> bool {
    // ╓ ╕ ╖ ╜, which are є і ї ґ.
    const BESIDES: [char; 4] = ['\u{2553}', '\u{2555}', '\u{2556}', '\u{255C}'];
    let is_cyrillic = |c: char| ('\u{400}'..'\u{460}').contains(&c);
    let (before, garble, after) = around(text, unit);
    let mut chars = garble.chars();
    match [chars.next(), chars.next(), chars.next()] {
        [Some(letter), Some(besides), None] => {
            let mut beside = before.into_iter().chain(after);
            is_cyrillic(letter) && BESIDES.contains(&besides) && beside.any(is_cyrillic)
        }
        _ => false,
    }
}

/// Whether the text is a drawing: without a letter, and what was read are signs that stand by themselves, beside no digit.
fn are_drawn(text: &str, units: &[Unit]) -> bool {
    let stands_alone = |unit: &Unit| {
        let (before, garble, after) = around(text, unit);
        let mut beside = before.into_iter().chain(after);
        garble.chars().all(is_sign) && !beside.any(char::is_alphanumeric)
    };
    let abut = |pair: &[Unit]| matches!(pair, [unit, next] if unit.end == next.start);
    units.iter().all(stands_alone)
        && !units.windows(2).any(abut)
        && !text.contains(char::is_alphabetic)
}

/// Whether the character is of a box, a block or another sign that code pages of DOS have in the place of letters.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2200}'..='\u{25FF}')
}

/// The garble of a unit, and the characters on either side.
fn around<'t>(text: &'t str, unit: &Unit) -> (Option<char>, &'t str, Option<char>) {
    let parts = text.split_at_checked(unit.end).and_then(|(from, behind)| {
        let (ahead, garble) = from.split_at_checked(unit.start)?;
        Some((ahead.chars().next_back(), garble, behind.chars().next()))
    });
    parts.unwrap_or((None, "", None))
}
