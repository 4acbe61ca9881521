-- The same two relations for one realm alone: for an auditor who may see no other. In it an email is unique, unless the
-- realm allows duplicates, and a credential id always. Replace the name of the realm, passkeys, in both places. The
-- name decides: after a renaming the views are empty, or show the realm that takes the name. Run after install.sql; can
-- be run again. Then, instead of running auditor.sql, for a role that sees nothing else:
--   CREATE ROLE ada LOGIN PASSWORD '…';
--   GRANT USAGE ON SCHEMA public TO ada;     (or the schema that Keycloak has)
--   GRANT SELECT ON users_of_realm, webauthn_credentials_of_realm TO ada;
--   GRANT EXECUTE ON FUNCTION passkey_uuid(text), passkey_bytes(text), passkey_timestamp(text), passkey_document(text)
--     TO ada;
-- The ready queries are for the auditor of all realms.

BEGIN;

CREATE OR REPLACE VIEW users_of_realm WITH (security_barrier) AS
SELECT id, email, display_name, created_at
FROM users_details
WHERE realm = 'passkeys';

CREATE OR REPLACE VIEW webauthn_credentials_of_realm WITH (security_barrier) AS
SELECT id, user_id, credential_id, public_key, sign_count, transports, user_verified, created_at, last_used
FROM webauthn_credentials_details
WHERE realm = 'passkeys';

COMMIT;
