//! `takeback schema`: the JSON Schema of what goes in or comes out, of any policy or of one.

use std::io::Write;
use std::path::Path;

use takeback::api;

use crate::args::{Document, SchemaArgs};
use crate::exit::{Exit, Failure};
use crate::output::ErrorFormat;
use crate::policy;

/// Prints a schema.
pub(crate) fn run(args: &SchemaArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let document = match args.document {
        Document::Request => api::Document::Request,
        Document::Decision => api::Document::Decision,
        Document::Answers => api::Document::Answers,
        Document::Completion => api::Document::Completion,
        Document::Record => api::Document::Record,
    };
    let schema = if args.policy.is_empty() {
        Some(api::schema(document))
    } else {
        match policy::compiled(&args.policy, &[], Path::new(""), format)? {
            Some(policy) => api::schema_for(document, &policy),
            None => return Ok(Exit::Findings),
        }
    };
    let schema = schema.ok_or_else(|| {
        Failure::new(format!("the schema of a {} is the same for every policy", document.name()))
            .help("leave the policy out")
    })?;
    anstream::stdout().write_all(schema.as_bytes())?;
    Ok(Exit::Fine)
}
