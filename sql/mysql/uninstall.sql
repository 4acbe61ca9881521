-- Takes away what install.sql and one-realm.sql made, and nothing else. Can be run again.

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
