#!/usr/bin/env python3
"""Watches the readings of line 1 for quality: a bearing that runs hot spoils the surface of a whole batch.

Runs as a service on quality01; its unit loads monitor.env. plantbus is the works' own client of the plant
broker. It comes from the package index in the basement, so its source is in no repository.
"""
import csv
import json
import os

import plantbus

TOPIC = "plant/line1/readings"
LIMIT_CELSIUS = float(os.environ.get("LIMIT_CELSIUS", "78"))
OUT = "/srv/quality/hot_readings.csv"


def main() -> None:
    bus = plantbus.connect(os.environ["PLANTBUS_BROKER"], client="quality-monitor")
    with open(OUT, "a", newline="") as target:
        writer = csv.writer(target)
        for message in bus.listen(TOPIC):
            reading = json.loads(message)
            if reading["bearing_celsius"] > LIMIT_CELSIUS:
                writer.writerow([reading["at"], reading["bearing_celsius"]])
                target.flush()


if __name__ == "__main__":
    main()
