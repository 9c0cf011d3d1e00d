#!/usr/bin/env bash
# On the edge box of line 1. The controller rewrites line1.json every second;
# four readings a minute are all that the MES wants to see.
set -u

BROKER="${MQTT_HOST:-mqtt.haldenpump.example}"
READINGS=/run/sensors/line1.json

publish() {
  mosquitto_pub -h "$BROKER" -p 1883 -i edge01-line1 -q 1 -t plant/line1/readings -f "$READINGS"
}

for _ in 1 2 3 4; do
  if [[ -s "$READINGS" ]]; then
    publish || logger -t sensors "broker did not take the reading"
  else
    # An empty file means that the controller restarts; it needs about ten seconds.
    logger -t sensors "no reading"
  fi
  sleep 14
done
