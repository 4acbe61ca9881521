package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import java.time.Instant;
import org.keycloak.credential.CredentialModel;

/** A passkey as Keycloak stores it: a {@link PasskeyRecord} in {@code credentialData}, and nothing secret. */
public final class PasskeyCredentialModel extends CredentialModel {

    private static final long serialVersionUID = 1L;
    private static final String NOTHING_SECRET = "{}";

    private PasskeyCredentialModel() {}

    /** A new passkey. It has no id until it is stored. */
    static PasskeyCredentialModel of(PasskeyRecord record, String label, Instant created) {
        PasskeyCredentialModel model = new PasskeyCredentialModel();
        model.setType(PasskeyIds.CREDENTIAL_TYPE);
        model.setUserLabel(label);
        model.setCreatedDate(created.toEpochMilli());
        model.setSecretData(NOTHING_SECRET);
        model.setCredentialData(record.toJson());
        return model;
    }

    /** A stored credential of this type. {@link #record()} reads its document. */
    static PasskeyCredentialModel of(CredentialModel stored) {
        PasskeyCredentialModel model = new PasskeyCredentialModel();
        model.setId(stored.getId());
        model.setType(PasskeyIds.CREDENTIAL_TYPE);
        model.setUserLabel(stored.getUserLabel());
        model.setCreatedDate(stored.getCreatedDate());
        model.setSecretData(stored.getSecretData());
        model.setCredentialData(stored.getCredentialData());
        model.setFederationLink(stored.getFederationLink());
        return model;
    }

    /** @throws IllegalArgumentException if the stored document is no passkey record */
    PasskeyRecord record() {
        return PasskeyRecord.parse(getCredentialData());
    }
}
