package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** An attestation object of any bytes, with client data that are right. The first byte says whose client data. */
final class AttestationBytes implements FuzzTarget {

    private final Registrations registrations = new Registrations();

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (int index = 0; index < registrations.all().size(); index++) {
            GenuineRegistration registration = registrations.all().get(index);
            byte[] choice = {(byte) index};
            seeds.put(
                    GENUINE + registration.name(),
                    Bytes.of(choice).concat(registration.attestationObject()).toByteArray());
        }
        return seeds;
    }

    @Override
    public boolean judge(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        GenuineRegistration genuine = registrations.all().get(registrations.choice(in));
        byte[] attestationObject = new byte[in.remaining()];
        in.get(attestationObject);
        return genuine.judge(genuine.clientDataJson(), Bytes.of(attestationObject));
    }
}
