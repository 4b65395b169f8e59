package io.tidemill.api.event;

import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with a message that could be read: processors are written by others, and a
 * field left out must not stop the events of everybody else. Pure.
 */
final class EventForm {
    private static final Pattern WORKER = Pattern.compile("[^\\p{Cc}]{1,200}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private EventForm() {}

    /** What is wrong, in words; empty when it can be applied. */
    static Optional<String> wrong(TaskEvents message) {
        if (isMissing(message.worker()) || !WORKER.matcher(message.worker()).matches()) {
            return Optional.of("its worker has no proper name");
        }
        return message.events().stream()
                .filter(event -> !isComplete(event))
                .findFirst()
                .map(
                        event ->
                                "a "
                                        + event.getClass().getSimpleName()
                                        + " lacks a field or has a wrong one");
    }

    private static boolean isComplete(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Failed e ->
                    isOfExecution(e)
                            && !isMissing(e.failure())
                            && !isMissing(e.failure().errorClass());
            case TaskEvent.Succeeded e ->
                    isOfExecution(e) && e.outputs().stream().allMatch(EventForm::isFile);
            case TaskEvent.OfExecution e -> isOfExecution(e);
            case TaskEvent.Heartbeat e ->
                    e.pulses().stream()
                            .allMatch(pulse -> !isMissing(pulse.taskId(), pulse.execution()));
            case TaskEvent.Announced e -> isComplete(e);
        };
    }

    private static boolean isOfExecution(TaskEvent.OfExecution event) {
        return !isMissing(event.taskId(), event.execution());
    }

    private static boolean isFile(FileRef file) {
        return !isMissing(file.name(), file.mediaType())
                && SHA_256.matcher(file.sha256()).matches();
    }

    private static boolean isComplete(TaskEvent.Announced announced) {
        return !isMissing(announced.taskQueue(), announced.isolation())
                && announced.slots() > 0
                && ReportedText.isStorable(announced.taskQueue())
                && ReportedText.isStorable(announced.isolation())
                && announced.operations().stream()
                        .noneMatch(offer -> isMissing(offer.name(), offer.version()));
    }

    private static boolean isMissing(@Nullable Object... fields) {
        return Arrays.stream(fields).anyMatch(Objects::isNull);
    }
}
