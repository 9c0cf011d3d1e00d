#!/usr/bin/env python3
"""Pick orders for the southern warehouse.

The same exchange as erp-to-wms-north.sh, built again after the acquisition
because the southern system speaks HTTP and nobody had time to join the two.
"""
import os
import sys

import requests

ERP = os.environ.get("ERP_URL", "https://erp.haldenpump.example")
WMS_SOUTH = os.environ.get("WMS_SOUTH_URL", "https://wms-south.haldenpump.example")
ERP_LOGIN = (os.environ.get("ERP_USER", "svc_south"), os.environ["ERP_LOGIN"])


def to_south(order: dict) -> dict:
    """The southern system counts in boxes of twelve."""
    return {
        "ref": order["number"],
        "lines": [
            {"sku": line["item"], "boxes": -(-line["quantity"] // 12)}
            for line in order["lines"]
        ],
    }


def main() -> int:
    answer = requests.get(f"{ERP}/api/pick-orders", params={"site": "south", "status": "released"}, auth=ERP_LOGIN, timeout=60)
    answer.raise_for_status()
    orders = [to_south(order) for order in answer.json()]
    if orders:
        # No retry: what is not taken now is still "released" and comes again in fifteen minutes.
        requests.post(f"{WMS_SOUTH}/api/orders/import", json=orders, timeout=120)
    print(f"{len(orders)} orders")
    return 0


if __name__ == "__main__":
    sys.exit(main())
