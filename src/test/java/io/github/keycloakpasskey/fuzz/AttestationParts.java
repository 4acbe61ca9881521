package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A well-formed attestation object whose parts are changed: flags, credential id, COSE key, statement, certificates.
 * The first byte chooses the registration, the others are {@link Edits}.
 */
final class AttestationParts implements FuzzTarget {

    private final Registrations registrations = new Registrations();
    private final List<Part> objects =
            registrations.all().stream().map(GenuineRegistration::parts).toList();

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (int index = 0; index < objects.size(); index++) {
            seeds.putAll(Edits.seeds(
                    GENUINE + registrations.all().get(index).name(),
                    (byte) index,
                    List.of(objects.get(index).copy())));
        }
        return seeds;
    }

    @Override
    public boolean judge(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        int choice = registrations.choice(in);
        GenuineRegistration genuine = registrations.all().get(choice);
        Part object = objects.get(choice).copy();
        Edits.apply(in, List.of(object));
        return genuine.judge(genuine.clientDataJson(), Bytes.of(object.encode()));
    }
}
