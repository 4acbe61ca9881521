package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sign-in whose authenticator data, signature, user handle and stored key are changed in their parts. The first byte
 * chooses the algorithm, the others are {@link Edits}.
 */
final class AssertionParts implements FuzzTarget {

    private static final int RP_ID_HASH = 32;
    private static final int COUNTER = 4;

    private final List<GenuineAuthentication> all = GenuineAuthentication.own();

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (int index = 0; index < all.size(); index++) {
            GenuineAuthentication genuine = all.get(index);
            seeds.putAll(Edits.seeds(GENUINE + genuine.name(), (byte) index, parts(genuine)));
        }
        return seeds;
    }

    @Override
    public boolean judge(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        int choice = in.hasRemaining() ? Byte.toUnsignedInt(in.get()) : 0;
        GenuineAuthentication genuine = all.get(choice % all.size());
        List<Part> parts = parts(genuine);
        Edits.apply(in, parts);
        AuthenticationResponse changed = genuine.response().toBuilder()
                .authenticatorData(Bytes.of(parts.get(0).encode()))
                .signature(Bytes.of(parts.get(1).encode()))
                .userHandle(Optional.of(Bytes.of(parts.get(2).encode())))
                .build();
        return genuine.judge(Bytes.of(parts.get(3).encode()), changed);
    }

    private static List<Part> parts(GenuineAuthentication genuine) {
        AuthenticationResponse response = genuine.response();
        ByteBuffer data = ByteBuffer.wrap(response.authenticatorData().toByteArray());
        return List.of(
                Part.group(
                        Part.Kind.SEQUENCE,
                        Part.plain(data, RP_ID_HASH),
                        Part.plain(data, 1),
                        Part.plain(data, COUNTER)),
                Part.plain(response.signature().toByteArray()),
                Part.plain(response.userHandle().orElseThrow().toByteArray()),
                Part.cbor(ByteBuffer.wrap(genuine.credential().publicKeyCose().toByteArray())));
    }
}
