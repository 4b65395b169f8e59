package io.tidemill.api.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * Reads a body that does not say how long it is, up to a limit. Left to the framework, one that is
 * too long would be refused without a word.
 */
final class ChunkedBody {
    private final RoutingContext request;
    private final long mostBytes;
    private final Runnable refuse;
    private final Buffer body = Buffer.buffer();
    private boolean refused;

    private ChunkedBody(RoutingContext request, long mostBytes, Runnable refuse) {
        this.request = request;
        this.mostBytes = mostBytes;
        this.refuse = refuse;
    }

    /** Goes on with the request when the body is there, or refuses it. */
    static void read(RoutingContext request, long mostBytes, Runnable refuse) {
        ChunkedBody body = new ChunkedBody(request, mostBytes, refuse);
        request.request().handler(body::chunk).endHandler(_ -> body.ended()).resume();
    }

    private void chunk(Buffer chunk) {
        if (!refused && body.length() + chunk.length() > mostBytes) {
            refused = true;
            refuse.run();
        }
        if (!refused) {
            body.appendBuffer(chunk);
        }
    }

    private void ended() {
        if (!refused) {
            ((RoutingContextInternal) request).setBody(body);
            request.next();
        }
    }
}
