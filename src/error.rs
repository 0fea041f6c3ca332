//! The few things that can fail. Repairing is not one of them.

use crate::codec::Codec;

/// What went wrong, with the thing it happened to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct Error(ErrorKind);

/// The kinds of [`Error`].
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// No codec has that name.
    #[error("unknown codec `{0}`; known are {list}", list = known())]
    UnknownCodec(String),
    /// [`garble`](crate::garble) was asked to read a byte that the codec leaves undefined, and to keep such bytes as C1 controls, but there is
    /// no control for a byte from A0 up.
    #[error(
        "{codec} leaves byte {byte:02X} undefined, and no C1 control stands for it; drop or replace undefined bytes"
    )]
    Undefined {
        /// The codec asked for.
        codec: Codec,
        /// The byte without a character.
        byte: u8,
    },
}

fn known() -> String {
    Codec::ALL.map(Codec::label).join(", ")
}

impl Error {
    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    pub(crate) fn unknown_codec(name: &str) -> Error {
        Error(ErrorKind::UnknownCodec(name.to_owned()))
    }

    pub(crate) fn undefined(codec: Codec, byte: u8) -> Error {
        Error(ErrorKind::Undefined { codec, byte })
    }
}
