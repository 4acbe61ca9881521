package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A metadata blob of authenticators as the FIDO Metadata Service signs them, from a root of its own:
 * number 1, next update in ten days, RS256, no entries, unless something else is asked for.
 */
public final class TestMetadata {

    /** The host that the FIDO Alliance's own blobs are signed for. */
    public static final String FIDO_HOST = "mds.fidoalliance.org";

    /** The root of every blob that names no other authority. */
    public static final TestAuthority ROOT = TestAuthority.root("Root of test metadata");

    private static final TestAuthority INTERMEDIATE = ROOT.below("Authority of test metadata");
    private static final KeyPair RSA_KEYS = newKeys();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode header = JSON.createObjectNode();
    private final ObjectNode payload = JSON.createObjectNode();
    private final ArrayNode entries;

    private TestAuthority authority = INTERMEDIATE;
    private List<X509Certificate> above = List.of(INTERMEDIATE.certificate());
    private KeyPair keys = RSA_KEYS;
    private String host = FIDO_HOST;
    private Instant from = Instant.now().minus(Duration.ofDays(365));
    private Instant until = Instant.now().plus(Duration.ofDays(365));
    private Optional<URI> revocations = Optional.empty();
    private Signer signer = TestMetadata::rs256;

    public TestMetadata() {
        header.put("alg", "RS256").put("typ", "JWT");
        payload.put("legalHeader", "For tests only.").put("no", 1);
        entries = payload.putArray("entries");
        nextUpdate(LocalDate.now(ZoneOffset.UTC).plusDays(10));
    }

    /** Signs bytes as the header's algorithm says. */
    @FunctionalInterface
    public interface Signer {
        byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException;
    }

    public TestMetadata number(long number) {
        payload.put("no", number);
        return this;
    }

    public TestMetadata nextUpdate(LocalDate day) {
        payload.put("nextUpdate", day.toString());
        return this;
    }

    /** A model of authenticators, where its attestations lead, and its statuses, which have no date. */
    public TestMetadata model(String aaguid, X509Certificate attestationRoot, String... statuses) {
        return entry(entry -> {
            entry.put("aaguid", aaguid);
            ObjectNode statement = entry.putObject("metadataStatement").put("description", "A test's authenticator");
            statement.putArray("attestationRootCertificates").add(base64(attestationRoot));
            ArrayNode reports = entry.putArray("statusReports");
            for (String status : statuses) {
                reports.addObject().put("status", status);
            }
        });
    }

    /** An entry as a test wants it, however wrong. */
    public TestMetadata entry(Consumer<ObjectNode> write) {
        write.accept(entries.addObject().put("timeOfLastStatusChange", "2024-01-01"));
        return this;
    }

    public TestMetadata header(Consumer<ObjectNode> change) {
        change.accept(header);
        return this;
    }

    public TestMetadata payload(Consumer<ObjectNode> change) {
        change.accept(payload);
        return this;
    }

    /** Who certifies the signer, with the certificates above the signer's own that the blob carries. */
    public TestMetadata authority(TestAuthority issuer, X509Certificate... carried) {
        authority = issuer;
        above = List.of(carried);
        return this;
    }

    public TestMetadata host(String name) {
        host = name;
        return this;
    }

    public TestMetadata valid(Instant begin, Instant end) {
        from = begin;
        until = end;
        return this;
    }

    public TestMetadata revocations(URI list) {
        revocations = Optional.of(list);
        return this;
    }

    public TestMetadata algorithm(String name, KeyPair pair, Signer signs) {
        header.put("alg", name);
        keys = pair;
        signer = signs;
        return this;
    }

    /** The blob, in the compact form of a JSON Web Signature. */
    public String sign() {
        return sign(certify());
    }

    /** A certificate for the signer. */
    public X509Certificate certify() {
        return authority.certify(host, keys.getPublic(), from, until, revocations);
    }

    /** The blob with this certificate as the signer's. */
    public String sign(X509Certificate own) {
        if (!header.has("x5c")) {
            List<X509Certificate> chain = new ArrayList<>(List.of(own));
            chain.addAll(above);
            ArrayNode x5c = header.putArray("x5c");
            chain.forEach(certificate -> x5c.add(base64(certificate)));
        }
        String signed = base64Url(utf8(header.toString())) + "." + base64Url(utf8(payload.toString()));
        try {
            return signed + "." + base64Url(signer.sign(keys.getPrivate(), utf8(signed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] rs256(PrivateKey key, byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
