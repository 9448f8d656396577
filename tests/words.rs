//! `tests/words`: what the clerk reads. The case of the same name stands beside the text or in `tests/cases`; each step
//! is told.

use std::{env, fs};

use std::collections::BTreeSet;

use serde_json::Value;
use takeback::date::{Length, Unit};
use takeback::decision::{Asked, Credits, Decision, Reason, ReasonKey, Script};
use takeback::money::{Money, Percent};
use takeback::program::ClauseId;
use takeback::{Language, Policy, api};

use crate::cases;

#[test]
fn words() {
    for path in cases::files(&cases::root().join("tests/words"), "txt") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = fs::read_to_string(path.with_extension("json"))
            .or_else(|_| fs::read_to_string(cases::root().join(format!("tests/cases/{name}.json"))));
        let case: Value = serde_json::from_str(&case.unwrap()).unwrap();
        let policy = cases::policy_of(&case).unwrap();
        let told = case["steps"].as_array().unwrap().iter().map(|step| {
            let request = policy.request(step["request"].to_string().as_bytes()).unwrap();
            policy.words(&request, &policy.decide(&request), &policy.language("en").unwrap()).page
        });
        let found = told.collect::<Vec<_>>().join("\n----\n\n");
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, found).unwrap();
        } else {
            assert_eq!(fs::read_to_string(&path).unwrap(), found, "{name}");
        }
    }
}

/// Every reason that there is has a text for the clerk and another for the customer. The customer hears no text that is
/// meant for staff, no figure that was counted, and nothing that puts the blame on somebody.
#[test]
fn every_reason_has_words_for_both() {
    compare("tests/words/reasons.golden", &reasons("en"));
}

fn reasons(tag: &str) -> String {
    let case = fs::read_to_string(cases::root().join("tests/cases/words-if.json")).unwrap();
    let case: Value = serde_json::from_str(&case).unwrap();
    let policy = cases::policy_of(&case).unwrap();
    let request = policy.request(case["steps"][3]["request"].to_string().as_bytes()).unwrap();
    let mut decision = policy.decide(&request);
    decision.words.clear();
    let mut found = String::new();
    for key in ReasonKey::all() {
        let staff = matches!(
            key,
            ReasonKey::Stopped
                | ReasonKey::Refer
                | ReasonKey::Verify
                | ReasonKey::Verified
                | ReasonKey::VerificationFailed
                | ReasonKey::Approved
        );
        let text = if staff { "FOR STAFF" } else { "Our terms" };
        decision.reasons = vec![Reason {
            key,
            line: Some(0),
            remedy: Some(0),
            text: Some(text.into()),
            day: Some("2026-03-01".parse().unwrap()),
            missing: (key == ReasonKey::MissingFact).then_some(Asked::CurrentPrice),
            role: Some(2),
            beyond: None,
            by: Credits::of(ClauseId(0)),
        }];
        let script = policy.words(&request, &decision, &policy.language(tag).unwrap());
        let [told] = script.reasons.as_slice() else { panic!("one reason") };
        assert!(!told.clerk.is_empty() && !told.customer.is_empty() && told.clerk != told.customer, "{key:?}");
        let customer = told.customer.to_lowercase();
        for word in
            ["for staff", "fraud", "abuse", "limit", "refuse", "denied", "you failed", "suspic", "history", "must"]
        {
            assert!(!customer.contains(word), "{key:?} tells the customer `{word}`: {}", told.customer);
        }
        let gap = if let ReasonKey::Gap(gap) = key { format!(" ({})", gap.word()) } else { String::new() };
        let message = serde_json::to_string(&told.message).unwrap();
        found +=
            &format!("{}{gap}\n  clerk:    {}\n  customer: {}\n  {message}\n\n", key.word(), told.clerk, told.customer);
    }
    found
}

/// What a till gets, as JSON.
#[test]
fn the_script_is_json() {
    let case = fs::read_to_string(cases::root().join("tests/cases/words-if.json")).unwrap();
    let case: Value = serde_json::from_str(&case).unwrap();
    let policy = cases::policy_of(&case).unwrap();
    let scripts = [3, 8].map(|step| {
        let words = api::words(&policy, &case["steps"][step]["request"].to_string(), "en-US").unwrap();
        serde_json::to_string_pretty(&serde_json::from_str::<Value>(&words).unwrap()).unwrap()
    });
    compare("tests/words/script.golden", &(scripts.join("\n") + "\n"));
}

const LANGUAGES: [&str; 8] = ["de", "en", "fi", "fr", "hr", "nb", "ro", "sl"];

fn engine_keys(tag: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(cases::root().join(format!("messages/{tag}.ftl"))).unwrap();
    let begins = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()));
    begins.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect()
}

#[test]
fn every_language_has_every_key() {
    let english = engine_keys("en");
    assert!(english.len() > 300);
    for tag in LANGUAGES {
        assert_eq!(engine_keys(tag), english, "{tag}");
        let text = fs::read_to_string(cases::root().join(format!("messages/{tag}.ftl"))).unwrap();
        assert!(tag == "en" || text.contains("Not reviewed by a native speaker"), "{tag} says who has read it");
    }
}

/// A file of the engine is one that a policy could bring: nothing is found in it.
#[test]
fn the_files_of_the_engine_are_sound() {
    let shop = fs::read_to_string(cases::root().join("tests/words/shop.takeback")).unwrap();
    for tag in LANGUAGES {
        let mut sources = takeback::source::SourceSet::new();
        sources.add("shop.takeback", &shop).unwrap();
        let text = fs::read_to_string(cases::root().join(format!("messages/{tag}.ftl"))).unwrap();
        sources.add(format!("messages/{tag}.ftl"), text + "\nown-texts = yes\n").unwrap();
        let policy = Policy::compile(&sources).unwrap();
        let found: Vec<_> = policy.warnings().iter().map(|one| one.message.as_str()).collect();
        assert!(found.is_empty(), "{tag}: {found:#?}");
    }
}

/// What CLDR says, which `formats.py` has asked.
#[test]
fn days_and_amounts_are_written_as_cldr_says() {
    let rows = fs::read_to_string(cases::root().join("tests/words/formats.json")).unwrap();
    let rows: Value = serde_json::from_str(&rows).unwrap();
    let shop = policy_of_shop(&[]);
    let mut wrong = Vec::new();
    for row in rows["rows"].as_array().unwrap() {
        let language = shop.language(row["language"].as_str().unwrap()).unwrap();
        let text = |name: &str| row[name].as_str();
        let found = if let Some(day) = text("day") {
            language.day(day.parse().unwrap())
        } else if let Some(amount) = text("amount") {
            let currency = text("currency").unwrap().parse().unwrap();
            language.money(Money { amount: amount.parse().unwrap(), currency })
        } else if let Some(percent) = text("percent") {
            language.percent(Percent(percent.parse().unwrap()))
        } else {
            continue;
        };
        if found != row["is"] {
            wrong.push(format!("{found:?} for {row}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Counts take the form that CLDR gives them, in every unit; the words themselves are in `plurals.golden`, to be read.
#[test]
fn counts_take_their_plural() {
    let rows = fs::read_to_string(cases::root().join("tests/words/formats.json")).unwrap();
    let rows: Value = serde_json::from_str(&rows).unwrap();
    // A language with one word for each form, to hear which is taken.
    let forms = "{ $count ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n }";
    let mut found = String::new();
    for tag in LANGUAGES {
        let plain = policy_of_shop(&[]).language(tag).unwrap();
        let bare =
            policy_of_shop(&[(tag, &format!("own-texts = yes\nlength-days = {forms}\n"))]).language(tag).unwrap();
        let counted = rows["rows"].as_array().unwrap().iter().filter(|row| row["language"] == tag);
        for row in counted.filter(|row| row["count"].is_u64()) {
            let count = u32::try_from(row["count"].as_u64().unwrap()).unwrap();
            let form = row["is"].as_str().unwrap();
            // Of Romanian the plural rules of Fluent's crate take 101 to 119 for `other`, so its file has its own.
            if tag == "ro" {
                let word = ["one zi", "few zile", "other de zile"].map(|known| known.split_once(' ').unwrap());
                let (_, word) = word.into_iter().find(|(known, _)| *known == form).unwrap();
                assert_eq!(plain.length(Length { count, unit: Unit::Days }), format!("{count} {word}"));
            } else {
                assert_eq!(bare.length(Length { count, unit: Unit::Days }), form, "{row}");
            }
            let units = [Unit::Hours, Unit::Days, Unit::BusinessDays, Unit::Weeks, Unit::Months, Unit::Years];
            let words = units.map(|unit| plain.length(Length { count, unit }));
            found += &format!("{tag}  {}\n", words.join("; "));
        }
    }
    compare("tests/words/plurals.golden", &found);
}

/// Every worked case, in every language: nothing that the engine says is missing.
#[test]
fn every_language_tells_every_case() {
    let english = engine_keys("en");
    for path in cases::files(&cases::root().join("tests/cases"), "json") {
        let case: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let Ok(policy) = cases::policy_of(&case) else { continue };
        let languages = LANGUAGES.map(|tag| policy.language(tag).unwrap());
        for step in case["steps"].as_array().into_iter().flatten() {
            let Ok(request) = policy.request(step["request"].to_string().as_bytes()) else { continue };
            let decision = policy.decide(&request);
            for language in &languages {
                let told = policy.words(&request, &decision, language);
                let missing: Vec<_> = told.missing_translations.iter().filter(|key| english.contains(*key)).collect();
                assert!(missing.is_empty(), "{}, {language:?}: {missing:?}", path.display());
                let said = told.say.iter().map(|said| &said.text).chain(told.reasons.iter().map(|one| &one.customer));
                for text in said.chain([&told.page]) {
                    assert!(
                        !text.is_empty() && !text.contains("..") && !text.contains("  .") && !text.contains("{ $"),
                        "{text}"
                    );
                }
                forms_and_questions_as_on_the_page(&told, &decision);
            }
        }
    }
}

/// Forms that a till makes of the words say what the page says, field by field and question by question.
fn forms_and_questions_as_on_the_page(told: &Script, decision: &Decision) {
    let stands = |text: &String| assert!(!text.is_empty() && told.page.contains(text), "`{text}`: {}", told.page);
    assert_eq!(told.paperwork.len(), decision.paperwork.len());
    for field in &told.paperwork {
        [&field.form, &field.title].into_iter().chain(&field.purpose).chain(&field.options).for_each(stands);
    }
    assert_eq!(told.ask.len(), decision.ask.len());
    for (question, asked) in told.ask.iter().zip(&decision.ask) {
        assert_eq!(question.values.len(), asked.values.len());
        question.question.iter().chain(&question.values).for_each(stands);
        assert!(!question.name.is_empty());
    }
}

/// Texts that somebody has read, language by language: the desk, and every reason there is.
#[test]
fn languages() {
    for tag in LANGUAGES.into_iter().filter(|tag| *tag != "en") {
        let mut found = String::new();
        for name in ["desk", "names", "words-if", "corner-shop"] {
            let case = fs::read_to_string(cases::root().join(format!("tests/words/{name}.json")))
                .or_else(|_| fs::read_to_string(cases::root().join(format!("tests/cases/{name}.json"))));
            let case: Value = serde_json::from_str(&case.unwrap()).unwrap();
            let policy = cases::policy_of(&case).unwrap();
            let language = policy.language(tag).unwrap();
            for step in case["steps"].as_array().unwrap() {
                let request = policy.request(step["request"].to_string().as_bytes()).unwrap();
                found += &policy.words(&request, &policy.decide(&request), &language).page;
                found += "\n----\n\n";
            }
        }
        found += &reasons(tag);
        compare(&format!("tests/words/languages/{tag}.golden"), &found);
    }
}

#[test]
fn a_country_falls_back_to_its_language_and_a_language_to_english() {
    let shop =
        policy_of_shop(&[("sl", "say-approved = Velja.\n"), ("sl-SI", "date = { $day2 }.{ $month2 }.{ $year }\n")]);
    let day = "2026-03-01".parse().unwrap();
    assert_eq!(shop.language("sl_si").unwrap().day(day), "01.03.2026");
    assert_eq!(shop.language("sl-AT").unwrap().tag(), "sl");
    assert_eq!(shop.language("no").unwrap().tag(), "nb");
    assert_eq!(shop.language("pl-PL").unwrap_err().known, ["de", "en", "fi", "fr", "hr", "nb", "ro", "sl", "sl-SI"]);
    let shop = policy_of_shop(&[("pl", "say-approved = Zgoda.\n")]);
    let polish = shop.language("pl-PL").unwrap();
    assert_eq!((polish.tag(), polish.day(day)), ("pl", "1 March 2026".to_owned()));
    assert_eq!(shop.language("xx").unwrap_err().known.len(), 9);
    let case = fs::read_to_string(cases::root().join("tests/cases/words-if.json")).unwrap();
    let case: Value = serde_json::from_str(&case).unwrap();
    let request = case["steps"][0]["request"].to_string();
    let error = api::words(&cases::policy_of(&case).unwrap(), &request, "xx").unwrap_err();
    assert_eq!((error.of.as_deref(), error.known.len()), (Some("locale"), 8));
    assert!(error.message.starts_with("there are no messages in `xx`; there are in de, en, "));
    assert_eq!(Language::default().tag(), "en");
}

/// The policy of `shop.takeback` with message files beside it.
fn policy_of_shop(messages: &[(&str, &str)]) -> Policy {
    let mut sources = takeback::source::SourceSet::new();
    sources.add("shop.takeback", fs::read_to_string(cases::root().join("tests/words/shop.takeback")).unwrap()).unwrap();
    for (tag, text) in messages {
        sources.add(format!("messages/{tag}.ftl"), *text).unwrap();
    }
    Policy::compile(&sources).unwrap()
}

fn compare(path: &str, found: &str) {
    let path = cases::root().join(path);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, found).unwrap();
    } else {
        assert_eq!(fs::read_to_string(&path).unwrap(), found);
    }
}
