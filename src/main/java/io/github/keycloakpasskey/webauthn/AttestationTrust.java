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

    /**
     * Those of the anchors that are known to be this model's, so that who leads there is of this model. None where
     * the same certificates vouch for whatever model.
     *
     * @param alone whether those are left out that are known to be another model's too
     */
    default Set<X509Certificate> anchorsOf(String aaguid, boolean alone) {
        return Set.of();
    }

    /** Why no passkey of this model is accepted, whatever it proves; empty where nothing speaks against it. */
    default Optional<FailureReason> objection(AuthenticatorModel model) {
        return Optional.empty();
    }

    /** Why an attestation is refused that leads to none of the anchors. */
    default FailureReason distrust() {
        return FailureReason.ATTESTATION_UNTRUSTED;
    }

    /** Whether an authenticator has to prove its model, as the objections to a claimed one would be worth nothing. */
    default boolean demandsModel() {
        return false;
    }

    /** The same certificates for every model. */
    static AttestationTrust of(Set<X509Certificate> anchors) {
        Set<X509Certificate> copy = Set.copyOf(anchors);
        return model -> copy;
    }

    /** Vouches for nobody, and objects to every model. */
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
            public Set<X509Certificate> anchorsOf(String aaguid, boolean alone) {
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
