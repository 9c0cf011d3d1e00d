-- Nightly in the CRM database: what sales may offer, at which price.
-- Reads the tables of the ERP over a database link; the ERP team learnt of it when they moved ITEMS.
SET FEEDBACK OFF

-- The link connects as the user who runs it; its rights in the ERP come from the wallet on crm01.
-- It exists since the first night, so the error here is the normal case.
WHENEVER SQLERROR CONTINUE
CREATE DATABASE LINK erp_link CONNECT TO CURRENT_USER USING '//erpdb.fjellbekk.example:1521/ERP';

WHENEVER SQLERROR EXIT FAILURE ROLLBACK

DELETE FROM crm_product;
INSERT INTO crm_product SELECT item_no, item_name, brand, vat_code FROM erp.items@erp_link WHERE active = 'Y';

DELETE FROM crm_price;
INSERT INTO crm_price SELECT item_no, list_name, amount, valid_from FROM erp.price_list@erp_link WHERE valid_to >= SYSDATE;

-- Campaigns name products; one that left the ERP must not be mailed.
UPDATE crm_campaign_item c SET c.blocked = 'Y'
 WHERE NOT EXISTS (SELECT 1 FROM crm_product p WHERE p.item_no = c.item_no);

COMMIT;
EXIT
