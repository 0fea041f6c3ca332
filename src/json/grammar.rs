//! What JSON has outside of strings: byte by byte, with a bit for each array and object that is open, and no other memory.

use super::error::Fault;

/// The most arrays and objects that may be open at a time: it bounds the memory, at 2 MiB, on input made of nothing but brackets.
const DEEPEST: usize = 1 << 24;

/// What a value in a text sequence (RFC 7464) begins with.
pub(super) const SEPARATOR: u8 = 0x1E;

/// The mark at the beginning of a text that tells its byte order, of which UTF-8 has but one.
const MARK: [u8; 3] = *b"\xEF\xBB\xBF";

#[derive(Clone, Debug, Default)]
pub(super) struct Grammar {
    expect: Expect,
    nest: Nest,
    mark: bool,
    /// Whether a value that is in no other has ended since the last line end.
    ended: bool,
}

/// What may come next, besides blanks.
#[derive(Clone, Copy, Debug, Default)]
enum Expect {
    /// The first byte of a text: as [`Expect::First`], or the first of the mark.
    #[default]
    Start,
    /// The rest of the mark.
    Mark(&'static [u8]),
    /// A value that is in no other.
    First,
    /// As [`Expect::First`], right behind a number or a word, which letters and digits would go on with.
    Apart,
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
    /// The rest of `true`, `false` or `null`.
    Word(&'static [u8]),
    Number(Number),
}

/// What of a number has been read last.
#[derive(Clone, Copy, Debug)]
enum Number {
    Sign,
    Zero,
    Whole,
    Point,
    Fraction,
    Power,
    PowerSign,
    PowerDigit,
}

/// Where [`Grammar::pass`] stops.
pub(super) enum Stop {
    /// There is no more.
    End,
    /// Behind the quote that begins a string.
    String,
    /// Behind the end of a line, in which a value that is in no other may have ended.
    Line { had_end: bool },
    /// At a byte that should not be there.
    Fault(Fault),
}

impl Grammar {
    /// Goes on until something comes that is not for it, and tells how far it went.
    pub(super) fn pass(&mut self, bytes: &[u8]) -> (usize, Stop) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match self.step(byte) {
                Ok(None) => at += 1 + self.run(byte, bytes.get(at + 1..).unwrap_or_default()),
                Ok(Some(stop)) => return (at + 1, stop),
                Err(fault) => return (at, Stop::Fault(fault)),
            }
        }
        (bytes.len(), Stop::End)
    }

    /// How many more bytes change nothing, or are the rest of a word: they need not be looked at one by one.
    #[inline]
    fn run(&mut self, byte: u8, rest: &[u8]) -> usize {
        let count = |same: fn(&u8) -> bool| rest.iter().take_while(|byte| same(byte)).count();
        match self.expect {
            Expect::Number(Number::Whole | Number::Fraction) => count(u8::is_ascii_digit),
            Expect::Word(word) if rest.starts_with(word) => {
                self.end_word();
                word.len()
            }
            _ if byte == b' ' => count(|byte| *byte == b' '),
            _ => 0,
        }
    }

    /// Whether the next value would be in no other.
    pub(super) fn is_between_values(&self) -> bool {
        matches!(self.expect, Expect::Start | Expect::First | Expect::Apart)
    }

    /// Whether the text began with a byte order mark.
    pub(super) fn has_mark(&self) -> bool {
        self.mark
    }

    /// Whether the text may end here.
    pub(super) fn may_end(&self) -> bool {
        match self.expect {
            Expect::Number(number) => self.nest.depth == 0 && number.may_end(),
            _ => self.is_between_values(),
        }
    }

    /// Forgets what was open: the next line begins with a value again.
    pub(super) fn begin_line(&mut self) {
        self.expect = Expect::First;
        self.nest = Nest::default();
        self.ended = false;
    }

    #[inline]
    fn step(&mut self, byte: u8) -> Result<Option<Stop>, Fault> {
        match self.expect {
            Expect::Number(number) => match number.next(byte) {
                Some(number) => {
                    self.expect = Expect::Number(number);
                    return Ok(None);
                }
                None if number.may_end() => self.end_word(),
                None => return Err(Fault::expected("a digit", byte)),
            },
            Expect::Word(rest) => {
                return match rest.split_first() {
                    Some((first, rest)) if *first == byte => {
                        match rest {
                            [] => self.end_word(),
                            _ => self.expect = Expect::Word(rest),
                        }
                        Ok(None)
                    }
                    _ => Err(Fault::expected("true, false or null", byte)),
                };
            }
            Expect::Start => match MARK.split_first() {
                Some((first, rest)) if *first == byte => {
                    self.expect = Expect::Mark(rest);
                    return Ok(None);
                }
                _ => self.expect = Expect::First,
            },
            Expect::Mark(rest) => {
                return match rest.split_first() {
                    Some((first, rest)) if *first == byte => {
                        self.expect = match rest {
                            [] => Expect::First,
                            _ => Expect::Mark(rest),
                        };
                        self.mark = rest.is_empty();
                        Ok(None)
                    }
                    _ => Err(Fault::expected("a value", byte)),
                };
            }
            _ => {}
        }
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | SEPARATOR => {
                match self.expect {
                    Expect::First => {}
                    Expect::Apart => self.expect = Expect::First,
                    expect if byte == SEPARATOR => {
                        return Err(Fault::expected(self.name(expect), byte));
                    }
                    _ => {}
                }
                let had_end = byte == b'\n' && std::mem::take(&mut self.ended);
                return Ok((byte == b'\n').then_some(Stop::Line { had_end }));
            }
            _ => {}
        }
        match (self.expect, byte) {
            (Expect::Value | Expect::First | Expect::ValueOrEnd, _)
            | (Expect::Apart, b'{' | b'[' | b'"') => return self.value(byte),
            (Expect::Key | Expect::KeyOrEnd, b'"') => {
                self.expect = Expect::Colon;
                return Ok(Some(Stop::String));
            }
            (Expect::Colon, b':') => self.expect = Expect::Value,
            (Expect::CommaOrEnd, b',') => {
                self.expect = match self.nest.is_object() {
                    true => Expect::Key,
                    false => Expect::Value,
                };
            }
            (Expect::CommaOrEnd | Expect::KeyOrEnd, b'}') if self.nest.is_object() => self.close(),
            (Expect::CommaOrEnd, b']') if !self.nest.is_object() => self.close(),
            (expect, _) => return Err(Fault::expected(self.name(expect), byte)),
        }
        Ok(None)
    }

    /// A value begins with this byte, or, right behind `[`, there is none.
    fn value(&mut self, byte: u8) -> Result<Option<Stop>, Fault> {
        self.expect = match byte {
            b'"' => {
                self.end_value();
                return Ok(Some(Stop::String));
            }
            b'{' => {
                self.nest.open(true)?;
                Expect::KeyOrEnd
            }
            b'[' => {
                self.nest.open(false)?;
                Expect::ValueOrEnd
            }
            b']' if matches!(self.expect, Expect::ValueOrEnd) => {
                self.close();
                return Ok(None);
            }
            b't' => Expect::Word(b"rue"),
            b'f' => Expect::Word(b"alse"),
            b'n' => Expect::Word(b"ull"),
            b'-' => Expect::Number(Number::Sign),
            b'0' => Expect::Number(Number::Zero),
            b'1'..=b'9' => Expect::Number(Number::Whole),
            _ => return Err(Fault::expected(self.name(self.expect), byte)),
        };
        Ok(None)
    }

    fn close(&mut self) {
        self.nest.close();
        self.end_value();
    }

    /// Values that are in no other may follow each other as they do in the output of many programs: with blanks between them, or none where it is plain where one ends.
    fn end_value(&mut self) {
        if self.nest.depth == 0 {
            self.ended = true;
            self.expect = Expect::First;
        } else {
            self.expect = Expect::CommaOrEnd;
        }
    }

    fn end_word(&mut self) {
        self.end_value();
        if self.nest.depth == 0 {
            self.expect = Expect::Apart;
        }
    }

    /// What is expected, for people.
    fn name(&self, expect: Expect) -> &'static str {
        match expect {
            Expect::Start | Expect::Mark(_) | Expect::First | Expect::Value => "a value",
            Expect::ValueOrEnd => "a value or `]`",
            Expect::Key => "a key",
            Expect::KeyOrEnd => "a key or `}`",
            Expect::Colon => "`:`",
            Expect::CommaOrEnd if self.nest.is_object() => "`,` or `}`",
            Expect::CommaOrEnd => "`,` or `]`",
            Expect::Apart => "a blank",
            Expect::Word(_) => "true, false or null",
            Expect::Number(_) => "a digit",
        }
    }
}

impl Number {
    /// What has been read with one more byte, if that can belong to the number.
    fn next(self, byte: u8) -> Option<Number> {
        Some(match (self, byte) {
            (Number::Sign, b'0') => Number::Zero,
            (Number::Sign, b'1'..=b'9') | (Number::Whole, b'0'..=b'9') => Number::Whole,
            (Number::Zero | Number::Whole, b'.') => Number::Point,
            (Number::Point | Number::Fraction, b'0'..=b'9') => Number::Fraction,
            (Number::Zero | Number::Whole | Number::Fraction, b'e' | b'E') => Number::Power,
            (Number::Power, b'+' | b'-') => Number::PowerSign,
            (Number::Power | Number::PowerSign | Number::PowerDigit, b'0'..=b'9') => {
                Number::PowerDigit
            }
            _ => return None,
        })
    }

    fn may_end(self) -> bool {
        matches!(
            self,
            Number::Zero | Number::Whole | Number::Fraction | Number::PowerDigit
        )
    }
}

/// What is open, a bit each: set for an object.
#[derive(Clone, Debug, Default)]
struct Nest {
    words: Vec<u64>,
    depth: usize,
}

impl Nest {
    fn open(&mut self, object: bool) -> Result<(), Fault> {
        if self.depth == DEEPEST {
            return Err(Fault::TooDeep(DEEPEST));
        }
        let bit = self.depth % 64;
        if bit == 0 {
            self.words.push(0);
        }
        if let Some(word) = self.words.last_mut() {
            *word = *word & !(1 << bit) | u64::from(object) << bit;
        }
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.depth -= 1;
        if self.depth.is_multiple_of(64) {
            self.words.pop();
        }
    }

    /// Whether what was opened last is an object.
    fn is_object(&self) -> bool {
        let bit = self.depth.wrapping_sub(1) % 64;
        self.words.last().is_some_and(|word| word >> bit & 1 == 1)
    }
}
