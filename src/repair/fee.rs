//! The entry fee: by how much a reading has to be cheaper than what stands there.
//!
//! Ties keep what stands, and so does what is nearly a tie. How near depends on what the sums over pairs of characters cannot see: they do not know what else
//! is in the line, nor tell what is rare from what never is. Each weight was tuned against false repairs in clean text of some five hundred languages, and
//! against what comes back of garbled text; lower fees bring more back, and spoil more.

use crate::codec::Codec;
use crate::model::{Cost, nats};
use crate::options::Caution;
use crate::repair::best_fit;
use crate::repair::lattice::Unit;
use crate::repair::loss::Losses;

/// The entry fee of a layer, once a segment: how much less a reading must cost than the text as it stands.
pub(crate) const LEAD: Cost = nats(8.0);

/// How much more a short garble by itself needs: there is next to nothing to weigh it by.
const ALONE: Cost = nats(3.5);

/// How much more where that is all mathematical signs and Greek, such as the root of pi, or the corner of a box.
const FORMULA: Cost = nats(5.0);

/// What is called a loss and leaves something of each byte there.
const WHOLE: Losses = Losses::C1
    .union(Losses::RECASED)
    .union(Losses::NORMALIZED)
    .union(Losses::BEST_FIT);

/// How much more is needed where each of the garbles has lost bytes.
const ONLY_LOST: Cost = nats(2.5);

/// How much more for each that ends in a question mark which may be one.
const ASKED: Cost = nats(6.0);

/// How much more where capitals are all that is left of the garbles: letters of lists and of formulas.
const CAPITALS: Cost = nats(5.0);

/// How much more where each garble stands behind a capital, and not within a word: words in capitals end in all sorts of letters, and signs and footnote marks stand behind them.
const SHOUTED: Cost = nats(3.0);

/// How much more in codecs whose bytes from A0 on are nothing but letters: two capitals of one word may be a garble by them.
const ALL_LETTERS: Cost = nats(2.0);

/// How much more where each garble begins with a plus sign and is not well within a word: keys are pressed together, and terms are added.
const ADDED: Cost = nats(40.0);

/// How much less where marks of lost bytes stand side by side within a word.
const MARKED: Cost = nats(3.0);

/// How much less where a capital right behind a small letter begins a garble: the costs of pairs end where the training text does not tell rare from
/// impossible, and this is about the rarest of all.
const MID_WORD: Cost = nats(4.0);

/// How much less where one begins as the second capital of a word that goes on in small letters.
const SECOND: Cost = nats(2.5);

/// How much more for what is read here and there among other letters.
const ISLANDS: Cost = nats(12.0);

/// How much less where one begins with a sign that is no sign there: roots are taken of numbers and formulas, and lines are drawn on, so neither has a letter or a sign of Latin-1 behind it.
const MISPLACED: Cost = nats(5.0);

/// How much less where the garbles are of another script than all the rest: pairs do not see beyond the word.
const FOREIGN: Cost = nats(7.0);

/// How much less where one is a Greek letter within a name of ASCII, such as that of a gene: pairs take two scripts in one word for an error, and the sign that it is a garble of, behind
/// a capital, for a footnote mark, which has no letter or digit behind it.
const GREEK: Cost = nats(6.0);

/// How much less for a layer below another: what was garbled once may well have been so before.
const BELOW: Cost = nats(8.0);

/// How much more is needed by those who are cautious, and how much less by those who are bold.
const CAUTIOUS: Cost = nats(6.0);
const BOLD: Cost = nats(4.0);

/// Which layer a fee is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry {
    /// The uppermost, which takes as much evidence as the caller's caution wants.
    Upper(Caution),
    /// One below another.
    Below,
}

impl Entry {
    /// No fee of a reading without losses is more.
    pub(crate) fn most(self) -> Cost {
        MOST + self.weight()
    }

    /// What it adds to the fee.
    fn weight(self) -> Cost {
        match self {
            Entry::Upper(Caution::Cautious) => CAUTIOUS,
            Entry::Upper(Caution::Normal) => 0,
            Entry::Upper(Caution::Bold) => -BOLD,
            Entry::Below => -BELOW,
        }
    }
}

/// What a reading by the codec has to be better than one by a codec that more text is misread as. It weighs against other readings only, and not against the text as
/// it stands.
pub(crate) fn rarity(codec: Codec) -> Cost {
    match codec {
        Codec::Windows1252 | Codec::Iso8859_1 => nats(0.0),
        Codec::Windows1250
        | Codec::Windows1251
        | Codec::Windows1253
        | Codec::Windows1254
        | Codec::Windows1255
        | Codec::Windows1256
        | Codec::Windows1257
        | Codec::Windows1258
        | Codec::Windows874 => nats(1.0),
        // What it has in other places than ISO-8859-1 are letters that Windows-1252 has in others still, so that many a garble is one in both.
        Codec::Iso8859_15 => nats(4.0),
        // It makes marks that belong above and below letters of what Windows-1252 makes the letters of Western Europe of.
        Codec::Macintosh => nats(3.0),
        _ => nats(2.0),
    }
}

/// No fee of a reading without losses is more, but for what the entry adds: what is alone stands behind no capital.
const MOST: Cost = LEAD + ALONE + FORMULA + ALL_LETTERS;

/// No fee of a reading without losses, of these units of a text, is more: what takes a look at all of the text only makes it less.
pub(crate) fn most(text: &str, codec: Codec, units: &[Unit], entry: Entry) -> Cost {
    let only = match units {
        [unit] => Some(unit),
        _ => None,
    };
    let alone = only.filter(|unit| is_alone(text, unit));
    sum([
        (LEAD, true),
        (SHOUTED, alone.is_none()),
        (ALONE, alone.is_some()),
        (FORMULA, alone.is_some_and(|unit| is_formula(text, unit))),
        (ALL_LETTERS, is_all_letters(codec)),
        (entry.weight(), true),
    ])
}

/// No fee of a reading of these units of a text is more, whatever they lost: what takes a look at all of the text only makes it less.
pub(crate) fn most_of_lossy(text: &str, units: &[Unit], entry: Entry) -> Cost {
    let only_lost = are_only_lost(units);
    let quoted = units
        .iter()
        .filter(|unit| unit.losses == Losses::C1)
        .count();
    let first = units.first().and_then(|unit| text.get(unit.start..));
    sum([
        (entry.most() + SHOUTED, true),
        (ONLY_LOST + CAPITALS, only_lost),
        (ASKED * units.len() as Cost, only_lost),
        (ALONE * quoted as Cost, true),
        (ADDED, first.is_some_and(|first| first.starts_with('+'))),
    ])
}

/// Whether each of the garbles has lost bytes.
fn are_only_lost(units: &[Unit]) -> bool {
    let mut losses = units.iter().map(|unit| unit.losses);
    losses.all(|losses| !losses.without(WHOLE).is_empty())
}

/// No fee is less.
pub(crate) const LEAST: Cost = nats(2.0);

/// No fee is less for a reading of a text with these characters, be it all of them or those that are not ASCII, each with the one before it.
pub(crate) fn least(chars: impl Iterator<Item = char>, entry: Entry) -> Cost {
    let (mut mid_word, mut second, mut marked, mut foreign) = (false, false, false, false);
    let (mut misplaced, mut greek) = (false, false);
    let mut before = '\n';
    for c in chars {
        second |= c.is_uppercase() && before.is_uppercase();
        marked |= (before, c) == ('?', '?');
        mid_word |= c.is_uppercase() && before.is_lowercase();
        foreign |= is_of_other_script(c);
        misplaced |= are_misplaced(before, c);
        greek |= begins_greek(before) && !c.is_ascii();
        before = c;
    }
    sum([
        (LEAD, true),
        (-MID_WORD, mid_word),
        (-MARKED, marked),
        (-SECOND, second),
        (-MISPLACED, misplaced),
        (-FOREIGN, foreign),
        (-GREEK, greek),
        (entry.weight(), true),
    ])
}

/// The weights that apply, and never less than [`LEAST`].
fn sum<const N: usize>(weights: [(Cost, bool); N]) -> Cost {
    let applying = weights.into_iter().filter(|(_, applies)| *applies);
    applying.map(|(weight, _)| weight).sum::<Cost>().max(LEAST)
}

/// The fee of a reading of the text with these units.
pub(crate) fn fee(text: &str, codec: Codec, units: &[Unit], entry: Entry) -> Cost {
    let only_lost = are_only_lost(units);
    let count = |is: fn(&str, &Unit) -> bool| units.iter().filter(|unit| is(text, unit)).count();
    let asked = if only_lost { count(may_ask) } else { 0 };
    let quoted = count(is_quoted);
    let mut ranges = units.iter().filter(|unit| !unit.joined);
    let only = ranges.next().filter(|_| ranges.next().is_none());
    let alone = only.filter(|unit| is_alone(text, unit));
    let mid_word = units.iter().any(|unit| is_mid_word_capital(text, unit));
    let capitals = only_lost && !mid_word && units.iter().all(|unit| is_capital(text, unit));
    sum([
        (LEAD, true),
        (ONLY_LOST, only_lost),
        (ASKED * asked as Cost, only_lost),
        (ALONE * quoted as Cost, units.len() > 1),
        (CAPITALS, capitals),
        (SHOUTED, units.iter().all(|unit| is_shouted(text, unit))),
        (ADDED, units.iter().all(|unit| is_added(text, unit))),
        (ALONE, alone.is_some()),
        (FORMULA, alone.is_some_and(|unit| is_formula(text, unit))),
        (ALL_LETTERS, is_all_letters(codec)),
        (-MID_WORD, mid_word),
        (-MARKED, units.iter().any(|unit| is_marked(text, unit))),
        (-SECOND, units.iter().any(|unit| is_second(text, unit))),
        (-MISPLACED, has_misplaced(text, units)),
        (ISLANDS, are_islands(text, units)),
        (-FOREIGN, is_foreign(text, units)),
        (-GREEK, units.iter().any(|unit| is_greek(text, unit))),
        (entry.weight(), true),
    ])
}

/// Whether more of what stands right beside the garbles stays as it is than is read, all of it letters and signs that code pages of the West have: so it is in text of another
/// codec that never was UTF-8, where some of it is by chance.
fn are_islands(text: &str, units: &[Unit]) -> bool {
    let mut units = units.iter().peekable();
    let (mut land, mut sea) = (0, 0);
    // The same of the stretch at hand, and whether anything is read in it.
    let (mut water, mut has_land) = (0, false);
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        while units.next_if(|unit| unit.end <= at).is_some() {}
        if c.is_ascii() {
            sea += if has_land { water } else { 0 };
            (water, has_land) = (0, false);
        } else if units.peek().is_some_and(|unit| unit.start <= at) {
            land += 1;
            has_land = true;
        } else {
            water += usize::from(('\u{A1}'..='\u{17F}').contains(&c));
        }
    }
    sea > land
}

/// Whether the codec has letters wherever it has anything but controls.
fn is_all_letters(codec: Codec) -> bool {
    matches!(codec, Codec::Iso8859_5)
}

/// Whether the garbles have letters of scripts that the rest of the text has none of, and lost nothing, and it and what they were is Latin.
fn is_foreign(text: &str, units: &[Unit]) -> bool {
    let mut at = 0;
    let mut latin = false;
    for unit in units {
        let between = text.get(at..unit.start).unwrap_or_default();
        let garble = text.get(unit.start..unit.end).unwrap_or_default();
        let known =
            unit.losses.is_empty() && (unit.joined || garble.chars().any(is_of_other_script));
        if !known || !is_latin(unit.c) || between.chars().any(is_of_other_script) {
            return false;
        }
        latin |= between.contains(|c: char| c.is_ascii_alphabetic());
        at = unit.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    latin |= rest.contains(|c: char| c.is_ascii_alphabetic());
    latin && !rest.chars().any(is_of_other_script)
}

/// Whether the garble is a small Greek letter that lost nothing, with letters or digits of ASCII on either side.
fn is_greek(text: &str, unit: &Unit) -> bool {
    let ends = text.get(..unit.start).zip(text.get(unit.end..));
    let (before, after) = ends.unwrap_or_default();
    let garble = text.get(unit.start..unit.end).unwrap_or_default();
    unit.losses.is_empty()
        && matches!(unit.c, '\u{3B1}'..='\u{3C9}')
        && garble.starts_with(begins_greek)
        && before.ends_with(|c: char| c.is_ascii_alphanumeric())
        && after.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether the character is what begins the small Greek letters in the codecs of Western Europe.
fn begins_greek(c: char) -> bool {
    matches!(c, '\u{CE}' | '\u{CF}')
}

/// Whether the character is of a script other than Latin that a code page has, or of East Asia.
fn is_of_other_script(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{6FF}' | '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF61}'..='\u{FF9F}')
}

/// Whether the character is a Latin letter, or a sign beside them in Latin-1.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{A1}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') || c.is_ascii()
}

/// Whether all that is left of the garble is a capital, and no mark where the rest was.
fn is_capital(text: &str, unit: &Unit) -> bool {
    let garble = text.get(unit.start..unit.end).unwrap_or_default();
    let mut chars = garble.trim_end_matches(' ').chars();
    unit.joined || chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Whether the garble begins with a capital right behind another, and no small letter follows.
fn is_shouted(text: &str, unit: &Unit) -> bool {
    let after = text.get(unit.end..).and_then(|after| after.chars().next());
    begins_with_capital(text, unit, char::is_uppercase) && !after.is_some_and(char::is_lowercase)
}

/// Whether the garble ends in a question mark behind which a word may end.
fn may_ask(text: &str, unit: &Unit) -> bool {
    let after = text.get(unit.end..).and_then(|after| after.chars().next());
    let garble = text.get(unit.start..unit.end).unwrap_or_default();
    garble.ends_with('?') && !after.is_some_and(char::is_alphanumeric)
}

/// Whether the garble could be a letter that is talked of, and a quote behind it.
fn is_quoted(text: &str, unit: &Unit) -> bool {
    unit.losses == Losses::C1 && is_alone(text, unit)
}

/// Whether the garble begins with a plus sign and does not tell of itself, or has not, of small letters, one on either side at least and three on one.
fn is_added(text: &str, unit: &Unit) -> bool {
    let around = text.get(..unit.start).zip(text.get(unit.end..));
    let (before, after) = around.unwrap_or_default();
    let small = |c: &char| c.is_lowercase();
    let counts = [
        before.chars().rev().take(3).take_while(small).count(),
        after.chars().take(3).take_while(small).count(),
    ];
    let within = !counts.contains(&0) && counts.contains(&3);
    let garble = text.get(unit.start..unit.end).unwrap_or_default();
    garble.starts_with('+') && !(within && best_fit::begins_at(text, unit.start + 1))
}

/// Whether the garble ends with two marks of lost bytes, and stands between letters or digits.
fn is_marked(text: &str, unit: &Unit) -> bool {
    let ends = text.get(..unit.start).zip(text.get(unit.end..));
    let (before, after) = ends.unwrap_or_default();
    let joins = [before.chars().next_back(), after.chars().next()];
    let garble = text.get(unit.start..unit.end).unwrap_or_default();
    garble.ends_with("??")
        && joins
            .into_iter()
            .all(|c| c.is_some_and(char::is_alphanumeric))
}

/// Whether the garble begins with a capital right behind a small letter.
fn is_mid_word_capital(text: &str, unit: &Unit) -> bool {
    begins_with_capital(text, unit, char::is_lowercase)
}

/// Whether the garble begins with a capital right behind the capital that begins a word, and a small letter follows.
fn is_second(text: &str, unit: &Unit) -> bool {
    let ends = text.get(..unit.start).zip(text.get(unit.end..));
    let (before, after) = ends.unwrap_or_default();
    let begins = before
        .chars()
        .rev()
        .nth(1)
        .is_none_or(|c| !c.is_alphanumeric());
    begins
        && after.chars().next().is_some_and(char::is_lowercase)
        && begins_with_capital(text, unit, char::is_uppercase)
}

/// Whether one of the garbles begins with a sign that is none there, and no box is drawn in the rest of the text.
fn has_misplaced(text: &str, units: &[Unit]) -> bool {
    let begins_with_one = |unit: &Unit| {
        let garble = text.get(unit.start..unit.end).unwrap_or_default();
        let mut chars = garble.chars();
        let pair = chars.next().zip(chars.next());
        pair.is_some_and(|(sign, c)| are_misplaced(sign, c))
    };
    let starts = units.iter().map(|unit| unit.start).chain([text.len()]);
    let ends = std::iter::once(0).chain(units.iter().map(|unit| unit.end));
    let mut rest = ends
        .zip(starts)
        .filter_map(|(end, start)| text.get(end..start));
    units.iter().any(begins_with_one)
        && !rest.any(|part| part.contains(|c| ('\u{2500}'..='\u{257F}').contains(&c)))
}

/// Whether the first is a root or a line of a box, which begin the letters of Latin-1 in Mac OS Roman and in code pages of DOS, and the other is what does not stand behind it.
fn are_misplaced(sign: char, c: char) -> bool {
    let of_latin_1 = matches!(c, '\u{A1}'..='\u{FF}');
    // Powers, fractions and the like.
    let of_formulas = matches!(
        c,
        '\u{B2}' | '\u{B3}' | '\u{B5}' | '\u{B9}' | '\u{BC}'..='\u{BE}' | '\u{D7}' | '\u{F7}'
    );
    match sign {
        '\u{221A}' => of_latin_1 && !of_formulas,
        // Faces have the not sign for an eye, of which there are two.
        '\u{AC}' => {
            let beside_not = matches!(c, '\u{AC}' | '\u{B0}' | '\u{B1}' | '\u{B7}');
            of_latin_1 && !of_formulas && !beside_not
        }
        '\u{251C}' | '\u{252C}' => of_latin_1,
        _ => false,
    }
}

/// Whether the garble begins with a capital right behind such a character.
fn begins_with_capital(text: &str, unit: &Unit, behind: fn(char) -> bool) -> bool {
    text.split_at_checked(unit.start)
        .is_some_and(|(before, from)| {
            before.chars().next_back().is_some_and(behind)
                && from.chars().next().is_some_and(char::is_uppercase)
        })
}

/// Whether the garble is made of mathematical signs and Greek letters, or of single lines of a box, which meet.
fn is_formula(text: &str, unit: &Unit) -> bool {
    let garble = text.get(unit.start..unit.end).unwrap_or_default();
    let of_formula = |c| matches!(c, '\u{370}'..='\u{3FF}' | '\u{2200}'..='\u{22FF}' | '\u{B5}');
    let of_box = |c| matches!(c, '\u{2500}'..='\u{254B}');
    garble.chars().all(of_formula) && garble.contains(|c| ('\u{2200}'..='\u{22FF}').contains(&c))
        || garble.chars().all(of_box)
}

/// Whether the garble is one of two characters at most that stands beside no letter, and could be something else.
fn is_alone(text: &str, unit: &Unit) -> bool {
    let around = text.get(..unit.start).zip(text.get(unit.end..));
    let (before, after) = around.unwrap_or_default();
    let (before, after) = (before.chars().next_back(), after.chars().next());
    let garble = text.get(unit.start..unit.end).unwrap_or_default();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    garble.chars().count() <= 2
        && !letter(before)
        && !letter(after)
        && (!begins_no_word(garble) || before.is_some_and(is_opening))
}

/// Whether the garble begins with the first byte of Latin-1's letters and signs in Windows-1252: as letters, those begin few words, none of which has a sign next.
fn begins_no_word(garble: &str) -> bool {
    garble.starts_with(['\u{C2}', '\u{C3}'])
}

/// Whether the character may open a quotation, such as of a letter that is talked of.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '\u{AB}' | '\u{BB}' | '\u{2018}'..='\u{201F}' | '\u{2039}' | '\u{203A}'
    )
}
