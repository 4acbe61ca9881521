package io.github.keycloakpasskey.metadata;

import com.webauthn4j.metadata.data.toc.AuthenticatorStatus;
import com.webauthn4j.metadata.data.toc.StatusReport;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the metadata say of one model of authenticators (MDS §3.1.1).
 *
 * @param anchors where its attestation certificates lead
 * @param reports its statuses, as far as this version knows them
 */
record MetadataEntry(Set<X509Certificate> anchors, List<StatusReport> reports) {

    private static final Set<AuthenticatorStatus> COMPROMISED = EnumSet.of(
            AuthenticatorStatus.REVOKED,
            AuthenticatorStatus.USER_VERIFICATION_BYPASS,
            AuthenticatorStatus.ATTESTATION_KEY_COMPROMISE,
            AuthenticatorStatus.USER_KEY_REMOTE_COMPROMISE,
            AuthenticatorStatus.USER_KEY_PHYSICAL_COMPROMISE);

    MetadataEntry {
        anchors = Set.copyOf(anchors);
        reports = List.copyOf(reports);
    }

    /**
     * Whether a report says so, of whatever date. Neither a later certification nor an update takes it
     * back: an update mends the authenticators that have it (MDS §3.1.4, {@code UPDATE_AVAILABLE}), and a
     * registration does not tell the version of its authenticator. A report that names one certificate
     * counts for the whole model, as attestations of one batch are not told apart here.
     */
    boolean isCompromised() {
        return reports.stream().map(StatusReport::getStatus).anyMatch(COMPROMISED::contains);
    }

    CertificationLevel level(LocalDate day) {
        return CertificationLevel.of(reports, day);
    }
}
