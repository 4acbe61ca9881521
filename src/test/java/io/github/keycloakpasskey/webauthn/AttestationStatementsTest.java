package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.AndroidKeyAttestator;
import io.github.keycloakpasskey.testbed.AppleAttestator;
import io.github.keycloakpasskey.testbed.AttestationRequest;
import io.github.keycloakpasskey.testbed.Attestator;
import io.github.keycloakpasskey.testbed.CertificateDraft;
import io.github.keycloakpasskey.testbed.CertifiedAttestator;
import io.github.keycloakpasskey.testbed.FidoU2fAttestator;
import io.github.keycloakpasskey.testbed.PackedAttestator;
import io.github.keycloakpasskey.testbed.RegistrationCeremony;
import io.github.keycloakpasskey.testbed.SafetyNetAttestator;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestCertificateAuthority;
import io.github.keycloakpasskey.testbed.TpmAttestator;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verification procedures of the attestation statement formats, WebAuthn Level 3 §8: each rule with
 * a statement that breaks it alone.
 */
@Shows(value = Threat.FALSE_MODEL, steps = "§7.1")
class AttestationStatementsTest {

    private static final UUID MODEL = UUID.fromString("fbfc3007-154e-4ecc-8c0b-6e020557d7bd");
    private static final String SUBJECT = "C=SE,O=Example,OU=Authenticator Attestation,CN=Example";
    private static final String AAGUID = CertifiedAttestator.AAGUID_EXTENSION;
    private static final String FIRMWARE = "1.3.6.1.4.1.45724.1.1.5";
    private static final String SERIAL_NUMBER = "1.3.6.1.4.1.45724.1.1.2";
    private static final String ALTERNATIVE_NAME = "2.5.29.17";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

    private static final TestCertificateAuthority ROOT = TestCertificateAuthority.root("Example root");
    private static final TestCertificateAuthority VENDOR = ROOT.intermediate("Example vendor");

    /** Asks for a statement and trusts any, so that every statement is verified. */
    private final Fixture fixture = new Fixture(
            Fixture.with(new AttestationPolicy(AttestationConveyance.INDIRECT, Optional.empty(), Optional.empty())));

    static Stream<Arguments> correctStatements() {
        return Stream.of(
                correct("§8.2", packed()),
                correct("§8.2, no AAGUID in the certificate", packed().certificate(c -> c.without(AAGUID))),
                correct("§8.2, from the root itself", new PackedAttestator(ROOT)),
                correct(
                        "§8.2.1, a firmware version",
                        packed().certificate(c -> c.extension(FIRMWARE, false, number(42)))),
                correct(
                        "§8.2.2, a serial number",
                        packed().certificate(c -> c.extension(SERIAL_NUMBER, false, octets(new byte[8])))),
                correct("§8.2.1, a country of one's own", subject(SUBJECT.replace("SE", "AA"))),
                correct("§8.2.1, no Basic Constraints", packed().certificate(c -> c.without("2.5.29.19"))),
                correct("§8.3, elliptic curve", tpm()),
                correct(
                        "§8.3, the AAGUID in the certificate",
                        tpm().certificate(c -> c.extension(AAGUID, false, octets(model())))),
                correct("§8.4", androidKey()),
                correct(
                        "§8.4, kept by system software",
                        androidKey()
                                .software(AndroidKeyAttestator.purpose(2), AndroidKeyAttestator.origin(0))
                                .trustedEnvironment()),
                correct("§8.5", safetyNet()),
                correct(
                        "§8.5, a clock that is a little ahead",
                        safetyNet().payload(p -> p.put("timestampMs", inSeconds(30)))),
                correct("§8.6", new FidoU2fAttestator(ROOT)),
                correct("§8.8", apple()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("correctStatements")
    void acceptsACorrectStatement(String section, Attestator attestator) {
        Verdict<CredentialRecord, FailureReason> verdict = register(attestator);

        assertThat(verdict.refusal()).as(section).isEmpty();
        assertThat(Fixture.accepted(verdict).attestationFormat().map(AttestationFormat::registeredName))
                .contains(attestator.format());
    }

    @Test
    void aTpmHoldsRsaKeysToo() {
        assertThat(fixture.register(a -> a.algorithm(Algorithm.RS256).attestation(tpm()))
                        .refusal())
                .isEmpty();
    }

    static Stream<Arguments> packedStatements() {
        return Stream.of(
                wrong("step 1, no algorithm", packed().changing(s -> s.remove("alg"))),
                wrong("step 1, an algorithm that is a text", packed().changing(s -> s.put("alg", "ES256"))),
                wrong("step 1, no signature", packed().changing(s -> s.remove("sig"))),
                wrong("step 1, a signature that is a text", packed().changing(s -> s.put("sig", "signed"))),
                wrong("step 1, x5c that is no array", packed().changing(s -> s.put("x5c", new byte[1]))),
                wrong("step 1, no certificate", packed().changing(s -> s.put("x5c", List.of()))),
                wrong("step 1, a certificate that is a text", packed().changing(s -> s.put("x5c", List.of("cert")))),
                wrong(
                        "step 1, bytes that are no certificate",
                        packed().changing(s -> s.put("x5c", List.of(new byte[9])))),
                wrong("step 1, bytes behind the certificate", packed().changing(AttestationStatementsTest::lengthen)),
                wrong("step 1, a path without end", packed().changing(s -> s.put("x5c", repeated(s.get("x5c"))))),
                wrong("step 2, another algorithm", packed().changing(s -> s.put("alg", -36))),
                wrong("step 2, an algorithm of another kind", packed().changing(s -> s.put("alg", -257))),
                wrong("step 2, an unknown algorithm", packed().changing(s -> s.put("alg", -7777))),
                wrong("step 2, signature", packed().changing(s -> ((byte[]) s.get("sig"))[20] ^= 1)),
                wrong(
                        "step 2, another AAGUID",
                        packed().certificate(c -> c.extension(AAGUID, false, octets(new byte[16])))),
                wrong(
                        "§8.2.1, the AAGUID in one wrapping only",
                        packed().certificate(c -> c.extension(AAGUID, false, model()))),
                wrong(
                        "§8.2.1, bytes behind the AAGUID",
                        packed().certificate(c -> c.extension(AAGUID, false, octets(Arrays.copyOf(model(), 17))))),
                wrong(
                        "§8.2.1, a critical AAGUID",
                        packed().certificate(c -> c.extension(AAGUID, true, octets(model())))),
                wrong("§8.2.1, version", packed().certificate(c -> c.version1())),
                wrong("§8.2.1, a country of three letters", subject(SUBJECT.replace("SE", "SWE"))),
                wrong("§8.2.1, a country that is none", subject(SUBJECT.replace("SE", "S1"))),
                wrong("§8.2.1, a country in small letters", subject(SUBJECT.replace("SE", "se"))),
                wrong("§8.2.1, no country", subject(SUBJECT.replace("C=SE,", ""))),
                wrong("§8.2.1, no organization", subject(SUBJECT.replace("O=Example,", ""))),
                wrong("§8.2.1, no unit", subject(SUBJECT.replace("OU=Authenticator Attestation,", ""))),
                wrong("§8.2.1, another unit", subject(SUBJECT.replace("Authenticator Attestation", "Attestation"))),
                wrong("§8.2.1, two units", subject(SUBJECT + ",OU=Another")),
                wrong("§8.2.1, no name", subject(SUBJECT.replace(",CN=Example", ""))),
                wrong("§8.2.1, an authority", packed().certificate(c -> c.authority(true))),
                wrong(
                        "§8.2.1, a critical firmware version",
                        packed().certificate(c -> c.extension(FIRMWARE, true, number(42)))),
                wrong(
                        "§8.2.1, a firmware version below zero",
                        packed().certificate(c -> c.extension(FIRMWARE, false, number(-1)))),
                wrong(
                        "§8.2.2, a critical serial number",
                        packed().certificate(c -> c.extension(SERIAL_NUMBER, true, octets(new byte[8])))),
                wrong(
                        "§8.2.2, a serial number that is a number",
                        packed().certificate(c -> c.extension(SERIAL_NUMBER, false, number(1)))));
    }

    static Stream<Arguments> tpmStatements() {
        return Stream.of(
                wrong("no version", tpm().changing(s -> s.remove("ver"))),
                wrong("another version", tpm().changing(s -> s.put("ver", "1.2"))),
                wrong("no certificate", tpm().changing(s -> s.remove("x5c"))),
                wrong("public area, another key", tpm().publicArea(area -> changed(area, area.length - 1))),
                wrong("public area, another curve", tpm().publicArea(area -> changed(area, 15))),
                wrong("public area, another kind", tpm().publicArea(area -> changed(area, 1))),
                wrong("public area, bytes behind it", tpm().publicArea(area -> Arrays.copyOf(area, area.length + 1))),
                wrong("public area, cut off", tpm().publicArea(area -> Arrays.copyOf(area, area.length - 1))),
                wrong("certInfo, magic", tpm().certification(info -> changed(info, 3))),
                wrong("certInfo, type", tpm().certification(info -> changed(info, 5))),
                wrong("certInfo, extraData", tpm().certification(info -> changed(info, 6 + 36 + 2))),
                wrong("certInfo, name", tpm().name(name -> changed(name, 9))),
                wrong(
                        "certInfo, a name by another hash than the public area's",
                        tpm().publicArea(area -> changed(area, 3, 0x0c))),
                wrong("certInfo, bytes behind it", tpm().certification(info -> Arrays.copyOf(info, info.length + 1))),
                wrong("certInfo, cut off", tpm().certification(info -> Arrays.copyOf(info, info.length - 1))),
                wrong("signature", tpm().changing(s -> ((byte[]) s.get("sig"))[20] ^= 1)),
                wrong("an algorithm without a hash", tpm().changing(s -> s.put("alg", -8))),
                wrong("another AAGUID", tpm().certificate(c -> c.extension(AAGUID, false, octets(new byte[16])))),
                wrong("§8.3.1, a subject", tpm().certificate(c -> c.subject("CN=TPM"))),
                wrong(
                        "§8.3.1, an alternative name that names no device",
                        tpm().certificate(c -> c.extension(
                                ALTERNATIVE_NAME,
                                true,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, "tpm.example"))))),
                wrong("§8.3.1, a vendor that is none", device("AMD", "Example", "id:1")),
                wrong("§8.3.1, no model", device("id:414D4400", "", "id:1")),
                wrong("§8.3.1, no version of the device", device("id:414D4400", "Example", "")),
                wrong("§8.3.1, no key usage", tpm().certificate(c -> c.without(EXTENDED_KEY_USAGE))),
                wrong("§8.3.1, an authority", tpm().certificate(c -> c.authority(true))));
    }

    static Stream<Arguments> androidKeyStatements() {
        return Stream.of(
                wrong("no algorithm", androidKey().changing(s -> s.remove("alg"))),
                wrong("signature", androidKey().changing(s -> ((byte[]) s.get("sig"))[20] ^= 1)),
                wrong("no certificate", androidKey().changing(s -> s.remove("x5c"))),
                wrong(
                        "a certificate of another key",
                        androidKey().certificate(c -> c.keyPair(anotherKey("secp256r1")))),
                wrong(
                        "no key description",
                        androidKey().certificate(c -> c.without(AndroidKeyAttestator.KEY_DESCRIPTION_EXTENSION))),
                wrong(
                        "a key description that is none",
                        androidKey()
                                .certificate(c ->
                                        c.extension(AndroidKeyAttestator.KEY_DESCRIPTION_EXTENSION, false, number(3)))),
                wrong("every app may use the key", androidKey().software(AndroidKeyAttestator.allApplications())),
                wrong(
                        "a key that was imported",
                        androidKey()
                                .trustedEnvironment(AndroidKeyAttestator.purpose(2), AndroidKeyAttestator.origin(2))),
                wrong(
                        "a key that was imported, says one of the lists",
                        androidKey().software(AndroidKeyAttestator.origin(2))),
                wrong("a key of unknown origin", androidKey().trustedEnvironment(AndroidKeyAttestator.purpose(2))),
                wrong(
                        "a key that does not sign",
                        androidKey()
                                .trustedEnvironment(AndroidKeyAttestator.purpose(0), AndroidKeyAttestator.origin(0))));
    }

    static Stream<Arguments> safetyNetStatements() {
        return Stream.of(
                wrong("no version", safetyNet().changing(s -> s.remove("ver"))),
                wrong("a version that is a number", safetyNet().changing(s -> s.put("ver", 1))),
                wrong("no response", safetyNet().changing(s -> s.remove("response"))),
                wrong("another nonce", safetyNet().payload(p -> p.put("nonce", "AAAA"))),
                wrong("a device that was tampered with", safetyNet().payload(p -> p.put("ctsProfileMatch", false))),
                wrong("an old response", safetyNet().payload(p -> p.put("timestampMs", inSeconds(-120)))),
                wrong("a response of the future", safetyNet().payload(p -> p.put("timestampMs", inSeconds(120)))),
                wrong("another host", safetyNet().certificate(c -> c.subject("CN=attest.example.com"))),
                wrong("signature", safetyNet().changing(s -> ((byte[]) s.get("response"))[100] ^= 1)));
    }

    static Stream<Arguments> fidoU2fStatements() {
        return Stream.of(
                wrong("step 1, no signature", fidoU2f().changing(s -> s.remove("sig"))),
                wrong("step 2, two certificates", new FidoU2fAttestator(VENDOR)),
                wrong("step 2, another curve", fidoU2f().certificate(c -> c.keyPair(anotherKey("secp384r1")))),
                wrong("step 6", fidoU2f().changing(s -> ((byte[]) s.get("sig"))[20] ^= 1)));
    }

    static Stream<Arguments> appleStatements() {
        return Stream.of(
                wrong("step 1, no certificate", apple().changing(s -> s.remove("x5c"))),
                wrong("step 4, no nonce", apple().certificate(c -> c.without(AppleAttestator.NONCE_EXTENSION))),
                wrong("step 4, another nonce", apple().certificate(c -> nonce(c, new byte[32]))),
                wrong("step 5", apple().certificate(c -> c.keyPair(anotherKey("secp256r1")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "packedStatements",
        "tpmStatements",
        "androidKeyStatements",
        "safetyNetStatements",
        "fidoU2fStatements",
        "appleStatements"
    })
    void refusesAStatementThatBreaksOneRule(String rule, Attestator attestator) {
        assertThat(register(attestator).refusal()).as(rule).contains(FailureReason.ATTESTATION_INVALID);
    }

    @Test
    void noAttestationSaysNothing() {
        Attestator talkative = new NamedStatement("none", s -> s.put("alg", -7));

        assertThat(register(talkative).refusal()).contains(FailureReason.ATTESTATION_INVALID);
    }

    @Test
    @Shows(steps = "§7.1 step 21, a format that nobody knows")
    void refusesAFormatThatNobodyHereKnows() {
        assertThat(register(new NamedStatement("compound", s -> {})).refusal())
                .contains(FailureReason.ATTESTATION_FORMAT_UNSUPPORTED);
        assertThat(register(new NamedStatement("Packed", s -> {})).refusal())
                .contains(FailureReason.ATTESTATION_FORMAT_UNSUPPORTED);
    }

    @Test
    void u2fVouchesForKeysOfEs256Alone() {
        Attestator packedAsU2f = new NamedStatement("fido-u2f", s -> {
            s.put("sig", new byte[70]);
            s.put("x5c", List.of(new byte[1]));
        });

        assertThat(fixture.register(a -> a.algorithm(Algorithm.EDDSA).attestation(packedAsU2f))
                        .refusal())
                .contains(FailureReason.ATTESTATION_INVALID);
    }

    @Test
    void aCertificateLeadsToItsRootOverTheVendorsOwn() {
        assertThat(trusting(ROOT).register(claiming(packed())).refusal()).isEmpty();
        assertThat(trusting(VENDOR).register(claiming(packed())).refusal()).isEmpty();
        assertThat(trusting(TestCertificateAuthority.root("Example root"))
                        .register(claiming(packed()))
                        .refusal())
                .contains(FailureReason.ATTESTATION_UNTRUSTED);
    }

    @Test
    void anExpiredCertificateLeadsNowhere() {
        Instant past = Instant.parse("2020-01-01T00:00:00Z");
        Attestator expired = packed().certificate(c -> c.valid(past, past.plusSeconds(60)));

        assertThat(trusting(ROOT).register(claiming(expired)).refusal()).contains(FailureReason.ATTESTATION_UNTRUSTED);
    }

    /** The AAGUID is not among what U2F signs, so that one real key could claim to be any model. */
    @Test
    void u2fDoesNotProveAModel() {
        Fixture picky = picky(MODEL);

        assertThat(picky.register(claiming(packed())).refusal()).isEmpty();
        assertThat(picky.register(claiming(fidoU2f())).refusal()).contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
        assertThat(picky(SoftwareAuthenticator.UNKNOWN_MAKE)
                        .register(a -> a.attestation(fidoU2f()))
                        .refusal())
                .isEmpty();
    }

    static Stream<Arguments> certificatesThatDoNotNameAModel() {
        return Stream.of(
                claimed("packed", packed().certificate(c -> c.without(AAGUID))),
                claimed("tpm", tpm()),
                claimed("android-key", androidKey()),
                claimed("android-safetynet", safetyNet()),
                claimed("apple", apple()));
    }

    /** Any app on any phone that the root's owner makes could claim it otherwise, and so could a computer. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("certificatesThatDoNotNameAModel")
    void aTrustedRootDoesNotProveAModelThatTheCertificateDoesNotName(String format, Attestator attestator) {
        assertThat(trusting(ROOT).register(claiming(attestator)).refusal()).isEmpty();
        assertThat(picky(MODEL).register(claiming(attestator)).refusal())
                .as(format)
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
    }

    /** One root of the realm's, and one that is known to be another model's: together they prove no more than each. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("certificatesThatDoNotNameAModel")
    void aTrustedRootDoesNotProveAModelThatHasAnotherRoot(String format, Attestator attestator) {
        AttestationTrust trust = AttestationTrust.anyOf(List.of(
                AttestationTrust.of(Set.of(ROOT.certificate())),
                new Listing(TestCertificateAuthority.root("Another vendor"), false, false)));

        assertThat(picky(MODEL, trust).register(claiming(attestator)).refusal())
                .as(format)
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("certificatesThatDoNotNameAModel")
    void aRootThatIsKnownToBeTheModelsProvesIt(String format, Attestator attestator) {
        assertThat(picky(MODEL, new Listing(ROOT, false, false))
                        .register(claiming(attestator))
                        .refusal())
                .as(format)
                .isEmpty();
    }

    @Test
    void aCertificateThatNamesItsModelProvesIt() {
        Attestator namingTpm = tpm().certificate(c -> c.extension(AAGUID, false, octets(model())));
        UUID apples = UUID.fromString("f24a8e70-d0d3-f82c-2937-32523cc4de5a");

        assertThat(picky(MODEL).register(claiming(packed())).refusal()).isEmpty();
        assertThat(picky(MODEL).register(claiming(namingTpm)).refusal()).isEmpty();
        assertThat(picky(apples)
                        .register(a -> a.aaguid(apples).attestation(apple()))
                        .refusal())
                .isEmpty();
    }

    @Test
    @Shows(steps = "§7.1 step 24, a root of several models and a certificate that names none (§8.2.1)")
    void aRootOfSeveralModelsNeedsCertificatesThatNameThem() {
        Fixture picky = picky(MODEL, new Listing(ROOT, true, false));

        assertThat(picky.register(claiming(packed().certificate(c -> c.without(AAGUID))))
                        .refusal())
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
        assertThat(picky.register(claiming(packed())).refusal()).isEmpty();
        assertThat(picky.register(claiming(tpm())).refusal()).isEmpty();
    }

    @Test
    void u2fDoesNotProveAModelByItsRootEither() {
        assertThat(picky(MODEL, new Listing(ROOT, false, false))
                        .register(claiming(fidoU2f()))
                        .refusal())
                .contains(FailureReason.ATTESTATION_UNTRUSTED);
    }

    @Test
    @Shows(Threat.COMPROMISED_MODEL)
    void whereACertificationIsDemandedAModelIsProvenWhateverTheConveyance() {
        for (AttestationConveyance conveyance : AttestationConveyance.values()) {
            Fixture demanding = new Fixture(Fixture.with(new AttestationPolicy(
                    conveyance,
                    Optional.empty(),
                    Optional.of(AttestationTrust.anyOf(List.of(
                            AttestationTrust.of(Set.of(ROOT.certificate())),
                            new Listing(TestCertificateAuthority.root("Another vendor"), false, true)))))));

            assertThat(demanding.register(a -> a.aaguid(MODEL)).refusal()).contains(FailureReason.ATTESTATION_MISSING);
            assertThat(demanding
                            .register(a -> a.aaguid(MODEL).attestation(RegistrationCeremony.Attestation.PACKED_SELF))
                            .refusal())
                    .contains(FailureReason.ATTESTATION_UNTRUSTED);
            assertThat(demanding.register(claiming(androidKey())).refusal())
                    .contains(FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
            assertThat(demanding.register(claiming(packed())).refusal()).isEmpty();
        }
    }

    /** Somebody who knows the root of {@link #MODEL}, which can be that of other models too. */
    private record Listing(TestCertificateAuthority root, boolean shared, boolean demandsModel)
            implements AttestationTrust {

        @Override
        public Set<X509Certificate> anchors(AuthenticatorModel model) {
            return anchorsOf(model.aaguid(), false);
        }

        @Override
        public Set<X509Certificate> anchorsOf(UUID aaguid, boolean alone) {
            return aaguid.equals(MODEL) && !(alone && shared) ? Set.of(root.certificate()) : Set.of();
        }
    }

    private static Arguments claimed(String format, Attestator attestator) {
        return arguments(format, attestator);
    }

    private static Fixture trusting(TestCertificateAuthority authority) {
        return new Fixture(Fixture.with(new AttestationPolicy(
                AttestationConveyance.DIRECT,
                Optional.empty(),
                Optional.of(AttestationTrust.of(Set.of(authority.certificate()))))));
    }

    private static Fixture picky(UUID model) {
        return picky(model, AttestationTrust.of(Set.of(ROOT.certificate())));
    }

    private static Fixture picky(UUID model, AttestationTrust trust) {
        return new Fixture(Fixture.with(
                Fixture.POLICY.algorithms(),
                new AttestationPolicy(AttestationConveyance.DIRECT, Optional.empty(), Optional.of(trust)),
                new AuthenticatorPolicy(Optional.empty(), Optional.of(Set.of(model)), Set.of(), false)));
    }

    private Verdict<CredentialRecord, FailureReason> register(Attestator attestator) {
        return fixture.register(claiming(attestator));
    }

    private static UnaryOperator<RegistrationCeremony> claiming(Attestator attestator) {
        return answer -> answer.aaguid(MODEL).attestation(attestator);
    }

    private static PackedAttestator packed() {
        return new PackedAttestator(VENDOR);
    }

    private static PackedAttestator subject(String name) {
        return packed().certificate(c -> c.subject(name));
    }

    private static TpmAttestator tpm() {
        return new TpmAttestator(VENDOR);
    }

    private static TpmAttestator device(String vendor, String model, String version) {
        return tpm().certificate(
                        c -> c.extension(ALTERNATIVE_NAME, true, TpmAttestator.device(vendor, model, version)));
    }

    private static AndroidKeyAttestator androidKey() {
        return new AndroidKeyAttestator(VENDOR);
    }

    private static SafetyNetAttestator safetyNet() {
        return new SafetyNetAttestator(VENDOR);
    }

    private static FidoU2fAttestator fidoU2f() {
        return new FidoU2fAttestator(ROOT);
    }

    private static AppleAttestator apple() {
        return new AppleAttestator(VENDOR);
    }

    private static Arguments correct(String section, Attestator attestator) {
        return arguments(section, attestator);
    }

    private static Arguments wrong(String rule, Attestator attestator) {
        return arguments(attestator.format() + ", " + rule, attestator);
    }

    private static long inSeconds(long seconds) {
        return Instant.now().plusSeconds(seconds).toEpochMilli();
    }

    private static byte[] model() {
        return ByteBuffer.allocate(16)
                .putLong(MODEL.getMostSignificantBits())
                .putLong(MODEL.getLeastSignificantBits())
                .array();
    }

    private static DEROctetString octets(byte[] bytes) {
        return new DEROctetString(bytes);
    }

    private static ASN1Integer number(int value) {
        return new ASN1Integer(value);
    }

    private static void nonce(CertificateDraft draft, byte[] nonce) {
        draft.extension(
                AppleAttestator.NONCE_EXTENSION, false, new DERSequence(new DERTaggedObject(true, 1, octets(nonce))));
    }

    private static byte[] changed(byte[] bytes, int position) {
        bytes[position] ^= 1;
        return bytes;
    }

    private static byte[] changed(byte[] bytes, int position, int value) {
        bytes[position] = (byte) value;
        return bytes;
    }

    private static void lengthen(Map<Object, Object> statement) {
        byte[] certificate = (byte[]) ((List<?>) statement.get("x5c")).get(0);
        statement.put("x5c", List.of(Arrays.copyOf(certificate, certificate.length + 1)));
    }

    private static List<?> repeated(Object x5c) {
        Object certificate = ((List<?>) x5c).get(0);
        return Collections.nCopies(11, certificate);
    }

    private static KeyPair anotherKey(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A statement of any format with any members. */
    private record NamedStatement(String format, Consumer<Map<Object, Object>> members) implements Attestator {

        @Override
        public Map<Object, Object> statement(AttestationRequest request) {
            Map<Object, Object> statement = new LinkedHashMap<>();
            members.accept(statement);
            return statement;
        }
    }
}
