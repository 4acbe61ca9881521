package io.github.keycloakpasskey.keycloak.settings;

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
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.TruststoreProvider;

/** What this server has to offer of those who may vouch for authenticators. */
public final class AttestationSources {

    private final Optional<MetadataService> metadata;

    /** @param metadata where the server has been told where to find them */
    public AttestationSources(Optional<MetadataService> metadata) {
        this.metadata = metadata;
    }

    /** Whether the server knows where the FIDO Metadata Service is. */
    boolean hasMetadata() {
        return metadata.isPresent();
    }

    /** Whether the realm has chosen metadata that the server has not loaded yet. */
    boolean isWaitingFor(PasskeySettings settings) {
        return settings.trust().contains(TrustSource.METADATA)
                && metadata.filter(service -> service.newest().isEmpty()).isPresent();
    }

    /**
     * Those whom the realm has chosen; empty where nobody has to vouch.
     *
     * <p>Settings that could not have been saved come in with a realm file, or with a server that has lost its
     * metadata. Then the stricter of what they say rules.
     */
    Optional<AttestationTrust> chosenBy(PasskeySettings settings, KeycloakSession session) {
        Set<TrustSource> chosen = settings.trust();
        boolean certified = settings.leastCertification().isPresent();
        if (chosen.equals(Set.of(TrustSource.ANY)) && !certified) {
            return Optional.empty();
        }
        List<AttestationTrust> sources = new ArrayList<>();
        if (chosen.contains(TrustSource.TRUSTSTORE)) {
            sources.add(AttestationTrust.of(truststore(session)));
        }
        if (chosen.contains(TrustSource.PEM)) {
            sources.add(AttestationTrust.of(settings.roots().certificates()));
        }
        if (chosen.contains(TrustSource.METADATA)) {
            sources.add(metadata.map(service -> service.trust(settings.leastCertification()))
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
