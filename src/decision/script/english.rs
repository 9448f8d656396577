//! What the customer hears, in English: calm, nobody's fault, and what happens next. Every text is made of one message
//! and nothing else.

use chrono::NaiveDate;

use super::message::{Kept, Message, PaidWhen, Sum, ToAsk};

/// The sentence or two of a message.
pub(super) fn customer(message: &Message) -> String {
    match message {
        Message::Accepted { remedy, value, kept } => {
            format!("{} is accepted: {}.{}", capital(&yours(remedy)), sum(*value), all_kept(kept))
        }
        Message::AcceptedGoods { remedy, value, kept } => {
            let yours = capital(&yours(remedy));
            format!("{yours} is accepted. What you bring back counts for {}.{}", sum(*value), all_kept(kept))
        }
        Message::AcceptedService { remedy } => format!("{} is accepted.", capital(&yours(remedy))),
        Message::TermsMet { remedy } => format!("As far as I can see, the terms for {} are met.", one(remedy)),
        Message::Approved => "This has been looked at and approved for you.".to_owned(),
        Message::Verify { remedy, role, within, due } => {
            let when = match (due, within) {
                (Some(due), _) => format!(", by {} at the latest", day(*due)),
                (None, Some(within)) => format!(", within {within}"),
                (None, None) => String::new(),
            };
            format!("Before we finish, the {role} looks at one thing{when}. Then {} goes through.", yours(remedy))
        }
        Message::Verified { role } => format!("The {role} has looked at it, and all is well."),
        Message::VerificationFailed { role } => {
            format!("The {role} has looked at it and found it different from what we expected. Here is what happens next.")
        }
        Message::NotOffered { remedy, text: Some(text) } => {
            format!("I am sorry, we cannot do {} for this. Our terms say: \"{text}\"", one(remedy))
        }
        Message::NotOffered { remedy, text: None } => {
            format!("I am sorry, our terms do not include {} for this.", one(remedy))
        }
        Message::Expired { remedy, day: Some(last) } => {
            format!("The last day for {} of this was {}. I am sorry that it has passed.", one(remedy), day(*last))
        }
        Message::Expired { remedy, day: None } => {
            format!("The time for {} of this is over. I am sorry that it has passed.", one(remedy))
        }
        Message::OthersOffered { remedies } => {
            let remedies: Vec<String> = remedies.iter().map(|remedy| with_article(remedy)).collect();
            format!("What we can do instead: {}.", listed(&remedies, "or"))
        }
        Message::Stopped { day: Some(from) } => format!(
            "I am sorry, we cannot complete this return today. From {} on you are welcome to ask again.",
            day(*from)
        ),
        Message::Stopped { day: None } => "I am sorry, we cannot complete this return today.".to_owned(),
        Message::Referred { role, owed: false } => format!(
            "For a return like this one the {role} decides. I am calling the {role} now, and you will hear from us what was decided and why."
        ),
        Message::Referred { role, owed: true } => format!(
            "You have a right to this by law. The {role} settles how it is done: I am calling the {role} now, and we will tell you the next step."
        ),
        Message::LeftOpen { role } => format!(
            "Our terms do not settle this case by themselves, so the {role} decides. I am calling the {role} now, and you will hear from us what was decided and why."
        ),
        Message::Route { role } => format!(
            "The {role} settles with us how the money gets back to you. I am calling the {role} now; you lose nothing by it."
        ),
        Message::CountDiffers => {
            "The receipt and our records show a smaller number than we have here. Let us look at them together: some may belong to another purchase.".to_owned()
        }
        Message::NumberKnown => {
            "The serial number of this is in our records already. That can be a slip of ours: let us compare it with the receipt.".to_owned()
        }
        Message::NumberDiffers => {
            "The serial number here and the one on the receipt are not the same. It may belong to another purchase: with that receipt we can look again.".to_owned()
        }
        Message::DatesDiffer => {
            "The dates we have for this purchase do not fit together. I check them, and then we look again.".to_owned()
        }
        Message::GiftMissing => "A gift came with this purchase. Once you bring it along, we can go on.".to_owned(),
        Message::Together => {
            "We settle everything of this visit together, so this waits until the rest is clear.".to_owned()
        }
        Message::Question { question: None } => "I have one question before I can answer.".to_owned(),
        Message::Question { question: Some(question) } => {
            format!("I have one question before I can answer: {question}")
        }
        Message::LookUp => "There is one thing I have to look up before I can answer.".to_owned(),
        Message::Questions => "I need to know a little more before I can answer.".to_owned(),
        Message::Paid { amount, to, when } => match when {
            PaidWhen::Now => format!("You get {} back by {to} today.", sum(*amount)),
            PaidWhen::OnceVerified { first: None } => {
                format!("Once that is done, you get {} back by {to}.", sum(*amount))
            }
            PaidWhen::OnceVerified { first: Some(first) } => {
                format!("Once that is done, you get {} back by {to}, from {} on.", sum(*amount), day(*first))
            }
            PaidWhen::On { day: on } => format!("You get {} back by {to} on {}.", sum(*amount), day(*on)),
            PaidWhen::By { day: last } => format!("You get {} back by {to}, on {} at the latest.", sum(*amount), day(*last)),
            PaidWhen::Between { first, last } => {
                format!("You get {} back by {to}, between {} and {}.", sum(*amount), day(*first), day(*last))
            }
            PaidWhen::From { day: first } => format!("You get {} back by {to}, from {} on.", sum(*amount), day(*first)),
            PaidWhen::Within { length } => format!("You get {} back by {to}, within {length}.", sum(*amount)),
        },
        Message::Delivery { amount } => format!("{} of what you paid for delivery comes back too.", sum(*amount)),
        Message::ToPay { amount } => format!("That leaves {} to pay.", sum(*amount)),
        Message::ByLaw { what, name, title } => by_law(what, title.as_deref().or(name.as_deref())),
        Message::Possible { remedy, value, pays, last_day } => {
            let value = value.map_or(String::new(), |value| format!(": {}", sum(value)));
            let to = if pays.is_empty() { String::new() } else { format!(", by {}", listed(pays, "and")) };
            let last = last_day.map_or(String::new(), |last| format!(" The last day for it is {}.", day(last)));
            format!("{} is possible{value}{to}.{last}", capital(&with_article(remedy)))
        }
        Message::OnceKnown { remedy, sure, ask } => once_known(remedy, *sure, ask),
        Message::Later { day: from } => format!("The same return can be looked at again from {} on.", day(*from)),
        Message::Approval { roles } => {
            let roles: Vec<String> = roles.iter().map(|role| format!("the {role}")).collect();
            format!("If you like, I ask {} whether we can make an exception.", listed(&roles, "and"))
        }
    }
}

/// What there is once something is looked up, or asked in the words of the policy.
fn once_known(remedy: &str, sure: bool, ask: &[ToAsk]) -> String {
    let may = if sure { "is possible" } else { "may be possible" };
    let (questions, unsaid): (Vec<_>, Vec<_>) = ask.iter().partition(|one| one.question.is_some());
    let mut missing: Vec<String> = unsaid.iter().filter_map(|one| looked_up(one)).collect();
    if missing.len() < unsaid.len() {
        missing.push("a little more".to_owned());
    }
    let once = match missing.as_slice() {
        [] => String::new(),
        missing => format!(" once we know {}", listed(missing, "and")),
    };
    let questions: Vec<&str> = questions.into_iter().filter_map(|one| one.question.as_deref()).collect();
    let first = match questions.as_slice() {
        [] => String::new(),
        [one] => format!(" One question first: {one}"),
        several => format!(" A few questions first: {}", several.join(" ")),
    };
    format!("{} {may}{once}.{first}", capital(&with_article(remedy)))
}

/// A price that the store looks up.
fn looked_up(one: &ToAsk) -> Option<String> {
    match (one.fact.as_str(), one.length.as_deref()) {
        ("current_price", _) => Some("today's price".to_owned()),
        ("list_price", _) => Some("the list price".to_owned()),
        ("lowest_price", Some(length)) => Some(format!("the lowest price in {length}")),
        _ => None,
    }
}

/// What the law gives; why a return would have been stopped is not told.
fn by_law(what: &str, name: Option<&str>) -> String {
    let gives = match (what, name) {
        ("fee" | "deduction", Some(name)) => {
            return format!("The law limits what we may keep ({name}), and we follow it.");
        }
        ("window", _) => "By law you have longer for this than our own terms say.",
        ("tax", _) => "The law says how the tax comes back, and we follow it.",
        ("shipping", _) => "The law says how delivery comes back, and we follow it.",
        ("discounts", _) => "The law says how the discount counts, and we follow it.",
        ("basis", _) => "The law says from which price your refund is worked out, and we follow it.",
        ("pay", _) => "The law says which way the money comes back to you, and we follow it.",
        ("hold" | "due", _) => "By law you have the money sooner than our own terms say.",
        _ => "You have a right to this by law.",
    };
    gives.to_owned()
}

/// `a refund`, `store credit`; a return where it is not said which remedy is wanted.
fn one(remedy: &Option<String>) -> String {
    remedy.as_deref().map_or_else(|| "a return".to_owned(), with_article)
}

fn yours(remedy: &Option<String>) -> String {
    format!("your {}", remedy.as_deref().unwrap_or("return"))
}

/// Remedies of the language have an article, except store credit; those of a shop have names of its own.
fn with_article(remedy: &str) -> String {
    match remedy {
        "refund" | "repair" | "replacement" => format!("a {remedy}"),
        "exchange" => format!("an {remedy}"),
        other => other.to_owned(),
    }
}

fn all_kept(kept: &[Kept]) -> String {
    let each = kept.iter().map(|kept| match kept.title.as_ref().or(kept.name.as_ref()) {
        Some(name) if kept.tax => format!(" {} of the price stays with us (tax on {name}).", sum(kept.amount)),
        Some(name) => format!(" {} of the price stays with us ({name}).", sum(kept.amount)),
        None => format!(" {} of the price is not given back under our terms.", sum(kept.amount)),
    });
    each.collect()
}

fn sum(Sum(money): Sum) -> String {
    money.to_string()
}

/// `15 January 2026`.
fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `a, b or c`.
fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}
