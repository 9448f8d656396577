//! How a run ends: the exit codes, and what stops a run before it could do its job.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// Every exit code of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done, nothing to complain about.
    Fine,
    /// 1: the policy has errors, a scenario failed, or answers are missing or wrong.
    Findings,
    /// 2: could not do the job: a wrong flag, a missing file.
    CouldNot,
    /// 10: with `--exit-code`, a decline.
    Decline,
    /// 11: with `--exit-code`, somebody must decide.
    Refer,
    /// 12: with `--exit-code`, something must be asked first.
    Undetermined,
    /// 13: with `--exit-code`, accepted once verified.
    Pending,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::CouldNot => 2,
            Exit::Decline => 10,
            Exit::Refer => 11,
            Exit::Undetermined => 12,
            Exit::Pending => 13,
        })
    }
}

/// Why the job could not be done.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What happened: one line, lower-case start, no full stop.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
    closed_pipe: bool,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, closed_pipe: false }
    }

    /// Says what to do.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A file or folder that could not be read.
    pub(crate) fn reading(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot read `{}`: {}", path.display(), said(error)))
    }

    /// A file or folder that could not be written.
    pub(crate) fn writing(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot write `{}`: {}", path.display(), said(error)))
    }

    /// Whether whoever read our output went away, as `head` does when it has enough.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }
}

/// Trouble with stdout or stderr; files have [`Failure::reading`] and [`Failure::writing`].
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self {
            message: format!("cannot write the output: {}", said(&error)),
            help: None,
            closed_pipe: error.kind() == io::ErrorKind::BrokenPipe,
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// An error of the system, the usual ones in plain words and the same everywhere.
fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "access is not allowed".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::AlreadyExists => "it is there already".to_owned(),
        _ => error.to_string(),
    }
}
