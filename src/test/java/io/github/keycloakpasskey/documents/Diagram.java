package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.sourceforge.plantuml.BlockUml;
import net.sourceforge.plantuml.FileFormat;
import net.sourceforge.plantuml.FileFormatOption;
import net.sourceforge.plantuml.SourceStringReader;
import net.sourceforge.plantuml.core.ImageData;
import net.sourceforge.plantuml.error.PSystemError;

/**
 * A diagram of {@code docs/diagrams}.
 *
 * @param file where it is, a {@code .puml}
 * @param source what stands in it
 * @param style what it includes
 */
record Diagram(Path file, String source, String style) {

    static final Path DIRECTORY = Path.of("docs/diagrams");

    /** Of a picture that shows no error. */
    private static final int DRAWN = 0;

    private static final String INCLUDE = "!include style.iuml\n";

    static List<Diagram> all() {
        return filesEndingIn(".puml").stream().map(Diagram::read).toList();
    }

    static Diagram named(String name) {
        return read(DIRECTORY.resolve(name + ".puml"));
    }

    static List<Path> filesEndingIn(String ending) {
        return ProjectFiles.in(DIRECTORY, ending);
    }

    private static Diagram read(Path file) {
        return new Diagram(file, ProjectFiles.read(file), ProjectFiles.read(DIRECTORY.resolve("style.iuml")));
    }

    /** Where its picture is. */
    Path picture() {
        return file.resolveSibling(file.getFileName().toString().replace(".puml", ".svg"));
    }

    /** The same with something changed in it, or in the style that it includes. */
    Diagram with(String what, String instead) {
        if (!whole().contains(what)) {
            throw new IllegalArgumentException(file + " has no " + what);
        }
        return new Diagram(file, source.replace(what, instead), style.replace(what, instead));
    }

    /**
     * Draws it.
     *
     * @throws IllegalStateException if it cannot be drawn, of which PlantUML makes a picture otherwise
     */
    DiagramPicture draw() {
        List<BlockUml> blocks = new SourceStringReader(whole()).getBlocks();
        if (blocks.size() != 1 || blocks.get(0).getDiagram() instanceof PSystemError) {
            throw new IllegalStateException(file + " is not one diagram without an error");
        }
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        try {
            ImageData drawn =
                    blocks.get(0).getDiagram().exportDiagram(picture, 0, new FileFormatOption(FileFormat.SVG, false));
            if (drawn.getStatus() != DRAWN) {
                throw new IllegalStateException(file + " cannot be drawn: " + drawn.getStatus());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DiagramPicture.of(picture.toString(StandardCharsets.UTF_8), whole());
    }

    /** The source with the style in it. */
    private String whole() {
        return source.replace(INCLUDE, style);
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
