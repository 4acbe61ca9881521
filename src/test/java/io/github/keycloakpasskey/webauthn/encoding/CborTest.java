package io.github.keycloakpasskey.webauthn.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What authenticators have to write is read; what they must not write is refused. */
@Shows(Threat.HOSTILE_INPUT)
class CborTest {

    @Test
    void readsEveryKindOfValue() throws MalformedException {
        CborMap map = Cbor.readMap(hex("a6 01 02  20 38 ff  61 61 42 0102  61 62 62 c3a9  61 63 82 f4 f5  61 64 a0"));

        assertThat(map.requireNumber(1L)).isEqualTo(2);
        assertThat(map.requireNumber(-1L)).isEqualTo(-256);
        assertThat(map.requireBytes("a")).isEqualTo(hex("0102"));
        assertThat(map.requireText("b")).isEqualTo("é");
        assertThat(map.requireArray("c")).isEqualTo(List.of(false, true));
        assertThat(map.requireMap("d").keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "17, 23",
        "1818, 24",
        "190100, 256",
        "1a00010000, 65536",
        "1b0000000100000000, 4294967296",
        "1b7fffffffffffffff, 9223372036854775807",
        "1b8000000000000000, 9223372036854775808",
        "1bffffffffffffffff, 18446744073709551615",
        "20, -1",
        "3b7fffffffffffffff, -9223372036854775808",
        "3b8000000000000000, -9223372036854775809",
        "3bffffffffffffffff, -18446744073709551616",
        "1a00000001, 1",
    })
    void readsNumbersOfEveryLength(String encoded, BigInteger number) throws MalformedException {
        assertThat(Cbor.read(hex(encoded), 0).value()).hasToString(number.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f6", "f7", "f93c00", "fa3f800000", "fb3ff0000000000000", "f8ff", "e0"})
    void readsPastWhatNobodyNeeds(String encoded) throws MalformedException {
        Bytes source = hex(encoded);

        assertThat(Cbor.read(source, 0).end()).isEqualTo(source.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "18", // the number is missing
                "1b00000000000000", // a number cut off
                "42 01", // a string cut off
                "5b ffffffffffffffff", // a string longer than anything
                "7b 7fffffffffffffff",
                "61 ff", // not UTF-8
                "62 c080", // not the shortest UTF-8
                "82 01", // an array cut off
                "9b 00000000ffffffff", // an array that would not fit into memory
                "bb 00000000ffffffff",
                "a1 01", // a key without a value
                "a2 01 02 01 03", // a key twice
                "a2 01 02 1801 03", // a key twice, once written longer
                "a2 61 61 02 61 61 03",
                "a1 40 01", // a key that is neither number nor text
                "a1 80 01",
                "5f 41 01 ff", // lengths that only the end tells
                "7f 61 61 ff",
                "9f 01 ff",
                "bf 01 02 ff",
                "c0 60", // tags
                "d8 20 60",
                "1c", // heads without a meaning
                "1f",
                "ff",
                "f8 14", // true in two bytes
            })
    void refusesWhatAuthenticatorsMustNotWrite(String encoded) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Cbor.read(hex(encoded), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "a101"})
    void refusesDeepNesting(String level) throws MalformedException {
        assertThat(Cbor.read(hex(level.repeat(15) + "00"), 0).value()).isNotNull();
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> Cbor.read(hex(level.repeat(16) + "00"), 0));
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> Cbor.read(hex(level.repeat(20_000) + "00"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "80", "a0 00", "a0 a0", "60"})
    void refusesWhatIsNotOneMapAlone(String encoded) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Cbor.readMap(hex(encoded)));
    }

    @Test
    void refusesAMemberOfAnotherKind() throws MalformedException {
        CborMap map = Cbor.readMap(hex("a1 01 02"));

        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> map.requireText(1L));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> map.requireNumber(2L));
    }

    private static Bytes hex(String text) {
        return Bytes.of(HexFormat.of().parseHex(text.replace(" ", "")));
    }
}
