#!/usr/bin/env bash
# Pick orders for the northern warehouse. Its system only takes files, one for each run.
set -euo pipefail

ERP_HOST="${ERP_HOST:-erp.haldenpump.example}"
WMS_HOST="${WMS_NORTH_HOST:-wms-north.haldenpump.example}"
WORK=/var/spool/sync/north
ORDERS="$WORK/orders.json"

fail() {
  logger -p user.err -t erp-to-wms-north "$1"
  exit 1
}

exec 9>"$WORK/.lock"
flock -n 9 || fail "still running"

curl -fsS --netrc --max-time 60 -o "$ORDERS" "https://$ERP_HOST/api/pick-orders?site=north&status=released" \
  || fail "the ERP gave no orders"

# An empty list is normal at night; the warehouse rejects empty files.
[[ "$(jq length "$ORDERS")" -gt 0 ]] || exit 0

sftp -q -i /etc/haldenpump/wms_north_key -b - "erpin@$WMS_HOST" <<EOF || fail "the warehouse took no file"
put $ORDERS /inbox/orders.part
rename /inbox/orders.part /inbox/orders.json
EOF

mv "$ORDERS" "$WORK/sent/orders-$(date +%Y%m%d%H%M).json"
