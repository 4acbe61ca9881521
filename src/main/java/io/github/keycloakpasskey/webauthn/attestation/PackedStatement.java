package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.DistinguishedName;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The packed format, §8.2. webauthn4j is not used: it supports fewer algorithms and checks only a part of §8.2.1.
 */
final class PackedStatement {

    private static final String COUNTRY = "550406";
    private static final String ORGANIZATION = "55040a";
    private static final String ORGANIZATIONAL_UNIT = "55040b";
    private static final String COMMON_NAME = "550403";

    private static final String SERIAL_NUMBER_EXTENSION = "1.3.6.1.4.1.45724.1.1.2";
    private static final String FIRMWARE_VERSION_EXTENSION = "1.3.6.1.4.1.45724.1.1.5";

    /** ISO 3166, including the user-assigned codes: the examples of the specification use one. */
    private static final Pattern COUNTRY_CODE = Pattern.compile("[A-Z]{2}");

    private PackedStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException, MalformedException {
        return statement.members().has("x5c") ? certified(statement) : self(statement);
    }

    private static AttestationProof self(AttestationStatement statement)
            throws AttestationException, MalformedException {
        AttestationException.require(
                statement.algorithm() == statement.publicKey().algorithm());
        AttestationException.require(statement.publicKey().verifies(statement.bytes("sig"), statement.toBeSigned()));
        return AttestationProof.SELF;
    }

    private static AttestationProof certified(AttestationStatement statement)
            throws AttestationException, MalformedException {
        List<AttestationCertificate> path = statement.x5c();
        AttestationCertificate certificate = path.get(0);
        AttestationException.require(statement
                .algorithm()
                .verifies(certificate.x509().getPublicKey(), statement.bytes("sig"), statement.toBeSigned()));
        verifyRequirements(certificate);
        boolean named = certificate.verifyAaguid(statement.credential());
        // Without an AAGUID in the certificate, its key can belong to any certified device.
        return AttestationProof.certifiedBy(path, named ? ModelProof.CERTIFICATE : ModelProof.OWN_ANCHOR);
    }

    /** §8.2.1 */
    private static void verifyRequirements(AttestationCertificate certificate)
            throws AttestationException, MalformedException {
        certificate.verifyVersion();
        verifySubject(certificate);
        certificate.verifyAaguidNotCritical();
        certificate.verifyNoAuthority();
        verifyFirmwareVersion(certificate);
        verifySerialNumber(certificate);
    }

    private static void verifySubject(AttestationCertificate certificate)
            throws AttestationException, MalformedException {
        Bytes encoded = Bytes.of(certificate.x509().getSubjectX500Principal().getEncoded());
        DistinguishedName subject = DistinguishedName.of(Der.read(encoded));
        AttestationException.require(subject.only(COUNTRY)
                .filter(code -> COUNTRY_CODE.matcher(code).matches())
                .isPresent());
        AttestationException.require(subject.only(ORGANIZATION).isPresent());
        AttestationException.require(
                subject.only(ORGANIZATIONAL_UNIT).equals(Optional.of("Authenticator Attestation")));
        AttestationException.require(subject.only(COMMON_NAME).isPresent());
    }

    private static void verifyFirmwareVersion(AttestationCertificate certificate)
            throws AttestationException, MalformedException {
        certificate.verifyNotCritical(FIRMWARE_VERSION_EXTENSION);
        Optional<Der> version = certificate.extension(FIRMWARE_VERSION_EXTENSION);
        if (version.isPresent()) {
            AttestationException.require(
                    version.get().require(Der.INTEGER).integer().signum() >= 0);
        }
    }

    /** §8.2.2 */
    private static void verifySerialNumber(AttestationCertificate certificate)
            throws AttestationException, MalformedException {
        certificate.verifyNotCritical(SERIAL_NUMBER_EXTENSION);
        Optional<Der> number = certificate.extension(SERIAL_NUMBER_EXTENSION);
        if (number.isPresent()) {
            number.get().require(Der.OCTET_STRING);
        }
    }
}
