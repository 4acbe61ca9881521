package io.github.keycloakpasskey.metadata;

import io.github.keycloakpasskey.webauthn.encoding.Certificates;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The signer of the metadata: a host name with a certificate below one of the roots. The roots alone are not enough, because
 * anybody can get a certificate below a public root.
 *
 * @param host the DNS name in the signer's certificate
 * @param roots the trust anchors of the signer's certificates
 */
record BlobSigner(String host, Set<X509Certificate> roots) {

    /** The host that the FIDO Alliance signs as. */
    static final String FIDO_HOST = "mds.fidoalliance.org";

    private static final String FIDO_ROOT = "globalsign-root-r3.pem";

    /** In the subject alternative names of {@link X509Certificate#getSubjectAlternativeNames()}. */
    private static final Integer DNS_NAME = 2;

    BlobSigner {
        roots = Set.copyOf(roots);
    }

    /** The root of the FIDO Alliance's signer: GlobalSign Root CA, R3. */
    static Set<X509Certificate> fidoRoots() {
        try (InputStream pem = BlobSigner.class.getResourceAsStream(FIDO_ROOT)) {
            return Certificates.ofFile(pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedException damaged) {
            throw new IllegalStateException(FIDO_ROOT + " is part of this JAR", damaged);
        }
    }

    /**
     * The certificates of a PEM file.
     *
     * @throws IllegalArgumentException with a message for the administrator, if the file has none or cannot be read
     */
    static Set<X509Certificate> rootsIn(Path pemFile) {
        try (InputStream pem = Files.newInputStream(pemFile)) {
            Set<X509Certificate> roots = Certificates.ofFile(pem);
            if (roots.isEmpty()) {
                throw new IllegalArgumentException(pemFile + " has no certificate");
            }
            return roots;
        } catch (IOException e) {
            throw new IllegalArgumentException(pemFile + " cannot be read", e);
        } catch (MalformedException e) {
            throw new IllegalArgumentException(pemFile + " has something that is no certificate in PEM", e);
        }
    }

    /**
     * The key of the first certificate, once the chain is known to be this signer's (MDS §3.2 step 4).
     *
     * @throws MetadataException if it is another's, or not valid at that time
     */
    PublicKey key(List<X509Certificate> chain, Instant at) throws MetadataException {
        List<X509Certificate> below = chain.stream()
                .filter(certificate -> !roots.contains(certificate))
                .toList();
        if (below.isEmpty()) {
            throw new MetadataException("its signer has no certificate of its own");
        }
        verifyPath(below, at);
        X509Certificate own = below.get(0);
        if (!isFor(own)) {
            throw new MetadataException("it is not signed by " + host + " but by "
                    + own.getSubjectX500Principal().getName());
        }
        return own.getPublicKey();
    }

    private void verifyPath(List<X509Certificate> chain, Instant at) throws MetadataException {
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            validator.validate(path(chain), parameters(at));
            for (int from = 0; from < chain.size(); from++) {
                verifyNotRevoked(validator, path(chain.subList(from, chain.size())), at);
            }
        } catch (CertPathValidatorException e) {
            throw new MetadataException("its signer's certificates are not trusted", e);
        } catch (GeneralSecurityException e) {
            throw new MetadataException("its signer's certificates cannot be judged", e);
        }
    }

    /**
     * MDS §3.2 step 4 asks for it, of each certificate. One whose state cannot be looked up is believed
     * all the same: many servers reach the metadata through a mirror, and nothing else.
     */
    private void verifyNotRevoked(CertPathValidator validator, CertPath path, Instant at)
            throws GeneralSecurityException {
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOptions(
                EnumSet.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.PREFER_CRLS));
        PKIXParameters parameters = parameters(at);
        parameters.addCertPathChecker(checker);
        try {
            validator.validate(path, parameters);
        } catch (CertPathValidatorException e) {
            if (e.getReason() == CertPathValidatorException.BasicReason.REVOKED) {
                throw e;
            }
        }
    }

    private PKIXParameters parameters(Instant at) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(
                roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
        parameters.setDate(Date.from(at));
        parameters.setRevocationEnabled(false);
        return parameters;
    }

    private static CertPath path(List<X509Certificate> chain) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertPath(chain);
    }

    private boolean isFor(X509Certificate certificate) throws MetadataException {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(name -> name.get(0).equals(DNS_NAME))
                            .anyMatch(name -> host.equalsIgnoreCase((String) name.get(1)));
        } catch (CertificateParsingException e) {
            throw new MetadataException("the names in its signer's certificate cannot be read", e);
        }
    }
}
