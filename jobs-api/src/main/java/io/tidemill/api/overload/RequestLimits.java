package io.tidemill.api.overload;

/**
 * Counts what one replica handles at once, and says when that is enough. Knows no HTTP.
 * Thread-safe.
 */
final class RequestLimits {
    private final int mostRequests;
    private final int mostUploads;
    private final long mostBytes;
    private int requests;
    private int uploads;
    private long bytes;

    /** Whether a request may come in. */
    enum Verdict {
        ACCEPTED,
        REQUESTS_FULL,
        UPLOADS_FULL,
        UPLOAD_BYTES_FULL
    }

    RequestLimits(int mostRequests, int mostUploads, long mostBytes) {
        this.mostRequests = mostRequests;
        this.mostUploads = mostUploads;
        this.mostBytes = mostBytes;
    }

    /** Lets a request in that uploads nothing; {@link #leave} must follow if it got in. */
    synchronized Verdict enter() {
        if (requests >= mostRequests) {
            return Verdict.REQUESTS_FULL;
        }
        requests++;
        return Verdict.ACCEPTED;
    }

    /**
     * Lets an upload in; {@link #leaveUpload} with the same size must follow if it got in. An
     * upload alone may be of any size, or one larger than the limit could never come in.
     */
    synchronized Verdict enterUpload(long size) {
        if (requests >= mostRequests) {
            return Verdict.REQUESTS_FULL;
        }
        if (uploads >= mostUploads) {
            return Verdict.UPLOADS_FULL;
        }
        if (uploads > 0 && bytes + size > mostBytes) {
            return Verdict.UPLOAD_BYTES_FULL;
        }
        requests++;
        uploads++;
        bytes += size;
        return Verdict.ACCEPTED;
    }

    synchronized void leave() {
        requests--;
    }

    synchronized void leaveUpload(long size) {
        requests--;
        uploads--;
        bytes -= size;
    }

    synchronized int requests() {
        return requests;
    }

    synchronized int uploads() {
        return uploads;
    }

    synchronized long bytes() {
        return bytes;
    }
}
