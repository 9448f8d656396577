//! The answer as JSON, in the form of docs/reference/decision.md.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{
    Amount, Asked, Balance, By, Decision, Outcome, Payout, Reason, Referral, Remedy, RemedyDecision, Status,
    TenderKind, TenderPart, Window,
};

impl Serialize for By {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.paths())
    }
}

#[derive(serde::Serialize)]
struct Answer<'d, 'a> {
    policy: Policy,
    outcome: Outcome,
    lines: [Line<'d, 'a>; 1],
    balance: WrittenBalance,
    shipping: [(); 0],
    payouts: Vec<WrittenPayout<'d>>,
    paperwork: OfLine<'d, Asked>,
    referrals: OfLine<'d, Referral>,
    verifications: [(); 0],
    reasons: OfLine<'d, Reason>,
    words: Words<'d>,
    ask: [(); 0],
}

#[derive(serde::Serialize)]
struct Policy {
    name: &'static str,
    version: &'static str,
}

#[derive(serde::Serialize)]
struct Line<'d, 'a> {
    line: &'a str,
    version: &'static str,
    outcome: Outcome,
    wants: Remedy,
    quantity: u32,
    remedies: &'d [RemedyDecision<'a>; 5],
}

#[derive(serde::Serialize)]
struct WrittenBalance {
    currency: &'static str,
    refund: Money,
    credit: Money,
    new_goods: Money,
    shipping: &'static str,
    to_customer: Money,
    to_pay: &'static str,
}

#[derive(serde::Serialize)]
struct WrittenPayout<'a> {
    to: TenderKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sale: Option<&'a str>,
    amount: Money,
    not_before: (),
    due: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    from: &'a [TenderPart<'a>],
    by: By,
}

impl Serialize for TenderPart<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("sale", self.sale)?;
        map.serialize_entry("id", self.id)?;
        map.serialize_entry("amount", &self.amount)?;
        map.end()
    }
}

/// Two decimals, also of zero.
struct Money(Decimal);

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.is_zero() {
            true => serializer.serialize_str("0.00"),
            false => Serialize::serialize(&self.0, serializer),
        }
    }
}

impl Serialize for Decision<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Balance { refund, credit, new_goods, to_customer } = self.balance;
        fn payout<'d>(p: &'d Payout<'_>) -> WrittenPayout<'d> {
            WrittenPayout {
                to: p.to,
                id: p.original.map(|(id, _)| id),
                sale: p.original.map(|(_, sale)| sale),
                amount: Money(p.amount),
                not_before: (),
                due: p.due,
                within: p.mailed.then_some("10 business days (us-federal)"),
                from: &p.from,
                by: p.by,
            }
        }
        let answer = Answer {
            policy: Policy { name: "Best Buy", version: "2025" },
            outcome: self.outcome,
            lines: [Line {
                line: self.line,
                version: "2025",
                outcome: self.outcome,
                wants: self.wants,
                quantity: self.quantity,
                remedies: &self.remedies,
            }],
            balance: WrittenBalance {
                currency: "USD",
                refund: Money(refund),
                credit: Money(credit),
                new_goods: Money(new_goods),
                shipping: "0.00",
                to_customer: Money(to_customer),
                to_pay: "0.00",
            },
            shipping: [],
            payouts: Vec::new(),
            paperwork: OfLine(self.line, &self.paperwork),
            referrals: OfLine(self.line, &self.referrals),
            verifications: [],
            reasons: OfLine(self.line, &self.reasons),
            words: Words(self),
            ask: [],
        };
        Answer { payouts: self.payouts.iter().map(payout).collect(), ..answer }.serialize(serializer)
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Outcome::Accept => "accept",
            Outcome::Refer => "refer",
            Outcome::Decline => "decline",
        })
    }
}

impl Serialize for RemedyDecision<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("remedy", &self.remedy)?;
        match self.status {
            Status::Offered => map.serialize_entry("status", "offered")?,
            Status::NotOffered(reason) => {
                map.serialize_entry("status", "not offered")?;
                if let Some(reason) = reason {
                    map.serialize_entry("reason", reason)?;
                }
                map.serialize_entry("final", &true)?;
            }
            Status::Expired => {
                map.serialize_entry("status", "expired")?;
                map.serialize_entry("final", &true)?;
            }
        }
        map.serialize_entry("by", &self.by)?;
        if let Some(window) = &self.window {
            map.serialize_entry("window", window)?;
        }
        if let Some(amounts) = &self.amounts {
            map.serialize_entry("amounts", &amounts.parts)?;
            map.serialize_entry("value", &Money(amounts.value))?;
        }
        map.end()
    }
}

impl Serialize for Window {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(start) = &self.start {
            map.serialize_entry("start", start)?;
            map.serialize_entry("clock", "received")?;
        }
        map.serialize_entry("last_day", &self.last_day)?;
        map.serialize_entry("by", &self.by)?;
        map.end()
    }
}

impl Serialize for Amount<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("part", self.part)?;
        if let Some(name) = self.name {
            map.serialize_entry("name", name)?;
        }
        map.serialize_entry("amount", &self.amount)?;
        map.serialize_entry("by", &self.by)?;
        map.end()
    }
}

/// Things that are said of the returned line.
struct OfLine<'d, T>(&'d str, &'d [T]);

impl<'d, T> Serialize for OfLine<'d, T>
where
    One<'d, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|one| One(self.0, one)))
    }
}

struct One<'d, T>(&'d str, &'d T);

impl Serialize for One<'_, Asked> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let One(line, Asked { field, by }) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("form", field.form)?;
        map.serialize_entry("field", field.name)?;
        map.serialize_entry("line", line)?;
        map.serialize_entry("title", field.title)?;
        map.serialize_entry("type", field.ty)?;
        if !field.options.is_empty() {
            map.serialize_entry("options", field.options)?;
        }
        map.serialize_entry("needed", field.needed)?;
        if let Some(fact) = field.same_as {
            map.serialize_entry("checks", &[SameAs { fact }])?;
        }
        map.serialize_entry("from", field.from)?;
        if let Some(length) = field.kept_as_hash_for {
            map.serialize_entry("kept", &Kept { how: "as hash for", length })?;
        }
        if let Some(purpose) = field.purpose {
            map.serialize_entry("purpose", purpose)?;
        }
        map.serialize_entry("by", by)?;
        map.end()
    }
}

#[derive(serde::Serialize)]
struct Kept {
    how: &'static str,
    length: &'static str,
}

struct SameAs {
    fact: &'static str,
}

impl Serialize for SameAs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Fact {
            fact: &'static str,
        }
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("same as", &Fact { fact: self.fact })?;
        map.end()
    }
}

impl Serialize for One<'_, Referral> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let One(line, Referral { text, by }) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("role", "manager")?;
        map.serialize_entry("line", line)?;
        map.serialize_entry("text", text)?;
        map.serialize_entry("by", by)?;
        map.end()
    }
}

impl Serialize for One<'_, Reason> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let One(line, reason) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", reason.key)?;
        map.serialize_entry("line", line)?;
        map.serialize_entry("args", &Arguments(reason))?;
        map.serialize_entry("by", &reason.by)?;
        map.end()
    }
}

struct Arguments<'d>(&'d Reason);

impl Serialize for Arguments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Reason { remedy, day, text, .. } = self.0;
        let mut map = serializer.serialize_map(None)?;
        if let Some(remedy) = remedy {
            map.serialize_entry("remedy", remedy)?;
        }
        if let Some(day) = day {
            map.serialize_entry("day", day)?;
        }
        if let Some(text) = text {
            map.serialize_entry("text", text)?;
        }
        map.end()
    }
}

struct Words<'d>(&'d Decision<'d>);

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Say<'a> {
            kind: &'static str,
            line: &'a str,
            text: &'static str,
            by: By,
        }
        let mut seq = serializer.serialize_seq(None)?;
        if let Some((text, by)) = self.0.say {
            seq.serialize_element(&Say { kind: "say", line: self.0.line, text, by })?;
        }
        seq.end()
    }
}
