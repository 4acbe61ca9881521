package io.github.keycloakpasskey.keycloak.credential;

import java.time.Instant;
import org.keycloak.credential.CredentialModel;

/** A passkey as Keycloak stores it: {@link PasskeyRecord} in {@code credentialData}, nothing secret. */
public final class PasskeyCredentialModel extends CredentialModel {

    /** The credential type, and the id of everything in Keycloak that is named after it. */
    public static final String TYPE = "passkey";

    /** The id of the required action in which a person makes one. */
    public static final String CREATE_ACTION = "passkey-register";

    private static final long serialVersionUID = 1L;
    private static final String NOTHING_SECRET = "{}";

    private PasskeyCredentialModel() {}

    /** A new passkey; it has no id before it is stored. */
    static PasskeyCredentialModel of(PasskeyRecord record, String label, Instant created) {
        PasskeyCredentialModel model = new PasskeyCredentialModel();
        model.setType(TYPE);
        model.setUserLabel(label);
        model.setCreatedDate(created.toEpochMilli());
        model.setSecretData(NOTHING_SECRET);
        model.setCredentialData(record.toJson());
        return model;
    }

    /** A stored credential of this type; its document is not read before {@link #record()}. */
    static PasskeyCredentialModel of(CredentialModel stored) {
        PasskeyCredentialModel model = new PasskeyCredentialModel();
        model.setId(stored.getId());
        model.setType(TYPE);
        model.setUserLabel(stored.getUserLabel());
        model.setCreatedDate(stored.getCreatedDate());
        model.setSecretData(stored.getSecretData());
        model.setCredentialData(stored.getCredentialData());
        model.setFederationLink(stored.getFederationLink());
        return model;
    }

    /** @throws IllegalArgumentException if the stored document is not a passkey's */
    PasskeyRecord record() {
        return PasskeyRecord.parse(getCredentialData());
    }
}
