package io.tidemill.processor.engine.embedded;

import io.tidemill.processor.operation.Fields;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an engine host is asked to do.
 *
 * @param work which engine, see {@link EmbeddedEngines}
 * @param file what it reads
 * @param folder where it may write
 * @param parameters plain JSON values
 */
public record HostRequest(String work, Path file, Path folder, Map<String, Object> parameters) {

    public Fields fields() {
        return new Fields(parameters);
    }
}
