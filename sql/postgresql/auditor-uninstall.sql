-- Takes the role of auditor.sql away. Can be run again, before uninstall.sql or after it.

BEGIN;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'passkey_auditor') THEN
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM passkey_auditor', current_schema());
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM passkey_auditor', current_schema());
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM passkey_auditor', current_schema());
    DROP ROLE passkey_auditor;
  END IF;
END
$$;

COMMIT;
