package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON that a page posts when a passkey was made. */
final class PostedRegistration implements FuzzTarget {

    private final List<GenuineRegistration> genuine = GenuineRegistration.own();

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>(HostileJson.seeds());
        for (GenuineRegistration registration : genuine) {
            seeds.put(GENUINE + registration.name(), registration.json().getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    @Override
    public boolean judge(byte[] input) {
        // Only the last of them is attested; the others prove nothing, so there is nothing to compare with.
        GenuineRegistration attested = genuine.get(genuine.size() - 1);
        return RegistrationResponse.parse(new String(input, StandardCharsets.UTF_8))
                        instanceof Verdict.Accepted<RegistrationResponse, FailureReason> read
                && attested.judge(read.value());
    }
}
