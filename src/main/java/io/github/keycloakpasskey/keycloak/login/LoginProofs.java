package io.github.keycloakpasskey.keycloak.login;

/**
 * What the state of a login proves of its user. A name that was entered proves nothing.
 *
 * <p>Steps count only where they succeeded and are known to ask for a proof. Notes do not count instead: the right
 * password of a disabled account leaves one behind.
 */
record LoginProofs(LoginState login, StepRoles roles) {

    /** Whether any step of the tab proved who was there, for whichever user. */
    boolean areThereAny() {
        return login.passedSteps().anyMatch(this::provesUser);
    }

    /** Whether the login proves that the user of this position is present. */
    boolean proveUserOf(FlowPosition position) {
        return position.user().isPresent()
                && (login.completedPasskeyOf(position.user()).isPresent()
                        || isProvenByStepOf(position)
                        || isProvenByEmail(position));
    }

    /** Only steps of the running flow: those of a flow before a brokered login may have been another user's. */
    private boolean isProvenByStepOf(FlowPosition position) {
        return login.passedSteps()
                .filter(step -> step.flow().equals(position.flow()))
                .anyMatch(this::provesUser);
    }

    /**
     * Only by an e-mail that was sent to let its reader sign in, or confirm that an account is theirs. Keycloak sends other
     * links to have something else done.
     */
    private boolean isProvenByEmail(FlowPosition position) {
        return switch (position.kind()) {
            case RESET_CREDENTIALS ->
                position.user().filter(login::isByRecoveryLinkOf).isPresent();
            case FIRST_BROKER_LOGIN ->
                position.user().filter(login::isLinkedByEmailOf).isPresent();
            case SIGN_IN, POST_BROKER_LOGIN, OTHER -> false;
        };
    }

    private boolean provesUser(ExecutedStep step) {
        return roles.of(step.authenticator()).provesUser();
    }
}
