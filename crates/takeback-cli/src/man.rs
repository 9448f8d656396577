//! `takeback man`: the manual pages, made of the words of the help. What stands below the options in the help, the examples and the
//! exit codes, has headings of its own here.

use std::fs;
use std::io;

use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::args::{Args, ManArgs};
use crate::exit::{Exit, Failure};

/// Writes a page for the command and one for each subcommand into a folder.
pub(crate) fn run(args: &ManArgs) -> Result<Exit, Failure> {
    fs::create_dir_all(&args.folder).map_err(|error| Failure::writing(&args.folder, &error))?;
    let mut whole = Args::command().disable_help_subcommand(true);
    whole.build();
    let mut commands: Vec<clap::Command> = whole.get_subcommands().cloned().collect();
    commands.push(whole);
    for command in commands {
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        let path = args.folder.join(format!("{name}.1"));
        let text = page(&command, &name)?;
        fs::write(&path, text).map_err(|error| Failure::writing(&path, &error))?;
    }
    Ok(Exit::Fine)
}

fn page(command: &clap::Command, name: &str) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    // A page has no date: the same version writes the same pages.
    let head = format!(".TH {} 1 \"\" \"takeback {}\" takeback\n", name.to_uppercase(), env!("CARGO_PKG_VERSION"));
    let mut text = head.into_bytes();
    man.render_name_section(&mut text)?;
    let usage = command.clone().render_usage().to_string();
    let usage = usage.lines().map(|line| line.trim_start_matches("Usage:").trim());
    verbatim("SYNOPSIS", usage, &mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    let below = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    for part in below.split("\n\n") {
        let exit = part.lines().position(|line| line.starts_with("Exit codes: "));
        match (part.strip_prefix("Examples:\n"), exit) {
            (Some(examples), _) => verbatim("EXAMPLES", examples.lines(), &mut text)?,
            (None, Some(at)) => {
                let codes: Vec<&str> = part.lines().skip(at).collect();
                let codes = codes.join("\n");
                verbatim("EXIT STATUS", codes.trim_start_matches("Exit codes: ").lines(), &mut text)?;
            }
            (None, None) => {}
        }
    }
    if name != "takeback" {
        verbatim("SEE ALSO", ["takeback(1)"], &mut text)?;
    }
    Ok(text)
}

/// A section whose lines stay as they are.
fn verbatim<'t>(title: &str, lines: impl IntoIterator<Item = &'t str>, out: &mut Vec<u8>) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", [title]).control("nf", []);
    for line in lines {
        roff.text([roman(line)]);
    }
    roff.control("fi", []).to_writer(out)
}
