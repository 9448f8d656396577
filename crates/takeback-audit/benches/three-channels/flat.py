"""Makes the returns that the bench judges: flat.py SCALE FOLDER writes FOLDER/returns-sfSCALE.parquet and, of scale 1, .csv beside it.

Needs `pip install duckdb tpcgen-cli`, and then no network. The base tables are written into FOLDER and taken away again.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

# Of each channel: its tables, what begins the names of their columns, the number of a sale, the place of sale, and what is called otherwise than
# elsewhere ("precentage" is how TPC-DS spells it).
CHANNELS = {
    "store": dict(sale="ss", back="sr", number="ticket_number", place="store", key="ss_store_sk", place_key="s_store_sk", place_id="s_store_id",
                  state="s_state", rate="s_tax_precentage", buyer="ss_customer_sk", returner="sr_customer_sk", amount="sr_return_amt",
                  credit="sr_store_credit"),
    "catalog": dict(sale="cs", back="cr", number="order_number", place="call_center", key="cs_call_center_sk", place_key="cc_call_center_sk",
                    place_id="cc_call_center_id", state="cc_state", rate="cc_tax_percentage", buyer="cs_bill_customer_sk",
                    returner="cr_refunded_customer_sk", amount="cr_return_amount", credit="cr_store_credit"),
    "web": dict(sale="ws", back="wr", number="order_number", place="web_site", key="ws_web_site_sk", place_key="web_site_sk", place_id="web_site_id",
                state="web_state", rate="web_tax_percentage", buyer="ws_bill_customer_sk", returner="wr_refunded_customer_sk",
                amount="wr_return_amt", credit="wr_account_credit"),
}
SHARED = ["item", "customer", "date_dim", "promotion", "reason"]


def rows(channel):
    """The returns of a channel, each with its sale."""
    names = CHANNELS[channel] | {"channel": channel}
    return """
select '{channel}' as channel, true as returned, sale.{sale}_{number} as order_no, item.i_item_id as item_id, trim(item.i_category) as category,
  trim(item.i_class) as class, trim(item.i_brand) as brand, buyer.c_customer_id as sale_customer_id, place.{place_id} as site_id, place.{state} as site_state,
  place.{rate} as site_tax_rate, promotion.p_promo_id as promo_id, sold.d_date as sale_date, sale.{sale}_quantity as quantity,
  sale.{sale}_list_price as list_price, sale.{sale}_sales_price as sales_price, sale.{sale}_ext_sales_price as ext_sales_price,
  sale.{sale}_coupon_amt as coupon_amt, sale.{sale}_net_paid as net_paid, sale.{sale}_ext_tax as sale_tax, came.d_date as return_date,
  came.d_date - sold.d_date as days_since_sale, returner.c_customer_id as return_customer_id, back.{back}_return_quantity as return_quantity,
  back.{amount} as return_amount, back.{back}_return_tax as return_tax, back.{back}_return_amt_inc_tax as return_amount_inc_tax, back.{back}_fee as fee,
  back.{back}_return_ship_cost as return_ship_cost, back.{back}_refunded_cash as refunded_cash, back.{back}_reversed_charge as reversed_charge,
  back.{credit} as store_credit, back.{back}_net_loss as net_loss, trim(reason.r_reason_id) as reason_id, trim(reason.r_reason_desc) as reason
from {channel}_returns back
join {channel}_sales sale on sale.{sale}_item_sk = back.{back}_item_sk and sale.{sale}_{number} = back.{back}_{number}
left join item on item.i_item_sk = sale.{sale}_item_sk
left join promotion on promotion.p_promo_sk = sale.{sale}_promo_sk
left join reason on reason.r_reason_sk = back.{back}_reason_sk
left join customer buyer on buyer.c_customer_sk = sale.{buyer}
left join customer returner on returner.c_customer_sk = back.{returner}
left join date_dim sold on sold.d_date_sk = sale.{sale}_sold_date_sk
left join date_dim came on came.d_date_sk = back.{back}_returned_date_sk
left join {place} place on place.{place_key} = sale.{key}""".format(**names)


def main():
    scale, folder = sys.argv[1], Path(sys.argv[2])
    out = folder / f"returns-sf{scale}.parquet"
    tables = SHARED + [table for name, names in CHANNELS.items() for table in (f"{name}_sales", f"{name}_returns", names["place"])]
    with tempfile.TemporaryDirectory(dir=folder) as work:
        tpcgen = Path(sys.executable).with_name("tpcgen-cli")
        subprocess.run([tpcgen, "tpcds", "parquet", "-s", scale, f"--output-dir={work}", "--tables=" + ",".join(tables)], check=True)
        con = duckdb.connect()
        con.execute(f"set temp_directory = '{work}'; set memory_limit = '6GB'")
        for table in tables:
            con.execute(f"create view {table} as select * from read_parquet('{work}/{table}.parquet')")
        all_rows = " union all ".join(rows(channel) for channel in CHANNELS)
        con.execute(f"copy (from ({all_rows}) order by return_date nulls last, channel, order_no, item_id) to '{out}' (format parquet, compression zstd)")
    if scale == "1":
        con.execute(f"copy (from read_parquet('{out}')) to '{out.with_suffix('.csv')}' (format csv, header)")
    print(con.execute(f"select channel, count(*) from read_parquet('{out}') group by channel order by channel").fetchall())


main()
