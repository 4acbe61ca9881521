-- Passkeys of certain models of authenticators, such as those that a realm denies, and their owners. Put the AAGUIDs into
-- the list, in lower case. other_passkeys counts the owner's passkeys of other models: where it is 0, a refusal at sign-in
-- leaves the owner no passkey. The model is what the authenticator said when the passkey was created.
SELECT
  d.realm,
  u.username,
  u.email,
  d.user_id,
  d.id,
  d.label,
  d.aaguid,
  d.attestation_format,
  d.last_used,
  (SELECT COUNT(*)
   FROM webauthn_credentials_details o
   WHERE o.user_id = d.user_id AND o.aaguid NOT IN ('0bb43545-fd2c-4185-87dd-feb0b2916ace')) AS other_passkeys
FROM webauthn_credentials_details d JOIN users_details u ON u.id = d.user_id
WHERE d.aaguid IN ('0bb43545-fd2c-4185-87dd-feb0b2916ace')
ORDER BY d.realm, u.username, d.id;
