package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class of the extension is compiled against one server, and checked against others that have changed since. */
class LinkCheckTest {

    private static final String OURS = "io.github.keycloakpasskey.probe.Ours";
    private static final String SERVER = """
            package server;
            public class Server extends Base implements Contract {
                public static final java.util.List<String> LIST = java.util.List.of();
                public Server(int size) {}
                public String name() { return ""; }
                protected void open() {}
                public void demanded() {}
            }
            """;
    private static final String BASE = "package server; public class Base { public long inherited() { return 1; } }";
    private static final String CONTRACT = "package server; public interface Contract { void demanded(); }";
    private static final String USER = """
            package io.github.keycloakpasskey.probe;
            public class Ours extends server.Server {
                public Ours() { super(1); }
                public void use() {
                    open();
                    name().strip();
                    inherited();
                    LIST.size();
                    server.Contract[] all = {new server.Server(2)};
                    Runnable later = all[0]::demanded;
                    later.run();
                    long wide = 1L << 40;
                    double half = wide / 2.0;
                    new Helper().help(half);
                }
                public enum Kind { ONE }
            }
            class Helper {
                void help(double half) { Ours.Kind.ONE.name(); }
            }
            """;

    @TempDir
    Path directory;

    private Path ours;

    @BeforeEach
    void compileTheExtensionAgainstTheServer() throws IOException {
        Path server = compile("server", List.of(), SERVER, BASE, CONTRACT);
        ours = compile("ours", List.of(server), USER);
    }

    @Test
    void againstTheServerThatItWasCompiledForNothingIsMissing() throws IOException {
        assertThat(missing(SERVER, BASE, CONTRACT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CharSequence name()", "String title()", "String name(int length)"})
    void aMethodThatChangedIsMissing(String changed) throws IOException {
        assertThat(missing(SERVER.replace("String name()", changed), BASE, CONTRACT))
                .containsExactly("method " + OURS + ".name()Ljava/lang/String;");
    }

    @Test
    void anInheritedMethodThatIsGoneIsMissing() throws IOException {
        assertThat(missing(SERVER, BASE.replace("inherited", "renamed"), CONTRACT))
                .containsExactly("method " + OURS + ".inherited()J");
    }

    @Test
    void aMethodThatIsPrivateNowIsMissing() throws IOException {
        assertThat(missing(SERVER.replace("protected void open", "private void open"), BASE, CONTRACT))
                .containsExactly("method " + OURS + ".open()V");
    }

    @Test
    void aConstructorThatIsGoneIsMissing() throws IOException {
        assertThat(missing(SERVER.replace("int size", "long size"), BASE, CONTRACT))
                .containsExactly("method server.Server.<init>(I)V");
    }

    @Test
    void aFieldOfAnotherTypeIsMissing() throws IOException {
        assertThat(missing(
                        SERVER.replace("java.util.List<String> LIST", "java.util.Collection<String> LIST"),
                        BASE,
                        CONTRACT))
                .containsExactly("field " + OURS + ".LIST");
    }

    @Test
    void anInterfaceThatIsAClassNowHasNoneOfTheMethodsThatAreCalled() throws IOException {
        assertThat(missing(
                        SERVER.replace(" implements Contract", ""),
                        BASE,
                        "package server; public class Contract { public void demanded() {} }"))
                .containsExactly("method server.Contract.demanded()V");
    }

    @Test
    void aClassThatIsGoneIsMissingOnce() throws IOException {
        assertThat(missing(SERVER.replace(" implements Contract", ""), BASE)).containsExactly("class server.Contract");
    }

    @Test
    void aSuperclassThatIsGoneTakesOurClassWithIt() throws IOException {
        assertThat(missing(CONTRACT))
                .containsExactly(
                        "class " + OURS + " (java.lang.NoClassDefFoundError: server/Server)", "class server.Server");
    }

    @Test
    void anAbstractMethodThatOurClassDoesNotImplementIsMissing() throws IOException {
        assertThat(missing(
                        SERVER.replace("public class", "public abstract class"),
                        BASE.replace("public class", "public abstract class")
                                .replace("{ public", "{ protected abstract void added(); public"),
                        CONTRACT.replace("void demanded();", "void demanded(); String asked();")))
                .contains(
                        "implementation of server.Base.added()V in " + OURS,
                        "implementation of server.Contract.asked()Ljava/lang/String; in " + OURS);
    }

    private Set<String> missing(String... sources) throws IOException {
        Path changed = compile("changed", List.of(), sources);
        URL[] places = {ours.toUri().toURL(), changed.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
            LinkCheck check = LinkCheck.of(loader, List.of(OURS));
            assertThat(check.checked()).contains(OURS, OURS + "$Kind", "io.github.keycloakpasskey.probe.Helper");
            return check.missing();
        }
    }

    private Path compile(String name, List<Path> classPath, String... sources) throws IOException {
        Path target = Files.createDirectories(directory.resolve(name));
        List<String> arguments = new ArrayList<>(List.of(
                "-d",
                target.toString(),
                "-cp",
                String.join(":", classPath.stream().map(Path::toString).toList())));
        for (String source : sources) {
            String type = source.replaceAll("(?s).*?public (abstract )?(class|interface) (\\w+).*", "$3");
            Path file = Files.createDirectories(directory.resolve(name + "-sources"))
                    .resolve(type + ".java");
            arguments.add(Files.writeString(file, source).toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("compilation of " + name).isZero();
        return target;
    }
}
