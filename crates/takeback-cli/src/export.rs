//! `takeback export`: a policy in the formats that search engines read, and what they cannot carry.

use std::fs;
use std::io::Write;
use std::path::Path;

use takeback_formats::{Lost, Wanted, google, schema_org, survey};

use crate::args::{ExportArgs, Format};
use crate::exit::{Exit, Failure};
use crate::output::{CARE, ErrorFormat, counted, styled};
use crate::policy;
use crate::table::{Align, Table, clean};

/// The document to stdout, what is lost to stderr or a file.
pub(crate) fn run(args: &ExportArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let Some(policy) = policy::compiled(&args.paths, &[], Path::new(""), format)? else {
        return Ok(Exit::Findings);
    };
    let wanted = Wanted { countries: args.country.clone(), link: args.link.clone(), on: args.on };
    let survey = survey(&policy, &wanted);
    let mut lost = survey.lost;
    let (document, more) = match args.to {
        Format::SchemaOrg => schema_org::write(&survey.terms),
        Format::GoogleMerchant => google::write(&survey.terms),
    };
    lost.extend(more);
    let mut out = anstream::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &document)?;
    writeln!(out)?;
    match &args.lost {
        Some(path) => {
            let text = serde_json::to_string_pretty(&lost)? + "\n";
            fs::write(path, text).map_err(|error| Failure::writing(path, &error))?;
        }
        None => tell(&lost, format)?,
    }
    Ok(Exit::Fine)
}

/// What is lost, to stderr.
pub(crate) fn tell(lost: &[Lost], format: ErrorFormat) -> Result<(), Failure> {
    if lost.is_empty() {
        return Ok(());
    }
    let mut stderr = anstream::stderr().lock();
    if format == ErrorFormat::Json {
        serde_json::to_writer(&mut stderr, &serde_json::json!({ "lost": lost }))?;
        writeln!(stderr)?;
        return Ok(());
    }
    let mut text = format!("{}\n", styled(CARE, &format!("{} not carried over:", counted(lost.len(), "thing"))));
    let mut table = Table::new([Align::Left, Align::Left]);
    for one in lost {
        table.row([clean(&one.of), clean(&one.what)]);
    }
    table.write(2, &mut text);
    stderr.write_all(text.as_bytes())?;
    Ok(())
}
