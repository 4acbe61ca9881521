package io.github.keycloakpasskey.documents;

import static io.github.keycloakpasskey.documents.MarkdownTable.code;
import static io.github.keycloakpasskey.documents.MarkdownTable.row;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.testbed.PageTexts;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Why a passkey is refused, and what administrators and people see of it. */
final class ReasonsTable {

    private ReasonsTable() {}

    static String markdown() {
        return MarkdownTable.of(
                List.of("`reason`", "What it means", "The event's error", "What the person reads"),
                Stream.concat(
                                Arrays.stream(FailureReason.values()).map(Refusal::of),
                                Arrays.stream(KeycloakReason.values()).map(Refusal::of))
                        .map(ReasonsTable::reason)
                        .toList());
    }

    private static String reason(Refusal refusal) {
        return row(List.of(
                code(refusal.reason().code()),
                refusal.reason().map(FailureReason::explanation, KeycloakReason::explanation),
                code(refusal.eventError()),
                PageTexts.ofThisExtension().get(refusal.messageKey())));
    }
}
