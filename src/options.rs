//! What a caller may choose, each with its default and why.

use crate::codec::CodecSet;

/// What to do about characters whose bytes were lost on the way.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lost {
    /// Fill a lost byte in where one character is all but certain; elsewhere U+FFFD stands for the character.
    #[default]
    Certain,
    /// Always fill in the best guess.
    Guess,
    /// Leave garbles that have lost bytes alone.
    Keep,
}

/// What to do about bytes that are not UTF-8. It is asked where bytes come in: in [`repair_bytes`](crate::repair_bytes), [`find_bytes`](crate::find_bytes), streams, readers and writers.
///
/// What takes the place of such bytes is part of its line from then on, and judged with it.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Invalid {
    /// They stay as they are, where they are, and nothing is read across them.
    #[default]
    Keep,
    /// Each malformed sequence becomes U+FFFD, as by [`String::from_utf8_lossy`].
    Replace,
    /// Each byte becomes the character that it is in Windows-1252, as browsers read it: C1 controls in place of the five bytes that it leaves undefined. For text
    /// that was put together of UTF-8 and Windows-1252.
    Windows1252,
}

/// How much better than what stands there a reading has to be: the one threshold of the verdict.
///
/// What each brings and costs, measured on 2026-11-24 on 329,000 garbled lines in some 500 languages and on 1.4 million clean lines, words and headlines of which many were made to
/// look garbled:
///
/// | | lossless lines repaired | lines with losses repaired | clean ones changed |
/// |---|---|---|---|
/// | `Cautious` | 94.9 % | 74.7 % | 1 |
/// | `Normal` | 98.2 % | 78.3 % | 12 |
/// | `Bold` | 98.8 % | 79.4 % | 208 |
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caution {
    /// More of what is garbled stays: for text that is hardly ever garbled, or cannot be had again.
    Cautious,
    /// As much as brings most back and leaves clean text alone.
    #[default]
    Normal,
    /// More is repaired, and more that was sound is spoilt: for text that is known to be garbled.
    Bold,
}

/// What to do about HTML entities, such as `&eacute;`, `&#233;` and `&#xE9;`.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Entities {
    /// They stay.
    #[default]
    Keep,
    /// They become what they stand for, but in a line with a tag in it: that is HTML, which has to stay HTML.
    Auto,
    /// They become what they stand for.
    Always,
}

/// Unicode's normalization forms, as [Unicode Standard Annex 15](https://www.unicode.org/reports/tr15/) has them.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Normalization {
    /// Text keeps its form.
    #[default]
    None,
    /// Letters and their marks as one character, where there is one.
    Nfc,
    /// Letters and their marks apart.
    Nfd,
    /// As [`Normalization::Nfc`], and what is only another look of a character becomes that character: the superscript U+00B2 the digit 2. What the look meant is lost.
    Nfkc,
    /// As [`Normalization::Nfkc`], with letters and their marks apart.
    Nfkd,
}

/// How a [`Repairer`](crate::Repairer) works: [`Options::new`] gives the defaults, and each setter changes one of them.
///
/// ```
/// use unmojibake::{Codec, CodecSet, Lost, Options, Repairer};
///
/// // One layer at most, no Thai codec, and nothing that lost bytes is touched.
/// let options = Options::new().layers(1).codecs(CodecSet::ALL.without(Codec::Windows874)).lost(Lost::Keep);
/// let repairer = Repairer::new(options);
/// assert_eq!(repairer.repair("caf\u{C3}\u{A9}"), "caf\u{E9}");
/// ```
///
/// Besides the repair there are clean-ups, each of them off unless it is asked for; [`Step`](crate::Step) has them in the order in which they run. [`Options::text`]
/// has most of them on.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The codecs that text may have been misread as. Default: all.
    pub codecs: CodecSet,
    /// The most layers that are taken off; with 0, nothing is ever repaired, nor spared by clean-ups. Default: as many as there are.
    pub layers: usize,
    /// What to do about lost bytes. Default: fill in where certain.
    pub lost: Lost,
    /// How much evidence a repair takes. Default: [`Caution::Normal`].
    pub caution: Caution,
    /// What to do about bytes that are not UTF-8. Default: [`Invalid::Keep`].
    pub invalid: Invalid,
    /// Whether surrogates in bytes become characters: CESU-8 and Java's modified UTF-8 write two of them for what lies beyond U+FFFF, three bytes each, which are not UTF-8. One without the other becomes U+FFFD. Asked where [`Options::invalid`] is, and before it. Default: no.
    pub surrogates: bool,
    /// Whether escape sequences of terminals, such as colours, are taken out. Default: no.
    pub terminal_escapes: bool,
    /// Whether control characters that mean nothing in text are taken out: those of ASCII but tab, line feed, form feed and carriage return, U+206A to U+206F, and U+FFF9 to U+FFFC. Default: no.
    pub control_characters: bool,
    /// Whether byte order marks, U+FEFF, are taken out: at the beginning, and within text, where files were joined. Default: no.
    pub bom: bool,
    /// What to do about HTML entities: the names of HTML5, those in capitals too where text was put into capitals as a whole, and numbers. Default: they stay.
    pub entities: Entities,
    /// Whether escapes of JSON for what is not ASCII become characters, `\u00e9` for one: garbles among them are repaired then. The text stays JSON, if no other clean-up touches its quotes. Default: no.
    pub json_escapes: bool,
    /// Whether percent escapes of what is not ASCII become characters, as far as they are UTF-8: garbles among them are repaired then. Default: no.
    pub percent_escapes: bool,
    /// The same for bytes as quoted-printable mail has them, `=C3=A9` for one. Lines are not joined. Default: no.
    pub quoted_printable: bool,
    /// Whether C1 controls that the repair has left become what Windows-1252 has in their place. Default: no.
    pub c1: bool,
    /// Whether Latin letters that stand for several become those: the ligature U+FB01, say, and the Croatian digraph U+01C9. Default: no.
    pub ligatures: bool,
    /// Whether full-width letters, half-width katakana and their like take their own width. Default: no.
    ///
    /// As ligatures, quotes and normalization do, this leaves a line alone that could be mojibake still.
    pub width: bool,
    /// Whether typographic quotes become straight ones. Default: no.
    pub quotes: bool,
    /// Whether all line breaks become line feeds: CR LF, CR, NEL (U+0085), U+2028 and U+2029. Default: no.
    pub line_breaks: bool,
    /// The form of Unicode that the text takes. Default: it keeps its own.
    ///
    /// In a line longer than 64 KiB, a character and its marks can come to lie in two stretches, if there is nothing but marks where it has to be cut.
    pub normalization: Normalization,
}

impl Options {
    /// The defaults.
    #[must_use]
    pub const fn new() -> Options {
        Options {
            codecs: CodecSet::ALL,
            layers: usize::MAX,
            lost: Lost::Certain,
            caution: Caution::Normal,
            invalid: Invalid::Keep,
            surrogates: false,
            terminal_escapes: false,
            control_characters: false,
            bom: false,
            entities: Entities::Keep,
            json_escapes: false,
            percent_escapes: false,
            quoted_printable: false,
            c1: false,
            ligatures: false,
            width: false,
            quotes: false,
            line_breaks: false,
            normalization: Normalization::None,
        }
    }

    /// The repair, and the clean-ups that ftfy's `fix_text` does by default: all but those of escapes; entities where there is no tag; and NFC.
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let text = "\u{FF2E}&Atilde;&copy; \u{E2}\u{20AC}\u{153}here\u{E2}\u{20AC}\u{9D}\r\n";
    /// assert_eq!(Repairer::new(Options::text()).repair(text), "N\u{E9} \"here\"\n");
    /// // One clean-up less.
    /// let repairer = Repairer::new(Options::text().quotes(false));
    /// assert_eq!(repairer.repair(text), "N\u{E9} \u{201C}here\u{201D}\n");
    /// ```
    #[must_use]
    pub const fn text() -> Options {
        Options {
            surrogates: true,
            terminal_escapes: true,
            control_characters: true,
            bom: true,
            entities: Entities::Auto,
            c1: true,
            ligatures: true,
            width: true,
            quotes: true,
            line_breaks: true,
            normalization: Normalization::Nfc,
            ..Options::new()
        }
    }

    /// Sets [`Options::codecs`].
    #[must_use]
    pub const fn codecs(self, codecs: CodecSet) -> Options {
        Options { codecs, ..self }
    }

    /// Sets [`Options::layers`].
    #[must_use]
    pub const fn layers(self, layers: usize) -> Options {
        Options { layers, ..self }
    }

    /// Sets [`Options::lost`].
    #[must_use]
    pub const fn lost(self, lost: Lost) -> Options {
        Options { lost, ..self }
    }

    /// Sets [`Options::caution`].
    #[must_use]
    pub const fn caution(self, caution: Caution) -> Options {
        Options { caution, ..self }
    }

    /// Sets [`Options::invalid`].
    ///
    /// ```
    /// use unmojibake::{Invalid, Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().invalid(Invalid::Windows1252));
    /// let bytes = b"na\xEFve \x93caf\xC3\xA9\x94";
    /// assert_eq!(*repairer.repair_bytes(bytes), *"na\u{EF}ve \u{201C}caf\u{E9}\u{201D}".as_bytes());
    /// ```
    #[must_use]
    pub const fn invalid(self, invalid: Invalid) -> Options {
        Options { invalid, ..self }
    }

    /// Sets [`Options::surrogates`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().surrogates(true));
    /// assert_eq!(*repairer.repair_bytes(b"\xED\xA0\xBD\xED\xB8\x80"), *"\u{1F600}".as_bytes());
    /// ```
    #[must_use]
    pub const fn surrogates(self, surrogates: bool) -> Options {
        Options { surrogates, ..self }
    }

    /// Sets [`Options::terminal_escapes`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().terminal_escapes(true));
    /// assert_eq!(repairer.repair("\x1B[1;31mcaf\u{C3}\x1B[0m\u{A9}"), "caf\u{E9}");
    /// ```
    #[must_use]
    pub const fn terminal_escapes(self, terminal_escapes: bool) -> Options {
        Options {
            terminal_escapes,
            ..self
        }
    }

    /// Sets [`Options::control_characters`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().control_characters(true));
    /// assert_eq!(repairer.repair("a\0b\tc\x7F"), "ab\tc");
    /// ```
    #[must_use]
    pub const fn control_characters(self, control_characters: bool) -> Options {
        Options {
            control_characters,
            ..self
        }
    }

    /// Sets [`Options::bom`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().bom(true));
    /// assert_eq!(repairer.repair("\u{FEFF}one\n\u{FEFF}two"), "one\ntwo");
    /// ```
    #[must_use]
    pub const fn bom(self, bom: bool) -> Options {
        Options { bom, ..self }
    }

    /// Sets [`Options::entities`].
    ///
    /// ```
    /// use unmojibake::{Entities, Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().entities(Entities::Auto));
    /// assert_eq!(repairer.repair("It&acirc;&euro;&trade;s &EACUTE;t&#xE9;"), "It\u{2019}s \u{C9}t\u{E9}");
    /// assert_eq!(repairer.repair("<p>It&rsquo;s &lt;here&gt;"), "<p>It&rsquo;s &lt;here&gt;");
    /// ```
    #[must_use]
    pub const fn entities(self, entities: Entities) -> Options {
        Options { entities, ..self }
    }

    /// Sets [`Options::json_escapes`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().json_escapes(true));
    /// assert_eq!(repairer.repair("\"caf\\u00c3\\u00a9 \\u0022\""), "\"caf\u{E9} \\u0022\"");
    /// ```
    #[must_use]
    pub const fn json_escapes(self, json_escapes: bool) -> Options {
        Options {
            json_escapes,
            ..self
        }
    }

    /// Sets [`Options::percent_escapes`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().percent_escapes(true));
    /// assert_eq!(repairer.repair("/a%20caf%C3%83%C2%A9"), "/a%20caf\u{E9}");
    /// ```
    #[must_use]
    pub const fn percent_escapes(self, percent_escapes: bool) -> Options {
        Options {
            percent_escapes,
            ..self
        }
    }

    /// Sets [`Options::quoted_printable`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().quoted_printable(true));
    /// assert_eq!(repairer.repair("a caf=C3=83=C2=A9 =3D"), "a caf\u{E9} =3D");
    /// ```
    #[must_use]
    pub const fn quoted_printable(self, quoted_printable: bool) -> Options {
        Options {
            quoted_printable,
            ..self
        }
    }

    /// Sets [`Options::c1`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().c1(true));
    /// assert_eq!(repairer.repair("wait\u{85}"), "wait\u{2026}");
    /// ```
    #[must_use]
    pub const fn c1(self, c1: bool) -> Options {
        Options { c1, ..self }
    }

    /// Sets [`Options::ligatures`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().ligatures(true));
    /// assert_eq!(repairer.repair("\u{FB01}lm, \u{1C9}ubav"), "film, ljubav");
    /// ```
    #[must_use]
    pub const fn ligatures(self, ligatures: bool) -> Options {
        Options { ligatures, ..self }
    }

    /// Sets [`Options::width`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().width(true));
    /// assert_eq!(repairer.repair("\u{FF2C}\u{FF2F}\u{FF35}\u{FF24}\u{3000}\u{FF8A}"), "LOUD \u{30CF}");
    /// ```
    #[must_use]
    pub const fn width(self, width: bool) -> Options {
        Options { width, ..self }
    }

    /// Sets [`Options::quotes`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().quotes(true));
    /// assert_eq!(repairer.repair("\u{201C}It\u{2019}s\u{201D}"), "\"It's\"");
    /// ```
    #[must_use]
    pub const fn quotes(self, quotes: bool) -> Options {
        Options { quotes, ..self }
    }

    /// Sets [`Options::line_breaks`].
    ///
    /// ```
    /// use unmojibake::{Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().line_breaks(true));
    /// assert_eq!(repairer.repair("one\r\ntwo\rthree\u{2028}"), "one\ntwo\nthree\n");
    /// ```
    #[must_use]
    pub const fn line_breaks(self, line_breaks: bool) -> Options {
        Options {
            line_breaks,
            ..self
        }
    }

    /// Sets [`Options::normalization`].
    ///
    /// ```
    /// use unmojibake::{Normalization, Options, Repairer};
    ///
    /// let repairer = Repairer::new(Options::new().normalization(Normalization::Nfc));
    /// assert_eq!(repairer.repair("cafe\u{301}"), "caf\u{E9}");
    /// ```
    #[must_use]
    pub const fn normalization(self, normalization: Normalization) -> Options {
        Options {
            normalization,
            ..self
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options::new()
    }
}
