package io.github.keycloakpasskey.webauthn;

import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The trust anchors of authenticators, and the models that are not accepted. Ceremonies wait for the answers, so an
 * implementation answers from memory.
 */
public interface AttestationTrust {

    /**
     * The trust anchors of this model: certificate authorities, or the attestation certificate itself. Empty if nothing
     * is known about the model.
     */
    Set<X509Certificate> anchors(AuthenticatorModel model);

    /**
     * The anchors that are listed for this model, so that a path to one of them proves the model. Empty if the same
     * anchors serve every model.
     *
     * @param alone whether to omit anchors that are listed for other models too
     */
    default Set<X509Certificate> anchorsOf(UUID aaguid, boolean alone) {
        return Set.of();
    }

    /** The reason to refuse every passkey of this model; empty if there is none. */
    default Optional<FailureReason> objection(AuthenticatorModel model) {
        return Optional.empty();
    }

    /** The reason to refuse an attestation that leads to no anchor. */
    default FailureReason distrust() {
        return FailureReason.ATTESTATION_UNTRUSTED;
    }

    /** Whether an authenticator must prove its model. Without a proof it could claim a model without objections. */
    default boolean demandsModel() {
        return false;
    }

    /** The same certificates for every model. */
    static AttestationTrust of(Set<X509Certificate> anchors) {
        Set<X509Certificate> copy = Set.copyOf(anchors);
        return model -> copy;
    }

    /** Knows no anchors, and objects to every model. */
    static AttestationTrust refusing(FailureReason objection) {
        return new AttestationTrust() {

            @Override
            public Set<X509Certificate> anchors(AuthenticatorModel model) {
                return Set.of();
            }

            @Override
            public Optional<FailureReason> objection(AuthenticatorModel model) {
                return Optional.of(objection);
            }
        };
    }

    /** Combines sources: the anchors of all of them count, and so do the objections. */
    static AttestationTrust anyOf(List<AttestationTrust> sources) {
        List<AttestationTrust> copy = List.copyOf(sources);
        return new AttestationTrust() {

            @Override
            public Set<X509Certificate> anchors(AuthenticatorModel model) {
                Set<X509Certificate> anchors = new LinkedHashSet<>();
                copy.forEach(source -> anchors.addAll(source.anchors(model)));
                return anchors;
            }

            @Override
            public Set<X509Certificate> anchorsOf(UUID aaguid, boolean alone) {
                Set<X509Certificate> anchors = new LinkedHashSet<>();
                copy.forEach(source -> anchors.addAll(source.anchorsOf(aaguid, alone)));
                return anchors;
            }

            @Override
            public Optional<FailureReason> objection(AuthenticatorModel model) {
                return copy.stream()
                        .map(source -> source.objection(model))
                        .flatMap(Optional::stream)
                        .findFirst();
            }

            @Override
            public FailureReason distrust() {
                return copy.stream()
                        .map(AttestationTrust::distrust)
                        .filter(reason -> reason != FailureReason.ATTESTATION_UNTRUSTED)
                        .findFirst()
                        .orElse(FailureReason.ATTESTATION_UNTRUSTED);
            }

            @Override
            public boolean demandsModel() {
                return copy.stream().anyMatch(AttestationTrust::demandsModel);
            }
        };
    }
}
