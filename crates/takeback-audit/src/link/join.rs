//! The returns of a part joined with the sale lines of the part.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Decimal128Array, Int64Array, StringArray, UInt64Array};
use arrow::compute::{take, take_record_batch};
use arrow::datatypes::{DataType, Decimal128Type, Field, Int64Type, Schema};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::units::{Candidate, Share, share};
use super::{Linked, at, lists, pieces, time};
use crate::columns::{EARLIER, Kind, Link, REST, SALE};
use crate::mapping::number::SCALE;
use crate::mapping::{LinkBy, Linking, Missing, Price};
use crate::spread::text_column;

/// Units of a return that are of one sale line, or of none: one case.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) of_return: usize,
    pub(super) sale: Option<usize>,
    link: Link,
    pub(super) units: i64,
}

impl Piece {
    /// All units of a return, of no sale.
    fn alone(of_return: usize, units: i64, link: Link) -> Self {
        Self { of_return, sale: None, link, units }
    }
}

pub(super) fn join(
    returns: &RecordBatch,
    sales: Option<&RecordBatch>,
    link: Linking,
    rest: bool,
) -> Result<(RecordBatch, Linked), ArrowError> {
    let sales = sales.map(numbered).transpose()?;
    let join = Join { returns: Lines::of(returns), sales: sales.as_ref().map(Lines::of), link };
    let mut pieces = Vec::with_capacity(returns.num_rows());
    join.all(&mut pieces);
    part_crowds(&join.returns, sales.as_ref(), &mut pieces, link.by);
    let mut linked = Linked { cases: pieces.len() as u64, ..Linked::default() };
    let mut last = None;
    for piece in &pieces {
        if last != Some(piece.of_return) {
            linked.count(piece.link);
        }
        last = Some(piece.of_return);
    }
    Ok((cases(returns, sales.as_ref(), &pieces, (link.by, rest))?, linked))
}

/// Sale lines that are not numbered in their source are numbered by where they stand in it.
fn numbered(sales: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    if sales.column_by_name("line").is_some() {
        return Ok(sales.clone());
    }
    let numbers = match sales.column_by_name("row") {
        Some(rows) => arrow::compute::cast(rows, &DataType::Utf8)?,
        None => return Ok(sales.clone()),
    };
    let fields = sales
        .schema()
        .fields()
        .iter()
        .cloned()
        .chain([Arc::new(Field::new("line", DataType::Utf8, true))])
        .collect::<Vec<_>>();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), sales.columns().iter().cloned().chain([numbers]).collect())
}

/// The columns of a batch that joining looks at.
struct Lines<'b> {
    rows: usize,
    sale: Option<&'b StringArray>,
    line: Option<&'b StringArray>,
    customer: Option<&'b StringArray>,
    sku: Option<&'b StringArray>,
    visit: Option<&'b StringArray>,
    source: Option<&'b StringArray>,
    return_line: Option<&'b StringArray>,
    done: Option<&'b StringArray>,
    /// The sale that a return carries with it.
    carried: Option<&'b StringArray>,
    row: Option<&'b Int64Array>,
    quantity: Option<&'b Int64Array>,
    price: [Option<&'b Decimal128Array>; 2],
    unit_price: Option<&'b Decimal128Array>,
    times: Vec<Option<i64>>,
}

impl<'b> Lines<'b> {
    fn of(batch: &'b RecordBatch) -> Self {
        let text = |name: &str| text_column(batch, name);
        let whole = |name: &str| batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<Int64Type>());
        let money =
            |name: &str| batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<Decimal128Type>());
        let (when, late) = if text("at").is_some() { (text("at"), true) } else { (text("sold"), false) };
        Self {
            rows: batch.num_rows(),
            sale: text("sale"),
            line: text("line"),
            customer: text("customer"),
            sku: text("sku"),
            visit: text("visit"),
            source: text("source"),
            return_line: text("return_line"),
            done: text("done"),
            carried: text("sale.sale"),
            row: whole("row"),
            quantity: whole("quantity"),
            price: [money("refund_goods").or(money("paid")), money("refund")],
            unit_price: money("unit_price"),
            times: (0..batch.num_rows()).map(|row| at(when, row).and_then(|text| time(text, late))).collect(),
        }
    }

    /// The units of a row; where they are not known one, and there are no fewer.
    fn quantity(&self, row: usize) -> i64 {
        self.quantity.filter(|column| !column.is_null(row)).map_or(1, |column| column.value(row))
    }

    /// Whether the units of a row are known: they are one where the source has no column for them.
    fn is_counted(&self, row: usize) -> bool {
        self.quantity.is_none_or(|column| !column.is_null(row))
    }

    fn is_dated(&self, row: usize) -> bool {
        self.times.get(row).copied().flatten().is_some()
    }

    /// What all units cost or brought together.
    fn price(&self, row: usize) -> Option<i128> {
        let told = self.price.iter().flatten().find(|column| !column.is_null(row)).map(|column| column.value(row));
        let unit = || self.unit_price.filter(|column| !column.is_null(row)).map(|column| column.value(row));
        told.or_else(|| unit()?.checked_mul(i128::from(self.quantity(row))))
    }

    /// The order of time; what stands first in its source where that is the same.
    fn order(&self, row: usize) -> impl Ord + use<'b> {
        let number = self.row.map(|column| column.value(row));
        let (visit, line) = (at(self.visit, row), at(self.return_line, row));
        (
            self.times.get(row).copied().flatten(),
            visit,
            line,
            at(self.sale, row),
            at(self.line, row),
            at(self.source, row),
            number,
        )
    }

    fn declined(&self, row: usize) -> bool {
        at(self.done, row) == Some("declined")
    }
}

/// Returns times what they are held against, under one number of a sale, or of one customer and article.
const MOST: usize = 4_000_000;

/// Whether so many returns under one number, with so many lines that were sold under it, are too many for one sale: the number stands for *no
/// number*, as `0` does. Every return would be held against every other.
fn is_crowded(returns: usize, lines: usize) -> bool {
    returns.saturating_mul(returns.max(lines)) > MOST
}

const HALF_A_HUNDREDTH: i128 = 10_i128.pow(SCALE - 2) / 2;

struct Join<'b> {
    returns: Lines<'b>,
    sales: Option<Lines<'b>>,
    link: Linking,
}

type Key<'b> = (&'b str, Option<&'b str>);

impl<'b> Join<'b> {
    /// The pieces of all returns, those of one return together.
    fn all(&self, pieces: &mut Vec<Piece>) {
        let (mut sold, mut back): (BTreeMap<Key<'_>, Vec<usize>>, BTreeMap<Key<'_>, Vec<usize>>) = Default::default();
        if let Some(sales) = &self.sales {
            for row in 0..sales.rows {
                if let Some(key) = self.key(sales, row) {
                    sold.entry(key).or_default().push(row);
                }
            }
        }
        for row in 0..self.returns.rows {
            match self.key(&self.returns, row) {
                Some(key) => back.entry(key).or_default().push(row),
                None => pieces.push(Piece::alone(row, self.returns.quantity(row), self.carried(row))),
            }
        }
        for (key, mut rows) in back {
            rows.sort_by_cached_key(|row| self.returns.order(*row));
            let mut lines = sold.remove(&key).unwrap_or_default();
            if let Some(sales) = &self.sales {
                lines.sort_by_cached_key(|row| sales.order(*row));
            }
            self.group(&rows, &lines, pieces);
        }
    }

    fn key(&self, lines: &Lines<'b>, row: usize) -> Option<Key<'b>> {
        match self.link.by {
            LinkBy::ReceiptAndLine | LinkBy::ReceiptAndSku => Some((at(lines.sale, row)?, None)),
            LinkBy::CustomerAndSku => Some((at(lines.customer, row)?, Some(at(lines.sku, row)?))),
            LinkBy::Joined | LinkBy::Nothing => None,
        }
    }

    /// Of a return that has no key: whether it carries its sale.
    fn carried(&self, row: usize) -> Link {
        if at(self.returns.carried, row).is_some() { Link::Receipt } else { Link::None }
    }

    /// Returns with a key in the order of time, with the sale lines that have it.
    fn group(&self, rows: &[usize], lines: &[usize], pieces: &mut Vec<Piece>) {
        let Some(sales) = &self.sales else { return };
        if is_crowded(rows.len(), lines.len()) {
            pieces.extend(rows.iter().map(|row| Piece::alone(*row, self.returns.quantity(*row), Link::Ambiguous)));
            return;
        }
        let mut left: HashMap<usize, i64> = lines.iter().map(|line| (*line, sales.quantity(*line))).collect();
        let mut unsure = lines.iter().any(|line| !sales.is_counted(*line));
        for row in rows.iter().copied() {
            let quantity = self.returns.quantity(row);
            let (shares, mut link) = self.shares(row, quantity, lines, &left);
            // By article it hangs on units and days which of several lines it is.
            unsure |= !self.returns.is_counted(row) || !self.returns.is_dated(row);
            if unsure && self.link.by != LinkBy::ReceiptAndLine && self.fitting(row, lines) > 1 {
                link = Link::Ambiguous;
            }
            if shares.is_empty() {
                pieces.push(Piece::alone(row, quantity, link));
                continue;
            }
            for share in shares {
                // What came back nobody knows when may have come after all others.
                let uses_up = !self.returns.declined(row) && self.returns.is_dated(row);
                if let Some(left) = left.get_mut(&share.sale).filter(|_| uses_up) {
                    *left -= share.units;
                }
                pieces.push(Piece { of_return: row, sale: Some(share.sale), link, units: share.units });
            }
        }
    }

    /// How many lines have the article of a return.
    fn fitting(&self, row: usize, lines: &[usize]) -> usize {
        let Some(sales) = &self.sales else { return 0 };
        let (sku, time) = (at(self.returns.sku, row), self.returns.times.get(row).copied().flatten());
        // What was bought later is not what came back.
        let later =
            |line: usize| sales.times.get(line).copied().flatten().zip(time).is_some_and(|(sold, at)| sold > at);
        lines.iter().filter(|line| at(sales.sku, **line) == sku && !later(**line)).count()
    }

    /// How a return is linked whose sale is not there.
    fn without(&self) -> Link {
        match self.link.missing {
            Missing::Unlinked => Link::MissingSale,
            Missing::WithoutSale => Link::None,
        }
    }

    /// The lines that the units of a return are of.
    fn shares(&self, row: usize, quantity: i64, lines: &[usize], left: &HashMap<usize, i64>) -> (Vec<Share>, Link) {
        let Some(sales) = &self.sales else { return (Vec::new(), self.without()) };
        let candidate = |sale: usize| Candidate {
            sale,
            left: left.get(&sale).copied().unwrap_or(0).max(0),
            same_price: self.same_price(row, sale),
        };
        if self.link.by == LinkBy::ReceiptAndLine {
            let line = at(self.returns.line, row);
            if line.is_none() {
                return (Vec::new(), Link::None);
            }
            let mut fitting = lines.iter().copied().filter(|sale| at(sales.line, *sale) == line);
            return match (fitting.next(), fitting.next()) {
                (Some(sale), None) => (vec![Share { sale, units: quantity }], Link::Receipt),
                (Some(sale), Some(_)) => (vec![Share { sale, units: quantity }], Link::Ambiguous),
                (None, _) => (Vec::new(), self.without()),
            };
        }
        let sku = at(self.returns.sku, row);
        if sku.is_none() {
            return (Vec::new(), Link::None);
        }
        let time = self.returns.times.get(row).copied().flatten();
        let by_receipt = self.link.by == LinkBy::ReceiptAndSku;
        let fits = |sale: &usize| match by_receipt {
            true => at(sales.sku, *sale) == sku,
            false => sales.times.get(*sale).copied().flatten() <= time,
        };
        let fitting: Vec<Candidate> = lines.iter().copied().filter(fits).map(candidate).collect();
        let shares = share(&fitting, quantity, self.link.price, self.link.order);
        let link = match (shares.is_empty(), by_receipt) {
            // Bought before or after: without a day nobody knows.
            (true, false) if time.is_none() && !lines.is_empty() => Link::Ambiguous,
            (true, _) => self.without(),
            (false, true) if self.doubtful(&fitting, quantity) => Link::Ambiguous,
            (false, true) => Link::Receipt,
            (false, false) => Link::Fifo,
        };
        (shares, link)
    }

    /// Whether lines of one receipt at different prices fit, and it is not said which of them comes back.
    fn doubtful(&self, fitting: &[Candidate], quantity: i64) -> bool {
        let Some(sales) = &self.sales else { return false };
        let price = |candidate: &Candidate| {
            let units = i128::from(sales.quantity(candidate.sale));
            sales.price(candidate.sale).map(|price| (price / units.max(1), price % units.max(1)))
        };
        let told = match self.link.price {
            Price::Any => false,
            Price::Same => true,
            Price::SameFirst => {
                fitting.iter().any(|candidate| candidate.left > 0 && candidate.same_price == Some(true))
            }
        };
        let open: Vec<&Candidate> = fitting.iter().filter(|candidate| candidate.left > 0).collect();
        let units: i64 = open.iter().map(|candidate| candidate.left).sum();
        !told
            && units > quantity
            && open.windows(2).any(|pair| pair.first().map(|one| price(one)) != pair.last().map(|other| price(other)))
    }

    /// Whether a unit brought what a unit of the line cost.
    fn same_price(&self, row: usize, sale: usize) -> Option<bool> {
        if self.link.price == Price::Any {
            return None;
        }
        let sales = self.sales.as_ref()?;
        let (sold, back) = (i128::from(sales.quantity(sale)), i128::from(self.returns.quantity(row)));
        let brought = self.returns.price(row)?.checked_mul(sold)?;
        let cost = sales.price(sale)?.checked_mul(back)?;
        // Either may have been rounded to a hundredth.
        Some(brought.checked_sub(cost)?.abs() <= HALF_A_HUNDREDTH * (sold.abs() + back.abs()))
    }
}

/// The joined cases of the pieces.
fn cases(
    returns: &RecordBatch,
    sales: Option<&RecordBatch>,
    pieces: &[Piece],
    (by, rest): (LinkBy, bool),
) -> Result<RecordBatch, ArrowError> {
    let in_order =
        pieces.len() == returns.num_rows() && pieces.iter().enumerate().all(|(row, piece)| piece.of_return == row);
    let back = if in_order {
        returns.clone()
    } else {
        let rows: UInt64Array = pieces.iter().map(|piece| piece.of_return as u64).collect();
        pieces::share_out(&take_record_batch(returns, &rows)?, pieces, sales)?
    };
    let mut fields: Vec<Arc<Field>> = back.schema().fields().iter().cloned().collect();
    let mut columns: Vec<ArrayRef> = back.columns().to_vec();
    let mut add = |name: &str, array: ArrayRef| {
        fields.push(Arc::new(Field::new(name, array.data_type().clone(), true)));
        columns.push(array);
    };
    if let Some(sales) = sales {
        let rows: UInt64Array = pieces.iter().map(|piece| piece.sale.map(|sale| sale as u64)).collect();
        for (field, column) in sales.schema().fields().iter().zip(sales.columns()) {
            add(&format!("{SALE}{}", field.name()), take(column, &rows, None)?);
        }
        if rest {
            add("sale.rest", Arc::new(rest_of(sales, pieces, by)?));
        }
    }
    let before = before(&back, sales, pieces, by);
    let links: StringArray = pieces.iter().map(|piece| Some(piece.link.word())).collect();
    add("link", Arc::new(links));
    let so_far = RecordBatch::try_new(Arc::new(Schema::new(fields.clone())), columns.clone())?;
    let of = |name: &str| if name == "line" { format!("{SALE}{name}") } else { name.to_owned() };
    let earlier = lists::gather(&so_far, EARLIER, of, &before)?;
    fields.push(Arc::new(Field::new("earlier", Kind::Earlier.arrow(), true)));
    columns.push(Arc::new(earlier));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

/// A sale, or where it has no name its line. Parts hold whole customers where these are what is linked by; sales of one name of different customers
/// are then different ones, in whatever part they are.
type SaleKey<'b> = (Result<&'b str, usize>, Option<&'b str>);

fn sale_key<'b>(sales: &'b RecordBatch, by: LinkBy) -> impl Fn(usize) -> SaleKey<'b> {
    let ids = text_column(sales, "sale");
    let customers = text_column(sales, "customer").filter(|_| by == LinkBy::CustomerAndSku);
    move |row| (at(ids, row).ok_or(row), at(customers, row))
}

/// Returns under a number that stands for no number are of one of several sales.
fn part_crowds(returns: &Lines<'_>, sales: Option<&RecordBatch>, pieces: &mut [Piece], by: LinkBy) {
    let key = sales.map(|sales| sale_key(sales, by));
    let of_sale = |piece: &Piece| match &key {
        Some(key) => piece.sale.map(key),
        None => at(returns.carried, piece.of_return).map(|sale| (Ok(sale), None)),
    };
    let mut counts: HashMap<SaleKey<'_>, (usize, usize)> = HashMap::new();
    for key in pieces.iter().filter_map(of_sale) {
        counts.entry(key).or_default().0 += 1;
    }
    for row in 0..sales.map_or(0, RecordBatch::num_rows) {
        if let Some((_, lines)) = key.as_ref().and_then(|key| counts.get_mut(&key(row))) {
            *lines += 1;
        }
    }
    counts.retain(|_, (returns, lines)| is_crowded(*returns, *lines));
    if !counts.is_empty() {
        for piece in pieces {
            if of_sale(piece).is_some_and(|key| counts.contains_key(&key)) {
                (piece.link, piece.sale) = (Link::Ambiguous, None);
            }
        }
    }
}

/// What came back before of the sale of each piece, in the order of time.
fn before(back: &RecordBatch, sales: Option<&RecordBatch>, pieces: &[Piece], by: LinkBy) -> Vec<Vec<usize>> {
    let lines = Lines::of(back);
    let key = sales.map(|sales| sale_key(sales, by));
    let of_sale = |(place, piece): (usize, &Piece)| match &key {
        Some(key) => piece.sale.map(key),
        None => at(lines.carried, place).filter(|_| piece.link == Link::Receipt).map(|sale| (Ok(sale), None)),
    };
    // In no order: a sale says nothing of another.
    let mut by_sale: HashMap<SaleKey<'_>, Vec<(usize, &Piece)>> = HashMap::new();
    for (place, piece) in pieces.iter().enumerate() {
        if let Some(key) = of_sale((place, piece)) {
            by_sale.entry(key).or_default().push((place, piece));
        }
    }
    let mut before = vec![Vec::new(); pieces.len()];
    for mut same in by_sale.into_values().filter(|same| same.len() > 1) {
        same.sort_by_cached_key(|(place, _)| lines.order(*place));
        for (number, (place, piece)) in same.iter().enumerate() {
            let visit = at(lines.visit, *place);
            let apart = |(other, of): &&(usize, &Piece)| {
                of.of_return != piece.of_return && (visit.is_none() || at(lines.visit, *other) != visit)
            };
            let done = same.iter().take(number).filter(|(other, _)| !lines.declined(*other)).filter(apart);
            if let Some(list) = before.get_mut(*place) {
                *list = done.map(|(other, _)| *other).collect();
            }
        }
    }
    before
}

/// The other lines of the sale of each piece.
fn rest_of(sales: &RecordBatch, pieces: &[Piece], by: LinkBy) -> Result<arrow::array::ListArray, ArrowError> {
    let key = sale_key(sales, by);
    let mut by_sale: HashMap<SaleKey<'_>, Vec<usize>> = HashMap::new();
    for row in 0..sales.num_rows() {
        by_sale.entry(key(row)).or_default().push(row);
    }
    let others = |piece: &Piece| {
        let Some(own) = piece.sale else { return Vec::new() };
        let all = by_sale.get(&key(own)).map(Vec::as_slice).unwrap_or_default();
        all.iter().copied().filter(|row| *row != own).collect()
    };
    let rest: Vec<Vec<usize>> = pieces.iter().map(others).collect();
    lists::gather(sales, REST, str::to_owned, &rest)
}
