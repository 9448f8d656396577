//! What is so of every page: twice the same, every clause with its section, every link with its anchor, no text of a policy
//! taken for HTML, and no sentence without words.

use std::collections::BTreeSet;

use takeback::source::SourceSet;
use takeback::{Policy, Teller};
use takeback_docs::{Audience, Options, languages, page, site};

use super::policies::{POLICIES, options, store};

#[test]
fn every_policy_renders() {
    for (folder, policy) in POLICIES.iter() {
        let program = policy.program();
        for tag in languages() {
            let language = policy.language(tag).unwrap();
            let teller = Teller::new(&language);
            let options = options(Audience::Customers, &teller);
            // All versions in two languages, the one in force in all of them.
            if !["en", "de"].contains(&tag) {
                for audience in Audience::ALL {
                    let html = page(policy, &Options { audience, ..options }).unwrap();
                    links(&format!("{folder} {tag}"), &html, &BTreeSet::new());
                }
                continue;
            }
            let files = site(policy, &options);
            assert_eq!(files.len(), 1 + 2 * program.versions.len());
            if tag == "de" {
                assert_eq!(files, site(policy, &options), "{folder}");
            }
            let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
            assert_eq!(names.len(), files.len());
            for file in &files {
                links(&format!("{folder} {}", file.name), &file.html, &names);
            }
        }
        for version in &program.versions {
            let english = policy.language("en").unwrap();
            let teller = Teller::new(&english);
            let options = Options { version: Some(&version.name), ..options(Audience::Staff, &teller) };
            let html = page(policy, &options).unwrap();
            assert!(teller.missing().is_empty(), "{folder}: {:?}", teller.missing());
            for node in &version.nodes {
                let path = &program.clause(node.clause).unwrap().path;
                assert!(html.contains(&format!("<article class=\"rule\" id=\"{path}\"")), "{path} has no section");
            }
        }
    }
}

/// Anchors are there once, links lead to them, and no message came out empty.
fn links(name: &str, html: &str, files: &BTreeSet<&str>) {
    let mut ids = BTreeSet::new();
    for id in attributes(html, " id=\"") {
        assert!(ids.insert(id), "{name}: `{id}` twice");
    }
    for target in attributes(html, " href=\"") {
        match target.strip_prefix('#') {
            Some(anchor) => assert!(ids.contains(anchor), "{name}: nothing at `{anchor}`"),
            None => assert!(target.starts_with("http") || files.contains(target), "{name}: no `{target}`"),
        }
    }
    for target in attributes(html, " aria-labelledby=\"") {
        assert!(ids.contains(target), "{name}: nothing at `{target}`");
    }
    for empty in
        ["<th role=\"columnheader\" scope=\"col\"></th>", "<dt></dt>", "<dd></dd>", "<h3></h3>", "<caption></caption>"]
    {
        assert!(!html.contains(empty), "{name}: {empty}");
    }
    assert!(!html.contains("<script"), "{name}");
    // A placeable that was not filled in.
    assert!(!html.contains("{$"), "{name}");
}

fn attributes<'h>(html: &'h str, start: &str) -> Vec<&'h str> {
    html.match_indices(start)
        .filter_map(|(at, _)| html.get(at + start.len()..).and_then(|rest| rest.split('"').next()))
        .collect()
}

/// A policy whose texts look like HTML.
const HOSTILE: &str = r#"
policy "<b>Shop</b> & Sons" version "<1>" {
  in force   from 2026-01-01 by date sold, otherwise date requested
  currency   USD
  time zone  "America/New_York"
  choices {
    days counted    from the day after
    rounding        half up
    discounts       shared in proportion
    tax             returned in full
    fee restocking "<i>fee</i>" per line, untaxed
    split payments  as tendered
    deadline        met when told
    late returns    final
    lines           each by itself
  }
}
fact item.odd "<u>odd?</u>" : yes or no, of the item
form slip "</table><script>alert(1)</script>" { name "<img src=x onerror=alert(1)>" text, required, from customer }
clause everything "</h3><script>alert(1)</script>" from "javascript:alert(1)", "https://x.example/\"onmouseover=\"alert(1), as of <now>" {
  accept  refund
  start   sold
  window  30 days
  basis   price paid
  pay     original tender
  collect slip
  say     "<script>alert(2)</script>"
  except odd "<svg onload=alert(3)>" when item.odd or item in "<a>/b" { decline "<script>alert(4)</script>", final }
}
"#;

#[test]
fn texts_of_a_policy_are_never_html() {
    let mut sources = SourceSet::new();
    sources.add("shop.takeback", HOSTILE.replace("\\\"", "'")).unwrap();
    let policy = Policy::compile(&sources)
        .unwrap_or_else(|report| panic!("{}", report.iter().map(|d| d.message.clone()).collect::<Vec<_>>().join("\n")));
    let english = policy.language("en").unwrap();
    let teller = Teller::new(&english);
    let files = site(&policy, &options(Audience::Customers, &teller));
    let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    for file in &files {
        for bad in ["<script", "<img", "<svg", "<b>", "<i>", "<u>", "href=\"javascript"] {
            assert!(!file.html.contains(bad), "{}: {bad}", file.name);
        }
        links(&file.name, &file.html, &names);
    }
}

#[test]
fn a_policy_speaks_the_language_of_the_page_where_it_can() {
    let messages = "clause-everything = Dreißig Tage\nform-slip = Rückgabeschein\nfact-item--odd = Ungewöhnlich\n";
    let mut sources = SourceSet::new();
    sources.add("shop.takeback", HOSTILE.replace("\\\"", "'")).unwrap();
    sources.add("messages/de.ftl", messages).unwrap();
    sources.add("messages/pl.ftl", "date = { $day2 }.{ $month2 }.{ $year }\n").unwrap();
    let policy = Policy::compile(&sources).unwrap();
    let html = |tag| {
        let language = policy.language(tag).unwrap();
        let teller = Teller::new(&language);
        (page(&policy, &options(Audience::Customers, &teller)).unwrap(), teller.missing())
    };
    for text in ["Dreißig Tage", "Rückgabeschein", "Wie lange Sie Zeit haben"] {
        assert!(html("de").0.contains(text), "{text}");
        assert!(!html("en").0.contains(text), "{text}");
    }
    // What is shown as the policy writes it is named.
    assert!(html("de").1.contains(&"clause-everything--odd".to_owned()));
    assert!(!html("de").1.contains(&"clause-everything".to_owned()));
    // A language that the policy brings: its days are its own, the sentences of the page in English.
    let (polish, missing) = html("pl");
    assert!(polish.contains("<html lang=\"pl\">") && polish.contains("How long you have"));
    assert!(polish.contains("01.01.2026"));
    assert!(missing.contains(&"form-slip".to_owned()));
}

#[test]
fn a_version_that_is_not_there_is_an_error() {
    let policy = store("best-buy");
    let english = policy.language("en").unwrap();
    let teller = Teller::new(&english);
    let error = page(policy, &Options { version: Some("1999"), ..options(Audience::Staff, &teller) });
    assert!(error.unwrap_err().to_string().starts_with("the policy has no version `1999`; it has 2011, "));
}

/// Who keeps the goods gets what they cost less, not what they cost.
#[test]
fn money_for_goods_that_stay_is_told_as_a_difference() {
    let policy = store("apple");
    let english = policy.language("en").unwrap();
    let teller = Teller::new(&english);
    let html = page(policy, &options(Audience::Staff, &teller)).unwrap();
    assert!(html.contains("what was paid, less today’s price"));
    assert!(!html.contains(">today’s price"));
}

#[test]
fn changes_are_told() {
    let policy = store("best-buy");
    let english = policy.language("en").unwrap();
    let teller = Teller::new(&english);
    let html = |since| {
        let options = options(Audience::Customers, &teller);
        page(policy, &Options { version: Some("2025"), changed_since: Some(since), ..options }).unwrap()
    };
    assert!(html("2023").contains("What has changed since version 2023"));
    assert!(html("2025").contains("Nothing has changed."));
}
