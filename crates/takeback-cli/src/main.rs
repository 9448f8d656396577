//! The `takeback` command: arguments in, one function of the library, its answer out. Every subcommand has a file of its own
//! with a `run`; this one dispatches and turns what comes back into an exit code ([`exit`]). No rule about returns or
//! refunds is here; those are in the library.

mod args;
mod audit;
mod bundle;
mod check;
mod complete;
mod completions;
mod decide;
mod docs;
mod exit;
mod explain;
mod export;
mod files;
mod import;
mod man;
mod messages;
mod new;
mod output;
mod policy;
mod progress;
mod schema;
mod table;
mod test;
mod train;

use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;
use exit::{Exit, Failure};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error).into(),
    };
    args.color.write_global();
    let done = match &args.command {
        Command::New(new) => new::run(new),
        Command::Check(check) => check::run(check, args.error_format),
        Command::Test(test) => test::run(test, args.error_format),
        Command::Decide(decide) => decide::run(decide, args.error_format),
        Command::Complete(complete) => complete::run(complete, args.error_format),
        Command::Explain(explain) => explain::run(explain, args.error_format),
        Command::Audit(audit) => audit::run(audit, args.error_format),
        Command::Docs(docs) => docs::run(docs, args.error_format),
        Command::Bundle(bundle) => bundle::run(bundle, args.error_format),
        Command::Schema(schema) => schema::run(schema, args.error_format),
        Command::Export(export) => export::run(export, args.error_format),
        Command::Import(import) => import::run(import, args.error_format),
        Command::Train(train) => train::run(train, args.error_format),
        Command::Messages(messages) => messages::run(messages, args.error_format),
        Command::Completions(completions) => completions::run(completions),
        Command::Man(man) => man::run(man),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => failed(&failure, &args).into(),
    }
}

/// Help and version go to stdout and are fine; everything else clap says is a mistake in the call.
fn usage(error: &clap::Error) -> Exit {
    match error.print() {
        Ok(()) if error.use_stderr() => Exit::CouldNot,
        Ok(()) | Err(_) => Exit::Fine,
    }
}

fn failed(failure: &Failure, args: &Args) -> Exit {
    if failure.is_closed_pipe() {
        return Exit::Fine;
    }
    // When stderr is gone too there is nobody left to tell.
    let _ = output::failure(failure, args.error_format);
    Exit::CouldNot
}
