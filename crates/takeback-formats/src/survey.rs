//! The terms of a policy, found by asking it: returns that tills could send are decided, and what the decisions come to is
//! what is told. Facts that a question hangs on are answered in the plainest way, and each such answer is told as lost.

mod probe;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use takeback::Policy;
use takeback::decision::{Decision, Part, RemedyDecision, Status};
use takeback::facts::{Cond, FactId, RemedyKind, Type, builtin, domain};
use takeback::program::{ClauseId, Program};
use takeback::terms::FeeUnit;

use crate::lost::Lost;
use crate::terms::{Method, Refund, Restocking, Returns, Season, ShippingFee, State, Terms};
use probe::{Probe, Prober};

/// So many days is looked ahead for seasons.
const AHEAD: u32 = 3 * A_YEAR;
const A_YEAR: u32 = 366;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The countries the terms are for: ISO 3166-1 codes of two letters.
    pub countries: Vec<String>,
    /// The page that tells the policy.
    pub link: Option<String>,
    /// Goods sold on this day or after it; none: from the day the newest version begins.
    pub on: Option<NaiveDate>,
}

/// What a policy promises in words of the formats.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The general promise, then those of some goods or customers that differ from it.
    pub terms: Vec<Terms>,
    /// What is not in them.
    pub lost: Vec<Lost>,
}

/// Asks a policy for its terms.
pub fn survey(policy: &Policy, wanted: &Wanted) -> Survey {
    let program = policy.program();
    let mut surveyor = Surveyor {
        program,
        prober: Prober::new(policy, wanted.countries.first().map(String::as_str)),
        lost: BTreeSet::new(),
        decisive: BTreeSet::new(),
        sold: NaiveDate::MIN,
        reads: facts_read(program),
    };
    surveyor.sold = surveyor.ordinary_day(wanted.on);
    let mut plain = Probe::new(surveyor.sold);
    let at_store = Probe { back: "store", ..plain.clone() };
    if !surveyor.is_offered(&plain) && surveyor.is_offered(&at_store) {
        plain = at_store;
    }
    let mut general = surveyor.terms(&plain);
    general.countries.clone_from(&wanted.countries);
    general.link.clone_from(&wanted.link);
    general.seasons = surveyor.seasons(&plain, wanted.on, &general);
    let mut all = vec![general.clone()];
    for path in categories(program) {
        let probe = Probe { category: Some(path.clone()), ..plain.clone() };
        let terms = Terms { name: Some(path.clone()), categories: vec![path], ..surveyor.terms(&probe) };
        all.extend(surveyor.other(terms, &general, &probe, wanted));
    }
    for (fact, value, name) in surveyor.tiers() {
        let mut probe = plain.clone();
        probe.facts.insert(fact, value);
        let terms = Terms { name: Some(name.clone()), tier: Some(name), ..surveyor.terms(&probe) };
        all.extend(surveyor.other(terms, &general, &probe, wanted));
    }
    surveyor.not_carried(policy, &plain);
    Survey { terms: all, lost: surveyor.lost.into_iter().collect() }
}

struct Surveyor<'p> {
    program: &'p Program,
    prober: Prober<'p>,
    lost: BTreeSet<Lost>,
    decisive: BTreeSet<ClauseId>,
    sold: NaiveDate,
    /// The facts that conditions read.
    reads: BTreeSet<FactId>,
}

impl Surveyor<'_> {
    fn lose(&mut self, of: &str, what: impl Into<String>) {
        self.lost.insert(Lost::new(of, what));
    }

    fn decide(&mut self, probe: &Probe) -> Option<Decision> {
        let decided = self.prober.decide(probe);
        for assumption in self.prober.assumed.iter() {
            self.lost.insert(assumption.clone());
        }
        if let Some(decision) = &decided {
            self.decisive.extend(decision.decisive());
        }
        decided
    }

    /// The first day from the one that is meant on which no season is on and the newest version is in force.
    fn ordinary_day(&self, on: Option<NaiveDate>) -> NaiveDate {
        let newest = self.program.versions.last().map_or(NaiveDate::MIN, |version| version.from);
        let mut day = on.unwrap_or(newest);
        for _ in 0..730 {
            let season = self.program.schema.seasons.iter().any(|season| season.instance_of(day).is_some());
            match (season, day.checked_add_days(Days::new(1))) {
                (true, Some(next)) => day = next,
                (_, _) => break,
            }
        }
        day
    }

    /// What holds for one kind of return.
    fn terms(&mut self, probe: &Probe) -> Terms {
        let mut terms = Terms { currency: Some(self.program.currency.code().to_owned()), ..Terms::default() };
        let Some(decision) = self.decide(probe) else { return terms };
        let (refunds, returns) = self.offered(&decision, probe);
        terms.refunds = refunds;
        terms.returns = returns;
        terms.states = self.states(probe);
        if matches!(terms.returns, Returns::Never) {
            let broken = Probe { reason: "defective", condition: "damaged", ..probe.clone() };
            if let Some(decision) = self.decide(&broken) {
                let (refunds, returns) = self.offered(&decision, &broken);
                if !matches!(returns, Returns::Never) {
                    terms = Terms { refunds, returns, defective_only: true, ..terms };
                }
            }
        }
        terms.methods = self.methods(probe);
        terms.restocking = self.restocking(probe, &terms.states);
        let by_mail = Probe { back: "online", labels: 1, ..probe.clone() };
        terms.shipping = self.way_back(&by_mail);
        let at_fault = Probe { reason: "defective", ..by_mail };
        let defect = self.way_back(&at_fault);
        terms.defect = match (terms.shipping, defect) {
            (Some(ShippingFee::Fixed(_)), None) => Some(ShippingFee::Free),
            (shipping, defect) if defect != shipping => defect,
            (_, _) => None,
        };
        terms.paid_within = self.paid_within(&decision, probe);
        terms
    }

    /// What can be had, and until when.
    fn offered(&mut self, decision: &Decision, probe: &Probe) -> (BTreeSet<Refund>, Returns) {
        let Some(line) = decision.lines.first() else { return (BTreeSet::new(), Returns::Unspecified) };
        let mut refunds = BTreeSet::new();
        let mut periods: Vec<(u16, Returns)> = Vec::new();
        for remedy in line.remedies.iter().filter(|remedy| remedy.status == Status::Offered) {
            let Some(refund) = self.refund(remedy.remedy) else {
                let name = self.program.schema.remedy(remedy.remedy);
                self.lose("remedies", format!("that `{name}` can be had"));
                continue;
            };
            refunds.insert(refund);
            periods.push((remedy.remedy, period(remedy, probe)));
        }
        let Some((first, returns)) = periods.first().copied() else {
            return (refunds, nothing(&line.remedies));
        };
        for (remedy, other) in periods.iter().filter(|(_, other)| *other != returns) {
            let schema = &self.program.schema;
            let what = format!(
                "that {} has another period ({}) than {} ({})",
                schema.remedy(*remedy),
                words(*other),
                schema.remedy(first),
                words(returns)
            );
            self.lose(probe.about(), what);
        }
        self.clock(decision, probe);
        (refunds, returns)
    }

    /// The formats count from delivery.
    fn clock(&mut self, decision: &Decision, probe: &Probe) {
        let windows = decision.lines.iter().flat_map(|line| &line.remedies).filter_map(|remedy| remedy.window.as_ref());
        let Some(before) = windows.map(|window| window.last_day).next() else { return };
        let later = Probe { delivered: probe.delivered + Days::new(4), ..probe.clone() };
        let Some(decision) = self.prober.decide(&later) else { return };
        let windows = decision.lines.iter().flat_map(|line| &line.remedies).filter_map(|remedy| remedy.window.as_ref());
        if let (Some(first), Some(Some(second))) = (before, windows.map(|window| window.last_day).next())
            && first == second
        {
            self.lose(
                "window",
                "that the days do not count from delivery; told as if goods were delivered when they are sold",
            );
        }
    }

    fn states(&mut self, probe: &Probe) -> BTreeSet<State> {
        let mut states = BTreeSet::new();
        for (condition, state) in [("sealed", State::New), ("used", State::Used), ("damaged", State::Damaged)] {
            let probe = Probe { condition, ..probe.clone() };
            if self.is_offered(&probe) {
                states.insert(state);
            }
        }
        states
    }

    fn is_offered(&mut self, probe: &Probe) -> bool {
        let decision = self.decide(probe);
        let mut remedies = decision.iter().flat_map(|decision| &decision.lines).flat_map(|line| &line.remedies);
        remedies.any(|remedy| remedy.status == Status::Offered)
    }

    /// The ways back, where the policy tells them apart.
    fn methods(&mut self, probe: &Probe) -> BTreeSet<Method> {
        if !self.reads.contains(&builtin::CHANNEL) {
            self.lose("returnMethod", "which ways back there are: no rule of the policy asks how goods come back");
            return BTreeSet::new();
        }
        let mut methods = BTreeSet::new();
        for (back, method) in [("online", Method::Mail), ("store", Method::Store)] {
            if self.is_offered(&Probe { back, ..probe.clone() }) {
                methods.insert(method);
            }
        }
        methods
    }

    /// The fees of a return to a store, by name.
    fn fees(&mut self, probe: &Probe) -> BTreeMap<String, Decimal> {
        let decision = self.decide(probe);
        let mut fees = BTreeMap::new();
        let line = decision.as_ref().and_then(|decision| decision.lines.first());
        // Of the refund that is asked for; where it cannot be had, of what can.
        let mut offered = line.into_iter().flat_map(|line| &line.remedies).filter(|one| one.status == Status::Offered);
        let wants = line.and_then(|line| line.wants);
        let wanted = offered.clone().find(|remedy| Some(remedy.remedy) == wants).or_else(|| offered.next());
        for amount in wanted.into_iter().flat_map(|remedy| remedy.amounts.iter()).flat_map(|amounts| amounts.iter()) {
            if amount.part == Part::Fee {
                let name = amount.name.as_deref().unwrap_or_default().to_owned();
                *fees.entry(name).or_insert(Decimal::ZERO) += amount.amount.abs();
            }
        }
        fees
    }

    /// What stays with the shop: the most that any state of the goods costs, so that nothing too good is promised.
    fn restocking(&mut self, probe: &Probe, states: &BTreeSet<State>) -> Option<Restocking> {
        // The way back is told by itself.
        let at_store = Probe { back: "store", labels: 0, ..probe.clone() };
        let probe = &if self.is_offered(&at_store) { at_store } else { Probe { labels: 0, ..probe.clone() } };
        let conditions = [("sealed", State::New), ("opened", State::New), ("used", State::Used)];
        let mut found: BTreeMap<&str, Option<Restocking>> = BTreeMap::new();
        for (condition, state) in conditions {
            if !states.contains(&state) {
                continue;
            }
            let one = Probe { condition, ..probe.clone() };
            let cheap: Decimal = self.fees(&one).values().sum();
            let dear: Decimal = self.fees(&Probe { price: one.price * Decimal::TWO, ..one.clone() }).values().sum();
            let percent = (cheap * Decimal::ONE_HUNDRED / one.price).normalize();
            let fee = match (cheap.is_zero(), dear == cheap, dear == cheap * Decimal::TWO) {
                (true, ..) => None,
                (_, true, _) => Some(Restocking::Fixed(cheap)),
                (_, _, true) => Some(Restocking::Percent(percent)),
                (_, _, _) => {
                    self.lose(probe.about(), "how the restocking fee hangs on the price: told as its share of 100");
                    Some(Restocking::Percent(percent))
                }
            };
            found.insert(condition, fee);
        }
        let size = |fee: &Option<Restocking>| match fee {
            None | Some(Restocking::Untold) => Decimal::ZERO,
            Some(Restocking::Percent(amount) | Restocking::Fixed(amount)) => *amount,
        };
        let most = found.values().max_by_key(|fee| size(fee)).copied().flatten();
        if found.values().any(|fee| *fee != most) {
            let told: Vec<String> = found
                .iter()
                .map(|(condition, fee)| format!("{condition}: {}", restocking_words(fee.as_ref())))
                .collect();
            self.lose(
                probe.about(),
                format!("that the restocking fee is not always the same ({}); the highest is told", told.join(", ")),
            );
        }
        most
    }

    /// What is charged for a return by mail beside what a return to a store costs.
    fn way_back(&mut self, by_mail: &Probe) -> Option<ShippingFee> {
        if !self.is_offered(by_mail) {
            return None;
        }
        let mut without = Probe { back: "store", labels: 0, ..by_mail.clone() };
        if !self.is_offered(&without) {
            // Where goods come back by mail only, what hangs on the label is for the way back.
            without = Probe { labels: 0, ..by_mail.clone() };
        }
        let at_store = self.fees(&without);
        let mail = self.fees(by_mail);
        let more: Decimal = mail
            .iter()
            .map(|(name, fee)| *fee - at_store.get(name).copied().unwrap_or_default())
            .filter(|more| *more > Decimal::ZERO)
            .sum();
        if more.is_zero() && self.labels_cost() {
            // The policy knows a fee for labels, and takes none here.
            return Some(ShippingFee::Free);
        }
        if more.is_zero() {
            self.lose("returnFees", "who pays the way back, where the policy names no fee for it");
            return None;
        }
        Some(ShippingFee::Fixed(more))
    }

    /// Whether the policy has a fee for return labels.
    fn labels_cost(&self) -> bool {
        self.program
            .versions
            .last()
            .is_some_and(|version| version.choices.fees.iter().any(|fee| fee.unit == FeeUnit::Label))
    }

    fn paid_within(&mut self, decision: &Decision, probe: &Probe) -> Option<u32> {
        let due = decision.payouts.iter().filter_map(|payout| payout.due).max()?;
        // Paid at once is what a policy says that says nothing.
        (due - probe.asked()).num_days().try_into().ok().filter(|days| *days > 0)
    }

    /// The periods of the seasons to come that are not the ordinary one.
    fn seasons(&mut self, plain: &Probe, on: Option<NaiveDate>, terms: &Terms) -> Vec<Season> {
        let from = on.unwrap_or(self.sold);
        let mut seasons = Vec::new();
        let mut day = from;
        let mut last_end: BTreeMap<usize, NaiveDate> = BTreeMap::new();
        let ordinary = match self.end(plain) {
            Returns::Until(last) => {
                (last - plain.delivered).num_days().try_into().map_or(Returns::Never, Returns::Days)
            }
            other => other,
        };
        for ahead in 0..AHEAD {
            for (place, season) in self.program.schema.seasons.iter().enumerate() {
                let Some(instance) = season.instance_of(day) else { continue };
                // Of a season that comes each year the next is told.
                let told = last_end.get(&place);
                if told == Some(&instance.to) || (ahead > A_YEAR && told.is_some()) {
                    continue;
                }
                last_end.insert(place, instance.to);
                let of = |sold: NaiveDate| Probe { sold, delivered: sold, ..plain.clone() };
                let first = self.end(&of(instance.from));
                let last = self.end(&of(instance.to));
                let days = |last: NaiveDate, sold: NaiveDate| u32::try_from((last - sold).num_days()).ok();
                let returns = match (first, last) {
                    (Returns::Until(one), Returns::Until(other)) if one == other => Returns::Until(one),
                    (Returns::Until(one), Returns::Until(other)) => {
                        match (days(one, instance.from), days(other, instance.to)) {
                            (Some(long), Some(short)) if long == short => Returns::Days(long),
                            (_, _) => {
                                let what = format!(
                                    "goods sold from {} to {} come back until {one} to {other}; the earlier day is told",
                                    instance.from, instance.to
                                );
                                self.lose(&season.name, what);
                                Returns::Until(one.min(other))
                            }
                        }
                    }
                    (one, other) if one == other => one,
                    (_, _) => {
                        self.lose(&season.name, "what holds in it: it is not the same on its first and its last day");
                        continue;
                    }
                };
                let in_season = of(instance.from);
                let refunds = self.refunds(&in_season);
                let refunds = if refunds == terms.refunds { BTreeSet::new() } else { refunds };
                let kept = if returns == Returns::Never { None } else { self.restocking(&in_season, &terms.states) };
                let nothing = Restocking::Percent(Decimal::ZERO);
                let restocking =
                    (kept != terms.restocking && returns != Returns::Never).then(|| kept.unwrap_or(nothing));
                let returns = if returns == ordinary { Returns::Unspecified } else { returns };
                if returns != Returns::Unspecified || !refunds.is_empty() || restocking.is_some() {
                    let name = Some(season.name.clone());
                    let (from, to) = (instance.from, instance.to);
                    seasons.push(Season { name, from, to, returns, refunds, restocking });
                }
            }
            let Some(next) = day.checked_add_days(Days::new(1)) else { break };
            day = next;
        }
        seasons
    }

    /// What can be had of what the formats know.
    fn refunds(&mut self, probe: &Probe) -> BTreeSet<Refund> {
        let decision = self.decide(probe);
        let line = decision.as_ref().and_then(|decision| decision.lines.first());
        let remedies = line.into_iter().flat_map(|line| &line.remedies);
        let offered = remedies.filter(|remedy| remedy.status == Status::Offered);
        offered.filter_map(|remedy| self.refund(remedy.remedy)).collect()
    }

    fn refund(&self, remedy: u16) -> Option<Refund> {
        match self.program.schema.remedies.get(usize::from(remedy)).map(|remedy| &remedy.kind) {
            Some(RemedyKind::Money) => Some(Refund::Money),
            Some(RemedyKind::MoneyTo(_)) => Some(Refund::StoreCredit),
            Some(RemedyKind::Goods) => Some(Refund::Exchange),
            _ => None,
        }
    }

    /// Until which day goods come back, for ever, or never.
    fn end(&mut self, probe: &Probe) -> Returns {
        let decision = self.decide(probe);
        let Some(line) = decision.as_ref().and_then(|decision| decision.lines.first()) else {
            return Returns::Unspecified;
        };
        match line.remedies.iter().find(|remedy| remedy.status == Status::Offered) {
            Some(remedy) => match remedy.window.as_ref().map(|window| window.last_day) {
                Some(Some(last)) => Returns::Until(last),
                Some(None) => Returns::Unlimited,
                None => Returns::Unspecified,
            },
            None => nothing(&line.remedies),
        }
    }

    /// The values of facts about the customer.
    fn tiers(&self) -> Vec<(FactId, String, String)> {
        let schema = &self.program.schema;
        let mut all = Vec::new();
        for id in &self.reads {
            let Some(fact) = schema.fact(*id).filter(|fact| fact.name.starts_with("customer.")) else { continue };
            match fact.ty {
                Type::YesNo => all.push((*id, "yes".to_owned(), fact.name.trim_start_matches("customer.").to_owned())),
                Type::Word(words) => {
                    let words = schema.domain(words).map(|words| words.words.as_slice()).unwrap_or_default();
                    all.extend(words.iter().map(|word| (*id, word.clone(), word.clone())));
                }
                Type::Number | Type::WholeNumber | Type::Money | Type::Date | Type::Text | Type::Texts => {}
            }
        }
        all
    }

    /// Terms of some goods or customers, when they are not those of all.
    fn other(&mut self, mut terms: Terms, general: &Terms, probe: &Probe, wanted: &Wanted) -> Option<Terms> {
        let bare = |terms: &Terms| Terms {
            name: None,
            tier: None,
            categories: Vec::new(),
            countries: Vec::new(),
            link: None,
            seasons: Vec::new(),
            ..terms.clone()
        };
        terms.seasons = self.seasons(probe, wanted.on, &terms);
        if bare(&terms) == bare(general) && terms.seasons == general.seasons {
            return None;
        }
        terms.countries.clone_from(&wanted.countries);
        terms.link.clone_from(&wanted.link);
        Some(terms)
    }

    /// Clauses that nothing which was asked has to do with, and what no format has a word for.
    fn not_carried(&mut self, policy: &Policy, plain: &Probe) {
        let newest = policy.program().versions.len().saturating_sub(1);
        let version = policy.program().versions.get(newest);
        let Some(version) = version else { return };
        if policy.program().versions.len() > 1 {
            self.lose("versions", format!("the versions before `{}`", version.name));
        }
        let mut seen = BTreeSet::new();
        for node in &version.nodes {
            let Some(clause) = policy.program().clause(node.clause) else { continue };
            if !self.decisive.contains(&node.clause) && seen.insert(node.clause) {
                let title =
                    clause.title.as_deref().map_or_else(|| "this clause".to_owned(), |title| format!("\"{title}\""));
                self.lose(&clause.path, format!("{title} has no part in what is told"));
            }
        }
        if !version.forms.is_empty() {
            self.lose("forms", "what is filled in, and by whom");
        }
        if !version.guards.is_empty() {
            self.lose("guards", "when somebody else decides, verifies or stops a return");
        }
        let paid: BTreeSet<u16> = ["cash", "check", "gift card", "paypal"]
            .into_iter()
            .filter_map(|tender| {
                let word = policy.program().schema.domain(domain::TENDERS)?.find(tender)?;
                let decision = self.prober.decide(&Probe { tender, ..plain.clone() })?;
                decision.payouts.iter().any(|payout| payout.to != word).then_some(word)
            })
            .collect();
        for tender in paid {
            let tender = policy.program().schema.tender(tender);
            self.lose("tenders", format!("that what was paid by {tender} goes back otherwise"));
        }
        self.lose("shipping", "whether what was paid for the delivery goes back");
        self.lose("proof", "what is asked for as proof of purchase, and what there is without it");
    }
}

/// How long goods come back when no remedy is offered: never, or nobody knows.
fn nothing(remedies: &[RemedyDecision]) -> Returns {
    let unsettled = remedies
        .iter()
        .any(|remedy| matches!(remedy.status, Status::Unknown | Status::Unsettled | Status::Gap(_) | Status::Stopped));
    if unsettled { Returns::Unspecified } else { Returns::Never }
}

fn period(remedy: &RemedyDecision, probe: &Probe) -> Returns {
    match remedy.window.as_ref().map(|window| window.last_day) {
        Some(Some(last)) => (last - probe.delivered).num_days().try_into().map_or(Returns::Never, Returns::Days),
        Some(None) => Returns::Unlimited,
        None => Returns::Unspecified,
    }
}

fn words(returns: Returns) -> String {
    match returns {
        Returns::Never => "none".to_owned(),
        Returns::Days(days) => format!("{days} days"),
        Returns::Until(day) => format!("until {day}"),
        Returns::Unlimited => "for ever".to_owned(),
        Returns::Unspecified => "not said".to_owned(),
    }
}

fn restocking_words(fee: Option<&Restocking>) -> String {
    match fee {
        None | Some(Restocking::Untold) => "none".to_owned(),
        Some(Restocking::Percent(percent)) => format!("{percent}%"),
        Some(Restocking::Fixed(amount)) => amount.to_string(),
    }
}

/// The first path of every category that the policy tests, in order.
fn categories(program: &Program) -> BTreeSet<String> {
    let groups = program.schema.categories.iter().flat_map(|set| &set.groups);
    groups.filter_map(|group| group.paths.first()).cloned().collect()
}

/// The facts that conditions of clauses read.
fn facts_read(program: &Program) -> BTreeSet<FactId> {
    let mut all = BTreeSet::new();
    for clause in &program.clauses {
        read(&clause.cond, &mut all);
    }
    all
}

fn read(cond: &Cond, all: &mut BTreeSet<FactId>) {
    match cond {
        Cond::Always | Cond::Category(_) => {}
        Cond::All(conds) | Cond::Any(conds) => conds.iter().for_each(|cond| read(cond, all)),
        Cond::Not(of)
        | Cond::AnyTender(of)
        | Cond::AnyLine(of)
        | Cond::EveryLine(of)
        | Cond::LineCount(of, ..)
        | Cond::RefundTotal(of, ..) => read(of, all),
        Cond::Yes(fact)
        | Cond::Word(fact, _)
        | Cond::Text(fact, _)
        | Cond::Number(fact, ..)
        | Cond::DaysSince(fact, ..)
        | Cond::Season(fact, _)
        | Cond::Dates(fact, ..) => {
            all.insert(*fact);
        }
        Cond::Same(one, other) | Cond::Compared(one, _, other) | Cond::InFact(one, other) => all.extend([*one, *other]),
    }
}
