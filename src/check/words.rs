//! The words of a version: its remedies, tenders, roles, categories, lists, seasons and facts. Collected before anything
//! that uses them, so that order in the files does not matter.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::date::{Instance, Season, SeasonDates};
use crate::diagnostic::{Code, Diagnostic, near};
use crate::facts::{
    CategoryGroup, Domain, DomainId, Fact, Remedy, RemedyKind, Role, Schema, Scope, SeasonId, Stage, TextId, Type,
    Value, domain,
};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

use super::files::Plan;

/// A named thing of a version.
pub(super) struct Entry<T> {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) value: T,
    used: Cell<bool>,
}

/// Things of one kind by name.
pub(super) struct Names<T> {
    what: &'static str,
    entries: Vec<Entry<T>>,
}

impl<T> Names<T> {
    fn new(what: &'static str) -> Self {
        Self { what, entries: Vec::new() }
    }

    fn add(&mut self, name: &Spanned<String>, value: T, out: &mut Vec<Diagnostic>) {
        if let Some(first) = self.entries.iter().find(|e| e.name == name.node) {
            out.push(
                Diagnostic::new(
                    Code::DefinedTwice,
                    name.span,
                    format!("a second {} called `{}`", self.what, name.node),
                )
                .label(first.span, "the first one"),
            );
            return;
        }
        self.entries.push(Entry { name: name.node.clone(), span: name.span, value, used: Cell::new(false) });
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name == name)
    }

    /// The thing of a name; an unknown name is reported.
    pub(super) fn find(&self, name: &Spanned<String>, out: &mut Vec<Diagnostic>) -> Option<&T> {
        if let Some(entry) = self.entries.iter().find(|e| e.name == name.node) {
            entry.used.set(true);
            return Some(&entry.value);
        }
        out.push(unknown(self.what, name, self.entries.iter().map(|e| e.name.as_str())));
        None
    }

    /// Notes what is used, and what is not and nowhere else so far.
    fn note_uses(&self, uses: &mut Uses) {
        for entry in &self.entries {
            let (_, used) = uses
                .entry(entry.span)
                .or_insert_with(|| (format!("the {} `{}` is never used", self.what, entry.name), false));
            *used |= entry.used.get();
        }
    }
}

/// The finding for a name that does not exist.
pub(super) fn unknown<'a>(what: &str, name: &Spanned<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let finding = Diagnostic::new(Code::UnknownName, name.span, format!("unknown {what} `{}`", name.node));
    match near(&name.node, known.iter().copied()) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None if !known.is_empty() && known.len() <= 12 => finding.help(format!("known: {}", known.join(", "))),
        None => finding,
    }
}

/// The words of one version.
pub(super) struct Words {
    pub(super) categories: Names<CategoryGroup>,
    pub(super) lists: Names<Vec<TextId>>,
    pub(super) seasons: Names<SeasonId>,
    /// The forms, by name; the value is their place among the forms.
    pub(super) forms: Names<(u16, Vec<String>)>,
}

impl Words {
    pub(super) fn note_uses(&self, uses: &mut Uses) {
        self.categories.note_uses(uses);
        self.lists.note_uses(uses);
        self.seasons.note_uses(uses);
        self.forms.note_uses(uses);
    }
}

/// For each declaration what to say when no version uses it, and whether one does: versions share files.
pub(super) type Uses = BTreeMap<Span, (String, bool)>;

/// Reports what no version uses.
pub(super) fn report_unused(uses: Uses, out: &mut Vec<Diagnostic>) {
    for (span, (message, _)) in uses.into_iter().filter(|(_, (_, used))| !used) {
        out.push(Diagnostic::new(Code::Unused, span, message));
    }
}

/// Collects the words of a version into its names and the schema of the policy.
pub(super) fn collect(plan: &Plan<'_>, schema: &mut Schema, out: &mut Vec<Diagnostic>) -> Words {
    let mut words = Words {
        categories: Names::new("category"),
        lists: Names::new("list"),
        seasons: Names::new("season"),
        forms: Names::new("form"),
    };
    // Words of the shop first: facts and everything else may name them.
    for (_, item) in plan.items() {
        if let ast::Item::Vocabulary(vocabulary) = item {
            vocabulary_item(vocabulary, schema, out);
        }
    }
    let mut forms = 0;
    for (_, item) in plan.items() {
        match item {
            ast::Item::Category(category) => {
                let strings = |list: &[Spanned<String>]| list.iter().map(|s| s.node.clone()).collect();
                let group = CategoryGroup { paths: strings(&category.paths), except: strings(&category.except) };
                words.categories.add(&category.label, group, out);
            }
            ast::Item::List(list) => {
                let texts = list.values.iter().map(|v| schema.text(&v.node)).collect();
                words.lists.add(&list.label, texts, out);
            }
            ast::Item::Season(season) => {
                let id = season_item(season, schema, out);
                words.seasons.add(&season.label, id, out);
            }
            ast::Item::Fact(fact) => fact_item(fact, schema, out),
            ast::Item::Form(form) => {
                let fields = form.fields.iter().map(|f| f.name.node.clone()).collect();
                words.forms.add(&form.label, (forms, fields), out);
                forms += 1;
            }
            _ => {}
        }
    }
    words
}

fn vocabulary_item(vocabulary: &ast::Vocabulary, schema: &mut Schema, out: &mut Vec<Diagnostic>) {
    match vocabulary {
        ast::Vocabulary::Plain { kind, names, .. } => {
            let id = match kind {
                ast::VocabularyKind::Tender => domain::TENDERS,
                ast::VocabularyKind::Reason => domain::REASONS,
                ast::VocabularyKind::Condition => domain::CONDITIONS,
                ast::VocabularyKind::Proof => domain::PROOFS,
                ast::VocabularyKind::Channel => domain::CHANNELS,
            };
            for name in names {
                add_word(schema, id, &name.node);
            }
        }
        ast::Vocabulary::Remedy { name, kind, .. } => {
            let kind = match kind {
                ast::RemedyKind::Money => RemedyKind::Money,
                ast::RemedyKind::MoneyTo(tender) => match tender_named(tender, schema, out) {
                    Some(word) => RemedyKind::MoneyTo(word),
                    None => return,
                },
                ast::RemedyKind::Goods => RemedyKind::Goods,
                ast::RemedyKind::Service => RemedyKind::Service,
            };
            match schema.remedies.iter().find(|r| r.name == name.node) {
                Some(known) if known.kind != kind => out.push(
                    Diagnostic::new(
                        Code::DefinedTwice,
                        name.span,
                        format!("the remedy `{}` already gives something else", name.node),
                    )
                    .help("give this remedy another name"),
                ),
                Some(_) => {}
                None => {
                    schema.remedies.push(Remedy { name: name.node.clone(), kind });
                    add_word(schema, domain::REMEDIES, &name.node);
                }
            }
        }
        ast::Vocabulary::Role { name, above, .. } => {
            let above = match above {
                Some(below) => match role_named(below, schema, out) {
                    Some(role) => Some(role),
                    None => return,
                },
                None => None,
            };
            match schema.roles.iter().find(|r| r.name == name.node) {
                Some(known) if known.above != above => out.push(Diagnostic::new(
                    Code::DefinedTwice,
                    name.span,
                    format!("the role `{}` already stands elsewhere", name.node),
                )),
                Some(_) => {}
                None => {
                    schema.roles.push(Role { name: name.node.clone(), above });
                    add_word(schema, domain::ROLES, &name.node);
                }
            }
        }
    }
}

fn add_word(schema: &mut Schema, id: DomainId, word: &str) {
    if let Some(domain) = schema.domains.get_mut(usize::from(id.0))
        && domain.find(word).is_none()
    {
        domain.words.push(word.to_owned());
    }
}

/// A word of a domain; an unknown one is reported.
pub(super) fn word(
    what: &str,
    name: &Spanned<String>,
    id: DomainId,
    schema: &Schema,
    out: &mut Vec<Diagnostic>,
) -> Option<u16> {
    let domain = schema.domain(id)?;
    let found = domain.find(&name.node);
    if found.is_none() {
        out.push(unknown(what, name, domain.words.iter().map(String::as_str)));
    }
    found
}

pub(super) fn tender_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("tender", name, domain::TENDERS, schema, out)
}

pub(super) fn role_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("role", name, domain::ROLES, schema, out)
}

pub(super) fn remedy_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("remedy", name, domain::REMEDIES, schema, out)
}

fn season_item(season: &ast::Season, schema: &mut Schema, out: &mut Vec<Diagnostic>) -> SeasonId {
    let instances = match &season.days {
        ast::SeasonDays::Yearly { from, to, until } => {
            SeasonDates::Yearly { from: from.node, to: to.node, until: until.as_ref().map(|u| u.node) }
        }
        ast::SeasonDays::Dated(list) => {
            for instance in list {
                let backwards = instance.to.node < instance.from.node;
                let early = instance.until.as_ref().is_some_and(|u| u.node < instance.to.node);
                if backwards || early {
                    let what = if backwards { "ends before it begins" } else { "has its deadline before its end" };
                    out.push(Diagnostic::new(Code::OutOfRange, instance.span, format!("this season {what}")));
                }
            }
            SeasonDates::Dated(
                list.iter()
                    .map(|i| Instance { from: i.from.node, to: i.to.node, until: i.until.as_ref().map(|u| u.node) })
                    .collect(),
            )
        }
    };
    let made = Season { name: season.label.node.clone(), instances };
    if let Some((a, b)) = made.overlap() {
        let place = |x: &Instance| match &season.days {
            ast::SeasonDays::Dated(list) => {
                list.iter().find(|i| i.from.node == x.from && i.to.node == x.to).map(|i| i.span)
            }
            ast::SeasonDays::Yearly { .. } => None,
        };
        let span = place(&b).unwrap_or(season.span);
        let mut finding = Diagnostic::new(
            Code::SeasonsOverlap,
            span,
            format!("these days of `{}` belong to two of its years", made.name),
        );
        if let Some(other) = place(&a) {
            finding = finding.label(other, "the other one");
        }
        out.push(finding);
    }
    let at = schema.seasons.iter().position(|s| *s == made).unwrap_or_else(|| {
        schema.seasons.push(made);
        schema.seasons.len() - 1
    });
    SeasonId(u16::try_from(at).unwrap_or(u16::MAX))
}

fn fact_item(fact: &ast::Fact, schema: &mut Schema, out: &mut Vec<Diagnostic>) {
    let about_customer = fact.name.node.starts_with("customer.");
    let scope = match fact.scope.as_ref().map(|s| s.node) {
        Some(ast::FactScope::Visit | ast::FactScope::AsOfReturn) => Scope::Visit,
        Some(ast::FactScope::Sale | ast::FactScope::AsOfSale) => Scope::Sale,
        Some(ast::FactScope::Item) => Scope::Line,
        Some(ast::FactScope::Tender) => Scope::Tender,
        None if about_customer => {
            out.push(
                Diagnostic::new(Code::AsOfNotSaid, fact.span, format!("`{}` does not say when it counts", fact.name.node)).help(
                    "add `, as of sale` (what the customer was when buying) or `, as of return` (what the customer is now)",
                ),
            );
            return;
        }
        None => {
            out.push(
                Diagnostic::new(
                    Code::AsOfNotSaid,
                    fact.span,
                    format!("`{}` does not say whose fact it is", fact.name.node),
                )
                .help("add `, of the item`, `, of the sale`, `, of the visit` or `, of the tender`"),
            );
            return;
        }
    };
    let known = schema.fact_named(&fact.name.node).and_then(|id| schema.fact(id).cloned().map(|f| (id, f)));
    let ty = match &fact.ty.node {
        ast::FactType::YesNo => Type::YesNo,
        ast::FactType::WholeNumber => Type::WholeNumber,
        ast::FactType::Number => Type::Number,
        ast::FactType::Money => Type::Money,
        ast::FactType::Date => Type::Date,
        ast::FactType::Text => Type::Text,
        ast::FactType::ListOfText => Type::Texts,
        ast::FactType::OneOf(names) => {
            let id = match &known {
                Some((_, Fact { ty: Type::Word(id), .. })) => *id,
                _ => {
                    schema.domains.push(Domain::default());
                    DomainId(u16::try_from(schema.domains.len() - 1).unwrap_or(u16::MAX))
                }
            };
            for name in names {
                add_word(schema, id, &name.node);
            }
            Type::Word(id)
        }
    };
    if let Some((_, old)) = &known
        && (old.ty != ty || old.scope != scope)
    {
        out.push(
            Diagnostic::new(
                Code::DefinedTwice,
                fact.span,
                format!("`{}` is already a fact of another kind", fact.name.node),
            )
            .help("give this fact another name, or the same type and place"),
        );
        return;
    }
    let otherwise = fact.otherwise.as_ref().and_then(|value| constant(value, ty, schema, out));
    match known {
        Some((id, _)) => {
            if let Some(old) = schema.facts.get_mut(usize::from(id.0)) {
                old.otherwise = otherwise.or(old.otherwise);
                old.changeable |= fact.changeable;
                old.fresh = fact.fresh.as_ref().map(|f| f.node).or(old.fresh);
            }
        }
        None => {
            schema.add_fact(Fact {
                name: fact.name.node.clone(),
                ty,
                scope,
                stage: if scope == Scope::Tender { Stage::Tenders } else { Stage::Facts },
                slot: 0,
                otherwise,
                changeable: fact.changeable,
                fresh: fact.fresh.as_ref().map(|f| f.node),
            });
        }
    }
}

/// A constant as a value of a type; a wrong one is reported.
pub(super) fn constant(
    value: &Spanned<ast::Value>,
    ty: Type,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let wanted = match (ty, &value.node) {
        (Type::YesNo, ast::Value::Name(name)) if name == "yes" || name == "no" => {
            return Some(Value::Bool(name == "yes"));
        }
        (Type::Word(id), ast::Value::Name(name)) => {
            let name = Spanned::new(name.clone(), value.span);
            return word("word", &name, id, schema, out).map(Value::Word);
        }
        (Type::Number, ast::Value::Number(n)) => return Some(Value::Number(*n)),
        (Type::WholeNumber, ast::Value::Number(n)) if n.fract().is_zero() => return Some(Value::Number(*n)),
        (Type::Money, ast::Value::Money { amount, .. }) => return Some(Value::Number(*amount)),
        (Type::Date, ast::Value::Date(date)) => return Some(Value::Date(*date)),
        (Type::Text, ast::Value::Name(text)) => return Some(Value::Text(schema.text(text))),
        (Type::YesNo, _) => "`yes` or `no`",
        (Type::Word(_), _) => "a word",
        (Type::Number, _) => "a number",
        (Type::WholeNumber, _) => "a whole number",
        (Type::Money, _) => "an amount of money",
        (Type::Date, _) => "a date",
        (Type::Text, _) => "a text",
        (Type::Texts, _) => "nothing: a list cannot be compared with a constant",
    };
    out.push(Diagnostic::new(Code::WrongKind, value.span, format!("expected {wanted}")));
    None
}
