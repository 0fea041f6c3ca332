//! What the exit code tells.

use std::process::ExitCode;

/// How a run ended, from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All that was asked for is done.
    Done = 0,
    /// Something could not be read, written or understood. Not 1, which is kept for what a check finds, as in `grep` and `diff`.
    Error = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
