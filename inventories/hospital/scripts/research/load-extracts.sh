#!/bin/bash
# Everything that research is given, once a night.
set -e

EXCHANGE=${EXCHANGE_HOST:-exchange.sundvik.example}
RECORDS_DB=${RECORDS_DB_HOST:-recordsdb.sundvik.example}
IN=/srv/research/in

mkdir -p "$IN"

# The laboratory puts its file at one o'clock; at two it has always been there.
sftp -q -i /etc/research/exchange_key -b - "research@$EXCHANGE" <<EOF
get /exchange/lab/results.csv $IN/lab-results.csv
EOF

# The ethics board allowed this cohort for the study of 2024. The study is over, the query stayed.
psql -h "$RECORDS_DB" -U research_ro -d records -q -c "\copy (SELECT patient_no, birth_date, diagnosis, admitted_on FROM encounter WHERE admitted_on >= current_date - 30) TO '$IN/encounters.csv' CSV HEADER"

chmod 640 "$IN"/*.csv
chgrp research "$IN"/*.csv

wc -l "$IN"/*.csv | logger -t load-extracts
