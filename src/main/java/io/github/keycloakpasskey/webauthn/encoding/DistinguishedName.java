package io.github.keycloakpasskey.webauthn.encoding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The attributes of a name in a certificate (RFC 5280 §4.1.2.4), regardless of their grouping into relative names.
 *
 * @param attributes in the order of the certificate
 */
public record DistinguishedName(List<Attribute> attributes) {

    /**
     * One attribute.
     *
     * @param oid the content of the DER-encoded object identifier, in hexadecimal
     */
    public record Attribute(String oid, String value) {}

    private static final int ATTRIBUTE_PARTS = 2;

    public DistinguishedName {
        attributes = List.copyOf(attributes);
    }

    /**
     * Reads a name.
     *
     * @throws MalformedException if the element is not a name
     */
    public static DistinguishedName of(Der name) throws MalformedException {
        List<Attribute> attributes = new ArrayList<>();
        for (Der group : name.require(Der.SEQUENCE).children()) {
            for (Der attribute : group.require(Der.SET).children()) {
                List<Der> parts = attribute.require(Der.SEQUENCE).children();
                MalformedException.require(parts.size() == ATTRIBUTE_PARTS);
                Bytes oid = parts.get(0).require(Der.OBJECT_IDENTIFIER).content();
                // The string types differ only beyond ASCII, and no rule compares such characters.
                String text = new String(parts.get(1).content().toByteArray(), StandardCharsets.UTF_8);
                attributes.add(new Attribute(HexFormat.of().formatHex(oid.toByteArray()), text));
            }
        }
        return new DistinguishedName(attributes);
    }

    /** The value of an attribute; empty if the name lacks it, has it twice, or has no text in it. */
    public Optional<String> only(String oid) {
        List<Attribute> found = attributes.stream()
                .filter(attribute -> attribute.oid().equals(oid))
                .toList();
        return found.size() == 1
                ? Optional.of(found.get(0).value()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }
}
