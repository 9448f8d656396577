//! The reference of mappings: its examples are mappings, every key stands in one, every value becomes what is told, and its tables are those of the code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use takeback_audit::columns::{Column, RETURN_LINE, SALE_LINE};
use takeback_audit::link::Wanted;
use takeback_audit::mapping::{Code, Mapping};
use takeback_audit::read::inputs;

use super::{joined, value};

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/audit-mapping.md")
}

fn text() -> String {
    std::fs::read_to_string(page()).expect("the reference")
}

/// The blocks of a kind.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let start = format!("```{kind}\n");
    text.split(start.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn examples_are_mappings_and_show_every_key() {
    let blocks = blocks(&text(), "toml");
    assert!(blocks.len() > 4);
    let mut shown = BTreeSet::new();
    for block in &blocks {
        if let Err(problems) = Mapping::read("audit-mapping.md", block) {
            panic!("{problems}");
        }
        let table: toml::Table = block.parse().expect("TOML");
        keys(&toml::Value::Table(table), &mut shown);
    }
    // What a mapping knows, it tells itself when it is asked for something else.
    let asked = "[files]\n_ = 1\n[link]\nby = \"nothing\"\n_ = 1\n[return]\nat = { column = \"at\", _ = 1 }\nwhen = { column = \"x\", _ = 1, is = \"x\" }\nskip = { column = \"x\", _ = 1, is = \"x\", because = \"x\" }\n";
    let problems = Mapping::read("asked", asked).expect_err("it knows no `_`");
    let helps = problems.iter().filter_map(|problem| problem.help.as_deref()?.strip_prefix("known here: "));
    let known: BTreeSet<String> = helps
        .flat_map(|help| help.split(", ").map(|key| key.trim_matches('`').to_owned()).collect::<Vec<_>>())
        .collect();
    assert!(known.len() > 35, "{known:?}");
    let missing: Vec<&String> = known.difference(&shown).collect();
    let values = blocks_text("values");
    let missing: Vec<&&String> = missing.iter().filter(|key| !values.contains(&format!("{key} ="))).collect();
    assert!(missing.is_empty(), "in no example: {missing:?}");
}

fn blocks_text(kind: &str) -> String {
    blocks(&text(), kind).concat()
}

fn keys(value: &toml::Value, into: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                into.insert(key.clone());
                keys(value, into);
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|value| keys(value, into)),
        _ => {}
    }
}

#[test]
fn values_become_what_is_told() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in blocks_text("values").lines() {
        let parts: Vec<&str> = line.split(" | ").collect();
        let (parts, empty) = match line.strip_suffix(" |") {
            Some(line) => (line.split(" | ").collect(), true),
            None => (parts, false),
        };
        let mut parts = parts.into_iter().map(str::trim);
        let [target, rules, written] = [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default);
        let expected = if empty { "" } else { parts.next().unwrap_or_default() };
        let target = if target == "paid" { "refund" } else { target };
        let between = if rules.is_empty() { "" } else { ", " };
        let spec = format!("{target} = {{ column = \"x\"{between}{rules} }}\n");
        // The columns of sales are tried in the row of a return that carries them.
        let (of_return, of_sale) = if target == "refund" { (spec.as_str(), "") } else { ("", spec.as_str()) };
        let text = format!(
            "[link]\nby = \"joined\"\n[return]\nat = {{ constant = \"2026-01-01\" }}\n{of_return}[sale]\nsale = {{ constant = \"s\" }}\nline = {{ constant = \"1\" }}\n{of_sale}"
        );
        let mapping = Mapping::read("values", &text).unwrap_or_else(|problems| panic!("{line}\n{problems}"));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("row.jsonl");
        std::fs::write(&path, format!("{}\n", serde_json::json!({ "x": written }))).expect("it can be written");
        let file = inputs(&[path.to_string_lossy().into_owned()]).expect("a file");
        let joined =
            joined(&mapping, (&[], &file), &folder.path().join("work"), None, Wanted::default()).expect("cases");
        let column = if target == "refund" { target.to_owned() } else { format!("sale.{target}") };
        let actual = match joined.batches.first() {
            Some(batch) => batch.column_by_name(&column).and_then(|array| value(array, 0)).unwrap_or_default(),
            None => {
                let mut reader = csv::Reader::from_reader(joined.rejects.as_bytes());
                let record = reader.records().next().expect("a reject").expect("a record");
                format!("reject: {}", record.get(5).unwrap_or_default())
            }
        };
        let same = actual == expected
            || (actual.parse::<rust_decimal::Decimal>().is_ok_and(|one| expected.parse() == Ok(one))
                && target == "refund");
        if !same {
            wrong.push(format!("{line}: {actual}"));
        }
        count += 1;
    }
    assert!(count > 20);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tables_are_those_of_the_code() {
    let text = text();
    let (before, rest) = text.split_once("writes it anew -->\n").expect("where tables begin");
    let (_, after) = rest.split_once("<!-- end -->").expect("where tables end");
    let mut made = String::new();
    for (title, columns) in [("### `[sale]`", SALE_LINE), ("### `[return]`", RETURN_LINE)] {
        let row = |column: &Column| format!("| `{}` | {} | {} |\n", column.name, column.kind.words(), column.about);
        let mine = columns.iter().filter(|column| !["source", "row"].contains(&column.name));
        made.push_str(&format!("\n{title}\n\n| column | is | |\n|---|---|---|\n{}", mine.map(row).collect::<String>()));
    }
    made.push_str("\n## Codes of errors\n\n| code | says |\n|---|---|\n");
    for code in Code::ALL {
        made.push_str(&format!("| `{}` | {} |\n", code.word(), code.about()));
    }
    let new = format!("{before}writes it anew -->\n{made}\n<!-- end -->{after}");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(page(), new).expect("it can be written");
    } else {
        assert!(text == new, "UPDATE=1 writes the tables anew");
    }
}
