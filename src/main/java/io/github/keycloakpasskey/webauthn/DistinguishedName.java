package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The attributes of a name in a certificate (RFC 5280 §4.1.2.4), however they are grouped. */
record DistinguishedName(List<Attribute> attributes) {

    /** @param oid the encoded object identifier in hexadecimal */
    record Attribute(String oid, String value) {}

    private static final int ATTRIBUTE_PARTS = 2;

    DistinguishedName {
        attributes = List.copyOf(attributes);
    }

    static DistinguishedName of(Der name) throws CeremonyException {
        List<Attribute> attributes = new ArrayList<>();
        for (Der group : name.require(Der.SEQUENCE).children()) {
            for (Der attribute : group.require(Der.SET).children()) {
                List<Der> parts = attribute.require(Der.SEQUENCE).children();
                CeremonyException.require(parts.size() == ATTRIBUTE_PARTS, name.otherwise());
                Bytes oid = parts.get(0).require(Der.OBJECT_IDENTIFIER).content();
                // The kinds of strings differ in their letters beyond ASCII alone, which no rule asks for.
                String text = new String(parts.get(1).content().toByteArray(), StandardCharsets.UTF_8);
                attributes.add(new Attribute(HexFormat.of().formatHex(oid.toByteArray()), text));
            }
        }
        return new DistinguishedName(attributes);
    }

    /** The value of an attribute that stands there once; empty where it is missing, empty or doubtful. */
    Optional<String> only(String oid) {
        List<Attribute> found = attributes.stream()
                .filter(attribute -> attribute.oid().equals(oid))
                .toList();
        return found.size() == 1
                ? Optional.of(found.get(0).value()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }
}
