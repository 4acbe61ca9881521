package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakpasskey.keycloak.credential.PasskeyRecord;
import io.github.keycloakpasskey.testbed.ProjectFiles;
import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/how-passkeys-work.md} shows the ceremony of {@code docs/ceremony.json} correctly, and the code still
 * handles that ceremony in the same way. {@code RecordedCeremonyIT} checks that browsers still produce such a ceremony.
 */
class HowPasskeysWorkTest {

    private static final Path DOCUMENT = Path.of("docs/how-passkeys-work.md");
    private static final String COMMAND = "HowPasskeysWorkTest";
    private static final Pattern MARKER = Pattern.compile("<!-- (\\S+): made by " + COMMAND + " -->");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Recording recording;
    private HowPasskeysWorkParts parts;
    private Judged judged;

    @BeforeEach
    void read() throws IOException {
        recording = Recording.read(Recording.FILE);
        parts = new HowPasskeysWorkParts(recording);
        judged = new Judged(recording);
    }

    @Test
    void theDocumentShowsTheRecordedCeremony() throws IOException, GeneralSecurityException {
        Map<String, String> byName = parts.byName();
        MadeParts.assertStandIn(DOCUMENT, COMMAND, byName);

        assertThat(MARKER.matcher(ProjectFiles.read(DOCUMENT)).results().map(marker -> marker.group(1)))
                .containsExactlyInAnyOrderElementsOf(byName.keySet());
    }

    @Test
    void theRecordedRecordEqualsTheOneThatTheCodeWritesNow() throws IOException {
        JsonNode stored = recording.registration().record();

        PasskeyRecord record = PasskeyRecord.of(
                judged.registered(),
                recording.rpId(),
                Exchange.bytes(recording.registration().options(), "/user/id"),
                Instant.ofEpochMilli(stored.path("lastVerified").asLong()));

        assertThat(JSON.readTree(record.toJson())).isEqualTo(stored);
    }

    @Test
    void theTablesOfAuthenticatorDataMatchWhatTheServerReads() {
        AuthenticatorDataTable made = parts.created();
        CredentialRecord registered = judged.registered();

        assertThat(made.credentialId()).isEqualTo(registered.id());
        assertThat(made.publicKey()).isEqualTo(registered.publicKeyCose());
        assertThat(made.signCount()).isEqualTo(registered.signCount());
        assertThat(registered.aaguid().map(UUID::toString)).contains(made.aaguid());
        assertThat(AuthenticatorFlag.UV.isIn(made.flags())).isEqualTo(registered.userVerified());
        assertThat(registered.backupEligible()).contains(AuthenticatorFlag.BE.isIn(made.flags()));
        assertThat(AuthenticatorFlag.BS.isIn(made.flags())).isEqualTo(registered.backedUp());
        assertThat(new CborTable(parts.attestationObject()).bytes("\"authData\""))
                .isEqualTo(recording.registration().authenticatorData());

        Assertion assertion = judged.signedIn();
        assertThat(parts.used().signCount()).isEqualTo(assertion.signCount());
        assertThat(AuthenticatorFlag.UV.isIn(parts.used().flags())).isEqualTo(assertion.userVerified());
        assertThat(AuthenticatorFlag.BS.isIn(parts.used().flags())).isEqualTo(assertion.backedUp());
    }

    @Test
    void theCodeStillGivesTheRecordedOptions() throws IOException {
        assertThat(judged.registrationOptions())
                .isEqualTo(recording.registration().options().toString());
        assertThat(judged.authenticationOptions())
                .isEqualTo(recording.signIn().options().toString());
    }

    /** Verifies the signature as the document's openssl commands do. */
    @Test
    void theSignatureVerifiesWithTheJdkAlone() throws GeneralSecurityException {
        PublicKey key = parts.publicKey().key();
        Bytes signed = parts.signatureBase();

        assertThat(parts.publicKey().der()).isEqualTo(recording.registration().posted("/response/publicKey"));
        assertThat(verifies(key, signed.toByteArray())).isTrue();
        for (int i = 0; i < signed.size(); i++) {
            byte[] changed = signed.toByteArray();
            changed[i] ^= 1;
            assertThat(verifies(key, changed)).as("with another byte %d", i).isFalse();
        }
    }

    private boolean verifies(PublicKey key, byte[] signed) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(parts.signature().toByteArray());
    }

    @Test
    void theDocumentListsTheMembersThatASignInChanges() {
        assertThat(ProjectFiles.read(DOCUMENT).replace('\n', ' ')).contains("changed " + parts.changedMembers() + ".");
    }

    @Test
    void theUserHandleIsTheIdOfTheUser() {
        assertThat(parts.userHandle())
                .isEqualTo(recording.registration().stored().path("user").asText());
    }

    @Test
    void theRowIdEqualsTheOneThatTheDocumentDerives() {
        assertThat(parts.derivedRowId())
                .hasToString(recording.registration().stored().path("row").asText());
    }

    /** The part of the file that {@code bin/inspect} reads equals what was sent. */
    @Test
    void theCeremonyFileEqualsItsRecording() {
        assertThat(ProjectFiles.read(Recording.FILE)).isEqualTo(recording.text());
    }

    @Test
    void everyStepIsImplementedWhereTheDocumentSays() {
        CeremonySource registration = CeremonySource.of("RegistrationCeremony");
        CeremonySource signIn = CeremonySource.of("AuthenticationCeremony");

        assertThat(steps()).isNotEmpty().allSatisfy(step -> {
            step.ofRegistration().forEach(number -> step.assertIsDoneBy(registration, number));
            step.ofSignIn().forEach(number -> step.assertIsDoneBy(signIn, number));
        });
    }

    /** The document explains why it omits the other steps. */
    @Test
    void theDocumentCoversEveryStepOfTheSpecification() {
        assertThat(steps().stream().flatMap(step -> step.ofRegistration().stream()))
                .containsExactlyInAnyOrderElementsOf(numbersTo(29, 19, 28));
        assertThat(steps().stream().flatMap(step -> step.ofSignIn().stream()))
                .containsExactlyInAnyOrderElementsOf(numbersTo(25, 23));
    }

    private static List<DocumentedStep> steps() {
        return Markdown.read(DOCUMENT).stepsUnder("## What the server verifies");
    }

    private static List<Integer> numbersTo(int last, Integer... without) {
        return IntStream.rangeClosed(1, last)
                .boxed()
                .filter(number -> !List.of(without).contains(number))
                .toList();
    }
}
