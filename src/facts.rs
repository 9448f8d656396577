//! The facts a policy may speak of, the words they may take, and the conditions over them. Shared by every version of a
//! policy: `Schema` is made once by `crate::check`, requests are read against it and conditions are evaluated over it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::date::{Length, Season};

/// A fact: an index into [`Schema::facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u16);

/// A list of words (the tenders, the values of a declared fact): an index into [`Schema::domains`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainId(pub u16);

/// A text that the policy mentions: an index into [`Schema::texts`]; texts only a request mentions come after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// A set of categories: an index into [`Schema::categories`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryId(pub u16);

/// A season: an index into [`Schema::seasons`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeasonId(pub u16);

/// Whose fact it is, from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Scope {
    Visit,
    Sale,
    Line,
    Tender,
}

/// When a fact or an attribute is settled; a condition may read only earlier stages than the attribute it guards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the stages of docs/reference/order.md")]
pub enum Stage {
    Facts,
    Windows,
    Remedies,
    Amounts,
    Totals,
    Guards,
    Tenders,
    Paperwork,
    Words,
}

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Type {
    YesNo,
    Word(DomainId),
    Number,
    WholeNumber,
    Money,
    Date,
    Text,
    Texts,
}

/// A fact of the language or of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Its name: `condition`, `customer.tier`.
    pub name: String,
    /// How the customer is asked.
    pub question: Option<String>,
    /// What it holds.
    pub ty: Type,
    /// Whose it is.
    pub scope: Scope,
    /// When it is settled.
    pub stage: Stage,
    /// Its place among the facts of its scope.
    pub slot: u16,
    /// What absence means.
    pub otherwise: Option<Value>,
    /// Whether the customer can still change it.
    pub changeable: bool,
    /// How old the figure may be at the request; an older one counts as missing.
    pub fresh: Option<Length>,
}

/// The value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A word, by its place in the fact's domain.
    Word(u16),
    /// A number, or money in the policy's currency.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// A text.
    Text(TextId),
    /// A list of texts, by its place in the request.
    Texts(u32),
}

/// A list of words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Domain {
    /// The words; a value is an index into them.
    pub words: Vec<String>,
}

impl Domain {
    /// The place of a word.
    pub fn find(&self, word: &str) -> Option<u16> {
        self.words.iter().position(|w| w == word).and_then(|i| u16::try_from(i).ok())
    }
    /// The word at a place, or nothing for a place that does not exist.
    pub fn word(&self, at: u16) -> &str {
        self.words.get(usize::from(at)).map_or("", String::as_str)
    }
}

/// Categories as a test: any of the item's paths is at or below one of `paths`, and none at or below one of `except`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategorySet {
    /// Pairs of paths and what is left out of each group.
    pub groups: Vec<CategoryGroup>,
}

/// One named category, or the quoted paths of a test.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryGroup {
    /// The paths.
    pub paths: Vec<String>,
    /// What is left out.
    pub except: Vec<String>,
}

impl CategorySet {
    /// Whether an item with these paths is in the set.
    pub fn holds(&self, item: &[String]) -> bool {
        self.groups.iter().any(|g| {
            item.iter().any(|p| g.paths.iter().any(|q| at_or_below(p, q)))
                && !item.iter().any(|p| g.except.iter().any(|q| at_or_below(p, q)))
        })
    }
}

/// Whether `path` is `root` or below it: `Electronics/Phones` is below `Electronics`, not below `Elec`.
pub fn at_or_below(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What a remedy gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemedyKind {
    /// Money, by the policy's routes.
    Money,
    /// Money, always to this tender (a word of the tender domain).
    MoneyTo(u16),
    /// Other goods, set against the value of the line.
    Goods,
    /// Neither.
    Service,
    /// Money for goods that the customer keeps: what was paid, less the basis.
    PriceDifference,
}

impl RemedyKind {
    /// Whether money is given for it.
    pub fn is_money(&self) -> bool {
        matches!(self, Self::Money | Self::MoneyTo(_) | Self::PriceDifference)
    }

    /// Whether the goods come back, at what they are worth.
    pub fn takes_back(&self) -> bool {
        matches!(self, Self::Money | Self::MoneyTo(_) | Self::Goods)
    }
}

/// A remedy. Its place in [`Schema::remedies`] is also its word in the domain of `wants`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Its name.
    pub name: String,
    /// What it gives.
    pub kind: RemedyKind,
    /// It is not told of to customers who want something else.
    pub only_if_asked: bool,
}

/// A role; its place in [`Schema::roles`] is also its word in the domain of `clerk.role`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// The role just below, whose authority it has too.
    pub above: Option<u16>,
    /// Roles that stand below it on a ladder.
    pub over: Vec<u16>,
}

/// The facts, words, lists and seasons of a policy, in all its versions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    /// All facts: those of the language first, in the order of [`builtin`].
    pub facts: Vec<Fact>,
    /// The lists of words.
    pub domains: Vec<Domain>,
    /// The texts of the policy.
    pub texts: Vec<String>,
    /// The category tests.
    pub categories: Vec<CategorySet>,
    /// The seasons.
    pub seasons: Vec<Season>,
    /// The remedies.
    pub remedies: Vec<Remedy>,
    /// The roles.
    pub roles: Vec<Role>,
    /// Roles of which a condition asks whether they are on duty, each with the fact that says so.
    pub on_duty: Vec<(u16, FactId)>,
}

impl Schema {
    /// The fact of a name.
    pub fn fact_named(&self, name: &str) -> Option<FactId> {
        self.facts.iter().position(|f| f.name == name).and_then(|i| u16::try_from(i).ok()).map(FactId)
    }
    /// The fact of an id made from this schema.
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(usize::from(id.0))
    }
    /// The words of a domain made from this schema.
    pub fn domain(&self, id: DomainId) -> Option<&Domain> {
        self.domains.get(usize::from(id.0))
    }
    /// How many facts a scope has.
    pub fn slots(&self, scope: Scope) -> usize {
        self.facts.iter().filter(|f| f.scope == scope).count()
    }
    /// The name of a remedy.
    pub fn remedy(&self, at: u16) -> &str {
        self.remedies.get(usize::from(at)).map_or("", |r| r.name.as_str())
    }
    /// Whether customers who want something else are not told of a remedy.
    pub fn only_if_asked(&self, at: u16) -> bool {
        self.remedies.get(usize::from(at)).is_some_and(|r| r.only_if_asked)
    }
    /// The name of a role.
    pub fn role(&self, at: u16) -> &str {
        self.roles.get(usize::from(at)).map_or("", |r| r.name.as_str())
    }
    /// The name of a tender.
    pub fn tender(&self, at: u16) -> &str {
        self.domain(domain::TENDERS).map_or("", |d| d.word(at))
    }
    /// Whether a role has the authority of another: it is that role, or above it.
    pub fn may_act_as(&self, role: u16, needed: u16) -> bool {
        if role == needed {
            return true;
        }
        let (mut seen, mut open) = (vec![role], vec![role]);
        while let Some(at) = open.pop() {
            if at == needed {
                return true;
            }
            let below = self.roles.get(usize::from(at));
            for role in below.into_iter().flat_map(|role| role.above.iter().chain(&role.over)) {
                if !seen.contains(role) {
                    seen.push(*role);
                    open.push(*role);
                }
            }
        }
        false
    }
    /// Whether a fact says that somebody is on duty: requests tell that by a list, not among the facts.
    pub fn is_on_duty(&self, fact: &Fact) -> bool {
        self.on_duty.iter().any(|(_, id)| self.fact(*id) == Some(fact))
    }
    /// The fact that somebody with the authority of a role is on duty; added when nothing asked for it before.
    pub fn on_duty(&mut self, role: u16) -> FactId {
        if let Some((_, fact)) = self.on_duty.iter().find(|(known, _)| *known == role) {
            return *fact;
        }
        let fact = self.add_fact(Fact {
            name: format!("{} on duty", self.role(role)),
            question: None,
            ty: Type::YesNo,
            scope: Scope::Visit,
            stage: Stage::Facts,
            slot: 0,
            otherwise: None,
            changeable: true,
            fresh: None,
        });
        self.on_duty.push((role, fact));
        fact
    }
}

/// The lists of words that every policy has.
pub mod domain {
    use super::DomainId;
    #[expect(missing_docs, reason = "named after what they list")]
    pub const TENDERS: DomainId = DomainId(0);
    #[expect(missing_docs, reason = "named after what they list")]
    pub const REASONS: DomainId = DomainId(1);
    #[expect(missing_docs, reason = "named after what they list")]
    pub const CONDITIONS: DomainId = DomainId(2);
    #[expect(missing_docs, reason = "named after what they list")]
    pub const PROOFS: DomainId = DomainId(3);
    #[expect(missing_docs, reason = "named after what they list")]
    pub const CHANNELS: DomainId = DomainId(4);
    /// Same words, same places as the remedies.
    pub const REMEDIES: DomainId = DomainId(5);
    /// Same words, same places as the roles.
    pub const ROLES: DomainId = DomainId(6);
    /// Who brings the goods.
    pub const BRINGERS: DomainId = DomainId(7);

    /// The standard words of each list, in the order of their ids.
    pub const STANDARD: &[(DomainId, &[&str])] = &[
        (
            TENDERS,
            &[
                "cash",
                "check",
                "credit",
                "debit",
                "gift card",
                "store credit",
                "voucher",
                "paypal",
                "wallet",
                "financing",
            ],
        ),
        (
            REASONS,
            &[
                "changed mind",
                "defective",
                "damaged",
                "wrong item",
                "wrong size",
                "missing parts",
                "late delivery",
                "unwanted gift",
                "other",
            ],
        ),
        (CONDITIONS, &["sealed", "opened", "used", "damaged"]),
        (PROOFS, &["receipt", "e-receipt", "look-up", "gift receipt", "packing slip", "none"]),
        (CHANNELS, &["store", "online", "phone", "door"]),
        (REMEDIES, &["refund", "store credit", "exchange", "repair", "replacement"]),
        (ROLES, &["clerk", "supervisor", "manager", "director"]),
        (BRINGERS, &["buyer", "recipient", "other"]),
    ];
}

/// The facts that every policy has; each constant is the fact's id.
pub mod builtin {
    use super::{FactId, Scope, Stage, Type, domain};

    macro_rules! builtins {
        ($($id:ident $name:literal $ty:expr, $scope:ident, $stage:ident $(, $change:ident)?;)+) => {
            #[derive(Clone, Copy)]
            #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "only numbers the constants below")]
            enum Number { $($id),+ }
            $(#[doc = concat!("`", $name, "`")] pub const $id: FactId = FactId(Number::$id as u16);)+
            /// Name, type, scope, stage and whether the customer can still change it, in the order of the ids.
            pub const ALL: &[(&str, Type, Scope, Stage, bool)] =
                &[$(($name, $ty, Scope::$scope, Stage::$stage, builtins!(@ $($change)?))),+];
        };
        (@) => { false };
        (@ changeable) => { true };
    }
    builtins! {
        CHANNEL "channel" Type::Word(domain::CHANNELS), Visit, Facts, changeable;
        BY "visit.by" Type::Word(domain::BRINGERS), Visit, Facts;
        VISIT_STORE "visit.store" Type::Text, Visit, Facts, changeable;
        VISIT_COUNTRY "visit.country" Type::Text, Visit, Facts;
        VISIT_STATE "visit.state" Type::Text, Visit, Facts;
        VISIT_LABELS "visit.labels" Type::WholeNumber, Visit, Facts;
        CLERK_ROLE "clerk.role" Type::Word(domain::ROLES), Visit, Facts;
        REFUND_TO_TENDER "refund_to.tender" Type::Word(domain::TENDERS), Visit, Facts, changeable;
        REFUND_TO_ID "refund_to.id" Type::Text, Visit, Facts;
        PAY_WITH_TENDER "pay_with.tender" Type::Word(domain::TENDERS), Visit, Facts;
        PAY_WITH_ID "pay_with.id" Type::Text, Visit, Facts;
        REQUESTED "requested" Type::Date, Visit, Facts;
        VISIT_REFUND "visit.refund" Type::Money, Visit, Totals;
        VISIT_CREDIT "visit.credit" Type::Money, Visit, Totals;
        VISIT_TO_PAY "visit.to_pay" Type::Money, Visit, Totals;
        VISIT_UNCOVERED "visit.uncovered" Type::Money, Visit, Totals;
        SALE_CHANNEL "sale.channel" Type::Word(domain::CHANNELS), Sale, Facts;
        SALE_STORE "sale.store" Type::Text, Sale, Facts;
        SALE_COUNTRY "sale.country" Type::Text, Sale, Facts;
        SALE_STATE "sale.state" Type::Text, Sale, Facts;
        SALE_SELLER "sale.seller" Type::Text, Sale, Facts;
        SALE_TAX_EXEMPT "sale.tax_exempt" Type::YesNo, Sale, Facts;
        SALE_WHOLE "sale.whole" Type::YesNo, Sale, Facts;
        SALE_TOTAL "sale.total" Type::Money, Sale, Facts;
        SOLD "sold" Type::Date, Sale, Facts;
        ORDERED "ordered" Type::Date, Sale, Facts;
        INVOICED "invoiced" Type::Date, Line, Facts;
        SHIPPED "shipped" Type::Date, Line, Facts;
        RECEIVED "received" Type::Date, Line, Facts;
        INSTALLED "installed" Type::Date, Line, Facts;
        ACTIVATED "activated" Type::Date, Line, Facts;
        ITEM_SKU "item.sku" Type::Text, Line, Facts;
        ITEM_PRODUCT "item.product" Type::Text, Line, Facts;
        ITEM_BRAND "item.brand" Type::Text, Line, Facts;
        ITEM_PRICE "item.price" Type::Money, Line, Facts;
        ITEM_LIST_PRICE "item.list_price" Type::Money, Line, Facts;
        ITEM_CURRENT_PRICE "item.current_price" Type::Money, Line, Facts;
        ITEM_QUANTITY "item.quantity" Type::WholeNumber, Line, Facts;
        ITEM_FINAL_SALE "item.final_sale" Type::YesNo, Line, Facts;
        ITEM_HAS_SALE "item.has_sale" Type::YesNo, Sale, Facts;
        CONDITION "condition" Type::Word(domain::CONDITIONS), Line, Facts, changeable;
        REASON "reason" Type::Word(domain::REASONS), Line, Facts;
        PROOF "proof" Type::Word(domain::PROOFS), Line, Facts, changeable;
        WANTS "wants" Type::Word(domain::REMEDIES), Line, Facts, changeable;
        NEW_SKU "new.sku" Type::Text, Line, Facts;
        NEW_PRODUCT "new.product" Type::Text, Line, Facts;
        NEW_PRICE "new.price" Type::Money, Line, Facts;
        NEW_AVAILABLE "new.available" Type::YesNo, Line, Facts;
        NEW_GIVEN "new.given" Type::YesNo, Line, Facts;
        ITEM_REFUND "item.refund" Type::Money, Line, Amounts;
        TENDER "tender" Type::Word(domain::TENDERS), Tender, Tenders;
        TENDER_ID "tender.id" Type::Text, Tender, Tenders;
        TENDER_AMOUNT "tender.amount" Type::Money, Tender, Tenders;
        TENDER_PAID "tender.paid" Type::Money, Tender, Tenders;
    }
}

impl Schema {
    /// The schema of a policy that declares nothing.
    pub fn standard() -> Self {
        let mut schema = Self::default();
        for (_, words) in domain::STANDARD {
            schema.domains.push(Domain { words: words.iter().map(|w| (*w).to_owned()).collect() });
        }
        let store_credit = schema.domain(domain::TENDERS).and_then(|d| d.find("store credit")).unwrap_or(0);
        schema.remedies = vec![
            Remedy { name: "refund".to_owned(), kind: RemedyKind::Money, only_if_asked: false },
            Remedy { name: "store credit".to_owned(), kind: RemedyKind::MoneyTo(store_credit), only_if_asked: false },
            Remedy { name: "exchange".to_owned(), kind: RemedyKind::Goods, only_if_asked: false },
            Remedy { name: "repair".to_owned(), kind: RemedyKind::Service, only_if_asked: false },
            Remedy { name: "replacement".to_owned(), kind: RemedyKind::Goods, only_if_asked: false },
        ];
        let chain = [None, Some(0), Some(1), Some(2)];
        schema.roles = ["clerk", "supervisor", "manager", "director"]
            .iter()
            .zip(chain)
            .map(|(name, above)| Role { name: (*name).to_owned(), above, over: Vec::new() })
            .collect();
        for (name, ty, scope, stage, changeable) in builtin::ALL {
            // Of goods without a sale no fact of one is told.
            let no_sale = *name == "item.has_sale";
            schema.add_fact(Fact {
                name: (*name).to_owned(),
                question: None,
                ty: *ty,
                scope: *scope,
                stage: *stage,
                slot: 0,
                otherwise: no_sale.then_some(Value::Bool(false)),
                changeable: *changeable,
                fresh: None,
            });
        }
        schema
    }

    /// Adds a fact and gives it its place in its scope.
    pub fn add_fact(&mut self, mut fact: Fact) -> FactId {
        fact.slot = u16::try_from(self.slots(fact.scope)).unwrap_or(u16::MAX);
        self.facts.push(fact);
        FactId(u16::try_from(self.facts.len() - 1).unwrap_or(u16::MAX))
    }

    /// The id of a text, which is added when it is new.
    pub fn text(&mut self, text: &str) -> TextId {
        let at = self.texts.iter().position(|t| t == text).unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        });
        TextId(u32::try_from(at).unwrap_or(u32::MAX))
    }
}

/// A comparison of a number with a constant.
pub use crate::terms::{Clock, Order};

/// A checked condition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cond {
    /// Always true.
    Always,
    /// All of them.
    All(Vec<Cond>),
    /// Any of them.
    Any(Vec<Cond>),
    /// The opposite; unknown stays unknown.
    Not(Box<Cond>),
    /// The item is in these categories.
    Category(CategoryId),
    /// A yes/no fact is yes.
    Yes(FactId),
    /// A word fact is one of these.
    Word(FactId, Vec<u16>),
    /// A text fact is one of these.
    Text(FactId, Vec<TextId>),
    /// A number or money fact compared with a constant.
    Number(FactId, Order, Decimal),
    /// Whole days from a date fact to the request, compared.
    DaysSince(FactId, Order, Decimal),
    /// A date fact falls into a season.
    Season(FactId, SeasonId),
    /// A date fact lies in a range, both ends included.
    Dates(FactId, Option<NaiveDate>, Option<NaiveDate>),
    /// Two facts have the same value.
    Same(FactId, FactId),
    /// Two numbers or amounts compared.
    Compared(FactId, Order, FactId),
    /// A text fact is in a list fact.
    InFact(FactId, FactId),
    /// It holds for any tender of the sale.
    AnyTender(Box<Cond>),
    /// It holds for any line of the visit.
    AnyLine(Box<Cond>),
    /// It holds for every line of the visit.
    EveryLine(Box<Cond>),
    /// The number of lines for which it holds, compared.
    LineCount(Box<Cond>, Order, Decimal),
    /// The values of the lines for which it holds, together, compared.
    RefundTotal(Box<Cond>, Order, Decimal),
}

/// The fact of a clock.
pub fn clock_fact(clock: Clock) -> FactId {
    match clock {
        Clock::Sold => builtin::SOLD,
        Clock::Ordered => builtin::ORDERED,
        Clock::Invoiced => builtin::INVOICED,
        Clock::Shipped => builtin::SHIPPED,
        Clock::Received | Clock::FirstParcel | Clock::WholeOrder => builtin::RECEIVED,
        Clock::Installed => builtin::INSTALLED,
        Clock::Activated => builtin::ACTIVATED,
    }
}

/// Whether a comparison holds.
pub fn compare(left: Decimal, order: Order, right: Decimal) -> bool {
    match order {
        Order::AtLeast => left >= right,
        Order::AtMost => left <= right,
        Order::Over => left > right,
        Order::Under => left < right,
        Order::Exactly => left == right,
    }
}
