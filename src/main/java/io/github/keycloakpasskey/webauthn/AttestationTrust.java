package io.github.keycloakpasskey.webauthn;

import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who vouches for authenticators, and what is known against them. Ceremonies wait for the answers, so
 * they come from memory.
 */
public interface AttestationTrust {

    /**
     * Where the attestation certificates of this model may lead: certificate authorities, or the
     * attestation certificate itself. None where nobody vouches for the model.
     */
    Set<X509Certificate> anchors(AuthenticatorModel model);

    /** Why no passkey of this model is accepted, whatever it proves; empty where nothing speaks against it. */
    default Optional<FailureReason> objection(AuthenticatorModel model) {
        return Optional.empty();
    }

    /** The same certificates for every model. */
    static AttestationTrust of(Set<X509Certificate> anchors) {
        Set<X509Certificate> copy = Set.copyOf(anchors);
        return model -> copy;
    }

    /** Any of them may vouch for a model, and any may object. */
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
            public Optional<FailureReason> objection(AuthenticatorModel model) {
                return copy.stream()
                        .map(source -> source.objection(model))
                        .flatMap(Optional::stream)
                        .findFirst();
            }
        };
    }
}
