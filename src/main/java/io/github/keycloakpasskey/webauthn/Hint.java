package io.github.keycloakpasskey.webauthn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which kind of authenticator a relying party expects, for the browser to offer first (§5.8.7). Nothing is enforced. */
public enum Hint {
    SECURITY_KEY(AuthenticatorAttachment.CROSS_PLATFORM),
    CLIENT_DEVICE(AuthenticatorAttachment.PLATFORM),
    HYBRID(AuthenticatorAttachment.CROSS_PLATFORM);

    private final AuthenticatorAttachment attachment;

    Hint(AuthenticatorAttachment attachment) {
        this.attachment = attachment;
    }

    /** The attachment that authenticators of this kind have. */
    public AuthenticatorAttachment attachment() {
        return attachment;
    }

    /** The name in WebAuthn's JSON: {@code security-key}, {@code client-device}, {@code hybrid}. */
    public String json() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty for what is none. */
    public static Optional<Hint> ofJson(String value) {
        return Arrays.stream(values()).filter(hint -> hint.json().equals(value)).findFirst();
    }

    /** The attachment that browsers are asked for that know no hints; empty where the hints name both kinds or none. */
    static Optional<AuthenticatorAttachment> attachment(List<Hint> hints) {
        List<AuthenticatorAttachment> named =
                hints.stream().map(Hint::attachment).distinct().toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }
}
