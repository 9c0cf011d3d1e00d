#!/usr/bin/env python3
"""Orders of yesterday and the stock of this morning, for the dashboards that are opened at eight."""
import csv
import json
import os
from datetime import date, timedelta
from pathlib import Path

import psycopg2
import requests

SHOP_DB_HOST = os.environ.get("SHOP_DB_HOST", "shopdb.fjellbekk.example")
API_BASE = os.environ.get("API_BASE", "https://api.fjellbekk.example")
LANDING = Path("/srv/landing")


def load_orders(day: date) -> None:
    # No replica was to be had, so the dashboards wait for a quiet hour of the shop itself.
    connection = psycopg2.connect(host=SHOP_DB_HOST, dbname="shop", user="reporting_ro")
    cursor = connection.cursor()
    cursor.execute("SELECT order_id, customer_id, total, created_at FROM orders WHERE created_at::date = %s", (day,))
    with open(LANDING / f"orders-{day:%Y%m%d}.csv", "w", newline="") as target:
        csv.writer(target).writerows(cursor.fetchall())
    connection.close()


def load_stock() -> None:
    stock = requests.get(f"{API_BASE}/wms/stock", timeout=300)
    stock.raise_for_status()
    (LANDING / "stock.json").write_text(json.dumps(stock.json()))


if __name__ == "__main__":
    load_orders(date.today() - timedelta(days=1))
    load_stock()
