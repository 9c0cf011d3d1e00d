#!/usr/bin/env bash
# Claims of the day to the clearing house, its remittances back. Weekdays at half past nine in the evening;
# what comes after ten is paid a day later.
set -euo pipefail

CLEARING="${CLEARING_HOST:-sftp.claimhub.example}"
KEY=/etc/billing/claimhub_key
OUT=/var/spool/billing/claims.edi
IN=/var/spool/billing/remittances.edi

notify() {
  logger -p user.err -t exchange-claims "$1"
  touch /var/run/alerts/exchange-claims
}
trap 'notify "failed in line $LINENO"' ERR

if [[ -s "$OUT" ]]; then
  sftp -q -i "$KEY" -b - "sundvik@$CLEARING" <<EOF
put $OUT /inbound/claims.part
rename /inbound/claims.part /inbound/claims.edi
EOF
  mv "$OUT" "/var/spool/billing/sent/claims-$(date +%Y%m%d).edi"
fi

sftp -q -i "$KEY" -b - "sundvik@$CLEARING" <<EOF
get /outbound/remittances.edi $IN
EOF
