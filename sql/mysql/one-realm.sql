-- The same two relations for one realm alone: for an auditor who may see no other. In it an email is unique, unless the
-- realm allows duplicates, and a credential id always. Replace the name of the realm, passkeys, in both places. Run
-- after install.sql; can be run again. Then grant SELECT on these two instead of running auditor.sql.

CREATE OR REPLACE SQL SECURITY DEFINER VIEW users_of_realm AS
SELECT id, email, display_name, created_at
FROM users_details
WHERE realm = 'passkeys';

CREATE OR REPLACE SQL SECURITY DEFINER VIEW webauthn_credentials_of_realm AS
SELECT id, user_id, credential_id, public_key, sign_count, transports, user_verified, created_at, last_used
FROM webauthn_credentials_details
WHERE realm = 'passkeys';
