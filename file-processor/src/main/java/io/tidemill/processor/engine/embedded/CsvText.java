package io.tidemill.processor.engine.embedded;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.tidemill.contract.FailureCode;
import io.tidemill.processor.operation.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;

/**
 * The cells of a CSV file (RFC 4180) as plain text: one line a record, a tab between cells, line
 * breaks and tabs inside cells turned into spaces. Streams, with bounded cells and records.
 */
final class CsvText implements HostWork {
    private static final int MAX_CELL_CHARACTERS = 64 * 1024;
    private static final int MAX_RECORD_CHARACTERS = 4 * 1024 * 1024;
    private static final int MAX_COLUMNS = 500;

    @Override
    public Map<String, Object> run(HostRequest request, Progress progress) throws IOException {
        int maxCharacters = request.fields().integer("maxCharacters", 1);
        String output = request.fields().text("output", "");
        try (BufferedReader reader = new BufferedReader(StrictText.open(request.file(), progress));
                TextSink sink = new TextSink(request.folder().resolve(output), maxCharacters)) {
            Shape shape = write(reader, sink);
            return sink.figures(Map.of("rows", shape.rows, "columns", shape.columns));
        } catch (CsvParseException e) {
            throw rejection(e);
        } catch (CharacterCodingException _) {
            throw StrictText.rejection();
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException
                    ? StrictText.rejection()
                    : e.getCause();
        }
    }

    private record Shape(long rows, int columns) {}

    private static Shape write(BufferedReader reader, TextSink sink) throws IOException {
        long rows = 0;
        int columns = 0;
        try (CsvReader<CsvRecord> records = records(reader)) {
            for (CsvRecord record : records) {
                rows++;
                columns = Math.max(columns, record.getFieldCount());
                for (int i = 0; i < record.getFieldCount(); i++) {
                    sink.write(i == 0 ? "" : "\t");
                    sink.write(oneLine(record.getField(i)));
                }
                sink.write("\n");
            }
        }
        return new Shape(rows, columns);
    }

    private static CsvReader<CsvRecord> records(BufferedReader reader) throws IOException {
        CsvRecordHandler bounded =
                CsvRecordHandler.builder()
                        .maxFields(MAX_COLUMNS)
                        .maxFieldSize(MAX_CELL_CHARACTERS)
                        .maxRecordSize(MAX_RECORD_CHARACTERS)
                        .build();
        return CsvReader.builder()
                .fieldSeparator(CsvSeparator.guess(reader))
                .maxBufferSize(MAX_RECORD_CHARACTERS)
                .build(bounded, (Reader) reader);
    }

    private static String oneLine(String cell) {
        return cell.replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
    }

    /** FastCSV tells a broken limit from broken quoting by its words only. */
    private static RejectedInput rejection(CsvParseException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("max")
                ? new RejectedInput(
                        FailureCode.LIMIT_EXCEEDED.because(
                                "A record has more than %d columns, or a cell more than %d characters (is a quote left open?)."
                                        .formatted(MAX_COLUMNS, MAX_CELL_CHARACTERS)))
                : new RejectedInput(
                        FailureCode.INVALID_INPUT.because("The CSV is malformed: its quoting."));
    }
}
