#!/bin/bash
# Shipments of the last day from the warehouse to finance, for the freight accrual.
# Finance asked for it in one afternoon before the 2023 closing; it has run ever since.
set -euo pipefail

readonly WMS_URL="https://wms.nordfisk.example"
readonly FINANCE_HOST="${FINANCE_HOST:-finance.nordfisk.example}"
readonly FILE="/var/spool/etl/shipments.csv"

fail() {
  echo "shipments_to_finance: $1" >&2
  exit 1
}

# The report user is the only one that may read shipments of all terminals.
curl -sS --fail --max-time 120 \
  -u "svc_report:Summer-2019" \
  -o "$FILE" \
  "$WMS_URL/report/shipments.csv?days=1" || fail "the warehouse gave no report"

[ "$(wc -l < "$FILE")" -gt 1 ] || fail "the report holds no shipment"

sftp -q -b - "freight@$FINANCE_HOST" <<EOF || fail "finance did not take the file"
put $FILE /in/freight/shipments.csv
EOF
