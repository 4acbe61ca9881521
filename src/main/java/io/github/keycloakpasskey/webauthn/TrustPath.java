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

    /** Whether it leads to one of the anchors, or has one of them in it. */
    boolean leadsTo(Set<X509Certificate> anchors, Instant at) {
        if (certificates.isEmpty() || anchors.isEmpty()) {
            return false;
        }
        // What stands above an anchor, and the anchor itself, proves nothing that is not known.
        List<X509Certificate> below = certificates.stream()
                .takeWhile(certificate -> !anchors.contains(certificate))
                .toList();
        if (below.isEmpty()) {
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
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
            return true;
        } catch (GeneralSecurityException leadsElsewhere) {
            return false;
        }
    }
}
