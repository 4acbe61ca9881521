package io.github.keycloakpasskey.metadata;

import io.github.keycloakpasskey.webauthn.AttestationTrust;
import io.github.keycloakpasskey.webauthn.AuthenticatorModel;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the metadata of the moment say of a model. Where there are none, nobody is vouched for. */
final class MetadataTrust implements AttestationTrust {

    private final Supplier<Optional<MetadataBlob>> newest;
    private final Optional<CertificationLevel> least;
    private final InstantSource clock;

    MetadataTrust(Supplier<Optional<MetadataBlob>> newest, Optional<CertificationLevel> least, InstantSource clock) {
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
    public Optional<FailureReason> objection(AuthenticatorModel model) {
        List<MetadataEntry> entries = entries(model);
        if (entries.stream().anyMatch(MetadataEntry::isCompromised)) {
            return Optional.of(FailureReason.AUTHENTICATOR_COMPROMISED);
        }
        return least.filter(level -> !isCertified(entries, level))
                .map(level -> FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
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
