package io.github.keycloakpasskey.webauthn;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The certificates of an attestation, the attestation certificate first, and where they lead (§7.1
 * step 24). Whether they were revoked is not asked: who vouches for a model knows that of the model.
 */
record TrustPath(List<X509Certificate> certificates) {

    TrustPath {
        certificates = List.copyOf(certificates);
    }

    /** Whether it leads to one of the anchors, or is itself one of them. */
    boolean leadsTo(Set<X509Certificate> anchors, Instant at) {
        if (certificates.isEmpty() || anchors.isEmpty()) {
            return false;
        }
        if (certificates.size() == 1 && anchors.contains(certificates.get(0))) {
            return true;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(anchors.stream()
                    .map(anchor -> new TrustAnchor(anchor, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setPolicyQualifiersRejected(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(certificates), parameters);
            return true;
        } catch (GeneralSecurityException leadsElsewhere) {
            return false;
        }
    }
}
