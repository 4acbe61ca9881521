-- Passkeys by the model of their authenticator. The AAGUID is proven only where attestation was demanded; zeros are
-- those that did not say.
SELECT
  realm,
  aaguid,
  count(*) AS passkeys,
  count(DISTINCT user_id) AS users,
  count(*) FILTER (WHERE backed_up) AS synced,
  count(*) FILTER (WHERE attestation_format <> 'none') AS attested,
  max(last_used) AS last_used
FROM webauthn_credentials_details
GROUP BY realm, aaguid
ORDER BY realm, passkeys DESC, aaguid;
