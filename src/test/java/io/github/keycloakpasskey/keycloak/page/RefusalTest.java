package io.github.keycloakpasskey.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    @Shows(Threat.UNNOTICED)
    void everyReasonHasAnEventErrorAndAText(FailureReason reason) throws IOException {
        Refusal refusal = Refusal.of(reason);

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.eventError()).matches("[a-z_]+");
        assertThat(texts().getProperty(refusal.messageKey())).isNotBlank();
    }

    private static Properties texts() throws IOException {
        Properties texts = new Properties();
        try (InputStream file =
                RefusalTest.class.getResourceAsStream("/theme-resources/messages/messages_en.properties")) {
            texts.load(file);
        }
        return texts;
    }
}
