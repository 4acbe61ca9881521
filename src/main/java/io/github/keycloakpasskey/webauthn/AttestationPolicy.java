package io.github.keycloakpasskey.webauthn;

import java.util.Optional;
import java.util.Set;

/**
 * What a new passkey has to tell about its authenticator, and who has to vouch for it (§7.1 steps 21
 * to 24).
 *
 * @param conveyance what is asked for. {@code DIRECT} and {@code ENTERPRISE} demand a statement;
 *     {@code NONE} judges the statement that came all the same, but not where its certificates lead,
 *     unless the trust demands that models are proven
 * @param formats the accepted attestation statement formats, e.g. {@code packed}; any where empty
 * @param trust who vouches for authenticators; where empty, certificates may lead anywhere, and prove
 *     nothing
 */
public record AttestationPolicy(
        AttestationConveyance conveyance, Set<String> formats, Optional<AttestationTrust> trust) {

    /** Asks for nothing. */
    public static final AttestationPolicy NONE =
            new AttestationPolicy(AttestationConveyance.NONE, Set.of(), Optional.empty());

    public AttestationPolicy {
        formats = Set.copyOf(formats);
    }

    boolean accepts(String format) {
        return formats.isEmpty() || formats.contains(format);
    }

    /** Whether a passkey is refused whose authenticator says nothing. */
    boolean demandsStatement() {
        return conveyance == AttestationConveyance.DIRECT
                || conveyance == AttestationConveyance.ENTERPRISE
                || demandsModel();
    }

    /** Whether a passkey is refused whose certificates lead nowhere. */
    boolean demandsTrust() {
        return trust.isPresent() && (conveyance != AttestationConveyance.NONE || demandsModel());
    }

    /** Whether a passkey is refused whose authenticator does not prove its model. */
    boolean demandsModel() {
        return trust.filter(AttestationTrust::demandsModel).isPresent();
    }
}
