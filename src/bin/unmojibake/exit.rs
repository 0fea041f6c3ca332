//! What the exit code tells.

use std::process::ExitCode;

/// How a run ended, from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All that was asked for is done, and nothing found.
    Done = 0,
    /// There is something to repair. Only the modes that look for it tell so.
    Found = 1,
    /// Something could not be read, written or understood. Not 1, as in `grep` and `diff`.
    Error = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
