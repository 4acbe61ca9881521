package io.github.keycloakpasskey.metadata;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A URL that answers with a metadata blob. Its proxy and certificates are those of the Java platform. */
final class MetadataUrl implements MetadataSource {

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration FOR_THE_ANSWER = Duration.ofMinutes(3);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final URI url;
    private final int largest;
    private final Duration patience;

    MetadataUrl(URI url) {
        this(url, LARGEST, FOR_THE_ANSWER);
    }

    /**
     * @param largest how many bytes an answer may have
     * @param patience how long the whole answer may take
     * @throws IllegalArgumentException with a message for the administrator, if the URL may not be asked
     */
    MetadataUrl(URI url, int largest, Duration patience) {
        if (url.getHost() == null) {
            throw new IllegalArgumentException(url + " names no host");
        }
        boolean local = LOOPBACK.matcher(url.getHost()).matches();
        if (!isHttps(url) && !(local && "http".equalsIgnoreCase(url.getScheme()))) {
            throw new IllegalArgumentException(url + " has to begin with https:");
        }
        this.url = url;
        this.largest = largest;
        this.patience = patience;
    }

    private static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    @Override
    public String read() throws IOException {
        HttpResponse<byte[]> answer = answer();
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answered with status " + answer.statusCode());
        }
        return new String(answer.body(), StandardCharsets.US_ASCII);
    }

    /** A request's own timeout ends with the headers of its answer; this one ends with its last byte. */
    private HttpResponse<byte[]> answer() throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(HttpRequest.newBuilder(url).build(), info -> new BoundedBody(largest));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(url + " did not answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(url + " cannot be read: " + reason(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(url + " was not read to its end, as the server stops", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Made for one request, as there is one a day. A redirection never leaves HTTPS, nor enters this machine. */
    private HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(TO_CONNECT)
                .followRedirects(isHttps(url) ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER)
                .build();
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
