//! The formats, read into policies and written from them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use takeback::Policy;
use takeback::source::SourceSet;
use takeback_formats::policy_text::{self, About, Text};
use takeback_formats::{Lost, Returns, Terms, Wanted, google, schema_org, survey};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// By name: what we made up, and in `real/` what shops and interfaces published.
fn samples() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (folder, prefix) in [(folder(), ""), (folder().join("real"), "real/")] {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for path in files.filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
            let name = format!("{prefix}{}", path.file_stem().unwrap().to_string_lossy());
            all.push((name, serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap()));
        }
    }
    all.sort_by(|one: &(String, Value), other| one.0.cmp(&other.0));
    assert!(all.iter().filter(|(name, _)| name.starts_with("real/")).count() >= 10);
    all
}

fn read(document: &Value) -> (Vec<Terms>, Vec<Lost>) {
    if google::recognises(document) { google::read(document) } else { schema_org::read(document) }
}

fn made(name: &str, terms: &[Terms]) -> Text {
    let about = About {
        name: "Sample".to_owned(),
        from: Some(day("2026-01-01")),
        zone: Some("Europe/Berlin".to_owned()),
        currency: Some("EUR".to_owned()),
        source: format!("{name}.json"),
    };
    policy_text::write(terms, &about)
}

/// Every question answered with the first answer.
fn answered(text: &Text) -> String {
    text.answered(&text.open.iter().map(|open| Some(open.choices[0].clone())).collect::<Vec<_>>())
}

fn compiled(text: &str) -> Policy {
    let mut sources = SourceSet::new();
    sources.add("policy.takeback", text).unwrap();
    Policy::compile(&sources).unwrap_or_else(|report| panic!("{}\n{text}", takeback::render::plain(&report, &sources)))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn samples_become_these_policies() {
    let mut wrong = Vec::new();
    for (name, document) in samples() {
        let (terms, lost) = read(&document);
        let text = made(&name, &terms);
        let mut told = String::new();
        for lost in lost.iter().chain(&text.lost) {
            let _ = writeln!(told, "{}: {}", lost.of, lost.what);
        }
        for (extension, actual) in [("takeback", &text.text), ("lost.txt", &told)] {
            let path = folder().join(format!("{name}.{extension}"));
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, actual).unwrap();
            } else if std::fs::read_to_string(&path).unwrap_or_default() != *actual {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes what is so now: {wrong:?}");
}

/// With its questions open a policy is refused; with answers it is whole, and tells the formats what they told it. Where it
/// does not, that was asked, or is told as lost.
#[test]
fn samples_come_back() {
    for (name, document) in samples() {
        let (terms, lost) = read(&document);
        let text = made(&name, &terms);
        let mut sources = SourceSet::new();
        sources.add("policy.takeback", &*text.text).unwrap();
        assert!(Policy::compile(&sources).is_err(), "{name} has open questions");
        let policy = compiled(&answered(&text));
        for (place, before) in terms.iter().enumerate() {
            let lost: Vec<&Lost> = lost.iter().chain(&text.lost).collect();
            if lost.iter().any(|lost| lost.of == format!("/{place}") && lost.what.contains("second policy")) {
                continue;
            }
            let on = Some(day("2026-01-02"));
            let wanted = Wanted { on, countries: before.countries.clone(), link: before.link.clone() };
            let told = survey(&policy, &wanted);
            let (document, more) = match google::recognises(&document) {
                true => google::write(&told.terms),
                false => schema_org::write(&told.terms),
            };
            let lost = || lost.iter().copied().chain(&told.lost).chain(&more);
            let is_lost = |words: &str| lost().any(|lost| lost.what.contains(words));
            let asked = |words: &str| text.open.iter().any(|open| open.asks.to_lowercase().contains(words));
            let (back, unread) = read(&document);
            let unread: Vec<&Lost> = unread.iter().filter(|lost| !lost.of.ends_with("/label")).collect();
            assert!(unread.is_empty(), "{name}: what we write we read: {unread:?}");
            let special = |terms: &&Terms| {
                (!before.categories.is_empty() && terms.categories == before.categories)
                    || (before.tier.is_some() && terms.tier == before.tier)
            };
            let after = back.iter().find(special).unwrap_or(&back[0]);
            let same = |what: &str, one: &dyn std::fmt::Debug, other: &dyn std::fmt::Debug, excused: bool| {
                let (one, other) = (format!("{one:?}"), format!("{other:?}"));
                let lost = lost().map(|lost| &lost.what).collect::<Vec<_>>();
                assert!(one == other || excused, "{name}: {what} was {one} and is {other}; lost: {lost:#?}");
            };
            same("countries", &before.countries, &after.countries, false);
            same("link", &before.link, &after.link, false);
            same("period", &before.returns, &after.returns, asked("how long"));
            if before.returns == Returns::Never {
                continue;
            }
            same("paid within", &before.paid_within, &after.paid_within, is_lost("how long the refund takes"));
            same("delivery", &before.delivery_kept, &after.delivery_kept, is_lost("paid for the delivery"));
            same("label", &before.label, &after.label, is_lost("where the label"));
            same("refunds", &before.refunds, &after.refunds, asked("what does the customer get"));
            if !before.states.is_empty() {
                same("states", &before.states, &after.states, false);
            }
            if !before.methods.is_empty() {
                let excused = is_lost("which ways back there are") || is_lost("at a kiosk");
                same("methods", &before.methods, &after.methods, excused);
            }
            let excused = asked("keep for restocking");
            same("restocking", &before.restocking, &after.restocking, excused);
            let ways = |terms: &Terms| (terms.remorse.or(terms.shipping), terms.defect.or(terms.shipping));
            let (mut back, told) = (ways(after), ways(before));
            if told.1.is_none() {
                // What is free after a change of mind is free when the goods are at fault.
                back.1 = None;
            }
            if told != (None, None) {
                let excused = is_lost("the customer pays the carrier") || asked("what does the way back cost");
                same("way back", &told, &back, excused);
            }
            let seasons = |terms: &Terms| {
                let mut seasons: Vec<_> = terms
                    .seasons
                    .iter()
                    .map(|season| (season.from, season.to, season.returns, season.refunds.clone(), season.restocking))
                    .collect();
                seasons.sort_by_key(|season| season.0);
                seasons
            };
            same("seasons", &seasons(before), &seasons(after), is_lost("a season that") || is_lost("a season within"));
        }
    }
}

/// Each member of a policy is carried over, asked or told as lost: without it the policy is another, or what is lost.
#[test]
fn no_member_is_dropped_in_silence() {
    let outcome = |document: &Value| {
        let (terms, lost) = read(document);
        let text = made("sample", &terms);
        (text.text, lost, text.lost)
    };
    for (name, document) in samples() {
        let whole = outcome(&document);
        let mut members = Vec::new();
        policies(&document, "", &mut members);
        assert!(!members.is_empty(), "{name}");
        for pointer in &members {
            let mut without = document.clone();
            let (parent, member) = pointer.rsplit_once('/').unwrap();
            let policy = without.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            let removed = policy.remove(member).unwrap();
            // Whoever tells an amount need not say that there is one.
            let amount = member
                .replace("ReturnFees", "ReturnShippingFeesAmount")
                .replace("returnFees", "returnShippingFeesAmount");
            let told_twice = (amount != member && policy.contains_key(&amount))
                || ["url", "merchantReturnLink"]
                    .iter()
                    .any(|link| *link != member && policy.get(*link) == Some(&removed));
            // An exception need not say what is so anyway.
            let so_anyway = members
                .iter()
                .take_while(|before| *before != pointer)
                .any(|before| before.ends_with(&format!("/{member}")) && document.pointer(before) == Some(&removed));
            // A policy that closes no way takes goods back in stores.
            let in_stores = member == "inStoreReturnsOffered" && removed == json!(true);
            let lost_with_its_season = whole.1.iter().any(|lost| lost.of == parent);
            if !told_twice && !in_stores && !so_anyway && !lost_with_its_season && !says_nothing_by_itself(&removed) {
                assert!(outcome(&without) != whole, "{name}: {pointer} is dropped in silence");
            }
        }
    }
}

/// The members of all policies and their seasons.
fn policies(value: &Value, at: &str, members: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                policies(value, &format!("{at}/{place}"), members);
            }
        }
        Value::Object(object) => {
            let says = ["merchantReturnDays", "returnPolicyCategory", "policy", "merchantReturnLink"];
            let policy = object.keys().any(|name| says.contains(&name.as_str()));
            for (name, value) in object {
                if policy && !name.starts_with('@') {
                    members.push(format!("{at}/{name}"));
                }
                policies(value, &format!("{at}/{name}"), members);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// No, nothing, free, by mail and to a store: what holds too when it is not said; and that a period is a period.
fn says_nothing_by_itself(value: &Value) -> bool {
    let ways = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let way =
        |ends: [&str; 2]| ways.iter().filter_map(Value::as_str).any(|way| ends.iter().any(|end| way.ends_with(end)));
    if way(["ReturnByMail", "BY_MAIL"]) && way(["ReturnInStore", "IN_STORE"]) {
        return true;
    }
    let zero = |value: &Value| value.as_str().map_or_else(|| value.as_f64(), |text| text.parse().ok()) == Some(0.0);
    let amount = ["value", "price", "amountMicros"].iter().any(|name| value.get(name).is_some_and(zero));
    let word = value.as_str().unwrap_or_default();
    let nothing = ["FreeReturn", "MerchantReturnFiniteReturnWindow", "default"].iter().any(|end| word.ends_with(end));
    amount
        || nothing
        || value.is_null()
        || value == &json!(false)
        || value.get("fixedFee").is_some_and(says_nothing_by_itself)
}

#[test]
fn what_is_wrong_in_a_document_is_told_with_its_place() {
    let told = |lost: Vec<Lost>| lost.into_iter().map(|lost| lost.of).collect::<Vec<_>>();
    let document = json!({ "offers": [{ "@type": "schema:MerchantReturnPolicy", "applicableCountry": "Germany",
        "returnPolicyCategory": "Whenever", "merchantReturnDays": "soon", "refundType": ["FullRefund", "Hug"],
        "restockingFee": { "value": "1.00" }, "returnPolicySeasonalOverride": { "startDate": "2026-01-01" } }] });
    let (terms, lost) = schema_org::read(&document);
    assert_eq!(terms[0].returns, Returns::Unspecified);
    let at = |member: &str| format!("/offers/0/{member}");
    let expected = [
        "applicableCountry",
        "merchantReturnDays",
        "refundType/1",
        "restockingFee",
        "returnPolicyCategory",
        "returnPolicySeasonalOverride",
    ];
    let mut lost = told(lost);
    lost.sort();
    assert_eq!(lost, expected.map(at));
    for nothing in [json!(null), json!([]), json!({ "@type": "Product" }), json!("MerchantReturnPolicy"), json!(7)] {
        let (terms, lost) = schema_org::read(&nothing);
        assert!(terms.is_empty() && lost.len() == 1, "{nothing}");
        let (terms, lost) = google::read(&nothing);
        assert!(terms.is_empty() && lost.len() == 1, "{nothing}");
    }
    let (_, lost) = google::read(&json!([{ "policy": { "type": "NUMBER_OF_DAYS_AFTER_DELIVERY", "days": "-3" },
        "returnMethods": ["PIGEON"], "returnShippingFee": {} }]));
    assert_eq!(told(lost), ["/0/policy/days", "/0/returnMethods/0", "/0/returnShippingFee"]);
}

/// Whatever stands in a document, the policy that is made of it is whole once its questions are answered.
#[test]
fn whatever_is_told_a_policy_comes_of_it() {
    let odd = [
        json!(99_999_999_999_u64),
        json!(-5),
        json!("\" } clause x \"\n#? \n"),
        json!([]),
        json!({ "@value": 3 }),
        json!(true),
        json!("2026-02-30"),
        json!(36_526),
        json!(1e300),
        json!([{ "@type": "X", "name": "XX", "value": 7.125, "currency": "JPY" }, "US"]),
        json!("0"),
        json!(100.5),
    ];
    let mut turn = 0;
    let mut together = Vec::new();
    for (name, document) in samples() {
        let mut members = Vec::new();
        policies(&document, "", &mut members);
        for pointer in members {
            let mut changed = document.clone();
            *changed.pointer_mut(&pointer).unwrap() = odd[turn % odd.len()].clone();
            turn += 1;
            let (terms, _) = read(&changed);
            compiled(&answered(&made(&name, &terms)));
        }
        together.extend((!google::recognises(&document)).then_some(document));
    }
    // All shops in one document, in both orders.
    for _ in 0..2 {
        compiled(&answered(&made("together", &schema_org::read(&json!(together)).0)));
        together.reverse();
    }
}

/// The words of the vocabularies: schema.org at cc71c8e (August 2026), googleapis at 997100b.
#[test]
fn every_word_of_the_vocabularies_is_understood() {
    let words = [
        (
            "returnPolicyCategory",
            "MerchantReturnFiniteReturnWindow MerchantReturnNotPermitted MerchantReturnUnlimitedWindow MerchantReturnUnspecified",
        ),
        (
            "returnFees",
            "FreeReturn OriginalShippingFees RestockingFees ReturnFeesCustomerResponsibility ReturnShippingFees",
        ),
        ("returnMethod", "KeepProduct ReturnAtKiosk ReturnByMail ReturnInStore"),
        ("refundType", "ExchangeRefund FullRefund StoreCreditRefund"),
        ("returnLabelSource", "ReturnLabelCustomerResponsibility ReturnLabelDownloadAndPrint ReturnLabelInBox"),
        ("itemCondition", "DamagedCondition NewCondition UsedCondition"),
    ];
    for (member, words) in words {
        for word in words.split(' ') {
            for start in ["", "https://schema.org/", "http://schema.org/", "http://www.schema.org/", "schema:"] {
                let mut policy = json!({ "@type": "MerchantReturnPolicy" });
                policy[member] = json!(format!("{start}{word}"));
                let (_, lost) = schema_org::read(&policy);
                assert!(lost.is_empty(), "{member}: {start}{word}: {lost:?}");
            }
        }
    }
    let (_, lost) =
        schema_org::read(&json!({ "@type": "MerchantReturnPolicy", "itemCondition": "RefurbishedCondition" }));
    assert_eq!(lost.len(), 1);
    let words = [
        ("policy", "NO_RETURNS LIFETIME_RETURNS", true),
        ("returnMethods", "BY_MAIL IN_STORE AT_A_KIOSK", false),
        ("itemConditions", "NEW USED", false),
        ("returnLabelSource", "DOWNLOAD_AND_PRINT IN_THE_PACKAGE IN_THE_BOX CUSTOMER_RESPONSIBILITY", false),
        ("returnShippingFee", "FIXED CUSTOMER_PAYING_ACTUAL_FEE", true),
    ];
    for (member, words, typed) in words {
        for word in words.split(' ') {
            let mut policy = json!({ "policy": { "type": "NO_RETURNS" } });
            policy[member] = if typed { json!({ "type": word }) } else { json!(word) };
            let (_, lost) = google::read(&policy);
            assert!(lost.is_empty(), "{member}: {word}: {lost:?}");
        }
    }
}

/// Texts from outside cannot end the text they stand in.
#[test]
fn hostile_names_stay_names() {
    let terms = Terms {
        name: Some("\" { } clause x \" \n# \u{7}".to_owned()),
        categories: vec!["A\"B".to_owned()],
        tier: Some("1 \"gold\" } {".to_owned()),
        link: Some("https://example.com/\"\n}".to_owned()),
        returns: Returns::Days(3),
        currency: Some("EUR".to_owned()),
        ..Terms::default()
    };
    let general =
        Terms { returns: Returns::Days(30), refunds: [takeback_formats::Refund::Money].into(), ..Terms::default() };
    compiled(&answered(&made("hostile", &[general, terms])));
}

/// The survey asks, so what it tells is what a till answers, also for what is told of some goods and some customers.
#[test]
fn the_survey_tells_what_is_answered() {
    let policy = compiled(
        r#"
policy "Shop" version "1" {
  in force   from 2026-01-01 by date sold, otherwise date requested
  currency   EUR
  time zone  "Europe/Berlin"
  choices {
    days counted from the day after
    rounding half up
    discounts shared in proportion
    tax returned in full
    split payments as tendered
    deadline met when told
    late returns final
    lines each by itself
    shipping not returned
    extensions add up
    cash not rounded
    without received use sold
    fee restocking per line, untaxed
  }
}
fact customer.member : yes or no, as of sale
clause everything "Thirty days" {
  accept refund
  start received
  window 30 days
  basis price paid
  pay original tender
  due within 5 days
  except sofas when item in "Sofas" { window 14 days
    fee restocking 10% }
  except rugs when item in "Rugs" { decline "Rugs stay", final }
  except members when customer.member { window longer by 10 days }
}
"#,
    );
    let survey = survey(&policy, &Wanted { countries: vec!["AT".to_owned()], ..Wanted::default() });
    let told: Vec<_> =
        survey.terms.iter().map(|terms| (terms.name.as_deref().unwrap_or("all"), terms.returns)).collect();
    let expected = [
        ("all", Returns::Days(30)),
        ("Rugs", Returns::Never),
        ("Sofas", Returns::Days(14)),
        ("member", Returns::Days(40)),
    ];
    assert_eq!(told, expected);
    assert_eq!(survey.terms[2].restocking, Some(takeback_formats::Restocking::Percent(Decimal::TEN)));
    assert_eq!(survey.terms[0].paid_within, Some(5));
    let (_, lost) = google::write(&survey.terms);
    assert!(lost.iter().any(|lost| lost.of == "member" && lost.what.contains("some customers")), "{lost:?}");
    let (graph, _) = schema_org::write(&survey.terms);
    assert_eq!(graph.pointer("/@graph/3/validForMemberTier/name"), Some(&json!("member")));
}
