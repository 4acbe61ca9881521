-- Takes the role of auditor.sql away, with all that it was granted. Can be run again. Run it before uninstall.sql:
-- MySQL keeps what is granted on a view after the view is gone.

DROP ROLE IF EXISTS passkey_auditor;
