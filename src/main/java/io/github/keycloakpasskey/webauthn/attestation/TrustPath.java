package io.github.keycloakpasskey.webauthn.attestation;

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
 * The certificates of an attestation and the anchors they lead to (§7.1 step 24). Revocation of single certificates is not
 * checked: metadata report compromised models instead.
 *
 * @param certificates the attestation certificate, then the certificates above it
 */
public record TrustPath(List<X509Certificate> certificates) {

    public TrustPath {
        certificates = List.copyOf(certificates);
    }

    /**
     * Whether the path contains one of the anchors, or a valid path leads to one of them.
     *
     * @param at the instant at which the certificates must be valid
     */
    public boolean leadsTo(Set<X509Certificate> anchors, Instant at) {
        if (certificates.isEmpty() || anchors.isEmpty()) {
            return false;
        }
        // An anchor is trusted already, so neither it nor the certificates above it are verified.
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
