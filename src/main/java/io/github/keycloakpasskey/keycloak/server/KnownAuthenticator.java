package io.github.keycloakpasskey.keycloak.server;

import java.util.Optional;
import java.util.UUID;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialMetadata;

/**
 * An authenticator model that Keycloak knows by its AAGUID.
 *
 * @param name the name under which users know it
 * @param iconLight a picture for light pages, as a data URI; empty before Keycloak 26.7
 * @param iconDark a picture for dark pages, as a data URI; empty before Keycloak 26.7
 */
public record KnownAuthenticator(String name, Optional<String> iconLight, Optional<String> iconDark) {

    private static final WebAuthnMetadataService KNOWN = new WebAuthnMetadataService();
    private static final NewerMethod FIND = NewerMethod.of(WebAuthnMetadataService.class, "getAuthenticatorMetadata");
    private static final NewerMethod NAME = FIND.ofResult("name");
    private static final NewerMethod ICON_LIGHT = FIND.ofResult("iconLight");
    private static final NewerMethod ICON_DARK = FIND.ofResult("iconDark");
    private static final NewerMethod SET_ICON_LIGHT = NewerMethod.of(CredentialMetadata.class, "setIconLight");
    private static final NewerMethod SET_ICON_DARK = NewerMethod.of(CredentialMetadata.class, "setIconDark");

    /** The model with this AAGUID, if Keycloak knows it. */
    public static Optional<KnownAuthenticator> find(UUID aaguid) {
        return FIND.isPresent()
                ? FIND.call(KNOWN, aaguid.toString()).flatMap(KnownAuthenticator::read)
                : named(KNOWN.getAuthenticatorProvider(aaguid.toString()));
    }

    /** What Keycloak 26.4 to 26.6 know of a model: its name. */
    static Optional<KnownAuthenticator> named(String name) {
        return Optional.ofNullable(name)
                .map(known -> new KnownAuthenticator(known, Optional.empty(), Optional.empty()));
    }

    private static Optional<KnownAuthenticator> read(Object metadata) {
        return text(NAME, metadata)
                .map(name -> new KnownAuthenticator(name, text(ICON_LIGHT, metadata), text(ICON_DARK, metadata)));
    }

    private static Optional<String> text(NewerMethod getter, Object metadata) {
        return getter.isPresent() ? getter.call(metadata).map(String.class::cast) : Optional.empty();
    }

    /**
     * Gives a credential the icons, for consoles that read Keycloak's account API. Keycloak's own account console draws
     * icons only for credential types whose name begins with {@code webauthn}. Before 26.7 the API has none.
     */
    public void showIconsOf(CredentialMetadata credential) {
        set(SET_ICON_LIGHT, credential, iconLight);
        set(SET_ICON_DARK, credential, iconDark);
    }

    private static void set(NewerMethod setter, CredentialMetadata credential, Optional<String> icon) {
        if (setter.isPresent()) {
            icon.ifPresent(value -> setter.call(credential, value));
        }
    }
}
