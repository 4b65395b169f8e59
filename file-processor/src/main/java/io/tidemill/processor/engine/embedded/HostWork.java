package io.tidemill.processor.engine.embedded;

import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.util.Map;

/** An embedded engine; runs inside an engine host only. */
@FunctionalInterface
public interface HostWork {

    /**
     * Works on one file.
     *
     * @return plain JSON values
     * @throws RejectedInput when the file is at fault
     * @throws IOException when the file cannot be read as what it claims to be
     */
    Map<String, Object> run(HostRequest request, Progress progress) throws IOException;
}
