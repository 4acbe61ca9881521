-- A role that may read the views and nothing else of Keycloak's tables: no password hash, no secret. Run after
-- install.sql, by who may create roles. Can be run again. Then, for each auditor:
--   CREATE ROLE ada LOGIN PASSWORD '…' IN ROLE passkey_auditor;

BEGIN;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'passkey_auditor') THEN
    CREATE ROLE passkey_auditor NOLOGIN;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO passkey_auditor', current_schema());
END
$$;

GRANT SELECT ON
  users, users_details, webauthn_credentials, webauthn_credentials_details, webauthn_credentials_unreadable
TO passkey_auditor;
GRANT EXECUTE ON FUNCTION
  passkey_uuid(text), passkey_bytes(text), passkey_timestamp(text), passkey_document(text)
TO passkey_auditor;

COMMIT;
