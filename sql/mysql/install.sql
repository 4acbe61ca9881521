-- The passkeys of Keycloak as two relations, users and webauthn_credentials, and what an auditor asks beyond
-- them. MySQL 8.0 or later, MariaDB 10.11 or later. Run by the account that owns Keycloak's database, in that
-- database. It reads Keycloak's tables alone, and can be run again. What each column means: docs/data-model.md.
--
-- An id is a UUID as CHAR(36). Keycloak's ids are text: one that is a UUID stays what it is; of any other, such as a
-- federated user's, the first 16 bytes of its SHA-256: the same for the same id, in both relations. A time is a
-- DATETIME(3) in UTC; null where the stored number leads to no time from 1970 to 9999. There are no functions: where
-- MySQL writes a binary log it lets only its administrators create them.

-- Every row of a passkey, of local and of federated users, readable or not. The document is null where it is no JSON:
-- one broken row must not break the view. Nesting that is too deep is an error in MySQL, so it is not tried.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW passkey_rows AS
SELECT
  CONVERT(c.ID USING utf8mb4) AS keycloak_id,
  CONVERT(c.USER_ID USING utf8mb4) AS keycloak_user_id,
  u.REALM_ID AS realm_id,
  c.USER_LABEL AS label,
  c.CREATED_DATE AS created_date,
  CASE
    WHEN CHAR_LENGTH(c.CREDENTIAL_DATA)
      - CHAR_LENGTH(REPLACE(REPLACE(c.CREDENTIAL_DATA, '[', ''), '{', '')) > 99 THEN NULL
    WHEN JSON_VALID(c.CREDENTIAL_DATA) THEN c.CREDENTIAL_DATA
  END AS document
FROM CREDENTIAL c JOIN USER_ENTITY u ON u.ID = c.USER_ID
WHERE c.TYPE = 'passkey'
UNION ALL
SELECT
  CONVERT(f.ID USING utf8mb4),
  CONVERT(f.USER_ID USING utf8mb4),
  f.REALM_ID,
  f.USER_LABEL,
  f.CREATED_DATE,
  CASE
    WHEN CHAR_LENGTH(f.CREDENTIAL_DATA)
      - CHAR_LENGTH(REPLACE(REPLACE(f.CREDENTIAL_DATA, '[', ''), '{', '')) > 99 THEN NULL
    WHEN JSON_VALID(f.CREDENTIAL_DATA) THEN f.CREDENTIAL_DATA
  END
FROM FED_USER_CREDENTIAL f
WHERE f.TYPE = 'passkey';

-- The same, with what has to be right in a document taken out of it: null where it is not.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW passkey_members AS
SELECT
  p.*,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.credentialId')) = 'STRING'
    THEN JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.credentialId')) END AS credential_id,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.publicKey')) = 'STRING'
    THEN JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.publicKey')) END AS public_key,
  CASE WHEN JSON_EXTRACT(p.document, '$.signCount') IS NULL THEN 0
    ELSE CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.signCount')) IN ('INTEGER', 'UNSIGNED INTEGER')
      THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.signCount')) AS DECIMAL(30, 0)) END END AS sign_count,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.lastUsed')) IN ('INTEGER', 'UNSIGNED INTEGER')
    THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.lastUsed')) AS DECIMAL(30, 0)) END AS last_used,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.lastVerified')) IN ('INTEGER', 'UNSIGNED INTEGER')
    THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.lastVerified')) AS DECIMAL(30, 0)) END AS last_verified,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.cloneSuspected')) IN ('INTEGER', 'UNSIGNED INTEGER')
    THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.cloneSuspected')) AS DECIMAL(30, 0)) END AS clone_suspected
FROM passkey_rows p;

-- The same, decoded from base64url (RFC 4648 section 5) with or without padding, and whether the extension can read it.
-- FROM_BASE64 passes over white space, and the characters of plain base64 are not those of base64url.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW passkey_records AS
SELECT
  CAST(CASE
    WHEN m.keycloak_id COLLATE utf8mb4_bin REGEXP
      '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
    THEN m.keycloak_id
    ELSE INSERT(INSERT(INSERT(INSERT(
      LEFT(SHA2(m.keycloak_id, 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')
  END AS CHAR(36)) AS id,
  CAST(CASE
    WHEN m.keycloak_user_id COLLATE utf8mb4_bin REGEXP
      '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
    THEN m.keycloak_user_id
    ELSE INSERT(INSERT(INSERT(INSERT(
      LEFT(SHA2(m.keycloak_user_id, 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')
  END AS CHAR(36)) AS user_id,
  r.NAME AS realm,
  m.keycloak_id,
  m.keycloak_user_id,
  m.label,
  m.document,
  m.credential_id,
  m.public_key,
  m.sign_count,
  CAST(CASE WHEN m.created_date BETWEEN 0 AND 253402300799999
    THEN TIMESTAMP('1970-01-01 00:00:00') + INTERVAL (m.created_date * 1000) MICROSECOND
  END AS DATETIME(3)) AS created_at,
  CAST(CASE WHEN m.last_used BETWEEN 0 AND 253402300799999
    THEN TIMESTAMP('1970-01-01 00:00:00') + INTERVAL (m.last_used * 1000) MICROSECOND
  END AS DATETIME(3)) AS last_used,
  CAST(CASE WHEN m.last_verified BETWEEN 0 AND 253402300799999
    THEN TIMESTAMP('1970-01-01 00:00:00') + INTERVAL (m.last_verified * 1000) MICROSECOND
  END AS DATETIME(3)) AS last_verified,
  CAST(CASE WHEN m.clone_suspected BETWEEN 0 AND 253402300799999
    THEN TIMESTAMP('1970-01-01 00:00:00') + INTERVAL (m.clone_suspected * 1000) MICROSECOND
  END AS DATETIME(3)) AS clone_suspected,
  COALESCE(
    m.sign_count BETWEEN 0 AND 4294967295
      AND OCTET_LENGTH(m.credential_id) > 0
      AND OCTET_LENGTH(m.credential_id) = FLOOR(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.credential_id_text)) * 3 / 4)
      AND MOD(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.credential_id_text)), 4) <> 1
      AND CHAR_LENGTH(m.credential_id_text) - CHAR_LENGTH(TRIM(TRAILING '=' FROM m.credential_id_text))
        IN (0, MOD(4 - MOD(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.credential_id_text)), 4), 4))
      AND LOCATE('+', m.credential_id_text) = 0
      AND LOCATE('/', m.credential_id_text) = 0
      AND OCTET_LENGTH(m.public_key) > 0
      AND OCTET_LENGTH(m.public_key) = FLOOR(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.public_key_text)) * 3 / 4)
      AND MOD(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.public_key_text)), 4) <> 1
      AND CHAR_LENGTH(m.public_key_text) - CHAR_LENGTH(TRIM(TRAILING '=' FROM m.public_key_text))
        IN (0, MOD(4 - MOD(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.public_key_text)), 4), 4))
      AND LOCATE('+', m.public_key_text) = 0
      AND LOCATE('/', m.public_key_text) = 0,
    FALSE) AS readable
FROM (
  SELECT
    t.keycloak_id, t.keycloak_user_id, t.realm_id, t.label, t.created_date, t.document,
    t.sign_count, t.last_used, t.last_verified, t.clone_suspected,
    t.credential_id AS credential_id_text,
    FROM_BASE64(RPAD(
      REPLACE(REPLACE(TRIM(TRAILING '=' FROM t.credential_id), '-', '+'), '_', '/'),
      4 * CEILING(CHAR_LENGTH(TRIM(TRAILING '=' FROM t.credential_id)) / 4),
      '=')) AS credential_id,
    t.public_key AS public_key_text,
    FROM_BASE64(RPAD(
      REPLACE(REPLACE(TRIM(TRAILING '=' FROM t.public_key), '-', '+'), '_', '/'),
      4 * CEILING(CHAR_LENGTH(TRIM(TRAILING '=' FROM t.public_key)) / 4),
      '=')) AS public_key
  FROM passkey_members t
) m LEFT JOIN REALM r ON r.ID = m.realm_id;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW webauthn_credentials_details AS
SELECT
  p.id,
  p.user_id,
  p.realm,
  p.keycloak_id,
  p.keycloak_user_id,
  p.label,
  p.credential_id,
  p.public_key,
  CAST(p.sign_count AS UNSIGNED) AS sign_count,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.transports')) = 'ARRAY'
    THEN JSON_EXTRACT(p.document, '$.transports') ELSE JSON_ARRAY() END AS transports,
  COALESCE(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.userVerified')) = 'true', FALSE) AS user_verified,
  JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.discoverable')) = 'true' AS discoverable,
  COALESCE(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.backupEligible')) = 'true', FALSE) AS backup_eligible,
  COALESCE(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.backedUp')) = 'true', FALSE) AS backed_up,
  CAST(CASE WHEN JSON_EXTRACT(p.document, '$.aaguid') IS NULL THEN '00000000-0000-0000-0000-000000000000'
    WHEN CHAR_LENGTH(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.aaguid'))) = 36
    THEN LOWER(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.aaguid')))
  END AS CHAR(36)) AS aaguid,
  COALESCE(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.attestationFormat')), 'none') AS attestation_format,
  JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.rpId')) AS rp_id,
  p.created_at,
  p.last_used,
  COALESCE(
    p.last_verified,
    CASE WHEN JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.userVerified')) = 'true' THEN p.created_at END
  ) AS last_verified,
  p.clone_suspected
FROM passkey_records p
WHERE p.readable;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW webauthn_credentials AS
SELECT id, user_id, credential_id, public_key, sign_count, transports, user_verified, created_at, last_used
FROM webauthn_credentials_details;

-- The rows that are left out above, as they serve nobody: nobody can sign in with them.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW webauthn_credentials_unreadable AS
SELECT p.id, p.user_id, p.realm, p.keycloak_id, p.keycloak_user_id, p.label, p.created_at
FROM passkey_records p
WHERE NOT p.readable;

-- Local users, and those users of a federation without import who have a credential here: of them Keycloak's
-- database has the id alone.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW users_details AS
SELECT
  CAST(CASE
    WHEN u.keycloak_id COLLATE utf8mb4_bin REGEXP
      '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
    THEN u.keycloak_id
    ELSE INSERT(INSERT(INSERT(INSERT(
      LEFT(SHA2(u.keycloak_id, 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')
  END AS CHAR(36)) AS id,
  u.email,
  CAST(LEFT(u.name, 100) AS CHAR(100)) AS display_name,
  CAST(CASE WHEN u.created_timestamp BETWEEN 0 AND 253402300799999
    THEN TIMESTAMP('1970-01-01 00:00:00') + INTERVAL (u.created_timestamp * 1000) MICROSECOND
  END AS DATETIME(3)) AS created_at,
  r.NAME AS realm,
  u.keycloak_id,
  u.username,
  u.enabled,
  u.service_account,
  s.NAME AS user_storage
FROM (
    SELECT
      CONVERT(l.ID USING utf8mb4) AS keycloak_id,
      l.EMAIL AS email,
      COALESCE(
        NULLIF(CONCAT_WS(' ', NULLIF(TRIM(l.FIRST_NAME), ''), NULLIF(TRIM(l.LAST_NAME), '')), ''),
        l.USERNAME) AS name,
      l.CREATED_TIMESTAMP AS created_timestamp,
      l.REALM_ID AS realm_id,
      l.USERNAME AS username,
      l.ENABLED = TRUE AS enabled,
      l.SERVICE_ACCOUNT_CLIENT_LINK IS NOT NULL AS service_account,
      l.FEDERATION_LINK AS storage_id
    FROM USER_ENTITY l
    UNION ALL
    SELECT
      CONVERT(f.USER_ID USING utf8mb4),
      NULL,
      MIN(CASE WHEN f.USER_ID LIKE 'f:%:%'
        THEN SUBSTRING(f.USER_ID, LOCATE(':', f.USER_ID, 3) + 1) END),
      NULL,
      MIN(f.REALM_ID),
      NULL,
      NULL,
      FALSE,
      MIN(f.STORAGE_PROVIDER_ID)
    FROM FED_USER_CREDENTIAL f
    WHERE NOT EXISTS (SELECT 1 FROM USER_ENTITY l WHERE l.ID = f.USER_ID)
    GROUP BY f.USER_ID
  ) u
  LEFT JOIN REALM r ON r.ID = u.realm_id
  LEFT JOIN COMPONENT s ON s.ID = u.storage_id;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW users AS
SELECT id, email, display_name, created_at FROM users_details;
