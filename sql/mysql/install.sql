-- The passkeys of Keycloak as two relations, users and webauthn_credentials, and what an auditor asks beyond
-- them. MySQL 8.0 or later, MariaDB 10.11 or later. Run by the account that owns Keycloak's database, in that
-- database. It reads Keycloak's tables alone, and can be run again. What each column means: docs/data-model.md.
--
-- An id is a UUID as VARCHAR(36). Keycloak's ids are text: one that is a UUID stays what it is; of any other, such as a
-- federated user's, the first 16 bytes of its SHA-256: the same for the same id, in both relations. A time is a
-- DATETIME(3) in UTC; null where the stored number leads to no time from 1970 to 9999. There are no functions: where
-- MySQL writes a binary log it lets only its administrators create them.

-- What a view casts to text has the character set of who made the view.
SET NAMES utf8mb4;

-- Every row of a passkey, of local and of federated users, readable or not. The document is null where it is no JSON:
-- one broken row must not break the view. Nesting that is too deep is an error in MySQL, so that a document with more
-- than 99 brackets is not tried; those in strings do not count. No expression here goes back in what it has read (the
-- string needs no end, the padding is taken off): on a long text MySQL would give that up with an error.
--
-- The user's UUID is made in the union, as MariaDB can make an index of what a union gives. So who joins the two
-- relations does not compare each row with each.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW passkey_rows AS
SELECT
  c.ID AS keycloak_id,
  c.USER_ID AS keycloak_user_id,
  CAST(CASE
    WHEN c.USER_ID REGEXP '(?-i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z' THEN c.USER_ID
    ELSE INSERT(INSERT(INSERT(INSERT(
      LEFT(SHA2(CONVERT(c.USER_ID USING utf8mb4), 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')
  END AS CHAR(36)) AS user_id,
  u.REALM_ID AS realm_id,
  c.USER_LABEL AS label,
  c.CREATED_DATE AS created_date,
  CASE
    WHEN CHAR_LENGTH(REGEXP_REPLACE(
      REPLACE(REPLACE(c.CREDENTIAL_DATA, '\\\\', ''), '\\"', ''), '"[^"]*"?|[^"\\[\\{]+', '')) > 99 THEN NULL
    WHEN JSON_VALID(c.CREDENTIAL_DATA) THEN c.CREDENTIAL_DATA
  END AS document
FROM CREDENTIAL c JOIN USER_ENTITY u ON u.ID = c.USER_ID
WHERE c.TYPE = 'passkey'
UNION ALL
SELECT
  f.ID,
  f.USER_ID,
  CAST(CASE
    WHEN f.USER_ID REGEXP '(?-i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z' THEN f.USER_ID
    ELSE INSERT(INSERT(INSERT(INSERT(
      LEFT(SHA2(CONVERT(f.USER_ID USING utf8mb4), 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')
  END AS CHAR(36)),
  f.REALM_ID,
  f.USER_LABEL,
  f.CREATED_DATE,
  CASE
    WHEN CHAR_LENGTH(REGEXP_REPLACE(
      REPLACE(REPLACE(f.CREDENTIAL_DATA, '\\\\', ''), '\\"', ''), '"[^"]*"?|[^"\\[\\{]+', '')) > 99 THEN NULL
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
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.userHandle')) = 'STRING'
    THEN JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.userHandle')) END AS user_handle,
  CASE WHEN JSON_EXTRACT(p.document, '$.signCount') IS NULL THEN 0
    WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.signCount')) IN ('INTEGER', 'UNSIGNED INTEGER')
    THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.signCount')) AS DECIMAL(30, 0)) END AS sign_count,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.lastUsed')) IN ('INTEGER', 'UNSIGNED INTEGER')
    THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.lastUsed')) AS DECIMAL(30, 0)) END AS last_used,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.lastVerified')) IN ('INTEGER', 'UNSIGNED INTEGER')
    THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.lastVerified')) AS DECIMAL(30, 0)) END AS last_verified,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.cloneSuspected')) IN ('INTEGER', 'UNSIGNED INTEGER')
    THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.cloneSuspected')) AS DECIMAL(30, 0)) END AS clone_suspected
FROM passkey_rows p;

-- The same, and whether the extension can read it: an id, a key, a counter, and a user handle, if there is one, that is
-- base64url (RFC 4648 section 5, with or without padding) as the id and the key are; the handle may be empty.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW passkey_records AS
SELECT
  CAST(CASE
    WHEN m.keycloak_id REGEXP '(?-i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z' THEN m.keycloak_id
    ELSE INSERT(INSERT(INSERT(INSERT(
      LEFT(SHA2(CONVERT(m.keycloak_id USING utf8mb4), 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')
  END AS CHAR(36)) AS id,
  m.user_id,
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
      AND m.credential_id <> ''
      AND TRIM(TRAILING '=' FROM m.credential_id) NOT REGEXP '(?-i)[^A-Za-z0-9_-]'
      AND MOD(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.credential_id)), 4) <> 1
      AND (m.credential_id NOT LIKE '%='
        OR m.credential_id NOT LIKE '%===' AND MOD(CHAR_LENGTH(m.credential_id), 4) = 0)
      AND m.public_key <> ''
      AND TRIM(TRAILING '=' FROM m.public_key) NOT REGEXP '(?-i)[^A-Za-z0-9_-]'
      AND MOD(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.public_key)), 4) <> 1
      AND (m.public_key NOT LIKE '%='
        OR m.public_key NOT LIKE '%===' AND MOD(CHAR_LENGTH(m.public_key), 4) = 0)
      AND (m.user_handle IS NULL OR (
        TRIM(TRAILING '=' FROM m.user_handle) NOT REGEXP '(?-i)[^A-Za-z0-9_-]'
        AND MOD(CHAR_LENGTH(TRIM(TRAILING '=' FROM m.user_handle)), 4) <> 1
        AND (m.user_handle NOT LIKE '%='
          OR m.user_handle NOT LIKE '%===' AND MOD(CHAR_LENGTH(m.user_handle), 4) = 0))),
    FALSE) AS readable
FROM passkey_members m LEFT JOIN REALM r ON r.ID = m.realm_id;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW webauthn_credentials_details AS
SELECT
  p.id,
  p.user_id,
  p.realm,
  p.keycloak_id,
  p.keycloak_user_id,
  p.label,
  FROM_BASE64(RPAD(
    REPLACE(REPLACE(p.credential_id, '-', '+'), '_', '/'), 4 * CEILING(CHAR_LENGTH(p.credential_id) / 4), '='))
    AS credential_id,
  FROM_BASE64(RPAD(
    REPLACE(REPLACE(p.public_key, '-', '+'), '_', '/'), 4 * CEILING(CHAR_LENGTH(p.public_key) / 4), '='))
    AS public_key,
  CAST(p.sign_count AS SIGNED) AS sign_count,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.transports')) = 'ARRAY'
    THEN JSON_EXTRACT(p.document, '$.transports') ELSE JSON_ARRAY() END AS transports,
  COALESCE(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.userVerified')) = 'true', FALSE) AS user_verified,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.discoverable')) = 'BOOLEAN'
    THEN JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.discoverable')) = 'true' END AS discoverable,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.backupEligible')) = 'BOOLEAN'
    THEN JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.backupEligible')) = 'true' END AS backup_eligible,
  COALESCE(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.backedUp')) = 'true', FALSE) AS backed_up,
  CAST(CASE WHEN COALESCE(JSON_TYPE(JSON_EXTRACT(p.document, '$.aaguid')), 'NULL') = 'NULL'
    THEN '00000000-0000-0000-0000-000000000000'
    WHEN LOWER(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.aaguid'))) REGEXP
      '(?-i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z'
    THEN LOWER(JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.aaguid')))
  END AS CHAR(36)) AS aaguid,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.attestationFormat')) <> 'NULL'
    THEN JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.attestationFormat')) ELSE 'none' END AS attestation_format,
  CASE WHEN JSON_TYPE(JSON_EXTRACT(p.document, '$.rpId')) <> 'NULL'
    THEN JSON_UNQUOTE(JSON_EXTRACT(p.document, '$.rpId')) END AS rp_id,
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
-- database has the id alone. They are grouped by the UUID, as MySQL takes two ids that differ in case for one.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW users_details AS
SELECT
  u.id,
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
      CAST(CASE
        WHEN l.ID REGEXP '(?-i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z' THEN l.ID
        ELSE INSERT(INSERT(INSERT(INSERT(
          LEFT(SHA2(CONVERT(l.ID USING utf8mb4), 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')
      END AS CHAR(36)) AS id,
      l.ID AS keycloak_id,
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
      CAST(CASE
        WHEN f.USER_ID REGEXP '(?-i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z' THEN f.USER_ID
        ELSE INSERT(INSERT(INSERT(INSERT(
          LEFT(SHA2(CONVERT(f.USER_ID USING utf8mb4), 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')
      END AS CHAR(36)) AS uuid,
      MIN(f.USER_ID),
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
    GROUP BY uuid
  ) u
  LEFT JOIN REALM r ON r.ID = u.realm_id
  LEFT JOIN COMPONENT s ON s.ID = u.storage_id;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW users AS
SELECT id, email, display_name, created_at FROM users_details;
