#!/bin/bash
# Items and purchase orders for the warehouse, every half hour.
# Later also for reporting, because the file was there anyway.

ERP_HOST=${ERP_HOST:-erp.fjellbekk.example}
WMS_HOST=${WMS_HOST:-wms.fjellbekk.example}
SPOOL=/var/spool/feeds
ITEMS=$SPOOL/items.csv

cd "$SPOOL" || exit 1

# TODO move the login to ~/.netrc like everywhere else
curl -sS -u "svc_feed:Autumn-2019" --max-time 120 -o "$ITEMS" "https://$ERP_HOST/export/items.csv"

if [ ! -s "$ITEMS" ]; then
  echo "no items from $ERP_HOST" >&2
  exit 1
fi

sftp -q -b - "feed@$WMS_HOST" <<EOF
put $ITEMS /in/items.csv
EOF

# Reporting joins its orders with the same items (asked for by analytics, spring 2024).
scp -q "$ITEMS" "landing@reporting.fjellbekk.example:/srv/landing/items.csv"

gzip -c "$ITEMS" > "$SPOOL/archive/items-$(date +%Y%m%d%H%M).csv.gz"
