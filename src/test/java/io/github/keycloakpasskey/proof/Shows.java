package io.github.keycloakpasskey.proof;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says what a test shows, or all tests of a class together: a row of a table in {@code docs/security.md} or
 * {@code docs/evidence.md}. The row says
 * "held" only where each of them ran and passed.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProofRecorder.class)
public @interface Shows {

    /** What cannot be done to people and servers. */
    Threat[] value() default {};

    /** What Keycloak's built-in passkeys let through, and what is refused here. */
    Weakness[] weaknesses() default {};

    /**
     * Steps of WebAuthn Level 3 with what is shown of them, such as {@code §7.1 step 26, registered for somebody
     * else}. On a class the section alone, {@code §7.1}: each invocation whose display name begins with {@code step}
     * or {@code §} is a row of its own.
     */
    String[] steps() default {};
}
