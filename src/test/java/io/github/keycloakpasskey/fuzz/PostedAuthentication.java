package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON that a page posts when somebody signs in. */
final class PostedAuthentication implements FuzzTarget {

    private final GenuineAuthentication genuine = GenuineAuthentication.own(Algorithm.RS256);

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>(HostileJson.seeds());
        seeds.put(GENUINE + genuine.name(), genuine.json().getBytes(StandardCharsets.UTF_8));
        return seeds;
    }

    @Override
    public boolean judge(byte[] input) {
        return AuthenticationResponse.parse(new String(input, StandardCharsets.UTF_8))
                        instanceof Verdict.Accepted<AuthenticationResponse, FailureReason> read
                && genuine.judge(read.value());
    }
}
