//! The folder in which a run works: one run at a time, and beside nothing that it would write over.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::Failed;
use super::begin::STATE;
use crate::out::{FileError, MANIFEST, RESULTS};

/// The folder `work`, for one run. The system lets go of it when the process ends, however it does.
pub(super) struct Place {
    out: PathBuf,
    pub(super) work: PathBuf,
    /// Whether the folder of the results was made now.
    made: bool,
    _lock: File,
}

const LOCK: &str = "lock";
/// What is in `work` before it is said what the run is about.
const FIRST: [&str; 4] = [LOCK, "stdin", "stdin.part", "state.json.part"];

impl Place {
    pub(super) fn hold(out: &Path) -> Result<Self, Failed> {
        without_results(out)?;
        let made = !out.exists();
        let work = out.join("work");
        fs::create_dir_all(&work).map_err(|error| FileError::writing(&work, error))?;
        let path = work.join(LOCK);
        let lock = File::options().write(true).create(true).truncate(false).open(&path);
        let lock = lock.map_err(|error| FileError::writing(&path, error))?;
        match lock.try_lock() {
            Ok(()) => {}
            // There are systems without locks.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(FileError::writing(&path, error).into()),
            Err(TryLockError::WouldBlock) => return Err(Failed::Running),
        }
        let place = Self { out: out.to_path_buf(), work, made, _lock: lock };
        // Another run may have ended just now.
        match without_results(out).and_then(|()| place.without_others()) {
            Ok(()) => Ok(place),
            Err(failed) => {
                let _ = fs::remove_file(path);
                let _ = fs::remove_dir(&place.work);
                place.unmake();
                Err(failed)
            }
        }
    }

    /// Whether a run was stopped here.
    pub(super) fn is_stopped(&self) -> bool {
        self.work.join(STATE).exists()
    }

    /// Unless a run was stopped here, nothing is here that a run writes.
    fn without_others(&self) -> Result<(), Failed> {
        if self.is_stopped() {
            return Ok(());
        }
        if let Some(there) = RESULTS.into_iter().map(|name| self.out.join(name)).find(|path| path.exists()) {
            return Err(Failed::There(there));
        }
        let failed = |error| FileError::reading(&self.work, error);
        for entry in fs::read_dir(&self.work).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            if !FIRST.iter().any(|first| name == *first) {
                return Err(Failed::There(self.work.join(name)));
            }
        }
        Ok(())
    }

    /// Leaves nothing of the run.
    pub(super) fn leave(self) {
        let _ = fs::remove_dir_all(&self.work);
        self.unmake();
    }

    fn unmake(&self) {
        if self.made {
            let _ = fs::remove_dir(&self.out);
        }
    }
}

fn without_results(out: &Path) -> Result<(), Failed> {
    if out.join(MANIFEST).exists() { Err(Failed::Done) } else { Ok(()) }
}
