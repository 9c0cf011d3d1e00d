-- Runs in the billing database every night: what the pharmacy dispensed and somebody must pay.
-- Logins of the linked server map to the service account of the agent; nothing is written here.
SET NOCOUNT ON;
SET XACT_ABORT ON;

IF NOT EXISTS (SELECT 1 FROM sys.servers WHERE name = N'PHARMACY')
    EXEC sp_addlinkedserver @server = N'PHARMACY', @srvproduct = N'', @provider = N'MSOLEDBSQL', @datasrc = N'pharmacydb.sundvik.example';
GO

BEGIN TRANSACTION;

DELETE FROM dbo.charge_stage;

-- Four part names lock rows over there. The pharmacy asked us to stay clear of the morning round.
INSERT INTO dbo.charge_stage SELECT dispensation_id, encounter_no, drug_code, quantity, price FROM PHARMACY.pharmacy.dbo.charge WHERE dispensed_on >= DATEADD(day, -2, CAST(GETDATE() AS date));

INSERT INTO dbo.charge (dispensation_id, encounter_no, code, quantity, price)
SELECT s.dispensation_id, s.encounter_no, s.drug_code, s.quantity, s.price
FROM   dbo.charge_stage AS s
WHERE  NOT EXISTS (SELECT 1 FROM dbo.charge AS c WHERE c.dispensation_id = s.dispensation_id);

COMMIT;
GO
