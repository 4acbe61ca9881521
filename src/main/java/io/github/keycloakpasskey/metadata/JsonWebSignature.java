package io.github.keycloakpasskey.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Certificates;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A JSON Web Signature in compact form (RFC 7515) that names its signer by certificates. */
final class JsonWebSignature {

    /** Certificates are read before they are believed, so there is an end to them. */
    private static final int LONGEST_CHAIN = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SignatureAlgorithm algorithm;
    private final List<X509Certificate> chain;
    private final byte[] signed;
    private final byte[] payload;
    private final byte[] signature;

    private JsonWebSignature(
            SignatureAlgorithm algorithm,
            List<X509Certificate> chain,
            byte[] signed,
            byte[] payload,
            byte[] signature) {
        this.algorithm = algorithm;
        this.chain = chain;
        this.signed = signed;
        this.payload = payload;
        this.signature = signature;
    }

    static JsonWebSignature parse(String compact) throws MetadataException {
        String[] parts = compact.strip().split("\\.", -1);
        if (parts.length != 3) {
            throw new MetadataException("it is no JSON Web Signature: three parts with dots between them");
        }
        JsonNode header = header(decode(parts[0]));
        // RFC 7515 §4.1.11: what the signer calls critical has to be understood.
        if (header.has("crit")) {
            throw new MetadataException("its header has critical members that are not known");
        }
        String name = header.path("alg").asText();
        return new JsonWebSignature(
                SignatureAlgorithm.named(name)
                        .orElseThrow(() -> new MetadataException("its algorithm is not accepted: \"" + name + "\"")),
                chain(header.path("x5c")),
                (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                decode(parts[1]),
                decode(parts[2]));
    }

    private static byte[] decode(String part) throws MetadataException {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new MetadataException("it is no JSON Web Signature, as it is not base64url", e);
        }
    }

    private static JsonNode header(byte[] json) throws MetadataException {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new MetadataException("its header is not JSON", e);
        }
    }

    private static List<X509Certificate> chain(JsonNode x5c) throws MetadataException {
        if (x5c.isEmpty() || x5c.size() > LONGEST_CHAIN) {
            throw new MetadataException(
                    "its header has " + x5c.size() + " certificates of the signer (x5c), not 1 to " + LONGEST_CHAIN);
        }
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (JsonNode certificate : x5c) {
                byte[] der = Base64.getDecoder().decode(certificate.asText());
                chain.add(Certificates.firstOfDer(Bytes.of(der)));
            }
        } catch (MalformedException | IllegalArgumentException e) {
            throw new MetadataException("its header has something that is no certificate (x5c)", e);
        }
        return List.copyOf(chain);
    }

    /** Until when the signer's own certificate is valid. */
    Instant validUntil() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /**
     * What was signed, once the signer is known to have signed it.
     *
     * @throws MetadataException if that is not so
     */
    byte[] verifiedPayload(BlobSigner signer, Instant at) throws MetadataException {
        PublicKey key = signer.key(chain, at);
        try {
            if (algorithm.fits(key) && algorithm.verify(key, signed, signature)) {
                return payload;
            }
        } catch (GeneralSecurityException e) {
            throw new MetadataException("its signature cannot be verified", e);
        }
        throw new MetadataException("its signature is not that of the certificate's key");
    }
}
