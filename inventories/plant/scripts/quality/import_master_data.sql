-- Nightly, inside the quality database: what was measured on the line and what the items are called.
-- The passwords of quality_ro are in ~postgres/.pgpass on quality01.
\set ON_ERROR_STOP on
CREATE EXTENSION IF NOT EXISTS dblink;

BEGIN;

-- Measurements of the last two days: a late shift books after midnight.
CREATE TEMP TABLE fresh (LIKE measurement INCLUDING DEFAULTS) ON COMMIT DROP;
INSERT INTO fresh SELECT * FROM dblink('host=mesdb.haldenpump.example dbname=mes user=quality_ro', $$
  SELECT measurement_id, batch_no, item_no, characteristic, value, measured_at
  FROM   measurement
  WHERE  measured_at >= current_date - 2
$$) AS m (measurement_id bigint, batch_no text, item_no text, characteristic text, value numeric, measured_at timestamptz);

INSERT INTO measurement
SELECT * FROM fresh
ON CONFLICT (measurement_id) DO NOTHING;

-- Item names came by spreadsheet until 2020. This reads the tables of the ERP directly,
-- so a renamed column there stops the certificates here.
TRUNCATE item;
INSERT INTO item SELECT * FROM dblink('host=erpdb.haldenpump.example dbname=erp user=quality_ro', $$
  SELECT item_no, description, drawing_revision, tolerance_class
  FROM   item
  WHERE  active
$$) AS i (item_no text, description text, drawing_revision text, tolerance_class text);

COMMIT;
