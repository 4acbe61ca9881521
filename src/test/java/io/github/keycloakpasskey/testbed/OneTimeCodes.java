package io.github.keycloakpasskey.testbed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The one-time codes of an app on the phone of whoever in the tests has set them up (RFC 6238). */
public final class OneTimeCodes {

    private static final String SECRET = "for-a-test-alone";
    private static final int PERIOD_SECONDS = 30;
    private static final int SIX_DIGITS = 1_000_000;

    /** What has them asked for, as the admin API takes a person's credential. */
    public static final Map<String, String> CREDENTIAL = Map.of(
            "type",
            "otp",
            "secretData",
            "{\"value\":\"" + SECRET + "\"}",
            "credentialData",
            "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":" + PERIOD_SECONDS
                    + ",\"algorithm\":\"HmacSHA1\"}");

    private OneTimeCodes() {}

    /** The code that the app shows at this moment. */
    public static String current() {
        byte[] hash = hash(Instant.now().getEpochSecond() / PERIOD_SECONDS);
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
        return "%06d".formatted(number % SIX_DIGITS);
    }

    private static byte[] hash(long period) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), mac.getAlgorithm()));
            return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(period).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
