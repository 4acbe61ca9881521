package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.testbed.Chromium;
import io.github.keycloakpasskey.testbed.PageHost;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.Verdict;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each member of a credential with each fault, from the script that reads the credential to the server that reads what
 * the script posts.
 */
class CredentialMembersTest {

    private static final AuthenticationResponse SIGNED_IN = AuthenticationResponse.builder(Bytes.ofBase64Url("-__-AQ"))
            .clientDataJson(Bytes.ofBase64Url("-__-Ag"))
            .authenticatorData(Bytes.ofBase64Url("-__-Aw"))
            .signature(Bytes.ofBase64Url("-__-BA"))
            .userHandle(Optional.of(Bytes.ofBase64Url("-__-BQ")))
            .attachment(Optional.of(AuthenticatorAttachment.PLATFORM))
            .build();
    private static final RegistrationResponse CREATED = new RegistrationResponse(
            Bytes.ofBase64Url("-__-Ag"),
            Bytes.ofBase64Url("-__-Bg"),
            List.of("internal", "hybrid"),
            Optional.of(AuthenticatorAttachment.PLATFORM),
            Optional.of(true));

    private static Chromium chromium;
    private static PageHost host;
    private static BrowserContext context;
    private static Page page;

    /** What a member is instead. {@code browser-stub.js} has the values. */
    private enum Fault {
        MISSING,
        THROWS,
        NULL,
        NUMBER,
        OBJECT,
        CYCLE,
        BIG_INTEGER,
        OTHER_TEXT,
        BASE64URL,
        BASE64,
        ARRAY_BUFFER,
        UINT8_ARRAY,
        DATA_VIEW,
        BUFFER;

        boolean isBytes() {
            return compareTo(BASE64URL) >= 0;
        }
    }

    private enum Outcome {
        /** The server reads what it would read without the fault. */
        SAME,
        /** The server reads the rest. */
        LEFT_OUT,
        /** The server says that it cannot read the answer. */
        REFUSED
    }

    private enum Ceremony {
        AUTHENTICATION,
        REGISTRATION
    }

    static Stream<Arguments> authentications() {
        return Stream.of(
                        rows("id", fault -> Outcome.SAME),
                        rows("rawId", fault -> fault == Fault.OTHER_TEXT ? Outcome.REFUSED : Outcome.SAME),
                        rows("type", CredentialMembersTest::ofType),
                        rows("authenticatorAttachment", fault -> Outcome.LEFT_OUT),
                        rows("getClientExtensionResults()", fault -> Outcome.SAME),
                        rows("toJSON", fault -> Outcome.SAME),
                        rows("toJSON()", fault -> Outcome.SAME),
                        rows("response", fault -> Outcome.REFUSED),
                        rows("response.clientDataJSON", CredentialMembersTest::ofNeededBytes),
                        rows("response.authenticatorData", CredentialMembersTest::ofNeededBytes),
                        rows("response.signature", CredentialMembersTest::ofNeededBytes),
                        rows("response.userHandle", CredentialMembersTest::ofUserHandle))
                .flatMap(rows -> rows);
    }

    static Stream<Arguments> registrations() {
        return Stream.of(
                        rows("id", fault -> Outcome.SAME),
                        rows("rawId", fault -> fault == Fault.OTHER_TEXT ? Outcome.REFUSED : Outcome.SAME),
                        rows("type", CredentialMembersTest::ofType),
                        rows("authenticatorAttachment", fault -> Outcome.LEFT_OUT),
                        rows("getClientExtensionResults()", fault -> Outcome.LEFT_OUT),
                        rows("toJSON", fault -> Outcome.SAME),
                        rows("toJSON()", fault -> Outcome.SAME),
                        rows("response", fault -> Outcome.REFUSED),
                        rows("response.clientDataJSON", CredentialMembersTest::ofNeededBytes),
                        rows("response.attestationObject", CredentialMembersTest::ofNeededBytes),
                        rows("response.getTransports()", fault -> Outcome.LEFT_OUT),
                        rows("response.getAuthenticatorData()", fault -> Outcome.SAME),
                        rows("response.getPublicKey()", fault -> Outcome.SAME),
                        rows("response.getPublicKeyAlgorithm()", fault -> Outcome.SAME))
                .flatMap(rows -> rows);
    }

    /** Without a type, a credential is what the script asked for. */
    private static Outcome ofType(Fault fault) {
        return switch (fault) {
            case OTHER_TEXT, BASE64URL, BASE64 -> Outcome.REFUSED;
            default -> Outcome.SAME;
        };
    }

    private static Outcome ofNeededBytes(Fault fault) {
        return fault.isBytes() ? Outcome.SAME : Outcome.REFUSED;
    }

    private static Outcome ofUserHandle(Fault fault) {
        if (fault == Fault.OTHER_TEXT) {
            return Outcome.REFUSED;
        }
        return fault.isBytes() ? Outcome.SAME : Outcome.LEFT_OUT;
    }

    private static Stream<Arguments> rows(String member, Function<Fault, Outcome> outcomes) {
        return Arrays.stream(Fault.values()).map(fault -> arguments(member, fault, outcomes.apply(fault)));
    }

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        host = new PageHost();
        context = chromium.newContext();
        page = context.newPage();
        host.openEmpty(page);
    }

    @AfterAll
    static void stop() {
        context.close();
        host.close();
        chromium.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("authentications")
    void aSignInWithAFaultyMember(String member, Fault fault, Outcome outcome) {
        Verdict<AuthenticationResponse, FailureReason> read =
                AuthenticationResponse.parse(posted(Ceremony.AUTHENTICATION, member, fault));

        AuthenticationResponse without =
                switch (member) {
                    case "authenticatorAttachment" ->
                        SIGNED_IN.toBuilder().attachment(Optional.empty()).build();
                    case "response.userHandle" ->
                        SIGNED_IN.toBuilder().userHandle(Optional.empty()).build();
                    default -> SIGNED_IN;
                };
        assertThat(read).isEqualTo(expected(outcome, SIGNED_IN, without));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("registrations")
    void aRegistrationWithAFaultyMember(String member, Fault fault, Outcome outcome) {
        Verdict<RegistrationResponse, FailureReason> read =
                RegistrationResponse.parse(posted(Ceremony.REGISTRATION, member, fault));

        RegistrationResponse without = new RegistrationResponse(
                CREATED.clientDataJson(),
                CREATED.attestationObject(),
                member.equals("response.getTransports()") ? List.of() : CREATED.transports(),
                CREATED.attachment().filter(attachment -> !member.equals("authenticatorAttachment")),
                CREATED.discoverable().filter(discoverable -> !member.equals("getClientExtensionResults()")));
        assertThat(read).isEqualTo(expected(outcome, CREATED, without));
    }

    private static <T> Verdict<T, FailureReason> expected(Outcome outcome, T same, T without) {
        return switch (outcome) {
            case SAME -> Verdict.accepted(same);
            case LEFT_OUT -> Verdict.accepted(without);
            case REFUSED -> Verdict.refused(FailureReason.RESPONSE_UNREADABLE);
        };
    }

    /** What the page posts where the browser gives such a credential. */
    private static String posted(Ceremony ceremony, String member, Fault fault) {
        return (String) page.evaluate("""
                async ([ceremony, member, fault]) => {
                  const { requestPasskey, createPasskey } = await import("/resources/js/passkey-ceremony.js");
                  const credential = stub.faulty(ceremony, member, fault);
                  navigator.credentials.get = navigator.credentials.create = async () => credential;
                  return ceremony === "authentication"
                    ? requestPasskey('{"challenge":"AQ"}')
                    : createPasskey('{"challenge":"AQ","user":{"id":"Ag"}}');
                }""", List.of(ceremony.name().toLowerCase(Locale.ROOT), member, fault.name()));
    }
}
