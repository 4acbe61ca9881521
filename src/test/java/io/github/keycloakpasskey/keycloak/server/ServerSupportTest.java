package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.common.Version;

class ServerSupportTest {

    private static final TestedVersions TESTED = new TestedVersions(List.of("26.4.7", "26.7.3"));
    private static final String MISSING = "method org.keycloak.Example.newer()V";

    @Test
    void aTestedVersionHasNoObstacleAndLeavesNoDoubt() {
        ServerSupport support = new ServerSupport("26.7.3", TESTED, Set.of());

        assertThat(support.describeObstacle()).isEmpty();
        assertThat(support.describeDoubt()).isEmpty();
    }

    @Test
    void anotherPatchOfATestedMinorWorksWithAWarning() {
        ServerSupport support = new ServerSupport("26.7.4", TESTED, Set.of());

        assertThat(support.describeObstacle()).isEmpty();
        assertThat(support.describeDoubt())
                .contains("keycloak-passkey has not been tested with Keycloak 26.7.4, only with 26.4.7, 26.7.3."
                        + " Everything it needs is present.");
    }

    @Test
    void aMissingMemberIsNamedWithWhatToDo() {
        ServerSupport support = new ServerSupport("26.9.0", TESTED, Set.of(MISSING));

        assertThat(support.describeObstacle())
                .contains(
                        "keycloak-passkey does not work on Keycloak 26.9.0, which lacks " + MISSING
                                + ". Use Keycloak 26.4.7, 26.7.3, or a version of keycloak-passkey that supports Keycloak 26.9.0.");
        assertThat(support.describeDoubt()).isEmpty();
    }

    @Test
    void ofSeveralMissingMembersTheFirstIsNamed() {
        ServerSupport support = new ServerSupport("26.9.0", TESTED, Set.of(MISSING, "class org.keycloak.Other"));

        assertThat(support.describeObstacle()).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .contains("which lacks class org.keycloak.Other and 1 more. "));
    }

    @Test
    void theServerOfTheTestsIsATestedOne() {
        assertThat(TestedVersions.read().contains(Version.VERSION)).isTrue();
        assertThat(ServerSupport.obstacle()).isEmpty();
    }
}
