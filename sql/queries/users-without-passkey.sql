-- People who have no passkey that works: neither service accounts nor users who are disabled. Of users of a federation
-- without import only those are known here who have another credential here.
SELECT u.realm, u.username, u.email, u.display_name, u.id, u.created_at
FROM users_details u
WHERE NOT u.service_account
  AND u.enabled IS NOT FALSE
  AND NOT EXISTS (SELECT 1 FROM webauthn_credentials c WHERE c.user_id = u.id)
ORDER BY u.realm, u.username, u.id;
