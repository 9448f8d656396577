//! Running other programs from the root of the repository.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a task returns: nothing, or the one line that says why it stopped.
pub(crate) type Done = Result<(), String>;

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// `program args…`, to be started in the root of the repository. The arguments are separated by spaces.
pub(crate) fn command(program: &str, args: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).args(args.split_whitespace());
    command
}

/// The cargo that started this program, with arguments separated by spaces.
pub(crate) fn cargo(args: &str) -> Command {
    command(&env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), args)
}

/// npm, started in a folder such as `pkg`.
pub(crate) fn npm(folder: &str, args: &str) -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" }, args);
    npm.current_dir(root().join(folder));
    npm
}

/// Runs `apt-get`, which asks nothing.
pub(crate) fn apt(args: &str) -> Done {
    run(command("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Runs the command with this terminal; any exit code but 0 is a failure.
pub(crate) fn run(command: &mut Command) -> Done {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` failed: {status}", shown(command))),
        Err(error) => Err(format!("`{}` did not start: {error}", shown(command))),
    }
}

/// Runs the command and returns what it printed, or nothing if it failed or is not installed.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let args = command.get_args().map(|arg| format!(" {}", arg.to_string_lossy()));
    program.into_owned() + &args.collect::<String>()
}
