package io.github.keycloakpasskey.testbed;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An authenticator and the browser in front of it, in memory: takes the options of a page and gives the JSON that
 * WebAuthn Level 3 prescribes ({@code RegistrationResponseJSON}, {@code AuthenticationResponseJSON}).
 *
 * <p>It verifies nobody and asks nobody; a test decides what it claims.
 */
public final class SoftwareAuthenticator {

    /** An authenticator that does not say of what make it is. */
    public static final UUID UNKNOWN_MAKE = new UUID(0, 0);

    private final UUID aaguid;
    private final List<SoftwarePasskey> passkeys = new CopyOnWriteArrayList<>();

    public SoftwareAuthenticator() {
        this(UNKNOWN_MAKE);
    }

    /** An authenticator of this make. */
    public SoftwareAuthenticator(UUID aaguid) {
        this.aaguid = aaguid;
    }

    /** Starts a registration with {@code PublicKeyCredentialCreationOptionsJSON}, on a page of this origin. */
    public RegistrationCeremony register(String optionsJson, String origin) {
        return new RegistrationCeremony(this, aaguid, optionsJson, origin);
    }

    /** What another authenticator answers that makes a new key under a credential id that is somebody's. */
    public static String claim(String optionsJson, String origin, byte[] credentialId) {
        return new SoftwareAuthenticator()
                .register(optionsJson, origin)
                .ignoringExcludes()
                .credentialId(credentialId)
                .json();
    }

    /** Starts a sign-in with {@code PublicKeyCredentialRequestOptionsJSON}, on a page of this origin. */
    public AuthenticationCeremony authenticate(String optionsJson, String origin) {
        return new AuthenticationCeremony(this, optionsJson, origin);
    }

    /** The passkeys that were made here, oldest first. */
    public List<SoftwarePasskey> passkeys() {
        return List.copyOf(passkeys);
    }

    /** The passkey that was made last. */
    public SoftwarePasskey newest() {
        return passkeys.get(passkeys.size() - 1);
    }

    void keep(SoftwarePasskey passkey) {
        passkeys.add(passkey);
    }

    boolean holds(byte[] credentialId) {
        return passkeys.stream().anyMatch(passkey -> Arrays.equals(passkey.credentialId(), credentialId));
    }
}
