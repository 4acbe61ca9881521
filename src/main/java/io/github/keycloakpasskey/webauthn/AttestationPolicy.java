package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The attestation that a new passkey needs (§7.1 steps 21 to 24).
 *
 * @param conveyance what the browser is asked for. {@code DIRECT} and {@code ENTERPRISE} demand a statement. {@code NONE}
 *     still verifies a statement that was sent, if it can be verified here, but does not demand that its certificates are
 *     trusted, unless the trust demands proven models
 * @param formats the accepted attestation statement formats; if empty, all. An empty set accepts no format
 * @param trust the source of trusted certificates; if empty, no certificate is trusted and none needs to be
 */
public record AttestationPolicy(
        AttestationConveyance conveyance, Optional<Set<AttestationFormat>> formats, Optional<AttestationTrust> trust) {

    /** Demands nothing. */
    public static final AttestationPolicy NONE =
            new AttestationPolicy(AttestationConveyance.NONE, Optional.empty(), Optional.empty());

    public AttestationPolicy {
        formats = formats.map(Set::copyOf);
    }

    /**
     * Whether the format is accepted.
     *
     * @param format empty for a format that cannot be verified
     */
    boolean accepts(Optional<AttestationFormat> format) {
        return formats.isEmpty() || format.filter(formats.get()::contains).isPresent();
    }

    /**
     * Whether a statement that cannot be verified here counts as none: nobody asked for it (§7.1 step 21, and §5.4.7 on
     * {@code none}).
     */
    boolean ignoresUnverifiable() {
        return conveyance == AttestationConveyance.NONE
                && !demandsModel()
                && accepts(Optional.of(AttestationFormat.NONE));
    }

    /** Whether a passkey without an attestation statement is refused. */
    boolean demandsStatement() {
        return conveyance == AttestationConveyance.DIRECT
                || conveyance == AttestationConveyance.ENTERPRISE
                || demandsModel();
    }

    /** Whether a passkey whose certificates are not trusted is refused. */
    boolean demandsTrust() {
        return trust.isPresent() && (conveyance != AttestationConveyance.NONE || demandsModel());
    }

    /** Whether a passkey whose authenticator does not prove its model is refused. */
    boolean demandsModel() {
        return trust.filter(AttestationTrust::demandsModel).isPresent();
    }
}
