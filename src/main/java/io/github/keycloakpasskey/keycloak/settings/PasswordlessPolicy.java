package io.github.keycloakpasskey.keycloak.settings;

import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_NOT_SPECIFIED;
import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_SIGNATURE_ALGORITHMS;
import static org.keycloak.models.Constants.WEBAUTHN_POLICY_OPTION_YES;

import io.github.keycloakpasskey.keycloak.server.PolicyChoices;
import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.crypto.Algorithm;
import org.keycloak.models.WebAuthnPolicy;

/**
 * The options that the realm's WebAuthn Passwordless Policy chooses.
 *
 * <p>Keycloak stores any text, so that a realm file or Terraform can bring in a text that is not an option. Then the
 * strictest option applies. The default applies only if the text is empty or "not specified".
 */
final class PasswordlessPolicy {

    private final UserVerification userVerification;
    private final AttestationConveyance attestation;
    private final ResidentKey residentKey;
    private final Optional<AuthenticatorAttachment> attachment;
    private final List<CoseAlgorithm> algorithms;
    private final Optional<Duration> timeout;
    private final boolean readable;

    private PasswordlessPolicy(WebAuthnPolicy policy, Optional<String> residentKey, Reader reader) {
        this.userVerification = reader.read(
                        "User verification requirement",
                        policy.getUserVerificationRequirement(),
                        UserVerification.values(),
                        UserVerification.REQUIRED)
                .orElse(UserVerification.PREFERRED);
        this.attestation = reader.read(
                        "Attestation conveyance preference",
                        policy.getAttestationConveyancePreference(),
                        AttestationConveyance.values(),
                        AttestationConveyance.DIRECT)
                .orElse(AttestationConveyance.NONE);
        this.residentKey = reader.read(
                        "Discoverable credential", residentKey.orElse(null), ResidentKey.values(), ResidentKey.REQUIRED)
                .orElseGet(() -> Reader.legacyResidentKey(policy));
        this.attachment = reader.attachment(policy.getAuthenticatorAttachment());
        this.algorithms = reader.algorithms(policy.getSignatureAlgorithm());
        this.timeout = reader.timeout(policy.getCreateTimeout());
        this.readable = reader.readable;
    }

    /** Reads a policy, and reports texts that are not an option. */
    static PasswordlessPolicy read(WebAuthnPolicy policy, Problems problems) {
        return read(policy, PolicyChoices.residentKey(policy), problems);
    }

    /**
     * Reads a policy, and reports texts that are not an option.
     *
     * @param residentKey the policy's choice, if this version of Keycloak has it
     */
    static PasswordlessPolicy read(WebAuthnPolicy policy, Optional<String> residentKey, Problems problems) {
        return new PasswordlessPolicy(policy, residentKey, new Reader(problems));
    }

    UserVerification userVerification() {
        return userVerification;
    }

    AttestationConveyance attestation() {
        return attestation;
    }

    ResidentKey residentKey() {
        return residentKey;
    }

    /** The only attachment of new passkeys; any if empty. */
    Optional<AuthenticatorAttachment> attachment() {
        return attachment;
    }

    /** The algorithms that a new key may have; empty if the policy names no known one. */
    List<CoseAlgorithm> algorithms() {
        return algorithms;
    }

    /** How long the browser is asked to wait for the user; empty leaves that to the browser. */
    Optional<Duration> timeout() {
        return timeout;
    }

    /** Whether a new passkey can be checked against the policy. If not, no passkey may be created. */
    boolean isReadable() {
        return readable;
    }

    /** Receives problems of a policy. */
    interface Problems {

        /**
         * Reports the text of a choice.
         *
         * @param choice the name of the choice in the admin console
         * @param value its text
         * @param problem what is wrong, for an administrator; foreign text in it is quoted
         */
        void report(String choice, String value, String problem);
    }

    /** The text of a choice; empty if the choice is left to the default. */
    static Optional<String> specified(String value) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.equals(DEFAULT_WEBAUTHN_POLICY_NOT_SPECIFIED));
    }

    private static final class Reader {

        /** Keycloak offers fewer. The list is read for every page. */
        private static final int MOST_ALGORITHMS = 50;

        private final Problems problems;
        private boolean readable = true;

        Reader(Problems problems) {
            this.problems = problems;
        }

        /** The option that a text names; the strictest one, which is reported, if the text is no option. */
        private <E extends Enum<E>> Optional<E> read(String name, String value, E[] choices, E strictest) {
            return specified(value).map(text -> choice(text, choices).orElseGet(() -> {
                report(name, text);
                return strictest;
            }));
        }

        private static <E extends Enum<E>> Optional<E> choice(String text, E[] choices) {
            String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
            return Arrays.stream(choices)
                    .filter(choice -> choice.name().equals(name))
                    .findFirst();
        }

        /** No attachment is stricter than the other. */
        private Optional<AuthenticatorAttachment> attachment(String value) {
            Optional<String> text = specified(value);
            Optional<AuthenticatorAttachment> chosen =
                    text.flatMap(set -> choice(set, AuthenticatorAttachment.values()));
            if (text.isPresent() && chosen.isEmpty()) {
                report("Authenticator Attachment", text.get());
                readable = false;
            }
            return chosen;
        }

        private List<CoseAlgorithm> algorithms(List<String> names) {
            List<String> chosen = Objects.requireNonNullElse(names, List.of());
            if (chosen.size() > MOST_ALGORITHMS) {
                problems.report(
                        "Signature algorithms",
                        Integer.toString(chosen.size()),
                        "there are " + chosen.size() + " algorithms; at most " + MOST_ALGORITHMS + " are allowed");
                readable = false;
                return List.of();
            }
            List<String> specified = chosen.stream()
                    .flatMap(name -> specified(name).stream())
                    .distinct()
                    .toList();
            if (specified.isEmpty()) {
                return algorithms(List.of(DEFAULT_WEBAUTHN_POLICY_SIGNATURE_ALGORITHMS.split(",")));
            }
            List<CoseAlgorithm> known = new ArrayList<>();
            for (String name : specified) {
                algorithm(name).ifPresentOrElse(known::add, () -> report("Signature algorithms", name));
            }
            readable &= !known.isEmpty();
            return List.copyOf(known);
        }

        private static Optional<CoseAlgorithm> algorithm(String name) {
            return switch (name) {
                case Algorithm.ES256 -> Optional.of(CoseAlgorithm.ES256);
                case Algorithm.ES384 -> Optional.of(CoseAlgorithm.ES384);
                case Algorithm.ES512 -> Optional.of(CoseAlgorithm.ES512);
                case Algorithm.Ed25519 -> Optional.of(CoseAlgorithm.EDDSA);
                case Algorithm.RS256 -> Optional.of(CoseAlgorithm.RS256);
                case Algorithm.RS384 -> Optional.of(CoseAlgorithm.RS384);
                case Algorithm.RS512 -> Optional.of(CoseAlgorithm.RS512);
                case "RS1" -> Optional.of(CoseAlgorithm.RS1);
                default -> Optional.empty();
            };
        }

        /** The nearest timeout that a step can have. Zero is Keycloak's default, and no timeout. */
        private Optional<Duration> timeout(int seconds) {
            if (seconds == 0) {
                return Optional.empty();
            }
            int bounded = Math.max(StepSettings.MIN_TIMEOUT, Math.min(seconds, StepSettings.MAX_TIMEOUT));
            if (bounded != seconds) {
                problems.report(
                        "Timeout",
                        Integer.toString(seconds),
                        seconds + " is no number from " + StepSettings.MIN_TIMEOUT + " to " + StepSettings.MAX_TIMEOUT
                                + "; " + bounded + " applies");
            }
            return Optional.of(Duration.ofSeconds(bounded));
        }

        /** Keycloak before 26.7, and a realm file from there, has only this yes-or-no setting. */
        private static ResidentKey legacyResidentKey(WebAuthnPolicy policy) {
            boolean required = WEBAUTHN_POLICY_OPTION_YES.equals(policy.getRequireResidentKey());
            return required ? ResidentKey.REQUIRED : ResidentKey.PREFERRED;
        }

        private void report(String name, String text) {
            problems.report(name, text, ForeignText.quoted(text) + " is none of the choices");
        }
    }
}
