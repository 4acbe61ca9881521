package io.github.keycloakpasskey.webauthn;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of hosts, in the one form in which browsers write them in origins. */
final class HostName {

    private static final int LONGEST = 253;

    /** A name in other letters is longer in ASCII, or not much shorter. */
    private static final int LONGEST_TEXT = 2 * LONGEST;

    /** Underscores are common in the names of containers, and browsers take them. */
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*\\.?");

    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
    private static final Pattern IPV4 = Pattern.compile("([0-9]+\\.)*([0-9]+|0x[0-9a-f]*)\\.?");

    /**
     * Characters that Java and browsers encode in different ways: what Java makes of {@code straße.example} is another
     * site's name. Such a name must be given in its ASCII form.
     */
    private static final Pattern AMBIGUOUS = Pattern.compile("[ßẞς\u200c\u200d]");

    private HostName() {}

    /**
     * The host in lower case and ASCII.
     *
     * @param text a name, an IPv4 address, or an IPv6 address in brackets
     * @throws IllegalArgumentException if a browser can have no page of that host
     */
    static String normalized(String text) {
        String host = ascii(text).toLowerCase(Locale.ROOT);
        // The length first: matching a long text takes a deep stack.
        boolean isDomain = host.length() <= LONGEST && DOMAIN.matcher(host).matches();
        if (!isDomain && !IPV6.matcher(host).matches()) {
            throw new IllegalArgumentException("no host name");
        }
        return host;
    }

    private static String ascii(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("a host name that is too long");
        }
        if (AMBIGUOUS.matcher(text).find()) {
            throw new IllegalArgumentException("a host name whose ASCII form is ambiguous");
        }
        return text.startsWith("[") ? text : IDN.toASCII(text);
    }

    /** Whether a normalized host is an address, and no name. */
    static boolean isAddress(String host) {
        return host.startsWith("[") || IPV4.matcher(host).matches();
    }
}
