-- Rows of passkeys whose record is broken. Nobody can sign in with them; their owners need new ones.
SELECT b.realm, u.username, u.email, b.user_id, b.id, b.keycloak_id, b.label, b.created_at
FROM webauthn_credentials_unreadable b JOIN users_details u ON u.id = b.user_id
ORDER BY b.realm, u.username, b.id;
