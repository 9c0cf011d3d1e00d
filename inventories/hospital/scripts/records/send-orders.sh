#!/usr/bin/env bash
# Orders from the wards, as HL7 over MLLP: blood to the laboratory, pictures to radiology.
set -uo pipefail

LAB_HOST="${LAB_HOST:-lab.sundvik.example}"
RADIOLOGY_HOST="${RADIOLOGY_HOST:-radiology.sundvik.example}"
QUEUE=/var/spool/records/orders

# nc gives no answer we could read into a variable safely, so the receipt goes to a file.
accepted() {
  grep -q '|AA|' "$1"
}

exec 9>"$QUEUE/.lock"
flock -n 9 || exit 0

shopt -s nullglob
for order in "$QUEUE"/lab/*.mllp; do
  receipt="$order.receipt"
  nc -w 10 "$LAB_HOST" 2575 < "$order" > "$receipt"
  if accepted "$receipt"; then
    mv "$order" "$receipt" "$QUEUE/sent/"
  else
    logger -p user.err -t send-orders "laboratory did not accept $(basename "$order")"
  fi
done

# Radiology answers only after a person has looked at the order, so nobody waits for it.
for order in "$QUEUE"/radiology/*.mllp; do
  nc -w 2 "$RADIOLOGY_HOST" 2575 < "$order"
  mv "$order" "$QUEUE/sent/"
done
