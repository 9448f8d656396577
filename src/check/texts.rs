//! The texts of a checked policy that people read, each with the key under which another language has it.

use std::collections::BTreeMap;

use crate::facts::{Schema, Type, builtin, domain};
use crate::messages::{Text, Where, clause_key, slug};
use crate::model::{Attribute, Clause, Model, Version};
use crate::program::{AttributeValue, FieldType, GuardKind};
use crate::source::{SourceId, SourceSet};
use crate::syntax::ast;

/// The folders of the files with headers, and the texts: of the newest version first.
/// Names that only files of other folders declare belong to those.
pub(crate) fn texts(model: &Model, files: &[ast::File], sources: &SourceSet) -> (Vec<String>, Vec<Text>) {
    let folder = |source: SourceId| {
        let name = sources.get(source).map_or("", |source| source.name());
        name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
    };
    let stem = |source: SourceId| {
        let name = sources.get(source).map_or("", |source| source.name());
        let name = name.rsplit('/').next().unwrap_or(name);
        name.strip_suffix(".takeback").unwrap_or(name).to_owned()
    };
    let mut roots: Vec<String> = Vec::new();
    for version in &model.versions {
        let root = version.files.first().map(|file| folder(file.header.source)).unwrap_or_default();
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    let mut all = Vec::new();
    for version in model.versions.iter().rev() {
        for clause in &version.clauses {
            let folder = folder(clause.span.source);
            let prefix = version.files.get(clause.file).map_or("", |file| file.prefix.as_str());
            let local = (!roots.contains(&folder))
                .then(|| (folder, clause_key(clause.path.strip_prefix(prefix).unwrap_or(&clause.path))));
            of_clause(clause, &stem(clause.span.source), local.as_ref(), &mut all);
        }
        of_version(version, &mut all);
    }
    of_schema(&model.schema, &mut all);
    let declared = declared(model, files);
    for text in all.iter_mut().filter(|text| !matches!(text.of, Where::Clause(_))) {
        let key = text.key.split("--").next().filter(|_| text.key.starts_with("field-")).unwrap_or(&text.key);
        let places = declared.get(&key.replacen("field-", "form-", 1)).map(Vec::as_slice).unwrap_or_default();
        let Some(first) = places.first() else { continue };
        // Of what several files of the policy declare, no file speaks alone.
        if places.iter().all(|place| stem(*place) == stem(*first)) {
            text.file = Some(stem(*first));
        }
        if places.iter().all(|place| !roots.contains(&folder(*place))) {
            text.file = Some(stem(*first));
            text.local = Some((folder(*first), text.key.clone()));
        }
    }
    (roots, all)
}

/// The files that declare a fact, a season, a form or a deduction, by its key.
fn declared(model: &Model, files: &[ast::File]) -> BTreeMap<String, Vec<SourceId>> {
    let mut all: BTreeMap<String, Vec<SourceId>> = BTreeMap::new();
    let mut add = |key: String, source: SourceId| all.entry(key).or_default().push(source);
    for item in files.iter().flat_map(|file| &file.items) {
        match item {
            ast::Item::Fact(fact) => add(format!("fact-{}", slug(&fact.name.node)), fact.name.span.source),
            ast::Item::Season(season) => add(format!("season-{}", slug(&season.label.node)), season.label.span.source),
            ast::Item::Form(form) => add(format!("form-{}", slug(&form.label.node)), form.label.span.source),
            _ => {}
        }
    }
    for version in &model.versions {
        for clause in &version.clauses {
            for statement in &clause.statements {
                let Attribute::Deduction(at, _) = statement.attribute else { continue };
                let name = version.deductions.get(usize::from(at));
                name.into_iter().for_each(|name| add(format!("deduction-{}", slug(name)), clause.span.source));
            }
        }
    }
    all
}

fn of_clause(clause: &Clause, file: &str, local: Option<&(String, String)>, all: &mut Vec<Text>) {
    let mut places: BTreeMap<String, u32> = BTreeMap::new();
    let mut add = |attribute: Option<String>, text: &str| {
        // The second of its kind is `say-2`.
        let attribute = attribute.map(|attribute| {
            let place = places.entry(attribute.clone()).or_insert(0);
            *place += 1;
            if *place == 1 { attribute } else { format!("{attribute}-{place}") }
        });
        all.push(Text {
            of: Where::Clause(clause.span),
            key: clause_key(&clause.path),
            file: Some(file.to_owned()),
            local: local.cloned(),
            attribute,
            text: text.to_owned(),
        });
    };
    if let Some(title) = &clause.title {
        add(None, title);
    }
    let mut refusals: Vec<&str> = Vec::new();
    for statement in &clause.statements {
        match &statement.value {
            AttributeValue::No { reason: Some(reason), .. } if !refusals.contains(&&**reason) => {
                refusals.push(reason);
                add(Some("no".to_owned()), reason);
            }
            _ => {}
        }
    }
    for (kind, text, _) in &clause.guards {
        let (name, failed) = match kind {
            GuardKind::Refer(_) => ("refer", None),
            GuardKind::Verify { failed, .. } => ("verify", failed.as_deref()),
            GuardKind::Stop(_) => ("stop", None),
        };
        if let Some(text) = text {
            add(Some(name.to_owned()), text);
        }
        if let Some(text) = failed.and_then(|failed| failed.text.as_deref()) {
            add(Some("otherwise".to_owned()), text);
        }
    }
    for words in &clause.words {
        let mut name = if words.offer { "offer" } else { "say" }.to_owned();
        for (place, (kind, _)) in words.only.iter().enumerate() {
            name.push_str(if place == 0 { "-if-" } else { "-or-" });
            name.push_str(kind.word());
        }
        add(Some(name), &words.text);
    }
}

fn name(key: String, attribute: Option<String>, text: &str) -> Text {
    Text { of: Where::Name, key, file: None, local: None, attribute, text: text.to_owned() }
}

/// Forms with their fields, fees and deductions.
fn of_version(version: &Version, all: &mut Vec<Text>) {
    for form in &version.forms {
        all.push(name(format!("form-{}", slug(&form.label)), None, form.title.as_deref().unwrap_or(&form.label)));
        for field in &form.fields {
            let key = format!("field-{}--{}", slug(&form.label), slug(&field.name));
            all.push(name(key.clone(), None, field.title.as_deref().unwrap_or(&field.name)));
            if let Some(purpose) = &field.purpose {
                all.push(name(key.clone(), Some("purpose".to_owned()), purpose));
            }
            if let FieldType::OneOf(options) = &field.ty {
                all.extend(
                    options.iter().map(|option| name(key.clone(), Some(format!("is-{}", slug(option))), option)),
                );
            }
        }
    }
    for fee in &version.choices.fees {
        let said = fee.title.as_deref().unwrap_or(&fee.name);
        all.push(name(format!("fee-{}", slug(&fee.name)), None, said));
        // The tax on a fee without a title is told by a name of its own.
        if fee.taxed && fee.title.is_none() {
            all.push(name(format!("fee-{}-tax", slug(&fee.name)), None, &format!("{said} tax")));
        }
    }
    for deduction in &version.deductions {
        let title = version.choices.deductions.iter().find(|(known, _)| **known == **deduction);
        let said = title.map_or(deduction.as_str(), |(_, title)| title);
        all.push(name(format!("deduction-{}", slug(deduction)), None, said));
    }
}

/// Words of the shop, its seasons and its facts.
fn of_schema(schema: &Schema, all: &mut Vec<Text>) {
    const KINDS: [(crate::facts::DomainId, &str); 7] = [
        (domain::REMEDIES, "remedy"),
        (domain::TENDERS, "tender"),
        (domain::ROLES, "role"),
        (domain::REASONS, "reason"),
        (domain::CONDITIONS, "condition"),
        (domain::PROOFS, "proof"),
        (domain::CHANNELS, "channel"),
    ];
    for (id, kind) in KINDS {
        let standard = domain::STANDARD.iter().find(|(known, _)| *known == id).map_or(0, |(_, words)| words.len());
        let words = schema.domain(id).map(|domain| domain.words.as_slice()).unwrap_or_default();
        all.extend(words.iter().skip(standard).map(|word| name(format!("{kind}-{}", slug(word)), None, word)));
    }
    all.extend(
        schema
            .seasons
            .iter()
            .map(|season| name(format!("season-{}", slug(&season.name)), None, &season.name.replace(['-', '_'], " "))),
    );
    for (at, fact) in schema.facts.iter().enumerate() {
        let key = format!("fact-{}", slug(&fact.name));
        if let Some(question) = &fact.question {
            let attribute = Some("question".to_owned());
            all.push(Text { of: Where::Sentence, ..name(key.clone(), attribute, question) });
        }
        let on_duty = schema.on_duty.iter().any(|(_, known)| usize::from(known.0) == at);
        if at < builtin::ALL.len() || on_duty {
            continue;
        }
        all.push(name(key.clone(), None, &fact.name));
        let Type::Word(id) = fact.ty else { continue };
        if KINDS.iter().any(|(known, _)| *known == id) {
            continue;
        }
        let words = schema.domain(id).map(|domain| domain.words.as_slice()).unwrap_or_default();
        all.extend(words.iter().map(|word| name(key.clone(), Some(format!("is-{}", slug(word))), word)));
    }
}
