-- Passkeys by the model of their authenticator; zeros are those that did not say. with_statement counts those that sent
-- an attestation statement. The passkey itself may have signed it: it proves the model only where the policy demanded
-- attestation that is trusted.
SELECT
  realm,
  aaguid,
  COUNT(*) AS passkeys,
  COUNT(DISTINCT user_id) AS users,
  SUM(CASE WHEN backed_up THEN 1 ELSE 0 END) AS synced,
  SUM(CASE WHEN attestation_format <> 'none' THEN 1 ELSE 0 END) AS with_statement,
  MAX(last_used) AS last_used
FROM webauthn_credentials_details
GROUP BY realm, aaguid
ORDER BY realm, passkeys DESC, aaguid;
