package io.github.keycloakpasskey.testbed;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Attestation by a certificate, correct unless a test changes a part of it.
 *
 * @param <A> the concrete format
 */
public abstract class CertifiedAttestator<A extends CertifiedAttestator<A>> implements Attestator {

    /** Names the model in attestation certificates (section 8.2.1). */
    public static final String AAGUID_EXTENSION = "1.3.6.1.4.1.45724.1.1.4";

    private final TestCertificateAuthority authority;
    private Consumer<CertificateDraft> certificateChange = draft -> {};
    private Consumer<Map<Object, Object>> statementChange = statement -> {};

    CertifiedAttestator(TestCertificateAuthority authority) {
        this.authority = authority;
    }

    abstract A self();

    /** The members of the correct statement. */
    abstract Map<Object, Object> members(AttestationRequest request);

    /** Changes the attestation certificate before it is signed. */
    public A certificate(Consumer<CertificateDraft> change) {
        certificateChange = certificateChange.andThen(change);
        return self();
    }

    /** Changes the statement when it is made. */
    public A changing(Consumer<Map<Object, Object>> change) {
        statementChange = statementChange.andThen(change);
        return self();
    }

    @Override
    public Map<Object, Object> statement(AttestationRequest request) {
        Map<Object, Object> statement = new LinkedHashMap<>(members(request));
        statementChange.accept(statement);
        return statement;
    }

    TestCertificate issue(CertificateDraft draft) {
        certificateChange.accept(draft);
        return authority.issue(draft);
    }

    static byte[] sign(String algorithm, PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Members in this order. */
    static Map<Object, Object> map(Object... keysAndValues) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
