//! Reads the trees of a policy's files into a [`Book`]: one [`Edition`] a version, each with its clauses as a plain tree
//! of owned copies. `exception to a, b` has been carried out by copying, `use … as …` by writing the prefix into paths.
//! The files are known to be a sound policy; anything else panics.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use takeback::date;
use takeback::money::{Currency, Rounding};
use takeback::source::SourceSet;
use takeback::syntax::{ast, parse};
use takeback::terms::{Clock, Discipline, FeeUnit, GiftRule, MeetingEvent, Sharing, ShippingRule, SplitRest, TaxRule};

use super::counting::Counts;

pub(crate) struct Book {
    /// By the day they begin.
    pub(crate) editions: Vec<Edition>,
    /// Every edition's remedies are one vocabulary.
    pub(crate) remedies: BTreeMap<String, ast::RemedyKind>,
    /// Whether there is law, or limits over history: of these the reference knows nothing.
    pub(crate) beyond: bool,
}

/// One version: the file with its header, and all files it uses.
pub(crate) struct Edition {
    pub(crate) in_force: ast::InForce,
    pub(crate) currency: Currency,
    pub(crate) zone: Option<Tz>,
    pub(crate) choices: Vec<ast::Choice>,
    /// How the header counts days.
    pub(crate) counts: Counts,
    pub(crate) disagree: Vec<(ast::AttributeKind, Discipline)>,
    pub(crate) clauses: Vec<Clause>,
    /// Wherever they stand.
    pub(crate) overrides: Vec<ast::Overrides>,
    pub(crate) remedies: BTreeMap<String, ast::RemedyKind>,
    /// Role, and the role just below it.
    pub(crate) roles: BTreeMap<String, Option<String>>,
    /// `tender`, `reason`, `condition`, `proof`, `channel`: their words.
    pub(crate) words: BTreeMap<&'static str, BTreeSet<String>>,
    pub(crate) categories: BTreeMap<String, ast::Category>,
    pub(crate) lists: BTreeMap<String, Vec<String>>,
    pub(crate) seasons: BTreeMap<String, date::Season>,
    pub(crate) facts: BTreeMap<String, ast::Fact>,
    pub(crate) forms: BTreeMap<String, ast::Form>,
    /// By place among the files.
    pub(crate) files: BTreeMap<usize, LayerFile>,
}

/// What the header of a file says about layers.
pub(crate) struct LayerFile {
    /// The lowest layer is 0; so is everything where there are none.
    pub(crate) layer: usize,
    pub(crate) leaves: Vec<ast::Leeway>,
}

/// A clause and its exceptions, wherever they were written.
#[derive(Clone)]
pub(crate) struct Clause {
    pub(crate) path: String,
    pub(crate) when: Option<ast::Condition>,
    /// All sentences but exceptions and overrides.
    pub(crate) says: Vec<ast::Statement>,
    pub(crate) exceptions: Vec<Clause>,
    /// How the file it stands in counts days.
    pub(crate) counts: Counts,
    /// The file it stands in, and its layer.
    pub(crate) file: usize,
    pub(crate) layer: usize,
}

/// A clause as written, before it is put under those it is an exception to.
struct Written<'a> {
    clause: &'a ast::Clause,
    /// Label path by place in the text, with the file's prefix.
    path: String,
    /// The path of the clause around it in the text.
    around: Option<String>,
    file: usize,
}

/// The book of a policy's files.
pub(crate) fn of(sources: &SourceSet) -> Book {
    let names: Vec<&str> = sources.iter().map(|source| source.name()).collect();
    let files: Vec<_> = sources.iter().map(|source| parse(source).0).collect();
    read(&names, &files)
}

fn read(names: &[&str], files: &[ast::File]) -> Book {
    let mut editions: Vec<Edition> = Vec::new();
    for (at, file) in files.iter().enumerate() {
        for item in &file.items {
            if let ast::Item::Policy(policy) = item {
                editions.push(edition(names, files, at, policy));
            }
        }
    }
    editions.sort_by_key(|edition| edition.in_force.from.node);
    let remedies = editions.iter().flat_map(|edition| edition.remedies.clone()).collect();
    let beyond = files.iter().flat_map(|file| &file.items).any(|item| match item {
        ast::Item::Clause(clause) => beyond(clause),
        // Of money for goods that are kept it knows nothing yet: `tests/adjusted.rs` tries all orders.
        ast::Item::Vocabulary(ast::Vocabulary::Remedy { kind, .. }) => *kind == ast::RemedyKind::PriceDifference,
        _ => false,
    });
    Book { editions, remedies, beyond }
}

fn beyond(clause: &ast::Clause) -> bool {
    let inside = |statement: &ast::Statement| match &statement.kind {
        ast::StatementKind::Except(inner) => beyond(inner),
        ast::StatementKind::Limit(_) => true,
        _ => false,
    };
    clause.law.is_some() || clause.body.iter().any(inside)
}

/// What a file calls another, told from the root.
fn beside(file: &str, path: &str) -> String {
    let mut folders: Vec<&str> = file.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(folders.pop()),
            part => folders.push(part),
        }
    }
    folders.join("/")
}

fn edition(names: &[&str], files: &[ast::File], root: usize, policy: &ast::Policy) -> Edition {
    // The files that belong to this version, each with the prefix of its labels.
    let mut members: Vec<(usize, String)> = vec![(root, String::new())];
    let mut next = 0;
    while next < members.len() {
        let (file, prefix) = members[next].clone();
        for item in &files[file].items {
            if let ast::Item::Use(usage) = item {
                let path = beside(names[file], &usage.path.node);
                let used = names.iter().position(|name| *name == path).unwrap();
                let prefix = match &usage.prefix {
                    Some(own) => format!("{prefix}{}/", own.node),
                    None => prefix.clone(),
                };
                if members.iter().all(|(member, _)| *member != used) {
                    members.push((used, prefix));
                }
            }
        }
        next += 1;
    }

    let mut edition = Edition {
        in_force: policy.header.in_force[0].clone(),
        currency: policy.header.currency[0].node.parse().unwrap(),
        zone: policy.header.zone.first().map(|zone| zone.node.parse().unwrap()),
        choices: policy.header.choices.iter().flat_map(|block| &block.lines).map(|line| line.node.clone()).collect(),
        counts: Counts::default(),
        disagree: Vec::new(),
        clauses: Vec::new(),
        overrides: Vec::new(),
        remedies: standard_remedies(),
        roles: standard_roles(),
        words: standard_words(),
        categories: BTreeMap::new(),
        lists: BTreeMap::new(),
        seasons: BTreeMap::new(),
        facts: BTreeMap::new(),
        forms: BTreeMap::new(),
        files: members.iter().map(|(file, _)| (*file, layer_file(policy, &files[*file]))).collect(),
    };
    for disagree in &policy.header.disagree {
        for attribute in &disagree.on {
            edition.disagree.push((attribute.kind.clone(), disagree.discipline.node));
        }
    }

    let mut written = Vec::new();
    for (file, prefix) in &members {
        for item in &files[*file].items {
            match item {
                ast::Item::Clause(clause) => {
                    gather(clause, prefix, None, *file, &mut written, &mut edition.overrides);
                }
                ast::Item::Overrides(overrides) => edition.overrides.push(overrides.clone()),
                ast::Item::Choices(choices) => {
                    edition.choices.extend(choices.lines.iter().map(|line| line.node.clone()));
                }
                ast::Item::Library(library) => {
                    let lines = library.header.choices.iter().flat_map(|choices| &choices.lines);
                    edition.choices.extend(lines.map(|line| line.node.clone()));
                }
                _ => define(&mut edition, item),
            }
        }
    }
    edition.clauses = written
        .iter()
        .filter(|written| written.around.is_none() && written.clause.attach.is_empty())
        .map(|top| grow(top, &top.path, &written, files, &edition.files))
        .collect();
    edition.counts = counts_of(&files[root]);
    for clause in &mut edition.clauses {
        count_like_the_header(clause, &edition.counts);
    }
    edition
}

/// Which layer a file is, and what its header leaves to higher ones.
fn layer_file(policy: &ast::Policy, file: &ast::File) -> LayerFile {
    let header = file.items.iter().find_map(|item| match item {
        ast::Item::Policy(policy) => Some(&policy.header),
        ast::Item::Library(library) => Some(&library.header),
        _ => None,
    });
    let own = header.and_then(|header| header.layer.first());
    let names = policy.header.layers.first().map_or(&[][..], |line| &line.node);
    let layer = own.and_then(|own| names.iter().position(|name| name.node == own.node)).unwrap_or(0);
    LayerFile { layer, leaves: header.map(|header| header.leeway.clone()).unwrap_or_default() }
}

/// Files that do not say how they count do as the policy's header says.
fn count_like_the_header(clause: &mut Clause, header: &Counts) {
    clause.counts = clause.counts.or(header);
    for exception in &mut clause.exceptions {
        count_like_the_header(exception, header);
    }
}

/// Words of the shop.
fn define(edition: &mut Edition, item: &ast::Item) {
    match item {
        ast::Item::Vocabulary(ast::Vocabulary::Plain { kind, names, .. }) => {
            let list = match kind {
                ast::VocabularyKind::Tender => "tender",
                ast::VocabularyKind::Reason => "reason",
                ast::VocabularyKind::Condition => "condition",
                ast::VocabularyKind::Proof => "proof",
                ast::VocabularyKind::Channel => "channel",
            };
            edition.words.get_mut(list).unwrap().extend(names.iter().map(|name| name.node.clone()));
        }
        ast::Item::Vocabulary(ast::Vocabulary::Remedy { name, kind, .. }) => {
            edition.remedies.insert(name.node.clone(), kind.clone());
        }
        ast::Item::Vocabulary(ast::Vocabulary::Role { name, above, .. }) => {
            edition.roles.insert(name.node.clone(), above.as_ref().map(|above| above.node.clone()));
        }
        ast::Item::Category(category) => {
            edition.categories.insert(category.label.node.clone(), category.clone());
        }
        ast::Item::List(list) => {
            let values = list.values.iter().map(|value| value.node.clone()).collect();
            edition.lists.insert(list.label.node.clone(), values);
        }
        ast::Item::Season(season) => {
            let dates = match &season.days {
                ast::SeasonDays::Yearly { from, to, until } => date::SeasonDates::Yearly {
                    from: from.node,
                    to: to.node,
                    until: until.as_ref().map(|until| until.node),
                },
                ast::SeasonDays::Dated(instances) => date::SeasonDates::Dated(
                    instances
                        .iter()
                        .map(|instance| date::Instance {
                            from: instance.from.node,
                            to: instance.to.node,
                            until: instance.until.as_ref().map(|until| until.node),
                        })
                        .collect(),
                ),
            };
            let name = season.label.node.clone();
            edition.seasons.insert(name.clone(), date::Season { name, instances: dates });
        }
        ast::Item::Fact(fact) => {
            edition.facts.insert(fact.name.node.clone(), fact.clone());
        }
        ast::Item::Form(form) => {
            edition.forms.insert(form.label.node.clone(), form.clone());
        }
        ast::Item::Use(_)
        | ast::Item::Question(_)
        | ast::Item::Policy(_)
        | ast::Item::Library(_)
        | ast::Item::Choices(_)
        | ast::Item::Clause(_)
        | ast::Item::Overrides(_)
        | ast::Item::Scenario(_)
        | ast::Item::Bad(_) => {}
    }
}

fn gather<'a>(
    clause: &'a ast::Clause,
    prefix: &str,
    around: Option<&str>,
    file: usize,
    written: &mut Vec<Written<'a>>,
    overrides: &mut Vec<ast::Overrides>,
) {
    let path = match around {
        Some(around) => format!("{around}/{}", clause.label.node),
        None => format!("{prefix}{}", clause.label.node),
    };
    written.push(Written { clause, path: path.clone(), around: around.map(str::to_owned), file });
    for statement in &clause.body {
        match &statement.kind {
            ast::StatementKind::Except(exception) => gather(exception, prefix, Some(&path), file, written, overrides),
            ast::StatementKind::Overrides(sentence) => overrides.push(sentence.clone()),
            _ => {}
        }
    }
}

/// What a file itself says about counting.
fn counts_of(file: &ast::File) -> Counts {
    let blocks = file.items.iter().flat_map(|item| match item {
        ast::Item::Policy(policy) => policy.header.choices.iter().collect(),
        ast::Item::Library(library) => library.header.choices.iter().collect(),
        ast::Item::Choices(choices) => vec![choices],
        _ => Vec::new(),
    });
    Counts::of(blocks.flat_map(|block| &block.lines).map(|line| &line.node))
}

/// A clause with everything that stands under it; `path` is where this copy of it stands.
fn grow(
    from: &Written<'_>,
    path: &str,
    written: &[Written<'_>],
    files: &[ast::File],
    layers: &BTreeMap<usize, LayerFile>,
) -> Clause {
    let mut clause = Clause {
        path: path.to_owned(),
        when: from.clause.when.clone(),
        says: Vec::new(),
        exceptions: Vec::new(),
        counts: counts_of(&files[from.file]),
        file: from.file,
        layer: layers[&from.file].layer,
    };
    for statement in &from.clause.body {
        match &statement.kind {
            ast::StatementKind::Except(_) | ast::StatementKind::Overrides(_) => {}
            _ => clause.says.push(statement.clone()),
        }
    }
    for other in written {
        let under = match other.clause.attach.as_slice() {
            [] => other.around.as_deref() == Some(from.path.as_str()),
            several => several.iter().any(|to| is_called(&from.path, &to.parts.join("/"))),
        };
        if under {
            // An exception to several is known by its own label.
            let path = match other.clause.attach.len() {
                0 | 1 => format!("{path}/{}", other.clause.label.node),
                _ => other.path.rsplit_once('/').map_or(other.path.as_str(), |(_, label)| label).to_owned(),
            };
            clause.exceptions.push(grow(other, &path, written, files, layers));
        }
    }
    clause
}

/// Whether a clause at `path` may be called `name`: by its whole path, or by the end of it. Labels of the policies that
/// are compared are unique, so that there is no question which is nearest.
pub(crate) fn is_called(path: &str, name: &str) -> bool {
    path == name || path.ends_with(&format!("/{name}"))
}

/// The value of a choice of the header, if it is made.
macro_rules! choice {
    ($name:ident, $variant:pat => $value:expr, $type:ty) => {
        pub(crate) fn $name(&self) -> Option<$type> {
            self.choices.iter().find_map(|choice| match choice {
                $variant => Some($value),
                _ => None,
            })
        }
    };
}

impl Edition {
    choice!(rounding_choice, ast::Choice::Rounding(rounding) => *rounding, Rounding);
    choice!(discounts, ast::Choice::Discounts(sharing) => *sharing, Sharing);
    choice!(bundles, ast::Choice::Bundles(sharing) => *sharing, Sharing);
    choice!(gifts, ast::Choice::Gifts(rule) => *rule, GiftRule);
    choice!(tax, ast::Choice::Tax(rule) => *rule, TaxRule);
    choice!(shipping, ast::Choice::Shipping(rule) => *rule, ShippingRule);
    choice!(extensions, ast::Choice::Extensions(rule) => *rule, takeback::terms::ExtensionRule);
    choice!(split, ast::Choice::Split { first, rest } => (first.iter().map(|n| n.node.clone()).collect(), *rest), (Vec<String>, SplitRest));
    choice!(deadline, ast::Choice::Deadline(event) => *event, MeetingEvent);
    choice!(late, ast::Choice::Late(finality) => finality.clone(), ast::Finality);
    choice!(together, ast::Choice::Lines { together } => *together, bool);

    pub(crate) fn digits(&self) -> u32 {
        self.currency.minor_digits()
    }

    pub(crate) fn rounding(&self) -> Rounding {
        self.rounding_choice().unwrap()
    }

    /// Unit of a fee, and whether it is taxed.
    pub(crate) fn fee_terms(&self, fee: &str) -> Option<(FeeUnit, bool)> {
        self.choices.iter().find_map(|choice| match choice {
            ast::Choice::Fee { name, unit, taxed, .. } if name.node == fee => Some((*unit, *taxed)),
            _ => None,
        })
    }

    /// The fees in the order of the header.
    pub(crate) fn fees(&self) -> Vec<String> {
        let name = |choice: &ast::Choice| match choice {
            ast::Choice::Fee { name, .. } => Some(name.node.clone()),
            _ => None,
        };
        self.choices.iter().filter_map(name).collect()
    }

    pub(crate) fn without(&self, missing: Clock) -> Option<ast::Without> {
        self.choices.iter().find_map(|choice| match choice {
            ast::Choice::Without { clock, then } if *clock == missing => Some(then.clone()),
            _ => None,
        })
    }

    /// Whether `role` is `needed` or stands above it.
    pub(crate) fn has_authority(&self, role: &str, needed: &str) -> bool {
        role == needed
            || matches!(self.roles.get(role), Some(Some(below)) if self.has_authority(below, needed))
            || self.before(role).iter().any(|below| self.has_authority(below, needed))
    }
}

/// The label paths of all clauses.
pub(crate) fn paths(clauses: &[Clause]) -> Vec<String> {
    clauses.iter().flat_map(|clause| [vec![clause.path.clone()], paths(&clause.exceptions)].concat()).collect()
}

fn standard_remedies() -> BTreeMap<String, ast::RemedyKind> {
    let store_credit = takeback::source::Spanned::new("store credit".to_owned(), nowhere());
    [
        ("refund", ast::RemedyKind::Money),
        ("store credit", ast::RemedyKind::MoneyTo(store_credit)),
        ("exchange", ast::RemedyKind::Goods),
        ("repair", ast::RemedyKind::Service),
        ("replacement", ast::RemedyKind::Goods),
    ]
    .map(|(name, kind)| (name.to_owned(), kind))
    .into()
}

fn nowhere() -> takeback::source::Span {
    takeback::source::Span::new(takeback::source::SourceId(0), 0, 0)
}

fn standard_roles() -> BTreeMap<String, Option<String>> {
    [("clerk", None), ("supervisor", Some("clerk")), ("manager", Some("supervisor")), ("director", Some("manager"))]
        .map(|(role, below)| (role.to_owned(), below.map(str::to_owned)))
        .into()
}

fn standard_words() -> BTreeMap<&'static str, BTreeSet<String>> {
    let words = |text: &str| text.split(", ").map(str::to_owned).collect();
    [
        (
            "tender",
            words(
                "cash, check, credit, debit, gift card, store credit, voucher, paypal, wallet, financing",
            ),
        ),
        (
            "reason",
            words(
                "changed mind, defective, damaged, wrong item, wrong size, missing parts, late delivery, unwanted gift, other",
            ),
        ),
        ("condition", words("sealed, opened, used, damaged")),
        ("proof", words("receipt, e-receipt, look-up, gift receipt, packing slip, none")),
        ("channel", words("store, online, phone, door")),
        ("by", words("buyer, recipient, other")),
    ]
    .into()
}
