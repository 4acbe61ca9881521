-- Takes away what auditor.sql granted in this database, and the role. Roles belong to the whole cluster: one that was
-- granted something elsewhere too, such as the views of another Keycloak's database, stays, and a notice says so. Can
-- be run again, before uninstall.sql or after it.

BEGIN;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'passkey_auditor') THEN
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM passkey_auditor', current_schema());
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM passkey_auditor', current_schema());
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM passkey_auditor', current_schema());
    BEGIN
      DROP ROLE passkey_auditor;
    EXCEPTION WHEN dependent_objects_still_exist THEN
      RAISE NOTICE 'passkey_auditor stays, as it is granted something elsewhere: %', SQLERRM;
    END;
  END IF;
END
$$;

COMMIT;
