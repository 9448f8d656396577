//! The command line. Doc comments here are the help text.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Style, Styles};
use clap::{Args as ArgGroup, Parser, Subcommand, ValueEnum};

use crate::output::{Color, ErrorFormat};

const STYLES: Styles = Styles::styled()
    .header(Style::new().bold())
    .usage(Style::new().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(Style::new());

/// Return policies that can be read, checked, tested and run.
#[derive(Debug, Parser)]
#[command(name = "takeback", version, styles = STYLES, max_term_width = 100, after_help = "\
Examples:
  takeback new shop                              write a first policy, by questions
  takeback check shop                            look for mistakes
  takeback test shop                             run its scenarios
  takeback decide --policy shop request.json     answer a return
  takeback complete --policy shop request.json answers.json
                                                 check what was filled in, and finish the return
  takeback docs shop --out returns.html          write the page that customers read

`takeback help decide` tells more about a command.
Exit codes: 0 fine; 1 a policy, a scenario or answers are wrong; 2 the job could not be done.")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// How to write findings
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        env = "TAKEBACK_ERROR_FORMAT",
        value_name = "FORM",
        hide_env_values = true
    )]
    pub(crate) error_format: ErrorFormat,

    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    New(NewArgs),
    Check(CheckArgs),
    Test(TestArgs),
    Decide(DecideArgs),
    Complete(CompleteArgs),
    Explain(ExplainArgs),
    Audit(AuditArgs),
    Docs(DocsArgs),
    Bundle(BundleArgs),
    Schema(SchemaArgs),
    Train(TrainArgs),
    Export(ExportArgs),
    Import(ImportArgs),
    Messages(MessagesArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Look for mistakes in policies
///
/// Findings go to stderr, one line for each policy to stdout. A folder that holds `.takeback` files is one policy; in any
/// other folder the folders inside are looked at. Single files are one policy together, with the files they `use`.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback check shop
  takeback check policies                        every policy below a folder
  takeback check shop.takeback law.takeback      these files are one policy
  takeback check --strict --error-format plain shop

Exit codes: 0 no errors; 1 errors (with --strict: or warnings); 2 a file cannot be read.")]
pub(crate) struct CheckArgs {
    /// Files or folders; `-` is stdin
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Warnings count as errors, and law that nobody has verified is one
    #[arg(long)]
    pub(crate) strict: bool,
}

/// Write a first policy, by questions
///
/// Asks what a returns policy has to settle, each question with an example and the usual answer, and writes a policy, its
/// scenarios, a request to try and a README into a folder. Files that are there are never changed. Answers are read line by
/// line, from a terminal or from anything else; where they end, the usual answers stand.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback new
  takeback new shop
  takeback new shop --defaults                   ask nothing
  takeback new shop < answers.txt                one answer a line")]
pub(crate) struct NewArgs {
    /// The folder [default: named after the shop]
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,

    /// Take the usual answer to every question
    #[arg(long)]
    pub(crate) defaults: bool,
}

/// Run the scenarios of policies
///
/// Checks each policy and runs its scenarios. A scenario that fails is shown with what it expects beside what was decided,
/// and the clauses that decided.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback test shop
  takeback test policies --filter \"final sale\"
  takeback test shop --output json               results, requests and decisions, one policy a line
  takeback test shop --coverage                  which clauses no scenario needs
  takeback test shop --mutate                    which changes of the policy no scenario notices

Exit codes: 0 all passed; 1 a scenario failed, a policy has errors, or a change goes unnoticed; 2 a file cannot be read.")]
pub(crate) struct TestArgs {
    /// Files or folders; `-` is stdin
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Only scenarios with this text in their name
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// Also list the clauses that had no part in any decision
    #[arg(long)]
    pub(crate) coverage: bool,

    /// Also change the policy in one place after another and list the changes that no scenario notices: clauses, sentences,
    /// conditions and entries of lists left out, figures and days one step lower and higher
    #[arg(long, conflicts_with = "filter")]
    pub(crate) mutate: bool,

    /// The form of the results [default: human]
    #[arg(long, short, value_enum, value_name = "FORM")]
    pub(crate) output: Option<Output>,

    /// Of scenarios that fail, also show what the clerk reads in this language, such as sl or de-AT
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,
}

/// Tell search engines about a policy
///
/// Asks the policy what it promises and writes it in a format that search engines and market places read. What that format cannot
/// carry is listed on stderr: these formats know no fee for opened goods only, no forms, no approvals.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback export --to schema.org --country US --link https://example.com/returns shop > returns.jsonld
  takeback export --to google-merchant --country DE --country AT shop > policies.json
  takeback export --to schema.org --on 2026-11-01 --lost lost.json shop

Exit codes: 0 written, whatever is lost; 1 the policy has errors; 2 a file cannot be read or written.")]
pub(crate) struct ExportArgs {
    /// The policy: files or a folder
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) to: Format,

    /// A country it is for, as an ISO code of two letters; may be given several times
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub(crate) country: Vec<String>,

    /// The page that tells the policy
    #[arg(long, value_name = "URL")]
    pub(crate) link: Option<String>,

    /// For goods sold from this day on [default: from the day the newest version begins]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<chrono::NaiveDate>,

    /// Write what is lost here, as JSON, and not to stderr
    #[arg(long, value_name = "FILE.json")]
    pub(crate) lost: Option<PathBuf>,
}

/// Make a policy of what search engines are told
///
/// Reads a return policy in JSON-LD of schema.org or as Google Merchant has it, and prints a policy file. What these formats do
/// not say and a policy has to is left as questions in the file, which `takeback check` finds; with --ask they are asked now.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback import returns.jsonld --name \"Rosa & Sons\" > shop.takeback
  takeback import returns.jsonld --ask > shop.takeback
  takeback import policies.json --defaults --zone Europe/Berlin > shop.takeback

Exit codes: 0 written, whatever is lost; 2 the file cannot be read, or there is no return policy in it.")]
pub(crate) struct ImportArgs {
    /// The file; `-` is stdin
    #[arg(value_name = "FILE.json")]
    pub(crate) file: PathBuf,

    /// The format [default: what the file looks like]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,

    /// What the shop is called
    #[arg(long, default_value = "My shop", value_name = "NAME")]
    pub(crate) name: String,

    /// The first day of the policy
    #[arg(long, value_name = "DATE")]
    pub(crate) first_day: Option<chrono::NaiveDate>,

    /// Its time zone
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Option<String>,

    /// Its currency, where the file names none
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,

    /// Ask now what the file leaves open, on stderr
    #[arg(long, conflicts_with = "defaults")]
    pub(crate) ask: bool,

    /// Take the usual answer to every question
    #[arg(long)]
    pub(crate) defaults: bool,
}

/// A format of return policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// JSON-LD with a MerchantReturnPolicy
    #[value(name = "schema.org")]
    SchemaOrg,
    /// Online return policies of the Merchant API
    #[value(name = "google-merchant")]
    GoogleMerchant,
}

fn country(text: &str) -> Result<String, String> {
    match text.len() == 2 && text.chars().all(|c| c.is_ascii_alphabetic()) {
        true => Ok(text.to_ascii_uppercase()),
        false => Err("an ISO 3166-1 code of two letters: US, DE".to_owned()),
    }
}

/// Train staff on a policy, case by case
///
/// Tells a case, asks what to do, and then says what the policy says: the decision, the clauses, what to say to the customer,
/// what there is instead and whom to call. Half of the cases are scenarios of the policy, the other half are drawn: the last
/// day and the first day after it, an amount and the cent beside it.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback train shop
  takeback train shop --count 20 --score anna.json
  takeback train shop --filter \"gift\"            only scenarios with this text in their name
  takeback train shop --boundaries               only cases on a boundary
  takeback train shop --seed 7 < answers.txt     the same cases every time, one answer a line

Exit codes: 0 done, whatever the score; 1 the policy has errors; 2 a file cannot be read, or there are no cases.")]
pub(crate) struct TrainArgs {
    /// The policy: files or a folder
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How many cases
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) count: usize,

    /// Only scenarios with this text in their name
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// Only cases on a boundary
    #[arg(long)]
    pub(crate) boundaries: bool,

    /// Which cases: the same number gives the same ones [default: by chance]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// The language of what is said, such as sl or de-AT
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,

    /// Keep the score here; clauses that were answered wrongly are asked first
    #[arg(long, value_name = "FILE.json")]
    pub(crate) score: Option<PathBuf>,
}

/// Decide a return: accept or not, how much, to whom, and why
///
/// Reads one request as JSON and answers it. Several requests, one a line, are answered in their order, one line of JSON each;
/// in the place of a request that cannot be read stands {"error": {"line": …, "kind": …, "path": …, "message": …}}. Scripts go by
/// `kind` (json, limit, member, word, …); messages are for people and may change.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback decide --policy shop request.json
  takeback decide --policy shop --what-if request.json
  takeback decide --policy shop --output json < request.json
  takeback decide --policy shop --lines < requests.jsonl > decisions.jsonl
  takeback decide --policy shop --locale sl request.json
  takeback decide --policy shop --exit-code request.json && echo accepted

Exit codes: 0 decided, whatever the decision; 1 the policy has errors; 2 the request cannot be read.
With --exit-code: 0 accept; 10 decline; 11 refer; 12 undetermined; 13 accept pending verification.")]
pub(crate) struct DecideArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    /// The request, or several, one a line; `-` or nothing is stdin
    #[arg(default_value = "-", hide_default_value = true, value_name = "REQUEST.json")]
    pub(crate) request: PathBuf,

    /// Every line is a request [default: when the first line is one and more follow]
    #[arg(long)]
    pub(crate) lines: bool,

    /// The form of the answer [default: human for one request, json for several]
    #[arg(long, short, value_enum, value_name = "FORM")]
    pub(crate) output: Option<Output>,

    /// Also say which single changes would make the answer another
    #[arg(long)]
    pub(crate) what_if: bool,

    /// The language, such as sl or de-AT: prints what the clerk reads
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,

    /// With JSON, also give the words for clerk and customer, and what there is instead
    #[arg(long)]
    pub(crate) script: bool,

    /// Say the outcome of one request by exit code too
    #[arg(long, conflicts_with = "lines")]
    pub(crate) exit_code: bool,
}

/// Finish a return: check what was filled in, and print the record
///
/// Decides the request again and holds the answers against the forms of the decision. Either every answer that is missing or
/// wrong is listed, or the finished record is printed: what was decided, and what was filled in, as it is to be stored. With
/// --check a record is held against the policy instead.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback complete --policy shop request.json answers.json
  takeback complete --policy shop --output json request.json answers.json > completion.json
  takeback complete --policy shop --key-file key.txt request.json answers.json
  takeback complete --policy shop --check record.json request.json
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n' > key.txt

Exit codes: 0 finished, or the record is right; 1 something is missing or wrong, or the policy has errors; 2 the request,
the answers or the record cannot be read.")]
pub(crate) struct CompleteArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    /// The request; `-` is stdin
    #[arg(value_name = "REQUEST.json")]
    pub(crate) request: PathBuf,

    /// What was filled in; `-` is stdin
    #[arg(value_name = "ANSWERS.json", required_unless_present = "check")]
    pub(crate) answers: Option<PathBuf>,

    /// Check this record, or the completion that holds it, instead
    #[arg(long, value_name = "RECORD.json", conflicts_with = "answers")]
    pub(crate) check: Option<PathBuf>,

    /// The key for answers that are kept as a hash: 64 hexadecimal digits or more
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,

    /// The form of the answer [default: human]
    #[arg(long, short, value_enum, value_name = "FORM")]
    pub(crate) output: Option<Output>,

    /// The language of the forms, such as sl or de-AT; what is missing or wrong is told in English
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,
}

/// Explain a finding, or how a decision came about
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback explain T0301                         what a finding means, and what to do
  takeback explain --keys                        the reasons a decision can have
  takeback explain --policy shop request.json    which clauses applied, and which did not
  takeback explain --finding audit-2025 17       how finding 17 of an audit comes about")]
#[command(
    override_usage = "takeback explain <CODE>\n       takeback explain --keys\n       takeback explain --policy <PATH> [REQUEST.json]\n       takeback explain --finding <DIR> <NUMBER>"
)]
pub(crate) struct ExplainArgs {
    /// The code of a finding, with --policy a request (`-` or nothing is stdin), with --finding the number of a finding
    #[arg(value_name = "CODE|REQUEST.json|NUMBER", required_unless_present_any = ["keys", "policy"])]
    pub(crate) what: Option<PathBuf>,

    /// List the reasons a decision can have
    #[arg(long, conflicts_with_all = ["policy", "what"])]
    pub(crate) keys: bool,

    /// The folder of an audit: explain a finding of it, under the policy that is kept there
    #[arg(long, value_name = "DIR", conflicts_with_all = ["policy", "keys"])]
    pub(crate) finding: Option<PathBuf>,

    /// The policy: a folder, files or a bundle
    #[arg(long, short, value_name = "PATH")]
    pub(crate) policy: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) trust: TrustArgs,
}

/// Hold past returns against the policy that was in force
///
/// Reads exports of sales and returns (CSV, also packed with gzip or zstd, JSON lines, Parquet), decides every return again under the version in
/// force, and writes where what was done is not what the policy says: as tables, as figures, and as a report to read. Rows with errors are
/// told, never lost. Ctrl-C ends it in order; `--resume` goes on from there, also after a crash, and comes to the same results.
#[derive(Debug, ArgGroup)]
#[command(
    override_usage = "takeback audit --policy <PATH> [--sales <FILE>...] --returns <FILE>... --map <MAPPING.toml> --out <DIR>\n       takeback audit --infer <FILE>...",
    after_long_help = "\
Examples:
  takeback audit --infer sales.csv returns.csv > mapping.toml
  takeback audit --policy shop --sales sales.csv --returns returns.csv --map mapping.toml --out audit-2025
  takeback audit --policy shop --sales 'sales/*.csv.gz' --returns 'returns/*.csv.gz' --map mapping.toml --out audit-2025
  takeback audit --policy shop --returns returns-with-sales.parquet --map mapping.toml --out audit-2025
  takeback audit --policy shop --sales sales.csv --returns - --map mapping.toml --out audit-2025 < returns.jsonl
  takeback audit --resume --policy shop --sales sales.csv --returns returns.csv --map mapping.toml --out audit-2025
  takeback audit --what-if draft --policy shop --sales sales.csv --returns returns.csv --map mapping.toml --out what-if
  takeback explain --finding audit-2025 17       why finding 17 is one

Exit codes: 0 no findings; 1 findings, all rows of returns have errors, or the policy has errors; 2 the audit could not be done."
)]
pub(crate) struct AuditArgs {
    /// The policy: a folder, files (again for each) or a bundle
    #[arg(long, short, value_name = "PATH", required_unless_present = "infer")]
    pub(crate) policy: Vec<PathBuf>,

    /// Files of sales, or patterns; `-` is stdin
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) sales: Vec<String>,

    /// Files of returns, or patterns; `-` is stdin
    #[arg(long, value_name = "FILE", num_args = 1.., required_unless_present = "infer")]
    pub(crate) returns: Vec<String>,

    /// What the columns of these files mean
    #[arg(long, value_name = "MAPPING.toml", required_unless_present = "infer")]
    pub(crate) map: Option<PathBuf>,

    /// The folder for the results
    #[arg(long, value_name = "DIR", required_unless_present = "infer")]
    pub(crate) out: Option<PathBuf>,

    /// Propose a mapping for these files, from their first rows, and print it
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["policy", "sales", "returns", "map", "out"])]
    pub(crate) infer: Vec<String>,

    /// Another policy: also tell what the same returns would have come to under it, who gains and who loses
    #[arg(long, value_name = "PATH")]
    pub(crate) what_if: Vec<PathBuf>,

    /// Go on with an audit that was stopped
    #[arg(long)]
    pub(crate) resume: bool,

    /// End when more rows than this have errors [default: never]
    #[arg(long, value_name = "N")]
    pub(crate) max_rejects: Option<u64>,

    /// End at the first row with an error
    #[arg(long, conflicts_with = "max_rejects")]
    pub(crate) strict: bool,

    /// Into how many parts the data are spread: one for each thread is in memory [default: by the size of the files]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub(crate) parts: Option<u16>,

    /// How many threads [default: as many as the machine has]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,

    #[command(flatten)]
    pub(crate) trust: TrustArgs,
}

/// Write a policy as the pages that customers and staff read
///
/// A page is one HTML file that needs nothing else: for customers what they get, how long they have and what to bring; for
/// staff also forms, reasons, labels and who decides. Its tables are worked out from the rules. Without `--out` it goes to
/// stdout. Into a folder go the pages of all versions for both readers, and `index.html` with the versions.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback docs shop --out returns.html          the page that the shop publishes
  takeback docs shop --for staff --out desk.html the page at the counter
  takeback docs shop --out pages                 all pages of all versions, into a folder
  takeback docs shop --locale de --out ruecknahme.html
  takeback docs shop --version 2025 --what-changed 2023 --out new.html

Exit codes: 0 written; 1 the policy has errors; 2 a file cannot be read or written.")]
pub(crate) struct DocsArgs {
    /// The policy: a folder or files
    #[arg(required = true, value_name = "POLICY")]
    pub(crate) policy: Vec<PathBuf>,

    /// A file that ends in `.html`, or a folder for all pages
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,

    /// Who reads the page [default: customers]
    #[arg(long = "for", value_enum, value_name = "READER")]
    pub(crate) reader: Option<Reader>,

    /// The version [default: the one in force on the day of `--on`]
    #[arg(long, value_name = "NAME")]
    pub(crate) version: Option<String>,

    /// Tell what has changed since this version
    #[arg(long, value_name = "NAME")]
    pub(crate) what_changed: Option<String>,

    /// The language of the page, such as sl or de-AT [default: en]
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,

    /// The day for which dates of seasons are told [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}

/// Who reads a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reader {
    /// What the shop publishes
    Customers,
    /// What is read at the counter, with forms, reasons, labels and who decides
    Staff,
}

/// Put a policy into one file, for tills
///
/// Compiles the policy with the law and the messages it uses into a bundle: a file that is named by its hash, may be signed, and
/// is taken by `decide`, `complete`, `explain`, `docs`, `export`, `schema` and `messages` where they take a policy. A bundle in the
/// place of a policy is signed once more.
#[derive(Debug, ArgGroup)]
#[command(
    override_usage = "takeback bundle <POLICY>...\n       takeback bundle --show <FILE.bundle>\n       takeback bundle --new-key <FILE>",
    after_long_help = "\
Examples:
  takeback bundle shop                           writes shop-2026-3f9a0c11d2e4.bundle
  takeback bundle shop --zone America/Chicago --out shop.bundle
  takeback bundle --new-key owner.key            prints the public key
  takeback bundle shop --sign owner.key
  takeback decide --policy shop.bundle --signed-by 8a88e3dd… request.json
  takeback bundle --show shop.bundle

Exit codes: 0 written; 1 the policy has errors; 2 a file cannot be read or written, or is no bundle to decide by."
)]
pub(crate) struct BundleArgs {
    /// The policy: a folder or files; or a bundle, to sign it
    #[arg(value_name = "POLICY", required_unless_present_any = ["show", "new_key"])]
    pub(crate) policy: Vec<PathBuf>,

    /// The file [default: name, newest version and the first digits of its address]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// A time zone that stores in requests are in, beside those of the policy; may be given several times
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Vec<String>,

    /// Sign it with the key in this file; may be given several times
    #[arg(long, value_name = "KEYFILE")]
    pub(crate) sign: Vec<PathBuf>,

    /// Show what a bundle says about itself
    #[arg(long, value_name = "FILE.bundle", conflicts_with_all = ["policy", "out", "zone", "sign", "new_key"])]
    pub(crate) show: Option<PathBuf>,

    /// Make a key to sign with, write it here, and print the public key that goes with it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["policy", "out", "zone", "sign"])]
    pub(crate) new_key: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) trust: TrustArgs,
}

/// Who may have signed a bundle.
#[derive(Debug, ArgGroup)]
pub(crate) struct TrustArgs {
    /// Of a bundle: the public key that must have signed it, or one of several
    #[arg(long, value_name = "KEY")]
    pub(crate) signed_by: Vec<takeback::bundle::PublicKey>,
}

/// Print the JSON Schema of what goes in or comes out
///
/// Schemas are of draft 2020-12, and the same as the files in `schemas/`. With a policy, that of requests has its words, facts,
/// clauses and currency, and that of answers its forms; a till can be checked against it before anything is decided.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback schema decision > decision.schema.json
  takeback schema request shop > request.schema.json
                                                 of requests to this policy

Exit codes: 0 printed; 1 the policy has errors; 2 a file cannot be read.")]
pub(crate) struct SchemaArgs {
    /// Of what
    #[arg(value_enum)]
    pub(crate) document: Document,

    /// The policy: a folder or files; only of requests and answers
    #[arg(value_name = "POLICY")]
    pub(crate) policy: Vec<PathBuf>,
}

/// Write a message file to begin a translation with
///
/// Prints every key that a language lacks, of the policy and of the engine, with what is said now as a comment. Saved as
/// `messages/sl.ftl` beside the policy and filled in, it is found there by every command.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback messages shop --locale sl > shop/messages/sl.ftl
  takeback messages shop                         the languages that there are

Exit codes: 0 printed; 1 the policy has errors; 2 a file cannot be read.")]
pub(crate) struct MessagesArgs {
    /// The policy: a folder or files
    #[arg(required = true, value_name = "POLICY")]
    pub(crate) policy: Vec<PathBuf>,

    /// The language: sl, de-AT
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Document {
    /// What `decide` takes
    Request,
    /// What `decide --output json` prints
    Decision,
    /// What `complete` takes with a request
    Answers,
    /// What `complete --output json` prints
    Completion,
    /// What is stored of a finished return
    Record,
}

/// Write a script that completes commands in a shell
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback completions bash > ~/.local/share/bash-completion/completions/takeback
  takeback completions fish > ~/.config/fish/completions/takeback.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Write the manual pages
///
/// One page for the command and one for each of its subcommands, as `man` reads them. They say what `takeback help` says.
#[derive(Debug, ArgGroup)]
#[command(after_long_help = "\
Examples:
  takeback man ~/.local/share/man/man1
  man takeback-decide")]
pub(crate) struct ManArgs {
    /// The folder; it is made when it is not there
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// Which policy decides.
#[derive(Debug, ArgGroup)]
pub(crate) struct PolicyArgs {
    /// The policy: a folder, files (again for each) or a bundle
    #[arg(long, short, required = true, value_name = "PATH")]
    pub(crate) policy: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) trust: TrustArgs,
}

/// The form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// For people
    Human,
    /// For programs
    Json,
}
