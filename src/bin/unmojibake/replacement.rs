//! A file that takes the place of another at one blow, so that at any moment there is one of them whole.
//!
//! It is written beside the other, brought to the disk, and renamed. Whoever has the other open goes on reading that one.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// What the name begins with until it is in place: hidden, so a walk does not come upon it.
const PREFIX: &str = ".unmojibake-";

pub(crate) struct Replacement {
    temp: NamedTempFile,
    /// What it will be: not a symbolic link, but what the link leads to.
    target: PathBuf,
}

impl Replacement {
    /// Begins one for a file that may be there already.
    pub(crate) fn of(path: &Path) -> io::Result<Replacement> {
        let target = match fs::canonicalize(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
            found => found?,
        };
        let folder = match target.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        // Asked for by itself, since what else it fails for is told with the name of the temporary file.
        fs::metadata(folder)?;
        let mut builder = Builder::new();
        builder.prefix(PREFIX);
        // Nobody else may read it while it is written, unless it is to be a new file, which is made as any is.
        #[cfg(unix)]
        if !target.exists() {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let temp = builder.tempfile_in(folder)?;
        Ok(Replacement { temp, target })
    }

    /// Puts it in place, with owner and permissions of the file that is there.
    pub(crate) fn commit(self) -> io::Result<()> {
        let file = self.temp.as_file();
        if let Ok(old) = fs::metadata(&self.target) {
            take_after(file, &old)?;
        }
        file.sync_all()?;
        self.temp.persist(&self.target)?;
        #[cfg(unix)]
        if let Some(Ok(folder)) = self.target.parent().map(File::open) {
            // Some file systems cannot do it, and do not need it.
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Keeps the file that is there under another name too, which takes the place of what has that name.
    pub(crate) fn keep_old_as(&self, backup: &Path) -> io::Result<()> {
        match fs::hard_link(&self.target, backup) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::remove_file(backup)?;
                fs::hard_link(&self.target, backup)
            }
            linked => linked,
        }
        // Where there are no hard links.
        .or_else(|_| fs::copy(&self.target, backup).map(drop))
    }

    pub(crate) fn target(&self) -> &Path {
        &self.target
    }
}

impl Write for Replacement {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.temp.as_file_mut().write(text)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temp.as_file_mut().flush()
    }
}

/// Gives a file the owner and the permissions of another.
#[cfg(unix)]
fn take_after(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    // Only root may give files away; a group that the user is in can be given. The owner comes first, since a change of owner takes bits away.
    let given = fchown(file, Some(old.uid()), Some(old.gid())).is_ok();
    let _ = given || fchown(file, None, Some(old.gid())).is_ok();
    // A program must not run as another user than the one it was meant for.
    let mode = old.permissions().mode() & if given { 0o7777 } else { 0o777 };
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn take_after(file: &File, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}
