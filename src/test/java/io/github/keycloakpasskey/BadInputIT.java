package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input is refused with a readable error on the same page and an event with the reason. Nothing is stored. */
@Shows(Threat.HOSTILE_INPUT)
@KeycloakTest
class BadInputIT {

    private static final int LARGEST = 64 * 1024;

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    /**
     * @param change turns the JSON of a valid response into bad input
     */
    record Input(String what, UnaryOperator<String> change) {
        @Override
        public String toString() {
            return what;
        }

        static Input of(String what, String text) {
            return new Input(what, answer -> text);
        }
    }

    record Change(String what, UnaryOperator<ObjectNode> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Input> texts() {
        return Stream.of(
                Input.of("nothing", ""),
                Input.of("blanks", "  \n "),
                Input.of("not JSON", "passkey"),
                Input.of("JSON null", "null"),
                Input.of("a number", "42"),
                Input.of("a text", "\"passkey\""),
                Input.of("an array", "[]"),
                Input.of("an empty object", "{}"),
                Input.of("a NUL character", "\0"),
                Input.of("10,000 arrays in each other", "[".repeat(10_000) + "]".repeat(10_000)),
                Input.of("5,000 objects in each other", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)),
                Input.of("a number with 50,000 digits", "{\"id\":" + "9".repeat(50_000) + "}"),
                new Input("the beginning of an answer", answer -> answer.substring(0, answer.length() / 2)),
                new Input("an answer twice", answer -> answer + answer),
                new Input("an answer in an array", answer -> "[" + answer + "]"),
                new Input("an answer in UTF-16", answer -> answer.replace("", "\0")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void unreadableTextIsRefusedInBothCeremonies(Input input, TestRealm realm) {
        assertRefused(realm, new Change("", UnaryOperator.identity()), input, "response-unreadable");
    }

    static Stream<Input> largeTexts() {
        return Stream.of(
                Input.of("100 KiB of a letter", "a".repeat(100 * 1024)),
                Input.of("100 KiB of the beginning of a number", "7".repeat(100 * 1024)),
                new Input("an answer with 64 KiB of blanks", answer -> answer + " ".repeat(LARGEST)),
                new Input("a right answer of 64 KiB and one", answer -> filledUp(answer, LARGEST + 1)));
    }

    @ParameterizedTest
    @MethodSource("largeTexts")
    void textOverTheSizeLimitIsRefusedInBothCeremonies(Input input, TestRealm realm) {
        assertRefused(realm, new Change("", UnaryOperator.identity()), input, "response-too-large");
    }

    /** Keycloak itself rejects form fields of more than 128 KiB, before the extension is called. */
    @Test
    void keycloakRejectsAMebibyteAndThePageStillWorks(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page registration = client.openRegistration(person);
        String made =
                authenticator.register(registration.options(), realm.origin()).json();
        Page turnedAway = client.submitPasskey(registration, made + " ".repeat(1024 * 1024));
        assertThat(turnedAway.status()).isEqualTo(413);
        assertThat(realm.passkeys(person)).isEmpty();
        assertThat(client.submitPasskey(registration, made).isBackAtApp()).isTrue();

        WebClient other = realm.newClient();
        Page signIn = other.openSignIn();
        String signed =
                authenticator.authenticate(signIn.options(), realm.origin()).json();
        assertThat(other.submitPasskey(signIn, "a".repeat(1024 * 1024)).status())
                .isEqualTo(413);
        assertThat(other.submitPasskey(signIn, signed).isBackAtApp()).isTrue();
    }

    @Test
    void aResponseOfExactly64KiBIsAccepted(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page registration = client.openRegistration(person);
        String made =
                authenticator.register(registration.options(), realm.origin()).json();
        assertThat(client.submitPasskey(registration, filledUp(made, LARGEST)).isBackAtApp())
                .isTrue();

        WebClient other = realm.newClient();
        Page signIn = other.openSignIn();
        String signed =
                authenticator.authenticate(signIn.options(), realm.origin()).json();
        assertThat(other.submitPasskey(signIn, filledUp(signed, LARGEST)).isBackAtApp())
                .isTrue();
    }

    static Stream<Change> membersOfBoth() {
        Stream<Change> onTop = Stream.of("id", "rawId", "type", "response")
                .flatMap(member -> Stream.of(
                        new Change("no " + member, json -> json.without(member)),
                        new Change(member + " null", json -> json.putNull(member)),
                        new Change(member + " a number", json -> json.put(member, 7)),
                        new Change(member + " an array", json -> {
                            json.putArray(member).add("AAAA");
                            return json;
                        })));
        Stream<Change> others = Stream.of(
                new Change("another type", json -> json.put("type", "password")),
                new Change("id and rawId that differ", json -> json.put("id", "AAAA")),
                new Change("a broken id", json -> json.put("id", "!").put("rawId", "!")),
                new Change("a NUL in the id", json -> json.put("id", "AA\0A").put("rawId", "AA\0A")),
                new Change("a response that is a text", json -> json.put("response", "{}")));
        return Stream.of(onTop, others, badBytes("clientDataJSON")).flatMap(changes -> changes);
    }

    static Stream<Change> membersOfSignIn() {
        return Stream.of(membersOfBoth(), badBytes("authenticatorData"), badBytes("signature"))
                .flatMap(changes -> changes);
    }

    static Stream<Change> membersOfRegistration() {
        return Stream.concat(membersOfBoth(), badBytes("attestationObject"));
    }

    private static Stream<Change> badBytes(String member) {
        return Stream.of(
                inResponse("no " + member, response -> response.without(member)),
                inResponse(member + " null", response -> response.putNull(member)),
                inResponse(member + " a number", response -> response.put(member, 7)),
                inResponse(member + " an object", response -> {
                    response.putObject(member).put("0", 1);
                    return response;
                }),
                inResponse(member + " not base64url", response -> response.put(member, "what is this?")),
                inResponse(member + " with half a byte", response -> response.put(member, "A")),
                inResponse(member + " with a NUL", response -> response.put(member, "AAA\0")));
    }

    private static Change inResponse(String what, UnaryOperator<ObjectNode> change) {
        return new Change(what, json -> json.set("response", change.apply((ObjectNode) json.path("response"))));
    }

    @ParameterizedTest
    @MethodSource("membersOfSignIn")
    @Shows(steps = {"§7.2 step 3, no assertion response", "§7.2 step 7, a member that is missing or unreadable"})
    void aSignInResponseWithABadMemberIsRefused(Change change, TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        assertSignInRefused(realm, person, change, answer -> answer, "response-unreadable");
    }

    @ParameterizedTest
    @MethodSource("membersOfRegistration")
    @Shows(steps = "§7.1 step 3, no attestation response")
    void aRegistrationResponseWithABadMemberIsRefused(Change change, TestRealm realm) {
        assertRegistrationRefused(realm, realm.newPerson(), change, answer -> answer, "response-unreadable");
    }

    static Stream<Change> emptyBytes() {
        return Stream.of("clientDataJSON", "attestationObject")
                .map(member -> inResponse("empty " + member, response -> response.put(member, "")));
    }

    @ParameterizedTest
    @MethodSource("emptyBytes")
    void aRegistrationResponseWithAnEmptyMemberIsRefused(Change change, TestRealm realm) {
        String reason =
                change.what().contains("clientDataJSON") ? "client-data-unreadable" : "authenticator-data-unreadable";
        assertRegistrationRefused(realm, realm.newPerson(), change, answer -> answer, reason);
    }

    private void assertRefused(TestRealm realm, Change change, Input input, String reason) {
        Person person = realm.newPerson();
        assertRegistrationRefused(realm, person, change, input.change(), reason);
        realm.newClient().register(person, authenticator);
        assertSignInRefused(realm, person, change, input.change(), reason);
    }

    private void assertRegistrationRefused(
            TestRealm realm, Person person, Change change, UnaryOperator<String> input, String reason) {
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String answer = new SoftwareAuthenticator()
                .register(page.options(), realm.origin())
                .response(change.change())
                .json();

        Page next = client.submitPasskey(page, input.apply(answer));

        RefusedCeremoniesIT.assertShownAgain(page, next);
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", reason);
        assertThat(realm.passkeys(person)).isEmpty();
    }

    private void assertSignInRefused(
            TestRealm realm, Person person, Change change, UnaryOperator<String> input, String reason) {
        List<StoredPasskey> before = realm.passkeys(person);
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .response(change.change())
                .json();

        Page next = client.submitPasskey(page, input.apply(answer));

        RefusedCeremoniesIT.assertShownAgain(page, next);
        realm.awaitRefusal("LOGIN_ERROR", reason);
        assertThat(realm.passkeys(person)).isEqualTo(before);
    }

    @Test
    void unknownMembersAndValuesOfARegistrationResponseAreIgnored(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String answer = authenticator
                .register(page.options(), realm.origin())
                .response(json -> json.put("future", "value").put("authenticatorAttachment", "moon"))
                .json();
        assertThat(client.submitPasskey(page, answer).isBackAtApp()).isTrue();
    }

    @Test
    void aNulCharacterInALabelIsNotStored(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String answer = authenticator.register(page.options(), realm.origin()).json();

        Page next = client.submit(
                page, "#passkey-form", Map.of("passkeyResponse", answer, "passkeyLabel", "before\0after"));

        assertThat(next.isBackAtApp()).as(next.toString()).isTrue();
        assertThat(realm.passkeys(person)).hasSize(1).allSatisfy(passkey -> assertThat(passkey.label())
                .doesNotContain("\0")
                .startsWith("before"));
    }

    /** The same response with an additional member that brings it to the given number of characters. */
    private static String filledUp(String answer, int length) {
        String head = "{\"fill\":\"";
        String tail = "\"," + answer.substring(1);
        return head + "x".repeat(length - head.length() - tail.length()) + tail;
    }
}
