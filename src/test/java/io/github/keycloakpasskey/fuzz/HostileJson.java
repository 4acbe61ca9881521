package io.github.keycloakpasskey.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON that has brought down one parser or another. */
final class HostileJson {

    private HostileJson() {}

    static Map<String, byte[]> seeds() {
        Map<String, String> seeds = new LinkedHashMap<>();
        seeds.put("nothing", "");
        seeds.put("deep", "[".repeat(5_000));
        seeds.put("deep-objects", "{\"a\":".repeat(2_000));
        seeds.put("many-digits", "{\"type\":" + "9".repeat(5_000) + "}");
        seeds.put("great-exponent", "{\"type\":1e999999999}");
        seeds.put("long-text", "{\"type\":\"" + "x".repeat(5_000));
        seeds.put("lone-surrogate", "{\"type\":\"\\ud800\"}");
        seeds.put("byte-order-mark", "\ufeff{}");
        seeds.put("null-byte", "{\"type\":\"public-key\\u0000\"}");
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        seeds.forEach((name, text) -> encoded.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return encoded;
    }
}
