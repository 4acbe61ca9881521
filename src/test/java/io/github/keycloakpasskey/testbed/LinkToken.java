package io.github.keycloakpasskey.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The token of an e-mailed link, as Keycloak keeps it after it has verified it. */
public final class LinkToken {

    private LinkToken() {}

    /**
     * A token without its signature.
     *
     * @param action the type of the token, which says what the link was sent for
     * @param recipient the id of the user
     */
    public static String of(String action, String recipient) {
        String claims = "{\"typ\":\"%s\",\"sub\":\"%s\",\"iat\":1764590400}".formatted(action, recipient);
        return Stream.of("{\"alg\":\"HS512\"}", claims, "signature")
                .map(part -> Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(UTF_8)))
                .collect(Collectors.joining("."));
    }
}
