-- A role that may read the views and nothing else of Keycloak's tables: no password hash, no secret. Run after
-- install.sql, by an administrator, who may create roles and grant on the views. Can be run again. Then, for each
-- auditor:
--   CREATE USER ada IDENTIFIED BY '…';
--   GRANT passkey_auditor TO ada;
--   SET DEFAULT ROLE passkey_auditor TO ada;     (MariaDB: SET DEFAULT ROLE passkey_auditor FOR ada;)

CREATE ROLE IF NOT EXISTS passkey_auditor;
GRANT SELECT ON users TO passkey_auditor;
GRANT SELECT ON users_details TO passkey_auditor;
GRANT SELECT ON webauthn_credentials TO passkey_auditor;
GRANT SELECT ON webauthn_credentials_details TO passkey_auditor;
GRANT SELECT ON webauthn_credentials_unreadable TO passkey_auditor;
