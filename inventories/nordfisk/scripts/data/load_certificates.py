#!/usr/bin/env python3
"""Fetches certificates that changed since the last run. Auditors look at this report."""
import json
import os
import sys
from datetime import datetime, timezone
from pathlib import Path

import requests

GATEWAY = os.environ.get("GATEWAY_URL", "https://api.nordfisk.example")
STATE = Path("/var/lib/lake/certificates.since")
LANDING = Path("/lake/landing/quality")


def fetch(since):
    response = requests.get(
        f"{GATEWAY}/quality/certificates",
        params={"since": since, "limit": 500},
        headers={"Authorization": f"Bearer {os.environ['GATEWAY_TOKEN']}"},
        timeout=60,
    )
    response.raise_for_status()
    return response.json()["certificates"]


def main():
    since = STATE.read_text().strip() if STATE.exists() else "2026-01-01T00:00:00Z"
    started = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        certificates = fetch(since)
    except requests.RequestException as error:
        print(f"load_certificates: {error}", file=sys.stderr)
        return 1
    if certificates:
        LANDING.mkdir(parents=True, exist_ok=True)
        (LANDING / f"certificates-{started}.json").write_text(json.dumps(certificates))
    # Only now: a run that failed is made up for by the next one.
    STATE.write_text(started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
