package io.tidemill.api.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.api.overload.RequestLimits.Verdict;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private final RequestLimits limits = new RequestLimits(4, 2, 100);

    @Test
    void requestsAreBounded() {
        for (int i = 0; i < 4; i++) {
            assertEquals(Verdict.ACCEPTED, limits.enter());
        }
        assertEquals(Verdict.REQUESTS_FULL, limits.enter());
        assertEquals(Verdict.REQUESTS_FULL, limits.enterUpload(1));
        limits.leave();
        assertEquals(Verdict.ACCEPTED, limits.enter());
    }

    @Test
    void uploadsAreRequestsToo() {
        assertEquals(Verdict.ACCEPTED, limits.enterUpload(1));
        assertEquals(Verdict.ACCEPTED, limits.enterUpload(1));
        assertEquals(Verdict.UPLOADS_FULL, limits.enterUpload(1));
        assertEquals(2, limits.requests());
        assertEquals(Verdict.ACCEPTED, limits.enter());
        limits.leaveUpload(1);
        assertEquals(Verdict.ACCEPTED, limits.enterUpload(1));
    }

    @Test
    void theirBytesAreBoundedTogether() {
        assertEquals(Verdict.ACCEPTED, limits.enterUpload(60));
        assertEquals(Verdict.UPLOAD_BYTES_FULL, limits.enterUpload(41));
        assertEquals(Verdict.ACCEPTED, limits.enterUpload(40));
        limits.leaveUpload(60);
        assertEquals(40, limits.bytes());
    }

    @Test
    void anUploadLargerThanTheLimitComesInAlone() {
        assertEquals(Verdict.ACCEPTED, limits.enterUpload(500));
        assertEquals(Verdict.UPLOAD_BYTES_FULL, limits.enterUpload(0));
        limits.leaveUpload(500);
        assertEquals(Verdict.ACCEPTED, limits.enterUpload(1));
        assertEquals(Verdict.UPLOAD_BYTES_FULL, limits.enterUpload(500));
    }

    @Test
    void whoWasRefusedHasTakenNoPlace() {
        limits.enterUpload(90);
        for (int i = 0; i < 10; i++) {
            assertEquals(Verdict.UPLOAD_BYTES_FULL, limits.enterUpload(11));
        }
        limits.leaveUpload(90);
        assertEquals(0, limits.requests());
        assertEquals(0, limits.uploads());
        assertEquals(0, limits.bytes());
    }
}
