//! Random policies as text: clauses nested to depth four, overrides, `as before`, several files. Labels are unique, so that a
//! short label always names one clause.
//!
//! A clause keeps to what its condition allows it to state; siblings that may disagree get an `overrides`, more of them at the
//! second attempt.

use super::dice::Dice;
use super::headers::{FORMS, WORDS};

/// The files of a policy: name and text, in the order in which they are given to the compiler.
pub(crate) type Texts = Vec<(String, String)>;

/// What a condition, with those around it, speaks of; from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    Visit,
    Sale,
    Line,
    Tender,
}

/// What a condition reads: facts of the request, or figures of a later stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Facts,
    Amounts,
    Totals,
}

/// A clause while it is made.
#[derive(Debug, Clone)]
struct Clause {
    label: String,
    head: String,
    says: Vec<String>,
    exceptions: Vec<Clause>,
    /// The sentence of `exception to`, for a clause that stands at the top of a file.
    attach: Option<String>,
}

/// What stands around a clause.
#[derive(Debug, Clone)]
pub(super) struct Around {
    pub(super) scope: Scope,
    pub(super) stage: Stage,
    pub(super) depth: usize,
    /// For each clause around it, the attributes it states for all remedies.
    pub(super) stated: Vec<Vec<String>>,
    /// Seasons that the conditions test.
    pub(super) seasons: Vec<String>,
}

pub(crate) fn policy(dice: &mut Dice, thorough: bool) -> Texts {
    let mut maker = Maker { dice, next: 0, literal: Vec::new(), siblings: Vec::new(), thorough };
    maker.policy()
}

pub(super) struct Maker<'d> {
    pub(super) dice: &'d mut Dice,
    pub(super) next: usize,
    /// Attributes that a clause states by a value of its own: attribute and label.
    pub(super) literal: Vec<(String, String)>,
    /// Pairs that need an `overrides`, when they stand in different files.
    pub(super) siblings: Vec<String>,
    /// Whether all siblings get an order.
    pub(super) thorough: bool,
}

impl Maker<'_> {
    fn policy(&mut self) -> Texts {
        let header = self.header();
        let layered = self.dice.chance(40);
        let mut tops = vec![self.everything()];
        for _ in 0..self.dice.between(0, 2) {
            tops.push(self.clause(&Around::top(), None));
        }
        // Clauses that are put under others.
        for _ in 0..self.dice.between(0, 2) {
            let targets = labels(&tops);
            let mut to = self.dice.some(&targets, 2);
            to.retain(|label| targets.contains(label));
            // Under two clauses only from a safe distance: under one another would be the same clause twice.
            if to.len() == 2 && self.dice.chance(50) {
                to.truncate(1);
            }
            let mut around = Around::top();
            around.depth = 2;
            around.stated = Vec::new();
            let places: Vec<&Clause> = to.iter().filter_map(|label| find(&tops, label)).collect();
            if places.iter().any(|place| place.head.contains("tender")) {
                continue;
            }
            let strictest = places
                .iter()
                .map(|place| reach(&tops, &place.label))
                .fold((Scope::Visit, Stage::Facts), |a, b| (a.0.max(b.0), a.1.max(b.1)));
            around.scope = strictest.0;
            around.stage = strictest.1;
            let mut clause = self.clause(&around, None);
            clause.attach = Some(to.join(", "));
            for label in &to {
                let under = find(&tops, label).map(|parent| labels_of(&parent.exceptions)).unwrap_or_default();
                for other in under {
                    self.siblings.push(format!("{} overrides {other}", clause.label));
                }
            }
            let shares = |other: &&Clause| {
                let theirs = other.attach.as_deref().unwrap_or_default();
                theirs.split(", ").any(|label| to.iter().any(|own| own == label))
            };
            for other in tops.iter().filter(shares) {
                self.siblings.push(format!("{} overrides {}", clause.label, other.label));
            }
            tops.push(clause);
        }
        let free: Vec<String> = tops.iter().filter(|top| top.attach.is_none()).map(|top| top.label.clone()).collect();
        for sentence in self.order(&free) {
            self.siblings.push(sentence);
        }
        if layered { self.layered_files(&header, tops) } else { self.files(&header, tops) }
    }

    /// The same clauses spread over two or three layers, each file with what it leaves to higher ones.
    fn layered_files(&mut self, header: &str, mut tops: Vec<Clause>) -> Texts {
        let layers = self.dice.between(2, 3);
        let of_file = [layers - 1, 0, self.dice.below(layers)];
        let mut at: Vec<(usize, Vec<String>)> = Vec::new();
        for (place, top) in tops.iter().enumerate() {
            let to = top.attach.clone().unwrap_or_default();
            let lowest = at.iter().filter(|(_, labels)| to.split(", ").any(|label| labels.iter().any(|l| l == label)));
            let lowest = lowest.map(|(file, _)| of_file[*file]).max().unwrap_or(0);
            let allowed: Vec<usize> = (0..3).filter(|file| of_file[*file] >= lowest).collect();
            let file = if place == 0 { 1 } else { *self.dice.one(&allowed) };
            at.push((file, labels(std::slice::from_ref(top))));
        }
        let layer_of = |label: &str| {
            at.iter().find(|(_, labels)| labels.iter().any(|one| one == label)).map(|(file, _)| of_file[*file])
        };
        // Between layers there is nothing to override; of one that is higher all are siblings.
        for one in 1..tops.len() {
            for two in 1..one {
                let (one, two) = (tops[one].label.clone(), tops[two].label.clone());
                let attached = |label: &str| find(&tops, label).is_some_and(|top| top.attach.is_some());
                if layer_of(&one) > Some(0) && (attached(&one) || attached(&two)) && self.dice.chance(60) {
                    self.siblings.push(format!("{one} overrides {two}"));
                }
            }
        }
        self.siblings.retain(|sentence| {
            let (winner, loser) = sentence.split_once(" overrides ").unwrap();
            layer_of(winner) == layer_of(loser)
        });
        self.siblings.sort();
        self.siblings.dedup();
        let around: Vec<String> = tops.iter().map(|top| heads_around(&tops, top)).collect();
        for ((top, (file, _)), around) in tops.iter_mut().zip(&at).zip(&around) {
            if of_file[*file] + 1 < layers {
                self.leave(top, around);
            }
            self.waive(top, &at.iter().map(|(_, labels)| labels.clone()).collect::<Vec<_>>().concat());
        }
        let names = &["chain", "country", "store"][3 - layers..];
        let mut said = Vec::new();
        for layer in of_file {
            let left = if layer + 1 < layers { self.left() } else { Vec::new() };
            let left: String = left.iter().map(|sentence| format!("  {sentence}\n")).collect();
            said.push(format!("  layer {}\n{left}", names[layer]));
        }
        let head = header.strip_suffix('}').unwrap();
        let mut words: Vec<String> = WORDS.lines().map(str::to_owned).collect();
        self.dice.shuffle(&mut words);
        let mut texts = [
            vec![format!("{head}  layers {}\n{}}}", names.join(", "), said[0])],
            vec![format!("library \"Lowest\" {{\n{}}}", said[1])],
            vec![format!("library \"Third\" {{\n{}}}", said[2])],
        ];
        let overrides = self.overrides_text(&tops);
        for (top, (file, _)) in tops.iter().zip(&at) {
            texts[*file].push(top.text());
        }
        texts[0].extend(["words", "lowest", "third"].map(|name| format!("use \"{name}.takeback\"")));
        texts[0].extend(overrides);
        let mut files = vec![("words.takeback".to_owned(), words.join("\n") + "\n" + FORMS)];
        for (name, mut text) in ["main", "lowest", "third"].into_iter().zip(texts) {
            self.dice.shuffle(&mut text[1..]);
            files.push((format!("{name}.takeback"), text.join("\n")));
        }
        self.dice.shuffle(&mut files);
        files
    }

    /// Some clauses say what may be made of what they, or those around them, state.
    fn leave(&mut self, clause: &mut Clause, around: &str) {
        let heads = format!("{around}{}", clause.head);
        if self.dice.chance(25) {
            let sentence = self.leeway(stage_of(&heads), heads.contains(" tender"));
            clause.says.push(sentence);
        }
        for exception in &mut clause.exceptions {
            self.leave(exception, &heads);
        }
    }

    /// Some clauses lift the guards of others.
    fn waive(&mut self, clause: &mut Clause, labels: &[String]) {
        if !clause.head.is_empty() && self.dice.chance(5) {
            clause.says.push(format!("waive {}", self.dice.one(labels)));
        }
        for exception in &mut clause.exceptions {
            self.waive(exception, labels);
        }
    }

    fn files(&mut self, header: &str, tops: Vec<Clause>) -> Texts {
        let several = self.dice.chance(60);
        let mut main = vec![header.to_owned()];
        let mut words: Vec<String> = WORDS.lines().map(str::to_owned).collect();
        self.dice.shuffle(&mut words);
        let mut words_text = words.join("\n") + "\n";
        words_text.push_str(FORMS);
        if !several {
            main.push(words_text);
            main.extend(tops.iter().map(|top| top.text()));
            main.extend(self.overrides_text(&tops));
            self.dice.shuffle(&mut main[1..]);
            return vec![("main.takeback".to_owned(), main.join("\n"))];
        }
        let mut library = ["library \"Shared\" {\n}".to_owned(), words_text];
        let mut other = vec![match self.dice.below(3) {
            0 => "library \"Other\" {\n  choices {\n    days counted from the day itself\n  }\n}".to_owned(),
            1 => "library \"Other\" {\n  choices {\n    months run into the next month\n  }\n}".to_owned(),
            _ => "library \"Other\" {\n}".to_owned(),
        }];
        let prefix = self.dice.chance(40);
        let overrides = self.overrides_text(&tops);
        for (at, top) in tops.iter().enumerate() {
            if at > 0 && self.dice.chance(50) { other.push(top.text()) } else { main.push(top.text()) }
        }
        let mut uses = vec!["use \"words.takeback\"".to_owned()];
        uses.push(format!("use \"other.takeback\"{}", if prefix { " as oth" } else { "" }));
        self.dice.shuffle(&mut uses);
        main.extend(uses);
        main.extend(overrides);
        self.dice.shuffle(&mut main[1..]);
        self.dice.shuffle(&mut other[1..]);
        self.dice.shuffle(&mut library[1..]);
        let mut files = vec![
            ("main.takeback".to_owned(), main.join("\n")),
            ("words.takeback".to_owned(), library.join("\n")),
            ("other.takeback".to_owned(), other.join("\n")),
        ];
        self.dice.shuffle(&mut files);
        files
    }

    /// Sentences between clauses that do not stand in one block.
    fn overrides_text(&mut self, tops: &[Clause]) -> Vec<String> {
        let known = labels(tops);
        let all = std::mem::take(&mut self.siblings);
        let there = |sentence: &String| {
            sentence.split(" on ").next().unwrap().split(" overrides ").all(|label| known.contains(&label.to_owned()))
        };
        all.into_iter().filter(there).collect()
    }

    /// The general rule: everything a policy needs.
    fn everything(&mut self) -> Clause {
        let label = self.label();
        let mut says = vec![format!("accept {}", self.remedies())];
        says.push(format!("start {}", self.clock()));
        says.push(format!("window {}", self.length()));
        says.push(format!("basis {}", self.basis()));
        says.push("pay original tender".to_owned());
        let mut stated: Vec<String> = ["accept", "start", "window", "basis", "pay"].map(str::to_owned).into();
        for attribute in &stated {
            self.literal.push((attribute.clone(), label.clone()));
        }
        let mut around = Around::top();
        self.more(&mut says, &mut stated, &around, &label, 3);
        around.stated.push(stated);
        around.depth = 1;
        let exceptions = self.exceptions(&around, 5);
        let mut clause = Clause { label, head: String::new(), says, exceptions, attach: None };
        let inner = self.order(&labels_of(&clause.exceptions));
        clause.says.extend(inner);
        self.dice.shuffle(&mut clause.says);
        clause
    }

    fn exceptions(&mut self, around: &Around, most: usize) -> Vec<Clause> {
        if around.depth >= 4 {
            return Vec::new();
        }
        let least = usize::from(around.depth == 1);
        let number = self.dice.between(least, if around.depth == 1 { most } else { 2 });
        (0..number).map(|_| self.clause(around, None)).collect()
    }

    fn clause(&mut self, around: &Around, label: Option<String>) -> Clause {
        let label = label.unwrap_or_else(|| self.label());
        let mut inner = around.clone();
        inner.depth += 1;
        let condition = self.condition(&mut inner);
        let mut says = Vec::new();
        let mut stated = Vec::new();
        let number = self.dice.between(1, 3);
        for _ in 0..number {
            self.more(&mut says, &mut stated, &inner, &label, 1);
        }
        inner.stated.push(stated);
        let exceptions = self.exceptions(&inner, 2);
        let mut clause = Clause { label, head: format!(" when {condition}"), says, exceptions, attach: None };
        let sentences = self.order(&labels_of(&clause.exceptions));
        clause.says.extend(sentences);
        self.dice.shuffle(&mut clause.says);
        clause
    }

    /// `overrides` between siblings: an order of all, or of some.
    fn order(&mut self, labels: &[String]) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut ranked = labels.to_vec();
        self.dice.shuffle(&mut ranked);
        for winner in 0..ranked.len() {
            for loser in winner + 1..ranked.len() {
                if self.thorough || self.dice.chance(85) {
                    sentences.push(format!("{} overrides {}", ranked[winner], ranked[loser]));
                }
            }
        }
        sentences
    }

    fn label(&mut self) -> String {
        self.next += 1;
        format!("c{}", self.next)
    }

    /// Adds a sentence or a few that the scope and stage allow and that the clause has not said yet.
    fn more(&mut self, says: &mut Vec<String>, stated: &mut Vec<String>, at: &Around, label: &str, tries: usize) {
        for _ in 0..tries {
            let Some((attribute, sentence)) = self.sentence(at) else { continue };
            // `accept` and its like speak of all remedies, `also accept` and `no` of some.
            let family = |name: &str| {
                if ["accept", "also", "no", "decline"].contains(&name) { "accept" } else { name }.to_owned()
            };
            let key = family(&attribute);
            if stated.iter().any(|other| {
                family(other.split(' ').next().unwrap()) == key.split(' ').next().unwrap() && family(other) == key
            }) {
                continue;
            }
            let mut sentence = sentence;
            let plain = !sentence.contains(" for ") && !["also", "no"].contains(&attribute.as_str());
            let takes_as = [
                "accept",
                "start",
                "window",
                "basis",
                "fee restocking",
                "fee handling",
                "pay",
                "hold",
                "due",
                "tax",
                "shipping",
                "discounts",
            ];
            if plain && takes_as.contains(&attribute.as_str()) && self.dice.chance(12) {
                let above = at.stated.iter().filter(|clause| {
                    clause.iter().any(|one| *one == attribute || (attribute == "accept" && one == "decline"))
                });
                let named: Vec<&(String, String)> =
                    self.literal.iter().filter(|(name, clause)| *name == attribute && clause != label).collect();
                if above.count() >= 2 {
                    sentence = format!("{attribute} as before");
                } else if !named.is_empty() {
                    sentence = format!("{attribute} as in {}", self.dice.one(&named).1);
                }
            } else if plain && takes_as.contains(&attribute.as_str()) {
                self.literal.push((attribute.clone(), label.to_owned()));
            }
            // An attribute said for some remedies is not one a clause below can take over as a whole.
            stated.push(if sentence.contains(" for ") { format!("{attribute} some") } else { attribute });
            says.push(sentence);
        }
    }
}

impl Around {
    fn top() -> Around {
        Around { scope: Scope::Visit, stage: Stage::Facts, depth: 0, stated: Vec::new(), seasons: Vec::new() }
    }
}

impl Clause {
    /// One sentence a line.
    fn text(&self) -> String {
        let attach = self.attach.as_ref().map(|to| format!(" exception to {to}")).unwrap_or_default();
        format!("clause {} \"{}\"{attach}{} {{\n{}}}", self.label, self.label, self.head, self.body("  "))
    }

    fn body(&self, indent: &str) -> String {
        let mut text: String = self.says.iter().map(|sentence| format!("{indent}{sentence}\n")).collect();
        for exception in &self.exceptions {
            let (label, head) = (&exception.label, &exception.head);
            let body = exception.body(&format!("{indent}  "));
            text.push_str(&format!("{indent}except {label} \"{label}\"{head} {{\n{body}{indent}}}\n"));
        }
        text
    }
}

fn labels_of(clauses: &[Clause]) -> Vec<String> {
    clauses.iter().map(|clause| clause.label.clone()).collect()
}

fn labels(clauses: &[Clause]) -> Vec<String> {
    clauses.iter().flat_map(|clause| [vec![clause.label.clone()], labels(&clause.exceptions)].concat()).collect()
}

fn find<'a>(clauses: &'a [Clause], label: &str) -> Option<&'a Clause> {
    clauses.iter().find_map(|clause| if clause.label == label { Some(clause) } else { find(&clause.exceptions, label) })
}

/// A safe guess of what a clause with all around it speaks of and reads.
fn reach(tops: &[Clause], label: &str) -> (Scope, Stage) {
    let heads = heads_of(tops, label).unwrap_or_default();
    let scope = if heads.is_empty() { Scope::Visit } else { Scope::Line };
    (scope, stage_of(&heads))
}

/// What some conditions read.
fn stage_of(heads: &str) -> Stage {
    if ["visit.refund", "visit.to_pay", "visit.uncovered", "total refund"].iter().any(|word| heads.contains(word)) {
        Stage::Totals
    } else if heads.contains("item.refund") {
        Stage::Amounts
    } else {
        Stage::Facts
    }
}

/// The conditions of the clauses that a clause at the top is put under, and of those around them.
fn heads_around(tops: &[Clause], top: &Clause) -> String {
    let to = top.attach.iter().flat_map(|to| to.split(", "));
    to.filter_map(|label| heads_of(tops, label)).collect()
}

/// The conditions of a clause and of all around it.
fn heads_of(clauses: &[Clause], label: &str) -> Option<String> {
    clauses.iter().find_map(|clause| {
        if clause.label == label {
            return Some(clause.head.clone());
        }
        heads_of(&clause.exceptions, label).map(|inner| format!("{}{inner}", clause.head))
    })
}
