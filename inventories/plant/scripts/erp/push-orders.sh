#!/usr/bin/env bash
# What the ERP has released since the last run: production orders go to the MES,
# purchase orders to the supplier portal. Both pass the gateway, which knows us by address.
set -euo pipefail

API="${API_BASE:-https://api.haldenpump.example}"
PORTAL="${PORTAL_HOST:-suppliers.haldenpump.example}"
OUTBOX=/var/spool/erp/out
DONE=/var/spool/erp/done

log() { logger -t push-orders "$*"; }

# Two runs at once would send an order twice, and the MES does not notice.
exec 9>/var/lock/push-orders.lock
flock -n 9 || { log "previous run still busy"; exit 0; }

shopt -s nullglob
for order in "$OUTBOX"/production/*.json; do
  if curl -fsS --max-time 30 --retry 3 -X POST -H 'Content-Type: application/json' \
      --data-binary @"$order" "$API/mes/production-orders"; then
    mv "$order" "$DONE/production/"
  else
    log "MES refused $(basename "$order"), left for the next run"
  fi
done

# The portal only mails the supplier; a lost notice is seen in the buyer's list the next morning.
for notice in "$OUTBOX"/purchase/*.json; do
  curl -sS -X POST -H 'Content-Type: application/json' --data-binary @"$notice" "$API/suppliers/purchase-orders"
  mv "$notice" "$DONE/purchase/"
done

# Prices changed too often for the yearly import, so purchasing asked for the file itself (2021).
if [[ "$(date +%H%M)" < "0010" ]]; then
  sftp -q -i /etc/haldenpump/catalogue_key -b - "catalogue@$PORTAL" <<'EOF'
get /outgoing/catalogue.csv /var/spool/erp/in/catalogue.csv
EOF
fi
