//! `takeback train`: a clerk decides cases of a policy and hears what the policy says. Which cases there are is [`draw`],
//! how one is told is [`situation`], what was learnt is [`score`].

mod draw;
mod score;
mod situation;

use std::io::{self, BufRead, IsTerminal, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use rust_decimal::Decimal;
use takeback::Language;
use takeback::Policy;
use takeback::decision::Outcome;

use crate::args::TrainArgs;
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::{self, BAD, BOLD, CARE, DIM, ErrorFormat, GOOD, counted, styled};
use crate::table::clean;
use draw::Case;
use score::Score;

/// What a clerk can do, with the key for it, and what it is called.
const CHOICES: [(char, Outcome, &str); 5] = [
    ('a', Outcome::Accept, "accept"),
    ('v', Outcome::AcceptPendingVerification, "accept once verified"),
    ('c', Outcome::Refer, "call somebody who decides"),
    ('d', Outcome::Decline, "decline"),
    ('k', Outcome::Undetermined, "ask for something first"),
];

/// Asks case after case, tells after each what the policy says, and ends with the score.
pub(crate) fn run(args: &TrainArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let set = files::load_one(&args.paths)?;
    let (policy, report) = set.compile();
    let Some(policy) = policy else {
        output::findings(&report, &set.sources, format)?;
        return Ok(Exit::Findings);
    };
    let language = decide::language(&policy, args.locale.as_deref())?;
    let mut score = match &args.score {
        Some(path) => Score::read(path)?,
        None => Score::default(),
    };
    let seed = args.seed.unwrap_or_else(chance);
    let cases = draw::draw(&policy, args, seed, &score);
    if cases.is_empty() {
        return Err(Failure::new("there are no cases to train with")
            .help("write scenarios into the policy, or leave `--filter` and `--boundaries` away"));
    }
    let mut input = io::stdin().lock();
    let mut out = anstream::stdout().lock();
    let terminal = io::stdin().is_terminal();
    writeln!(
        out,
        "{}: {}. A key and Enter answers, `q` ends.\n",
        styled(BOLD, &clean(policy.name())),
        counted(cases.len(), "case")
    )?;
    let (mut right, mut asked) = (0, 0);
    for (place, case) in cases.iter().enumerate() {
        writeln!(out, "{}", styled(BOLD, &format!("{} of {}", place + 1, cases.len())))?;
        out.write_all(situation::told(&case.request, policy.program().currency.code()).as_bytes())?;
        let Some(answer) = choose(&mut input, &mut out, terminal)? else { break };
        let paid = case.decision.balance.to_customer;
        let sum = match (answer, case.decision.outcome) {
            (Outcome::Accept, Outcome::Accept) if !paid.is_zero() => amount(&mut input, &mut out, terminal)?,
            (_, _) => None,
        };
        let good = answer == case.decision.outcome && sum.is_none_or(|sum| sum == paid);
        asked += 1;
        right += usize::from(good);
        score.add(case.clauses(), good);
        writeln!(out, "\n{}", if good { styled(GOOD, "Right.") } else { styled(BAD, "Not so.") })?;
        explain(&policy, case, &language, &mut out)?;
    }
    if asked > 0 {
        summary(&policy, right, asked, &score, &mut out)?;
    }
    writeln!(out, "{}", styled(DIM, &format!("The same cases again: --seed {seed}")))?;
    if let Some(path) = &args.score {
        score.write(path)?;
    }
    Ok(Exit::Fine)
}

/// A seed that nobody chose.
fn chance() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(since.subsec_nanos()) ^ since.as_secs()
}

/// A line of input; none at its end.
fn line(input: &mut impl BufRead, out: &mut impl Write, terminal: bool) -> Result<Option<String>, Failure> {
    out.flush()?;
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        writeln!(out)?;
        return Ok(None);
    }
    if !terminal {
        // What was answered, as it would stand on a terminal.
        writeln!(out, "{}", clean(line.trim()))?;
    }
    Ok(Some(line.trim().to_lowercase()))
}

/// Asks until the answer is one of the choices; none: enough.
fn choose(input: &mut impl BufRead, out: &mut impl Write, terminal: bool) -> Result<Option<Outcome>, Failure> {
    let choices = CHOICES.map(|(key, _, what)| format!("{} {what}", styled(BOLD, &key.to_string())));
    writeln!(out, "\nWhat do you do?  {}", choices.join(" · "))?;
    loop {
        write!(out, "> ")?;
        let Some(answer) = line(input, out, terminal)? else { return Ok(None) };
        if answer == "q" {
            return Ok(None);
        }
        match CHOICES.iter().find(|(key, ..)| answer.chars().eq([*key])) {
            Some((_, outcome, _)) => return Ok(Some(*outcome)),
            None => writeln!(out, "{}", styled(CARE, "one of a, v, c, d and k; q ends"))?,
        }
    }
}

/// Asks how much goes back; an empty line: not sure, which is not held against anybody.
fn amount(input: &mut impl BufRead, out: &mut impl Write, terminal: bool) -> Result<Option<Decimal>, Failure> {
    writeln!(out, "How much does the customer get back? (Enter: not sure)")?;
    loop {
        write!(out, "> ")?;
        match line(input, out, terminal)? {
            None => return Ok(None),
            Some(text) if text.is_empty() => return Ok(None),
            Some(text) => match text.parse() {
                Ok(sum) => return Ok(Some(sum)),
                Err(_) => writeln!(out, "{}", styled(CARE, "an amount such as 12.50"))?,
            },
        }
    }
}

/// What the policy says, why, what to say to the customer, what there is instead.
fn explain(policy: &Policy, case: &Case, language: &Language, out: &mut impl Write) -> Result<(), Failure> {
    let script = policy.words(&case.read, &case.decision, language);
    writeln!(out, "{}", clean(&takeback::decision::headline(&case.decision, &case.read, language)))?;
    let mut told: Vec<&str> = Vec::new();
    for reason in script.reasons.iter().filter(|reason| reason.key != "accept") {
        if !told.contains(&reason.clerk.as_str()) {
            told.push(&reason.clerk);
        }
    }
    section(out, "Why", told)?;
    let mut cited: Vec<String> = Vec::new();
    for clause in case.decision.decisive().into_iter().filter_map(|id| case.decision.program.clause(id)) {
        let title = clause.title.as_deref().map(|title| format!("  {title}")).unwrap_or_default();
        let from = match clause.citations.is_empty() {
            true => String::new(),
            false => format!("  ({})", clause.citations.join("; ")),
        };
        cited.push(format!("{}{title}{from}", clause.path));
    }
    section(out, "Clauses", cited.iter().map(String::as_str))?;
    section(out, "Say to the customer", script.say.iter().map(|said| said.text.as_str()))?;
    section(out, "Instead", script.instead.iter().map(takeback::decision::script::Instead::text))?;
    let forms = &case.decision.program.versions.get(case.decision.version);
    let fields = case.decision.paperwork.iter().filter_map(|field| {
        let form = forms.and_then(|version| version.forms.get(usize::from(field.form)))?;
        form.fields.get(usize::from(field.field)).map(|field| field.title.as_deref().unwrap_or(&field.name))
    });
    section(out, "Fill in", fields)?;
    section(out, "On the line", case.drawn.as_deref())?;
    writeln!(out)?;
    Ok(())
}

fn section<'t>(out: &mut impl Write, title: &str, lines: impl IntoIterator<Item = &'t str>) -> Result<(), Failure> {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_some() {
        writeln!(out, "  {}", styled(DIM, title))?;
    }
    for line in lines {
        writeln!(out, "    {}", clean(line))?;
    }
    Ok(())
}

/// The score, and what to read again.
fn summary(policy: &Policy, right: usize, asked: usize, score: &Score, out: &mut impl Write) -> Result<(), Failure> {
    let style = if right == asked { GOOD } else { CARE };
    writeln!(out, "{}", styled(style, &format!("{right} of {asked} right.")))?;
    let titles = |label: &str| {
        let clause = policy.program().clauses.iter().find(|clause| *clause.path == *label);
        clause.and_then(|clause| clause.title.as_deref()).map_or(String::new(), |title| format!("  {title}"))
    };
    let weak: Vec<String> = score
        .weak()
        .map(|(label, tally)| {
            format!("{label}{}  {} of {} right", titles(label), tally.right, tally.right + tally.wrong)
        })
        .collect();
    section(out, "To read again", weak.iter().map(String::as_str))
}
