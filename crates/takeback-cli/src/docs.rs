//! `takeback docs`: the pages of a policy, to stdout, into a file or into a folder.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};
use takeback::date::When;
use takeback::{Policy, Teller};
use takeback_docs::{Audience, Options, languages, page, site};

use crate::args::{DocsArgs, Reader};
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::{self, DIM, ErrorFormat, styled};
use crate::policy;

/// Writes one page, or all of them.
pub(crate) fn run(args: &DocsArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let Some(policy) = policy::compiled(&args.policy, &[], Path::new(""), format)? else {
        return Ok(Exit::Findings);
    };
    let language = decide::language(&policy, args.locale.as_deref())?;
    let teller = Teller::new(&language);
    let day = match &args.on {
        Some(day) => {
            day.parse().map_err(|_| Failure::new(format!("`{day}` is not a day")).help("write it as `2026-01-15`"))?
        }
        None => today(&policy),
    };
    let options = Options {
        audience: match args.reader {
            None | Some(Reader::Customers) => Audience::Customers,
            Some(Reader::Staff) => Audience::Staff,
        },
        teller: &teller,
        day,
        version: args.version.as_deref(),
        changed_since: args.what_changed.as_deref(),
    };
    let is_page = |path: &Path| path.extension().is_some_and(|end| end == "html" || end == "htm");
    match &args.out {
        Some(folder) if !is_page(folder) => {
            if args.reader.is_some() || args.version.is_some() || args.what_changed.is_some() {
                return Err(Failure::new("a folder takes the pages of all versions for all readers")
                    .help("leave `--for`, `--version` and `--what-changed` out, or name a file that ends in `.html`"));
            }
            fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
            for file in site(&policy, &options) {
                write(&folder.join(&file.name), &file.html)?;
            }
        }
        path => {
            let html = page(&policy, &options).map_err(|error| Failure::new(error.to_string()))?;
            match path {
                Some(path) => write(path, &html)?,
                None => anstream::stdout().write_all(html.as_bytes())?,
            }
        }
    }
    let base = language.tag().split('-').next().unwrap_or_default();
    if !languages().any(|tag| tag == base) {
        output::note(
            &format!("warning: pages are not written in `{base}`: their own sentences are in English"),
            format,
        )?;
    }
    decide::lacks(&language, &teller.missing().into_iter().collect(), format)?;
    Ok(Exit::Fine)
}

fn write(path: &Path, html: &str) -> Result<(), Failure> {
    fs::write(path, html).map_err(|error| Failure::writing(path, &error))?;
    writeln!(anstream::stdout(), "{} {}", styled(DIM, "wrote"), files::shown(path))?;
    Ok(())
}

/// What day it is where the shop is.
fn today(policy: &Policy) -> NaiveDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let moment = DateTime::from_timestamp(i64::try_from(seconds).unwrap_or(0), 0).unwrap_or_default();
    let zone = policy.program().versions.last().and_then(|version| version.zone.as_ref());
    When::Moment(moment.fixed_offset()).civil(zone)
}
