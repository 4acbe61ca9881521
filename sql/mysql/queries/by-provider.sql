-- Passkeys by the model of their authenticator. The AAGUID is proven only where attestation was demanded; zeros are
-- those that did not say.
SELECT
  realm,
  aaguid,
  COUNT(*) AS passkeys,
  COUNT(DISTINCT user_id) AS users,
  SUM(backed_up) AS synced,
  SUM(attestation_format <> 'none') AS attested,
  MAX(last_used) AS last_used
FROM webauthn_credentials_details
GROUP BY realm, aaguid
ORDER BY realm, passkeys DESC, aaguid;
