package io.tidemill.contract.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One call the contract knows.
 *
 * @param method in upper case
 * @param path its template, such as {@code /v1/files/{fileId}}
 * @param id its operationId
 * @param node the Operation Object
 */
record ContractOperation(String method, String path, String id, JsonNode node) {

    /** Whether a real path is one of this template. */
    boolean matches(String realPath) {
        List<String> wanted = segments(path);
        List<String> given = segments(realPath);
        if (wanted.size() != given.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!isVariable(wanted.get(i)) && !wanted.get(i).equals(given.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Templates with fewer variables win. */
    long variables() {
        return segments(path).stream().filter(ContractOperation::isVariable).count();
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        if (segments.getLast().isEmpty()) {
            segments.removeLast();
        }
        return segments;
    }
}
