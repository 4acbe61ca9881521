package io.github.keycloakpasskey.testbed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;

/** A {@link TestRealm} that is imported from a file of {@code docs/examples} for this test, and deleted after it. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Example {

    /** Where the files are. */
    Path DIRECTORY = Path.of("docs/examples");

    /** The name of the file, without {@code .json}. */
    String value();
}
