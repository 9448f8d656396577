"""Runs judge.sql in DuckDB: judge.py returns-sf1.parquet out.parquet [threads]. Where out is no Parquet file, findings.sql too, and out is the folder
of the findings. Needs `pip install duckdb`."""
import sys
from pathlib import Path

import duckdb

COLUMNS = """channel varchar, returned boolean, order_no bigint, item_id varchar, category varchar, class varchar, brand varchar,
sale_customer_id varchar, site_id varchar, site_state varchar, site_tax_rate decimal(9,2), promo_id varchar, sale_date date, quantity integer,
list_price decimal(9,2), sales_price decimal(9,2), ext_sales_price decimal(9,2), coupon_amt decimal(9,2), net_paid decimal(9,2), sale_tax decimal(9,2),
return_date date, days_since_sale bigint, return_customer_id varchar, return_quantity integer, return_amount decimal(9,2), return_tax decimal(9,2),
return_amount_inc_tax decimal(9,2), fee decimal(9,2), return_ship_cost decimal(9,2), refunded_cash decimal(9,2), reversed_charge decimal(9,2),
store_credit decimal(9,2), net_loss decimal(9,2), reason_id varchar, reason varchar"""
# Of these, what is judged and told.
NEEDED = """channel, order_no, item_id, category, class, sale_customer_id, site_id, sale_date, quantity, net_paid, sale_tax, return_date, return_customer_id,
return_quantity, return_amount, return_tax, return_amount_inc_tax, refunded_cash, reversed_charge, store_credit, reason"""

source, out, *threads = sys.argv[1:]
name = source.replace("'", "''")
con = duckdb.connect()
con.execute(f"set threads = {threads[0] if threads else 2}")
if source.endswith(".csv"):
    columns = ", ".join(f"'{column}': '{kind}'" for column, kind in (pair.split() for pair in COLUMNS.replace("\n", " ").split(", ")))
    table = f"read_csv('{name}', header = true, columns = {{{columns}}})"
else:
    table = f"read_parquet('{name}')"
folder = Path(__file__).parent
if out.endswith(".parquet"):
    con.execute(f"create view returns as select * from {table}")
    con.execute((folder / "judge.sql").read_text())
    con.execute(f"copy judged to '{out}' (format parquet, compression snappy)")
else:
    row = "file_row_number"
    if source.endswith(".csv"):
        row = "row_number() over () + 1"
    con.execute(f"create view returns as select *, {row} as row, '{name}' as source from {table}")
    con.execute((folder / "judge.sql").read_text())
    con.execute((folder / "findings.sql").read_text())
    Path(out).mkdir()
    con.execute(f"copy written to '{out}/findings.parquet' (format parquet, compression zstd, compression_level 1)")
    con.execute(f"copy written to '{out}/findings.csv' (format csv, header)")
