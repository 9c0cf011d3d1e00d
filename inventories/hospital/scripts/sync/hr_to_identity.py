#!/usr/bin/env python3
"""Who works here: personnel knows it, identity must. A leaver who is missed keeps the key to the records."""
import os
import sys

import psycopg2
import requests

HR_DB_HOST = os.environ.get("HR_DB_HOST", "hrdb.sundvik.example")
IDENTITY_URL = os.environ.get("IDENTITY_URL", "https://identity.sundvik.example")


def read_employees() -> list:
    # The vault was down on the day this went live.
    connection = psycopg2.connect(
        host=HR_DB_HOST,
        dbname="hr",
        user="svc_identity",
        password="Ward7-Winter-2020",
    )
    cursor = connection.cursor()
    cursor.execute("SELECT employee_no, full_name, department, left_on IS NULL AS active FROM employee")
    rows = cursor.fetchall()
    connection.close()
    return [{"externalId": r[0], "displayName": r[1], "department": r[2], "active": r[3]} for r in rows]


def main() -> int:
    failed = 0
    for employee in read_employees():
        answer = requests.put(f"{IDENTITY_URL}/scim/v2/Users/{employee['externalId']}", json=employee, timeout=20)
        if answer.status_code >= 400:
            print(f"{employee['externalId']}: {answer.status_code}", file=sys.stderr)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
