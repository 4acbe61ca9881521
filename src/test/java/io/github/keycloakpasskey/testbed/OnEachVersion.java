package io.github.keycloakpasskey.testbed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All tests of the class run once on each version of Keycloak that the build names for it: the oldest and the newest
 * tested one, unless {@code -Dkeycloak.core.versions} lists others. On the class, before {@link KeycloakTest} or
 * {@link BrowserTest}; each version has a server of its own.
 */
@Documented
@ClassTemplate
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(VersionExtension.class)
public @interface OnEachVersion {}
