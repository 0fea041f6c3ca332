//! What can happen to a byte on its way besides being misread, and what each such hypothesis costs.

use std::fmt;

use crate::model::{Cost, nats};

/// A set of ways in which bytes of a garble were lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Losses(u16);

impl Losses {
    /// Nothing was lost.
    pub const NONE: Losses = Losses(0);
    /// A byte that the codec leaves undefined was dropped (or, in an ISO codec, a C1 control).
    pub const DROPPED: Losses = Losses(1);
    /// Such a byte had become U+FFFD, or two of Shift_JIS that are no pair had become U+30FB, the middle dot of Katakana.
    pub const REPLACED: Losses = Losses(1 << 1);
    /// Such a byte had become `?`.
    pub const QUESTION_MARK: Losses = Losses(1 << 2);
    /// A U+00A0 had become a space.
    pub const SPACE: Losses = Losses(1 << 3);
    /// A U+00A0 had vanished.
    pub const STRIPPED: Losses = Losses(1 << 4);
    /// A U+00AD, the soft hyphen, had vanished.
    pub const SOFT_HYPHEN: Losses = Losses(1 << 5);
    /// The stretch was garbled unevenly: parts of one character had gone through more layers than others.
    pub const UNEVEN: Losses = Losses(1 << 6);
    /// A byte of Windows-1252 had been read as ISO-8859-1, which makes a C1 control of it.
    pub const C1: Losses = Losses(1 << 7);
    /// A typographic quote had become a straight one.
    pub const STRAIGHTENED: Losses = Losses(1 << 8);
    /// Letters had changed their case.
    pub const RECASED: Losses = Losses(1 << 9);
    /// A character had been spelt out by others, as normalization by NFKC does: the trade mark sign by two letters.
    pub const NORMALIZED: Losses = Losses(1 << 10);
    /// A character had been squeezed into Windows-1252, where Windows took what fits best for it: `G` for the capital gamma.
    pub const BEST_FIT: Losses = Losses(1 << 11);

    /// Losses that leave a mark.
    pub(crate) const MARKED: Losses = Losses::REPLACED.union(Losses::QUESTION_MARK);
    /// Losses of a byte that may have been any of several.
    pub(crate) const GUESSED: Losses = Losses::MARKED
        .union(Losses::DROPPED)
        .union(Losses::STRAIGHTENED);
    /// Everything that can happen.
    pub(crate) const ALL: Losses = Losses(u16::MAX);

    const NAMES: [(Losses, &'static str); 12] = [
        (Losses::DROPPED, "dropped"),
        (Losses::REPLACED, "replaced"),
        (Losses::QUESTION_MARK, "question mark"),
        (Losses::SPACE, "space"),
        (Losses::STRIPPED, "stripped"),
        (Losses::SOFT_HYPHEN, "soft hyphen"),
        (Losses::UNEVEN, "uneven"),
        (Losses::C1, "C1"),
        (Losses::STRAIGHTENED, "straightened"),
        (Losses::RECASED, "re-cased"),
        (Losses::NORMALIZED, "normalized"),
        (Losses::BEST_FIT, "best fit"),
    ];

    /// Whether nothing was lost.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether every loss of `other` is here too.
    #[must_use]
    pub const fn contains(self, other: Losses) -> bool {
        self.0 & other.0 == other.0
    }

    /// These losses but those of `other`.
    pub(crate) const fn without(self, other: Losses) -> Losses {
        Losses(self.0 & !other.0)
    }

    /// The losses of either.
    #[must_use]
    pub const fn union(self, other: Losses) -> Losses {
        Losses(self.0 | other.0)
    }
}

/// The names, with commas: `dropped, space`; nothing where nothing was lost.
impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Losses::NAMES
            .iter()
            .filter(|(loss, _)| self.contains(*loss))
            .map(|pair| pair.1)
            .collect();
        f.write_str(&names.join(", "))
    }
}

/// What it means, and costs, if the character stands where a byte was lost.
pub(crate) fn mark(c: char) -> Option<(Losses, Cost)> {
    match c {
        char::REPLACEMENT_CHARACTER => Some((Losses::REPLACED, costs::REPLACED)),
        '?' => Some((Losses::QUESTION_MARK, costs::QUESTION_MARK)),
        _ => None,
    }
}

/// The cost of each loss hypothesis, -ln of how often it happens, as far as samples from the wild tell.
pub(crate) mod costs {
    use super::{Cost, nats};

    pub(crate) const DROPPED: Cost = nats(1.5);
    /// ISO decoders keep C1 controls; only a later clean-up drops them.
    pub(crate) const DROPPED_C1: Cost = nats(3.0);
    /// More for a mark where decoders know each byte, and only a codec that came later lacks what it is.
    pub(crate) const MARKED_C1: Cost = nats(1.0);
    /// The same of either where two layers are read together: who drops one drops all, and each tells of the other.
    pub(crate) const DROPPED_IN_TWO: Cost = nats(0.25);
    /// How much less U+00A0 costs there.
    pub(crate) const LESS_IN_TWO: Cost = nats(1.0);
    /// More there for each character in the end, beside what explains the text by one layer after the other at its full cost.
    pub(crate) const IN_TWO: Cost = nats(0.25);
    pub(crate) const REPLACED: Cost = nats(0.5);
    pub(crate) const QUESTION_MARK: Cost = nats(1.0);
    pub(crate) const SPACE: Cost = nats(1.5);
    pub(crate) const STRIPPED: Cost = nats(1.0);
    /// More where a mark of a lost byte stands in its place.
    pub(crate) const UNMARKED: Cost = nats(2.0);
    pub(crate) const SOFT_HYPHEN: Cost = nats(4.0);
    /// The same within a word of Latin letters: that is `í`, which web pages and editors lose so more often than they lose a no-break space there.
    pub(crate) const SOFT_HYPHEN_IN_WORD: Cost = nats(2.0);
    /// More for each dropped byte where a C1 control survived in the segment: who drops one drops all.
    pub(crate) const DISAGREES_DROPPED: Cost = nats(6.0);
    /// The same in multi-byte codecs, where any byte may be a hole.
    pub(crate) const LOST_LEAD: Cost = nats(2.0);
    pub(crate) const STRAIGHTENED: Cost = nats(2.0);
    /// More for a straight quote where those of the segment make pairs.
    pub(crate) const DISAGREES_QUOTE: Cost = nats(4.0);
    pub(crate) const RECASED: Cost = nats(2.0);
    /// More for each where letters of the segment have kept their case.
    pub(crate) const DISAGREES_CASE: Cost = nats(6.0);
    pub(crate) const NORMALIZED: Cost = nats(1.5);
    /// More where a character survived in the segment that normalization does away with.
    pub(crate) const DISAGREES_NORMALIZED: Cost = nats(6.0);
    /// More where it left a fraction: the model knows of none, and takes each for a wonder.
    pub(crate) const FRACTION: Cost = nats(15.0);
    pub(crate) const BEST_FIT: Cost = nats(1.0);
    /// More where the character is none of Latin-1, nor punctuation: its first byte looks like others that begin more text.
    pub(crate) const RARE_LEAD: Cost = nats(1.0);
    /// More where a letter or a digit is all that it left, and nothing in the segment tells of it: mostly that is what it seems to be.
    pub(crate) const PLAIN_LETTER: Cost = nats(4.0);
    /// More where a space went with the lost byte.
    pub(crate) const SWALLOWED: Cost = nats(1.0);
    /// More where it left `?`, for punctuation that is seldom typed: there is more that it may have been.
    pub(crate) const SELDOM: Cost = nats(3.0);
    /// More where a straight quote would make a letter in a circle, and not a line of a box.
    pub(crate) const ENCLOSED: Cost = nats(6.0);
    /// Once for a reading with lost bytes, in codecs that little text is misread as.
    pub(crate) const RARE_CODEC: Cost = nats(2.5);
    /// Once for a reading by a multi-byte codec, lost bytes or not.
    pub(crate) const MULTI_BYTE: Cost = nats(4.0);
    /// For each byte that went through one layer only, where two are looked for.
    pub(crate) const UNEVEN: Cost = nats(7.0);
    /// How much less a space costs before what is a word with `à` before it, and none without.
    pub(crate) const CONTRACTED: Cost = nats(6.0);
    /// A C1 control that is a character of Windows-1252.
    pub(crate) const C1: Cost = nats(2.0);
    /// The same if it was written as UTF-8, and misread once more: quotes and dashes stand behind a capital with a circumflex where letters are talked of.
    pub(crate) const C1_IN_UTF_8: Cost = nats(4.0);
    /// More where the lost byte is the first of its character: few codecs have holes there, and what is left looks like anything.
    pub(crate) const LEAD: Cost = nats(4.0);
    /// More for each lost U+00A0 where one survived in the segment.
    pub(crate) const DISAGREES_SPACE: Cost = nats(4.0);
}
