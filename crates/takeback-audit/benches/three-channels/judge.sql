-- The policy of this folder as SQL for DuckDB: for every row of `returns` (the flat table of TPC-DS returns) what should have been given back, beside
-- what was. Amounts are whole cents, so that every division and rounding is one of integers. Where something is not known, every value it may
-- have is tried, and the answers have to agree.

create or replace macro cents(amount) as cast(amount * 100 as bigint);
create or replace macro share(amount, part, whole) as (2 * amount * part + whole) // (2 * whole);
create or replace macro agreed(a, b) as if(a = b, a, -1);

-- One number for one answer: -1 not known, 0 declined, and what is given back, with 10^12 for accepted or 2 * 10^12 for referred before it.
create or replace macro answer(days, most_days, refund, approved_up_to) as
  case
    when days is null then -1
    when days < 0 or days > most_days then 0
    when refund is null then -1
    else refund + if(refund > approved_up_to, 2000000000000, 1000000000000)
  end;
create or replace macro electronics(faulty, by_post, days, goods, tax, approved_up_to) as
  answer(days, if(by_post, 45, 30), if(faulty, goods, goods - least((goods * 30 + 100) // 200, 7500)) + tax, approved_up_to);
create or replace macro jewelry(kind, days, goods, tax, approved_up_to) as
  if(kind = 'one of a kind', 0,
    answer(days, 30, if(kind = 'loose stones', goods - least(goods, 2000), goods) + tax, approved_up_to));
create or replace macro other(by_post, shop_days, days, goods, tax, approved_up_to) as
  answer(days, if(by_post, 120, shop_days), goods + tax, approved_up_to);

-- As above, of what may not be known.
create or replace macro some_electronics(faulty, by_post, days, goods, tax, approved_up_to) as
  if(faulty is null,
    agreed(electronics(true, by_post, days, goods, tax, approved_up_to), electronics(false, by_post, days, goods, tax, approved_up_to)),
    electronics(faulty, by_post, days, goods, tax, approved_up_to));
create or replace macro some_jewelry(kind, days, goods, tax, approved_up_to) as
  if(kind is null,
    agreed(agreed(jewelry('one of a kind', days, goods, tax, approved_up_to), jewelry('loose stones', days, goods, tax, approved_up_to)),
      jewelry('other', days, goods, tax, approved_up_to)),
    jewelry(kind, days, goods, tax, approved_up_to));

-- What is known of a return.
create or replace view facts as
select *,
  case when class in ('custom', 'estate', 'consignment') then 'one of a kind' when class = 'loose stones' then class when class is not null then 'other' end as kind,
  reason in ('Stopped working', 'Not working any more', 'Package was damaged', 'Not the product that was ordred', 'Parts missing') as faulty,
  channel <> 'store' as by_post,
  return_date is not null as dated,
  return_date - sale_date as days,
  if(sale_date >= date '2001-01-01', 60, 90) as shop_days,
  if(return_date >= date '2001-01-01', 150000, 100000) as approved_up_to,
  share(cents(net_paid), return_quantity, quantity) as goods,
  share(cents(sale_tax), return_quantity, quantity) as tax,
  cents(coalesce(return_amount_inc_tax, return_amount + return_tax)) as given,
  if(channel = 'store', cents(reversed_charge), cents(refunded_cash)) + cents(store_credit) as elsewhere
from returns;

create or replace view answers as
select *,
  case
    when not dated then -1
    when category = 'Electronics' then some_electronics(faulty, by_post, days, goods, tax, approved_up_to)
    when category = 'Jewelry' then some_jewelry(kind, days, goods, tax, approved_up_to)
    when category is not null then other(by_post, shop_days, days, goods, tax, approved_up_to)
    else agreed(agreed(some_electronics(faulty, by_post, days, goods, tax, approved_up_to),
      some_jewelry(kind, days, goods, tax, approved_up_to)), other(by_post, shop_days, days, goods, tax, approved_up_to))
  end as answer
from facts;

create or replace view judged as
select channel, order_no, item_id,
  case when answer < 0 then 'undetermined' when answer = 0 then 'decline' when answer < 2000000000000 then 'accept' else 'refer' end as outcome,
  if(answer < 0, null, answer % 1000000000000) as expected,
  given,
  if(answer < 0, null, given - answer % 1000000000000) as difference,
  if(answer > 0, elsewhere, null) as elsewhere
from answers;
