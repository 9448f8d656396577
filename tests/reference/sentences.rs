//! Random sentences for clauses of [`super::policies`], of what their scope and stage allow.

use super::policies::{Around, Maker, Scope, Stage};

const REMEDIES: [&str; 7] =
    ["refund", "store credit", "exchange", "repair", "replacement", "half credit", "price reduction"];

/// Attributes of which it is said what higher layers may make of them.
const LEFT: [&str; 14] = [
    "window",
    "window",
    "remedies",
    "remedies",
    "start",
    "basis",
    "fee restocking",
    "fee handling",
    "deduction parts",
    "pay",
    "hold",
    "due",
    "guards",
    "forms",
];

impl Maker<'_> {
    /// An attribute and a sentence that states it.
    pub(super) fn sentence(&mut self, at: &Around) -> Option<(String, String)> {
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
                2 | 3 => {
                    let otherwise =
                        self.dice.pick(&["", ", otherwise stop \"No\", final", ", otherwise refer to supervisor"]);
                    own("verify", format!("verify by gemologist within 48 hours \"Test\"{otherwise}"))
                }
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
                    "10 days after tender.cleared",
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
                    "within 12 days after tender.cleared",
                    "within 2 weeks after sold",
                    "within 14 days after told",
                    "within 5 days after received",
                    "within 14 days after told, not before received",
                    "within 14 days, not before the earlier of sent, received",
                ]);
                own("due", format!("due {due}"))
            }
            _ => {
                let verb = self.dice.pick(&["collect", "collect", "waive"]);
                let field = self.dice.pick(&["slip", "log", "slip.phone", "log.why"]);
                let answers = match verb == "collect" && self.dice.chance(40) {
                    true => self.dice.pick(&[
                        " if declined",
                        " if stopped or expired",
                        " if accepted",
                        " if referred or pending",
                    ]),
                    false => "",
                };
                own("collect", format!("{verb} {field}{answers}"))
            }
        }
    }

    /// What a header leaves to higher layers: everything, and some of it otherwise.
    pub(super) fn left(&mut self) -> Vec<String> {
        let all = self.dice.pick(&[
            "may improve",
            "may improve",
            "may change",
            "may change",
            "may tighten",
            "may not change",
        ]);
        let mut said = vec![format!("higher layers {all} everything")];
        let mut about: Vec<String> = Vec::new();
        for _ in 0..self.dice.between(0, 4) {
            let sentence = self.leeway(Stage::Facts, false);
            let attribute = LEFT.iter().find(|attribute| sentence.contains(&format!(" {attribute}"))).unwrap();
            if !about.iter().any(|one| one == attribute) {
                about.push((*attribute).to_owned());
                said.push(sentence);
            }
        }
        said
    }

    /// What is left to higher layers of one attribute, in a clause whose conditions read this.
    pub(super) fn leeway(&mut self, reads: Stage, of_tenders: bool) -> String {
        let attribute = match (reads, of_tenders) {
            (_, true) => self.dice.pick(&LEFT[9..12]),
            (Stage::Facts, _) => self.dice.pick(&LEFT),
            (Stage::Amounts | Stage::Totals, _) => self.dice.pick(&LEFT[9..]),
        };
        let ranges: &[&str] = match attribute {
            "window" => &["14 days to 60 days", "1 month to 3 months"],
            "hold" => &["1 days to 10 days"],
            "due" => &["3 business days to 10 business days", "10 days to 14 days"],
            "fee restocking" => &["0% to 12%", "0.00 USD to 10.00 USD", "10% to 15%"],
            "deduction parts" => &["0.00 USD to 6.00 USD", "0% to 10%"],
            _ => &[],
        };
        if !ranges.is_empty() && self.dice.chance(30) {
            return format!("higher layers may change {attribute} within {}", self.dice.pick(ranges));
        }
        let rights: &[&str] = match attribute {
            "pay" => &["may change", "may not change"],
            _ => &["may improve", "may improve", "may tighten", "may change", "may not change"],
        };
        format!("higher layers {} {attribute}", self.dice.pick(rights))
    }

    pub(super) fn adjustment(&mut self, at: &Around) -> Option<(String, String)> {
        let some = self.for_some();
        let season = if at.seasons.len() == 1 { at.seasons.first().cloned() } else { None };
        match self.dice.below(8) {
            6 => {
                let least = self.dice.pick(&["", "", ", at least 7 days after", ", at least 1 month after"]);
                Some(("pauses".to_owned(), format!("window pauses during repairs{least}{some}")))
            }
            7 => {
                let season = self.dice.pick(&["holiday", "winter", "spring", "promise"]);
                let after = self.dice.pick(&["5 days", "30 days", "1 month", "3 business days of sweden"]);
                Some(("ending".to_owned(), format!("window ending in {season} at least until {after} after{some}")))
            }
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

    pub(super) fn day(&mut self, season: Option<&str>) -> String {
        match season {
            Some(season) if self.dice.chance(80) => match self.dice.below(3) {
                0 => format!("the deadline of {season}"),
                1 => format!("the day after {season}"),
                _ => self.dice.pick(&["January 15", "December 26", "February 29", "June 30"]).to_owned(),
            },
            _ => self.dice.pick(&["2025-01-15", "2025-12-26", "2026-01-31", "2025-06-30"]).to_owned(),
        }
    }

    pub(super) fn window(&mut self, at: &Around) -> String {
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
            6 if self.dice.chance(40) => self
                .dice
                .pick(&[
                    "item.days days, at least 30 days",
                    "item.days days",
                    "item.days days, at most 60 days, fixed",
                    "item.days days, at least 14 days, at most 30 days",
                    "item.days business days, at least 10 business days",
                ])
                .to_owned(),
            _ => self.length(),
        }
    }

    pub(super) fn length(&mut self) -> String {
        self.dice
            .pick(&[
                "7 days", "14 days", "30 days", "30 days", "60 days", "90 days", "6 weeks", "1 month", "3 months",
                "1 year",
            ])
            .to_owned()
    }

    pub(super) fn clock(&mut self) -> String {
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
                "received of the whole order",
                "received of the first parcel",
                "sale.told_on",
                "the later of received of the whole order, sale.told_on",
            ])
            .to_owned()
    }

    pub(super) fn basis(&mut self) -> String {
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

    pub(super) fn fee(&mut self) -> String {
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
                "item.freight, at most 20%",
                "item.freight, at least 1.00 USD, at most 7.5%",
                "30.00 USD, at most 33.3%",
                "4.95 USD, at least 3%",
                "item.share percent, at most 12.00 USD",
                "item.share percent",
            ])
            .to_owned()
    }

    pub(super) fn finality(&mut self) -> String {
        self.dice.pick(&["final", "overridable by manager", "overridable by supervisor"]).to_owned()
    }

    pub(super) fn remedies(&mut self) -> String {
        self.dice.some(&REMEDIES, 4).join(", ")
    }

    pub(super) fn for_some(&mut self) -> String {
        if self.dice.chance(12) { format!(" for {}", self.dice.some(&REMEDIES, 2).join(", ")) } else { String::new() }
    }
}
