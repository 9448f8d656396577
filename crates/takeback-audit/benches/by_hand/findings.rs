//! What is wrong with a return: one finding for each way, as the audit tells them.

use super::rules::{Answer, Category, Judged, Kind as Class, Row, judge, share};

/// Numbers of items, customers and places of sale have this many characters.
pub(crate) type Id = [u8; 16];

/// In the order in which the findings of a return are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Declined,
    TooMuch,
    TooLittle,
    WrongTender,
    ApprovalMissing,
    CannotBeJudged,
}

/// By the alphabet, as are clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    Approval,
    Fee,
    MissingFact,
    PriceBasis,
    Quantity,
    Remedy,
    Tax,
    Tender,
    Unexplained,
    Window,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Clause {
    Everything,
    Electronics,
    LooseStones,
    OneOfAKind,
    LateElectronics,
    LateElectronicsSent,
    LateJewelry,
    LateInShops,
    LargeRefund,
    Shops,
}

/// Amounts are cents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding {
    /// Where the return stands in its file.
    pub(crate) row: i64,
    pub(crate) channel: Channel,
    pub(crate) order: i64,
    pub(crate) item: Id,
    pub(crate) customer: Option<Id>,
    pub(crate) site: Option<Id>,
    /// Days since 1970.
    pub(crate) at: Option<i32>,
    pub(crate) kind: Kind,
    pub(crate) cause: Cause,
    pub(crate) clause: Option<Clause>,
    pub(crate) expected: Option<i64>,
    pub(crate) actual: Option<i64>,
    pub(crate) difference: Option<i64>,
    /// What it alone stands for.
    pub(crate) at_stake: i64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Channel {
    Store,
    Catalog,
    Web,
}

/// A return as it is told.
pub(crate) struct Return<'a> {
    pub(crate) row: i64,
    pub(crate) channel: &'a str,
    pub(crate) order: i64,
    pub(crate) item: &'a str,
    pub(crate) customer: Option<&'a str>,
    pub(crate) site: Option<&'a str>,
    pub(crate) told: Row,
    /// What was given for the goods, and their tax.
    pub(crate) amount: Option<i64>,
    pub(crate) tax: Option<i64>,
}

impl Return<'_> {
    pub(crate) fn find(&self, found: &mut Vec<Finding>) {
        let judged = judge(&self.told);
        match judged.answer {
            Answer::Undetermined => found.push(Finding { actual: judged.given, ..self.missing() }),
            // Nothing was given: it was declined, or waits for somebody.
            Answer::Decline | Answer::Refer(_) if judged.given == Some(0) => {}
            Answer::Decline => found.push(self.declined(judged.given)),
            Answer::Accept(refund) => self.accepted(refund, false, &judged, found),
            Answer::Refer(refund) => self.accepted(refund, true, &judged, found),
        }
    }

    fn missing(&self) -> Finding {
        let id = |text: &str| text.as_bytes().try_into().expect("a number of sixteen characters");
        Finding {
            row: self.row,
            channel: match self.channel {
                "store" => Channel::Store,
                "catalog" => Channel::Catalog,
                _ => Channel::Web,
            },
            order: self.order,
            item: id(self.item),
            customer: self.customer.map(id),
            site: self.site.map(id),
            at: self.told.at.and_then(|day| i32::try_from(day).ok()),
            kind: Kind::CannotBeJudged,
            cause: Cause::MissingFact,
            clause: None,
            expected: None,
            actual: None,
            difference: None,
            at_stake: 0,
        }
    }

    fn declined(&self, given: Option<i64>) -> Finding {
        let (cause, clause) = match (self.told.category, self.told.kind) {
            (Some(Category::Jewelry), Some(Class::Unique)) => (Cause::Remedy, Clause::OneOfAKind),
            (Some(Category::Jewelry), _) => (Cause::Window, Clause::LateJewelry),
            (Some(Category::Electronics), _) if self.told.by_post => (Cause::Window, Clause::LateElectronicsSent),
            (Some(Category::Electronics), _) => (Cause::Window, Clause::LateElectronics),
            _ if self.told.by_post => (Cause::Window, Clause::Everything),
            _ => (Cause::Window, Clause::LateInShops),
        };
        Finding {
            kind: Kind::Declined,
            cause,
            clause: Some(clause),
            expected: Some(0),
            actual: given,
            difference: given,
            at_stake: given.unwrap_or_default(),
            ..self.missing()
        }
    }

    /// What is wrong with a refund that is let through, or would be with an approval.
    fn accepted(&self, refund: i64, referred: bool, judged: &Judged, found: &mut Vec<Finding>) {
        let first = found.len();
        let told = Finding { expected: Some(refund), actual: judged.given, ..self.missing() };
        match judged.difference {
            None => found.push(told),
            Some(0) => {}
            Some(off) => self.amounts(refund, off, &told, found),
        }
        let elsewhere = judged.elsewhere.filter(|elsewhere| *elsewhere > 0 && refund > 0);
        // All that the findings of a return share.
        let mut left = refund.max(judged.given.unwrap_or_default()).max(elsewhere.unwrap_or_default());
        left -= found.iter().skip(first).map(|finding| finding.at_stake).sum::<i64>();
        if let Some(elsewhere) = elsewhere {
            let in_place = if self.told.by_post { self.told.charge } else { self.told.cash };
            let at_stake = in_place.map_or(0, |in_place| elsewhere.min((refund - in_place).max(0))).min(left);
            left -= at_stake;
            found.push(Finding {
                kind: Kind::WrongTender,
                cause: Cause::Tender,
                clause: Some(if self.told.by_post { Clause::Everything } else { Clause::Shops }),
                expected: Some(0),
                actual: Some(elsewhere),
                difference: Some(elsewhere),
                at_stake,
                ..told
            });
        }
        if referred {
            found.push(Finding {
                kind: Kind::ApprovalMissing,
                cause: Cause::Approval,
                clause: Some(Clause::LargeRefund),
                at_stake: judged.given.unwrap_or(refund).min(refund).min(left),
                ..told
            });
        }
    }

    /// By how much it is too much or too little, part by part: the goods and their tax where they are told, and the rest.
    fn amounts(&self, refund: i64, off: i64, told: &Finding, found: &mut Vec<Finding>) {
        let (Some(bought), Some(back), Some(paid), Some(tax)) =
            (self.told.bought, self.told.back, self.told.paid, self.told.tax)
        else {
            return;
        };
        let (goods, tax) = (share(paid, back, bought), share(tax, back, bought));
        let goods_off = self.amount.map_or(0, |amount| amount - goods);
        let tax_off = self.tax.map_or(0, |amount| amount - tax);
        let rest_off = off - goods_off - tax_off;
        let of_other_units = |amount| of_other_units(amount, paid, back, bought);
        let mut left = off.abs();
        let mut tell = |difference: i64, cause, clause| {
            if difference != 0 {
                let at_stake = if difference.signum() == off.signum() { difference.abs().min(left) } else { 0 };
                left -= at_stake;
                let kind = if difference > 0 { Kind::TooMuch } else { Kind::TooLittle };
                let difference = Some(difference);
                found.push(Finding { kind, cause, clause: Some(clause), difference, at_stake, ..*told });
            }
        };
        let of_goods =
            if goods_off != 0 && of_other_units(goods + goods_off) { Cause::Quantity } else { Cause::PriceBasis };
        tell(goods_off, of_goods, Clause::Everything);
        tell(tax_off, Cause::Tax, Clause::Everything);
        if rest_off != 0 {
            let is_fee = rest_off == goods + tax - refund;
            let is_tax = self.tax.is_none() && rest_off == -tax;
            let whole = || of_other_whole(refund + rest_off, refund, back, bought);
            let is_units = self.amount.is_none() && (of_other_units(goods + rest_off) || whole());
            let of_fee = if self.told.category == Some(Category::Electronics) {
                Clause::Electronics
            } else {
                Clause::LooseStones
            };
            match (is_fee, is_tax, is_units) {
                (true, false, false) => tell(rest_off, Cause::Fee, of_fee),
                (false, true, false) => tell(rest_off, Cause::Tax, Clause::Everything),
                (false, false, true) => tell(rest_off, Cause::Quantity, Clause::Everything),
                _ => tell(rest_off, Cause::Unexplained, Clause::Everything),
            }
        }
    }
}

/// Whether it is the price of another number of units: of the fewest of which it may be, or of one more.
fn of_other_units(amount: i64, paid: i64, back: i64, bought: i64) -> bool {
    if paid == 0 || amount <= 0 {
        return false;
    }
    let fewest = (((2 * amount - 1) * bought + 2 * paid - 1) / (2 * paid)).max(1);
    [fewest, fewest + 1].iter().any(|units| *units <= bought && *units != back && share(paid, *units, bought) == amount)
}

/// Whether it is what the policy gives, tax and fee and all, for another number of units.
fn of_other_whole(amount: i64, refund: i64, back: i64, bought: i64) -> bool {
    refund > 0 && amount > 0 && (amount * back) % refund == 0 && amount * back / refund <= bought
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Declined => "refunded though declined",
            Self::TooMuch => "refunded too much",
            Self::TooLittle => "refunded too little",
            Self::WrongTender => "wrong tender",
            Self::ApprovalMissing => "approval missing",
            Self::CannotBeJudged => "cannot be judged",
        }
    }

    pub(crate) fn severity(self) -> &'static str {
        match self {
            Self::Declined | Self::TooMuch | Self::TooLittle => "high",
            Self::WrongTender | Self::ApprovalMissing => "medium",
            Self::CannotBeJudged => "low",
        }
    }
}

impl Cause {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Fee => "fee",
            Self::MissingFact => "missing fact",
            Self::PriceBasis => "price basis",
            Self::Quantity => "quantity",
            Self::Remedy => "remedy",
            Self::Tax => "tax",
            Self::Tender => "tender",
            Self::Unexplained => "unexplained",
            Self::Window => "window",
        }
    }
}

impl Clause {
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Electronics => "everything/electronics",
            Self::LooseStones => "everything/jewelry/loose-stones",
            Self::OneOfAKind => "everything/jewelry/one-of-a-kind",
            Self::LateElectronics => "everything; everything/electronics",
            Self::LateElectronicsSent => "everything; everything/electronics/sent",
            Self::LateJewelry => "everything; everything/jewelry",
            Self::LateInShops => "everything; shops",
            Self::LargeRefund => "large-refund",
            Self::Shops => "shops",
        }
    }
}

impl Channel {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Catalog => "catalog",
            Self::Web => "web",
        }
    }
}
