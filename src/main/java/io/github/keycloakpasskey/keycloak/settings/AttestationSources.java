package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.metadata.CertificationLevel;
import io.github.keycloakpasskey.metadata.MetadataService;
import io.github.keycloakpasskey.webauthn.AttestationTrust;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.TruststoreProvider;

/** The sources of trusted attestation certificates on this server. */
public final class AttestationSources {

    private final Optional<MetadataService> metadata;

    /** @param metadata empty if the server was started without the location of the FIDO Metadata Service */
    public AttestationSources(Optional<MetadataService> metadata) {
        this.metadata = metadata;
    }

    /** The sources of the server, which the factory of the required action has loaded. */
    public static AttestationSources of(KeycloakSession session) {
        return ((Holder) session.getKeycloakSessionFactory()
                        .getProviderFactory(RequiredActionProvider.class, PasskeyIds.REGISTER_ACTION))
                .attestationSources();
    }

    /** The factory that has the server's sources. */
    public interface Holder {

        AttestationSources attestationSources();
    }

    /** Whether the server was started with the location of the FIDO Metadata Service. */
    boolean hasMetadata() {
        return metadata.isPresent();
    }

    /** Whether the realm trusts metadata that the server has not loaded yet. */
    boolean isWaitingFor(PasskeySettings settings) {
        return settings.get(PasskeySettings.ATTESTATION_TRUST).contains(TrustSource.METADATA)
                && metadata.filter(service -> service.newest().isEmpty()).isPresent();
    }

    /**
     * The sources that the realm has chosen; empty if attestation needs no trusted certificate.
     *
     * <p>Settings can contradict each other or the server, for example after the import of a realm, or if the server
     * was restarted without metadata. Then the stricter rule applies.
     */
    Optional<AttestationTrust> chosenBy(PasskeySettings settings, KeycloakSession session) {
        Set<TrustSource> chosen = settings.get(PasskeySettings.ATTESTATION_TRUST);
        Optional<CertificationLevel> minCertification = settings.get(PasskeySettings.MIN_CERTIFICATION);
        boolean certified = minCertification.isPresent();
        if (chosen.equals(Set.of(TrustSource.ANY)) && !certified) {
            return Optional.empty();
        }
        List<AttestationTrust> sources = new ArrayList<>();
        if (chosen.contains(TrustSource.TRUSTSTORE)) {
            sources.add(AttestationTrust.of(truststore(session)));
        }
        if (chosen.contains(TrustSource.PEM)) {
            sources.add(AttestationTrust.of(
                    settings.get(PasskeySettings.ATTESTATION_ROOTS).certificates()));
        }
        if (chosen.contains(TrustSource.METADATA)) {
            sources.add(metadata.map(service -> service.trust(minCertification))
                    .orElseGet(() -> AttestationTrust.refusing(FailureReason.METADATA_UNAVAILABLE)));
        } else if (certified) {
            sources.add(AttestationTrust.refusing(FailureReason.AUTHENTICATOR_NOT_CERTIFIED));
        }
        return Optional.of(AttestationTrust.anyOf(sources));
    }

    private static Set<X509Certificate> truststore(KeycloakSession session) {
        TruststoreProvider truststore = session.getProvider(TruststoreProvider.class);
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        if (truststore != null && truststore.getTruststore() != null) {
            addAll(certificates, truststore.getRootCertificates());
            addAll(certificates, truststore.getIntermediateCertificates());
        }
        return certificates;
    }

    private static void addAll(Set<X509Certificate> certificates, Map<X500Principal, List<X509Certificate>> byName) {
        byName.values().stream().flatMap(Collection::stream).forEach(certificates::add);
    }
}
