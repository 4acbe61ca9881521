package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.DistinguishedName;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateParsingException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The TPM format, §8.3. webauthn4j is not used: it refuses every certificate that names an AAGUID, and takes the hash
 * algorithm of the name from the name instead of the public area.
 */
final class TpmStatement {

    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final int DIRECTORY_NAME = Der.context(4);
    private static final String AIK_CERTIFICATE = "2.23.133.8.3";

    private static final String MANUFACTURER = "6781050201";
    private static final String MODEL = "6781050202";
    private static final String VERSION = "6781050203";

    /** TPMv2-EK-Profile §3.2.9: the vendor ID in the TCG registry, four characters in hexadecimal. */
    private static final Pattern VENDOR = Pattern.compile("id:[0-9A-Fa-f]{8}");

    private TpmStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException, MalformedException {
        AttestationException.require(statement.members().requireText("ver").equals("2.0"));
        TpmPublicArea publicArea = TpmPublicArea.parse(statement.bytes("pubArea"));
        AttestationException.require(publicArea.isOf(statement.publicKey().key()));
        List<AttestationCertificate> path = statement.x5c();
        verifyRequirements(path.get(0));
        boolean named = path.get(0).verifyAaguid(statement.credential());
        Bytes certInfo = statement.bytes("certInfo");
        AttestationException.require(
                statement.algorithm().verifies(path.get(0).x509().getPublicKey(), statement.bytes("sig"), certInfo));
        TpmCertification certification = TpmCertification.parse(certInfo);
        AttestationException.require(
                certification.extraData().equals(digest(statement.algorithm().hash(), statement.toBeSigned())));
        AttestationException.require(certification
                .name()
                .equals(publicArea.nameAlgorithm().concat(digest(publicArea.nameHash(), publicArea.bytes()))));
        // A TPM signs any extraData that software gives it, and so any AAGUID.
        return AttestationProof.certifiedBy(path, named ? ModelProof.CERTIFICATE : ModelProof.ANCHOR);
    }

    private static Bytes digest(Optional<String> hash, Bytes data) throws AttestationException, MalformedException {
        try {
            MessageDigest digest = MessageDigest.getInstance(hash.orElseThrow(AttestationException::new));
            return Bytes.of(digest.digest(data.toByteArray()));
        } catch (NoSuchAlgorithmException notOnThisPlatform) {
            throw new AttestationException(notOnThisPlatform);
        }
    }

    /** §8.3.1 */
    private static void verifyRequirements(AttestationCertificate certificate)
            throws AttestationException, MalformedException {
        certificate.verifyVersion();
        AttestationException.require(
                certificate.x509().getSubjectX500Principal().getName().isEmpty());
        verifySubjectAlternativeName(certificate);
        AttestationException.require(extendedKeyUsage(certificate).contains(AIK_CERTIFICATE));
        certificate.verifyNoAuthority();
    }

    private static void verifySubjectAlternativeName(AttestationCertificate certificate)
            throws AttestationException, MalformedException {
        Der directory = certificate
                .requireExtension(SUBJECT_ALTERNATIVE_NAME)
                .require(Der.SEQUENCE)
                .child(DIRECTORY_NAME)
                .orElseThrow(AttestationException::new);
        DistinguishedName name = DistinguishedName.of(directory.onlyChild());
        AttestationException.require(name.only(MANUFACTURER)
                .filter(vendor -> VENDOR.matcher(vendor).matches())
                .isPresent());
        AttestationException.require(name.only(MODEL).isPresent());
        AttestationException.require(name.only(VERSION).isPresent());
    }

    private static List<String> extendedKeyUsage(AttestationCertificate certificate)
            throws AttestationException, MalformedException {
        try {
            return Optional.ofNullable(certificate.x509().getExtendedKeyUsage()).orElse(List.of());
        } catch (CertificateParsingException unreadable) {
            throw new AttestationException(unreadable);
        }
    }
}
