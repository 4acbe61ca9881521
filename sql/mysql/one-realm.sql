-- The same two relations for one realm alone: for an auditor who may see no other. In it an email is unique, unless the
-- realm allows duplicates, and a credential id always. Replace the name of the realm, passkeys, in both places. The
-- name decides: after a renaming the views are empty, or show the realm that takes the name. Run after install.sql; can
-- be run again. Then, instead of running auditor.sql, for an account that sees nothing else:
--   CREATE USER ada IDENTIFIED BY '…';
--   GRANT SELECT ON users_of_realm TO ada;
--   GRANT SELECT ON webauthn_credentials_of_realm TO ada;
-- The ready queries are for the auditor of all realms.
--
-- The LIMIT, of more rows than there can be, keeps what an auditor asks outside of the view. Without it a condition of
-- theirs is tried on other realms' rows too, and an error that it raises tells what stands in them.

-- The name of the realm is compared as it is written here, whatever the client speaks.
SET NAMES utf8mb4;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW users_of_realm AS
SELECT id, email, display_name, created_at
FROM users_details
WHERE realm = 'passkeys'
LIMIT 18446744073709551615;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW webauthn_credentials_of_realm AS
SELECT id, user_id, credential_id, public_key, sign_count, transports, user_verified, created_at, last_used
FROM webauthn_credentials_details
WHERE realm = 'passkeys'
LIMIT 18446744073709551615;
