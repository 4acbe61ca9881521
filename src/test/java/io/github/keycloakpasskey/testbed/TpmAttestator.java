package io.github.keycloakpasskey.testbed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The TPM format (section 8.3), for keys of ES256 and RS256. */
public final class TpmAttestator extends CertifiedAttestator<TpmAttestator> {

    private static final int SHA256 = 0x000b;
    private static final int NONE = 0x0010;

    private UnaryOperator<byte[]> publicAreaChange = UnaryOperator.identity();
    private UnaryOperator<byte[]> certificationChange = UnaryOperator.identity();
    private UnaryOperator<byte[]> nameChange = UnaryOperator.identity();

    public TpmAttestator(TestCertificateAuthority authority) {
        super(authority);
    }

    @Override
    TpmAttestator self() {
        return this;
    }

    @Override
    public String format() {
        return "tpm";
    }

    /** Changes the public area of the key before it is named. */
    public TpmAttestator publicArea(UnaryOperator<byte[]> change) {
        publicAreaChange = change;
        return this;
    }

    /** Changes the name of the key before it is certified. */
    public TpmAttestator name(UnaryOperator<byte[]> change) {
        nameChange = change;
        return this;
    }

    /** Changes what the TPM signs. */
    public TpmAttestator certification(UnaryOperator<byte[]> change) {
        certificationChange = change;
        return this;
    }

    /** The Subject Alternative Name of a TPM: its vendor, model and version. */
    public static GeneralNames device(String vendor, String model, String version) {
        X500NameBuilder name = new X500NameBuilder();
        String[] values = {vendor, model, version};
        for (int i = 0; i < values.length; i++) {
            name.addRDN(new ASN1ObjectIdentifier("2.23.133.2." + (i + 1)), new DERUTF8String(values[i]));
        }
        return new GeneralNames(new GeneralName(name.build()));
    }

    @Override
    Map<Object, Object> members(AttestationRequest request) {
        TestCertificate certificate = issue(new CertificateDraft()
                .authority(false)
                .extension(Extension.subjectAlternativeName.getId(), true, device("id:414D4400", "Example", "id:0001"))
                .extension(
                        Extension.extendedKeyUsage.getId(),
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.3")))));
        byte[] publicArea = publicAreaChange.apply(publicArea(request.passkey()));
        byte[] name = nameChange.apply(Ceremony.concat(number(SHA256), Ceremony.sha256(publicArea)));
        byte[] certification = certificationChange.apply(certification(request, name));
        byte[] signature = sign("SHA256withECDSA", certificate.keyPair().getPrivate(), certification);
        return map(
                "ver",
                "2.0",
                "alg",
                Algorithm.ES256.cose(),
                "x5c",
                certificate.x5c(),
                "sig",
                signature,
                "certInfo",
                certification,
                "pubArea",
                publicArea);
    }

    /** TPMT_PUBLIC */
    private static byte[] publicArea(SoftwarePasskey passkey) {
        boolean rsa = passkey.algorithm() == Algorithm.RS256;
        Map<Object, Object> key = passkey.algorithm().coseKey(passkey.keyPair().getPublic());
        ByteArrayOutputStream area = new ByteArrayOutputStream();
        area.writeBytes(number(rsa ? 0x0001 : 0x0023));
        area.writeBytes(number(SHA256));
        area.writeBytes(new byte[] {0, 6, 4, 0x72});
        area.writeBytes(number(0));
        area.writeBytes(number(NONE));
        area.writeBytes(number(NONE));
        if (rsa) {
            area.writeBytes(number(2048));
            area.writeBytes(new byte[4]);
            area.writeBytes(sized((byte[]) key.get(-1)));
        } else {
            area.writeBytes(number(3));
            area.writeBytes(number(NONE));
            area.writeBytes(sized((byte[]) key.get(-2)));
            area.writeBytes(sized((byte[]) key.get(-3)));
        }
        return area.toByteArray();
    }

    /** TPMS_ATTEST */
    private static byte[] certification(AttestationRequest request, byte[] name) {
        ByteArrayOutputStream attest = new ByteArrayOutputStream();
        attest.writeBytes(new byte[] {(byte) 0xff, 'T', 'C', 'G'});
        attest.writeBytes(number(0x8017));
        attest.writeBytes(sized(new byte[34]));
        attest.writeBytes(sized(Ceremony.sha256(request.toBeSigned())));
        attest.writeBytes(new byte[17 + 8]);
        attest.writeBytes(sized(name));
        attest.writeBytes(sized(new byte[34]));
        return attest.toByteArray();
    }

    private static byte[] sized(byte[] bytes) {
        return Ceremony.concat(number(bytes.length), bytes);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }
}
