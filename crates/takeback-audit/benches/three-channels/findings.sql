-- What is wrong with the returns of `answers` (judge.sql), one row for each finding as the audit has them. `returns` also has the file of a return as
-- `source` and its place there as `row`. Each step is kept as a table, so that the source is read once and sorted once.

-- Whether it is the price of another number of units: of the fewest of which it may be, or of one more.
create or replace macro fewest(amount, paid, quantity) as greatest(((2 * amount - 1) * quantity + 2 * paid - 1) // nullif(2 * paid, 0), 1);
create or replace macro is_of(units, amount, paid, back, quantity) as
  units <= quantity and units <> back and share(paid, units, quantity) = amount;
create or replace macro of_other_units(amount, paid, back, quantity) as coalesce(
  is_of(fewest(amount, paid, quantity), amount, paid, back, quantity) or is_of(fewest(amount, paid, quantity) + 1, amount, paid, back, quantity), false);
-- Whether it is what the policy gives, tax and fee and all, for another number of units.
create or replace macro of_other_whole(amount, refund, back, quantity) as coalesce(
  amount > 0 and (amount * back) % nullif(refund, 0) = 0 and (amount * back) // nullif(refund, 0) <= quantity, false);
-- What of a part stands for money: what goes the same way as the whole, as far as some of that is left.
create or replace macro stake(part, whole, before) as if(sign(part) = sign(whole), least(abs(part), abs(whole) - before), 0);

create or replace temp table judged_returns as
select source, row, channel, order_no, item_id, coalesce(return_customer_id, sale_customer_id) as customer, site_id, return_date, category, kind, by_post,
  return_quantity, quantity, cents(net_paid) as paid, goods, tax, cents(return_amount) as goods_given, cents(return_tax) as tax_given, given, elsewhere,
  if(by_post, cents(reversed_charge), cents(refunded_cash)) as in_place,
  answer < 0 as open, answer >= 2000000000000 as referred, if(answer < 0, null, answer % 1000000000000) as refund, answer = 0 as declined
from answers;

-- Of those to whom something is given: by how much it differs, part by part, and why.
create or replace temp table parts as
with differing as (
  select *, coalesce(given - refund, 0) as off,
    if(off <> 0, coalesce(goods_given - goods, 0), 0) as goods_off,
    if(off <> 0, coalesce(tax_given - tax, 0), 0) as tax_off,
    off - goods_off - tax_off as rest_off,
    if(refund > 0 and elsewhere > 0, elsewhere, 0) as moved
  from judged_returns where not open and not declined
    -- Where nothing was given it waits for somebody.
    and not (referred and given is not distinct from 0)
), reasoned as (
  select *,
    if(goods_off <> 0 and of_other_units(goods + goods_off, paid, return_quantity, quantity), 'quantity', 'price basis') as goods_cause,
    rest_off <> 0 and rest_off = goods + tax - refund as is_fee,
    rest_off <> 0 and tax_given is null and rest_off = -tax as is_tax,
    rest_off <> 0 and goods_given is null and (of_other_units(goods + rest_off, paid, return_quantity, quantity)
      or of_other_whole(refund + rest_off, refund, return_quantity, quantity)) as is_quantity,
    stake(goods_off, off, 0) as goods_stake,
    stake(tax_off, off, goods_stake) as tax_stake,
    stake(rest_off, off, goods_stake + tax_stake) as rest_stake,
    -- The findings of a return share its money.
    greatest(refund, coalesce(given, 0), moved) - goods_stake - tax_stake - rest_stake as left_over,
    least(if(in_place is null, 0, least(moved, greatest(refund - in_place, 0))), left_over) as moved_stake
  from differing
)
select *,
  case
    when is_fee::int + is_tax::int + is_quantity::int <> 1 then 'unexplained'
    when is_fee then 'fee'
    when is_tax then 'tax'
    else 'quantity'
  end as rest_cause,
  least(refund, coalesce(given, refund), left_over - moved_stake) as approval_stake
from reasoned;

-- Kinds are numbered in the order in which the findings of a return are told.
create or replace macro of_amount(off) as if(off > 0, 2, 3);
create or replace temp table found as
select source, row, channel, order_no, item_id, customer, site_id, return_date, 6 as number, 'missing fact' as cause, null as clause,
  null as expected, given as actual, null as difference, 0 as at_stake
from judged_returns where open
union all
select source, row, channel, order_no, item_id, customer, site_id, return_date, 1,
  if(category = 'Jewelry' and kind = 'one of a kind', 'remedy', 'window'),
  case
    when category = 'Jewelry' and kind = 'one of a kind' then 'everything/jewelry/one-of-a-kind'
    when category = 'Jewelry' then 'everything; everything/jewelry'
    when category = 'Electronics' and by_post then 'everything; everything/electronics/sent'
    when category = 'Electronics' then 'everything; everything/electronics'
    when by_post then 'everything'
    else 'everything; shops'
  end,
  0, given, given, coalesce(given, 0)
from judged_returns where declined and given is distinct from 0
union all
select source, row, channel, order_no, item_id, customer, site_id, return_date, of_amount(goods_off), goods_cause, 'everything',
  refund, given, goods_off, goods_stake
from parts where goods_off <> 0
union all
select source, row, channel, order_no, item_id, customer, site_id, return_date, of_amount(tax_off), 'tax', 'everything',
  refund, given, tax_off, tax_stake
from parts where tax_off <> 0
union all
select source, row, channel, order_no, item_id, customer, site_id, return_date, of_amount(rest_off), rest_cause,
  if(rest_cause <> 'fee', 'everything', if(category = 'Electronics', 'everything/electronics', 'everything/jewelry/loose-stones')),
  refund, given, rest_off, rest_stake
from parts where rest_off <> 0
union all
select source, row, channel, order_no, item_id, customer, site_id, return_date, 4, 'tender', if(by_post, 'everything', 'shops'),
  0, moved, moved, moved_stake
from parts where moved > 0
union all
select source, row, channel, order_no, item_id, customer, site_id, return_date, 5, 'approval', 'large-refund',
  refund, given, null, approval_stake
from parts where referred
union all
select source, row, channel, order_no, item_id, customer, site_id, return_date, 6, 'missing fact', null,
  refund, null, null, 0
from parts where given is null
order by return_date nulls last, row, number, clause, cause;

create or replace macro money(cents) as cast(cents as decimal(15, 0)) * 0.01;
create or replace view written as
select rowid + 1 as finding,
  case number
    when 1 then 'refunded though declined' when 2 then 'refunded too much' when 3 then 'refunded too little' when 4 then 'wrong tender'
    when 5 then 'approval missing' else 'cannot be judged'
  end as kind,
  case when number <= 3 then 'high' when number <= 5 then 'medium' else 'low' end as severity,
  channel || '/' || order_no as sale, item_id as line, customer, site_id as store, return_date as at,
  money(expected) as expected, money(actual) as actual, money(difference) as difference, money(at_stake) as at_stake,
  cause, clause, cast(null as varchar) as citation, source, row
from found;
