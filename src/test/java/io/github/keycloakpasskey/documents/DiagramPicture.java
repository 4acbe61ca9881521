package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A picture in SVG, which names the source that it was drawn from.
 *
 * @param svg the whole file
 */
record DiagramPicture(String svg) {

    /** What does not depend on the fonts of the machine that has drawn it: places and sizes do. */
    private static final Pattern KEPT = Pattern.compile("class|id|href|title|fill|style|font-.*|data-.*");

    private static final Pattern SIZE = Pattern.compile("(?<!-)\\b(?:width|height):[^;]+;");

    /** Those that PlantUML knew the sizes of, and fonts of the same sizes that others have. */
    private static final Map<String, String> FONTS = Map.of(
            "\"Liberation Sans\"", "\"Liberation Sans, Arial, Helvetica, sans-serif\"",
            "\"Liberation Mono\"", "\"Liberation Mono, Courier New, monospace\"");

    private static final String SOURCE = "source ";
    private static final String END = "</svg>";

    /**
     * A picture as PlantUML has drawn it.
     *
     * @param source what it was drawn from, and goes with it: two pictures can differ in places alone
     */
    static DiagramPicture of(String drawn, String source) {
        String svg = drawn.substring(0, drawn.lastIndexOf(END)) + "<!--" + SOURCE + digest(source) + "-->" + END + "\n";
        for (Map.Entry<String, String> font : FONTS.entrySet()) {
            svg = svg.replace(font.getKey(), font.getValue());
        }
        return new DiagramPicture(svg);
    }

    static DiagramPicture read(Path file) throws IOException {
        return new DiagramPicture(ProjectFiles.read(file));
    }

    void write(Path file) throws IOException {
        Files.writeString(file, svg);
    }

    /** Its source, and all that it shows in the order in which it is drawn, but not where. */
    List<String> content() {
        List<String> content = new ArrayList<>();
        collect(parse(), content);
        return content;
    }

    /** The same without its source. */
    List<String> shown() {
        return content().stream().filter(part -> !part.startsWith(SOURCE)).toList();
    }

    private static void collect(Node node, List<String> content) {
        switch (node.getNodeType()) {
            case Node.ELEMENT_NODE -> content.add(describe(node));
            case Node.TEXT_NODE, Node.COMMENT_NODE -> content.add(node.getNodeValue());
            default -> {}
        }
        NodeList children = node.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            collect(children.item(i), content);
        }
    }

    private static String describe(Node element) {
        StringBuilder description = new StringBuilder(element.getNodeName());
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if (KEPT.matcher(attribute.getNodeName()).matches()) {
                description
                        .append(' ')
                        .append(SIZE.matcher(attribute.toString()).replaceAll(""));
            }
        }
        return description.toString();
    }

    private Node parse() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("not an SVG", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
