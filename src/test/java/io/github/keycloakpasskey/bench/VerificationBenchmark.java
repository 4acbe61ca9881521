package io.github.keycloakpasskey.bench;

import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.RegistrationData;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same answer judged three ways: by the JDK's signature check alone, by this extension, as built-in passkeys do. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerificationBenchmark {

    @Param({"ES256", "EDDSA", "RS256"})
    public Algorithm algorithm;

    private VerificationFixture extension;
    private BuiltInVerification builtIn;
    private BareSignature signInSignature;
    private BareSignature registrationSignature;

    /** Sees as well that all three accept what they are to judge. */
    @Setup
    public void prepare() {
        extension = new VerificationFixture(algorithm);
        builtIn = extension.builtIn();
        signInSignature = extension.signInSignature();
        registrationSignature = extension.registrationSignature();
        boolean accepted = signInSignature.verifies()
                && registrationSignature.verifies()
                && extension.verifySignIn()
                && extension.verifyRegistration().refusal().isEmpty();
        if (!accepted) {
            throw new IllegalStateException("a ceremony was refused");
        }
        builtIn.verifySignIn();
        builtIn.verifyRegistration();
    }

    @Benchmark
    public boolean signInSignature() {
        return signInSignature.verifies();
    }

    @Benchmark
    public boolean signInExtension() {
        return extension.verifySignIn();
    }

    @Benchmark
    public AuthenticationData signInBuiltIn() {
        return builtIn.verifySignIn();
    }

    @Benchmark
    public boolean registrationSignature() {
        return registrationSignature.verifies();
    }

    @Benchmark
    public Verdict<CredentialRecord, FailureReason> registrationExtension() {
        return extension.verifyRegistration();
    }

    @Benchmark
    public RegistrationData registrationBuiltIn() {
        return builtIn.verifyRegistration();
    }
}
