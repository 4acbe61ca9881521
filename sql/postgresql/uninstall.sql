-- Takes away what install.sql and one-realm.sql made, with all that was granted on it, and nothing else. Can be run
-- again. Run it before Keycloak is upgraded: PostgreSQL does not let a table's column be changed while a view reads it.
-- After the upgrade run install.sql, auditor.sql, and your own copies of one-realm.sql with their GRANTs. Drop views of
-- your own that read these first, and make them again last: while they are there, this fails and takes nothing away.

BEGIN;

DROP VIEW IF EXISTS webauthn_credentials_of_realm;
DROP VIEW IF EXISTS users_of_realm;
DROP VIEW IF EXISTS users;
DROP VIEW IF EXISTS users_details;
DROP VIEW IF EXISTS webauthn_credentials_unreadable;
DROP VIEW IF EXISTS webauthn_credentials;
DROP VIEW IF EXISTS webauthn_credentials_details;
DROP VIEW IF EXISTS passkey_records;
DROP VIEW IF EXISTS passkey_rows;
DROP FUNCTION IF EXISTS passkey_document(text);
DROP FUNCTION IF EXISTS passkey_timestamp(text);
DROP FUNCTION IF EXISTS passkey_bytes(text);
DROP FUNCTION IF EXISTS passkey_uuid(text);

COMMIT;
