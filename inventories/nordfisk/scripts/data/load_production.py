#!/usr/bin/env python3
"""Loads yesterday's batches and their yield from the production database."""
import csv
import os
from datetime import date, timedelta
from pathlib import Path

import psycopg2

MES_DB_HOST = os.environ.get("MES_DB_HOST", "mes-db.nordfisk.example")
LANDING = Path("/lake/landing/production")

yesterday = date.today() - timedelta(days=1)

connection = psycopg2.connect(
    host=MES_DB_HOST,
    port=5432,
    dbname="mes",
    user="lake_read",
    password=os.environ["MES_DB_PASSWORD"],
    connect_timeout=15,
)

with connection, connection.cursor() as cursor:
    # Reworked batches come twice; only the last booking counts.
    cursor.execute(
        """
        SELECT DISTINCT ON (b.batch_no)
               b.batch_no, b.product_no, b.line_no, b.raw_kilos, b.packed_kilos,
               round(b.packed_kilos / nullif(b.raw_kilos, 0), 4) AS yield
          FROM mes.batch b
         WHERE b.finished_at >= %s AND b.finished_at < %s
         ORDER BY b.batch_no, b.booked_at DESC
        """,
        (yesterday, date.today()),
    )
    rows = cursor.fetchall()
    columns = [column.name for column in cursor.description]

connection.close()

LANDING.mkdir(parents=True, exist_ok=True)
with open(LANDING / f"batches-{yesterday}.csv", "w", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)

print(f"load_production: {len(rows)} batches of {yesterday}")
