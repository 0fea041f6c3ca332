//! Renaming that takes no other's place.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

/// Whether something has that name, be it a link that leads nowhere.
pub(super) fn is_there(path: &Path) -> io::Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Bytes as a name, if the system has such names.
#[cfg(unix)]
pub(super) fn name(bytes: &[u8]) -> Option<&OsStr> {
    use std::os::unix::ffi::OsStrExt;
    Some(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
pub(super) fn name(bytes: &[u8]) -> Option<&OsStr> {
    str::from_utf8(bytes).ok().map(OsStr::new)
}

/// Renames a file or folder. If something has the new name, that is an error.
///
/// Some systems can promise that whatever others do at the same time; elsewhere it is looked for just before.
pub(super) fn rename(old: &Path, new: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;

        match renameat_with(CWD, old, CWD, new, RenameFlags::NOREPLACE) {
            // Not each file system can.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            renamed => return Ok(renamed?),
        }
    }
    if is_there(new)? {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(old, new)
}
