#!/usr/bin/env python3
"""Fills the landing folder of the reporting platform: sales from the ERP, stock from the southern site."""
import csv
import json
import logging
import os
import sys
from pathlib import Path

import psycopg2
import requests

ERP_DB_HOST = os.environ.get("ERP_DB_HOST", "erpdb.haldenpump.example")
API_BASE = os.environ.get("API_BASE", "https://api.haldenpump.example")
LANDING = Path(os.environ.get("LANDING", "/srv/landing"))
AGENT = {"User-Agent": "haldenpump-reporting/1.3"}

log = logging.getLogger("refresh_facts")


def load_sales() -> int:
    """The view is ours, but it stands on ERP tables: ask business-systems before every upgrade."""
    connection = psycopg2.connect(host=ERP_DB_HOST, dbname="erp", user="reporting_ro", connect_timeout=10)
    try:
        with connection.cursor() as cursor, open(LANDING / "sales.csv", "w", newline="") as target:
            cursor.execute("SELECT order_no, item_no, quantity, amount, booked_on FROM reporting.sales_v")
            writer = csv.writer(target)
            writer.writerows(cursor)
            return cursor.rowcount
    finally:
        connection.close()


def load_stock_south() -> int:
    """The northern warehouse reports through the ERP; the southern one never did."""
    response = requests.get(f"{API_BASE}/wms-south/stock", headers=AGENT, timeout=60)
    response.raise_for_status()
    stock = response.json()
    (LANDING / "stock_south.json").write_text(json.dumps(stock))
    return len(stock)


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    failed = 0
    for step in (load_sales, load_stock_south):
        try:
            log.info("%s: %d rows", step.__name__, step())
        except Exception:
            log.exception("%s failed", step.__name__)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
