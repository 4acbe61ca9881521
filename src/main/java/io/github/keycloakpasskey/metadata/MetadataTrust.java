package io.github.keycloakpasskey.metadata;

import io.github.keycloakpasskey.webauthn.AttestationTrust;
import io.github.keycloakpasskey.webauthn.AuthenticatorModel;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Trust according to the newest metadata. Before metadata are loaded, no model is trusted and none is certified; other
 * sources can still trust models if the policy demands no certification.
 */
final class MetadataTrust implements AttestationTrust {

    private final Supplier<Optional<MetadataBlob>> newest;
    private final Optional<CertificationLevel> least;
    private final Clock clock;

    MetadataTrust(Supplier<Optional<MetadataBlob>> newest, Optional<CertificationLevel> least, Clock clock) {
        this.newest = newest;
        this.least = least;
        this.clock = clock;
    }

    @Override
    public Set<X509Certificate> anchors(AuthenticatorModel model) {
        return entries(model).stream()
                .flatMap(entry -> entry.anchors().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<X509Certificate> anchorsOf(UUID aaguid, boolean alone) {
        return newest.get().map(blob -> anchors(blob, aaguid, alone)).orElse(Set.of());
    }

    private static Set<X509Certificate> anchors(MetadataBlob blob, UUID aaguid, boolean alone) {
        return blob.entries(new AuthenticatorModel(aaguid, Optional.empty())).stream()
                .flatMap(entry -> entry.anchors().stream())
                .filter(anchor -> !alone || !blob.isShared(anchor))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<FailureReason> objection(AuthenticatorModel model) {
        if (newest.get().isEmpty()) {
            return least.map(level -> FailureReason.METADATA_UNAVAILABLE);
        }
        List<MetadataEntry> entries = entries(model);
        if (entries.stream().anyMatch(MetadataEntry::isCompromised)) {
            return Optional.of(FailureReason.AUTHENTICATOR_COMPROMISED);
        }
        return least.filter(level -> !isCertified(entries, level))
                .map(level -> FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
    }

    @Override
    public FailureReason distrust() {
        return newest.get().isEmpty() ? FailureReason.METADATA_UNAVAILABLE : FailureReason.ATTESTATION_UNTRUSTED;
    }

    @Override
    public boolean demandsModel() {
        return least.isPresent();
    }

    private boolean isCertified(List<MetadataEntry> entries, CertificationLevel level) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return !entries.isEmpty()
                && entries.stream().allMatch(entry -> entry.level(today).compareTo(level) >= 0);
    }

    private List<MetadataEntry> entries(AuthenticatorModel model) {
        return newest.get().map(blob -> blob.entries(model)).orElse(List.of());
    }
}
