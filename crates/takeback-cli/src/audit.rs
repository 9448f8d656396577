//! `takeback audit`: past returns against the policy that was in force.

mod going;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use takeback::Policy;
use takeback_audit::infer::infer;
use takeback_audit::mapping::{Mapping, Problems};
use takeback_audit::out::{Audited, Changed, Counts, REJECTS, REPORT};
use takeback_audit::read::{InputError, inputs};
use takeback_audit::spread::AuditError;
use takeback_audit::{Failed, Job, Options, run as audit};

use crate::args::AuditArgs;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::{self, BAD, BOLD, CARE, DIM, ErrorFormat, GOOD, counted, styled};
use crate::policy;
use crate::table::{Align, Table};
use going::Going;

/// Audits, and says what it comes to; or proposes a mapping.
pub(crate) fn run(args: &AuditArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    if !args.infer.is_empty() {
        let mapping = infer(&inputs(&args.infer).map_err(unreadable)?).map_err(unreadable)?;
        anstream::stdout().write_all(mapping.as_bytes())?;
        return Ok(Exit::Fine);
    }
    let (Some(map), Some(out)) = (&args.map, &args.out) else {
        return Err(Failure::new("a mapping and a folder for the results are needed").help("give `--map` and `--out`"));
    };
    let Some(policy) = policy::compiled(&args.policy, &args.trust.signed_by, Path::new(""), format)? else {
        return Ok(Exit::Findings);
    };
    let text = fs::read_to_string(map).map_err(|error| Failure::reading(map, &error))?;
    let mapping = Mapping::read(&files::shown(map), &text);
    let mapping = match mapping {
        Ok(mapping) => mapping,
        Err(problems) => {
            refused(&problems, format)?;
            return Ok(Exit::CouldNot);
        }
    };
    let (bundle, address) = bundled(&policy, &args.policy)?;
    let other = match args.what_if.as_slice() {
        [] => None,
        paths => match policy::compiled(paths, &args.trust.signed_by, Path::new(""), format)? {
            Some(other) => Some((bundled(&other, paths)?.1, other)),
            None => return Ok(Exit::Findings),
        },
    };
    let sales = inputs(&args.sales).map_err(unreadable)?;
    let returns = inputs(&args.returns).map_err(unreadable)?;
    if [&sales, &returns].into_iter().flatten().filter(|input| input.is_stdin()).count() > 1 {
        return Err(Failure::new("sales and returns cannot both come from stdin"));
    }
    let going = Going::new(format)?;
    let job = Job {
        policy: &policy,
        bundle: (&bundle, &address),
        other: other.as_ref().map(|(address, other)| (other, address.as_str())),
        mapping: &mapping,
        sales: &sales,
        returns: &returns,
        out,
        resume: args.resume,
        max_rejects: if args.strict { Some(0) } else { args.max_rejects },
        parts: args.parts.map(usize::from),
        threads: args.threads,
        options: &Options::default(),
    };
    let done = audit(&job, &going);
    going.end();
    match done {
        Ok(audited) => {
            anstream::stdout().write_all(told(&audited, out).as_bytes())?;
            let counts = &audited.manifest.counts;
            Ok(if counts.findings == 0 && !in_vain(counts) { Exit::Fine } else { Exit::Findings })
        }
        Err(Failed::Stage(AuditError::Mapping(problems))) => {
            refused(&problems, format)?;
            Ok(Exit::CouldNot)
        }
        Err(failed) => Err(failure(failed, out)),
    }
}

/// Writes to stderr all that is wrong with a mapping, in the form of findings of policies.
fn refused(problems: &Problems, format: ErrorFormat) -> Result<(), Failure> {
    let mut stderr = anstream::stderr().lock();
    match format {
        ErrorFormat::Human => stderr.write_all(problems.render(true).as_bytes())?,
        ErrorFormat::Plain => stderr.write_all(problems.plain().as_bytes())?,
        ErrorFormat::Json => {
            serde_json::to_writer(&mut stderr, &problems.json())?;
            stderr.write_all(b"\n")?;
        }
    }
    drop(stderr);
    output::note(&format!("{}: {}", problems.name(), problems.summary()), format)?;
    Ok(())
}

/// Whether no return could be held against the policy, because of errors in all rows.
fn in_vain(counts: &Counts) -> bool {
    counts.judged == 0 && counts.rejected > 0
}

/// The bundle of the policy, by which the results name it.
fn bundled(policy: &Policy, paths: &[std::path::PathBuf]) -> Result<(Vec<u8>, String), Failure> {
    let bytes = match policy::bundle_at(paths)? {
        Some((_, bytes)) => bytes,
        None => policy.bundle(&[]),
    };
    let bundle = policy::of_bundle(Path::new(takeback_audit::out::POLICY), &bytes, &[])?;
    let address = bundle.bundled().map_or_else(String::new, |bundle| bundle.hash.clone());
    Ok((bytes, address))
}

fn unreadable(error: InputError) -> Failure {
    let failure = Failure::new(error.to_string());
    match error.help {
        Some(help) => failure.help(help),
        None => failure,
    }
}

fn failure(failed: Failed, out: &Path) -> Failure {
    let shown = files::shown(out);
    match failed {
        Failed::Done => Failure::new(format!("`{shown}` has the results of an audit already"))
            .help("name another folder, or remove this one"),
        Failed::There(path) => Failure::new(format!("`{}` is there already", files::shown(&path)))
            .help("an audit writes over nothing: name another folder, or move this away"),
        Failed::Running => Failure::new(format!("another audit is running in `{shown}`"))
            .help("let it come to its end, or name another folder"),
        Failed::Unfinished => Failure::new(format!("an audit was stopped in `{shown}`"))
            .help("`--resume` goes on with it; to begin again, name another folder or remove this one"),
        Failed::Another(what) => Failure::new(format!("the audit that was stopped in `{shown}` had {what}"))
            .help("to begin again, name another folder or remove this one"),
        Failed::Currencies(..) => Failure::new(failed.to_string()),
        Failed::NoSales => Failure::new(failed.to_string()).help("give them with `--sales`"),
        Failed::SalesInReturns => Failure::new(failed.to_string())
            .help("leave `--sales` out, or give the mapping a table `[sale]` with a `[link]`"),
        Failed::Stage(AuditError::Stopped) => {
            Failure::new("stopped").help("the same command with `--resume` goes on from here")
        }
        Failed::Stage(AuditError::Input(error)) => unreadable(error),
        Failed::Stage(AuditError::Rejects { count, kinds }) => {
            let mut message = format!("{} with errors", counted(usize::try_from(count).unwrap_or(usize::MAX), "row"));
            for kind in kinds.iter().take(5) {
                message.push_str(&format!("\n  {kind}"));
            }
            Failure::new(message).help("mend the mapping, or allow more with `--max-rejects`")
        }
        Failed::File(error) if error.writing => Failure::writing(&error.path, &error.error)
            .help("what is done is kept: the same command with `--resume` goes on from here"),
        Failed::File(error) => Failure::reading(&error.path, &error.error),
        Failed::Stage(error @ (AuditError::Work { .. } | AuditError::Mapping(_))) => Failure::new(error.to_string()),
        Failed::Threads(message) => Failure::new(message),
        Failed::Lost(_) => Failure::new(failed.to_string()).help("this is a fault of takeback: please report it"),
    }
}

/// What an audit comes to, in some lines.
fn told(audited: &Audited, out: &Path) -> String {
    let counts = &audited.manifest.counts;
    let number = |number: u64| grouped(number);
    let mut text = format!("{}\n", styled(BOLD, &audited.manifest.policy.name));
    let mut table = Table::new([Align::Right, Align::Left]);
    let mut line = |count: u64, what: &str| {
        if count > 0 {
            table.row([number(count), what.to_owned()]);
        }
    };
    line(counts.returns_read, "rows of returns read");
    line(counts.not_returns, "are no returns");
    counts.left_out.iter().for_each(|(why, count)| line(*count, &format!("left out: {why}")));
    line(counts.rejected, "rejected, with errors");
    line(counts.unlinked, "without their sale, or several could be meant");
    line(counts.judged, "held against the policy");
    line(counts.returns_with_findings, "have findings");
    table.write(2, &mut text);
    text.push('\n');
    let mut table = Table::new([Align::Left, Align::Right, Align::Left]);
    let [paid, owed, open] = &audited.money;
    for (style, what, amount) in
        [(BAD, "paid out against the policy", paid), (CARE, "owed to customers", owed), (DIM, "not proven", open)]
    {
        table.row([what.to_owned(), styled(style, amount), audited.currency.clone()]);
    }
    table.write(2, &mut text);
    if let Some(changed) = &audited.otherwise {
        otherwise(changed, &audited.currency, &mut text);
    }
    rejected(audited, out, &mut text);
    for name in &counts.without_rows {
        text.push_str(&format!("\n{} there are no rows in `{name}`\n", styled(CARE, "warning:")));
    }
    let none = if in_vain(counts) || counts.judged == 0 && counts.findings == 0 {
        styled(CARE, "No return could be held against the policy")
    } else if counts.findings == 0 {
        styled(GOOD, "No findings")
    } else {
        let findings = if counts.findings == 1 { "finding" } else { "findings" };
        format!("{} {findings}", number(counts.findings))
    };
    text.push_str(&format!("\n{none} in {}; to read: {}\n", files::shown(out), files::shown(&out.join(REPORT))));
    text
}

/// What is wrong with rows that were rejected: a line for sales, and one for returns.
fn rejected(audited: &Audited, out: &Path, text: &mut String) {
    let counts = &audited.manifest.counts;
    if counts.rejected + counts.sales_rejected == 0 {
        return;
    }
    text.push('\n');
    for (table, rows, so) in
        [("sale", counts.sales_rejected, "; returns of them are without their sale"), ("return", counts.rejected, "")]
    {
        if rows == 0 {
            continue;
        }
        let rows = if rows == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(rows)) };
        text.push_str(&format!("{rows} of {table}s rejected{so}"));
        let mut kinds = audited.rejects.iter().filter(|kind| kind.table == table);
        if let Some(kind) = kinds.next() {
            let column = if kind.column.is_empty() { String::new() } else { format!("`{}` ", kind.column) };
            let first = kind.first.first().map(|(source, row, _)| format!(" ({source}:{row})")).unwrap_or_default();
            text.push_str(&format!(": {column}{}{first}", kind.reason));
            match kinds.count() {
                0 => {}
                others => text.push_str(&format!(", and {}", counted(others, "more kind"))),
            }
        }
        text.push('\n');
    }
    let rejects = files::shown(&out.join(REJECTS));
    text.push_str(&format!("What is wrong with the rows that were rejected: {rejects}\n"));
}

/// What it comes to under another policy. What is open is neither gained nor lost, and has its own lines.
fn otherwise(changed: &Changed, currency: &str, text: &mut String) {
    let returns = |number: u64| counted(usize::try_from(number).unwrap_or(usize::MAX), "return");
    let Changed { gains: (gains, gained), loses: (loses, lost), open } = changed;
    text.push_str(&format!(
        "\nUnder the other policy customers would get {gained} {currency} more for {}, and {lost} {currency} less for {}.\n",
        returns(*gains),
        returns(*loses),
    ));
    if open.is_empty() {
        return;
    }
    let all = open.iter().map(|open| open.returns).sum();
    text.push_str(&format!("Of {} that cannot be said, because one of the policies leaves it open:\n", returns(all)));
    let mut table = Table::new([Align::Right, Align::Left, Align::Right, Align::Left]);
    for open in open {
        let (money, currency) = open.money.as_deref().map_or(("", ""), |money| (money, currency));
        table.row([grouped(open.returns), open.what.to_owned(), styled(CARE, money), currency.to_owned()]);
    }
    table.write(2, text);
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
