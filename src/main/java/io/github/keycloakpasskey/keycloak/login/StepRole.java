package io.github.keycloakpasskey.keycloak.login;

/**
 * What a flow step means for the login's user.
 *
 * @param proof what the step proves when it succeeds
 * @param name what the step does with a user name that was entered before
 */
public record StepRole(Proof proof, NameUse name) {

    /** A step that proves nothing, and does nothing with a name. */
    public static final StepRole NONE = new StepRole(Proof.NOTHING, NameUse.IGNORES);

    /** What a step proves. */
    public enum Proof {
        /** Nothing: it asks for no proof, or succeeds without one. */
        NOTHING,
        /** That the login's user is present. */
        USER,
        /** That the login's user has used a passkey, or creates one before the login ends. */
        PASSKEY
    }

    /** What a step does with a name for which no user is known yet. */
    public enum NameUse {
        /** It neither takes a name nor needs a user. */
        IGNORES,
        /** It takes the name, and asks for the same whether or not a user has that name. */
        TAKES_NAME,
        /** It needs the user: for a name alone it refuses even the right password. */
        NEEDS_USER
    }

    /** Whether the step proves that the login's user is present. */
    public boolean provesUser() {
        return proof != Proof.NOTHING;
    }

    /** A factory that says which role its step has. */
    public interface Declared {

        StepRole role();
    }
}
