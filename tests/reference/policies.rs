//! Random policies as text: clauses nested to depth four, overrides, `as before`, several files. Labels are unique, so that a
//! short label always names one clause.
//!
//! A clause keeps to what its condition allows it to state; siblings that may disagree get an `overrides`, more of them at the
//! second attempt.

use super::dice::Dice;

/// The files of a policy: name and text, in the order in which they are given to the compiler.
pub(crate) type Texts = Vec<(String, String)>;

/// What a condition, with those around it, speaks of; from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Visit,
    Sale,
    Line,
    Tender,
}

/// What a condition reads: facts of the request, or figures of a later stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
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
struct Around {
    scope: Scope,
    stage: Stage,
    depth: usize,
    /// For each clause around it, the attributes it states for all remedies.
    stated: Vec<Vec<String>>,
    /// Seasons that the conditions test.
    seasons: Vec<String>,
}

const REMEDIES: [&str; 7] =
    ["refund", "store credit", "exchange", "repair", "replacement", "half credit", "price reduction"];
const WORDS: &str = r#"tender   layaway, store card
reason   no longer fits
condition dirty
remedy   half credit: money to gift card
remedy   price reduction: money
role     gemologist
role     shift lead above clerk
category electronics = "Electronics", "Computers" except "Electronics/Batteries"
category toys = "Toys", "Electronics/Games"
list     fee-free = "US-AL", "US-CO"
season   holiday = November 1 to December 24, until January 15
season   winter = November 15 to January 5, until January 31
season   spring = March 1 to May 31
season   promise = 2024-11-01 to 2024-12-31 until 2025-01-14, 2025-10-27 to 2025-12-30 until 2026-01-13
fact     customer.tier : one of none, plus, total, as of sale, changeable
fact     customer.member : yes or no, as of return
fact     visit.staff : yes or no, of the visit, otherwise no
fact     visit.count : whole number, of the visit
fact     sale.gift : yes or no, of the sale
fact     item.carat : number, of the item
fact     item.clean : yes or no, of the item, otherwise yes
fact     item.missing_cost : money, of the item, otherwise 7.00 USD
fact     item.freight : money, of the item
fact     item.grade : one of a, b, c, of the item
fact     tender.logo : yes or no, of the tender, otherwise no
fact     customer.methods : list of text, of the visit
"#;
const FORMS: &str = r#"form slip "Slip" {
  signature signature of customer, required
  phone phone, required when visit.refund over 25.00 USD
  note text, optional
}
form log "Log" {
  id text, required, kept as hash for 365 days
  why text, required when condition is damaged, dirty
}
"#;

pub(crate) fn policy(dice: &mut Dice, thorough: bool) -> Texts {
    let mut maker = Maker { dice, next: 0, literal: Vec::new(), siblings: Vec::new(), thorough };
    maker.policy()
}

struct Maker<'d> {
    dice: &'d mut Dice,
    next: usize,
    /// Attributes that a clause states by a value of its own: attribute and label.
    literal: Vec<(String, String)>,
    /// Pairs that need an `overrides`, when they stand in different files.
    siblings: Vec<String>,
    /// Whether all siblings get an order.
    thorough: bool,
}

impl Maker<'_> {
    fn policy(&mut self) -> Texts {
        let header = self.header();
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
        self.files(&header, tops)
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
        let mut library = vec!["library \"Shared\" {\n}".to_owned(), words_text];
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

    fn header(&mut self) -> String {
        let dice = &mut *self.dice;
        let days = dice.pick(&["the day after", "the day itself"]);
        let months = dice.pick(&["end on the last day", "run into the next month"]);
        let rounding = dice.pick(&["half up", "half up", "half even", "down", "up"]);
        let discounts = dice.pick(&["shared in proportion", "shared in proportion", "clawed back", "void"]);
        let tax = dice.pick(&["returned in full", "returned in full", "returned on what is refunded", "not returned"]);
        let rest = dice.pick(&["as tendered", "in reverse", "in proportion"]);
        let first = dice.pick(&["", "", "gift card first, then ", "gift card first, cash first, then "]);
        let met = dice.pick(&["told", "sent", "received"]);
        let late = dice.pick(&["final", "overridable by manager", "overridable by supervisor"]);
        let lines = dice.pick(&["each by itself", "each by itself", "all together"]);
        let extensions = dice.pick(&["add up", "longest counts"]);
        let mut choices = vec![
            format!("days counted from {days}"),
            format!("months {months}"),
            format!("rounding {rounding}"),
            format!("discounts {discounts}"),
            format!("tax {tax}"),
            format!("split payments {first}{rest}"),
            format!("deadline met when {met}"),
            format!("late returns {late}"),
            format!("lines {lines}"),
            format!("extensions {extensions}"),
        ];
        for clock in ["ordered", "invoiced", "shipped", "received", "installed", "activated"] {
            let then = dice.pick(&["use sold", "ask", "refer to manager"]);
            choices.push(format!("without {clock} {then}"));
        }
        for fee in ["restocking", "handling", "pickup"] {
            let unit = dice.pick(&["line", "line", "item", "return", "label"]);
            let taxed = dice.pick(&["untaxed", "untaxed", "taxed"]);
            choices.push(format!("fee {fee} per {unit}, {taxed}"));
        }
        let closed = dice.pick(&["", ", closed December 24, 2025-06-02"]);
        choices.push(format!("business days us-federal{closed}"));
        if dice.chance(30) {
            choices.push(format!("windows end on {}", dice.pick(&["a business day", "any day"])));
        }
        if dice.chance(60) {
            let shipping =
                dice.pick(&["not returned", "returned", "returned up to the cheapest", "returned with the last item"]);
            choices.push(format!("shipping {shipping}"));
        }
        if dice.chance(70) {
            let gifts = dice.pick(&["value deducted", "must come back", "kept free"]);
            choices.push(format!("gifts {gifts}"));
        }
        if dice.chance(30) {
            let bundles = dice.pick(&["shared in proportion", "clawed back", "void"]);
            choices.push(format!("bundles {bundles}"));
        }
        dice.shuffle(&mut choices);
        let mut lines = vec![
            "  in force from 2020-01-01 by date sold, otherwise date requested".to_owned(),
            "  currency USD".to_owned(),
            "  time zone \"America/New_York\"".to_owned(),
            format!("  choices {{\n    {}\n  }}", choices.join("\n    ")),
        ];
        let attributes = [
            "window",
            "start",
            "basis",
            "fee restocking",
            "fee handling",
            "remedies",
            "hold",
            "due",
            "tax",
            "shipping",
            "discounts",
            "deduction parts",
        ];
        if dice.chance(35) {
            let on = dice.some(&attributes, 4).join(", ");
            let how = dice.pick(&["most favourable to the customer", "strictest"]);
            lines.push(format!("  where clauses disagree on {on} {how}"));
        }
        format!("policy \"Random\" version \"1\" {{\n{}\n}}", lines.join("\n"))
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

    /// An attribute and a sentence that states it.
    fn sentence(&mut self, at: &Around) -> Option<(String, String)> {
        let money_later = at.stage == Stage::Facts;
        let by_line = at.scope <= Scope::Line;
        let by_sale = at.scope <= Scope::Sale;
        let kinds: Vec<(&str, usize)> = vec![
            ("accept", if money_later && by_line { 10 } else { 0 }),
            ("also", if money_later && by_line { 5 } else { 0 }),
            ("no", if money_later && by_line { 6 } else { 0 }),
            ("decline", if money_later && by_line { 5 } else { 0 }),
            ("start", if money_later && by_line { 6 } else { 0 }),
            ("window", if money_later && by_line { 14 } else { 0 }),
            ("adjust", if money_later && by_line { 16 } else { 0 }),
            ("basis", if money_later && by_line { 8 } else { 0 }),
            ("fee", if money_later && by_line { 14 } else { 0 }),
            ("deduct", if money_later && by_line { 6 } else { 0 }),
            ("tax", if money_later && by_sale { 5 } else { 0 }),
            ("shipping", if money_later && by_sale { 5 } else { 0 }),
            ("discounts", if money_later && by_sale { 4 } else { 0 }),
            ("guard", if by_line { if money_later { 6 } else { 14 } } else { 0 }),
            ("pay", 8),
            ("hold", 5),
            ("due", 5),
            ("collect", if by_line { 8 } else { 0 }),
        ];
        let total: usize = kinds.iter().map(|(_, weight)| weight).sum();
        let mut left = self.dice.below(total);
        let (kind, _) = kinds.into_iter().find(|(_, weight)| {
            let found = left < *weight;
            left = left.saturating_sub(*weight);
            found
        })?;
        let own = |kind: &str, sentence: String| Some((kind.to_owned(), sentence));
        match kind {
            "accept" => own("accept", format!("accept {}", self.remedies())),
            "also" => own("also", format!("also accept {}", self.dice.pick(&REMEDIES))),
            "no" => {
                let finality = self.finality();
                own("no", format!("no {} \"No\", {finality}", self.dice.pick(&REMEDIES)))
            }
            "decline" => {
                let finality = self.finality();
                own("decline", format!("decline \"Never\", {finality}"))
            }
            "start" => {
                let some = self.for_some();
                own("start", format!("start {}{some}", self.clock()))
            }
            "window" => {
                let some = self.for_some();
                let length = self.window(at);
                own("window", format!("window {length}{some}"))
            }
            "adjust" => self.adjustment(at),
            "basis" => {
                let some = self.for_some();
                own("basis", format!("basis {}{some}", self.basis()))
            }
            "fee" => {
                let some = self.for_some();
                let name = self.dice.pick(&["restocking", "restocking", "handling", "pickup"]);
                let amount = self.fee();
                own(&format!("fee {name}"), format!("fee {name} {amount}{some}"))
            }
            "deduct" => {
                let some = self.for_some();
                let name = self.dice.pick(&["parts", "use"]);
                let amount = self.dice.pick(&["item.missing_cost", "10%", "5.00 USD", "none", "3.33 USD", "12.5%"]);
                own(&format!("deduct {name}"), format!("deduct {name} {amount}{some}"))
            }
            "tax" => {
                let rule = self.dice.pick(&["returned in full", "returned on what is refunded", "not returned"]);
                own("tax", format!("tax {rule}"))
            }
            "shipping" => {
                let rules = ["not returned", "returned", "returned up to the cheapest", "returned with the last item"];
                own("shipping", format!("shipping {}", self.dice.pick(&rules)))
            }
            "discounts" => own(
                "discounts",
                format!("discounts {}", self.dice.pick(&["shared in proportion", "clawed back", "void"])),
            ),
            "guard" => match self.dice.below(5) {
                0 | 1 => {
                    let role = self.dice.pick(&["supervisor", "manager", "director"]);
                    own("refer", format!("refer to {role} \"Look\""))
                }
                2 | 3 => own("verify", "verify by gemologist within 48 hours \"Test\"".to_owned()),
                _ => {
                    let finality = self.finality();
                    own("stop", format!("stop \"Stop\", {finality}"))
                }
            },
            "pay" => {
                let route = match self.dice.below(8) {
                    0 | 1 => "original tender".to_owned(),
                    2 => "tender asked for".to_owned(),
                    3 => "cash up to 20.00 USD, the rest to check".to_owned(),
                    4 => "original tender up to 50.00 USD, the rest to store credit".to_owned(),
                    5 => "check".to_owned(),
                    6 => "gift card".to_owned(),
                    _ => "store credit".to_owned(),
                };
                own("pay", format!("pay {route}"))
            }
            "hold" => {
                let hold = self.dice.pick(&[
                    "10 days after sold",
                    "3 days after requested",
                    "none",
                    "1 month after sold",
                    "2 weeks after sold",
                    "5 business days after requested",
                ]);
                own("hold", format!("hold {hold}"))
            }
            "due" => {
                let due = self.dice.pick(&[
                    "at once",
                    "within 14 days",
                    "within 1 month",
                    "within 10 business days of us-federal",
                    "within 3 business days",
                ]);
                own("due", format!("due {due}"))
            }
            _ => {
                let verb = self.dice.pick(&["collect", "collect", "waive"]);
                let field = self.dice.pick(&["slip", "log", "slip.phone", "log.why"]);
                own("collect", format!("{verb} {field}"))
            }
        }
    }

    fn adjustment(&mut self, at: &Around) -> Option<(String, String)> {
        let some = self.for_some();
        let season = if at.seasons.len() == 1 { at.seasons.first().cloned() } else { None };
        match self.dice.below(6) {
            0..=2 => {
                let by = self.dice.pick(&[
                    "30 days",
                    "1 month",
                    "2 weeks",
                    "5 days",
                    "1 year",
                    "2 months",
                    "4 business days",
                ]);
                Some(("longer".to_owned(), format!("window longer by {by}{some}")))
            }
            3 => {
                let day = self.day(season.as_deref());
                Some(("at least".to_owned(), format!("window at least until {day}{some}")))
            }
            4 => {
                let day = self.day(season.as_deref());
                Some(("at most".to_owned(), format!("window at most until {day}{some}")))
            }
            _ => {
                let day = self.day(season.as_deref());
                Some(("not before".to_owned(), format!("start not before {day}{some}")))
            }
        }
    }

    fn day(&mut self, season: Option<&str>) -> String {
        match season {
            Some(season) if self.dice.chance(80) => match self.dice.below(3) {
                0 => format!("the deadline of {season}"),
                1 => format!("the day after {season}"),
                _ => self.dice.pick(&["January 15", "December 26", "February 29", "June 30"]).to_owned(),
            },
            _ => self.dice.pick(&["2025-01-15", "2025-12-26", "2026-01-31", "2025-06-30"]).to_owned(),
        }
    }

    fn window(&mut self, at: &Around) -> String {
        let season = if at.seasons.len() == 1 { at.seasons.first().cloned() } else { None };
        match self.dice.below(10) {
            0 => "no limit".to_owned(),
            1 => format!("until {}", self.day(season.as_deref())),
            2 if season.is_some() => format!("until {}", self.day(season.as_deref())),
            3 | 4 => format!("{}, fixed", self.length()),
            5 if self.dice.chance(30) => "48 hours".to_owned(),
            5 if self.dice.chance(50) => {
                self.dice.pick(&["10 business days", "3 business days of us-cooling-off"]).to_owned()
            }
            _ => self.length(),
        }
    }

    fn length(&mut self) -> String {
        self.dice
            .pick(&[
                "7 days", "14 days", "30 days", "30 days", "60 days", "90 days", "6 weeks", "1 month", "3 months",
                "1 year",
            ])
            .to_owned()
    }

    fn clock(&mut self) -> String {
        self.dice
            .pick(&[
                "sold",
                "sold",
                "sold",
                "received",
                "received",
                "shipped",
                "ordered",
                "the later of received, installed",
                "activated",
            ])
            .to_owned()
    }

    fn basis(&mut self) -> String {
        self.dice
            .pick(&[
                "price paid",
                "price paid",
                "price paid",
                "price paid",
                "50% of price paid",
                "current price",
                "list price",
                "33.3% of list price",
                "lowest price in 90 days",
                "nothing",
            ])
            .to_owned()
    }

    fn fee(&mut self) -> String {
        self.dice
            .pick(&[
                "15%",
                "10%",
                "none",
                "4.95 USD",
                "45.00 USD",
                "15%, at least 5.00 USD, at most 35.00 USD",
                "12.5%, at most 10.00 USD",
                "7.77%, at least 1.11 USD",
                "item.freight",
            ])
            .to_owned()
    }

    fn finality(&mut self) -> String {
        self.dice.pick(&["final", "overridable by manager", "overridable by supervisor"]).to_owned()
    }

    fn remedies(&mut self) -> String {
        self.dice.some(&REMEDIES, 4).join(", ")
    }

    fn for_some(&mut self) -> String {
        if self.dice.chance(12) { format!(" for {}", self.dice.some(&REMEDIES, 2).join(", ")) } else { String::new() }
    }

    /// A condition; `inner` learns what it speaks of.
    fn condition(&mut self, inner: &mut Around) -> String {
        let first = self.test(inner, true);
        match self.dice.below(10) {
            0..=5 => first,
            6 | 7 => {
                let second = self.test(inner, false);
                format!("{first} and {second}")
            }
            8 => {
                inner.seasons.clear();
                let second = self.test(inner, false);
                format!("{first} or {second}")
            }
            _ => {
                inner.seasons.clear();
                let second = self.test(inner, false);
                format!("not ({first} and {second})")
            }
        }
    }

    fn test(&mut self, inner: &mut Around, may_season: bool) -> String {
        const VISIT: &[&str] = &[
            "channel is store",
            "visit.by is recipient",
            "channel is not online",
            "visit.staff",
            "visit.state is \"US-OH\", \"US-AL\"",
            "customer.member",
            "not customer.member",
            "visit.count at least 3",
            "clerk.role is clerk",
            "requested from 2025-06-01 to 2025-12-31",
            "any line (reason is defective)",
            "every line (condition is sealed)",
            "number of lines (item in toys) at least 2",
            "visit.labels at least 1",
            "refund_to.tender is cash",
            "refund_to.id in customer.methods",
            "any line (item in toys and condition is opened)",
        ];
        const SALE: &[&str] = &[
            "customer.tier is plus",
            "customer.tier is plus, total",
            "customer.tier is not none",
            "sale.state in fee-free",
            "sale.channel is online",
            "sale.gift",
            "sale.tax_exempt",
            "sale.whole",
            "not sale.whole",
            "sale.total over 100.00 USD",
            "sold before 2025-07-01",
            "ordered from 2025-03-01",
            "days since sold over 40",
            "any tender (tender is cash)",
            "any tender (tender is credit and tender.paid over 20.00 USD)",
            "sale.seller is \"own\"",
        ];
        const LINE: &[&str] = &[
            "item in electronics",
            "item in toys",
            "item in \"Electronics/Phones\"",
            "item not in electronics",
            "item in toys, \"Books\"",
            "condition is sealed",
            "condition is opened, used",
            "condition is not sealed",
            "reason is defective",
            "reason is changed mind, no longer fits",
            "proof is none",
            "proof is receipt, e-receipt",
            "item.final_sale",
            "not item.clean",
            "item.carat at least 1.00",
            "item.carat over 0.50",
            "item.grade is a",
            "item.grade is b, c",
            "item.price over 25.00 USD",
            "item.list_price at most 50.00 USD",
            "item.quantity at least 2",
            "item.has_sale",
            "days since received over 20",
            "days since received at most 30",
            "received before 2025-09-01",
            "new.sku same as item.sku",
            "new.given",
            "new.price over 30.00 USD",
            "item.brand is \"Acme\"",
            "wants is exchange",
        ];
        const SEASONS: &[(&str, &str)] = &[
            ("holiday", "sold"),
            ("winter", "sold"),
            ("promise", "sold"),
            ("spring", "sold"),
            ("holiday", "received"),
        ];
        let late = matches!(inner.stage, Stage::Amounts | Stage::Totals);
        match self.dice.below(100) {
            0..=17 => {
                // A condition of the visit.
                if (late || self.dice.chance(20)) && inner.depth > 0 {
                    inner.stage = inner.stage.max(Stage::Totals);
                    let tests = [
                        "visit.refund over 50.00 USD",
                        "visit.refund at least 20.00 USD",
                        "visit.to_pay over 0.00 USD",
                        "total refund (item in electronics) over 40.00 USD",
                        "visit.uncovered over 10.00 USD",
                    ];
                    return self.dice.pick(&tests).to_owned();
                }
                self.dice.pick(VISIT).to_owned()
            }
            18..=37 => {
                inner.scope = inner.scope.max(Scope::Sale);
                self.dice.pick(SALE).to_owned()
            }
            38..=47 if may_season && inner.seasons.is_empty() => {
                let (season, clock) = *self.dice.one(SEASONS);
                inner.scope = inner.scope.max(if clock == "sold" { Scope::Sale } else { Scope::Line });
                inner.seasons.push(season.to_owned());
                format!("{clock} in {season}")
            }
            48..=51 => {
                inner.scope = inner.scope.max(Scope::Line);
                inner.stage = inner.stage.max(Stage::Amounts);
                self.dice.pick(&["item.refund over 30.00 USD", "item.refund at most 10.00 USD"]).to_owned()
            }
            52..=56 if inner.depth >= 1 => {
                inner.scope = Scope::Tender;
                inner.stage = inner.stage.max(Stage::Totals);
                let tests = [
                    "tender is cash",
                    "tender is credit, debit",
                    "tender is not gift card",
                    "tender.amount over 25.00 USD",
                    "tender.paid over 40.00 USD",
                    "tender.logo",
                    "not tender.logo",
                    "tender is check and tender.amount over 10.00 USD",
                ];
                self.dice.pick(&tests).to_owned()
            }
            _ => {
                inner.scope = inner.scope.max(Scope::Line);
                self.dice.pick(LINE).to_owned()
            }
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
    fn walk(clauses: &[Clause], label: &str, heads: &str) -> Option<String> {
        clauses.iter().find_map(|clause| {
            let heads = format!("{heads}{}", clause.head);
            if clause.label == label { Some(heads) } else { walk(&clause.exceptions, label, &heads) }
        })
    }
    let heads = walk(tops, label, "").unwrap_or_default();
    let stage = if heads.contains("visit.refund")
        || heads.contains("visit.to_pay")
        || heads.contains("visit.uncovered")
        || heads.contains("total refund")
    {
        Stage::Totals
    } else if heads.contains("item.refund") {
        Stage::Amounts
    } else {
        Stage::Facts
    };
    let scope = if heads.is_empty() { Scope::Visit } else { Scope::Line };
    (scope, stage)
}
