//! The formats, read into policies and written from them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use takeback::Policy;
use takeback::source::SourceSet;
use takeback_formats::policy_text::{self, About, Text};
use takeback_formats::{Lost, Returns, ShippingFee, Terms, Wanted, google, schema_org, survey};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

fn samples() -> Vec<(String, Value)> {
    let mut all: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap())
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(all.len() >= 5);
    all
}

fn read(name: &str, document: &Value) -> (Vec<Terms>, Vec<Lost>) {
    if name.starts_with("merchant") { google::read(document) } else { schema_org::read(document) }
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
        let (terms, lost) = read(&name, &document);
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

/// With its questions open a policy is refused; with answers it is whole, and tells the formats what they told it.
#[test]
fn samples_come_back() {
    for (name, document) in samples() {
        let (terms, _) = read(&name, &document);
        let text = made(&name, &terms);
        let mut sources = SourceSet::new();
        sources.add("policy.takeback", &*text.text).unwrap();
        assert!(Policy::compile(&sources).is_err(), "{name} has open questions");
        let policy = compiled(&answered(&text));
        let told = survey(&policy, &Wanted { on: Some(day("2026-01-02")), ..Wanted::default() });
        let document =
            if name.starts_with("merchant") { google::write(&told.terms).0 } else { schema_org::write(&told.terms) };
        let (back, lost) = read(&name, &document);
        assert!(lost.is_empty(), "{name}: what we write we read: {lost:?}");
        let (before, after) = (&terms[0], &back[0]);
        assert_eq!(after.returns, before.returns, "{name}");
        assert_eq!(after.restocking, before.restocking, "{name}");
        assert_eq!(after.paid_within, before.paid_within, "{name}");
        let seasons = |terms: &Terms| {
            let mut seasons: Vec<_> =
                terms.seasons.iter().map(|season| (season.from, season.to, season.returns)).collect();
            seasons.sort_by_key(|season| season.0);
            seasons
        };
        assert_eq!(seasons(after), seasons(before), "{name}");
        if !before.refunds.is_empty() && before.returns != Returns::Never {
            assert_eq!(after.refunds, before.refunds, "{name}");
        }
        if !before.states.is_empty() {
            // Google has no word for damaged goods, which are refused with the used ones.
            assert_eq!(after.states, before.states, "{name}");
        }
        if let Some(fee @ ShippingFee::Fixed(_)) = before.shipping {
            assert_eq!(after.shipping, Some(fee), "{name}");
        }
    }
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
        "refundType",
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
    let graph = schema_org::write(&survey.terms);
    assert_eq!(graph.pointer("/@graph/3/validForMemberTier/name"), Some(&json!("member")));
}
