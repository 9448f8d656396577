//! Best Buy's return policy as it stands since 31 October 2025, written by hand: what a shop would have without an
//! engine. It answers visits of one line of one sale, with every fact known, and gives the full answer of the engine:
//! outcome, every remedy with its window, amounts by part, balance, payouts, paperwork, reasons, each with its clauses.

pub(crate) mod requests;
pub(crate) mod wire;

mod rules;
mod write;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub(crate) use rules::decide;

/// A visit with one line to return.
#[derive(Debug)]
pub(crate) struct Visit<'a> {
    pub(crate) day: NaiveDate,
    pub(crate) in_store: bool,
    pub(crate) state: State,
    /// Approved by a manager or above.
    pub(crate) approved_poor_condition: bool,
    pub(crate) approved_no_proof: bool,
    pub(crate) sale: Sale<'a>,
    pub(crate) returned: Returned<'a>,
}

/// A state of the US, by its two letters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State(pub(crate) [u8; 2]);

#[derive(Debug)]
pub(crate) struct Sale<'a> {
    pub(crate) id: &'a str,
    pub(crate) sold: NaiveDate,
    pub(crate) state: State,
    /// My Best Buy Plus or Total.
    pub(crate) member: bool,
    pub(crate) line: SoldLine<'a>,
    pub(crate) tenders: Vec<Tender<'a>>,
}

#[derive(Debug)]
pub(crate) struct SoldLine<'a> {
    pub(crate) quantity: u32,
    /// For the whole line.
    pub(crate) paid: Decimal,
    pub(crate) taxes: Vec<Tax<'a>>,
    pub(crate) received: NaiveDate,
    pub(crate) item: Item,
}

#[derive(Debug)]
pub(crate) struct Tax<'a> {
    pub(crate) id: &'a str,
    pub(crate) amount: Decimal,
}

/// What the policy asks about the goods.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) groups: Groups,
    pub(crate) custom: bool,
    pub(crate) special_order: bool,
    pub(crate) marketplace: bool,
    pub(crate) seller_days: u64,
    pub(crate) tags_on: bool,
    pub(crate) cloud_locked: bool,
    pub(crate) unsanitary: bool,
    pub(crate) parts_missing: bool,
    pub(crate) final_sale: bool,
    pub(crate) verizon: bool,
    pub(crate) missing_cost: Decimal,
}

/// The groups of goods the policy speaks of.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub(crate) activatable: bool,
    pub(crate) prepaid: bool,
    pub(crate) connected: bool,
    pub(crate) opened_media: bool,
    pub(crate) apparel: bool,
    pub(crate) no_return: bool,
    pub(crate) holiday_decor: bool,
    pub(crate) majors: bool,
    pub(crate) monthly_plans: bool,
    pub(crate) fifteen_percent: bool,
}

#[derive(Debug)]
pub(crate) struct Tender<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: TenderKind,
    pub(crate) amount: Decimal,
    pub(crate) major_logo: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TenderKind {
    Cash,
    Check,
    Credit,
    Debit,
    #[serde(rename = "gift card")]
    GiftCard,
    #[serde(rename = "store credit")]
    StoreCredit,
}

#[derive(Debug)]
pub(crate) struct Returned<'a> {
    pub(crate) id: &'a str,
    pub(crate) quantity: u32,
    pub(crate) wants: Remedy,
    pub(crate) condition: Condition,
    pub(crate) reason: Why,
    pub(crate) proof: bool,
    /// Of one unit; known whenever there is no proof.
    pub(crate) current_price: Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Remedy {
    Refund,
    #[serde(rename = "store credit")]
    StoreCredit,
    Exchange,
    Repair,
    Replacement,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Condition {
    Sealed,
    Opened,
    Used,
    Damaged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Why {
    #[serde(rename = "changed mind")]
    ChangedMind,
    Defective,
    Damaged,
    #[serde(rename = "wrong item")]
    WrongItem,
    #[serde(rename = "wrong size")]
    WrongSize,
    #[serde(rename = "unwanted gift")]
    UnwantedGift,
}

/// A set of clauses, in the order in which an answer names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct By(u32);

macro_rules! clauses {
    ($($name:ident $path:literal)+) => {
        #[derive(Clone, Copy)]
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "only numbers the constants below")]
        enum Number { $($name),+ }
        impl By {
            $(pub(crate) const $name: By = By(1 << Number::$name as u32);)+
            pub(crate) const NOBODY: By = By(0);
        }
        /// Their label paths.
        const PATHS: &[&str] = &[$($path),+];
    };
}

clauses! {
    CASH_CHECK "cash-check"
    CHECK_CHECK "check-check"
    CHECK_PAPERS "check-papers"
    COUNTER "counter"
    DEBIT_CHECK "debit-check"
    ACTIVATION "fees/activation"
    FIFTEEN "fees/fifteen"
    MARKETPLACE "marketplace"
    CUSTOM "never/custom"
    FINAL_SALE "never/final-sale"
    LOCKED "never/locked"
    NO_RETURN "never/no-return"
    WORN "never/worn"
    NO_PROOF "no-proof"
    PERIOD "period"
    ACTIVATABLE "period/activatable"
    VERIZON "period/activatable/verizon"
    DECOR "period/decor"
    HOLIDAY "period/holiday"
    MEMBERS "period/members"
    PROMISE "promise"
    DEVICE "promise/device"
    OPENED_MEDIA "promise/opened-media"
    POOR_CONDITION "promise/poor-condition"
}

impl By {
    pub(crate) fn and(self, other: By) -> By {
        By(self.0 | other.0)
    }

    pub(crate) fn is_nobody(self) -> bool {
        self.0 == 0
    }

    /// The label paths of the clauses.
    pub(crate) fn paths(self) -> impl Iterator<Item = &'static str> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = PATHS.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*next)
        })
    }
}

/// The answer. Written as JSON by `serde`, in the form of the engine.
#[derive(Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) line: &'a str,
    pub(crate) wants: Remedy,
    pub(crate) quantity: u32,
    pub(crate) remedies: [RemedyDecision<'a>; 5],
    pub(crate) balance: Balance,
    pub(crate) payouts: Vec<Payout<'a>>,
    pub(crate) paperwork: Vec<Asked>,
    pub(crate) referrals: Vec<Referral>,
    pub(crate) reasons: Vec<Reason>,
    /// What to say.
    pub(crate) say: Option<(&'static str, By)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Accept,
    Refer,
    Decline,
}

#[derive(Debug)]
pub(crate) struct RemedyDecision<'a> {
    pub(crate) remedy: Remedy,
    pub(crate) status: Status,
    pub(crate) by: By,
    pub(crate) window: Option<Window>,
    /// Shared by the remedies that are offered.
    pub(crate) amounts: Option<std::sync::Arc<Amounts<'a>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Offered,
    NotOffered(Option<&'static str>),
    Expired,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    pub(crate) start: Option<NaiveDate>,
    pub(crate) last_day: Option<NaiveDate>,
    pub(crate) by: By,
}

#[derive(Debug)]
pub(crate) struct Amounts<'a> {
    pub(crate) parts: Vec<Amount<'a>>,
    pub(crate) value: Decimal,
}

#[derive(Debug)]
pub(crate) struct Amount<'a> {
    pub(crate) part: &'static str,
    pub(crate) name: Option<&'a str>,
    pub(crate) amount: Decimal,
    pub(crate) by: By,
}

#[derive(Debug)]
pub(crate) struct Balance {
    pub(crate) refund: Decimal,
    pub(crate) credit: Decimal,
    pub(crate) new_goods: Decimal,
    pub(crate) to_customer: Decimal,
}

#[derive(Debug)]
pub(crate) struct Payout<'a> {
    pub(crate) to: TenderKind,
    /// The tender and its sale, when it goes back where it came from.
    pub(crate) original: Option<(&'a str, &'a str)>,
    pub(crate) amount: Decimal,
    /// The last day to pay it on.
    pub(crate) due: NaiveDate,
    /// By mail, within ten business days; otherwise at once.
    pub(crate) mailed: bool,
    /// The tenders it is made of, when it goes by mail.
    pub(crate) from: Vec<TenderPart<'a>>,
    pub(crate) by: By,
}

#[derive(Debug)]
pub(crate) struct TenderPart<'a> {
    pub(crate) sale: &'a str,
    pub(crate) id: &'a str,
    pub(crate) amount: Decimal,
}

#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) field: &'static Field,
    pub(crate) by: By,
}

/// A field of a form.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) form: &'static str,
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) ty: &'static str,
    pub(crate) options: &'static [&'static str],
    pub(crate) needed: &'static str,
    pub(crate) same_as: Option<&'static str>,
    pub(crate) from: &'static str,
    pub(crate) kept_as_hash_for: Option<&'static str>,
    pub(crate) purpose: Option<&'static str>,
}

#[derive(Debug)]
pub(crate) struct Referral {
    pub(crate) text: &'static str,
    pub(crate) by: By,
}

#[derive(Debug)]
pub(crate) struct Reason {
    pub(crate) key: &'static str,
    pub(crate) remedy: Option<Remedy>,
    pub(crate) day: Option<NaiveDate>,
    pub(crate) text: Option<&'static str>,
    pub(crate) by: By,
}
