#!/usr/bin/env python3
"""Takes new orders from the broker into the picking queue and tells the shop what is left on the shelf."""
import json
import logging
import os
from pathlib import Path

import requests
from kafka import KafkaConsumer

BROKER = os.environ.get("KAFKA_BROKER", "kafka.fjellbekk.example:9092")
API_BASE = os.environ.get("API_BASE", "https://api.fjellbekk.example")
QUEUE = Path("/var/spool/wms/picking")
SHELVES = Path("/var/lib/wms/shelves.json")

log = logging.getLogger("order_worker")


def to_picking_queue(order: dict) -> None:
    """An event may come twice: the file name is the order, so the second one changes nothing."""
    target = QUEUE / f"{order['orderId']}.json"
    if not target.exists():
        target.write_text(json.dumps(order))


def tell_shop(items: list) -> None:
    shelves = json.loads(SHELVES.read_text())
    levels = [{"productId": i["productId"], "available": shelves.get(i["productId"], 0)} for i in items]
    try:
        requests.post(f"{API_BASE}/shop/stock", json=levels, timeout=10)
    except requests.RequestException:
        # The next order of the same product corrects it; a slow seller may stay wrong for days.
        log.warning("shop did not take %d levels", len(levels))


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    consumer = KafkaConsumer("OrderCreated", bootstrap_servers=BROKER, group_id="wms", enable_auto_commit=False)
    for message in consumer:
        order = json.loads(message.value)
        to_picking_queue(order)
        tell_shop(order["items"])
        consumer.commit()


if __name__ == "__main__":
    main()
