#!/usr/bin/env python3
"""Reports packed lots to the warehouse, so that a pallet has a place before it arrives."""
import json
import os
import sys
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter, Retry

GATEWAY = os.environ.get("GATEWAY_URL", "https://api.nordfisk.example")
OUTBOX = Path("/srv/mes/outbox/lots")

# The gateway restarts on Tuesdays at four; three tries carry us over it.
session = requests.Session()
session.mount("https://", HTTPAdapter(max_retries=Retry(total=3, backoff_factor=2, allowed_methods=None)))


def report(lot):
    response = session.post(
        f"{GATEWAY}/warehouse/lots",
        json={
            "lot": lot["lot"],
            "batch": lot["batch"],
            "product": lot["product"],
            "kilos": lot["kilos"],
            "packedAt": lot["packedAt"],
        },
        headers={"Authorization": f"Bearer {os.environ['GATEWAY_TOKEN']}"},
        timeout=20,
    )
    # 409: the warehouse has it already, from a run that died before it could tidy up.
    if response.status_code != 409:
        response.raise_for_status()


def main():
    failed = 0
    for path in sorted(OUTBOX.glob("*.json")):
        try:
            report(json.loads(path.read_text()))
            path.unlink()
        except (requests.RequestException, KeyError, ValueError) as error:
            failed += 1
            print(f"{path.name}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
