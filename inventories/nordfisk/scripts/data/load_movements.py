#!/usr/bin/env python3
"""Fetches the warehouse's stock movements from the file exchange into the landing zone."""
import os
import sys
from datetime import datetime, timedelta, timezone

import paramiko

FILES_HOST = os.environ.get("FILES_HOST", "files.nordfisk.example")
REMOTE = "/exchange/wms/stock_movements.csv"
LANDING = "/lake/landing/warehouse/stock_movements.csv"


def main():
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect(FILES_HOST, username="lake", key_filename="/etc/lake/id_ed25519", timeout=30)
    try:
        sftp = client.open_sftp()
        written = datetime.fromtimestamp(sftp.stat(REMOTE).st_mtime, timezone.utc)
        # A file of the day before yesterday looks just like a fresh one to everybody downstream.
        if datetime.now(timezone.utc) - written > timedelta(hours=20):
            print(f"load_movements: {REMOTE} is of {written:%Y-%m-%d %H:%M}, not loaded", file=sys.stderr)
            return 1
        sftp.get(REMOTE, LANDING)
    finally:
        client.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
