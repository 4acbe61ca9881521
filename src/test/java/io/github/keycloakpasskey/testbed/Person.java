package io.github.keycloakpasskey.testbed;

/** A user of the realm under test, who exists until the test ends. */
public record Person(String id, String username, String password) {

    /** Where mail to this person goes, see {@link Mailbox}. */
    public String email() {
        return username + "@example.org";
    }
}
