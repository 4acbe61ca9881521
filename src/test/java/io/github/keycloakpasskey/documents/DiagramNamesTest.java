package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.documents.DiagramText.Call;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every name that a diagram sets as {@code ""name""} exists in the code, and every name of the code is set like that.
 */
class DiagramNamesTest {

    private static final DiagramNames CODE = new DiagramNames();

    static List<Diagram> diagrams() {
        return Diagram.all();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyNameInADiagramExists(Diagram diagram) {
        assertThat(new DiagramText(diagram).names()).isNotEmpty().allMatch(CODE::has);
    }

    /** The method belongs to the class or script that the arrow points to. */
    @ParameterizedTest
    @ValueSource(strings = {"registration-in-keycloak", "sign-in-in-keycloak"})
    void everyMethodCalledInADiagramExistsInItsTarget(String diagram) {
        assertThat(new DiagramText(Diagram.named(diagram)).calls())
                .hasSizeGreaterThan(10)
                .allMatch(CODE::has);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyNameOfTheCodeInADiagramIsSetInMonospace(Diagram diagram) {
        assertThat(new DiagramText(diagram).wordsLikeCode()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PasskeySignOut",
                "Passkeys.sell()",
                "Passkeys.signUp",
                "sell()",
                "navigator.credentials.forget()",
                "passkey-forget.js",
                "passkey-forget.ftl",
                "CREDENTIALS",
                "CREDENTIAL.PASSWORD",
                "FORGOTTEN",
                "forgottenResponse",
                "passkeyRes",
                "forgotten_id",
                "passkey.forgotten",
                "credential-forgotten",
                "keycloak.forgotten",
            })
    void anUnknownNameIsNotFound(String name) {
        assertThat(CODE.has(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Passkeys, judge()", "Challenges, find()", "passkey-register.js, requestPasskey()"})
    void aMethodOfAnotherClassOrScriptIsNotFound(String owner, String method) {
        assertThat(CODE.has(method)).isTrue();
        assertThat(CODE.has(new Call(owner, method))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PasskeySignIn",
                "judge()",
                "clientDataJSON",
                "sign_count",
                "passkey-register.js",
                "PasskeyPost.java",
                "USER_ENTITY",
            })
    void wordsThatLookLikeCodeAreFound(String word) {
        Diagram diagram = Diagram.named("ceremony-sign-in").with("asks for a challenge", "asks " + word + " for it");

        assertThat(new DiagramText(diagram).wordsLikeCode()).containsExactly(word);
    }

    @Test
    void theDiagramOfTheRelationalModelMatchesTheViews() {
        var model = new DiagramText(Diagram.named("relational-model")).entities();

        assertThat(model.keySet()).isEqualTo(Set.of("users", "webauthn_credentials"));
        assertThat(model).allSatisfy((view, columns) -> assertThat(columns)
                .containsExactlyInAnyOrderElementsOf(new DiagramFiles().views().get(view)));
    }

    @Test
    void theDiagramOfTablesMatchesKeycloak() {
        var tables = new DiagramText(Diagram.named("keycloak-tables")).entities();

        assertThat(tables.keySet()).isEqualTo(new DiagramTables().columns().keySet());
        assertThat(tables)
                .allSatisfy((table, columns) ->
                        assertThat(new DiagramTables().columns().get(table)).containsAll(columns));
    }

    @Test
    void theDiagramOfPackagesMatchesTheCode() {
        DiagramText diagram = new DiagramText(Diagram.named("packages"));
        DiagramPackages packages = CODE.packages();

        assertThat(diagram.boxes().values()).containsExactlyInAnyOrderElementsOf(packages.names());
        assertThat(diagram.arrows()).containsExactlyInAnyOrderElementsOf(packages.uses());
    }
}
