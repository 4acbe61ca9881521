package io.github.keycloakpasskey.testbed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All tests of the class run once on each of these databases, each with a Keycloak of its own; on the class, before
 * {@link KeycloakTest} or {@link BrowserTest}. Parameters of type {@link Database} are given to them.
 */
@Documented
@ClassTemplate
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DatabaseExtension.class)
public @interface OnEachDatabase {

    DatabaseKind[] value() default {DatabaseKind.H2, DatabaseKind.POSTGRESQL, DatabaseKind.MARIADB};
}
