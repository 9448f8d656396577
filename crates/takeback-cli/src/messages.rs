//! `takeback messages`: the texts of a policy, to be told in another language.

use std::io::Write;
use std::path::Path;

use crate::args::MessagesArgs;
use crate::exit::{Exit, Failure};
use crate::output::ErrorFormat;
use crate::policy;

/// Prints a message file to begin with, or the languages that there are.
pub(crate) fn run(args: &MessagesArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let Some(policy) = policy::compiled(&args.policy, &[], Path::new(""), format)? else { return Ok(Exit::Findings) };
    let text = match &args.locale {
        Some(tag) => policy.messages(tag),
        None => policy.languages().join("\n") + "\n",
    };
    anstream::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Fine)
}
