//! What a clause promises and no clause completes: a remedy without a window, a start, a basis or a way for the money.
//! Conservative in the other direction than conflicts: the clauses that complete it must plainly cover every case.

use crate::date::{Term, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{RemedyKind, Schema};
use crate::model::{Attribute, Statement, Version};
use crate::money::Currency;
use crate::program::{AdjustmentKind, AttributeValue, WindowLength};
use crate::source::Span;

use super::disjoint::{Way, Ways};
use super::example;

/// Reports what is accepted and not complete.
pub(crate) fn find(version: &Version, schema: &Schema, currency: Option<Currency>, out: &mut Vec<Diagnostic>) {
    let gaps = Gaps { version, schema, currency };
    let mut found: Vec<Gap> = Vec::new();
    for (at, clause) in version.clauses.iter().enumerate().filter(|(_, clause)| !clause.broken) {
        for statement in &clause.statements {
            let (Attribute::Remedy(remedy), AttributeValue::Yes) = (statement.attribute, &statement.value) else {
                continue;
            };
            let kind = schema.remedies.get(usize::from(remedy)).map(|r| &r.kind);
            let mut needs = vec![(Code::NoWindow, Attribute::Window(remedy))];
            // What the law leaves open is the policy's.
            if kind != Some(&RemedyKind::Service) && clause.law.is_none() {
                needs.push((Code::NoBasis, Attribute::Basis(remedy)));
            }
            if matches!(kind, Some(RemedyKind::Money | RemedyKind::PriceDifference)) && clause.law.is_none() {
                needs.push((Code::NoRoute, Attribute::Pay));
            }
            for (code, attribute) in needs {
                let Some(way) = gaps.open(&[at], |a| a == attribute) else { continue };
                match found.iter_mut().find(|gap| gap.code == code && gap.span == statement.span) {
                    Some(gap) => gap.remedies.push(remedy),
                    None => found.push(Gap { code, span: statement.span, remedies: vec![remedy], way }),
                }
            }
        }
    }
    out.extend(found.iter().map(|gap| gaps.finding(gap)));
    gaps.starts(out);
    gaps.hours(out);
}

struct Gaps<'a> {
    version: &'a Version,
    schema: &'a Schema,
    currency: Option<Currency>,
}

/// Something that is missing for some remedies, and a case in which it is.
struct Gap {
    code: Code,
    span: Span,
    remedies: Vec<u16>,
    way: Way,
}

impl<'a> Gaps<'a> {
    /// A case in which all of some clauses apply, and none that states an attribute; nothing when there is none.
    fn open(&self, clauses: &[usize], states: impl Fn(Attribute) -> bool) -> Option<Way> {
        let mut chains: Vec<Vec<usize>> = vec![Vec::new()];
        for at in clauses {
            let ways = self.version.ways_up(*at);
            chains = chains.iter().flat_map(|chain| ways.iter().map(|way| [chain.as_slice(), way].concat())).collect();
        }
        let stating = |at: usize| {
            let clause = self.version.clauses.get(at);
            clause.is_some_and(|c| c.broken || c.statements.iter().any(|s| states(s.attribute)))
                && clauses.first().is_none_or(|c| self.version.same_law(*c, at))
        };
        chains.retain(|chain| !chain.iter().any(|at| stating(*at)));
        if chains.is_empty() {
            return None;
        }
        let by: Vec<usize> = (0..self.version.clauses.len()).filter(|at| stating(*at)).collect();
        chains.iter().find_map(|chain| {
            let mut ways = Ways::of(self.version.conds(chain), self.schema);
            let others = by.iter().flat_map(|at| self.version.ways_up(*at));
            let mut others: Vec<Vec<usize>> = others.collect();
            // What says most is looked at first.
            others.sort_by_key(Vec::len);
            for other in others {
                ways.without(self.version.conds(&other), self.schema);
            }
            ways.first()
        })
    }

    fn keeps(&self, remedy: u16) -> bool {
        let kind = self.schema.remedies.get(usize::from(remedy)).map(|remedy| &remedy.kind);
        kind == Some(&RemedyKind::PriceDifference)
    }

    fn finding(&self, gap: &Gap) -> Diagnostic {
        let remedies: Vec<String> = gap.remedies.iter().map(|r| format!("`{}`", self.schema.remedy(*r))).collect();
        let (verb, its) = if remedies.len() == 1 { ("is", "its") } else { ("are", "their") };
        let remedies = remedies.join(" and ");
        let (message, help) = match gap.code {
            Code::NoWindow => (
                format!("{remedies} {verb} accepted here, but for how long is not said"),
                "add `window 30 days` or `window no limit`, here or in a clause around it",
            ),
            Code::NoBasis if gap.remedies.iter().all(|r| self.keeps(*r)) => (
                format!("{remedies} {verb} accepted here, but which price is taken off what was paid is not said"),
                "add `basis current price for …` or `basis lowest price in 30 days for …` with the name of the remedy, here or in a clause around it",
            ),
            Code::NoBasis => (
                format!("{remedies} {verb} accepted here, but from which price {its} amount is worked out is not said"),
                "add `basis price paid`, `basis current price` or `basis lowest price in 90 days`, here or in a clause around it",
            ),
            _ => (
                format!("{remedies} {verb} accepted here, but where the money goes is not said"),
                "add `pay original tender`, `pay tender asked for` or `pay store credit`, here or in a clause around it",
            ),
        };
        self.explained(Diagnostic::new(gap.code, gap.span, message), help, &gap.way)
    }

    fn explained(&self, finding: Diagnostic, help: &str, way: &Way) -> Diagnostic {
        let example = self.currency.and_then(|currency| example::of(way, self.schema, currency, self.version.from));
        match example {
            Some(example) => finding.help(format!("{help}\nit is missing, for example, for: {example}")),
            None => finding.help(help),
        }
    }

    /// Reports windows of a length that no clause starts, where the remedy is accepted.
    fn starts(&self, out: &mut Vec<Diagnostic>) {
        let mut reported: Vec<Span> = Vec::new();
        for (at, window) in self.statements() {
            let Attribute::Window(remedy) = window.attribute else { continue };
            let counted = matches!(&window.value, AttributeValue::Window { length, .. } if length.is_counted());
            if !counted || reported.contains(&window.span) {
                continue;
            }
            // Said around the window, it is said wherever the window holds.
            if self.open(&[at], |a| a == Attribute::Start(remedy)).is_none() {
                continue;
            }
            let accepting = self.statements().filter(|(by, s)| {
                let yes = s.attribute == Attribute::Remedy(remedy) && s.value == AttributeValue::Yes;
                yes && self.version.same_law(*by, at)
            });
            let open =
                accepting.into_iter().find_map(|(by, _)| self.open(&[by, at], |a| a == Attribute::Start(remedy)));
            if let Some(way) = open {
                reported.push(window.span);
                let finding =
                    Diagnostic::new(Code::StartNotSaid, window.span, "from which day is this window counted?");
                let help = "add `start sold`, `start received` or another date (`ordered`, `invoiced`, `shipped`, `installed`, `activated`), here or in a clause around it";
                out.push(self.explained(finding, help, &way));
            }
        }
    }

    /// Reports hours that are added to windows in days.
    fn hours(&self, out: &mut Vec<Diagnostic>) {
        for (at, clause) in self.version.clauses.iter().enumerate() {
            for (kind, remedies, span) in &clause.adjustments {
                let AdjustmentKind::Longer(Term { length, .. }) = kind else { continue };
                if length.unit != Unit::Hours {
                    continue;
                }
                let in_days = |statement: &Statement| match (statement.attribute, &statement.value) {
                    (
                        Attribute::Window(r),
                        AttributeValue::Window { length: WindowLength::Length(Term { length, .. }, ..), fixed: false },
                    ) => length.unit != Unit::Hours && (remedies.is_empty() || remedies.contains(&r)),
                    _ => false,
                };
                let together = |other: usize| {
                    let chains = self.version.ways_up(at);
                    let meets = |chain: &Vec<usize>, way: &Vec<usize>| {
                        let (left, right) = (self.version.conds(chain), self.version.conds(way));
                        !Ways::of(left.chain(right), self.schema).none()
                    };
                    self.version.same_law(at, other)
                        && self.version.ways_up(other).iter().any(|way| chains.iter().any(|chain| meets(chain, way)))
                };
                if let Some((_, window)) = self.statements().find(|(other, s)| in_days(s) && together(*other)) {
                    out.push(
                        Diagnostic::new(Code::NotCounted, *span, "hours cannot be added to a window in whole days")
                            .label(window.span, "this window ends with a day")
                            .help(format!("write days, such as `window longer by {} days`", length.count.div_ceil(24))),
                    );
                }
            }
        }
    }

    fn statements(&self) -> impl Iterator<Item = (usize, &'a Statement)> {
        let clauses = self.version.clauses.iter().enumerate().filter(|(_, clause)| !clause.broken);
        clauses.flat_map(|(at, clause)| clause.statements.iter().map(move |statement| (at, statement)))
    }
}
