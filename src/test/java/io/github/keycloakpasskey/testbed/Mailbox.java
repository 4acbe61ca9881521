package io.github.keycloakpasskey.testbed;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mail server that Keycloak sends to, and all that arrived there. One serves the whole test run. */
public final class Mailbox implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s>\"]+");

    private final GreenMail server;
    private final Map<String, Integer> read = new HashMap<>();

    Mailbox() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        server.start();
    }

    /** What a realm has to be told of it. */
    Map<String, String> settings() {
        return Map.of(
                "host", "localhost",
                "port", Integer.toString(server.getSmtp().getPort()),
                "from", "keycloak@example.org");
    }

    /** The first link of the next mail to this person. */
    public URI awaitLink(Person person) {
        return linkIn(awaitText(person));
    }

    /** Subject and text of the next mail to this person. */
    public String awaitText(Person person) {
        MimeMessage mail = awaitMail(person.email());
        try {
            return mail.getSubject() + "\n\n" + body(mail);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first link in the text of a mail. */
    public static URI linkIn(String text) {
        Matcher link = LINK.matcher(text);
        if (!link.find()) {
            throw new AssertionError("No link in the mail: " + text);
        }
        return URI.create(link.group());
    }

    private synchronized MimeMessage awaitMail(String recipient) {
        int alreadyRead = read.getOrDefault(recipient, 0);
        MimeMessage mail = Await.present(
                "mail " + (alreadyRead + 1) + " to " + recipient,
                () -> received(recipient).stream().skip(alreadyRead).findFirst());
        read.put(recipient, alreadyRead + 1);
        return mail;
    }

    private List<MimeMessage> received(String recipient) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(mail -> isTo(mail, recipient))
                .toList();
    }

    private static boolean isTo(MimeMessage mail, String recipient) {
        try {
            Address[] recipients = Optional.ofNullable(mail.getRecipients(Message.RecipientType.TO))
                    .orElse(new Address[0]);
            return Arrays.stream(recipients)
                    .anyMatch(address -> address instanceof InternetAddress internet
                            && internet.getAddress().equals(recipient));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The plain text, which Keycloak puts first. */
    private static String body(MimeMessage mail) {
        try {
            Object content = mail.getContent();
            return content instanceof MimeMultipart parts
                    ? parts.getBodyPart(0).getContent().toString()
                    : content.toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
