-- Takes away what install.sql and one-realm.sql made, and nothing else. Can be run again. What is granted on the views
-- stays, and is in force once they are there again: by install.sql, and by your own copies of one-realm.sql. Drop views
-- of your own that read these too: they are broken until then.

DROP VIEW IF EXISTS webauthn_credentials_of_realm;
DROP VIEW IF EXISTS users_of_realm;
DROP VIEW IF EXISTS users;
DROP VIEW IF EXISTS users_details;
DROP VIEW IF EXISTS webauthn_credentials_unreadable;
DROP VIEW IF EXISTS webauthn_credentials;
DROP VIEW IF EXISTS webauthn_credentials_details;
DROP VIEW IF EXISTS passkey_records;
DROP VIEW IF EXISTS passkey_members;
DROP VIEW IF EXISTS passkey_rows;
