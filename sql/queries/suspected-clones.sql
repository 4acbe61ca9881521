-- Passkeys whose signature counter did not grow once: there may be a copy of the key. Ordered by the first suspicion of
-- each, the latest first; later ones of the same passkey are not kept.
SELECT d.realm, u.username, u.email, d.user_id, d.id, d.label, d.sign_count, d.clone_suspected, d.last_used
FROM webauthn_credentials_details d JOIN users_details u ON u.id = d.user_id
WHERE d.clone_suspected IS NOT NULL
ORDER BY d.clone_suspected DESC, d.id;
