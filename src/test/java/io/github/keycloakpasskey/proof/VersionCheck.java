package io.github.keycloakpasskey.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** What {@code bin/test --versions} runs on each version of Keycloak. */
enum VersionCheck {
    LINKS("links", "LinksIT"),
    CORE_JOURNEYS("core journeys", "CoreJourneyIT"),
    REFUSED_CEREMONIES("refused ceremonies", "RefusedCeremoniesIT"),
    EXAMPLE_REALMS("example realms", "ExampleRealms\\w*IT"),
    CONSOLES("consoles", "ConsolesIT"),
    ACTION_LINKS("links in e-mails", "(ActionEmail|VerifiedElsewhere)IT");

    private static final String ANY_PACKAGE = "([\\w.]+\\.)?";

    private final String title;
    private final Pattern testClass;

    VersionCheck(String title, String testClass) {
        this.title = title;
        this.testClass = Pattern.compile("TEST-" + ANY_PACKAGE + testClass + "\\.xml");
    }

    String title() {
        return title;
    }

    /**
     * Reads what a run of its test classes reported.
     *
     * @param reports the directory of Failsafe's reports of one version
     */
    Outcome outcome(Path reports) throws IOException {
        Outcome sum = new Outcome(0, 0);
        for (Path report : reports(reports)) {
            Document document = parse(report);
            sum = sum.plus(new Outcome(
                    document.getElementsByTagName("testcase").getLength(),
                    document.getElementsByTagName("failure").getLength()
                            + document.getElementsByTagName("error").getLength()
                            + document.getElementsByTagName("skipped").getLength()));
        }
        return sum;
    }

    private List<Path> reports(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file ->
                            testClass.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
    }

    private static Document parse(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(report.toString(), e);
        }
    }

    /**
     * The tests of a check.
     *
     * @param failed those that failed or were skipped
     */
    record Outcome(int tests, int failed) {

        Outcome plus(Outcome other) {
            return new Outcome(tests + other.tests, failed + other.failed);
        }

        /** A check that ran no test has shown nothing. */
        boolean isPassed() {
            return tests > 0 && failed == 0;
        }

        @Override
        public String toString() {
            return isPassed() ? tests + " passed" : failed + " of " + tests + " FAILED";
        }
    }
}
