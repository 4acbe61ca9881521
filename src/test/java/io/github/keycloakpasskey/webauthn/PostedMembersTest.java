package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each member of the two posted answers with each fault. */
class PostedMembersTest {

    private static final String AUTHENTICATION = """
            {"id":"-__-AQ","rawId":"-__-AQ","type":"public-key","authenticatorAttachment":"cross-platform",
             "clientExtensionResults":{},
             "response":{"clientDataJSON":"-__-Ag","authenticatorData":"-__-Aw","signature":"-__-BA",
                         "userHandle":"-__-BQ"}}""";
    private static final String REGISTRATION = """
            {"id":"-__-AQ","rawId":"-__-AQ","type":"public-key","authenticatorAttachment":"cross-platform",
             "clientExtensionResults":{"credProps":{"rk":true}},
             "response":{"clientDataJSON":"-__-Ag","attestationObject":"-__-Bg","transports":["internal","hybrid"],
                         "authenticatorData":"-__-Aw","publicKey":"-__-Bw","publicKeyAlgorithm":-7}}""";

    private static final AuthenticationResponse SIGNED_IN = AuthenticationResponse.builder(Bytes.ofBase64Url("-__-AQ"))
            .clientDataJson(Bytes.ofBase64Url("-__-Ag"))
            .authenticatorData(Bytes.ofBase64Url("-__-Aw"))
            .signature(Bytes.ofBase64Url("-__-BA"))
            .userHandle(Optional.of(Bytes.ofBase64Url("-__-BQ")))
            .attachment(Optional.of(AuthenticatorAttachment.CROSS_PLATFORM))
            .build();
    private static final RegistrationResponse CREATED = new RegistrationResponse(
            Bytes.ofBase64Url("-__-Ag"),
            Bytes.ofBase64Url("-__-Bg"),
            List.of("internal", "hybrid"),
            Optional.of(AuthenticatorAttachment.CROSS_PLATFORM),
            Optional.of(true));

    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private enum Fault {
        MISSING,
        NULL,
        NUMBER,
        FRACTION,
        BOOLEAN,
        OBJECT,
        ARRAY,
        NESTED,
        EMPTY_TEXT,
        OTHER_TEXT,
        CONTROL_CHARACTER,
        LONE_SURROGATE,
        LINE_BREAK,
        WRONG_PADDING,
        PADDED,
        STANDARD_BASE64,
        STANDARD_BASE64_PADDED;

        boolean isOtherEncoding() {
            return compareTo(PADDED) >= 0;
        }

        /** The JSON that stands in the place of this text. */
        String instead(String text) {
            return switch (this) {
                case MISSING -> throw new IllegalStateException("nothing stands there");
                case NULL -> "null";
                case NUMBER -> "7";
                case FRACTION -> "1e400";
                case BOOLEAN -> "true";
                case OBJECT -> "{\"0\":251,\"1\":255}";
                case ARRAY -> "[251,255]";
                case NESTED -> "[[[{\"credProps\":[]}]]]";
                case EMPTY_TEXT -> "\"\"";
                case OTHER_TEXT -> "\"** no base64 **\"";
                case CONTROL_CHARACTER -> "\"\\u0000\"";
                case LONE_SURROGATE -> "\"\\ud800\"";
                case LINE_BREAK -> "\"" + text + "\\n\"";
                case WRONG_PADDING -> "\"" + text + "=\"";
                case PADDED -> "\"" + text + "==\"";
                case STANDARD_BASE64 -> "\"" + standard(text) + "\"";
                case STANDARD_BASE64_PADDED -> "\"" + standard(text) + "==\"";
            };
        }

        private static String standard(String text) {
            return text.replace('-', '+').replace('_', '/');
        }
    }

    private enum Outcome {
        /** The answer is read as it is without the fault. */
        SAME,
        /** The answer is read without the member. */
        LEFT_OUT,
        /** The answer is read, with empty bytes. */
        EMPTY,
        REFUSED
    }

    static Stream<Arguments> authentications() {
        return Stream.of(
                        rows("/id", PostedMembersTest::ofNeededBytes),
                        rows("/rawId", PostedMembersTest::ofNeededBytes),
                        rows("/type", fault -> Outcome.REFUSED),
                        rows("/authenticatorAttachment", fault -> Outcome.LEFT_OUT),
                        rows("/clientExtensionResults", fault -> Outcome.SAME),
                        rows("/response", fault -> Outcome.REFUSED),
                        rows("/response/clientDataJSON", PostedMembersTest::ofNeededBytesOfResponse),
                        rows("/response/authenticatorData", PostedMembersTest::ofNeededBytesOfResponse),
                        rows("/response/signature", PostedMembersTest::ofNeededBytesOfResponse),
                        rows("/response/userHandle", PostedMembersTest::ofUserHandle),
                        rows("/response/unknown", fault -> Outcome.SAME),
                        rows("/unknown", fault -> Outcome.SAME))
                .flatMap(rows -> rows);
    }

    static Stream<Arguments> registrations() {
        return Stream.of(
                        rows("/id", PostedMembersTest::ofNeededBytes),
                        rows("/rawId", PostedMembersTest::ofNeededBytes),
                        rows("/type", fault -> Outcome.REFUSED),
                        rows("/authenticatorAttachment", fault -> Outcome.LEFT_OUT),
                        rows("/clientExtensionResults", fault -> Outcome.LEFT_OUT),
                        rows("/clientExtensionResults/credProps", fault -> Outcome.LEFT_OUT),
                        rows(
                                "/clientExtensionResults/credProps/rk",
                                fault -> fault == Fault.BOOLEAN ? Outcome.SAME : Outcome.LEFT_OUT),
                        rows("/response", fault -> Outcome.REFUSED),
                        rows("/response/clientDataJSON", PostedMembersTest::ofNeededBytesOfResponse),
                        rows("/response/attestationObject", PostedMembersTest::ofNeededBytesOfResponse),
                        rows("/response/transports", fault -> Outcome.LEFT_OUT),
                        rows("/response/authenticatorData", fault -> Outcome.SAME),
                        rows("/response/publicKey", fault -> Outcome.SAME),
                        rows("/response/publicKeyAlgorithm", fault -> Outcome.SAME),
                        rows("/unknown", fault -> Outcome.SAME))
                .flatMap(rows -> rows);
    }

    private static Outcome ofNeededBytes(Fault fault) {
        return fault.isOtherEncoding() ? Outcome.SAME : Outcome.REFUSED;
    }

    /** An empty one is read, and refused by the ceremony. */
    private static Outcome ofNeededBytesOfResponse(Fault fault) {
        return fault == Fault.EMPTY_TEXT ? Outcome.EMPTY : ofNeededBytes(fault);
    }

    /** A user handle of the wrong type is refused, because it says whose passkey it is. An empty one is none. */
    private static Outcome ofUserHandle(Fault fault) {
        return switch (fault) {
            case MISSING, NULL, EMPTY_TEXT -> Outcome.LEFT_OUT;
            default -> ofNeededBytes(fault);
        };
    }

    private static Stream<Arguments> rows(String member, Function<Fault, Outcome> outcomes) {
        return Arrays.stream(Fault.values()).map(fault -> arguments(member, fault, outcomes.apply(fault)));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("authentications")
    void aSignInWithAFaultyMember(String member, Fault fault, Outcome outcome) throws JsonProcessingException {
        String json = with(AUTHENTICATION, member, fault);

        AuthenticationResponse without =
                switch (member) {
                    case "/authenticatorAttachment" ->
                        SIGNED_IN.toBuilder().attachment(Optional.empty()).build();
                    case "/response/userHandle" ->
                        SIGNED_IN.toBuilder().userHandle(Optional.empty()).build();
                    case "/response/clientDataJSON" ->
                        SIGNED_IN.toBuilder().clientDataJson(NOTHING).build();
                    case "/response/authenticatorData" ->
                        SIGNED_IN.toBuilder().authenticatorData(NOTHING).build();
                    case "/response/signature" ->
                        SIGNED_IN.toBuilder().signature(NOTHING).build();
                    default -> SIGNED_IN;
                };
        assertThat(outcomeOf(AuthenticationResponse.parse(json))).isEqualTo(expected(outcome, SIGNED_IN, without));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("registrations")
    void aRegistrationWithAFaultyMember(String member, Fault fault, Outcome outcome) throws JsonProcessingException {
        String json = with(REGISTRATION, member, fault);

        RegistrationResponse without = new RegistrationResponse(
                member.equals("/response/clientDataJSON") ? NOTHING : CREATED.clientDataJson(),
                member.equals("/response/attestationObject") ? NOTHING : CREATED.attestationObject(),
                member.equals("/response/transports") ? List.of() : CREATED.transports(),
                CREATED.attachment().filter(attachment -> !member.equals("/authenticatorAttachment")),
                CREATED.discoverable().filter(discoverable -> !member.startsWith("/clientExtensionResults")));
        assertThat(outcomeOf(RegistrationResponse.parse(json))).isEqualTo(expected(outcome, CREATED, without));
    }

    private static <T> Object outcomeOf(Verdict<T, FailureReason> verdict) {
        return verdict.fold(response -> (Object) response, reason -> reason);
    }

    private static Object expected(Outcome outcome, Object same, Object without) {
        return switch (outcome) {
            case SAME -> same;
            case LEFT_OUT, EMPTY -> without;
            case REFUSED -> FailureReason.RESPONSE_UNREADABLE;
        };
    }

    private static String with(String answer, String member, Fault fault) throws JsonProcessingException {
        ObjectNode root = (ObjectNode) MAPPER.readTree(answer);
        int end = member.lastIndexOf('/');
        ObjectNode object = (ObjectNode) root.at(member.substring(0, end));
        String name = member.substring(end + 1);
        JsonNode value = object.remove(name);
        if (fault == Fault.MISSING) {
            return root.toString();
        }
        String text = value != null && value.isTextual() ? value.textValue() : "-__-CQ";
        object.put(name, "CHANGED");
        return root.toString().replace("\"CHANGED\"", fault.instead(text));
    }
}
