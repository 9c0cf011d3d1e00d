#!/usr/bin/env python3
"""Returned parcels: the warehouse writes a file at closing time, the ERP wants one call."""
import csv
import os
import sys

import paramiko
import requests

WMS_HOST = os.environ.get("WMS_HOST", "wms.fjellbekk.example")
ERP_URL = os.environ.get("ERP_URL", "https://erp.fjellbekk.example")
LOCAL = "/var/spool/feeds/returns.csv"


def fetch_file() -> None:
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect(WMS_HOST, username="feed", key_filename="/etc/feeds/wms_key", timeout=20)
    try:
        sftp = client.open_sftp()
        sftp.get("/out/returns.csv", LOCAL)
    finally:
        client.close()


def send_returns() -> int:
    with open(LOCAL, newline="") as source:
        returns = list(csv.DictReader(source))
    if returns:
        answer = requests.post(f"{ERP_URL}/api/returns", json=returns, timeout=60)
        answer.raise_for_status()
    return len(returns)


if __name__ == "__main__":
    fetch_file()
    print(f"{send_returns()} returns", file=sys.stderr)
