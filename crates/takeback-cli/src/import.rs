//! `takeback import`: a policy made of what search engines are told. What they are not told is asked.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Read, Write};

use serde_json::Value;
use takeback_formats::policy_text::{self, About, Open, Text};
use takeback_formats::{google, schema_org};

use crate::args::{Format, ImportArgs};
use crate::exit::{Exit, Failure};
use crate::export;
use crate::files;
use crate::output::{self, BOLD, DIM, ErrorFormat, counted, styled};

/// The policy to stdout, questions and what is lost to stderr.
pub(crate) fn run(args: &ImportArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let name = files::shown(&args.file);
    let text = if files::is_stdin(&args.file) {
        if args.ask {
            return Err(
                Failure::new("stdin cannot hold the file and the answers").help("name a file, or leave `--ask` away")
            );
        }
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text)?;
        text
    } else {
        fs::read_to_string(&args.file).map_err(|error| Failure::reading(&args.file, &error))?
    };
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}'))
        .map_err(|error| Failure::new(format!("`{name}` is no JSON: {error}")))?;
    let (terms, mut lost) = match (args.from, google::recognises(&document)) {
        (Some(Format::GoogleMerchant), _) | (None, true) => google::read(&document),
        (Some(Format::SchemaOrg), _) | (None, false) => schema_org::read(&document),
    };
    if terms.is_empty() {
        let why = lost.first().map_or("nothing was understood", |lost| lost.what.as_str());
        return Err(Failure::new(format!("`{name}`: {why}")));
    }
    let about = About {
        name: args.name.clone(),
        from: args.first_day,
        zone: args.zone.clone(),
        currency: args.currency.clone(),
        source: name,
    };
    let made = policy_text::write(&terms, &about);
    lost.extend(made.lost.iter().cloned());
    let answers = match (args.ask, args.defaults) {
        (true, _) => ask(&made)?,
        (_, true) => made.open.iter().map(|open| open.choices.first().cloned()).collect(),
        (_, _) => Vec::new(),
    };
    let open = made.open.len() - answers.iter().flatten().count();
    anstream::stdout().write_all(made.answered(&answers).as_bytes())?;
    export::tell(&lost, format)?;
    if open > 0 {
        output::note(
            &format!("{} stand in the policy as `#?`: answer them, then `takeback check`", counted(open, "question")),
            format,
        )?;
    }
    Ok(Exit::Fine)
}

/// Asks each question; an empty line takes the first answer, a number that one, and any other text is the sentence itself.
fn ask(made: &Text) -> Result<Vec<Option<String>>, Failure> {
    let mut input = io::stdin().lock();
    let terminal = io::stdin().is_terminal();
    let mut out = anstream::stderr().lock();
    let mut answers = Vec::new();
    for open in &made.open {
        writeln!(out, "\n{}", styled(BOLD, &open.asks))?;
        for (choice, number) in open.choices.iter().zip(1..) {
            writeln!(out, "  {number}  {choice}")?;
        }
        let answer = loop {
            write!(out, "{} > ", styled(DIM, "[1]"))?;
            out.flush()?;
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 {
                writeln!(out)?;
                return Ok(answers);
            }
            if !terminal {
                writeln!(out, "{}", line.trim())?;
            }
            match chosen(open, line.trim()) {
                Some(answer) => break answer,
                None => writeln!(out, "please a number from 1 to {}, or the sentence", open.choices.len())?,
            }
        };
        answers.push(Some(answer));
    }
    Ok(answers)
}

fn chosen(open: &Open, line: &str) -> Option<String> {
    match line.parse::<usize>() {
        Ok(number) => open.choices.get(number.checked_sub(1)?).cloned(),
        Err(_) if line.is_empty() => open.choices.first().cloned(),
        Err(_) => Some(line.to_owned()),
    }
}
