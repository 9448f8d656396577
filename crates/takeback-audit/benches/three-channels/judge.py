"""Runs judge.sql in DuckDB: judge.py returns-sf1.parquet out.parquet [threads]. Needs `pip install duckdb`."""
import sys
from pathlib import Path

import duckdb

COLUMNS = """channel varchar, returned boolean, order_no bigint, item_id varchar, category varchar, class varchar, brand varchar,
sale_customer_id varchar, site_id varchar, site_state varchar, site_tax_rate decimal(9,2), promo_id varchar, sale_date date, quantity integer,
list_price decimal(9,2), sales_price decimal(9,2), ext_sales_price decimal(9,2), coupon_amt decimal(9,2), net_paid decimal(9,2), sale_tax decimal(9,2),
return_date date, days_since_sale bigint, return_customer_id varchar, return_quantity integer, return_amount decimal(9,2), return_tax decimal(9,2),
return_amount_inc_tax decimal(9,2), fee decimal(9,2), return_ship_cost decimal(9,2), refunded_cash decimal(9,2), reversed_charge decimal(9,2),
store_credit decimal(9,2), net_loss decimal(9,2), reason_id varchar, reason varchar"""

source, out, *threads = sys.argv[1:]
con = duckdb.connect()
con.execute(f"set threads = {threads[0] if threads else 2}")
if source.endswith(".csv"):
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in (column.split() for column in COLUMNS.replace("\n", " ").split(", ")))
    source = f"read_csv('{source}', header = true, columns = {{{columns}}})"
else:
    source = f"read_parquet('{source}')"
con.execute(f"create view returns as select * from {source}")
con.execute(Path(__file__).with_name("judge.sql").read_text())
con.execute(f"copy judged to '{out}' (format parquet, compression snappy)")
