-- Passkeys that nobody signed in with for 90 days; one that never was used counts from its creation.
SELECT d.realm, u.username, u.email, d.user_id, d.id, d.label, d.created_at, d.last_used
FROM webauthn_credentials_details d JOIN users_details u ON u.id = d.user_id
WHERE COALESCE(d.last_used, d.created_at, TIMESTAMP '1970-01-01 00:00:00')
  < (now() AT TIME ZONE 'UTC') - INTERVAL '90 days'
ORDER BY d.realm, d.last_used NULLS FIRST, d.created_at, d.id;
