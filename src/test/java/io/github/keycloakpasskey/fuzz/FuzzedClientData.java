package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The client data of a registration that is right in all else. Without an attestation nothing signs them. */
final class FuzzedClientData implements FuzzTarget {

    private final GenuineRegistration genuine = GenuineRegistration.own().get(0);

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>(HostileJson.seeds());
        String json = new String(genuine.clientDataJson().toByteArray(), StandardCharsets.UTF_8);
        seeds.put(GENUINE + "client-data", json.getBytes(StandardCharsets.UTF_8));
        seeds.put(
                "embedded",
                json.replace("}", ",\"topOrigin\":\"https://example.com\"}").getBytes(StandardCharsets.UTF_8));
        seeds.put("utf-16", json.getBytes(StandardCharsets.UTF_16));
        return seeds;
    }

    @Override
    public boolean judge(byte[] input) {
        return genuine.judge(Bytes.of(input), genuine.attestationObject());
    }
}
