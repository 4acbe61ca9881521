-- The passkeys of Keycloak as two relations, users and webauthn_credentials, and what an auditor asks beyond
-- them. PostgreSQL 14 or later. Run by the owner of Keycloak's tables, in their schema. It reads those tables
-- alone, and can be run again. What each column means: docs/data-model.md.

BEGIN;

-- A function runs with the rights and the search_path of who asks a view. So the first three have bodies that are read
-- here and now: nobody can put a function of their own in the place of one that they call, and see what it is given.
-- They are not STRICT, as that would keep PostgreSQL from writing them into the query.

-- Keycloak's ids are text. One that is a UUID stays what it is; of any other, such as a federated user's, the
-- first 16 bytes of its SHA-256: the same for the same id, in both relations.
CREATE OR REPLACE FUNCTION passkey_uuid(keycloak_id text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN keycloak_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN keycloak_id::uuid
  ELSE encode(substring(sha256(convert_to(keycloak_id, 'UTF8')) FOR 16), 'hex')::uuid
END;

-- Null where the text is not base64url (RFC 4648 section 5), with or without its padding.
CREATE OR REPLACE FUNCTION passkey_bytes(base64url text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN base64url ~ '^[A-Za-z0-9_-]*={0,2}$'
    AND length(rtrim(base64url, '=')) % 4 <> 1
    AND (base64url NOT LIKE '%=' OR length(base64url) % 4 = 0)
  THEN decode(
    rpad(translate(base64url, '-_', '+/'), (length(base64url) + 3) / 4 * 4, '='),
    'base64')
END;

-- In UTC. Null where the text is not a number of milliseconds that leads to a time from 1970 to 9999.
CREATE OR REPLACE FUNCTION passkey_timestamp(milliseconds text) RETURNS timestamp
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN milliseconds ~ '^[0-9]{1,15}$' AND milliseconds::bigint <= 253402300799999
  THEN (timestamp '1970-01-01 00:00:00' + milliseconds::bigint * interval '1 millisecond')::timestamp(3)
END;

-- Null where the text is not JSON: one broken row must not break the view. What JSON can say and PostgreSQL's text
-- cannot hold (U+0000, half of a surrogate pair) becomes U+FFFD, so that nobody hides a passkey behind it. Not PARALLEL
-- SAFE: before PostgreSQL 17 no exception can be caught in a query that runs in parallel.
CREATE OR REPLACE FUNCTION passkey_document(credential_data text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
BEGIN
  RETURN regexp_replace(credential_data, '\\u(0000|[Dd][89A-Fa-f][0-9A-Fa-f]{2})', '\\ufffd', 'g')::jsonb;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$$;

-- Every row of a passkey, of local and of federated users, readable or not.
CREATE OR REPLACE VIEW passkey_rows WITH (security_barrier) AS
SELECT id, user_id, realm_id, user_label, created_date, passkey_document(credential_data) AS document
FROM (
  SELECT c.id, c.user_id, u.realm_id, c.user_label, c.created_date, c.credential_data
  FROM credential c JOIN user_entity u ON u.id = c.user_id
  WHERE c.type = 'passkey'
  UNION ALL
  SELECT id, user_id, realm_id, user_label, created_date, credential_data
  FROM fed_user_credential
  WHERE type = 'passkey'
) stored;

-- The same with what a sign-in needs, and whether the extension can read it: an id, a key, a counter, and a user
-- handle, if there is one, that is base64url; the handle may be empty.
CREATE OR REPLACE VIEW passkey_records WITH (security_barrier) AS
SELECT
  *,
  COALESCE(
    octet_length(credential_id) > 0
      AND octet_length(public_key) > 0
      AND sign_count IS NOT NULL
      AND (jsonb_typeof(document -> 'userHandle') IS DISTINCT FROM 'string'
        OR passkey_bytes(document ->> 'userHandle') IS NOT NULL),
    FALSE) AS readable
FROM (
  SELECT
    *,
    CASE WHEN jsonb_typeof(document -> 'credentialId') = 'string'
      THEN passkey_bytes(document ->> 'credentialId') END AS credential_id,
    CASE WHEN jsonb_typeof(document -> 'publicKey') = 'string'
      THEN passkey_bytes(document ->> 'publicKey') END AS public_key,
    CASE
      WHEN document -> 'signCount' IS NULL THEN 0
      WHEN (document -> 'signCount')::text ~ '^[0-9]{1,10}$' AND (document ->> 'signCount')::bigint <= 4294967295
      THEN (document ->> 'signCount')::bigint
    END AS sign_count
  FROM passkey_rows
) members;

CREATE OR REPLACE VIEW webauthn_credentials_details WITH (security_barrier) AS
SELECT
  passkey_uuid(p.id) AS id,
  passkey_uuid(p.user_id) AS user_id,
  r.name AS realm,
  p.id AS keycloak_id,
  p.user_id AS keycloak_user_id,
  p.user_label AS label,
  p.credential_id,
  p.public_key,
  p.sign_count,
  ARRAY(SELECT jsonb_array_elements_text(
    CASE WHEN jsonb_typeof(p.document -> 'transports') = 'array' THEN p.document -> 'transports' ELSE '[]' END
  )) AS transports,
  COALESCE(p.document ->> 'userVerified' = 'true', FALSE) AS user_verified,
  CASE WHEN jsonb_typeof(p.document -> 'discoverable') = 'boolean'
    THEN p.document ->> 'discoverable' = 'true' END AS discoverable,
  CASE WHEN jsonb_typeof(p.document -> 'backupEligible') = 'boolean'
    THEN p.document ->> 'backupEligible' = 'true' END AS backup_eligible,
  COALESCE(p.document ->> 'backedUp' = 'true', FALSE) AS backed_up,
  CASE
    WHEN p.document ->> 'aaguid' IS NULL THEN '00000000-0000-0000-0000-000000000000'::uuid
    WHEN p.document ->> 'aaguid' ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
    THEN (p.document ->> 'aaguid')::uuid
  END AS aaguid,
  COALESCE(p.document ->> 'attestationFormat', 'none') AS attestation_format,
  p.document ->> 'rpId' AS rp_id,
  passkey_timestamp(p.created_date::text) AS created_at,
  passkey_timestamp((p.document -> 'lastUsed')::text) AS last_used,
  COALESCE(
    passkey_timestamp((p.document -> 'lastVerified')::text),
    CASE WHEN p.document ->> 'userVerified' = 'true' THEN passkey_timestamp(p.created_date::text) END
  ) AS last_verified,
  passkey_timestamp((p.document -> 'cloneSuspected')::text) AS clone_suspected
FROM passkey_records p LEFT JOIN realm r ON r.id = p.realm_id
WHERE p.readable;

CREATE OR REPLACE VIEW webauthn_credentials WITH (security_barrier) AS
SELECT id, user_id, credential_id, public_key, sign_count, transports, user_verified, created_at, last_used
FROM webauthn_credentials_details;

-- The rows that are left out above, as they serve nobody: nobody can sign in with them.
CREATE OR REPLACE VIEW webauthn_credentials_unreadable WITH (security_barrier) AS
SELECT
  passkey_uuid(p.id) AS id,
  passkey_uuid(p.user_id) AS user_id,
  r.name AS realm,
  p.id AS keycloak_id,
  p.user_id AS keycloak_user_id,
  p.user_label AS label,
  passkey_timestamp(p.created_date::text) AS created_at
FROM passkey_records p LEFT JOIN realm r ON r.id = p.realm_id
WHERE NOT p.readable;

-- Local users, and those users of a federation without import who have a credential here: of them Keycloak's
-- database has the id alone.
CREATE OR REPLACE VIEW users_details WITH (security_barrier) AS
SELECT
  passkey_uuid(u.id) AS id,
  u.email,
  left(
    COALESCE(NULLIF(concat_ws(' ', NULLIF(btrim(u.first_name), ''), NULLIF(btrim(u.last_name), '')), ''), u.username),
    100)::varchar(100) AS display_name,
  passkey_timestamp(u.created_timestamp::text) AS created_at,
  r.name AS realm,
  u.id::varchar(255) AS keycloak_id,
  u.username,
  u.enabled,
  u.service_account_client_link IS NOT NULL AS service_account,
  s.name AS user_storage
FROM user_entity u
  LEFT JOIN realm r ON r.id = u.realm_id
  LEFT JOIN component s ON s.id = u.federation_link
UNION ALL
SELECT
  passkey_uuid(f.user_id),
  NULL::varchar(255),
  left(substring(f.user_id FROM '^f:[^:]*:(.*)$'), 100)::varchar(100),
  NULL::timestamp,
  r.name,
  f.user_id,
  NULL::varchar(255),
  NULL::boolean,
  FALSE,
  s.name
FROM (
    SELECT user_id, min(realm_id) AS realm_id, min(storage_provider_id) AS storage_provider_id
    FROM fed_user_credential
    GROUP BY user_id
  ) f
  LEFT JOIN realm r ON r.id = f.realm_id
  LEFT JOIN component s ON s.id = f.storage_provider_id
WHERE NOT EXISTS (SELECT FROM user_entity u WHERE u.id = f.user_id);

CREATE OR REPLACE VIEW users WITH (security_barrier) AS
SELECT id, email, display_name, created_at FROM users_details;

COMMIT;
