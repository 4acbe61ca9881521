package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class NewerMethodTest {

    /** Stands in for a class of a newer Keycloak. */
    public static final class Newer {

        public String greet(String name) {
            return "Hello " + name;
        }

        public static Newer make() {
            return new Newer();
        }

        public String nothing() {
            return null;
        }

        public int parse(String text) {
            return Integer.parseInt(text);
        }

        public void twice(String text) {
            greet(text);
        }

        public void twice(int number) {
            greet("number " + number);
        }
    }

    @Test
    void aMethodThatIsThereIsCalled() {
        assertThat(NewerMethod.of(Newer.class, "greet").call(new Newer(), "Ada"))
                .contains("Hello Ada");
    }

    @Test
    void aStaticMethodIsCalledWithoutAnObject() {
        assertThat(NewerMethod.of(Newer.class, "make").call()).containsInstanceOf(Newer.class);
    }

    @Test
    void aResultOfNullIsEmpty() {
        assertThat(NewerMethod.of(Newer.class, "nothing").call(new Newer())).isEmpty();
    }

    @Test
    void whatTheMethodThrowsIsThrown() {
        assertThatExceptionOfType(NumberFormatException.class)
                .isThrownBy(() -> NewerMethod.of(Newer.class, "parse").call(new Newer(), "one"));
    }

    @Test
    void aMethodThatIsNotThereIsMissing() {
        assertThat(NewerMethod.of(Newer.class, "missing").isPresent()).isFalse();
    }

    @Test
    void aNameOfSeveralMethodsIsMissing() {
        assertThat(NewerMethod.of(Newer.class, "twice").isPresent()).isFalse();
    }

    @Test
    void theMethodsOfAResultAreFoundByItsType() {
        NewerMethod greet = NewerMethod.of(Newer.class, "make").ofResult("greet");

        assertThat(greet.call(new Newer(), "Ada")).contains("Hello Ada");
    }

    @Test
    void theMethodsOfAMissingResultAreMissing() {
        assertThat(NewerMethod.of(Newer.class, "missing").ofResult("greet").isPresent())
                .isFalse();
    }
}
