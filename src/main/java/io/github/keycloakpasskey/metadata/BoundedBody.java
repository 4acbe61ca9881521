package io.github.keycloakpasskey.metadata;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads an answer's body, but not more of it than some bytes. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private final int largest;
    private Flow.Subscription subscription;
    private long received;

    BoundedBody(int largest) {
        this.largest = largest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        body.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        received += bytes.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received > largest) {
            subscription.cancel();
            body.onError(new IOException("the answer has more than " + largest + " bytes"));
        } else {
            body.onNext(bytes);
        }
    }

    @Override
    public void onError(Throwable reason) {
        body.onError(reason);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
