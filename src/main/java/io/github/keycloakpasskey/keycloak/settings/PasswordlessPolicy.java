package io.github.keycloakpasskey.keycloak.settings;

import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_NOT_SPECIFIED;
import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_SIGNATURE_ALGORITHMS;
import static org.keycloak.models.Constants.WEBAUTHN_POLICY_OPTION_YES;

import io.github.keycloakpasskey.keycloak.server.PolicyChoices;
import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserVerification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.keycloak.crypto.Algorithm;
import org.keycloak.models.WebAuthnPolicy;

/**
 * What the realm's WebAuthn Passwordless Policy chooses of what WebAuthn offers. Keycloak stores any text, so that a
 * realm file or Terraform can bring in what is none of the choices: then the strictest rules, and only what is left out
 * or "not specified" is left to the default.
 *
 * @param algorithms those that a new key may have; empty where the policy names none that is known
 * @param attachment the only kind of authenticator; any where empty
 * @param readable whether a new passkey can be held against it: where not, none may be made, as nothing would be
 *     strict enough
 */
record PasswordlessPolicy(
        UserVerification userVerification,
        AttestationConveyance attestation,
        ResidentKey residentKey,
        Optional<AuthenticatorAttachment> attachment,
        List<CoseAlgorithm> algorithms,
        boolean readable) {

    PasswordlessPolicy {
        algorithms = List.copyOf(algorithms);
    }

    /** @param problems hears the name of what cannot be read, and what is wrong about it */
    static PasswordlessPolicy read(WebAuthnPolicy policy, BiConsumer<String, String> problems) {
        return read(policy, PolicyChoices.residentKey(policy), problems);
    }

    /** @param residentKey the policy's choice, where this version of Keycloak has it */
    static PasswordlessPolicy read(
            WebAuthnPolicy policy, Optional<String> residentKey, BiConsumer<String, String> problems) {
        return new Reader(problems).read(policy, residentKey);
    }

    static Optional<String> specified(String value) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.equals(DEFAULT_WEBAUTHN_POLICY_NOT_SPECIFIED));
    }

    private static final class Reader {

        private final BiConsumer<String, String> problems;
        private boolean readable = true;

        Reader(BiConsumer<String, String> problems) {
            this.problems = problems;
        }

        PasswordlessPolicy read(WebAuthnPolicy policy, Optional<String> chosenResidentKey) {
            UserVerification userVerification = read(
                            "User verification requirement",
                            policy.getUserVerificationRequirement(),
                            UserVerification.values(),
                            UserVerification.REQUIRED)
                    .orElse(UserVerification.PREFERRED);
            AttestationConveyance attestation = read(
                            "Attestation conveyance preference",
                            policy.getAttestationConveyancePreference(),
                            AttestationConveyance.values(),
                            AttestationConveyance.DIRECT)
                    .orElse(AttestationConveyance.NONE);
            ResidentKey residentKey = read(
                            "Discoverable credential",
                            chosenResidentKey.orElse(null),
                            ResidentKey.values(),
                            ResidentKey.REQUIRED)
                    .orElseGet(() -> legacyResidentKey(policy));
            Optional<AuthenticatorAttachment> attachment = attachment(policy.getAuthenticatorAttachment());
            List<CoseAlgorithm> algorithms = algorithms(policy.getSignatureAlgorithm());
            return new PasswordlessPolicy(userVerification, attestation, residentKey, attachment, algorithms, readable);
        }

        /** The choice whose name is the text; empty where the choice is left to the default. */
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

        /** Neither kind is stricter than the other. */
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
            List<String> specified = Objects.requireNonNullElse(names, List.<String>of()).stream()
                    .flatMap(name -> specified(name).stream())
                    .toList();
            if (specified.isEmpty()) {
                return algorithms(List.of(DEFAULT_WEBAUTHN_POLICY_SIGNATURE_ALGORITHMS.split(",")));
            }
            List<CoseAlgorithm> known = new ArrayList<>();
            for (String name : specified) {
                algorithm(name).ifPresentOrElse(known::add, () -> report("Signature algorithms", name));
            }
            readable &= !known.isEmpty();
            return known;
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

        /** Keycloak before 26.7, and a realm file from there, has the yes-or-no setting only. */
        private static ResidentKey legacyResidentKey(WebAuthnPolicy policy) {
            boolean required = WEBAUTHN_POLICY_OPTION_YES.equals(policy.getRequireResidentKey());
            return required ? ResidentKey.REQUIRED : ResidentKey.PREFERRED;
        }

        private void report(String name, String text) {
            problems.accept(name, "“" + text + "” is none of the choices");
        }
    }
}
