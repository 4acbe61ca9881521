-- Takes away what install.sql and one-realm.sql made, and nothing else. Can be run again. Run it before Keycloak is
-- upgraded, and install.sql and auditor.sql after: PostgreSQL does not let a table's column be changed while a view
-- reads it.

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
