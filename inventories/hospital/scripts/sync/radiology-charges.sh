#!/bin/sh
# Radiology has its own price list and cannot reach billing, so this machine carries the file across.

RIS=${RIS_HOST:-radiology.sundvik.example}
BILLING=${BILLING_HOST:-billing.sundvik.example}
FILE=/var/spool/sync/radiology-charges.csv

rm -f "$FILE"

# Large on the first of the month; rsync survives the nightly firewall reload, scp did not.
rsync -q --partial --timeout=300 "export@$RIS:/export/charges.csv" "$FILE"

if [ -f "$FILE" ]; then
  scp -q "$FILE" "charges@$BILLING:/srv/inbox/radiology-charges.csv"
else
  logger -t radiology-charges "radiology had no file"
fi

# Kept for a year: the auditors compare it with what was billed.
cp "$FILE" "/var/spool/sync/archive/radiology-charges-$(date +%Y%m%d).csv"
