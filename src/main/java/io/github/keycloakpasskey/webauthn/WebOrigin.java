package io.github.keycloakpasskey.webauthn;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a web page, as browsers write it in client data (HTML, "ASCII serialisation of an origin"): lower case, the
 * host in ASCII, no default port, nothing after it. Origins are compared character by character (§13.4.9), so each has this
 * one form, {@link #toString()}.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a host name, an IPv4 address, or an IPv6 address in brackets
 * @param port empty if it is the default port of the scheme
 */
public record WebOrigin(String scheme, String host, OptionalInt port) {

    private static final String HTTPS = "https";
    private static final int DEFAULT_HTTPS_PORT = 443;
    private static final int DEFAULT_HTTP_PORT = 80;
    private static final int LARGEST_PORT = 65_535;

    private static final Pattern ORIGIN = Pattern.compile(
            "(https?)://(\\[[^]/?#@\\s]*]|[^\\[\\]:/?#@\\\\\\s]+)(?::([0-9]{0,5}))?/?", Pattern.CASE_INSENSITIVE);

    /** @throws IllegalArgumentException if no page has this origin */
    public WebOrigin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        host = HostName.normalized(host);
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > LARGEST_PORT)) {
            throw new IllegalArgumentException("no port");
        }
        if (port.equals(OptionalInt.of(scheme.equals(HTTPS) ? DEFAULT_HTTPS_PORT : DEFAULT_HTTP_PORT))) {
            port = OptionalInt.empty();
        }
    }

    /**
     * Reads an origin in any spelling: with capitals, a name that is not ASCII, a default port, or a slash at the end.
     *
     * @return empty if no page has this origin
     */
    public static Optional<WebOrigin> parse(String text) {
        Matcher parts = ORIGIN.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WebOrigin(parts.group(1), parts.group(2), port(parts.group(3))));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static OptionalInt port(String digits) {
        return digits == null || digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }

    /**
     * The origin of the pages at an address. {@link URI#getHost()} does not know every host that browsers know, such as
     * {@code key_cloak.example.com}, so the authority is read.
     *
     * @return empty if the address has no host
     */
    public static Optional<WebOrigin> of(URI address) {
        return Optional.ofNullable(address.getAuthority())
                .flatMap(authority -> parse(address.getScheme() + "://" + authority));
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
