//! `takeback completions`: what a shell needs to complete the command line.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Args, CompletionsArgs};
use crate::exit::{Exit, Failure};

/// Writes the completions of one shell to stdout.
pub(crate) fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    // Into memory first: the generator does not report a pipe that was closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "takeback", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Exit::Fine)
}
