package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recorded sign-in with one thing changed each time, and what the server says of it. */
final class ChangedSignIns {

    private static final String LOOK_ALIKE = "log1n.example";

    private static final int FLAGS = 32;
    private static final int LAST_OF_COUNTER = 36;

    private final Recording recording;
    private final Judged judged;
    private final AuthenticationExpectation expected;
    private final AuthenticationResponse answer;
    private final List<String> rows =
            new ArrayList<>(List.of("| What is changed | Refused as | Step |", "|---|---|---|"));

    ChangedSignIns(Recording recording) {
        this.recording = recording;
        this.judged = new Judged(recording);
        this.expected = judged.expectation();
        this.answer = judged.response();
    }

    String markdown() {
        add("The user handle is another person's", 6, userHandle(Bytes.ofBase64Url("c29tZWJvZHkgZWxzZQ")));
        add(
                "The client data say `webauthn.create`: a registration passed off as a sign-in",
                10,
                clientData("webauthn.get", "webauthn.create"));
        addOfOtherLogin("The answer is posted to another login", 11);
        add(
                "The page that asked was one of `https://" + LOOK_ALIKE + "`",
                12,
                clientData(recording.origin(), "https://" + LOOK_ALIKE));
        add("The authenticator was asked for `" + LOOK_ALIKE + "`", 15, authenticatorData(data -> {
            byte[] hash = Bytes.of(LOOK_ALIKE.getBytes(StandardCharsets.UTF_8))
                    .sha256()
                    .toByteArray();
            System.arraycopy(hash, 0, data, 0, hash.length);
        }));
        add("Nobody was there: flags `04`", 16, flags(0x04));
        add("Somebody was there, and nobody checked who: flags `01`", 17, flags(0x01));
        add("Says that it is synced, and that it cannot be: flags `15`", 18, flags(0x15));
        addOfOtherRecord("Nothing, but it could be synced when it was made", 19);
        add("The counter is one higher", 21, authenticatorData(data -> data[LAST_OF_COUNTER]++));
        add("The client data end with a blank more", 21, clientData("}", "} "));
        addOfOldCounter("Nothing, but a sign-in with this counter was seen before", 22);
        return String.join("\n", rows);
    }

    private void add(String what, int step, AuthenticationResponse changed) {
        add(what, step, judged.signIn(expected, changed).refusal());
    }

    private void addOfOtherLogin(String what, int step) {
        AuthenticationExpectation other =
                new AuthenticationExpectation(Challenge.random(), expected.credential(), expected.ownerHandle(), false);
        add(what, step, judged.signIn(other, answer).refusal());
    }

    private void addOfOtherRecord(String what, int step) {
        CredentialRecord synced = expected.credential().toBuilder()
                .backupEligible(Optional.of(true))
                .build();
        AuthenticationExpectation other =
                new AuthenticationExpectation(expected.challenge(), synced, expected.ownerHandle(), false);
        add(what, step, judged.signIn(other, answer).refusal());
    }

    /** Which the caller of the relying party finds out, as it has to lock the row. */
    private void addOfOldCounter(String what, int step) {
        long stored = judged.signedIn().signCount();
        add(what, step, Optional.of(FailureReason.SIGN_COUNT_NOT_INCREASED).filter(reason -> judged.signedIn()
                .suggestsClone(stored)));
    }

    private void add(String what, int step, Optional<FailureReason> refusal) {
        rows.add("| %s | `%s` | %d |"
                .formatted(
                        what,
                        refusal.orElseThrow(() -> new IllegalStateException("accepted: " + what))
                                .code(),
                        step));
    }

    private AuthenticationResponse userHandle(Bytes changed) {
        return answer(answer.clientDataJson(), answer.authenticatorData(), Optional.of(changed));
    }

    private AuthenticationResponse clientData(String before, String after) {
        String json = new String(answer.clientDataJson().toByteArray(), StandardCharsets.UTF_8);
        byte[] changed = json.replace(before, after).getBytes(StandardCharsets.UTF_8);
        return answer(Bytes.of(changed), answer.authenticatorData(), answer.userHandle());
    }

    private AuthenticationResponse flags(int changed) {
        return authenticatorData(data -> data[FLAGS] = (byte) changed);
    }

    private AuthenticationResponse authenticatorData(Change change) {
        byte[] data = answer.authenticatorData().toByteArray();
        change.to(data);
        return answer(answer.clientDataJson(), Bytes.of(data), answer.userHandle());
    }

    private AuthenticationResponse answer(Bytes clientDataJson, Bytes authenticatorData, Optional<Bytes> userHandle) {
        return answer.toBuilder()
                .clientDataJson(clientDataJson)
                .authenticatorData(authenticatorData)
                .userHandle(userHandle)
                .build();
    }

    private interface Change {
        void to(byte[] data);
    }
}
