package io.tidemill.processor.engine.embedded;

import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Map;

/** A text file as UTF-8 without byte order mark; streams, whatever its length. */
final class PlainText implements HostWork {
    @Override
    public Map<String, Object> run(HostRequest request, Progress progress) throws IOException {
        int maxCharacters = request.fields().integer("maxCharacters", 1);
        String output = request.fields().text("output", "");
        try (Reader reader = StrictText.open(request.file(), progress);
                TextSink sink = new TextSink(request.folder().resolve(output), maxCharacters)) {
            reader.transferTo(sink);
            return sink.figures(Map.of());
        } catch (CharacterCodingException _) {
            throw StrictText.rejection();
        }
    }
}
