-- A role that may read the views and nothing else of Keycloak's tables: no password hash, no secret. Run after
-- install.sql, by a superuser, or by the views' owner with CREATEROLE. Can be run again. Then, for each auditor:
--   CREATE ROLE ada LOGIN PASSWORD '…' IN ROLE passkey_auditor;
-- Roles belong to the whole cluster: where several of its databases have these views, their auditors share this role,
-- and read in each of them that lets them connect.

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
