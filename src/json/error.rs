//! What may be wrong with JSON, and where.

/// A place where a text is not JSON.
///
/// ```
/// use unmojibake::json::Stream;
///
/// let (mut stream, mut out) = (Stream::default(), Vec::new());
/// let error = stream.push(b"[1,\n 2 3]", &mut out).expect_err("it is not JSON");
/// assert_eq!((error.line(), error.column(), error.offset()), (2, 4, 7));
/// assert_eq!(error.to_string(), "not JSON at line 2, column 4 (byte 7): expected `,` or `]`, not `3`");
/// assert_eq!(out, b"[1,\n 2 ");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not JSON at line {line}, column {column} (byte {offset}): {fault}")]
pub struct Error {
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) offset: u64,
    pub(super) fault: Fault,
}

impl Error {
    /// The number of the line, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The number of the character in its line, from 1. A byte order mark is none.
    #[must_use]
    pub fn column(&self) -> u64 {
        self.column
    }

    /// How many bytes are before it.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("expected {expected}, not {}", shown(*.byte))]
    Unexpected { expected: &'static str, byte: u8 },
    #[error("{} has to be an escape in a string", shown(*.0))]
    Control(u8),
    #[error("there is no escape with {}", shown(*.0))]
    Escape(u8),
    #[error("{} is no hexadecimal digit of an escape", shown(*.0))]
    Digit(u8),
    #[error("more than {0} arrays and objects in each other")]
    TooDeep(usize),
    #[error("the line ends within a value")]
    LineEnded,
    #[error("the text ends within a value")]
    Ended,
}

impl Fault {
    pub(super) fn expected(expected: &'static str, byte: u8) -> Fault {
        Fault::Unexpected { expected, byte }
    }
}

fn shown(byte: u8) -> String {
    match byte {
        b'\n' => "a line end".to_owned(),
        b' '..=b'~' => format!("`{}`", char::from(byte)),
        _ => format!("byte {byte:02X}"),
    }
}
