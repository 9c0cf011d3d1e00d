-- Month end: customer invoices from the ERP into the ledger's staging table.
-- The nightly journal file holds totals only; the auditors want to see each invoice.
-- Runs in the ledger database (Oracle 19c), as the owner of the staging table.

WHENEVER SQLERROR EXIT FAILURE ROLLBACK
SET FEEDBACK ON

-- Made anew each time: the ERP database has moved twice without a word to anybody.
DECLARE
  present NUMBER;
BEGIN
  SELECT count(*) INTO present FROM user_db_links WHERE db_link LIKE 'ERP_LINK%';
  IF present > 0 THEN
    EXECUTE IMMEDIATE 'DROP DATABASE LINK erp_link';
  END IF;
END;
/

CREATE DATABASE LINK erp_link CONNECT TO CURRENT_USER USING 'erp-db.nordfisk.example:1521/ERPPRD';

TRUNCATE TABLE gl_stage.invoice;

INSERT INTO gl_stage.invoice SELECT invoice_no, customer_no, posted_on, net_amount, vat_amount, currency FROM ar.invoice@erp_link WHERE posted_on >= add_months(trunc(sysdate, 'MM'), -1);

-- Credit notes come with the sign of an invoice in the ERP and without it here.
UPDATE gl_stage.invoice SET net_amount = -net_amount, vat_amount = -vat_amount WHERE invoice_no LIKE 'CN%';

COMMIT;
EXIT
