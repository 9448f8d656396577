//! What a mapping says: which column of a source is which canonical column, how it is written there, and how a return finds its
//! sale. [`Mapping::read`] turns the text of a `mapping.toml` into one, or into all that is wrong with it.
//!
//! Reads no files, and knows no source: which columns a file has is seen when it is opened. What the rows say under a mapping is
//! for [`crate::map`]; the text is described in docs/reference/audit-mapping.md.

mod code;
mod column;
pub(crate) mod number;
mod problem;
mod text;
mod tree;
pub(crate) mod when;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use takeback::date::Zone;

use crate::columns::Kind;
use number::NumberFormat;
use when::WhenFormat;

pub use code::Code;
pub use problem::{Problem, ProblemJson, Problems, ProblemsJson};
pub(crate) use tree::{listed, near};

/// A mapping without anything wrong in it.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub(crate) name: String,
    pub(crate) text: String,
    /// None: there is no table `[sale]`, or it belongs to the rows of returns (`joined`).
    pub(crate) sale: Option<Table>,
    pub(crate) returns: Table,
    pub(crate) link: Linking,
}

impl Mapping {
    /// Reads the text of a mapping; `name` is what it is called in problems.
    pub fn read(name: &str, text: &str) -> Result<Self, Problems> {
        text::read(name, text)
    }

    /// How a return finds its sale.
    pub fn linking(&self) -> Linking {
        self.link
    }

    /// The name it was read under, and its text.
    pub fn text(&self) -> (&str, &str) {
        (&self.name, &self.text)
    }

    /// The declared facts that are told of sales, and those told of returns.
    pub fn facts(&self) -> (Vec<&str>, Vec<&str>) {
        let sale = match &self.sale {
            Some(table) => facts_of("facts.", table),
            None => facts_of("sale.facts.", &self.returns),
        };
        (sale, facts_of("facts.", &self.returns))
    }
}

fn facts_of<'a>(begins: &str, table: &'a Table) -> Vec<&'a str> {
    table.specs.iter().filter_map(|spec| spec.target.strip_prefix(begins)).collect()
}

/// How a return finds its sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linking {
    /// What they have in common.
    pub by: LinkBy,
    /// Which of several sale lines that fit, and whether at the same price.
    pub price: Price,
    /// Which of several comes first.
    pub order: Order,
    /// What is done with a return whose sale the data do not have.
    pub missing: Missing,
}

/// What is done with a return whose sale the data do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It is told, and not judged.
    Unlinked,
    /// It is judged as goods without a sale.
    WithoutSale,
}

/// What a return and its sale have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkBy {
    /// The numbers of sale and line.
    ReceiptAndLine,
    /// The number of the sale, and the article.
    ReceiptAndSku,
    /// The customer and the article.
    CustomerAndSku,
    /// The row: a return carries the columns of its sale line.
    Joined,
    /// Nothing.
    Nothing,
}

/// Whether a return and its sale have the same price of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// Prices are not looked at.
    Any,
    /// Only lines at the price of the return fit.
    Same,
    /// Lines at the price of the return come first, then the others.
    SameFirst,
}

/// Which of several sale lines that fit a return uses up first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The earliest.
    FirstOut,
    /// The latest before the return.
    LastOut,
}

/// How the rows of one kind are read and mapped.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) layout: Layout,
    /// All must hold; rows of which one does not are of no concern.
    pub(crate) when: Vec<Condition>,
    /// Rows that are left out, counted by reason.
    pub(crate) skip: Vec<Skip>,
    pub(crate) specs: Vec<Spec>,
    /// The columns of the source that are looked at; specs and conditions name them by place.
    pub(crate) slots: Vec<Slot>,
}

/// A column of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) name: String,
    /// Where the mapping names it first.
    pub(crate) span: Range<usize>,
}

/// How texts are laid out in rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) delimiter: u8,
    pub(crate) quote: Option<u8>,
    /// Lines above the first row: a title, the day of the export.
    pub(crate) title_lines: u32,
    /// Whether the first row names the columns; otherwise they are `1`, `2` and so on.
    pub(crate) header: bool,
    pub(crate) encoding: Encoding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Windows1252,
}

impl Default for Layout {
    fn default() -> Self {
        Self { delimiter: b',', quote: Some(b'"'), title_lines: 0, header: true, encoding: Encoding::Utf8 }
    }
}

/// What a row must say.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) slot: usize,
    pub(crate) test: Test,
    /// Whether the test must fail.
    pub(crate) not: bool,
    pub(crate) rules: Arc<Rules>,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    Among(Vec<String>),
    Begins(Vec<String>),
    Below(i128),
    Above(i128),
    Empty,
}

#[derive(Clone, Debug)]
pub(crate) struct Skip {
    pub(crate) all: Vec<Condition>,
    pub(crate) because: String,
}

/// One canonical column.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) target: String,
    pub(crate) kind: Kind,
    /// Whether it is a declared fact, which is told as a text, whatever it is.
    pub(crate) fact: bool,
    pub(crate) from: From,
    pub(crate) rules: Arc<Rules>,
    pub(crate) sign: Sign,
    /// The column that tells the zone of its times.
    pub(crate) zone: Option<usize>,
    pub(crate) required: bool,
    /// The words it may have, where the audit itself reads them.
    pub(crate) among: &'static [&'static str],
}

impl Spec {
    /// What its column holds.
    pub(crate) fn column(&self) -> Kind {
        if self.fact { Kind::Text } else { self.kind }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum From {
    Column(usize),
    /// Several texts, one after the other.
    Joined(Vec<usize>, String),
    /// The same in every row.
    Constant(String),
    /// Sums and differences.
    Sum {
        plus: Vec<usize>,
        minus: Vec<usize>,
    },
    /// A product, rounded half up to so many decimals.
    Product(Vec<usize>, Option<u32>),
    /// A column for each tender, and perhaps one that tells which card.
    ByTender(Vec<(String, usize, Option<usize>)>),
    /// A tender, how much, and which card.
    Tender {
        tender: usize,
        amount: usize,
        card: Option<usize>,
    },
    /// A role, and who.
    Role {
        role: usize,
        by: Option<usize>,
    },
    /// A column for each field of a form: whether it was collected.
    Fields(Vec<(String, usize)>),
}

/// What a sign before a number is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Minus is an error.
    Plus,
    /// The numbers are written negative; plus is an error.
    Minus,
    /// Either; it is left away.
    Either,
}

/// How values are written.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) null: Vec<String>,
    pub(crate) whens: Vec<WhenFormat>,
    pub(crate) zone: Option<ZoneOf>,
    pub(crate) number: NumberFormat,
    pub(crate) yes: Vec<String>,
    pub(crate) no: Vec<String>,
    pub(crate) codes: Option<Arc<Codes>>,
    /// What stands for a value that is not there, in canonical form.
    pub(crate) default: Option<String>,
    /// What stands between several texts in the source.
    pub(crate) split: Option<String>,
}

impl Default for Rules {
    fn default() -> Self {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Self {
            null: texts(&[""]),
            whens: vec![WhenFormat::Iso],
            zone: None,
            number: NumberFormat::default(),
            yes: texts(&["true", "yes", "y", "1"]),
            no: texts(&["false", "no", "n", "0"]),
            codes: None,
            default: None,
            split: None,
        }
    }
}

/// On which clocks times without an offset were told.
#[derive(Clone, Debug)]
pub(crate) enum ZoneOf {
    /// Those of this zone.
    All(Zone),
    /// Those of the zone that the row tells.
    Row(Arc<RowZone>),
}

/// A column that tells the time zone, or what has one: the store.
#[derive(Clone, Debug)]
pub(crate) struct RowZone {
    pub(crate) column: String,
    /// Where the mapping names it.
    pub(crate) span: Range<usize>,
    /// The zones of what stands there; none: the names of zones stand there.
    pub(crate) zones: Option<BTreeMap<String, Zone>>,
    /// Of rows where nothing stands.
    pub(crate) default: Option<Zone>,
}

/// What codes of a source mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Codes {
    pub(crate) words: BTreeMap<String, String>,
    pub(crate) other: Other,
}

/// What comes of a code that is not translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    Reject,
    Null,
    AsItIs,
}
