//! What the answers become: a policy with scenarios, a request to try, and a README. What a scenario expects is what the
//! policy answers: it is compiled and asked, nothing is worked out here.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde_json::Value;
use takeback::Policy;
use takeback::money::Currency;
use takeback::render;
use takeback::scenario::ScenarioResult;
use takeback::source::SourceSet;

use super::interview::Answers;
use super::questions::{
    Key, OPENED_AMOUNT, OPENED_DECLINED, OPENED_PERCENT, RECEIPT_CREDIT, RECEIPT_DECLINED, RECEIPT_MANAGER,
};
use crate::exit::Failure;

/// The files to write: name and text.
pub(super) fn scaffold(answers: &Answers, name: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut text = policy(answers);
    let sold: NaiveDate = answers.get(Key::From).parse().unwrap_or_default();
    let on_time = asked(&text, &drafts(answers, sold, sold))?;
    let last_day = on_time.iter().find(|result| result.name == ON_TIME).and_then(last_day).unwrap_or(sold);
    let drafts = drafts(answers, sold, last_day);
    let results = asked(&text, &drafts)?;
    text.push_str(
        "\n# Returns, and what the policy answers. After a change, `takeback test` shows what else has changed.\n",
    );
    for (draft, result) in drafts.iter().zip(&results) {
        text.push_str(&draft.text(&expected(draft, result)));
    }
    let request = results.first().and_then(|result| result.visits.last()).map(|visit| &visit.request);
    let request = serde_json::to_string_pretty(&request)?;
    Ok(vec![
        (format!("{name}.takeback"), text),
        ("request.json".to_owned(), request + "\n"),
        ("README.md".to_owned(), readme(answers, name)),
    ])
}

/// The policy without its scenarios.
fn policy(answers: &Answers) -> String {
    let get = |key| answers.get(key);
    let mut text = format!(
        "# How {name} takes goods back: first what holds for everything, then the exceptions.\n\
         policy \"{name}\" version \"1\" {{\n  \
           in force   from {from} by date sold, otherwise date requested\n  \
           currency   {currency}\n  \
           time zone  \"{zone}\"\n  \
           choices {{\n",
        name = get(Key::Name),
        from = get(Key::From),
        currency = get(Key::Currency),
        zone = get(Key::Zone),
    );
    let fee = answers.given(Key::FeeUnit).map(|unit| format!("{unit}, {}", get(Key::FeeTax)));
    let coin = answers.given(Key::Coin).map(|coin| match coin {
        "0.01" => "not rounded".to_owned(),
        coin => format!("to the nearest {coin} {}", get(Key::Currency)),
    });
    let choices = [
        ("days counted from", answers.given(Key::Days)),
        ("months", answers.given(Key::Months)),
        ("extensions", answers.given(Key::Extensions)),
        ("without received", answers.given(Key::Without)),
        ("deadline met when", answers.given(Key::Deadline)),
        ("late returns", answers.given(Key::Late)),
        ("rounding", answers.given(Key::Rounding)),
        ("cash", coin.as_deref()),
        ("tax", answers.given(Key::Tax)),
        ("shipping", answers.given(Key::Shipping)),
        ("fee restocking", fee.as_deref()),
        ("discounts", answers.given(Key::Discounts)),
        ("bundles", answers.given(Key::Bundles)),
        ("gifts", answers.given(Key::Gifts)),
        ("split payments", answers.given(Key::Split)),
        ("lines", answers.given(Key::Lines)),
    ];
    for (what, choice) in choices {
        if let Some(choice) = choice {
            let _ = writeln!(text, "    {what:<17}  {choice}");
        }
    }
    let _ = write!(
        text,
        "  }}\n}}\n\n\
         clause everything \"{window} with a receipt\" {{\n  \
           accept  refund, exchange\n  \
           start   {start}\n  \
           window  {window}\n  \
           basis   price paid\n  \
           pay     original tender\n",
        window = get(Key::Window),
        start = get(Key::Start),
    );
    text.push_str(&opened(answers));
    text.push_str(&no_receipt(answers));
    text.push_str("}\n");
    if answers.get(Key::Receipt) != RECEIPT_DECLINED {
        text.push_str(SLIP);
    }
    text
}

/// What holds for opened goods.
fn opened(answers: &Answers) -> String {
    let currency = answers.get(Key::Currency);
    let (title, statement, broken) = match answers.get(Key::Opened) {
        OPENED_PERCENT => {
            let percent = answers.get(Key::OpenedPercent);
            (format!("{percent} percent stays with us"), format!("fee restocking {percent}%"), "fee restocking none")
        }
        OPENED_AMOUNT => {
            let amount = answers.get(Key::OpenedAmount);
            (
                format!("{amount} {currency} stays with us"),
                format!("fee restocking {amount} {currency}"),
                "fee restocking none",
            )
        }
        OPENED_DECLINED => (
            "we cannot take them back".to_owned(),
            "decline \"It has been opened\", overridable by manager".to_owned(),
            "accept refund, exchange",
        ),
        _ => return String::new(),
    };
    format!(
        "\n  except opened \"Opened or used goods: {title}\" when condition is not sealed {{\n    \
           {statement}\n    \
           except broken \"Broken goods come back free of charge\" when reason is defective, damaged {{\n      \
             {broken}\n    \
           }}\n  \
         }}\n"
    )
}

/// What holds without a receipt.
fn no_receipt(answers: &Answers) -> String {
    let (title, statements) = match answers.get(Key::Receipt) {
        RECEIPT_CREDIT => ("No receipt: store credit for what it costs today", CREDIT.to_vec()),
        RECEIPT_MANAGER => {
            let refer: &[&str] = &["refer to manager \"No receipt\""];
            ("No receipt: store credit, when a manager agrees", [CREDIT, refer].concat())
        }
        RECEIPT_DECLINED => ("No receipt, no return", vec!["decline \"There is no receipt\", overridable by manager"]),
        _ => return String::new(),
    };
    let mut text = format!("\n  except no-receipt \"{title}\" when proof is none {{\n");
    for statement in statements {
        let _ = writeln!(text, "    {statement}");
    }
    text.push_str("  }\n");
    // Both speak of whether the goods come back at all.
    if answers.get(Key::Opened) == OPENED_DECLINED {
        text.push_str("  no-receipt overrides opened\n");
    }
    text
}

/// What there is without a receipt.
const CREDIT: &[&str] =
    &["accept  store credit", "window  no limit", "basis   current price", "collect no-receipt-slip"];

/// What is written down then.
const SLIP: &str = "
form no-receipt-slip \"Return without a receipt\" {
  name      \"Name\" text, required, from customer, kept for 1 year, purpose \"to find the return again\"
  signature \"Signature\" signature of customer, required, kept for 1 year
}
";

/// The scenario that shows the last day.
const ON_TIME: &str = "sealed, on the last day";

/// A scenario before it is known what to expect.
struct Draft {
    title: &'static str,
    sold: String,
    visit: NaiveDate,
    returned: String,
    /// What is worth showing of the answer, beside the outcome.
    shows: &'static [Shown],
}

/// A part of an answer.
#[derive(Clone, Copy)]
enum Shown {
    Refund,
    Fees,
    Payouts,
    Forms,
    LastDay,
}

/// The scenarios; `last_day` is that of goods that are as they were sold.
fn drafts(answers: &Answers, sold: NaiveDate, last_day: NaiveDate) -> Vec<Draft> {
    let currency = answers.get(Key::Currency);
    let digits = currency.parse::<Currency>().map(Currency::minor_digits).unwrap_or_default();
    let sum = |units: i64| {
        let mut amount = Decimal::from(units);
        amount.rescale(digits);
        format!("{amount} {currency}")
    };
    let lamp = format!(
        "sold   {sold}\n  item   lamp \"Home/Lamps\" at {}, tax {}, rate 8%, received {sold}\n  paid   credit",
        sum(100),
        sum(8),
    );
    let after = |days| sold.checked_add_days(Days::new(days)).unwrap_or(sold);
    let back = |condition: &str, reason: &str| {
        format!("lamp, wants refund, condition {condition}, reason {reason}, proof receipt")
    };
    vec![
        Draft {
            title: "opened after some days",
            sold: lamp.clone(),
            visit: after(9).min(last_day),
            returned: back("opened", "changed mind"),
            shows: &[Shown::Fees, Shown::Refund],
        },
        Draft {
            title: ON_TIME,
            sold: lamp.clone(),
            visit: last_day,
            returned: back("sealed", "changed mind"),
            shows: &[Shown::Refund, Shown::LastDay],
        },
        Draft {
            title: "sealed, a day late",
            sold: lamp,
            visit: last_day.succ_opt().unwrap_or(last_day),
            returned: back("sealed", "changed mind"),
            shows: &[Shown::LastDay],
        },
        Draft {
            title: "without a receipt",
            sold: "item   lamp \"Home/Lamps\"".to_owned(),
            visit: after(9),
            returned: format!(
                "lamp, wants store credit, condition sealed, reason changed mind, proof none, current_price {}",
                sum(80),
            ),
            shows: &[Shown::Payouts, Shown::Forms],
        },
    ]
}

impl Draft {
    fn text(&self, expected: &str) -> String {
        let Draft { title, sold, visit, returned, .. } = self;
        format!("\nscenario \"{title}\" {{\n  {sold}\n  visit  {visit}\n  return {returned}\n  expect {expected}\n}}\n")
    }
}

/// What the policy answers to the scenarios.
fn asked(policy: &str, drafts: &[Draft]) -> Result<Vec<ScenarioResult>, Failure> {
    let mut text = policy.to_owned();
    text.extend(drafts.iter().map(|draft| draft.text("accept")));
    let mut sources = SourceSet::new();
    sources.add("policy.takeback", text).map_err(|name| Failure::new(format!("{name:?}")))?;
    match Policy::compile(&sources) {
        Ok(policy) => Ok(policy.test()),
        Err(report) => {
            let findings = render::plain(&report, &sources);
            Err(Failure::new(format!("these answers make no policy: {}", findings.trim_end())))
        }
    }
}

fn decision(result: &ScenarioResult) -> Option<&Value> {
    result.visits.last().map(|visit| &visit.decision)
}

/// The last day of the wanted remedy.
fn last_day(result: &ScenarioResult) -> Option<NaiveDate> {
    wanted(decision(result)?)?.pointer("/window/last_day")?.as_str()?.parse().ok()
}

/// The wanted remedy of the first line.
fn wanted(decision: &Value) -> Option<&Value> {
    let line = decision.pointer("/lines/0")?;
    line.get("remedies")?.as_array()?.iter().find(|remedy| remedy.get("remedy") == line.get("wants"))
}

/// An answer in the words of `expect`.
fn expected(draft: &Draft, result: &ScenarioResult) -> String {
    let Some(decision) = decision(result) else { return "accept".to_owned() };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let currency = text(decision.pointer("/balance/currency"));
    let mut parts = vec![text(decision.get("outcome"))];
    parts.extend(list(decision.get("referrals")).iter().map(|referral| format!("to {}", text(referral.get("role")))));
    for shown in draft.shows {
        match shown {
            Shown::Refund => {
                let back = text(decision.pointer("/balance/to_customer"));
                if back.parse().is_ok_and(|back: Decimal| !back.is_zero()) {
                    parts.push(format!("refund {back} {currency}"));
                }
            }
            Shown::Fees => {
                let amounts = list(wanted(decision).and_then(|remedy| remedy.get("amounts")));
                for fee in amounts.iter().filter(|amount| text(amount.get("part")) == "fee") {
                    let kept = text(fee.get("amount"));
                    let kept = kept.trim_start_matches('-');
                    parts.push(format!("fee {} {kept} {currency}", text(fee.get("name"))));
                }
            }
            Shown::Payouts => {
                for payout in list(decision.get("payouts")) {
                    parts.push(format!("pays {} {currency} to {}", text(payout.get("amount")), text(payout.get("to"))));
                }
            }
            Shown::Forms => {
                let mut forms: Vec<String> =
                    list(decision.get("paperwork")).iter().map(|field| text(field.get("form"))).collect();
                forms.dedup();
                parts.extend(forms.iter().map(|form| format!("collect {form}")));
            }
            Shown::LastDay => parts.extend(
                wanted(decision)
                    .and_then(|remedy| remedy.pointer("/window/last_day"))
                    .and_then(Value::as_str)
                    .map(|day| format!("last day {day}")),
            ),
        }
    }
    parts.join(", ")
}

fn readme(answers: &Answers, name: &str) -> String {
    format!(
        "# {shop}: returns\n\n\
         - [{name}.takeback]({name}.takeback): the policy, and returns with what it answers\n\
         - [request.json](request.json): a return, as a till would ask\n\n\
         Next: read the policy aloud, change what is not so, and see what it answers.\n\n\
         ```sh\n\
         takeback check .\n\
         takeback test .\n\
         takeback decide --policy . request.json\n\
         ```\n",
        shop = answers.get(Key::Name),
    )
}

#[cfg(test)]
mod tests {
    use super::super::interview::Answers;
    use super::super::questions::{Key, Kind, QUESTIONS};
    use super::scaffold;
    use takeback::scenario::Outcome;
    use takeback::source::SourceSet;
    use takeback::{Policy, render};

    /// The usual answers, but for these.
    fn answers(given: &[(Key, &str)]) -> Answers {
        let mut answers = Answers::new(Some("Corner shop".to_owned()));
        answers.set(Key::From, "2026-03-01".to_owned());
        for (key, answer) in given {
            answers.set(*key, (*answer).to_owned());
        }
        answers.usual()
    }

    /// Whatever is answered: no findings, every scenario passes, and the first request is the one to try.
    fn holds(given: &[(Key, &str)]) {
        let files = scaffold(&answers(given), "shop").unwrap_or_else(|failure| panic!("{given:?}: {failure}"));
        let mut sources = SourceSet::new();
        sources.add(files[0].0.as_str(), files[0].1.as_str()).unwrap();
        let policy = Policy::compile(&sources)
            .unwrap_or_else(|report| panic!("{given:?}: {}", render::plain(&report, &sources)));
        let warnings = render::plain(policy.warnings(), &sources);
        assert!(warnings.is_empty(), "{given:?}: {warnings}");
        let results = policy.test();
        assert_eq!(results.len(), 4);
        for result in results {
            assert_eq!(result.outcome, Outcome::Passed, "{given:?}");
            let decided = result.visits[0].decision["outcome"].as_str().unwrap();
            assert!(decided != "undetermined", "{given:?}: {} is {decided}", result.name);
            assert!(decided == "decline" || result.name != "sealed, a day late", "{given:?}");
            assert!(decided == "accept" || result.name != "sealed, on the last day", "{given:?}");
        }
        policy.request(files[1].1.as_bytes()).unwrap();
    }

    #[test]
    fn every_answer_makes_a_policy_without_findings_whose_scenarios_pass() {
        for question in QUESTIONS {
            if let Kind::Choice(choices) = &question.kind {
                for choice in *choices {
                    holds(&[(question.key, choice.writes)]);
                    // With months and a fee that is an amount, every question is open.
                    let other = [(Key::Window, "2 months"), (Key::Start, "received"), (Key::Currency, "JPY")];
                    let other = [other.as_slice(), &[(Key::Opened, "amount"), (question.key, choice.writes)]];
                    holds(&other.concat());
                }
            }
        }
    }

    #[test]
    fn refusals_make_policies_too() {
        for receipt in ["credit", "manager", "declined"] {
            holds(&[(Key::Opened, "declined"), (Key::Receipt, receipt)]);
            holds(&[(Key::Opened, "same"), (Key::Receipt, receipt)]);
        }
    }

    #[test]
    fn extremes_make_policies_too() {
        holds(&[(Key::Window, "1 day"), (Key::Days, "the day itself")]);
        holds(&[(Key::Window, "100 years")]);
        holds(&[(Key::Currency, "KWD"), (Key::Opened, "amount"), (Key::OpenedAmount, "0.001")]);
        holds(&[(Key::Opened, "amount"), (Key::OpenedAmount, "1000.00")]);
        holds(&[(Key::OpenedPercent, "100")]);
        holds(&[(Key::Name, "Zoë's # { } \\ shop")]);
        holds(&[(Key::Zone, "Pacific/Auckland"), (Key::From, "2024-02-29"), (Key::Window, "1 year")]);
    }
}
