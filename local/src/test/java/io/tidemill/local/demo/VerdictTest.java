package io.tidemill.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Row VIRUS = row("eicar.txt", "FAILED", "INFECTED");

    @Test
    void brokenFilesThatAreToldApartAreASuccess() {
        Row truncated = row("truncated-photo.jpg", "FAILED", "INVALID_INPUT");
        assertEquals(List.of(), faults(truncated, VIRUS));
    }

    @Test
    void aGoodFileThatFailsIsAFault() {
        Row failed = row("notes.txt", "FAILED", "ENGINE_CRASHED");
        assertEquals(
                List.of("inspect of notes.txt is FAILED ENGINE_CRASHED"), faults(failed, VIRUS));
    }

    @Test
    void aTaskThatHasNotEndedIsAFault() {
        Row open = row("truncated-photo.jpg", "RUNNING", "");
        assertEquals(List.of("inspect of truncated-photo.jpg is RUNNING"), faults(open, VIRUS));
    }

    @Test
    void aFileWithoutResultIsAFault() {
        assertEquals(
                List.of("notes.txt has no result"),
                Verdict.faults(List.of("notes.txt", "eicar.txt"), List.of(VIRUS)));
    }

    @Test
    void aVirusThatPassesIsAFault() {
        Row passed = row("eicar.txt", "SUCCEEDED", "");
        assertEquals(List.of("the virus test file was not found out"), faults(passed));
    }

    private static List<String> faults(Row... rows) {
        return Verdict.faults(List.of(rows).stream().map(Row::file).toList(), List.of(rows));
    }

    private static Row row(String file, String state, String code) {
        return new Row(file, "inspect", state, "", code, "", List.of());
    }
}
